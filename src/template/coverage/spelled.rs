//! Texts in which every reference that only the deployment knows is one character.
//!
//! References hold colons, dots and braces: before a text is split or compared, each becomes one
//! character of a private-use plane, the same for equal references.

use crate::json::Span;
use crate::policy::arn;
use crate::template::model::{Api, Model};
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

/// The first of the characters that stand for references.
const FIRST: u32 = 0xF_0000;

/// How often the name of a stage may be another reference.
const MAX_DEPTH: usize = 8;

/// What is known of the value of a reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Open {
    /// It is the id of an API of this template.
    ApiId,
    /// A pseudo parameter: neither slash nor colon.
    Pseudo,
    /// Anything.
    Any,
}

/// A text whose references are characters.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Spelled {
    /// The text.
    pub(super) text: String,
    /// Whether it has a reference.
    pub(super) is_open: bool,
    /// What stands for something else: its bytes here, and as they were written.
    moved: Vec<(Range<usize>, Range<usize>)>,
}

impl Spelled {
    /// A text whose references are characters already.
    fn part(text: &str, is_open: bool) -> Self {
        Self { text: text.to_owned(), is_open, moved: Vec::new() }
    }

    /// The bytes of the text as it was written that some bytes here stand for.
    pub(super) fn written(&self, span: Span) -> Span {
        Span::new(self.place(span.start, |range| range.start), self.place(span.end, |range| range.end))
    }

    fn place(&self, at: usize, inside: fn(&Range<usize>) -> usize) -> usize {
        let before = self.moved.iter().rev().find(|(own, _)| own.start < at);
        match before {
            None => at,
            Some((own, written)) if at < own.end => inside(written),
            Some((own, written)) => written.end + at - own.end,
        }
    }
}

/// The references of a template.
#[derive(Debug, Clone)]
pub(super) struct References<'m> {
    stages: &'m BTreeMap<String, String>,
    api_ids: Vec<&'m str>,
    /// References to the ARN of an API, and what it is in six parts.
    api_arns: HashMap<&'m str, String>,
    /// Whether the ARNs of APIs leave their partition open.
    partition_is_open: bool,
    known: HashMap<String, char>,
    opens: Vec<Open>,
}

impl<'m> References<'m> {
    /// Those of a template.
    pub(super) fn of(model: &'m Model) -> Self {
        let whole = model
            .apis
            .iter()
            .filter(|api| arn::split(&replaced(api.arn.text(), |_| String::new())).is_none());
        Self {
            stages: &model.stage_names,
            api_ids: model.apis.iter().filter_map(|api| name(api.id.text())).collect(),
            api_arns: whole.filter_map(|api| Some((name(api.arn.text())?, in_six_parts(api)))).collect(),
            partition_is_open: model
                .apis
                .iter()
                .any(|api| api.arn.text().starts_with("arn:${AWS::Partition}:")),
            known: HashMap::new(),
            opens: Vec::new(),
        }
    }

    /// Whether a text is nothing but a reference to the ARN of an API.
    pub(super) fn is_api_arn(&self, text: &str) -> bool {
        name(text).is_some_and(|name| self.api_arns.contains_key(name))
    }

    /// What is known of the value that a character stands for; `None` if it is a character like
    /// others.
    pub(super) fn open(&self, c: char) -> Option<Open> {
        let at = u32::from(c).checked_sub(FIRST)?;
        self.opens.get(usize::try_from(at).ok()?).copied()
    }

    /// Spells a text.
    pub(super) fn spell(&mut self, text: &str) -> Spelled {
        let mut spelled = Spelled::default();
        self.spell_into(&mut spelled, text, MAX_DEPTH);
        spelled
    }

    /// Spells an ARN that the translator of SAM writes where it is deployed: in the partition that is
    /// open, if it is.
    pub(super) fn spell_made(&mut self, text: &str) -> Spelled {
        let mut spelled = self.spell(text);
        let partition = spelled.text.strip_prefix("arn:").and_then(|rest| rest.split(':').next());
        let written_out = partition.filter(|text| text.is_ascii()).map(str::len);
        if let (true, Some(partition)) = (self.partition_is_open, written_out) {
            let written = "arn:".len().."arn:".len() + partition;
            let open = self.character("AWS::Partition");
            spelled.text.replace_range(written.clone(), open.encode_utf8(&mut [0; 4]));
            let own = written.start..written.start + open.len_utf8();
            for (later, _) in &mut spelled.moved {
                *later = later.start + own.end - written.end..later.end + own.end - written.end;
            }
            spelled.moved.insert(0, (own, written));
            spelled.is_open = true;
        }
        spelled
    }

    /// A text that is spelled already.
    pub(super) fn respell(&self, text: &str) -> Spelled {
        Spelled::part(text, text.chars().any(|c| self.open(c).is_some()))
    }

    fn spell_into(&mut self, spelled: &mut Spelled, text: &str, depth: usize) {
        let mut at = 0;
        while at < text.len() {
            let Some((range, name)) = next_reference(text, at) else { break };
            spelled.text.push_str(&text[at..range.start]);
            let own = spelled.text.len();
            let meaning = self.stages.get(name).map(String::as_str);
            let meaning = meaning.map(str::to_owned).or_else(|| self.api_arns.get(name).cloned());
            match meaning.filter(|_| depth > 0) {
                Some(meaning) => {
                    let mut inner = Spelled::default();
                    self.spell_into(&mut inner, &meaning, depth - 1);
                    spelled.text.push_str(&inner.text);
                    spelled.is_open |= inner.is_open;
                }
                None => {
                    spelled.text.push(self.character(name));
                    spelled.is_open = true;
                }
            }
            spelled.moved.push((own..spelled.text.len(), range.clone()));
            at = range.end;
        }
        spelled.text.push_str(text.get(at..).unwrap_or_default());
    }

    /// The character of a reference.
    fn character(&mut self, name: &str) -> char {
        let owner = name.strip_suffix(".ApiId").or_else(|| name.strip_suffix(".RestApiId"));
        let name = owner.filter(|owner| self.api_ids.contains(owner)).unwrap_or(name);
        if let Some(known) = self.known.get(name) {
            return *known;
        }
        let open = if self.api_ids.contains(&name) {
            Open::ApiId
        } else if name.starts_with("AWS::") {
            Open::Pseudo
        } else {
            Open::Any
        };
        let at = u32::try_from(self.opens.len()).unwrap_or(u32::MAX);
        let character = char::from_u32(FIRST.saturating_add(at)).unwrap_or(char::MAX);
        self.opens.push(open);
        self.known.insert(name.to_owned(), character);
        character
    }
}

/// Whether a character of a spelled text stands for a reference.
pub(super) fn stands_for_reference(c: char) -> bool {
    u32::from(c) >= FIRST
}

/// The name in a text that is one reference.
fn name(text: &str) -> Option<&str> {
    let (range, name) = next_reference(text, 0)?;
    (range == (0..text.len()) && text.starts_with("${")).then_some(name)
}

/// The ARN of an API of which a template knows only a name.
fn in_six_parts(api: &Api) -> String {
    format!("arn:${{AWS::Partition}}:execute-api:${{AWS::Region}}:${{AWS::AccountId}}:{}", api.id)
}

/// A text with something else in place of each of its references, by their names.
pub(in crate::template) fn replaced(text: &str, with: impl Fn(&str) -> String) -> String {
    let mut replaced = String::with_capacity(text.len());
    let mut at = 0;
    while let Some((range, name)) = next_reference(text, at) {
        replaced += &text[at..range.start];
        replaced += &with(name);
        at = range.end;
    }
    replaced + &text[at..]
}

/// The next reference from a place on, or a character that would be mistaken for one, and its name.
/// References may hold others.
fn next_reference(text: &str, from: usize) -> Option<(Range<usize>, &str)> {
    let mut starts = text[from..].char_indices().map(|(at, c)| (from + at, c));
    let (start, c) =
        starts.find(|(at, c)| stands_for_reference(*c) || (*c == '$' && text[at + 1..].starts_with('{')))?;
    if stands_for_reference(c) {
        let range = start..start + c.len_utf8();
        return Some((range.clone(), &text[range]));
    }
    let mut depth = 0;
    for (at, byte) in text.bytes().enumerate().skip(start + 1) {
        depth += i32::from(byte == b'{') - i32::from(byte == b'}');
        if depth == 0 {
            return Some((start..at + 1, &text[start + 2..at]));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_one_character_and_keeps_its_place() {
        let mut model = Model::default();
        model.stage_names.insert("S".to_owned(), "prod".to_owned());
        let mut references = References::of(&model);
        let text = "arn:${AWS::Partition}:x:${Fn::Select:5,${Fn::Split::,${F.Arn}}}:${AWS::Partition}:${S}/x";
        let spelled = references.spell(text);
        let [_, partition, _, select, again, rest] = arn::split(&spelled.text).unwrap();
        assert_eq!((partition, rest), (again, "prod/x"));
        assert!(spelled.is_open && select.chars().count() == 1 && select != partition);
        let at = spelled.text.find("/x").unwrap();
        let written = spelled.written(Span::new(at, at + 2));
        assert_eq!(&text[written.start..written.end], "/x");
        let at = spelled.text.find("rod").unwrap();
        let written = spelled.written(Span::new(at, at + 1));
        assert_eq!(&text[written.start..written.end], "${S}", "what stands for something is all of it");
        let at = spelled.text.find(select).unwrap();
        let written = spelled.written(Span::new(at, at + select.len()));
        assert_eq!(&text[written.start..written.end], "${Fn::Select:5,${Fn::Split::,${F.Arn}}}");
    }

    #[test]
    fn what_sam_writes_has_the_partition_that_is_open() {
        let model = Model::default();
        let mut references = References { partition_is_open: true, ..References::of(&model) };
        for text in
            ["arn:aws:x:${AWS::Region}:1:${Api}/*", "arn:${AWS::Partition}:x:${AWS::Region}:1:${Api}/*"]
        {
            let spelled = references.spell_made(text);
            assert_eq!(
                spelled.text,
                references.spell("arn:${AWS::Partition}:x:${AWS::Region}:1:${Api}/*").text
            );
            let at = spelled.text.find("/*").unwrap();
            let written = spelled.written(Span::new(at, at + 2));
            assert_eq!(&text[written.start..written.end], "/*");
        }
    }

    #[test]
    fn what_is_no_reference_stays() {
        let model = Model::default();
        let mut references = References::of(&model);
        for text in ["$default", "a/{id}/{proxy+}", "${unclosed", "$", ""] {
            let spelled = references.spell(text);
            assert_eq!((spelled.text.as_str(), spelled.is_open), (text, false));
        }
        let own = references.spell("\u{F0000}").text;
        assert_ne!(references.spell("${x}").text, own, "such a character is not mistaken");
    }
}
