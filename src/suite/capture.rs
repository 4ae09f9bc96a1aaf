//! Values of an answer that later cases use.

use super::expect::Answer;
use super::keys::{Read, brief, known, map, text, word};
use super::query::Query;
use super::variables::is_name;
use crate::json::{Mistake, Span};
use crate::template::Node;
use regex::Regex;
use serde_json::Value;

/// A value that is captured under a name.
#[derive(Debug, Clone)]
pub struct Capture {
    /// The name of the variable.
    pub name: String,
    /// The place of the name.
    pub span: Span,
    from: From,
}

#[derive(Debug, Clone)]
enum From {
    Json(Query),
    Header(String),
    Status,
    /// The first group of an expression in the body, or all that it matches.
    Body(Regex),
}

const KEYS: [&str; 4] = ["json", "header", "status", "regex"];

impl Capture {
    /// Reads the value of `capture`.
    pub(super) fn read_all(node: &Node) -> Read<Vec<Self>> {
        map(node, "capture")?
            .iter()
            .map(|member| Self::read(&member.key, member.key_span, &member.value))
            .collect()
    }

    fn read(name: &str, span: Span, node: &Node) -> Read<Self> {
        if !is_name(name) {
            return Err(Mistake::new(span, format!("`{}` is no name of a variable", brief(name)))
                .hint("a letter, then letters, digits, hyphens and underscores"));
        }
        let of = |from| Ok(Self { name: name.to_owned(), span, from });
        if let Some(place) = node.text() {
            return match place {
                "status" => of(From::Status),
                place => of(From::Json(Query::read(place, node.span)?)),
            };
        }
        let members = known(node, "capture", &KEYS)?;
        let [member] = members.as_slice() else {
            return Err(Mistake::new(node.span, "a capture says one place")
                .hint("such as {json: /id}, {header: Location}, {regex: 'id=(\\d+)'}, or status"));
        };
        let (key, value) = (member.key.as_str(), &member.value);
        of(match key {
            "json" => From::Json(Query::read(text(value, key)?, value.span)?),
            "header" => From::Header(word(value, key)?),
            "status" => From::Status,
            _ => From::Body(regex(&word(value, key)?, value.span)?),
        })
    }

    /// The value in an answer.
    ///
    /// # Errors
    /// Why it is not there, in words.
    pub fn take(&self, answer: &Answer) -> Result<Value, String> {
        let text = || std::str::from_utf8(&answer.body).map_err(|_| "the body is no text".to_owned());
        match &self.from {
            From::Status => answer.status.map(Value::from).ok_or_else(|| "there is no status".to_owned()),
            From::Header(name) => {
                let value = answer.headers.get(name).map(Value::from);
                value.ok_or_else(|| format!("the answer has no header {name}"))
            }
            From::Json(query) => {
                let body = answer.json().ok_or_else(|| "the body is not JSON".to_owned())?;
                query.find(&body).ok_or_else(|| format!("the body has nothing at {query}"))
            }
            From::Body(regex) => {
                let found = regex.captures(text()?).and_then(|found| found.get(1).or_else(|| found.get(0)));
                found
                    .map(|found| Value::from(found.as_str()))
                    .ok_or_else(|| format!("nothing in the body matches {regex}"))
            }
        }
    }
}

/// A regular expression.
pub(super) fn regex(text: &str, span: Span) -> Read<Regex> {
    Regex::new(text).map_err(|error| {
        let words = error.to_string();
        let why = words.lines().last().unwrap_or_default().trim_start_matches("error: ");
        Mistake::new(span, format!("this is no regular expression: {why}"))
    })
}
