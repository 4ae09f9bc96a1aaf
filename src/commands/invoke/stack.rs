//! The stack of a failed function, as the runtimes write it.

use crate::report::human::printable;
use serde_json::Value;

/// How many lines of it are shown.
const LINES: usize = 40;

/// The lines of the stack in an error that a runtime reports: `stackTrace` of Python, Java, Ruby, .NET
/// and Go, `trace` of Node, and the causes of Java. Empty if it has none.
pub(super) fn lines(payload: &str) -> Vec<String> {
    let error: Value = serde_json::from_str(payload).unwrap_or_default();
    let mut all = Vec::new();
    add(&error, &mut all);
    let more = all.len().saturating_sub(LINES);
    all.truncate(LINES);
    if more > 0 {
        all.push(format!("… and {more} lines more"));
    }
    all
}

fn add(error: &Value, all: &mut Vec<String>) {
    let frames = error["stackTrace"].as_array().or_else(|| error["trace"].as_array());
    for frame in frames.into_iter().flatten() {
        match frame {
            Value::String(text) => all.extend(text.lines().map(printable)),
            Value::Object(parts) => {
                let part = |name: &str| parts.get(name).and_then(Value::as_str).unwrap_or_default();
                let line = parts.get("line").cloned().unwrap_or_default();
                all.push(printable(&format!("at {} ({}:{line})", part("label"), part("path"))));
            }
            other => all.push(printable(&other.to_string())),
        }
    }
    let cause = &error["cause"];
    if cause.is_object() {
        let text = |name: &str| cause[name].as_str().unwrap_or_default();
        all.push(printable(&format!("caused by {}: {}", text("errorType"), text("errorMessage"))));
        add(cause, all);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_runtime_has_a_form_of_its_own() {
        let cases = [
            (
                json!({"stackTrace": ["  File \"/var/task/x.py\", line 2, in handler\n    raise E(\u{1b})\n"]}),
                "  File \"/var/task/x.py\", line 2, in handler|    raise E(\\u{1b})",
            ),
            (
                json!({"trace": ["Error: boom", "    at f (/var/task/i.js:1:2)"]}),
                "Error: boom|    at f (/var/task/i.js:1:2)",
            ),
            (json!({"stackTrace": [{"path": "m.go", "line": 7, "label": "main"}]}), "at main (m.go:7)"),
            (
                json!({"stackTrace": ["a.b(C.java:1)"], "cause": {"errorType": "E", "errorMessage": "m", "stackTrace": ["d"]}}),
                "a.b(C.java:1)|caused by E: m|d",
            ),
            (json!({"stackTrace": "none", "cause": "x"}), ""),
            (json!(["x"]), ""),
        ];
        for (error, expected) in cases {
            assert_eq!(lines(&error.to_string()).join("|"), expected, "{error}");
        }
        assert!(lines("no JSON").is_empty());
        let long = json!({"trace": vec!["x"; 50]}).to_string();
        assert_eq!(lines(&long).last().unwrap(), "… and 10 lines more");
    }
}
