//! What `terraform show -json` prints of a plan or a state.
//!
//! A state holds values; a plan lacks those that only the deployment knows. There the references
//! of the configuration stand in their place: `${aws_lambda_function.f.arn}`.

mod apis;
mod functions;
mod requests;
mod resource;
mod rest;
mod v2;

use super::cfn::Resolved;
use super::document::Document;
use super::model::{Grant, Model};
use super::node::Node;
use resource::Resource;
use std::collections::HashMap;

/// How deep modules may nest.
const MAX_DEPTH: usize = 32;

/// Whether a document is what `terraform show -json` prints.
pub(super) fn is_terraform(root: &Node) -> bool {
    root.get("terraform_version").is_some() || root.get("planned_values").is_some()
}

/// All resources of a plan or a state.
struct Plan<'t> {
    source: &'t str,
    resources: Vec<Resource<'t>>,
    /// By the address of a resource, what of it only the apply tells.
    unknown: HashMap<&'t str, &'t Node>,
}

/// Adds what it says.
pub(super) fn read(document: &Document, model: &mut Model) {
    let root = document.root();
    let values = root.get("planned_values").or_else(|| root.get("values"));
    let Some(module) = values.and_then(|values| values.get("root_module")) else {
        return model.leave_out(root.span, "there is no root_module: nothing is planned, or nothing exists");
    };
    let changes = root.get("resource_changes").map_or(&[][..], Node::items).iter();
    let unknown = changes
        .filter_map(|change| Some((change.text_of("address")?, change.get("change")?.get("after_unknown")?)))
        .collect();
    let mut plan = Plan { source: document.source(), resources: Vec::new(), unknown };
    let configuration = root.get("configuration").and_then(|node| node.get("root_module"));
    plan.collect(module, configuration, 0);
    let archives = functions::archives(root);
    for resource in &plan.resources {
        match resource.kind {
            "aws_lambda_permission" => permission(resource, model),
            "aws_lambda_function" => functions::read(resource, &archives, model),
            "aws_lambda_function_url" => functions::url(resource, model),
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
                unknown: self.unknown.get(address).copied(),
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
