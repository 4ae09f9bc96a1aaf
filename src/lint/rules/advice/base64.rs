//! Binary bodies whose flag was forgotten, and text bodies whose flag is too much.

use super::content::is_flagged;
use super::{Answer, Example, Fix, Remark, Rule, Severity, fixes};
use crate::gateway::{Evidence, Flavor};
use crate::http::encoding;
use crate::json::Pointer;
use serde_json::Value;

const ENCODE: &[Fix] = &fixes(
    "body: buffer.toString(\"base64\"), isBase64Encoded: true",
    "\"body\": base64.b64encode(data).decode(), \"isBase64Encoded\": True",
    ".body(Body::Binary(bytes))",
);

/// Types of bytes, and how those begin.
const MAGIC: [(&str, &[u8]); 14] = [
    ("image/png", b"\x89PNG"),
    ("image/jpeg", b"\xff\xd8\xff"),
    ("image/jpg", b"\xff\xd8\xff"),
    ("image/gif", b"GIF8"),
    ("image/webp", b"RIFF"),
    ("application/pdf", b"%PDF"),
    ("application/zip", b"PK\x03\x04"),
    ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"PK\x03\x04"),
    ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", b"PK\x03\x04"),
    ("application/gzip", b"\x1f\x8b"),
    ("application/x-gzip", b"\x1f\x8b"),
    ("font/woff2", b"wOF2"),
    ("font/woff", b"wOFF"),
    ("application/wasm", b"\0asm"),
];

const GZIP: &[u8] = b"\x1f\x8b";

pub(in crate::lint::rules) static FLAG_MISSING: Rule = Rule {
    code: "AGW541",
    name: "base64-flag-missing",
    severity: Severity::Error,
    title: "the bytes are in base64 or broken, and the flag is not set",
    why: "Without isBase64Encoded: true the body is text: base64 reaches the caller as base64, a data URL as a data URL, and bytes that were forced into a text are broken for good. A browser shows a broken image.",
    check: Some(flag_missing),
    help: "encode the bytes in base64 with the standard alphabet and set isBase64Encoded to true",
    fixes: ENCODE,
    bad: &[
        Example::http(
            r#"{"statusCode": 200, "headers": {"Content-Type": "image/png"}, "body": "iVBORw0KGgoAAAANSUhEUgAAAAE="}"#,
        ),
        Example::rest(
            r#"{"statusCode": 200, "headers": {"Content-Encoding": "gzip"}, "body": "H4sIAAAAAAAAA6tWSlSyMqwFAA==", "isBase64Encoded": false}"#,
        ),
        Example::of(
            Flavor::Alb,
            r#"{"statusCode": 200, "headers": {"content-type": "image/gif"}, "body": "data:image/gif;base64,R0lGODlhAQABAAAAACw="}"#,
        ),
        Example::http(
            r#"{"statusCode": 200, "headers": {"Content-Type": "image/png"}, "body": "\ufffdPNG\r\n\u001a\n"}"#,
        ),
    ],
    good: Example::http(
        r#"{"statusCode": 200, "headers": {"Content-Type": "image/png"}, "body": "iVBORw0KGgoAAAANSUhEUgAAAAE=", "isBase64Encoded": true}"#,
    ),
    facts: &["R-169", "R-200", "H-075", "U-017", "L-025"],
    ..Rule::PLAIN
};

fn flag_missing(answer: &Answer<'_>) -> Vec<Remark> {
    let flagged = is_flagged(answer.result) || answer.is_inferred();
    let body = answer.result.get("body").and_then(Value::as_str).filter(|_| !flagged);
    let (Some(body), Some(response)) = (body, answer.response()) else { return Vec::new() };
    let essence = answer.stated_type().map(|own| own.essence().to_owned()).unwrap_or_default();
    let gzip =
        response.headers.get("content-encoding").is_some_and(|own| own.trim().eq_ignore_ascii_case("gzip"));
    let magic = MAGIC.iter().find(|(own, _)| *own == essence).map(|(_, magic)| *magic);
    let Some(magic) = (if gzip { Some(GZIP) } else { magic }) else { return Vec::new() };
    let what = match () {
        () if body.starts_with("data:") && body.contains(";base64,") => "a data URL",
        () if begins_encoded(body, magic) => "base64",
        () if is_broken(body, magic) => "bytes that were forced into a text",
        () => return Vec::new(),
    };
    let of = if gzip { "gzip" } else { &essence };
    let message = format!("the body is {what}, and is sent as it is: the caller gets no {of}");
    vec![Remark::new(Pointer::root().child("body"), message, what, Evidence::Recorded)]
}

/// Whether a text is base64, of either alphabet, of bytes that begin so.
fn begins_encoded(text: &str, magic: &[u8]) -> bool {
    const START: usize = 16;
    let text = text.trim();
    let letter = |byte: u8| byte.is_ascii_alphanumeric() || b"+/-_=\r\n".contains(&byte);
    let Some(start) = text.get(..START).filter(|_| text.bytes().all(letter)) else { return false };
    let start = start.replace('-', "+").replace('_', "/");
    encoding::base64_decode(&start).is_some_and(|bytes| bytes.starts_with(magic))
}

/// Whether a text is what becomes of bytes that begin so: its first letter that is none of ASCII is
/// the byte, or stands for one that was lost.
fn is_broken(text: &str, magic: &[u8]) -> bool {
    let lost = char::REPLACEMENT_CHARACTER;
    let mut letters = text.chars();
    let begins = magic.iter().all(|byte| {
        let letter = letters.next();
        letter == Some(char::from(*byte)) || (!byte.is_ascii() && letter == Some(lost))
    });
    begins && (!magic.is_ascii() || text.contains(lost))
}

pub(in crate::lint::rules) static FLAG_ON_TEXT: Rule = Rule {
    code: "AGW542",
    name: "base64-flag-on-text",
    severity: Severity::Warning,
    title: "the body is decoded as base64 and is no text any more",
    why: "With isBase64Encoded: true the front end decodes the body. A plain word happens to be base64 of some bytes, and those are what the caller gets.",
    check: Some(flag_on_text),
    help: "set isBase64Encoded to false for text bodies, or encode the text",
    fixes: &fixes("isBase64Encoded: false", "\"isBase64Encoded\": False", ".body(Body::Text(text))"),
    bad: &[Example::http(
        r#"{"statusCode": 200, "headers": {"Content-Type": "text/plain; charset=utf-8"}, "body": "accepted", "isBase64Encoded": true}"#,
    )],
    good: Example::http(
        r#"{"statusCode": 200, "headers": {"Content-Type": "text/plain; charset=utf-8"}, "body": "YWNjZXB0ZWQ=", "isBase64Encoded": true}"#,
    ),
    facts: &["R-200", "H-075"],
    ..Rule::PLAIN
};

fn flag_on_text(answer: &Answer<'_>) -> Vec<Remark> {
    let stated = answer.stated_type().filter(|own| own.is_json() || own.charset() == Some("utf-8"));
    let (Some(response), Some(own)) = (answer.response(), stated) else { return Vec::new() };
    let encoded = response.headers.contains("content-encoding");
    if encoded || !is_flagged(answer.result) || response.body.as_text().is_some() {
        return Vec::new();
    }
    let message = format!("decoded from base64 the body is no UTF-8, although its type is {}", own.essence());
    vec![Remark::new(answer.place_of_body(), message, "not UTF-8 when decoded", Evidence::Recorded)]
}
