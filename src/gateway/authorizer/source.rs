//! Identity sources: where in a request the identity of its caller stands.

use crate::gateway::event::Call;
use crate::http::query;
use std::fmt;

/// A place in a call (R-242, H-106).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IdentitySource {
    /// A header, compared without case.
    Header(String),
    /// A query parameter.
    Query(String),
    /// A variable of the stage.
    StageVariable(String),
    /// A variable of the request's context.
    Context(String),
}

impl IdentitySource {
    /// Reads a source as REST (`method.request.header.X`), HTTP (`$request.header.X`) and
    /// WebSocket APIs (`route.request.header.X`) write it.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().trim_start_matches('$');
        let text = text.strip_prefix("method.").or_else(|| text.strip_prefix("route.")).unwrap_or(text);
        let of = |prefix: &str| text.strip_prefix(prefix).filter(|name| !name.is_empty()).map(str::to_owned);
        of("request.header.")
            .map(Self::Header)
            .or_else(|| of("request.querystring.").map(Self::Query))
            .or_else(|| of("stageVariables.").map(Self::StageVariable))
            .or_else(|| of("context.").map(Self::Context))
    }

    /// What stands there in a call; what is empty is missing.
    pub(in crate::gateway) fn value(&self, call: &Call<'_>) -> Option<String> {
        let value = match self {
            Self::Header(name) => call.request.headers.get(name).map(str::to_owned),
            Self::Query(name) => {
                let pairs = query::decode(call.request.query.as_deref().unwrap_or_default());
                pairs.into_iter().rev().find(|(own, _)| own == name).map(|(_, value)| value)
            }
            Self::StageVariable(name) => {
                let variables = call.api.stage_variables.iter();
                variables.rev().find(|(own, _)| own == name).map(|(_, value)| value.clone())
            }
            Self::Context(name) => context(call, name),
        };
        value.filter(|value| !value.is_empty())
    }
}

/// The variables of the context that people take for identity; others count as missing.
fn context(call: &Call<'_>, name: &str) -> Option<String> {
    let value = match name {
        "identity.sourceIp" | "http.sourceIp" => call.caller.source_ip.clone(),
        "identity.userAgent" | "http.userAgent" => call.request.headers.get("user-agent")?.to_owned(),
        "identity.apiKey" => call.caller.api_key.clone()?,
        "httpMethod" | "http.method" => call.request.method.clone(),
        "path" | "http.path" => call.request.path.clone(),
        "stage" => call.api.stage.clone(),
        "apiId" => call.api.id.clone(),
        "accountId" => call.api.account.clone(),
        "domainName" => call.api.host(),
        "routeKey" | "resourcePath" => call.route_key()?,
        _ => return None,
    };
    Some(value)
}

/// In words: `header Authorization`.
impl fmt::Display for IdentitySource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Header(name) => write!(f, "header {name}"),
            Self::Query(name) => write!(f, "query parameter {name}"),
            Self::StageVariable(name) => write!(f, "stage variable {name}"),
            Self::Context(name) => write!(f, "context variable {name}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_are_read_in_every_spelling() {
        let header = Some(IdentitySource::Header("X-A".to_owned()));
        for text in ["method.request.header.X-A", "$request.header.X-A", "route.request.header.X-A"] {
            assert_eq!(IdentitySource::parse(text), header, "{text}");
        }
        let query = Some(IdentitySource::Query("token".to_owned()));
        assert_eq!(IdentitySource::parse("$request.querystring.token"), query);
        assert!(IdentitySource::parse("$stageVariables.a").is_some());
        assert!(IdentitySource::parse("$context.identity.sourceIp").is_some());
        for text in ["", "Authorization", "$request.body.x", "$request.header.", "$request.path.id"] {
            assert_eq!(IdentitySource::parse(text), None, "{text}");
        }
    }
}
