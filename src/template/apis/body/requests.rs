//! Request validators of a body: the parameters that operations require, and the models of what is
//! sent to them.

use super::Body;
use crate::gateway::door::{Parameter, ParameterPlace};
use crate::template::models::{Meaning, written_out};
use crate::template::node::Node;
use crate::template::openapi::reference::References;
use crate::template::settings::RouteSettings;

const VALIDATORS: &str = "x-amazon-apigateway-request-validators";
const VALIDATOR: &str = "x-amazon-apigateway-request-validator";

/// The request validators of a document.
pub(super) struct Validators<'t> {
    named: Option<&'t Node>,
    /// The one of operations that name none.
    usual: Option<&'t str>,
}

impl<'t> Body<'_, 't> {
    pub(super) fn references(&self) -> References<'t> {
        References::new(self.root)
    }

    pub(super) fn validators(&self) -> Validators<'t> {
        Validators { named: self.get(self.root, VALIDATORS), usual: self.root.text_of(VALIDATOR) }
    }

    /// Notes what the validator of an operation asks of its requests.
    pub(super) fn requests(
        &self,
        item: &'t Node,
        operation: &'t Node,
        validators: &Validators<'t>,
        settings: &mut RouteSettings,
    ) {
        let Some(name) = operation.text_of(VALIDATOR).or(validators.usual) else { return };
        let Some(validator) = validators.named.and_then(|named| self.get(named, name)) else {
            let why = format!("there is no request validator {name} under {VALIDATORS}");
            settings.obstacle.get_or_insert(why);
            return;
        };
        let result = self.parameters(item, operation).and_then(|parameters| {
            if self.is_true(validator, "validateRequestParameters") {
                settings.required = parameters.iter().copied().filter_map(required).collect();
            }
            if self.is_true(validator, "validateRequestBody") {
                settings.models = self.models(operation, &parameters)?;
            }
            Ok(())
        });
        if let Err(why) = result {
            settings.obstacle.get_or_insert(why);
        }
    }

    /// The parameters of an operation, and those of its path that it does not replace.
    fn parameters(&self, item: &'t Node, operation: &'t Node) -> Result<Vec<&'t Node>, String> {
        let mut parameters: Vec<&Node> = Vec::new();
        let key = |node: &'t Node| (node.text_of("name"), node.text_of("in"));
        for node in
            [operation, item].into_iter().filter_map(|node| node.get("parameters")).flat_map(Node::items)
        {
            let node = self.references().resolve(node).map_err(|error| error.message)?;
            if !parameters.iter().any(|own| key(own) == key(node)) {
                parameters.push(node);
            }
        }
        Ok(parameters)
    }

    /// The models of a body by content type.
    fn models(
        &self,
        operation: &'t Node,
        parameters: &[&'t Node],
    ) -> Result<Vec<(String, serde_json::Value)>, String> {
        let mut schemas: Vec<(String, &Node)> = Vec::new();
        if let Some(body) = operation.get("requestBody") {
            let body = self.references().resolve(body).map_err(|error| error.message)?;
            let media = body.get("content").map_or(&[][..], Node::members).iter();
            schemas.extend(media.filter_map(|media| Some((media.key.clone(), media.value.get("schema")?))));
        }
        // Swagger: a parameter is the body, of each type that the operation consumes.
        let body = parameters.iter().find(|node| node.text_of("in") == Some("body"));
        if let Some(schema) = body.and_then(|body| body.get("schema")) {
            let consumes = operation.get("consumes").or_else(|| self.root.get("consumes"));
            let types = consumes.map_or(&[][..], Node::items).iter().filter_map(Node::text);
            let mut types: Vec<_> = types.map(str::to_owned).collect();
            if types.is_empty() {
                types.push("application/json".to_owned());
            }
            schemas.extend(types.into_iter().map(|content_type| (content_type, schema)));
        }
        let model = |(content_type, schema): (String, &Node)| {
            let model = written_out(&schema.to_json(), &|text| self.meaning(text))?;
            Ok((content_type, model))
        };
        schemas.into_iter().map(model).collect()
    }

    /// What a `$ref` of a schema means: a part of the document.
    fn meaning(&self, text: &str) -> Result<Meaning, String> {
        let schema = self.references().named(text).map_err(|error| error.message)?;
        let called = text.rsplit('/').next().unwrap_or(text);
        Ok(Meaning::Other(called.to_owned(), schema.to_json()))
    }
}

/// What a validator asks of requests for a parameter.
fn required(node: &Node) -> Option<Parameter> {
    let place = match node.text_of("in")? {
        "header" => ParameterPlace::Header,
        "path" => ParameterPlace::Path,
        "query" => ParameterPlace::Query,
        _ => return None,
    };
    let name = node.text_of("name").filter(|_| node.is_true("required"))?;
    Some(Parameter { place, name: name.to_owned() })
}
