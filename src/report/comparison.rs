//! What differs between two answers, for people and as JSON.

use super::human::{Style, printable};
use crate::http::Response;
use crate::json::Difference;
use crate::lint::{BodyDiff, FieldDifference, ResponseDiff};
use colored::{ColoredString, Colorize as _};
use serde_json::{Map, Value, json};
use similar::{ChangeTag, TextDiff};

/// How many equal lines are shown around those that differ.
const CONTEXT: usize = 3;

/// The widest column of names; longer ones stand out of it.
const WIDEST: usize = 48;

/// A place that differs: its name, what stands there on either side, and whether it counts.
struct Row {
    name: String,
    left: Vec<String>,
    right: Vec<String>,
    volatile: bool,
}

/// What differs, a line each side: the name of the place, aligned, and what stands there. Texts are
/// compared line by line. `names` are those of the targets; volatile fields are shown if asked for.
pub fn comparison(diff: &ResponseDiff, names: [&str; 2], volatile: bool, style: Style) -> String {
    let rows = rows(diff, volatile);
    let text = match &diff.body {
        BodyDiff::Text(left, right) => lines(left, right, style),
        _ => String::new(),
    };
    if rows.is_empty() && text.is_empty() {
        return String::new();
    }
    let width = rows.iter().map(|row| row.name.chars().count()).max().unwrap_or_default().min(WIDEST);
    style.with(|| {
        let mut all =
            format!("{}\n{}\n", format!("--- a  {}", names[0]).bold(), format!("+++ b  {}", names[1]).bold());
        for Row { name, left, right, volatile } in rows {
            let note = if volatile { "  (volatile)".dimmed().to_string() } else { String::new() };
            let mut tell = |sign: char, values: &[String], paint: fn(String) -> ColoredString| {
                for value in values {
                    all += &format!("{}{note}\n", paint(format!("{sign} {name:width$}  {value}")));
                }
            };
            tell('-', &left, |line| line.red());
            tell('+', &right, |line| line.green());
        }
        all + &text
    })
}

fn rows(diff: &ResponseDiff, volatile: bool) -> Vec<Row> {
    let row =
        |name: String, left: Vec<String>, right: Vec<String>| Row { name, left, right, volatile: false };
    let mut rows = Vec::new();
    if let Some((left, right)) = diff.status {
        rows.push(row("status".to_owned(), vec![status(left)], vec![status(right)]));
    }
    let printable_all = |values: &[String]| values.iter().map(|value| printable(value)).collect();
    for field in diff.headers.iter().filter(|field| volatile || !field.volatile) {
        let name = format!("header {}", printable(&field.name));
        let (left, right) = (printable_all(&field.left), printable_all(&field.right));
        rows.push(Row { volatile: field.volatile, ..row(name, left, right) });
    }
    let value = |value: &Option<Value>| value.iter().map(ToString::to_string).collect();
    match &diff.body {
        BodyDiff::Json(found) => rows.extend(found.iter().map(|Difference { pointer, left, right }| {
            let name = printable(format!("body {pointer}").trim_end());
            row(name, value(left), value(right))
        })),
        BodyDiff::Bytes(left, right) => {
            let size = |bytes: &usize| vec![format!("{bytes} bytes")];
            rows.push(row("body".to_owned(), size(left), size(right)));
        }
        BodyDiff::Equal | BodyDiff::Text(..) => {}
    }
    rows
}

fn status(status: u16) -> String {
    match status {
        0 => "none".to_owned(),
        1000.. => format!("close frame {status}"),
        _ => Response { status, ..Response::message("") }.status_line(),
    }
}

/// The lines that differ, with some around them.
pub(super) fn lines(left: &str, right: &str, style: Style) -> String {
    let diff = TextDiff::from_lines(left, right);
    style.with(|| {
        let mut text = String::new();
        for group in diff.grouped_ops(CONTEXT) {
            let (Some(first), Some(last)) = (group.first(), group.last()) else { continue };
            let range = |start: usize, end: usize| format!("{},{}", start + 1, end - start);
            let left = range(first.old_range().start, last.old_range().end);
            let right = range(first.new_range().start, last.new_range().end);
            text += &format!("{}\n", format!("@@ body -{left} +{right} @@").cyan());
            for change in group.iter().flat_map(|op| diff.iter_changes(op)) {
                let line = printable(change.value().trim_end_matches(['\n', '\r']));
                let line = match change.tag() {
                    ChangeTag::Equal => format!("  {line}").normal(),
                    ChangeTag::Delete => format!("- {line}").red(),
                    ChangeTag::Insert => format!("+ {line}").green(),
                };
                text += &format!("{line}\n");
            }
        }
        text
    })
}

/// The members of a comparison. A side without a value lacks the member.
pub fn members(diff: &ResponseDiff) -> Map<String, Value> {
    let status = |status: u16| (status != 0).then_some(status);
    let field = |FieldDifference { name, left, right, volatile }: &FieldDifference| json!({ "name": name, "left": left, "right": right, "volatile": volatile });
    let headers: Vec<_> = diff.headers.iter().map(field).collect();
    Map::from_iter([
        ("equal".to_owned(), diff.is_equal().into()),
        (
            "status".to_owned(),
            diff.status
                .map_or(Value::Null, |(left, right)| json!({ "left": status(left), "right": status(right) })),
        ),
        ("headers".to_owned(), headers.into()),
        ("body".to_owned(), body(&diff.body)),
    ])
}

fn body(diff: &BodyDiff) -> Value {
    match diff {
        BodyDiff::Equal => json!([]),
        BodyDiff::Json(found) => found.iter().map(difference).collect(),
        BodyDiff::Text(left, right) => json!([{ "pointer": "", "left": left, "right": right }]),
        BodyDiff::Bytes(left, right) => json!([{ "pointer": "", "left_bytes": left, "right_bytes": right }]),
    }
}

fn difference(found: &Difference) -> Value {
    let mut members = Map::from_iter([("pointer".to_owned(), found.pointer.to_string().into())]);
    for (side, value) in [("left", &found.left), ("right", &found.right)] {
        members.extend(value.iter().map(|value| (side.to_owned(), value.clone())));
    }
    Value::Object(members)
}
