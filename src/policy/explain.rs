//! Why a policy says what it says: for each statement, each element and condition, what matched.

use super::compiled::{Compiled, Policy};
use super::condition::{Condition, Test};
use super::document::{Effect, Patterns, Spot};
use super::pattern::{ArnPattern, Mismatch, Pattern};
use super::principal::{Principal, Principals};
use super::question::{Element, Question, Resource, is_action};
use super::request::{Decision, Request, Values};
use crate::json::Pointer;

/// A decision with its reasons.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// The decision.
    pub decision: Decision,
    /// The statements in the order of the document.
    pub statements: Vec<StatementReason>,
}

/// What a statement is to a request.
#[derive(Debug, Clone, PartialEq)]
pub struct StatementReason {
    /// Where it stands in its document.
    pub at: Pointer,
    /// Its `Sid`.
    pub sid: Option<String>,
    /// Its effect; without one it says nothing.
    pub effect: Option<Effect>,
    /// Whether it is about the request: every element holds.
    pub applies: bool,
    /// Its elements: principal, action, resource, conditions.
    pub elements: Vec<ElementReason>,
}

/// What an element of a statement, or one key of its conditions, is to a request.
#[derive(Debug, Clone, PartialEq)]
pub struct ElementReason {
    /// `Principal`, `NotAction`, or an operator with its key: `ArnLike AWS:SourceArn`.
    pub name: String,
    /// Where it stands in its document.
    pub at: Pointer,
    /// Whether it holds.
    pub holds: bool,
    /// Whether it is an element or operator that holds where nothing matches.
    pub negated: bool,
    /// What the request has there; none if it lacks the key.
    pub asked: Vec<String>,
    /// What the policy has there.
    pub values: Vec<ValueReason>,
}

/// What one value of the policy is to a request.
#[derive(Debug, Clone, PartialEq)]
pub struct ValueReason {
    /// The value as it is compared: policy variables and short forms are filled in.
    pub text: String,
    /// Where it stands in its document.
    pub at: Pointer,
    /// Whether it matches.
    pub matches: bool,
    /// The first part or segment that does not, with bytes in `text` and in the value asked for.
    pub mismatch: Option<Mismatch>,
}

impl Policy {
    /// What the policy says about a request, and why. The decision is that of [`Policy::decide`].
    pub fn explain(&self, request: &Request) -> Explanation {
        let statements: Vec<_> =
            self.statements().iter().map(|compiled| self.reason(compiled, request)).collect();
        let says = |effect| statements.iter().any(|reason| reason.applies && reason.effect == Some(effect));
        let decision = match (says(Effect::Deny), says(Effect::Allow)) {
            (true, _) => Decision::ExplicitDeny,
            (false, true) => Decision::Allowed,
            (false, false) => Decision::ImplicitDeny,
        };
        Explanation { decision, statements }
    }

    fn reason(&self, compiled: &Compiled, request: &Request) -> StatementReason {
        let statement = &compiled.statement;
        let elements = Element::all(statement).zip(self.questions(compiled));
        let elements: Vec<_> =
            elements.filter_map(|(element, question)| element_reason(element, question, request)).collect();
        StatementReason {
            at: statement.at.clone(),
            sid: statement.sid.clone(),
            effect: statement.effect,
            applies: compiled.is_whole()
                && statement.effect.is_some()
                && elements.iter().all(|element| element.holds),
            elements,
        }
    }
}

/// What an element is to a request; its question is about the same.
fn element_reason(element: Element<'_>, question: &Question, request: &Request) -> Option<ElementReason> {
    Some(match (element, question) {
        (Element::Principals(own), Question::Caller(_)) => principal(own, request),
        (Element::Actions(own), Question::Action { patterns, .. }) => action(own, patterns, request),
        (Element::Resources(own), Question::Resource { patterns, .. }) => resource(own, patterns, request),
        (Element::Condition(own), Question::Condition { test, .. }) => condition(own, test, request),
        _ => return None,
    })
}

fn principal(own: &Principals, request: &Request) -> ElementReason {
    let value = |principal: &Principal| ValueReason {
        text: principal.spot.text.clone(),
        at: principal.spot.at.clone(),
        matches: principal.names(&request.caller),
        mismatch: None,
    };
    let values = own.values.iter().map(value).collect();
    element("Principal", own.negated, &own.at, request.caller.name(), values)
}

fn action(own: &Patterns, patterns: &[Pattern], request: &Request) -> ElementReason {
    let value = |(spot, pattern): (&Spot, &Pattern)| ValueReason {
        text: spot.text.clone(),
        at: spot.at.clone(),
        matches: is_action(pattern, &request.action),
        mismatch: None,
    };
    let values = own.values.iter().zip(patterns).map(value).collect();
    element("Action", own.negated, &own.at, &request.action, values)
}

fn resource(own: &Patterns, patterns: &[Resource], request: &Request) -> ElementReason {
    let values = own.values.iter().zip(patterns).map(|(spot, resource)| {
        let pattern = resource.pattern(&request.context);
        let matches = pattern.as_ref().is_some_and(|pattern| pattern.matches(&request.resource));
        arn_value(spot, pattern, matches, &request.resource)
    });
    element("Resource", own.negated, &own.at, &request.resource, values.collect())
}

fn element(name: &str, negated: bool, at: &Pointer, asked: &str, values: Vec<ValueReason>) -> ElementReason {
    ElementReason {
        name: format!("{}{name}", if negated { "Not" } else { "" }),
        at: at.clone(),
        holds: values.iter().any(|value| value.matches) != negated,
        negated,
        asked: vec![asked.to_owned()],
        values,
    }
}

fn condition(own: &Condition, test: &Test, request: &Request) -> ElementReason {
    let found = test.found(&request.context).map(Values::all).unwrap_or_default();
    let value = |(spot, (matches, pattern)): (&Spot, (bool, Option<ArnPattern>))| {
        arn_value(spot, pattern, matches, found.first().map_or("", String::as_str))
    };
    let tested = test.values(&request.context).into_iter().map(|value| (value.fits, value.arn));
    // An operator that nobody knows compares nothing.
    let tested = tested.chain(std::iter::repeat_with(|| (false, None)));
    ElementReason {
        name: format!("{} {}", own.operator.text, own.key.text),
        at: own.key.at.clone(),
        holds: test.holds(&request.context),
        negated: own.known.is_some_and(|operator| operator.negated),
        asked: found.to_vec(),
        values: own.values.iter().zip(tested).map(value).collect(),
    }
}

/// A value, and the part in which it fails if it is a pattern of ARNs.
fn arn_value(spot: &Spot, pattern: Option<ArnPattern>, matches: bool, asked: &str) -> ValueReason {
    let mismatch = pattern.as_ref().filter(|_| !matches).and_then(|pattern| pattern.mismatch(asked));
    let text = pattern.map_or_else(|| spot.text.clone(), |pattern| pattern.as_str().to_owned());
    ValueReason { text, at: spot.at.clone(), matches, mismatch }
}
