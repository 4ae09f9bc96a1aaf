//! The statements of a function's policy as grants, as far as they are such as AddPermission writes.

use super::super::document::Document;
use super::super::given::Given;
use super::super::model::{Grant, Model};
use super::super::node::{Kind, Node};
use super::super::permissions::whole_policy;
use super::{NOWHERE, origin};
use crate::json::Span;
use crate::template::cfn::{Resolved, Stack};

/// Adds a grant for each statement (P-091 to P-093); the whole policy, if one of them is more than
/// AddPermission can write (P-100).
pub(super) fn read(document: &Document, function_arn: &str, model: &mut Model) {
    let statements = document.root().get("Statement");
    let alone = statements.filter(|node| !node.members().is_empty());
    let listed = statements.map_or(&[][..], Node::items);
    let statements: Vec<_> = alone.into_iter().chain(listed).collect();
    let grants: Option<Vec<_>> = statements.iter().map(|statement| grant(document, statement)).collect();
    match grants {
        Some(grants) => grants.into_iter().for_each(|grant| model.grant(grant)),
        None => {
            let given = Given::default();
            let stack = Stack::of(document, &given);
            let (function, span) = (Resolved::known(function_arn, NOWHERE), document.root().span);
            whole_policy(&stack, document.root(), function, origin("the policy", span), model);
        }
    }
}

/// A statement as AddPermission writes it.
fn grant(document: &Document, statement: &Node) -> Option<Grant> {
    let text = |node: &Node| exact(document, node);
    let known = ["Sid", "Effect", "Principal", "Action", "Resource", "Condition"];
    let is_known = statement.members().iter().all(|member| known.contains(&member.key.as_str()));
    if !is_known || statement.text_of("Effect") != Some("Allow") {
        return None;
    }
    let principal = statement.get("Principal")?;
    let principal = match principal.members() {
        [] => text(principal)?,
        [member] if ["Service", "AWS"].contains(&member.key.as_str()) => text(&member.value)?,
        _ => return None,
    };
    let id = statement.get("Sid");
    let mut grant = Grant {
        function: text(statement.get("Resource")?)?,
        qualifier: None,
        principal,
        action: text(statement.get("Action")?)?,
        source_arn: None,
        source_account: None,
        principal_org_id: None,
        event_source_token: None,
        function_url_auth_type: None,
        via_function_url: false,
        origin: origin(id.and_then(Node::text).unwrap_or_default(), id.map_or(statement.span, |id| id.span)),
    };
    for operator in statement.get("Condition").map_or(&[][..], Node::members) {
        for key in operator.value.members() {
            let name = key.key.to_ascii_lowercase(); // P-066
            let place = match (operator.key.as_str(), name.as_str()) {
                ("ArnLike", "aws:sourcearn") => &mut grant.source_arn,
                ("StringEquals", "aws:sourceaccount") => &mut grant.source_account,
                ("StringEquals", "aws:principalorgid") => &mut grant.principal_org_id,
                ("StringEquals", "lambda:eventsourcetoken") => &mut grant.event_source_token,
                ("StringEquals", "lambda:functionurlauthtype") => &mut grant.function_url_auth_type,
                // P-098
                ("Bool", "lambda:invokedviafunctionurl") => {
                    grant.via_function_url = true;
                    let is_true = key.value.text() == Some("true") || key.value.kind == Kind::Bool(true);
                    is_true.then_some(())?;
                    continue;
                }
                _ => return None,
            };
            *place = Some(text(&key.value)?);
        }
    }
    Some(grant)
}

/// A text of the policy with the place of each byte, where it is written without escapes.
fn exact(document: &Document, node: &Node) -> Option<Resolved> {
    let text = node.text()?;
    let inside = Span::new(node.span.start + 1, (node.span.end - 1).max(node.span.start + 1));
    let is_exact = document.source().get(inside.start..inside.end) == Some(text);
    let mut resolved = Resolved::empty(node.span);
    resolved.push(text, if is_exact { inside } else { node.span }, is_exact);
    Some(resolved)
}
