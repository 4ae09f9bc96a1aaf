//! Why an import cannot be read, and where.

use crate::json::Span;

/// What is wrong with an input, in words that never repeat a header's or a body's content.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct ImportError {
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
    /// The bytes of the input that it is about.
    pub span: Span,
}

impl ImportError {
    /// An error about some bytes of the input.
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
