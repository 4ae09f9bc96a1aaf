//! The policy in an authorizer's result, and what it says about one call.

use crate::gateway::respond::Exchange;
use crate::json::Pointer;
use crate::policy::{Caller, Condition, Context, Decision, Document, Effect, Policy, Request, Spot};
use serde_json::Value;

/// The policy of an accepted result.
pub(super) struct AuthorizerPolicy {
    document: Document,
    /// Where it stands in the result.
    at: Pointer,
    /// The conditions that are taken to hold, by the place of their element.
    pub(super) assumed: Vec<Pointer>,
    context: Context,
}

impl AuthorizerPolicy {
    /// Reads the policy that stands at a place of the result. What its conditions ask for and the
    /// call does not tell is taken to hold; a principal has no meaning here.
    pub(super) fn read(policy: &Value, at: Pointer, exchange: &Exchange<'_>) -> Self {
        let context = context(exchange);
        let mut document = Document::read(policy);
        let mut assumed = Vec::new();
        for statement in &mut document.statements {
            let is_known = |condition: &Condition| {
                condition.known.is_some() && context.get(&condition.key.text).is_some()
            };
            let unknown = statement.conditions.iter().any(|condition| !is_known(condition));
            assumed.extend(unknown.then(|| at.join(&statement.at).child("Condition")));
            statement.conditions.retain(is_known);
            statement.principals = None;
        }
        Self { document, at, assumed, context }
    }

    /// What it says about the call of that ARN.
    pub(super) fn decide(&self, arn: &str) -> Decision {
        Policy::new(&self.document, None).decide(&Request {
            action: "execute-api:Invoke".to_owned(),
            resource: arn.to_owned(),
            caller: Caller::Anonymous,
            context: self.context.clone(),
        })
    }

    /// The resources of all statements, or of those that allow, and where they stand.
    pub(super) fn resources(&self, only_allowing: bool) -> Vec<(&str, Pointer)> {
        let statements = self.document.statements.iter();
        let counted = statements.filter(|own| !only_allowing || own.effect == Some(Effect::Allow));
        let patterns = counted.filter_map(|statement| statement.resources.as_ref());
        let spots = patterns.filter(|patterns| !patterns.negated).flat_map(|patterns| &patterns.values);
        spots.map(|Spot { text, at }| (text.as_str(), self.at.join(at))).collect()
    }
}

/// What a call tells of its circumstances. The client's address and the hour are not among them.
fn context(exchange: &Exchange<'_>) -> Context {
    let mut context = Context::new().with("aws:SecureTransport", exchange.api.https.to_string());
    for (key, header) in [("aws:UserAgent", "user-agent"), ("aws:Referer", "referer")] {
        if let Some(value) = exchange.request.headers.get(header) {
            context = context.with(key, value);
        }
    }
    context
}
