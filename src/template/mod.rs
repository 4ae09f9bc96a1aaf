//! Descriptions of APIs: OpenAPI documents as routes and as sample requests.
//!
//! YAML and JSON are read into one tree in which every part knows its place.

mod document;
mod node;
pub mod openapi;
mod yaml;

pub use document::Document;
pub use node::{Kind, Member, Node};

pub use crate::json::Mistake as TemplateError;
