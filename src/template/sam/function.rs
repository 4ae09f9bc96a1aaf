//! `AWS::Serverless::Function`: its alias, its URL, and its events.

use super::{FUNCTION, Merged, events, generated, names, permission};
use crate::template::cfn::{Resolved, Resource, Stack};
use crate::template::code::FunctionCode;
use crate::template::model::{Function, Grant, Model};

/// A function and what grants call it.
pub(in crate::template) struct SamFunction<'s, 't> {
    /// Its resource.
    pub(in crate::template) resource: &'s Resource<'t>,
    /// Its properties.
    pub(in crate::template) properties: Merged<'t>,
    /// The logical id of its alias; grants are about it, not about the function.
    pub(in crate::template) alias: Option<String>,
}

/// The logical id of a function's alias, if it publishes one.
pub(super) fn alias_of<'t>(
    stack: &Stack<'t>,
    resource: &Resource<'t>,
    properties: &Merged<'t>,
) -> Option<String> {
    let alias = stack.resolver.text(properties.get("AutoPublishAlias").node()?)?;
    let is_known = !alias.is_open() && !alias.text().is_empty();
    is_known.then(|| names::alias(resource.id, alias.text()))
}

/// The functions of a template.
pub(in crate::template) fn functions<'s, 't>(
    stack: &'s Stack<'t>,
) -> impl Iterator<Item = SamFunction<'s, 't>> {
    stack.of_kind(FUNCTION).map(move |resource| {
        let properties = Merged::of(stack, Some(resource), "Function");
        let alias = alias_of(stack, resource, &properties);
        SamFunction { resource, properties, alias }
    })
}

impl<'t> SamFunction<'_, 't> {
    /// The logical id that grants are about.
    pub(in crate::template) fn target(&self) -> &str {
        self.alias.as_deref().unwrap_or(self.resource.id)
    }

    /// How grants name it: a reference to the function or to its alias.
    pub(in crate::template) fn reference(&self, stack: &Stack<'t>) -> Resolved {
        stack.resolver.resource(self.target(), self.resource.id_span)
    }

    /// How integrations name it: the ARN of the function or of its alias.
    pub(in crate::template) fn arn(&self, stack: &Stack<'t>) -> Resolved {
        match &self.alias {
            Some(alias) => stack.resolver.resource(alias, self.resource.id_span),
            None => stack.resolver.resource(&format!("{}.Arn", self.resource.id), self.resource.id_span),
        }
    }

    /// Adds the function, and the grants of its URL and its events.
    pub(super) fn read(&self, stack: &Stack<'t>, model: &mut Model) {
        let resource = self.resource;
        let name = self.properties.get("AutoPublishAlias").node().and_then(|node| stack.resolver.text(node));
        if let (Some(alias), Some(name)) = (&self.alias, name) {
            let meaning = (format!("${{{}}}", resource.id), name.text().to_owned());
            model.aliases.insert(alias.clone(), meaning);
        }
        model.functions.push(Function {
            name: stack.text(resource, "FunctionName"),
            alias: self.alias.clone(),
            code: self.code(stack),
            origin: stack.origin(resource, resource.id_span),
        });
        self.url(stack, model);
        let events = resource.get("Events").and_then(|events| stack.resolver.follow(events));
        for event in events.map_or(&[][..], |events| events.members()) {
            events::read(stack, self, event, model);
        }
    }

    /// Its code, with what `Globals` say of all functions.
    fn code(&self, stack: &Stack<'t>) -> FunctionCode {
        let variables = self.properties.get("Environment").get("Variables").members();
        let variables = variables.iter().filter_map(|(name, _, value)| Some((*name, value.node()?)));
        FunctionCode::read(&stack.resolver, |name| self.properties.get(name).node(), variables.collect())
    }

    /// The two grants of a function URL that everybody may call (P-098).
    fn url(&self, stack: &Stack<'t>, model: &mut Model) {
        let auth_type = self.properties.get("FunctionUrlConfig").get("AuthType");
        let Some(node) = auth_type.node().filter(|node| node.text() == Some("NONE")) else { return };
        let id = self.resource.id;
        let grant = |suffix: &str, action: &str| {
            let origin = generated(stack, self.resource, format!("{id}{suffix}"), node.span);
            let grant = permission(origin, self.reference(stack), "*", None);
            Grant { action: Resolved::known(action, node.span), ..grant }
        };
        let auth_type = Some(Resolved::known("NONE", node.span));
        model.grant(Grant {
            function_url_auth_type: auth_type,
            ..grant("UrlPublicPermissions", "lambda:InvokeFunctionUrl")
        });
        model.grant(Grant {
            via_function_url: true,
            ..grant("URLInvokeAllowPublicAccess", "lambda:InvokeFunction")
        });
    }
}
