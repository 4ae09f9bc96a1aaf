//! What to do about errors of Lambda's own.

/// Words in the types of errors, or in the reasons for throttling, and what to do.
const ADVICE: [(&str, &str); 15] = [
    ("ReservedFunction", "the function's reserved concurrency is used up, or is 0: raise it, or wait"),
    ("RequestTooLarge", TOO_LARGE),
    ("UnknownOperation", "the address does not know this call of Lambda's API: an emulator may lack it"),
    ("InvalidRequestContent", "the event must be JSON"),
    (
        "RecursiveInvocation",
        "the function invokes itself by way of other services: Lambda has stopped the loop",
    ),
    ("ResourceConflict", "the function is being made or changed: try again in a moment"),
    ("ResourceNotReady", "Lambda is waking an idle function: try again in a minute"),
    (
        "SnapStart",
        "Lambda has no snapshot of the version yet, or cannot start it: see the state of the version",
    ),
    ("KMS", "the key of the function's variables: is it enabled, and may the function's role use it?"),
    ("InvalidRuntime", "the function's runtime is no longer there: name another in its configuration"),
    ("InvalidZipFile", "Lambda cannot unpack the function's code: upload it anew"),
    ("ENILimit", "the account has no network interfaces left for functions in a VPC"),
    ("EC2AccessDenied", "the function's role needs the rights of AWSLambdaVPCAccessExecutionRole"),
    ("EFS", "the function's file system: see its mount targets and security groups"),
    ("ServiceException", "the failure is AWS's own: try again in a minute"),
];

const TOO_LARGE: &str = "Lambda takes events of 6 MB, and of 1 MB with --type Event: put large data into S3, and its key into the event";

/// What to do about an error with that status, type and reason, where there is more to say than of
/// its kind.
pub(super) fn advice(status: u16, name: &str, reason: &str) -> Option<&'static str> {
    let own = ADVICE.iter().find(|(word, _)| name.contains(word) || reason.contains(word));
    own.map(|(_, advice)| *advice).or_else(|| (status == 413).then_some(TOO_LARGE))
}
