//! What curl's `--write-out` says of a transfer.

use crate::http::Headers;
use serde_json::{Map, Value};

/// What is known of a transfer.
#[derive(Debug, Clone, Default)]
pub struct Transfer {
    /// The variables by name; times in seconds.
    pub variables: Vec<(&'static str, Value)>,
    /// The headers of the last response.
    pub headers: Headers,
    /// Whether it failed.
    pub failed: bool,
}

/// What is written, and where.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Written {
    /// For standard output.
    pub out: String,
    /// For standard error.
    pub err: String,
    /// Variables that are not known here.
    pub unknown: Vec<String>,
}

/// Fills a format: `%{name}`, `%header{name}`, `%{json}`, `%{header_json}`, `%%`, and `\n`, `\r`,
/// `\t`.
pub fn write_out(format: &str, transfer: &Transfer) -> Written {
    let mut written = Written::default();
    let mut to_err = false;
    let mut rest = format;
    while let Some(letter) = rest.chars().next() {
        let (text, behind) = match letter {
            '\\' => escape(rest),
            '%' => match directive(rest) {
                Some((_, "stderr", behind)) => {
                    (to_err, rest) = (true, behind);
                    continue;
                }
                Some((_, "stdout", behind)) => {
                    (to_err, rest) = (false, behind);
                    continue;
                }
                Some((_, "onerror", behind)) if transfer.failed => (String::new(), behind),
                Some((_, "onerror", _)) => break,
                Some((kind, name, behind)) => (value(kind, name, transfer, &mut written.unknown), behind),
                None if rest.starts_with("%%") => ("%".to_owned(), &rest[2..]),
                None => ("%".to_owned(), &rest[1..]),
            },
            other => (other.to_string(), &rest[other.len_utf8()..]),
        };
        let stream = if to_err { &mut written.err } else { &mut written.out };
        stream.push_str(&text);
        rest = behind;
    }
    written
}

fn escape(text: &str) -> (String, &str) {
    let plain = match text.as_bytes().get(1) {
        Some(b'n') => "\n",
        Some(b'r') => "\r",
        Some(b't') => "\t",
        Some(b'\\') => "\\",
        _ => return ("\\".to_owned(), &text[1..]),
    };
    (plain.to_owned(), &text[2..])
}

/// `%{name}` or `%header{name}`: what stands before the brace, the name, and the rest.
fn directive(text: &str) -> Option<(&str, &str, &str)> {
    let kind = ["%{", "%header{"].into_iter().find(|kind| text.starts_with(kind))?;
    let (name, behind) = text[kind.len()..].split_once('}')?;
    Some((kind, name, behind))
}

fn value(kind: &str, name: &str, transfer: &Transfer, unknown: &mut Vec<String>) -> String {
    if kind == "%header{" {
        return transfer.headers.get(name).unwrap_or_default().to_owned();
    }
    match name {
        "json" => {
            let members = transfer.variables.iter().map(|(name, value)| ((*name).to_owned(), value.clone()));
            Value::Object(members.collect()).to_string()
        }
        "header_json" => header_json(&transfer.headers).to_string(),
        _ => match transfer.variables.iter().find(|(own, _)| *own == name) {
            Some((_, value)) => plain(name, value),
            None => {
                unknown.push(name.to_owned());
                String::new()
            }
        },
    }
}

/// A value as curl writes it.
fn plain(name: &str, value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Number(number) if number.is_f64() => format!("{:.6}", number.as_f64().unwrap_or_default()),
        other if matches!(name, "http_code" | "response_code") => format!("{:0>3}", other.to_string()),
        other => other.to_string(),
    }
}

/// The headers by lower-case name, each with the list of its values.
fn header_json(headers: &Headers) -> Value {
    let groups = headers.grouped().into_iter();
    let members = groups.map(|(name, values)| (name.to_ascii_lowercase(), Value::from(values)));
    Value::Object(members.collect::<Map<_, _>>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_filled_as_by_curl() {
        let transfer = Transfer {
            variables: vec![
                ("http_code", 0.into()),
                ("time_total", 0.25.into()),
                ("num_redirects", 2.into()),
                ("content_type", Value::Null),
            ],
            headers: Headers::from_iter([("X-A", "1"), ("x-a", "2")]),
            failed: false,
        };
        for (format, out, err) in [
            ("%{http_code} %{time_total}\\n", "000 0.250000\n", ""),
            ("%{num_redirects}%{content_type}|%%|%|100%", "2|%|%|100%", ""),
            ("%header{x-a} %header{none} \\t\\r\\\\\\x", "1  \t\r\\\\x", ""),
            ("%{header_json}", "{\"x-a\":[\"1\",\"2\"]}", ""),
            ("a%{stderr}b%{stdout}c", "ac", "b"),
            ("a%{onerror}b", "a", ""),
            ("%{open", "%{open", ""),
            ("ü%{http_code", "ü%{http_code", ""),
        ] {
            let written = write_out(format, &transfer);
            assert_eq!((written.out.as_str(), written.err.as_str()), (out, err), "{format}");
            assert!(written.unknown.is_empty());
        }
        assert_eq!(write_out("%{time_moon}", &transfer).unknown, ["time_moon"]);
        let json: Value = serde_json::from_str(&write_out("%{json}", &transfer).out).unwrap();
        assert_eq!(json["num_redirects"], 2);
    }
}
