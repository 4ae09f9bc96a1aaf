//! Requests of which two programs could think differently where they end or whom they are for; a
//! gateway has to refuse them (RFC 9112, 3.2 and 6.3).

use crate::http::Headers;
use hyper::body::Incoming;
use hyper::header::{CONTENT_LENGTH, HOST, TRANSFER_ENCODING};
use hyper::{Request, Version};

/// The status with which a request is refused for its form, if it is. `fields` are its header fields
/// as they were written, if they are known: of several lengths hyper keeps one.
pub(super) fn refusal(request: &Request<Incoming>, fields: Option<&Headers>) -> Option<u16> {
    let count = |name: &hyper::header::HeaderName| match fields {
        Some(fields) => fields.all(name.as_str()).count(),
        None => request.headers().get_all(name).iter().count(),
    };
    let (lengths, codings, hosts) = (count(&CONTENT_LENGTH), count(&TRANSFER_ENCODING), count(&HOST));
    let ambiguous = lengths > 1 || (lengths > 0 && codings > 0);
    let hostless = hosts > 1 || (hosts == 0 && request.version() == Version::HTTP_11);
    // `*` and the target of CONNECT are none of a resource.
    let pathless = !request.uri().path().starts_with('/');
    (ambiguous || hostless || pathless).then_some(400)
}
