//! Findings that are known: a linter that comes into an old project tells of what is new.
//!
//! A finding is known again by its file, its rule, the value's pointer and the value's text, so that
//! it may move to another line. Findings about the text itself (`AGW9..`) are never known: a document
//! that cannot be read has not been judged.

use super::checked::Checked;
use super::finding::{Finding, Source};
use super::selection::is_about_text;
use crate::json::{Mistake, Part, Pointer, Span, Text};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The published schema of the file.
pub const BASELINE_SCHEMA: &str = include_str!("../../schemas/baseline.json");

/// What a finding is known by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
struct Fingerprint {
    file: String,
    code: String,
    pointer: String,
    text: String,
}

/// How often a finding is known, and how often it was met in this run.
#[derive(Debug, Clone, Copy, Default)]
struct Count {
    known: usize,
    met: usize,
}

/// Known findings.
#[derive(Debug, Clone, Default)]
pub struct Baseline(BTreeMap<Fingerprint, Count>);

/// A row of the file.
#[derive(Deserialize)]
struct Row {
    #[serde(flatten)]
    fingerprint: Fingerprint,
    count: usize,
}

impl Baseline {
    /// Reads the text of a baseline.
    ///
    /// # Errors
    /// The first mistake, with its place.
    pub fn parse(text: &str) -> Result<Self, Mistake> {
        const HINT: &str = "write it anew with --write-baseline";
        let text = Text::parse("baseline", text)
            .map_err(|error| Mistake::new(error.span, format!("this is not JSON: {}", error.kind)))?;
        let value = text.value();
        let place = |pointer: &Pointer| text.span(pointer, Part::Value).unwrap_or(Span::new(0, 0));
        let root = Pointer::root();
        let mistake = |pointer: &Pointer, words: &str| Mistake::new(place(pointer), words).hint(HINT);
        if value.get("schema_version") != Some(&json!(1)) {
            let at = if value.get("schema_version").is_some() { root.child("schema_version") } else { root };
            return Err(mistake(&at, "this is no baseline of a version that is known here"));
        }
        let findings = root.child("findings");
        let rows = value.get("findings").and_then(Value::as_array);
        let rows = rows.ok_or_else(|| mistake(&root, "`findings` is not an array"))?;
        let mut known = BTreeMap::new();
        for (index, row) in rows.iter().enumerate() {
            let row = Row::deserialize(row).map_err(|_| {
                mistake(&findings.child(index), "this is no finding with file, code, pointer, text and count")
            })?;
            known.entry(row.fingerprint).or_insert(Count::default()).known += row.count;
        }
        Ok(Self(known))
    }

    /// Takes what was found in a document of that file for known; says how much that was.
    pub fn learn(&mut self, file: &str, checked: &mut Checked) -> usize {
        let mut learnt = 0;
        for (fingerprint, count) in counted(file, checked) {
            self.0.entry(fingerprint).or_default().known += count;
            learnt += count;
        }
        checked.edit(|findings| findings.retain(|finding| is_about_text(finding.rule)));
        learnt
    }

    /// Takes away what is known, and says how much that was.
    pub fn hide(&mut self, file: &str, checked: &mut Checked) -> usize {
        let mut hidden = BTreeMap::new();
        for (fingerprint, met) in counted(file, checked) {
            if let Some(count) = self.0.get_mut(&fingerprint) {
                let hides = met.min(count.known - count.met.min(count.known));
                count.met += met;
                hidden.insert(fingerprint, hides);
            }
        }
        let source = checked.source.clone();
        checked.edit(|findings| {
            let mut left = hidden.clone();
            findings.retain(|finding| match left.get_mut(&fingerprint(file, &source, finding)) {
                Some(left) if *left > 0 => {
                    *left -= 1;
                    false
                }
                _ => true,
            });
        });
        hidden.values().sum()
    }

    /// How many findings of these files are known and were not met.
    pub fn stale(&self, is_checked: impl Fn(&str) -> bool) -> usize {
        let rows = self.0.iter().filter(|(fingerprint, _)| is_checked(&fingerprint.file));
        rows.map(|(_, count)| count.known - count.met.min(count.known)).sum()
    }

    /// How many findings are known.
    pub fn len(&self) -> usize {
        self.0.values().map(|count| count.known).sum()
    }

    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The text of the file, sorted, a finding on each line.
    pub fn render(&self) -> String {
        let row = |(own, count): (&Fingerprint, &Count)| {
            let members =
                [("file", &own.file), ("code", &own.code), ("pointer", &own.pointer), ("text", &own.text)];
            let members = members.map(|(key, value)| format!("\"{key}\": {}", Value::from(value.as_str())));
            format!("\n    {{ {}, \"count\": {} }}", members.join(", "), count.known)
        };
        let rows: Vec<_> = self.0.iter().map(row).collect();
        let end = if rows.is_empty() { "" } else { "\n  " };
        let schema = "https://apigw.dev/schemas/v1/baseline.json";
        format!(
            "{{\n  \"$schema\": \"{schema}\",\n  \"schema_version\": 1,\n  \"findings\": [{}{end}]\n}}\n",
            rows.join(",")
        )
    }
}

/// The findings of a document, each with how often it has it.
fn counted(file: &str, checked: &Checked) -> BTreeMap<Fingerprint, usize> {
    let mut counted = BTreeMap::new();
    for finding in checked.distinct().filter(|finding| !is_about_text(finding.rule)) {
        *counted.entry(fingerprint(file, &checked.source, finding)).or_insert(0) += 1;
    }
    counted
}

fn fingerprint(file: &str, source: &Source, finding: &Finding) -> Fingerprint {
    let Span { start, end } = finding.span;
    Fingerprint {
        file: file.to_owned(),
        code: finding.rule.code.to_owned(),
        pointer: finding.pointer.as_ref().map(ToString::to_string).unwrap_or_default(),
        text: digest(source.text.get(start..end).unwrap_or_default()),
    }
}

/// Line ends do not count.
fn digest(text: &str) -> String {
    format!("{:016x}", fnv(text.bytes().filter(|byte| *byte != b'\r')))
}

/// FNV-1a with 64 bits: unlike the hashes of the standard library it never changes.
pub fn fnv(bytes: impl Iterator<Item = u8>) -> u64 {
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::{Document, judge_event};

    const EVENT: &str = r#"{"type": "TOKEN", "methodArn": 1, "authorizationToken": 2}"#;

    fn checked(text: &str) -> Checked {
        let judged = judge_event(&Document::whole("a.json", text.as_bytes()), None);
        Checked::event(0, judged.source, judged.detection, judged.findings)
    }

    #[test]
    fn what_was_written_is_hidden_wherever_it_moves() {
        let mut first = checked(EVENT);
        let found = first.distinct().count();
        assert!(found > 0);
        let mut baseline = Baseline::default();
        assert_eq!(baseline.learn("a.json", &mut first), found);
        let mut read = Baseline::parse(&baseline.render()).unwrap();
        assert_eq!((read.render(), read.len()), (baseline.render(), found));
        let mut moved = checked(&format!("\r\n\n{EVENT}"));
        assert_eq!(read.hide("a.json", &mut moved), found);
        assert!(moved.is_clean());
        assert_eq!(read.stale(|_| true), 0);
        let mut again = checked(EVENT);
        assert_eq!(read.hide("a.json", &mut again), 0, "each is known once");
        assert_eq!(again.distinct().count(), found);
        assert_eq!(baseline.clone().hide("b.json", &mut checked(EVENT)), 0);
        assert_eq!(baseline.stale(|file| file == "a.json"), found);
        assert_eq!(baseline.stale(|file| file == "b.json"), 0);
    }

    #[test]
    fn text_that_is_no_json_is_never_known() {
        let mut baseline = Baseline::default();
        let mut cut_off = checked("{");
        baseline.learn("a.json", &mut cut_off);
        assert!(baseline.is_empty() && !cut_off.is_clean());
    }

    #[test]
    fn what_is_written_is_what_the_schema_says() {
        let mut baseline = Baseline::default();
        baseline.learn("a \"b\".json", &mut checked(EVENT));
        let schema: Value = serde_json::from_str(BASELINE_SCHEMA).unwrap();
        let validator = jsonschema::validator_for(&schema).unwrap();
        for baseline in [baseline, Baseline::default()] {
            let written: Value = serde_json::from_str(&baseline.render()).unwrap();
            assert!(validator.is_valid(&written), "{written:#}");
            assert_eq!(written["$schema"], schema["$id"]);
        }
    }

    #[test]
    fn mistakes_have_their_place() {
        let cases = [
            ("{", 1, "this is not JSON"),
            ("[]", 0, "this is no baseline"),
            (r#"{"schema_version": 2, "findings": []}"#, 19, "this is no baseline"),
            (r#"{"schema_version": 1}"#, 0, "`findings` is not an array"),
            (r#"{"schema_version": 1, "findings": [{}]}"#, 35, "this is no finding"),
        ];
        for (text, at, words) in cases {
            let mistake = Baseline::parse(text).unwrap_err();
            assert_eq!(mistake.span.start, at, "{text}");
            assert!(mistake.message.starts_with(words), "{}", mistake.message);
        }
    }

    #[test]
    fn the_digest_is_the_published_one() {
        assert_eq!(digest(""), "cbf29ce484222325");
        assert_eq!(digest("foo\rbar"), "85944171f73967e8");
    }
}
