//! Subcommands: each file parses its arguments, calls the model, and prints.

pub mod call;
pub mod completions;
pub mod demo;
mod endpoint;
pub mod event_check;
pub mod event_diff;
pub mod event_gen;
pub mod event_list;
mod exit;
pub mod explain;
pub mod flags;
pub mod front_ends;
mod invocation;
pub mod invoke;
mod io;
pub mod lint_response;
mod meaning;
pub mod schema;
mod settings;
mod target;
mod values;
mod verdict;

pub use exit::{Exit, Fault};
pub use io::{ColorChoice, Io, Terminal};
