//! `policy-*.jsonl`: patterns, conditions, decisions, and what a REST API makes of them.

use super::Case;
use apigw::gateway::Flavor;
use apigw::policy::{
    ArnPattern, Authorization, Caller, Context, Decision, Document, Pattern, Policy, Request, Values, arn,
    flow,
};
use serde::Deserialize;
use serde_json::{Map, Value, json};

/// Patterns of one element or condition, and a value that one of them matches or none.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PatternCase {
    semantic: Semantic,
    patterns: Vec<String>,
    value: String,
    matches: bool,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "lowercase")]
enum Semantic {
    Resource,
    Arn,
    String,
}

impl Case for PatternCase {
    fn differences(&self, _: Flavor) -> Vec<String> {
        let matches = |pattern: &String| match self.semantic {
            Semantic::Resource => ArnPattern::of_resource(pattern).matches(&self.value),
            Semantic::Arn => ArnPattern::of_condition(pattern).matches(&self.value),
            Semantic::String => Pattern::new(pattern).matches(&self.value),
        };
        differs(&self.matches, &self.patterns.iter().any(matches))
    }
}

/// A condition and the keys of a request.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ConditionCase {
    condition: Value,
    context: Map<String, Value>,
    holds: bool,
}

impl Case for ConditionCase {
    fn differences(&self, _: Flavor) -> Vec<String> {
        let policy = json!({"Version": "2012-10-17", "Statement":
            {"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": self.condition}});
        let asked = RequestSpec { context: self.context.clone(), ..RequestSpec::default() };
        differs(&self.holds, &(decide(&policy, &asked.build()) == Decision::Allowed))
    }
}

/// A policy and a request.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DecisionCase {
    policy: Value,
    request: RequestSpec,
    decision: String,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct RequestSpec {
    action: String,
    resource: String,
    /// Nobody, unless it is said.
    caller: Option<String>,
    context: Map<String, Value>,
}

impl RequestSpec {
    fn build(&self) -> Request {
        let context = self.context.iter().fold(Context::new(), |context, (key, value)| match value {
            Value::Array(values) => {
                let values = values.iter().map(|value| value.as_str().unwrap().to_owned()).collect();
                context.with_values(key, Values::Many(values))
            }
            value => context.with(key, value.as_str().unwrap()),
        });
        Request {
            action: self.action.clone(),
            resource: self.resource.clone(),
            caller: self.caller.as_deref().map_or(Caller::Anonymous, |caller| Caller::parse(caller).unwrap()),
            context,
        }
    }
}

fn decide(policy: &Value, request: &Request) -> Decision {
    let policy = Policy::new(&Document::read(policy), arn::of_api(&request.resource));
    assert_eq!(policy.explain(request).decision, policy.decide(request));
    policy.decide(request)
}

impl Case for DecisionCase {
    fn differences(&self, _: Flavor) -> Vec<String> {
        differs(self.decision.as_str(), decide(&self.policy, &self.request.build()).name())
    }
}

/// A decision of an API's own policy, and the authorization of a method.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FlowCase {
    policy: String,
    auth: String,
    /// What the other side says.
    #[serde(default)]
    other: String,
    #[serde(default)]
    cross_account: bool,
    decision: String,
    /// The fact that speaks against this case; the model follows that fact.
    contradicted_by: Option<String>,
}

impl Case for FlowCase {
    fn differences(&self, _: Flavor) -> Vec<String> {
        let decision = |name: &str| Decision::ALL.into_iter().find(|own| own.name() == name);
        let other = || decision(&self.other).unwrap();
        let authorization = match self.auth.as_str() {
            "none" => Authorization::None,
            "cognito" => Authorization::Cognito { valid: other() == Decision::Allowed },
            "lambda" => Authorization::Lambda(other()),
            _ => Authorization::Iam { identity: other(), cross_account: self.cross_account },
        };
        let found = flow(decision(&self.policy), authorization).decision.name();
        match &self.contradicted_by {
            None => differs(self.decision.as_str(), found),
            Some(fact) if self.decision == found => vec![format!("as expected, against {fact}")],
            Some(_) => Vec::new(),
        }
    }
}

/// A resource as people write it, and as it is saved.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ExpansionCase {
    resource: String,
    api: String,
    expanded: String,
}

impl Case for ExpansionCase {
    fn differences(&self, _: Flavor) -> Vec<String> {
        differs(&Some(self.expanded.clone()), &arn::expand(&self.resource, &self.api))
    }
}

pub(super) fn differs<T: PartialEq + std::fmt::Debug + ?Sized>(expected: &T, found: &T) -> Vec<String> {
    if expected == found { Vec::new() } else { vec![format!("expected {expected:?}, is {found:?}")] }
}
