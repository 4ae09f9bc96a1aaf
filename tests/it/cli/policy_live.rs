//! `apigw policy check --function`: what AWS has of a function, asked of a server that plays AWS.

use super::apigw;
use super::run::{Ran, Run};
use crate::transport::aws::{Table, server};
use serde_json::json;

pub(super) const SECRET: &str = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
pub(super) const TOKEN: &str = "FwoGZXIvYXdzEXAMPLETOKEN";

/// A function with a grant for the wrong verb and one of an API that is gone, and an API with two
/// stages.
const USERS: Table = &[
    (
        "/2015-03-31/functions/users/policy",
        200,
        r#"{"Policy": "{\"Version\":\"2012-10-17\",\"Id\":\"default\",\"Statement\":[{\"Sid\":\"get\",\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"apigateway.amazonaws.com\"},\"Action\":\"lambda:InvokeFunction\",\"Resource\":\"arn:aws:lambda:eu-west-1:123456789012:function:users\",\"Condition\":{\"ArnLike\":{\"AWS:SourceArn\":\"arn:aws:execute-api:eu-west-1:123456789012:a1b2c3d4e5/*/get/users/*\"}}},{\"Sid\":\"old\",\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"apigateway.amazonaws.com\"},\"Action\":\"lambda:InvokeFunction\",\"Resource\":\"arn:aws:lambda:eu-west-1:123456789012:function:users\",\"Condition\":{\"ArnLike\":{\"AWS:SourceArn\":\"arn:aws:execute-api:eu-west-1:123456789012:z1z2z3z4z5/*/GET/users\"}}}]}", "RevisionId": "r"}"#,
    ),
    ("/restapis/a1b2c3d4e5", 200, r#"{"id": "a1b2c3d4e5"}"#),
    (
        "/restapis/a1b2c3d4e5/resources?embed=methods&limit=500",
        200,
        r#"{"item": [{"id": "r", "path": "/users/{id}", "resourceMethods": {"GET": {"httpMethod": "GET", "methodIntegration": {"type": "AWS_PROXY", "uri": "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:123456789012:function:users/invocations"}}}}]}"#,
    ),
    ("/restapis/a1b2c3d4e5/stages", 200, r#"{"item": [{"stageName": "dev"}, {"stageName": "prod"}]}"#),
    ("/restapis/a1b2c3d4e5/authorizers?limit=500", 200, r#"{"item": []}"#),
];

/// The command in an environment with keys, where the server is AWS.
pub(super) fn asking(line: &str, base: &str) -> Run {
    let run = without_keys(line).env("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE").env("AWS_SECRET_ACCESS_KEY", SECRET);
    run.env("AWS_SESSION_TOKEN", TOKEN).env("AWS_ENDPOINT_URL", base).env("AWS_REGION", "eu-west-1")
}

/// The command in an environment without keys, and without a home that may hold some.
pub(super) fn without_keys(line: &str) -> Run {
    let run = apigw(line);
    let home = run.path("").to_str().unwrap().to_owned();
    run.env("HOME", &home).env("USERPROFILE", &home).env("AWS_EC2_METADATA_DISABLED", "true")
}

/// What was said, with nothing secret in it.
pub(super) fn told(ran: &Ran) -> String {
    let told = ran.transcript();
    for secret in [SECRET, TOKEN, "AKIDEXAMPLE"] {
        assert!(!told.contains(secret), "{told}");
    }
    told
}

#[test]
fn a_function_is_checked_with_what_invokes_it() {
    let (base, asked) = server(USERS);
    let ran = asking("policy check --function users", &base).exits(1).run();
    told(&ran);
    ran.snapshot("policy-check-function");
    // The policy, the API in four parts, and the API that is gone in both of API Gateway's own APIs.
    assert_eq!(asked.lock().unwrap().len(), 7);
    let ran = asking("policy check --function users --api-id a1b2c3d4e5 --stage test --format json", &base);
    let ran = ran.exits(1).run().says(&["has no stage test, only dev, prod"]);
    let result = ran.json()["results"][0].clone();
    assert_eq!(result["file"], "lambda:users");
    assert_eq!(result["template"], "deployed");
    let diagnostic = &result["diagnostics"][0];
    assert_eq!(
        (diagnostic["code"].as_str(), diagnostic["pointer"].as_str()),
        (Some("AGW308"), Some("/Statement/0/Condition/ArnLike/AWS:SourceArn"))
    );
}

#[test]
fn refusals_end_the_command() {
    let denied = r#"{"__type":"AccessDeniedException","Message":"User: me is not authorized"}"#;
    let table: Table = Box::leak(Box::new([("/2015-03-31/functions/users/policy", 403, denied)]));
    let (base, _) = server(table);
    let ran = asking("policy check --function users", &base).exits(2).run();
    told(&ran);
    ran.says(&["error: the credentials may not do lambda:GetPolicy on function users", "help: let the user"]);
    let (base, _) = server(&[]);
    let ran = asking("policy check --function users:live", &base).exits(2).run();
    ran.says(&["there is no function users:live in eu-west-1"]);
    let ran = asking("policy check --function users", "http://127.0.0.1:9").exits(4).run();
    told(&ran);
    ran.says(&["AWS was not reached", "http://127.0.0.1:9"]);
}

#[test]
fn flags_that_say_nothing_together_are_told() {
    let cases = [
        ("--function 'a b'", "names no function"),
        ("--function users t.yaml", "cannot be used with"),
        ("--function users --account 123456789012", "cannot be used with"),
        ("--stage prod", "--function"),
        ("--profile dev", "--function"),
        (
            "--function arn:aws:lambda:us-east-1:1:function:f --region eu-west-1",
            "the function is in us-east-1",
        ),
    ];
    for (line, words) in cases {
        asking(&format!("policy check {line}"), "http://127.0.0.1:9").exits(2).run().says(&[words]);
    }
}

#[test]
fn what_of_the_access_is_missing_is_told() {
    let ran = without_keys("policy check --function users").env("AWS_REGION", "eu-west-1").exits(2).run();
    ran.says(&["there are no AWS credentials", "AWS_ACCESS_KEY_ID", "  help: "]);
    let (base, _) = server(USERS);
    let keys = asking("policy check --function users", &base).env("AWS_REGION", "");
    keys.exits(2).run().says(&["no AWS region is set", "--region"]);
    asking("policy check --function users --region eu-west-1", &base).env("AWS_REGION", "").exits(1).run();
    let elsewhere = "policy check --function users --endpoint-url http://127.0.0.1:9";
    asking(elsewhere, &base).exits(4).run();
    let ignored =
        asking("policy check --function users", &base).env("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true");
    let ignored = ignored.env("HTTPS_PROXY", "http://127.0.0.1:9").exits(4).run();
    ignored.says(&["https://lambda.eu-west-1.amazonaws.com"]);
}

#[cfg(feature = "aws-chain")]
#[test]
fn profiles_count_as_for_the_aws_cli() {
    let (base, asked) = server(USERS);
    let config = |profile: &str| {
        format!(
            "[profile dev]\nregion = eu-west-1\nendpoint_url = {base}\n{profile}\n[profile empty]\nregion = x\n"
        )
    };
    let keys = format!("aws_access_key_id = AKIDEXAMPLE\naws_secret_access_key = {SECRET}");
    let run = |line: &str, profile: &str| {
        without_keys(&format!("policy check --function users {line}")).file(".aws/config", config(profile))
    };
    run("--profile dev", &keys).exits(1).run();
    run("", &keys).env("AWS_PROFILE", "dev").exits(1).run();
    // A profile that is named counts before the variables of the environment.
    let named =
        run("--profile dev", &keys).env("AWS_ACCESS_KEY_ID", "OTHER").env("AWS_SECRET_ACCESS_KEY", "x");
    named.exits(1).run();
    for (_, fields) in asked.lock().unwrap().iter() {
        let own = fields.iter().find(|(name, _)| name == "authorization").unwrap();
        assert!(own.1.contains("Credential=AKIDEXAMPLE/"), "{own:?}");
    }
    run("--profile empty", &keys).exits(2).run().says(&["the profile empty has no AWS credentials"]);
    run("--profile none", &keys).exits(2).run().says(&["none"]);
    if cfg!(unix) {
        // A command that gives credentials, and gives none that can be read.
        let command = |json: &str| format!("credential_process = echo '{json}'");
        let given = json!({"Version": 1, "AccessKeyId": "AKIDEXAMPLE", "SecretAccessKey": SECRET});
        told(&run("--profile dev", &command(&given.to_string())).exits(1).run());
        for broken in [json!({"Version": 9, "SecretAccessKey": SECRET}).to_string(), format!("{{{SECRET}")] {
            let ran = run("--profile dev", &command(&broken)).exits(2).run();
            told(&ran);
            ran.says(&["the AWS credentials of the profile dev cannot be had"]);
        }
    }
}
