//! AWS's own Rust crates read every kind of event: `aws_lambda_events` type by type without loss,
//! `lambda_http` as requests.

use apigw::gateway::event::{EventKind, kinds};
use aws_lambda_events::alb::AlbTargetGroupRequest;
use aws_lambda_events::apigw::{
    ApiGatewayCustomAuthorizerRequest, ApiGatewayCustomAuthorizerRequestTypeRequest, ApiGatewayProxyRequest,
    ApiGatewayV2CustomAuthorizerV1Request, ApiGatewayV2CustomAuthorizerV2Request, ApiGatewayV2httpRequest,
    ApiGatewayWebsocketProxyRequest,
};
use aws_lambda_events::lambda_function_urls::LambdaFunctionUrlRequest;
use aws_lambda_events::vpc_lattice::VpcLatticeRequestV2;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::process::Command;

type Read = fn(&Value) -> Result<Value, String>;

fn through<T: DeserializeOwned + Serialize>(event: &Value) -> Result<Value, String> {
    let read: T = serde_json::from_value(event.clone()).map_err(|error| error.to_string())?;
    serde_json::to_value(read).map_err(|error| error.to_string())
}

/// The type for each family of kinds; longer names before their beginnings.
const TYPES: [(&str, Read); 13] = [
    ("authorizer-token", through::<ApiGatewayCustomAuthorizerRequest>),
    ("authorizer-request", through::<ApiGatewayCustomAuthorizerRequestTypeRequest>),
    ("authorizer-websocket", through::<ApiGatewayCustomAuthorizerRequestTypeRequest>),
    ("authorizer-http-v1", through::<ApiGatewayV2CustomAuthorizerV1Request>),
    ("authorizer-http", through::<ApiGatewayV2CustomAuthorizerV2Request>),
    ("rest-", through::<ApiGatewayProxyRequest>),
    ("http-v1-", through::<ApiGatewayProxyRequest>),
    ("http-", through::<ApiGatewayV2httpRequest>),
    ("websocket-", through::<ApiGatewayWebsocketProxyRequest>),
    ("url-", through::<LambdaFunctionUrlRequest>),
    ("alb-multi-", through::<AlbTargetGroupRequest>),
    ("alb-", through::<AlbTargetGroupRequest>),
    ("lattice-", through::<VpcLatticeRequestV2>),
];

fn event(kind: &EventKind) -> Value {
    let words = ["event", "gen", &kind.name, "--compact"];
    let output = Command::new(env!("CARGO_BIN_EXE_apigw")).args(words).output().unwrap();
    assert!(output.status.success(), "{}: {}", kind.name, String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn aws_lambda_events_reads_every_kind_without_loss() {
    let mut lost = Vec::new();
    for kind in kinds() {
        let (_, read) = TYPES.iter().find(|(prefix, _)| kind.name.starts_with(prefix)).expect(&kind.name);
        let event = event(&kind);
        let again = read(&event).unwrap_or_else(|error| panic!("{}: {error}", kind.name));
        missing(&event, &again, "", &mut |pointer| lost.push(format!("{} {pointer}", kind.name)));
    }
    assert!(lost.is_empty(), "{}", lost.join("\n"));
}

/// Tells every value of `event` that `again` does not have; null, absent and empty are one here,
/// and so are header names in other cases.
fn missing(event: &Value, again: &Value, pointer: &str, tell: &mut impl FnMut(&str)) {
    match event {
        Value::Null => {}
        Value::Object(members) => {
            for (key, value) in members {
                let own = again.as_object().and_then(|members| {
                    members.iter().find(|(own, _)| own.eq_ignore_ascii_case(key)).map(|(_, value)| value)
                });
                missing(value, own.unwrap_or(&Value::Null), &format!("{pointer}/{key}"), tell);
            }
        }
        Value::Array(items) if items.is_empty() => {}
        Value::String(text) if text.is_empty() && again.is_null() => {}
        _ if event != again => {
            tell(&format!("{pointer}: {event} became {again}"));
        }
        _ => {}
    }
}

#[test]
fn lambda_http_reads_every_request() {
    let requests = kinds().into_iter().filter(|kind| kind.method.is_some());
    for kind in requests.filter(|kind| !kind.name.starts_with("authorizer-")) {
        let event = event(&kind).to_string();
        let request = lambda_http::request::from_str(&event);
        let request = request.unwrap_or_else(|error| panic!("{}: {error}", kind.name));
        assert_eq!(Some(request.method().as_str()), kind.method, "{}", kind.name);
        assert_eq!(request.uri().path().rsplit('/').next(), Some(""), "{}", kind.name);
    }
}
