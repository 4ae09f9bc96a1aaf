//! Which grants cover which routes: a table by facts.

use super::read_with;
use apigw::template::{Coverage, Covered, Given, MissReason};
use serde_json::{Map, Value, json};

/// A template with one API, one function, one route or authorizer, and one grant.
fn template(case: &Value) -> String {
    let text = |name: &str| case[name].as_str();
    let uri = json!({ "Fn::Sub": format!(
        "arn:aws:apigateway:${{AWS::Region}}:lambda:path/2015-03-31/functions/{}/invocations",
        text("integration").unwrap_or("${F.Arn}")
    ) });
    let role = if case["role"] == true { json!("arn:aws:iam::123456789012:role/r") } else { Value::Null };
    let mut resources =
        json!({ "F": { "Type": "AWS::Lambda::Function" }, "Other": { "Type": "AWS::ApiGateway::RestApi" } });
    let mut add = |id: &str, kind: &str, properties: Value| {
        resources[id] = json!({ "Type": kind, "Properties": properties });
    };
    let stage = json!({ "Fn::Sub": text("stage").unwrap_or("prod") });
    let flavor = text("flavor").unwrap();
    let route = text("route").unwrap_or("GET /");
    if flavor == "rest" {
        let (method, path) = route.split_once(' ').unwrap();
        let method = if method == "ANY" { "x-amazon-apigateway-any-method" } else { method }.to_lowercase();
        let integration = json!({ "x-amazon-apigateway-integration": { "type": "aws_proxy", "uri": uri, "credentials": role } });
        let paths =
            if case["authorizer"] == true { json!({}) } else { json!({ path: { method: integration } }) };
        add("Api", "AWS::ApiGateway::RestApi", json!({ "Body": { "paths": paths } }));
        add("S", "AWS::ApiGateway::Stage", json!({ "RestApiId": { "Ref": "Api" }, "StageName": stage }));
        if case["authorizer"] == true {
            add(
                "Auth",
                "AWS::ApiGateway::Authorizer",
                json!({ "RestApiId": { "Ref": "Api" }, "AuthorizerUri": uri }),
            );
        }
    } else {
        let api = || json!({ "Ref": "Api" });
        add("Api", "AWS::ApiGatewayV2::Api", json!({ "ProtocolType": flavor.to_uppercase() }));
        add("S", "AWS::ApiGatewayV2::Stage", json!({ "ApiId": api(), "StageName": stage }));
        add("I", "AWS::ApiGatewayV2::Integration", json!({ "ApiId": api(), "IntegrationUri": uri }));
        let target = json!({ "Fn::Sub": "integrations/${I}" });
        add("R", "AWS::ApiGatewayV2::Route", json!({ "ApiId": api(), "RouteKey": route, "Target": target }));
    }
    let below = "arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${Api}/";
    let arn = text("arn").map(|arn| below.to_owned() + arn).or_else(|| text("whole").map(str::to_owned));
    let mut grant = Map::new();
    let mut set =
        |name: &str, value: Option<Value>| grant.extend(value.map(|value| (name.to_owned(), value)));
    let sub = |text: &str| json!({ "Fn::Sub": text });
    set("FunctionName", Some(sub(text("function").unwrap_or("${F}"))));
    set("Principal", Some(json!(text("principal").unwrap_or("apigateway.amazonaws.com"))));
    set("Action", Some(json!(text("action").unwrap_or("lambda:InvokeFunction"))));
    set("SourceArn", arn.as_deref().map(sub));
    set("SourceAccount", text("account").map(sub));
    set("InvokedViaFunctionUrl", case.get("url").cloned());
    add("P", "AWS::Lambda::Permission", Value::Object(grant));
    let parameters = json!({ "Stage": { "Type": "String" }, "Everything": { "Type": "String" } });
    json!({ "Parameters": parameters, "Resources": resources }).to_string()
}

/// The nearest miss in a word, and the texts of a source ARN that differ.
fn miss(coverage: &Coverage<'_>) -> (Option<String>, Option<(String, String)>) {
    let Some(miss) = coverage.nearest(0) else { return (None, None) };
    let name = match &miss.reason {
        MissReason::SourceArn(mismatch) => mismatch.field.name(),
        MissReason::SourceAccount => "source account",
        MissReason::Qualifier => "qualifier",
        MissReason::Principal => "principal",
        MissReason::Action => "action",
        MissReason::NotArn => "not an ARN",
        MissReason::NotInForce => "not in force",
    };
    let MissReason::SourceArn(mismatch) = &miss.reason else { return (Some(name.to_owned()), None) };
    let (wanted, asked) = (
        coverage.grants[miss.grant].grant.source_arn.as_ref().unwrap().text(),
        &coverage.rows[0].presented.source_arn,
    );
    let texts = (
        wanted[mismatch.pattern.start..mismatch.pattern.end].to_owned(),
        asked.as_ref().unwrap()[mismatch.value.start..mismatch.value.end].to_owned(),
    );
    (Some(name.to_owned()), Some(texts))
}

#[test]
fn grants_cover_what_the_facts_say() {
    let table = include_str!("../../tables/coverage.jsonl");
    assert!(table.lines().count() >= 50, "the table lost its cases");
    for line in table.lines() {
        let case: Value = serde_json::from_str(line).unwrap();
        let given = |name: &str| case["given"][name].as_str().map(str::to_owned);
        let given = Given { region: given("region"), account: given("account"), ..Given::default() };
        let model = read_with(&template(&case), &given);
        let coverage = model.coverage();
        assert_eq!((model.left_out.len(), coverage.rows.len()), (0, 1), "{line}: {:?}", model.left_out);
        let row = &coverage.rows[0];
        assert_eq!(row.covered.name(), case["covered"], "{line}");
        assert_eq!(row.tests_in_console, case["console"].as_bool(), "{line}");
        let is_covered = [Covered::Yes, Covered::Perhaps].contains(&row.covered);
        let used = if is_covered { vec![0] } else { vec![] };
        assert_eq!((&row.by, &coverage.grants[0].covers), (&used, &used), "{line}");
        let (name, texts) = miss(&coverage);
        if let Some(expected) = case["miss"].as_str() {
            assert_eq!(name.as_deref(), Some(expected), "{line}");
        }
        assert_eq!(name.is_some(), row.covered == Covered::No, "{line}");
        if let Some(pattern) = case["pattern"].as_str() {
            let (own, asked) = texts.unwrap();
            assert_eq!((own.as_str(), asked.as_str()), (pattern, case["value"].as_str().unwrap()), "{line}");
        }
    }
}
