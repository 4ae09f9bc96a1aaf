//! Lambda authorizers on the command line: their events, and what the gateway does.

use super::{Ran, Run, apigw};
use serde_json::{Value, json};

const ARN: &str = "arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/GET/users";

fn policy(effect: &str, resource: &str) -> String {
    let statement = json!({"Effect": effect, "Action": "execute-api:Invoke", "Resource": resource});
    json!({"principalId": "user", "policyDocument": {"Version": "2012-10-17", "Statement": [statement]}})
        .to_string()
}

fn judged(line: &str, result: &str) -> Run {
    apigw(&format!("lint-response {line} out.json")).file("out.json", result)
}

/// What stands on either stream.
fn shows(ran: &Ran, parts: &[&str]) {
    let text = ran.stdout() + &ran.stderr();
    for part in parts {
        assert!(text.contains(part), "no `{part}` in:\n{text}");
    }
}

#[test]
fn an_authorizer_is_told_of_the_call() {
    let event = |line: &str| apigw(&format!("event gen {line}")).run().json();
    let token = event("authorizer-token --path /users -H 'Authorization: Bearer abc'");
    assert_eq!(token, json!({"type": "TOKEN", "methodArn": ARN, "authorizationToken": "Bearer abc"}));
    assert_eq!(event("authorizer-token")["authorizationToken"], "Bearer token");
    let request = event("authorizer-request -X POST --path '/a?b=1' -d x");
    assert_eq!(request["headers"]["Content-Length"], "1");
    let http = event("authorizer-http --identity-source $request.querystring.t --path /?t=1");
    assert_eq!(http["identitySource"], json!(["1"]));
    assert_eq!(event("authorizer-http-v1")["version"], "1.0");
    assert_eq!(event("authorizer-websocket")["requestContext"]["routeKey"], "$connect");
}

#[test]
fn without_an_identity_nobody_is_asked() {
    let missing = apigw("event gen authorizer-token -H 'X: y'").exits(1).run();
    missing.says(&["no header Authorization", r#"401 {"message":"Unauthorized"}"#]);
    let mistakes = [
        (
            "authorizer-token --identity-source $request.querystring.x",
            "no identity source of authorizer-token",
        ),
        ("authorizer-http --identity-source Authorization", "no identity source of authorizer-http"),
        ("authorizer-http --claim a=b", "--claim means nothing for authorizer-http"),
        ("authorizer-token -d x", "--data means nothing for authorizer-token"),
        ("rest-get --identity-source $request.header.X", "--identity-source means nothing for rest-get"),
    ];
    for (line, words) in mistakes {
        apigw(&format!("event gen {line}")).exits(2).run().says(&[words]);
    }
}

#[test]
fn policies_are_judged_for_a_call() {
    let allowed = judged("--api authorizer-token", &policy("Allow", "*")).run();
    shows(
        &allowed,
        &["out.json: allow: the request passes", "note: judged for the call arn:aws:execute-api:"],
    );
    let denied = judged("--api authorizer-token", &policy("Allow", ARN)).run();
    shows(&denied, &["out.json: deny: the caller gets 403", "warning[AGW409]"]);
    let narrow =
        judged(&format!("--api authorizer-token --method-arn {ARN} --format json"), &policy("Allow", ARN));
    let narrow = narrow.run().json()["results"][0].clone();
    assert_eq!((&narrow["decision"], &narrow["response"]), (&json!("allow"), &Value::Null));
    assert_eq!((&narrow["flavor"], &narrow["method_arn"]), (&json!("authorizer-token"), &json!(ARN)));
    assert_eq!(narrow["diagnostics"][0]["name"], "policy-narrow");
    let unusable = judged("--api authorizer-request", r#"{"statusCode": 401}"#).exits(1).run();
    shows(&unusable, &[r#"error: the caller gets 500 {"message":null}"#, "error[AGW402]"]);
    let simple = judged("--api authorizer-http --simple-responses", r#"{"isAuthorized": false}"#).run();
    shows(&simple, &[r#"deny: the caller gets 403 {"message":"Forbidden"}"#, "no warnings"]);
    let no_call = judged("--api authorizer-token --method-arn arn:aws:s3:::b", &policy("Allow", "*"));
    no_call.exits(2).run().says(&["is no call of a REST API"]);
}

#[test]
fn a_function_decides() {
    let invoke = |set: &str, line: &str| {
        apigw(&format!("invoke --bin [UNRULY] --event authorizer-token --set '/principalId=u' {set} {line}"))
    };
    let says = |effect: &str| {
        let statement = format!(r#"{{"Effect": "{effect}", "Action": "*", "Resource": "*"}}"#);
        format!("--set '/policyDocument={{\"Statement\": [{statement}]}}'")
    };
    // The function returns its event, with the policy that is set in it.
    shows(&invoke(&says("Allow"), "").run(), &["allow: the request passes", "lets the request pass"]);
    shows(&invoke(&says("Deny"), "").run(), &["deny: the caller gets 403"]);
    let json = invoke(&says("Deny"), "--format json").run().json();
    assert_eq!(json["results"][0]["decision"], "deny");
    shows(&invoke("", "").exits(1).run(), &[r#"error: the caller gets 500 {"message":null}"#]);
    shows(&invoke("", "--env _HANDLER=unauthorized").run(), &["unauthorized: the caller gets 401"]);
    shows(&invoke("", "--env _HANDLER=error").exits(3).run(), &["error: the caller gets 500"]);
}

#[test]
fn an_event_of_a_file_names_its_call() {
    let mut event = json!({"type": "TOKEN", "methodArn": ARN, "authorizationToken": "x"});
    let policy: Value = serde_json::from_str(&policy("Allow", &format!("{ARN}*"))).unwrap();
    event["principalId"] = policy["principalId"].clone();
    event["policyDocument"] = policy["policyDocument"].clone();
    let run = |event: &Value| {
        apigw("invoke --bin [UNRULY] --event event.json").file("event.json", event.to_string())
    };
    shows(&run(&event).run(), &["allow: the request passes"]);
    event["methodArn"] = "arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/POST/other".into();
    shows(&run(&event).run(), &["deny: the caller gets 403", "AGW409"]);
    event["methodArn"] = "x".into();
    run(&event).exits(2).run().says(&["is no ARN of a call"]);
}
