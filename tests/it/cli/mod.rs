//! The command line as its users meet it: words and files in; two streams and an exit code out.

mod contract;
mod event_gen;
mod lint_response;
mod run;

pub(crate) use run::{Ran, Run, apigw, snapshot};
