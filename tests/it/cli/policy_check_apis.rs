//! `apigw policy check` on the policies of REST APIs and the results of authorizers.

use super::apigw;

const TEMPLATE: &str = "Transform: AWS::Serverless-2016-10-31
Resources:
  Shop:
    Type: AWS::Serverless::Api
    Properties:
      StageName: prod
      EndpointConfiguration: {Type: REGIONAL}
      Auth:
        ResourcePolicy:
          SourceVpcWhitelist: [vpce-0a1b2c3d]
          CustomStatements:
            - Effect: Allow
              Principal: '*'
              Action: execute-api:Invoke
              Resource: !Sub \"arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:*/prod/GET/users/{id}\"
";

#[test]
fn a_template_is_pointed_at_to_the_byte() {
    apigw("policy check template.yaml")
        .file("template.yaml", TEMPLATE)
        .exits(1)
        .run()
        .snapshot("policy-check-api");
}

/// What GetRestApi prints: JSON in a string, escaped once more (P-132).
#[test]
fn the_policy_of_an_api_is_found_in_what_aws_prints() {
    let api = r#"{
    "id": "a1b2c3d4e5",
    "policy": "{\\\"Version\\\":\\\"2012-10-17\\\",\\\"Statement\\\":[{\\\"Effect\\\":\\\"Allow\\\",\\\"Principal\\\":\\\"*\\\",\\\"Action\\\":\\\"execute-api:Invoke\\\",\\\"Resource\\\":\\\"arn:aws:execute-api:eu-west-1:123456789012:a1b2c3d4e5\\/prod\\/ANY\\/users\\\"}]}",
    "endpointConfiguration": {"types": ["REGIONAL"]}
}"#;
    apigw("policy check api.json").file("api.json", api).exits(1).run().snapshot("policy-check-get-rest-api");
}

#[test]
fn a_result_is_judged_for_every_kind_of_api() {
    let result = r#"{
  "principalId": "user",
  "policyDocument": {
    "Version": "2012-10-17",
    "Statement": [
      {"Effect": "Allow", "Action": "execute-api:Invoke", "Resource": "arn:aws:execute-api:eu-west-1:123456789012:a1b2c3d4e5/prod/GET/users/{id}"}
    ]
  },
  "context": {"roles": ["admin"]}
}"#;
    apigw("policy check result.json").file("result.json", result).run().snapshot("policy-check-authorizer");
}

/// Leaving the word out only narrows the statement.
#[test]
fn for_all_values_is_mended() {
    let policy = r#"{"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "execute-api:Invoke", "Resource": "execute-api:/*", "Condition": {"ForAllValues:StringEquals": {"aws:SourceVpce": ["vpce-1"]}}}]}"#;
    let ran = apigw("policy check --fix policy.json").file("policy.json", policy).run();
    let mended = policy.replace("ForAllValues:", "");
    assert_eq!(ran.written("policy.json"), mended.as_bytes());
    // Beside a key of several values the word stays.
    let both = policy.replace("[\"vpce-1\"]}", "[\"vpce-1\"], \"aws:TagKeys\": [\"a\"]}");
    let ran = apigw("policy check --fix policy.json").file("policy.json", &both).run();
    assert_eq!(ran.written("policy.json"), both.as_bytes());
}

/// P-157: what the caller wrote in the URL is a wildcard in the policy.
#[test]
fn an_echoed_star_is_told() {
    let call = "arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/GET/users/";
    let result = |resource: &str| {
        format!(
            r#"{{"principalId": "u", "policyDocument": {{"Statement": [{{"Effect": "Allow", "Action": "execute-api:Invoke", "Resource": "{resource}"}}]}}}}"#
        )
    };
    let codes = |path: &str, resource: &str| -> Vec<String> {
        let line = format!(
            "lint-response --api authorizer-token --ignore AGW410 --method-arn {call}{path} --format json -"
        );
        let report = apigw(&line).stdin(result(resource)).run().json();
        let found = report["results"][0]["diagnostics"].as_array().unwrap();
        found.iter().map(|own| own["code"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(codes("*", &format!("{call}*")), ["AGW415"]);
    assert!(codes("42", &format!("{call}42")).is_empty());
    assert!(codes("*", &call.replace("users/", "*")).is_empty());
}
