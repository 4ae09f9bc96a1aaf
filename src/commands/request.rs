//! The request that the flags describe, in curl's words: its method, its path, and what stands in
//! it.

use super::body_flags::read_with;
use super::exit::Fault;
use super::flags::RequestFlags;
use super::io::Io;
use super::values::{first_word, pair};
use crate::http::{Headers, Request, encoding, query, split_query};
use crate::import::curl;
use crate::json::Span;
use std::io::Write as _;

/// The method that the flags name.
///
/// # Errors
/// A usage fault if it is none.
pub(super) fn own_method(flags: &RequestFlags) -> Result<Option<&str>, Fault> {
    if flags.head && flags.has_body() {
        return Err(Fault::usage("-I asks for HEAD, and a body for POST: use only one of them")
            .hint("-G puts the data into the query"));
    }
    match &flags.method {
        Some(text) => method("--method", text).map(Some),
        None => Ok(flags.head.then_some("HEAD")),
    }
}

/// A method that can stand in a request.
pub(super) fn method<'t>(flag: &str, text: &'t str) -> Result<&'t str, Fault> {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    match !text.is_empty() && text.bytes().all(fits) {
        true => Ok(text),
        false => Err(Fault::usage(format!("{flag}: `{}` is not a method", text.escape_debug()))),
    }
}

/// A typed path, made fit for the wire, and its query.
pub(super) fn split_path(text: &str) -> (String, Option<String>) {
    let (path, query) = split_query(text.split('#').next().unwrap_or_default());
    let slash = if path.starts_with('/') { "" } else { "/" };
    (format!("{slash}{}", encoding::tidy_path(path)), query)
}

/// Fills a request whose method, path and query are known: more of the query, headers and body.
/// With `habits`, data is that of a form unless the content type is named, as in curl. Returns the
/// names of the headers that `-H 'Name:'` takes away.
///
/// # Errors
/// Usage faults that name the flag.
pub(super) fn fill(
    request: &mut Request,
    flags: &RequestFlags,
    habits: bool,
    io: &mut Io,
) -> Result<Vec<String>, Fault> {
    let mut payload = flags.body.read(io)?;
    if payload.lossy {
        writeln!(
            io.err,
            "note: -d leaves line breaks and zero bytes of @FILE out; --data-binary keeps them"
        )?;
    }
    request.query = joined_query(request.query.take(), flags, io)?;
    if flags.get {
        let data = payload.take_query();
        request.query = curl::joined_query(request.query.take(), data.as_slice());
    }
    let (json, is_typed) = (payload.json, payload.json || payload.urlencoded || payload.has_parts());
    let (body, content_type) = payload.finish();
    request.body = body;
    let mut removed = Vec::new();
    for text in &flags.headers {
        let fields = read_with(io, "-H", |load| curl::header(text, Span::new(0, text.len()), load))?;
        // A browser's pseudo header may stand in a copied line, but nobody types one.
        if fields.is_empty() && !text.starts_with('@') {
            return Err(bad_header("-H", text));
        }
        for (name, value) in fields {
            match value {
                Some(value) => request.headers.append(name, value),
                None => removed.push(name),
            }
        }
    }
    if flags.user_agent.as_deref() == Some("") {
        removed.push("User-Agent".to_owned());
    }
    let is_named = |headers: &Headers, name: &str| {
        headers.contains(name) || removed.iter().any(|other: &String| other.eq_ignore_ascii_case(name))
    };
    // curl takes a text without `=` for the name of a file of cookies.
    let cookies = flags.cookies.iter().filter(|text| !habits || text.contains('=')).map(String::as_str);
    let cookies = cookies.collect::<Vec<_>>().join("; ");
    let own = [
        ("Authorization", flags.user.as_deref().map(curl::basic)),
        ("User-Agent", flags.user_agent.clone()),
        ("Referer", flags.referer.clone()),
        ("Cookie", Some(cookies)),
        ("Content-Type", content_type.filter(|_| habits || is_typed)),
        ("Accept", json.then(|| "application/json".to_owned())),
    ];
    for (name, value) in own {
        if let Some(value) = value.filter(|value| !value.is_empty() && !is_named(&request.headers, name)) {
            request.headers.append(name, single_line(name, value)?);
        }
    }
    Ok(removed)
}

/// A value of a header that the flags give without its name.
fn single_line(name: &str, value: String) -> Result<String, Fault> {
    match value.contains(['\r', '\n', '\0']) {
        true => Err(Fault::usage(format!("the header {name} has a line break in it"))),
        false => Ok(value),
    }
}

/// The raw query with what the flags add to it.
fn joined_query(raw: Option<String>, flags: &RequestFlags, io: &mut Io) -> Result<Option<String>, Fault> {
    let mut more = Vec::new();
    for text in &flags.query {
        let (name, value) = pair("--query", text)?;
        more.push(query::encode([(name.as_str(), value.as_str())]));
    }
    for text in &flags.url_query {
        let read = |load: curl::Load<'_>| curl::query_piece(text.as_bytes(), Span::new(0, text.len()), load);
        more.push(read_with(io, "--url-query", read)?);
    }
    Ok(curl::joined_query(raw, &more))
}

/// `Name: value`, or `Name;` for an empty value, as in curl.
pub(super) fn fields(flag: &str, texts: &[String]) -> Result<Headers, Fault> {
    let mut headers = Headers::new();
    for text in texts {
        let (name, value) = match (text.split_once(':'), text.strip_suffix(';')) {
            (Some((name, value)), _) => (name.trim_end(), value.trim()),
            (None, Some(name)) => (name, ""),
            (None, None) => return Err(bad_header(flag, text)),
        };
        let token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
        if name.is_empty() || !name.bytes().all(token) || value.contains(['\r', '\n', '\0']) {
            return Err(bad_header(flag, name));
        }
        headers.append(name, value);
    }
    Ok(headers)
}

fn bad_header(flag: &str, text: &str) -> Fault {
    Fault::usage(format!("{flag}: `{}` is not a header", first_word(text)))
        .hint(format!("write {flag} 'Name: value', or {flag} 'Name;' for an empty value"))
}
