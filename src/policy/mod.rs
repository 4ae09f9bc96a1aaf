//! IAM policies: what a document says about a request, and why.

pub mod arn;
pub mod pattern;

pub use pattern::{ArnPattern, Mismatch, Pattern};
