//! The catalogue: rules and causes in their own words, for people, as Markdown and as JSON.

mod causes;
mod markdown;
mod page;
mod rows;

pub use causes::causes;
pub use markdown::{index, page as markdown_page, table as markdown_table};
pub use page::{page, table};
pub use rows::{cause as cause_row, explained as explained_row, rule as rule_row};

use super::human::{answer_in_brief, capitalized};
use crate::gateway::{Front, Moment};
use crate::lint::{Example, Rule, Severity, Subject};

/// The families of rules: how their codes begin, and what they are about.
const FAMILIES: [(&str, &str); 7] = [
    ("AGW1", "Handler results"),
    ("AGW2", "Events"),
    ("AGW3", "Grants and policies"),
    ("AGW4", "Authorizers' results"),
    ("AGW5", "Advice"),
    ("AGW6", "Templates"),
    ("AGW9", "The text itself"),
];

/// What the rules of a code's family are about.
fn family(code: &str) -> &'static str {
    FAMILIES.iter().find(|(begin, _)| code.starts_with(begin)).map_or("Others", |(_, about)| about)
}

/// What happens with an example, and the flags that make it happen.
fn situation(example: &Example) -> String {
    match example.is {
        Subject::Event("") => "an event".to_owned(),
        Subject::Event(name) => format!("an event of {name}"),
        Subject::PartOfEvent(name) => format!("in an event of {name}"),
        Subject::Policy => "a policy or a template".to_owned(),
        Subject::Result => {
            let offers = example.subprotocols.map(|offered| format!(", Sec-WebSocket-Protocol: {offered}"));
            flags(example).join(" ") + &offers.unwrap_or_default()
        }
    }
}

/// The flags of `apigw lint-response` for an example that is a result.
pub fn flags(example: &Example) -> Vec<String> {
    let mut flags = vec![format!("--api {}", example.front)];
    match example.moment {
        Moment::Connect => flags.push("--moment connect".to_owned()),
        Moment::Disconnect => flags.push("--moment disconnect".to_owned()),
        _ => {}
    }
    if example.streaming {
        flags.push("--streaming".to_owned());
    }
    if example.method != "GET" {
        flags.push(format!("--request-method {}", example.method));
    }
    flags.extend(example.request.iter().map(|(name, value)| match *name {
        "Origin" => format!("--origin {value}"),
        name => format!("--request-header '{name}: {value}'"),
    }));
    flags.extend(example.cors_allow_origin.map(|origin| format!("--cors-allow-origin {origin}")));
    if example.cors_expected {
        flags.push("--cors-expected".to_owned());
    }
    flags.extend(example.accept.map(|accept| format!("--accept '{accept}'")));
    flags.extend(example.binary_media_types.iter().map(|entry| format!("--binary-media-type '{entry}'")));
    flags
}

/// What a rule says to one of its bad examples, and what the caller gets if that is refused.
fn said(rule: &Rule, example: &Example) -> Option<String> {
    let shown = example.shown();
    let finding = shown.findings.into_iter().find(|finding| finding.rule.code == rule.code)?;
    let outcome = shown.outcome.filter(|outcome| outcome.refused && finding.refuses);
    let response = outcome.and_then(|outcome| outcome.response);
    let probably = if finding.severity < Severity::Error { "probably " } else { "" };
    let answer = response.map(|response| format!(": {probably}{}", answer_in_brief(&response)));
    Some(finding.message + &answer.unwrap_or_default())
}

/// The names of front ends in a sentence: `REST API, function URL`.
fn titles(fronts: &[Front]) -> String {
    fronts.iter().map(|front| front.title()).collect::<Vec<_>>().join(", ")
}
