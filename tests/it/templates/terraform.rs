//! Plans and states as `terraform show -json` prints them.

use super::{facts, read};
use apigw::template::{Model, TemplateKind};
use serde_json::{Value, json};

fn resource(address: &str, values: Value) -> Value {
    let mut parts = address.rsplit('.');
    let (name, kind) = (parts.next().unwrap(), parts.next().unwrap());
    let name = name.split('[').next().unwrap();
    let mut resource = json!({ "address": address, "mode": "managed", "type": kind, "name": name });
    resource["values"] = values;
    resource
}

fn state(resources: &[Value]) -> Model {
    let state = json!({ "format_version": "1.0", "terraform_version": "1.9.0",
        "values": { "root_module": { "resources": resources } } });
    read(&format!("{state:#}"))
}

/// Route, stage, function and source ARN of everything that is presented.
fn presented(model: &Model) -> Vec<String> {
    let rows = model.apis.iter().flat_map(|api| api.presented());
    rows.map(|row| {
        let target = format!("{:?}", row.asking.target());
        let function =
            target.split("text: \"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or("-").to_owned();
        format!("{} -> {function}", row.source_arn.unwrap_or_default())
    })
    .collect()
}

const ARN: &str = "arn:aws:execute-api:eu-west-1:123456789012:abc";
const FUNCTION: &str = "arn:aws:lambda:eu-west-1:123456789012:function:f";

/// A REST API with a resource below another, two methods and an authorizer.
fn rest_api() -> Vec<Value> {
    let uri = format!("arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/{FUNCTION}/invocations");
    vec![
        resource("aws_lambda_function.f", json!({ "function_name": "f", "arn": FUNCTION })),
        resource(
            "aws_api_gateway_rest_api.a",
            json!({ "id": "abc", "execution_arn": ARN, "root_resource_id": "r0" }),
        ),
        resource(
            "aws_api_gateway_resource.u",
            json!({ "id": "r1", "parent_id": "r0", "path_part": "users" }),
        ),
        resource("aws_api_gateway_resource.i", json!({ "id": "r2", "parent_id": "r1", "path_part": "{id}" })),
        resource(
            "aws_api_gateway_method.m",
            json!({ "rest_api_id": "abc", "resource_id": "r2", "http_method": "ANY", "authorizer_id": "au" }),
        ),
        resource(
            "aws_api_gateway_method.n",
            json!({ "rest_api_id": "abc", "resource_id": "r0", "http_method": "GET" }),
        ),
        resource(
            "aws_api_gateway_integration.m",
            json!({ "rest_api_id": "abc", "resource_id": "r2", "http_method": "ANY", "uri": uri }),
        ),
        resource(
            "aws_api_gateway_integration.n",
            json!({ "rest_api_id": "abc", "resource_id": "r0", "http_method": "GET", "uri": uri, "credentials": "role" }),
        ),
        resource(
            "aws_api_gateway_authorizer.x",
            json!({ "rest_api_id": "abc", "id": "au", "authorizer_uri": uri }),
        ),
        resource("aws_api_gateway_stage.s", json!({ "rest_api_id": "abc", "stage_name": "prod" })),
        resource(
            "aws_lambda_permission.p",
            json!({ "function_name": "f", "principal": "apigateway.amazonaws.com",
            "action": "lambda:InvokeFunction", "qualifier": "live", "source_arn": format!("{ARN}/*/*"), "source_account": "" }),
        ),
    ]
}

#[test]
fn a_state_tells_everything() {
    let model = state(&rest_api());
    assert_eq!(model.kind, TemplateKind::Terraform);
    assert_eq!(
        facts(&model.grants[0]),
        json!([
            "aws_lambda_permission.p",
            "f",
            "apigateway.amazonaws.com",
            "lambda:InvokeFunction",
            format!("{ARN}/*/*"),
            null
        ])
    );
    assert_eq!(model.grants[0].qualifier.as_ref().unwrap().text(), "live");
    assert_eq!(model.apis[0].routes[0].authorizer.as_deref(), Some("aws_api_gateway_authorizer.x"));
    assert_eq!(
        presented(&model),
        [
            format!("{ARN}/prod/ANY/users/{{id}} -> {FUNCTION}"),
            format!(" -> {FUNCTION}"),
            format!("{ARN}/authorizers/au -> {FUNCTION}"),
        ]
    );
    assert!(model.left_out.is_empty(), "{:?}", model.left_out);
}

#[test]
fn a_plan_names_what_it_does_not_know() {
    let refer = |name: &str| json!({ "references": [name, name.rsplit_once('.').unwrap().0] });
    let plan = json!({
        "format_version": "1.2", "terraform_version": "1.9.0",
        "planned_values": { "root_module": { "child_modules": [{ "address": "module.api", "resources": [
            resource("module.api.aws_apigatewayv2_api.a", json!({ "protocol_type": "HTTP" })),
            resource("module.api.aws_apigatewayv2_stage.s", json!({ "name": "$default" })),
            resource("module.api.aws_apigatewayv2_integration.i", json!({})),
            resource("module.api.aws_apigatewayv2_route.r[\"x\"]", json!({ "route_key": "GET /users/{id}" })),
            resource("module.api.aws_lambda_permission.p", json!({ "principal": "apigateway.amazonaws.com", "action": "lambda:InvokeFunction" })),
        ]}]}},
        "configuration": { "root_module": { "module_calls": { "api": { "module": { "resources": [
            { "type": "aws_apigatewayv2_stage", "name": "s", "expressions": { "api_id": refer("aws_apigatewayv2_api.a.id") } },
            { "type": "aws_apigatewayv2_integration", "name": "i", "expressions": {
                "api_id": refer("aws_apigatewayv2_api.a.id"), "integration_uri": refer("aws_lambda_function.f.invoke_arn") } },
            { "type": "aws_apigatewayv2_route", "name": "r", "expressions": {
                "api_id": refer("aws_apigatewayv2_api.a.id"), "target": refer("aws_apigatewayv2_integration.i.id") } },
            { "type": "aws_lambda_permission", "name": "p", "expressions": {
                "function_name": refer("aws_lambda_function.f.function_name"), "source_arn": refer("aws_apigatewayv2_api.a.execution_arn") } },
        ]}}}}},
    });
    let model = read(&plan.to_string());
    assert_eq!(
        facts(&model.grants[0]),
        json!([
            "module.api.aws_lambda_permission.p",
            "${module.api.aws_lambda_function.f.function_name}",
            "apigateway.amazonaws.com",
            "lambda:InvokeFunction",
            "${module.api.aws_apigatewayv2_api.a.execution_arn}",
            null
        ])
    );
    assert_eq!(
        presented(&model),
        [
            "${module.api.aws_apigatewayv2_api.a.execution_arn}/$default/GET/users/{id} -> ${module.api.aws_lambda_function.f.invoke_arn}"
        ]
    );
    assert!(model.left_out[0].message.contains("known after the apply"), "{:?}", model.left_out);
}

#[test]
fn the_body_of_an_api_and_quick_create_have_routes() {
    let uri = format!("arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/{FUNCTION}/invocations");
    let body = json!({ "openapi": "3.0.1", "paths": { "/a": { "get": { "x-amazon-apigateway-integration": { "uri": uri } } } } });
    let model = state(&[
        resource(
            "aws_api_gateway_rest_api.a",
            json!({ "id": "abc", "execution_arn": ARN, "body": body.to_string() }),
        ),
        resource(
            "aws_apigatewayv2_api.q",
            json!({ "id": "q", "execution_arn": "q-arn", "protocol_type": "HTTP", "target": FUNCTION }),
        ),
        resource(
            "aws_apigatewayv2_api.w",
            json!({ "id": "w", "execution_arn": "w-arn", "protocol_type": "WEBSOCKET" }),
        ),
        resource(
            "aws_apigatewayv2_integration.i",
            json!({ "id": "i1", "api_id": "w", "integration_uri": FUNCTION }),
        ),
        resource(
            "aws_apigatewayv2_route.c",
            json!({ "api_id": "w", "route_key": "$connect", "target": "integrations/i1" }),
        ),
    ]);
    assert_eq!(
        presented(&model),
        [
            format!("{ARN}/${{Stage}}/GET/a -> {FUNCTION}"),
            format!("q-arn/$default/$default -> {FUNCTION}"),
            format!("w-arn/${{Stage}}/$connect -> {FUNCTION}"),
        ]
    );
}

#[test]
fn a_state_of_nothing_is_told() {
    let model = read(r#"{"format_version": "1.0", "terraform_version": "1.9.0"}"#);
    assert!(model.left_out[0].message.contains("root_module"));
}
