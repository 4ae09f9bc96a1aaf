//! `policy-texts.jsonl`: whole policies and templates, and what rules point at in them.

use super::Case;
use apigw::gateway::Flavor;
use apigw::lint::{Checked, Document, fix, judge_policy};
use apigw::template::Given;
use serde::Deserialize;

/// A text, in lines, and what is found in it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TextCase {
    /// The lines of a template in YAML, or of JSON.
    lines: Vec<String>,
    #[serde(default)]
    region: Option<String>,
    #[serde(default)]
    account: Option<String>,
    /// Each finding: its rule, how severe it is, and the text that it marks.
    found: Vec<(String, String, String)>,
    /// The lines that mending changes: as they are afterwards.
    #[serde(default)]
    fixed: Vec<String>,
}

impl Case for TextCase {
    fn differences(&self, _: Flavor) -> Vec<String> {
        let text = self.lines.join("\n") + "\n";
        let given = Given { region: self.region.clone(), account: self.account.clone(), ..Given::default() };
        let judge = |document: &Document<'_>| Checked::policy(0, judge_policy(document, &given));
        let document = Document::whole("t", text.as_bytes());
        let checked = judge(&document);
        let told = |finding: &apigw::lint::Finding| {
            let marked = text[finding.span.start..finding.span.end].to_owned();
            (finding.rule.code.to_owned(), finding.severity.name().to_owned(), marked)
        };
        let found: Vec<_> = checked.distinct().map(told).collect();
        let mut differences = Vec::new();
        if found != self.found {
            differences.push(format!("found {found:?}, expected {:?}", self.found));
        }
        let fixed = fix(&document, &judge).map(|fixed| fixed.text).unwrap_or_default();
        let changed: Vec<_> =
            fixed.lines().filter(|line| !self.lines.iter().any(|own| own == line)).collect();
        if changed != self.fixed {
            differences.push(format!("fixed {changed:?}, expected {:?}", self.fixed));
        }
        differences
    }
}
