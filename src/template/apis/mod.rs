//! The APIs of a template with their routes.

use super::cfn::{Resolved, Stack};
use super::document::Document;
use super::given::Given;
use super::model::Model;
use super::{TemplateError, sam};

const KINDS: [&str; 5] =
    ["AWS::ApiGateway::RestApi", "AWS::ApiGatewayV2::Api", sam::API, sam::HTTP_API, sam::WEBSOCKET_API];

/// Learns the ids of APIs that were given.
pub(super) fn learn_ids(stack: &mut Stack<'_>, given: &Given) -> Result<(), TemplateError> {
    let mut apis: Vec<String> = Vec::new();
    let written = stack.resources.iter().filter(|resource| KINDS.contains(&resource.kind));
    apis.extend(written.map(|resource| resource.id.to_owned()));
    for event in sam::api_events(stack).iter().flat_map(|(_, events)| events) {
        if !apis.iter().any(|api| api == event.api) {
            apis.push(event.api.to_owned());
        }
    }
    let mut ids = given.api_ids.clone();
    if let Some(id) = &given.api_id {
        if apis.len() > 1 {
            let message = format!("there are {} APIs, and one API id", apis.len());
            let error = TemplateError::new(stack.root.span, message);
            return Err(error.hint(format!("say which: --api-id {}={id}", apis.join("=…, "))));
        }
        ids.extend(apis.first().map(|api| (api.clone(), id.clone())));
    }
    for (api, id) in ids {
        for name in [api.clone(), format!("{api}.ApiId"), format!("{api}.RestApiId")] {
            stack.resolver.learn(name, Resolved::known(id.as_str(), stack.root.span));
        }
    }
    Ok(())
}

/// Adds the APIs.
pub(super) fn read(_stack: &Stack<'_>, _model: &mut Model) {}

/// Adds the API of an OpenAPI document.
pub(super) fn read_document(_document: &Document, _given: &Given, _model: &mut Model) {}
