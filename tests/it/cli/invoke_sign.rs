//! `apigw invoke --url` with signatures, keys and tokens, and what it says of who answered.

use super::policy_live::{SECRET, TOKEN, told, without_keys};
use super::{Run, snapshot};
use crate::transport::aws::{fields, serve};
use http_body_util::Full;
use hyper::Response;
use hyper::body::Bytes;
use std::sync::{Arc, Mutex};

/// The request line's target, and the header fields.
type Asked = Arc<Mutex<Vec<(String, Vec<(String, String)>)>>>;

/// What a server answers: a status, header fields, a body.
type Answer = (u16, &'static [(&'static str, &'static str)], &'static str);

const FINE: Answer = (200, &[], "hello\n");

/// A server that always answers so, and what it was asked.
fn answering((status, own, text): Answer) -> (String, Asked) {
    let asked = Asked::default();
    let record = asked.clone();
    let base = serve(move |head, _| {
        record.lock().unwrap().push((head.uri.to_string(), fields(&head)));
        let response = Response::builder().status(status);
        let response = own.iter().fold(response, |response, (name, value)| response.header(*name, *value));
        response.body(Full::new(Bytes::from_static(text.as_bytes()))).unwrap()
    });
    (base, asked)
}

fn with_keys(line: &str) -> Run {
    let run = without_keys(line).env("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE");
    run.env("AWS_SECRET_ACCESS_KEY", SECRET)
}

/// The only value of a header field of the first request.
fn field(asked: &Asked, name: &str) -> Option<String> {
    let asked = asked.lock().unwrap();
    let values: Vec<_> = asked[0].1.iter().filter(|(own, _)| own == name).collect();
    assert!(values.len() < 2, "{values:?}");
    values.first().map(|(_, value)| value.clone())
}

/// Region and service of the signature, and the names of the signed fields.
fn scope(asked: &Asked) -> (String, String) {
    let value = field(asked, "authorization").unwrap();
    let (scope, rest) = value.split_once(", SignedHeaders=").unwrap();
    let scope: Vec<_> =
        scope.strip_prefix("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/").unwrap().split('/').collect();
    let [date, region, service, "aws4_request"] = scope.as_slice() else { panic!("{value}") };
    assert!(field(asked, "x-amz-date").unwrap().starts_with(date));
    let (signed, signature) = rest.split_once(", Signature=").unwrap();
    assert!(signature.len() == 64 && signature.bytes().all(|byte| byte.is_ascii_hexdigit()));
    (format!("{region} {service}"), signed.to_owned())
}

#[test]
fn the_request_is_signed_in_its_final_form() {
    let (base, asked) = answering(FINE);
    let line = format!(
        "invoke --url '{base}/dev?k=v*' --sign --path '/a:b/%2f~/é' --query 'q=1 2' -H 'X-A: 1' -H 'User-Agent: me' -d hi"
    );
    let ran = with_keys(&line).env("AWS_SESSION_TOKEN", TOKEN).env("AWS_REGION", "eu-west-1").run();
    told(&ran);
    assert_eq!((ran.stdout().as_str(), ran.stderr().as_str()), ("hello\n", ""));
    let target = asked.lock().unwrap()[0].0.clone();
    assert_eq!(target, "/dev/a%3Ab/%2F~/%C3%A9?k=v%2A&q=1%202");
    let signed = "accept;content-type;host;x-a;x-amz-date;x-amz-security-token";
    assert_eq!(scope(&asked), ("eu-west-1 execute-api".to_owned(), signed.to_owned()));
    assert_eq!(field(&asked, "x-amz-security-token").as_deref(), Some(TOKEN));
    assert_eq!(field(&asked, "x-amz-content-sha256"), None);
}

#[test]
fn region_and_service_come_from_the_host_unless_flags_say_more() {
    let region = "AWS_REGION";
    let cases = [
        ("", "eu-west-1", "eu-west-1 execute-api", ""),
        ("--region us-east-1 --service lambda", "eu-west-1", "us-east-1 lambda", ""),
        ("-H 'Host: a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com'", "", "eu-central-1 execute-api", ""),
        (
            "-H 'Host: a1b2c3d4e5.execute-api.cn-north-1.amazonaws.com.cn'",
            "eu-west-1",
            "cn-north-1 execute-api",
            "",
        ),
        ("-H 'Host: a1b2c3.lambda-url.us-west-2.on.aws'", "eu-west-1", "us-west-2 lambda", ""),
        ("-H 'Host: a1-vpce-0ab.execute-api.eu-south-1.amazonaws.com'", "", "eu-south-1 execute-api", ""),
        (
            "-H 'Host: vpce-0ab-c1.execute-api.eu-south-2.vpce.amazonaws.com' -H 'x-apigw-api-id: a1'",
            "",
            "eu-south-2 execute-api",
            "",
        ),
        (
            "-H 'Host: a1b2c3.lambda-url.us-west-2.on.aws' --region eu-west-3",
            "",
            "eu-west-3 lambda",
            "warning: --region is eu-west-3, and the host name says us-west-2: signing for eu-west-3\n",
        ),
        (
            "-H 'Host: a1b2c3.lambda-url.us-west-2.on.aws' --service execute-api",
            "",
            "us-west-2 execute-api",
            "warning: --service is execute-api, and the host name says lambda: signing for execute-api\n",
        ),
        (
            "-H 'Host: lb-1.eu-west-1.elb.amazonaws.com' --service execute-api",
            "",
            "eu-west-1 execute-api",
            "",
        ),
        (
            "-H 'Authorization: Bearer old' -H 'X-Amz-Date: 20010101T000000Z'",
            "eu-west-1",
            "eu-west-1 execute-api",
            "note: --sign puts its own Authorization header in the place of the request's\n",
        ),
    ];
    for (flags, own_region, expected, said) in cases {
        let (base, asked) = answering(FINE);
        let ran = with_keys(&format!("invoke --url {base} --sign {flags}")).env(region, own_region).run();
        assert_eq!(scope(&asked).0, expected, "{flags}");
        assert_eq!(ran.stderr(), said, "{flags}");
    }
}

#[test]
fn credentials_may_be_those_of_a_profile() {
    let (base, asked) = answering(FINE);
    let keys = format!("[dev]\naws_access_key_id = AKIDEXAMPLE\naws_secret_access_key = {SECRET}\n");
    let config = "[profile dev]\nregion = ap-south-1\n";
    let run = without_keys(&format!("invoke --url {base} --sign --profile dev"));
    let run = run.file(".aws/credentials", keys).file(".aws/config", config);
    told(&run.run());
    assert_eq!(scope(&asked).0, "ap-south-1 execute-api");
}

#[test]
fn what_cannot_be_signed_sends_nothing() {
    let (base, asked) = answering(FINE);
    let host = base.strip_prefix("http://").unwrap();
    let sign = format!("invoke --url {base} --sign");
    let in_region = format!("{sign} --region eu-west-1");
    let cases = [
        (without_keys(&in_region), "there are no AWS credentials"),
        (with_keys(&sign), "no AWS region is set"),
        (with_keys(&format!("{in_region} --profile nobody")), "the profile nobody"),
        (with_keys(&format!("{in_region} --query-string")), "--query-string"),
        (with_keys(&format!("{in_region} --bearer x")), "--bearer"),
        (with_keys(&format!("{in_region} --service 'a/b'")), "--service"),
        (with_keys(&format!("invoke --url {base} --service lambda")), "--sign"),
        (with_keys(&format!("{in_region} --path '/?a=%ff'")), "the query parameter a is no UTF-8"),
        (
            with_keys(&format!("invoke --url http://ada:geheim@{host} --sign --region eu-west-1")),
            "a user name or a password",
        ),
        (
            with_keys(&format!("{sign} -H 'Host: lb-1.eu-west-1.elb.amazonaws.com'")),
            "a load balancer checks no signatures",
        ),
        (with_keys("invoke --bin x --sign"), "--sign"),
        (with_keys("invoke --bin x --bearer x"), "--bearer"),
        (
            with_keys("invoke --bin x --profile dev"),
            "--profile has a meaning only with --function, or with --sign",
        ),
        (with_keys(&format!("invoke --url {base} --profile dev")), "--profile has a meaning only with"),
        (with_keys(&format!("invoke --url {base} --bearer @none")), "--bearer: cannot read none"),
        (with_keys(&format!("invoke --url {base} --bearer ''")), "--bearer: one line of text is needed"),
        (
            with_keys(&format!("invoke --url {base} --api-key @two")).file("two", "geheim\ngeheim"),
            "--api-key: one line",
        ),
    ];
    for (run, words) in cases {
        let ran = run.exits(2).run().says(&[words]);
        assert!(!told(&ran).contains("geheim") || ran.transcript().contains("http://ada:geheim@"));
        assert!(!ran.stderr().contains("geheim"), "{}", ran.transcript());
    }
    assert!(asked.lock().unwrap().is_empty());
}

#[test]
fn keys_and_tokens_stand_in_flags_or_in_files() {
    for (flags, name, value) in [
        ("--bearer abc", "authorization", "Bearer abc"),
        ("--bearer @token", "authorization", "Bearer from-file"),
        ("--bearer @- -X GET", "authorization", "Bearer from-stdin"),
        ("-H 'Authorization: Basic x' --bearer abc", "authorization", "Bearer abc"),
        ("--api-key k1", "x-api-key", "k1"),
        ("--api-key @token", "x-api-key", "from-file"),
        ("--event rest-get --api-key @token", "x-api-key", "from-file"),
    ] {
        let (base, asked) = answering(FINE);
        let run = without_keys(&format!("invoke --url {base} {flags}"));
        run.file("token", "from-file\r\n").stdin("from-stdin\n").run();
        assert_eq!(field(&asked, name).as_deref(), Some(value), "{flags}");
    }
    // In an event, too.
    let event = without_keys("event gen rest-get --api-key @token").file("token", "from-file\n").run().json();
    assert_eq!(event["requestContext"]["identity"]["apiKey"], "from-file");
}

const REST: (&str, &str) = ("x-amz-apigw-id", "abc=");

/// Answers as they come from AWS.
const ANSWERS: [(&str, Answer); 7] = [
    (
        "no-route",
        (
            403,
            &[REST, ("x-amzn-errortype", "MissingAuthenticationTokenException")],
            r#"{"message":"Missing Authentication Token"}"#,
        ),
    ),
    (
        "malformed",
        (
            502,
            &[REST, ("x-amzn-errortype", "InternalServerErrorException")],
            r#"{"message": "Internal server error"}"#,
        ),
    ),
    (
        "scope",
        (
            403,
            &[REST, ("x-amzn-errortype", "InvalidSignatureException")],
            r#"{"message":"Credential should be scoped to a valid region, not 'us-east-1'. "}"#,
        ),
    ),
    ("jwt", (401, &[("apigw-requestid", "abc=")], r#"{"message":"Unauthorized"}"#)),
    ("url", (403, &[("x-amzn-errortype", "AccessDeniedException")], r#"{"Message":"Forbidden"}"#)),
    ("function", (404, &[("apigw-requestid", "abc=")], r#"{"error":"no such user"}"#)),
    ("nobody", (503, &[("server", "nginx")], "busy")),
];

#[test]
fn who_answered_is_told_behind_the_answer() {
    let mut all = String::new();
    for (name, answer) in ANSWERS {
        let (base, _) = answering(answer);
        let ran = without_keys(&format!("invoke --url {base}/dev --path /users")).run();
        assert_eq!(ran.stdout(), answer.2, "{name}");
        all += &ran.transcript().replace(&base, "http://[HOST]");
    }
    snapshot("invoke-answered", &all);
}

#[test]
fn hints_are_those_of_the_host_that_was_called() {
    let (base, _) = answering(ANSWERS[0].1);
    let host = "-H 'Host: a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com'";
    let ran = without_keys(&format!("invoke --url {base} --path /users {host}")).run();
    ran.says(&["= next: the path was read as the stage users and nothing below it"]);
    let (base, _) = answering(ANSWERS[2].1);
    let ran = with_keys(&format!("invoke --url {base} --sign --region us-east-1 {host}")).run();
    ran.says(&[
        "signing for us-east-1",
        "sign for the region of the host name: --region eu-west-1, not us-east-1",
    ]);
}

#[test]
fn json_tells_who_answered() {
    let (base, _) = answering(ANSWERS[1].1);
    let ran = without_keys(&format!("invoke --url {base} --format json")).run();
    assert_eq!(ran.stderr(), "");
    let own = &ran.json()["results"][0]["answered_by"];
    assert_eq!((own["component"].as_str(), own["flavor"].as_str()), (Some("gateway"), Some("rest")));
    assert_eq!(own["causes"][0], "rest-malformed-result");
    let (base, _) = answering(ANSWERS[6].1);
    let own = without_keys(&format!("invoke --url {base} --format json")).run().json();
    assert_eq!(own["results"][0]["answered_by"]["component"], "unknown");
    let (base, _) = answering(FINE);
    let ran = without_keys(&format!("invoke --url {base} --format json")).run().json();
    assert!(ran["results"][0].get("answered_by").is_none());
}

#[test]
fn the_request_to_a_second_target_is_signed_too() {
    let (base, asked) = answering(FINE);
    let line =
        format!("invoke --handler app.handler --compare-url {base} --path /a --sign --region eu-west-1");
    let answer = "def handler(event, context):\n    return {'statusCode': 200, 'body': 'hello\\n'}\n";
    with_keys(&line).file("app.py", answer).exits(1).run();
    assert_eq!(scope(&asked).0, "eu-west-1 execute-api");

    let (base, asked) = answering(FINE);
    let line = format!("invoke --handler app.handler --compare-url {base} --bearer abc --api-key key");
    with_keys(&line).file("app.py", answer).exits(1).run();
    assert_eq!(field(&asked, "authorization").as_deref(), Some("Bearer abc"));
    assert_eq!(field(&asked, "x-api-key").as_deref(), Some("key"));
    for flag in ["--sign", "--bearer x"] {
        let ran = with_keys(&format!("invoke --handler app.handler {flag}")).exits(2).run();
        ran.says(&[flag.split(' ').next().unwrap(), "has a meaning only with --url"]);
    }
}
