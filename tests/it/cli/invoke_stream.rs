//! `apigw invoke --function --stream`: a server that plays Lambda and answers in the frames of an
//! event stream.

use super::policy_live::{asking, told};
use super::{Run, snapshot};
use crate::transport::aws::serve;
use http_body_util::Full;
use hyper::Response;
use hyper::body::Bytes;
use serde_json::json;
use std::sync::{Arc, Mutex};

/// The checksum of frames, CRC-32 as in Ethernet.
fn crc(bytes: &[u8]) -> [u8; 4] {
    let step = |crc: u32, _| if crc & 1 == 1 { crc >> 1 ^ 0xEDB8_8320 } else { crc >> 1 };
    let sum = bytes.iter().fold(!0_u32, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), step));
    (!sum).to_be_bytes()
}

fn length(bytes: usize) -> [u8; 4] {
    u32::try_from(bytes).unwrap().to_be_bytes()
}

/// A frame: lengths and their checksum, header fields, payload, checksum of all.
fn frame(fields: &[(&str, &str)], payload: &[u8]) -> Vec<u8> {
    let mut head = Vec::new();
    for (name, value) in fields {
        head.push(u8::try_from(name.len()).unwrap());
        head.extend(name.as_bytes());
        // 7: a string, with a length of two bytes.
        head.push(7);
        head.extend(u16::try_from(value.len()).unwrap().to_be_bytes());
        head.extend(value.as_bytes());
    }
    let mut frame = [length(16 + head.len() + payload.len()), length(head.len())].concat();
    frame.extend(crc(&frame));
    frame.extend([head.as_slice(), payload].concat());
    frame.extend(crc(&frame));
    frame
}

fn event(kind: &str, payload: &[u8]) -> Vec<u8> {
    frame(
        &[(":message-type", "event"), (":event-type", kind), (":content-type", "application/octet-stream")],
        payload,
    )
}

fn chunk(payload: &[u8]) -> Vec<u8> {
    event("PayloadChunk", payload)
}

fn complete(end: &str) -> Vec<u8> {
    event("InvokeComplete", end.as_bytes())
}

const PRELUDE: &[u8] =
    b"{\"statusCode\":201,\"headers\":{\"content-type\":\"text/plain\"},\"cookies\":[\"a=1\"]}\0\0\0\0\0\0\0\0";

/// Line and header fields of a request.
type Asked = (String, Vec<(String, String)>);

/// A Lambda that answers every call with these frames.
struct Lambda {
    base: String,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Lambda {
    fn with(frames: &[Vec<u8>]) -> Self {
        let (asked, body) = (Arc::<Mutex<Vec<_>>>::default(), frames.concat());
        let record = asked.clone();
        let base = serve(move |head, _| {
            let line = format!("{} {}", head.method, head.uri);
            record.lock().unwrap().push((line, crate::transport::aws::fields(&head)));
            let response = Response::builder().header("content-type", "application/vnd.amazon.eventstream");
            let response = response.header("x-amz-executed-version", "3").header("x-amzn-requestid", "req-1");
            response.body(Full::new(Bytes::from(body.clone()))).unwrap()
        });
        Self { base, asked }
    }

    fn invoke(&self, flags: &str) -> Run {
        asking(&format!("invoke --function users:live --stream {flags}"), &self.base)
    }
}

#[test]
fn a_stream_is_put_together_and_judged_as_a_function_url_does() {
    let lambda = Lambda::with(&[
        chunk(&PRELUDE[..20]),
        chunk(&PRELUDE[20..]),
        event("SomethingNew", b"?"),
        chunk(b"hel"),
        chunk(b""),
        chunk(b"lo\n"),
        complete("{\"LogResult\": \"bG9nCg==\"}"),
    ]);
    let ran = lambda.invoke("--path '/users?a=1' -i --tail -v").run();
    snapshot("invoke-stream", &told(&ran).replace(&lambda.base, "http://[HOST]"));
    let asked = lambda.asked.lock().unwrap();
    let (line, fields) = &asked[0];
    assert_eq!(line, "POST /2021-11-15/functions/users/response-streaming-invocations?Qualifier=live");
    let field = |name: &str| fields.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str());
    assert_eq!(field("x-amz-invocation-type"), Some("RequestResponse"));
    assert_eq!(field("x-amz-log-type"), Some("Tail"));
    assert!(field("authorization").unwrap().contains("/lambda/aws4_request"));
    drop(asked);
    assert_eq!(lambda.invoke("--raw").run().bytes(), [PRELUDE, b"hello\n"].concat());
    let json = lambda.invoke("--tail --format json").run().json();
    let result = &json["results"][0];
    assert_eq!((&result["flavor"], &result["response"]["status"]), (&json!("url"), &json!(201)));
    assert_eq!(result["response"]["body"], "hello\n");
    let lambda =
        json!({"function": "users:live", "executed_version": "3", "request_id": "req-1", "log": "log\n"});
    assert_eq!(result["lambda"], lambda);
}

#[test]
fn a_stream_without_a_prelude_is_a_body_and_a_bad_one_is_refused() {
    let plain = Lambda::with(&[chunk(b"no prelude"), complete("{}")]);
    assert_eq!(plain.invoke("").run().stdout(), "no prelude");
    assert_eq!(Lambda::with(&[complete("{}")]).invoke("").run().bytes(), b"");
    let bad = Lambda::with(&[chunk(b"{\"statusCode\": \"x\"}\0\0\0\0\0\0\0\0body"), complete("{}")]);
    bad.invoke("").exits(1).run().says(&["warning[AGW102]", "answers 502"]);
}

#[test]
fn an_error_in_the_middle_is_told_with_its_stack() {
    let details = json!({"errorType": "Error", "errorMessage": "boom", "trace": ["Error: boom", "    at handler (/var/task/index.mjs:3:7)"]});
    let end = json!({"ErrorCode": "Unhandled", "ErrorDetails": details.to_string()}).to_string();
    let mut all = String::new();
    let begun = Lambda::with(&[chunk(PRELUDE), chunk(b"the beginning\n"), complete(&end)]);
    all += &told(&begun.invoke("").exits(3).run());
    let empty = Lambda::with(&[complete(&end)]);
    all += &told(&empty.invoke("").exits(3).run());
    let words = Lambda::with(&[
        chunk(b"x\n"),
        complete("{\"ErrorCode\": \"Runtime.TruncatedResponse\", \"ErrorDetails\": \"the stream was cut\"}"),
    ]);
    all += &told(&words.invoke("").exits(3).run());
    let code = Lambda::with(&[chunk(b"x\n"), complete("{\"ErrorCode\": \"Unhandled\"}")]);
    all += &told(&code.invoke("").exits(3).run());
    snapshot("invoke-stream-errors", &all);
    let json = begun.invoke("--format json").exits(3).run().json();
    let result = &json["results"][0];
    assert_eq!(result["function_error"]["error_type"], "Error");
    assert_eq!(
        (&result["response"]["status"], &result["response"]["body"]),
        (&json!(201), &json!("the beginning\n"))
    );
}

#[test]
fn what_breaks_on_the_way_is_a_failure_of_the_network() {
    let mut flipped = chunk(b"hello");
    *flipped.last_mut().unwrap() ^= 1;
    let mut prelude = chunk(b"hello");
    prelude[9] ^= 1;
    let cut = chunk(b"hello")[..30].to_vec();
    let untyped = frame(&[(":event-type", "PayloadChunk")], b"hello");
    let cases: [(&[Vec<u8>], &str); 9] = [
        (&[flipped], "the event stream of function users:live is broken: message checksum"),
        (&[prelude], "is broken: prelude checksum"),
        (&[chunk(b"hello"), cut], "is broken: it ends in the middle of a frame"),
        (&[chunk(b"hello")], "is broken: it ended after 5 bytes without Lambda's word that it is complete"),
        (&[], "is broken: it ended after 0 bytes"),
        (&[untyped], "is broken: a frame in it is no event"),
        (&[complete("no JSON")], "is broken: its last frame holds no JSON"),
        (&[b"{\"statusCode\": 200}".to_vec()], "is broken: "),
        (
            &[
                chunk(b"hello"),
                frame(
                    &[(":message-type", "exception"), (":exception-type", "ServiceException")],
                    b"{\"Message\": \"Lambda is tired\"}",
                ),
            ],
            "ServiceException: Lambda is tired",
        ),
    ];
    for (frames, words) in cases {
        let ran = Lambda::with(frames).invoke("").exits(4).run();
        told(&ran);
        assert_eq!(ran.bytes(), b"");
        ran.says(&["error: ", words]);
    }
    let unmodelled =
        frame(&[(":message-type", "error"), (":error-code", "InternalError"), (":error-message", "oh")], b"");
    Lambda::with(&[unmodelled]).invoke("").exits(4).run().says(&["InternalError: oh"]);
}

#[test]
fn only_function_urls_stream() {
    let lambda = Lambda::with(&[complete("{}")]);
    lambda
        .invoke("--api rest")
        .exits(2)
        .run()
        .says(&["--stream: a REST API knows no", "it has a meaning for url"]);
    lambda.invoke("--event http-get").exits(2).run().says(&["--stream: an HTTP API knows no"]);
    lambda.invoke("--type Event").exits(2).run().says(&["--stream: with --type Event there is no stream"]);
    lambda.invoke("--event url-get").run();
    assert_eq!(lambda.asked.lock().unwrap().len(), 1);
    super::apigw("invoke --bin a --stream")
        .exits(2)
        .run()
        .says(&["--stream has a meaning only with --function"]);
}
