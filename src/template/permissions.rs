//! `AWS::Lambda::Permission` and `AWS::Lambda::ResourcePolicy`: grants that a template writes out.

use super::cfn::{Resolved, Resource, Stack};
use super::code::FunctionCode;
use super::model::{Function, FunctionPolicy, Grant, Model, Origin};
use super::node::Node;
use super::policies;
use crate::policy::CarrierKind;

/// Reads the functions' policies of a template.
pub(super) fn read(stack: &Stack<'_>, model: &mut Model) {
    for resource in &stack.resources {
        match resource.kind {
            "AWS::Lambda::Permission" => permission(stack, resource, model),
            "AWS::Lambda::ResourcePolicy" => policy(stack, resource, model),
            "AWS::Lambda::Function" => model.functions.push(Function {
                name: stack.text(resource, "FunctionName"),
                alias: None,
                code: code(stack, resource),
                origin: stack.origin(resource, resource.id_span),
            }),
            "AWS::Lambda::Alias" | "AWS::Lambda::Version" => alias(stack, resource, model),
            _ => {}
        }
    }
}

fn code<'t>(stack: &Stack<'t>, resource: &Resource<'t>) -> FunctionCode {
    let variables = resource.get("Environment").and_then(|environment| environment.get("Variables"));
    let variables = variables.map_or(&[][..], Node::members).iter();
    let variables = variables.map(|member| (member.key.as_str(), &member.value)).collect();
    let code = FunctionCode::read(&stack.resolver, |name| resource.get(name), variables);
    // CDK says beside an asset where it lies, from the directory of the template.
    let asset = resource.node.get("Metadata").and_then(|metadata| metadata.get("aws:asset:path"));
    let asset = asset.and_then(|node| stack.resolver.text(node));
    FunctionCode { uri: asset.or(code.uri), ..code }
}

fn permission<'t>(stack: &Stack<'t>, resource: &Resource<'t>, model: &mut Model) {
    let text = |name: &str| stack.text(resource, name);
    let (Some(function), Some(principal), Some(action)) =
        (text("FunctionName"), text("Principal"), text("Action"))
    else {
        let message = format!("{}: a permission needs FunctionName, Principal and Action", resource.id);
        return model.leave_out(resource.id_span, message);
    };
    model.grant(Grant {
        function,
        qualifier: None,
        principal,
        action,
        source_arn: text("SourceArn"),
        source_account: text("SourceAccount"),
        principal_org_id: text("PrincipalOrgID"),
        event_source_token: text("EventSourceToken"),
        function_url_auth_type: text("FunctionUrlAuthType"),
        via_function_url: text("InvokedViaFunctionUrl").is_some_and(|via| via.text() == "true"),
        origin: stack.origin(resource, resource.id_span),
    });
}

/// An alias, or a version, whose number only the deployment knows.
fn alias<'t>(stack: &Stack<'t>, resource: &Resource<'t>, model: &mut Model) {
    let Some(function) = stack.text(resource, "FunctionName") else { return };
    let name = match resource.kind {
        "AWS::Lambda::Alias" => stack.text(resource, "Name"),
        _ => Some(Resolved::unknown(&format!("{}.Version", resource.id), resource.id_span)),
    };
    if let Some(name) = name {
        let meaning = (function.text().to_owned(), name.text().to_owned());
        model.aliases.insert(resource.id.to_owned(), meaning);
    }
}

/// A whole policy (P-100): kept as it is, and its plain statements as grants.
fn policy<'t>(stack: &Stack<'t>, resource: &Resource<'t>, model: &mut Model) {
    let (Some(document), Some(function)) =
        (resource.get("PolicyDocument"), stack.text(resource, "ResourceArn"))
    else {
        let message = format!("{}: a resource policy needs ResourceArn and PolicyDocument", resource.id);
        return model.leave_out(resource.id_span, message);
    };
    whole_policy(stack, document, function, stack.origin(resource, resource.id_span), model);
}

/// A policy that is kept as it is, with its plain statements as grants.
pub(super) fn whole_policy<'t>(
    stack: &Stack<'t>,
    document: &'t Node,
    function: Resolved,
    origin: Origin,
    model: &mut Model,
) {
    let statements = document.get("Statement").and_then(|node| stack.resolver.follow(node));
    for statement in statements.iter().flat_map(|node| one_or_many(node)) {
        statement_grants(stack, statement, &function, &origin, model);
    }
    if let Some(policy) = policies::read(stack, document, CarrierKind::FunctionPolicy) {
        model.policies.push(FunctionPolicy { function, document: policy.value(), policy, origin });
    }
}

/// The grants of a statement that allows, one for each principal, action and source.
fn statement_grants<'t>(
    stack: &Stack<'t>,
    statement: &'t Node,
    function: &Resolved,
    origin: &Origin,
    model: &mut Model,
) {
    if statement.text_of("Effect") != Some("Allow") {
        return;
    }
    let texts = |node: Option<&'t Node>| -> Vec<Resolved> {
        let nodes = node.map_or(&[][..], one_or_many);
        nodes.iter().filter_map(|node| stack.resolver.text(node)).collect()
    };
    let principals = match statement.get("Principal") {
        Some(node) if !node.members().is_empty() => {
            node.members().iter().flat_map(|member| texts(Some(&member.value))).collect()
        }
        node => texts(node),
    };
    let sources = texts(condition(statement, "aws:sourcearn"));
    let sources = if sources.is_empty() { vec![None] } else { sources.into_iter().map(Some).collect() };
    let account = texts(condition(statement, "aws:sourceaccount")).into_iter().next();
    for principal in &principals {
        for action in texts(statement.get("Action")) {
            for source_arn in &sources {
                model.grant(Grant {
                    function: function.clone(),
                    qualifier: None,
                    principal: principal.clone(),
                    action: action.clone(),
                    source_arn: source_arn.clone(),
                    source_account: account.clone(),
                    principal_org_id: texts(condition(statement, "aws:principalorgid")).into_iter().next(),
                    event_source_token: None,
                    function_url_auth_type: None,
                    via_function_url: condition(statement, "lambda:invokedviafunctionurl").is_some(),
                    origin: Origin { span: statement.span, ..origin.clone() },
                });
            }
        }
    }
}

/// A list's items, or the value itself.
fn one_or_many(node: &Node) -> &[Node] {
    if node.items().is_empty() { std::slice::from_ref(node) } else { node.items() }
}

/// The values of a condition key under any operator; key names ignore case (P-066).
fn condition<'t>(statement: &'t Node, key: &str) -> Option<&'t Node> {
    let operators = statement.get("Condition")?.members().iter();
    let mut keys = operators.flat_map(|operator| operator.value.members());
    keys.find(|member| member.key.eq_ignore_ascii_case(key)).map(|member| &member.value)
}
