//! Policy documents inside of templates: values with their references resolved, and the place of
//! each of them.

use super::cfn::{Resolved, Stack, Value as Resolution};
use super::node::{Kind, Node};
use crate::json::{Part, Pointer, Span};
use crate::policy::{Carried, CarrierKind, Document, Places, ProblemKind};
use serde_json::{Map, Value, json};
use std::collections::HashMap;
use std::sync::Arc;

/// A document that is put together, and where its values come from.
#[derive(Debug, Default)]
pub(super) struct Placed {
    value: Value,
    keys: HashMap<Pointer, Span>,
    values: HashMap<Pointer, Span>,
    texts: HashMap<Pointer, Resolved>,
}

impl Placed {
    /// A value of a template, with its places noted as those of the value at that pointer. `None` for
    /// what is not deployed.
    pub(super) fn read<'t>(&mut self, stack: &Stack<'t>, node: &'t Node, at: &Pointer) -> Option<Value> {
        let node = stack.resolver.follow(node)?;
        self.values.insert(at.clone(), node.span);
        Some(match (&node.kind, stack.resolver.value(node)) {
            (_, Resolution::Absent) => return None,
            (Kind::List(items), _) => {
                let mut list = Vec::with_capacity(items.len());
                for item in items {
                    let value = self.read(stack, item, &at.child(list.len()));
                    list.extend(value);
                }
                Value::Array(list)
            }
            (_, Resolution::Other(node)) => {
                let mut members = Map::new();
                for member in node.members() {
                    let at = at.child(&member.key);
                    let Some(value) = self.read(stack, &member.value, &at) else { continue };
                    self.keys.insert(at, member.key_span);
                    members.insert(member.key.clone(), value);
                }
                Value::Object(members)
            }
            // Numbers and booleans stay what they are.
            (Kind::Bool(_) | Kind::Number(_), Resolution::Text(_)) => node.to_json(),
            (_, found) => self.resolved(stack, found, node.span, at),
        })
    }

    /// What a function came to.
    fn resolved<'t>(&mut self, stack: &Stack<'t>, found: Resolution<'t>, span: Span, at: &Pointer) -> Value {
        match found {
            Resolution::Absent => Value::Null,
            Resolution::Text(text) => self.text(text.standing_at(span), at),
            Resolution::List(items) => {
                let items = items.into_iter().enumerate();
                items.map(|(index, item)| self.resolved(stack, item, span, &at.child(index))).collect()
            }
            Resolution::Other(node) => self.read(stack, node, at).unwrap_or_default(),
        }
    }

    /// A text, and where it comes from.
    pub(super) fn text(&mut self, text: Resolved, at: &Pointer) -> Value {
        self.values.insert(at.clone(), text.span());
        let value = Value::String(text.text().to_owned());
        self.texts.insert(at.clone(), text);
        value
    }

    /// Notes where a value stands that is not written like this in the template.
    pub(super) fn stands(&mut self, at: &Pointer, span: Span) {
        self.values.insert(at.clone(), span);
    }

    /// The policy. What is wrong with a text counts only where all of it is known.
    pub(super) fn policy(mut self, kind: CarrierKind, value: Value) -> Carried<'static> {
        let mut document = Document::read(&value);
        document.problems.retain(|problem| match problem.kind {
            ProblemKind::VariableForm | ProblemKind::VariableLiteral => self.is_known(&problem.at),
            _ => !problem.found.contains("${") || self.is_known(&problem.at),
        });
        self.value = value;
        Carried::of_template(kind, document, Arc::new(self))
    }

    fn is_known(&self, at: &Pointer) -> bool {
        !self.texts.get(at).is_some_and(Resolved::is_open)
    }
}

impl Places for Placed {
    fn value(&self) -> &Value {
        &self.value
    }

    fn span(&self, at: &Pointer, part: Part) -> Option<Span> {
        let key = self.keys.get(at).filter(|_| part == Part::Key);
        // What has no place of its own stands where the value around it does.
        let value = || {
            std::iter::successors(Some(at.clone()), Pointer::parent)
                .find_map(|at| self.values.get(&at).copied())
        };
        key.copied().or_else(value)
    }

    fn span_within(&self, at: &Pointer, bytes: Span) -> Option<Span> {
        Some(self.texts.get(at)?.span_of(bytes.start..bytes.end))
    }

    fn written_within(&self, at: &Pointer, bytes: Span) -> Option<Span> {
        self.texts.get(at)?.exact_span_of(bytes.start..bytes.end)
    }
}

/// The policy that a value of a template is; `None` if it is no object that is known.
pub(super) fn read<'t>(stack: &Stack<'t>, node: &'t Node, kind: CarrierKind) -> Option<Carried<'static>> {
    let mut placed = Placed::default();
    let value = placed.read(stack, node, &Pointer::root())?;
    value.is_object().then(|| placed.policy(kind, value))
}

/// The statements of a policy that SAM puts together.
#[derive(Debug, Default)]
pub(super) struct Statements {
    placed: Placed,
    list: Vec<Value>,
}

impl Statements {
    /// The place of the next statement.
    fn next(&self) -> Pointer {
        Pointer::root().child("Statement").child(self.list.len())
    }

    /// Adds statements as they are written: one, or a list.
    pub(super) fn written<'t>(&mut self, stack: &Stack<'t>, node: &'t Node) {
        let Some(node) = stack.resolver.follow(node) else { return };
        let items = if node.items().is_empty() { std::slice::from_ref(node) } else { node.items() };
        for item in items {
            let at = self.next();
            let value = self.placed.read(stack, item, &at);
            self.list.extend(value);
        }
    }

    /// Adds a statement that lets everybody, or those of the value at `AWS`, do what it says.
    pub(super) fn made(&mut self, effect: &str, principal: Principal<'_, '_>, resource: &str, span: Span) {
        let at = self.next();
        self.placed.stands(&at, span);
        let principal = match principal {
            Principal::Everybody => json!("*"),
            Principal::Of(stack, node) => {
                let place = at.child("Principal").child("AWS");
                json!({"AWS": self.placed.read(stack, node, &place).unwrap_or_default()})
            }
        };
        let statement = json!({"Effect": effect, "Principal": principal, "Action": "execute-api:Invoke",
            "Resource": [resource]});
        self.list.push(statement);
    }

    /// Narrows the statement that was added last: by one value more of a key, or by a list that only
    /// a reference names.
    pub(super) fn narrow<'t>(
        &mut self,
        stack: &Stack<'t>,
        (operator, key): (&str, &str),
        node: &'t Node,
        key_span: Span,
    ) {
        let Some(last) = self.list.len().checked_sub(1) else { return };
        let element = Pointer::root().child("Statement").child(last).child("Condition");
        let at = element.child(operator).child(key);
        self.placed.keys.insert(at.clone(), key_span);
        let values = &mut self.list[last]["Condition"][operator][key];
        let earlier = values.as_array().map_or(0, Vec::len);
        let place = if node.members().is_empty() || earlier > 0 { at.child(earlier) } else { at };
        match (self.placed.read(stack, node, &place), values) {
            (Some(Value::Array(items)), Value::Array(earlier)) => earlier.extend(items),
            (Some(value), Value::Array(earlier)) => earlier.push(value),
            (Some(Value::Array(items)), values) => *values = Value::Array(items),
            (Some(value), values) => *values = Value::Array(vec![value]),
            (None, _) => {}
        }
    }

    /// The policy; `None` without a statement.
    pub(super) fn policy(mut self) -> Option<Carried<'static>> {
        // As a whole it stands where its first statement comes from.
        let first = Pointer::root().child("Statement").child(0);
        if let Some(span) = self.placed.values.get(&first).copied() {
            self.placed.stands(&Pointer::root(), span);
        }
        let value = json!({"Version": Document::WITH_VARIABLES, "Statement": self.list});
        (!self.list.is_empty()).then(|| self.placed.policy(CarrierKind::RestApi, value))
    }
}

/// Whom a statement is about that SAM makes.
#[derive(Clone, Copy)]
pub(super) enum Principal<'s, 't> {
    /// `*`.
    Everybody,
    /// Those that the value names.
    Of(&'s Stack<'t>, &'t Node),
}
