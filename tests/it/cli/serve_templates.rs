//! `apigw serve` of templates: their APIs, functions and authorizers, and what changes while it runs.

use super::apigw;
use super::server::Server;

const HANDLER: &str = r#"
import json, os
def handler(event, context):
    told = {"name": context.function_name, "table": os.environ.get("TABLE"), "region": os.environ["AWS_REGION"]}
    return {"statusCode": 200, "body": json.dumps({**told, "path": event.get("path", event.get("rawPath"))})}
"#;

const TEMPLATE: &str = r#"
Transform: AWS::Serverless-2016-10-31
Globals:
  Function: {Runtime: python3, Environment: {Variables: {TABLE: !Ref Table}}}
Resources:
  Table: {Type: AWS::DynamoDB::Table, Properties: {}}
  Users:
    Type: AWS::Serverless::Function
    Properties:
      FunctionName: users-function
      Handler: app.handler
      CodeUri: src/
      Events:
        Rest: {Type: Api, Properties: {Path: "/users/{id}", Method: get}}
        Http: {Type: HttpApi, Properties: {Path: "/users", Method: post}}
  Inline:
    Type: AWS::Serverless::Function
    Properties:
      Handler: index.handler
      InlineCode: |
        def handler(event, context):
            return {"statusCode": 203, "body": "inline"}
      Events:
        Rest: {Type: Api, Properties: {Path: /inline, Method: any}}
"#;

fn server(flags: &str) -> Server {
    let run = apigw(&format!("serve template.yaml --port 0 {flags}"));
    Server::of(run.file("template.yaml", TEMPLATE).file("src/app.py", HANDLER))
}

#[test]
fn each_api_of_a_template_has_a_port_and_its_functions() {
    let mut server = server("--region eu-central-1");
    let (status, body) = server.ask("GET", "/Prod/users/7");
    let told =
        r#"{"name": "users-function", "table": "Table", "region": "eu-central-1", "path": "/users/7"}"#;
    assert_eq!((status, body.as_str()), (200, told));
    assert_eq!(server.ask("PUT", "/Prod/inline"), (203, "inline".to_owned()));
    assert_eq!(server.ask("POST", "/Prod/users").0, 403);
    server.next();
    assert_eq!(server.ask("POST", "/users").0, 200);
    assert_eq!(server.ask("GET", "/Prod/users/7").0, 404);
    let said = server.said.clone() + &server.end();
    assert!(
        said.contains("serves a REST API\n  GET /users/{id} → Users\n  ANY /inline → Inline\n"),
        "{said}"
    );
    assert!(said.contains("serves an HTTP API\n  POST /users → Users\n"), "{said}");
}

#[test]
fn apis_share_a_port_where_their_paths_differ() {
    let server = server("--one-port --base-path ServerlessHttpApi=/v2/");
    assert_eq!(server.ask("GET", "/Prod/users/7").0, 200);
    assert_eq!(server.ask("POST", "/v2/users").0, 200);
    assert_eq!(server.ask("POST", "/users").0, 200);
    server.end();
}

#[test]
fn what_changes_is_loaded_anew() {
    let mut server = server("");
    assert_eq!(server.ask("PUT", "/Prod/inline").1, "inline");
    server
        .write("src/app.py", "def handler(event, context):\n    return {'statusCode': 299, 'body': 'new'}\n");
    server.hears("Users is loaded anew");
    assert_eq!(server.ask("GET", "/Prod/users/7"), (299, "new".to_owned()));
    server.write("template.yaml", &TEMPLATE[..TEMPLATE.len() / 2]);
    server.hears("template.yaml is not loaded: ");
    assert_eq!(server.ask("GET", "/Prod/users/7").0, 299, "what was there stays");
    server.write("template.yaml", &TEMPLATE.replace("Path: /inline", "Path: /renamed"));
    server.hears("template.yaml is loaded anew");
    assert_eq!(server.ask("PUT", "/Prod/renamed").1, "inline");
    assert_eq!(server.ask("PUT", "/Prod/inline").0, 403);
    server.end();
}

#[test]
fn the_template_of_the_directory_is_usual_and_its_build_before_it() {
    let usual = apigw("serve --port 0").file("template.yaml", TEMPLATE).file("src/app.py", HANDLER);
    let server = Server::of(usual);
    assert!(server.said.starts_with("template.yaml\n"), "{}", server.said);
    server.end();
    let built = apigw("serve --port 0").file("template.yaml", "nothing: here");
    let built = built.file(".aws-sam/build/template.yaml", TEMPLATE.replace("src/", "Users"));
    let server = Server::of(built.file(".aws-sam/build/Users/app.py", HANDLER));
    assert_eq!(server.ask("GET", "/Prod/users/7").0, 200);
    server.end();
    apigw("serve").exits(2).run().says(&["there is no template.yaml here", "--route"]);
}

#[test]
fn flags_stand_for_functions_and_give_them_variables() {
    let env = r#"{"Users": {"TABLE": "of-the-file"}, "Parameters": {"OTHER": "x"}}"#;
    let run = apigw(
        "serve template.yaml --port 0 --no-watch --env-vars env.json --function Inline=other/app.handler",
    );
    let run = run.file("template.yaml", TEMPLATE).file("src/app.py", HANDLER).file("env.json", env);
    let server = Server::of(run.file("other/app.py", HANDLER));
    assert!(server.ask("GET", "/Prod/users/7").1.contains(r#""table": "of-the-file""#));
    assert!(server.ask("GET", "/Prod/inline").1.contains(r#""name": "Inline", "table": "Table""#));
    server.end();
}

#[test]
fn functions_that_cannot_be_started_are_told_with_their_place() {
    for (from, to, words) in [
        ("Runtime: python3,", "Runtime: java21,", "nothing here runs java21"),
        ("CodeUri: src/", "CodeUri: s3://bucket/key", "its code lies in s3://bucket/key"),
        ("CodeUri: src/", "PackageType: Image", "it is a container image"),
        ("Runtime: python3,", "Runtime: provided.al2023,", "it is not built: there is no src/bootstrap"),
        ("CodeUri: src/", "CodeUri: gone/", "there is no file for `app.handler`"),
    ] {
        let template = TEMPLATE.replace(from, to);
        let run = apigw("serve template.yaml --port 0")
            .file("template.yaml", &template)
            .file("src/app.py", HANDLER);
        run.exits(2).run().says(&[
            "template.yaml:7:3: the function Users cannot be started",
            words,
            "--function Users=",
        ]);
    }
}

const DOCUMENT: &str = r#"
openapi: 3.0.1
info: {title: Users, version: "1"}
paths:
  /users/{id}:
    get: {responses: {"200": {description: found}}}
    delete: {responses: {"204": {description: gone}}}
"#;

#[test]
fn a_document_without_integrations_takes_the_functions_that_are_given() {
    let document = |flags: &str| {
        let run = apigw(&format!("serve openapi.yaml --port 0 {flags}"));
        run.file("openapi.yaml", DOCUMENT).file("app.py", HANDLER)
    };
    let said = document("").exits(2).run();
    said.says(&[
        "openapi.yaml:6:10: Api: GET /users/{id} cannot be served",
        "--function 'DELETE /users/{id}=TARGET'",
    ]);
    let server = Server::of(document("--function '*=app.handler'"));
    assert_eq!((server.ask("GET", "/prod/users/7").0, server.ask("DELETE", "/prod/users/7").0), (200, 200));
    server.end();
    let flags = "--function 'GET /users/{id}=app.handler' --no-route 'DELETE /users/{id}'";
    let server = Server::of(document(flags));
    assert_eq!((server.ask("GET", "/prod/users/7").0, server.ask("DELETE", "/prod/users/7").0), (200, 403));
    server.end();
}

#[test]
fn names_that_nothing_has_are_told() {
    for (flags, words) in [
        ("--no-auth Nobody", "--no-auth Nobody: no template has that"),
        ("--no-route 'GET /a'", "--no-route 'GET /a': no template has that"),
        ("--no-api Other", "--no-api Other: no template has that"),
        ("--function Usres=app.handler", "--function Usres: nothing is called so"),
    ] {
        let run = apigw(&format!("serve template.yaml --port 0 {flags}")).file("template.yaml", TEMPLATE);
        run.file("src/app.py", HANDLER).exits(2).run().says(&[words]);
    }
}

#[test]
fn a_resource_policy_is_no_silent_pass() {
    let api = r#"  ServerlessRestApi:
    Type: AWS::Serverless::Api
    Properties: {StageName: Prod, Auth: {ResourcePolicy: {IpRangeWhitelist: [10.0.0.0/8]}}}
"#;
    let template =
        TEMPLATE.replace("Type: Api, Properties: {", "Type: Api, Properties: {RestApiId: !Ref Rest, ");
    let template = template + &api.replace("ServerlessRestApi", "Rest");
    let served = |flags: &str| {
        let run = apigw(&format!("serve template.yaml --port 0 {flags}"));
        run.file("template.yaml", &template).file("src/app.py", HANDLER)
    };
    served("").exits(2).run().says(&["its resource policy", "--no-auth ResourcePolicy"]);
    let server = Server::of(served("--no-auth ResourcePolicy"));
    assert_eq!(server.ask("GET", "/Prod/users/7").0, 200);
    server.end();
}

#[test]
fn tokens_are_verified_with_the_keys_that_are_given() {
    let table: serde_json::Value = serde_json::from_str(include_str!("../../tables/jwt.json")).unwrap();
    let auth = r#"  Api:
    Type: AWS::Serverless::HttpApi
    Properties:
      Auth:
        DefaultAuthorizer: Tokens
        Authorizers:
          Tokens:
            IdentitySource: $request.header.Authorization
            JwtConfiguration: {issuer: "https://issuer.example/", audience: [users]}
"#;
    let template =
        TEMPLATE.replace("Type: HttpApi, Properties: {", "Type: HttpApi, Properties: {ApiId: !Ref Api, ");
    let template = template + auth;
    let served = |flags: &str| {
        let run = apigw(&format!("serve template.yaml --port 0 --no-api ServerlessRestApi {flags}"));
        let keys = table["jwks"].to_string();
        run.file("template.yaml", &template).file("src/app.py", HANDLER).file("keys.json", keys)
    };
    let said = served("").exits(2).run();
    said.says(&[
        "the authorizer Tokens verifies tokens of https://issuer.example/",
        "--jwks",
        "--no-auth Tokens",
    ]);
    served("--jwks template.yaml").exits(2).run().says(&["--jwks: template.yaml: the key set is not JSON"]);
    let server = Server::of(served("--jwks Tokens=keys.json"));
    assert_eq!(server.ask("POST", "/users"), (401, r#"{"message":"Unauthorized"}"#.to_owned()));
    server.end();
    let server = Server::of(served("--no-auth Tokens"));
    assert_eq!(server.ask("POST", "/users").0, 200);
    server.end();
}
