//! The types of gateway responses: by which name a REST API customises an error of the gateway.

use std::fmt;

/// A type of gateway response.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ResponseType {
    /// The policy of an authorizer denies the call.
    AccessDenied,
    /// The API itself is set up wrong.
    ApiConfigurationError,
    /// An authorizer cannot be asked, or gave no usable answer.
    AuthorizerConfigurationError,
    /// An authorizer failed.
    AuthorizerFailure,
    /// The request lacks parameters.
    BadRequestParameters,
    /// The body fits no model.
    BadRequestBody,
    /// Every error with a status from 400 that is not customised itself.
    Default4xx,
    /// Every error with a status from 500 that is not customised itself.
    Default5xx,
    /// The token of AWS has expired.
    ExpiredToken,
    /// The integration answers nothing usable.
    IntegrationFailure,
    /// The integration answers too late.
    IntegrationTimeout,
    /// The API key is missing or not known.
    InvalidApiKey,
    /// The signature does not hold.
    InvalidSignature,
    /// There is no such resource or method, or no signature.
    MissingAuthenticationToken,
    /// The quota of the usage plan is used up.
    QuotaExceeded,
    /// The request is too large.
    RequestTooLarge,
    /// There is no such resource, behind an authorizer.
    ResourceNotFound,
    /// Too many requests.
    Throttled,
    /// The caller is not known.
    Unauthorized,
    /// The content type of the request is not taken.
    UnsupportedMediaType,
    /// WAF blocks the request.
    WafFiltered,
}

impl ResponseType {
    /// Every type with its name and its own status, where it has one.
    const TABLE: [(Self, &'static str, Option<u16>); 21] = [
        (Self::AccessDenied, "ACCESS_DENIED", Some(403)),
        (Self::ApiConfigurationError, "API_CONFIGURATION_ERROR", Some(500)),
        (Self::AuthorizerConfigurationError, "AUTHORIZER_CONFIGURATION_ERROR", Some(500)),
        (Self::AuthorizerFailure, "AUTHORIZER_FAILURE", Some(500)),
        (Self::BadRequestParameters, "BAD_REQUEST_PARAMETERS", Some(400)),
        (Self::BadRequestBody, "BAD_REQUEST_BODY", Some(400)),
        (Self::Default4xx, "DEFAULT_4XX", None),
        (Self::Default5xx, "DEFAULT_5XX", None),
        (Self::ExpiredToken, "EXPIRED_TOKEN", Some(403)),
        (Self::IntegrationFailure, "INTEGRATION_FAILURE", Some(504)),
        (Self::IntegrationTimeout, "INTEGRATION_TIMEOUT", Some(504)),
        (Self::InvalidApiKey, "INVALID_API_KEY", Some(403)),
        (Self::InvalidSignature, "INVALID_SIGNATURE", Some(403)),
        (Self::MissingAuthenticationToken, "MISSING_AUTHENTICATION_TOKEN", Some(403)),
        (Self::QuotaExceeded, "QUOTA_EXCEEDED", Some(429)),
        (Self::RequestTooLarge, "REQUEST_TOO_LARGE", Some(413)),
        (Self::ResourceNotFound, "RESOURCE_NOT_FOUND", Some(404)),
        (Self::Throttled, "THROTTLED", Some(429)),
        (Self::Unauthorized, "UNAUTHORIZED", Some(401)),
        (Self::UnsupportedMediaType, "UNSUPPORTED_MEDIA_TYPE", Some(415)),
        (Self::WafFiltered, "WAF_FILTERED", Some(403)),
    ];

    /// Every type.
    pub fn all() -> impl Iterator<Item = Self> {
        Self::TABLE.into_iter().map(|(own, ..)| own)
    }

    /// The type of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::TABLE.into_iter().find(|(_, own, _)| *own == name).map(|(own, ..)| own)
    }

    /// Its name, such as `MISSING_AUTHENTICATION_TOKEN`.
    pub fn name(self) -> &'static str {
        Self::TABLE[self as usize].1
    }

    /// Its status as the control plane reports it; what a caller gets can differ.
    pub fn status(self) -> Option<u16> {
        Self::TABLE[self as usize].2
    }

    /// The type that speaks for it where it is not customised itself.
    pub fn fallback(self) -> Option<Self> {
        match self.status()? {
            500.. => Some(Self::Default5xx),
            _ => Some(Self::Default4xx),
        }
    }
}

impl fmt::Display for ResponseType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_stands_at_its_place_in_the_table() {
        for (place, (own, name, _)) in ResponseType::TABLE.into_iter().enumerate() {
            assert_eq!(own as usize, place, "{name}");
            assert_eq!(ResponseType::from_name(name), Some(own));
        }
        assert_eq!(ResponseType::Unauthorized.fallback(), Some(ResponseType::Default4xx));
        assert_eq!(ResponseType::IntegrationTimeout.fallback(), Some(ResponseType::Default5xx));
        assert_eq!(ResponseType::Default5xx.fallback(), None);
    }
}
