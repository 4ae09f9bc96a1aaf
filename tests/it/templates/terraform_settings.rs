//! What plans of Terraform tell of answering requests, and of the code of functions.

use super::{read, told};
use apigw::gateway::door::{GatewayResponse, GatewayResponses};
use apigw::gateway::{Cors, Flavor, ResponseType};
use apigw::template::{Api, Choices, Model, Resolved, Servable};
use serde_json::json;

/// A plan with an API of each kind, functions and their URLs.
const PLAN: &str = include_str!("../../tables/terraform-plan.json");

fn plan() -> Model {
    let model = read(PLAN);
    assert!(model.left_out.is_empty(), "{:?}", model.left_out);
    model
}

/// The same with something else in it.
fn plan_with(text: &str, other: &str) -> Model {
    assert!(PLAN.contains(text));
    read(&PLAN.replace(text, other))
}

/// Everything that is told of an API, with short names.
fn all(api: &Api) -> Vec<String> {
    let short = |line: String| {
        let line = line.replace("${aws_lambda_function.f.invoke_arn}", "f");
        line.replace("aws_api_gateway_authorizer.", "").replace("aws_apigatewayv2_authorizer.", "")
    };
    told::all(api).into_iter().map(short).collect()
}

fn obstacles(api: &Api) -> Vec<String> {
    api.settings.obstacles.iter().map(|own| told::obstacle(PLAN, own)).collect()
}

#[test]
fn a_rest_api_is_told() {
    let model = plan();
    let api = model.api("aws_api_gateway_rest_api.a").unwrap();
    assert_eq!(
        all(api),
        [
            r##"POST /users -> f: by token; api key; timeout 3s; required header X-A; application/json {"type":"object","properties":{"mood":{"$ref":"#/definitions/Mood"}},"definitions":{"Mood":{"enum":["good"]}}}; text/json {"type":"object"}"##,
            "GET /users -> f: by pool; scopes a/b; timeout 29s",
            "PUT /users -> f: iam; OBSTACLE the schema of its model Late is known after the apply only",
            "PATCH /users -> f: OBSTACLE its integration maps requests and responses by templates (type AWS); of functions only proxy integrations (AWS_PROXY) are emulated",
            "HEAD /users -> nobody: OBSTACLE it has no integration",
            r#"OPTIONS /users -> nobody: mock 200 [Content-Type=application/json, Access-Control-Allow-Origin=*] {"ok":true}"#,
            "token -> f: token; header X-Token; ttl 0ns; pattern ^a",
            "pool -> nobody: cognito ${aws_cognito_user_pool.p.arn}; header Authorization",
        ]
    );
    let mut own = GatewayResponse::new(ResponseType::Default5xx);
    own.status = Some(503);
    own.header("gatewayresponse.header.X-A", "'a'").unwrap();
    let mut responses = GatewayResponses::default();
    responses.put(own);
    let settings = &api.settings;
    assert_eq!(settings.responses, responses);
    assert_eq!(settings.binary_media_types, ["image/png"]);
    // The first stage's, and both mappings: below v1 and at the root.
    assert_eq!(settings.stage_variables, [("colour".to_owned(), "blue".to_owned())]);
    assert_eq!(settings.base_paths, ["v1", ""]);
    assert_eq!(settings.api_keys, ["a-key-of-twenty-chars-x"]);
    // A key that the apply makes is not known: any will do.
    let made = plan_with(r#""name": "k", "value": "a-key-of-twenty-chars-x", "#, r#""name": "k", "#);
    assert!(made.api("aws_api_gateway_rest_api.a").unwrap().settings.api_keys.is_empty());
    assert_eq!(
        obstacles(api),
        [
            "30:13: aws_api_gateway_rest_api.a: its gateway response THROTTLED: the header X-A: only texts with $context variables are followed, and this has integration.response.header.a (without aws_api_gateway_rest_api.a)"
        ]
    );
    let unknown = model.api("aws_api_gateway_rest_api.body").unwrap();
    assert_eq!(
        obstacles(unknown),
        [
            "39:13: aws_api_gateway_rest_api.body: its body is known after the apply only, and so are its routes (without aws_api_gateway_rest_api.body)"
        ]
    );
}

#[test]
fn an_http_api_is_told() {
    let model = plan();
    let api = model.api("aws_apigatewayv2_api.h").unwrap();
    assert_eq!(
        all(api),
        [
            "$default -> f: payload V2; timeout 1.5s",
            "GET /a -> f: by jwt; scopes s; payload V1",
            "POST /a -> f: by simple; payload V2; timeout 1.5s",
            "PUT /a -> f: iam; payload V2; timeout 1.5s",
            "ANY /{proxy+} -> nobody: payload V1; OBSTACLE its integration forwards requests to https://example.com/{proxy}, which is not emulated",
            "DELETE /a -> nobody: payload V1; OBSTACLE its integration is the action SQS-SendMessage of an AWS service, which is not emulated",
            "PATCH /a -> nobody: OBSTACLE it has no integration",
            "jwt -> nobody: jwt of https://issuer.example.com for a; header Authorization",
            "simple -> f: request; header A; query b; ttl 30s; simple; payload V2",
        ]
    );
    let own = |text: &str| vec![text.to_owned()];
    let cors = Cors {
        allow_origins: own("https://example.com"),
        allow_credentials: true,
        allow_methods: own("*"),
        max_age: Some(5),
        ..Cors::default()
    };
    assert_eq!(api.settings.cors, Some(cors));
    assert_eq!(api.settings.stage_variables, [("a".to_owned(), "b".to_owned())]);
    assert_eq!(api.settings.base_paths, ["orders/v2"]);
}

#[test]
fn a_websocket_api_is_told() {
    let model = plan();
    let api = model.api("aws_apigatewayv2_api.w").unwrap();
    assert_eq!(
        all(api),
        [
            "$connect -> f: by w",
            "send -> f: route response",
            "ping -> nobody: mock 200 [Content-Type=application/json] ",
            "w -> f: request; query t",
        ]
    );
    assert_eq!(api.settings.route_selection.as_deref(), Some("$request.body.action"));
    assert_eq!(api.settings.cors, None);
}

#[test]
fn function_urls_are_told() {
    let model = plan();
    let rows: Vec<_> = model.function_urls.iter().map(|api| (api.flavor, all(api))).collect();
    assert_eq!(
        rows,
        [
            (Flavor::Url, vec!["$default -> f:live: iam".to_owned()]),
            (Flavor::Url, vec!["$default -> ${aws_lambda_function.image.function_name}: ".to_owned()]),
        ]
    );
    let (streaming, buffered) = (&model.function_urls[0].settings, &model.function_urls[1].settings);
    assert!(streaming.streaming && !buffered.streaming && buffered.cors.is_none());
    assert_eq!(streaming.cors.as_ref().unwrap().allow_origins, ["*"]);
    assert_eq!(streaming.cors.as_ref().unwrap().max_age, Some(60));
}

#[test]
fn the_code_of_functions_is_told() {
    let text = |text: &Option<Resolved>| text.as_ref().map(|text| text.text().to_owned());
    let rows = plan().functions.into_iter().map(|function| {
        let code = function.code;
        let environment: Vec<_> =
            code.environment.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let (uri, handler, runtime) = (text(&code.uri), text(&code.handler), text(&code.runtime));
        json!([uri, handler, runtime, code.is_image, code.timeout, code.memory, environment])
    });
    assert_eq!(
        rows.collect::<Vec<_>>(),
        [
            // The archive is what `data.archive_file` packs; a variable waits for the apply.
            json!([
                "./functions/f",
                "app.handler",
                "nodejs22.x",
                false,
                7,
                256,
                ["LEVEL=debug", "TABLE=${aws_lambda_function.f.variables.TABLE}"]
            ]),
            json!(["1.dkr.ecr.eu-west-1.amazonaws.com/a:1", null, null, true, 3, null, []]),
            json!(["s3://b/k.zip", "bootstrap", "provided.al2023", false, null, null, []]),
        ]
    );
}

/// A state with an API whose body is that text.
fn with_body(kind: &str, body: &str) -> Model {
    let (name, values) = (format!("{kind}.a"), json!({ "id": "i", "protocol_type": "HTTP", "body": body }));
    let api = json!({ "address": name, "mode": "managed", "type": kind, "name": "a", "values": values });
    let state = json!({ "terraform_version": "1.9.0", "values": { "root_module": { "resources": [api] } } });
    read(&state.to_string())
}

#[test]
fn a_body_tells_all_that_a_document_does() {
    let body = json!({ "openapi": "3.0.1",
        "x-amazon-apigateway-binary-media-types": ["a/b"],
        "x-amazon-apigateway-gateway-responses": { "NONE": {} },
        "x-amazon-apigateway-cors": { "allowOrigins": "*" },
        "paths": { "/a": { "get": {} }, "/$default": { "x-amazon-apigateway-any-method": {} } } })
    .to_string();
    let rest = with_body("aws_api_gateway_rest_api", &body).apis.remove(0);
    assert!(rest.is_bare());
    assert_eq!(rest.settings.binary_media_types, ["a/b"]);
    assert!(rest.settings.obstacles[0].message.contains("NONE: there is no such type"));
    // What stands inside of the text is told at the text.
    assert_eq!(rest.settings.obstacles[0].span, rest.routes[0].origin.span);
    let http = with_body("aws_apigatewayv2_api", &body).apis.remove(0);
    assert_eq!(http.routes[1].route.to_string(), "$default");
    assert_eq!(http.settings.cors.unwrap().allow_origins, ["*"]);
    let broken = with_body("aws_api_gateway_rest_api", "{\"a\": ").apis.remove(0);
    assert!(broken.settings.obstacles[0].message.contains(": its body cannot be read: "));
}

#[test]
fn a_plan_is_served_without_what_cannot_be_emulated() {
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    let without = Choices {
        no_api: names(&["aws_api_gateway_rest_api.a", "aws_api_gateway_rest_api.body"]),
        no_route: names(&["ANY /{proxy+}", "DELETE /a", "PATCH /a"]),
        ..Choices::default()
    };
    let served = Servable::of(&plan(), &without);
    assert!(served.obstacles.is_empty() && served.unknown.is_empty(), "{:?}", served.obstacles);
    let apis: Vec<_> =
        served.apis.iter().map(|api| (api.name.as_str(), api.deployment.methods.len())).collect();
    assert_eq!(
        apis,
        [
            ("aws_apigatewayv2_api.h", 4),
            ("aws_apigatewayv2_api.w", 3),
            ("aws_lambda_function_url.u", 1),
            ("aws_lambda_function_url.open", 1),
        ]
    );
}
