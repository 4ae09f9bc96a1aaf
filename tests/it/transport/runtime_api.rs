//! The Runtime API as a runtime meets it: bytes on a socket, call by call.

use apigw::transport::{AnswerFault, Event, RuntimeApi, STREAM_LIMIT};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

const NEXT: &str = "GET /2018-06-01/runtime/invocation/next";
const OK: &str = "202 {\"status\":\"OK\"}\n";
const BAD_ID: &str = "400 {\"errorMessage\":\"Invalid request ID\",\"errorType\":\"InvalidRequestID\"}\n";
const STREAMING: &str = "Lambda-Runtime-Function-Response-Mode: streaming\r\n";
const TRAILERS: &str = "Trailer: Lambda-Runtime-Function-Error-Type, Lambda-Runtime-Function-Error-Body\r\n";

/// A runtime on one connection.
struct Runtime {
    stream: TcpStream,
    /// The head of the last answer, without the date.
    head: Vec<String>,
    received: Vec<u8>,
}

impl Runtime {
    async fn connect(api: &RuntimeApi) -> Self {
        let stream = TcpStream::connect(api.address()).await.unwrap();
        Self { stream, head: Vec::new(), received: Vec::new() }
    }

    async fn send(&mut self, bytes: impl AsRef<[u8]>) {
        self.stream.write_all(bytes.as_ref()).await.unwrap();
    }

    async fn read_until(&mut self, is_there: impl Fn(&[u8]) -> bool) {
        while !is_there(&self.received) {
            assert_ne!(self.stream.read_buf(&mut self.received).await.unwrap(), 0, "closed");
        }
    }

    /// Status and body of the next answer.
    async fn answer(&mut self) -> String {
        self.read_until(|received| received.windows(4).any(|end| end == b"\r\n\r\n")).await;
        let end = self.received.windows(4).position(|end| end == b"\r\n\r\n").unwrap() + 4;
        let head = String::from_utf8(self.received.drain(..end).collect()).unwrap();
        self.head = head.trim_end().lines().map(str::to_owned).collect();
        self.head.retain(|line| !line.starts_with("Date: "));
        let length = self.head.iter().find_map(|line| line.strip_prefix("Content-Length: "));
        let length = length.map_or(0, |length| length.parse().unwrap());
        self.read_until(|received| received.len() >= length).await;
        let body = String::from_utf8(self.received.drain(..length).collect()).unwrap();
        format!("{} {body}", self.head[0].split(' ').nth(1).unwrap())
    }

    /// A call with a body of that length.
    async fn call(&mut self, line: &str, headers: &str, body: &str) -> String {
        let length = body.len();
        let head = format!("{line} HTTP/1.1\r\nHost: x\r\n{headers}Content-Length: {length}\r\n\r\n");
        self.send(head + body).await;
        self.answer().await
    }
}

fn event(id: &str) -> Event {
    Event { request_id: id.to_owned(), body: "{\"n\":1}".into(), ..Event::default() }
}

fn response(id: &str) -> String {
    format!("POST /2018-06-01/runtime/invocation/{id}/response")
}

fn error(id: &str) -> String {
    format!("POST /2018-06-01/runtime/invocation/{id}/error")
}

/// An API with an event, and a runtime that has it.
async fn running() -> (RuntimeApi, Runtime) {
    let api = RuntimeApi::bind().await.unwrap();
    api.offer(event("id-1"));
    let mut runtime = Runtime::connect(&api).await;
    assert_eq!(runtime.call(NEXT, "", "").await, "200 {\"n\":1}");
    (api, runtime)
}

fn transition(from: &str, to: &str) -> String {
    let message = format!(
        "State transition from {from} to {to} failed for runtime. Error: State transition is not allowed"
    );
    format!("403 {{\"errorMessage\":\"{message}\",\"errorType\":\"InvalidStateTransition\"}}\n")
}

#[tokio::test]
async fn every_path_has_its_method() {
    let api = RuntimeApi::bind().await.unwrap();
    let mut runtime = Runtime::connect(&api).await;
    let not_found = "404 404 page not found\n";
    for (line, told, allow) in [
        ("GET /2018-06-01/ping", "200 pong", ""),
        ("POST /2018-06-01/ping", "405 ", "GET"),
        ("GET /ping", not_found, ""),
        ("GET /", not_found, ""),
        ("GET /2018-06-01/runtime/nowhere", not_found, ""),
        ("GET /2018-06-01/runtime/invocation/next/", not_found, ""),
        ("GET /2018-06-01/runtime/restore/next", not_found, ""),
        ("DELETE /2018-06-01/runtime/invocation/next", "405 ", "GET"),
        ("GET /2018-06-01/runtime/init/error", "405 ", "POST"),
        ("GET /2018-06-01/runtime/invocation/id-1/response", "405 ", "POST"),
        ("PUT /2018-06-01/runtime/invocation/id-1/error", "405 ", "POST"),
        ("POST /2022-07-01/telemetry", "405 ", "PUT"),
    ] {
        assert_eq!(runtime.call(line, "", "{}").await, told, "{line}");
        let allowed = runtime.head.iter().find_map(|line| line.strip_prefix("Allow: ")).unwrap_or_default();
        assert_eq!(allowed, allow, "{line}");
    }
    for (path, name) in [("2022-07-01/telemetry", "Telemetry"), ("2020-08-15/logs", "Logs")] {
        let told = format!(
            "202 {{\"errorMessage\":\"{name} API is not supported\",\"errorType\":\"{name}.NotSupported\"}}\n"
        );
        assert_eq!(runtime.call(&format!("PUT /{path}"), "", "{}").await, told);
    }
}

#[tokio::test]
async fn an_event_comes_with_what_is_known_of_it_and_no_more() {
    let api = RuntimeApi::bind().await.unwrap();
    let mut runtime = Runtime::connect(&api).await;
    api.offer(Event {
        deadline_ms: 1_700_000_003_000,
        invoked_function_arn: "arn:aws:lambda:us-east-1:123456789012:function:f:prod".to_owned(),
        trace_id: "Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=0".to_owned(),
        client_context: Some("{\n  \"custom\": {\"name\": \"Zoë\"}\n}".to_owned()),
        cognito_identity: Some(r#"{"cognitoIdentityId":"a","cognitoIdentityPoolId":"b"}"#.to_owned()),
        ..event("id-1")
    });
    for time in ["first", "second"] {
        assert_eq!(runtime.call(NEXT, "", "").await, "200 {\"n\":1}", "{time} time");
        let mut head = runtime.head.clone();
        head.sort();
        assert_eq!(
            head,
            [
                "Content-Length: 7",
                "Content-Type: application/json",
                "HTTP/1.1 200 OK",
                "Lambda-Runtime-Aws-Request-Id: id-1",
                "Lambda-Runtime-Client-Context: {   \"custom\": {\"name\": \"Zoë\"} }",
                r#"Lambda-Runtime-Cognito-Identity: {"cognitoIdentityId":"a","cognitoIdentityPoolId":"b"}"#,
                "Lambda-Runtime-Deadline-Ms: 1700000003000",
                "Lambda-Runtime-Invoked-Function-Arn: arn:aws:lambda:us-east-1:123456789012:function:f:prod",
                "Lambda-Runtime-Trace-Id: Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=0",
            ],
            "{time} time"
        );
    }
    assert_eq!(runtime.call(&response("id-1"), "", "1").await, OK);
    assert!(runtime.head.contains(&"Content-Type: application/json".to_owned()));
    api.offer(Event { client_context: Some(String::new()), ..event("id-2") });
    assert_eq!(runtime.call(NEXT, "", "").await, "200 {\"n\":1}");
    let told = runtime.head.iter().filter(|line| line.starts_with("Lambda-")).count();
    assert_eq!(told, 2, "id and deadline: {:?}", runtime.head);
}

#[tokio::test]
async fn calls_out_of_turn_are_refused_word_for_word() {
    let bad_mode = "400 {\"errorMessage\":\"Invalid function response mode\",\
                    \"errorType\":\"InvalidFunctionResponseMode\"}\n";
    let answered = |to| transition("RuntimeResponseSentState", to);
    let stuck = |to| transition("InvocationResponse", to);
    let mode = "Lambda-Runtime-Function-Response-Mode: <b>\r\n";
    let init = "POST /2018-06-01/runtime/init/error";
    let (right, wrong, failed) = (response("id-1"), response("%3Ca&b%3E"), error("id-1"));
    let stories: [&[(&str, &str, String)]; 6] = [
        &[
            (&wrong, "", BAD_ID.to_owned()),
            (&response(""), "", BAD_ID.to_owned()),
            (&error("x"), mode, BAD_ID.to_owned()),
            (init, "", transition("Running", "InitError")),
            (&right, "", OK.to_owned()),
            (&right, "", answered("InvocationResponse")),
            (&failed, "", answered("InvocationErrorResponse")),
            (&wrong, mode, BAD_ID.to_owned()),
            (&right, mode, answered("InvocationResponse")),
            (init, "", answered("InitError")),
        ],
        &[(&failed, "", OK.to_owned()), (&right, "", answered("InvocationResponse"))],
        &[(&right, "Lambda-Runtime-Function-Response-Mode: \r\n", OK.to_owned())],
        &[(&right, STREAMING, OK.to_owned())],
        &[(&failed, mode, OK.to_owned())],
        &[
            (&right, mode, bad_mode.to_owned()),
            (&right, "", stuck("InvocationResponse")),
            (NEXT, "", stuck("Ready")),
        ],
    ];
    for (number, story) in stories.into_iter().enumerate() {
        let (_api, mut runtime) = running().await;
        for (line, headers, told) in story {
            assert_eq!(runtime.call(line, headers, "{}").await, *told, "story {number}: {line} {headers}");
        }
    }
}

#[tokio::test]
async fn an_initialisation_fails_once_and_before_the_first_event() {
    let api = RuntimeApi::bind().await.unwrap();
    let mut runtime = Runtime::connect(&api).await;
    let init = "POST /2018-06-01/runtime/init/error";
    assert_eq!(runtime.call(&response("id-1"), "", "1").await, BAD_ID);
    assert_eq!(runtime.call(init, "Lambda-Runtime-Function-Error-Type: unhandled\r\n", "no").await, OK);
    assert_eq!(runtime.call(init, "", "no").await, transition("InitError", "InitError"));
    assert_eq!(runtime.call(NEXT, "", "").await, transition("InitError", "Ready"));
    let posted = api.with_state(|state| state.init_error().cloned()).unwrap();
    assert_eq!((posted.error_type.as_str(), &posted.body[..]), ("unhandled", &b"no"[..]));
}

/// Answers in all the forms that HTTP has for them, and what the host takes from them.
#[tokio::test]
async fn answers_come_in_every_form() {
    let chunked = "Transfer-Encoding: chunked\r\n";
    let html = "Content-Type: application/vnd.awslambda.http-integration-response\r\n";
    let cases: [(String, &[&str], &[u8], bool); 4] = [
        (String::new(), &["4\r\n{\"a\"\r\n", "3\r\n:1}\r\n", "0\r\n\r\n"], b"{\"a\":1}", false),
        (String::new(), &["0\r\n\r\n"], b"", false),
        (
            format!("{STREAMING}{html}"),
            &["2\r\n{}\r\n3\r\n\0\0\0\r\n", "5\r\n\0\0\0\0\0\r\n", "4\r\nbo", "dy\r\n0\r\n\r\n"],
            b"{}\0\0\0\0\0\0\0\0body",
            true,
        ),
        (format!("{STREAMING}{TRAILERS}"), &["1\r\n1\r\n0\r\n\r\n"], b"1", true),
    ];
    for (headers, packets, body, streamed) in cases {
        let (api, mut runtime) = running().await;
        let line = response("id-1");
        runtime.send(format!("{line} HTTP/1.1\r\nHost: x\r\n{headers}{chunked}\r\n")).await;
        for packet in packets {
            tokio::time::sleep(std::time::Duration::from_millis(2)).await;
            runtime.send(packet).await;
        }
        assert_eq!(runtime.answer().await, OK);
        let answer = api.with_state(|state| state.take_exchange()).answer.unwrap().unwrap();
        assert_eq!((&answer.body[..], answer.streamed, answer.error), (body, streamed, None));
        let told = headers.contains(html).then_some("application/vnd.awslambda.http-integration-response");
        assert_eq!(answer.content_type.as_deref(), told);
    }
}

#[tokio::test]
async fn a_stream_that_fails_tells_why_behind_its_last_byte() {
    let (api, mut runtime) = running().await;
    let line = response("id-1");
    let head =
        format!("{line} HTTP/1.1\r\nHost: x\r\n{STREAMING}{TRAILERS}Transfer-Encoding: chunked\r\n\r\n");
    runtime.send(head + "4\r\nhalf\r\n").await;
    let trailers = "0\r\nLambda-Runtime-Function-Error-Type: Function.Half\r\n\
                    Lambda-Runtime-Function-Error-Body: eyJlcnJvck1lc3NhZ2UiOiJicm9rZSJ9\r\n\r\n";
    runtime.send(trailers).await;
    assert_eq!(runtime.answer().await, OK);
    let answer = api.with_state(|state| state.take_exchange()).answer.unwrap().unwrap();
    let error = answer.error.unwrap();
    assert_eq!((&answer.body[..], error.error_type.as_str()), (&b"half"[..], "Function.Half"));
    assert_eq!(error.body, r#"{"errorMessage":"broke"}"#);
}

#[tokio::test]
async fn errors_are_taken_with_their_causes() {
    let of = |media_type: &str| format!("Content-Type: {media_type}\r\n");
    let with_cause = of("application/vnd.aws.lambda.error.cause+json");
    let large = "x".repeat(900 << 10);
    let (json, octets) = ("application/json", "application/octet-stream");
    for (headers, body, payload, content_type) in [
        (of(json), "<not json>", "<not json>", json),
        (of("text/plain"), "{}", "{}", "text/plain"),
        (of(json) + "Lambda-Runtime-Function-XRay-Error-Cause: nonsense\r\n", "{}", "{}", json),
        (of(json) + &format!("Lambda-Runtime-Function-XRay-Error-Cause: {large}\r\n"), "{}", "{}", json),
        (
            with_cause.clone(),
            r#"{"errorMessage":"a <b>","errorType":"E","stackTrace":["x"],"errorCause":{"paths":[]}}"#,
            r#"{"errorMessage":"a \u003cb\u003e","errorType":"E","stackTrace":["x"]}"#,
            json,
        ),
        (with_cause.clone(), "{}", r#"{"errorMessage":"","errorType":""}"#, json),
        (with_cause, "nonsense", r#""Invalid error body""#, octets),
    ] {
        let (api, mut runtime) = running().await;
        assert_eq!(runtime.call(&error("id-1"), &headers, body).await, OK, "{body}");
        let answer = api.with_state(|state| state.take_exchange()).answer.unwrap().unwrap();
        assert_eq!((&*answer.body, answer.content_type.as_deref()), (payload.as_bytes(), Some(content_type)));
    }
}

#[tokio::test]
async fn what_is_too_large_is_refused_and_life_goes_on() {
    let too_large = |limit| {
        let message = format!("Exceeded maximum allowed payload size ({limit} bytes).");
        format!("413 {{\"errorMessage\":\"{message}\",\"errorType\":\"RequestEntityTooLarge\"}}\n")
    };
    let chunked = "Transfer-Encoding: chunked\r\n";
    let chunk = format!("100000\r\n{}\r\n", "x".repeat(1 << 20));
    for (headers, megabytes, told, fault) in [
        (chunked.to_owned(), 7, too_large(6_291_556), Some(AnswerFault::TooLarge)),
        (format!("{STREAMING}{chunked}"), 7, OK.to_owned(), None),
        (format!("{STREAMING}{chunked}"), 201, too_large(STREAM_LIMIT), Some(AnswerFault::StreamTooLarge)),
    ] {
        let (api, mut runtime) = running().await;
        let line = response("id-1");
        runtime.send(format!("{line} HTTP/1.1\r\nHost: x\r\n{headers}\r\n")).await;
        for _ in 0..megabytes {
            runtime.send(&chunk).await;
        }
        runtime.send("0\r\n\r\n").await;
        assert_eq!(runtime.answer().await, told, "{megabytes} MB");
        assert_eq!(api.with_state(|state| state.take_exchange()).answer.unwrap().err(), fault);
        let again = transition("RuntimeResponseSentState", "InvocationResponse");
        assert_eq!(runtime.call(&line, "", "1").await, again);
        api.offer(event("id-2"));
        assert_eq!(runtime.call(NEXT, "", "").await, "200 {\"n\":1}");
    }
}

#[tokio::test]
async fn a_body_that_breaks_off_ends_the_runtime() {
    let truncated = "400 {\"errorMessage\":\"HTTP request detected as truncated\",\
                     \"errorType\":\"TruncatedHTTPRequest\"}\n";
    let (api, mut runtime) = running().await;
    let line = response("id-1");
    runtime.send(format!("{line} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")).await;
    runtime.send("4\r\nfour\r\nnonsense\r\n").await;
    assert_eq!(runtime.answer().await, truncated);
    let exchange = api.with_state(|state| state.take_exchange());
    assert_eq!(exchange.answer, Some(Err(AnswerFault::Truncated)));
    let mut runtime = Runtime::connect(&api).await;
    assert_eq!(runtime.call(NEXT, "", "").await, transition("InvocationResponse", "Ready"));
}
