//! Policies ready to be asked.

use super::arn;
use super::condition::Test;
use super::document::{Document, Effect, Patterns, Statement};
use super::pattern::{ArnPattern, Pattern};
use super::principal::Principals;
use super::request::{Context, Decision, Request};
use super::variables::{self, Template};

/// A compiled policy.
///
/// It knows its document's statements by their place, so that reasons can tell of them.
#[derive(Debug, Clone)]
pub struct Policy {
    /// Statements that deny come first: one that is about a request decides.
    statements: Vec<Compiled>,
}

/// A compiled statement.
#[derive(Debug, Clone)]
pub(super) struct Compiled {
    pub(super) statement: Statement,
    actions: Option<Vec<Pattern>>,
    resources: Option<Vec<Resource>>,
    pub(super) tests: Vec<Test>,
}

/// A pattern of the element `Resource`.
#[derive(Debug, Clone)]
pub(super) enum Resource {
    Fixed(ArnPattern),
    Varied(Template),
}

impl Policy {
    /// Compiles a document. Statements without a known effect, without actions or resources, and
    /// conditions with an operator that IAM does not know, are about nothing.
    ///
    /// `api` is the ARN of the API whose own policy this is: resources such as `execute-api:/*` are
    /// short for its ARNs (P-131). Without it they match nothing.
    pub fn new(document: &Document, api: Option<&str>) -> Self {
        let variables = document.has_variables();
        let compile = |statement: &Statement| Compiled::new(statement, variables, api);
        let mut statements: Vec<_> = document.statements.iter().map(compile).collect();
        statements.sort_by_key(|compiled| compiled.statement.effect != Some(Effect::Deny));
        Self { statements }
    }

    /// What the policy says about a request (P-080). The order of statements does not matter.
    pub fn decide(&self, request: &Request) -> Decision {
        let action = request.action.to_ascii_lowercase();
        for compiled in &self.statements {
            let Some(effect) = compiled.statement.effect else { continue };
            if compiled.is_about(request, &action) {
                return match effect {
                    Effect::Deny => Decision::ExplicitDeny,
                    Effect::Allow => Decision::Allowed,
                };
            }
        }
        Decision::ImplicitDeny
    }

    pub(super) fn statements(&self) -> &[Compiled] {
        &self.statements
    }
}

impl Compiled {
    fn new(statement: &Statement, variables: bool, api: Option<&str>) -> Self {
        let each = |patterns: &Patterns| patterns.values.clone();
        let action = |text: &str| Pattern::new(&text.to_ascii_lowercase());
        let actions = statement.actions.as_ref().map(each);
        let resources = statement.resources.as_ref().map(each);
        Self {
            actions: actions.map(|all| all.iter().map(|spot| action(&spot.text)).collect()),
            resources: resources
                .map(|all| all.iter().map(|spot| Resource::new(&spot.text, variables, api)).collect()),
            tests: statement.conditions.iter().map(|condition| Test::new(condition, variables)).collect(),
            statement: statement.clone(),
        }
    }

    /// Whether the statement is about a request; `action` is its action in lower case.
    fn is_about(&self, request: &Request, action: &str) -> bool {
        self.has_action(action)
            && self.has_resource(request)
            && self.statement.principals.as_ref().is_none_or(|own: &Principals| own.hold(&request.caller))
            && self.tests.iter().all(|test| test.holds(&request.context))
    }

    fn has_action(&self, action: &str) -> bool {
        let negated = self.statement.actions.as_ref().is_some_and(|own| own.negated);
        self.actions.as_ref().is_some_and(|own| own.iter().any(|own| own.matches(action)) != negated)
    }

    fn has_resource(&self, request: &Request) -> bool {
        let negated = self.statement.resources.as_ref().is_some_and(|own| own.negated);
        let matches = |own: &Resource| own.matches(&request.resource, &request.context);
        self.resources.as_ref().is_some_and(|own| own.iter().any(matches) != negated)
    }

    /// The compiled patterns of the actions, in the order of the document.
    pub(super) fn actions(&self) -> &[Pattern] {
        self.actions.as_deref().unwrap_or_default()
    }

    /// The compiled patterns of the resources, in the order of the document.
    pub(super) fn resources(&self) -> &[Resource] {
        self.resources.as_deref().unwrap_or_default()
    }
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
