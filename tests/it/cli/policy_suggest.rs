//! `apigw policy suggest`: a template in, the grants that its routes need out.

use super::apigw;
use serde_json::{Value, json};

const SHOP: &str = "Transform: AWS::Serverless-2016-10-31
Resources:
  Shop:
    Type: AWS::Serverless::Api
    Properties:
      StageName: prod
      Auth: {Authorizers: {Members: {FunctionArn: !GetAtt Auth.Arn}}}
  Items:
    Type: AWS::Serverless::Function
    Properties:
      AutoPublishAlias: live
      Events:
        One: {Type: Api, Properties: {RestApiId: !Ref Shop, Path: '/items/{id}', Method: get}}
        Root: {Type: Api, Properties: {RestApiId: !Ref Shop, Path: '/', Method: get}}
        Any: {Type: HttpApi, Properties: {Path: '/{proxy+}', Method: any}}
        Default: {Type: HttpApi}
  Auth:
    Type: AWS::Serverless::Function
    Properties: {FunctionName: auth}
";

const GIVEN: &str =
    "--region eu-west-1 --account 123456789012 --api-id Shop=abc123 --api-id ServerlessHttpApi=def456";

fn suggest(more: &str) -> super::run::Ran {
    apigw(&format!("policy suggest shop.yaml {more}")).file("shop.yaml", SHOP).run()
}

#[test]
fn grants_are_written_for_every_place() {
    suggest(GIVEN).snapshot("policy-suggest");
    suggest("--as cloudformation").snapshot("policy-suggest-cloudformation");
    suggest("--as terraform").snapshot("policy-suggest-terraform");
    assert_eq!(suggest("--as sam").stdout(), suggest("--as cloudformation").stdout());
}

fn arns(suggestion: &Value) -> Vec<&str> {
    suggestion["grants"].as_array().unwrap().iter().map(|own| own["source_arn"].as_str().unwrap()).collect()
}

#[test]
fn a_wider_breadth_needs_fewer_grants() {
    let below = "arn:aws:execute-api:eu-west-1:123456789012:";
    let of = |breadth: &str| {
        let report = suggest(&format!("{GIVEN} --breadth {breadth} --format json")).json();
        let suggestions = report["results"][0]["suggestions"].clone();
        let found =
            |at: usize| arns(&suggestions[at]).iter().map(|arn| arn.replace(below, "")).collect::<Vec<_>>();
        (found(0), found(1))
    };
    let auth = vec!["abc123/authorizers/*".to_owned()];
    let route = [
        "abc123/prod/GET/items/{id}",
        "abc123/prod/GET/",
        "def456/$default/*/{proxy+}",
        "def456/$default/$default",
    ];
    assert_eq!(of("route"), (route.map(str::to_owned).to_vec(), auth.clone()));
    let method = ["abc123/prod/GET/*", "def456/$default/*/{proxy+}", "def456/$default/$default"];
    assert_eq!(of("method"), (method.map(str::to_owned).to_vec(), auth.clone()));
    assert_eq!(of("stage"), (["abc123/prod/*", "def456/$default/*"].map(str::to_owned).to_vec(), auth));
    let api = (["abc123/*", "def456/*"].map(str::to_owned).to_vec(), vec!["abc123/*".to_owned()]);
    assert_eq!(of("api"), api);
}

/// P-046: `*` for any verb, unless another function answers one of them.
#[test]
fn any_verb_lets_in_no_route_of_another_function() {
    let template = "Transform: AWS::Serverless-2016-10-31
Resources:
  F: {Type: 'AWS::Serverless::Function', Properties: {Events: {
    A: {Type: Api, Properties: {Path: /a, Method: any}}, B: {Type: Api, Properties: {Path: /b, Method: any}},
    C: {Type: Api, Properties: {Path: /b, Method: get}}}}}
  G: {Type: 'AWS::Serverless::Function', Properties: {Events: {A: {Type: Api, Properties: {Path: /a, Method: get}}}}}
";
    let line = "policy suggest t.yaml --format json --region eu-west-1 --account 123456789012 --api-id abc";
    let report = apigw(line).file("t.yaml", template).run().json();
    let suggestions = &report["results"][0]["suggestions"];
    let below = "arn:aws:execute-api:eu-west-1:123456789012:abc/Prod";
    assert_eq!(arns(&suggestions[0]), [format!("{below}/ANY/a"), format!("{below}/*/b")]);
    assert_eq!(arns(&suggestions[1]), [format!("{below}/GET/a")]);
    let covers = json!([format!("{below}/ANY/b"), format!("{below}/GET/b")]);
    assert_eq!(suggestions[0]["grants"][1]["covers"], covers);
}

/// P-096: a policy has 20,480 bytes at most.
#[test]
fn too_many_grants_do_not_fit() {
    let mut template =
        "Transform: AWS::Serverless-2016-10-31\nResources:\n  F:\n    Type: AWS::Serverless::Function\n    \
                        Properties:\n      Events:\n"
            .to_owned();
    for at in 0..70 {
        template +=
            &format!("        E{at}: {{Type: Api, Properties: {{Path: /items/number/{at}, Method: get}}}}\n");
    }
    let run = |more: &str, exit: i32| {
        apigw(&format!("policy suggest t.yaml {more}")).file("t.yaml", &template).exits(exit).run()
    };
    let report = run("--format json", 1).json();
    let suggestion = &report["results"][0]["suggestions"][0];
    assert_eq!((&suggestion["fits"], &suggestion["estimated"]), (&json!(false), &json!(true)));
    assert!(run("", 1).stdout().contains("but only 20480 fit: allow more with --breadth"));
    assert!(run("--breadth stage", 0).stdout().starts_with("# F: 1 grant, a policy of about "));
}

#[test]
fn the_length_is_that_of_the_stored_policy() {
    let report = suggest(&format!("{GIVEN} --breadth api --format json")).json();
    let auth = &report["results"][0]["suggestions"][1];
    let stored = json!({"Version": "2012-10-17", "Id": "default", "Statement": [{
        "Sid": "apigw-any", "Effect": "Allow", "Principal": {"Service": "apigateway.amazonaws.com"},
        "Action": "lambda:InvokeFunction", "Resource": "arn:aws:lambda:eu-west-1:123456789012:function:auth",
        "Condition": {"ArnLike": {"AWS:SourceArn": "arn:aws:execute-api:eu-west-1:123456789012:abc123/*"}}}]});
    assert_eq!(
        (&auth["policy_bytes"], &auth["estimated"]),
        (&json!(stored.to_string().len()), &json!(false))
    );
}
