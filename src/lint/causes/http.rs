//! HTTP APIs, in either payload format.

use super::Sign::{Answer, Status, Words};
use super::{Cause, Who};
use crate::gateway::{Evidence, Flavor, errors};

const LINT: &str = "apigw lint-response --api http out.json";
const INVOKE: &str = "apigw invoke --bin ./bootstrap --event http-get";

pub(super) static ALL: &[&Cause] = &[
    &FUNCTION_FAILED,
    &MALFORMED,
    &NO_PERMISSION,
    &AUTHORIZER_FAILED,
    &TIMEOUT,
    &NO_ROUTE,
    &UNAUTHORIZED,
    &FORBIDDEN,
    &TOO_LARGE,
];

static FUNCTION_FAILED: Cause = Cause {
    name: "http-function-failed",
    title: "the function threw, crashed or ran out of its own time",
    from: Some(Flavor::Http),
    signs: &[Answer(&errors::HTTP_MALFORMED)],
    means: "An HTTP API answers every failure of the function with this 500; a REST API would answer 502.",
    next: &[
        "read the end of the function's log: an exception, Task timed out, or a process that exited",
        "log $context.integrationErrorMessage in the stage's access log: it tells the causes of this answer apart",
    ],
    commands: &[INVOKE, LINT],
    rules: &["AGW125"],
    facts: &["H-063", "H-064"],
    evidence: Evidence::Recorded,
    ..Cause::PLAIN
};

static MALFORMED: Cause = Cause {
    name: "http-malformed-result",
    title: "the function answered, and an HTTP API cannot use what it returned",
    from: Some(Flavor::Http),
    signs: &[Words("does not match the expected format"), Answer(&errors::HTTP_MALFORMED)],
    means: "There is a statusCode, so the result is read as a response, but body is no text, a header value is a list, or the status is 0. With payload format 1.0 a missing statusCode is enough.",
    next: &[
        "get the function's result (aws lambda invoke --payload fileb://event.json out.json) and lint it",
        "log $context.integrationErrorMessage in the stage's access log: it names the field",
    ],
    commands: &[LINT, "apigw lint-response --api http-v1 out.json"],
    rules: &["AGW101", "AGW108", "AGW103", "AGW129"],
    facts: &["H-063", "H-067", "H-068", "H-070", "H-081"],
    evidence: Evidence::Recorded,
    ..Cause::PLAIN
};

static NO_PERMISSION: Cause = Cause {
    name: "http-no-permission",
    title: "the API may not invoke the function",
    from: Some(Flavor::Http),
    signs: &[Answer(&errors::HTTP_MALFORMED)],
    means: "The function's resource policy does not cover this route. The function was never called, so its log has nothing.",
    next: &[
        "see what the function allows: aws lambda get-policy --function-name NAME",
        "grant it: source ARN arn:aws:execute-api:REGION:ACCOUNT:API/*/METHOD/path, or …/*/$default for the route $default",
    ],
    facts: &["H-066", "H-097"],
    ..Cause::PLAIN
};

static AUTHORIZER_FAILED: Cause = Cause {
    name: "http-authorizer-failed",
    title: "the Lambda authorizer failed, or returned what an HTTP API cannot use",
    who: Who::Authorizer,
    from: Some(Flavor::Http),
    signs: &[Answer(&errors::HTTP_MALFORMED)],
    means: "It threw, took longer than 10 seconds, may not be invoked, or returned neither a policy nor, where simple responses are enabled, isAuthorized. Throwing Unauthorized is an answer for REST APIs only.",
    next: &[
        "read the log of the authorizer's function",
        "see that EnableSimpleResponses fits what it returns",
    ],
    commands: &["apigw lint-response --api authorizer-http --simple-responses out.json"],
    rules: &["AGW402", "AGW407", "AGW408", "AGW413"],
    facts: &["H-096", "H-102", "H-105"],
    ..Cause::PLAIN
};

static TIMEOUT: Cause = Cause {
    name: "http-integration-timeout",
    title: "the function took longer than the gateway waits",
    from: Some(Flavor::Http),
    signs: &[Answer(&errors::HTTP_TIMEOUT), Status(503)],
    means: "The integration's time limit (30 seconds at most) passed before the function answered. A REST API would answer 504.",
    next: &[
        "see in the function's log (REPORT … Duration) how long it takes, cold starts included",
        "answer 202 and do the work behind a queue, or make it faster",
    ],
    commands: &["apigw invoke --bin ./bootstrap --event http-get --timeout 30"],
    facts: &["H-065", "H-096"],
    evidence: Evidence::Recorded,
    ..Cause::PLAIN
};

static NO_ROUTE: Cause = Cause {
    name: "http-no-route",
    title: "the HTTP API has no route for this method and path",
    from: Some(Flavor::Http),
    signs: &[Answer(&errors::HTTP_NO_ROUTE)],
    means: "No route of the stage takes it, and there is no $default route. A path with other methods is answered 404, too, never 405. With a named stage, the path begins with the stage; a custom domain may take a base path off.",
    next: &[
        "list the routes: aws apigatewayv2 get-routes --api-id API",
        "compare method, path and stage, letter by letter; a trailing slash counts",
        "deploy, if the stage does not deploy by itself",
    ],
    commands: &["apigw event gen http-get --route 'GET /users/{id}' --path /users/42"],
    facts: &["H-090", "H-091", "H-092"],
    evidence: Evidence::Recorded,
    ..Cause::PLAIN
};

static UNAUTHORIZED: Cause = Cause {
    name: "http-unauthorized",
    title: "the token is missing or does not hold, or an identity source is missing",
    who: Who::Authorizer,
    from: Some(Flavor::Http),
    signs: &[Words("error=\"invalid_token\""), Answer(&errors::HTTP_UNAUTHORIZED), Status(401)],
    means: "A JWT authorizer found no token, or one with a wrong issuer, audience, key or time: then www-authenticate says why in error_description. A Lambda authorizer is not called at all without its identity sources.",
    next: &[
        "read error_description in the header www-authenticate (curl -i)",
        "compare the token's iss, aud or client_id, and exp with the authorizer; an ID token and an access token differ",
        "send every identity source of the authorizer",
    ],
    commands: &["apigw event gen http-get --claim sub=user"],
    facts: &["H-104", "H-107", "H-108"],
    ..Cause::PLAIN
};

static FORBIDDEN: Cause = Cause {
    name: "http-forbidden",
    title: "the authorizer denies the call, or the token lacks a scope of the route",
    who: Who::Authorizer,
    from: Some(Flavor::Http),
    signs: &[Answer(&errors::HTTP_FORBIDDEN)],
    means: "A Lambda authorizer answered isAuthorized: false or a policy without this route, or the token of a JWT authorizer has none of the route's scopes. A kept answer counts for all routes unless $context.routeKey is an identity source.",
    next: &[
        "see in the authorizer's log what it returned, and lint it",
        "compare the token's scope or scp with the route's authorizationScopes",
    ],
    commands: &["apigw lint-response --api authorizer-http --simple-responses --method-arn ARN out.json"],
    rules: &["AGW409", "AGW410"],
    facts: &["H-102", "H-103", "H-106", "H-108"],
    evidence: Evidence::Recorded,
};

static TOO_LARGE: Cause = Cause {
    name: "http-too-large",
    title: "the request or the result is larger than Lambda takes",
    from: Some(Flavor::Http),
    signs: &[Answer(&errors::HTTP_TOO_LARGE)],
    means: "An HTTP API takes 10 MB, Lambda 6 MB, with base64 and JSON escapes counted. The text is known of an emulator only.",
    next: &["move large bodies to S3 and hand out presigned URLs"],
    commands: &[LINT],
    rules: &["AGW126"],
    facts: &["H-082", "H-096"],
    evidence: Evidence::Inferred,
    ..Cause::PLAIN
};
