//! `Globals`: properties that a section of the template gives to all resources of a type.

use crate::json::Span;
use crate::template::cfn::{Resource, Stack, call};
use crate::template::node::Node;

/// A value of a resource over the one that `Globals` has for it.
#[derive(Debug, Clone, Default)]
pub(in crate::template) struct Merged<'t> {
    local: Option<&'t Node>,
    global: Option<&'t Node>,
    /// Names that `IgnoreGlobals` takes out; `*` for all.
    ignored: Vec<&'t str>,
}

/// A map that is no function: only such ones are merged.
fn is_map(node: &Node) -> bool {
    !node.members().is_empty() && call(node).is_none()
}

impl<'t> Merged<'t> {
    /// The properties of a resource; without one, those that an API gets which SAM makes itself.
    pub(in crate::template) fn of(stack: &Stack<'t>, resource: Option<&Resource<'t>>, section: &str) -> Self {
        let ignored = match resource.and_then(|resource| resource.node.get("IgnoreGlobals")) {
            None => Vec::new(),
            Some(node) => node.items().iter().chain([node]).filter_map(Node::text).collect(),
        };
        let global = stack.root.get("Globals").and_then(|globals| globals.get(section));
        let local = resource.and_then(Resource::properties);
        Self { local, global: global.filter(|_| !ignored.contains(&"*")), ignored }
    }

    /// The value of a member.
    pub(in crate::template) fn get(&self, name: &str) -> Self {
        let is_ignored = self.ignored.contains(&name);
        let global = self.global.filter(|_| !is_ignored && self.local.is_none_or(is_map));
        Self {
            local: self.local.and_then(|node| node.get(name)),
            global: global.and_then(|node| node.get(name)),
            ignored: Vec::new(),
        }
    }

    /// The value itself: the resource's own, else the global one.
    pub(in crate::template) fn node(&self) -> Option<&'t Node> {
        self.local.or(self.global)
    }

    /// The lists themselves: the global one first, for SAM puts lists together.
    pub(in crate::template) fn lists(&self) -> impl Iterator<Item = &'t Node> {
        let is_list = |node: &&Node| !node.items().is_empty();
        let global = self.global.filter(|node| is_list(node) && self.local.is_none_or(|own| is_list(&own)));
        global.into_iter().chain(self.local)
    }

    /// The text, if it is written as one.
    pub(in crate::template) fn text(&self) -> Option<&'t str> {
        self.node()?.text()
    }

    /// Whether the value is `true`.
    pub(in crate::template) fn is_true(&self) -> bool {
        self.node().is_some_and(|node| node.kind == crate::template::Kind::Bool(true))
    }

    /// The members: the global ones first, each name once, with the place of its key.
    pub(in crate::template) fn members(&self) -> Vec<(&'t str, Span, Self)> {
        let both = [self.global.filter(|_| self.local.is_none_or(is_map)), self.local];
        let mut names: Vec<(&'t str, Span)> = Vec::new();
        for member in both.into_iter().flatten().filter(|node| is_map(node)).flat_map(Node::members) {
            match names.iter_mut().find(|(name, _)| *name == member.key) {
                Some((_, span)) => *span = member.key_span,
                None => names.push((&member.key, member.key_span)),
            }
        }
        names.into_iter().map(|(name, span)| (name, span, self.get(name))).collect()
    }
}
