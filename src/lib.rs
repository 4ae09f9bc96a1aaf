//! The model of Amazon API Gateway behind the `apigw` command.
//!
//! ```text
//! request ──route──▶ event ──function──▶ invocation ──respond──▶ outcome = response + notices
//! ```

pub mod http;
pub mod json;
#[cfg(test)]
mod testing;
pub mod transport;
