//! What a body says of its API as a whole: binary media types, CORS, gateway responses.

use super::Body;
use crate::gateway::door::GatewayResponse;
use crate::gateway::{Cors, Flavor};
use crate::template::cfn::Resolved;
use crate::template::gateway_responses::customised;
use crate::template::node::{Member, Node};
use crate::template::settings::{ApiSettings, Obstacle, WayOut};

impl<'t> Body<'_, 't> {
    /// Adds to the settings of the API.
    pub(super) fn whole(&self, settings: &mut ApiSettings) {
        if self.flavor == Flavor::Http {
            if let Some(node) = self.get(self.root, "x-amazon-apigateway-cors") {
                settings.cors = Some(self.cors(node, settings));
            }
            return;
        }
        for own in self.texts(self.root, "x-amazon-apigateway-binary-media-types") {
            if !settings.binary_media_types.iter().any(|known| known == own.text()) {
                settings.binary_media_types.push(own.text().to_owned());
            }
        }
        let own = self.get(self.root, "x-amazon-apigateway-gateway-responses");
        for member in own.map_or(&[][..], Node::members) {
            match self.gateway_response(member) {
                Ok(response) => settings.responses.put(response),
                Err(why) => settings.obstacles.push(self.obstacle(why, &member.value)),
            }
        }
    }

    /// Whether API keys come from authorizers.
    pub(super) fn has_authorizer_keys(&self) -> bool {
        let source = self.text(self.root, "x-amazon-apigateway-api-key-source");
        source.is_some_and(|source| source.text().eq_ignore_ascii_case("AUTHORIZER"))
    }

    fn obstacle(&self, message: String, node: &Node) -> Obstacle {
        let way_out = WayOut::NoApi(self.origin.logical_id.clone());
        Obstacle { message, span: node.span, way_out }
    }

    fn cors(&self, node: &'t Node, settings: &mut ApiSettings) -> Cors {
        let origins = self.texts(node, "allowOrigins");
        if let Some(open) = origins.iter().find(|origin| origin.is_open()) {
            let message =
                format!("the origin {open} of its CORS configuration is known after the deployment only");
            settings.obstacles.push(self.obstacle(message, node));
        }
        let texts = |texts: Vec<Resolved>| texts.iter().map(|text| text.text().to_owned()).collect();
        Cors {
            allow_origins: texts(origins),
            allow_credentials: self.is_true(node, "allowCredentials"),
            expose_headers: texts(self.texts(node, "exposeHeaders")),
            allow_methods: texts(self.texts(node, "allowMethods")),
            allow_headers: texts(self.texts(node, "allowHeaders")),
            max_age: self.text(node, "maxAge").and_then(|text| text.text().parse().ok()),
        }
    }

    fn gateway_response(&self, member: &'t Member) -> Result<GatewayResponse, String> {
        let pairs = |name: &str| self.pairs(&member.value, name);
        let status = self.text(&member.value, "statusCode");
        let status = status.as_ref().map(Resolved::text);
        customised(&member.key, status, &pairs("responseParameters"), &pairs("responseTemplates"))
    }
}
