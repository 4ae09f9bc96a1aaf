//! Requests as other tools send them again: scripts of k6, targets of vegeta.

pub mod k6;
pub mod vegeta;

use crate::http::Request;
use crate::http::secret::is_secret_header;

/// Header fields that say how a body is framed: they follow from the body.
const FRAMING: [&str; 2] = ["content-length", "transfer-encoding"];

/// A request and where it goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replayed {
    /// The whole URL, with the query, as it stands on the wire.
    pub url: String,
    /// Method, header fields and body; path and query stand in the URL.
    pub request: Request,
}

impl Replayed {
    /// The header fields that are sent, equal names brought together.
    fn fields(&self) -> impl Iterator<Item = (&str, Vec<&str>)> {
        let is_framing = |name: &str| FRAMING.iter().any(|own| own.eq_ignore_ascii_case(name));
        self.request.headers.grouped().into_iter().filter(move |(name, _)| !is_framing(name))
    }

    /// Whether there is a credential among its header fields.
    pub fn has_secrets(&self) -> bool {
        self.fields().any(|(name, _)| is_secret_header(name))
    }
}
