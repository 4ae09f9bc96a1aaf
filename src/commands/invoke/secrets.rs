//! The secrets of a call: hidden in everything that is told of it, but for the body that was asked for.

use super::Invoke;
pub(in crate::commands) use crate::http::Secrets;
use crate::http::{Response, secret};
use serde_json::Value;
use std::collections::BTreeMap;

/// Where credentials of AWS stand in the environment.
const KEYS: [&str; 3] = ["AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_ACCESS_KEY_ID"];

/// Those that stand in the parts of a call, on the command line, and in the environment.
pub(in crate::commands) fn of<'v>(
    parts: impl IntoIterator<Item = &'v Value>,
    response: Option<&Response>,
    args: &Invoke,
    env: &BTreeMap<String, String>,
) -> Secrets {
    if args.show_secrets {
        return Secrets::shown();
    }
    let mut known: Vec<_> = parts.into_iter().flat_map(|part| secret::take(&mut part.clone())).collect();
    let fields = response.into_iter().flat_map(|response| response.headers.iter());
    known.extend(fields.flat_map(|(name, value)| secret::secrets_of_field(name, value)));
    if let Some(context) = &args.function.client_context {
        known.push(context.clone());
        known.extend(serde_json::from_str(context).map(|mut own| secret::take(&mut own)).unwrap_or_default());
    }
    known.extend(KEYS.iter().filter_map(|name| env.get(*name).cloned()));
    known.extend(of_flags(args));
    let variables = args.local.env.iter().filter_map(|text| text.split_once('='));
    known.extend(
        variables.filter(|(name, _)| secret::is_secret_parameter(name)).map(|(_, value)| value.to_owned()),
    );
    Secrets::new(known)
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
