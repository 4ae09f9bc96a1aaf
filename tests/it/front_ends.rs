//! Front ends on the command line: names, flags that have no meaning, and verdicts side by side.

use assert_cmd::Command;
use serde_json::Value;

struct Ran {
    code: i32,
    out: String,
    err: String,
}

fn apigw(words: &[&str], stdin: &[u8]) -> Ran {
    let output = Command::cargo_bin("apigw").unwrap().args(words).write_stdin(stdin).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Ran { code: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
}

fn event(words: &[&str]) -> Value {
    let ran = apigw(&[&["event", "gen"], words].concat(), b"");
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{words:?}");
    serde_json::from_str(&ran.out).unwrap()
}

#[test]
fn a_result_is_judged_for_all_front_ends_at_once() {
    let result = br#"{"statusCode": 200, "body": null}"#;
    let ran = apigw(&["lint-response", "--api", "all", "-"], result);
    assert_eq!(ran.code, 1);
    let rows: Vec<Vec<_>> =
        ran.out.lines().take(8).map(|line| line.split_whitespace().take(3).collect()).collect();
    assert_eq!(rows[0], ["FRONT", "END", "VERDICT"]);
    for row in [["rest", "accepted", "200"], ["url", "accepted", "200"], ["alb", "refused", "502"]] {
        assert!(rows.contains(&row.to_vec()), "{row:?} in {}", ran.out);
    }
    assert!(ran.out.contains("for alb, alb-multi; a warning for lattice"), "{}", ran.out);
    assert!(ran.err.contains("1 document: 1 error, 1 warning"), "{}", ran.err);
}

#[test]
fn a_report_has_one_result_for_each_front_end() {
    let words = ["lint-response", "--api", "rest,http-v1,rest", "--format", "json", "-"];
    let ran = apigw(&words, br#"{"body": "no status"}"#);
    assert_eq!(ran.code, 1);
    let report: Value = serde_json::from_str(&ran.out).unwrap();
    let results = report["results"].as_array().unwrap();
    let verdicts: Vec<_> =
        results.iter().map(|result| (result["flavor"].as_str(), result["refused"].as_bool())).collect();
    assert_eq!(verdicts, [(Some("rest"), Some(false)), (Some("http-v1"), Some(true))]);
    assert_eq!(report["summary"]["checked"], 1);
}

#[test]
fn a_stream_is_judged_by_its_prelude() {
    let words = ["lint-response", "--api", "url", "--streaming", "--format", "json", "-"];
    let ran = apigw(&words, b"{\"statusCode\": 201}\0\0\0\0\0\0\0\0\xff\xfe");
    assert_eq!(ran.code, 0);
    let report: Value = serde_json::from_str(&ran.out).unwrap();
    let response = &report["results"][0]["response"];
    assert_eq!((&response["status"], &response["is_base64"]), (&201.into(), &true.into()));
    assert_eq!(apigw(&words, b"SUCCESS").code, 0);
    assert_eq!(apigw(&words, br#"{"statusCode": 404, "body": ""}"#).code, 1);
    assert_eq!(apigw(&words, br#"{"errorMessage": "boom", "errorType": "Error"}"#).code, 1);
}

#[test]
fn flags_without_a_meaning_are_refused() {
    let cases: [&[&str]; 9] = [
        &["url-get", "--stage", "dev"],
        &["url-get", "--custom-domain", "api.example.com"],
        &["url-get", "--url", "https://api.example.com/"],
        &["alb-get", "--route", "GET /x"],
        &["alb-get", "--claim", "sub=1"],
        &["alb-multi-get", "--url", "https://a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com/"],
        &["http-v1-get", "--binary-media-type", "image/png"],
        &["rest-get", "--streaming"],
        &["rest-test-invoke", "--url", "https://api.example.com/"],
    ];
    for words in cases {
        let ran = apigw(&[&["event", "gen"], words].concat(), b"");
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{words:?}");
        assert!(ran.err.contains(words[1]) && ran.err.contains("help:"), "{}", ran.err);
    }
}

#[test]
fn urls_of_every_front_end_are_understood() {
    let url = event(&["url-get", "--url", "https://abc.lambda-url.eu-west-1.on.aws/x"]);
    assert_eq!(url["requestContext"]["domainName"], "abc.lambda-url.eu-west-1.on.aws");
    assert_eq!(url["requestContext"]["apiId"], "abc");
    let alb =
        event(&["alb-get", "--url", "http://lb-1.eu-west-1.elb.amazonaws.com/x?a=%20", "--api-id", "tg"]);
    assert_eq!(alb["headers"]["x-forwarded-port"], "80");
    assert_eq!(alb["queryStringParameters"]["a"], "%20");
    let group = alb["requestContext"]["elb"]["targetGroupArn"].as_str().unwrap();
    assert!(group.starts_with("arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/tg/"));
    let own = event(&["alb-multi-get", "--url", "https://www.example.com/"]);
    assert_eq!(own["multiValueHeaders"]["host"][0], "www.example.com");
    let api = event(&["http-v1-get", "--url", "https://abc.execute-api.eu-west-1.amazonaws.com/x"]);
    assert_eq!((&api["path"], &api["requestContext"]["apiId"]), (&"/x".into(), &"abc".into()));
}
