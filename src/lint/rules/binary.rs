//! Rules about `isBase64Encoded` and binary bodies.

use super::Rule;
use crate::gateway::Flavor;
use crate::http::encoding::base64_decode;
use crate::json::{Edit, Pointer, quoted};
use crate::lint::finding::Severity;
use crate::lint::mend::Broken;
use crate::lint::rule::{Example, Fix, in_languages};

const FLAG: &[Fix] = &in_languages(
    "isBase64Encoded: true",
    "\"isBase64Encoded\": True",
    "IsBase64Encoded: true,",
    ".withIsBase64Encoded(true)",
    ".body(Body::Binary(bytes))",
);

const ENCODE: &[Fix] = &in_languages(
    "body: buffer.toString(\"base64\"), isBase64Encoded: true",
    "\"body\": base64.b64encode(data).decode(), \"isBase64Encoded\": True",
    "Body: base64.StdEncoding.EncodeToString(data), IsBase64Encoded: true,",
    ".withBody(Base64.getEncoder().encodeToString(data)).withIsBase64Encoded(true)",
    ".body(Body::Binary(bytes))",
);

pub(super) static BASE64_FLAG_NOT_BOOLEAN: Rule = Rule {
    code: "AGW113",
    name: "base64-flag-not-boolean",
    severity: Severity::Error,
    title: "isBase64Encoded is not a boolean",
    why: "Values other than true and false are expected to make the result malformed; nobody has recorded it. A load balancer needs a real boolean.",
    message: |notice| format!("`isBase64Encoded` is {}, not a boolean", notice.found),
    help: "return true or false",
    fixes: FLAG,
    bad: &[
        Example::rest(r#"{"statusCode": 200, "isBase64Encoded": "yes"}"#),
        Example::http(r#"{"statusCode": 200, "isBase64Encoded": 1}"#),
        Example::of(Flavor::Alb, r#"{"statusCode": 200, "isBase64Encoded": "true"}"#),
    ],
    good: Example::rest(r#"{"statusCode": 200, "isBase64Encoded": false}"#),
    facts: &["R-170", "H-075", "L-025"],
    mend: Some(word_as_boolean),
    ..Rule::PLAIN
};

pub(super) static BASE64_FLAG_COERCED: Rule = Rule {
    code: "AGW114",
    name: "base64-flag-coerced",
    severity: Severity::Warning,
    title: "isBase64Encoded is null or a word",
    why: "It is probably read as the boolean that it spells, and null as false; nobody has recorded it, and an ALB needs a real boolean.",
    message: |notice| format!("`isBase64Encoded` is {}, not a boolean", notice.found),
    help: "return true or false",
    fixes: FLAG,
    bad: &[
        Example::rest(r#"{"statusCode": 200, "isBase64Encoded": "true"}"#),
        Example::http(r#"{"statusCode": 200, "isBase64Encoded": null}"#),
    ],
    good: Example::rest(r#"{"statusCode": 200, "isBase64Encoded": true}"#),
    facts: &["R-170", "H-075"],
    mend: Some(word_as_boolean),
    ..Rule::PLAIN
};

pub(super) static BASE64_UNDECODABLE: Rule = Rule {
    code: "AGW115",
    name: "base64-undecodable",
    severity: Severity::Error,
    title: "the body says base64 and is not",
    why: "When a REST API has to decode the body and cannot, it answers 500; a load balancer was seen to answer 502 to line breaks. The standard alphabet with padding is needed: no URL-safe letters, no line breaks.",
    message: |notice| format!("`isBase64Encoded` is true, but `body` is {}", notice.found),
    help: "encode the bytes with the standard alphabet and padding, or set isBase64Encoded to false",
    fixes: ENCODE,
    bad: &[
        Example::rest(r#"{"statusCode": 200, "body": "dGVzdA", "isBase64Encoded": true}"#)
            .binary("image/png", &["image/png"]),
        Example::http(r#"{"statusCode": 200, "body": "not base64!", "isBase64Encoded": true}"#),
        Example::of(Flavor::Alb, r#"{"statusCode": 200, "body": "dGVz\r\ndA==", "isBase64Encoded": true}"#),
    ],
    good: Example::rest(r#"{"statusCode": 200, "body": "dGVzdA==", "isBase64Encoded": true}"#)
        .binary("image/png", &["image/png"]),
    facts: &["R-209", "R-210", "H-075", "L-025"],
    mend: Some(standard_alphabet),
    ..Rule::PLAIN
};

pub(super) static BASE64_SENT_AS_TEXT: Rule = Rule {
    code: "AGW116",
    name: "base64-sent-as-text",
    severity: Severity::Warning,
    title: "the caller gets the base64 text and not the bytes",
    why: "A REST API decodes the body only if the first media type of the request's Accept header is one of the API's binary media types. The Content-Type of the response plays no part.",
    message: |notice| {
        format!("the base64 text itself is sent: {} matches no binary media type of the API", notice.found)
    },
    help: "add */* or the first type that your clients accept to the API's binaryMediaTypes, and deploy it",
    fixes: &[],
    bad: &[Example::rest(r#"{"statusCode": 200, "body": "dGVzdA==", "isBase64Encoded": true}"#)
        .binary("image/webp,image/png", &["image/png"])],
    good: Example::rest(r#"{"statusCode": 200, "body": "dGVzdA==", "isBase64Encoded": true}"#)
        .binary("image/png,*/*;q=0.8", &["image/png"]),
    facts: &["R-200", "R-201", "R-202", "R-203", "R-204", "R-205", "R-207"],
    ..Rule::PLAIN
};

pub(super) static BASE64_WITHOUT_BINARY_TYPES: Rule = Rule {
    code: "AGW117",
    name: "base64-without-binary-types",
    severity: Severity::Info,
    title: "a base64 body needs binary media types",
    why: "Without binaryMediaTypes a REST API sends the base64 text itself, with status 200. Tell apigw the API's types to have this judged for real.",
    message: |_| "without binary media types a REST API sends the base64 text itself".to_owned(),
    help: "name the API's types with --binary-media-type, and the request's Accept header with --accept",
    fixes: &[],
    bad: &[Example::rest(r#"{"statusCode": 200, "body": "dGVzdA==", "isBase64Encoded": true}"#)],
    good: Example::rest(r#"{"statusCode": 200, "body": "dGVzdA==", "isBase64Encoded": true}"#)
        .binary("a/b", &["*/*"]),
    facts: &["R-200", "R-207", "R-211"],
    ..Rule::PLAIN
};

/// `"true"` → `true`.
fn word_as_boolean(broken: &Broken<'_>) -> Option<Vec<Edit>> {
    let word = broken.value()?.as_str().filter(|word| ["true", "false"].contains(word))?;
    broken.replaced(word)
}

/// Base64 of the alphabet for URLs, without its padding or in lines → as the gateway reads it.
fn standard_alphabet(broken: &Broken<'_>) -> Option<Vec<Edit>> {
    let body = Pointer::root().child("body");
    let text = broken.result.get("body")?.as_str()?;
    let letters = text.chars().filter(|letter| !letter.is_ascii_whitespace() && *letter != '=');
    let letters = letters.map(|letter| match letter {
        '-' => '+',
        '_' => '/',
        letter => letter,
    });
    let mut standard: String = letters.collect();
    standard.extend(std::iter::repeat_n('=', (4 - standard.len() % 4) % 4));
    base64_decode(&standard)?;
    Some(vec![broken.text.replace(&body, quoted(&standard))?])
}
