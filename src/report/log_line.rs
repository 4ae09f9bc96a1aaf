//! A line of a function's log in JSON, for people.

use super::human::{Style, printable};
use colored::Colorize as _;
use serde_json::{Map, Value};

/// Members that are told elsewhere: the id is the same for the whole invocation.
const LEFT_OUT: [&str; 2] = ["requestId", "AWSRequestId"];

/// The line drawn: time, level, message, and every other member; `None` if it is no object with a
/// message or a level.
pub fn drawn(line: &[u8], style: Style) -> Option<String> {
    let mut members: Map<String, Value> = serde_json::from_slice(line).ok()?;
    let mut take = |names: &[&str]| names.iter().find_map(|name| members.shift_remove(*name));
    let time = take(&["timestamp", "time"]);
    let level = take(&["level", "log_level"]);
    let message = take(&["message", "msg"]);
    if level.is_none() && message.is_none() {
        return None;
    }
    let level = level.map(|level| words(&level).to_ascii_uppercase()).unwrap_or_default();
    let mut text = time.map(|time| format!("{} ", time_of(&words(&time)))).unwrap_or_default();
    text += &style_level(&format!("{level:<5}"), style);
    let mut stacks = Vec::new();
    text += &message.map(|message| format!(" {}", told(message, &mut stacks))).unwrap_or_default();
    for (name, value) in members.into_iter().filter(|(name, _)| !LEFT_OUT.contains(&name.as_str())) {
        match value {
            Value::Array(stack) if is_stack(&name) => stacks.extend(stack),
            value => text += &format!(" {}={}", printable(&name), words(&value)),
        }
    }
    text.push('\n');
    for place in stacks.iter().flat_map(|place| place.as_str().unwrap_or_default().lines()) {
        text += &format!("    {}\n", printable(place.trim_end()));
    }
    Some(text)
}

fn is_stack(name: &str) -> bool {
    matches!(name, "stackTrace" | "stack" | "trace")
}

/// A message; of an error, its stack is drawn below.
fn told(message: Value, stacks: &mut Vec<Value>) -> String {
    let Value::Object(mut error) = message else { return words(&message) };
    for name in ["stackTrace", "stack", "trace"] {
        if let Some(Value::Array(stack)) = error.get(name).cloned() {
            error.shift_remove(name);
            stacks.extend(stack);
        }
    }
    words(&Value::Object(error))
}

fn words(value: &Value) -> String {
    match value {
        Value::String(text) => printable(text),
        value => printable(&value.to_string()),
    }
}

/// The time of the day, of a time with its day.
fn time_of(time: &str) -> &str {
    time.split_once('T').map_or(time, |(_, time)| time)
}

fn style_level(level: &str, style: Style) -> String {
    if !style.color {
        return level.to_owned();
    }
    style.with(|| match level.trim_end() {
        "ERROR" | "FATAL" | "CRITICAL" => level.red().to_string(),
        "WARN" | "WARNING" => level.yellow().to_string(),
        "INFO" => level.to_string(),
        _ => level.dimmed().to_string(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_the_runtimes_are_drawn() {
        for (line, expected) in [
            (
                r#"{"timestamp":"2026-01-31T12:00:01Z","level":"INFO","message":"hi","logger":"root","requestId":"1"}"#,
                "12:00:01Z INFO  hi logger=root\n",
            ),
            (
                r#"{"timestamp":"2026-01-31T12:00:01.123Z","level":"WARN","requestId":"1","message":{"a":[1]}}"#,
                "12:00:01.123Z WARN  {\"a\":[1]}\n",
            ),
            (
                r#"{"level":"ERROR","errorType":"E","errorMessage":"no","stackTrace":["  File \"a\"\n    b\n"]}"#,
                "ERROR errorType=E errorMessage=no\n      File \"a\"\n        b\n",
            ),
            (
                r#"{"level":"ERROR","message":{"errorType":"E","stackTrace":["E: no","    at a"]}}"#,
                "ERROR {\"errorType\":\"E\"}\n    E: no\n        at a\n",
            ),
            (r#"{"level":"info","msg":"two\nlines \u001b[2J"}"#, "INFO  two\\nlines \\u{1b}[2J\n"),
        ] {
            assert_eq!(drawn(line.as_bytes(), Style::PLAIN).as_deref(), Some(expected), "{line}");
        }
        for line in ["plain", "{}", r#"{"a": 1}"#, "[1]", "1", "{\"level\":"] {
            assert_eq!(drawn(line.as_bytes(), Style::PLAIN), None, "{line}");
        }
    }
}
