//! A sample of each trait, and what the full judge says of it.

use super::{NAMES, Traits};
use crate::gateway::{Exchange, Front};
use crate::lint::{Document, Expected, judge};

/// A part of a result that is usual at some front end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[rustfmt::skip]
pub(super) enum Trait {
    Status, NoContent, Redirect, ClientError, ServerError,
    NullHeaders, NoHeaders, Headers, NullLists, NoLists, Lists,
    NullCookies, NoCookies, Flag, Description, EmptyBody,
    Json, Markup, Words, JsonByDefault, WordsByDefault,
}

/// A body of JSON, as it stands in a result.
const A_BODY: &str = r#"{\"a\":1}"#;

impl Trait {
    /// Those whose sample does not depend on where the headers stand, with their samples.
    #[rustfmt::skip]
    const ALONE: [(Self, &'static str); 17] = [
        (Self::Status, r#"{"statusCode":200}"#),
        (Self::NoContent, r#"{"statusCode":204}"#),
        (Self::ClientError, r#"{"statusCode":404}"#),
        (Self::ServerError, r#"{"statusCode":500}"#),
        (Self::NullHeaders, r#"{"statusCode":200,"headers":null}"#),
        (Self::NoHeaders, r#"{"statusCode":200,"headers":{}}"#),
        (Self::Headers, r#"{"statusCode":200,"headers":{"X-Request-Id":"a"}}"#),
        (Self::NullLists, r#"{"statusCode":200,"multiValueHeaders":null}"#),
        (Self::NoLists, r#"{"statusCode":200,"multiValueHeaders":{}}"#),
        (Self::Lists, r#"{"statusCode":200,"multiValueHeaders":{"X-Request-Id":["a"]}}"#),
        (Self::NullCookies, r#"{"statusCode":200,"cookies":null}"#),
        (Self::NoCookies, r#"{"statusCode":200,"cookies":[]}"#),
        (Self::Flag, r#"{"statusCode":200,"isBase64Encoded":false}"#),
        (Self::Description, r#"{"statusCode":200,"statusDescription":"200 OK"}"#),
        (Self::EmptyBody, r#"{"statusCode":200,"body":""}"#),
        (Self::JsonByDefault, r#"{"statusCode":200,"body":"{\"a\":1}"}"#),
        (Self::WordsByDefault, r#"{"statusCode":200,"body":"all is well"}"#),
    ];

    /// Those that need a header, with their status, the header, its value and the body.
    #[rustfmt::skip]
    const WITH_HEADER: [(Self, u16, (&'static str, &'static str), &'static str); 4] = [
        (Self::Json, 200, ("content-type", "application/json"), A_BODY),
        (Self::Markup, 200, ("content-type", "text/html"), "<p>all is well</p>"),
        (Self::Words, 200, ("content-type", "text/plain"), "all is well"),
        (Self::Redirect, 302, ("location", "https://example.com/"), ""),
    ];

    /// Its bit in a set of traits.
    pub(super) const fn bit(self) -> u32 {
        1 << self as u32
    }
}

/// The traits that the judge finds nothing in, at this front end and in this exchange.
pub(super) fn ask(front: Front, exchange: &Exchange<'_>, expected: &Expected) -> Traits {
    let is_clean = |sample: &str| {
        let judged = judge(&Document::whole("", sample.as_bytes()), front, exchange, expected);
        judged.findings.is_empty() && !judged.outcome.refused && judged.decision.is_none()
    };
    let mut traits = Traits::default();
    for (own, sample) in Trait::ALONE {
        if is_clean(sample) {
            traits.parts |= own.bit();
        }
        if !traits.has(Trait::Status) {
            return traits;
        }
    }
    let lists = !traits.has(Trait::Headers);
    for (own, status, header, body) in Trait::WITH_HEADER {
        if is_clean(&with_headers(status, &[header], body, lists)) {
            traits.parts |= own.bit();
        }
    }
    let header = |index: usize| (NAMES[index].text, NAMES[index].sample);
    let all: Vec<_> = (0..NAMES.len()).map(header).collect();
    if is_clean(&with_headers(200, &all, A_BODY, lists)) {
        traits.names = (1 << NAMES.len()) - 1;
        return traits;
    }
    for index in 0..NAMES.len() {
        let headers = [header(super::names::CONTENT_TYPE), header(index)];
        if is_clean(&with_headers(200, &headers[usize::from(index == 0)..], A_BODY, lists)) {
            traits.names |= 1 << index;
        }
    }
    traits
}

/// A result with these headers, in lists or not.
fn with_headers(status: u16, headers: &[(&str, &str)], body: &str, lists: bool) -> String {
    let (map, open, close) = if lists { ("multiValueHeaders", "[", "]") } else { ("headers", "", "") };
    let member = |(name, value): &(&str, &str)| format!("\"{name}\":{open}\"{value}\"{close}");
    let members: Vec<_> = headers.iter().map(member).collect();
    format!("{{\"statusCode\":{status},\"{map}\":{{{}}},\"body\":\"{body}\"}}", members.join(","))
}
