//! A resource of a plan or a state: its attributes, or the references that stand for them.

use crate::json::Span;
use crate::template::cfn::Resolved;
use crate::template::model::Origin;
use crate::template::node::{Kind, Node};

/// A resource, its values, and what its configuration refers to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Resource<'t> {
    pub(super) kind: &'t str,
    pub(super) address: &'t str,
    /// The text of all.
    pub(super) source: &'t str,
    pub(super) node: &'t Node,
    pub(super) values: Option<&'t Node>,
    pub(super) expressions: Option<&'t Node>,
    /// What only the apply tells.
    pub(super) unknown: Option<&'t Node>,
    /// `module.a.` in front of what its configuration refers to.
    pub(super) module: &'t str,
}

impl<'t> Resource<'t> {
    /// Where it stands.
    pub(super) fn span(&self) -> Span {
        self.node.get("address").map_or(self.node.span, |node| node.span)
    }

    pub(super) fn origin(&self) -> Origin {
        Origin {
            logical_id: self.address.to_owned(),
            generated_from: None,
            span: self.span(),
            condition: None,
            deployed: Some(true),
        }
    }

    /// An attribute: its value, or the reference that stands for it.
    pub(super) fn text(&self, name: &str) -> Option<Resolved> {
        let value = self.values.and_then(|values| values.get(name));
        match value.map(|node| (&node.kind, node.span)) {
            Some((Kind::Text(text), span)) if !text.is_empty() => {
                Some(Resolved::written(text, span, self.source))
            }
            Some((Kind::Bool(value), span)) => Some(Resolved::known(value.to_string(), span)),
            Some((Kind::Number(value), span)) => Some(Resolved::known(value.to_string(), span)),
            _ => self.reference(name),
        }
    }

    /// The first thing that the configuration of an attribute refers to.
    pub(super) fn reference(&self, name: &str) -> Option<Resolved> {
        let references = self.expressions?.get(name)?.get("references")?;
        let first = references.items().first()?.text()?;
        let prefix = if self.module.is_empty() { String::new() } else { format!("{}.", self.module) };
        Some(Resolved::unknown(&format!("{prefix}{first}"), self.span()))
    }

    /// An attribute that others refer to: its value, or the reference to it.
    pub(super) fn own(&self, name: &str) -> Resolved {
        let value = self.values.and_then(|values| values.get(name)).and_then(Node::text);
        match value {
            Some(text) => Resolved::known(text, self.span()),
            None => Resolved::unknown(&format!("{}.{name}", self.address), self.span()),
        }
    }

    /// A value that stands there.
    pub(super) fn get(&self, name: &str) -> Option<&'t Node> {
        self.values?.get(name).filter(|node| node.kind != Kind::Null)
    }

    /// Whether an attribute is true.
    pub(super) fn is_true(&self, name: &str) -> bool {
        self.get(name).is_some_and(|node| node.kind == Kind::Bool(true))
    }

    /// Whether only the apply tells an attribute.
    pub(super) fn is_unknown(&self, name: &str) -> bool {
        let told = || self.unknown.map(|unknown| unknown.is_true(name));
        self.get(name).is_none() && told().unwrap_or_else(|| self.reference(name).is_some())
    }

    /// The texts of a list; one reference in their place where the apply tells them.
    pub(super) fn texts(&self, name: &str) -> Vec<Resolved> {
        let items = self.get(name).map_or(&[][..], Node::items);
        let text = |item: &Node| Some(Resolved::written(item.text()?, item.span, self.source));
        let texts: Vec<_> = items.iter().filter_map(text).collect();
        match self.reference(name).filter(|_| texts.is_empty()) {
            Some(reference) => vec![reference],
            None => texts,
        }
    }

    /// The members of a map of texts, with references to those that the apply tells.
    pub(super) fn pairs(&self, name: &str) -> Vec<(String, Resolved)> {
        let text = |node: &Node| match &node.kind {
            Kind::Text(text) => Some(Resolved::written(text, node.span, self.source)),
            Kind::Bool(value) => Some(Resolved::known(value.to_string(), node.span)),
            Kind::Number(number) => Some(Resolved::known(number.to_string(), node.span)),
            _ => None,
        };
        let members = self.get(name).map_or(&[][..], Node::members).iter();
        let mut pairs: Vec<_> =
            members.filter_map(|member| Some((member.key.clone(), text(&member.value)?))).collect();
        let unknown = self.unknown.and_then(|unknown| unknown.get(name)).map_or(&[][..], Node::members);
        for member in unknown.iter().filter(|member| member.value.kind == Kind::Bool(true)) {
            if !pairs.iter().any(|(key, _)| *key == member.key) {
                let reference = format!("{}.{name}.{}", self.address, member.key);
                pairs.push((member.key.clone(), Resolved::unknown(&reference, self.span())));
            }
        }
        pairs
    }

    /// The same as plain texts.
    pub(super) fn plain_pairs(&self, name: &str) -> Vec<(String, String)> {
        self.pairs(name).into_iter().map(|(key, text)| (key, text.text().to_owned())).collect()
    }

    /// The blocks of a name, each to be read like a resource.
    pub(super) fn blocks(&self, name: &str) -> Vec<Self> {
        let part = |whole: Option<&'t Node>, at: usize| whole?.get(name)?.items().get(at);
        let items = self.get(name).map_or(&[][..], Node::items).iter().enumerate();
        let block = |(at, values): (usize, &'t Node)| Self {
            values: Some(values),
            expressions: part(self.expressions, at),
            unknown: part(self.unknown, at),
            ..*self
        };
        items.map(block).collect()
    }

    /// The first block of a name.
    pub(super) fn block(&self, name: &str) -> Option<Self> {
        self.blocks(name).into_iter().next()
    }
}
