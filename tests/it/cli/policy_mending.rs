//! `apigw policy check --fix`: segments of a source ARN, mended where they stand.

use super::apigw;
use serde_json::json;

const TEMPLATE: &str = "Resources:
  Api:
    Type: AWS::ApiGateway::RestApi
    Properties: {Name: shop}
  Users:
    Type: AWS::Lambda::Permission
    Properties:
      FunctionName: !Ref Function
      Action: lambda:InvokeFunction
      Principal: apigateway.amazonaws.com
      SourceArn: !Sub 'arn:aws:execute-api:us-east-1:${AWS::AccountId}:${Api}/*/get/users/'
  Everything:
    Type: AWS::Lambda::Permission
    Properties:
      FunctionName: !Ref Function
      Action: lambda:InvokeFunction
      Principal: apigateway.amazonaws.com
";

/// What `aws lambda get-policy` prints, with one source ARN in a policy that PutResourcePolicy stored.
fn get_policy() -> String {
    let policy = json!({"Version": "2012-10-17", "Id": "default", "Statement": [{
        "Sid": "users", "Effect": "Allow", "Principal": {"Service": "apigateway.amazonaws.com"},
        "Action": "lambda:InvokeFunction",
        "Resource": "arn:aws:lambda:eu-central-1:123456789012:function:users",
        "Condition": {"StringEquals": {
            "AWS:SourceArn": "arn:aws:execute-api:eu-central-1:123456789012:a1b2c3d4e5/*/POST users"}}}]});
    json!({"Policy": policy.to_string(), "RevisionId": "r"}).to_string()
}

#[test]
fn a_template_is_told_segment_by_segment() {
    let line = "policy check template.yaml --region eu-central-1";
    apigw(line).file("template.yaml", TEMPLATE).exits(1).run().snapshot("policy-check-segments");
}

#[test]
fn what_is_mechanical_is_mended_in_the_template() {
    let line = "policy check --diff template.yaml --region eu-central-1";
    apigw(line).file("template.yaml", TEMPLATE).exits(1).run().snapshot("policy-check-diff");
    let line = "policy check --fix template.yaml --region eu-central-1";
    let ran = apigw(line).file("template.yaml", TEMPLATE).exits(1).run();
    let written = String::from_utf8(ran.written("template.yaml")).unwrap();
    let mended = TEMPLATE.replace("us-east-1", "eu-central-1").replace("get/users/", "GET/users");
    assert_eq!(written, mended);
}

#[test]
fn a_policy_inside_a_string_stays_one() {
    let ran = apigw("policy check --fix policy.json").file("policy.json", get_policy()).run();
    let written = String::from_utf8(ran.written("policy.json")).unwrap();
    assert_eq!(written, get_policy().replace("StringEquals", "ArnLike").replace("POST users", "POST/users"));
}

#[test]
fn the_report_points_at_the_segment_inside_the_string() {
    let report = apigw("policy check --format json policy.json").file("policy.json", get_policy());
    let report = report.exits(1).run().json();
    let found = report["results"][0]["diagnostics"].as_array().unwrap().clone();
    let codes: Vec<_> = found.iter().map(|own| own["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["AGW306", "AGW314"]);
    let byte = |end: &str| usize::try_from(found[1]["range"][end]["byte"].as_u64().unwrap()).unwrap();
    assert_eq!(&get_policy()[byte("start") - 4..byte("end") + 5], "POST users");
    assert_eq!(found[1]["pointer"], "/Policy");
}
