//! `apigw invoke --function`: events sent to a server that plays Lambda.

use super::policy_live::{SECRET, TOKEN, asking, told, without_keys};
use super::{Ran, Run, snapshot};
use crate::transport::aws::{fields, serve};
use http_body_util::Full;
use hyper::Response;
use hyper::body::Bytes;
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// A request to Lambda: method and target, header fields, body.
pub(super) struct Asked {
    line: String,
    fields: Vec<(String, String)>,
    pub(super) body: Vec<u8>,
}

impl Asked {
    /// The only field of that name.
    fn field(&self, name: &str) -> Option<&str> {
        let mut own = self.fields.iter().filter(|(own, _)| own == name);
        let value = own.next().map(|(_, value)| value.as_str());
        assert!(own.next().is_none(), "{name}");
        value
    }
}

/// What Lambda answers: a status, header fields, a body.
pub(super) type Answer = (u16, &'static [(&'static str, &'static str)], &'static str);

pub(super) const HELLO: &str = r#"{"statusCode":201,"headers":{"content-type":"text/plain"},"body":"hello"}"#;
const FINE: Answer = (200, &[("X-Amz-Executed-Version", "3"), ("x-amzn-RequestId", "req-1")], HELLO);
const FAILED: &[(&str, &str)] = &[("X-Amz-Function-Error", "Unhandled"), ("x-amzn-RequestId", "req-1")];

/// A Lambda that gives these answers one after the other, then the last again.
pub(super) struct Lambda {
    pub(super) base: String,
    pub(super) asked: Arc<Mutex<Vec<Asked>>>,
}

impl Lambda {
    pub(super) fn with(answers: &[Answer]) -> Self {
        let answers = answers.to_vec();
        let asked = Arc::<Mutex<Vec<Asked>>>::default();
        let record = asked.clone();
        let base = serve(move |head, body| {
            let mut record = record.lock().unwrap();
            let (status, own, text) = answers[record.len().min(answers.len() - 1)];
            let line = format!("{} {}", head.method, head.uri);
            record.push(Asked { line, fields: fields(&head), body: body.to_vec() });
            let response = Response::builder().status(status).header("retry-after", "0");
            let response =
                own.iter().fold(response, |response, (name, value)| response.header(*name, *value));
            response.body(Full::new(Bytes::from_static(text.as_bytes()))).unwrap()
        });
        Self { base, asked }
    }

    pub(super) fn invoke(&self, line: &str) -> Run {
        asking(&format!("invoke --function {line}"), &self.base)
    }

    /// How often it was asked.
    pub(super) fn calls(&self) -> usize {
        self.asked.lock().unwrap().len()
    }

    /// The transcript, without the port.
    fn snapshot(&self, name: &str, ran: &Ran) {
        snapshot(name, &told(ran).replace(&self.base, "http://[HOST]"));
    }
}

#[test]
fn an_event_goes_to_lambda_and_the_result_is_judged() {
    let lambda = Lambda::with(&[FINE]);
    let ran = lambda.invoke("users:live --path '/users?a=1' -H 'x-a: 1' -d hi -i -v").run();
    lambda.snapshot("invoke-function", &ran);
    let asked = lambda.asked.lock().unwrap();
    let [asked] = asked.as_slice() else { panic!("{}", asked.len()) };
    assert_eq!(asked.line, "POST /2015-03-31/functions/users/invocations?Qualifier=live");
    let event: Value = serde_json::from_slice(&asked.body).unwrap();
    assert_eq!((&event["path"], &event["body"]), (&json!("/users"), &json!("hi")));
    assert_eq!((&event["httpMethod"], &event["headers"]["x-a"]), (&json!("POST"), &json!("1")));
    assert_eq!(asked.field("content-type"), Some("application/json"));
    assert_eq!(asked.field("x-amz-invocation-type"), Some("RequestResponse"));
    assert_eq!(asked.field("x-amz-security-token"), Some(TOKEN));
    for absent in ["x-amz-log-type", "x-amz-client-context"] {
        assert_eq!(asked.field(absent), None);
    }
}

#[test]
fn the_request_is_signed_with_all_its_fields() {
    let lambda = Lambda::with(&[FINE]);
    let arn = "arn:aws:lambda:eu-central-1:123456789012:function:users";
    lambda.invoke(&format!("{arn} --tail --client-context '{{\"custom\": {{\"a\": 1}}}}'")).run();
    let asked = lambda.asked.lock().unwrap();
    let asked = &asked[0];
    let target = "arn%3Aaws%3Alambda%3Aeu-central-1%3A123456789012%3Afunction%3Ausers";
    assert_eq!(asked.line, format!("POST /2015-03-31/functions/{target}/invocations"));
    let authorization = asked.field("authorization").unwrap();
    // The region of the ARN goes before the environment's.
    let (before, signature) = authorization.split_once("Signature=").unwrap();
    let (scope, signed) = before.split_once(", ").unwrap();
    assert!(scope.starts_with("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/"), "{scope}");
    assert!(scope.ends_with("/eu-central-1/lambda/aws4_request"), "{scope}");
    assert_eq!(
        signed,
        "SignedHeaders=content-type;host;x-amz-client-context;x-amz-date;x-amz-invocation-type;\
         x-amz-log-type;x-amz-security-token, "
    );
    assert!(signature.len() == 64 && signature.bytes().all(|byte| byte.is_ascii_hexdigit()), "{signature}");
    assert_eq!(asked.field("x-amz-log-type"), Some("Tail"));
    assert_eq!(asked.field("x-amz-client-context"), Some("eyJjdXN0b20iOiB7ImEiOiAxfX0="));
}

#[test]
fn the_result_has_the_findings_and_exit_codes_of_a_binary_s() {
    const REFUSED: &str = r#"{"statusCode": 200, "body": {"a": 1}}"#;
    let lambda = Lambda::with(&[(200, &[], REFUSED)]);
    let ran = lambda.invoke("users").exits(1).run().says(&["error[AGW101]", "REST API answers 502"]);
    assert_eq!(ran.stdout(), r#"{"message": "Internal server error"}"#);
    assert_eq!(lambda.invoke("users --raw").exits(1).run().stdout(), REFUSED);
    let garbage = Lambda::with(&[(200, &[], "Task timed out after 3.00 seconds")]);
    garbage.invoke("users").exits(1).run().says(&["error[AGW901]"]);
    // A request that no route takes invokes nothing.
    lambda.invoke("users --route 'GET /x' --path /y").exits(1).run().says(&["no route takes GET /y"]);
    assert_eq!(lambda.calls(), 2);
    let file = lambda.invoke("users --event event.json --api http --raw").file("event.json", r#"{"a": 1}"#);
    file.exits(1).run().says(&["HTTP API answers 500"]);
    assert_eq!(lambda.asked.lock().unwrap()[2].body, br#"{"a":1}"#);
}

#[test]
fn json_tells_what_lambda_says() {
    let log: Answer = (
        200,
        &[("X-Amz-Executed-Version", "3"), ("x-amzn-RequestId", "req-1"), ("X-Amz-Log-Result", "bG9nCg==")],
        HELLO,
    );
    let ran = Lambda::with(&[log]).invoke("users:live --tail --format json").run();
    let result = &ran.json()["results"][0];
    let lambda =
        json!({"function": "users:live", "executed_version": "3", "request_id": "req-1", "log": "log\n"});
    assert_eq!(result["lambda"], lambda);
    assert_eq!((&result["result"]["body"], &result["response"]["status"]), (&json!("hello"), &json!(201)));
    assert_eq!(ran.stderr(), "log\n");
    for (kind, status) in [("DryRun", 204), ("Event", 202)] {
        let lambda = Lambda::with(&[(status, &[("x-amzn-RequestId", "req-1")], "")]);
        let ran = lambda.invoke(&format!("users --type {kind} --format json")).run().json();
        let result = &ran["results"][0];
        assert_eq!((&result["invocation_type"], &result["status"]), (&json!(kind), &json!(status)));
        assert_eq!((&result["function"], &result["request_id"]), (&json!("users"), &json!("req-1")));
    }
}

#[test]
fn a_function_error_is_shown_with_its_stack() {
    let mut all = String::new();
    for payload in [
        r#"{"errorMessage": "boom", "errorType": "ValueError", "requestId": "req-1", "stackTrace": ["  File \"/var/task/app.py\", line 2, in handler\n    raise ValueError('boom')\n"]}"#,
        r#"{"errorType":"Error","errorMessage":"boom","trace":["Error: boom","    at handler (/var/task/index.js:1:7)"]}"#,
        r#"{"errorType":"Sandbox.Timedout","errorMessage":"RequestId: req-1 Error: Task timed out after 3.00 seconds"}"#,
        r#"{"errorMessage":"2024-04-08T16:56:22.123Z req-1 Task timed out after 1.00 seconds"}"#,
        r#"{"errorType":"Runtime.ExitError","errorMessage":"RequestId: req-1 Error: Runtime exited with error: signal: killed"}"#,
        r#"{"errorMessage": "Unable to import module 'app': No module named 'x'", "errorType": "Runtime.ImportModuleError", "requestId": "", "stackTrace": []}"#,
        r#"{"errorType":"Function.ResponseSizeTooLarge","errorMessage":"Response payload size exceeded maximum allowed payload size (6291556 bytes)."}"#,
    ] {
        let lambda = Lambda::with(&[(200, FAILED, payload)]);
        let ran = lambda.invoke("users").exits(3).run();
        all += &told(&ran);
        let json = lambda.invoke("users --format json").exits(3).run().json();
        let own: Value = serde_json::from_str(payload).unwrap();
        let error = &json["results"][0]["function_error"];
        assert_eq!(error["error_type"], *own.get("errorType").unwrap_or(&json!("Unhandled")));
        assert_eq!(error["error_message"], own["errorMessage"]);
    }
    snapshot("invoke-function-errors", &all);
    // The authorizer's own word for 401 is no failure of it.
    let unauthorized = r#"{"errorMessage": "Unauthorized", "errorType": "Exception", "stackTrace": []}"#;
    let lambda = Lambda::with(&[(200, FAILED, unauthorized)]);
    let line = "users --event authorizer-token -H 'Authorization: a'";
    lambda.invoke(line).run().says(&["401"]);
}

#[test]
fn the_log_is_told_on_standard_error_without_keys() {
    // START / the secret key / REPORT
    let lambda = Lambda::with(&[(
        200,
        &[(
            "X-Amz-Log-Result",
            "U1RBUlQgUmVxdWVzdElkOiByZXEtMQprZXkgd0phbHJYVXRuRkVNSS9LN01ERU5HL2JQeFJmaUNZRVhBTVBMRUtFWQpSRVBPUlQgUmVxdWVzdElkOiByZXEtMQo=",
        )],
        HELLO,
    )]);
    let ran = lambda.invoke("users --tail").run();
    told(&ran);
    assert!(
        ran.stderr()
            .starts_with("START RequestId: req-1\nkey ***\nREPORT RequestId: req-1\nREST API answers 201")
    );
    assert_eq!(ran.stdout(), "hello");
    let none = Lambda::with(&[FINE]).invoke("users --tail").run();
    none.says(&["note: the answer came without a log"]);
}

#[test]
fn dry_runs_and_events_say_what_happened() {
    let mut all = String::new();
    for (kind, status) in [("DryRun", 204), ("Event", 202), ("event", 202), ("dryrun", 200)] {
        let lambda = Lambda::with(&[(status, &[("x-amzn-RequestId", "req-1")], "")]);
        let ran = lambda.invoke(&format!("users --type {kind}")).run();
        all += &told(&ran);
        assert_eq!(ran.stdout(), "");
        let asked = lambda.asked.lock().unwrap();
        let sent = asked[0].field("x-amz-invocation-type").unwrap();
        assert!(sent.eq_ignore_ascii_case(kind) && ["DryRun", "Event"].contains(&sent), "{sent}");
    }
    snapshot("invoke-function-types", &all);
}

#[test]
fn what_is_throttled_is_tried_again_and_nothing_else() {
    let busy: Answer = (
        429,
        &[("x-amzn-ErrorType", "TooManyRequestsException")],
        r#"{"Reason":"ReservedFunctionConcurrentInvocationLimitExceeded","Type":"User","message":"Rate Exceeded."}"#,
    );
    let lambda = Lambda::with(&[busy, busy, FINE]);
    assert_eq!(lambda.invoke("users").run().stdout(), "hello");
    assert_eq!(lambda.calls(), 3);
    let always = Lambda::with(&[busy]);
    let ran = always.invoke("users").exits(4).run();
    ran.says(&["too many requests", "Rate Exceeded.", "help: the function's reserved concurrency"]);
    assert_eq!(always.calls(), 4);
    let broken = Lambda::with(&[(500, &[("x-amzn-ErrorType", "ServiceException")], "{}"), FINE]);
    let ran = broken.invoke("users").exits(4).run();
    ran.says(&["lambda:InvokeFunction for function users failed (ServiceException)", "AWS's own"]);
    assert_eq!(broken.calls(), 1, "the function may have run");
}

#[test]
fn refusals_of_lambda_are_told_with_what_to_do() {
    let cases: [(u16, &'static str, &'static str, &[&str]); 9] = [
        (
            404,
            "ResourceNotFoundException",
            "Function not found: arn:x:$LATEST",
            &["there is no function users in eu-west-1", "--region"],
        ),
        (
            403,
            "AccessDeniedException",
            "User: me is not authorized",
            &["may not do lambda:InvokeFunction on function users", "help: let the user"],
        ),
        (
            403,
            "UnrecognizedClientException",
            "The security token is invalid: FwoGZXIvYXdzEXAMPLETOKEN",
            &["does not accept the credentials"],
        ),
        (403, "ExpiredTokenException", "expired", &["expired", "aws sso login"]),
        (
            413,
            "RequestTooLargeException",
            "Request must be smaller than 6291456 bytes",
            &["RequestTooLargeException", "help: Lambda takes events of 6 MB"],
        ),
        (413, "", "", &["status 413", "help: Lambda takes events of 6 MB"]),
        (
            502,
            "KMSAccessDeniedException",
            "Lambda was unable to decrypt",
            &["failed (KMSAccessDeniedException", "help: the key of the function's variables"],
        ),
        (
            409,
            "ResourceConflictException",
            "The operation cannot be performed at this time. Pending",
            &["Pending", "try again in a moment"],
        ),
        (400, "RecursiveInvocationException", "loop", &["stopped the loop"]),
    ];
    for (status, name, message, words) in cases {
        let body: &'static str =
            Box::leak(json!({"Type": "User", "Message": message}).to_string().into_boxed_str());
        let fields: &'static [(&str, &str)] = Box::leak(Box::new([("x-amzn-ErrorType", name)]));
        let lambda = Lambda::with(&[(status, fields, body)]);
        let ran = lambda.invoke("users").exits(2).run();
        told(&ran);
        assert_eq!(ran.stdout(), "");
        ran.says(words);
        assert_eq!(lambda.calls(), 1);
    }
}

#[test]
fn a_network_that_fails_is_told_without_secrets() {
    let secrets = "-H 'Authorization: Bearer geheim' --api-key geheim --client-context '{\"a\": \"geheim\"}'";
    let ran = asking(&format!("invoke --function users {secrets} -v"), "http://127.0.0.1:9").exits(4).run();
    told(&ran);
    assert!(!ran.stderr().contains("geheim") && ran.stdout().is_empty(), "{}", ran.transcript());
    ran.says(&["AWS was not reached: nothing answers at http://127.0.0.1:9", "* asking http://127.0.0.1:9"]);
}

#[test]
fn an_answer_that_takes_too_long_is_told() {
    let base = serve(|_, _| {
        std::thread::sleep(Duration::from_secs(3));
        Response::new(Full::default())
    });
    let ran = asking("invoke --function users --timeout 0.3", &base).exits(4).run();
    ran.says(&[
        "AWS did not answer: no complete response",
        "within 0.30 s",
        "help: wait longer with --timeout",
    ]);
}

#[test]
fn emulators_need_no_credentials() {
    let lambda = Lambda::with(&[FINE]);
    let flag = format!("invoke --function users -v --endpoint-url {}", lambda.base);
    let ran = without_keys(&flag).run();
    ran.says(&["* with made-up credentials, as that is on this machine", "in us-east-1"]);
    let by_name = without_keys("invoke --function users").env("AWS_ENDPOINT_URL_LAMBDA", &lambda.base);
    let ran = by_name.env("AWS_REGION", "eu-west-1").run();
    assert!(!ran.stderr().contains("made-up"), "{}", ran.transcript());
    let asked = lambda.asked.lock().unwrap();
    let scopes: Vec<_> = asked.iter().map(|asked| asked.field("authorization").unwrap()).collect();
    assert!(
        scopes[0].contains("Credential=local/") && scopes[0].contains("/us-east-1/lambda/"),
        "{scopes:?}"
    );
    assert!(
        scopes[1].contains("Credential=local/") && scopes[1].contains("/eu-west-1/lambda/"),
        "{scopes:?}"
    );
    drop(asked);
    // Keys that are there are used; without an endpoint that was named there is nothing made up.
    lambda.invoke("users --endpoint-url http://127.0.0.1:9").exits(4).run();
    let none = "there are no AWS credentials";
    without_keys("invoke --function users --region eu-west-1").exits(2).run().says(&[none]);
    let elsewhere = "invoke --function users --endpoint-url https://localhost:9";
    without_keys(elsewhere).exits(2).run().says(&[none]);
    let ignored = without_keys("invoke --function users").env("AWS_ENDPOINT_URL_LAMBDA", &lambda.base);
    ignored.env("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true").exits(2).run().says(&[none]);
    assert_eq!(lambda.calls(), 2);
    let named = format!("invoke --function users --profile none --endpoint-url {}", lambda.base);
    without_keys(&named).exits(2).run().says(&["none"]);
}

#[test]
fn flags_that_say_nothing_together_are_told() {
    let context = "x".repeat(2_700);
    let large = format!("users --client-context '{{\"a\": \"{context}\"}}'");
    let cases = [
        ("'a b'", "names no function"),
        ("arn:aws:lambda:us-east-1:1:function:f --region eu-west-1", "the function is in us-east-1"),
        ("users --type Request", "RequestResponse, DryRun, Event"),
        ("users --type Event --tail", "--tail: with --type Event Lambda sends no log"),
        ("users --client-context geheim", "--client-context: this is no JSON object"),
        (large.as_str(), "Lambda takes 3583"),
        ("users --bin a", "cannot be used with"),
        ("users --url http://a", "cannot be used with"),
        ("users --env A=b", "cannot be used with"),
        ("users -- x", "cannot be used with"),
    ];
    for (line, words) in cases {
        let ran = asking(&format!("invoke --function {line}"), "http://127.0.0.1:9").exits(2).run();
        assert!(!ran.stderr().contains("geheim") && !ran.stderr().contains(SECRET), "{}", ran.transcript());
        ran.says(&[words]);
    }
    for flag in ["--type Event", "--tail", "--profile x", "--endpoint-url http://a", "--client-context '{}'"]
    {
        let ran = asking(&format!("invoke --bin a {flag}"), "http://127.0.0.1:9").exits(2).run();
        ran.says(&["--function"]);
    }
}

#[test]
fn events_larger_than_lambda_takes_are_not_sent() {
    let lambda = Lambda::with(&[(202, &[], "")]);
    let big = |kind: &str, bytes: usize| {
        lambda
            .invoke(&format!("users --type {kind} --event - --api rest"))
            .stdin(json!({"a": "x".repeat(bytes)}).to_string())
    };
    // The event is its text and eight bytes.
    big("Event", 1_048_576 - 8).run();
    big("Event", 1_048_576 - 7).exits(2).run().says(&["has 1048577 bytes", "Lambda takes 1048576", "S3"]);
    big("RequestResponse", 6_291_556).exits(2).run().says(&["Lambda takes 6291556"]);
    assert_eq!(lambda.calls(), 1);
}
