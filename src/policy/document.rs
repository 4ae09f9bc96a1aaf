//! Policy documents: what stands in one and where, whatever is wrong with the rest of it.
//!
//! Places are JSON pointers from the root of the document, so that a document can come from any
//! text: JSON, a string inside JSON, a template.

use super::condition::{Condition, read_conditions};
use super::pattern::Pattern;
use super::principal::{Principals, read_principals};
use super::problem::{Problem, ProblemKind};
use super::variables;
use crate::json::Pointer;
use serde_json::Value;

/// A policy document.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Document {
    /// `Version`, if it is a text.
    pub version: Option<String>,
    /// `Id`, if it is a text.
    pub id: Option<String>,
    /// The statements: one, or a list.
    pub statements: Vec<Statement>,
    /// What is wrong, in the order of the text.
    pub problems: Vec<Problem>,
}

/// A statement of a policy.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    /// Where it stands in its document.
    pub at: Pointer,
    /// `Sid`.
    pub sid: Option<String>,
    /// `Effect`; without it the statement says nothing.
    pub effect: Option<Effect>,
    /// `Principal` or `NotPrincipal`; policies of identities and authorizers have none.
    pub principals: Option<Principals>,
    /// `Action` or `NotAction`.
    pub actions: Option<Patterns>,
    /// `Resource` or `NotResource`.
    pub resources: Option<Patterns>,
    /// `Condition`: all of them must hold.
    pub conditions: Vec<Condition>,
}

/// What a statement does with requests that it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// It allows them.
    Allow,
    /// It denies them, whatever others say.
    Deny,
}

impl Effect {
    /// The word in the document.
    pub fn name(self) -> &'static str {
        match self {
            Self::Allow => "Allow",
            Self::Deny => "Deny",
        }
    }
}

/// An element of patterns, or its opposite.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Patterns {
    /// Whether it is the `Not…` form: about everything but these.
    pub negated: bool,
    /// Where the element stands.
    pub at: Pointer,
    /// The patterns.
    pub values: Vec<Spot>,
}

/// A text, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    /// The text.
    pub text: String,
    /// Where it stands in its document.
    pub at: Pointer,
}

impl Document {
    /// Reads a policy document.
    pub fn read(policy: &Value) -> Self {
        let root = Pointer::root();
        let mut document = Self::default();
        let Some(members) = policy.as_object() else {
            document.problems.push(Problem::of_value(ProblemKind::NotObject, &root, policy));
            return document;
        };
        for (key, value) in members {
            let at = root.child(key);
            match key.as_str() {
                "Version" => document.version = document.version_of(value, &at),
                "Id" => document.id = text(value, &at, &mut document.problems),
                "Statement" => document.read_statements(value, &at),
                _ => document.problems.push(Problem::of_key(ProblemKind::UnknownElement, &at)),
            }
        }
        if !members.contains_key("Statement") {
            document.problems.push(Problem::of_value(ProblemKind::NoStatement, &root, &Value::Null));
        }
        document.check_variables();
        document
    }

    /// Reads a statement that stands alone, as AddPermission answers (P-090). Lambda stores it in a
    /// document of version 2012-10-17 (P-091).
    pub fn of_statement(statement: &Value) -> Self {
        let mut document = Self { version: Some(Self::WITH_VARIABLES.to_owned()), ..Self::default() };
        document.read_statement(statement, &Pointer::root());
        document.check_variables();
        document
    }

    /// The version that has policy variables (P-073).
    pub const WITH_VARIABLES: &'static str = "2012-10-17";

    /// Whether policy variables are variables here, not text.
    pub fn has_variables(&self) -> bool {
        self.version.as_deref() == Some(Self::WITH_VARIABLES)
    }

    /// Variables that are none in this version, or cannot be read.
    fn check_variables(&mut self) {
        let statements = || self.statements.iter();
        let resources = statements().filter_map(|own| own.resources.as_ref()).flat_map(|own| &own.values);
        let values = statements().flat_map(|own| &own.conditions).flat_map(|own| &own.values);
        let spots = resources.map(|spot| (spot, true)).chain(values.map(|spot| (spot, false)));
        let kind = |spot: &Spot, is_resource: bool| {
            let is_read = variables::are_well_formed(&spot.text)
                && (!is_resource || variables::stand_where_resources_have_them(&spot.text));
            match self.has_variables() {
                _ if !spot.text.contains("${") => None,
                false => Some(ProblemKind::VariableLiteral),
                true => (!is_read).then_some(ProblemKind::VariableForm),
            }
        };
        let of = |(spot, is_resource): (&Spot, bool)| {
            Some(Problem::of_text(kind(spot, is_resource)?, &spot.at, &spot.text))
        };
        let found: Vec<_> = spots.filter_map(of).collect();
        self.problems.extend(found);
    }

    fn version_of(&mut self, value: &Value, at: &Pointer) -> Option<String> {
        let version = value.as_str().map(str::to_owned);
        if !version.as_deref().is_some_and(|version| [Self::WITH_VARIABLES, "2008-10-17"].contains(&version))
        {
            self.problems.push(Problem::of_value(ProblemKind::UnknownVersion, at, value));
        }
        version
    }

    fn read_statements(&mut self, value: &Value, at: &Pointer) {
        match value {
            Value::Array(items) => {
                if items.is_empty() {
                    self.problems.push(Problem::of_value(ProblemKind::NoStatement, at, value));
                }
                for (index, item) in items.iter().enumerate() {
                    self.read_statement(item, &at.child(index));
                }
            }
            one => self.read_statement(one, at),
        }
    }

    fn read_statement(&mut self, value: &Value, at: &Pointer) {
        let Some(members) = value.as_object() else {
            self.problems.push(Problem::of_value(ProblemKind::NotObject, at, value));
            return;
        };
        let problems = &mut self.problems;
        let mut statement = Statement::new(at);
        for (key, value) in members {
            statement.read_element(key, value, &at.child(key), problems);
        }
        let lacks = [
            (members.contains_key("Effect"), ProblemKind::EffectUnknown),
            (statement.actions.is_some(), ProblemKind::NoAction),
            (statement.resources.is_some(), ProblemKind::NoResource),
        ];
        let lacks = lacks.into_iter().filter(|(has, _)| !has);
        problems.extend(lacks.map(|(_, kind)| Problem::of_value(kind, at, &Value::Null)));
        self.statements.push(statement);
    }
}

/// Whether a pattern of actions names an action; case does not count in actions.
pub fn names_action(pattern: &str, action: &str) -> bool {
    Pattern::new(&pattern.to_ascii_lowercase()).matches(&action.to_ascii_lowercase())
}

impl Statement {
    /// Whether it is about an action, in any case.
    pub fn has_action(&self, action: &str) -> bool {
        let matches = |own: &Spot| names_action(&own.text, action);
        self.actions.as_ref().is_some_and(|own| own.values.iter().any(matches) != own.negated)
    }

    fn new(at: &Pointer) -> Self {
        Self {
            at: at.clone(),
            sid: None,
            effect: None,
            principals: None,
            actions: None,
            resources: None,
            conditions: Vec::new(),
        }
    }

    fn read_element(&mut self, key: &str, value: &Value, at: &Pointer, problems: &mut Vec<Problem>) {
        let negated = key.starts_with("Not");
        let both = match key {
            "Principal" | "NotPrincipal" => {
                self.principals.replace(read_principals(value, at, negated, problems)).is_some()
            }
            "Action" | "NotAction" => {
                let actions = patterns(value, at, negated, problems);
                actions.values.iter().for_each(|action| check_action(action, problems));
                self.actions.replace(actions).is_some()
            }
            "Resource" | "NotResource" => {
                let resources = patterns(value, at, negated, problems);
                resources.values.iter().for_each(|resource| check_resource(resource, problems));
                self.resources.replace(resources).is_some()
            }
            _ => false,
        };
        match key {
            _ if both => problems.push(Problem::of_key(ProblemKind::BothWays, at)),
            "Principal" | "NotPrincipal" | "Action" | "NotAction" | "Resource" | "NotResource" => {}
            "Sid" => self.sid = text(value, at, problems),
            "Effect" => self.effect = effect(value, at, problems),
            "Condition" => self.conditions = read_conditions(value, at, problems),
            _ => problems.push(Problem::of_key(ProblemKind::UnknownElement, at)),
        }
    }
}

fn text(value: &Value, at: &Pointer, problems: &mut Vec<Problem>) -> Option<String> {
    if !value.is_string() {
        problems.push(Problem::of_value(ProblemKind::NotText, at, value));
    }
    value.as_str().map(str::to_owned)
}

fn effect(value: &Value, at: &Pointer, problems: &mut Vec<Problem>) -> Option<Effect> {
    let effect = [Effect::Allow, Effect::Deny].into_iter().find(|effect| value == effect.name());
    if effect.is_none() {
        problems.push(Problem::of_value(ProblemKind::EffectUnknown, at, value));
    }
    effect
}

fn patterns(value: &Value, at: &Pointer, negated: bool, problems: &mut Vec<Problem>) -> Patterns {
    Patterns { negated, at: at.clone(), values: texts(value, at, problems) }
}

/// The texts of a value that is one or a list of them.
pub(super) fn texts(value: &Value, at: &Pointer, problems: &mut Vec<Problem>) -> Vec<Spot> {
    let mut found = Vec::new();
    let mut add = |value: &Value, at: Pointer, problems: &mut Vec<Problem>| match value.as_str() {
        Some(text) => found.push(Spot { text: text.to_owned(), at }),
        None => problems.push(Problem::of_value(ProblemKind::NotTexts, &at, value)),
    };
    match value {
        Value::Array(items) if items.is_empty() => {
            problems.push(Problem::of_value(ProblemKind::EmptyList, at, value));
        }
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, item)| add(item, at.child(index), problems));
        }
        one => add(one, at.clone(), problems),
    }
    found
}

fn check_action(action: &Spot, problems: &mut Vec<Problem>) {
    if action.text != "*" && !action.text.contains(':') {
        problems.push(Problem::of_text(ProblemKind::ActionForm, &action.at, &action.text));
    }
}

fn check_resource(resource: &Spot, problems: &mut Vec<Problem>) {
    let text = resource.text.as_str();
    let parts: Vec<_> = text.splitn(6, ':').collect();
    let is_arn = parts.len() == 6 && parts[0] == "arn";
    let is_short = text.starts_with("arn:") && text.ends_with('*') || text.starts_with("execute-api:/");
    if text != "*" && !is_arn && !is_short {
        problems.push(Problem::of_text(ProblemKind::ResourceForm, &resource.at, text));
    } else if is_arn && parts[2].contains(['*', '?']) {
        problems.push(Problem::of_text(ProblemKind::WildcardService, &resource.at, text));
    }
}
