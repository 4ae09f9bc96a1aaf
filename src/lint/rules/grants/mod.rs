//! Rules about grants: the statements that let API Gateway invoke a function. One file for each
//! part of a grant; the check of a rule stands beside its words.

pub(super) mod api_id;
pub(super) mod breadth;
mod call;
pub(super) mod elements;
pub(super) mod form;
pub(super) mod glued;
pub(super) mod operator;
pub(super) mod path;
pub(super) mod place;
pub(super) mod redundant;
pub(super) mod route_key;
pub(super) mod routes;
pub(super) mod size;
pub(super) mod source;
#[cfg(test)]
mod tests;
pub(super) mod uses;
pub(super) mod verb;
pub(super) mod who;

use super::Rule;
use crate::lint::finding::Severity;
use crate::lint::policy::{GrantCase, PolicyCheck, Spotted};
use crate::lint::rule::Example;
use call::{Called, calls, shaped};

/// What stands in front of the source ARN in the policies of examples.
macro_rules! with_source {
    ($arn:literal) => {
        with_source!("ArnLike", $arn)
    };
    ($operator:literal, $arn:literal) => {
        crate::lint::rule::Example::policy(concat!(
            r#"{"Version": "2012-10-17", "Statement": [{"Sid": "users", "Effect": "Allow", "Principal": {"Service": "apigateway.amazonaws.com"}, "Action": "lambda:InvokeFunction", "Resource": "arn:aws:lambda:eu-west-1:123456789012:function:users", "Condition": {""#,
            $operator,
            r#"": {"AWS:SourceArn": ""#,
            $arn,
            r#""}}}]}"#
        ))
    };
}
use with_source;

/// The statement of a function's policy as it should be.
const GOOD: Example = with_source!("arn:aws:execute-api:eu-west-1:123456789012:a1b2c3d4e5/*/GET/users/{id}");

/// What REST APIs log where the function's policy does not let them in (P-170).
const NO_PERMISSION: &str = "execution log of a REST API: Execution failed due to configuration error: Invalid permissions on Lambda function";

/// Whether a text is known before the deployment and has no wildcard.
fn is_literal(text: &str) -> bool {
    !text.contains(['*', '?']) && !text.contains("${")
}

/// A case about a grant as a whole, pointed at by its principal.
fn about_grant(grant: &GrantCase<'_>, message: impl Into<String>, label: &str) -> Spotted {
    match grant.principals.first() {
        Some(principal) if grant.pointer.is_some() => {
            Spotted::at(principal, principal.span(), message, label)
        }
        _ => Spotted::placed(grant.span, message, label),
    }
}
