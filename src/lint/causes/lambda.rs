//! What Lambda itself writes: lines of a function's log, payloads of failed calls, errors of its API.

use super::Sign::Words;
use super::{Cause, Who};
use crate::gateway::Evidence;

const INVOKE: &str = "apigw invoke --bin ./bootstrap --event rest-get";

/// A failure of the function in Lambda's words.
const FAILURE: Cause =
    Cause { who: Who::Lambda, evidence: Evidence::Recorded, rules: &["AGW125"], ..Cause::PLAIN };

pub(super) static ALL: &[&Cause] = &[
    &TIMED_OUT,
    &OUT_OF_MEMORY,
    &EXITED,
    &CANNOT_LOAD,
    &NO_ENTRYPOINT,
    &RESULT_TOO_LARGE,
    &RESULT_NOT_JSON,
    &THROTTLED,
    &EVENT_TOO_LARGE,
    &EVENT_NOT_JSON,
    &NO_FUNCTION,
];

static TIMED_OUT: Cause = Cause {
    name: "lambda-timed-out",
    title: "the function ran into its own time limit",
    signs: &[Words("Task timed out after"), Words("Sandbox.Timedout")],
    means: "Lambda stopped the function after so many seconds; 3 is the default. To the gateway that is a failure like any other: a REST API answers 502, an HTTP API 500, a load balancer 502.",
    next: &[
        "find what it waits for: mostly a connection that cannot be made (a function in a VPC without a way out, a closed security group)",
        "raise the function's time limit, below that of the gateway (29 seconds for a REST API, 30 for an HTTP API)",
        "in Node, see whether a handler with a callback waits for open handles",
    ],
    commands: &["apigw invoke --bin ./bootstrap --event rest-get --timeout 3"],
    facts: &["R-172", "H-064", "L-026"],
    ..FAILURE
};

static OUT_OF_MEMORY: Cause = Cause {
    name: "lambda-out-of-memory",
    title: "the function was killed, mostly for want of memory",
    signs: &[Words("signal: killed"), Words("Runtime.OutOfMemory")],
    means: "The process took more memory than the function has. The REPORT line then shows Max Memory Used at the limit.",
    next: &[
        "compare Max Memory Used with Memory Size in the REPORT line",
        "give the function more memory, or hold less at once",
    ],
    commands: &[INVOKE],
    facts: &["R-171"],
    ..FAILURE
};

static EXITED: Cause = Cause {
    name: "lambda-exited",
    title: "the function's process ended in the middle of a call",
    signs: &[
        Words("Runtime exited with error"),
        Words("Runtime exited without providing a reason"),
        Words("Runtime.ExitError"),
    ],
    means: "The process crashed, or called exit. A handler answers and returns; ending the process is a failure even with status 0.",
    next: &[
        "read what the process wrote before",
        "look for process.exit, sys.exit, os.Exit or System.exit in the code",
    ],
    commands: &[INVOKE],
    facts: &["R-171"],
    ..FAILURE
};

static CANNOT_LOAD: Cause = Cause {
    name: "lambda-cannot-load",
    title: "the runtime cannot load the handler",
    signs: &[
        Words("Runtime.ImportModuleError"),
        Words("Unable to import module"),
        Words("Runtime.HandlerNotFound"),
        Words("Runtime.MalformedHandlerName"),
        Words("Runtime.UserCodeSyntaxError"),
        Words("is undefined or not exported"),
    ],
    means: "The module or the function that the setting Handler names is not in the package, a dependency of it is missing, or it does not parse. Every call fails the same way.",
    next: &[
        "compare the setting Handler (file.function) with the files at the root of the package",
        "see that dependencies are in the package, built for Linux and the function's architecture",
    ],
    ..FAILURE
};

static NO_ENTRYPOINT: Cause = Cause {
    name: "lambda-no-entrypoint",
    title: "there is no program to start",
    signs: &[Words("Runtime.InvalidEntrypoint"), Words("Couldn't find valid bootstrap")],
    means: "A custom runtime starts the file bootstrap at the root of the package. It is not there, not executable, or built for another architecture.",
    next: &[
        "put an executable named bootstrap at the root of the archive, without a folder around it",
        "build for the function's architecture (x86_64 or arm64)",
    ],
    commands: &[INVOKE],
    ..FAILURE
};

static RESULT_TOO_LARGE: Cause = Cause {
    name: "lambda-result-too-large",
    title: "the result is larger than Lambda passes on",
    signs: &[
        Words("Response payload size exceeded maximum allowed payload size"),
        Words("Function.ResponseSizeTooLarge"),
    ],
    means: "A result may have 6,291,556 bytes, base64 and JSON escapes included. The handler has run to its end; its caller gets an error.",
    next: &["answer with a redirect to a presigned URL of S3, or page the answer"],
    commands: &["apigw lint-response --api rest out.json"],
    rules: &["AGW126"],
    facts: &["R-174"],
    evidence: Evidence::Reported,
    ..FAILURE
};

static RESULT_NOT_JSON: Cause = Cause {
    name: "lambda-result-not-json",
    title: "what the handler returned cannot be written as JSON",
    signs: &[
        Words("Runtime.MarshalError"),
        Words("Unable to stringify response body"),
        Words("Runtime.SerializationError"),
        Words("is not JSON serializable"),
    ],
    means: "The result has a value that JSON has no form for: a date, a decimal, bytes, a circular reference, a channel.",
    next: &["turn such values into text before you return them; bytes into base64 with isBase64Encoded"],
    rules: &["AGW125", "AGW101"],
    ..FAILURE
};

static THROTTLED: Cause = Cause {
    name: "lambda-throttled",
    title: "Lambda has no room for one more call of the function",
    signs: &[
        Words("ReservedFunctionConcurrentInvocationLimitExceeded"),
        Words("Rate Exceeded"),
        Words("TooManyRequestsException"),
    ],
    means: "Lambda's API answers 429 when the function's reserved concurrency, or the account's, is used up.",
    next: &["look at the function's metric Throttles", "raise or remove its reserved concurrency"],
    rules: &[],
    ..FAILURE
};

static EVENT_TOO_LARGE: Cause = Cause {
    name: "lambda-event-too-large",
    title: "the event is larger than Lambda takes",
    signs: &[Words("RequestTooLargeException")],
    means: "Lambda's API answers 413 to a payload over 6 MB for a synchronous call.",
    next: &["put large data into S3 and send the key"],
    rules: &[],
    ..FAILURE
};

static EVENT_NOT_JSON: Cause = Cause {
    name: "lambda-event-not-json",
    title: "the payload of the call is not JSON",
    signs: &[Words("Could not parse request body into json"), Words("InvalidRequestContentException")],
    means: "Lambda's API takes JSON alone. Version 2 of the AWS CLI reads --payload as base64 unless told otherwise.",
    next: &["aws lambda invoke --cli-binary-format raw-in-base64-out --payload file://event.json …"],
    commands: &["apigw event check event.json", "apigw event gen rest-get -o event.json"],
    rules: &[],
    ..FAILURE
};

static NO_FUNCTION: Cause = Cause {
    name: "lambda-no-function",
    title: "there is no function of this name, version or alias",
    signs: &[Words("Function not found: arn:"), Words("ResourceNotFoundException")],
    means: "Name, region, account or qualifier of the ARN is wrong, or the function was deleted.",
    next: &["aws lambda get-function --function-name ARN, with the same region and credentials"],
    rules: &[],
    ..FAILURE
};
