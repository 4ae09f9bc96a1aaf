//! `apigw test` of templates: their APIs are served in process, with authorizers, validation and CORS.

use super::{Run, apigw};
use serde_json::Value;

const HANDLER: &str = r#"
import json, os
def handler(event, context):
    path = event.get("path", event.get("rawPath"))
    if path == "/broken":
        raise ValueError("no such luck")
    if path == "/odd":
        return {"statusCode": "many"}
    print("asked for " + path)
    told = {"name": context.function_name, "table": os.environ.get("TABLE"), "path": path}
    return {"statusCode": 200, "body": json.dumps(told)}
def guard(event, context):
    effect = "Allow" if event["authorizationToken"] == "let-me-in" else "Deny"
    statement = {"Action": "execute-api:Invoke", "Effect": effect, "Resource": event["methodArn"]}
    return {"principalId": "p", "policyDocument": {"Version": "2012-10-17", "Statement": [statement]}}
"#;

const TEMPLATE: &str = r#"
Transform: AWS::Serverless-2016-10-31
Parameters: {Table: {Type: String, Default: none}}
Globals:
  Function: {Runtime: python3, CodeUri: ., Handler: app.handler, Environment: {Variables: {TABLE: !Ref Table}}}
Resources:
  Guarded:
    Type: AWS::Serverless::Api
    Properties:
      StageName: prod
      Auth:
        DefaultAuthorizer: Token
        Authorizers: {Token: {FunctionArn: !GetAtt Guard.Arn}}
  Open:
    Type: AWS::Serverless::HttpApi
    Properties:
      CorsConfiguration: {AllowOrigins: ['https://a.example'], AllowMethods: [GET], AllowHeaders: ['*']}
  Guard: {Type: AWS::Serverless::Function, Properties: {Handler: app.guard}}
  Users:
    Type: AWS::Serverless::Function
    Properties:
      Events:
        Rest: {Type: Api, Properties: {Path: "/users/{id}", Method: get, RestApiId: !Ref Guarded}}
        Http: {Type: HttpApi, Properties: {Path: "/{proxy+}", Method: get, ApiId: !Ref Open}}
"#;

fn suite(rest: &str) -> Run {
    with("", rest)
}

fn with(flags: &str, rest: &str) -> Run {
    apigw(&format!("test tests --format json {flags}"))
        .file("template.yaml", TEMPLATE)
        .file("app.py", HANDLER)
        .file("tests/a.apigw.yaml", rest)
}

fn verdicts(report: &Value) -> Vec<(&str, &str)> {
    let rows = report["results"].as_array().unwrap();
    rows.iter().map(|row| (row["case"].as_str().unwrap(), row["verdict"].as_str().unwrap())).collect()
}

#[test]
fn authorizers_cors_and_routes_of_each_api_are_the_gateway_s() {
    let ran = suite(
        "target: {template: ../template.yaml, api: Guarded, parameters: {Table: users}, env: {TABLE: mine}}
cases:
  - {name: nobody, request: GET /users/7, expect: {status: 401, body: {json: {/message: Unauthorized}}}}
  - {name: denied, request: {path: /users/7, headers: {Authorization: no}}, expect: {status: 403}}
  - name: let in
    request: {path: /users/7, headers: {Authorization: let-me-in}}
    expect: {status: 200, body: {json: {/name: Users, /path: /users/7}}, logs: asked for /users/7, notices: none}
  - {name: no route, request: {path: /nowhere, headers: {Authorization: let-me-in}}, expect: {status: 403}}
  - {name: the stage in the path, from: \"curl -H 'Authorization: let-me-in' https://x.example/prod/users/7\", expect: {body: {json: {/path: /users/7}}}}
  - {name: open, api: Open, request: GET /anything, expect: {status: 200, body: {json: {/path: /anything}}}}
  - name: preflight
    api: Open
    request: {method: OPTIONS, path: /anything, headers: {Origin: 'https://a.example', Access-Control-Request-Method: GET}}
    expect: {status: 204, headers: {access-control-allow-origin: 'https://a.example'}}
  - {name: fails, api: Open, request: GET /broken, expect: {status: 500, error: {type: ValueError, message: no such luck}}}
  - {name: refused, api: Open, request: GET /odd, expect: {status: 500}}
",
    )
    .run();
    let report = ran.json();
    let verdicts = verdicts(&report);
    assert_eq!(verdicts.len(), 9);
    assert!(verdicts.iter().all(|(_, verdict)| *verdict == "passed"), "{}", ran.transcript());
    assert_eq!(ran.stderr(), "", "the functions' logs are kept for the report");
}

#[test]
fn what_is_not_said_to_be_expected_is_a_failure() {
    let case = |api: &str, path: &str| {
        format!(
            "target: {{template: ../template.yaml}}\ncases: [{{name: a, api: {api}, request: GET {path}}}]\n"
        )
    };
    suite(&case("Guarded", "/users/7")).exits(1).run().json();
    suite(&case("Open", "/odd")).exits(1).run().json();
    let failed = suite(&case("Open", "/broken")).exits(3).run().json();
    assert!(failed.to_string().contains("no such luck"), "{failed}");
    suite(&case("Open", "/fine")).exits(0).run();
}

#[test]
fn functions_authorizers_and_parameters_are_given_by_keys_of_the_target() {
    let ran = suite(
        "target:
  template: ../template.yaml
  api: Guarded
  no-auth: Token
  functions: {Users: other/mine.handler}
  env-vars: env.json
  timeout: 5s
cases: [{name: a, request: GET /users/7, expect: {status: 200, body: {json: {/table: of the file}}}}]
",
    )
    .file("tests/other/mine.py", HANDLER)
    .file("tests/env.json", r#"{"Users": {"TABLE": "of the file"}}"#)
    .run();
    assert_eq!(verdicts(&ran.json()), [("a", "passed")]);
}

#[test]
fn requests_are_validated_and_secrets_stay_hidden() {
    let validated = r#"
Transform: AWS::Serverless-2016-10-31
Resources:
  Api:
    Type: AWS::Serverless::Api
    Properties: {StageName: prod, Models: {User: {type: object, required: [name]}}}
  Users:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3
      CodeUri: .
      Handler: app.handler
      Events:
        Make:
          Type: Api
          Properties: {Path: /users, Method: post, RestApiId: !Ref Api, RequestModel: {Model: User, Required: true, ValidateBody: true}}
"#;
    let ran = suite(
        "target: {template: ../template.yaml, api-key: geheim-key, bearer: geheim-token}
cases:
  - {name: fits, request: {method: POST, path: /users, body: {name: Ada}}, expect: {status: 200}}
  - {name: does not, request: {method: POST, path: /users, body: {nom: Ada}}, expect: {status: 400, body: {json: {/message: Invalid request body}}}}
  - {name: not expected, request: {method: POST, path: /users, body: {nom: Ada}}}
",
    )
    .file("template.yaml", validated)
    .exits(1)
    .run();
    let report = ran.json();
    assert_eq!(verdicts(&report), [("fits", "passed"), ("does not", "passed"), ("not expected", "failed")]);
    assert!(!ran.transcript().contains("geheim"), "{}", ran.transcript());
}

#[test]
fn hostile_requests_go_through_the_gateway() {
    let case = "cases: [{name: a, api: Open, request: GET /users}]\n";
    let ran = with("--fuzz=40", &format!("target: {{template: ../template.yaml}}\n{case}")).run();
    let report = ran.json();
    let told = verdicts(&report);
    assert_eq!(told.len(), 2, "{}", ran.transcript());
    assert!(told[1].0.contains("hostile request"), "{told:?}");
}

#[test]
fn mistakes_are_told_with_their_place() {
    let target = "target: {template: ../template.yaml}\n";
    for (text, words) in [
        (format!("{target}cases: [{{name: a, request: GET /}}]\n"), "a.apigw.yaml:2:16: the template has several APIs (Guarded, Open)"),
        (format!("{target}cases: [{{name: a, api: Opn, request: GET /}}]\n"), "a.apigw.yaml:2:24: the template has no API Opn"),
        ("target: {template: gone.yaml}\ncases: [{name: a, request: GET /}]\n".to_owned(), "gone.yaml"),
        (
            "target: {template: ../template.yaml, functions: {Gone: ./x}}\ncases: [{name: a, request: GET /}]\n".to_owned(),
            "--function Gone",
        ),
        ("target: {bin: ./x}\ncases: [{name: a, api: b, request: GET /}]\n".to_owned(), "a.apigw.yaml:2:24: a case names an API"),
    ] {
        suite(&text).exits(2).run().says(&[words]);
    }
    suite(&format!("{target}cases: [{{name: a, api: Open, event: http-get}}]\n")).exits(2).run();
}

#[test]
fn tokens_are_verified_with_the_keys_that_the_target_names() {
    const GUARDED: &str = r#"
Transform: AWS::Serverless-2016-10-31
Resources:
  Api:
    Type: AWS::Serverless::HttpApi
    Properties:
      Auth:
        DefaultAuthorizer: Ours
        Authorizers:
          Ours: {IdentitySource: $request.header.Authorization, JwtConfiguration: {issuer: https://issuer.example/, audience: [api]}}
  Users:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3
      CodeUri: .
      Handler: app.handler
      Events: {All: {Type: HttpApi, Properties: {Path: /users, Method: get, ApiId: !Ref Api}}}
"#;
    let table: Value = serde_json::from_str(include_str!("../../tables/jwt.json")).unwrap();
    let expired = table["tokens"]["text audience"].as_str().unwrap();
    let run = |keys: &str| {
        let text = format!(
            "target: {{template: ../template.yaml{keys}}}\ncases:\n  - {{name: a, request: {{path: /users, headers: {{Authorization: Bearer {expired}}}}}, expect: {{status: 401, headers: {{www-authenticate: {{contains: invalid_token}}}}}}}}\n"
        );
        suite(&text).file("template.yaml", GUARDED).file("tests/keys.json", table["jwks"].to_string())
    };
    run(", jwks: keys.json").run();
    run(", jwks: {Ours: keys.json}").run();
    run("").exits(2).run().says(&["the authorizer Ours verifies tokens", "jwks, no-auth"]);
    run(", jwks: gone.json").exits(2).run().says(&["gone.json"]);
    let open =
        "target: {template: ../template.yaml, no-auth: Ours}\ncases: [{name: a, request: GET /users}]\n";
    suite(open).file("template.yaml", GUARDED).run();
}
