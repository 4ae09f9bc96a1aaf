//! Segments of a source ARN that run into each other, or of which one is missing.

use super::call::ROUTE_KEYS;
use super::{
    Called, GOOD, GrantCase, NO_PERMISSION, PolicyCheck, Rule, Severity, Spotted, calls, is_literal, shaped,
    with_source,
};
use crate::json::Span;
use crate::policy::arn::{Field, FieldName, VERBS};

pub(in super::super) static GLUED_SEGMENT: Rule = Rule {
    code: "AGW314",
    name: "source-arn-glued-segment",
    severity: Severity::Error,
    title: "segments of the source ARN run into each other, or one is missing",
    why: "API Gateway presents the API's id, the stage, the method and the path with slashes between them; of routes with a key the id, the stage and the key. To IAM a slash is a character as any other: a segment without its slash is another text, which never matches, and `*` without one matches more than is meant.",
    log: Some(NO_PERMISSION),
    policy: Some(PolicyCheck::Grant(glued_segment)),
    help: "put a slash between the id of the API, the stage, the method and the path",
    bad: &[
        with_source!("arn:aws:execute-api:eu-west-1:123456789012:a1b2c3d4e5/*/GETusers"),
        with_source!("arn:aws:execute-api:eu-west-1:123456789012:a1b2c3d4e5*"),
        with_source!("arn:aws:execute-api:eu-west-1:123456789012:a1b2c3d4e5/*$connect"),
        with_source!("arn:aws:execute-api:eu-west-1:123456789012:a1b2c3d4e5/prod/users/{id}"),
    ],
    good: GOOD,
    facts: &["P-005", "P-061", "P-062", "P-118"],
    ..Rule::PLAIN
};

fn glued_segment(grant: &GrantCase<'_>) -> Vec<Spotted> {
    let shape =
        |call: &Called<'_>| spaced_verb(call).or_else(|| glued_verb(call)).or_else(|| no_method(call));
    // A star without a slash matches what is meant, and more.
    let stars = calls(grant).filter_map(|call| star_behind_id(&call).or_else(|| star_at_route(&call)));
    stars.chain(shaped(grant, shape)).collect()
}

/// `api*`: other APIs whose ids begin like this, too.
fn star_behind_id(call: &Called<'_>) -> Option<Spotted> {
    let id = call.field(FieldName::ApiId)?;
    let before = id.text(call.text).strip_suffix('*').filter(|before| !before.is_empty())?;
    let is_whole = before.len() == super::api_id::LENGTH || call.grant.api(before).is_some();
    if !is_whole || before.contains(['*', '?']) || !call.is_pattern() {
        return None;
    }
    let star = Span::new(id.span.end - 1, id.span.end);
    let message = "no slash stands between the id of the API and `*`: other text could follow the id";
    let case = call.spot(star, message, "a slash is missing before it").at_most(Severity::Warning);
    // With more behind it, nobody knows what the star stands for.
    let edit = (star.end == call.text.len()).then(|| call.with(star, "/*")).flatten();
    Some(case.by(&["P-005", "P-062"]).mended(edit))
}

/// `api/*$connect` and `api/prod*`: a star and a text in the last segment of two.
fn star_at_route(call: &Called<'_>) -> Option<Spotted> {
    let stage = call.field(FieldName::Stage)?;
    let is_last = stage.span.end == call.text.len();
    let written = stage.text(call.text);
    if !is_last || !call.is_pattern() {
        return None;
    }
    if let Some(key) = written.strip_prefix('*').filter(|key| !key.is_empty() && !key.contains(['*', '?'])) {
        let star = Span::new(stage.span.start, stage.span.start + 1);
        let message = format!(
            "no slash stands between the stage and `{key}`: routes match, too, whose keys or paths end with it"
        );
        let is_own = ROUTE_KEYS.contains(&key);
        let severity = if is_own { Severity::Info } else { Severity::Warning };
        let case = call.spot(star, message, "a slash is missing behind it").at_most(severity);
        return Some(case.by(&["P-062", "P-118"]).mended(call.with(star, "*/")));
    }
    let name = written.strip_suffix('*').filter(|name| !name.is_empty() && is_literal(name))?;
    let star = Span::new(stage.span.end - 1, stage.span.end);
    let message = format!("`{name}*` matches every stage whose name begins with `{name}`");
    let case = call.spot(star, message, "a slash is missing before it").at_most(Severity::Warning);
    Some(case.by(&["P-062"]).mended(call.with(star, "/*")))
}

/// The segment where the method stands, or the route key.
fn third(call: &Called<'_>) -> Option<Field> {
    call.field(FieldName::Method).or_else(|| call.field(FieldName::RouteKey))
}

/// `GET /users`, `GET users`: a route key as APIs write it.
fn spaced_verb(call: &Called<'_>) -> Option<Spotted> {
    let third = third(call)?;
    let (verb, path) = third.text(call.text).split_once(' ')?;
    if !VERBS.contains(&verb) || call.has_keys() {
        return None;
    }
    let gap = path.len() - path.trim_start().len() + 1;
    let gap = Span::new(third.span.start + verb.len(), third.span.start + verb.len() + gap);
    let is_before_slash = gap.end == third.span.end && call.text[gap.end..].starts_with('/');
    let message = format!("API Gateway presents `{verb}` and the path with a slash between them, no space");
    let severity = if is_before_slash || call.has_methods() { Severity::Error } else { Severity::Warning };
    let case = call.spot(gap, message, "no space stands here").at_most(severity);
    Some(case.mended(call.with(gap, if is_before_slash { "" } else { "/" })))
}

/// `GETusers`.
fn glued_verb(call: &Called<'_>) -> Option<Spotted> {
    let third = third(call)?;
    let written = third.text(call.text);
    let verb = VERBS.into_iter().find(|verb| written.starts_with(verb))?;
    let rest = &written[verb.len()..];
    // `GETTING` and `POST_MESSAGE` are keys that a WebSocket API may well have.
    let is_path = rest.starts_with(|c: char| c.is_ascii_lowercase() || c == '{');
    let is_sure = call.has_methods() || call.field(FieldName::Path).is_some();
    if rest.is_empty() || call.has_keys() || rest.starts_with(['*', '?']) || !(is_path || is_sure) {
        return None;
    }
    let severity = if is_sure { Severity::Error } else { Severity::Warning };
    let message = format!("`{written}` is no method: API Gateway presents `{verb}/{rest}`");
    let bytes = Span::new(third.span.start, third.span.start + verb.len());
    let case = call.spot(third.span, message, format!("a slash is missing behind {verb}"));
    Some(case.at_most(severity).mended(call.with(bytes, &format!("{verb}/"))))
}

/// `prod/users/{id}` and `GET/users`: the method or the stage is missing.
fn no_method(call: &Called<'_>) -> Option<Spotted> {
    let (stage, third) = (call.field(FieldName::Stage)?, third(call)?);
    let (name, written) = (stage.text(call.text), third.text(call.text));
    if VERBS.contains(&name) && !VERBS.contains(&written) && is_literal(written) && !call.has_keys() {
        let message = format!("the method `{name}` stands where API Gateway presents the stage");
        let is_sure = call.has_methods() || call.field(FieldName::Path).is_some();
        let severity = if is_sure { Severity::Error } else { Severity::Warning };
        return Some(call.spot(stage.span, message, "the stage is missing before it").at_most(severity));
    }
    // A star in the stage reaches over the method (P-061), and a lone third segment may be a key.
    let is_method = VERBS.iter().any(|verb| verb.eq_ignore_ascii_case(written));
    let is_other = is_method || ROUTE_KEYS.contains(&written) || written.contains(' ');
    call.field(FieldName::Path)?;
    if is_other || !is_literal(written) || !is_literal(name) || written.is_empty() || call.has_keys() {
        return None;
    }
    let message = format!("`{written}` stands where API Gateway presents the method");
    Some(call.spot(third.span, message, "no method"))
}
