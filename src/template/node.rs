//! A tree of values that know where they stand.

use crate::json::{Shape, Span};
use serde_json::{Map, Number, Value};

/// A value and its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// The bytes of the value.
    pub span: Span,
    /// The tag in front of it in YAML, such as `!Sub`.
    pub tag: Option<String>,
    /// The value.
    pub kind: Kind,
}

/// What a value is.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// Nothing.
    Null,
    /// A boolean.
    Bool(bool),
    /// A number.
    Number(Number),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Node>),
    /// Members in the order of the text.
    Map(Vec<Member>),
}

/// A member of a map.
#[derive(Debug, Clone, PartialEq)]
pub struct Member {
    /// The key.
    pub key: String,
    /// The bytes of the key.
    pub key_span: Span,
    /// The value.
    pub value: Node,
}

impl Node {
    /// A value without a tag.
    pub fn new(span: Span, kind: Kind) -> Self {
        Self { span, tag: None, kind }
    }

    /// A value of JSON, for [`crate::json::Text::fold`].
    pub(super) fn of_json(span: Span, shape: Shape<Self>) -> Self {
        let kind = match shape {
            Shape::Scalar(Value::Bool(value)) => Kind::Bool(value),
            Shape::Scalar(Value::Number(number)) => Kind::Number(number),
            Shape::Scalar(Value::String(text)) => Kind::Text(text),
            Shape::Scalar(_) => Kind::Null,
            Shape::Array(items) => Kind::List(items),
            Shape::Object(members) => {
                let member = |(key, key_span, value)| Member { key, key_span, value };
                Kind::Map(members.into_iter().map(member).collect())
            }
        };
        Self::new(span, kind)
    }

    /// The member of that key; the last one, if there are several.
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.members().iter().rev().find(|member| member.key == key).map(|member| &member.value)
    }

    /// The members; none if this is no map.
    pub fn members(&self) -> &[Member] {
        match &self.kind {
            Kind::Map(members) => members,
            _ => &[],
        }
    }

    /// The items; none if this is no list.
    pub fn items(&self) -> &[Self] {
        match &self.kind {
            Kind::List(items) => items,
            _ => &[],
        }
    }

    /// The text, if it is one.
    pub fn text(&self) -> Option<&str> {
        match &self.kind {
            Kind::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The text of the member of that key.
    pub fn text_of(&self, key: &str) -> Option<&str> {
        self.get(key)?.text()
    }

    /// Whether the member of that key is `true`.
    pub fn is_true(&self, key: &str) -> bool {
        self.get(key).is_some_and(|node| node.kind == Kind::Bool(true))
    }

    /// The number of the member of that key.
    pub fn number_of(&self, key: &str) -> Option<&Number> {
        match &self.get(key)?.kind {
            Kind::Number(number) => Some(number),
            _ => None,
        }
    }

    /// The value at the tokens of a JSON pointer.
    pub fn at(&self, tokens: &[String]) -> Option<&Self> {
        tokens.iter().try_fold(self, |node, token| match &node.kind {
            Kind::List(items) => items.get(token.parse::<usize>().ok()?),
            _ => node.get(token),
        })
    }

    /// The value without places.
    pub fn to_json(&self) -> Value {
        match &self.kind {
            Kind::Null => Value::Null,
            Kind::Bool(value) => Value::Bool(*value),
            Kind::Number(number) => Value::Number(number.clone()),
            Kind::Text(text) => Value::String(text.clone()),
            Kind::List(items) => Value::Array(items.iter().map(Self::to_json).collect()),
            Kind::Map(members) => {
                let members = members.iter().map(|member| (member.key.clone(), member.value.to_json()));
                Value::Object(members.collect::<Map<_, _>>())
            }
        }
    }
}
