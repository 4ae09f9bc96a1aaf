//! Bodies against schemas of the user's own: the JSON that a body carries is checked, and what does
//! not fit is placed in the text of the result.

use super::finding::Finding;
use super::judge::Judged;
use super::rules::body_schema::BODY_AGAINST_SCHEMA;
use crate::http::encoding::base64_decode;
use crate::json::{Part, Pointer, Span, Text, Unescaped};
use jsonschema::Validator;
use serde_json::Value;
use std::fmt;
use std::sync::Arc;

/// The statuses of responses that a schema is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Statuses {
    /// One status.
    Exactly(u16),
    /// A class: 2 for 2xx.
    Class(u16),
    /// All for which nothing closer is said.
    Default,
}

impl Statuses {
    /// Reads `200`, `2xx` or `default`; case does not count.
    pub fn from_name(name: &str) -> Option<Self> {
        let name = name.to_ascii_lowercase();
        match name.strip_suffix("xx") {
            _ if name == "default" => Some(Self::Default),
            Some(class) => class.parse().ok().filter(|class| (1..6).contains(class)).map(Self::Class),
            None => name.parse().ok().filter(|status| (100..1000).contains(status)).map(Self::Exactly),
        }
    }

    /// Whether a status is among them.
    pub fn includes(self, status: u16) -> bool {
        self.closeness(status).is_some()
    }

    /// How closely they are about a status; `None` if they are not.
    fn closeness(self, status: u16) -> Option<u8> {
        match self {
            Self::Exactly(own) => (own == status).then_some(2),
            Self::Class(class) => (status / 100 == class).then_some(1),
            Self::Default => Some(0),
        }
    }
}

/// As [`Statuses::from_name`] reads it.
impl fmt::Display for Statuses {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exactly(status) => write!(f, "{status}"),
            Self::Class(class) => write!(f, "{class}xx"),
            Self::Default => f.write_str("default"),
        }
    }
}

/// A schema of the user's own, ready to be asked.
#[derive(Debug, Clone)]
pub struct BodySchema {
    /// The statuses of the responses that it is for.
    pub statuses: Statuses,
    /// What people call it: its path.
    pub name: String,
    /// The schema.
    pub validator: Arc<Validator>,
}

/// Where the text that is checked stands in the text of the result.
enum Written {
    /// It is the value at this pointer.
    At(Pointer),
    /// It is inside a string.
    Inside(Unescaped),
    /// It is inside a string, and base64 there.
    InBase64(Unescaped),
    /// It stands behind the text of the findings, which is a stream's prelude.
    Behind,
}

/// Checks the body of a judged result against schemas; of each group the one counts that is closest
/// to the status. A result that is refused has other worries, and a response that cannot have a body
/// (204, 304) is not expected to, unless a schema names its status.
pub fn check_body(judged: &mut Judged, groups: &[Vec<BodySchema>], streaming: bool) {
    if groups.is_empty() || judged.decision.is_some() {
        return;
    }
    let Some(response) = judged.outcome.response.as_ref().filter(|_| !judged.outcome.refused) else { return };
    let status = response.status;
    let without_body = [204, 304].contains(&status) && response.body.0.is_empty();
    let schemas = groups.iter().filter_map(|group| {
        let reached = group.iter().filter_map(|schema| Some((schema.statuses.closeness(status)?, schema)));
        reached.max_by_key(|(closeness, _)| *closeness)
    });
    let schemas: Vec<_> = schemas.filter(|(closeness, _)| !without_body || *closeness == 2).collect();
    if schemas.is_empty() {
        return;
    }
    let Ok(text) = Text::parse(judged.source.name.as_str(), judged.source.text.as_str()) else { return };
    let carried = carried(&text, &response.body.0, streaming);
    let found = schemas.iter().flat_map(|(_, schema)| carried.against(schema, &text)).collect::<Vec<_>>();
    judged.findings.extend(found);
    judged.findings.sort_by_key(|finding| finding.span.start);
}

/// A body and where it is written.
struct Carried {
    body: Vec<u8>,
    written: Written,
}

/// The body that a result carries: what its `body` says, whatever becomes of base64 on the way; of a
/// result without one, what the caller gets.
fn carried(text: &Text, sent: &[u8], streaming: bool) -> Carried {
    let result = text.value();
    let pointer = Pointer::root().child("body");
    let inside = |pointer: &Pointer, written: fn(Unescaped) -> Written| {
        let span = text.span(pointer, Part::Value);
        let inner = span.and_then(|span| Unescaped::of_string(text.source(), span));
        inner.map_or(Written::Behind, written)
    };
    match (result.get("body"), &result) {
        (Some(Value::String(body)), _) => {
            let base64 = result.get("isBase64Encoded") == Some(&Value::Bool(true));
            match base64.then(|| base64_decode(body)).flatten() {
                Some(body) => Carried { body, written: inside(&pointer, Written::InBase64) },
                None => {
                    Carried { body: body.clone().into_bytes(), written: inside(&pointer, Written::Inside) }
                }
            }
        }
        _ if streaming => Carried { body: sent.to_vec(), written: Written::Behind },
        (_, Value::String(_)) => {
            Carried { body: sent.to_vec(), written: inside(&Pointer::root(), Written::Inside) }
        }
        (Some(value), _) if is_same(value, sent) => {
            Carried { body: sent.to_vec(), written: Written::At(pointer) }
        }
        (_, whole) if is_same(whole, sent) => {
            Carried { body: sent.to_vec(), written: Written::At(Pointer::root()) }
        }
        _ => Carried { body: sent.to_vec(), written: Written::Behind },
    }
}

/// Whether the caller gets just this value.
fn is_same(value: &Value, sent: &[u8]) -> bool {
    serde_json::from_slice::<Value>(sent).is_ok_and(|sent| sent == *value)
}

impl Carried {
    /// The JSON that it is, or why it is none and from where on.
    fn parse(&self) -> Result<Text<'_>, (String, Span)> {
        let text = std::str::from_utf8(&self.body).map_err(|error| {
            let at = error.valid_up_to();
            ("its bytes are not UTF-8".to_owned(), Span::new(at, at + 1))
        })?;
        Text::parse("body", text).map_err(|error| (error.kind.to_string(), error.span))
    }

    fn against(&self, schema: &BodySchema, text: &Text) -> Vec<Finding> {
        let name = &schema.name;
        let body = match self.parse() {
            Ok(body) => body,
            Err((why, span)) => {
                let message = format!("the body is not JSON, for which {name} is the schema: {why}");
                return vec![self.finding(message, "not JSON from here", span, text)];
            }
        };
        let value = body.value();
        let finding = |error: jsonschema::ValidationError<'_>| {
            let path = error.instance_path().as_str();
            let pointer = Pointer::parse(path).unwrap_or_default();
            let here =
                if pointer.is_root() { "the body".to_owned() } else { format!("the body's {pointer}") };
            // The value stands in the text; here it could be megabytes, or a secret.
            let said = brief(&error.masked_with("it").to_string());
            let message = format!("{here} does not fit {name}: {said}");
            let label = format!("{} of the schema", error.schema_path().as_str());
            match &self.written {
                Written::At(base) => {
                    let outer = pointer.tokens().iter().fold(base.clone(), |outer, token| outer.child(token));
                    let span = text.span(&outer, Part::Value).unwrap_or(Span::new(0, 0));
                    Finding { pointer: Some(outer), ..placed(message, &label, span) }
                }
                _ => {
                    let span = body.span(&pointer, Part::Value).unwrap_or(Span::new(0, 0));
                    self.finding(message, &label, span, text)
                }
            }
        };
        schema.validator.iter_errors(&value).map(finding).collect()
    }

    /// A finding at a part of the body.
    fn finding(&self, message: String, label: &str, span: Span, text: &Text) -> Finding {
        let (pointer, span) = match &self.written {
            Written::Inside(inner) => (body_pointer(text), inner.outside(span)),
            Written::InBase64(inner) => (body_pointer(text), inner.outside(in_base64(span))),
            Written::At(pointer) => (pointer.clone(), text.span(pointer, Part::Value).unwrap_or(span)),
            Written::Behind => {
                let whole = text.span(&Pointer::root(), Part::Value).unwrap_or(Span::new(0, 0));
                (Pointer::root(), whole)
            }
        };
        Finding { pointer: Some(pointer), ..placed(message, label, span) }
    }
}

/// Where the body stands whose text is inside a string: the result's `body`, or the result itself.
fn body_pointer(text: &Text) -> Pointer {
    let pointer = Pointer::root().child("body");
    if text.span(&pointer, Part::Value).is_some() { pointer } else { Pointer::root() }
}

fn placed(message: String, label: &str, span: Span) -> Finding {
    Finding { refuses: false, ..Finding::in_text(&BODY_AGAINST_SCHEMA, message, label, span) }
}

/// The letters of base64 that hold some bytes: four for each three.
fn in_base64(span: Span) -> Span {
    Span::new(span.start / 3 * 4 + span.start % 3, (span.end * 4).div_ceil(3))
}

/// The beginning of words that a schema makes endless.
fn brief(words: &str) -> String {
    const LIMIT: usize = 200;
    if words.chars().count() <= LIMIT {
        return words.to_owned();
    }
    words.chars().take(LIMIT).chain(['…']).collect()
}

#[cfg(test)]
mod tests;
