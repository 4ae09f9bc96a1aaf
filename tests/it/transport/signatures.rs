//! Signatures against the published cases of Signature Version 4, and against what AWS's client for
//! Python makes of awkward paths, queries and header fields.

use apigw::http::{Request, encoding};
use apigw::transport::aws::{Access, Keys, signed};
use serde_json::Value;
use std::time::Duration;

/// The published cases (their names begin with the method), then our own. The published ones with
/// escapes in the path (get-utf8, get-space) sign it as it stands; services other than S3 escape it
/// once more, and so do these.
const TABLE: &str = include_str!("../../tables/signatures.jsonl");

const BASE: &str = "https://example.amazonaws.com";

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn signed_as(case: &Value) -> Request {
    let mut request = Request::new(text(&case["method"]), text(&case["path"]));
    request.query = case["query"].as_str().map(str::to_owned);
    request.headers.append("Host", "example.amazonaws.com");
    for field in case["headers"].as_array().into_iter().flatten() {
        request.headers.append(text(&field[0]), text(&field[1]));
    }
    request.body = encoding::base64_decode(text(&case["body_base64"])).unwrap();
    let token = case["token"].as_str().map(str::to_owned);
    let keys = Keys::new("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", token);
    let access = Access::new(keys, "us-east-1", None);
    // 2015-08-30T12:36:00Z
    let at = Duration::from_secs(1_440_938_160);
    signed(&access.signing("service", at), request, BASE).unwrap()
}

#[test]
fn every_case_has_its_target_and_its_signature() {
    assert_eq!(TABLE.lines().count(), 55);
    for line in TABLE.lines() {
        let case: Value = serde_json::from_str(line).unwrap();
        let request = signed_as(&case);
        assert_eq!(request.target(), case["target"], "{}", case["case"]);
        let authorization = format!(
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, \
             SignedHeaders={}, Signature={}",
            text(&case["signed_headers"]),
            text(&case["signature"])
        );
        let own: Vec<_> = request.headers.all("authorization").collect();
        assert_eq!(own, [authorization], "{}", case["case"]);
        assert_eq!(request.headers.all("x-amz-date").collect::<Vec<_>>(), ["20150830T123600Z"]);
        assert_eq!(request.headers.get("x-amz-security-token"), case["token"].as_str());
    }
}

#[test]
fn what_cannot_be_signed_is_told_without_its_value() {
    let access = Access::new(Keys::new("AKIDEXAMPLE", "secret", None), "us-east-1", None);
    let signing = access.signing("execute-api", Duration::from_secs(1));
    let mut request = Request::new("GET", "/");
    request.query = Some("a=1&token=geheim%ff".to_owned());
    let error = signed(&signing, request.clone(), BASE).unwrap_err();
    assert!(error.message.contains("the query parameter token is no UTF-8"), "{error}");
    assert!(!error.message.contains("geheim"), "{error}");
    request.query = None;
    let error = signed(&signing, request.clone(), "https://ada:geheim@example.com").unwrap_err();
    assert!(error.message.contains("a user name or a password"), "{error}");
    assert!(!error.message.contains("geheim"), "{error}");
    // A value that is no ASCII is sent unsigned.
    request.headers.append("X-Name", "Grüße");
    let own = signed(&signing, request, BASE).unwrap();
    assert!(own.headers.get("authorization").unwrap().contains("SignedHeaders=host;x-amz-date,"));
    assert_eq!(own.headers.get("x-name"), Some("Grüße"));
}
