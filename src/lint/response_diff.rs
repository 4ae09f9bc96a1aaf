//! What differs between two answers to the same request.

use crate::http::{Headers, Response};
use crate::json::{Difference, Pointer, diff};
use serde_json::Value;

/// What differs between two answers; nothing where they are equal.
#[derive(Debug, Clone, PartialEq)]
pub struct ResponseDiff {
    /// Both statuses; 0 where there is no answer, or one without a status.
    pub status: Option<(u16, u16)>,
    /// The header fields that differ, in the order of the left answer.
    pub headers: Vec<FieldDifference>,
    /// The body.
    pub body: BodyDiff,
}

/// A header field that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldDifference {
    /// Its name in lower case.
    pub name: String,
    /// Its values on the left, in order.
    pub left: Vec<String>,
    /// Its values on the right.
    pub right: Vec<String>,
    /// It differs from call to call, or from place to place, and says nothing about the function.
    pub volatile: bool,
}

/// How bodies differ.
#[derive(Debug, Clone, PartialEq)]
pub enum BodyDiff {
    /// They do not, or only in what was to be ignored.
    Equal,
    /// Both are JSON.
    Json(Vec<Difference>),
    /// Both are text.
    Text(String, String),
    /// At least one is no text; their sizes.
    Bytes(usize, usize),
}

impl ResponseDiff {
    /// Whether nothing differs that counts.
    pub fn is_equal(&self) -> bool {
        self.status.is_none()
            && self.headers.iter().all(|field| field.volatile)
            && self.body == BodyDiff::Equal
    }
}

/// Compares two answers. JSON bodies are compared as values, and what stands at or below one of
/// `ignored` does not count; a segment `*` of these stands for any.
pub fn diff_responses(left: &Response, right: &Response, ignored: &[Pointer]) -> ResponseDiff {
    ResponseDiff {
        status: (left.status != right.status).then_some((left.status, right.status)),
        headers: fields(&left.headers, &right.headers, left.body != right.body),
        body: bodies(&left.body.0, &right.body.0, ignored),
    }
}

fn fields(left: &Headers, right: &Headers, bodies_differ: bool) -> Vec<FieldDifference> {
    let mut names: Vec<_> =
        left.iter().chain(right.iter()).map(|(name, _)| name.to_ascii_lowercase()).collect();
    let mut seen = std::collections::BTreeSet::new();
    names.retain(|name| seen.insert(name.clone()));
    let values =
        |headers: &Headers, name: &str| -> Vec<String> { headers.all(name).map(str::to_owned).collect() };
    let compare = |name: String| {
        let (left, right) = (values(left, &name), values(right, &name));
        // Functions on this machine are not asked over a connection, and frame nothing.
        let framing = name == "content-length" && (bodies_differ || left.is_empty() || right.is_empty());
        let volatile = framing || is_volatile(&name);
        (left != right).then_some(FieldDifference { name, left, right, volatile })
    };
    names.into_iter().filter_map(compare).collect()
}

/// Fields of the gateway's, of CloudFront's and of the connection, which differ between any two
/// answers. `name` is in lower case; REST APIs rename some of a function's own (R-191).
pub fn is_volatile(name: &str) -> bool {
    const NAMES: [&str; 14] = [
        "age",
        "apigw-requestid",
        "connection",
        "date",
        "keep-alive",
        "server",
        "server-timing",
        "transfer-encoding",
        "via",
        "x-amz-apigw-id",
        "x-amz-request-id",
        "x-amzn-requestid",
        "x-amzn-trace-id",
        "x-cache",
    ];
    let name = name.strip_prefix("x-amzn-remapped-").unwrap_or(name);
    NAMES.contains(&name) || name.starts_with("x-amz-cf-")
}

fn bodies(left: &[u8], right: &[u8], ignored: &[Pointer]) -> BodyDiff {
    if left == right {
        return BodyDiff::Equal;
    }
    let json = |bytes| serde_json::from_slice::<Value>(bytes).ok();
    if let (Some(left), Some(right)) = (json(left), json(right)) {
        let counts = |found: &Difference| !ignored.iter().any(|own| covers(own, &found.pointer));
        let found: Vec<_> = diff(&left, &right).into_iter().filter(counts).collect();
        return if found.is_empty() { BodyDiff::Equal } else { BodyDiff::Json(found) };
    }
    match (std::str::from_utf8(left), std::str::from_utf8(right)) {
        (Ok(left), Ok(right)) => BodyDiff::Text(left.to_owned(), right.to_owned()),
        _ => BodyDiff::Bytes(left.len(), right.len()),
    }
}

/// Whether a place stands at or below one of a pattern, in which a segment `*` stands for any.
pub fn covers(pattern: &Pointer, pointer: &Pointer) -> bool {
    let (pattern, tokens) = (pattern.tokens(), pointer.tokens());
    pattern.len() <= tokens.len() && pattern.iter().zip(tokens).all(|(own, token)| own == "*" || own == token)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::Body;

    fn response(status: u16, headers: &[(&str, &str)], body: &str) -> Response {
        Response { status, headers: headers.iter().copied().collect(), body: Body(body.into()) }
    }

    fn told(found: &ResponseDiff) -> String {
        let fields = found
            .headers
            .iter()
            .map(|field| format!("{}{}", field.name, if field.volatile { "~" } else { "" }));
        let body = match &found.body {
            BodyDiff::Equal => "=".to_owned(),
            BodyDiff::Json(found) => {
                found.iter().map(|one| one.pointer.to_string()).collect::<Vec<_>>().join(" ")
            }
            BodyDiff::Text(..) => "text".to_owned(),
            BodyDiff::Bytes(left, right) => format!("{left} {right}"),
        };
        format!("{:?} {} {body}", found.status, fields.collect::<Vec<_>>().join(","))
    }

    #[test]
    fn what_differs_from_call_to_call_does_not_count() {
        let left = response(200, &[("Date", "a"), ("X-Amz-Cf-Id", "1"), ("Content-Type", "x")], "{\"a\": 1}");
        let right = response(
            200,
            &[("content-type", "x"), ("date", "b"), ("Content-Length", "7"), ("x-amzn-Remapped-Date", "c")],
            "{\"a\":1}",
        );
        let found = diff_responses(&left, &right, &[]);
        assert!(found.is_equal());
        assert_eq!(told(&found), "None date~,x-amz-cf-id~,content-length~,x-amzn-remapped-date~ =");
        let other = response(404, &[("ETag", "1"), ("Set-Cookie", "a"), ("set-cookie", "b")], "no");
        let found = diff_responses(&left, &other, &[]);
        assert!(!found.is_equal());
        assert_eq!(told(&found), "Some((200, 404)) date~,x-amz-cf-id~,content-type,etag,set-cookie text");
        // A body of the same bytes has one length.
        let (left, right) =
            (response(200, &[("content-length", "1")], ""), response(200, &[("content-length", "2")], ""));
        assert_eq!(told(&diff_responses(&left, &right, &[])), "None content-length =");
    }

    #[test]
    fn ignored_members_do_not_count_and_stars_stand_for_any() {
        let left =
            response(200, &[], r#"{"at": 1, "items": [{"id": 1, "t": {"u": 1}}, {"id": 2}], "a/b": 1}"#);
        let right =
            response(200, &[], r#"{"at": 2, "items": [{"id": 1, "t": {"u": 2}}, {"id": 3}], "a/b": 2}"#);
        for (ignored, expected) in [
            (&["/at", "/a~1b"][..], "None  /items/0/t/u /items/1/id"),
            (&["/at", "/a~1b", "/items/*/t"], "None  /items/1/id"),
            (&["/*/*/*", "/at", "/a~1b"], "None  ="),
            (&[""], "None  ="),
        ] {
            let ignored: Vec<_> = ignored.iter().map(|text| Pointer::parse(text).unwrap()).collect();
            assert_eq!(told(&diff_responses(&left, &right, &ignored)), expected);
        }
    }

    #[test]
    fn bytes_that_are_no_text_are_counted() {
        let mut left = response(200, &[], "abc");
        left.body = Body(vec![255, 0]);
        assert_eq!(told(&diff_responses(&left, &response(200, &[], "abc"), &[])), "None  2 3");
    }
}
