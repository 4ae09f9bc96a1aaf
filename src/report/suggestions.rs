//! Grants that are suggested, for people and as JSON.

use super::human::{Style, counted, heading, printable};
use crate::lint::policy::{GrantForm, GrantText};
use crate::template::{Coverage, MAX_POLICY_BYTES, SuggestedGrant, Suggestion};
use serde_json::{Value, json};

/// What is suggested for one function, as JSON.
pub fn value(suggestion: &Suggestion<'_>, coverage: &Coverage<'_>, form: GrantForm) -> Value {
    let presented = |row: &usize| coverage.rows.get(*row)?.presented.source_arn.clone();
    let grant = |grant: &SuggestedGrant<'_>| {
        json!({
            "statement_id": grant.statement_id,
            "source_arn": grant.source_arn,
            "covers": grant.covers.iter().filter_map(presented).collect::<Vec<_>>(),
            "text": GrantText::of(suggestion, grant).write(form),
        })
    };
    let (bytes, estimated) = suggestion.policy_bytes();
    json!({
        "function": suggestion.text,
        "qualifier": suggestion.function.qualifier,
        "grants": suggestion.grants.iter().map(grant).collect::<Vec<_>>(),
        "policy_bytes": bytes,
        "estimated": estimated,
        "fits": bytes <= MAX_POLICY_BYTES,
    })
}

/// What is suggested, for people: comments, and text for the place where it is to be written.
pub fn told(suggestions: &[Suggestion<'_>], form: GrantForm, style: Style) -> String {
    let mut told = String::new();
    if form == GrantForm::CloudFormation && !suggestions.is_empty() {
        told += "Resources:\n";
    }
    for suggestion in suggestions {
        told += &heading(&comment(suggestion), style);
        for grant in &suggestion.grants {
            for line in GrantText::of(suggestion, grant).write(form).lines() {
                told += &format!("{}\n", printable(line));
            }
        }
    }
    told
}

/// `# Orders: 2 grants, a policy of 812 bytes (of 20480)`.
fn comment(suggestion: &Suggestion<'_>) -> String {
    let (bytes, estimated) = suggestion.policy_bytes();
    let about = if estimated { "about " } else { "" };
    let qualifier = suggestion.function.qualifier.as_deref().map(|own| format!(":{own}")).unwrap_or_default();
    let grants = counted(suggestion.grants.len(), "grant");
    let fits = match bytes <= MAX_POLICY_BYTES {
        true => format!("of {MAX_POLICY_BYTES}"),
        false => format!("but only {MAX_POLICY_BYTES} fit: allow more with --breadth"),
    };
    let name = printable(&format!("{}{qualifier}", suggestion.function.function));
    format!("# {name}: {grants}, a policy of {about}{bytes} bytes ({fits})")
}
