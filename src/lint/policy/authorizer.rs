//! The result of a Lambda authorizer without a call, and without knowing what kind of API asks for it:
//! what all kinds refuse is an error, what some do is worth a warning. The judge is that of results.

use super::path_template;
use crate::gateway::AuthorizerKind::{self, Http, Token, Websocket};
use crate::gateway::{Api, Exchange, Front, Moment, Stamp, arn};
use crate::http::Request;
use crate::json::{Pointer, Text};
use crate::lint::advice::Expected;
use crate::lint::finding::{Finding, Severity};
use crate::lint::judge::{Ended, judge_ended};
use crate::lint::rules::authorizer::{
    POLICY_CONDITION_ASSUMED, POLICY_NARROW, POLICY_WITHOUT_CALL, SIMPLE_RESPONSE_SETTING,
};
use crate::policy::{Carried, CarrierKind, Effect, Pattern};
use serde_json::Value;

/// Whether a text is the result of an authorizer, perhaps one without its policy.
pub(super) fn is_result(text: &Text) -> bool {
    let members = text.members(&Pointer::root());
    members.iter().any(|(key, ..)| ["policyDocument", "isAuthorized", "principalId"].contains(&&**key))
}

/// What is found in it.
pub(super) fn findings(text: &Text, carried: &[Carried<'_>]) -> Vec<Finding> {
    let value = text.value();
    // Only HTTP APIs in payload format 2.0 read a simple response.
    let is_simple = value.get("isAuthorized").is_some() && value.get("policyDocument").is_none();
    let kinds: &[AuthorizerKind] = if is_simple { &[Http] } else { &[Token, Http, Websocket] };
    let call = first_call(carried);
    let found: Vec<_> = kinds.iter().map(|kind| of_kind(*kind, call.as_deref(), text, &value)).collect();
    let (first, others) =
        found.split_first().map_or((&[][..], &[][..]), |(first, others)| (&first[..], others));
    first.iter().filter_map(|finding| agreed(finding, others, kinds)).collect()
}

/// The first call that the policy names exactly: what is asked for one call is asked for this one.
fn first_call(carried: &[Carried<'_>]) -> Option<String> {
    let policy = carried.iter().find(|own| own.kind == CarrierKind::AuthorizerResult)?;
    let allowing = policy.document.statements.iter().filter(|own| own.effect == Some(Effect::Allow));
    let resources = allowing.filter_map(|own| own.resources.as_ref()).filter(|own| !own.negated);
    let mut resources = resources.flat_map(|own| &own.values);
    let is_call = |text: &str| Pattern::new(text).is_literal() && path_template(text).is_none();
    resources.find(|spot| is_call(&spot.text)).map(|spot| spot.text.clone())
}

/// What is found for an authorizer of that kind, without what depends on the call or on settings.
fn of_kind(kind: AuthorizerKind, call: Option<&str>, text: &Text, value: &Value) -> Vec<Finding> {
    const UNKNOWN: [&str; 3] =
        [POLICY_WITHOUT_CALL.code, POLICY_CONDITION_ASSUMED.code, SIMPLE_RESPONSE_SETTING.code];
    let front = Front::Authorizer(kind);
    let api = Api::new(front.flavor());
    let root = || (api.clone(), Request::new("GET", api.prefix() + "/"));
    let (api, request) = call.and_then(|call| arn::call_of(call, &api)).unwrap_or_else(root);
    let moment = if kind == Websocket { Moment::Connect } else { Moment::Request };
    let stamp = Stamp::default();
    let exchange = Exchange { api: &api, request: &request, stamp: &stamp, moment };
    let end = front.returned(&api, value, text.source().len());
    let (_, found) = judge_ended(front, &exchange, Ended { text, value, end }, &Expected::default());
    found.into_iter().filter(|finding| !UNKNOWN.contains(&finding.rule.code)).collect()
}

/// A finding of the first kind as far as the others have it, too.
fn agreed(finding: &Finding, others: &[Vec<Finding>], kinds: &[AuthorizerKind]) -> Option<Finding> {
    let same = |own: &&Finding| own.rule.code == finding.rule.code && own.span == finding.span;
    let own = |found: &Vec<Finding>| found.iter().find(same).map(|own| (own.severity, own.refuses));
    let first = Some((finding.severity, finding.refuses));
    let all: Vec<_> = std::iter::once(first).chain(others.iter().map(own)).collect();
    // What all refuse is an error, though of some that is only expected.
    let alike = |own: &Option<(Severity, bool)>| *own == first || own.is_some_and(|(_, refuses)| refuses);
    if all.iter().all(alike) || finding.rule.code == POLICY_NARROW.code {
        return Some(finding.clone());
    }
    if finding.severity < Severity::Error {
        // Advice that is wrong for some kind of API.
        return all.iter().all(Option::is_some).then(|| finding.clone());
    }
    let is_error = |own: &Option<(Severity, bool)>| own.is_some_and(|(own, _)| own == Severity::Error);
    let refusing = kinds.iter().zip(&all).filter(|(_, own)| is_error(own));
    let names: Vec<_> =
        refusing.map(|(kind, _)| format!("{}s", Front::Authorizer(*kind).flavor().facts().title)).collect();
    let message = format!("{} (refused by {})", finding.message, names.join(" and "));
    Some(Finding { severity: Severity::Warning, refuses: false, message, ..finding.clone() })
}
