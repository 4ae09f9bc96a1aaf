//! What the gateway does with the result of an authorizer.

use super::policy::AuthorizerPolicy;
use super::{AuthorizerFacts, AuthorizerKind};
use crate::gateway::api::Identity;
use crate::gateway::arn;
use crate::gateway::errors::GatewayError;
use crate::gateway::notice::{Evidence, Notice, NoticeKind};
use crate::gateway::respond::{Exchange, Invocation, Outcome, error_summary, own_answer, whole};
use crate::json::Pointer;
use crate::policy;
use serde_json::Value;

/// What an authorizer's outcome amounts to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// The request passes.
    Allow,
    /// The authorizer denies it.
    Deny,
    /// The authorizer does not know the caller.
    Unauthorized,
    /// The gateway cannot use what the authorizer returned, and answers with an error.
    Error,
}

impl Decision {
    /// Reads it off the outcome of [`decide`].
    pub fn of(outcome: &Outcome) -> Self {
        match &outcome.response {
            None => Self::Allow,
            Some(response) if response.status == 401 => Self::Unauthorized,
            Some(_) if outcome.refused => Self::Error,
            Some(_) => Self::Deny,
        }
    }

    /// The name in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Allow => "allow",
            Self::Deny => "deny",
            Self::Unauthorized => "unauthorized",
            Self::Error => "error",
        }
    }
}

/// What the gateway does when the authorizer of that kind ended so, for the call that the exchange
/// tells of. There is no response when the request passes.
pub fn decide(kind: AuthorizerKind, exchange: &Exchange<'_>, invocation: Invocation<'_>) -> Outcome {
    let facts = kind.facts();
    match invocation {
        Invocation::Returned(result) => {
            let refusals = (facts.refusals)(result);
            if refusals.is_empty() {
                return accept(facts, exchange, result);
            }
            let notices = refusals.into_iter().map(|notice| in_words(notice, result)).collect();
            refuse(facts, exchange, notices)
        }
        Invocation::Failed(error) if is_unauthorized(facts, error) => {
            answer(exchange, facts.unauthorized, Vec::new())
        }
        Invocation::Failed(error) => {
            refuse(facts, exchange, vec![failure(facts, error, error_summary(error))])
        }
        // What streams is no JSON of its own.
        Invocation::ReturnedGarbage | Invocation::Streamed(_) => {
            let (fact, evidence) = facts.failure_is_known;
            let notice = whole(NoticeKind::NotJson, &Value::Null).because(&[fact], evidence);
            refuse(facts, exchange, vec![notice.found("no JSON")])
        }
        Invocation::ReturnedTooMuch => refuse(
            facts,
            exchange,
            vec![failure(facts, &Value::Null, "a result of more than 6 MB".to_owned())],
        ),
        // taken for a failure like others
        Invocation::GatewayTimeout => {
            refuse(facts, exchange, vec![failure(facts, &Value::Null, "no answer in time".to_owned())])
        }
    }
}

/// The caller as later events know it, from the result of an authorizer that lets it pass (R-120,
/// H-028, W-028).
pub fn identity(result: &Value) -> Identity {
    let principal = result.get("principalId").map(|value| match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    });
    let context = result.get("context").and_then(Value::as_object).cloned();
    Identity::Lambda { principal: principal.unwrap_or_default(), context: context.unwrap_or_default() }
}

/// the message is exactly this word.
fn is_unauthorized(facts: &AuthorizerFacts, error: &Value) -> bool {
    let message = error.get("errorMessage").unwrap_or(error);
    facts.fails_with_unauthorized && message.as_str() == Some("Unauthorized")
}

fn failure(facts: &AuthorizerFacts, error: &Value, found: String) -> Notice {
    let (fact, evidence) = facts.failure_is_known;
    whole(NoticeKind::AuthorizerFailed, error).found(found).because(&[fact], evidence)
}

fn answer(exchange: &Exchange<'_>, error: &GatewayError, notices: Vec<Notice>) -> Outcome {
    Outcome { response: Some(own_answer(exchange, error)), refused: false, notices }
}

fn refuse(facts: &AuthorizerFacts, exchange: &Exchange<'_>, notices: Vec<Notice>) -> Outcome {
    let notices = notices.into_iter().map(Notice::refusing).collect();
    Outcome { refused: true, ..answer(exchange, facts.error, notices) }
}

/// Says what a result without a policy is instead.
fn in_words(notice: Notice, result: &Value) -> Notice {
    let has = |key: &str| result.get(key).is_some();
    match notice.kind {
        NoticeKind::PolicyMissing if has("statusCode") => notice.found("a response"),
        NoticeKind::PolicyMissing if has("isAuthorized") => notice.found("a simple response"),
        NoticeKind::PolicyMissing if has("policy_document") || has("PolicyDocument") => {
            notice.found("another spelling of policyDocument")
        }
        NoticeKind::PrincipalMissing if notice.pointer.is_root() => notice.found("no principalId"),
        _ => notice,
    }
}

/// The outcome for a result whose shape is accepted: a simple response, or a policy.
fn accept(facts: &AuthorizerFacts, exchange: &Exchange<'_>, result: &Value) -> Outcome {
    if let (AuthorizerKind::Http, Some(passes)) = (facts.kind, result.get("isAuthorized")) {
        return simple(facts, exchange, passes);
    }
    let at = Pointer::root().child("policyDocument");
    let document = result.get("policyDocument").unwrap_or(&Value::Null);
    let own = AuthorizerPolicy::read(document, at.clone(), exchange);
    let arn = arn::of_call(exchange.api, exchange.request);
    let mut notices = advice(facts, result, &own);
    match own.decide(&arn) {
        policy::Decision::ExplicitDeny => answer(exchange, facts.denied[1], notices),
        policy::Decision::ImplicitDeny => {
            let (fact, evidence) = facts.denial_is_known;
            let notice = Notice::new(NoticeKind::PolicyWithoutCall, at, &Value::Null);
            notices.push(notice.found(arn).because(&[fact], evidence));
            answer(exchange, facts.denied[0], notices)
        }
        policy::Decision::Allowed => {
            notices.extend(narrow(facts, &own, &arn));
            Outcome { response: None, refused: false, notices }
        }
    }
}

/// H-102: passes or not. The setting that such responses need is not seen in them.
fn simple(facts: &AuthorizerFacts, exchange: &Exchange<'_>, passes: &Value) -> Outcome {
    let mut notices = Vec::new();
    if !exchange.api.authorizer.simple_responses {
        let at = Pointer::root().child("isAuthorized");
        let notice = Notice::new(NoticeKind::SimpleResponseSetting, at, passes).on_key();
        notices.push(notice.because(&["H-102"], Evidence::Documented));
    }
    match passes.as_bool() {
        Some(true) => Outcome { response: None, refused: false, notices },
        _ => answer(exchange, facts.denied[0], notices),
    }
}

/// What is worth a word in an accepted result, whatever it says about this call.
fn advice(facts: &AuthorizerFacts, result: &Value, policy: &AuthorizerPolicy) -> Vec<Notice> {
    /// R-250, in characters.
    const LONGEST_RESOURCE: usize = 512;
    let mut notices = Vec::new();
    if facts.flavor == crate::gateway::Flavor::Http && result.get("principalId").is_none() {
        let notice = whole(NoticeKind::PrincipalMissing, result).found("no principalId");
        notices.push(notice.because(&["H-103"], Evidence::Inferred));
    }
    for at in &policy.assumed {
        let notice = Notice::new(NoticeKind::PolicyConditionAssumed, at.clone(), &Value::Null).on_key();
        notices.push(notice.because(&["R-237"], Evidence::Inferred));
    }
    for (resource, at) in policy.resources(false) {
        let length = resource.chars().count();
        if length > LONGEST_RESOURCE {
            let notice = Notice::new(NoticeKind::PolicyResourceTooLong, at, &Value::Null);
            notices.push(notice.found(length.to_string()).because(&["R-250"], Evidence::Documented));
        }
    }
    notices
}

/// R-251, H-106: a policy that allows this very call and no other, where the answer is kept for
/// the other calls of the caller.
fn narrow(facts: &AuthorizerFacts, policy: &AuthorizerPolicy, arn: &str) -> Option<Notice> {
    let (fact, evidence) = facts.cache_is_known?;
    let resources = policy.resources(true);
    let (_, at) = resources.first()?;
    let only_this = resources.iter().all(|(resource, _)| *resource == arn);
    let notice = Notice::new(NoticeKind::PolicyNarrow, at.clone(), &Value::Null).found(arn);
    only_this.then(|| notice.because(&[fact], evidence))
}
