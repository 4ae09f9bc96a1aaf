//! Answers as an OpenAPI document describes them: by status, content type and schema.

use super::check::{against_schema, not_json};
use super::{Answer, Failure};
use crate::http::MediaType;
use crate::json::Span;
use crate::lint::Statuses;
use crate::template::openapi::{DescribedResponse, ResponseSchema};

/// What is not as described.
pub(super) fn check(described: &[DescribedResponse], answer: &Answer, span: Span) -> Vec<Failure> {
    let Some(status) = answer.status else { return Vec::new() };
    let Some(response) = of_status(described, status) else {
        let names: Vec<_> = described.iter().map(|own| own.status.as_str()).collect();
        let names = if names.is_empty() { "none".to_owned() } else { names.join(", ") };
        let message = format!("the document describes no answer with {status}");
        return vec![Failure::new(span, message, format!("described: {names}"))];
    };
    if response.content.is_empty() || answer.body.is_empty() && (status == 204 || status == 304) {
        return Vec::new();
    }
    let content_type = answer.headers.get("content-type").unwrap_or_default();
    let found = MediaType::parse(content_type);
    let Some((_, schema)) = of_type(&response.content, found.essence()) else {
        let names: Vec<_> = response.content.iter().map(|(name, _)| name.as_str()).collect();
        let message = format!("the document describes no {status} of the content type `{}`", found.essence());
        return vec![Failure::new(span, message, format!("described: {}", names.join(", ")))];
    };
    match schema {
        Some(schema) if found.is_json() => body(schema, answer, span),
        _ => Vec::new(),
    }
}

/// The exact status goes before its class, and both before all others.
fn of_status(described: &[DescribedResponse], status: u16) -> Option<&DescribedResponse> {
    let rank = |own: &Statuses| match own {
        Statuses::Exactly(_) => 0,
        Statuses::Class(_) => 1,
        Statuses::Default => 2,
    };
    let named = described.iter().filter_map(|own| Some((own, Statuses::from_name(&own.status)?)));
    let fits = named.filter(|(_, own)| *own == Statuses::Default || own.includes(status));
    fits.min_by_key(|(_, own)| rank(own)).map(|(own, _)| own)
}

/// The type itself goes before `text/*`, and that before `*/*`.
fn of_type<'d, T>(content: &'d [(String, T)], essence: &str) -> Option<&'d (String, T)> {
    let kind = essence.split('/').next().unwrap_or_default();
    let rank = |name: &str| {
        let own = MediaType::parse(name);
        match own.essence() {
            own if own == essence => Some(0),
            own if own.strip_suffix("/*") == Some(kind) => Some(1),
            "*/*" => Some(2),
            _ => None,
        }
    };
    let fits = content.iter().filter_map(|own| Some((rank(&own.0)?, own)));
    fits.min_by_key(|(rank, _)| *rank).map(|(_, own)| own)
}

fn body(schema: &ResponseSchema, answer: &Answer, span: Span) -> Vec<Failure> {
    let options = jsonschema::options().with_draft(jsonschema::Draft::Draft202012);
    match (options.build(&schema.whole()), answer.json()) {
        (Err(error), _) => {
            let why = error.to_string().chars().take(160).collect::<String>();
            vec![Failure::new(span, "the schema of the document cannot be used", why)]
        }
        (Ok(_), None) => vec![not_json(answer, span)],
        (Ok(validator), Some(body)) => against_schema(&validator, &body, span),
    }
}
