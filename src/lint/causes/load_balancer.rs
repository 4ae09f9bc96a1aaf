//! Application Load Balancers with a Lambda target: their page, and the reasons in their access log.

use super::Sign::{Answer, Words};
use super::{Cause, Who};
use crate::gateway::{Evidence, Flavor, errors};

const LINT: &str = "apigw lint-response --api alb out.json";

/// A cause that the access log names.
const REASON: Cause = Cause { who: Who::LoadBalancer, from: Some(Flavor::Alb), ..Cause::PLAIN };

pub(super) static ALL: &[&Cause] = &[
    &INVALID_RESPONSE,
    &UNHANDLED,
    &THROTTLING,
    &RESPONSE_TOO_LARGE,
    &ACCESS_DENIED,
    &REQUEST_TOO_LARGE,
    &BAD_REQUEST,
    &WEBSOCKET,
];

static INVALID_RESPONSE: Cause = Cause {
    name: "alb-invalid-response",
    title: "the function answered, and the load balancer cannot use what it returned",
    signs: &[Words("LambdaInvalidResponse"), Answer(&errors::ALB_BAD_GATEWAY)],
    means: "A load balancer wants a statusCode, takes no null and no header value but text, and reads the header map that fits its target group. What API Gateway forgives is a 502 here, while the function's log shows a success.",
    next: &[
        "look for null members, numbers and booleans among the headers, a missing statusCode, isBase64Encoded as text",
        "see whether the target group has multi-value headers: then headers stand in multiValueHeaders",
    ],
    commands: &[LINT, "apigw lint-response --api alb-multi out.json"],
    rules: &["AGW130", "AGW129", "AGW108", "AGW131", "AGW113", "AGW115"],
    facts: &["L-020", "L-022", "L-023", "L-024", "L-025", "L-026"],
    ..REASON
};

static UNHANDLED: Cause = Cause {
    name: "alb-function-failed",
    title: "the function threw, crashed or ran out of time",
    signs: &[Words("LambdaUnhandled"), Answer(&errors::ALB_BAD_GATEWAY)],
    means: "A load balancer answers every failure of the function with 502 and a page of HTML.",
    next: &[
        "read the end of the function's log",
        "catch errors in the handler and return a status of your own",
    ],
    commands: &["apigw invoke --bin ./bootstrap --event alb-get", LINT],
    rules: &["AGW125"],
    facts: &["L-026"],
    ..REASON
};

static THROTTLING: Cause = Cause {
    name: "alb-function-throttled",
    title: "Lambda has no room for one more call of the function",
    signs: &[Words("LambdaThrottling"), Answer(&errors::ALB_BAD_GATEWAY)],
    means: "At its reserved concurrency, or at the account's, Lambda refuses the call, and the caller gets 502.",
    next: &["look at the function's metric Throttles", "raise or remove its reserved concurrency"],
    facts: &["L-026"],
    ..REASON
};

static RESPONSE_TOO_LARGE: Cause = Cause {
    name: "alb-response-too-large",
    title: "the result is larger than a load balancer takes",
    signs: &[Words("LambdaResponseTooLarge"), Answer(&errors::ALB_BAD_GATEWAY)],
    means: "The result as JSON may have 1 MB, not Lambda's 6 MB; base64 and escapes count.",
    next: &["answer with a redirect to a presigned URL of S3, or page the answer"],
    commands: &[LINT],
    rules: &["AGW126"],
    facts: &["L-026"],
    ..REASON
};

static ACCESS_DENIED: Cause = Cause {
    name: "alb-no-permission",
    title: "the target group may not invoke the function",
    signs: &[Words("LambdaAccessDenied")],
    means: "The function's resource policy does not let elasticloadbalancing.amazonaws.com invoke it for this target group.",
    next: &[
        "grant it: aws lambda add-permission --function-name NAME --statement-id alb --action lambda:InvokeFunction --principal elasticloadbalancing.amazonaws.com --source-arn TARGET_GROUP_ARN",
    ],
    facts: &["L-026", "L-028"],
    ..REASON
};

static REQUEST_TOO_LARGE: Cause = Cause {
    name: "alb-request-too-large",
    title: "the request's body is larger than a load balancer passes to Lambda",
    signs: &[Words("LambdaRequestTooLarge")],
    means: "A body over 1 MB is answered with 413; the function is not called.",
    next: &["upload to S3 with a presigned URL, and send the key"],
    facts: &["L-026"],
    ..REASON
};

static BAD_REQUEST: Cause = Cause {
    name: "alb-bad-request",
    title: "the request has headers or a query that are no UTF-8",
    signs: &[Words("LambdaBadRequest")],
    means: "The event is JSON, so what is no UTF-8 cannot be put into it.",
    next: &["percent-encode the query, and keep headers to ASCII"],
    facts: &["L-026"],
    ..REASON
};

static WEBSOCKET: Cause = Cause {
    name: "alb-websocket",
    title: "the client asks for an upgrade to WebSocket, which Lambda targets do not take",
    signs: &[Words("LambdaWebsocketNotSupported")],
    means: "An upgrade that reaches a Lambda target is answered with 400.",
    next: &["use a WebSocket API of API Gateway, or a target that is no function"],
    facts: &["L-026", "L-027"],
    evidence: Evidence::Documented,
    ..REASON
};
