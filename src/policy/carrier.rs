//! What people have that holds a policy, and where the parts of the policy stand in it.
//!
//! A document as it is; what `aws lambda get-policy` and `add-permission` print, with JSON inside a
//! string (P-090); what `aws apigateway get-rest-api` prints, where the string is escaped once more
//! (P-132); the result of a Lambda authorizer. Places are those of the text around, to the byte.

use super::document::Document;
use crate::json::{Mistake, Part, Pointer, Span, Text, Unescaped, compact};
use serde_json::Value;

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
    /// The text that the document was read from.
    text: Text<'s>,
    /// Where the document begins in that text.
    base: Pointer,
    /// Where that text stands in the text around, if it is the content of a string.
    place: Option<Unescaped>,
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
    if value.is_string() {
        return Ok(vec![carried(outer, CarrierKind::Document, root)?]);
    }
    match value.get("Statement") {
        Some(Value::String(_)) => {
            return Ok(vec![carried(outer, CarrierKind::FunctionStatement, root.child("Statement"))?]);
        }
        Some(_) => return Ok(vec![carried(outer, CarrierKind::Document, root)?]),
        // Nothing else has this version: a policy without its statements.
        None if value.get("Version").is_some_and(|version| version == Document::WITH_VARIABLES) => {
            return Ok(vec![carried(outer, CarrierKind::Document, root)?]);
        }
        None => {}
    }
    let mut found = Vec::new();
    let items = value.get("items").and_then(Value::as_array).map_or(0, Vec::len);
    let places =
        std::iter::once(root.clone()).chain((0..items).map(|index| root.child("items").child(index)));
    for place in places {
        let holder = value.pointer(&place.to_string()).unwrap_or(&Value::Null);
        let held = known.into_iter().find(|(key, _)| holder.get(key).is_some_and(is_policy));
        if let Some((key, kind)) = held {
            found.push(carried(outer, kind, place.child(key))?);
        }
    }
    Ok(found)
}

fn is_policy(value: &Value) -> bool {
    value.is_object() || value.is_string()
}

fn carried<'s>(outer: &Text<'s>, kind: CarrierKind, at: Pointer) -> Result<Carried<'s>, Mistake> {
    let value = outer.value().pointer(&at.to_string()).cloned().unwrap_or_default();
    if !value.is_string() {
        let document = Document::read(&value);
        return Ok(Carried { kind, document, text: outer.clone(), base: at.clone(), place: None, at });
    }
    let span = outer.span(&at, Part::Value).unwrap_or(Span::new(0, 0));
    let no_policy = |span: Span, why: &str| Mistake::new(span, format!("this text is no policy: {why}"));
    let place = Unescaped::of_string(outer.source(), span).ok_or_else(|| no_policy(span, "no string"))?;
    let (place, text) = read_again(outer.name(), place)
        .map_err(|(place, error)| no_policy(place.outside(error.span), &error.kind.to_string()))?;
    let policy = text.value();
    let is_statement = kind == CarrierKind::FunctionStatement && policy.get("Statement").is_none();
    let document = if is_statement { Document::of_statement(&policy) } else { Document::read(&policy) };
    Ok(Carried { kind, document, text, base: Pointer::root(), place: Some(place), at })
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
    /// Where a value of the document, or its key, stands in the text around.
    pub fn span(&self, at: &Pointer, part: Part) -> Option<Span> {
        let span = self.text.span(&self.base.join(at), part)?;
        Some(self.outside(span))
    }

    /// The value of the text around that a value of the document is, or lies in as text.
    pub fn pointer(&self, at: &Pointer) -> Pointer {
        if self.place.is_some() { self.at.clone() } else { self.base.join(at) }
    }

    /// Where some bytes of a text of the document stand in the text around: a segment of an ARN.
    pub fn span_within(&self, at: &Pointer, bytes: Span) -> Option<Span> {
        let span = self.text.span(&self.base.join(at), Part::Value)?;
        let content = Unescaped::of_string(self.text.source(), span)?;
        Some(self.outside(content.outside(bytes)))
    }

    /// Where the content of a key of the document stands in the text around, between its quotes.
    pub fn span_in_key(&self, at: &Pointer) -> Option<Span> {
        let span = self.text.span(&self.base.join(at), Part::Key)?;
        let content = Unescaped::of_string(self.text.source(), span)?;
        Some(self.outside(content.outside(Span::new(0, content.text.len()))))
    }

    /// How many bytes the document has without the space between its parts.
    pub fn size(&self) -> usize {
        self.text.slice(&self.base).map_or(0, |written| compact(written).len())
    }

    fn outside(&self, span: Span) -> Span {
        self.place.as_ref().map_or(span, |place| place.outside(span))
    }
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
