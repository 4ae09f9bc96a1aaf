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
