//! ARNs under each other, and the reasons of a policy, for people.

use super::human::{Style, printable};
use crate::policy::arn::{Field, fields};
use crate::policy::{Decision, ElementReason, Flow, Mismatch, Request, StatementReason, ValueReason};
use colored::Colorize as _;
use serde_json::Value;

/// The parts and segments of a pattern, one a line.
pub fn drawn(pattern: &str, style: Style) -> String {
    let fields = fields(pattern);
    let rows: Vec<_> =
        fields.iter().map(|field| (field.name.name(), printable(field.text(pattern)))).collect();
    let names = rows.iter().map(|(name, _)| name.len()).max().unwrap_or_default();
    let texts = rows.iter().map(|(_, text)| text.chars().count()).max().unwrap_or_default();
    let mut drawn = String::new();
    for ((name, text), field) in rows.iter().zip(&fields) {
        let means = meaning(text, field);
        let gap = texts - text.chars().count() + 2;
        let means = if means.is_empty() { String::new() } else { " ".repeat(gap) + means };
        drawn += &style.with(|| format!("  {name:names$}  {}{}\n", text.bold(), means.dimmed()));
    }
    drawn
}

/// What the wildcards of a part or segment stand for (P-061, P-062).
fn meaning(text: &str, field: &Field) -> &'static str {
    let in_resource = field.name.part() == crate::policy::arn::FieldName::Resource;
    match (text.contains('*'), text.contains('?')) {
        (true, false) if in_resource => "* is any text, slashes included",
        (true, false) => "* is any text up to the next colon",
        (false, true) => "? is one character",
        (true, true) => "* is any text, ? is one character",
        (false, false) => "",
    }
}

/// A pattern and an ARN under each other, field by field, with a mark under what does not match.
/// `labels` stand before the lines.
pub fn under_each_other(
    labels: [&str; 2],
    pattern: &str,
    arn: &str,
    mismatch: Option<&Mismatch>,
    style: Style,
) -> String {
    let (left, right) = (fields(pattern), fields(arn));
    let mut lines = [String::new(), String::new()];
    let mut mark = String::new();
    for at in 0..left.len().max(right.len()) {
        let texts = [piece(pattern, left.get(at)), piece(arn, right.get(at))];
        let width = texts.iter().map(|text| text.0.chars().count()).max().unwrap_or_default();
        let column = lines[0].chars().count();
        for (line, (text, end)) in lines.iter_mut().zip(&texts) {
            *line += &format!("{text:width$}{end}");
        }
        let fails = left.get(at).filter(|own| mismatch.is_some_and(|found| holds(own, found)));
        if let (Some(own), Some(found)) = (fails, mismatch) {
            let before = printable(&pattern[own.span.start..found.pattern.start]).chars().count();
            let length = |text: &str, start: usize, end: usize| printable(&text[start..end]).chars().count();
            let length = length(pattern, found.pattern.start, found.pattern.end)
                .max(length(arn, found.value.start, found.value.end).min(width.saturating_sub(before)))
                .max(1);
            let why = why(found, pattern, arn);
            mark = " ".repeat(column + before)
                + &"^".repeat(length)
                + &format!(" {}: {why}", found.field.name());
        }
    }
    let width = labels.iter().map(|label| label.len()).max().unwrap_or_default();
    let mut text: String = labels
        .iter()
        .zip(&lines)
        .map(|(label, line)| format!("{label:width$}  {}\n", line.trim_end()))
        .collect();
    if !mark.is_empty() {
        text += &style.with(|| format!("{:width$}  {}\n", "", mark.red()));
    }
    text
}

/// The text of a field and the character behind it.
fn piece(arn: &str, field: Option<&Field>) -> (String, String) {
    let Some(field) = field else { return (String::new(), String::new()) };
    let end = arn[field.span.end..].chars().next().map(String::from).unwrap_or_default();
    (printable(field.text(arn)), printable(&end))
}

fn holds(field: &Field, mismatch: &Mismatch) -> bool {
    field.name == mismatch.field && field.span.start <= mismatch.pattern.start
}

/// Why a segment does not match, in words.
pub fn why(mismatch: &Mismatch, pattern: &str, arn: &str) -> String {
    let own = &pattern[mismatch.pattern.start..mismatch.pattern.end];
    let found = &arn[mismatch.value.start..mismatch.value.end];
    let goes_on = mismatch.pattern.end < pattern.len();
    let fits = |text: &str| crate::policy::Pattern::new(own).matches(text);
    let first = found.split('/').next().unwrap_or_default();
    if goes_on && mismatch.value.end == arn.len() && fits(found) {
        return "the pattern goes on, and the ARN ends here".to_owned();
    }
    if !goes_on && found.len() > first.len() && fits(first) {
        return format!("the pattern ends, and the ARN goes on with `{}`", printable(&found[first.len()..]));
    }
    if own.eq_ignore_ascii_case(found) {
        return format!("`{}` is in another case than `{}`", printable(found), printable(own));
    }
    match found {
        "" => format!("nothing stands where `{}` is", printable(own)),
        _ => format!("`{}` is not `{}`", printable(found), printable(own)),
    }
}

/// A decision in words.
pub fn decision(decision: Decision, style: Style) -> String {
    style.with(|| match decision {
        Decision::Allowed => "allowed".green().bold().to_string(),
        Decision::ExplicitDeny => "denied by a statement (explicit deny)".red().bold().to_string(),
        Decision::ImplicitDeny => {
            "denied, since no statement allows it (implicit deny)".red().bold().to_string()
        }
    })
}

/// What is asked: action, resource, caller, and the keys of the context.
pub fn request(request: &Request, style: Style) -> String {
    let mut rows = vec![
        ("action".to_owned(), request.action.clone()),
        ("resource".to_owned(), request.resource.clone()),
        ("caller".to_owned(), request.caller.name().to_owned()),
    ];
    rows.extend(request.context.iter().map(|(key, values)| (key.to_owned(), values.all().join(", "))));
    let width = rows.iter().map(|(name, _)| name.chars().count()).max().unwrap_or_default();
    let row = |(name, value): &(String, String)| {
        format!("  {}  {}\n", format!("{:width$}", printable(name)).dimmed(), printable(value))
    };
    style.with(|| rows.iter().map(row).collect())
}

/// A statement and its elements; `place` is where it stands.
pub fn statement(reason: &StatementReason, place: &str, style: Style) -> String {
    let effect = reason.effect.map_or("no effect", |effect| effect.name());
    let sid = reason.sid.as_deref().map(|sid| format!(" {}", printable(sid))).unwrap_or_default();
    let applies = if reason.applies { "applies" } else { "does not apply" };
    let mut text = style.with(|| format!("{place}: {}{}: {}\n", effect.bold(), sid.bold(), applies.bold()));
    let width = reason.elements.iter().map(|own| own.name.chars().count()).max().unwrap_or_default();
    for own in &reason.elements {
        text += &element(own, width, style);
    }
    text
}

/// An element that holds on one line, with what makes it hold; one that does not with all of its
/// values, and what is asked under each.
fn element(reason: &ElementReason, width: usize, style: Style) -> String {
    let sign = style.with(|| if reason.holds { "yes".green().to_string() } else { "no ".red().to_string() });
    let name = printable(&reason.name);
    let asked = match reason.asked.as_slice() {
        [] => "nothing: the request has no such key".to_owned(),
        values => values.join(", "),
    };
    if reason.holds {
        let by: Vec<_> = reason.values.iter().filter(|value| value.matches != reason.negated).collect();
        let by = match by.as_slice() {
            [] => asked,
            values if reason.negated => {
                values.iter().map(|own| own.text.as_str()).collect::<Vec<_>>().join(", ")
            }
            [first, ..] => first.text.clone(),
        };
        return format!("  {sign}  {name:width$}  {}\n", printable(&by));
    }
    let mut text = format!("  {sign}  {name}\n");
    for value in &reason.values {
        text += &indented(&compared(value, &asked, style));
    }
    if reason.values.is_empty() {
        text += &indented(&format!("policy  nothing\nasked   {}\n", printable(&asked)));
    }
    text
}

/// A value of the policy over what is asked, part under part if both are ARNs.
fn compared(value: &ValueReason, asked: &str, style: Style) -> String {
    let labels = ["policy", "asked"];
    if [&*value.text, asked].into_iter().all(|text| crate::policy::arn::split(text).is_some()) {
        return under_each_other(labels, &value.text, asked, value.mismatch.as_ref(), style);
    }
    format!("{}  {}\n{:6}  {}\n", labels[0], printable(&value.text), labels[1], printable(asked))
}

fn indented(text: &str) -> String {
    text.lines().map(|line| format!("       {line}\n")).collect()
}

/// What a method's authorization makes of the policy's decision.
pub fn outcome(flow: &Flow, style: Style) -> String {
    let word = match flow.decision {
        Decision::Allowed => style.with(|| "allowed".green().bold().to_string()),
        _ => style.with(|| "denied".red().bold().to_string()),
    };
    format!("{word}: {}\n", flow.because)
}

/// A mismatch as reports have it; null if there is none.
pub fn mismatch_row(mismatch: Option<&Mismatch>, pattern: &str, arn: &str) -> Value {
    let Some(found) = mismatch else { return Value::Null };
    let part = |text: &str, span: crate::json::Span| serde_json::json!({ "text": &text[span.start..span.end], "start": span.start, "end": span.end });
    serde_json::json!({
        "part": found.field.part().name(),
        "segment": found.field.name(),
        "pattern": part(pattern, found.pattern),
        "value": part(arn, found.value),
        "because": why(found, pattern, arn),
    })
}
