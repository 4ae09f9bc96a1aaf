//! Rules about the policies of REST APIs. The check of a rule stands beside its words.

pub(super) mod access;
pub(super) mod keys;
pub(super) mod network;
pub(super) mod resource;
pub(super) mod whole;

use super::Rule;
use crate::lint::finding::Severity;
use crate::lint::policy::{PolicyCase, PolicyCheck, Spotted};
use crate::lint::rule::Example;
use crate::policy::{Effect, Pattern, Statement, arn};
use crate::template::{ApiRoute, Auth};

/// The policy of an API as it should be.
const GOOD: Example = Example::policy(
    r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "execute-api:Invoke", "Resource": "execute-api:/prod/GET/users/*"}, {"Effect": "Deny", "Principal": "*", "Action": "execute-api:Invoke", "Resource": "execute-api:/*", "Condition": {"NotIpAddress": {"aws:SourceIp": "203.0.113.0/24"}}}]}"#,
);

/// What is known of the routes of the API that a policy belongs to.
enum Routes<'a> {
    /// These ask their callers for nothing, and whether others do is known as well.
    Open(Vec<&'a ApiRoute>),
    /// Nothing tells.
    Unknown,
}

impl<'a> Routes<'a> {
    fn of(case: &PolicyCase<'a>) -> Self {
        let routes = case.api.map_or(&[][..], |api| &api.routes);
        let open: Vec<_> = routes.iter().filter(|route| route.auth == Auth::Open).collect();
        let known = !open.is_empty() || routes.iter().all(|route| route.auth != Auth::Unknown);
        if routes.is_empty() || !known { Self::Unknown } else { Self::Open(open) }
    }
}

/// Whether a statement may be about calls of that route.
fn may_cover(statement: &Statement, route: &ApiRoute) -> bool {
    let Some(resources) = statement.resources.as_ref().filter(|own| !own.negated) else { return true };
    let key = route.route.to_string();
    let (method, path) = key.split_once(' ').unwrap_or(("*", key.as_str()));
    let method = if method == "ANY" { "*" } else { method };
    let calls = Pattern::new(&format!("/*/{method}{}", starred(path, '{')));
    resources.values.iter().any(|spot| Pattern::new(&behind_api(&spot.text)).intersects(&calls))
}

/// What of a resource stands behind the API, with stars for what is not known.
fn behind_api(resource: &str) -> String {
    let resource = starred(resource, '$');
    if let Some(rest) = resource.strip_prefix("execute-api:") {
        return rest.to_owned();
    }
    let resource = arn::split(&resource).map_or(resource.as_str(), |parts| parts[5]);
    let id = resource.split('/').next().unwrap_or_default();
    // A star in place of the API stands for what follows, too.
    if id.contains('*') && id.ends_with('*') {
        return format!("*{}", &resource[id.len()..]);
    }
    resource[id.len()..].to_owned()
}

/// A star for everything in braces: `{id}`, or `${Stage}`.
fn starred(text: &str, open: char) -> String {
    let mut starred = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) =
        rest.find(open).filter(|start| rest[*start..].trim_start_matches('$').starts_with('{'))
    {
        let Some(end) = rest[start..].find('}').map(|end| start + end + 1) else { break };
        starred.push_str(&rest[..start]);
        starred.push('*');
        rest = &rest[end..];
    }
    starred + rest
}

/// Some routes in words: two of them, and how many more there are.
fn named(routes: &[&ApiRoute]) -> String {
    let names: Vec<_> = routes.iter().take(2).map(|route| format!("`{}`", route.route)).collect();
    match routes.len().saturating_sub(names.len()) {
        0 => names.join(" and "),
        more => format!("{} and {more} more", names.join(", ")),
    }
}

/// The open routes that a statement may be about, and that no other statement lets everybody call.
fn left_closed<'a>(case: &PolicyCase<'a>, statement: &Statement, open: &[&'a ApiRoute]) -> Vec<&'a ApiRoute> {
    let lets_all = |other: &&Statement, route: &ApiRoute| {
        let everybody = other
            .principals
            .as_ref()
            .is_none_or(|own| own.negated || own.values.iter().any(|principal| principal.spot.text == "*"));
        let by_principal = other.conditions.iter().any(|own| keys::is_of_principal(&own.key.text));
        everybody && !by_principal && may_cover(other, route)
    };
    let is_left = |route: &&&ApiRoute| {
        may_cover(statement, route) && !case.statements(Effect::Allow).any(|other| lets_all(&other, route))
    };
    open.iter().filter(is_left).copied().collect()
}
