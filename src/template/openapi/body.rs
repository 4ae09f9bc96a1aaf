//! Request bodies: the first media type that can be written, JSON before all others.

use super::parameters::{media_value, plain};
use super::reference::References;
use crate::http::multipart::{self, Part};
use crate::http::{MediaType, Request, query};
use crate::template::{Member, Node, TemplateError};
use serde_json::Value;

/// The media type that is written.
fn media<'d>(references: &References<'d>, operation: &'d Node) -> Result<Option<&'d Member>, TemplateError> {
    let Some(body) = operation.get("requestBody") else { return Ok(None) };
    let body = references.resolve(body)?;
    Ok(body.get("content").map_or(&[][..], Node::members).iter().min_by_key(rank))
}

/// The named examples of the body.
pub(super) fn examples<'d>(
    references: &References<'d>,
    operation: &'d Node,
) -> Result<&'d [Member], TemplateError> {
    let media = media(references, operation)?.filter(|media| media.value.get("example").is_none());
    Ok(media.and_then(|media| media.value.get("examples")).map_or(&[][..], Node::members))
}

/// Writes the body of an operation and its content type: a named example, else the value that the
/// document has for it.
pub(super) fn put<'d>(
    references: &References<'d>,
    operation: &'d Node,
    example: Option<&'d Node>,
    request: &mut Request,
) -> Result<(), TemplateError> {
    let Some(media) = media(references, operation)? else { return Ok(()) };
    let value = match example {
        Some(example) => references.resolve(example)?.get("value").map(Node::to_json),
        None => media_value(references, &media.value)?,
    };
    let Some(value) = value else { return Ok(()) };
    // `image/*` and `*/*` are ranges, not types
    let content_type = match media.key.split_once('/') {
        Some((_, "*")) | None => "application/octet-stream",
        Some(_) => media.key.as_str(),
    };
    let (body, content_type) = encoded(&value, content_type, &media.value);
    request.headers.append("Content-Type", content_type.replace(['\r', '\n', '\0'], ""));
    request.body = body;
    Ok(())
}

fn rank(media: &&Member) -> usize {
    let essence = MediaType::parse(&media.key).essence().to_owned();
    match essence.as_str() {
        "application/json" => 0,
        other if other.ends_with("+json") => 1,
        "application/x-www-form-urlencoded" => 2,
        "multipart/form-data" => 3,
        other if other.starts_with("text/") => 4,
        _ => 5,
    }
}

fn encoded(value: &Value, content_type: &str, media: &Node) -> (Vec<u8>, String) {
    let own = content_type.to_owned();
    let essence = MediaType::parse(content_type).essence().to_owned();
    match (essence.as_str(), value) {
        ("application/x-www-form-urlencoded", Value::Object(_)) => {
            let pairs = fields(value);
            let body = query::encode(pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())));
            (body.into_bytes(), own)
        }
        ("multipart/form-data", Value::Object(_)) => {
            let parts: Vec<_> = fields(value).into_iter().map(|field| part(field, media)).collect();
            multipart::encode(&parts)
        }
        // An example of JSON may be written as the text of JSON
        (json, Value::String(text)) if is_json(json) && is_json_container(text) => (text.clone().into(), own),
        (json, value) if is_json(json) => (value.to_string().into_bytes(), own),
        (_, Value::String(text)) => (text.clone().into_bytes(), own),
        (xml, value) if xml.ends_with("/xml") || xml.ends_with("+xml") => {
            (xml_of("root", value).into_bytes(), own)
        }
        (_, value) => (value.to_string().into_bytes(), own),
    }
}

fn is_json(essence: &str) -> bool {
    essence == "application/json" || essence.ends_with("+json")
}

fn is_json_container(text: &str) -> bool {
    text.trim_start().starts_with(['{', '[']) && serde_json::from_str::<Value>(text).is_ok()
}

/// The fields of a form; a list gives one field for each item.
fn fields(value: &Value) -> Vec<(String, String)> {
    let members = value.as_object().into_iter().flatten();
    members
        .flat_map(|(name, value)| match value {
            Value::Array(items) => items.iter().map(|item| (name.clone(), plain(item))).collect(),
            value => vec![(name.clone(), plain(value))],
        })
        .collect()
}

/// A field whose schema says binary is a file.
fn part((name, content): (String, String), media: &Node) -> Part {
    let property = media.get("schema").and_then(|schema| schema.get("properties")?.get(&name));
    let is_file = property.is_some_and(|property| property.text_of("format") == Some("binary"));
    let file_name = is_file.then(|| format!("{name}.bin"));
    let content_type = is_file.then(|| "application/octet-stream".to_owned());
    Part { name, file_name, content_type, content: content.into_bytes() }
}

fn xml_of(name: &str, value: &Value) -> String {
    let escape = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    match value {
        Value::Array(items) => items.iter().map(|item| xml_of(name, item)).collect(),
        Value::Object(members) => {
            let inner: String = members.iter().map(|(name, value)| xml_of(name, value)).collect();
            format!("<{name}>{inner}</{name}>")
        }
        value => format!("<{name}>{}</{name}>", escape(&plain(value))),
    }
}
