//! `apigw policy check`: which files are read, and what is said about them where.

use super::apigw;
use serde_json::{Value, json};

const ARN: &str = "arn:aws:execute-api:eu-west-1:123456789012:a1b2c3d4e5";

fn policy(source: &str) -> Value {
    json!({"Version": "2012-10-17", "Statement": [{"Sid": "get", "Effect": "Allow",
        "Principal": {"Service": "apigateway.amazonaws.com"}, "Action": "lambda:InvokeFunction",
        "Resource": "arn:aws:lambda:eu-west-1:123456789012:function:users",
        "Condition": {"ArnLike": {"AWS:SourceArn": format!("{ARN}/{source}")}}}]})
}

/// A template with one grant, for that method.
fn template(method: &str) -> String {
    format!(
        "\
Resources:
  Users: {{Type: AWS::Lambda::Function}}
  MayUsers:
    Type: AWS::Lambda::Permission
    Properties:
      Action: lambda:InvokeFunction
      FunctionName: !Ref Users
      Principal: apigateway.amazonaws.com
      SourceArn: !Sub \"arn:${{AWS::Partition}}:execute-api:${{AWS::Region}}:${{AWS::AccountId}}:${{Api}}/*/{method}/users/{{id}}\"
"
    )
}

/// The text of each finding's place, and its code.
fn marked(report: &Value, text: &str) -> Vec<(String, String)> {
    let findings = report["results"][0]["diagnostics"].as_array().unwrap();
    let byte = |end: &Value| usize::try_from(end["byte"].as_u64().unwrap()).unwrap();
    let marked = findings.iter().map(|finding| {
        let range = &finding["range"];
        let own = text[byte(&range["start"])..byte(&range["end"])].to_owned();
        (finding["code"].as_str().unwrap().to_owned(), own)
    });
    marked.collect()
}

#[test]
fn a_template_is_checked_at_the_segment() {
    apigw("policy check template.yaml")
        .file("template.yaml", template("get"))
        .exits(1)
        .run()
        .snapshot("policy-check");
}

#[test]
fn everything_that_holds_a_policy_is_marked_inside_the_arn() {
    let statement = policy("*/get/users")["Statement"][0].to_string();
    let cases = [
        policy("*/get/users").to_string(),
        json!({"Policy": policy("*/get/users").to_string(), "RevisionId": "x"}).to_string(),
        json!({ "Statement": statement }).to_string(),
        template("get"),
        template("get").replace('\n', "\r\n"),
    ];
    for text in cases {
        let ran = apigw("policy check - --select AGW308 --format json").stdin(text.as_str()).exits(1).run();
        assert_eq!(marked(&ran.json(), &text), [("AGW308".to_owned(), "get".to_owned())], "{text}");
    }
}

#[test]
fn what_is_mended_is_right_afterwards() {
    let escaped = json!({"Policy": policy("*/get/users").to_string()}).to_string();
    for (name, text) in [("t.yaml", template("get")), ("p.json", escaped)] {
        let ran = apigw(&format!("policy check --select AGW308 --fix {name}")).file(name, &text).run();
        assert_eq!(ran.written(name), text.replace("/get/", "/GET/").as_bytes());
    }
}

#[test]
fn what_holds_no_policy_is_told() {
    let nothing = |words: &str, exit: i32| {
        let ran = apigw(words).file("a/values.yaml", "replicas: 2\n").file("a/x/t.yml", template("GET"));
        ran.file("a/b/broken.json", "{").exits(exit).run().transcript()
    };
    let told = nothing("policy check a/values.yaml", 2);
    assert!(told.contains("error: there is no policy or template in a/values.yaml"), "{told}");
    let told = nothing("policy check a/values.yaml a/x", 0);
    assert!(told.contains("note: there is no policy or template in a/values.yaml"), "{told}");
    let told = nothing("policy check a", 2);
    assert!(told.contains("error: a/b/broken.json:1:2: "), "{told}");
    let text = r#"{"Policy": "{\"Statement\": nope}"}"#;
    let told = apigw("policy check -").stdin(text).exits(2).run().transcript();
    assert!(told.contains("error: <stdin>:1:"), "{told}");
}

#[test]
fn what_of_a_template_is_not_understood_is_told_and_the_rest_is_checked() {
    let text = template("get")
        + "  Broken:\n    Type: AWS::Lambda::Permission\n    Properties: {Action: !Base64 [x]}\n";
    let ran = apigw("policy check - --format json").stdin(text.as_str()).exits(1).run();
    assert!(ran.stderr().contains("warning: <stdin>:1"), "{}", ran.transcript());
    assert!(!ran.json()["results"][0]["left_out"].as_array().unwrap().is_empty());
}

/// A state of Terraform with an HTTP API, whose one grant is for that route.
fn state(source: &str) -> String {
    let function = "arn:aws:lambda:eu-west-1:123456789012:function:users";
    let resource = |kind: &str, values: Value| json!({"address": format!("{kind}.users"), "mode": "managed", "type": kind, "name": "users", "values": values});
    let resources = [
        resource("aws_lambda_function", json!({"function_name": "users", "arn": function})),
        resource(
            "aws_apigatewayv2_api",
            json!({"id": "a1b2c3d4e5", "protocol_type": "HTTP", "execution_arn": ARN, "target": function}),
        ),
        resource(
            "aws_lambda_permission",
            json!({"action": "lambda:InvokeFunction", "function_name": "users",
                "principal": "apigateway.amazonaws.com", "source_arn": source}),
        ),
    ];
    let state = json!({"terraform_version": "1.9.0", "values": {"root_module": {"resources": resources}}});
    format!("{state:#}\n")
}

#[test]
fn a_route_that_nothing_covers_is_told_with_the_grant_that_gets_furthest() {
    let there = ARN.replace("eu-west-1", "us-east-1");
    let text = state(&format!("{there}/*/$default"));
    let ran = apigw("policy check state.json").file("state.json", &text).exits(1).run();
    ran.snapshot("policy-check-terraform");
    let ran = apigw("policy check - --format json").stdin(text.as_str()).exits(1).run().json();
    let marked = marked(&ran, &text);
    assert!(marked.contains(&("AGW305".to_owned(), "us-east-1".to_owned())), "{marked:?}");
    apigw("policy check -").stdin(state(&format!("{ARN}/*/$default"))).run();
}

#[test]
fn the_grants_of_one_function_come_together_in_its_policy() {
    let template = |events: usize| {
        let event = |at: usize| {
            format!("        E{at}: {{Type: Api, Properties: {{Path: /items{at}, Method: get}}}}\n")
        };
        let head = "Transform: AWS::Serverless-2016-10-31\nResources:\n  Items:\n    Type: AWS::Serverless::Function\n    Properties:\n      Events:\n";
        head.to_owned() + &(0..events).map(event).collect::<String>()
    };
    let found = |events: usize, exit: i32| {
        let ran = apigw("policy check - --format concise --select AGW323").stdin(template(events));
        ran.exits(exit).run().stdout()
    };
    assert_eq!(found(40, 0), "");
    assert!(found(52, 0).contains("warning[AGW323] the grants on Items come to "));
    let refused = found(70, 1);
    assert!(refused.contains("error[AGW323]") && refused.contains("<stdin>:69:9: "), "{refused}");
}

#[test]
fn a_parameter_is_mended_where_braces_stand_already() {
    let template = |name: &str| {
        let function = "  Users: {Type: AWS::Lambda::Function}\n";
        let api = "  Api: {Type: AWS::ApiGatewayV2::Api, Properties: {ProtocolType: HTTP, RouteKey: 'GET /users/{id}', Target: !GetAtt Users.Arn}}\n";
        let grant =
            self::template("GET").replace("Resources:\n", "").replace(function, "").replace("{id}", name);
        format!("Resources:\n{function}{api}{grant}")
    };
    let ran = apigw("policy check --fix t.yaml").file("t.yaml", template("{userId}")).run();
    assert_eq!(String::from_utf8(ran.written("t.yaml")).unwrap(), template("{id}"));
}
