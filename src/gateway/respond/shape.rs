//! Which shapes are refused: the published schemas, and the notices written in them.
//!
//! The validators are generated from `schemas/result` when this crate is compiled. A schema that
//! refuses a value says why in an `x-notice` at the place of the refusal or above it.

use crate::gateway::notice::{Evidence, Notice, NoticeKind, describe};
use crate::gateway::shape::{Annotation, Refusal, refusals};
use crate::json::Part;
use jsonschema::ErrorIterator;
use serde_json::Value;

/// `schemas/result/rest.json`.
pub(in crate::gateway) const REST_SCHEMA: &str = include_str!("../../../schemas/result/rest.json");
/// `schemas/result/http.json`.
pub(in crate::gateway) const HTTP_SCHEMA: &str = include_str!("../../../schemas/result/http.json");
/// `schemas/result/websocket.json`.
pub(in crate::gateway) const WEBSOCKET_SCHEMA: &str = include_str!("../../../schemas/result/websocket.json");
/// `schemas/result/authorizer-rest.json`.
pub(in crate::gateway) const AUTHORIZER_REST_SCHEMA: &str =
    include_str!("../../../schemas/result/authorizer-rest.json");
/// `schemas/result/authorizer-http.json`.
pub(in crate::gateway) const AUTHORIZER_HTTP_SCHEMA: &str =
    include_str!("../../../schemas/result/authorizer-http.json");
/// `schemas/result/authorizer-http-v1.json`.
pub(in crate::gateway) const AUTHORIZER_HTTP_V1_SCHEMA: &str =
    include_str!("../../../schemas/result/authorizer-http-v1.json");
/// `schemas/result/authorizer-websocket.json`.
pub(in crate::gateway) const AUTHORIZER_WEBSOCKET_SCHEMA: &str =
    include_str!("../../../schemas/result/authorizer-websocket.json");

/// Validators as `jsonschema` generates them.
mod generated {
    #![allow(missing_docs, unreachable_pub, unused_qualifications, clippy::all)]

    #[jsonschema::validator(path = "schemas/result/rest.json")]
    pub struct Rest;

    #[jsonschema::validator(path = "schemas/result/http.json")]
    pub struct Http;

    #[jsonschema::validator(path = "schemas/result/websocket.json")]
    pub struct Websocket;

    #[jsonschema::validator(path = "schemas/result/authorizer-rest.json")]
    pub struct AuthorizerRest;

    #[jsonschema::validator(path = "schemas/result/authorizer-http.json")]
    pub struct AuthorizerHttp;

    #[jsonschema::validator(path = "schemas/result/authorizer-http-v1.json")]
    pub struct AuthorizerHttpV1;

    #[jsonschema::validator(path = "schemas/result/authorizer-websocket.json")]
    pub struct AuthorizerWebsocket;
}

/// What a REST API refuses in a result.
pub(in crate::gateway) fn rest(result: &Value) -> Vec<Notice> {
    if generated::Rest::is_valid(result) {
        return Vec::new();
    }
    notices(generated::Rest::iter_errors(result), result, REST_SCHEMA)
}

/// What an HTTP API refuses in a result.
pub(in crate::gateway) fn http(result: &Value) -> Vec<Notice> {
    if generated::Http::is_valid(result) {
        return Vec::new();
    }
    notices(generated::Http::iter_errors(result), result, HTTP_SCHEMA)
}

/// What a WebSocket API refuses in a result.
pub(in crate::gateway) fn websocket(result: &Value) -> Vec<Notice> {
    if generated::Websocket::is_valid(result) {
        return Vec::new();
    }
    notices(generated::Websocket::iter_errors(result), result, WEBSOCKET_SCHEMA)
}

/// What a REST API refuses in the result of an authorizer.
pub(in crate::gateway) fn authorizer_rest(result: &Value) -> Vec<Notice> {
    if generated::AuthorizerRest::is_valid(result) {
        return Vec::new();
    }
    notices(generated::AuthorizerRest::iter_errors(result), result, AUTHORIZER_REST_SCHEMA)
}

/// What an HTTP API refuses in the result of an authorizer in format 2.0.
pub(in crate::gateway) fn authorizer_http(result: &Value) -> Vec<Notice> {
    if generated::AuthorizerHttp::is_valid(result) {
        return Vec::new();
    }
    notices(generated::AuthorizerHttp::iter_errors(result), result, AUTHORIZER_HTTP_SCHEMA)
}

/// What an HTTP API refuses in the result of an authorizer in format 1.0.
pub(in crate::gateway) fn authorizer_http_v1(result: &Value) -> Vec<Notice> {
    if generated::AuthorizerHttpV1::is_valid(result) {
        return Vec::new();
    }
    notices(generated::AuthorizerHttpV1::iter_errors(result), result, AUTHORIZER_HTTP_V1_SCHEMA)
}

/// What a WebSocket API refuses in the result of an authorizer.
pub(in crate::gateway) fn authorizer_websocket(result: &Value) -> Vec<Notice> {
    if generated::AuthorizerWebsocket::is_valid(result) {
        return Vec::new();
    }
    notices(generated::AuthorizerWebsocket::iter_errors(result), result, AUTHORIZER_WEBSOCKET_SCHEMA)
}

fn notices(errors: ErrorIterator<'_>, result: &Value, schema: &str) -> Vec<Notice> {
    let mut notices = Vec::new();
    for refusal in refusals(errors, schema) {
        let notice = notice(result, refusal);
        if !notices.contains(&notice) {
            notices.push(notice);
        }
    }
    notices
}

/// A result is never let through for want of words.
fn notice(result: &Value, refusal: Refusal) -> Notice {
    let (pointer, annotation) = (refusal.pointer, refusal.annotation.unwrap_or_else(unnamed));
    let Annotation { kind, facts, evidence, .. } = annotation;
    let part = if kind == NoticeKind::UnknownKey { Part::Key } else { Part::Value };
    let found = result.pointer(&pointer.to_string()).map(describe).unwrap_or_default();
    Notice { kind, pointer, part, refuses: true, found, facts, evidence }
}

/// What stands in for an annotation that a schema lacks; that it never does is a test.
fn unnamed() -> Annotation {
    let (facts, evidence) = (Vec::new(), Evidence::Inferred);
    Annotation { kind: NoticeKind::ResultNotObject, facts, evidence, expected: None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    fn said(notices: &[Notice]) -> Vec<(String, NoticeKind, Evidence)> {
        notices.iter().map(|notice| (notice.pointer.to_string(), notice.kind, notice.evidence)).collect()
    }

    #[test]
    fn every_refusal_is_named_at_its_value() {
        use Evidence::*;
        use NoticeKind::*;
        let cases = [
            (json!({"body": {"a": 1}}), "/body", BodyNotString, Documented),
            (json!({"statusCode": 0}), "/statusCode", StatusOutOfRange, Recorded),
            (json!({"statusCode": -1}), "/statusCode", StatusOutOfRange, Inferred),
            (json!({"statusCode": "test"}), "/statusCode", StatusNotNumber, Recorded),
            (json!({"statusCode": ""}), "/statusCode", StatusOutOfRange, Inferred),
            (json!({"x/y": 1}), "/x~1y", UnknownKey, Recorded),
            (json!({"cookies": []}), "/cookies", UnknownKey, Inferred),
            (json!({"headers": []}), "/headers", HeadersNotObject, Reported),
            (json!({"headers": {"a": ["b"]}}), "/headers/a", HeaderValueNotText, ReportedOnce),
            (json!({"multiValueHeaders": {"a": "b"}}), "/multiValueHeaders/a", MultiValueNotList, Recorded),
            (
                json!({"multiValueHeaders": {"a": [{}]}}),
                "/multiValueHeaders/a/0",
                HeaderValueNotText,
                Inferred,
            ),
            (json!({"isBase64Encoded": "yes"}), "/isBase64Encoded", Base64FlagNotBoolean, Inferred),
            (json!("text"), "", ResultNotObject, Recorded),
            (json!(null), "", ResultNull, Reported),
            (json!([1]), "", ResultNotObject, Inferred),
        ];
        for (result, pointer, kind, evidence) in cases {
            assert_eq!(said(&rest(&result)), [(pointer.to_owned(), kind, evidence)], "{result}");
        }
        let result = json!({"statusCode": 200, "body": 5, "headers": {"a": []}});
        let expected = [
            ("/body".to_owned(), BodyNotString, Reported),
            ("/headers/a".to_owned(), HeaderValueNotText, ReportedOnce),
        ];
        assert_eq!(said(&http(&result)), expected);
    }

    #[test]
    fn the_fallback_annotation_is_never_used() {
        proptest!(|(result in crate::gateway::respond::reading::tests::result())| {
            for notice in rest(&result).into_iter().chain(http(&result)).chain(websocket(&result)) {
                prop_assert!(!notice.facts.is_empty(), "{} in {}", notice.pointer, result);
            }
        });
    }

    #[test]
    fn the_generated_validators_agree_with_the_published_files() {
        let compile =
            |schema: &str| jsonschema::validator_for(&serde_json::from_str(schema).unwrap()).unwrap();
        let (rest_file, http_file) = (compile(REST_SCHEMA), compile(HTTP_SCHEMA));
        let websocket_file = compile(WEBSOCKET_SCHEMA);
        proptest!(|(result in crate::gateway::respond::reading::tests::result())| {
            prop_assert_eq!(rest(&result).is_empty(), rest_file.is_valid(&result));
            prop_assert_eq!(http(&result).is_empty(), http_file.is_valid(&result));
            prop_assert_eq!(websocket(&result).is_empty(), websocket_file.is_valid(&result));
        });
    }
}
