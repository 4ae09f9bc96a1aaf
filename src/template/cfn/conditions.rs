//! Conditions: whether a resource is deployed, as far as that is known.

use super::resolver::{Resolver, call};
use crate::template::node::Node;

impl<'t> Resolver<'t> {
    /// Whether a condition holds; `None` if that depends on what is not known.
    pub(in crate::template) fn condition(&self, name: &str) -> Option<bool> {
        let (name, node) = self.conditions.get_key_value(name)?;
        if let Some(decided) = self.decided.borrow().get(name) {
            return *decided;
        }
        // A condition that leads to itself is not known.
        self.decided.borrow_mut().insert(name, None);
        let holds = self.holds(node);
        self.decided.borrow_mut().insert(name, holds);
        holds
    }

    fn holds(&self, node: &'t Node) -> Option<bool> {
        let (name, argument) = call(node)?;
        let all = || argument.items().iter().map(|item| self.holds(item));
        match name {
            "Condition" => self.condition(argument.text()?),
            "Fn::Not" => all().next()?.map(|holds| !holds),
            "Fn::And" => agreed(all(), false),
            "Fn::Or" => agreed(all(), true),
            "Fn::Equals" => self.equal(argument),
            _ => None,
        }
    }

    fn equal(&self, argument: &'t Node) -> Option<bool> {
        let [left, right] = argument.items() else { return None };
        let (left, right) = (self.text(left)?, self.text(right)?);
        let same = left.text() == right.text();
        (same || !(left.is_open() || right.is_open())).then_some(same)
    }
}

/// One of these decides alone; the other only if all are known to be it.
fn agreed(mut all: impl Iterator<Item = Option<bool>>, decisive: bool) -> Option<bool> {
    let mut known = true;
    if all.any(|one| {
        known &= one.is_some();
        one == Some(decisive)
    }) {
        return Some(decisive);
    }
    known.then_some(!decisive)
}
