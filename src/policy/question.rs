//! The questions that statements ask about a request: one for each element and each condition.

use super::arn;
use super::condition::{Condition, Test};
use super::document::{Patterns, Spot, Statement};
use super::pattern::{ArnPattern, Pattern};
use super::principal::{PrincipalKind, Principals};
use super::request::{Context, Request};
use super::variables::{self, Template};

/// A part of a statement that asks a question.
#[derive(Debug, Clone, Copy)]
pub(super) enum Element<'d> {
    Principals(&'d Principals),
    Actions(&'d Patterns),
    Resources(&'d Patterns),
    Condition(&'d Condition),
}

/// What an element says, wherever it stands. Elements that say the same have the same answers.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Said<'d> {
    about: About<'d>,
    texts: Vec<&'d str>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum About<'d> {
    Principals { negated: bool, kinds: Vec<PrincipalKind> },
    Actions { negated: bool },
    Resources { negated: bool },
    Condition { operator: &'d str, key: String },
}

/// A question that is compiled.
#[derive(Debug, Clone)]
pub(super) enum Question {
    /// Who asks?
    Caller(Principals),
    /// Which action is it? The patterns are in lower case.
    Action { negated: bool, patterns: Vec<Pattern> },
    /// Which resource is it?
    Resource { negated: bool, patterns: Vec<Resource> },
    /// Does a condition hold? With the number of its key in the policy.
    Condition { key: usize, test: Test },
}

/// A pattern of the element `Resource`.
#[derive(Debug, Clone)]
pub(super) enum Resource {
    Fixed(ArnPattern),
    Varied(Template),
}

impl<'d> Element<'d> {
    /// The elements of a statement: principal, action and resource as far as it has them, then each
    /// condition.
    pub(super) fn all(statement: &'d Statement) -> impl Iterator<Item = Self> {
        let principals = statement.principals.iter().map(Self::Principals);
        let actions = statement.actions.iter().map(Self::Actions);
        let resources = statement.resources.iter().map(Self::Resources);
        let conditions = statement.conditions.iter().map(Self::Condition);
        principals.chain(actions).chain(resources).chain(conditions)
    }

    /// What it says.
    pub(super) fn said(self) -> Said<'d> {
        match self {
            Self::Principals(own) => {
                let kinds = own.values.iter().map(|principal| principal.kind).collect();
                let texts = own.values.iter().map(|principal| principal.spot.text.as_str()).collect();
                Said { about: About::Principals { negated: own.negated, kinds }, texts }
            }
            Self::Actions(own) => {
                Said { about: About::Actions { negated: own.negated }, texts: texts(&own.values).collect() }
            }
            Self::Resources(own) => {
                Said { about: About::Resources { negated: own.negated }, texts: texts(&own.values).collect() }
            }
            Self::Condition(own) => {
                let key = own.key.text.to_ascii_lowercase();
                let about = About::Condition { operator: &own.operator.text, key };
                Said { about, texts: texts(&own.values).collect() }
            }
        }
    }
}

impl Question {
    /// Compiles the question of an element. `keys` has the condition keys of the policy so far;
    /// `variables` and `api` are those of [`Resource::new`].
    pub(super) fn new(
        element: Element<'_>,
        variables: bool,
        api: Option<&str>,
        keys: &mut Vec<Box<str>>,
    ) -> Self {
        match element {
            Element::Principals(own) => Self::Caller(own.clone()),
            Element::Actions(own) => Self::Action {
                negated: own.negated,
                patterns: texts(&own.values).map(|text| Pattern::new(&text.to_ascii_lowercase())).collect(),
            },
            Element::Resources(own) => Self::Resource {
                negated: own.negated,
                patterns: texts(&own.values).map(|text| Resource::new(text, variables, api)).collect(),
            },
            Element::Condition(own) => {
                let test = Test::new(own, variables);
                let key = keys.iter().position(|key| **key == *test.key()).unwrap_or_else(|| {
                    keys.push(test.key().into());
                    keys.len() - 1
                });
                Self::Condition { key, test }
            }
        }
    }

    /// Whether a request is as the element wants it.
    pub(super) fn holds(&self, request: &Request) -> bool {
        match self {
            Self::Caller(principals) => principals.hold(&request.caller),
            Self::Action { negated, patterns } => {
                patterns.iter().any(|own| is_action(own, &request.action)) != *negated
            }
            Self::Resource { negated, patterns } => {
                patterns.iter().any(|own| own.matches(&request.resource, &request.context)) != *negated
            }
            Self::Condition { test, .. } => test.holds(&request.context),
        }
    }
}

fn texts(spots: &[Spot]) -> impl Iterator<Item = &str> {
    spots.iter().map(|spot| spot.text.as_str())
}

/// Whether a pattern in lower case matches an action in any case.
pub(super) fn is_action(pattern: &Pattern, action: &str) -> bool {
    if pattern.is_literal() {
        return pattern.as_str().eq_ignore_ascii_case(action);
    }
    pattern.matches(&action.to_ascii_lowercase())
}

impl Resource {
    fn new(text: &str, variables: bool, api: Option<&str>) -> Self {
        let expanded = api.and_then(|api| arn::expand(text, api));
        let text = expanded.as_deref().unwrap_or(text);
        let template = Template::new(text, true, variables);
        if !template.is_fixed() && variables::stand_where_resources_have_them(text) {
            return Self::Varied(template);
        }
        // Without variables to fill in there may still be escaped characters.
        let escaped = text.contains("${") && template.is_fixed();
        let plain = || ArnPattern::of_resource(text);
        let read = escaped.then(|| template.arn_pattern(&Context::new())).flatten();
        Self::Fixed(read.unwrap_or_else(plain))
    }

    pub(super) fn matches(&self, arn: &str, context: &Context) -> bool {
        match self {
            Self::Fixed(pattern) => pattern.matches(arn),
            Self::Varied(template) => template.arn_pattern(context).is_some_and(|own| own.matches(arn)),
        }
    }

    /// The pattern for one request; `None` if a variable has no value.
    pub(super) fn pattern(&self, context: &Context) -> Option<ArnPattern> {
        match self {
            Self::Fixed(pattern) => Some(pattern.clone()),
            Self::Varied(template) => template.arn_pattern(context),
        }
    }
}
