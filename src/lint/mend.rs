//! Mending a text: the edits that make a finding go away, where that is mechanical.

use crate::gateway::Front;
use crate::json::{Pointer, Span, Text};

/// A change of a text: these bytes become that text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The bytes that go; empty for a pure insertion.
    pub span: Span,
    /// What stands there instead.
    pub replacement: String,
}

/// What there is to mend.
#[derive(Debug, Clone, Copy)]
pub struct Broken<'b> {
    /// The text of the document.
    pub text: &'b Text,
    /// The value that the finding is about.
    pub pointer: &'b Pointer,
    /// The front end that reads it.
    pub front: Front,
}

/// The edits that mend a finding; none if this case is not mechanical.
pub type Mend = fn(&Broken<'_>) -> Vec<Edit>;
