//! `MOCK` integrations of CloudFormation.

use crate::http::Response;
use crate::template::cfn::Resolver;
use crate::template::mock::{Mock, MockResponse};
use crate::template::node::Node;

/// The answer of a `MOCK` integration in a template of CloudFormation.
///
/// # Errors
/// What of it is computed, or missing.
pub(super) fn answer<'t>(resolver: &Resolver<'t>, integration: &'t Node) -> Result<Response, String> {
    let pairs =
        |node: &'t Node, name: &str| node.get(name).map_or_else(Vec::new, |node| resolver.pairs(node));
    let text = |node: &'t Node, name: &str| node.get(name).and_then(|node| resolver.plain(node));
    let responses = integration.get("IntegrationResponses").and_then(|node| resolver.follow(node));
    let responses = responses.map_or(&[][..], Node::items).iter().map(|response| MockResponse {
        pattern: text(response, "SelectionPattern").filter(|own| !own.is_empty()),
        status: text(response, "StatusCode").unwrap_or_default(),
        parameters: pairs(response, "ResponseParameters"),
        templates: pairs(response, "ResponseTemplates"),
    });
    Mock { templates: pairs(integration, "RequestTemplates"), responses: responses.collect() }.answer()
}
