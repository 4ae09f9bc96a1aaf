//! Which findings are told, and how severe they are: the user's word on codes, groups and names.
//!
//! A selector is a rule's code or name, or the beginning of codes: `AGW1` stands for every rule on
//! results, `AGW` or `all` for every rule. Where several selectors speak of a rule, the most specific
//! counts. Findings about the text itself (`AGW9..`) are a document that was not judged: only a
//! selector that names their rule reaches them, never a group.

use super::finding::{Finding, Severity};
use super::rule::Rule;
use super::rules;
use std::str::FromStr;

/// Whether a rule is about the text itself: bytes that are no JSON, or JSON with a trap in it.
pub(super) fn is_about_text(rule: &Rule) -> bool {
    rule.code.starts_with("AGW9")
}

/// The selector for every rule.
const ALL: &str = "all";

/// One rule, or all rules whose codes begin alike.
#[derive(Debug, Clone)]
pub enum Selector {
    /// The rule of that code or name.
    Rule(&'static Rule),
    /// The rules whose codes begin so.
    Group(String),
}

/// A word that names neither a rule nor a group of rules.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no rule `{word}`")]
pub struct UnknownRule {
    /// The word.
    pub word: String,
    /// What was probably meant.
    pub near: Option<String>,
}

impl UnknownRule {
    /// What to do about it.
    pub fn hint(&self) -> String {
        match &self.near {
            Some(near) => format!("did you mean `{near}`?"),
            None => "a code such as AGW101, the beginning of codes such as AGW1, or a name such as \
                     body-not-string is needed"
                .to_owned(),
        }
    }
}

impl FromStr for Selector {
    type Err = UnknownRule;

    fn from_str(text: &str) -> Result<Self, UnknownRule> {
        let word = text.trim();
        if let Some(rule) = rules::find(word) {
            return Ok(Self::Rule(rule));
        }
        let start = if word.eq_ignore_ascii_case(ALL) { "AGW".to_owned() } else { word.to_ascii_uppercase() };
        if start.starts_with("AGW") && rules::ALL.iter().any(|rule| rule.code.starts_with(&start)) {
            return Ok(Self::Group(start));
        }
        let names = rules::ALL.iter().flat_map(|rule| [rule.code, rule.name]);
        let near = nearest(word, names).map(str::to_owned);
        Err(UnknownRule { word: word.chars().take(60).collect(), near })
    }
}

/// The name that somebody probably meant who wrote `word`, if one is near enough; case does not count.
pub fn nearest<'n>(word: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    const NEAR: f64 = 0.8;
    let word = word.to_lowercase();
    let likeness = |name: &str| strsim::jaro_winkler(&word, &name.to_lowercase());
    let near = names.into_iter().map(|name| (likeness(name), name)).filter(|(likeness, _)| *likeness > NEAR);
    near.reduce(|best, next| if next.0 > best.0 { next } else { best }).map(|(_, name)| name)
}

impl Selector {
    /// How closely it names a rule; `None` if it does not.
    fn reaches(&self, rule: &Rule) -> Option<usize> {
        match self {
            Self::Rule(own) => (own.code == rule.code).then_some(usize::MAX),
            Self::Group(start) => {
                (rule.code.starts_with(start.as_str()) && !is_about_text(rule)).then_some(start.len())
            }
        }
    }
}

/// The closest word of several on a rule.
fn closest<'s>(selectors: impl IntoIterator<Item = &'s Selector>, rule: &Rule) -> Option<usize> {
    selectors.into_iter().filter_map(|selector| selector.reaches(rule)).max()
}

/// How severe a rule's findings are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// They are not told.
    Off,
    /// They are told so.
    At(Severity),
}

impl Level {
    /// The names, for help and for suggestions.
    pub const NAMES: [&'static str; 4] = ["error", "warning", "info", "off"];

    /// The level of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "off" => Some(Self::Off),
            name => Severity::from_name(name).map(Self::At),
        }
    }
}

/// From which severity on findings make a run fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd)]
pub enum FailOn {
    /// No finding does.
    Never,
    /// Findings of this severity or a higher one.
    At(Severity),
}

impl Default for FailOn {
    fn default() -> Self {
        Self::At(Severity::Error)
    }
}

impl FailOn {
    /// The names, for help and for suggestions.
    pub const NAMES: [&'static str; 4] = ["error", "warning", "info", "none"];

    /// The one of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "none" => Some(Self::Never),
            name => Severity::from_name(name).map(Self::At),
        }
    }

    /// Whether a finding of that severity makes a run fail.
    pub fn fails(self, severity: Severity) -> bool {
        self != Self::Never && self <= Self::At(severity)
    }
}

/// What one place says about rules: the flags, or a configuration file.
#[derive(Debug, Clone, Default)]
pub struct Choice {
    /// Tell of these rules only; nothing means that nothing is said.
    pub select: Vec<Selector>,
    /// Tell of these as well.
    pub extend_select: Vec<Selector>,
    /// Do not tell of these.
    pub ignore: Vec<Selector>,
    /// How severe findings are made.
    pub severities: Vec<(Selector, Level)>,
}

impl Choice {
    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        let Self { select, extend_select, ignore, severities } = self;
        select.is_empty() && extend_select.is_empty() && ignore.is_empty() && severities.is_empty()
    }

    /// Whether a rule is told of, that was or was not until now.
    fn tells(&self, rule: &Rule, until_now: bool) -> bool {
        let told = closest(self.select.iter().chain(&self.extend_select), rule);
        match (told, closest(&self.ignore, rule)) {
            (None, None) => until_now && (self.select.is_empty() || is_about_text(rule)),
            (told, ignored) => told > ignored,
        }
    }

    fn level(&self, rule: &Rule) -> Option<Level> {
        let reached = self.severities.iter().filter_map(|(own, level)| Some((own.reaches(rule)?, *level)));
        reached.max_by_key(|(closeness, _)| *closeness).map(|(_, level)| level)
    }
}

/// What counts for the documents of a file.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    choices: Vec<Choice>,
    file_ignores: Vec<Selector>,
}

impl Selection {
    /// The choices that count, each stronger than those before it, and what is ignored in this file
    /// whatever they say.
    pub fn new(choices: impl IntoIterator<Item = Choice>, file_ignores: Vec<Selector>) -> Self {
        let choices = choices.into_iter().filter(|choice| !choice.is_empty()).collect();
        Self { choices, file_ignores }
    }

    /// Leaves out what is not to be told, and makes the rest as severe as was said.
    pub fn apply(&self, findings: &mut Vec<Finding>) {
        if self.choices.is_empty() && self.file_ignores.is_empty() {
            return;
        }
        findings.retain_mut(|finding| match self.level(finding.rule) {
            _ if !self.tells(finding.rule) => false,
            Some(Level::Off) => false,
            Some(Level::At(severity)) => {
                finding.set_severity(severity);
                true
            }
            None => true,
        });
    }

    fn tells(&self, rule: &Rule) -> bool {
        let told = self.choices.iter().fold(true, |told, choice| choice.tells(rule, told));
        told && closest(&self.file_ignores, rule).is_none()
    }

    fn level(&self, rule: &Rule) -> Option<Level> {
        self.choices.iter().rev().find_map(|choice| choice.level(rule))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn selectors(words: &str) -> Vec<Selector> {
        words.split_whitespace().map(|word| word.parse().unwrap()).collect()
    }

    fn choice(select: &str, extend: &str, ignore: &str) -> Choice {
        Choice {
            select: selectors(select),
            extend_select: selectors(extend),
            ignore: selectors(ignore),
            severities: Vec::new(),
        }
    }

    fn tells(choices: &[Choice], file_ignores: &str, code: &str) -> bool {
        let selection = Selection::new(choices.to_vec(), selectors(file_ignores));
        selection.tells(rules::find(code).unwrap())
    }

    #[test]
    fn the_closest_selector_counts() {
        let cases = [
            ("", "", "", "AGW101", true),
            ("AGW1", "", "", "AGW101", true),
            ("AGW2", "", "", "AGW101", false),
            ("AGW2", "AGW101", "", "AGW101", true),
            ("AGW1", "", "AGW101", "AGW101", false),
            ("body-not-string", "", "AGW1", "AGW101", true),
            ("AGW10", "", "agw1", "AGW101", true),
            ("AGW1", "", "AGW1", "AGW101", false),
            ("all", "", "AGW2", "AGW101", true),
            ("", "", "all", "AGW101", false),
            ("AGW1", "", "", "AGW901", true),
            ("", "", "AGW", "AGW901", true),
            ("", "", "AGW9", "AGW901", true),
            ("", "", "AGW901", "AGW901", false),
            ("", "", "not-json", "AGW901", false),
        ];
        for (select, extend, ignore, code, told) in cases {
            let own = [choice(select, extend, ignore)];
            assert_eq!(tells(&own, "", code), told, "{select:?} {extend:?} {ignore:?} {code}");
        }
    }

    #[test]
    fn flags_are_stronger_than_the_file_and_what_a_file_ignores_is_ignored() {
        let file = choice("AGW1", "", "AGW101");
        assert!(!tells(&[file.clone(), Choice::default()], "", "AGW101"));
        assert!(tells(&[file.clone(), choice("AGW101", "", "")], "", "AGW101"));
        assert!(tells(&[file.clone(), choice("", "AGW101", "")], "", "AGW101"));
        assert!(!tells(&[file.clone(), choice("AGW101", "", "")], "AGW10", "AGW101"));
        assert!(!tells(&[file.clone(), choice("AGW2", "", "")], "", "AGW102"));
        assert!(tells(&[file, choice("", "", "AGW2")], "", "AGW102"));
    }

    #[test]
    fn the_closest_severity_of_the_strongest_choice_counts() {
        let severities = |rows: &[(&str, Level)]| Choice {
            severities: rows.iter().map(|(word, level)| (word.parse().unwrap(), *level)).collect(),
            ..Choice::default()
        };
        let file = severities(&[("AGW105", Level::Off), ("AGW10", Level::At(Severity::Info))]);
        let flags = severities(&[("AGW1", Level::At(Severity::Error))]);
        let level = |choices: &[&Choice], code| {
            let choices = choices.iter().map(|choice| (*choice).clone());
            Selection::new(choices, Vec::new()).level(rules::find(code).unwrap())
        };
        assert_eq!(level(&[&file], "AGW105"), Some(Level::Off));
        assert_eq!(level(&[&file], "AGW101"), Some(Level::At(Severity::Info)));
        assert_eq!(level(&[&file], "AGW118"), None);
        assert_eq!(level(&[&file, &flags], "AGW105"), Some(Level::At(Severity::Error)));
        assert_eq!(level(&[&file, &flags], "AGW901"), None);
    }

    #[test]
    fn an_unknown_word_is_refused_with_what_was_probably_meant() {
        let cases = [
            ("AGW100", Some("AGW101")),
            ("body-not-sting", Some("body-not-string")),
            ("header_renamed", Some("header-renamed")),
            ("E501", None),
            ("", None),
        ];
        for (word, near) in cases {
            let error = word.parse::<Selector>().unwrap_err();
            if word == "AGW100" {
                assert!(error.near.unwrap().starts_with("AGW10"));
            } else {
                assert_eq!(error.near.as_deref(), near, "{word}");
            }
        }
        assert!("AGW".parse::<Selector>().is_ok());
        assert!("AG".parse::<Selector>().is_err());
    }
}
