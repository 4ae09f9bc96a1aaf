//! `apigw policy explain`: decisions, reasons and places, for every carrier of a policy.

use super::{Run, apigw};
use serde_json::{Value, json};

const API: &str = "arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5";
const FUNCTION: &str = "arn:aws:lambda:us-east-1:123456789012:function:users";

fn grant(source: &str) -> Value {
    json!({"Sid": "get", "Effect": "Allow", "Principal": {"Service": "apigateway.amazonaws.com"},
        "Action": "lambda:InvokeFunction", "Resource": FUNCTION,
        "Condition": {"ArnLike": {"AWS:SourceArn": format!("{API}/{source}")}}})
}

fn get_policy(source: &str) -> String {
    let policy = json!({"Version": "2012-10-17", "Id": "default", "Statement": [grant(source)]});
    format!("{{\n  \"Policy\": {},\n  \"RevisionId\": \"x\"\n}}\n", json!(policy.to_string()))
}

/// A policy of a REST API: open but to one block of addresses.
const OPEN: &str = r#"{"Version": "2012-10-17", "Statement": [
  {"Effect": "Allow", "Principal": "*", "Action": "execute-api:Invoke", "Resource": "execute-api:/prod/*"},
  {"Sid": "block", "Effect": "Deny", "Principal": "*", "Action": "execute-api:Invoke",
   "Resource": ["execute-api:/*"], "Condition": {"IpAddress": {"aws:SourceIp": "192.0.2.0/24"}}}
]}"#;

fn explain(policy: &str, flags: &str) -> Run {
    apigw(&format!("policy explain --policy policy.json {}", flags.replace("API", API)))
        .file("policy.json", policy)
}

fn decision(policy: &str, flags: &str, exit: i32) -> String {
    let ran = explain(policy, &format!("{flags} --format json")).exits(exit).run();
    ran.json()["results"][0]["decision"].as_str().unwrap().to_owned()
}

#[test]
fn a_grant_that_does_not_match_is_marked_in_the_file() {
    explain(&get_policy("*/POST/users/*"), "--source-arn API/prod/GET/users/{id}")
        .exits(1)
        .run()
        .snapshot("policy-explain-grant");
    explain(&get_policy("*/GET/users/*"), "--source-arn API/prod/GET/users/{id}")
        .run()
        .snapshot("policy-explain-allowed");
}

#[test]
fn places_are_those_of_the_file() {
    let policy = get_policy("*/POST/users/*");
    let ran = explain(&policy, "--source-arn API/prod/GET/users/{id} --format json").exits(1).run().json();
    let value = &ran["results"][0]["statements"][0]["elements"][3]["values"][0];
    let byte = |end: &str| usize::try_from(value["range"][end]["byte"].as_u64().unwrap()).unwrap();
    assert_eq!(&policy[byte("start")..byte("end")], format!("\\\"{API}/*/POST/users/*\\\""));
    assert_eq!(value["range"]["start"]["line"], 2);
    assert_eq!(value["mismatch"]["segment"], "method");
}

#[test]
fn every_carrier_is_read() {
    let document = json!({"Version": "2012-10-17", "Statement": grant("*")}).to_string();
    let flags = "--source-arn API/prod/GET/users";
    let carriers = [
        document.clone(),
        json!(document).to_string(),
        json!({"Policy": document, "RevisionId": "x"}).to_string(),
        json!({"Statement": grant("*").to_string()}).to_string(),
    ];
    for carrier in carriers {
        assert_eq!(decision(&carrier, flags, 0), "allowed", "{carrier}");
    }
    let twice = OPEN.replace('\\', "").replace('\n', " ").replace('"', "\\\"").replace('/', "\\/");
    let rest = json!({"id": "a1b2c3d4e5", "name": "users", "policy": twice}).to_string();
    let result = json!({"principalId": "me", "policyDocument": {"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Action": "execute-api:Invoke", "Resource": format!("{API}/*/GET/*")}]}});
    for carrier in [rest, result.to_string()] {
        assert_eq!(decision(&carrier, "--request 'GET /users/42'", 0), "allowed", "{carrier}");
    }
    let two = json!({"items": [{"id": "a", "policy": twice}, {"id": "b"}, {"policy": twice}]}).to_string();
    let ran = explain(&two, "--request 'GET /x' --format json").run().json();
    assert_eq!(ran["summary"]["checked"], 2);
}

#[test]
fn calls_are_judged_with_what_aws_knows_of_them() {
    let cases = [
        ("--request 'GET /users/42'", 0, "allowed"),
        ("--request 'GET /users/42?a=1' --source-ip 192.0.2.10", 1, "explicit-deny"),
        ("--request 'GET /users/42' --stage dev", 1, "implicit-deny"),
        ("--request 'GET /users/42' --source-ip 192.0.2.10 --vpce vpce-1a2b3c4d", 0, "allowed"),
        ("--request 'GET /users/42' --context aws:SourceIp=192.0.2.1", 1, "explicit-deny"),
        ("--request '$connect' --api-id other", 0, "allowed"),
    ];
    for (flags, exit, expected) in cases {
        assert_eq!(decision(OPEN, flags, exit), expected, "{flags}");
    }
    explain(OPEN, "--request 'GET /users/42' --source-ip 192.0.2.10")
        .exits(1)
        .run()
        .snapshot("policy-explain-call");
}

#[test]
fn the_authorization_of_the_method_counts() {
    let cases = [
        ("--stage dev --auth none", 1, "implicit-deny"),
        ("--stage dev --auth lambda", 0, "allowed"),
        ("--stage dev --auth lambda --auth-says nothing", 1, "implicit-deny"),
        ("--auth lambda --auth-says deny", 1, "explicit-deny"),
        ("--stage dev --auth cognito", 1, "implicit-deny"),
        ("--auth cognito --auth-says deny", 1, "implicit-deny"),
        ("--auth cognito", 0, "allowed"),
        ("--stage dev --auth iam --caller 123456789012", 0, "allowed"),
        ("--stage dev --caller 111122223333", 1, "implicit-deny"),
        ("--caller arn:aws:iam::111122223333:user/ada", 0, "allowed"),
        ("--caller arn:aws:iam::111122223333:user/ada --auth-says nothing", 1, "implicit-deny"),
    ];
    for (flags, exit, expected) in cases {
        assert_eq!(decision(OPEN, &format!("--request 'GET /users/42' {flags}"), exit), expected, "{flags}");
    }
    explain(OPEN, "--request 'GET /x' --stage dev --caller 111122223333")
        .exits(1)
        .run()
        .snapshot("policy-explain-cross-account");
}

#[test]
fn the_api_of_the_policy_is_the_one_that_is_called() {
    let arn = "arn:aws-cn:execute-api:cn-north-1:111122223333:zzz/prod/GET/*";
    let policy =
        json!({"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": arn}});
    let ran = explain(&policy.to_string(), "--request 'GET /x' --format json").run().json();
    assert_eq!(ran["results"][0]["request"]["resource"], arn.replace('*', "x"));
    let ran =
        explain(&policy.to_string(), "--request 'GET /x' --api-id other --format json").exits(1).run().json();
    assert_eq!(
        ran["results"][0]["statements"][0]["elements"][1]["values"][0]["mismatch"]["segment"],
        "API id"
    );
}

#[test]
fn what_iam_does_not_know_is_told() {
    let policy = json!({"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*",
        "Condition": {"StringIs": {"aws:x": "y"}}}});
    let ran = explain(&policy.to_string(), "--request 'GET /x'").exits(1).run();
    ran.says(&["note: policy.json:1:", "there is no such operator"]);
}

#[test]
fn what_cannot_be_asked_is_a_usage_error() {
    let function = get_policy("*");
    let result = r#"{"policyDocument": {"Statement": []}}"#;
    let cases = [
        (function.as_str(), "--request 'GET /x'", "--source-arn ARN"),
        (result, "--source-arn API/prod/GET/", "--request"),
        (OPEN, "--source-arn users", "six parts"),
        (OPEN, "--request users", "is not a method and a path"),
        (OPEN, "--request 'GET /x' --caller ada", "--caller"),
        (OPEN, "--request 'GET /x' --caller 123456789012 --auth none", "anonymous"),
        (OPEN, "--request 'GET /x' --auth-says deny", "--auth iam"),
        (OPEN, "--request 'GET /x' --context aws:x", "NAME=VALUE"),
        (OPEN, "", "--source-arn"),
        (OPEN, "--source-arn API/prod/GET/ --request 'GET /x'", "cannot be used with"),
        ("{}", "--request 'GET /x'", "holds no policy that is known here"),
        ("{\n nope", "--request 'GET /x'", "policy.json:2:2: this is not JSON"),
        (
            "{\"Policy\": \"{\\\"a\\\": nope}\"}",
            "--source-arn API/x",
            "policy.json:1:21: this text is no policy",
        ),
    ];
    for (policy, flags, why) in cases {
        explain(policy, flags).exits(2).run().says(&[why]);
    }
    apigw("policy explain --policy - --request 'GET /x'")
        .stdin(vec![0xff])
        .exits(2)
        .run()
        .says(&["<stdin> is not UTF-8"]);
}

/// A template with a route of each kind that presents an ARN of its own.
const TEMPLATE: &str = "\
Transform: AWS::Serverless-2016-10-31
Resources:
  Users:
    Type: AWS::Serverless::Function
    Properties:
      Handler: index.handler
      Runtime: nodejs22.x
      Events:
        One:
          Type: Api
          Properties: {Path: '/users/{id}', Method: get, RestApiId: !Ref Api}
        Any:
          Type: HttpApi
  Api:
    Type: AWS::Serverless::Api
    Properties:
      StageName: prod
      Auth:
        DefaultAuthorizer: Tokens
        Authorizers:
          Tokens: {FunctionArn: !GetAtt Users.Arn}
";

#[test]
fn the_route_of_a_template_is_asked_about() {
    let asked = |policy: &str, flags: &str| {
        apigw(&format!("policy explain --policy policy.json --template template.yaml {flags} --format json"))
            .file("policy.json", policy)
            .file("template.yaml", TEMPLATE)
    };
    // Region, account and id are those of the policy's own ARNs.
    let cases = [
        ("*/GET/users/*", "--route 'GET /users/{id}'", "a1b2c3d4e5/prod/GET/users/{id}", 0),
        ("*/POST/users/*", "--route 'get /users/{id}'", "a1b2c3d4e5/prod/GET/users/{id}", 1),
        ("dev/GET/*", "--route 'GET /users/{id}' --stage dev", "a1b2c3d4e5/dev/GET/users/{id}", 0),
        (
            "prod/*",
            "--route 'GET /users/{id}' --stage test-invoke-stage",
            "a1b2c3d4e5/test-invoke-stage/GET/users/{id}",
            1,
        ),
        ("*/$default", "--route $default", "a1b2c3d4e5/$default/$default", 0),
        ("*", "--route 'GET /users/{id}' --api-id b2c3d4e5f6", "b2c3d4e5f6/prod/GET/users/{id}", 1),
    ];
    for (grant, flags, presented, exit) in cases {
        let row = asked(&get_policy(grant), flags).exits(exit).run().json()["results"][0].clone();
        let arn = row["request"]["context"]["aws:SourceArn"][0].as_str().unwrap().to_owned();
        assert!(arn.ends_with(&format!(":{presented}")), "{flags}: {arn}");
    }
    let mistakes = [
        ("--route 'GET /user/{id}'", "did you mean 'GET /users/{id}'?"),
        ("--route 'authorizer Tokens'", "the source ARN of authorizer Tokens is not known"),
    ];
    for (flags, told) in mistakes {
        let ran = asked(&get_policy("*"), flags).exits(2).run();
        assert!(ran.stderr().contains(told), "{}", ran.transcript());
    }
    let ran = asked(&json!({"id": "a1b2c3d4e5", "policy": OPEN}).to_string(), "--route 'GET /users/{id}'");
    let ran = ran.exits(2).run();
    assert!(ran.stderr().contains("--route is for the policy of a function"), "{}", ran.transcript());
}
