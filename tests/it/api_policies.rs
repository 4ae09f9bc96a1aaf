//! Policies of REST APIs: what is found, how severe it is, and the very bytes that it is about. Most
//! cases have a neighbour that is all right.

use apigw::lint::{Document, judge_policy};
use apigw::template::Given;

/// Code, severity and the text that the finding points at, one line each.
fn found(text: &str) -> Vec<String> {
    let judged = judge_policy(&Document::whole("policy.yaml", text.as_bytes()), &Given::default());
    let line = |finding: &apigw::lint::Finding| {
        let slice = &judged.source.text[finding.span.start..finding.span.end];
        format!("{} {} {slice}", finding.rule.code, finding.severity.name())
    };
    judged.findings.iter().map(line).collect()
}

fn check(cases: &[(&str, &[&str])], whole: impl Fn(&str) -> String) {
    for (case, expected) in cases {
        assert_eq!(found(&whole(case)), *expected, "{case}");
    }
}

/// A document with one statement: its resource.
fn of_resource(resource: &str) -> String {
    format!(
        r#"{{"Version": "2012-10-17", "Statement": [{{"Effect": "Allow", "Principal": "*", "Action": "execute-api:Invoke", "Resource": "{resource}"}}]}}"#
    )
}

#[test]
fn resources_that_match_no_call() {
    const ARN: &str = "arn:aws:execute-api:eu-west-1:123456789012:";
    let with_arn = |text: &str| of_resource(&text.replace("ARN:", ARN));
    let cases: [(&str, &[&str]); 25] = [
        ("ARN:a1b2c3d4e5/", &["AGW341 warning a1b2c3d4e5/"]),
        ("ARN:a1b2c3d4e5", &["AGW341 warning a1b2c3d4e5"]),
        ("execute-api:/", &["AGW341 warning /"]),
        ("ARN:a1b2c3d4e5/*", &[]),
        ("ARN:a1b2c3d4e5*", &[]),
        ("ARN:*", &[]),
        ("execute-api:/*", &[]),
        ("execute-api:*", &[]),
        ("*", &[]),
        ("arn:aws:execute-api:*:*:*/*/GET/*", &[]),
        ("ARN:a1b2c3d4e5/prod/GET/users/{id}", &["AGW347 error {id}"]),
        ("execute-api:/*/GET/users/{proxy+}", &["AGW347 error {proxy+}"]),
        // A policy variable is no template.
        ("execute-api:/prod/GET/users/${aws:username}", &[]),
        ("execute-api:/prod/GET/users/*", &[]),
        ("execute-api:/prod/ANY/users", &["AGW347 error ANY"]),
        // The star may stand for `prod/GET`.
        ("execute-api:/*/ANY/users", &["AGW347 warning ANY"]),
        ("execute-api:/prod/get/users", &["AGW347 error get"]),
        ("ARN:a1b2c3d4e5/prod/GET/any", &[]),
        ("ARN:a1b2c3d4e5/prod/GET/get/ANY", &[]),
        ("ARN:a1b2c3d4e5/prod/GET", &[]),
        ("execute-api:/prod", &[]),
        ("execute-api:/prod/G*/users", &[]),
        ("execute-api:/prod/GET//users", &["AGW347 warning /users"]),
        (
            "arn:aws:lambda:eu-west-1:123456789012:function:f",
            &["AGW347 error arn:aws:lambda:eu-west-1:123456789012:function:f"],
        ),
        ("execute-api:/*/GET/$default", &[]),
    ];
    check(&cases, with_arn);
}

/// A template of one API: `PRIVATE` or not, the statements, and the authorization of a method.
fn template(endpoint: &str, statements: &str, authorization: &str) -> String {
    format!(
        "Resources:
  Api:
    Type: AWS::ApiGateway::RestApi
    Properties:
      EndpointConfiguration: {{Types: [{endpoint}]}}
      Policy: {{Version: '2012-10-17', Statement: [{statements}]}}
  Users:
    Type: AWS::ApiGateway::Resource
    Properties: {{RestApiId: !Ref Api, ParentId: !GetAtt Api.RootResourceId, PathPart: users}}
  Get:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref Api
      ResourceId: !Ref Users
      HttpMethod: GET
      AuthorizationType: {authorization}
      Integration: {{Type: MOCK}}
"
    )
}

const ALL: &str = "{Effect: Allow, Principal: '*', Action: execute-api:Invoke, Resource: execute-api:/*}";
const DENY: &str = "{Effect: Deny, Principal: '*', Action: execute-api:Invoke, Resource: execute-api:/*, Condition: {IpAddress: {aws:SourceIp: 203.0.113.7}}}";

#[test]
fn an_api_whose_policy_only_denies_is_closed() {
    let found =
        |authorization: &str, statements: &str| found(&template("REGIONAL", statements, authorization));
    let expected = ["AGW342 error Statement"];
    assert_eq!(found("NONE", DENY), expected);
    for closed in ["AWS_IAM", "CUSTOM"] {
        assert!(found(closed, DENY).is_empty(), "{closed}");
    }
    assert!(found("NONE", &format!("{DENY}, {ALL}")).is_empty());
    // Of a document by itself the methods are not known.
    let document = of_resource("execute-api:/*").replace("Allow", "Deny");
    assert_eq!(self::found(&document), ["AGW342 warning \"Statement\""]);
    assert_eq!(found("!Ref Kind", DENY), ["AGW342 warning Statement"]);
}

#[test]
fn aws_principals_and_their_keys_need_signed_requests() {
    let role = "{Effect: Allow, Principal: {AWS: 'arn:aws:iam::123456789012:role/r'}, Action: execute-api:Invoke, Resource: 'execute-api:/*/GET/users'}";
    let other = role.replace("GET/users", "POST/users");
    let org = |effect: &str, operator: &str| {
        format!(
            "{{Effect: {effect}, Principal: '*', Action: execute-api:Invoke, Resource: execute-api:/*, Condition: {{{operator}: {{aws:PrincipalOrgID: o-a1b2c3d4e5}}}}}}"
        )
    };
    let denied = format!("{ALL}, {}", org("Deny", "StringNotEquals"));
    let cases: [(&str, &str, &[&str]); 12] = [
        ("NONE", role, &["AGW343 error 'arn:aws:iam::123456789012:role/r'"]),
        ("AWS_IAM", role, &[]),
        ("CUSTOM", role, &[]),
        // The statement is about another method.
        ("NONE", &other, &[]),
        ("NONE", &format!("{role}, {ALL}"), &[]),
        ("!Ref Kind", role, &["AGW343 info 'arn:aws:iam::123456789012:role/r'"]),
        ("NONE", &org("Allow", "StringEquals"), &["AGW344 error aws:PrincipalOrgID"]),
        ("AWS_IAM", &org("Allow", "StringEquals"), &[]),
        ("NONE", &denied, &["AGW344 error aws:PrincipalOrgID"]),
        ("AWS_IAM", &denied, &[]),
        ("NONE", &format!("{ALL}, {}", org("Deny", "StringNotEqualsIfExists")), &[]),
        ("NONE", &org("Allow", "StringNotEquals"), &["AGW344 warning aws:PrincipalOrgID"]),
    ];
    for (authorization, statements, expected) in cases {
        let text = template("REGIONAL", statements, authorization);
        assert_eq!(found(&text), expected, "{authorization}: {statements}");
    }
}

#[test]
fn networks_are_seen_by_the_right_kind_of_api() {
    let on = |effect: &str, condition: &str| {
        let all = if effect == "Deny" { format!("{ALL}, ") } else { String::new() };
        format!(
            "{all}{{Effect: {effect}, Principal: '*', Action: execute-api:Invoke, Resource: execute-api:/*, Condition: {{{condition}}}}}"
        )
    };
    let vpce = "StringEquals: {aws:SourceVpce: vpce-1}";
    let not_vpce = "StringNotEquals: {aws:sourcevpce: vpce-1}";
    let both = "StringNotEquals: {aws:SourceVpc: vpc-1}, NotIpAddress: {aws:SourceIp: 203.0.113.0/24}";
    let cases: [(&str, String, &[&str]); 14] = [
        ("REGIONAL", on("Allow", vpce), &["AGW345 error aws:SourceVpce"]),
        ("PRIVATE", on("Allow", vpce), &[]),
        ("!Ref Kind", on("Allow", vpce), &[]),
        ("EDGE", on("Deny", not_vpce), &["AGW345 error aws:sourcevpce"]),
        ("PRIVATE", on("Deny", not_vpce), &[]),
        // Who is in the network or has the address: the denial is decided by the address.
        ("EDGE", on("Deny", both), &["AGW345 warning aws:SourceVpc"]),
        ("EDGE", on("Deny", vpce), &["AGW345 warning aws:SourceVpce"]),
        ("EDGE", on("Allow", not_vpce), &["AGW345 warning aws:sourcevpce"]),
        ("EDGE", on("Deny", "StringEqualsIfExists: {aws:SourceVpce: vpce-1}"), &[]),
        ("PRIVATE", on("Allow", "IpAddress: {aws:SourceIp: 10.0.0.0/8}"), &["AGW345 warning aws:SourceIp"]),
        ("PRIVATE", on("Allow", "IpAddress: {aws:VpcSourceIp: 10.0.0.0/8}"), &[]),
        (
            "REGIONAL",
            on("Allow", "IpAddress: {aws:SourceIp: [203.0.113.0/24, 10.0.0.0/8]}"),
            &["AGW346 warning 10.0.0.0/8"],
        ),
        ("REGIONAL", on("Allow", "IpAddress: {aws:SourceIp: [8.0.0.0/5, 11.0.0.1, 2001:db8::/32]}"), &[]),
        ("REGIONAL", on("Allow", "StringEquals: {aws:Referer: 10.0.0.1}"), &[]),
    ];
    for (endpoint, statements, expected) in cases {
        assert_eq!(found(&template(endpoint, &statements, "NONE")), expected, "{endpoint}: {statements}");
    }
}

#[test]
fn for_all_values_of_a_single_key() {
    let on = |effect: &str, condition: &str| {
        of_resource("execute-api:/*").replace("Allow", effect).replace(
            "}]}",
            &format!(r#", "Condition": {{{condition}}}}}, {{"Effect": "Allow", "Principal": "*", "Action": "execute-api:Invoke", "Resource": "execute-api:/a"}}]}}"#),
        )
    };
    let vpce = r#""ForAllValues:StringEquals": {"aws:SourceVpce": "vpce-1"}"#;
    assert_eq!(found(&on("Allow", vpce)), ["AGW350 warning \"ForAllValues:StringEquals\""]);
    let silent = [
        ("Deny", vpce.to_owned()),
        ("Allow", format!(r#"{vpce}, "Null": {{"aws:SourceVpce": "false"}}"#)),
        ("Allow", vpce.replace("SourceVpce", "TagKeys")),
        ("Allow", vpce.replace("ForAllValues", "ForAnyValue")),
    ];
    for (effect, condition) in silent {
        assert!(found(&on(effect, &condition)).is_empty(), "{effect}: {condition}");
    }
}

#[test]
fn a_policy_is_as_long_as_an_api_takes() {
    let policy = |resources: usize| {
        let resources: Vec<_> = (0..resources).map(|at| format!("execute-api:/prod/GET/{at:020}")).collect();
        of_resource(&resources.join("\", \""))
            .replace("Resource\": ", "Resource\": [")
            .replace("\"}]", "\"]}]")
    };
    assert!(found(&policy(170)).is_empty());
    assert_eq!(found(&policy(180)), ["AGW348 error \"Statement\""]);
    // What an API has, it has.
    let stored = serde_json::json!({"id": "a", "policy": policy(180)}).to_string();
    assert!(found(&stored).is_empty());
}

#[test]
fn policies_stand_in_templates_of_every_kind() {
    let sam = |policy: &str, endpoint: &str| {
        format!(
            "Transform: AWS::Serverless-2016-10-31
Parameters:
  Ranges: {{Type: CommaDelimitedList, Default: '203.0.113.0/24, 10.0.0.0/8'}}
Resources:
  Shop:
    Type: AWS::Serverless::Api
    Properties:
      StageName: prod
      EndpointConfiguration: {endpoint}
      Auth: {{ResourcePolicy: {policy}}}
  Items:
    Type: AWS::Serverless::Function
    Properties:
      Events:
        Get: {{Type: Api, Properties: {{RestApiId: !Ref Shop, Path: '/items/{{id}}', Method: get}}}}
"
        )
    };
    let written = "{CustomStatements: [{Effect: Allow, Principal: '*', Action: execute-api:Invoke, Resource: !Sub 'arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${Shop}/prod/GET/items/{id}'}]}";
    let cases: [(String, &[&str]); 10] = [
        (
            sam("{IpRangeWhitelist: [203.0.113.0/24, 192.168.1.1]}", "REGIONAL"),
            &["AGW346 warning 192.168.1.1"],
        ),
        (sam("{IpRangeWhitelist: [203.0.113.0/24]}", "REGIONAL"), &[]),
        (sam("{IpRangeBlacklist: !Ref Ranges}", "REGIONAL"), &["AGW346 warning Ranges"]),
        (
            sam("{SourceVpcWhitelist: [vpce-1, vpc-2]}", "{Type: EDGE}"),
            &["AGW345 error [vpce-1, vpc-2]", "AGW345 error [vpce-1, vpc-2]"],
        ),
        (sam("{SourceVpcWhitelist: [vpce-1]}", "{Type: PRIVATE}"), &[]),
        (sam("{IntrinsicVpceBlacklist: [!Ref Shop]}", "{Type: PRIVATE}"), &[]),
        (sam("{AwsAccountWhitelist: ['123456789012']}", "REGIONAL"), &["AGW343 error '123456789012'"]),
        (sam("{AwsAccountBlacklist: ['123456789012']}", "REGIONAL"), &["AGW342 error ['123456789012']"]),
        (sam(written, "REGIONAL"), &["AGW347 error {id}"]),
        (
            sam("{CustomStatements: {Action: execute-api:Invoke, Resource: execute-api:/*}}", "REGIONAL"),
            &["AGW331 error {Action: execute-api:Invoke, Resource: execute-api:/*}"],
        ),
    ];
    for (text, expected) in &cases {
        assert_eq!(found(text), *expected, "{text}");
    }
}

#[test]
fn policies_of_openapi_and_terraform_are_read() {
    let openapi = "openapi: 3.0.1
x-amazon-apigateway-policy:
  Version: '2012-10-17'
  Statement:
    - Effect: Allow
      Principal: '*'
      Action: execute-api:Invoke
      Resource:
        - execute-api:/*/GET/a
        - >-
          execute-api:/prod/ANY/b
paths:
  /a: {get: {x-amazon-apigateway-integration: {type: mock}}}
";
    assert_eq!(found(openapi), ["AGW347 error ANY"]);
    let policy = of_resource("execute-api:/prod/GET/{id}");
    let resource = |kind: &str, values: serde_json::Value| serde_json::json!({"mode": "managed", "type": kind, "name": "a", "address": format!("{kind}.a"), "values": values});
    let plan = |resources: &[serde_json::Value]| {
        let module = serde_json::json!({"resources": resources});
        serde_json::json!({"terraform_version": "1.9.0", "values": {"root_module": module}}).to_string()
    };
    let private = serde_json::json!([{"types": ["PRIVATE"]}]);
    let api = |values| resource("aws_api_gateway_rest_api", values);
    let inside = plan(&[api(serde_json::json!({"id": "x", "policy": policy}))]);
    assert_eq!(found(&inside), ["AGW347 error {id}"]);
    let by_address = of_resource("execute-api:/*")
        .replace("}]}", r#", "Condition": {"IpAddress": {"aws:SourceIp": "203.0.113.7"}}}]}"#);
    let beside = resource(
        "aws_api_gateway_rest_api_policy",
        serde_json::json!({"rest_api_id": "x", "policy": by_address}),
    );
    let api = |endpoint: &serde_json::Value| {
        api(serde_json::json!({"id": "x", "endpoint_configuration": endpoint}))
    };
    assert_eq!(found(&plan(&[api(&private), beside.clone()])), ["AGW345 warning \\\"aws:SourceIp\\\""]);
    assert!(found(&plan(&[api(&serde_json::json!([])), beside])).is_empty());
}

/// P-100: the statements of a function's whole policy are grants, and findings stand in its texts.
#[test]
fn whole_policies_of_functions_have_places() {
    let text = "Resources:
  F: {Type: AWS::Lambda::Function, Properties: {}}
  P:
    Type: AWS::Lambda::ResourcePolicy
    Properties:
      ResourceArn: !GetAtt F.Arn
      PolicyDocument:
        Statement:
          - Effect: Allow
            Principal: {Service: apigateway.amazonaws.com}
            Action: lambda:InvokeFunction
            Resource: !GetAtt F.Arn
            Condition:
              ArnLike:
                AWS:SourceArn: !Sub arn:aws:execute-api:${AWS::Region}:${AWS::AccountId}:a1b2c3d4e5/*/get/items
";
    assert_eq!(found(text), ["AGW308 error get"]);
    assert!(found(&text.replace("/get/", "/GET/")).is_empty());
}

/// The result of an authorizer, when neither its call nor the kind of API is known.
#[test]
fn results_of_authorizers_are_judged_without_a_call() {
    let with = |resource: &str, more: &str| {
        format!(
            r#"{{"principalId": "u", "policyDocument": {{"Version": "2012-10-17", "Statement": [{{"Effect": "Allow", "Action": "execute-api:Invoke", "Resource": "{resource}"}}]}}{more}}}"#
        )
    };
    let arn = |call: &str| format!("arn:aws:execute-api:eu-west-1:123456789012:a1b2c3d4e5/{call}");
    let long = format!("{}*", arn(&"x".repeat(500)));
    let cases: [(String, &[&str]); 17] = [
        (with(&arn("prod/*"), ""), &[]),
        (with(&arn("prod/*/*"), ""), &[]),
        (with(&arn("prod/sendMessage"), ""), &[]),
        (with(&arn("prod/GET/users"), ""), &["AGW410 info"]),
        (with(&arn("prod/GET/users/{id}"), ""), &["AGW581 warning"]),
        (with(&arn("prod/GET//"), ""), &["AGW581 warning"]),
        (with(&long, ""), &["AGW411 warning"]),
        (with("*", r#", "context": {"a": "b", "n": 1}"#), &[]),
        // HTTP APIs in payload format 2.0 take it.
        (with("*", r#", "context": {"a": ["b"]}"#), &["AGW405 warning"]),
        (with("*", r#", "context": "b""#), &["AGW405 warning"]),
        (with("*", "").replace(r#""principalId": "u", "#, ""), &["AGW404 warning"]),
        (with("*", "").replace("execute-api:Invoke", "s3:GetObject"), &["AGW582 warning"]),
        (with("*", "").replace("\"Allow\"", "\"allow\""), &["AGW403 warning"]),
        (r#"{"principalId": "u"}"#.to_owned(), &["AGW402 error"]),
        (r#"{"principalId": "u", "policyDocument": "none"}"#.to_owned(), &["AGW403 warning"]),
        (r#"{"isAuthorized": true, "context": {"a": ["b"]}}"#.to_owned(), &[]),
        (r#"{"isAuthorized": "yes"}"#.to_owned(), &["AGW407 warning"]),
    ];
    for (text, expected) in &cases {
        let lines = found(text);
        let short: Vec<_> =
            lines.iter().map(|line| line.splitn(3, ' ').take(2).collect::<Vec<_>>().join(" ")).collect();
        assert_eq!(short, *expected, "{text}: {lines:?}");
    }
}
