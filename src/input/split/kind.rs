//! What the documents that are wanted look like: enough to find them among others. Whether they are
//! right is for the judges.

use super::scan;

/// What the documents should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// What functions return.
    Result,
    /// What functions are called with.
    Event,
    /// What holds a policy, and templates.
    Policy,
}

impl Kind {
    /// The word for one of them.
    pub fn name(self) -> &'static str {
        match self {
            Self::Result => "result",
            Self::Event => "event",
            Self::Policy => "policy or template",
        }
    }

    /// The endings of the files that hold such documents, in directories.
    pub fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Result | Self::Event => &["json", "ndjson", "jsonl"],
            Self::Policy => &["json", "yaml", "yml", "template"],
        }
    }
}

/// Keys of which what holds a policy has one.
const OF_POLICIES: [&[u8]; 5] = [b"Statement", b"Policy", b"policy", b"policyDocument", b"Resources"];

/// Keys of which an event has one: of proxies, of authorizers, of VPC Lattice.
const OF_EVENTS: [&[u8]; 5] = [b"requestContext", b"httpMethod", b"methodArn", b"routeArn", b"raw_path"];

/// Keys of which the answer of an authorizer has one.
const OF_ANSWERS: [&[u8]; 2] = [b"policyDocument", b"isAuthorized"];

/// Keys that stand beside `statusCode` in a result, where it has more than that.
const BESIDE_STATUS: [&[u8]; 5] = [b"body", b"headers", b"multiValueHeaders", b"cookies", b"isBase64Encoded"];

/// Keys under which loggers write what a function was called with or returns.
const OF_LOGGERS: [&[u8]; 4] = [b"message", b"event", b"response", b"result"];

/// Whether the object that begins with the bytes looks like a result or an event.
pub(super) fn is_document(object: &[u8]) -> bool {
    scan::members(object)
        .any(|(key, _)| key == b"statusCode" || OF_EVENTS.contains(&key) || OF_ANSWERS.contains(&key))
}

/// Whether the object looks like what is wanted, and not like what a function logs of its work.
fn is_wanted(object: &[u8], kind: Kind) -> bool {
    let has = |keys: &[&[u8]]| scan::members(object).any(|(key, _)| keys.contains(&key));
    match kind {
        Kind::Event => has(&OF_EVENTS),
        Kind::Policy => has(&OF_POLICIES),
        Kind::Result => {
            let alone = scan::members(object).count() == 1;
            has(&OF_ANSWERS) || has(&[b"statusCode"]) && (alone || has(&BESIDE_STATUS))
        }
    }
}

/// Where in an object out of a log the wanted one stands: the whole, or what a logger wrapped.
pub(super) fn wanted(object: &[u8], kind: Kind) -> Option<std::ops::Range<usize>> {
    if is_wanted(object, kind) {
        return Some(0..object.len());
    }
    let mut wrapped = scan::members(object).filter(|(key, _)| OF_LOGGERS.contains(key));
    wrapped.find_map(|(_, value)| {
        let is_object = object.get(value.start) == Some(&b'{');
        (is_object && is_wanted(&object[value.clone()], kind)).then_some(value)
    })
}
