//! `${{ name }}` in the texts of a suite.
//!
//! A text that is nothing but one variable becomes its value, whatever it is; in longer texts
//! values stand as text. `$${{` is written for `${{` itself.

use super::keys::{LATER, Read, brief, node_of};
use crate::json::{Mistake, Span};
use crate::lint::nearest;
use crate::template::{Kind, Member, Node};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

const OPEN: &str = "${{";
const CLOSE: &str = "}}";
/// The beginning of names that are variables of the environment.
const ENV: &str = "env.";

/// What the names in a suite stand for.
#[derive(Debug, Clone, Default)]
pub struct Variables {
    values: Map<String, Value>,
    env: BTreeMap<String, String>,
    /// Names whose values come later, and who captures them.
    later: BTreeMap<String, String>,
    /// The environment's values stay names.
    hides_env: bool,
}

impl Variables {
    /// No variables but those of the environment.
    pub fn of_env(env: BTreeMap<String, String>) -> Self {
        Self { env, ..Self::default() }
    }

    /// Gives a name a value, in the place of any that it had.
    pub fn set(&mut self, name: impl Into<String>, value: Value) {
        let name = name.into();
        self.later.remove(&name);
        self.values.insert(name, value);
    }

    /// Says that a name gets its value when the case `by` has run.
    pub(super) fn promise(&mut self, name: &str, by: &str) {
        if !self.values.contains_key(name) {
            self.later.insert(name.to_owned(), by.to_owned());
        }
    }

    /// The same for what is told before anything runs: values of the environment may be secrets.
    #[must_use]
    pub(super) fn without_env(&self) -> Self {
        Self { hides_env: true, ..self.clone() }
    }

    /// The same with other values above them.
    #[must_use]
    pub(super) fn with(&self, others: &Map<String, Value>) -> Self {
        let mut all = self.clone();
        others.iter().for_each(|(name, value)| all.set(name, value.clone()));
        all
    }

    /// A tree with the values of its variables. What comes later is marked.
    ///
    /// # Errors
    /// Names that stand for nothing, and braces that are not closed.
    pub(super) fn expand(&self, node: &Node) -> Read<Node> {
        let kind = match &node.kind {
            Kind::Text(text) => return self.expand_text(node, text),
            Kind::List(items) => Kind::List(items.iter().map(|item| self.expand(item)).collect::<Read<_>>()?),
            Kind::Map(members) => {
                let member =
                    |member: &Member| Ok(Member { value: self.expand(&member.value)?, ..member.clone() });
                Kind::Map(members.iter().map(member).collect::<Read<_>>()?)
            }
            kind => kind.clone(),
        };
        Ok(Node { kind, ..node.clone() })
    }

    /// The same, where nothing may be left for later.
    pub(super) fn expand_all(&self, node: &Node) -> Read<Node> {
        if let Some((name, by)) = self.later.iter().find(|(name, _)| uses(node, name)) {
            let message = format!("`{name}` has no value: the case `{by}` did not capture it");
            return Err(Mistake::new(node.span, message));
        }
        self.expand(node)
    }

    fn expand_text(&self, node: &Node, text: &str) -> Read<Node> {
        let parts = parts(text, node.span)?;
        let mut values = Vec::new();
        for part in &parts {
            let value = match part {
                Part::Text(text) => Value::from(text.as_str()),
                Part::Name(name)
                    if self.later.contains_key(*name) || (self.hides_env && name.starts_with(ENV)) =>
                {
                    return Ok(Node { tag: Some(LATER.to_owned()), ..node.clone() });
                }
                Part::Name(name) => self.value(name, node.span)?,
            };
            values.push(value);
        }
        if let ([Part::Name(_)], [value]) = (parts.as_slice(), values.as_slice()) {
            return Ok(node_of(value, node.span));
        }
        let text = values.iter().map(as_text).collect();
        Ok(Node { kind: Kind::Text(text), ..node.clone() })
    }

    fn value(&self, name: &str, span: Span) -> Read<Value> {
        if let Some(variable) = name.strip_prefix(ENV) {
            let missing = || {
                Mistake::new(span, format!("the environment has no variable {}", brief(variable)))
                    .hint("set it for this command")
            };
            return self.env.get(variable).map(|value| Value::from(value.as_str())).ok_or_else(missing);
        }
        self.values.get(name).cloned().ok_or_else(|| {
            let names = self.values.keys().chain(self.later.keys()).map(String::as_str);
            let mistake = Mistake::new(span, format!("there is no variable `{}`", brief(name)));
            mistake.hint(match nearest(name, names) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "variables stand under `variables`, in the rows of `with`, are captured by cases \
                         above, or begin with env."
                    .to_owned(),
            })
        })
    }

    /// The values of the environment that a tree uses, by their names.
    pub(super) fn env_used(&self, node: &Node) -> Vec<(String, String)> {
        let used = self.env.iter().filter(|(name, _)| uses(node, &format!("{ENV}{name}")));
        used.map(|(name, value)| (name.clone(), value.clone())).collect()
    }
}

/// Whether any text of a tree uses a name.
pub(super) fn uses(node: &Node, name: &str) -> bool {
    match &node.kind {
        Kind::Text(text) => {
            let parts = parts(text, node.span).unwrap_or_default();
            parts.iter().any(|part| matches!(part, Part::Name(own) if *own == name))
        }
        Kind::List(items) => items.iter().any(|item| uses(item, name)),
        Kind::Map(members) => members.iter().any(|member| uses(&member.value, name)),
        _ => false,
    }
}

/// A value where it stands in a text.
fn as_text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        value => value.to_string(),
    }
}

/// A piece of a text.
enum Part<'t> {
    Text(String),
    Name(&'t str),
}

fn parts(text: &str, span: Span) -> Read<Vec<Part<'_>>> {
    let mut parts = Vec::new();
    let (mut before, mut rest) = (String::new(), text);
    while let Some(at) = rest.find(OPEN) {
        let (head, tail) = (&rest[..at], &rest[at + OPEN.len()..]);
        if let Some(head) = head.strip_suffix('$') {
            before += head;
            before += OPEN;
            rest = tail;
            continue;
        }
        let (name, behind) = tail.split_once(CLOSE).ok_or_else(|| {
            Mistake::new(span, "`${{` is opened and never closed")
                .hint("write `}}` behind the name, or `$${{` for the letters themselves")
        })?;
        before += head;
        if !before.is_empty() {
            parts.push(Part::Text(std::mem::take(&mut before)));
        }
        parts.push(Part::Name(name.trim()));
        rest = behind;
    }
    before += rest;
    if !before.is_empty() {
        parts.push(Part::Text(before));
    }
    Ok(parts)
}

/// Whether a name can be a variable's.
pub(super) fn is_name(text: &str) -> bool {
    let is_letter = |letter: char| letter.is_ascii_alphanumeric() || "_-".contains(letter);
    text.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_') && text.chars().all(is_letter)
}
