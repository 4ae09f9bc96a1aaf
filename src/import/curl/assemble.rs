//! The request that curl makes of its options: its defaults, its order of headers.

use super::pieces::Pieces;
use super::{CurlRequest, USER_AGENT, basic, url};
use crate::http::{Headers, Request, Target, encoding, query};
use crate::import::ImportError;
use crate::json::Span;

/// Puts the pieces together.
pub(super) fn request(mut pieces: Pieces, whole: Span) -> Result<CurlRequest, ImportError> {
    let (text, span) = pieces.url.take().ok_or_else(|| {
        ImportError::new(whole, "the line names no URL").hint("curl 'https://example.com/users'")
    })?;
    let read = url::read(&text, span, &pieces)?;
    if pieces.user.is_none() {
        pieces.user = read.credentials;
    }
    let mut target = read.target;
    if pieces.get {
        pieces.query.extend(pieces.payload.take_query());
    }
    target.query = url::joined(target.query.take(), &pieces.query);
    if let Some((name, _)) = pieces.upload.as_ref().filter(|_| target.path.ends_with('/')) {
        let file = name.rsplit(['/', '\\']).next().unwrap_or_default();
        target.path += &encoding::percent_encode_path(file);
    }
    if let Some(own) = &pieces.target {
        let (path, query) = own.split_once('?').map_or((own.as_str(), None), |(p, q)| (p, Some(q)));
        target.path = encoding::tidy_path(path);
        target.query = query.map(query::tidy);
    }
    let method = method(&pieces, span)?;
    let json = pieces.payload.json;
    let (body, content_type) = body(&mut pieces);
    let url = format!("{}://{}{}", read.scheme, target.host, target.path_and_query());
    let Target { path, query, .. } = target;
    let headers = headers(&pieces, content_type, json);
    Ok(CurlRequest { url, request: Request { method, path, query, headers, body }, notes: pieces.notes })
}

fn method(pieces: &Pieces, span: Span) -> Result<String, ImportError> {
    let (has_data, has_parts) = (pieces.payload.has_data(), pieces.payload.has_parts());
    let has_body = (has_data && !pieces.get) || has_parts;
    if pieces.head && has_body || has_data && has_parts {
        let message = "the options ask for two methods at once, and curl refuses that";
        return Err(ImportError::new(span, message).hint("use only one of -I, -d and -F"));
    }
    let own = match () {
        () if pieces.head => "HEAD",
        () if pieces.upload.is_some() => "PUT",
        () if has_body => "POST",
        () => "GET",
    };
    Ok(pieces.method.clone().unwrap_or_else(|| own.to_owned()))
}

/// The body, and the content type that curl gives it.
fn body(pieces: &mut Pieces) -> (Vec<u8>, Option<String>) {
    match pieces.upload.take() {
        Some((_, bytes)) if !pieces.payload.has_parts() => {
            (bytes, pieces.payload.json.then(|| "application/json".to_owned()))
        }
        _ => std::mem::take(&mut pieces.payload).finish(),
    }
}

/// curl's own headers, unless the line gives or removes them, then the line's, in the order in
/// which curl sends them.
fn headers(pieces: &Pieces, content_type: Option<String>, json: bool) -> Headers {
    let mut headers = Headers::new();
    let is_named = |name: &str| pieces.headers.iter().any(|(own, _)| own.eq_ignore_ascii_case(name));
    let mut own = |name: &str, value: Option<String>| {
        if let Some(value) = value.filter(|value| !value.is_empty() && !is_named(name)) {
            headers.append(name, value);
        }
    };
    let (authorization, agent) = (authorization(pieces), pieces.user_agent.clone());
    own("Authorization", authorization);
    own("Range", pieces.range.as_ref().map(|range| format!("bytes={range}")));
    own("User-Agent", Some(agent.unwrap_or_else(|| USER_AGENT.to_owned())));
    own("Accept", (!json).then(|| "*/*".to_owned()));
    own("Accept-Encoding", pieces.compressed.then(|| "deflate, gzip, br, zstd".to_owned()));
    own("Referer", pieces.referer.clone());
    own("Cookie", Some(pieces.cookies.join("; ")));
    for (name, value) in &pieces.headers {
        if let Some(value) = value {
            headers.append(name, value);
        }
    }
    let mut own = |name: &str, value: Option<String>| {
        if let Some(value) = value.filter(|_| !is_named(name)) {
            headers.append(name, value);
        }
    };
    own("Content-Type", content_type);
    own("Accept", json.then(|| "application/json".to_owned()));
    headers
}

fn authorization(pieces: &Pieces) -> Option<String> {
    if let Some(token) = &pieces.bearer {
        return Some(format!("Bearer {token}"));
    }
    let user = pieces.user.as_ref().filter(|_| !pieces.later_auth)?;
    Some(basic(user))
}
