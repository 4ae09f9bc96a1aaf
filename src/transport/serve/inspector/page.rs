//! The page itself, which stands in this program, and what a browser is told with everything that
//! comes from here.

use hyper::header::{HeaderName, HeaderValue};

/// A file of the page with its media type.
pub(super) struct File {
    pub(super) media_type: &'static str,
    pub(super) content: &'static str,
}

/// The file at a path, if the page has it.
pub(super) fn file(path: &str) -> Option<File> {
    let (media_type, content) = match path {
        "/" => ("text/html; charset=utf-8", include_str!("page/index.html")),
        "/style.css" => ("text/css; charset=utf-8", include_str!("page/style.css")),
        "/page.js" => ("text/javascript; charset=utf-8", include_str!("page/page.js")),
        _ => return None,
    };
    Some(File { media_type, content })
}

/// Nothing from elsewhere, in no frame, kept nowhere, and told to nobody.
pub(super) const HEADERS: [(HeaderName, HeaderValue); 6] = [
    (
        hyper::header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'; \
             base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        ),
    ),
    (hyper::header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (hyper::header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    (hyper::header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
    (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
];
