//! From a suite's `expect` to what is expected.

use super::super::capture::regex;
use super::super::keys::{
    Read, brief, each, flag, is_later, known, map, scalar, seconds, text, whole, word, wrong,
};
use super::super::query::Query;
use super::super::read::pointers;
use super::matcher::Matcher;
use super::{Comparison, Expectation, Expectations, Expected, Field, Schema, Words};
use crate::json::{Mistake, Span};
use crate::lint::{Statuses, nearest, rules};
use crate::template::{Kind, Member, Node};
use serde_json::Value;
use std::sync::Arc;
use std::time::Duration;

const KEYS: [&str; 7] = ["status", "headers", "body", "notices", "duration", "logs", "error"];

const BODY: [&str; 6] = ["equals", "contains", "matches", "json", "schema", "snapshot"];

impl Expectations {
    /// Reads the value of `expect`.
    pub(in super::super) fn read(node: &Node) -> Read<Self> {
        let mut list = Self::default();
        for member in known(node, "expect", &KEYS)? {
            let value = &member.value;
            match member.key.as_str() {
                "status" => list.add(value.span, Expected::Status(statuses(value)?)),
                "headers" => list.headers(value)?,
                "body" => list.body(value)?,
                "notices" => list.notices(value)?,
                "duration" => list.duration(value)?,
                "logs" => {
                    for (span, words) in words(value, "logs")? {
                        list.add(span, Expected::Logs(words));
                    }
                }
                _ => list.error(value)?,
            }
        }
        Ok(list)
    }

    fn add(&mut self, span: Span, expected: Expected) {
        self.list.push(Expectation { span, expected });
    }

    fn headers(&mut self, node: &Node) -> Read<()> {
        for Member { key, value, .. } in map(node, "headers")? {
            if is_later(value) {
                continue;
            }
            let field = match &value.kind {
                Kind::Null => Field::Absent,
                Kind::List(items) => {
                    Field::All(items.iter().map(|item| scalar(item, key)).collect::<Read<_>>()?)
                }
                Kind::Map(_) => {
                    let keys = ["equals", "contains", "matches", "exists"];
                    let matcher = Matcher::of_members(value, "a header", &keys)?;
                    match value.get("exists").map(|node| node.kind == Kind::Bool(false)) {
                        Some(true) => Field::Absent,
                        _ => Field::One(matcher),
                    }
                }
                _ => Field::One(Matcher::equals(value.span, Value::from(scalar(value, key)?))),
            };
            self.add(value.span, Expected::Header(key.clone(), field));
        }
        Ok(())
    }

    fn body(&mut self, node: &Node) -> Read<()> {
        if !matches!(node.kind, Kind::Map(_)) {
            let text = scalar(node, "body")?;
            self.add(node.span, Expected::Body(Matcher::equals(node.span, Value::from(text))));
            return Ok(());
        }
        let members = known(node, "body", &BODY)?;
        let whole = Matcher::of_members(node, "body", &BODY)?;
        if !whole.is_empty() {
            self.add(node.span, Expected::Body(whole));
        }
        for member in members {
            let value = &member.value;
            match member.key.as_str() {
                "json" => {
                    for Member { key, key_span, value } in map(value, "json")? {
                        let query = Query::read(key, *key_span)?;
                        if !is_later(value) {
                            self.add(value.span, Expected::At(query, Matcher::read(value)?));
                        }
                    }
                }
                "schema" => self.add(value.span, Expected::Schema(schema(value)?)),
                "snapshot" => match &value.kind {
                    Kind::Map(_) => {
                        known(value, "snapshot", &["redact"])?;
                        let redact = value.get("redact").map(|node| pointers(node, "redact"));
                        let redact = redact.transpose()?.unwrap_or_default();
                        self.add(member.key_span, Expected::Snapshot(redact));
                    }
                    _ if flag(value, "snapshot")? => {
                        self.add(member.key_span, Expected::Snapshot(Vec::new()));
                    }
                    _ => {}
                },
                _ => {}
            }
        }
        Ok(())
    }

    fn notices(&mut self, node: &Node) -> Read<()> {
        if node.text() == Some("none") {
            self.add(node.span, Expected::NoNotices);
            return Ok(());
        }
        for item in each(node) {
            let name = word(item, "notices")?;
            let rule = rules::find(&name).ok_or_else(|| {
                let names = rules::ALL.iter().flat_map(|rule| [rule.code, rule.name]);
                let mistake = Mistake::new(item.span, format!("there is no rule `{}`", brief(&name)));
                mistake.hint(match nearest(&name, names) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "write codes such as AGW101, or none; `apigw rules` lists them".to_owned(),
                })
            })?;
            self.add(item.span, Expected::Notice(rule));
        }
        Ok(())
    }

    fn duration(&mut self, node: &Node) -> Read<()> {
        for item in each(node) {
            let text = text(item, "duration")?;
            let (comparison, limit) = comparison(text).ok_or_else(|| {
                Mistake::new(item.span, format!("`{}` is no limit of a duration", brief(text)))
                    .hint("such as '< 200ms' or '<= 1.5s'")
            })?;
            self.add(item.span, Expected::Duration(comparison, limit));
        }
        Ok(())
    }

    fn error(&mut self, node: &Node) -> Read<()> {
        let expected = match &node.kind {
            Kind::Text(text) if text == "none" => Expected::NoError,
            Kind::Bool(false) => Expected::NoError,
            Kind::Bool(true) => Expected::Error(None, None),
            Kind::Text(text) => Expected::Error(Some(Words::Equal(text.clone())), None),
            Kind::Map(_) => {
                let members = known(node, "error", &["type", "message"])?;
                let part = |key: &str| match members.iter().find(|member| member.key == key) {
                    None => Ok(None),
                    Some(member) => one_of_words(&member.value, key).map(Some),
                };
                Expected::Error(part("type")?, part("message")?)
            }
            _ => return Err(wrong(node, "error", "the type of an error, true, or none")),
        };
        self.add(node.span, expected);
        Ok(())
    }
}

fn statuses(node: &Node) -> Read<Vec<Statuses>> {
    let status = |node: &Node| {
        let wrong = || {
            Mistake::new(node.span, "this is no status").hint("a status such as 200, or a class such as 2xx")
        };
        let name = match &node.kind {
            Kind::Number(_) => whole(node, "status", 100..=999).map_err(|_| wrong())?.to_string(),
            _ => word(node, "status").map_err(|_| wrong())?,
        };
        Statuses::from_name(&name).filter(|own| *own != Statuses::Default).ok_or_else(wrong)
    };
    each(node).into_iter().map(status).collect()
}

/// `< 200ms`.
fn comparison(text: &str) -> Option<(Comparison, Duration)> {
    let text = text.trim();
    let signs = [
        ("<=", Comparison::AtMost),
        (">=", Comparison::AtLeast),
        ("<", Comparison::Less),
        (">", Comparison::More),
    ];
    let (rest, comparison) =
        signs.iter().find_map(|(sign, comparison)| Some((text.strip_prefix(sign)?, *comparison)))?;
    let seconds = seconds(rest).filter(|seconds| (0.0..=86_400.0).contains(seconds))?;
    Some((comparison, Duration::from_secs_f64(seconds)))
}

fn schema(node: &Node) -> Read<Schema> {
    match &node.kind {
        Kind::Text(name) => Ok(Schema::File(name.clone())),
        Kind::Map(_) => {
            let value = node.to_json();
            let built = jsonschema::options().build(&value);
            let validator = built.map_err(|error| {
                let why = error.masked_with("it");
                Mistake::new(node.span, format!("this is no JSON Schema: {why}"))
            })?;
            Ok(Schema::Inline(Arc::new(validator)))
        }
        _ => Err(wrong(node, "schema", "a schema, or the name of its file")),
    }
}

/// Texts that are to be there, or tests of them.
fn words(node: &Node, what: &str) -> Read<Vec<(Span, Words)>> {
    if let Kind::Map(_) = node.kind {
        let mut all = Vec::new();
        for member in known(node, what, &["contains", "matches"])? {
            for item in each(&member.value) {
                all.push((item.span, of_key(&member.key, item)?));
            }
        }
        return Ok(all);
    }
    each(node).into_iter().map(|item| Ok((item.span, Words::Contain(word(item, what)?)))).collect()
}

fn one_of_words(node: &Node, what: &str) -> Read<Words> {
    match &node.kind {
        Kind::Map(_) => {
            let members = known(node, what, &["equals", "contains", "matches"])?;
            let [member] = members.as_slice() else {
                return Err(Mistake::new(node.span, format!("`{what}` takes one test")));
            };
            of_key(&member.key, &member.value)
        }
        _ => Ok(Words::Equal(word(node, what)?)),
    }
}

fn of_key(key: &str, node: &Node) -> Read<Words> {
    let text = word(node, key)?;
    Ok(match key {
        "equals" => Words::Equal(text),
        "contains" => Words::Contain(text),
        _ => Words::Match(regex(&text, node.span)?),
    })
}
