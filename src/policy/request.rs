//! What is asked of a policy: who does what to which resource, and under which circumstances.

/// A request as policies see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The action, such as `lambda:InvokeFunction`; compared without case.
    pub action: String,
    /// The ARN of the resource.
    pub resource: String,
    /// Who asks.
    pub caller: Caller,
    /// The circumstances.
    pub context: Context,
}

impl Request {
    /// API Gateway invokes a function: it presents the source ARN and the account of the API.
    pub fn of_api_gateway(function: &str, source_arn: &str, account: &str) -> Self {
        let context = Context::new().with("aws:SourceArn", source_arn).with("aws:SourceAccount", account);
        Self {
            action: Caller::INVOKES.to_owned(),
            resource: function.to_owned(),
            caller: Caller::Service(Caller::API_GATEWAY.to_owned()),
            context,
        }
    }
}

/// Who asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Caller {
    /// Nobody that AWS knows.
    Anonymous,
    /// An AWS service, such as `apigateway.amazonaws.com`.
    Service(String),
    /// A user, a role or a session, and its account.
    Aws {
        /// The ARN.
        arn: String,
        /// The account.
        account: String,
    },
    /// An identity of a provider.
    Federated(String),
}

impl Caller {
    /// The principal of API Gateway in every partition (P-027).
    pub const API_GATEWAY: &'static str = "apigateway.amazonaws.com";

    /// What API Gateway does with a function (P-099).
    pub const INVOKES: &'static str = "lambda:InvokeFunction";

    /// Reads a caller as people write one: the ARN of a user, role or session, the number of an
    /// account for its root, the name of a service; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        if super::arn::is_account(text) {
            return Some(Self::Aws { arn: format!("arn:aws:iam::{text}:root"), account: text.to_owned() });
        }
        if let Some([_, _, "iam" | "sts", _, account, _]) = super::arn::split(text) {
            return Some(Self::Aws { arn: text.to_owned(), account: account.to_owned() });
        }
        text.ends_with(".amazonaws.com").then(|| Self::Service(text.to_owned()))
    }

    /// The name in sentences.
    pub fn name(&self) -> &str {
        match self {
            Self::Anonymous => "anonymous",
            Self::Service(name) | Self::Aws { arn: name, .. } | Self::Federated(name) => name,
        }
    }
}

/// The keys of a request that conditions look at, and their values.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Context {
    /// Keys in lower case, since case does not count in them (P-066), and as they were given.
    values: Vec<(Box<str>, Box<str>, Values)>,
}

/// The value of a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Values {
    /// A key that has one value.
    One(String),
    /// A key that has any number of values.
    Many(Vec<String>),
}

impl Values {
    /// The values.
    #[inline]
    pub fn all(&self) -> &[String] {
        match self {
            Self::One(value) => std::slice::from_ref(value),
            Self::Many(values) => values,
        }
    }
}

impl Context {
    /// No keys.
    pub fn new() -> Self {
        Self::default()
    }

    /// The same with a key of one value; it replaces an earlier one.
    #[must_use]
    pub fn with(self, key: &str, value: impl Into<String>) -> Self {
        self.with_values(key, Values::One(value.into()))
    }

    /// The same with a key of any number of values; it replaces an earlier one.
    #[must_use]
    pub fn with_values(mut self, key: &str, values: Values) -> Self {
        let lower = key.to_ascii_lowercase().into_boxed_str();
        self.values.retain(|(own, ..)| *own != lower);
        self.values.push((lower, key.into(), values));
        self
    }

    /// The values of a key, in any case.
    pub fn get(&self, key: &str) -> Option<&Values> {
        self.values.iter().find(|(own, ..)| own.eq_ignore_ascii_case(key)).map(|(.., values)| values)
    }

    /// Every key as it was given, and its values.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Values)> {
        self.values.iter().map(|(_, name, values)| (&**name, values))
    }

    /// The values of a key that is in lower case.
    #[inline]
    pub(super) fn get_lower(&self, key: &str) -> Option<&Values> {
        self.values.iter().find(|(own, ..)| **own == *key).map(|(.., values)| values)
    }
}

/// What a policy says about a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Decision {
    /// A statement allows it and none denies it.
    Allowed,
    /// A statement denies it (P-080).
    ExplicitDeny,
    /// No statement is about it.
    ImplicitDeny,
}

impl Decision {
    /// Every decision.
    pub const ALL: [Self; 3] = [Self::Allowed, Self::ExplicitDeny, Self::ImplicitDeny];

    /// The name in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Allowed => "allowed",
            Self::ExplicitDeny => "explicit-deny",
            Self::ImplicitDeny => "implicit-deny",
        }
    }
}
