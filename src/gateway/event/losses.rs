//! What of a request does not survive an event: found by going there and back.

use super::deployed::Deployed;
use super::{Call, request_of};
use crate::gateway::api::{Api, Caller, Identity};
use crate::gateway::flavor::Flavor;
use crate::gateway::stamp::Stamp;
use crate::http::{Headers, Request, encoding, query};
use std::collections::BTreeSet;
use std::fmt;

/// Something that one side of a conversion has and the other has not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Loss {
    /// The order of header fields.
    HeaderOrder,
    /// The case of header names.
    HeaderCase,
    /// Header fields of the same name on lines of their own.
    RepeatedHeaders,
    /// How cookies were spread over `Cookie` headers.
    CookieLines,
    /// These headers.
    Headers(Vec<String>),
    /// How the query was written: escapes, `+` or `%20`, a key without `=`.
    RawQuery,
    /// The order of different query keys.
    QueryOrder,
    /// All but one value of repeated query keys, or where one value ends and the next begins.
    RepeatedKeys,
    /// Which characters of the path were percent-encoded.
    EncodedPath,
    /// The path.
    Path,
    /// The method.
    Method,
    /// The bytes of the body.
    Body,
    /// The stage of that name.
    Stage(String),
    /// The stage variables.
    StageVariables,
    /// The API id and the account.
    ApiId,
    /// The host name.
    Domain,
    /// The API key.
    ApiKey,
    /// The address of the client.
    SourceIp,
    /// The principal that the authorizer named.
    Principal,
    /// The authorizer's data, all of it or in part.
    Authorizer,
    /// The time of the request.
    Time,
    /// The route of that key.
    Route(String),
}

impl fmt::Display for Loss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::HeaderOrder => "the order of the headers",
            Self::HeaderCase => "the case of header names",
            Self::RepeatedHeaders => "lines of repeated headers",
            Self::CookieLines => "how cookies were spread over Cookie headers",
            Self::Headers(names) => return write!(f, "the headers {}", names.join(", ")),
            Self::RawQuery => "how the query was written",
            Self::QueryOrder => "the order of query keys",
            Self::RepeatedKeys => "the values of repeated query keys",
            Self::EncodedPath => "which characters of the path were percent-encoded",
            Self::Path => "the path",
            Self::Method => "the method",
            Self::Body => "the bytes of the body",
            Self::Stage(name) => return write!(f, "the stage {name}"),
            Self::StageVariables => "the stage variables",
            Self::ApiId => "the API id and the account",
            Self::Domain => "the host name",
            Self::ApiKey => "the API key",
            Self::SourceIp => "the client's address",
            Self::Principal => "the principal that the authorizer named",
            Self::Authorizer => "data of the authorizer, or their types",
            Self::Time => "the time",
            Self::Route(key) => return write!(f, "the route {key}"),
        })
    }
}

/// What of the first request the second has lost.
pub fn between(before: &Request, after: &Request) -> Vec<Loss> {
    let mut losses = Vec::new();
    let mut add = |is_lost: bool, loss: Loss| {
        if is_lost {
            losses.push(loss);
        }
    };
    add(before.method != after.method, Loss::Method);
    let same_path = encoding::percent_decode(&before.path) == encoding::percent_decode(&after.path);
    add(before.path != after.path, if same_path { Loss::EncodedPath } else { Loss::Path });
    add(before.body != after.body, Loss::Body);
    losses.extend(query_losses(before.query.as_deref(), after.query.as_deref()));
    losses.extend(header_losses(&before.headers, &after.headers));
    losses
}

fn query_losses(before: Option<&str>, after: Option<&str>) -> Vec<Loss> {
    let (before, after) = (before.unwrap_or_default(), after.unwrap_or_default());
    if before == after {
        return Vec::new();
    }
    let (mut was, mut is) = (query::decode(before), query::decode(after));
    if was == is {
        return vec![Loss::RawQuery];
    }
    was.sort_by(|left, right| left.0.cmp(&right.0));
    is.sort_by(|left, right| left.0.cmp(&right.0));
    match was == is {
        true => vec![Loss::RawQuery, Loss::QueryOrder],
        false => vec![Loss::RawQuery, Loss::RepeatedKeys],
    }
}

fn header_losses(before: &Headers, after: &Headers) -> Vec<Loss> {
    let mut losses = Vec::new();
    let mut add = |is_lost: bool, loss: Loss| {
        if is_lost && !losses.contains(&loss) {
            losses.push(loss);
        }
    };
    let (was, is) = (before.grouped(), after.grouped());
    let mut gone = Vec::new();
    for (name, values) in &was {
        let Some((own, kept)) = is.iter().find(|(own, _)| own.eq_ignore_ascii_case(name)) else {
            gone.push((*name).to_owned());
            continue;
        };
        add(own != name, Loss::HeaderCase);
        let is_cookie = name.eq_ignore_ascii_case("cookie");
        let same = if is_cookie { cookies(values) == cookies(kept) } else { values == kept };
        add(!same, Loss::RepeatedHeaders);
        add(is_cookie && values != kept, Loss::CookieLines);
    }
    let names = |groups: &[(&str, Vec<&str>)], others: &[(&str, Vec<&str>)]| -> Vec<String> {
        let is_there = |name: &str| others.iter().any(|(own, _)| own.eq_ignore_ascii_case(name));
        groups.iter().filter(|(name, _)| is_there(name)).map(|(name, _)| name.to_ascii_lowercase()).collect()
    };
    add(names(&was, &is) != names(&is, &was), Loss::HeaderOrder);
    if !gone.is_empty() {
        losses.push(Loss::Headers(gone));
    }
    losses
}

fn cookies<'v>(lines: &[&'v str]) -> Vec<&'v str> {
    lines.iter().flat_map(|line| line.split(';')).map(str::trim).collect()
}

/// What no event of a flavour tells of its request, as far as it can matter for this one: found
/// with a request that has everything that can be lost.
pub fn blind_spots(flavor: Flavor, request: &Request) -> Vec<Loss> {
    let (api, caller, stamp) = (Api::new(flavor), Caller::default(), Stamp::default());
    let mut probe = Request::new("POST", format!("{}/a%2Fb/%41", api.prefix()));
    probe.query = Some("b=2&a=%31&b=1+2".to_owned());
    let fields = [
        ("X-Beta", "1"),
        ("x-alpha", "2"),
        ("X-Beta", "3"),
        ("Cookie", "a=1"),
        ("Cookie", "b=2"),
        ("Content-Type", "application/octet-stream"),
    ];
    probe.headers = Headers::from_iter(fields);
    probe.body = vec![0, 159, 146, 150];
    let event = Call::new(&api, &probe, &caller, &stamp).event().ok();
    let Some(back) = event.as_ref().and_then(request_of) else { return Vec::new() };
    let mut losses = between(&probe, &back);
    losses.retain(|loss| can_matter(loss, request));
    losses
}

fn can_matter(loss: &Loss, request: &Request) -> bool {
    let keys: Vec<_> = query::decode(request.query.as_deref().unwrap_or_default());
    let distinct: BTreeSet<_> = keys.iter().map(|(key, _)| key).collect();
    match loss {
        Loss::HeaderOrder => request.headers.len() > 1,
        Loss::HeaderCase => !request.headers.is_empty(),
        Loss::RepeatedHeaders => request.headers.iter().any(|(_, value)| value.contains(',')),
        Loss::CookieLines => request.headers.contains("cookie"),
        Loss::RawQuery | Loss::RepeatedKeys => !keys.is_empty(),
        Loss::QueryOrder => distinct.len() > 1,
        // A slash may have been `%2F`, and any other character an escape of itself
        Loss::EncodedPath => {
            let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte);
            request.path.matches('/').count() > 1 || !request.path.bytes().all(is_plain)
        }
        // A body that was no text has become text with this character in it
        Loss::Body => String::from_utf8_lossy(&request.body).contains('\u{fffd}'),
        _ => false,
    }
}

/// What of the deployment and the caller the second event no longer tells.
pub fn of_deployment(before: &Deployed, after: &Deployed) -> Vec<Loss> {
    let mut losses = Vec::new();
    let mut add = |is_lost: bool, loss: Loss| {
        if is_lost {
            losses.push(loss);
        }
    };
    let (was, is) = (&before.api, &after.api);
    add(was.id != is.id || was.account != is.account, Loss::ApiId);
    add(was.domain != is.domain, Loss::Domain);
    add(was.stage != is.stage, Loss::Stage(was.stage.clone()));
    add(!was.stage_variables.is_empty() && is.stage_variables.is_empty(), Loss::StageVariables);
    let lost_route = was.routes.first().filter(|route| !is.routes.contains(route));
    add(lost_route.is_some(), Loss::Route(lost_route.map(ToString::to_string).unwrap_or_default()));
    add(before.epoch_ms.is_some() && before.epoch_ms != after.epoch_ms, Loss::Time);
    add(before.caller.source_ip != after.caller.source_ip, Loss::SourceIp);
    add(before.caller.api_key.is_some() && after.caller.api_key.is_none(), Loss::ApiKey);
    match (&before.caller.identity, &after.caller.identity) {
        (was, is) if was == is => {}
        (Identity::Lambda { principal, context }, Identity::Lambda { principal: other, context: kept })
            if context == kept =>
        {
            add(principal != other, Loss::Principal);
        }
        _ => add(true, Loss::Authorizer),
    }
    losses
}
