//! What `terraform show -json` prints of a plan or a state.
//!
//! A state holds values; a plan lacks those that only the deployment knows. There the references
//! of the configuration stand in their place: `${aws_lambda_function.f.arn}`.

mod apis;

use super::cfn::Resolved;
use super::code::FunctionCode;
use super::document::Document;
use super::model::{Function, Grant, Model, Origin};
use super::node::{Kind, Node};
use crate::json::Span;
use std::collections::HashMap;

/// How deep modules may nest.
const MAX_DEPTH: usize = 32;

/// Whether a document is what `terraform show -json` prints.
pub(super) fn is_terraform(root: &Node) -> bool {
    root.get("terraform_version").is_some() || root.get("planned_values").is_some()
}

/// A resource, its values, and what its configuration refers to.
#[derive(Debug, Clone, Copy)]
struct Resource<'t> {
    kind: &'t str,
    address: &'t str,
    /// The text of all.
    source: &'t str,
    node: &'t Node,
    values: Option<&'t Node>,
    expressions: Option<&'t Node>,
    /// `module.a.` in front of what its configuration refers to.
    module: &'t str,
}

/// All resources of a plan or a state.
struct Plan<'t> {
    source: &'t str,
    resources: Vec<Resource<'t>>,
}

/// Adds what it says.
pub(super) fn read(document: &Document, model: &mut Model) {
    let root = document.root();
    let values = root.get("planned_values").or_else(|| root.get("values"));
    let Some(module) = values.and_then(|values| values.get("root_module")) else {
        return model.leave_out(root.span, "there is no root_module: nothing is planned, or nothing exists");
    };
    let mut plan = Plan { source: document.source(), resources: Vec::new() };
    let configuration = root.get("configuration").and_then(|node| node.get("root_module"));
    plan.collect(module, configuration, 0);
    for resource in &plan.resources {
        match resource.kind {
            "aws_lambda_permission" => permission(resource, model),
            "aws_lambda_function" => model.functions.push(Function {
                name: resource.text("function_name"),
                alias: None,
                code: FunctionCode::default(),
                origin: resource.origin(),
            }),
            "aws_lambda_alias" => {
                if let (Some(function), Some(name)) = (resource.text("function_name"), resource.text("name"))
                {
                    let meaning = (function.text().to_owned(), name.text().to_owned());
                    model.aliases.insert(resource.address.to_owned(), meaning);
                }
            }
            _ => {}
        }
    }
    apis::read(&plan, document.source(), model);
}

impl<'t> Plan<'t> {
    /// Takes the resources of a module and of those below it.
    fn collect(&mut self, module: &'t Node, configuration: Option<&'t Node>, depth: usize) {
        if depth > MAX_DEPTH {
            return;
        }
        let configured = configuration.and_then(|node| node.get("resources")).map_or(&[][..], Node::items);
        let of_kind_and_name = |node: &'t Node| Some((node.text_of("type")?, node.text_of("name")?));
        let configured: HashMap<_, _> =
            configured.iter().filter_map(|node| Some((of_kind_and_name(node)?, node))).collect();
        let prefix = module.text_of("address").unwrap_or_default();
        for node in module.get("resources").map_or(&[][..], Node::items) {
            let (Some((kind, name)), Some(address)) = (of_kind_and_name(node), node.text_of("address"))
            else {
                continue;
            };
            if node.text_of("mode") == Some("data") {
                continue;
            }
            let expressions = configured.get(&(kind, name)).and_then(|node| node.get("expressions"));
            let values = node.get("values");
            self.resources.push(Resource {
                kind,
                address,
                source: self.source,
                node,
                values,
                expressions,
                module: prefix,
            });
        }
        let calls = configuration.and_then(|node| node.get("module_calls"));
        for child in module.get("child_modules").map_or(&[][..], Node::items) {
            let address = child.text_of("address").unwrap_or_default();
            let name = address.rsplit("module.").next().unwrap_or_default();
            let name = name.split('[').next().unwrap_or_default();
            let below = calls.and_then(|calls| calls.get(name)).and_then(|call| call.get("module"));
            self.collect(child, below, depth + 1);
        }
    }

    fn of_kind(&self, kind: &'static str) -> impl Iterator<Item = &Resource<'t>> {
        self.resources.iter().filter(move |resource| resource.kind == kind)
    }
}

impl<'t> Resource<'t> {
    /// Where it stands.
    fn span(&self) -> Span {
        self.node.get("address").map_or(self.node.span, |node| node.span)
    }

    fn origin(&self) -> Origin {
        Origin {
            logical_id: self.address.to_owned(),
            generated_from: None,
            span: self.span(),
            condition: None,
            deployed: Some(true),
        }
    }

    /// An attribute: its value, or the reference that stands for it.
    fn text(&self, name: &str) -> Option<Resolved> {
        let value = self.values.and_then(|values| values.get(name));
        match value.map(|node| (&node.kind, node.span)) {
            Some((Kind::Text(text), span)) if !text.is_empty() => {
                Some(Resolved::written(text, span, self.source))
            }
            Some((Kind::Bool(value), span)) => Some(Resolved::known(value.to_string(), span)),
            Some((Kind::Number(value), span)) => Some(Resolved::known(value.to_string(), span)),
            _ => self.reference(name),
        }
    }

    /// The first thing that the configuration of an attribute refers to.
    fn reference(&self, name: &str) -> Option<Resolved> {
        let references = self.expressions?.get(name)?.get("references")?;
        let first = references.items().first()?.text()?;
        let prefix = if self.module.is_empty() { String::new() } else { format!("{}.", self.module) };
        Some(Resolved::unknown(&format!("{prefix}{first}"), self.span()))
    }

    /// An attribute that others refer to: its value, or the reference to it.
    fn own(&self, name: &str) -> Resolved {
        let value = self.values.and_then(|values| values.get(name)).and_then(Node::text);
        match value {
            Some(text) => Resolved::known(text, self.span()),
            None => Resolved::unknown(&format!("{}.{name}", self.address), self.span()),
        }
    }
}

fn permission(resource: &Resource<'_>, model: &mut Model) {
    let text = |name: &str| resource.text(name);
    let (Some(function), Some(principal), Some(action)) =
        (text("function_name"), text("principal"), text("action"))
    else {
        let message = format!("{}: its function, principal or action is not known", resource.address);
        return model.leave_out(resource.span(), message);
    };
    let source_arn = text("source_arn");
    if source_arn.as_ref().is_some_and(Resolved::is_open) {
        let message = format!(
            "{}: source_arn is known after the apply only: what follows its reference is not in a plan",
            resource.address
        );
        model.leave_out(resource.span(), message);
    }
    model.grant(Grant {
        function,
        qualifier: text("qualifier"),
        principal,
        action,
        source_arn,
        source_account: text("source_account"),
        principal_org_id: text("principal_org_id"),
        event_source_token: text("event_source_token"),
        function_url_auth_type: text("function_url_auth_type"),
        via_function_url: text("invoked_via_function_url").is_some_and(|via| via.text() == "true"),
        origin: resource.origin(),
    });
}
