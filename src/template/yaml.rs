//! YAML 1.2 with places: the parser's events as a tree.

use super::TemplateError;
use super::node::{Kind, Member, Node};
use crate::json::Span;
use granit_parser::{Event, Parser, ScalarStyle};
use serde_json::Number;
use std::collections::{HashMap, HashSet};

/// How deep a document may nest.
const MAX_DEPTH: usize = 128;
/// How many values it may have, counted behind its aliases: a few lines can stand for billions.
const MAX_NODES: usize = 1_000_000;

/// Reads the first document of a text.
pub(super) fn parse(source: &str) -> Result<Node, TemplateError> {
    let mut builder = Builder::default();
    for event in Parser::new_from_str(source) {
        let (event, span) = event.map_err(|error| {
            let at = error.marker().byte_offset().unwrap_or_default().min(source.len());
            TemplateError::new(Span::new(at, at), format!("this is not YAML: {}", first_line(&error.info())))
        })?;
        let span = span.byte_range().unwrap_or_default();
        let span = Span::new(span.start.min(source.len()), span.end.min(source.len()));
        if builder.take(event, span)? {
            break;
        }
    }
    let empty = TemplateError::new(Span::new(0, 0), "there is nothing here: the text is empty");
    builder.root.ok_or_else(|| empty.hint("give a document of YAML or JSON"))
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or_default()
}

/// A list or a map that is not complete yet.
struct Open {
    node: Node,
    anchor: usize,
    /// The key whose value comes next.
    key: Option<(String, Span)>,
    /// Whether members came in by `<<`.
    merged: bool,
    size: usize,
}

#[derive(Default)]
struct Builder {
    open: Vec<Open>,
    anchors: HashMap<usize, (Node, usize)>,
    nodes: usize,
    root: Option<Node>,
}

impl Builder {
    /// Takes an event; true at the end of the first document.
    fn take(&mut self, event: Event<'_>, span: Span) -> Result<bool, TemplateError> {
        let tag = event.tag().map(ToString::to_string);
        match event {
            Event::Scalar(text, style, anchor, _) => {
                self.count(1, span)?;
                let is_plain = style == ScalarStyle::Plain && tag.is_none();
                let kind = if is_plain { plain(&text) } else { Kind::Text(text.into_owned()) };
                self.complete(Node { span, tag, kind }, anchor, 1)?;
            }
            Event::SequenceStart(_, anchor, _) => {
                self.begin(Node { span, tag, kind: Kind::List(Vec::new()) }, anchor)?;
            }
            Event::MappingStart(_, anchor, _) => {
                self.begin(Node { span, tag, kind: Kind::Map(Vec::new()) }, anchor)?;
            }
            Event::SequenceEnd | Event::MappingEnd => {
                if let Some(mut open) = self.open.pop() {
                    open.node.span.end = span.end.max(open.node.span.start);
                    if open.merged {
                        drop_overridden(&mut open.node);
                    }
                    self.complete(open.node, open.anchor, open.size)?;
                }
            }
            Event::Alias(anchor) => {
                let (node, size) = self.anchors.get(&anchor).cloned().ok_or_else(|| {
                    TemplateError::new(span, "this alias stands inside of what it names")
                        .hint("write the value out")
                })?;
                self.count(size, span)?;
                self.complete(node, 0, size)?;
            }
            Event::DocumentEnd => return Ok(true),
            _ => {}
        }
        Ok(false)
    }

    /// Counts values that were not there before.
    fn count(&mut self, values: usize, span: Span) -> Result<(), TemplateError> {
        self.nodes += values;
        if self.nodes > MAX_NODES {
            let message = format!("the document stands for more than {MAX_NODES} values");
            return Err(TemplateError::new(span, message).hint("use fewer aliases"));
        }
        Ok(())
    }

    fn begin(&mut self, node: Node, anchor: usize) -> Result<(), TemplateError> {
        self.count(1, node.span)?;
        if self.open.len() >= MAX_DEPTH {
            let message = format!("values are nested more than {MAX_DEPTH} deep");
            return Err(TemplateError::new(node.span, message));
        }
        self.open.push(Open { node, anchor, key: None, merged: false, size: 1 });
        Ok(())
    }

    /// Puts a complete value where it belongs.
    fn complete(&mut self, node: Node, anchor: usize, size: usize) -> Result<(), TemplateError> {
        if anchor > 0 {
            self.anchors.insert(anchor, (node.clone(), size));
        }
        let Some(open) = self.open.last_mut() else {
            self.root.get_or_insert(node);
            return Ok(());
        };
        open.size += size;
        match &mut open.node.kind {
            Kind::List(items) => items.push(node),
            Kind::Map(members) => match open.key.take() {
                None => open.key = Some((key_text(&node)?, node.span)),
                Some((key, key_span)) if key == "<<" && node.tag.is_none() => {
                    open.merged = true;
                    merge(members, key_span, node);
                }
                Some((key, key_span)) => members.push(Member { key, key_span, value: node }),
            },
            _ => {}
        }
        Ok(())
    }
}

/// Keys are text, whatever they look like: `200:` is `"200"`.
fn key_text(node: &Node) -> Result<String, TemplateError> {
    match &node.kind {
        Kind::Text(text) => Ok(text.clone()),
        Kind::Null => Ok("null".to_owned()),
        Kind::Bool(value) => Ok(value.to_string()),
        Kind::Number(number) => Ok(number.to_string()),
        Kind::List(_) | Kind::Map(_) => {
            Err(TemplateError::new(node.span, "a list or a map cannot be a key")
                .hint("use a text as the key"))
        }
    }
}

/// `<<: *alias`: members that are not there yet.
fn merge(members: &mut Vec<Member>, key_span: Span, node: Node) {
    match node.kind {
        Kind::Map(merged) => {
            for member in merged {
                if !members.iter().any(|own| own.key == member.key) {
                    members.push(member);
                }
            }
        }
        Kind::List(items) => items.into_iter().for_each(|item| merge(members, key_span, item)),
        kind => members.push(Member { key: "<<".to_owned(), key_span, value: Node::new(node.span, kind) }),
    }
}

/// A key that stands behind a merge takes the place of the merged one.
fn drop_overridden(map: &mut Node) {
    let Kind::Map(members) = &mut map.kind else { return };
    let mut seen = HashSet::new();
    let mut last: Vec<bool> = members.iter().rev().map(|member| seen.insert(member.key.clone())).collect();
    members.retain(|_| last.pop().unwrap_or(true));
}

/// A scalar without quotes, by the core schema of YAML 1.2.
fn plain(text: &str) -> Kind {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Kind::Null,
        "true" | "True" | "TRUE" => return Kind::Bool(true),
        "false" | "False" | "FALSE" => return Kind::Bool(false),
        _ => {}
    }
    let with_radix = |prefix: &str, radix: u32| {
        let digits = text.strip_prefix(prefix)?;
        u64::from_str_radix(digits, radix).ok().filter(|_| !digits.starts_with('+'))
    };
    if let Some(number) = with_radix("0x", 16).or_else(|| with_radix("0o", 8)) {
        return Kind::Number(number.into());
    }
    let unsigned = text.strip_prefix('+').filter(|rest| !rest.starts_with('-')).unwrap_or(text);
    if let Ok(number) = unsigned.parse::<i64>() {
        return Kind::Number(number.into());
    }
    let is_number = unsigned.starts_with(|letter: char| letter.is_ascii_digit() || ".-".contains(letter))
        && unsigned.bytes().any(|byte| byte.is_ascii_digit())
        && unsigned.bytes().all(|byte| byte.is_ascii_digit() || b".eE+-".contains(&byte));
    let number = unsigned.parse::<f64>().ok().filter(|_| is_number).and_then(Number::from_f64);
    number.map_or_else(|| Kind::Text(text.to_owned()), Kind::Number)
}
