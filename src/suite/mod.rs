//! Suites: declarative tests of an API, read from YAML with the place of every part, and what
//! comes of them.
//!
//! A [`Suite`] names a target and cases. A [`Case`] becomes a [`Step`] once its variables are
//! known: what is asked, what is expected of the [`Answer`], and what is captured from it.

mod ask;
mod capture;
mod case;
mod described;
mod expect;
pub mod first;
pub mod hostile;
mod keys;
mod outcome;
mod query;
mod read;
mod redact;
mod snapshot;
mod target;
#[cfg(test)]
mod tests;
mod variables;

pub use ask::{Ask, Payload, RequestAsk};
pub use capture::Capture;
pub use case::{Case, Step};
pub use expect::{Answer, Around, Diff, Expectations, Failure, FunctionFailure, Noticed, Schema};
pub use outcome::{CaseResult, Totals, Verdict};
pub use read::Suite;
pub use snapshot::Snapshots;
pub use target::{Served, Target, Who};
pub use variables::Variables;

/// The published schema of suites, for editors.
pub const SCHEMA: &str = include_str!("../../schemas/suite.json");

/// How the names of files with suites end.
pub const ENDINGS: [&str; 2] = ["apigw.yaml", "apigw.yml"];
