//! A URL as a client calls it, taken apart; nothing is decoded.

use super::exit::Fault;
use crate::gateway::HostName;
use crate::http::{encoding, query};

/// Host, path and query of a URL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Target {
    pub(super) host: String,
    pub(super) path: String,
    pub(super) query: Option<String>,
    pub(super) https: bool,
}

impl Target {
    /// Reads a URL; without a scheme it is one of https. A fault never shows a user's password or
    /// a token in the query.
    pub(super) fn parse(url: &str) -> Result<Self, Fault> {
        let (scheme, rest) = url.split_once("://").unwrap_or(("https", url));
        if !["http", "https", "ws", "wss"].contains(&scheme.to_ascii_lowercase().as_str()) {
            return Err(Fault::usage(format!(
                "--url: the scheme must be https, http, wss or ws, not `{scheme}`"
            )));
        }
        let rest = rest.split('#').next().unwrap_or_default();
        let (rest, query) = split_query(rest);
        let (host, path) = rest.find('/').map_or((rest, ""), |slash| rest.split_at(slash));
        if host.contains('@') {
            return Err(Fault::usage("--url: a user name and a password have no place in it")
                .hint("send them in a header: -H 'Authorization: Basic …'"));
        }
        if host.is_empty() {
            return Err(Fault::usage("--url: there is no host name in it")
                .hint("for example https://api.example.com/users"));
        }
        if !host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._:[]".contains(&byte)) {
            return Err(Fault::usage(format!("--url: `{}` is not a host name", host.escape_debug())));
        }
        let https = !scheme.eq_ignore_ascii_case("http");
        Ok(Self { host: host.to_ascii_lowercase(), path: encoding::tidy_path(path), query, https })
    }

    /// What the host tells if it is a front end's default name.
    pub(super) fn default_name(&self) -> Option<HostName> {
        HostName::parse(&self.host)
    }
}

/// Path and query of a text that may have both.
pub(super) fn split_query(text: &str) -> (&str, Option<String>) {
    match text.split_once('?') {
        Some((path, raw)) => (path, Some(query::tidy(raw))),
        None => (text, None),
    }
}
