//! Routes that have a key where others have method and path.

use super::call::ROUTE_KEYS;
use super::{Called, GrantCase, NO_PERMISSION, PolicyCheck, Rule, Severity, Spotted, shaped, with_source};
use crate::json::Span;
use crate::policy::arn::FieldName;

pub(in super::super) static ROUTE_KEY_SHAPE: Rule = Rule {
    code: "AGW313",
    name: "source-arn-route-key-shape",
    severity: Severity::Error,
    title: "the source ARN has a segment too many for a route with a key",
    why: "The default route of an HTTP API and the routes of a WebSocket API have no method and no path: API Gateway presents the stage and the route key, such as `prod/$default` and `prod/$connect`. With another segment the grant never matches.",
    log: Some(NO_PERMISSION),
    policy: Some(PolicyCheck::Grant(route_key_shape)),
    help: "name the stage and the route key, and nothing else",
    bad: &[
        with_source!("arn:aws:execute-api:eu-west-1:123456789012:a1b2c3d4e5/*/*/$default"),
        with_source!("arn:aws:execute-api:eu-west-1:123456789012:a1b2c3d4e5/*/$connect/*"),
    ],
    good: with_source!("arn:aws:execute-api:eu-west-1:123456789012:a1b2c3d4e5/*/$default"),
    facts: &["P-005", "P-018", "P-022"],
    ..Rule::PLAIN
};

fn route_key_shape(grant: &GrantCase<'_>) -> Vec<Spotted> {
    let case = |call: &Called<'_>| {
        let (method, path) = (call.field(FieldName::Method)?, call.field(FieldName::Path)?);
        let (first, second) = (method.text(call.text), path.text(call.text));
        let message = |key: &str| {
            format!(
                "API Gateway presents the route `{key}` as the stage and `{key}`, without another segment"
            )
        };
        if ROUTE_KEYS.contains(&second) {
            let more = Span::new(method.span.start, path.span.start);
            let case = call.spot(method.span, message(second), "one segment too many");
            // A verb there would be lost: the route takes them all.
            let is_free = ["*", "ANY"].contains(&first);
            return Some(case.mended(is_free.then(|| call.with(more, "")).flatten()));
        }
        let key = ROUTE_KEYS.into_iter().find(|key| *key == first)?;
        let more = Span::new(method.span.end, path.span.end);
        let case = call.spot(more, message(key), "nothing follows a route key");
        Some(case.mended(call.with(more, "")))
    };
    shaped(grant, case)
}
