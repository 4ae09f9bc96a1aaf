//! Signatures of requests to AWS, Signature Version 4.

use super::access::{Access, Keys};
use super::canonical;
use super::error::AwsError;
use crate::http::Request;
use crate::transport::client::target;
use aws_sigv4::http_request::{SignableBody, SignableRequest, SigningParams, SigningSettings};
use aws_sigv4::sign::v4;
use std::time::{Duration, UNIX_EPOCH};

/// What a signature is made with.
#[derive(Debug, Clone, Copy)]
pub struct Signing<'a> {
    /// Whose it is.
    pub keys: &'a Keys,
    /// The region.
    pub region: &'a str,
    /// The name of the service in signatures: `lambda`, `apigateway`, `execute-api`.
    pub service: &'a str,
    /// The time since 1970.
    pub at: Duration,
}

/// Header fields that are not signed: what holds the signature, and what clients and proxies change
/// on the way. The list is that of AWS's own client for Python.
const UNSIGNED: [&str; 15] = [
    "authorization",
    "baggage",
    "connection",
    "expect",
    "keep-alive",
    "proxy-authenticate",
    "proxy-authorization",
    "te",
    "traceparent",
    "tracestate",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "user-agent",
    "x-amzn-trace-id",
];

/// Header fields that a signature brings, and the one that follows from the body.
const REPLACED: [&str; 4] = ["authorization", "x-amz-date", "x-amz-security-token", "content-length"];

/// The hash of the body in the words of the sender, such as `UNSIGNED-PAYLOAD`.
const CONTENT_HASH: &str = "x-amz-content-sha256";

/// The header fields that sign a request to be sent to `url`: its whole target as it goes out.
/// Fields are signed but for those that may change on the way, and for values that are no ASCII.
///
/// # Errors
/// When the URL or a header field cannot be signed.
pub fn sign(signing: &Signing<'_>, request: &Request, url: &str) -> Result<Vec<(String, String)>, AwsError> {
    let identity = signing.keys.0.clone().into();
    let mut settings = SigningSettings::default();
    settings.excluded_headers = Some(UNSIGNED.map(Into::into).into());
    let params = v4::SigningParams::builder()
        .identity(&identity)
        .region(signing.region)
        .name(signing.service)
        .time(UNIX_EPOCH + signing.at)
        .settings(settings)
        .build()
        .map_err(|_| AwsError::unsigned())?;
    let params = SigningParams::V4(params);
    let body = match request.headers.get(CONTENT_HASH) {
        Some(hash) => SignableBody::Precomputed(hash.to_owned()),
        None => SignableBody::Bytes(&request.body),
    };
    let fields = request.headers.iter().filter(|(_, value)| value.is_ascii());
    let signable = SignableRequest::new(&request.method, url, fields, body);
    let signed = signable.and_then(|signable| aws_sigv4::http_request::sign(signable, &params));
    let (instructions, _) = signed.map_err(|_| AwsError::unsigned())?.into_parts();
    Ok(instructions.headers().map(|(name, value)| (name.to_owned(), value.to_owned())).collect())
}

/// A request to be sent to `base` (scheme, host and port, no path), signed. Its path and query are brought
/// into the form of which every reader computes the same signature; what they mean stays. A
/// signature that it has is replaced.
///
/// # Errors
/// When it cannot be signed: a query that is no UTF-8, a URL that is none or holds a password.
pub fn signed(signing: &Signing<'_>, mut request: Request, base: &str) -> Result<Request, AwsError> {
    request.path = canonical::path(&request.path);
    if let Some(raw) = request.query.take() {
        request.query = canonical::query(&raw).map_err(AwsError::query_not_utf8)?;
    }
    for name in REPLACED {
        request.headers.remove(name);
    }
    let url = target(base, &request)?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err(AwsError::password_in_url());
    }
    // Without the segments . and .., which no URL keeps.
    url.path().clone_into(&mut request.path);
    for (name, value) in sign(signing, &request, url.as_str())? {
        request.headers.append(name, value);
    }
    Ok(request)
}

impl Access {
    /// What signs for a service at a time since 1970.
    pub fn signing<'a>(&'a self, service: &'a str, at: Duration) -> Signing<'a> {
        Signing { keys: &self.keys, region: &self.region, service, at }
    }

    /// The region.
    pub fn region(&self) -> &str {
        &self.region
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first case of AWS's published test suite for Signature Version 4, `get-vanilla`.
    #[test]
    fn the_published_case_is_signed_as_published() {
        let keys = Keys::new("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", None);
        let at = Duration::from_secs(1_440_938_160);
        let signing = Signing { keys: &keys, region: "us-east-1", service: "service", at };
        let fields = sign(&signing, &Request::new("GET", "/"), "https://example.amazonaws.com/").unwrap();
        let authorization = fields.iter().find(|(name, _)| name == "authorization").unwrap();
        assert_eq!(
            authorization.1,
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, \
             SignedHeaders=host;x-amz-date, \
             Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"
        );
    }
}
