//! Answers of AWS's APIs, in the form that its documentation has.

use super::*;
use crate::template::Grant;
use serde_json::json;

const FUNCTION: &str = "arn:aws:lambda:eu-west-1:123456789012:function:users";

fn invocations(function: &str) -> String {
    format!("arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/{function}/invocations")
}

fn statement(sid: &str, source_arn: &str) -> Value {
    json!({
        "Sid": sid,
        "Effect": "Allow",
        "Principal": {"Service": "apigateway.amazonaws.com"},
        "Action": "lambda:InvokeFunction",
        "Resource": FUNCTION,
        "Condition": {"ArnLike": {"AWS:SourceArn": source_arn}}
    })
}

fn policy(statements: &[Value]) -> String {
    json!({"Version": "2012-10-17", "Id": "default", "Statement": statements}).to_string()
}

fn rest(stages: Value) -> ApiAnswers {
    let method = |function: &str, role: Option<&str>| {
        json!({
            "httpMethod": "GET",
            "authorizationType": "CUSTOM",
            "authorizerId": "auth01",
            "methodIntegration": {"type": "AWS_PROXY", "uri": invocations(function), "credentials": role}
        })
    };
    let role = Some("arn:aws:iam::123456789012:role/r");
    let other = "arn:aws:lambda:eu-west-1:123456789012:function:orders";
    let mock = json!({"httpMethod": "OPTIONS", "methodIntegration": {"type": "MOCK"}});
    ApiAnswers {
        version: ApiVersion::Rest,
        api: json!({"id": "a1b2c3d4e5", "name": "api", "rootResourceId": "root"}),
        routes: vec![
            json!({"id": "root", "path": "/", "resourceMethods": {"ANY": method(FUNCTION, None)}}),
            json!({
                "id": "r1", "parentId": "root", "pathPart": "{id}", "path": "/users/{id}",
                "resourceMethods": {"GET": method(FUNCTION, None), "PUT": method(FUNCTION, role), "OPTIONS": mock}
            }),
            json!({"id": "r2", "path": "/orders", "resourceMethods": {"GET": method(other, None)}}),
            json!({"id": "r3", "path": "/live", "resourceMethods": {"GET": method(&format!("{FUNCTION}:live"), None)}}),
            json!({"id": "r4", "path": "/bare"}),
        ],
        integrations: Vec::new(),
        stages: serde_json::from_value(stages).unwrap(),
        authorizers: vec![
            json!({"id": "auth01", "name": "mine", "type": "TOKEN", "authorizerUri": invocations(FUNCTION)}),
            json!({"id": "auth02", "name": "pool", "type": "COGNITO_USER_POOLS", "providerARNs": ["arn"]}),
        ],
        left_out: Vec::new(),
    }
}

fn v2(protocol: &str, key: &str, uri: &str, stages: Value) -> ApiAnswers {
    ApiAnswers {
        version: ApiVersion::V2,
        api: json!({"apiId": "h1h2h3h4h5", "protocolType": protocol}),
        routes: vec![
            json!({"routeKey": key, "routeId": "r1", "target": "integrations/i1"}),
            json!({"routeKey": "GET /away", "routeId": "r2", "target": "integrations/i2"}),
            json!({"routeKey": "GET /open", "routeId": "r3"}),
        ],
        integrations: vec![
            json!({"integrationId": "i1", "integrationType": "AWS_PROXY", "integrationUri": uri}),
            json!({
                "integrationId": "i2", "integrationType": "HTTP_PROXY",
                "integrationUri": "https://${stageVariables.host}/"
            }),
        ],
        stages: serde_json::from_value(stages).unwrap(),
        authorizers: vec![json!({
            "authorizerId": "abc123", "name": "check", "authorizerType": "REQUEST",
            "authorizerUri": invocations(FUNCTION)
        })],
        left_out: Vec::new(),
    }
}

/// What the function is asked for, and what was left out.
fn read(function: &str, answers: &ApiAnswers, stage: Option<&str>) -> (Vec<String>, Vec<String>) {
    let mut deployed = Deployed::new(function, &text_of(None)).unwrap();
    let id = if answers.version == ApiVersion::Rest { "a1b2c3d4e5" } else { "h1h2h3h4h5" };
    deployed.add_api(&deployed.own_api(id), answers, stage);
    let model = deployed.into_model();
    let prefix = "arn:aws:execute-api:eu-west-1:123456789012:";
    let row = |arn: Option<String>| {
        arn.map_or("-".to_owned(), |arn| arn.strip_prefix(prefix).map_or(arn.clone(), str::to_owned))
    };
    let rows = model.apis.iter().flat_map(|api| api.presented()).map(|shown| row(shown.source_arn));
    (rows.collect(), model.left_out.iter().map(|left_out| left_out.message.clone()).collect())
}

#[test]
fn a_rest_api_presents_the_arns_of_what_is_configured() {
    let both = json!([{"stageName": "dev", "deploymentId": "d"}, {"stageName": "prod"}]);
    let (rows, left_out) = read(FUNCTION, &rest(both.clone()), None);
    let expected = [
        "a1b2c3d4e5/dev/ANY/",
        "a1b2c3d4e5/dev/GET/users/{id}",
        "-",
        "a1b2c3d4e5/prod/ANY/",
        "a1b2c3d4e5/prod/GET/users/{id}",
        "-",
        "a1b2c3d4e5/authorizers/auth01",
    ];
    assert_eq!(rows, expected);
    let other =
        "the API a1b2c3d4e5: a route or authorizer of it invokes users:live, which has a policy of its own";
    assert_eq!(left_out, [other]);
    // P-031
    let (rows, _) = read(&format!("{FUNCTION}:live"), &rest(both.clone()), Some("prod"));
    assert_eq!(rows, ["a1b2c3d4e5/prod/GET/live"]);
    let (rows, left_out) = read(FUNCTION, &rest(both), Some("test"));
    assert_eq!(rows, <[&str; 0]>::default());
    assert_eq!(left_out, ["the API a1b2c3d4e5 has no stage test, only dev, prod"]);
    let (rows, left_out) = read(FUNCTION, &rest(json!([])), None);
    assert_eq!((rows.len(), left_out.len()), (0, 1));
    assert!(left_out[0].contains("has no stage: nobody"), "{left_out:?}");
}

#[test]
fn routes_of_the_second_version_find_their_integration() {
    let stages = json!([{"stageName": "$default", "stageVariables": {"host": "example.com"}}]);
    let cases = [
        ("HTTP", "GET /users/{id}", "h1h2h3h4h5/$default/GET/users/{id}"),
        ("HTTP", "ANY /users", "h1h2h3h4h5/$default/ANY/users"),
        ("HTTP", "$default", "h1h2h3h4h5/$default/$default"),
        ("WEBSOCKET", "$connect", "h1h2h3h4h5/$default/$connect"),
        ("WEBSOCKET", "sendMessage", "h1h2h3h4h5/$default/sendMessage"),
    ];
    for (protocol, key, arn) in cases {
        for uri in [FUNCTION.to_owned(), invocations(FUNCTION)] {
            let (rows, left_out) = read(FUNCTION, &v2(protocol, key, &uri, stages.clone()), None);
            assert_eq!(rows, [arn, "h1h2h3h4h5/authorizers/abc123"], "{key}");
            assert_eq!(left_out, <[&str; 0]>::default(), "{key}");
        }
    }
}

/// P-030
#[test]
fn stage_variables_name_the_function_of_each_stage() {
    let stages = json!([
        {"stageName": "blue", "stageVariables": {"fn": "users"}},
        {"stageName": "green", "stageVariables": {"fn": "orders"}},
        {"stageName": "new", "stageVariables": {}}
    ]);
    let uri = invocations("arn:aws:lambda:eu-west-1:123456789012:function:${stageVariables.fn}");
    let (rows, left_out) = read(FUNCTION, &v2("HTTP", "GET /x", &uri, stages.clone()), None);
    assert_eq!(rows, ["h1h2h3h4h5/blue/GET/x", "h1h2h3h4h5/authorizers/abc123"]);
    assert_eq!(left_out, ["GET /x of the API h1h2h3h4h5: the stage new has no variable fn"]);
    let uri = invocations(&format!("{FUNCTION}:${{stageVariables.fn}}"));
    let (rows, left_out) = read(&format!("{FUNCTION}:orders"), &v2("HTTP", "GET /x", &uri, stages), None);
    assert_eq!(rows, ["h1h2h3h4h5/green/GET/x"]);
    assert_eq!(left_out.len(), 3, "{left_out:?}");
}

#[test]
fn statements_as_lambda_writes_them_are_grants_with_their_places() {
    let source_arn = "arn:aws:execute-api:eu-west-1:123456789012:a1b2c3d4e5/*/GET/users/*";
    let mut second = statement("b", "arn:aws:s3:::bucket");
    second["Principal"] = json!("*");
    second["Condition"]["StringEquals"] = json!({
        "AWS:SourceAccount": "123456789012", "aws:PrincipalOrgID": "o-1",
        "lambda:FunctionUrlAuthType": "NONE", "lambda:EventSourceToken": "t"
    });
    let mut third = statement("c", source_arn);
    third["Principal"] = json!({"AWS": "arn:aws:iam::123456789012:root"});
    third["Condition"] = json!({"Bool": {"lambda:InvokedViaFunctionUrl": "true"}});
    let text = policy(&[statement("a", source_arn), second, third]);
    let source = text_of(Some(&text));
    let deployed = Deployed::new(FUNCTION, &source).unwrap();
    assert_eq!(deployed.name(), "lambda:users");
    let model = deployed.into_model();
    let [a, b, c] = model.grants.as_slice() else { panic!("{:?}", model.grants) };
    assert_eq!(model.granted(a).function, "users");
    let found = a.source_arn.as_ref().unwrap();
    assert_eq!(found.text(), source_arn);
    let method = source_arn.find("GET").unwrap();
    let span = found.span_of(method..method + 3);
    assert_eq!(&source[span.start..span.end], "GET");
    assert_eq!(&source[a.origin.span.start..a.origin.span.end], "\"a\"");
    assert!(a.is_for_api_gateway() && !b.is_for_api_gateway());
    let text = |text: &Option<Resolved>| text.as_ref().map(|own| own.text().to_owned()).unwrap_or_default();
    let others = |grant: &Grant| {
        [
            &grant.source_account,
            &grant.principal_org_id,
            &grant.function_url_auth_type,
            &grant.event_source_token,
        ]
        .map(text)
    };
    assert_eq!(others(b), ["123456789012", "o-1", "NONE", "t"]);
    assert!(c.via_function_url && c.source_arn.is_none());
    assert!(model.policies.is_empty());
}

/// P-100
#[test]
fn more_than_addpermission_can_write_is_one_whole_policy() {
    let arn = "arn:aws:execute-api:eu-west-1:123456789012:a1b2c3d4e5/*";
    let simple = statement("a", arn);
    let changed = |path: &str, value: Value| {
        let mut statement = statement("b", arn);
        *statement.pointer_mut(path).unwrap() = value;
        statement
    };
    let mut not_action = simple.clone();
    not_action["NotAction"] = json!("x");
    for other in [
        changed("/Effect", json!("Deny")),
        changed("/Principal", json!({"Service": ["a", "b"]})),
        changed("/Condition", json!({"StringLike": {"AWS:SourceArn": arn}})),
        changed("/Condition", json!({"ArnLike": {"AWS:SourceArn": [arn, arn]}})),
        not_action,
    ] {
        let text = policy(&[simple.clone(), other]);
        let model = Deployed::new(FUNCTION, &text).unwrap().into_model();
        let is_whole = |grant: &Grant| grant.origin.logical_id == model.policies[0].origin.logical_id;
        assert!(model.grants.iter().all(is_whole));
        assert_eq!(model.policies[0].document, serde_json::from_str::<Value>(&text).unwrap());
    }
}

#[test]
fn apis_are_found_in_source_arns() {
    let arns = [
        "arn:aws:execute-api:eu-west-1:123456789012:a1b2c3d4e5/*/GET/",
        "arn:aws:execute-api:eu-west-1:123456789012:a1b2c3d4e5/prod/POST/",
        "arn:aws:execute-api:us-east-1:111111111111:b1b2c3d4e5/*",
        "arn:aws:execute-api:eu-west-1:*:c1c2c3d4e5/*",
        "arn:aws:execute-api:eu-west-1:123456789012:*/*/GET/",
        "arn:aws:s3:::bucket",
    ];
    let statements: Vec<_> = arns.iter().map(|arn| statement("s", arn)).collect();
    let deployed = Deployed::new(FUNCTION, &policy(&statements)).unwrap();
    let found = deployed.named_apis();
    let found: Vec<_> =
        found.iter().map(|api| (api.id.as_str(), api.account.as_str(), api.region.as_str())).collect();
    let expected = [
        ("a1b2c3d4e5", "123456789012", "eu-west-1"),
        ("b1b2c3d4e5", "111111111111", "us-east-1"),
        ("c1c2c3d4e5", "123456789012", "eu-west-1"),
    ];
    assert_eq!(found, expected);
    // P-023: the region is the function's.
    let mut deployed = deployed;
    deployed.add_api(&deployed.named_apis()[1], &rest(json!([{"stageName": "p"}])), None);
    let model = deployed.into_model();
    assert_eq!(model.apis[0].arn.text(), "arn:aws:execute-api:eu-west-1:111111111111:b1b2c3d4e5");
}

#[test]
fn what_is_no_function_and_what_is_no_policy_is_told() {
    for arn in ["users", "arn:aws:s3:::users", "arn:aws:lambda:eu-west-1:1:layer:users"] {
        assert!(Deployed::new(arn, &text_of(None)).unwrap_err().message.contains("no ARN of a function"));
    }
    let live = format!("{FUNCTION}:live");
    assert!(Deployed::new(&live, &text_of(Some("{nope"))).is_err());
    assert_eq!(Deployed::new(&live, "{}").unwrap().name(), "lambda:users:live");
    let empty = Deployed::new(FUNCTION, &text_of(None)).unwrap();
    assert!(text_of(None).contains("\"Statement\": []"));
    assert!(empty.named_apis().is_empty() && empty.into_model().grants.is_empty());
}
