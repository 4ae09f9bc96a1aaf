//! A case of a suite, and what it says once its variables are known.

use super::ask::Ask;
use super::capture::Capture;
use super::expect::Expectations;
use super::keys::{Read, flag, is_later, known, map, node_of, scalar, texts, word};
use super::variables::Variables;
use crate::json::{Mistake, Span};
use crate::template::openapi::DescribedResponse;
use crate::template::{Kind, Member, Node};
use serde_json::{Map, Value};

/// A case, before its variables are known.
#[derive(Debug, Clone)]
pub struct Case {
    /// Its name, which no other case of the suite has.
    pub name: String,
    /// The place of its name.
    pub span: Span,
    /// Its tags.
    pub tags: Vec<String>,
    /// Why it is left out.
    pub skip: Option<String>,
    /// The API of a template that it asks, and the place of the name.
    pub api: Option<(String, Span)>,
    /// The names that it captures.
    pub captures: Vec<String>,
    /// What it asks, as far as that is known before it runs.
    pub title: String,
    node: Node,
    /// The values of its row.
    row: Map<String, Value>,
    /// The answers that a document describes for it, and the place of that.
    described: Option<(Span, Vec<DescribedResponse>)>,
}

/// A case whose variables are known.
#[derive(Debug, Clone)]
pub struct Step {
    /// What is asked.
    pub ask: Ask,
    /// What is expected.
    pub expectations: Expectations,
    /// What is captured.
    pub captures: Vec<Capture>,
    /// Values of the environment that stand in it, by the names of their variables.
    pub env: Vec<(String, String)>,
}

const KEYS: [&str; 10] =
    ["name", "tags", "skip", "api", "request", "event", "from", "with", "expect", "capture"];

impl Case {
    /// Reads a case of the list: one, or one for each row of its table.
    pub(super) fn read_rows(node: &Node, defaults: &Node, variables: &Variables) -> Read<Vec<Self>> {
        known(node, "a case", &KEYS)?;
        let node = merged(node, defaults);
        let rows = match node.get("with") {
            None => vec![Map::new()],
            Some(with) => rows(&variables.expand(with)?)?,
        };
        let has_rows = node.get("with").is_some();
        let read = |(at, row): (usize, Map<String, Value>)| {
            Self::read(&node, row, has_rows.then_some(at + 1), variables)
        };
        rows.into_iter().enumerate().map(read).collect()
    }

    fn read(
        node: &Node,
        row: Map<String, Value>,
        number: Option<usize>,
        variables: &Variables,
    ) -> Read<Self> {
        let variables = variables.with(&row);
        let head = |key: &str| node.get(key).map(|node| variables.expand(node)).transpose();
        let named = node.members().iter().find(|member| member.key == "name");
        let (name, span) = match (head("name")?, named) {
            (Some(name), Some(member)) if !is_later(&name) => (scalar(&name, "name")?, member.value.span),
            (Some(_), Some(member)) => {
                return Err(Mistake::new(member.value.span, "a name has no variables that are captured"));
            }
            _ => return Err(Mistake::new(node.span, "this case has no name").hint("write `name: …`")),
        };
        let is_templated = named.is_some_and(|member| member.value.text() != Some(name.as_str()));
        let name = match number.filter(|_| !is_templated) {
            Some(number) => format!("{name} #{number}"),
            None => name,
        };
        let tags = head("tags")?.map(|node| texts(&node, "tags")).transpose()?.unwrap_or_default();
        let skip = match head("skip")? {
            None => None,
            Some(node) => match node.kind {
                Kind::Bool(_) => flag(&node, "skip")?.then(|| "no reason is given".to_owned()),
                _ => Some(word(&node, "skip")?),
            },
        };
        let api = head("api")?.map(|node| Ok((word(&node, "api")?, node.span))).transpose()?;
        let captures = match node.get("capture") {
            Some(capture) => map(capture, "capture")?.iter().map(|member| member.key.clone()).collect(),
            None => Vec::new(),
        };
        let mut case = Self {
            name,
            span,
            tags,
            skip,
            api,
            captures,
            title: String::new(),
            node: node.clone(),
            row,
            described: None,
        };
        case.title = case.check(&variables)?;
        Ok(case)
    }

    /// Reads everything that is known already, for its mistakes; what it asks, in a few words.
    fn check(&self, variables: &Variables) -> Read<String> {
        let node = variables.expand(&self.node)?;
        Ask::read(&node)?;
        read_expectations(&node)?;
        read_captures(&node)?;
        let shown = as_written(&variables.without_env().expand(&self.node)?);
        // What is known only later may look like a mistake.
        let asked = Ask::read(&shown).ok().flatten();
        Ok(asked.map_or_else(|| "what is known later".to_owned(), |ask| ask.title()))
    }

    /// The same, whose answers are to be as a document describes them at a place.
    pub(super) fn described_by(self, span: Span, responses: Vec<DescribedResponse>) -> Self {
        Self { described: Some((span, responses)), ..self }
    }

    /// Whether it uses a variable.
    pub fn uses(&self, name: &str) -> bool {
        super::variables::uses(&self.node, name)
    }

    /// What the case says, with the values of its variables.
    ///
    /// # Errors
    /// Variables that were not captured, and values that do not fit.
    pub fn step(&self, variables: &Variables) -> Read<Step> {
        let variables = variables.with(&self.row);
        let node = variables.expand_all(&self.node)?;
        let nothing = || Mistake::new(self.span, "what this case asks is not known");
        let mut expectations = read_expectations(&node)?;
        if let Some((span, described)) = &self.described {
            expectations.describe(*span, described.clone());
        }
        Ok(Step {
            ask: Ask::read(&node)?.ok_or_else(nothing)?,
            expectations,
            captures: read_captures(&node)?,
            env: variables.env_used(&self.node),
        })
    }
}

/// A tree in which names of variables are the values that they look like.
fn as_written(node: &Node) -> Node {
    let kind = match &node.kind {
        Kind::List(items) => Kind::List(items.iter().map(as_written).collect()),
        Kind::Map(members) => {
            let member = |member: &Member| Member { value: as_written(&member.value), ..member.clone() };
            Kind::Map(members.iter().map(member).collect())
        }
        kind => kind.clone(),
    };
    Node::new(node.span, kind)
}

fn read_expectations(node: &Node) -> Read<Expectations> {
    match node.get("expect").filter(|node| !is_later(node)) {
        Some(expect) => Expectations::read(expect),
        None => Ok(Expectations::default()),
    }
}

fn read_captures(node: &Node) -> Read<Vec<Capture>> {
    node.get("capture").map_or_else(|| Ok(Vec::new()), Capture::read_all)
}

fn rows(with: &Node) -> Read<Vec<Map<String, Value>>> {
    let Kind::List(items) = &with.kind else {
        return Err(super::keys::wrong(with, "with", "a list of rows"));
    };
    if items.is_empty() {
        return Err(Mistake::new(with.span, "the table has no rows"));
    }
    let row = |item: &Node| {
        map(item, "a row")?;
        match item.to_json() {
            Value::Object(members) => Ok(members),
            _ => Ok(Map::new()),
        }
    };
    items.iter().map(row).collect()
}

/// The case with the defaults below what it says itself.
fn merged(case: &Node, defaults: &Node) -> Node {
    let mut case = case.clone();
    let asks_otherwise = case.get("from").is_some()
        || case.get("event").is_some_and(|event| event.text().is_none_or(|text| text.contains(['.', '/'])));
    for default in defaults.members() {
        if default.key == "request" && asks_otherwise {
            continue;
        }
        overlay(&mut case, default, 2);
    }
    case
}

/// Puts a default member below the members that are there; maps in them are joined so deep.
fn overlay(node: &mut Node, default: &Member, depth: usize) {
    if default.key == "request" {
        lengthen(node);
    }
    let Kind::Map(members) = &mut node.kind else { return };
    let is_header = |one: &str| one.eq_ignore_ascii_case(&default.key);
    match members
        .iter_mut()
        .find(|member| member.key == default.key || (depth == 0 && is_header(&member.key)))
    {
        None => members.push(default.clone()),
        Some(own) if depth > 0 && JOINED.contains(&default.key.as_str()) => {
            for inner in default.value.members() {
                overlay(&mut own.value, inner, depth - 1);
            }
        }
        Some(_) => {}
    }
}

/// The members of which the defaults complete what the case says.
const JOINED: [&str; 4] = ["request", "expect", "headers", "query"];

/// Makes a request in short a map.
fn lengthen(case: &mut Node) {
    let Kind::Map(members) = &mut case.kind else { return };
    let Some(request) = members.iter_mut().find(|member| member.key == "request") else { return };
    let Some((method, path)) = request.value.text().and_then(super::ask::short) else { return };
    let value = serde_json::json!({ "method": method, "path": path });
    request.value = node_of(&value, request.value.span);
}
