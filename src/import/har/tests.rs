//! Recordings as browsers and proxies write them.

use super::*;
use proptest::prelude::*;
use serde_json::{Value, json};

fn all(source: &[u8]) -> (Vec<Result<HarRequest, BadEntry>>, Result<usize, HarError>) {
    let mut found = Vec::new();
    let result = read(source, &|_, _| true, &mut |entry| {
        found.push(entry);
        ControlFlow::Continue(())
    });
    (found, result)
}

fn one(request: &Value) -> Result<HarRequest, BadEntry> {
    let har = json!({"log": {"version": "1.2", "entries": [{"startedDateTime": "x", "request": request}]}});
    all(har.to_string().as_bytes()).0.remove(0)
}

fn short(request: &Value) -> String {
    let HarRequest { request, .. } = one(request).unwrap();
    let mut text = format!("{} {}", request.method, request.target());
    for (name, value) in request.headers.iter() {
        text += &format!(" | {name}: {value}");
    }
    if !request.body.is_empty() {
        text += &format!(" | {}", String::from_utf8_lossy(&request.body).escape_debug());
    }
    text
}

#[test]
fn requests_come_out_as_they_went() {
    let pair = |name: &str, value: &str| json!({"name": name, "value": value});
    let cases = [
        (json!({"url": "https://x.io"}), "GET /"),
        (
            json!({"method": "GET", "url": "https://x.io/a%2Fb?q=%31", "httpVersion": "http/2.0",
                "headers": [pair(":authority", "x.io"), pair(":path", "/"), pair("Accept", "*/*"), pair("x-a", "1"), pair("X-A", "2")],
                "queryString": [pair("q", "1")], "cookies": [], "headersSize": -1}),
            "GET /a%2Fb?q=%31 | Accept: */* | x-a: 1 | X-A: 2",
        ),
        (
            json!({"url": "https://x.io/", "queryString": [pair("a b", "é"), pair("c", "")]}),
            "GET /?a+b=%C3%A9&c=",
        ),
        (
            json!({"url": "https://x.io/", "cookies": [pair("a", "1"), pair("b", "2")]}),
            "GET / | Cookie: a=1; b=2",
        ),
        (
            json!({"url": "https://x.io/", "headers": [pair("cookie", "a=0")], "cookies": [pair("a", "1")]}),
            "GET / | cookie: a=0",
        ),
        (
            json!({"method": "POST", "url": "https://x.io/", "postData": {"mimeType": "text/plain", "text": "hi\n"}}),
            "POST / | Content-Type: text/plain | hi\\n",
        ),
        (
            json!({"method": "PUT", "url": "https://x.io/", "headers": [pair("content-type", "image/png")],
                "postData": {"mimeType": "image/png", "text": "aGVs\nbG8=", "encoding": "base64"}}),
            "PUT / | content-type: image/png | hello",
        ),
        (
            json!({"method": "POST", "url": "https://x.io/", "postData": {"mimeType": "application/x-www-form-urlencoded",
                "text": null, "params": [pair("a", "1 2"), pair("a", "&")]}}),
            "POST / | Content-Type: application/x-www-form-urlencoded | a=1+2&a=%26",
        ),
        (
            json!({"method": "POST", "url": "https://x.io/", "postData": {"mimeType": "multipart/form-data; boundary=B",
                "params": [{"name": "f", "value": "v", "fileName": "n.txt", "contentType": "text/plain"}]}}),
            "POST / | Content-Type: multipart/form-data; boundary=B | --B\\r\\nContent-Disposition: form-data; name=\\\"f\\\"; filename=\\\"n.txt\\\"\\r\\nContent-Type: text/plain\\r\\n\\r\\nv\\r\\n--B--\\r\\n",
        ),
        (json!({"method": "GET", "url": "HTTPS://x.io/#f", "headers": null, "postData": null}), "GET /"),
    ];
    for (request, expected) in cases {
        assert_eq!(short(&request), expected, "{request}");
    }
}

#[test]
fn bad_entries_are_named() {
    let bad = |request: Value| one(&request).unwrap_err();
    assert!(bad(json!({"url": "data:text/plain,geheim"})).is_foreign);
    assert_eq!(
        bad(json!({"url": "blob:https://x.io"})).message,
        "its URL is not of http or https but of `blob`"
    );
    assert_eq!(bad(json!({"url": "https:///x"})).message, "its URL: there is no host name in it");
    let encoded = json!({"url": "https://x.io", "postData": {"text": "é", "encoding": "base64"}});
    assert_eq!(bad(encoded).message, "its body says base64 and is none");
    let header = json!({"url": "https://x.io", "headers": [{"name": "a b", "value": "geheim"}]});
    assert_eq!(bad(header).message, "`a b` is not a header");
}

#[test]
fn files_that_are_none_have_a_place() {
    type Case = (&'static str, &'static str, Option<(usize, usize)>);
    let cases: &[Case] = &[
        ("", "the file ends in the middle, behind 0 whole entries", Some((1, 1))),
        ("{\"log\": {}}", "this is no HAR file: `log` has no `entries`", None),
        ("{\"logs\": {}}", "this is no HAR file: there is no `log` in it", None),
        (
            "{\"log\": {\"entries\": [\n {\"request\": {\"url\": \"https://x.io\"}},\n {\"request\": {\"url\": \"ht",
            "the file ends in the middle, behind 1 whole entries",
            Some((3, 24)),
        ),
        (
            "{\"log\": {\"entries\": [{\"request\": {}}]}}",
            "entry 0 is not as HAR 1.2 says: missing field `url`",
            Some((1, 35)),
        ),
        ("{\"log\": {\"entries\": [}", "this is not JSON: expected value", Some((1, 22))),
        ("{\"log\": {\"entries\": []}} x", "this is not JSON: trailing characters", Some((1, 26))),
    ];
    for (source, message, place) in cases {
        let error = all(source.as_bytes()).1.unwrap_err();
        assert_eq!((error.message.as_str(), error.place), (*message, *place), "{source}");
    }
}

#[test]
fn reading_stops_when_it_is_told_to() {
    let source = "{\"log\": {\"entries\": [{\"request\": {\"url\": \"https://x.io\"}}, this is never read";
    let mut seen = 0;
    let result = read(source.as_bytes(), &|index, url| index == 0 && url.contains("x.io"), &mut |_| {
        seen += 1;
        ControlFlow::Break(())
    });
    assert_eq!((result, seen), (Ok(1), 1));
}

proptest! {
    #[test]
    fn no_json_panics(request in crate::testing::json(), entries in crate::testing::json()) {
        let _ = all(json!({"log": {"entries": [{"request": request}]}}).to_string().as_bytes());
        let _ = all(json!({"log": {"entries": entries}}).to_string().as_bytes());
    }

    #[test]
    fn no_bytes_panic(at in 0usize..200, bytes in prop::collection::vec(any::<u8>(), 0..4)) {
        let mut source = br#"{"log":{"entries":[{"request":{"method":"POST","url":"https://x.io/a?b","headers":[{"name":"a","value":"b"}],"postData":{"text":"eA==","encoding":"base64","params":[]}}}]}}"#.to_vec();
        let at = at.min(source.len());
        let end = (at + bytes.len()).min(source.len());
        source.splice(at..end, bytes);
        let _ = all(&source);
    }
}
