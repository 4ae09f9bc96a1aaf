//! Gateway responses that a template customises.

use crate::gateway::ResponseType;
use crate::gateway::door::GatewayResponse;

/// A gateway response by its type, such as `DEFAULT_4XX`, with its status, its response parameters
/// and its templates by content type.
///
/// # Errors
/// What of it is not known, or cannot be emulated, behind the name of the type.
pub(super) fn customised(
    kind: &str,
    status: Option<&str>,
    parameters: &[(String, String)],
    templates: &[(String, String)],
) -> Result<GatewayResponse, String> {
    let because = |why: &dyn std::fmt::Display| format!("its gateway response {kind}: {why}");
    let mut response =
        GatewayResponse::new(ResponseType::from_name(kind).ok_or_else(|| because(&"there is no such type"))?);
    if let Some(status) = status {
        let number = status.parse().ok().filter(|status| (200..600).contains(status));
        response.status = Some(number.ok_or_else(|| because(&format!("{status} is no status")))?);
    }
    for (parameter, value) in parameters {
        response.header(parameter, value).map_err(|mistake| because(&mistake))?;
    }
    for (content_type, template) in templates {
        response.template(content_type, template).map_err(|mistake| because(&mistake))?;
    }
    Ok(response)
}
