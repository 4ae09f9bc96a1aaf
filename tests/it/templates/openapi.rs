//! What OpenAPI documents tell of answering requests.

use super::{read, told};
use apigw::gateway::door::{GatewayResponse, GatewayResponses};
use apigw::gateway::{Cors, Flavor, ResponseType};
use apigw::template::{Api, Choices, Servable, Target};
use serde_json::{Value, json};

const REST: &str = include_str!("../../tables/openapi-rest.yaml");
const HTTP: &str = include_str!("../../tables/openapi-http.json");

/// Everything that is told, with short names of functions.
fn all(api: &Api) -> Vec<String> {
    told::all(api).into_iter().map(|line| line.replace("arn:aws:lambda:eu-west-1:1:function:", "")).collect()
}

#[test]
fn a_rest_api_is_told() {
    let model = read(REST);
    let user = r##"{"$ref":"#/definitions/User","definitions":{"User":{"type":"object","required":["name"],"properties":{"name":{"type":"string"},"friends":{"type":"array","items":{"$ref":"#/definitions/User"}},"address":{"$ref":"#/definitions/Address"}}},"Address":{"type":"object"}}}"##;
    let put = format!(
        r#"PUT /users/{{id}} -> f: by token; application/json {user}; application/xml {{"type":"object"}}"#
    );
    assert_eq!(
        all(&model.apis[0]),
        [
            // The operation replaces the parameter of its path; cookies are not looked at.
            "GET /users/{id} -> f: by pool; scopes users/read users/write; api key; timeout 5s; required header X-Tenant, path id",
            &put,
            "OPTIONS /users/{id} -> nobody: required path id, query page; mock 204 [Content-Type=application/json, Access-Control-Allow-Origin=https://example.com, Access-Control-Allow-Methods=GET,PUT] ",
            "POST /stream -> s: iam; streaming",
            "GET /obstacles -> nobody: by custom; OBSTACLE its integration forwards requests to https://<hidden>@example.com/a?token=<hidden>, which is not emulated",
            "PUT /obstacles -> f: OBSTACLE its integration maps requests and responses by templates (type AWS); of functions only proxy integrations (AWS_PROXY) are emulated",
            "POST /obstacles -> nobody: by nobody; OBSTACLE its integration asks an AWS service (arn:aws:apigateway:eu-west-1:sqs:path/1/q), which is not emulated",
            "DELETE /obstacles -> nobody: OBSTACLE the request template of its MOCK integration computes something ($input.params)",
            "PATCH /obstacles -> nobody: by request; OBSTACLE its integration goes through a VPC link, which is not emulated",
            "HEAD /obstacles -> nobody: bare; OBSTACLE the document names no function for it",
            "ANY /obstacles -> f: OBSTACLE the reference other.yaml#/User leads out of this file",
            "token -> auth: token; header X-Token; ttl 60s; pattern ^x-[a-z]+",
            "request -> auth: request; header A; query b; variable c; context path",
            "custom -> nobody: request; OBSTACLE its identity source method.request.body.a is not known",
            "pool -> nobody: cognito arn:aws:cognito-idp:eu-west-1:1:userpool/eu-west-1_a; header Authorization",
        ]
    );
    assert!(!model.apis[0].is_bare());
}

#[test]
fn a_rest_api_is_told_as_a_whole() {
    let model = read(REST);
    let settings = &model.apis[0].settings;
    assert_eq!(model.apis[0].flavor, Flavor::Rest);
    assert_eq!(settings.binary_media_types, ["image/png", "*/*"]);
    let mut own = GatewayResponse::new(ResponseType::Default4xx);
    own.status = Some(418);
    own.header("gatewayresponse.header.Access-Control-Allow-Origin", "'*'").unwrap();
    own.template("application/json", r#"{"message":$context.error.messageString}"#).unwrap();
    let mut responses = GatewayResponses::default();
    responses.put(own);
    assert_eq!(settings.responses, responses);
    let obstacles: Vec<_> = settings.obstacles.iter().map(|own| told::obstacle(REST, own)).collect();
    assert_eq!(
        obstacles,
        [
            "17:17: Api: its gateway response UNAUTHORIZED: the template of application/json: only texts with $context variables are followed, and this has #set (without Api)",
            "18:17: Api: its gateway response NO_SUCH_TYPE: there is no such type (without Api)",
        ]
    );
}

#[test]
fn models_hold_bodies_to_schemas_that_contain_themselves() {
    let model = read(REST);
    let put = model.apis[0].routes.iter().find(|route| !route.settings.models.is_empty()).unwrap();
    let options = jsonschema::options().with_draft(jsonschema::Draft::Draft4);
    let schema = options.build(&put.settings.models[0].1).unwrap();
    for (body, fits) in [
        (json!({ "name": "a", "friends": [{ "name": "b", "friends": [] }] }), true),
        (json!({ "name": "a", "friends": [{ "name": "b", "friends": [{}] }] }), false),
        (json!({ "name": "a", "address": "somewhere" }), false),
        (json!({}), false),
    ] {
        assert_eq!(schema.is_valid(&body), fits, "{body}");
    }
}

#[test]
fn an_http_api_is_told() {
    let model = read(HTTP);
    let api = &model.apis[0];
    assert_eq!(api.flavor, Flavor::Http);
    assert_eq!(
        all(api),
        [
            "$default -> f: payload V2",
            "GET /orders -> f: by jwt; scopes orders/read; payload V1; timeout 29s",
            "POST /orders -> f: by simple; payload V2",
            "PUT /orders -> f: iam; payload V2",
            "DELETE /orders -> nobody: by nowhere; payload V1; OBSTACLE its integration is the action SQS-SendMessage of an AWS service, which is not emulated",
            "PATCH /orders -> f: payload V2; OBSTACLE its integration changes requests or responses by parameter mapping, which is not emulated",
            "jwt -> nobody: jwt of https://issuer.example.com for one two; header Authorization",
            "simple -> auth: request; header Authorization; context routeKey; ttl 0ns; simple; payload V2",
            "nowhere -> nobody: jwt of  for ; OBSTACLE it names no issuer",
        ]
    );
    let own = |text: &str| vec![text.to_owned()];
    let cors = Cors {
        allow_origins: own("https://www.example.com"),
        allow_credentials: true,
        expose_headers: own("x-b"),
        allow_methods: vec!["GET".to_owned(), "*".to_owned()],
        allow_headers: own("x-a"),
        max_age: Some(3600),
    };
    assert_eq!(api.settings.cors, Some(cors));
    assert!(api.settings.obstacles.is_empty());
}

#[test]
fn swagger_is_told() {
    let model = read(
        "
swagger: '2.0'
basePath: /v1
consumes: [application/json, application/vnd.a+json]
x-amazon-apigateway-api-key-source: AUTHORIZER
x-amazon-apigateway-request-validators: {body: {validateRequestBody: true}, both: {validateRequestBody: true, validateRequestParameters: 'true'}}
paths:
  /a:
    post:
      security: [{key: []}]
      x-amazon-apigateway-request-validator: both
      parameters:
        - {name: q, in: query, required: true, type: string}
        - {name: A, in: body, required: true, schema: {$ref: '#/definitions/A%20b'}}
        - {name: f, in: formData, required: true, type: string}
    put:
      x-amazon-apigateway-request-validator: body
      consumes: [text/json]
      parameters: [{$ref: '#/parameters/Own'}]
      x-amazon-apigateway-integration: {type: aws_proxy, uri: '${stageVariables.fn}'}
parameters: {Own: {name: own, in: body, schema: {type: array}}}
definitions: {A b: {type: object, properties: {a: {$ref: '#/definitions/A b/properties/b'}, b: {type: string}}}}
securityDefinitions: {key: {type: apiKey, name: X-API-Key, in: header}}
",
    );
    assert_eq!(
        all(&model.apis[0]),
        [
            r##"POST /a -> nobody: api key; required query q; application/json {"$ref":"#/definitions/A_20b","definitions":{"A_20b":{"type":"object","properties":{"a":{"$ref":"#/definitions/b"},"b":{"type":"string"}}},"b":{"type":"string"}}}; application/vnd.a+json {"$ref":"#/definitions/A_20b","definitions":{"A_20b":{"type":"object","properties":{"a":{"$ref":"#/definitions/b"},"b":{"type":"string"}}},"b":{"type":"string"}}}; bare; OBSTACLE the document names no function for it"##,
            r#"PUT /a -> nobody: text/json {"type":"array"}; OBSTACLE its integration names no known function: ${stageVariables.fn}"#,
        ]
    );
}

#[test]
fn a_document_without_integrations_is_bare() {
    let document = |own: &Value| {
        json!({ "openapi": "3.1.0", "security": [{ "o": ["s"] }],
            "x-amazon-apigateway-request-validator": "p",
            "x-amazon-apigateway-request-validators": { "p": { "validateRequestParameters": true } },
            "paths": { "/a": { "get": { "parameters": [{ "name": "q", "in": "query", "required": true }] },
                               "post": own } },
            "components": { "securitySchemes": { "o": { "type": "oauth2" } } } })
        .to_string()
    };
    let bare = read(&document(&json!({})));
    assert!(bare.apis[0].is_bare());
    assert_eq!(
        all(&bare.apis[0]),
        [
            "GET /a -> nobody: required query q; bare; OBSTACLE the document names no function for it",
            "POST /a -> nobody: bare; OBSTACLE the document names no function for it",
        ]
    );
    let mock = json!({ "x-amazon-apigateway-integration": { "type": "MOCK" } });
    assert!(!read(&document(&mock)).apis[0].is_bare());
    assert!(!read(r#"{"openapi": "3.0.0"}"#).apis[0].is_bare());
}

#[test]
fn a_body_in_a_template_is_told_with_its_functions_resolved() {
    let source = "
Parameters: {Origin: {Type: String}}
Resources:
  Elsewhere:
    Type: AWS::ApiGateway::RestApi
    Properties: {Body: {'Fn::Transform': {Name: 'AWS::Include', Parameters: {Location: s3://b/k}}}}
  Http:
    Type: AWS::ApiGatewayV2::Api
    Properties:
      ProtocolType: HTTP
      Body:
        openapi: 3.0.1
        x-amazon-apigateway-cors: {allowOrigins: !Ref Origin, allowMethods: '*'}
        paths:
          /a:
            get:
              security: [{jwt: []}]
              x-amazon-apigateway-integration:
                type: aws_proxy
                payloadFormatVersion: '2.0'
                timeoutInMillis: !If [Never, 1, 2000]
                uri: !Sub '${F.Arn}'
        components:
          securitySchemes:
            jwt:
              type: oauth2
              x-amazon-apigateway-authorizer:
                type: jwt
                jwtConfiguration: {issuer: !Sub 'https://cognito-idp.eu-west-1.amazonaws.com/${Pool}', audience: [a]}
Conditions: {Never: !Equals [a, b]}
";
    let model = read(source);
    let obstacles = |api: &Api| -> Vec<_> {
        api.settings.obstacles.iter().map(|own| told::obstacle(source, own)).collect()
    };
    assert_eq!(
        obstacles(&model.apis[0]),
        [
            "6:24: Elsewhere: its definition comes from Fn::Transform: its routes are not known (without Elsewhere)"
        ]
    );
    assert!(obstacles(&model.apis[1]).is_empty());
    assert_eq!(
        all(&model.apis[1]),
        [
            "GET /a -> ${F.Arn}: by jwt; payload V2; timeout 2s",
            "jwt -> nobody: jwt of https://cognito-idp.eu-west-1.amazonaws.com/${Pool} for a",
        ]
    );
}

#[test]
fn references_that_lead_nowhere_or_round_end() {
    let with = |schema: &str, parameter: &str| {
        read(&format!(
            "
openapi: 3.0.0
x-amazon-apigateway-request-validator: v
x-amazon-apigateway-request-validators: {{v: {{validateRequestBody: true, validateRequestParameters: true}}}}
paths:
  /a:
    post:
      parameters: [{parameter}]
      requestBody: {{content: {{application/json: {{schema: {schema}}}}}}}
      x-amazon-apigateway-integration: {{type: aws_proxy, uri: 'arn:aws:lambda:eu-west-1:1:function:f'}}
components: {{schemas: {{A: {{$ref: '#/components/schemas/B'}}, B: {{$ref: '#/components/schemas/A'}}}}, parameters: {{P: {{$ref: '#/components/parameters/P'}}}}}}
"
        ))
    };
    for (schema, parameter, why) in [
        ("{$ref: '#/nowhere'}", "", Some("the reference #/nowhere leads nowhere")),
        ("{items: [{$ref: 'https://example.com/a.json'}]}", "", Some("leads out of this file")),
        ("{}", "{$ref: '#/components/parameters/P'}", Some("leads to itself")),
        ("{$ref: '#/components/schemas/A'}", "", None),
        ("{$ref: '#'}", "", None),
        ("{}", "", None),
    ] {
        let model = with(schema, parameter);
        let route = &model.apis[0].routes[0];
        assert!(matches!(route.target, Target::Lambda { .. }));
        match (why, &route.settings.obstacle) {
            (Some(why), Some(obstacle)) => {
                assert!(obstacle.contains(why), "{schema} {parameter}: {obstacle}");
            }
            (why, obstacle) => assert_eq!(why, obstacle.as_deref(), "{schema} {parameter}"),
        }
    }
}

#[test]
fn what_cannot_be_emulated_is_left_out_by_name() {
    let model = read(HTTP);
    let told = Servable::of(&model, &Choices::default());
    let ways: Vec<_> = told.obstacles.iter().map(|own| own.way_out.to_string()).collect();
    assert_eq!(ways, ["--no-route 'DELETE /orders'", "--no-route 'PATCH /orders'"]);
    let no_route = vec!["DELETE /orders".to_owned(), "PATCH /orders".to_owned()];
    let served = Servable::of(&model, &Choices { no_route, ..Choices::default() });
    assert!(served.obstacles.is_empty(), "{:?}", served.obstacles);
    let deployment = &served.apis[0].deployment;
    assert_eq!((deployment.methods.len(), deployment.guards.len()), (4, 2));
}
