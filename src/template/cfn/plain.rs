//! Values of a template without their places: flags, numbers, lists and whole trees.

use super::resolver::{Resolver, Value as Carried, call};
use crate::template::node::{Kind, Node};
use serde_json::{Map, Value};
use std::str::FromStr;

impl<'t> Resolver<'t> {
    /// The text of a value, with what is open in it.
    pub(in crate::template) fn plain(&self, node: &'t Node) -> Option<String> {
        Some(self.text(node)?.text().to_owned())
    }

    /// A boolean, or its name as a text. `None` for what is something else, or not known.
    pub(in crate::template) fn flag(&self, node: &'t Node) -> Option<bool> {
        self.number(node)
    }

    /// A number, or a text that is one.
    pub(in crate::template) fn number<N: FromStr>(&self, node: &'t Node) -> Option<N> {
        self.text(node)?.text().parse().ok()
    }

    /// The texts of a list; a single text is a list of one.
    pub(in crate::template) fn words(&self, node: &'t Node) -> Vec<String> {
        match self.follow(node).map(|node| self.value(node)) {
            Some(Carried::Text(text)) => vec![text.text().to_owned()],
            Some(Carried::List(items)) => items.iter().filter_map(word).collect(),
            _ => Vec::new(),
        }
    }

    /// The members of a map whose values are texts, numbers or booleans.
    pub(in crate::template) fn pairs(&self, node: &'t Node) -> Vec<(String, String)> {
        let members = self.follow(node).filter(|node| call(node).is_none()).map_or(&[][..], Node::members);
        members.iter().filter_map(|member| Some((member.key.clone(), self.plain(&member.value)?))).collect()
    }

    /// The value with its functions carried out, as far as they come to texts.
    pub(in crate::template) fn json(&self, node: &'t Node) -> Value {
        let Some(node) = self.follow(node) else { return Value::Null };
        match &node.kind {
            Kind::List(items) => items.iter().map(|item| self.json(item)).collect(),
            Kind::Map(_) if call(node).is_some() => self.plain(node).map_or(Value::Null, Value::String),
            Kind::Map(members) => {
                let members = members.iter().map(|member| (member.key.clone(), self.json(&member.value)));
                Value::Object(members.collect::<Map<_, _>>())
            }
            _ => node.to_json(),
        }
    }
}

fn word(value: &Carried<'_>) -> Option<String> {
    match value {
        Carried::Text(text) => Some(text.text().to_owned()),
        _ => None,
    }
}
