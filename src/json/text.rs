//! A named JSON text: its source, its value, and the span of any part of it.

use super::escape::decoded;
use super::parse::{self, Arena, Member, NodeId, NodeKind, SyntaxError};
use super::place::Span;
use super::pointer::Pointer;
use serde_json::{Map, Number, Value};
use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;

/// A JSON document together with the text that it was read from, borrowed or its own.
#[derive(Debug, Clone)]
pub struct Text<'s> {
    name: Cow<'s, str>,
    source: Cow<'s, str>,
    arena: Arena,
}

/// Which part of a member a place is wanted of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The value itself.
    Value,
    /// The key that names it; the value where there is no key (items, the root).
    Key,
}

/// A value whose parts have been turned into something else, for [`Text::fold`].
#[derive(Debug, Clone, PartialEq)]
pub enum Shape<T> {
    /// A value without parts.
    Scalar(Value),
    /// The items.
    Array(Vec<T>),
    /// The members: key, the key's place, value; equal keys included.
    Object(Vec<(String, Span, T)>),
}

/// A key that stands twice in one object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duplicate {
    /// The key's pointer.
    pub pointer: Pointer,
    /// The place of the earlier key, whose value is lost.
    pub lost: Span,
    /// The place of the later key, whose value counts.
    pub kept: Span,
}

impl<'s> Text<'s> {
    /// Reads `source`; `name` is what people call it: a file's path, or `<stdin>`.
    ///
    /// # Errors
    /// A [`SyntaxError`] with its place if the text is not exactly one JSON value.
    pub fn parse(
        name: impl Into<Cow<'s, str>>,
        source: impl Into<Cow<'s, str>>,
    ) -> Result<Self, SyntaxError> {
        let source = source.into();
        let arena = parse::parse(&source)?;
        Ok(Self { name: name.into(), source, arena })
    }

    /// What people call this text.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The text as it was read.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The value. Of two equal keys the later one counts.
    pub fn value(&self) -> Value {
        self.build(self.root())
    }

    /// Builds something from the leaves up to the root: `make` gets the place of each value and
    /// what it made of its parts.
    pub fn fold<T>(&self, make: &mut dyn FnMut(Span, Shape<T>) -> T) -> T {
        self.fold_node(self.root(), make)
    }

    fn fold_node<T>(&self, node: NodeId, make: &mut dyn FnMut(Span, Shape<T>) -> T) -> T {
        let shape = match &self.arena.nodes[node].kind {
            NodeKind::Array(items) => {
                Shape::Array(items.iter().map(|item| self.fold_node(*item, make)).collect())
            }
            NodeKind::Object(members) => {
                let member = |member: &Member| {
                    (self.key(member).into_owned(), member.key_span, self.fold_node(member.value, make))
                };
                Shape::Object(members.iter().map(member).collect())
            }
            _ => Shape::Scalar(self.build(node)),
        };
        make(self.arena.nodes[node].span, shape)
    }

    /// The span of a value, or of its key; `None` if there is no such value.
    pub fn span(&self, pointer: &Pointer, part: Part) -> Option<Span> {
        let mut node = self.root();
        let mut key = None;
        for token in pointer.tokens() {
            (node, key) = self.child(node, token)?;
        }
        let value = self.arena.nodes[node].span;
        Some(if part == Part::Key { key.unwrap_or(value) } else { value })
    }

    /// The members of an object, or nothing of any other value: key, the key's place, the value's.
    pub fn members(&self, pointer: &Pointer) -> Vec<(Cow<'_, str>, Span, Span)> {
        let find = |node, token: &String| self.child(node, token).map(|(node, _)| node);
        match pointer.tokens().iter().try_fold(self.root(), find).map(|node| &self.arena.nodes[node].kind) {
            Some(NodeKind::Object(members)) => {
                let place = |member: &Member| self.arena.nodes[member.value].span;
                members.iter().map(|member| (self.key(member), member.key_span, place(member))).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Every key that a later key of the same object overrides, in the order of the text.
    pub fn duplicates(&self) -> Vec<Duplicate> {
        let mut found = Vec::new();
        self.find_duplicates(self.root(), None, &mut found);
        found
    }

    fn root(&self) -> NodeId {
        self.arena.nodes.len() - 1
    }

    fn child(&self, node: NodeId, token: &str) -> Option<(NodeId, Option<Span>)> {
        match &self.arena.nodes[node].kind {
            NodeKind::Object(members) => {
                let member = members.iter().rev().find(|member| self.key(member) == token)?;
                Some((member.value, Some(member.key_span)))
            }
            NodeKind::Array(items) => Some((*items.get(token.parse::<usize>().ok()?)?, None)),
            _ => None,
        }
    }

    fn build(&self, node: NodeId) -> Value {
        let node = &self.arena.nodes[node];
        match &node.kind {
            NodeKind::Null => Value::Null,
            NodeKind::Bool(value) => Value::Bool(*value),
            NodeKind::Number => number(&self.source[node.span.start..node.span.end]),
            NodeKind::String => Value::String(self.string(node.span).into_owned()),
            NodeKind::Array(items) => Value::Array(items.iter().map(|item| self.build(*item)).collect()),
            NodeKind::Object(members) => {
                let members =
                    members.iter().map(|member| (self.key(member).into_owned(), self.build(member.value)));
                Value::Object(members.collect::<Map<_, _>>())
            }
        }
    }

    fn find_duplicates(&self, node: NodeId, way: Option<&Way<'_>>, found: &mut Vec<Duplicate>) {
        match &self.arena.nodes[node].kind {
            NodeKind::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.find_duplicates(*item, Some(&Way { above: way, step: &index }), found);
                }
            }
            NodeKind::Object(members) => {
                let mut seen = Seen::new(members.len());
                for member in members {
                    let key = self.key(member);
                    let way = Way { above: way, step: &key };
                    if let Some(lost) = seen.insert(key.clone(), member.key_span) {
                        found.push(Duplicate { pointer: way.pointer(), lost, kept: member.key_span });
                    }
                    self.find_duplicates(member.value, Some(&way), found);
                }
            }
            _ => {}
        }
    }

    /// The text of a string that stands there with its quotes.
    fn string(&self, span: Span) -> Cow<'_, str> {
        decoded(&self.source[span.start + 1..span.end - 1])
    }

    fn key(&self, member: &Member) -> Cow<'_, str> {
        self.string(member.key_span)
    }
}

/// The way from the root to a value: most are never written down as a pointer.
struct Way<'w> {
    above: Option<&'w Way<'w>>,
    step: &'w dyn fmt::Display,
}

impl Way<'_> {
    fn pointer(&self) -> Pointer {
        self.above.map_or_else(Pointer::root, Way::pointer).child(self.step)
    }
}

/// The keys of an object so far; those of a small one are looked through.
enum Seen<'k> {
    Few(Vec<(Cow<'k, str>, Span)>),
    Many(HashMap<Cow<'k, str>, Span>),
}

impl<'k> Seen<'k> {
    fn new(members: usize) -> Self {
        const FEW: usize = 12;
        if members <= FEW {
            Self::Few(Vec::with_capacity(members))
        } else {
            Self::Many(HashMap::with_capacity(members))
        }
    }

    /// Adds a key; the place of the same one before it.
    fn insert(&mut self, key: Cow<'k, str>, place: Span) -> Option<Span> {
        match self {
            Self::Many(keys) => keys.insert(key, place),
            Self::Few(keys) => match keys.iter_mut().find(|(own, _)| *own == key) {
                Some((_, own)) => Some(std::mem::replace(own, place)),
                None => {
                    keys.push((key, place));
                    None
                }
            },
        }
    }
}

/// A number's value; what no `f64` can hold becomes the largest that can.
fn number(literal: &str) -> Value {
    if let Ok(number) = literal.parse::<Number>() {
        return Value::Number(number);
    }
    let largest = if literal.starts_with('-') { f64::MIN } else { f64::MAX };
    let nearest = literal.parse::<f64>().unwrap_or(largest).clamp(f64::MIN, f64::MAX);
    Number::from_f64(nearest).map_or(Value::Null, Value::Number)
}

#[cfg(test)]
mod tests {
    use super::super::parse::SyntaxErrorKind;
    use super::*;
    use proptest::prelude::*;

    fn read(source: &str) -> Text<'_> {
        Text::parse("t.json", source).unwrap()
    }

    fn error(source: &str) -> (String, Span) {
        let error = Text::parse("t.json", source).unwrap_err();
        (error.kind.to_string(), error.span)
    }

    #[test]
    fn a_pointer_finds_the_value_and_its_key() {
        let text = read(r#"{"headers": {"a/b": [1, {"x": null}]}}"#);
        let pointer = Pointer::parse("/headers/a~1b/1/x").unwrap();
        let slice = |part| text.span(&pointer, part).map(|span| &text.source()[span.start..span.end]);
        assert_eq!(slice(Part::Value), Some("null"));
        assert_eq!(slice(Part::Key), Some("\"x\""));
        assert_eq!(text.span(&Pointer::parse("/headers/none").unwrap(), Part::Value), None);
    }

    #[test]
    fn duplicates_are_found_and_the_last_value_counts() {
        let text = read(r#"{"a": 1, "b": [{"c": 1, "c": 2}], "a": 3}"#);
        let pointers: Vec<_> = text.duplicates().iter().map(|d| d.pointer.to_string()).collect();
        assert_eq!(pointers, ["/b/0/c", "/a"]);
        assert_eq!(text.value()["a"], 3);
    }

    #[test]
    fn mistakes_are_named_and_placed() {
        let cases = [
            ("", "there is no JSON here: the text is empty", (0, 0)),
            ("{} x", "the value is complete, but more text follows", (3, 4)),
            ("40 \u{c}", "the value is complete, but more text follows", (3, 4)),
            ("{'a': 1}", "strings stand in double quotes, not single ones", (1, 2)),
            ("[1,]", "a comma before `]` is not allowed", (2, 3)),
            ("[1 2]", "expected `,` or `]`, found `2`", (3, 4)),
            ("{\"a\"}", "expected `:` and a value, found `}`", (4, 5)),
            ("[01]", "this is not a number of JSON", (1, 3)),
            ("[1.]", "this is not a number of JSON", (1, 3)),
            ("\"a\nb\"", "the control character U+000A must be escaped inside a string", (2, 3)),
            ("\"\\x\"", "`\\x` is not an escape of JSON", (1, 3)),
            ("\"\\u12\"", "`\\u` is not an escape of JSON", (1, 3)),
            ("\"abc", "the text ends before a string is complete", (0, 4)),
            ("{\"a\": [1", "the text ends before an array is complete", (8, 8)),
            ("[NaN]", "`NaN` is no word of JSON: JSON numbers are finite", (1, 4)),
        ];
        for (source, message, (start, end)) in cases {
            assert_eq!(error(source), (message.to_owned(), Span::new(start, end)), "{source}");
        }
        assert!(error("{\"a\": None}").0.contains("json.dumps"));
    }

    #[test]
    fn depth_is_bounded() {
        let deep = "[".repeat(100_000);
        assert_eq!(Text::parse("t", deep).unwrap_err().kind, SyntaxErrorKind::TooDeep);
        let fine = "[".repeat(parse::MAX_DEPTH) + &"]".repeat(parse::MAX_DEPTH);
        assert!(Text::parse("t", fine).is_ok());
    }

    #[test]
    fn surrogates_pair_up_or_are_replaced() {
        assert_eq!(read(r#""\ud83d\ude00 \ud83dx \ude00""#).value(), "😀 \u{fffd}x \u{fffd}");
    }

    #[test]
    fn numbers_that_no_float_can_hold_stay_numbers() {
        assert!(read("1e999").value().is_number());
        assert!(read(&"9".repeat(100_000)).value().is_number());
    }

    proptest! {
        #[test]
        fn reading_agrees_with_serde_json(value in crate::testing::json()) {
            let source = serde_json::to_string_pretty(&value).unwrap();
            prop_assert_eq!(read(&source).value(), value);
        }

        #[test]
        fn no_text_panics(source in "\\PC{0,40}|[\\[\\]{}\",:0-9.eE+\\\\u -]{0,40}") {
            let ours = Text::parse("t", source.clone());
            let theirs = serde_json::from_str::<Value>(&source);
            if let Ok(theirs) = theirs {
                prop_assert_eq!(ours.unwrap().value(), theirs);
            }
        }
    }
}
