//! URLs as curl reads them: a default scheme, credentials, globs, and no dot segments.

use super::pieces::Pieces;
use crate::http::{Target, encoding, query};
use crate::import::ImportError;
use crate::json::Span;

/// The URL of a line taken apart: the target, and the credentials that stood in it.
pub(super) struct CurlUrl {
    pub(super) scheme: String,
    pub(super) target: Target,
    pub(super) credentials: Option<String>,
}

/// Reads the URL of a line; the query of `--url-query` and `-G` follows later.
pub(super) fn read(text: &str, span: Span, pieces: &Pieces) -> Result<CurlUrl, ImportError> {
    let text = if pieces.glob_off { text.to_owned() } else { unglobbed(text, span)? };
    let text = text.trim();
    let (scheme, rest) = text.split_once("://").unwrap_or(("http", text));
    let authority_end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, behind) = rest.split_at(authority_end);
    let (credentials, host) = match authority.rsplit_once('@') {
        Some((credentials, host)) => (Some(encoding::percent_decode(credentials)), host),
        None => (None, authority),
    };
    let target = Target::parse(&format!("{scheme}://{host}{behind}")).map_err(|error| {
        ImportError::new(span, error.to_string()).hint("for example https://example.com/users")
    })?;
    let path = if pieces.path_as_is { target.path.clone() } else { without_dots(&target.path) };
    let path = if path.is_empty() { "/".to_owned() } else { path };
    Ok(CurlUrl { scheme: scheme.to_ascii_lowercase(), target: Target { path, ..target }, credentials })
}

/// `\[` is a bracket, `{one}` is `one`; more than one alternative would be several requests.
fn unglobbed(text: &str, span: Span) -> Result<String, ImportError> {
    let several = || {
        ImportError::new(span, "for curl, brackets and braces in a URL stand for several requests")
            .hint("add -g to take them as they are, or escape them with a backslash")
    };
    let mut plain = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(['\\', '[', '{']) {
        plain.push_str(&rest[..at]);
        let (special, behind) = rest[at..].split_at(1);
        let escaped = behind.chars().next().filter(|next| matches!(next, '[' | ']' | '{' | '}'));
        let (part, after) = match (special, escaped) {
            ("\\", Some(_)) => behind.split_at(1),
            ("\\", None) => ("\\", behind),
            ("[", Some(']')) | ("{", Some('}')) => (&rest[at..at + 2], &behind[1..]),
            ("[", _) => {
                let inside = behind.split(']').next().unwrap_or_default();
                let is_address = inside.contains(':') && plain.ends_with("//");
                // A range is [1-9] or [a-z]; curl takes nothing else.
                if !is_address && (inside.contains('-') || !behind.contains(']')) {
                    return Err(several());
                }
                ("[", behind)
            }
            _ => {
                let inside = behind.split('}').next().unwrap_or_default();
                if inside.contains(',') || !behind.contains('}') {
                    return Err(several());
                }
                (inside, &behind[inside.len() + 1..])
            }
        };
        plain.push_str(part);
        rest = after;
    }
    plain.push_str(rest);
    Ok(plain)
}

/// Takes `.` and `..` out of a path (RFC 3986, 5.2.4), as curl does without `--path-as-is`.
pub(super) fn without_dots(path: &str) -> String {
    if !path.split('/').any(|segment| matches!(segment, "." | "..")) {
        return path.to_owned();
    }
    let mut kept: Vec<&str> = Vec::new();
    let segments: Vec<_> = path.strip_prefix('/').unwrap_or(path).split('/').collect();
    let last = segments.len() - 1;
    for (index, segment) in segments.into_iter().enumerate() {
        match segment {
            "." | ".." => {
                if segment == ".." {
                    kept.pop();
                }
                if index == last {
                    kept.push("");
                }
            }
            _ => kept.push(segment),
        }
    }
    format!("/{}", kept.join("/"))
}

/// The raw query with more pieces behind it.
pub fn joined(raw: Option<String>, more: &[String]) -> Option<String> {
    let more: Vec<_> =
        more.iter().filter(|piece| !piece.is_empty()).map(|piece| query::tidy(piece)).collect();
    if more.is_empty() {
        return raw;
    }
    let before = raw.filter(|raw| !raw.is_empty());
    Some(before.into_iter().chain(more).collect::<Vec<_>>().join("&"))
}
