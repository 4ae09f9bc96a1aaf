//! No secret of a call stands in what `apigw invoke` says of it, unless `--show-secrets` asks for it.

use super::{Ran, Run, apigw};
use crate::transport::aws::serve;
use http_body_util::Full;
use hyper::Response;
use hyper::body::Bytes;
use std::time::Duration;

/// Every secret of these tests has this in it.
const MARK: &str = "mark-";

/// `user:mark-basic-0001` in base64.
const BASIC: &str = "dXNlcjptYXJrLWJhc2ljLTAwMDE=";

/// What a request can hold, in the words of the command line.
const REQUEST: &str = "--path '/hello?token=mark-query-0002&a=1' --query api_key=mark-query-0003 \
    -H 'Authorization: Bearer mark-auth-0004' -H 'Proxy-Authorization: Basic dXNlcjptYXJrLWJhc2ljLTAwMDE=' \
    -H 'X-Api-Key: mark-key-0005' -H 'X-Auth-Token: mark-token-0006' -b sid=mark-cookie-0007 \
    -H 'Referer: https://me:mark-user-0008@example.com/?access_token=mark-referer-0009'";

/// Secrets of the function, and of the environment of the command.
fn invoke(line: &str) -> Run {
    let run = apigw(&format!("invoke {line}")).file("own.env", "DB_TOKEN=mark-file-0010\n");
    let home = run.path("").to_str().unwrap().to_owned();
    run.env("HOME", &home)
        .env("AWS_ACCESS_KEY_ID", "mark-access-0011")
        .env("AWS_SECRET_ACCESS_KEY", "mark-secret-0012")
        .env("AWS_SESSION_TOKEN", "mark-session-0013")
        .env("AWS_REGION", "eu-west-1")
        .env("AWS_EC2_METADATA_DISABLED", "true")
}

const LOCAL: &str = "--env DB_SECRET=mark-env-0014 --env-file own.env";
const CONTEXT: &str = r#"--client-context '{"custom": {"token": "mark-context-0015"}}'"#;

/// Panics if a secret was told; both streams.
fn tells_nothing(ran: &Ran) -> String {
    let told = ran.stdout() + &ran.stderr();
    if let Some(place) = told.find(MARK).or_else(|| told.find(BASIC)) {
        let secret: String = told[place..].chars().take(24).collect();
        panic!("{secret} in:\n{}", ran.transcript());
    }
    told
}

/// A server with the same answer to everything.
fn server(status: u16, headers: &'static [(&'static str, &'static str)], body: &'static str) -> String {
    serve(move |_, _| {
        let response = Response::builder().status(status).header("retry-after", "0");
        let response =
            headers.iter().fold(response, |response, (name, value)| response.header(*name, *value));
        response.body(Full::new(Bytes::from_static(body.as_bytes()))).unwrap()
    })
}

/// The secrets of an answer.
const ANSWER: &[(&str, &str)] = &[
    ("set-cookie", "sid=mark-answer-0016; Secure"),
    ("x-auth-token", "mark-answer-0017"),
    ("location", "/next?access_token=mark-answer-0018&a=1"),
];

#[test]
fn a_function_on_this_machine_keeps_its_secrets() {
    for flags in
        ["-i", "--format json", "--api http --format json", "--api url -i", "--api alb --format json"]
    {
        for path in ["", "/fail", "/panic", "/slow --timeout 0.5"] {
            let request =
                REQUEST.replace("/hello?token", &format!("/hello{}?token", path.split(' ').next().unwrap()));
            let more = path.split_once(' ').map_or("", |(_, more)| more);
            let run = invoke(&format!("--bin [GREETING] {LOCAL} {request} {more} {flags}"));
            tells_nothing(&run.exits(if path.is_empty() { 0 } else { 3 }).run());
        }
    }
    let unroutable = invoke(&format!("--bin [GREETING] {LOCAL} {REQUEST} --route 'GET /x' --format json"));
    tells_nothing(&unroutable.exits(1).run());
    let authorizer = "--event authorizer-request --identity-source 'method.request.header.Authorization'";
    for flags in ["", "-i", "--format json"] {
        let run = invoke(&format!("--bin [GREETING] {LOCAL} {REQUEST} {authorizer} {flags}"));
        tells_nothing(&run.exits(1).run());
    }
    let caller = "--api-key mark-key-0019 --context token=mark-context-0020 --format json";
    let told = tells_nothing(&invoke(&format!("--bin [GREETING] {caller}")).run());
    assert!(told.contains("\"apiKey\": \"<hidden>\"") && told.contains("\"token\": \"<hidden>\""), "{told}");
}

/// Answers with secrets in good results, in bad ones, and in no result at all.
const HANDLERS: &str = r#"
def good(event, context):
    return {'statusCode': 302, 'body': 'b', 'headers': {'X-Auth-Token': 'mark-answer-0017'},
            'multiValueHeaders': {'Set-Cookie': ['sid=mark-answer-0016; Secure'],
                                  'Location': ['/next?access_token=mark-answer-0018']}}

def bad(event, context):
    return {'statusCode': 'x', 'body': 'b', 'headers': {'Authorization': ['Bearer mark-auth-0004'], 'Set-Cookie': 'a=mark-answer-0016'},
            'X-Api-Key': 'mark-key-0005', 'note': 'for ' + event['headers']['Authorization']}

def echo(event, context):
    return event

def where(event, context):
    return {'statusCode': 200, 'body': open('/proc/self/cmdline').read()}
"#;

#[test]
fn what_a_function_returns_is_told_without_its_secrets() {
    for (handler, exit) in [("good", 0), ("bad", 1), ("echo", 1), ("where", 0)] {
        for flags in ["-i", "-i --color always", "--format json"] {
            let run = invoke(&format!("--handler app.{handler} {LOCAL} {REQUEST} {flags}"));
            let told = tells_nothing(&run.file("app.py", HANDLERS).exits(exit).run());
            let kept = match handler {
                "good" => "sid=<hidden>; Secure",
                "bad" => "Authorization",
                _ => "",
            };
            assert!(told.contains(kept), "{told}");
        }
        let line = format!("--handler app.{handler} --compare-handler app.good {LOCAL} {REQUEST}");
        for flags in ["--all-headers", "--format json"] {
            let run = invoke(&format!("{line} {flags}")).file("app.py", HANDLERS);
            tells_nothing(&run.exits(i32::from(handler != "good")).run());
        }
    }
}

#[test]
fn lambda_and_those_who_answer_for_it_tell_no_secrets() {
    const FAILED: &[(&str, &str)] = &[("x-amz-function-error", "Unhandled")];
    const ERROR: &str = r#"{"errorType": "E", "errorMessage": "no user for Bearer mark-auth-0004 and mark-context-0015", "stackTrace": ["  at mark-cookie-0007", "mark-session-0013"]}"#;
    const DENIED: &str =
        r#"{"__type": "AccessDenied", "Message": "not with mark-access-0011 of mark-session-0013"}"#;
    // The log: `Authorization: Bearer mark-auth-0004` and `mark-secret-0012`.
    const LOG: &[(&str, &str)] =
        &[("x-amz-log-result", "QXV0aG9yaXphdGlvbjogQmVhcmVyIG1hcmstYXV0aC0wMDA0Cm1hcmstc2VjcmV0LTAwMTIK")];
    const HELLO: &str =
        r#"{"statusCode": 200, "headers": {"x-auth-token": "mark-answer-0017"}, "body": "hello"}"#;
    let cases = [
        (server(200, LOG, HELLO), 0),
        (server(200, FAILED, ERROR), 3),
        (server(403, &[], DENIED), 2),
        (server(500, &[], ERROR), 4),
        ("http://127.0.0.1:1".to_owned(), 4),
        ("http://me:mark-user-0008@127.0.0.1:1".to_owned(), 4),
        ("http://me:mark-user-0008@127.0.0.1:1/?token=mark-query-0002".to_owned(), 2),
        ("ftp://me:mark-user-0008@127.0.0.1:1".to_owned(), 2),
    ];
    for (base, exit) in cases {
        for flags in ["-i -v --tail", "-v --tail --format json", "--stream -v"] {
            // Neither is an event stream; a report of a failed network is not JSON.
            let unfit = flags.contains("stream") && [0, 3].contains(&exit);
            if unfit || (flags.contains("json") && exit == 4) {
                continue;
            }
            let run = invoke(&format!("--function users {REQUEST} {CONTEXT} {flags}"));
            tells_nothing(&run.env("AWS_ENDPOINT_URL", &base).exits(exit).run());
        }
    }
}

#[test]
fn endpoints_and_the_way_to_them_tell_no_secrets() {
    let base = server(302, ANSWER, "hello");
    let with_user = base.replace("http://", "http://me:mark-user-0008@");
    let url = format!("{with_user}/x?token=mark-url-0021#access_token=mark-url-0022");
    for flags in ["-i", "--format json"] {
        for url in [&base, &url] {
            let told = tells_nothing(&invoke(&format!("--url '{url}' {REQUEST} {flags}")).run());
            assert!(
                told.contains("sid=<hidden>; Secure") && told.contains("/next?access_token=<hidden>&a=1"),
                "{told}"
            );
        }
    }
    for (url, exit) in [
        ("http://me:mark-user-0008@127.0.0.1:1/?token=mark-url-0021", 4),
        ("http://me:mark-user-0008@nowhere.invalid/", 4),
        ("ftp://me:mark-user-0008@127.0.0.1/?token=mark-url-0021", 2),
        ("http://me:mark-user-0008@:0:1/?token=mark-url-0021", 2),
    ] {
        tells_nothing(&invoke(&format!("--url '{url}' {REQUEST} -i")).exits(exit).run());
        tells_nothing(&invoke(&format!("--url {base} --compare-url '{url}' {REQUEST}")).exits(exit).run());
    }
    // An answer that repeats what it was asked, and who answers for it.
    let echoing = server(403, &[("x-amzn-errortype", "mark-bearer-0023 of mark-key-0024")], "no");
    for flags in ["-i", "-v", "--format json"] {
        let keys = "--bearer mark-bearer-0023 --api-key mark-key-0024 --path '/?code=mark-bearer-0023'";
        let told = tells_nothing(&invoke(&format!("--url {echoing} {keys} {flags}")).run());
        assert!(told.contains("<hidden>"), "{told}");
    }
    let both =
        invoke(&format!("--url {with_user} --compare-url {with_user}/?token=mark-url-0021 --all-headers"));
    let told = tells_nothing(&both.run());
    assert!(told.contains("?token=<hidden>: answers 302 Found"), "{told}");
}

#[test]
fn mistakes_on_the_command_line_are_told_without_values() {
    for flags in [
        "-H Authorization: mark-auth-0004",
        "-H Authorization: Bearer mark-auth-0004",
        "-b sid= mark-cookie-0007",
        "--env DB = mark-env-0014",
        "-H 'Authorization mark-auth-0004'",
        "-H 'Authorization: x\nmark-auth-0004'",
        "-H 'X A: mark-auth-0004'",
        "--env '=mark-env-0014'",
        "--env 'a b=mark-env-0014'",
        "--env-file bad.env",
        "--env-file none.env --env DB=mark-env-0014",
        "--set 'headers/Authorization=mark-auth-0004'",
        "--event bad.json",
        "--url http://me:mark-user-0008@127.0.0.1 -H 'Authorization: mark-auth-0004'",
        "--tail --client-context 'mark-context-0015'",
        "--unknown=mark-auth-0004",
        "--api nothing -H 'Authorization: mark-auth-0004'",
        "--raw -i -H 'Authorization: mark-auth-0004'",
    ] {
        let run = invoke(&format!("--bin [GREETING] {flags}"));
        let run = run
            .file("bad.env", "mark-file-0010 = 'x\n")
            .file("bad.json", r#"{"headers": {"Authorization": "mark-auth-0004" x}}"#);
        tells_nothing(&run.exits(2).run());
    }
    let line = format!("--function users {}", CONTEXT.replace("}}'", "'"));
    tells_nothing(&invoke(&line).exits(2).run());
}

#[test]
fn secrets_are_shown_to_those_who_ask() {
    let ran = invoke(&format!("--bin [GREETING] {REQUEST} --show-secrets --format json")).run();
    let told = ran.stdout();
    for secret in
        ["query-0002", "query-0003", "auth-0004", "key-0005", "token-0006", "cookie-0007", "user-0008"]
    {
        assert!(told.contains(&format!("mark-{secret}")), "{secret} in {told}");
    }
    assert!(told.contains(BASIC) && !told.contains("<hidden>"), "{told}");
    let base = server(302, ANSWER, "hello");
    let told = invoke(&format!("--url {base} -i --show-secrets")).run().stdout();
    for secret in ["answer-0016; Secure", "answer-0017", "answer-0018"] {
        assert!(told.contains(&format!("mark-{secret}")), "{secret} in {told}");
    }
    let bad = invoke(&format!("--handler app.bad {REQUEST} --show-secrets")).file("app.py", HANDLERS);
    bad.exits(1).run().says(&["mark-auth-0004"]);
}

#[cfg(target_os = "linux")]
#[test]
fn no_process_that_is_started_has_a_secret_among_its_arguments() {
    let line = format!("--bin [GREETING] {LOCAL} {REQUEST} --path /hello/slow");
    let line = line.replacen("--path '/hello?token=mark-query-0002&a=1'", "", 1);
    let run = invoke(&line);
    let mut process = run.process().spawn().unwrap();
    let children = format!("/proc/{0}/task/{0}/children", process.id());
    let child = (0..200).find_map(|_| {
        std::thread::sleep(Duration::from_millis(20));
        let child = std::fs::read_to_string(&children).ok().filter(|child| !child.is_empty())?;
        let arguments = std::fs::read(format!("/proc/{}/cmdline", child.trim())).unwrap_or_default();
        // Until it runs the function, it is a copy of its parent.
        let arguments = String::from_utf8_lossy(&arguments).into_owned();
        (!arguments.is_empty() && !arguments.contains("invoke")).then_some(arguments)
    });
    process.kill().unwrap();
    process.wait().unwrap();
    let arguments = child.expect("a function is started");
    assert!(arguments.contains("greeting") && !arguments.contains(MARK), "{arguments}");
}
