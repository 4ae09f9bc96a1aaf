//! What an integration says, whatever kind of template says it: the settings of its route, or why it
//! cannot be emulated.

use super::cfn::Resolved;
use super::mock::Mock;
use super::model::Target;
use super::settings::{PayloadVersion, RouteSettings};
use crate::http::secret::hidden_url;
use std::time::Duration;

/// An integration as a template describes it; what it does not say is `None`.
#[derive(Debug, Clone, Default)]
pub(super) struct IntegrationSays {
    /// Its type, such as `AWS_PROXY`, in any case.
    pub(super) kind: Option<Resolved>,
    /// The action of an AWS service, such as `SQS-SendMessage` (HTTP APIs).
    pub(super) subtype: Option<Resolved>,
    /// `INTERNET` or `VPC_LINK`.
    pub(super) connection: Option<Resolved>,
    /// Where requests go.
    pub(super) uri: Option<Resolved>,
    /// Whether it changes requests or responses on their way (parameter mapping of HTTP APIs).
    pub(super) is_mapping: bool,
    /// The payload format.
    pub(super) payload: Option<Resolved>,
    /// The time limit in milliseconds.
    pub(super) timeout: Option<Resolved>,
    /// `BUFFERED` or `STREAM`.
    pub(super) transfer: Option<Resolved>,
    /// Its answers, if it is a `MOCK`.
    pub(super) mock: Mock,
}

/// Why a route without an integration cannot be emulated.
pub(super) const NO_INTEGRATION: &str = "the document names no function for it";

/// The payload format of a text such as `2.0`.
pub(super) fn payload(text: &str) -> Option<PayloadVersion> {
    match text {
        // A number in YAML: 2.0 is 2.
        "1.0" | "1" => Some(PayloadVersion::V1),
        "2.0" | "2" => Some(PayloadVersion::V2),
        _ => None,
    }
}

impl IntegrationSays {
    /// Notes what it says of a route that goes to `target`.
    pub(super) fn fill(&self, target: &Target, settings: &mut RouteSettings) {
        settings.payload = self.payload.as_ref().and_then(|text| payload(text.text()));
        settings.timeout =
            self.timeout.as_ref().and_then(|text| text.text().parse().ok()).map(Duration::from_millis);
        let uri = self.uri.as_ref().map_or("", Resolved::text);
        let transfer = self.transfer.as_ref().map_or("", Resolved::text);
        settings.streaming =
            transfer.eq_ignore_ascii_case("STREAM") || uri.ends_with("/response-streaming-invocations");
        let kind = self.kind.as_ref().map(|kind| kind.text().to_ascii_uppercase());
        settings.obstacle = match (kind.as_deref(), target) {
            (Some("MOCK"), _) => match self.mock.answer() {
                Ok(answer) => {
                    settings.mock = Some(answer);
                    None
                }
                Err(why) => Some(why),
            },
            (Some("AWS_PROXY") | None, Target::Lambda { .. }) => self.is_mapping.then(|| {
                "its integration changes requests or responses by parameter mapping, which is not emulated"
                    .to_owned()
            }),
            (Some(kind), target) => Some(self.obstacle(kind, target)),
            (None, Target::Other) => Some("the type of its integration is not known".to_owned()),
        };
    }

    /// Why only some integrations can be emulated.
    fn obstacle(&self, kind: &str, target: &Target) -> String {
        if self.connection.as_ref().is_some_and(|own| own.text().eq_ignore_ascii_case("VPC_LINK")) {
            return "its integration goes through a VPC link, which is not emulated".to_owned();
        }
        if let Some(subtype) = &self.subtype {
            return format!(
                "its integration is the action {subtype} of an AWS service, which is not emulated"
            );
        }
        let uri = self.uri.as_ref().map_or_else(|| "nobody".to_owned(), |uri| hidden_url(uri.text()));
        match (kind, target) {
            ("AWS", Target::Lambda { .. }) => {
                "its integration maps requests and responses by templates (type AWS); of functions only proxy \
                 integrations (AWS_PROXY) are emulated"
                    .to_owned()
            }
            ("AWS", _) => format!("its integration asks an AWS service ({uri}), which is not emulated"),
            ("HTTP" | "HTTP_PROXY", _) => {
                format!("its integration forwards requests to {uri}, which is not emulated")
            }
            ("AWS_PROXY", _) => format!("its integration names no known function: {uri}"),
            (kind, _) => format!("the type of its integration, {kind}, is not known"),
        }
    }
}

/// Header fields that a mapping to the integration must not set.
const UNMAPPABLE: [&str; 7] = [
    "content-length",
    "transfer-encoding",
    "authorization",
    "connection",
    "expect",
    "proxy-authenticate",
    "te",
];

/// Why AWS fails every call of a REST API's proxy integration: functions are invoked by POST, and
/// some header fields cannot be mapped to them.
pub(super) fn failing(http_method: Option<&str>, parameters: &[(String, String)]) -> Option<String> {
    if let Some(method) = http_method.filter(|method| !method.eq_ignore_ascii_case("POST")) {
        return Some(format!("its integration invokes the function by {method}, and only POST does"));
    }
    let mut mapped =
        parameters.iter().filter_map(|(name, _)| name.strip_prefix("integration.request.header."));
    let name = mapped.find(|name| UNMAPPABLE.iter().any(|own| own.eq_ignore_ascii_case(name)))?;
    Some(format!("its integration sets the header {name}, which no mapping may set"))
}
