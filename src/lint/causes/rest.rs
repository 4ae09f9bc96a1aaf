//! REST APIs: what goes wrong between the gateway, the function and the authorizer.

use super::Sign::{Answer, Shown, Status, Words};
use super::{Cause, Told, Who};
use crate::gateway::{Evidence, Flavor, errors};

const LINT: &str = "apigw lint-response --api rest out.json";
const INVOKE: &str = "apigw invoke --bin ./bootstrap --event rest-get";
const GET_THE_RESULT: &str =
    "get the function's result (aws lambda invoke --payload fileb://event.json out.json) and lint it";

pub(super) static ALL: &[&Cause] = &[
    &MALFORMED,
    &FUNCTION_FAILED,
    &RESULT_TOO_LARGE,
    &NO_PERMISSION,
    &NOT_POST,
    &NOT_BASE64,
    &THROTTLED_FUNCTION,
    &TIMEOUT,
    &AUTHORIZER_FAILED,
    &AUTHORIZER_DENIES,
    &AUTHORIZER_DENIES_EXPLICITLY,
    &UNAUTHORIZED,
];

static MALFORMED: Cause = Cause {
    name: "rest-malformed-result",
    title: "the function answered, and a REST API cannot use what it returned",
    from: Some(Flavor::Rest),
    signs: &[Words("Malformed Lambda proxy response"), Answer(&errors::REST_MALFORMED)],
    means: "The result has to be an object with no keys but statusCode, headers, multiValueHeaders, body and isBase64Encoded, and body has to be text. Anything else is answered with 502, while the function's own log shows a success.",
    next: &[
        GET_THE_RESULT,
        "look for a body that is an object, a key too many, a missing return or await, header values that are no text",
        "switch on the API's execution log: only there stands why the gateway answered so",
    ],
    commands: &[LINT, INVOKE],
    rules: &["AGW101", "AGW105", "AGW123", "AGW108", "AGW103", "AGW122"],
    facts: &["R-140", "R-151", "R-153", "R-158"],
    evidence: Evidence::Recorded,
    ..Cause::PLAIN
};

static FUNCTION_FAILED: Cause = Cause {
    name: "rest-function-failed",
    title: "the function threw, crashed or ran out of its own time",
    from: Some(Flavor::Rest),
    signs: &[Words("due to customer function error"), Answer(&errors::REST_MALFORMED)],
    means: "A REST API answers every failure of the function with the same 502, whatever its message says. The function's own time limit counts as a failure, too; 504 comes from the gateway's limit only.",
    next: &[
        "read the end of the function's log: an exception, Task timed out, or a process that exited",
        "send the same event to the function on this machine, or with aws lambda invoke, and look for errorMessage in the result",
        "catch errors in the handler and return a status of your own",
    ],
    commands: &[INVOKE, LINT],
    rules: &["AGW125"],
    facts: &["R-171", "R-172"],
    evidence: Evidence::Recorded,
    ..Cause::PLAIN
};

static RESULT_TOO_LARGE: Cause = Cause {
    name: "rest-result-too-large",
    title: "the result is larger than Lambda passes on",
    from: Some(Flavor::Rest),
    signs: &[Answer(&errors::REST_MALFORMED)],
    means: "A result over 6,291,556 bytes, with base64 and JSON escapes counted, is answered like a failure. It fits when large answers fail and small ones do not.",
    next: &["measure the result", "answer with a redirect to a presigned URL of S3, or page the answer"],
    commands: &[LINT],
    rules: &["AGW126"],
    facts: &["R-174"],
    evidence: Evidence::Reported,
    ..Cause::PLAIN
};

static NO_PERMISSION: Cause = Cause {
    name: "rest-no-permission",
    title: "the API may not invoke the function",
    from: Some(Flavor::Rest),
    signs: &[Words("Invalid permissions on Lambda function"), Answer(&errors::REST_CONFIGURATION)],
    means: "The function's resource policy lets apigateway.amazonaws.com invoke it from certain ARNs only, and none of them is this stage, method and path. The function was never called, so its log has nothing. It happens to functions that a stage variable names, too: each of them needs the grant.",
    next: &[
        "see what the function allows: aws lambda get-policy --function-name NAME",
        "grant it: aws lambda add-permission --function-name NAME --statement-id api --action lambda:InvokeFunction --principal apigateway.amazonaws.com --source-arn 'arn:aws:execute-api:REGION:ACCOUNT:API/*/METHOD/PATH'",
        "if the integration names an alias or a version, grant it there (--qualifier)",
    ],
    facts: &["R-177", "R-286", "R-289"],
    ..Cause::PLAIN
};

static NOT_POST: Cause = Cause {
    name: "rest-integration-not-post",
    title: "the integration calls Lambda with another method than POST",
    from: Some(Flavor::Rest),
    signs: &[Answer(&errors::REST_CONFIGURATION)],
    means: "A proxy integration calls Lambda's Invoke API, which takes POST alone: integrationHttpMethod is POST, whatever method the client uses. Otherwise the caller gets 500.",
    next: &[
        "set httpMethod of x-amazon-apigateway-integration (integration_http_method in Terraform) to POST, and deploy",
    ],
    facts: &["R-178"],
    evidence: Evidence::Recorded,
    ..Cause::PLAIN
};

static NOT_BASE64: Cause = Cause {
    name: "rest-body-not-base64",
    title: "the body should be decoded and is not base64",
    from: Some(Flavor::Rest),
    signs: &[Answer(&errors::REST_CONFIGURATION)],
    means: "isBase64Encoded is true and the request's Accept header matches a binary media type, but the body has other letters, line breaks or no padding.",
    next: &["encode with the standard alphabet and padding, or set isBase64Encoded to false"],
    commands: &["apigw lint-response --api rest --binary-media-type '*/*' out.json"],
    rules: &["AGW115"],
    facts: &["R-209", "R-210"],
    evidence: Evidence::Recorded,
    ..Cause::PLAIN
};

static THROTTLED_FUNCTION: Cause = Cause {
    name: "rest-function-throttled",
    title: "Lambda has no room for one more call of the function",
    from: Some(Flavor::Rest),
    signs: &[Answer(&errors::REST_CONFIGURATION)],
    means: "At its reserved concurrency, or at the account's, Lambda refuses the call. Reports name 502, 500 and 429 as what the caller gets; it fits when errors come with load only.",
    next: &["look at the function's metric Throttles", "raise or remove its reserved concurrency"],
    facts: &["R-176"],
    evidence: Evidence::ReportedOnce,
    ..Cause::PLAIN
};

static TIMEOUT: Cause = Cause {
    name: "rest-integration-timeout",
    title: "the function took longer than the gateway waits",
    from: Some(Flavor::Rest),
    signs: &[Answer(&errors::REST_TIMEOUT), Status(504)],
    means: "The integration waits 29 seconds at most unless the quota was raised. The function goes on, and its log may show a success; a larger time limit of the function changes nothing for the caller.",
    next: &[
        "see in the function's log (REPORT … Duration) how long it takes, cold starts included",
        "answer 202 and do the work behind a queue, or make it faster",
        "for regional and private APIs, ask for a larger quota and raise timeoutInMillis",
    ],
    commands: &["apigw invoke --bin ./bootstrap --event rest-get --timeout 29"],
    facts: &["R-187"],
    evidence: Evidence::Reported,
    ..Cause::PLAIN
};

static AUTHORIZER_FAILED: Cause = Cause {
    name: "rest-authorizer-failed",
    title: "the Lambda authorizer failed, or returned what a REST API cannot use",
    who: Who::Authorizer,
    from: Some(Flavor::Rest),
    signs: &[Words("AuthorizerConfigurationException"), Answer(&errors::REST_AUTHORIZER_CONFIGURATION)],
    means: "The authorizer threw something else than Unauthorized, ran out of time, may not be invoked, or returned no readable policy: null, a simple response (isAuthorized), a response with a statusCode, or a context with lists and objects in it.",
    next: &[
        "read the log of the authorizer's function, not of the one behind the route",
        "lint what it returns",
        "if its log has no call at all, grant it: source ARN arn:aws:execute-api:REGION:ACCOUNT:API/authorizers/ID",
    ],
    commands: &[
        "apigw lint-response --api authorizer-token out.json",
        "apigw invoke --bin ./bootstrap --event authorizer-token",
    ],
    rules: &["AGW401", "AGW402", "AGW403", "AGW404", "AGW405", "AGW408"],
    facts: &["R-237", "R-238", "R-244", "R-252"],
    evidence: Evidence::Reported,
};

static AUTHORIZER_DENIES: Cause = Cause {
    name: "rest-authorizer-denies",
    title: "no statement of the authorizer's policy allows this call",
    who: Who::Authorizer,
    from: Some(Flavor::Rest),
    signs: &[Answer(&errors::REST_DENIED)],
    means: "The policy that the authorizer returned does not cover the ARN of this call. Often it is one of another call: the gateway keeps a policy 300 seconds for the same token, and a policy that names event.methodArn alone denies the caller's next path.",
    next: &[
        "allow all that the caller may do (…/stage/*), or set the authorizer's TTL to 0",
        "check the path in the policy: the path as requested, not the template of the route",
    ],
    commands: &["apigw lint-response --api authorizer-token --method-arn ARN out.json"],
    rules: &["AGW409", "AGW410"],
    facts: &["R-246", "R-247", "R-251"],
    ..Cause::PLAIN
};

static AUTHORIZER_DENIES_EXPLICITLY: Cause = Cause {
    name: "rest-authorizer-denies-explicitly",
    title: "a statement of a policy denies this call",
    who: Who::Authorizer,
    from: Some(Flavor::Rest),
    signs: &[Words("with an explicit deny"), Answer(&errors::REST_DENIED_EXPLICITLY)],
    means: "The authorizer returned Deny for this call, or the API's resource policy does. Deny beats Allow. A denial that the gateway kept (300 seconds) goes on after the token is good.",
    next: &[
        "see in the authorizer's log why it denies",
        "read the API's resource policy for a Deny that holds for this caller; a change of it needs a new deployment",
    ],
    commands: &["apigw lint-response --api authorizer-token --method-arn ARN out.json"],
    facts: &["R-245", "R-248", "R-251", "R-284", "R-290"],
    ..Cause::PLAIN
};

static UNAUTHORIZED: Cause = Cause {
    name: "rest-unauthorized",
    title: "the identity is missing, or the authorizer says Unauthorized",
    who: Who::Authorizer,
    from: Some(Flavor::Rest),
    signs: &[Answer(&errors::REST_UNAUTHORIZED), Status(401)],
    means: "A header, query parameter or other identity source of the authorizer is missing or empty, or it does not match the validation expression: then the authorizer is not even called. Or it was, and failed with the message Unauthorized, which is how it says 401.",
    next: &[
        "send the identity source that the authorizer names, in the form of its validation expression",
        "if the authorizer's log has a call, look there for why; with a Cognito authorizer, check the token's pool, use and expiry",
    ],
    commands: &["apigw event gen authorizer-token -H 'Authorization: Bearer TOKEN'"],
    rules: &["AGW408"],
    facts: &["R-240", "R-241", "R-243"],
    ..Cause::PLAIN
};

/// Behind a REST API the error type tells who answered.
pub(super) static OWN_ANSWER: Cause = Cause {
    name: "rest-own-answer",
    title: "the function itself returned this status",
    who: Who::Function,
    from: Some(Flavor::Rest),
    signs: &[Shown("a status of 400 and above with X-Amzn-Trace-Id and without x-amzn-ErrorType", is_own)],
    means: "What a REST API answers itself names an x-amzn-ErrorType and has no X-Amzn-Trace-Id. This response is the other way round: it passed through as the function (or the framework in it) made it.",
    next: &["look in the function's code and log for where it answers so; the gateway has no part in it"],
    commands: &[INVOKE],
    facts: &["R-152", "R-183"],
    evidence: Evidence::Recorded,
    ..Cause::PLAIN
};

fn is_own(told: &Told) -> bool {
    let Some(headers) = &told.headers else { return false };
    told.status.is_some_and(|status| status >= 400)
        && crate::gateway::sender(headers) == Some(Flavor::Rest)
        && headers.contains("x-amzn-trace-id")
        && !headers.contains(crate::gateway::ERROR_TYPE)
}
