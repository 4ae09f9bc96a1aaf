//! What people have that holds a policy, and where the parts of the policy stand in it.
//!
//! A document as it is; what `aws lambda get-policy` and `add-permission` print, with JSON inside a
//! string (P-090); what `aws apigateway get-rest-api` prints, where the string is escaped once more
//! (P-132); the result of a Lambda authorizer; a template. Places are those of the text around, to
//! the byte.

use super::document::Document;
use crate::json::{Mistake, Part, Pointer, Span, Text, Unescaped};
use serde_json::Value;
use std::cell::LazyCell;
use std::fmt;
use std::sync::Arc;

/// What holds a policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CarrierKind {
    /// The document itself, or a string with its text.
    Document,
    /// The answer of Lambda's GetPolicy.
    FunctionPolicy,
    /// The answer of Lambda's AddPermission: one statement.
    FunctionStatement,
    /// A REST API as its own API describes it.
    RestApi,
    /// The result of a Lambda authorizer.
    AuthorizerResult,
}

impl CarrierKind {
    /// The name in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Document => "document",
            Self::FunctionPolicy => "function-policy",
            Self::FunctionStatement => "function-statement",
            Self::RestApi => "rest-api",
            Self::AuthorizerResult => "authorizer-result",
        }
    }
}

/// A policy that was found in a text.
#[derive(Debug, Clone)]
pub struct Carried<'s> {
    /// What holds it.
    pub kind: CarrierKind,
    /// Where its value stands in that: the document, or the string with its text.
    pub at: Pointer,
    /// The policy.
    pub document: Document,
    /// Whether only VPC endpoints reach the API that holds it; `None` if nothing tells.
    pub private: Option<bool>,
    /// Whether its text is escaped once more than a string of JSON (P-132).
    pub escaped_twice: bool,
    standing: Standing<'s>,
}

/// Where the parts of a document stand that is put together from values of another text.
pub trait Places: fmt::Debug + Send + Sync {
    /// The document.
    fn value(&self) -> &Value;
    /// Where a value of the document, or its key, stands.
    fn span(&self, at: &Pointer, part: Part) -> Option<Span>;
    /// Where some bytes of a text stand, or what they come from.
    fn span_within(&self, at: &Pointer, bytes: Span) -> Option<Span>;
    /// Where some bytes of a text stand, if they are written there like this.
    fn written_within(&self, at: &Pointer, bytes: Span) -> Option<Span>;
}

#[derive(Debug, Clone)]
enum Standing<'s> {
    /// In JSON.
    Text {
        /// The text that the document was read from.
        text: Arc<Text<'s>>,
        /// Where the document begins in that text.
        base: Pointer,
        /// Where that text stands in the text around, if it is the content of a string.
        place: Option<Unescaped>,
    },
    /// Somewhere in a template.
    Template(Arc<dyn Places>),
}

impl PartialEq for Carried<'_> {
    fn eq(&self, other: &Self) -> bool {
        (self.kind, &self.at, &self.document) == (other.kind, &other.at, &other.document)
    }
}

/// The policies that a text holds, in its order; none if it is nothing known.
///
/// # Errors
/// A mistake at its place if a string that should be a policy is none.
pub fn policies<'s>(outer: &Text<'s>) -> Result<Vec<Carried<'s>>, Mistake> {
    let value = outer.value();
    let root = Pointer::root();
    let known = [
        ("policyDocument", CarrierKind::AuthorizerResult),
        ("Policy", CarrierKind::FunctionPolicy),
        ("policy", CarrierKind::RestApi),
    ];
    // Of many policies each points into the same text; most texts have none.
    let outer = LazyCell::new(|| Arc::new(outer.clone()));
    let carried = |kind, at: Pointer, value: &Value| carried(&outer, kind, at, value);
    if value.is_string() {
        return Ok(vec![carried(CarrierKind::Document, root, &value)?]);
    }
    match value.get("Statement") {
        Some(statement @ Value::String(_)) => {
            return Ok(vec![carried(CarrierKind::FunctionStatement, root.child("Statement"), statement)?]);
        }
        Some(_) => return Ok(vec![carried(CarrierKind::Document, root, &value)?]),
        // Nothing else has this version: a policy without its statements.
        None if value.get("Version").is_some_and(|version| version == Document::WITH_VARIABLES) => {
            return Ok(vec![carried(CarrierKind::Document, root, &value)?]);
        }
        None => {}
    }
    let mut found = Vec::new();
    let items = value.get("items").and_then(Value::as_array).map_or(0, Vec::len);
    let places =
        std::iter::once(root.clone()).chain((0..items).map(|index| root.child("items").child(index)));
    for place in places {
        let holder = value.pointer(&place.to_string()).unwrap_or(&Value::Null);
        let held = known.into_iter().find_map(|(key, kind)| {
            let policy = holder.get(key).filter(|policy| is_policy(policy))?;
            Some((key, kind, policy))
        });
        if let Some((key, kind, policy)) = held {
            let private = is_private(holder).filter(|_| kind == CarrierKind::RestApi);
            found.push(Carried { private, ..carried(kind, place.child(key), policy)? });
        }
    }
    Ok(found)
}

fn is_policy(value: &Value) -> bool {
    value.is_object() || value.is_string()
}

/// Whether the API that GetRestApi describes is private; `None` if it does not tell.
fn is_private(api: &Value) -> Option<bool> {
    let types = api.get("endpointConfiguration")?.get("types")?.as_array()?;
    Some(types.iter().any(|kind| kind == "PRIVATE"))
}

fn carried<'s>(
    outer: &Arc<Text<'s>>,
    kind: CarrierKind,
    at: Pointer,
    value: &Value,
) -> Result<Carried<'s>, Mistake> {
    if value.is_string() {
        let span = outer.span(&at, Part::Value).unwrap_or(Span::new(0, 0));
        return Ok(Carried { at, ..Carried::of_string(outer.name(), outer.source(), span, kind)? });
    }
    let document = Document::read(value);
    let standing = Standing::Text { text: Arc::clone(outer), base: at.clone(), place: None };
    Ok(Carried { kind, at, document, private: None, escaped_twice: false, standing })
}

impl Carried<'static> {
    /// The policy whose text is a string of JSON that stands in that source.
    ///
    /// # Errors
    /// A mistake at its place if the string is no JSON.
    pub fn of_string(name: &str, source: &str, span: Span, kind: CarrierKind) -> Result<Self, Mistake> {
        let no_policy = |span: Span, why: &str| Mistake::new(span, format!("this text is no policy: {why}"));
        let place = Unescaped::of_string(source, span).ok_or_else(|| no_policy(span, "no string"))?;
        let length = place.text.len();
        let (place, text) = read_again(name, place)
            .map_err(|(place, error)| no_policy(place.outside(error.span), &error.kind.to_string()))?;
        let policy = text.value();
        let is_statement = kind == CarrierKind::FunctionStatement && policy.get("Statement").is_none();
        let document = if is_statement { Document::of_statement(&policy) } else { Document::read(&policy) };
        let escaped_twice = place.text.len() != length;
        let standing = Standing::Text { text: Arc::new(text), base: Pointer::root(), place: Some(place) };
        Ok(Self { kind, at: Pointer::root(), document, private: None, escaped_twice, standing })
    }

    /// A policy of a template.
    pub fn of_template(kind: CarrierKind, document: Document, places: Arc<dyn Places>) -> Self {
        let (at, standing) = (Pointer::root(), Standing::Template(places));
        Self { kind, at, document, private: None, escaped_twice: false, standing }
    }
}

/// Reads the content of a string as JSON; if it is escaped once more, without that.
fn read_again(
    name: &str,
    place: Unescaped,
) -> Result<(Unescaped, Text<'static>), (Unescaped, crate::json::SyntaxError)> {
    let error = match Text::parse(name.to_owned(), place.text.clone()) {
        Ok(text) => return Ok((place, text)),
        Err(error) => error,
    };
    let whole = Span::new(0, place.text.len());
    let again = Unescaped::of_content(&place.text, whole).filter(|again| again.text != place.text);
    let Some(again) = again.map(|again| again.within(&place)) else { return Err((place, error)) };
    match Text::parse(name.to_owned(), again.text.clone()) {
        Ok(text) => Ok((again, text)),
        Err(_) => Err((place, error)),
    }
}

impl Carried<'_> {
    /// The document.
    pub fn value(&self) -> Value {
        match &self.standing {
            Standing::Text { text, base, .. } => {
                text.value().pointer(&base.to_string()).cloned().unwrap_or_default()
            }
            Standing::Template(places) => places.value().clone(),
        }
    }

    /// Where a value of the document, or its key, stands in the text around.
    pub fn span(&self, at: &Pointer, part: Part) -> Option<Span> {
        match &self.standing {
            Standing::Text { text, base, place } => Some(outside(place, text.span(&base.join(at), part)?)),
            Standing::Template(places) => places.span(at, part),
        }
    }

    /// The value of the text around that a value of the document is, or lies in as text; a template
    /// has no pointers.
    pub fn pointer(&self, at: &Pointer) -> Option<Pointer> {
        match &self.standing {
            Standing::Text { place: Some(_), .. } => Some(self.at.clone()),
            Standing::Text { base, .. } => Some(base.join(at)),
            Standing::Template(_) => None,
        }
    }

    /// Where some bytes of a text of the document stand in the text around: a segment of an ARN.
    pub fn span_within(&self, at: &Pointer, bytes: Span) -> Option<Span> {
        match &self.standing {
            Standing::Text { text, base, place } => {
                let span = text.span(&base.join(at), Part::Value)?;
                within(text, place, span, bytes)
            }
            Standing::Template(places) => places.span_within(at, bytes),
        }
    }

    /// The same, if others can be written in their place.
    pub fn written_within(&self, at: &Pointer, bytes: Span) -> Option<Span> {
        match &self.standing {
            Standing::Text { .. } => self.span_within(at, bytes),
            Standing::Template(places) => places.written_within(at, bytes),
        }
    }

    /// Where some bytes of a key of the document stand in the text around; `None` in a template.
    pub fn span_within_key(&self, at: &Pointer, bytes: Span) -> Option<Span> {
        match &self.standing {
            Standing::Text { text, base, place } => {
                let span = text.span(&base.join(at), Part::Key)?;
                within(text, place, span, bytes)
            }
            Standing::Template(_) => None,
        }
    }

    /// Whether it stands in a template, where `${…}` may be what only the deployment knows.
    pub fn is_of_template(&self) -> bool {
        matches!(self.standing, Standing::Template(_))
    }
}

/// Some bytes of the string at a place of that text.
fn within(text: &Text, place: &Option<Unescaped>, string: Span, bytes: Span) -> Option<Span> {
    let content = Unescaped::of_string(text.source(), string)?;
    Some(outside(place, content.outside(bytes)))
}

fn outside(place: &Option<Unescaped>, span: Span) -> Span {
    place.as_ref().map_or(span, |place| place.outside(span))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const ARN: &str = "arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/GET/";

    fn policy() -> Value {
        json!({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "execute-api:Invoke", "Resource": ARN}]})
    }

    fn read(outer: &str) -> (Carried<'_>, Text<'_>) {
        let text = Text::parse("t", outer).unwrap();
        let mut found = policies(&text).unwrap();
        assert_eq!(found.len(), 1, "{outer}");
        (found.remove(0), text)
    }

    #[test]
    fn every_carrier_is_known_and_points_outside() {
        let statement = policy()["Statement"][0].to_string();
        let slashed = |text: &str| text.replace('/', "\\/");
        let twice = serde_json::to_string(&slashed(&policy().to_string())).unwrap();
        let twice = twice[1..twice.len() - 1].to_owned();
        let cases = [
            (CarrierKind::Document, policy().to_string(), "/Statement/0/Resource"),
            (CarrierKind::Document, json!(policy().to_string()).to_string(), "/Statement/0/Resource"),
            (
                CarrierKind::FunctionPolicy,
                json!({"Policy": policy().to_string()}).to_string(),
                "/Statement/0/Resource",
            ),
            (CarrierKind::FunctionStatement, json!({"Statement": statement}).to_string(), "/Resource"),
            (CarrierKind::RestApi, json!({"id": "a", "policy": twice}).to_string(), "/Statement/0/Resource"),
            (
                CarrierKind::RestApi,
                json!({"items": [{"id": "b"}, {"policy": twice}]}).to_string(),
                "/Statement/0/Resource",
            ),
            (
                CarrierKind::AuthorizerResult,
                json!({"principalId": "me", "policyDocument": policy()}).to_string(),
                "/Statement/0/Resource",
            ),
        ];
        for (kind, outer, at) in cases {
            let (carried, text) = read(&outer);
            assert_eq!(carried.kind, kind, "{outer}");
            assert_eq!(carried.document.statements.len(), 1, "{outer}");
            let at = Pointer::parse(at).unwrap();
            let method = ARN.find("GET").unwrap();
            let span = carried.span_within(&at, Span::new(method, method + 3)).unwrap();
            assert_eq!(&text.source()[span.start..span.end], "GET", "{outer}");
            let key = carried.span(&at, Part::Key).unwrap();
            assert!(text.source()[key.start..key.end].contains("Resource"), "{outer}");
        }
    }

    #[test]
    fn what_is_no_policy_is_told_at_its_place() {
        let text = Text::parse("t", r#"{"Policy": "{\"Statement\": nope}"}"#).unwrap();
        let mistake = policies(&text).unwrap_err();
        assert_eq!(&text.source()[mistake.span.start..mistake.span.end], "nope");
        for other in ["{}", "[]", "1", r#"{"Policy": 1}"#, r#"{"items": [{"id": "x"}]}"#] {
            assert!(policies(&Text::parse("t", other).unwrap()).unwrap().is_empty(), "{other}");
        }
    }
}
