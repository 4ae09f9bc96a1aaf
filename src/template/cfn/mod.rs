//! A CloudFormation template: its resources, and what its functions and conditions come to.

mod conditions;
mod functions;
mod long;
mod plain;
mod resolved;
mod resolver;
#[cfg(test)]
mod tests;

use super::document::Document;
use super::given::Given;
use super::model::Origin;
use super::node::Node;
use crate::json::Span;
use std::collections::HashMap;

pub(super) use functions::substitute;
pub use resolved::Resolved;
pub(super) use resolver::{Resolver, Value, call};

/// A resource of a template.
#[derive(Debug, Clone, Copy)]
pub(super) struct Resource<'t> {
    /// Its logical id.
    pub(super) id: &'t str,
    /// Where the logical id stands.
    pub(super) id_span: Span,
    /// Its type, such as `AWS::Lambda::Permission`.
    pub(super) kind: &'t str,
    /// The whole resource.
    pub(super) node: &'t Node,
}

impl<'t> Resource<'t> {
    fn of(id: &'t str, id_span: Span, node: &'t Node) -> Option<Self> {
        Some(Self { id, id_span, kind: node.text_of("Type")?, node })
    }

    /// Its properties.
    pub(super) fn properties(&self) -> Option<&'t Node> {
        self.node.get("Properties")
    }

    /// One of its properties.
    pub(super) fn get(&self, name: &str) -> Option<&'t Node> {
        self.properties()?.get(name)
    }
}

/// A template whose resources can be looked up.
pub(super) struct Stack<'t> {
    /// What its functions come to.
    pub(super) resolver: Resolver<'t>,
    /// The resources in the order of the template.
    pub(super) resources: Vec<Resource<'t>>,
    /// The root of the template.
    pub(super) root: &'t Node,
    index: HashMap<&'t str, usize>,
}

/// Writes the short forms of functions out.
pub(super) fn lengthened(mut document: Document) -> Document {
    long::lengthen(document.root_mut());
    document
}

impl<'t> Stack<'t> {
    pub(super) fn of(document: &'t Document, given: &'t Given) -> Self {
        let root = document.root();
        let mut stack = Self {
            resolver: Resolver::new(document.source(), root, given),
            resources: Vec::new(),
            root,
            index: HashMap::new(),
        };
        for member in root.get("Resources").map_or(&[][..], Node::members) {
            let Some(resource) = Resource::of(&member.key, member.key_span, &member.value) else { continue };
            match stack.index.get(resource.id) {
                Some(&at) => stack.resources[at] = resource,
                None => {
                    stack.index.insert(resource.id, stack.resources.len());
                    stack.resources.push(resource);
                }
            }
        }
        stack
    }

    /// The resource of that logical id.
    pub(super) fn resource(&self, id: &str) -> Option<&Resource<'t>> {
        self.index.get(id).map(|&at| &self.resources[at])
    }

    /// The resources of a type.
    pub(super) fn of_kind(&self, kind: &'static str) -> impl Iterator<Item = &Resource<'t>> {
        self.resources.iter().filter(move |resource| resource.kind == kind)
    }

    /// The text of a property of a resource.
    pub(super) fn text(&self, resource: &Resource<'t>, name: &str) -> Option<Resolved> {
        self.resolver.text(resource.get(name)?)
    }

    /// The logical id that a value refers to with `Ref` or `Fn::GetAtt`.
    pub(super) fn target(&self, node: &'t Node) -> Option<&'t str> {
        let node = self.resolver.follow(node)?;
        match call(node)? {
            ("Ref", name) => name.text(),
            ("Fn::GetAtt", path) => match path.text() {
                Some(path) => path.split('.').next(),
                None => path.items().first()?.text(),
            },
            ("Fn::Sub", text) => text
                .text()?
                .strip_prefix("${")?
                .strip_suffix('}')?
                .split('.')
                .next()
                .filter(|name| name.bytes().all(|byte| byte.is_ascii_alphanumeric())),
            _ => None,
        }
    }

    /// Where something that a resource says comes from.
    pub(super) fn origin(&self, resource: &Resource<'t>, span: Span) -> Origin {
        let condition = resource.node.text_of("Condition").map(str::to_owned);
        let deployed = match &condition {
            None => Some(true),
            Some(name) => self.resolver.condition(name),
        };
        Origin { logical_id: resource.id.to_owned(), generated_from: None, span, condition, deployed }
    }
}
