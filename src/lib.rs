//! The model of Amazon API Gateway behind the `apigw` command.
//!
//! ```text
//! request ──route──▶ event ──function──▶ invocation ──respond──▶ outcome = response + notices
//! ```

pub mod cli;
pub mod commands;
pub mod config;
pub mod gateway;
pub mod http;
pub mod import;
pub mod input;
pub mod json;
pub mod lint;
pub mod policy;
pub mod report;
pub mod suite;
pub mod template;
#[cfg(test)]
mod testing;
pub mod transport;
