//! From the text of a suite to the suite.

use super::ask::RequestAsk;
use super::case::Case;
use super::expect::Expectations;
use super::keys::{Read, brief, known, map, text, texts, wrong};
use super::target::{Target, Who};
use super::variables::{Variables, is_name};
use crate::json::{Mistake, Pointer, Span};
use crate::template::{Document, Kind, Node};

/// A suite.
#[derive(Debug, Clone)]
pub struct Suite {
    /// The text that it was read from.
    pub document: Document,
    /// Who answers.
    pub target: Target,
    /// Command lines before the first case, each with its place.
    pub setup: Vec<(String, Span)>,
    /// Command lines behind the last case, whatever came of the others.
    pub teardown: Vec<(String, Span)>,
    /// The variables that are known before the first case.
    pub variables: Variables,
    /// Places in bodies that no snapshot holds.
    pub redact: Vec<Pointer>,
    /// The cases in the order of the text.
    pub cases: Vec<Case>,
}

const KEYS: [&str; 7] = ["target", "defaults", "variables", "setup", "teardown", "redact", "cases"];

impl Suite {
    /// Reads a suite; `env` is where its variables of the environment come from.
    ///
    /// # Errors
    /// The first mistake, with its place.
    pub fn read(document: Document, env: Variables) -> Read<Self> {
        let root = document.root().clone();
        known(&root, "a suite", &KEYS)?;
        let variables = variables(&root, env)?;
        let part = |key: &str| root.get(key).map(|node| variables.expand(node)).transpose();
        let target = part("target")?.ok_or_else(|| {
            Mistake::new(root.span, "the suite has no target")
                .hint("write `target:` with bin, handler, cmd, function, url or template")
        })?;
        let commands = |key: &str| match part(key)? {
            None => Ok(Vec::new()),
            Some(node) => {
                let spans: Vec<_> = super::keys::each(&node).iter().map(|node| node.span).collect();
                Ok(texts(&node, key)?.into_iter().zip(spans).collect())
            }
        };
        let (cases, known) = cases(&root, &variables)?;
        let target = Target::read(&target)?;
        if !matches!(target.who, Who::Template(_))
            && let Some((_, span)) = cases.iter().find_map(|case| case.api.as_ref())
        {
            return Err(Mistake::new(*span, "a case names an API of a template, and the target is none"));
        }
        Ok(Self {
            target,
            setup: commands("setup")?,
            teardown: commands("teardown")?,
            redact: part("redact")?.map_or_else(|| Ok(Vec::new()), |node| pointers(&node, "redact"))?,
            cases,
            variables: known,
            document,
        })
    }
}

fn variables(root: &Node, env: Variables) -> Read<Variables> {
    let mut variables = env;
    let Some(node) = root.get("variables") else { return Ok(variables) };
    for member in map(node, "variables")? {
        if !is_name(&member.key) {
            let message = format!("`{}` is no name of a variable", brief(&member.key));
            return Err(Mistake::new(member.key_span, message)
                .hint("a letter, then letters, digits, hyphens and underscores"));
        }
        let value = variables.expand(&member.value)?.to_json();
        variables.set(member.key.as_str(), value);
    }
    Ok(variables)
}

/// The cases, and the variables with those that they capture.
fn cases(root: &Node, variables: &Variables) -> Read<(Vec<Case>, Variables)> {
    let empty = Node::new(root.span, Kind::Map(Vec::new()));
    let defaults = root.get("defaults").unwrap_or(&empty);
    known(defaults, "defaults", &["request", "expect"])?;
    check_defaults(defaults, variables)?;
    let Some(list) = root.get("cases") else {
        return Err(Mistake::new(root.span, "the suite has no cases").hint("write `cases:` with a list"));
    };
    let Kind::List(items) = &list.kind else { return Err(wrong(list, "cases", "a list")) };
    if items.is_empty() {
        return Err(Mistake::new(list.span, "the suite has no cases"));
    }
    let mut known = variables.clone();
    let mut cases: Vec<Case> = Vec::new();
    for item in items {
        for case in Case::read_rows(item, defaults, &known)? {
            if cases.iter().any(|other| other.name == case.name) {
                let message = format!("two cases are called `{}`", brief(&case.name));
                return Err(Mistake::new(case.span, message)
                    .hint("with a table, put a value of the row into the name: ${{ … }}"));
            }
            cases.push(case);
        }
        if let Some(case) = cases.last() {
            for name in case.captures.clone() {
                known.promise(&name, &case.name);
            }
        }
    }
    Ok((cases, known))
}

/// Reads the defaults alone, so that their mistakes are told once. Their variables may be of rows.
fn check_defaults(defaults: &Node, variables: &Variables) -> Read<()> {
    for (key, check) in [("request", check_request as fn(&Node) -> Read<()>), ("expect", check_expect)] {
        if let Some(node) = defaults.get(key)
            && let Ok(node) = variables.expand(node)
        {
            map(&node, key)?;
            check(&node)?;
        }
    }
    Ok(())
}

fn check_request(node: &Node) -> Read<()> {
    RequestAsk::read(node).map(drop)
}

fn check_expect(node: &Node) -> Read<()> {
    Expectations::read(node).map(drop)
}

/// One JSON pointer, or a list of them.
pub(super) fn pointers(node: &Node, what: &str) -> Read<Vec<Pointer>> {
    let pointer = |node: &Node| {
        Pointer::parse(text(node, what)?).ok_or_else(|| {
            Mistake::new(node.span, "this is no JSON pointer")
                .hint("such as /createdAt or /items/*/id, where * stands for any")
        })
    };
    super::keys::each(node).into_iter().map(pointer).collect()
}
