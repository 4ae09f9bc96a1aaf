//! What a REST API does with a call when its own policy and its method's authorization have
//! spoken (P-136, P-137, R-282 to R-284).

use super::request::Decision;

/// How a method of a REST API authorizes its callers, and what came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Authorization {
    /// It does not.
    None,
    /// `AWS_IAM`: what the policies of the caller's identity say, and whether the caller belongs to
    /// the account of the API.
    Iam {
        /// The decision of the identity's policies.
        identity: Decision,
        /// Whether the caller is of another account.
        cross_account: bool,
    },
    /// A Cognito user pool: whether the token is valid.
    Cognito {
        /// Whether it is.
        valid: bool,
    },
    /// A Lambda authorizer: what its policy says. It is not asked if the API's own policy denies.
    Lambda(Decision),
}

/// The outcome of a call, and the reason in a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Flow {
    /// Whether the call passes.
    pub decision: Decision,
    /// Whether the authorizer or the token was looked at.
    pub asked: bool,
    /// Why.
    pub because: &'static str,
}

/// Combines the decision of the API's own policy (`None`: it has no policy) with the method's
/// authorization.
pub fn flow(policy: Option<Decision>, authorization: Authorization) -> Flow {
    let of = |decision, asked, because| Flow { decision, asked, because };
    match (policy, authorization) {
        (Some(Decision::ExplicitDeny), Authorization::Lambda(_)) => {
            of(Decision::ExplicitDeny, false, "the API's policy denies it, and the authorizer is not asked")
        }
        (Some(Decision::ExplicitDeny), _) => of(Decision::ExplicitDeny, true, "the API's policy denies it"),
        (None, Authorization::None) => {
            of(Decision::Allowed, false, "the API has no policy and the method is open")
        }
        (Some(Decision::Allowed), Authorization::None) => {
            of(Decision::Allowed, false, "the API's policy allows it")
        }
        (Some(_), Authorization::None) => of(
            Decision::ImplicitDeny,
            false,
            "an API with a policy is closed to whom the policy does not allow",
        ),
        (_, Authorization::Cognito { valid: false }) => {
            of(Decision::ImplicitDeny, true, "the token is not valid")
        }
        (Some(Decision::ImplicitDeny), Authorization::Cognito { valid: true }) => {
            of(Decision::ImplicitDeny, true, "with a user pool the API's policy must allow the call as well")
        }
        (_, Authorization::Cognito { valid: true }) => {
            of(Decision::Allowed, true, "the token is valid, and no policy stands against it")
        }
        (policy, Authorization::Lambda(word)) => {
            same_account(policy, word, ["the authorizer allows it", "the authorizer denies it"])
        }
        (policy, Authorization::Iam { identity, cross_account: false }) => {
            let words = ["the caller's own policies allow it", "the caller's own policies deny it"];
            same_account(policy, identity, words)
        }
        (policy, Authorization::Iam { identity, cross_account: true }) => other_account(policy, identity),
    }
}

/// Either side may allow (table A); `words` tell that the other one allows, and that it denies.
fn same_account(policy: Option<Decision>, other: Decision, words: [&'static str; 2]) -> Flow {
    let (decision, because) = match (policy, other) {
        (_, Decision::ExplicitDeny) => (Decision::ExplicitDeny, words[1]),
        (Some(Decision::Allowed), _) => (Decision::Allowed, "the API's policy allows it"),
        (_, Decision::Allowed) => (Decision::Allowed, words[0]),
        _ => (Decision::ImplicitDeny, "neither side allows it"),
    };
    Flow { decision, asked: true, because }
}

/// Both sides must allow (table B). An API without a policy is not open to other accounts.
fn other_account(policy: Option<Decision>, identity: Decision) -> Flow {
    let (decision, because) = match (policy, identity) {
        (_, Decision::ExplicitDeny) => (Decision::ExplicitDeny, "the caller's own policies deny it"),
        (Some(Decision::Allowed), Decision::Allowed) => (Decision::Allowed, "both sides allow it"),
        (_, Decision::Allowed) => {
            (Decision::ImplicitDeny, "for a caller of another account the API's policy must allow it as well")
        }
        _ => {
            (Decision::ImplicitDeny, "a caller of another account needs its own policies to allow it as well")
        }
    };
    Flow { decision, asked: true, because }
}
