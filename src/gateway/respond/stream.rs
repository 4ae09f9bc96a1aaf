//! Streamed responses of function URLs (U-018 to U-022): bytes as the function sends them, with or
//! without a prelude of JSON that has status, headers and cookies. Streaming integrations of REST APIs
//! have the same form and must have a prelude, in which headers may have lists of values (R-196).

use super::{Exchange, Invocation, Outcome, own_answer, reading, url};
use crate::gateway::flavor::Flavor;
use crate::gateway::notice::{Evidence, Notice, NoticeKind};
use crate::http::{Body, Headers, Response};
use crate::json::{Pointer, Text};
use serde_json::Value;

/// What stands between a prelude and the body (U-019).
const DELIMITER: [u8; 8] = [0; 8];

/// The content type of a stream that names none, as the Node runtime has it (U-020).
const DEFAULT_CONTENT_TYPE: &str = "application/octet-stream";

/// A header that a stream cannot have, and the name under which it arrives (U-022).
const REMAPPED: (&str, &str) = ("content-length", "x-amzn-remapped-content-length");

/// The prelude and the body of a stream; `None` if it has no prelude. A prelude has no NUL in it,
/// so the first one ends it (U-019).
pub fn split(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = bytes.iter().position(|byte| *byte == 0)?;
    let body = bytes[end..].strip_prefix(&DELIMITER)?;
    bytes[..end].trim_ascii_start().starts_with(b"{").then_some((&bytes[..end], body))
}

/// What the caller of a function URL gets that streams; of another front end, what it would get
/// from these bytes.
pub(super) fn accept(exchange: &Exchange<'_>, bytes: &[u8]) -> Outcome {
    let parsed = |bytes: &[u8]| {
        let text = std::str::from_utf8(bytes).ok()?;
        Text::parse("<result>", text).ok().map(|text| text.value())
    };
    if !exchange.api.streaming {
        return match parsed(bytes) {
            Some(value) => super::respond(exchange, super::returned(exchange.api, &value, bytes.len())),
            None => super::respond(exchange, Invocation::ReturnedGarbage),
        };
    }
    match split(bytes) {
        Some((prelude, body)) => with_prelude(exchange, parsed(prelude).as_ref(), body),
        None if exchange.api.flavor == Flavor::Rest => with_prelude(exchange, None, bytes),
        None => without_prelude(exchange, parsed(bytes).as_ref(), bytes),
    }
}

fn with_prelude(exchange: &Exchange<'_>, prelude: Option<&Value>, body: &[u8]) -> Outcome {
    let facts = exchange.api.flavor.facts();
    // What is known of a prelude's form is known of function URLs.
    let mut refusals = match prelude {
        Some(prelude) => (Flavor::Url.facts().refusals)(prelude),
        None => vec![malformed()],
    };
    let mut notices = Vec::new();
    let prelude = prelude.unwrap_or(&Value::Null);
    let (status, mut headers) = url::head(prelude, &mut notices);
    if exchange.api.flavor == Flavor::Rest {
        notices.retain(|notice| notice.kind != NoticeKind::MultiValueHeadersIgnored);
        lists(prelude).for_each(|(name, value)| headers.append(name, value));
    }
    let keys = if exchange.api.flavor == Flavor::Rest { &PRELUDE_KEYS[..] } else { &PRELUDE_KEYS[..3] };
    reading::ignored_keys(prelude, keys, &reading_basis(), &mut notices);
    let headers = sent(&headers, &mut notices);
    if refusals.is_empty() {
        let response = Response { status, headers: finish(exchange, headers), body: Body(body.to_vec()) };
        return Outcome { response: Some(response), refused: false, notices };
    }
    // What becomes of a bad prelude is not known: as of a bad result.
    for refusal in &mut refusals {
        refusal.evidence = Evidence::Inferred;
    }
    let others = super::beside(&refusals, notices);
    refusals.extend(others);
    Outcome { response: Some(own_answer(exchange, facts.refusal)), refused: true, notices: refusals }
}

/// Where a prelude of a REST API has headers of several values.
const LISTS: &str = "multiValueHeaders";

/// Its headers of several values (R-196).
fn lists(prelude: &Value) -> impl Iterator<Item = (&str, &str)> {
    let lists = prelude.get(LISTS).and_then(Value::as_object).into_iter().flatten();
    lists.flat_map(|(name, values)| {
        let values = values.as_array().into_iter().flatten().filter_map(Value::as_str);
        values.map(move |value| (name.as_str(), value))
    })
}

/// The last one is of REST APIs.
const PRELUDE_KEYS: [&str; 4] = ["statusCode", "headers", "cookies", LISTS];

/// U-020: a wrong key is known to be ignored.
fn reading_basis() -> reading::Basis {
    reading::Basis { unknown_key: ("U-020", Evidence::Recorded), ..url::BASIS }
}

fn malformed() -> Notice {
    let notice = Notice::new(NoticeKind::PreludeMalformed, Pointer::root(), &Value::Null);
    notice.found("no JSON").because(&["U-019"], Evidence::Inferred).refusing()
}

/// The headers of a prelude as they are sent.
fn sent(headers: &Headers, notices: &mut Vec<Notice>) -> Headers {
    let rename = |(name, value): (&str, &str)| {
        if !name.eq_ignore_ascii_case(REMAPPED.0) {
            return (name.to_owned(), value.to_owned());
        }
        let at = Pointer::root().child("headers").child(name);
        let notice = Notice::new(NoticeKind::HeaderRenamed, at, &Value::Null).on_key().found(REMAPPED.1);
        notices.push(notice.because(&["U-022"], Evidence::ReportedOnce));
        (REMAPPED.1.to_owned(), value.to_owned())
    };
    headers.iter().map(rename).collect()
}

/// U-020: the bytes as they are; U-021: also when they look like the result of a function that
/// does not stream.
fn without_prelude(exchange: &Exchange<'_>, value: Option<&Value>, bytes: &[u8]) -> Outcome {
    let mut notices = Vec::new();
    if let Some(status) = value.and_then(|value| value.get("statusCode")) {
        let notice = Notice::new(NoticeKind::EnvelopeStreamed, Pointer::root().child("statusCode"), status);
        notices.push(notice.on_key().because(&["U-021"], Evidence::Recorded));
    }
    let response =
        Response { status: 200, headers: finish(exchange, Headers::new()), body: Body(bytes.to_vec()) };
    Outcome { response: Some(response), refused: false, notices }
}

/// A stream has no length.
fn finish(exchange: &Exchange<'_>, mut headers: Headers) -> Headers {
    if let Some(cors) = &exchange.api.cors {
        cors.add(exchange.request, &mut headers); // U-024
    }
    if !headers.contains("content-type") {
        headers.append("Content-Type", DEFAULT_CONTENT_TYPE);
    }
    headers.set("Date", exchange.stamp.http_date());
    headers.set("Transfer-Encoding", "chunked");
    headers.set("Connection", "keep-alive");
    headers
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gateway::{Api, Stamp};
    use crate::http::Request;

    #[test]
    fn a_rest_api_has_lists_of_values_in_its_prelude_and_needs_one() {
        let (api, stamp) = (Api { streaming: true, ..Api::new(Flavor::Rest) }, Stamp::default());
        let request = Request::new("GET", "/prod/a");
        let exchange = Exchange::new(&api, &request, &stamp);
        let prelude = r#"{"statusCode":201,"cookies":["a=1"],"multiValueHeaders":{"x-a":["1","2"]}}"#;
        let outcome = accept(&exchange, &[prelude.as_bytes(), &DELIMITER, b"body"].concat());
        assert_eq!((outcome.refused, &outcome.notices), (false, &Vec::new()));
        let response = outcome.response.unwrap();
        assert_eq!((response.status, response.headers.all("x-a").count()), (201, 2)); // R-196
        assert!(accept(&exchange, b"no prelude").refused);
    }

    #[test]
    fn a_prelude_ends_with_eight_nul_bytes() {
        type Parts = Option<(&'static [u8], &'static [u8])>;
        let cases: [(&[u8], Parts); 6] = [
            (b"{}\0\0\0\0\0\0\0\0x", Some((b"{}", b"x"))),
            (b"{}\0\0\0\0\0\0\0\0\0", Some((b"{}", b"\0"))),
            (b"{}\0\0\0\0\0\0\0x", None),
            (b"\x89PNG\0\0\0\0\0\0\0\0", None),
            (b"{}", None),
            (b"", None),
        ];
        for (bytes, expected) in cases {
            assert_eq!(split(bytes), expected, "{bytes:?}");
        }
    }
}
