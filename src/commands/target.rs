//! The URL of a flag: what is wrong with it, and what to do.

use super::exit::Fault;
use crate::http::{Target, TargetError};

/// Takes the URL of `--url` apart. A fault never shows a password or a token in the query.
pub(super) fn parse(url: &str) -> Result<Target, Fault> {
    Target::parse(url).map_err(|error| {
        let fault = Fault::usage(format!("--url: {error}"));
        match error {
            TargetError::User => fault.hint("send them in a header: -H 'Authorization: Basic …'"),
            TargetError::NoHost => fault.hint("for example https://api.example.com/users"),
            TargetError::Scheme(_) | TargetError::Host(_) => fault,
        }
    })
}
