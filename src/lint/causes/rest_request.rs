//! REST APIs: requests that are refused before any function is called.

use super::Sign::{Answer, Status, Words};
use super::{Cause, Who};
use crate::gateway::{Evidence, Flavor, errors};

pub(super) static ALL: &[&Cause] = &[
    &NO_ROUTE,
    &API_KEY,
    &NO_STAGE,
    &WAF,
    &RESOURCE_POLICY,
    &THROTTLED,
    &QUOTA,
    &BODY_TOO_LARGE,
    &EVENT_TOO_LARGE,
    &URI_TOO_LONG,
    &INVALID_BODY,
    &MISSING_PARAMETERS,
    &MEDIA_TYPE,
    &NO_CORS_HEADERS,
];

static NO_ROUTE: Cause = Cause {
    name: "rest-no-route",
    title: "the REST API has no such path, or the path has no such method",
    from: Some(Flavor::Rest),
    signs: &[Answer(&errors::REST_NO_ROUTE)],
    means: "In spite of its words it is about the route, not about a token: REST APIs answer 403 where others answer 404 or 405. The path is not in the API, the method is not on the path, the stage is missing in the URL (or is there twice behind a custom domain), or the change was not deployed.",
    next: &[
        "compare method and path with the API, letter by letter: https://API.execute-api.REGION.amazonaws.com/STAGE/path",
        "deploy the API to the stage: aws apigateway create-deployment --rest-api-id API --stage-name STAGE",
        "if the method has IAM authorization, sign the request: apigw invoke --url … --sign",
    ],
    commands: &["apigw event gen rest-get --route 'GET /users/{id}' --path /users/42"],
    facts: &["R-264"],
    evidence: Evidence::Recorded,
    ..Cause::PLAIN
};

static API_KEY: Cause = Cause {
    name: "rest-api-key",
    title: "the method wants an API key, and the request has none that counts",
    from: Some(Flavor::Rest),
    signs: &[Answer(&errors::REST_API_KEY)],
    means: "The key is missing, wrong or disabled, or it belongs to no usage plan of this stage.",
    next: &[
        "send it in the header x-api-key: apigw invoke --url … --api-key KEY",
        "see that the key is enabled and in a usage plan that has this stage",
        "if the API takes keys from its authorizer, see what usageIdentifierKey holds",
        "behind a custom domain, see that a base path mapping takes the path",
        "see whether the stage has a web ACL of AWS WAF: what it blocks may look the same",
    ],
    rules: &["AGW406"],
    facts: &["R-239", "R-266"],
    ..Cause::PLAIN
};

static NO_STAGE: Cause = Cause {
    name: "rest-no-stage",
    title: "the URL names a stage that does not exist",
    from: Some(Flavor::Rest),
    signs: &[Answer(&errors::REST_FORBIDDEN)],
    means: "The first segment behind the host is the stage. Where there is none of that name, a REST API is widely reported to answer 403 Forbidden.",
    next: &["list the stages: aws apigateway get-stages --rest-api-id API"],
    facts: &["R-276"],
    evidence: Evidence::Inferred,
    ..Cause::PLAIN
};

static WAF: Cause = Cause {
    name: "rest-waf",
    title: "AWS WAF blocked the request",
    from: Some(Flavor::Rest),
    signs: &[Words("WAF_FILTERED"), Answer(&errors::REST_FORBIDDEN)],
    means: "A web ACL in front of the stage has a rule that blocks it: the gateway answers 403, and the function is not called. The body that goes with it is not on record.",
    next: &[
        "see whether the stage has a web ACL, and its sampled requests",
        "log $context.waf.status and $context.error.responseType in the access log: WAF_FILTERED says it for sure",
    ],
    facts: &["R-260"],
    evidence: Evidence::Inferred,
    ..Cause::PLAIN
};

static RESOURCE_POLICY: Cause = Cause {
    name: "rest-resource-policy",
    title: "the API's resource policy does not let the caller through",
    from: Some(Flavor::Rest),
    signs: &[
        Answer(&errors::REST_ANONYMOUS),
        Words("is not authorized to perform: execute-api:Invoke on resource"),
    ],
    means: "The resource policy allows other callers, addresses or VPC endpoints, or the caller's own IAM policy does not allow execute-api:Invoke. A private API is reached through an endpoint that its policy names.",
    next: &[
        "read the policy: aws apigateway get-rest-api --rest-api-id API --query policy",
        "deploy the API after a change of it; without a deployment the old policy counts",
        "an anonymous caller in the message means that the request was not signed",
    ],
    facts: &["R-282", "R-283", "R-285", "R-290"],
    evidence: Evidence::Reported,
    ..Cause::PLAIN
};

static THROTTLED: Cause = Cause {
    name: "rest-throttled",
    title: "more requests than the stage or the usage plan lets through",
    from: Some(Flavor::Rest),
    signs: &[Answer(&errors::REST_THROTTLED), Status(429)],
    means: "The rate or burst limit of the account, the stage, the method or the usage plan is reached. The status is documented; the text is known of emulators.",
    next: &[
        "retry later, each time after a longer pause",
        "compare the limits of stage and usage plan with the load",
    ],
    facts: &["R-260", "R-267"],
    ..Cause::PLAIN
};

static QUOTA: Cause = Cause {
    name: "rest-quota",
    title: "the quota of the usage plan is used up",
    from: Some(Flavor::Rest),
    signs: &[Answer(&errors::REST_QUOTA), Status(429)],
    means: "A usage plan counts the requests of an API key in a day, a week or a month. The status is documented; the text is known of emulators.",
    next: &["raise the plan's quota, or grant more: aws apigateway update-usage"],
    facts: &["R-260", "R-267"],
    ..Cause::PLAIN
};

static BODY_TOO_LARGE: Cause = Cause {
    name: "rest-body-too-large",
    title: "the request's body is larger than the gateway takes",
    from: None,
    signs: &[Answer(&errors::REST_BODY_TOO_LARGE)],
    means: "A REST API takes 10 MB, and says so in plain text that cannot be customised.",
    next: &["upload to S3 with a presigned URL, and send the key"],
    facts: &["R-268"],
    evidence: Evidence::ReportedOnce,
    ..Cause::PLAIN
};

static EVENT_TOO_LARGE: Cause = Cause {
    name: "rest-event-too-large",
    title: "the body fits the gateway, but not Lambda",
    from: Some(Flavor::Rest),
    signs: &[Answer(&errors::REST_EVENT_TOO_LARGE), Status(413)],
    means: "The event with the body in it is over Lambda's 6 MB. Base64 and JSON escapes count, so some 4.5 MB of binary data is the practical limit.",
    next: &["upload to S3 with a presigned URL, and send the key", "send it compressed, or in parts"],
    facts: &["R-269"],
    evidence: Evidence::ReportedOnce,
    ..Cause::PLAIN
};

static URI_TOO_LONG: Cause = Cause {
    name: "rest-uri-too-long",
    title: "the ARN of the call is longer than an authorizer may get",
    from: Some(Flavor::Rest),
    signs: &[Answer(&errors::REST_URI_TOO_LONG), Status(414)],
    means: "A method ARN with its path may have 1600 bytes where a Lambda authorizer is asked.",
    next: &["move data from the path to the query or the body"],
    facts: &["R-250"],
    ..Cause::PLAIN
};

static INVALID_BODY: Cause = Cause {
    name: "rest-invalid-body",
    title: "the body does not fit the model of the method",
    from: Some(Flavor::Rest),
    signs: &[Answer(&errors::REST_INVALID_BODY)],
    means: "The method has a request validator, and the body is no JSON that its model takes. A GET without a body fails as well if the method has a model.",
    next: &[
        "validate the body against the model's JSON Schema (draft 4)",
        "to tell callers what is wrong, put $context.error.validationErrorString into the gateway response BAD_REQUEST_BODY",
    ],
    facts: &["R-271", "R-272", "R-273"],
    evidence: Evidence::Recorded,
    ..Cause::PLAIN
};

static MISSING_PARAMETERS: Cause = Cause {
    name: "rest-missing-parameters",
    title: "parameters are missing that the method requires",
    from: Some(Flavor::Rest),
    signs: &[Answer(&errors::REST_MISSING_PARAMETERS), Words("Missing required request parameters:")],
    means: "The method has a request validator. The list in the message names headers first, then path and query parameters; the body is looked at only after them.",
    next: &["send each parameter of the list, or make it optional in the method's request parameters"],
    facts: &["R-271", "R-273"],
    evidence: Evidence::Recorded,
    ..Cause::PLAIN
};

static MEDIA_TYPE: Cause = Cause {
    name: "rest-media-type",
    title: "no mapping template takes this content type",
    from: Some(Flavor::Rest),
    signs: &[Words("Unsupported Media Type"), Status(415)],
    means: "Only an integration with mapping templates (not a proxy integration) whose passthrough behaviour is NEVER or WHEN_NO_TEMPLATES answers 415.",
    next: &["send the content type that has a template, or use a Lambda proxy integration"],
    facts: &["R-260", "R-270"],
    ..Cause::PLAIN
};

static NO_CORS_HEADERS: Cause = Cause {
    name: "cors-headers-missing",
    title: "the browser hides a response that has no CORS headers",
    who: Who::Browser,
    signs: &[
        Words("No 'Access-Control-Allow-Origin' header is present"),
        Words("has been blocked by CORS policy"),
        Words("CORS header 'Access-Control-Allow-Origin' missing"),
    ],
    means: "Either the function did not return them (a REST API adds nothing to what a proxy integration returns), or the response is an error of the gateway itself, which has none. Then CORS is only what the browser sees of another error.",
    next: &[
        "call the URL with curl -i and the header Origin, and explain what comes: apigw explain -",
        "REST API: return the headers from the function, on errors as well; add them to the gateway responses DEFAULT_4XX and DEFAULT_5XX",
        "HTTP API and function URL: configure CORS there; an HTTP API then discards the function's own headers",
    ],
    facts: &["R-195", "R-263", "H-093", "U-024"],
    evidence: Evidence::Recorded,
    ..Cause::PLAIN
};
