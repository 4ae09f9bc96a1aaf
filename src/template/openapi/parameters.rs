//! Parameters: their values, and how they are written into path, query, headers and cookies.

use super::reference::References;
use super::schema::Sampler;
use crate::http::Request;
use crate::json::Span;
use crate::template::{Node, TemplateError};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

const VALUE: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A parameter with its value.
pub(super) struct Parameter {
    place: String,
    name: String,
    style: String,
    explode: bool,
    value: Value,
}

/// The parameters of an operation: its own, then those of its path that it does not replace.
pub(super) fn of<'d>(
    references: &References<'d>,
    item: &'d Node,
    operation: &'d Node,
) -> Result<Vec<Parameter>, TemplateError> {
    let mut parameters: Vec<Parameter> = Vec::new();
    for list in [operation, item].iter().filter_map(|node| node.get("parameters")) {
        for node in list.items() {
            let node = references.resolve(node)?;
            let (Some(name), Some(place)) = (node.text_of("name"), node.text_of("in")) else {
                let error = TemplateError::new(node.span, "a parameter needs a `name` and an `in`");
                return Err(error.hint("write {name: id, in: path, …}"));
            };
            let is_known = parameters.iter().any(|own| own.name == name && own.place == place);
            // A header of these names is described elsewhere (OpenAPI, Parameter Object)
            let is_ignored = place == "header"
                && ["accept", "content-type", "authorization"]
                    .iter()
                    .any(|own| own.eq_ignore_ascii_case(name));
            if is_known || is_ignored || (node.is_true("deprecated") && !node.is_true("required")) {
                continue;
            }
            if let Some(parameter) = parameter(references, node, name, place)? {
                parameters.push(parameter);
            }
        }
    }
    Ok(parameters)
}

fn parameter<'d>(
    references: &References<'d>,
    node: &'d Node,
    name: &str,
    place: &str,
) -> Result<Option<Parameter>, TemplateError> {
    let default = if matches!(place, "query" | "cookie") { "form" } else { "simple" };
    let style = node.text_of("style").unwrap_or(default).to_owned();
    let explode = node.get("explode").map_or(style == "form", |_| node.is_true("explode"));
    let content = node.get("content").and_then(|content| content.members().first());
    let value = match example(references, node)? {
        Some(value) => Some(value),
        None => match (content, node.get("schema")) {
            (Some(content), _) => media_value(references, &content.value)?,
            (None, Some(schema)) => Sampler::new(*references).sample(schema)?,
            (None, None) => Some("string".into()),
        },
    };
    let value = match value {
        Some(value) if content.is_some() => Some(Value::from(value.to_string())),
        value => value,
    };
    let parameter =
        |value| Parameter { place: place.to_owned(), name: name.to_owned(), style, explode, value };
    Ok(value.map(parameter))
}

/// `example`, or the first of `examples`.
pub(super) fn example<'d>(
    references: &References<'d>,
    node: &'d Node,
) -> Result<Option<Value>, TemplateError> {
    if let Some(example) = node.get("example") {
        return Ok(Some(example.to_json()));
    }
    let Some(first) = node.get("examples").and_then(|examples| examples.members().first()) else {
        return Ok(None);
    };
    Ok(references.resolve(&first.value)?.get("value").map(Node::to_json))
}

/// The value of a media type object: its example, else one of its schema.
pub(super) fn media_value<'d>(
    references: &References<'d>,
    media: &'d Node,
) -> Result<Option<Value>, TemplateError> {
    match (example(references, media)?, media.get("schema")) {
        (Some(value), _) => Ok(Some(value)),
        (None, Some(schema)) => {
            let value = Sampler::new(*references).sample(schema)?;
            value.map(Some).ok_or_else(|| {
                TemplateError::new(schema.span, "this schema requires itself: no value is ever complete")
                    .hint("make one of the references optional, or give an example")
            })
        }
        (None, None) => Ok(None),
    }
}

/// The path with its parameters filled in.
pub(super) fn fill(template: &str, parameters: &[Parameter], span: Span) -> Result<String, TemplateError> {
    let mut path = String::new();
    let mut rest = template;
    while let Some((before, behind)) = rest.split_once('{') {
        path.push_str(before);
        let Some((name, after)) = behind.split_once('}') else {
            return Err(TemplateError::new(
                span,
                format!("the path {template} has a brace that does not close"),
            ));
        };
        let is_greedy = name.ends_with('+');
        let name = name.trim_end_matches('+');
        let given =
            parameters.iter().find(|own| own.place == "path" && own.name.trim_end_matches('+') == name);
        let text = given.map_or_else(|| name.to_owned(), path_text);
        path.push_str(&if is_greedy { text.replace("%2F", "/") } else { text });
        rest = after;
    }
    Ok(path + rest)
}

fn path_text(parameter: &Parameter) -> String {
    let name = &parameter.name;
    let (prefix, separator) = match parameter.style.as_str() {
        "label" => (".".to_owned(), if parameter.explode { "." } else { "," }),
        "matrix" if parameter.explode => (";".to_owned(), ";"),
        "matrix" => (format!(";{name}="), ","),
        _ => (String::new(), ","),
    };
    let is_named = parameter.style == "matrix" && parameter.explode;
    let pieces = pieces(parameter).into_iter().map(|piece| match piece {
        (None, value) if is_named => format!("{name}={value}"),
        (None, value) => value,
        (Some(key), value) => format!("{key}={value}"),
    });
    prefix + &pieces.collect::<Vec<_>>().join(separator)
}

/// The escaped pieces of a value: keys stand with their values where the parameter explodes, as
/// pieces of their own where it does not.
fn pieces(parameter: &Parameter) -> Vec<(Option<String>, String)> {
    match &parameter.value {
        Value::Array(items) => items.iter().map(|item| (None, escaped(item))).collect(),
        Value::Object(members) if parameter.explode => {
            members.iter().map(|(key, value)| (Some(escape(key)), escaped(value))).collect()
        }
        Value::Object(members) => {
            members.iter().flat_map(|(key, value)| [(None, escape(key)), (None, escaped(value))]).collect()
        }
        value => vec![(None, escaped(value))],
    }
}

/// Writes query, headers and cookies.
pub(super) fn put(parameters: &[Parameter], request: &mut Request) {
    let query: Vec<_> = parameters.iter().filter(|own| own.place == "query").flat_map(query_pieces).collect();
    if !query.is_empty() {
        request.query = Some(query.join("&"));
    }
    for header in parameters.iter().filter(|own| own.place == "header") {
        let raw = crate::http::encoding::percent_decode(&path_text(header));
        request.headers.append(&header.name, raw.replace(['\r', '\n', '\0'], " ").trim());
    }
    let cookies: Vec<_> =
        parameters.iter().filter(|own| own.place == "cookie").flat_map(query_pieces).collect();
    if !cookies.is_empty() {
        request.headers.append("Cookie", cookies.join("; "));
    }
}

fn query_pieces(parameter: &Parameter) -> Vec<String> {
    let name = escape(&parameter.name);
    if let ("deepObject", Value::Object(members)) = (parameter.style.as_str(), &parameter.value) {
        let piece =
            |(key, value): (&String, &Value)| format!("{name}%5B{}%5D={}", escape(key), escaped(value));
        return members.iter().map(piece).collect();
    }
    let pieces = pieces(parameter);
    if parameter.explode {
        let piece =
            |(key, value): (Option<String>, String)| format!("{}={value}", key.as_deref().unwrap_or(&name));
        return pieces.into_iter().map(piece).collect();
    }
    let separator = match parameter.style.as_str() {
        "spaceDelimited" => "%20",
        "pipeDelimited" => "%7C",
        _ => ",",
    };
    let values: Vec<_> = pieces.into_iter().map(|(_, value)| value).collect();
    vec![format!("{name}={}", values.join(separator))]
}

/// A value as text: texts as they are, other values as JSON.
pub(super) fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn escaped(value: &Value) -> String {
    escape(&plain(value))
}

fn escape(text: &str) -> String {
    utf8_percent_encode(text, VALUE).to_string()
}
