//! The services that are asked, and where they are.

use crate::policy::arn::{dns_suffix, partition};

/// A service of AWS.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Service {
    /// Lambda.
    Lambda,
    /// API Gateway, for REST APIs.
    ApiGateway,
    /// API Gateway, for HTTP and WebSocket APIs.
    ApiGatewayV2,
}

impl Service {
    /// All of them.
    pub(super) const ALL: [Self; 3] = [Self::Lambda, Self::ApiGateway, Self::ApiGatewayV2];

    /// Its id in the SDKs with `_` between words, from which the names of settings follow:
    /// `AWS_ENDPOINT_URL_API_GATEWAY`, `api_gateway` in the configuration file.
    pub fn id(self) -> &'static str {
        match self {
            Self::Lambda => "Lambda",
            Self::ApiGateway => "API_Gateway",
            Self::ApiGatewayV2 => "ApiGatewayV2",
        }
    }

    /// The name that signatures hold.
    pub fn signing_name(self) -> &'static str {
        match self {
            Self::Lambda => "lambda",
            Self::ApiGateway | Self::ApiGatewayV2 => "apigateway",
        }
    }

    /// The environment variable with its endpoint.
    #[cfg(any(test, not(feature = "aws-chain")))]
    pub(super) fn endpoint_variable(self) -> String {
        format!("AWS_ENDPOINT_URL_{}", self.id().to_ascii_uppercase())
    }

    /// Its own endpoint in a region.
    pub(super) fn endpoint(self, region: &str) -> String {
        format!("https://{}.{region}.{}", self.signing_name(), dns_suffix(partition(region)))
    }
}
