//! Rules about the text itself: bytes that are no JSON, or JSON with a trap in it.

use super::Rule;
use crate::json::{Duplicate, Span, SyntaxError, SyntaxErrorKind};
use crate::lint::finding::{Document, Finding, Severity, Source};
use crate::lint::rule::Example;

const GOOD: Example = Example::rest(r#"{"statusCode": 200}"#);

pub(super) static NOT_JSON: Rule = Rule {
    code: "AGW901",
    name: "not-json",
    severity: Severity::Error,
    title: "the text is not JSON",
    why: "The front end reads the result as JSON and answers anything else with its own error; of a function URL this is only expected.",
    message: |_| "the result is not JSON".to_owned(),
    help: "print the result with a JSON library, and nothing else on the same stream",
    fixes: &[],
    bad: &[
        Example::rest("{'statusCode': 200}"),
        Example::http("{\"statusCode\": 200,}"),
        Example::rest("SUCCESS"),
    ],
    good: GOOD,
    facts: &["R-140", "H-079", "U-012", "L-026"],
    ..Rule::PLAIN
};

pub(super) static EMPTY_INPUT: Rule = Rule {
    code: "AGW902",
    name: "empty-input",
    severity: Severity::Error,
    title: "there is no result",
    why: "An empty payload is not JSON. A file stays empty when the command that should write it failed.",
    message: |_| "the result is empty".to_owned(),
    help: "look at the output of the command that wrote the file",
    fixes: &[],
    bad: &[Example::rest(""), Example::http(" \n")],
    good: GOOD,
    facts: &["H-079"],
    ..Rule::PLAIN
};

/// The bytes are not UTF-8, so nothing more can be said about them.
pub static NOT_UTF8: Rule = Rule {
    code: "AGW903",
    name: "not-utf8",
    severity: Severity::Error,
    title: "the text is not UTF-8",
    why: "JSON is exchanged in UTF-8. Files in UTF-16 come from PowerShell's > operator.",
    message: |_| "the text is not UTF-8".to_owned(),
    help: "write the file in UTF-8 (PowerShell: Out-File -Encoding utf8); put binary data into base64",
    fixes: &[],
    bad: &[],
    good: GOOD,
    facts: &[],
    ..Rule::PLAIN
};

pub(super) static BYTE_ORDER_MARK: Rule = Rule {
    code: "AGW904",
    name: "byte-order-mark",
    severity: Severity::Warning,
    title: "the text begins with a byte order mark",
    why: "JSON has no byte order mark, and many readers refuse it. It is skipped here; the rest is judged.",
    message: |_| "the text begins with a byte order mark (U+FEFF)".to_owned(),
    help: "save the file as UTF-8 without BOM",
    fixes: &[],
    bad: &[Example::rest("\u{feff}{\"statusCode\": 200}")],
    good: GOOD,
    facts: &[],
    ..Rule::PLAIN
};

pub(super) static DUPLICATE_KEY: Rule = Rule {
    code: "AGW905",
    name: "duplicate-key",
    severity: Severity::Warning,
    title: "an object has the same key twice",
    why: "Most readers keep the last value and forget the others without a word; so does this tool.",
    message: |_| "the same key stands twice in one object".to_owned(),
    help: "keep one of the two",
    fixes: &[],
    bad: &[Example::rest(r#"{"statusCode": 200, "statusCode": 404}"#)],
    good: GOOD,
    facts: &[],
    ..Rule::PLAIN
};

pub(super) static TRAILING_DATA: Rule = Rule {
    code: "AGW906",
    name: "trailing-data",
    severity: Severity::Error,
    title: "more text follows the result",
    why: "A result is exactly one JSON value. A second document or a log line behind it makes the whole payload unreadable.",
    message: |_| "more text follows the result".to_owned(),
    help: "write one result to a file, and logs elsewhere",
    fixes: &[],
    bad: &[Example::rest("{\"statusCode\": 200} done"), Example::http("{} {}")],
    good: GOOD,
    facts: &["H-079"],
    ..Rule::PLAIN
};

/// The text of a document, and what was wrong with its bytes.
pub fn decode(document: &Document<'_>) -> (Source, Vec<Finding>) {
    let Document { name, start, bytes, .. } = *document;
    let source = |text: &str| Source { name: name.to_owned(), text: text.to_owned(), start };
    let at = Span::new(0, 0);
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let (message, label) = undecodable(bytes, error.valid_up_to());
            // Shown is what can be read, so that the mark stands where reading stopped.
            let readable = std::str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default();
            let at = Span::new(readable.len(), readable.len());
            return (source(readable), vec![Finding::in_text(&NOT_UTF8, message, &label, at)]);
        }
    };
    if !text.starts_with('\u{feff}') {
        return (source(text), Vec::new());
    }
    let message = "the text begins with a byte order mark (U+FEFF)".to_owned();
    (source(text), vec![Finding::in_text(&BYTE_ORDER_MARK, message, "", at)])
}

fn undecodable(bytes: &[u8], valid: usize) -> (String, String) {
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return ("the text is UTF-16, not UTF-8".to_owned(), "a UTF-16 byte order mark".to_owned());
    }
    let byte = bytes.get(valid).copied().unwrap_or_default();
    (format!("the text is not UTF-8: byte {valid} is 0x{byte:02X}"), format!("0x{byte:02X}"))
}

/// The finding for a text that is not JSON.
pub(in crate::lint) fn syntax(error: &SyntaxError) -> Finding {
    let (rule, label) = match error.kind {
        SyntaxErrorKind::Empty => (&EMPTY_INPUT, "nothing here"),
        SyntaxErrorKind::TrailingData => (&TRAILING_DATA, "this is too much"),
        _ => (&NOT_JSON, "not JSON from here"),
    };
    let message = match error.kind {
        SyntaxErrorKind::Empty | SyntaxErrorKind::TrailingData => error.kind.to_string(),
        _ => format!("this is not JSON: {}", error.kind),
    };
    Finding::in_text(rule, message, label, error.span)
}

/// The finding for a key that stands twice.
pub(in crate::lint) fn duplicate(duplicate: &Duplicate) -> Finding {
    let key = duplicate.pointer.last().unwrap_or_default();
    let message = format!("the key `{key}` stands twice in this object; the last one counts");
    let mut finding = Finding::in_text(&DUPLICATE_KEY, message, "this value is lost", duplicate.lost);
    finding.pointer = Some(duplicate.pointer.clone());
    finding
}
