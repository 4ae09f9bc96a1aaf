//! A first suite: the text of cases that were made from a description of an API.

use crate::http::encoding::base64_encode;
use crate::http::{MediaType, Request};
use serde_json::{Map, Value, json};
use std::fmt::Write as _;

/// A suite that is to be written.
#[derive(Debug, Clone, Default)]
pub struct First {
    /// What stands at its head, a line each.
    pub notes: Vec<String>,
    /// The keys of the target, each with a remark that may be empty.
    pub target: Vec<(&'static str, Value, String)>,
    /// The cases.
    pub cases: Vec<FirstCase>,
}

/// A case that is to be written.
#[derive(Debug, Clone)]
pub struct FirstCase {
    /// What it is called.
    pub name: String,
    /// The API that it asks, where there are several.
    pub api: Option<String>,
    /// What it asks, with the path below the stage.
    pub request: Request,
    /// The status that is expected: `200`, or a class such as `2xx`.
    pub status: String,
}

impl First {
    /// The text of the suite.
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        for note in &self.notes {
            let _ = writeln!(text, "# {note}");
        }
        text.push_str("target:\n");
        for (key, value, remark) in &self.target {
            let remark = if remark.is_empty() { String::new() } else { format!("  # {remark}") };
            let _ = writeln!(text, "  {key}: {}{remark}", yaml(value));
        }
        text.push_str("cases:\n");
        for case in &self.cases {
            let _ = writeln!(text, "  - name: {}", yaml(&literal(&case.name)));
            if let Some(api) = &case.api {
                let _ = writeln!(text, "    api: {}", yaml(&literal(api)));
            }
            let asked = asked(&case.request);
            if asked.len() == 2 {
                let both = format!("{} {}", case.request.method, asked["path"].as_str().unwrap_or_default());
                let _ = writeln!(text, "    request: {}", yaml(&both.into()));
            } else {
                text.push_str("    request:\n");
                for (key, value) in &asked {
                    let _ = writeln!(text, "      {key}: {}", yaml(value));
                }
            }
            let status = case.status.parse::<u16>().map_or_else(|_| json!(case.status), Value::from);
            let _ = writeln!(text, "    expect: {{status: {}}}", yaml(&status));
        }
        text
    }
}

/// A request as suites write it: its method and its path, and more where it has more.
pub fn asked(request: &Request) -> Map<String, Value> {
    let query = request.query.as_ref().map(|query| format!("?{query}")).unwrap_or_default();
    let mut asked = Map::new();
    asked.insert("method".to_owned(), request.method.clone().into());
    asked.insert("path".to_owned(), literal(&format!("{}{query}", request.path)));
    let own_type = MediaType::parse(request.headers.get("content-type").unwrap_or_default());
    let json: Option<Value> = serde_json::from_slice(&request.body).ok();
    let json = json.filter(|own| own_type.essence() == "application/json" && !own.is_string());
    let mut headers = Map::new();
    for (name, value) in request.headers.iter() {
        let goes_without_saying = json.is_some() && name.eq_ignore_ascii_case("content-type");
        if goes_without_saying || headers.contains_key(name) {
            continue;
        }
        let values: Vec<_> = request.headers.all(name).map(literal).collect();
        let value = if values.len() == 1 { literal(value) } else { Value::from(values) };
        headers.insert(name.to_owned(), value);
    }
    if !headers.is_empty() {
        asked.insert("headers".to_owned(), headers.into());
    }
    match (json, std::str::from_utf8(&request.body)) {
        _ if request.body.is_empty() => {}
        (Some(json), _) => drop(asked.insert("body".to_owned(), literals(json))),
        (None, Ok(text)) => drop(asked.insert("body".to_owned(), literal(text))),
        (None, Err(_)) => drop(asked.insert("base64".to_owned(), base64_encode(&request.body).into())),
    }
    asked
}

/// A text that means itself: nothing in it is a variable.
fn literal(text: &str) -> Value {
    text.replace("${{", "$${{").into()
}

fn literals(value: Value) -> Value {
    match value {
        Value::String(text) => literal(&text),
        Value::Array(items) => items.into_iter().map(literals).collect(),
        Value::Object(members) => members.into_iter().map(|(key, value)| (key, literals(value))).collect(),
        other => other,
    }
}

/// A value on one line of YAML.
fn yaml(value: &Value) -> String {
    match value {
        Value::String(text) => scalar(text),
        Value::Array(items) => format!("[{}]", items.iter().map(yaml).collect::<Vec<_>>().join(", ")),
        Value::Object(members) => {
            let member = |(key, value): (&String, &Value)| format!("{}: {}", scalar(key), yaml(value));
            format!("{{{}}}", members.iter().map(member).collect::<Vec<_>>().join(", "))
        }
        other => other.to_string(),
    }
}

/// A text, in quotes where it might be read as something else.
fn scalar(text: &str) -> String {
    const WORDS: [&str; 9] = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"];
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/._- ".contains(&byte);
    let begins = text.starts_with(|first: char| first.is_ascii_alphabetic() || first == '/')
        || text.starts_with("./")
        || text.starts_with("../")
        || (text.len() == 3 && text.ends_with("xx"));
    let is_word = WORDS.iter().any(|word| word.eq_ignore_ascii_case(text));
    if begins && !is_word && !text.ends_with(' ') && text.bytes().all(is_plain) {
        text.to_owned()
    } else if text.chars().any(char::is_control)
        || text.contains(['\u{85}', '\u{2028}', '\u{2029}', '\u{feff}'])
    {
        Value::from(text).to_string()
    } else {
        format!("'{}'", text.replace('\'', "''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::suite::{Ask, Suite, Variables};
    use crate::template::Document;
    use proptest::prelude::*;

    fn read(first: &First) -> Suite {
        let text = first.to_text();
        let document = Document::parse("a", text.as_str()).unwrap();
        Suite::read(document, Variables::of_env([].into()))
            .unwrap_or_else(|mistake| panic!("{mistake:?}\n{text}"))
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_as_it_was_meant(
            name in "[ -~é]{1,12}", value in "[ -~\u{e9}]{0,12}", text in "\\PC{0,12}", key in "\\PC{1,6}",
        ) {
            let mut request = Request::new("POST", "/a/b");
            request.query = Some("a=%24%7B%7B&b=c".to_owned());
            request.headers.append("Content-Type", "application/json");
            request.headers.append("X-A", value);
            let body = json!({ key: [text, null, 1.5, true, {}] });
            request.body = body.to_string().into_bytes();
            let case = FirstCase { name: name.clone(), api: None, request: request.clone(), status: "2xx".to_owned() };
            let target = vec![("bin", json!("./b"), "a remark".to_owned())];
            let suite = read(&First { notes: vec!["note".to_owned()], target, cases: vec![case] });
            prop_assert_eq!(&suite.cases[0].name, &name);
            let step = suite.cases[0].step(&suite.variables).unwrap();
            let Ask::Request(asked) = step.ask else { panic!("a request") };
            let read = asked.request(None);
            prop_assert_eq!(serde_json::from_slice::<Value>(&read.body).unwrap(), body);
            prop_assert_eq!(read.query, request.query);
            prop_assert_eq!(read.headers.get("x-a"), request.headers.get("x-a"));
        }
    }
}
