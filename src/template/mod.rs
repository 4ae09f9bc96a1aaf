//! Descriptions of APIs: OpenAPI documents as routes and as sample requests.
//!
//! YAML and JSON are read into one tree in which every part knows its place.

mod document;
mod node;
pub mod openapi;
mod yaml;

pub use document::Document;
pub use node::{Kind, Member, Node};

use crate::json::Span;

/// What is wrong with a template, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct TemplateError {
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
    /// The bytes that it is about.
    pub span: Span,
}

impl TemplateError {
    /// An error about some bytes of the document.
    pub fn new(span: Span, message: impl Into<String>) -> Self {
        Self { message: message.into(), hint: None, span }
    }

    /// The same with advice.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}
