//! The functions of CloudFormation: from a value of a template to the text that it stands for.

use super::functions;
use super::resolved::Resolved;
use crate::json::Span;
use crate::template::given::Given;
use crate::template::node::{Kind, Node};
use std::cell::RefCell;
use std::collections::HashMap;

/// A value after its functions were carried out.
#[derive(Debug, Clone)]
pub(in crate::template) enum Value<'t> {
    /// `AWS::NoValue` or null: as if it were not there.
    Absent,
    /// A text, a number or a boolean.
    Text(Resolved),
    /// A list.
    List(Vec<Value<'t>>),
    /// A map that is no function.
    Other(&'t Node),
}

/// Carries out the functions of one template.
pub(in crate::template) struct Resolver<'t> {
    pub(super) source: &'t str,
    given: &'t Given,
    parameters: HashMap<&'t str, &'t Node>,
    pub(super) mappings: Option<&'t Node>,
    pub(super) conditions: HashMap<&'t str, &'t Node>,
    /// Conditions that were decided; `None` in one that is being decided.
    pub(super) decided: RefCell<HashMap<&'t str, Option<bool>>>,
    /// What references to resources become: an id that is given, or another resource.
    known: HashMap<String, Resolved>,
}

/// The function that a value is, and what it is applied to.
pub(in crate::template) fn call(node: &Node) -> Option<(&str, &Node)> {
    match node.members() {
        [member] if is_function(&member.key) => Some((&member.key, &member.value)),
        _ => None,
    }
}

fn is_function(key: &str) -> bool {
    key == "Ref" || key == "Condition" || key.starts_with("Fn::")
}

impl<'t> Resolver<'t> {
    pub(super) fn new(source: &'t str, root: &'t Node, given: &'t Given) -> Self {
        let section = |name: &str| {
            let members = root.get(name).map_or(&[][..], Node::members);
            members.iter().map(|member| (member.key.as_str(), &member.value)).collect()
        };
        Self {
            source,
            given,
            parameters: section("Parameters"),
            mappings: root.get("Mappings"),
            conditions: section("Conditions"),
            decided: RefCell::default(),
            known: HashMap::new(),
        }
    }

    /// Says what a reference such as `MyApi` or `MyFunction.Alias` becomes.
    pub(in crate::template) fn learn(&mut self, name: impl Into<String>, meaning: Resolved) {
        self.known.insert(name.into(), meaning);
    }

    /// What is known about the deployment.
    pub(in crate::template) fn given(&self) -> &'t Given {
        self.given
    }

    /// The text of a value; `None` for what is absent, a list or a map.
    pub(in crate::template) fn text(&self, node: &'t Node) -> Option<Resolved> {
        match self.value(node) {
            Value::Text(text) => Some(text.standing_at(node.span)),
            _ => None,
        }
    }

    /// Follows `Fn::If` to the value that is deployed; where the condition is not known, to the
    /// first of the two. `None` for `AWS::NoValue`.
    pub(in crate::template) fn follow(&self, node: &'t Node) -> Option<&'t Node> {
        let mut here = node;
        while let Some((name, argument)) = call(here) {
            here = match (name, argument.items()) {
                ("Fn::If", [condition, then, otherwise]) => {
                    let holds = condition.text().and_then(|name| self.condition(name));
                    if holds.unwrap_or(true) { then } else { otherwise }
                }
                ("Ref", _) if argument.text() == Some("AWS::NoValue") => return None,
                _ => return Some(here),
            };
        }
        (here.kind != Kind::Null).then_some(here)
    }

    /// Carries out the functions of a value.
    pub(in crate::template) fn value(&self, node: &'t Node) -> Value<'t> {
        match &node.kind {
            Kind::Null => Value::Absent,
            Kind::Bool(value) => Value::Text(Resolved::known(value.to_string(), node.span)),
            Kind::Number(number) => Value::Text(Resolved::known(number.to_string(), node.span)),
            Kind::Text(text) => Value::Text(Resolved::written(text, node.span, self.source)),
            Kind::List(items) => {
                let items = items.iter().map(|item| self.value(item));
                Value::List(items.filter(|item| !matches!(item, Value::Absent)).collect())
            }
            Kind::Map(_) => match call(node) {
                Some((name, argument)) => functions::carry_out(self, name, argument, node.span),
                None => Value::Other(node),
            },
        }
    }

    /// `Ref`: what a name stands for.
    pub(in crate::template) fn reference(&self, name: &str, span: Span) -> Value<'t> {
        if name == "AWS::NoValue" {
            return Value::Absent;
        }
        if let Some(text) = self.given.pseudo(name) {
            return Value::Text(Resolved::known(text, span));
        }
        if let Some(parameter) = self.parameters.get(name) {
            return self.parameter(name, parameter, span);
        }
        Value::Text(self.resource(name, span))
    }

    /// A resource, or an attribute of one.
    pub(in crate::template) fn resource(&self, name: &str, span: Span) -> Resolved {
        if let Some(known) = self.known.get(name) {
            return known.clone().standing_at(span);
        }
        // An attribute of a resource that has another name: `MyFunction.Alias.Arn`.
        let owner =
            name.rsplit_once('.').and_then(|(owner, attribute)| Some((self.known.get(owner)?, attribute)));
        match owner.and_then(|(owner, attribute)| Some((owner.text().strip_suffix('}')?, attribute))) {
            Some((owner, attribute)) => {
                Resolved::unknown(&format!("{}.{attribute}", owner.trim_start_matches("${")), span)
            }
            None => Resolved::unknown(name, span),
        }
    }

    fn parameter(&self, name: &str, parameter: &'t Node, span: Span) -> Value<'t> {
        let kind = parameter.text_of("Type").unwrap_or_default();
        let given = self.given.parameters.get(name).cloned();
        // The default of such a parameter is the name under which its value is stored.
        let default = || parameter.get("Default").filter(|_| !kind.starts_with("AWS::SSM::Parameter::Value"));
        let text = given.or_else(|| match self.value(default()?) {
            Value::Text(text) => Some(text.text().to_owned()),
            _ => None,
        });
        let Some(text) = text else { return Value::Text(Resolved::unknown(name, span)) };
        if kind == "CommaDelimitedList" || kind.starts_with("List<") {
            let items = text.split(',').map(|item| Value::Text(Resolved::known(item.trim(), span)));
            return Value::List(items.collect());
        }
        Value::Text(Resolved::known(text, span))
    }
}
