//! The secrets that are known of a call: hidden wherever they stand in what is told of it.

use super::secret::{self, HIDDEN, is_secret_header};
use super::{Headers, Request, Response};
use serde_json::Value;
use std::borrow::Cow;

/// Shorter ones are words that may stand anywhere.
const SHORTEST: usize = 8;

/// What is hidden.
#[derive(Debug, Default)]
pub struct Secrets {
    /// Everything may be shown.
    shown: bool,
    /// The secrets themselves, the longest first.
    known: Vec<String>,
}

impl Secrets {
    /// Nothing is hidden.
    pub fn shown() -> Self {
        Self { shown: true, known: Vec::new() }
    }

    /// These are hidden, also where they stand in a text of JSON.
    pub fn new(mut known: Vec<String>) -> Self {
        let in_json: Vec<_> = known.iter().map(|own| Value::from(own.as_str()).to_string()).collect();
        known.extend(in_json.iter().map(|own| own.trim_matches('"').to_owned()));
        known.retain(|own| own.len() >= SHORTEST);
        known.sort_by_key(|own| std::cmp::Reverse(own.len()));
        known.dedup();
        Self { shown: false, known }
    }

    /// The same, and these are hidden too.
    #[must_use]
    pub fn and(self, others: impl IntoIterator<Item = String>) -> Self {
        if self.shown { self } else { Self::new(self.known.into_iter().chain(others).collect()) }
    }

    /// A text without them.
    pub fn text(&self, text: &str) -> String {
        self.known.iter().fold(text.to_owned(), |text, own| text.replace(own.as_str(), HIDDEN))
    }

    /// A text of the same length with stars in their places.
    pub fn starred(&self, text: &str) -> String {
        self.known
            .iter()
            .fold(text.to_owned(), |text, own| text.replace(own.as_str(), &"*".repeat(own.len())))
    }

    /// Every text in a value without them.
    pub fn everywhere(&self, value: &mut Value) {
        match value {
            Value::String(text) => *text = self.text(text),
            Value::Array(items) => items.iter_mut().for_each(|item| self.everywhere(item)),
            Value::Object(members) => members.values_mut().for_each(|member| self.everywhere(member)),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    /// An event or a result as it may be shown, its body in full.
    pub fn part(&self, part: &Value) -> Value {
        let mut part = part.clone();
        if self.shown {
            return part;
        }
        secret::hide(&mut part);
        match &mut part {
            Value::Object(members) => {
                let others = members.iter_mut().filter(|(name, _)| name.as_str() != "body");
                others.for_each(|(_, member)| self.everywhere(member));
            }
            other => self.everywhere(other),
        }
        part
    }

    /// A response as it may be shown, its body in full.
    pub fn response<'r>(&self, response: &'r Response) -> Cow<'r, Response> {
        if self.shown {
            return Cow::Borrowed(response);
        }
        let fields = response.headers.iter();
        let shown = |(name, value)| (name, self.text(&secret::hidden_field(name, value)));
        let headers: Headers = fields.map(shown).collect();
        Cow::Owned(Response { headers, ..response.clone() })
    }

    /// A request as it may be shown, its body in full: of secret fields nothing but the name stays.
    pub fn request<'r>(&self, request: &'r Request) -> Cow<'r, Request> {
        if self.shown {
            return Cow::Borrowed(request);
        }
        let shown =
            |(name, value)| (name, if is_secret_header(name) { HIDDEN.to_owned() } else { self.text(value) });
        let headers = request.headers.iter().map(shown).collect();
        let query = request.query.as_deref().map(|query| self.text(&secret::hidden_query(query)));
        Cow::Owned(Request { headers, query, ..request.clone() })
    }
}
