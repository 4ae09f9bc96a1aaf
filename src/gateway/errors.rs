//! The dictionary of answers that a gateway makes itself, body for body.
//!
//! REST APIs have two styles (R-265): the front end writes no space behind the colon, failures of
//! the integration have one. HTTP APIs never have one (H-063). Where the body tells of the request,
//! what stands here is its beginning.

use super::response_type::ResponseType;
use crate::http::Response;
use serde_json::Value;

/// An answer that comes from the gateway and not from the function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GatewayError {
    /// The status code; above 1000 the code with which a WebSocket connection is closed.
    pub status: u16,
    /// The body, byte for byte.
    pub body: &'static str,
    /// The value of `x-amzn-ErrorType`, where the flavour sends one.
    pub error_type: Option<&'static str>,
    /// The name under which a REST API customises it, where it may be customised.
    pub kind: Option<ResponseType>,
}

impl GatewayError {
    /// The message in the body: of JSON its member `message`, of a beginning what is there of it.
    pub fn message(&self) -> String {
        let parsed: Option<Value> = serde_json::from_str(self.body).ok();
        let member = |value: &Value| {
            let text = value.get("message").or_else(|| value.get("Message"))?;
            Some(text.as_str().unwrap_or_default().to_owned())
        };
        match parsed.as_ref().and_then(member) {
            Some(message) => message,
            None => self.body.split_once("essage\":\"").map_or(self.body, |(_, rest)| rest).to_owned(),
        }
    }

    /// Whether the body is only the beginning of what the caller gets.
    pub fn is_beginning(&self) -> bool {
        self.body.starts_with('{') && !self.body.ends_with('}')
    }
}

const fn error(status: u16, body: &'static str, error_type: Option<&'static str>) -> GatewayError {
    GatewayError { status, body, error_type, kind: None }
}

/// An error that a REST API may customise (R-260).
const fn of(kind: ResponseType, error: GatewayError) -> GatewayError {
    GatewayError { kind: Some(kind), ..error }
}

const INTERNAL: Option<&str> = Some("InternalServerErrorException");

/// A malformed result or a failed function (R-151, R-171).
pub static REST_MALFORMED: GatewayError =
    of(ResponseType::IntegrationFailure, error(502, r#"{"message": "Internal server error"}"#, INTERNAL));
/// A body that should be decoded and is not base64 (R-209).
pub static REST_CONFIGURATION: GatewayError =
    of(ResponseType::ApiConfigurationError, error(500, r#"{"message": "Internal server error"}"#, INTERNAL));
/// The integration took longer than its time limit (R-187).
pub static REST_TIMEOUT: GatewayError =
    of(ResponseType::IntegrationTimeout, error(504, r#"{"message": "Endpoint request timed out"}"#, None));
/// No resource of that path, or none with that method (R-264).
pub static REST_NO_ROUTE: GatewayError = of(
    ResponseType::MissingAuthenticationToken,
    error(403, r#"{"message":"Missing Authentication Token"}"#, Some("MissingAuthenticationTokenException")),
);
/// A call that lacks an API key, or has a wrong one (R-266).
pub static REST_API_KEY: GatewayError =
    of(ResponseType::InvalidApiKey, error(403, r#"{"message":"Forbidden"}"#, Some("ForbiddenException")));
/// A stage that does not exist, as is widely reported (R-276); a request that WAF blocks, whose body is
/// not on record (R-260).
pub static REST_FORBIDDEN: GatewayError = error(403, r#"{"message":"Forbidden"}"#, None);
/// More requests than the limits of stage, method or usage plan let pass (R-267).
pub static REST_THROTTLED: GatewayError = of(
    ResponseType::Throttled,
    error(429, r#"{"message":"Too Many Requests"}"#, Some("TooManyRequestsException")),
);
/// The quota of the usage plan is used up (R-267).
pub static REST_QUOTA: GatewayError = of(
    ResponseType::QuotaExceeded,
    error(429, r#"{"message":"Limit Exceeded"}"#, Some("LimitExceededException")),
);
/// A body over the gateway's own limit: plain text (R-268).
pub static REST_BODY_TOO_LARGE: GatewayError =
    error(413, "HTTP content length exceeded 10485760 bytes.", None);
/// A body whose event is over Lambda's limit (R-269).
pub static REST_EVENT_TOO_LARGE: GatewayError = of(
    ResponseType::RequestTooLarge,
    error(413, r#"{"message": "Request Too Long"}"#, Some("BadRequestException")),
);
/// The body does not fit the model of the method (R-271).
pub static REST_INVALID_BODY: GatewayError =
    of(ResponseType::BadRequestBody, error(400, r#"{"message":"Invalid request body"}"#, None));
/// Parameters are missing that the method requires; a list of them follows (R-271).
pub static REST_MISSING_PARAMETERS: GatewayError = of(
    ResponseType::BadRequestParameters,
    error(400, r#"{"message":"Missing required request parameters: ["#, None),
);
/// The resource policy lets no anonymous caller through; the ARN of the call follows (R-285).
pub static REST_ANONYMOUS: GatewayError = of(
    ResponseType::AccessDenied,
    error(
        403,
        r#"{"Message":"User: anonymous is not authorized to perform: execute-api:Invoke on resource: "#,
        None,
    ),
);

/// A malformed result or a failed function (H-063, H-064).
pub static HTTP_MALFORMED: GatewayError = error(500, r#"{"message":"Internal Server Error"}"#, None);
/// The integration took longer than its time limit (H-065).
pub static HTTP_TIMEOUT: GatewayError = error(503, r#"{"message":"Service Unavailable"}"#, None);
/// No route of that path and method, and no `$default` (H-091).
pub static HTTP_NO_ROUTE: GatewayError = error(404, r#"{"message":"Not Found"}"#, None);
/// A result over Lambda's payload limit; one emulator's word (H-082).
pub static HTTP_TOO_LARGE: GatewayError = error(413, r#"{"message":"Request Entity Too Large"}"#, None);

/// A Lambda authorizer said `Unauthorized`, or an identity source is missing (R-240, R-243).
pub static REST_UNAUTHORIZED: GatewayError = of(
    ResponseType::Unauthorized,
    error(401, r#"{"message":"Unauthorized"}"#, Some("UnauthorizedException")),
);
/// A Lambda authorizer failed, or its answer cannot be read (R-244).
pub static REST_AUTHORIZER_CONFIGURATION: GatewayError = of(
    ResponseType::AuthorizerConfigurationError,
    error(500, r#"{"message":null}"#, Some("AuthorizerConfigurationException")),
);
/// No statement of the authorizer's policy allows the call (R-246, R-247).
pub static REST_DENIED: GatewayError = of(
    ResponseType::AccessDenied,
    error(
        403,
        r#"{"Message":"User is not authorized to access this resource"}"#,
        Some("AccessDeniedException"),
    ),
);
/// A statement of the authorizer's policy denies the call (R-245, R-247).
pub static REST_DENIED_EXPLICITLY: GatewayError = of(
    ResponseType::AccessDenied,
    error(
        403,
        r#"{"Message":"User is not authorized to access this resource with an explicit deny"}"#,
        Some("AccessDeniedException"),
    ),
);
/// The ARN of the call is longer than an authorizer may get (R-250).
pub static REST_URI_TOO_LONG: GatewayError = error(414, r#"{"message":"Request URI too long"}"#, None);

/// An identity source is missing (H-104); the body as for a JWT that does not hold (H-108).
pub static HTTP_UNAUTHORIZED: GatewayError = error(401, r#"{"message":"Unauthorized"}"#, None);
/// A Lambda authorizer denies the call (H-102); the body as for a missing scope (H-108).
pub static HTTP_FORBIDDEN: GatewayError = error(403, r#"{"message":"Forbidden"}"#, None);

/// A malformed result or a failed function: 502 to an upgrade (W-020), a message with this body
/// and the two ids to a message (W-023).
pub static WEBSOCKET_MALFORMED: GatewayError =
    error(502, r#"{"message": "Internal server error"}"#, INTERNAL);
/// No route has the key of a message, and there is no `$default` (W-011).
pub static WEBSOCKET_NO_ROUTE: GatewayError = error(403, r#"{"message": "Forbidden"}"#, None);
/// An authorizer refuses the upgrade for want of an identity (W-020).
pub static WEBSOCKET_UNAUTHORIZED: GatewayError = error(401, r#"{"message": "Unauthorized"}"#, None);
/// An authorizer denies the upgrade (W-020).
pub static WEBSOCKET_FORBIDDEN: GatewayError = error(403, r#"{"message": "Forbidden"}"#, None);
/// An authorizer failed on an upgrade; the status as for REST APIs (R-244).
pub static WEBSOCKET_AUTHORIZER_CONFIGURATION: GatewayError =
    error(500, r#"{"message": "Internal server error"}"#, None);
/// A request on the endpoint of a WebSocket API that is no upgrade; of the answer the status is
/// reported (W-026).
pub static WEBSOCKET_NO_UPGRADE: GatewayError = error(426, r#"{"message": "Upgrade Required"}"#, None);
/// An upgrade that breaks the rules of the handshake (RFC 6455, 4.2.1).
pub static WEBSOCKET_HANDSHAKE: GatewayError = error(400, r#"{"message": "Bad Request"}"#, None);
/// No more connections for now.
pub static WEBSOCKET_TOO_MANY: GatewayError = error(429, r#"{"message": "Too Many Requests"}"#, None);
/// A call of `@connections` for a connection that is closed, unknown or not open yet (W-026).
pub static CONNECTION_GONE: GatewayError = error(410, "", Some("GoneException"));
/// A call of `@connections` with an id that is none (W-026); the id follows.
pub static CONNECTION_ID: GatewayError =
    error(400, r#"{"message":"Invalid connectionId: "#, Some("BadRequestException"));
/// A message of more than 128 KB for a client (W-027).
pub static CONNECTION_TOO_LARGE: GatewayError =
    error(413, r#"{"message":"Message too long"}"#, Some("PayloadTooLargeException"));
/// More messages for a client than it takes.
pub static CONNECTION_BUSY: GatewayError =
    error(429, r#"{"message":"Limit exceeded"}"#, Some("LimitExceededException"));
/// A binary message closes the connection with code 1003 (W-027).
pub static WEBSOCKET_BINARY: GatewayError = error(1003, "", None);
/// A message of more than 128 KB closes the connection with code 1009 (W-027).
pub static WEBSOCKET_TOO_LARGE: GatewayError = error(1009, "", None);
/// A function that failed behind a function URL (U-015).
pub static URL_FAILED: GatewayError = error(502, "Internal Server Error", None);
/// A function URL that leads nowhere (U-016).
pub static URL_UNKNOWN: GatewayError = error(403, r#"{"Message":null}"#, Some("AccessDeniedException"));
/// The same, until late in 2025 (U-016).
pub static URL_FORBIDDEN_BEFORE: GatewayError =
    error(403, r#"{"Message":"Forbidden"}"#, Some("AccessDeniedException"));

/// A malformed result, a failed function, its time limit (L-026). Only the heading of the page is
/// on record.
pub static ALB_BAD_GATEWAY: GatewayError = error(
    502,
    "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n</body>\r\n</html>\r\n",
    None,
);

/// A failure behind VPC Lattice; its status is not known (V-003).
pub static LATTICE_BAD_GATEWAY: GatewayError = error(502, "", None);

/// A caller whom a function URL does not let through, or a URL whose function is gone (U-016).
pub static URL_FORBIDDEN: GatewayError = error(
    403,
    r#"{"Message":"Forbidden. For troubleshooting Function URL authorization issues, see: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html"}"#,
    Some("AccessDeniedException"),
);

/// How functions behind a REST API and its authorizers end, where that is not as they should.
static OF_FUNCTIONS: [&GatewayError; 7] = [
    &REST_MALFORMED,
    &REST_CONFIGURATION,
    &REST_TIMEOUT,
    &REST_UNAUTHORIZED,
    &REST_AUTHORIZER_CONFIGURATION,
    &REST_DENIED,
    &REST_DENIED_EXPLICITLY,
];

/// The error of which an answer tells that a REST API made itself of a function's end.
pub(super) fn of_function(answer: &Response) -> Option<&'static GatewayError> {
    let told = |error: &&GatewayError| {
        error.status == answer.status && error.body.as_bytes() == answer.body.0.as_slice()
    };
    OF_FUNCTIONS.into_iter().find(told)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_have_the_recorded_lengths() {
        let cases = [
            (URL_UNKNOWN, 16),          // U-016
            (URL_FORBIDDEN, 144),       // U-016
            (REST_EVENT_TOO_LARGE, 31), // R-265
            (REST_MALFORMED, 36),       // R-151
            (REST_NO_ROUTE, 42),        // R-265
            (HTTP_MALFORMED, 35),       // H-063
            (HTTP_TIMEOUT, 33),         // H-065
            (HTTP_UNAUTHORIZED, 26),    // H-108
        ];
        for (error, length) in cases {
            assert_eq!(error.body.len(), length, "{}", error.body);
        }
    }

    #[test]
    fn messages_are_read_out_of_bodies() {
        let cases = [
            (REST_MALFORMED, "Internal server error"),
            (REST_DENIED, "User is not authorized to access this resource"),
            (REST_AUTHORIZER_CONFIGURATION, ""),
            (URL_FAILED, "Internal Server Error"),
            (REST_MISSING_PARAMETERS, "Missing required request parameters: ["),
        ];
        for (error, message) in cases {
            assert_eq!(error.message(), message, "{}", error.body);
        }
        assert!(REST_MISSING_PARAMETERS.is_beginning() && !REST_MALFORMED.is_beginning());
    }
}
