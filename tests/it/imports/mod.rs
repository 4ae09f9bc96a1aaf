//! Events from what people have, back to requests, and from one front end to another.

mod convert;
mod curl;
mod har;
mod http;
mod openapi;

use crate::cli::apigw;
use serde_json::Value;

/// The member at a pointer.
fn at<'e>(event: &'e Value, pointer: &str) -> &'e Value {
    event.pointer(pointer).unwrap_or_else(|| panic!("no {pointer} in {event:#}"))
}
