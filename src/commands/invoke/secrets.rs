//! The secrets of a call: hidden in everything that is told of it, but for the body that was asked for.

use super::Invoke;
use crate::http::{Headers, Response, secret};
use serde_json::Value;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Shorter ones are words that may stand anywhere.
const SHORTEST: usize = 8;

/// Where credentials of AWS stand in the environment.
const KEYS: [&str; 3] = ["AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_ACCESS_KEY_ID"];

/// What is hidden.
#[derive(Debug, Default)]
pub(in crate::commands) struct Secrets {
    /// Everything may be shown.
    shown: bool,
    /// The secrets themselves, the longest first.
    known: Vec<String>,
}

impl Secrets {
    /// Those that stand in the parts of a call, on the command line, and in the environment.
    pub(super) fn of<'v>(
        parts: impl IntoIterator<Item = &'v Value>,
        response: Option<&Response>,
        args: &Invoke,
        env: &BTreeMap<String, String>,
    ) -> Self {
        if args.show_secrets {
            return Self { shown: true, known: Vec::new() };
        }
        let mut known: Vec<_> = parts.into_iter().flat_map(|part| secret::take(&mut part.clone())).collect();
        let fields = response.into_iter().flat_map(|response| response.headers.iter());
        known.extend(fields.flat_map(|(name, value)| secret::secrets_of_field(name, value)));
        if let Some(context) = &args.function.client_context {
            known.push(context.clone());
            known.extend(
                serde_json::from_str(context).map(|mut own| secret::take(&mut own)).unwrap_or_default(),
            );
        }
        known.extend(KEYS.iter().filter_map(|name| env.get(*name).cloned()));
        known.extend(of_flags(args));
        let variables = args.local.env.iter().filter_map(|text| text.split_once('='));
        known.extend(
            variables
                .filter(|(name, _)| secret::is_secret_parameter(name))
                .map(|(_, value)| value.to_owned()),
        );
        let in_json: Vec<_> = known.iter().map(|own| Value::from(own.as_str()).to_string()).collect();
        known.extend(in_json.iter().map(|own| own.trim_matches('"').to_owned()));
        known.retain(|own| own.len() >= SHORTEST);
        known.sort_by_key(|own| std::cmp::Reverse(own.len()));
        known.dedup();
        Self { shown: false, known }
    }

    /// The same with others that are known from elsewhere.
    pub(in crate::commands) fn and(mut self, others: impl IntoIterator<Item = String>) -> Self {
        if !self.shown {
            self.known.extend(others.into_iter().filter(|own| own.len() >= SHORTEST));
            self.known.sort_by_key(|own| std::cmp::Reverse(own.len()));
        }
        self
    }

    /// A text without them.
    pub(in crate::commands) fn text(&self, text: &str) -> String {
        self.known.iter().fold(text.to_owned(), |text, own| text.replace(own.as_str(), secret::HIDDEN))
    }

    /// A text of the same length with stars in their places.
    pub(super) fn starred(&self, text: &str) -> String {
        self.known
            .iter()
            .fold(text.to_owned(), |text, own| text.replace(own.as_str(), &"*".repeat(own.len())))
    }

    /// Every text in a value without them.
    pub(in crate::commands) fn everywhere(&self, value: &mut Value) {
        match value {
            Value::String(text) => *text = self.text(text),
            Value::Array(items) => items.iter_mut().for_each(|item| self.everywhere(item)),
            Value::Object(members) => members.values_mut().for_each(|member| self.everywhere(member)),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    /// An event or a result as it may be shown, its body in full.
    pub(super) fn part(&self, part: &Value) -> Value {
        let mut part = part.clone();
        if self.shown {
            return part;
        }
        secret::hide(&mut part);
        match &mut part {
            Value::Object(members) => {
                let others = members.iter_mut().filter(|(name, _)| name.as_str() != "body");
                others.for_each(|(_, member)| self.everywhere(member));
            }
            other => self.everywhere(other),
        }
        part
    }

    /// A response as it may be shown, its body in full.
    pub(in crate::commands) fn response<'r>(&self, response: &'r Response) -> Cow<'r, Response> {
        if self.shown {
            return Cow::Borrowed(response);
        }
        let fields = response.headers.iter();
        let shown = |(name, value)| (name, self.text(&secret::hidden_field(name, value)));
        let headers: Headers = fields.map(shown).collect();
        Cow::Owned(Response { headers, ..response.clone() })
    }
}

/// The secrets that the flags of the request and of the way to it name.
fn of_flags(args: &Invoke) -> Vec<String> {
    let request = &args.call.request;
    let fields = request.headers.iter().filter_map(|text| text.split_once(':'));
    let fields = fields.map(|(name, value)| (name.trim(), value.trim()));
    let cookies = request.cookies.iter().map(|text| ("cookie", text.as_str()));
    let of_fields = fields.chain(cookies).flat_map(|(name, value)| secret::secrets_of_field(name, value));
    let whole = [&args.signing.bearer, &args.call.caller.api_key, &request.user];
    let whole = whole.into_iter().flatten().cloned();
    let passwords = request.user.iter().filter_map(|user| Some(user.split_once(':')?.1.to_owned()));
    let urls = [&args.endpoint.url, &args.compare.compare_url, &args.endpoint.curl.proxy];
    let of_urls = urls.into_iter().flatten().flat_map(|url| secret::secrets_of_url(url));
    of_fields.chain(whole).chain(passwords).chain(of_urls).collect()
}
