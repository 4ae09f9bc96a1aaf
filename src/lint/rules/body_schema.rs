//! The rule on bodies that do not fit a schema of the user's own.

use super::Rule;
use crate::lint::finding::Severity;
use crate::lint::rule::Example;

/// The body is not what the user's schema says.
pub(in crate::lint) static BODY_AGAINST_SCHEMA: Rule = Rule {
    code: "AGW520",
    name: "body-against-schema",
    severity: Severity::Error,
    title: "the body is not what its schema says",
    why: "No front end looks into a body, so the caller gets it as it is. A schema that you name with --body-schema, or in [lint.body] of apigw.toml, says what callers rely on.",
    help: "change the handler, or the schema if the contract has changed",
    bad: &[],
    good: Example::rest(r#"{"statusCode": 200, "body": "{\"id\": 1}"}"#),
    facts: &[],
    ..Rule::PLAIN
};
