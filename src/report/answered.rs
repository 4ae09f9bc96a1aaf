//! Who answered a request, for people and as a member of the JSON contract.

use super::human::{Style, capitalized, printable};
use crate::gateway::Flavor;
use crate::lint::Who;
use crate::lint::causes::Answered;
use colored::Colorize as _;
use serde_json::{Value, json};

/// Who is meant, where nothing tells it.
const UNKNOWN: &str = "unknown";

/// At most as many causes are named.
const NAMED: usize = 5;

/// Who answered, the likely causes, and what to try.
pub fn answered(answered: &Answered, style: Style) -> String {
    let mut text = format!("{} {}", style.with(|| "answered by".bold().to_string()), component(answered));
    match answered.causes.as_slice() {
        [] => text += &format!(": {}\n", printable(&answered.means)),
        [one] => text += &format!(": {} ({})\n", one.title, one.name),
        several => {
            text += &format!(", for one of {} reasons, the likeliest first\n", several.len());
            for (at, cause) in several.iter().take(NAMED).enumerate() {
                text += &format!("  {}. {} ({})\n", at + 1, cause.title, cause.name);
            }
        }
    }
    for hint in &answered.hints {
        text += &format!("  = next: {}\n", printable(hint));
    }
    if let Some(first) = answered.causes.first() {
        text += &format!("  = more: apigw explain {}\n", first.name);
    }
    text
}

/// The same as a member of a row.
pub fn member(answered: &Answered) -> Value {
    let title = answered.causes.first().map(|cause| capitalized(cause.title));
    json!({
        "component": answered.who.map_or(UNKNOWN, Who::name),
        "flavor": answered.from.map(|flavor| flavor.facts().name),
        "title": title,
        "meaning": answered.means,
        "hints": answered.hints,
        "causes": answered.causes.iter().map(|cause| cause.name).collect::<Vec<_>>(),
    })
}

fn component(answered: &Answered) -> String {
    let through = |flavor: Flavor| format!(" ({})", flavor.facts().title);
    match (answered.who, answered.from) {
        (Some(who @ (Who::Gateway | Who::Authorizer | Who::Function)), Some(flavor)) => {
            who.title().to_owned() + &through(flavor)
        }
        (Some(who), _) => who.title().to_owned(),
        (None, Some(flavor)) => format!("the function, or the API in its place{}", through(flavor)),
        (None, None) => "a server that is not known".to_owned(),
    }
}
