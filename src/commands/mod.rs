//! Subcommands: each file parses its arguments, calls the model, and prints.

pub mod call;
pub mod completions;
pub mod demo;
mod documents;
mod endpoint;
pub mod event_check;
pub mod event_convert;
pub mod event_diff;
pub mod event_from;
pub mod event_gen;
pub mod event_list;
pub mod event_to;
mod exit;
pub mod explain;
pub mod flags;
pub mod from_har;
pub mod from_openapi;
pub mod front_ends;
mod given;
mod invocation;
pub mod invoke;
mod io;
pub mod lint_response;
mod meaning;
mod names;
pub mod policy_arn;
pub mod policy_explain;
pub mod policy_request;
pub mod schema;
mod settings;
mod staged;
mod target;
mod values;
mod verdict;

pub use exit::{Exit, Fault};
pub use io::{ColorChoice, Io, Terminal};
