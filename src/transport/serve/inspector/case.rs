//! A request and its answer as a case of a suite: YAML whose texts and JSON bodies are JSON, which is
//! YAML.

use crate::http::encoding::base64_encode;
use crate::http::{Headers, MediaType, Request, Response};
use serde_json::Value;
use std::fmt::Write as _;

/// What clients and servers add by themselves.
const OWN_FIELDS: [&str; 8] = [
    "host",
    "connection",
    "content-length",
    "transfer-encoding",
    "accept-encoding",
    "user-agent",
    "keep-alive",
    "upgrade-insecure-requests",
];

/// A suite for the API at `url` with the one case: what was asked, and what came is expected.
pub(super) fn suite(url: &str, request: &Request, response: &Response) -> String {
    let mut yaml = format!("target:\n  url: {}\ncases:\n", scalar(url));
    let mut line = |depth: usize, text: &str| {
        writeln!(yaml, "{}{text}", " ".repeat(depth)).ok();
    };
    line(2, &format!("- name: {}", scalar(&format!("{} {}", request.method, request.path))));
    line(4, "request:");
    line(6, &format!("method: {}", scalar(&request.method)));
    line(6, &format!("path: {}", scalar(&request.target())));
    let fields = request.headers.iter().filter(|(name, _)| is_own(name));
    headers(fields.collect(), 6, &mut line);
    if let Some(body) = body(&request.headers, &request.body) {
        line(6, &body);
    }
    line(4, "expect:");
    line(6, &format!("status: {}", response.status));
    let kind = response.headers.get("content-type").map(|kind| ("content-type", kind));
    headers(kind.into_iter().collect(), 6, &mut line);
    match body(&response.headers, &response.body.0) {
        // Bytes that are no text are not compared.
        Some(body) if body.starts_with("body: ") => {
            line(6, "body:");
            line(8, &body.replacen("body", "equals", 1));
        }
        _ => {}
    }
    yaml
}

fn is_own(name: &str) -> bool {
    !OWN_FIELDS.iter().any(|own| own.eq_ignore_ascii_case(name)) && !starts_without_case(name, "sec-")
}

fn starts_without_case(text: &str, start: &str) -> bool {
    text.get(..start.len()).is_some_and(|own| own.eq_ignore_ascii_case(start))
}

/// A map of header fields; several of one name are a list.
fn headers(fields: Vec<(&str, &str)>, depth: usize, line: &mut impl FnMut(usize, &str)) {
    let fields: Headers = fields.into_iter().collect();
    if fields.is_empty() {
        return;
    }
    line(depth, "headers:");
    for (name, values) in fields.grouped() {
        let values: Vec<_> = values.into_iter().map(scalar).collect();
        let value = match values.as_slice() {
            [value] => value.clone(),
            several => format!("[{}]", several.join(", ")),
        };
        line(depth + 2, &format!("{}: {value}", scalar(&name.to_ascii_lowercase())));
    }
}

/// A body as a member: JSON as it is, other texts as such, bytes in base64. `None` if it is empty.
fn body(headers: &Headers, bytes: &[u8]) -> Option<String> {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return Some(format!("base64: {}", scalar(&base64_encode(bytes))));
    };
    let is_json = headers.get("content-type").is_some_and(|kind| MediaType::parse(kind).is_json());
    match serde_json::from_str::<Value>(text) {
        _ if text.is_empty() => None,
        // A text would be sent without its quotes, and null is no body.
        Ok(value) if is_json && !value.is_string() && !value.is_null() => {
            Some(format!("body: {}", escaped(&value.to_string())))
        }
        _ => Some(format!("body: {}", scalar(text))),
    }
}

/// A text: plain where nothing in it means anything to YAML, else as JSON writes it.
fn scalar(text: &str) -> String {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "/_.-;=+ ".contains(letter);
    let starts = |letter: char| letter.is_ascii_alphabetic() || letter == '/';
    let is_word = !["true", "false", "null", "yes", "no", "on", "off", "y", "n"]
        .iter()
        .any(|word| text.eq_ignore_ascii_case(word));
    if text.starts_with(starts) && text.chars().all(is_plain) && is_word && !text.ends_with(' ') {
        return text.to_owned();
    }
    escaped(&Value::from(text).to_string())
}

/// A text in which nothing stands for a variable.
fn escaped(text: &str) -> String {
    text.replace("${{", "$${{")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::Body;
    use crate::template::Document;
    use serde_json::json;

    /// The only case of what was written, as a reader of YAML sees it.
    fn written(request: &Request, response: &Response) -> Value {
        let yaml = suite("http://127.0.0.1:3000", request, response);
        let document = Document::parse("a.apigw.yaml", yaml.as_str())
            .unwrap_or_else(|error| panic!("{error:?}\n{yaml}"));
        let suite = document.root().to_json();
        assert_eq!(suite["target"]["url"], "http://127.0.0.1:3000");
        suite["cases"][0].clone()
    }

    fn response(kind: &str, body: &[u8]) -> Response {
        Response {
            status: 200,
            headers: [("Content-Type", kind)].into_iter().collect(),
            body: Body(body.to_vec()),
        }
    }

    #[test]
    fn a_request_and_its_answer_become_a_case() {
        let mut request = Request::new("POST", "/users/7");
        request.query = Some("a=1&b=%20".to_owned());
        for (name, value) in [
            ("Host", "127.0.0.1:3000"),
            ("Content-Type", "application/json"),
            ("Sec-Fetch-Site", "none"),
            ("X-A", "yes"),
            ("x-a", "it's: \"#\""),
            ("Content-Length", "9"),
        ] {
            request.headers.append(name, value);
        }
        request.body = br#"{"a": [1, "two", null]}"#.to_vec();
        let expected = json!({
            "name": "POST /users/7",
            "request": {
                "method": "POST",
                "path": "/users/7?a=1&b=%20",
                "headers": { "content-type": "application/json", "x-a": ["yes", "it's: \"#\""] },
                "body": { "a": [1, "two", null] },
            },
            "expect": {
                "status": 200,
                "headers": { "content-type": "application/problem+json" },
                "body": { "equals": { "ok": "no: #1" } },
            },
        });
        assert_eq!(written(&request, &response("application/problem+json", br#"{"ok":"no: #1"}"#)), expected);
    }

    #[test]
    fn texts_stay_texts_and_bytes_are_not_compared() {
        let texts = [
            "true",
            "12",
            "null",
            "- a",
            "a: b",
            "#",
            "",
            "\u{1f600}\n\ttab",
            "{",
            "~",
            "no",
            "a #b",
            "'",
            "0x1f",
        ];
        for text in texts.into_iter().chain([
            "2026-11-21",
            "a\u{0}b",
            "*x",
            "&x",
            "!x",
            "%x",
            "@x",
            "|",
            "é",
            "a\u{2028}b",
        ]) {
            let mut request = Request::new("PUT", "/a");
            request.headers.append("x-text", text);
            request.body = text.as_bytes().to_vec();
            let case = written(&request, &response("text/plain", text.as_bytes()));
            assert_eq!(case["request"]["headers"]["x-text"], text);
            if !text.is_empty() {
                assert_eq!(
                    (&case["request"]["body"], &case["expect"]["body"]["equals"]),
                    (&json!(text), &json!(text))
                );
            }
        }
        for (body, written_as) in
            [(r#""a""#, json!(r#""a""#)), ("null", json!("null")), (r#"["${{ a }}"]"#, json!(["$${{ a }}"]))]
        {
            let mut request = Request::new("PUT", "/a");
            request.headers.append("Content-Type", "application/json");
            request.body = body.as_bytes().to_vec();
            assert_eq!(written(&request, &response("text/plain", b""))["request"]["body"], written_as);
        }
        let mut request = Request::new("PUT", "/a");
        request.body = vec![0xff, 0];
        let case = written(&request, &response("image/png", &[0xff]));
        assert_eq!((&case["request"]["base64"], &case["expect"]["body"]), (&json!("/wA="), &Value::Null));
    }
}
