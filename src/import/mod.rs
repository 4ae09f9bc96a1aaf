//! Requests from what people have at hand: curl command lines, HAR files, raw HTTP; and back to
//! a curl command line or raw HTTP.
//!
//! Nothing here opens a file: bytes come in as text, as a reader, or through a callback.

pub mod curl;
pub mod har;
pub mod raw;

pub use crate::json::Mistake as ImportError;
