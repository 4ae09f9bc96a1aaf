//! Which shapes are refused: the published schemas, and the notices written in them.
//!
//! The validators are generated from `schemas/result` when this crate is compiled. A schema that
//! refuses a value says why in an `x-notice` at the place of the refusal or above it.

use crate::gateway::notice::{Evidence, Notice, NoticeKind, describe};
use crate::gateway::shape::{Annotation, Refusal, refusals};
use crate::http::encoding::base64_mistake;
use crate::json::Part;
use jsonschema::ErrorIterator;
use serde_json::Value;
use std::sync::LazyLock;

/// `schemas/result/rest.json`.
pub(in crate::gateway) const REST_SCHEMA: &str = include_str!("../../../schemas/result/rest.json");
/// `schemas/result/http.json`.
pub(in crate::gateway) const HTTP_SCHEMA: &str = include_str!("../../../schemas/result/http.json");
/// `schemas/result/http-v1.json`.
pub(in crate::gateway) const HTTP_V1_SCHEMA: &str = include_str!("../../../schemas/result/http-v1.json");
/// `schemas/result/url.json`.
pub(in crate::gateway) const URL_SCHEMA: &str = include_str!("../../../schemas/result/url.json");
/// `schemas/result/alb.json`.
pub(in crate::gateway) const ALB_SCHEMA: &str = include_str!("../../../schemas/result/alb.json");
/// `schemas/result/alb-multi.json`.
pub(in crate::gateway) const ALB_MULTI_SCHEMA: &str = include_str!("../../../schemas/result/alb-multi.json");
/// `schemas/result/lattice.json`.
pub(in crate::gateway) const LATTICE_SCHEMA: &str = include_str!("../../../schemas/result/lattice.json");
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

    #[jsonschema::validator(path = "schemas/result/http-v1.json")]
    pub struct HttpV1;

    #[jsonschema::validator(path = "schemas/result/url.json")]
    pub struct Url;

    #[jsonschema::validator(path = "schemas/result/alb.json")]
    pub struct Alb;

    #[jsonschema::validator(path = "schemas/result/alb-multi.json")]
    pub struct AlbMulti;

    #[jsonschema::validator(path = "schemas/result/lattice.json")]
    pub struct Lattice;

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

/// What a flavour refuses in a result: a line for each schema.
macro_rules! refusals {
    ($($name:ident: $validator:ident, $schema:ident;)*) => {$(
        pub(in crate::gateway) fn $name(result: &Value) -> Vec<Notice> {
            if generated::$validator::is_valid(result) {
                return Vec::new();
            }
            // Read when a result is refused for the first time.
            static SCHEMA: LazyLock<Value> = LazyLock::new(|| serde_json::from_str($schema).unwrap_or_default());
            notices(generated::$validator::iter_errors(result), result, &SCHEMA)
        }
    )*};
}

refusals! {
    rest: Rest, REST_SCHEMA;
    http: Http, HTTP_SCHEMA;
    http_v1: HttpV1, HTTP_V1_SCHEMA;
    url: Url, URL_SCHEMA;
    alb: Alb, ALB_SCHEMA;
    alb_multi: AlbMulti, ALB_MULTI_SCHEMA;
    lattice: Lattice, LATTICE_SCHEMA;
    websocket: Websocket, WEBSOCKET_SCHEMA;
    authorizer_rest: AuthorizerRest, AUTHORIZER_REST_SCHEMA;
    authorizer_http: AuthorizerHttp, AUTHORIZER_HTTP_SCHEMA;
    authorizer_http_v1: AuthorizerHttpV1, AUTHORIZER_HTTP_V1_SCHEMA;
    authorizer_websocket: AuthorizerWebsocket, AUTHORIZER_WEBSOCKET_SCHEMA;
}

fn notices(errors: ErrorIterator<'_>, result: &Value, schema: &Value) -> Vec<Notice> {
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
    let value = result.pointer(&pointer.to_string());
    let found = match (kind, value.and_then(Value::as_str)) {
        (NoticeKind::Base64Undecodable, Some(text)) => base64_mistake(text).to_owned(),
        _ => value.map(describe).unwrap_or_default(),
    };
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
    use crate::gateway::Flavor;
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
            for flavor in Flavor::ALL {
                for notice in (flavor.facts().refusals)(&result) {
                    prop_assert!(!notice.facts.is_empty(), "{} in {}", notice.pointer, result);
                }
            }
        });
    }

    #[test]
    fn the_generated_validators_agree_with_the_published_files() {
        let compile =
            |schema: &str| jsonschema::validator_for(&serde_json::from_str(schema).unwrap()).unwrap();
        let files = Flavor::ALL.map(|flavor| (flavor.facts(), compile(flavor.facts().result_schema)));
        proptest!(|(result in crate::gateway::respond::reading::tests::result())| {
            for (facts, file) in &files {
                prop_assert_eq!((facts.refusals)(&result).is_empty(), file.is_valid(&result), "{}", facts.name);
            }
        });
    }
}
