//! `Principal` and `NotPrincipal`: whom a statement is about.

use super::arn::{self, is_account};
use super::document::{Spot, texts};
use super::problem::{Problem, ProblemKind};
use super::request::Caller;
use crate::json::Pointer;
use serde_json::Value;

/// An element of principals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Principals {
    /// Whether it is `NotPrincipal`: about everybody but these.
    pub negated: bool,
    /// Where the element stands.
    pub at: Pointer,
    /// The principals.
    pub values: Vec<Principal>,
}

/// One principal of the element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Principal {
    /// What it names.
    pub kind: PrincipalKind,
    /// Its name, and where it stands.
    pub spot: Spot,
}

/// The kinds of principals, by their key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PrincipalKind {
    /// `"*"` without a key: everybody.
    Everybody,
    /// An account, user, role or session.
    Aws,
    /// An AWS service.
    Service,
    /// An identity provider.
    Federated,
    /// A canonical user id of S3.
    CanonicalUser,
}

impl PrincipalKind {
    fn of_key(key: &str) -> Option<Self> {
        match key {
            "AWS" => Some(Self::Aws),
            "Service" => Some(Self::Service),
            "Federated" => Some(Self::Federated),
            "CanonicalUser" => Some(Self::CanonicalUser),
            _ => None,
        }
    }
}

/// Reads the element.
pub(super) fn read_principals(
    value: &Value,
    at: &Pointer,
    negated: bool,
    problems: &mut Vec<Problem>,
) -> Principals {
    let mut values = Vec::new();
    match value {
        Value::Object(members) => {
            for (key, value) in members {
                let at = at.child(key);
                let Some(kind) = PrincipalKind::of_key(key) else {
                    problems.push(Problem::of_key(ProblemKind::PrincipalKind, &at));
                    continue;
                };
                values.extend(texts(value, &at, problems).into_iter().map(|spot| Principal { kind, spot }));
            }
        }
        Value::String(text) if text == "*" => {
            let spot = Spot { text: text.clone(), at: at.clone() };
            values.push(Principal { kind: PrincipalKind::Everybody, spot });
        }
        other => problems.push(Problem::of_value(ProblemKind::PrincipalForm, at, other)),
    }
    values.iter().for_each(|principal| principal.check(problems));
    Principals { negated, at: at.clone(), values }
}

impl Principals {
    /// Whether the statement is about that caller.
    pub(super) fn hold(&self, caller: &Caller) -> bool {
        self.values.iter().any(|principal| principal.names(caller)) != self.negated
    }
}

impl Principal {
    fn check(&self, problems: &mut Vec<Problem>) {
        let text = self.spot.text.as_str();
        let problem = match self.kind {
            PrincipalKind::Everybody => None,
            PrincipalKind::Aws if text == "*" => None,
            _ if text.contains(['*', '?']) => Some(ProblemKind::PrincipalWildcard), // P-082
            PrincipalKind::Aws if !is_account(text) && arn::split(text).is_none() => {
                Some(ProblemKind::PrincipalForm)
            }
            PrincipalKind::Service if !text.contains('.') => Some(ProblemKind::PrincipalForm),
            _ => None,
        };
        problems.extend(problem.map(|kind| Problem::of_text(kind, &self.spot.at, text)));
    }

    /// Whether it names that caller. An account stands for everybody in it; `*` for everybody, and
    /// a wildcard inside a name for nobody (P-082).
    pub fn names(&self, caller: &Caller) -> bool {
        let name = self.spot.text.as_str();
        match (self.kind, caller) {
            (PrincipalKind::Everybody, _) => true,
            (PrincipalKind::Aws, _) if name == "*" => true,
            (PrincipalKind::Aws, Caller::Aws { arn, account }) => {
                name == arn || account_of(name) == Some(account) || is_session_of(arn, name)
            }
            (PrincipalKind::Service, Caller::Service(service)) => name == service,
            (PrincipalKind::Federated, Caller::Federated(provider)) => name == provider,
            _ => false,
        }
    }
}

/// The account that a principal stands for as a whole: its number, or its root's ARN (P-093).
fn account_of(name: &str) -> Option<&str> {
    if is_account(name) {
        return Some(name);
    }
    let [_, _, service, _, account, resource] = arn::split(name)?;
    (service == "iam" && resource == "root").then_some(account)
}

/// Whether a session is one of a role. A session's ARN has the role's name without its path.
fn is_session_of(session: &str, role: &str) -> bool {
    let (Some(session), Some(role)) = (arn::split(session), arn::split(role)) else { return false };
    let ["sts", _, account, assumed] = session[2..] else { return false };
    let ["iam", _, owner, role] = role[2..] else { return false };
    let name = assumed.strip_prefix("assumed-role/").and_then(|rest| rest.split('/').next());
    let own = role.strip_prefix("role/").and_then(|path| path.rsplit('/').next());
    account == owner && name.is_some() && name == own
}
