//! Rules about grants: the statements that let API Gateway invoke a function. One file for each
//! part of a grant; the check of a rule stands beside its words.

pub(super) mod routes;
pub(super) mod source;
pub(super) mod uses;
pub(super) mod verb;

use super::Rule;
use crate::lint::finding::Severity;
use crate::lint::policy::{GrantCase, PolicyCheck, Spotted};
use crate::lint::rule::Example;
use crate::policy::arn::{Field, FieldName, fields};

/// The statement of a function's policy as it should be.
const GOOD: Example = Example::policy(
    r#"{"Version": "2012-10-17", "Statement": [{"Sid": "users", "Effect": "Allow", "Principal": {"Service": "apigateway.amazonaws.com"}, "Action": "lambda:InvokeFunction", "Resource": "arn:aws:lambda:eu-west-1:123456789012:function:users", "Condition": {"ArnLike": {"AWS:SourceArn": "arn:aws:execute-api:eu-west-1:123456789012:a1b2c3d4e5/*/GET/users/{id}"}}}]}"#,
);

/// What REST APIs log where the function's policy does not let them in (P-170).
const NO_PERMISSION: &str = "execution log of a REST API: Execution failed due to configuration error: Invalid permissions on Lambda function";

/// The part of that name in an ARN or a pattern of ARNs.
fn field(arn: &str, name: FieldName) -> Option<Field> {
    fields(arn).into_iter().find(|field| field.name == name)
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
