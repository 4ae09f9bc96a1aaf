//! Route, path parameters, method and query.

use super::{Event, at};
use crate::gateway::event::joined_query;
use crate::gateway::{Evidence, Notice, NoticeKind, Route, best_match};
use crate::http::encoding::percent_decode;
use serde_json::Value;

/// The template of the route, and the path that it took, each with its place.
fn route_and_path<'e>(event: &Event<'e>) -> Option<(&'e str, &'e str, &'static str)> {
    match event.flavor.name {
        "rest" | "authorizer-request" | "http-v1" | "authorizer-http-v1" => {
            Some((event.text("/resource")?, event.text("/path")?, "/path"))
        }
        "http" | "authorizer-http" => {
            let key = event.text("/routeKey")?;
            Some((
                key.split_once(' ').map_or(key, |(_, template)| template),
                event.text("/rawPath")?,
                "/rawPath",
            ))
        }
        _ => None,
    }
}

/// The names of a template's parameters.
fn names(template: &str) -> Vec<&str> {
    let segments = template.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
    segments.map(|name| name.trim_end_matches('+')).collect()
}

/// A path is what a client asked for, with values in the place of parameters.
pub(super) fn template(event: &Event<'_>) -> Vec<Notice> {
    let Some((template, path, place)) = route_and_path(event) else { return Vec::new() };
    if event.is_test() || names(template).is_empty() || !path.ends_with(template) {
        return Vec::new(); // a test call without a path takes the template
    }
    let found = format!("the template {template:?}");
    vec![event.notice(NoticeKind::PathIsTemplate, at(place), found, &["R-008", "R-020"], Evidence::Inferred)]
}

/// Path parameters have the names of the template and the values of the path (R-026, R-036,
/// H-018).
pub(super) fn parameters(event: &Event<'_>) -> Vec<Notice> {
    let Some((template, path, _)) = route_and_path(event) else { return Vec::new() };
    let given = event.value.get("pathParameters").unwrap_or(&Value::Null);
    if event.is_test() || !(given.is_null() || given.is_object()) {
        return Vec::new();
    }
    let rest = event.is_any(&["rest", "authorizer-request"]);
    let facts: &[&str] = if rest { &["R-008", "R-026", "R-036"] } else { &["H-003", "H-018"] };
    let mut wanted = names(template);
    let mut present: Vec<&str> =
        given.as_object().into_iter().flatten().map(|(name, _)| name.as_str()).collect();
    wanted.sort_unstable();
    present.sort_unstable();
    if wanted != present {
        // what stands under a $default route is not known
        let evidence = if template == "$default" { Evidence::Inferred } else { Evidence::Recorded };
        let found = format!("{}, but {template:?} has {}", listed(&present), listed(&wanted));
        let place = if event.value.get("pathParameters").is_some() { at("/pathParameters") } else { at("") };
        return vec![event.notice(NoticeKind::PathParametersMismatch, place, found, facts, evidence)];
    }
    values(event, template, path, given, if rest { Evidence::Recorded } else { Evidence::Inferred }, facts)
}

fn listed(names: &[&str]) -> String {
    if names.is_empty() { "no parameter".to_owned() } else { format!("`{}`", names.join("`, `")) }
}

fn values(
    event: &Event<'_>,
    template: &str,
    path: &str,
    given: &Value,
    evidence: Evidence,
    facts: &[&str],
) -> Vec<Notice> {
    let Some(given) = given.as_object() else { return Vec::new() };
    let given = Written { given, decoded: evidence == Evidence::Inferred };
    if given.fit(template, path) {
        return Vec::new();
    }
    let stage = event.text("/requestContext/stage").unwrap_or_default();
    let below = path.strip_prefix('/').and_then(|path| path.strip_prefix(stage)).unwrap_or(path);
    if given.fit(template, below) || (!event.on_own_host() && given.fit_some_end(template, path)) {
        return Vec::new(); // H-007: behind the stage; R-031: behind the base path
    }
    // a path that names its own parts is told of already
    if path.ends_with(template) {
        return Vec::new();
    }
    let found = format!("other values than {template:?} takes from {path:?}");
    vec![event.notice(NoticeKind::PathParametersMismatch, at("/pathParameters"), found, facts, evidence)]
}

/// How the parameters of a flavour are written: as they stand in the path, or decoded (R-026,
/// H-018, H-041).
struct Written<'g> {
    given: &'g serde_json::Map<String, Value>,
    decoded: bool,
}

impl Written<'_> {
    fn fit(&self, template: &str, path: &str) -> bool {
        let route = [Route::of("ANY", template)];
        best_match(&route, "GET", path).is_some_and(|matched| {
            matched.parameters.iter().all(|(name, value)| {
                let given = self.given.get(name).and_then(Value::as_str);
                given == Some(value) || (self.decoded && given == Some(&percent_decode(value)))
            })
        })
    }

    fn fit_some_end(&self, template: &str, path: &str) -> bool {
        path.match_indices('/').any(|(at, _)| self.fit(template, &path[at..]))
    }
}

/// Methods are upper case.
pub(super) fn method(event: &Event<'_>) -> Vec<Notice> {
    let Some((method, place)) = event.method() else { return Vec::new() };
    let lower = method.bytes().any(|byte| byte.is_ascii_lowercase());
    let notice = || {
        event.notice(
            NoticeKind::MethodCase,
            at(place),
            format!("{method:?}"),
            &["R-007", "H-020"],
            Evidence::Inferred,
        )
    };
    lower.then(notice).into_iter().collect()
}

/// The route key takes the method (H-003).
pub(super) fn route_key(event: &Event<'_>) -> Vec<Notice> {
    if !event.is_any(&["http", "authorizer-http"]) {
        return Vec::new();
    }
    let (Some(key), Some((method, _))) = (event.text("/routeKey"), event.method()) else { return Vec::new() };
    let verb = match Route::parse(key) {
        Ok(Route::Default | Route::Key(_)) => return Vec::new(),
        Ok(Route::Path { method, .. }) => method,
        Err(error) => {
            let kind = NoticeKind::RouteKeyMismatch;
            return vec![event.notice(
                kind,
                at("/routeKey"),
                error.to_string(),
                &["H-003"],
                Evidence::Recorded,
            )];
        }
    };
    let fits = verb.as_ref().is_none_or(|verb| verb.eq_ignore_ascii_case(method));
    let found = format!("{key:?}, but the method is {method}");
    let notice =
        || event.notice(NoticeKind::RouteKeyMismatch, at("/routeKey"), found, &["H-003"], Evidence::Recorded);
    (!fits).then(notice).into_iter().collect()
}

/// The query map is the raw query, decoded and joined (H-010 to H-012, U-005).
pub(super) fn query(event: &Event<'_>) -> Vec<Notice> {
    let Some(raw) = event.text("/rawQueryString") else { return Vec::new() };
    let kind = NoticeKind::QueryMismatch;
    if raw.starts_with('?') && event.is_any(&["http", "url", "authorizer-http"]) {
        let found = "a question mark at the start";
        return vec![event.notice(
            kind,
            at("/rawQueryString"),
            found,
            &["H-010", "U-005"],
            Evidence::Recorded,
        )];
    }
    // H-013: what becomes of a key without `=` is not known, and of `;` neither
    if raw.contains(';') || raw.split('&').any(|piece| !piece.contains('=')) && !raw.is_empty() {
        return Vec::new();
    }
    let wanted = joined_query(raw);
    let given = event.map("queryStringParameters");
    let given: Vec<(&str, &str)> = given
        .into_iter()
        .flatten()
        .filter_map(|(name, value)| Some((name.as_str(), value.as_str()?)))
        .collect();
    let missing = wanted.iter().find(|(name, value)| !given.contains(&(name.as_str(), value.as_str())));
    let extra = given.iter().find(|(name, _)| !wanted.iter().any(|(own, _)| own == name));
    let found = match (missing, extra) {
        (Some((name, value)), _) => format!("the raw query says {name:?} is {value:?}"),
        (None, Some((name, _))) => format!("the raw query has no {name:?}"),
        (None, None) => return Vec::new(),
    };
    let place = if event.value.get("queryStringParameters").is_some() {
        "/queryStringParameters"
    } else {
        "/rawQueryString"
    };
    vec![event.notice(kind, at(place), found, &["H-010", "H-011", "H-012"], Evidence::Recorded)]
}
