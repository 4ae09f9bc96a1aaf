//! What was noticed about a result or an event: the facts behind a lint finding, without its words.

use crate::json::{Part, Pointer};
use serde::Deserialize;
use serde_json::Value;

/// How well a behaviour of AWS is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Evidence {
    /// Concluded from other facts, or known of another emulator only.
    Inferred,
    /// One user's report.
    ReportedOnce,
    /// Reports that agree, or the word of a maintainer at AWS.
    Reported,
    /// In AWS's documentation, or in a standard that it builds on.
    Documented,
    /// Seen on AWS and stored.
    Recorded,
}

impl Evidence {
    /// The name in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Inferred => "inferred",
            Self::ReportedOnce => "reported-once",
            Self::Reported => "reported",
            Self::Documented => "documented",
            Self::Recorded => "recorded",
        }
    }
}

/// What can be noticed about a result, and about an event. Each kind has its words in a lint rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "each kind is told in words by the lint rule of its name")]
pub enum NoticeKind {
    BodyNotString,
    StatusNotNumber,
    StatusOutOfRange,
    StatusUnusual,
    UnknownKey,
    UnknownKeyIgnored,
    HeadersNotObject,
    HeaderValueNotText,
    HeaderValueCoerced,
    HeaderValueNull,
    MultiValueNotList,
    MultiValueHeadersIgnored,
    Base64FlagNotBoolean,
    Base64FlagCoerced,
    Base64Undecodable,
    Base64SentAsText,
    Base64WithoutBinaryTypes,
    HeaderRenamed,
    HeaderDropped,
    CookiesNotList,
    CookieNotText,
    ResultNotObject,
    ResultNull,
    ResultInferred,
    FunctionError,
    ResponseTooLarge,
    BodyCoerced,
    BodyNull,
    StatusMissing,
    MemberNull,
    WrongHeaderMap,
    StatusDescriptionForm,
    EnvelopeStreamed,
    PreludeMalformed,
    NotJson,
    EventKeyMissing,
    EventValueType,
    EventEmptyValue,
    EventNullValue,
    EventKeyUnknown,
    MixedFlavours,
    EventIdForm,
    EventTimeForm,
    EventValueNeverSent,
    AuthorizerValueTyped,
    MapsDisagree,
    KeyInOneMap,
    TimeMismatch,
    EpochNotMilliseconds,
    PathNotUnderStage,
    PathSlashes,
    CopiesDiffer,
    PathParametersMismatch,
    PathIsTemplate,
    MethodCase,
    RouteKeyMismatch,
    QueryMismatch,
    Base64BodyUndecodable,
    Base64WithoutBody,
    Base64FlagUnlikely,
    HeaderNameCase,
    CookieHeaderLeft,
    CookiesMismatch,
    HeaderNeverSent,
    GatewayHeaderMissing,
    TraceIdForm,
    SourceIpForm,
    SourceIpMismatch,
    HostMismatch,
    MethodArnMismatch,
    ClientCertUnlikely,
    UnknownEvent,
    SubprotocolNotChosen,
    UpgradeRefused,
    MessageNotSent,
    AuthorizerResultNotObject,
    PolicyMissing,
    PolicyUnreadable,
    PrincipalMissing,
    ContextNotFlat,
    UsageKeyNotText,
    SimpleResponseUnreadable,
    AuthorizerFailed,
    PolicyWithoutCall,
    PolicyNarrow,
    PolicyResourceTooLong,
    PolicyConditionAssumed,
    SimpleResponseSetting,
}

/// Something that the gateway noticed on the way from a result to a response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// What it is.
    pub kind: NoticeKind,
    /// The value that it is about.
    pub pointer: Pointer,
    /// Whether the value or its key is meant.
    pub part: Part,
    /// Whether this makes the gateway answer with an error of its own.
    pub refuses: bool,
    /// What was found there, in words: `an object`, `the number 42`, a header's new name.
    pub found: String,
    /// The numbers of the facts behind it.
    pub facts: Vec<String>,
    /// How well they are known.
    pub evidence: Evidence,
}

impl Notice {
    /// A notice about a value that does not refuse the result.
    pub fn new(kind: NoticeKind, pointer: Pointer, value: &Value) -> Self {
        let found = describe(value);
        Self {
            kind,
            pointer,
            part: Part::Value,
            refuses: false,
            found,
            facts: Vec::new(),
            evidence: Evidence::Inferred,
        }
    }

    /// The same with the facts behind it.
    #[must_use]
    pub fn because(mut self, facts: &[&str], evidence: Evidence) -> Self {
        self.facts = facts.iter().map(|fact| (*fact).to_owned()).collect();
        self.evidence = evidence;
        self
    }

    /// The same, about the key and not the value.
    #[must_use]
    pub fn on_key(mut self) -> Self {
        self.part = Part::Key;
        self
    }

    /// The same with other words for what was found.
    #[must_use]
    pub fn found(mut self, found: impl Into<String>) -> Self {
        self.found = found.into();
        self
    }

    /// The same, refusing the result.
    #[must_use]
    pub fn refusing(mut self) -> Self {
        self.refuses = true;
        self
    }
}

/// A value in a few words.
pub(crate) fn describe(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Number(number) => format!("the number {}", brief(&number.to_string())),
        Value::String(text) => format!("the string {}", brief(&format!("{text:?}"))),
        Value::Array(_) => "an array".to_owned(),
        Value::Object(_) => "an object".to_owned(),
    }
}

/// At most forty characters of a text.
fn brief(text: &str) -> String {
    const LIMIT: usize = 40;
    if text.chars().count() <= LIMIT {
        return text.to_owned();
    }
    text.chars().take(LIMIT - 1).chain(['…']).collect()
}
