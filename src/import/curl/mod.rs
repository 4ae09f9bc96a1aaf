//! curl command lines: the request that curl would send, and the line for a request.
//!
//! [`parse`] keeps curl's own habits, so that the event is the one that running the line would
//! make: `Accept: */*` and a `User-Agent` are added unless the line gives or removes them, a body
//! makes a POST of a form, `.` and `..` leave the path. What does not reach the request (`-k`,
//! `-o file`, `--retry 3`) is read and left out; what cannot be known (a cookie file, a shell
//! variable) becomes a note. [`write()`] takes curl's habits back, so that reading its line gives
//! the request again.

mod assemble;
mod body;
mod form;
mod options;
mod pieces;
mod quote;
mod read;
mod shell;
#[cfg(test)]
mod tests;
mod url;
mod windows;
mod words;

use crate::http::Request;

pub use body::{BodyOption, HeaderField, Load, Payload, basic, header, query_piece};
pub use quote::{for_shell, write, write_line};
pub use read::parse;
pub use url::joined as joined_query;

/// The `User-Agent` of a line that names none.
pub const USER_AGENT: &str = "curl/8.11.1";

/// The request of a curl command line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CurlRequest {
    /// The URL that curl calls: scheme, host, path and query, ready for the wire.
    pub url: String,
    /// The request with the path and the query of that URL.
    pub request: Request,
    /// What the line says and the request cannot hold, in words.
    pub notes: Vec<String>,
}
