//! CORS as an API or a function URL is configured with it: what it does to a function's answer.

use crate::http::{Body, Headers, Request, Response};

/// The CORS configuration of an HTTP API or a function URL.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cors {
    /// The origins that may read answers; `*` is every origin.
    pub allow_origins: Vec<String>,
    /// Whether requests may carry credentials.
    pub allow_credentials: bool,
    /// The response headers that scripts may read.
    pub expose_headers: Vec<String>,
    /// The methods that a preflight allows; `*` is every method.
    pub allow_methods: Vec<String>,
    /// The request headers that a preflight allows; `*` is every header.
    pub allow_headers: Vec<String>,
    /// How many seconds a browser may keep what a preflight said.
    pub max_age: Option<u32>,
}

/// The headers that a configuration speaks of (H-093).
const OWN: [&str; 6] = [
    "access-control-allow-origin",
    "access-control-allow-credentials",
    "access-control-allow-headers",
    "access-control-allow-methods",
    "access-control-expose-headers",
    "access-control-max-age",
];

impl Cors {
    /// Whether a configuration has its own word on that header.
    pub fn decides(header: &str) -> bool {
        OWN.iter().any(|own| own.eq_ignore_ascii_case(header))
    }

    /// The answer to a preflight; `None` if the request is none (H-093, U-024). Its status is that
    /// of an emulator, for AWS's own is not on record.
    pub(super) fn preflight(&self, request: &Request) -> Option<Response> {
        let asks = request.headers.contains("access-control-request-method");
        if request.method != "OPTIONS" || !asks || !request.headers.contains("origin") {
            return None;
        }
        let mut headers = Headers::new();
        self.add(request, &mut headers);
        if headers.contains(OWN[0]) {
            for (name, list) in [(OWN[3], &self.allow_methods), (OWN[2], &self.allow_headers)] {
                if !list.is_empty() {
                    headers.append(name, list.join(","));
                }
            }
            if let Some(seconds) = self.max_age {
                headers.append(OWN[5], seconds.to_string());
            }
        }
        Some(Response { status: 204, headers, body: Body(Vec::new()) })
    }

    /// The headers of an answer to this request; none if it names no origin (H-093).
    fn headers(&self, request: &Request) -> Vec<(&'static str, String)> {
        let Some(origin) = request.headers.get("origin") else { return Vec::new() };
        let mut headers = Vec::new();
        let any = self.allow_origins.iter().any(|allowed| allowed == "*");
        if any || self.allow_origins.iter().any(|allowed| allowed == origin) {
            let allowed = if any { "*" } else { origin }; // H-094
            headers.push((OWN[0], allowed.to_owned()));
        }
        if self.allow_credentials {
            headers.push((OWN[1], "true".to_owned()));
        }
        if !self.expose_headers.is_empty() {
            headers.push((OWN[4], self.expose_headers.join(",").to_ascii_lowercase())); // H-094
        }
        headers
    }

    /// An HTTP API discards what the function says of CORS (H-093).
    pub(super) fn replace(&self, request: &Request, headers: &mut Headers) {
        for name in OWN {
            headers.remove(name);
        }
        self.add(request, headers);
    }

    /// A function URL adds its headers to those of the function (U-024).
    pub(super) fn add(&self, request: &Request, headers: &mut Headers) {
        for (name, value) in self.headers(request) {
            headers.append(name, value);
        }
    }
}
