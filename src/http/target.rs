//! URLs taken apart into what a request needs of them.

use super::{encoding, query};

/// A URL of http or https taken apart, nothing decoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The host in lower case, with its port if the URL has one.
    pub host: String,
    /// The path, made fit for the wire; empty if the URL has none.
    pub path: String,
    /// The query without `?`, made fit for the wire.
    pub query: Option<String>,
    /// Whether the scheme is https.
    pub https: bool,
}

/// Why a text is not the URL of a request. The words never show a password or a query.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TargetError {
    /// A scheme that HTTP does not have.
    #[error("the scheme must be https, http, wss or ws, not `{0}`")]
    Scheme(String),
    /// A user name and a password in front of the host.
    #[error("a user name and a password have no place in it")]
    User,
    /// Nothing where the host should stand.
    #[error("there is no host name in it")]
    NoHost,
    /// Letters that no host name has.
    #[error("`{}` is not a host name", .0.escape_debug())]
    Host(String),
}

impl Target {
    /// Takes a URL apart; without a scheme it is https.
    ///
    /// # Errors
    /// [`TargetError`] says what is wrong with the text.
    pub fn parse(url: &str) -> Result<Self, TargetError> {
        let (scheme, rest) = url.split_once("://").unwrap_or(("https", url));
        if !["http", "https", "ws", "wss"].contains(&scheme.to_ascii_lowercase().as_str()) {
            let shown = scheme.chars().take(40).collect::<String>().escape_debug().to_string();
            return Err(TargetError::Scheme(shown));
        }
        let rest = rest.split('#').next().unwrap_or_default();
        let (rest, query) = split_query(rest);
        let (host, path) = rest.find('/').map_or((rest, ""), |slash| rest.split_at(slash));
        if host.contains('@') {
            return Err(TargetError::User);
        }
        if host.is_empty() {
            return Err(TargetError::NoHost);
        }
        if !host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._:[]".contains(&byte)) {
            return Err(TargetError::Host(host.chars().take(80).collect()));
        }
        let https = !["http", "ws"].contains(&scheme.to_ascii_lowercase().as_str());
        Ok(Self { host: host.to_ascii_lowercase(), path: encoding::tidy_path(path), query, https })
    }

    /// Path and query, as in a request line.
    pub fn path_and_query(&self) -> String {
        match &self.query {
            Some(query) => format!("{}?{query}", self.path),
            None => self.path.clone(),
        }
    }
}

/// A typed path and its query, made fit for the wire.
pub fn split_query(text: &str) -> (&str, Option<String>) {
    match text.split_once('?') {
        Some((path, raw)) => (path, Some(query::tidy(raw))),
        None => (text, None),
    }
}
