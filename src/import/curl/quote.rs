//! A request as a curl command line for sh.

use super::url::without_dots;
use crate::http::{Request, encoding};

/// The line that makes curl send this request to `origin` (`https://example.com`). Headers that
/// curl would add by itself are switched off, a body that is no text comes through base64.
pub fn write(origin: &str, request: &Request) -> String {
    written(origin, request, &[], " \\\n  ")
}

/// The same on one line, with more options at its end.
pub fn write_line(origin: &str, request: &Request, options: &[String]) -> String {
    written(origin, request, options, " ")
}

fn written(origin: &str, request: &Request, options: &[String], between: &str) -> String {
    let mut words = vec!["curl".to_owned()];
    let body = std::str::from_utf8(&request.body).ok().filter(|text| !text.contains('\0'));
    let has_body = !request.body.is_empty();
    match request.method.as_str() {
        "GET" if !has_body => {}
        "POST" if has_body => {}
        "HEAD" if !has_body => words.push("-I".to_owned()),
        method => words.push(format!("-X {}", for_shell(method))),
    }
    if request.path != without_dots(&request.path) {
        words.push("--path-as-is".to_owned());
    }
    let url = format!("{origin}{}", request.target());
    if url.contains(['[', ']', '{', '}']) {
        words.push("-g".to_owned());
    }
    words.push(for_shell(&url));
    let mut lines = vec![words.join(" ")];
    lines.extend(headers(request, has_body));
    match body {
        Some(text) if has_body => lines.push(format!("--data-raw {}", for_shell(text))),
        _ if has_body => lines.push("--data-binary @-".to_owned()),
        _ => {}
    }
    lines.extend_from_slice(options);
    let line = lines.join(between);
    if body.is_none() {
        return format!("echo {} | base64 -d | {line}\n", encoding::base64_encode(&request.body));
    }
    line + "\n"
}

fn headers(request: &Request, has_body: bool) -> Vec<String> {
    let mut options = Vec::new();
    for (name, value) in request.headers.iter() {
        let field = if value.is_empty() { format!("{name};") } else { format!("{name}: {value}") };
        options.push(format!("-H {}", for_shell(&field)));
    }
    let own = [("Accept", true), ("User-Agent", true), ("Content-Type", has_body)];
    for (name, is_sent) in own {
        if is_sent && !request.headers.contains(name) {
            options.push(format!("-H '{name}:'"));
        }
    }
    options
}

/// A word that sh reads back as this text: bare where that is safe, in single quotes elsewhere.
pub fn for_shell(text: &str) -> String {
    let is_bare = |byte: u8| byte.is_ascii_alphanumeric() || b"-_./:=@%+,".contains(&byte);
    if !text.is_empty() && text.bytes().all(is_bare) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', "'\\''"))
}
