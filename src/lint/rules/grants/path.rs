//! The path in a source ARN, and the slash of the root.

use super::{
    Called, GOOD, GrantCase, NO_PERMISSION, PolicyCheck, Rule, Severity, Spotted, shaped, with_source,
};
use crate::json::Span;
use crate::policy::arn::{FieldName, VERBS};

pub(in super::super) static TRAILING_SLASH: Rule = Rule {
    code: "AGW311",
    name: "source-arn-trailing-slash",
    severity: Severity::Error,
    title: "the path in the source ARN ends with a slash",
    why: "API Gateway drops a slash at the end of a configured path, so that what it presents ends without one; only the root is a slash alone. The grant is stored and never matches: the caller gets 500 Internal server error.",
    log: Some(NO_PERMISSION),
    policy: Some(PolicyCheck::Grant(trailing_slash)),
    help: "leave the last slash out",
    bad: &[with_source!("arn:aws:execute-api:eu-west-1:123456789012:a1b2c3d4e5/*/GET/users/")],
    good: GOOD,
    facts: &["P-006", "P-011"],
    ..Rule::PLAIN
};

fn trailing_slash(grant: &GrantCase<'_>) -> Vec<Spotted> {
    let case = |call: &Called<'_>| {
        let path = call.field(FieldName::Path)?;
        let method = call.written(FieldName::Method)?;
        let is_verb = |verb: &&str| verb.eq_ignore_ascii_case(method);
        let is_method = VERBS.iter().any(is_verb) || method.contains(['*', '?']);
        let written = path.text(call.text);
        let short = written.trim_end_matches('/');
        let slashes = Span::new(path.span.start + short.len(), path.span.end);
        if !is_method || short.is_empty() || slashes.start == slashes.end {
            return None;
        }
        let message = format!(
            "the path `/{written}` ends with a slash, and API Gateway presents paths without one at their end"
        );
        let case = call.spot(slashes, message, "no path ends so").by(&["P-011"]);
        Some(case.mended(call.with(slashes, "")))
    };
    shaped(grant, case)
}

pub(in super::super) static ROOT_WITHOUT_SLASH: Rule = Rule {
    code: "AGW312",
    name: "source-arn-root-without-slash",
    severity: Severity::Error,
    title: "the source ARN ends with the method, without the slash of the root",
    why: "For the root of an API, API Gateway presents the stage, the method and a slash: `prod/GET/`. Without the slash the grant never matches, and the caller gets 500 Internal server error. Only a WebSocket API could have a route of that name.",
    log: Some(NO_PERMISSION),
    policy: Some(PolicyCheck::Grant(root_without_slash)),
    help: "end the source ARN of the root with a slash",
    bad: &[with_source!("arn:aws:execute-api:eu-west-1:123456789012:a1b2c3d4e5/*/GET")],
    good: with_source!("arn:aws:execute-api:eu-west-1:123456789012:a1b2c3d4e5/*/GET/"),
    facts: &["P-010"],
    ..Rule::PLAIN
};

fn root_without_slash(grant: &GrantCase<'_>) -> Vec<Spotted> {
    let case = |call: &Called<'_>| {
        let method = call.field(FieldName::Method)?;
        let verb = VERBS.into_iter().find(|verb| *verb == method.text(call.text))?;
        if call.field(FieldName::Path).is_some() || call.has_keys() {
            return None;
        }
        let message =
            format!("the source ARN ends with `/{verb}`, and for the root API Gateway presents `/{verb}/`");
        let severity = if call.has_methods() { Severity::Error } else { Severity::Warning };
        let case = call.spot(method.span, message, "a slash is missing behind it").at_most(severity);
        Some(case.mended(call.with(method.span, &format!("{verb}/"))))
    };
    shaped(grant, case)
}

pub(in super::super) static PATH_OF_A_CALL: Rule = Rule {
    code: "AGW327",
    name: "source-arn-query-or-host",
    severity: Severity::Error,
    title: "the path in the source ARN has a query, a fragment or a host",
    why: "The source ARN is made of the API's configuration: the path of the route and nothing of the call's URL. A query, a fragment, a scheme or a host is never in it, so that the grant never matches. A `?` in it is no query but a wildcard for one character.",
    log: Some(NO_PERMISSION),
    policy: Some(PolicyCheck::Grant(path_of_a_call)),
    help: "name the path of the route only",
    bad: &[
        with_source!("arn:aws:execute-api:eu-west-1:123456789012:a1b2c3d4e5/*/GET/users?page=1"),
        with_source!(
            "arn:aws:execute-api:eu-west-1:123456789012:a1b2c3d4e5/*/GET/https://a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com/prod/users"
        ),
    ],
    good: GOOD,
    facts: &["P-002", "P-006", "P-063"],
    ..Rule::PLAIN
};

fn path_of_a_call(grant: &GrantCase<'_>) -> Vec<Spotted> {
    let case = |call: &Called<'_>| {
        let path = call.field(FieldName::Path)?;
        let written = path.text(call.text);
        let from = |at: usize| Span::new(path.span.start + at, path.span.end);
        if let Some(at) = written.find("://").or_else(|| written.find(".execute-api.")) {
            let message = format!(
                "the path is `{written}`, and API Gateway presents the path of the route, without scheme and host"
            );
            let end = written[at..].find(".com").map_or(written.len(), |end| at + end + ".com".len());
            let host = Span::new(path.span.start, path.span.start + end);
            return Some(call.spot(host, message, "no scheme, no host"));
        }
        let (at, what) = query(written)
            .map(|at| (at, "query"))
            .or_else(|| fragment(written).map(|at| (at, "fragment")))?;
        let message = format!(
            "`{}` is in no source ARN: API Gateway presents the path of the route, without a {what}",
            &written[at..]
        );
        Some(call.spot(from(at), message, format!("no {what}")).mended(call.with(from(at), "")))
    };
    shaped(grant, case)
}

/// Where a query begins: `?name=`. Another `?` is a wildcard (P-063).
fn query(path: &str) -> Option<usize> {
    let name = |text: &str| {
        let length = text.find(|c: char| !c.is_ascii_alphanumeric() && !"_-.[]".contains(c));
        length.is_some_and(|length| length > 0 && text[length..].starts_with('='))
    };
    path.match_indices('?').map(|(at, _)| at).find(|at| name(&path[at + 1..]))
}

/// Where a fragment begins; inside of `${…}` it is none.
fn fragment(path: &str) -> Option<usize> {
    path.find('#').filter(|_| !path.contains("${"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_has_a_name_and_a_value() {
        for (path, at) in [("users?page=1", Some(5)), ("v?/users", None), ("a?b?c=", Some(3)), ("a?=1", None)]
        {
            assert_eq!(query(path), at, "{path}");
        }
    }
}
