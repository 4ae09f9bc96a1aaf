//! `apigw test init`: a first suite, which runs as it is.

use super::{Run, apigw};

const HANDLER: &str = "def handler(event, context):\n    return {'statusCode': 201, 'body': '{\"id\": 1}'}\n";

const SAM: &str = r#"
Transform: AWS::Serverless-2016-10-31
Globals:
  Function: {Runtime: python3, CodeUri: src/, Handler: app.handler}
Resources:
  Api:
    Type: AWS::Serverless::Api
    Properties:
      StageName: prod
      Models:
        User: {type: object, required: [name, tags], properties: {name: {type: string, minLength: 3}, tags: {type: array, minItems: 2, items: {type: integer}}}}
      Auth: {DefaultAuthorizer: Token, Authorizers: {Token: {FunctionArn: !GetAtt Users.Arn}}}
  Users:
    Type: AWS::Serverless::Function
    Properties:
      Events:
        One: {Type: Api, Properties: {Path: "/users/{id}", Method: get, RestApiId: !Ref Api}}
        All: {Type: Api, Properties: {Path: "/files/{proxy+}", Method: any, RestApiId: !Ref Api, Auth: {ApiKeyRequired: true}}}
        Make:
          Type: Api
          Properties:
            Path: /users
            Method: post
            RestApiId: !Ref Api
            RequestModel: {Model: User, Required: true, ValidateBody: true, ValidateParameters: true}
            RequestParameters: [method.request.header.X-Tenant: {Required: true}, method.request.querystring.page: {Required: true}]
        Http: {Type: HttpApi, Properties: {Path: /open, Method: get}}
"#;

const OPENAPI: &str = r#"
openapi: 3.0.3
info: {title: Users, version: '1'}
servers: [{url: https://api.example.com/v1}]
paths:
  /users/{id}:
    get:
      operationId: readUser
      parameters: [{name: id, in: path, required: true, schema: {type: string, example: 'o''neil ${{ x }}'}}, {name: q, in: query, schema: {type: integer}}]
      responses: {'200': {description: ok}}
  /users:
    post:
      operationId: makeUser
      requestBody: {content: {application/json: {schema: {type: object, properties: {name: {type: string, example: 'Ada: "1"'}, n: {type: number}}}}}}
      responses: {default: {description: other}, '201': {description: made}}
"#;

fn init(line: &str) -> Run {
    apigw(line).file("template.yaml", SAM).file("openapi.yaml", OPENAPI).file("src/app.py", HANDLER)
}

#[test]
fn a_suite_of_a_template_has_a_case_for_each_route_and_passes() {
    let written = init("test init template.yaml -o -").run();
    written.snapshot("test-init-template");
    let suite = written.stdout();
    let ran = init("test a.apigw.yaml").file("a.apigw.yaml", suite).run();
    assert!(ran.stdout().contains("Passed: 4 of 4 cases"), "{}", ran.transcript());
}

#[test]
fn a_suite_of_an_openapi_document_asks_what_that_describes_and_passes() {
    let written = init("test init openapi.yaml -o -").run();
    written.snapshot("test-init-openapi");
    let suite = init("test init openapi.yaml --function '*=src/app.handler' -o tests/a.apigw.yaml")
        .directory("tests")
        .run();
    let text = String::from_utf8(suite.written("tests/a.apigw.yaml")).unwrap();
    assert!(text.contains("template: ../openapi.yaml\n  functions: {'*': ../src/app.handler}\n"), "{text}");
    let ran = init("test tests --format json").file("tests/a.apigw.yaml", text).exits(1).run();
    let report = ran.json();
    let verdicts: Vec<_> =
        report["results"].as_array().unwrap().iter().map(|row| row["verdict"].as_str().unwrap()).collect();
    assert_eq!(verdicts, ["failed", "passed"], "the one is to answer 200, the other 201");
}

#[test]
fn no_file_is_replaced_unless_that_is_asked_for() {
    let there = || init("test init template.yaml").file("template.apigw.yaml", "mine");
    let kept = there().exits(2).run().says(&["template.apigw.yaml is there already", "--force"]);
    assert_eq!(kept.written("template.apigw.yaml"), b"mine");
    let forced = init("test init template.yaml --force").file("template.apigw.yaml", "mine").run();
    let text =
        String::from_utf8(forced.says(&["template.apigw.yaml has 4 cases"]).written("template.apigw.yaml"));
    assert!(text.unwrap().starts_with("# A first suite of template.yaml"));
}

#[test]
fn what_has_no_routes_for_requests_is_a_mistake() {
    let socket = "Resources: {S: {Type: AWS::ApiGatewayV2::Api, Properties: {Name: s, ProtocolType: WEBSOCKET, RouteSelectionExpression: $request.body.action}}}";
    apigw("test init t.yaml").file("t.yaml", socket).exits(2).run().says(&["it has no route for requests"]);
    apigw("test init gone.yaml").exits(2).run().says(&["gone.yaml"]);
    apigw("test init").exits(2).run();
}
