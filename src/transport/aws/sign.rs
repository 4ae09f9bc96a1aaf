//! Signatures of requests to AWS, Signature Version 4.

use super::access::Keys;
use super::error::AwsError;
use crate::http::Request;
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

/// The header fields that sign a request to be sent to `url`: its whole target as it goes out.
/// All fields of the request are signed.
///
/// # Errors
/// When the URL or a header field cannot be signed.
pub fn sign(signing: &Signing<'_>, request: &Request, url: &str) -> Result<Vec<(String, String)>, AwsError> {
    let identity = signing.keys.0.clone().into();
    let params = v4::SigningParams::builder()
        .identity(&identity)
        .region(signing.region)
        .name(signing.service)
        .time(UNIX_EPOCH + signing.at)
        .settings(SigningSettings::default())
        .build()
        .map_err(|_| AwsError::unsigned())?;
    let params = SigningParams::V4(params);
    let body = SignableBody::Bytes(&request.body);
    let signable = SignableRequest::new(&request.method, url, request.headers.iter(), body);
    let signed = signable.and_then(|signable| aws_sigv4::http_request::sign(signable, &params));
    let (instructions, _) = signed.map_err(|_| AwsError::unsigned())?.into_parts();
    Ok(instructions.headers().map(|(name, value)| (name.to_owned(), value.to_owned())).collect())
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
