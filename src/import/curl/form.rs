//! The fields of a form: curl's `-F`.

use super::body::{Load, read};
use crate::http::multipart::Part;
use crate::import::ImportError;
use crate::json::Span;

/// `name=text`, taken as it is.
pub(super) fn text(argument: &str, span: Span) -> Result<Part, ImportError> {
    let (name, value) = argument.split_once('=').ok_or_else(|| {
        ImportError::new(span, "this is not a field of a form").hint("write -F 'name=value'")
    })?;
    Ok(Part { name: name.to_owned(), content: value.as_bytes().to_vec(), ..Part::default() })
}

/// curl's `-F`: `name=text`, `name=@file` or `name=<file`, then `;type=…` and `;filename=…`.
pub(super) fn field(argument: &str, span: Span, load: Load<'_>) -> Result<Part, ImportError> {
    let mut part = text(argument, span)?;
    let value = String::from_utf8_lossy(&part.content).into_owned();
    if value.starts_with("(;") || part.name.is_empty() {
        return Err(ImportError::new(span, "parts inside of parts are not read"));
    }
    let (source, rest) = match value.chars().next() {
        Some('@' | '<') => value.split_at(1),
        _ => ("", value.as_str()),
    };
    let (content, attributes) = attributes(rest);
    for (name, value) in attributes {
        match name {
            "type" => part.content_type = Some(value),
            "filename" => part.file_name = Some(value),
            _ => {}
        }
    }
    part.content = content.clone().into_bytes();
    if !source.is_empty() {
        part.content = read(&content, span, load)?;
    }
    if source == "@" {
        let base = content.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
        part.file_name.get_or_insert(base);
        part.content_type.get_or_insert_with(|| guess(&content).to_owned());
    }
    Ok(part)
}

/// The value before the first attribute that curl knows, and those attributes.
fn attributes(text: &str) -> (String, Vec<(&'static str, String)>) {
    const NAMES: [&str; 4] = ["type", "filename", "headers", "encoder"];
    let mut pieces: Vec<(Option<&'static str>, String)> = vec![(None, String::new())];
    for (index, piece) in text.split(';').enumerate() {
        let name = NAMES
            .into_iter()
            .find(|name| piece.trim_start().strip_prefix(*name).is_some_and(|rest| rest.starts_with('=')));
        match (name, pieces.last_mut()) {
            (Some(name), _) => {
                let value = piece.split_once('=').map(|(_, value)| value).unwrap_or_default();
                pieces.push((Some(name), value.to_owned()));
            }
            (None, Some((_, last))) if index > 0 => {
                last.push(';');
                last.push_str(piece);
            }
            (None, Some((_, last))) => last.push_str(piece),
            (None, None) => {}
        }
    }
    let mut pieces = pieces.into_iter();
    let content = pieces.next().map(|(_, content)| unquoted(&content)).unwrap_or_default();
    (content, pieces.filter_map(|(name, value)| Some((name?, unquoted(&value)))).collect())
}

/// A value in double quotes without them.
fn unquoted(text: &str) -> String {
    match text.strip_prefix('"').and_then(|text| text.strip_suffix('"')) {
        Some(inside) => inside.replace("\\\"", "\"").replace("\\\\", "\\"),
        None => text.to_owned(),
    }
}

/// The content type that curl gives a file by its ending.
fn guess(path: &str) -> &'static str {
    let ending = path.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    match ending.as_str() {
        "gif" => "image/gif",
        "jpg" | "jpeg" => "image/jpeg",
        "png" => "image/png",
        "svg" => "image/svg+xml",
        "txt" => "text/plain",
        "htm" | "html" => "text/html",
        "pdf" => "application/pdf",
        "xml" => "application/xml",
        _ => "application/octet-stream",
    }
}
