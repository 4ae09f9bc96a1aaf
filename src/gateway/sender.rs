//! Who sent a response: what a front end's own headers give away.

use super::flavor::Flavor;
use crate::http::Headers;

/// The header in which a front end names an error of its own.
pub const ERROR_TYPE: &str = "x-amzn-ErrorType";

/// The front end whose ids or name these headers carry; `None` if they carry none. A WebSocket API
/// is not told from a REST API.
pub fn sender(headers: &Headers) -> Option<Flavor> {
    if headers.contains("apigw-requestid") {
        return Some(Flavor::Http); // H-076
    }
    if headers.contains("x-amz-apigw-id") {
        return Some(Flavor::Rest);
    }
    let server = headers.get("server").unwrap_or_default();
    server.starts_with("awselb/").then_some(Flavor::Alb)
}

/// The error type that a response names, without what may follow behind a colon.
pub fn error_type(headers: &Headers) -> Option<&str> {
    let value = headers.get(ERROR_TYPE)?;
    Some(value.split(':').next().unwrap_or(value).trim())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gateway::respond::own_answer;
    use crate::gateway::{Api, Exchange, Stamp};
    use crate::http::Request;

    #[test]
    fn what_the_model_sends_is_told_apart() {
        let sent_by = |flavor: Flavor| {
            let (api, request, stamp) = (Api::new(flavor), Request::new("GET", "/"), Stamp::default());
            let refusal = flavor.facts().refusal;
            sender(&own_answer(&Exchange::new(&api, &request, &stamp), refusal).headers)
        };
        assert_eq!(sent_by(Flavor::Rest), Some(Flavor::Rest));
        assert_eq!(sent_by(Flavor::Http), Some(Flavor::Http));
        assert_eq!(sent_by(Flavor::HttpV1), Some(Flavor::Http));
        assert_eq!(sent_by(Flavor::AlbMulti), Some(Flavor::Alb));
        assert_eq!(sent_by(Flavor::Url), None);
    }

    #[test]
    fn an_error_type_ends_at_a_colon() {
        let headers = Headers::from_iter([("X-Amzn-Errortype", "NotFound:http://internal/")]);
        assert_eq!(error_type(&headers), Some("NotFound"));
    }
}
