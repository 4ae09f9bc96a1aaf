//! Rules about the results of Lambda authorizers.

use super::{Rule, subject};
use crate::gateway::AuthorizerKind::{Http, HttpV1, Request, Token, Websocket};
use crate::lint::finding::Severity;
use crate::lint::rule::{Example, Fix, in_languages};

/// A policy that lets every call pass.
const ALLOW: &str = r#"{"principalId": "user", "policyDocument": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "execute-api:Invoke", "Resource": "*"}]}}"#;

const GOOD: Example = Example::authorizer(Token, ALLOW);

const POLICY: &[Fix] = &in_languages(
    "return { principalId, policyDocument: { Version: \"2012-10-17\", Statement: [{ Effect: \"Allow\", Action: \"execute-api:Invoke\", Resource: \"*\" }] } }",
    "return {\"principalId\": user, \"policyDocument\": {\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"execute-api:Invoke\", \"Resource\": \"*\"}]}}",
    "return events.APIGatewayCustomAuthorizerResponse{PrincipalID: user, PolicyDocument: events.APIGatewayCustomAuthorizerPolicy{Version: \"2012-10-17\", Statement: []events.IAMPolicyStatement{{Effect: \"Allow\", Action: []string{\"execute-api:Invoke\"}, Resource: []string{\"*\"}}}}}, nil",
    "return IamPolicyResponse.builder().withPrincipalId(user).withPolicyDocument(IamPolicyResponse.PolicyDocument.builder().withVersion(IamPolicyResponse.VERSION_2012_10_17).withStatement(List.of(IamPolicyResponse.allowStatement(\"*\"))).build()).build();",
    "#[serde(rename_all = \"camelCase\")] struct Answer { principal_id: String, policy_document: Policy }",
);

pub(super) static AUTHORIZER_RESULT_NOT_OBJECT: Rule = Rule {
    code: "AGW401",
    name: "authorizer-result-not-object",
    severity: Severity::Error,
    title: "the authorizer returned no object",
    why: "The gateway reads an object with a policy, or a simple response. Null, a bare boolean or a text is a configuration error: the caller gets 500 whatever its token says. Null comes from a return or an await that is missing.",
    message: |notice| format!("the authorizer's result is {}, not an object", notice.found),
    help: "return an object with principalId and policyDocument on every path",
    fixes: POLICY,
    bad: &[
        Example::authorizer(Token, "null"),
        Example::authorizer(Request, "true"),
        Example::authorizer(Http, "\"Allow\""),
    ],
    good: GOOD,
    facts: &["R-237", "R-244", "H-105"],
    ..Rule::PLAIN
};

pub(super) static POLICY_MISSING: Rule = Rule {
    code: "AGW402",
    name: "policy-missing",
    severity: Severity::Error,
    title: "the authorizer's result has no policyDocument",
    why: "Without a policy the result is a configuration error, and the caller gets 500. A response with a statusCode does not deny a request, and a simple response with isAuthorized is read by HTTP APIs in payload format 2.0 only. Keys are in camel case.",
    message: |notice| format!("there is no `policyDocument`: the authorizer's result is {}", notice.found),
    help: "return a policy that denies the call to answer 403; fail with the message Unauthorized to answer 401",
    fixes: POLICY,
    bad: &[
        Example::authorizer(Token, r#"{"principalId": "user", "statusCode": 401, "body": "no"}"#),
        Example::authorizer(Request, r#"{"principalId": "user", "isAuthorized": true}"#),
        Example::authorizer(Http, r#"{"unexpected": "shape"}"#),
        Example::authorizer(HttpV1, r#"{"isAuthorized": true}"#),
        Example::authorizer(Websocket, r#"{"principalId": "user", "PolicyDocument": {}}"#),
    ],
    good: GOOD,
    facts: &["R-237", "R-244", "H-102", "H-103", "H-105"],
    ..Rule::PLAIN
};

pub(super) static POLICY_UNREADABLE: Rule = Rule {
    code: "AGW403",
    name: "policy-unreadable",
    severity: Severity::Error,
    title: "the policy cannot be read",
    why: "A policy is an object with statements, each with an Effect of Allow or Deny, an Action and a Resource, spelled with capitals. What cannot be read is a configuration error: the caller gets 500.",
    message: |notice| format!("the policy cannot be read: `{}` is {}", subject(notice), notice.found),
    help: "return the policy as an object, not as text, with Statement, Effect, Action and Resource",
    fixes: POLICY,
    bad: &[
        Example::authorizer(Token, r#"{"principalId": "user", "policyDocument": null}"#),
        Example::authorizer(Request, r#"{"principalId": "user", "policyDocument": "{}"}"#),
        Example::authorizer(Http, r#"{"principalId": "user", "policyDocument": {"statement": []}}"#),
        Example::authorizer(
            HttpV1,
            r#"{"principalId": "user", "policyDocument": {"Statement": [{"effect": "Allow", "action": "execute-api:Invoke", "resource": "*"}]}}"#,
        ),
        Example::authorizer(
            Token,
            r#"{"principalId": "user", "policyDocument": {"Statement": {"Effect": "allow", "Action": "execute-api:Invoke", "Resource": "*"}}}"#,
        ),
    ],
    good: Example::authorizer(
        Token,
        r#"{"principalId": "user", "policyDocument": {"Statement": {"Effect": "Allow", "Action": ["execute-api:Invoke"], "Resource": ["*"]}}}"#,
    ),
    facts: &["R-244", "H-103", "H-105"],
    ..Rule::PLAIN
};

pub(super) static PRINCIPAL_MISSING: Rule = Rule {
    code: "AGW404",
    name: "principal-missing",
    severity: Severity::Error,
    title: "the authorizer does not say who calls",
    why: "REST APIs require a principalId beside the policy, and hand it to the function and the logs. HTTP APIs probably do without one.",
    message: |notice| match notice.pointer.last() {
        Some(_) => format!("`principalId` is {}, not a text", notice.found),
        None => "there is no `principalId`".to_owned(),
    },
    help: "return the caller's id as principalId, any text that is not secret",
    fixes: POLICY,
    bad: &[
        Example::authorizer(
            Token,
            r#"{"policyDocument": {"Statement": [{"Effect": "Allow", "Action": "execute-api:Invoke", "Resource": "*"}]}}"#,
        ),
        Example::authorizer(
            Http,
            r#"{"policyDocument": {"Statement": [{"Effect": "Allow", "Action": "execute-api:Invoke", "Resource": "*"}]}}"#,
        ),
        Example::authorizer(
            Request,
            r#"{"principalId": {"id": 1}, "policyDocument": {"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}}"#,
        ),
    ],
    good: GOOD,
    facts: &["R-237", "H-103"],
    ..Rule::PLAIN
};

pub(super) static CONTEXT_NOT_FLAT: Rule = Rule {
    code: "AGW405",
    name: "context-not-flat",
    severity: Severity::Error,
    title: "the context holds more than texts, numbers and booleans",
    why: "REST and WebSocket APIs take a flat context. One list or object in it makes the whole result invalid, and the caller gets 500. What they take arrives as text. HTTP APIs in payload format 2.0 take any JSON values.",
    message: |notice| format!("`{}` in the authorizer's context is {}", subject(notice), notice.found),
    help: "write lists and objects as JSON text, and read them back in the function",
    fixes: &in_languages(
        "context: { roles: JSON.stringify(roles) }",
        "\"context\": {\"roles\": json.dumps(roles)}",
        "Context: map[string]interface{}{\"roles\": string(roles)}, // roles, err := json.Marshal(list)",
        ".withContext(Map.of(\"roles\", objectMapper.writeValueAsString(roles)))",
        "context.insert(\"roles\", serde_json::to_string(&roles)?)",
    ),
    bad: &[
        Example::authorizer(
            Token,
            r#"{"principalId": "user", "policyDocument": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "execute-api:Invoke", "Resource": "*"}]}, "context": {"roles": ["admin"]}}"#,
        ),
        Example::authorizer(
            Websocket,
            r#"{"principalId": "user", "policyDocument": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "execute-api:Invoke", "Resource": "*"}]}, "context": {"user": {"id": 1}}}"#,
        ),
        Example::authorizer(Http, r#"{"isAuthorized": true, "context": "admin"}"#),
    ],
    good: Example::authorizer(
        Token,
        r#"{"principalId": "user", "policyDocument": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "execute-api:Invoke", "Resource": "*"}]}, "context": {"roles": "[\"admin\"]", "count": 1, "admin": true}}"#,
    ),
    facts: &["R-121", "R-238", "H-028"],
    ..Rule::PLAIN
};

pub(super) static USAGE_KEY_NOT_TEXT: Rule = Rule {
    code: "AGW406",
    name: "usage-key-not-text",
    severity: Severity::Error,
    title: "the usageIdentifierKey is not a text",
    why: "Where an API takes its API keys from authorizers, usageIdentifierKey is the key itself, one of a usage plan of the stage. What else does is not recorded.",
    message: |notice| format!("`usageIdentifierKey` is {}, not a text", notice.found),
    help: "return the API key's value as a text, or leave the member out",
    fixes: &[],
    bad: &[Example::authorizer(
        Token,
        r#"{"principalId": "user", "policyDocument": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "execute-api:Invoke", "Resource": "*"}]}, "usageIdentifierKey": 12345}"#,
    )],
    good: Example::authorizer(
        Token,
        r#"{"principalId": "user", "policyDocument": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "execute-api:Invoke", "Resource": "*"}]}, "usageIdentifierKey": "key"}"#,
    ),
    facts: &["R-239"],
    ..Rule::PLAIN
};

pub(super) static SIMPLE_RESPONSE_UNREADABLE: Rule = Rule {
    code: "AGW407",
    name: "simple-response-unreadable",
    severity: Severity::Error,
    title: "isAuthorized is not a boolean",
    why: "A simple response says with true or false whether the request passes. Anything else is expected to be malformed: the caller gets 500.",
    message: |notice| format!("`isAuthorized` is {}, not a boolean", notice.found),
    help: "return true or false",
    fixes: &in_languages(
        "isAuthorized: true",
        "\"isAuthorized\": True",
        "return events.APIGatewayV2CustomAuthorizerSimpleResponse{IsAuthorized: true}, nil",
        "return Map.of(\"isAuthorized\", true);",
        "json!({ \"isAuthorized\": true })",
    ),
    bad: &[
        Example::authorizer(Http, r#"{"isAuthorized": "true"}"#),
        Example::authorizer(Http, r#"{"isAuthorized": null}"#),
    ],
    good: Example::authorizer(Http, ALLOW),
    facts: &["H-102", "H-105"],
    ..Rule::PLAIN
};

pub(super) static AUTHORIZER_FAILED: Rule = Rule {
    code: "AGW408",
    name: "authorizer-failed",
    severity: Severity::Error,
    title: "the authorizer failed",
    why: "When an authorizer throws, crashes or runs out of time, the caller gets 500, not 401 or 403. For REST and WebSocket APIs one failure is an answer: the message Unauthorized, that word exactly and nothing else, gives 401.",
    message: |notice| {
        // R-243: not in other words, and not for an HTTP API.
        let nearly = notice.found.to_ascii_lowercase().contains("unauthorized");
        let exactly = nearly && !notice.facts.iter().any(|fact| fact.starts_with("H-"));
        let hint = if exactly {
            "; the message must be `Unauthorized`, and nothing else, to answer 401"
        } else {
            ""
        };
        format!("the authorizer failed: {}{hint}", notice.found)
    },
    help: "fail with the message Unauthorized to answer 401, or return a policy that denies to answer 403",
    fixes: &in_languages(
        "throw new Error(\"Unauthorized\")",
        "raise Exception(\"Unauthorized\")",
        "return events.APIGatewayCustomAuthorizerResponse{}, errors.New(\"Unauthorized\")",
        "throw new RuntimeException(\"Unauthorized\");",
        "Err(Error::from(\"Unauthorized\"))",
    ),
    bad: &[
        Example::authorizer(Token, r#"{"errorMessage": "Invalid token", "errorType": "Error"}"#),
        Example::authorizer(Token, r#"{"errorMessage": "[401] Unauthorized", "errorType": "Error"}"#),
        Example::authorizer(Http, r#"{"errorMessage": "Unauthorized", "errorType": "Error"}"#),
    ],
    good: Example::authorizer(Token, r#"{"errorMessage": "Unauthorized", "errorType": "Error"}"#),
    facts: &["R-243", "R-244", "R-253", "H-105"],
    ..Rule::PLAIN
};

pub(in crate::lint) static POLICY_WITHOUT_CALL: Rule = Rule {
    code: "AGW409",
    name: "policy-without-call",
    severity: Severity::Warning,
    title: "no statement of the policy allows the call",
    why: "A call passes only if a statement allows execute-api:Invoke on its ARN, with the real method and path and not the template of the route. Otherwise the caller gets 403, although its token is good.",
    message: |notice| format!("no statement of the policy allows {}", notice.found),
    help: "allow the calls of the caller in the policy, or name the call that you mean with --method-arn",
    fixes: &[],
    bad: &[
        Example::authorizer(
            Token,
            r#"{"principalId": "user", "policyDocument": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "execute-api:Invoke", "Resource": "arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/GET/users/{id}"}]}}"#,
        ),
        Example::authorizer(
            Http,
            r#"{"principalId": "user", "policyDocument": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]}}"#,
        ),
        Example::authorizer(Request, r#"{"principalId": "user", "policyDocument": {"Statement": []}}"#),
    ],
    good: Example::authorizer(
        Token,
        r#"{"principalId": "user", "policyDocument": {"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Action": "execute-api:Invoke", "Resource": "*"}]}}"#,
    ),
    facts: &["R-235", "R-246", "H-103"],
    ..Rule::PLAIN
};

pub(in crate::lint) static POLICY_NARROW: Rule = Rule {
    code: "AGW410",
    name: "policy-narrow",
    severity: Severity::Info,
    title: "the policy allows this call only, and it may be kept for others",
    why: "The gateway keeps the answer of an authorizer, for a REST API 300 seconds unless told otherwise, and uses it for every method of the stage. A policy that names nothing but the ARN of the event then denies the caller's next request to another path with 403.",
    message: |notice| {
        format!("the policy allows nothing but {}: kept in the cache, it denies other calls", notice.found)
    },
    help: "allow all calls that the caller may make, for example with * behind the stage; or switch the cache off",
    fixes: &in_languages(
        "Resource: event.methodArn.split(\"/\").slice(0, 2).join(\"/\") + \"/*\"",
        "\"Resource\": \"/\".join(event[\"methodArn\"].split(\"/\")[:2]) + \"/*\"",
        "Resource: []string{strings.Join(strings.Split(event.MethodArn, \"/\")[:2], \"/\") + \"/*\"},",
        "String resource = String.join(\"/\", Arrays.copyOf(event.getMethodArn().split(\"/\"), 2)) + \"/*\";",
        "let resource = format!(\"{}/*\", stage_arn(&event.method_arn));",
    ),
    bad: &[
        Example::authorizer(
            Token,
            r#"{"principalId": "user", "policyDocument": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "execute-api:Invoke", "Resource": "arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/GET/"}]}}"#,
        ),
        Example::authorizer(
            Http,
            r#"{"principalId": "user", "policyDocument": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "execute-api:Invoke", "Resource": "arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/$default/GET/"}]}}"#,
        ),
    ],
    good: Example::authorizer(
        Token,
        r#"{"principalId": "user", "policyDocument": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "execute-api:Invoke", "Resource": "arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/*"}]}}"#,
    ),
    facts: &["R-251", "H-106"],
    ..Rule::PLAIN
};

pub(super) static POLICY_RESOURCE_TOO_LONG: Rule = Rule {
    code: "AGW411",
    name: "policy-resource-too-long",
    severity: Severity::Warning,
    title: "a resource of the policy has more than 512 characters",
    why: "The texts under Resource are limited to 512 characters. What happens to a longer one is not recorded.",
    message: |notice| format!("this resource has {} characters; 512 are allowed", notice.found),
    help: "put * in place of the end of the path",
    fixes: &[],
    bad: &[Example::authorizer(
        Token,
        r#"{"principalId": "user", "policyDocument": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "execute-api:Invoke", "Resource": ["*", "*xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"]}]}}"#,
    )],
    good: GOOD,
    facts: &["R-250"],
    ..Rule::PLAIN
};

pub(in crate::lint) static POLICY_CONDITION_ASSUMED: Rule = Rule {
    code: "AGW412",
    name: "policy-condition-assumed",
    severity: Severity::Info,
    title: "a condition that the call does not decide is taken to hold",
    why: "What the condition asks for, such as the client's address or the hour, the call does not tell here. The statement counts as if the condition held.",
    message: |_| "the condition is taken to hold".to_owned(),
    help: "judge the result once more without the statement to see what happens when the condition does not hold",
    fixes: &[],
    bad: &[Example::authorizer(
        Token,
        r#"{"principalId": "user", "policyDocument": {"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}}]}}"#,
    )],
    good: GOOD,
    facts: &["R-237"],
    ..Rule::PLAIN
};

pub(in crate::lint) static SIMPLE_RESPONSE_SETTING: Rule = Rule {
    code: "AGW413",
    name: "simple-response-setting",
    severity: Severity::Info,
    title: "simple responses must be enabled on the authorizer",
    why: "An HTTP API reads isAuthorized only if its authorizer has simple responses enabled and payload format 2.0. Otherwise it looks for a policy, and the caller gets 500.",
    message: |_| "`isAuthorized` is read only if the authorizer has simple responses enabled".to_owned(),
    help: "set EnableSimpleResponses to true on the authorizer, and tell apigw with --simple-responses",
    fixes: &[],
    bad: &[Example::authorizer(Http, r#"{"isAuthorized": true}"#)],
    good: Example::authorizer(Http, ALLOW),
    facts: &["H-102"],
    ..Rule::PLAIN
};
