//! A named document of YAML or JSON.

use super::node::Node;
use super::{TemplateError, yaml};
use crate::json::{Lines, Place, Text};

/// A document together with the text that it was read from.
#[derive(Debug, Clone)]
pub struct Document {
    name: String,
    source: String,
    root: Node,
}

impl Document {
    /// Reads JSON if the text begins like an object of JSON and is one, else YAML.
    ///
    /// # Errors
    /// [`TemplateError`] with the place of the mistake.
    pub fn parse(name: impl Into<String>, source: impl Into<String>) -> Result<Self, TemplateError> {
        let (name, source) = (name.into(), source.into());
        let looks_like_json = source.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']).starts_with('{');
        let json = looks_like_json.then(|| Text::parse(name.as_str(), source.as_str()));
        let is_json_file = name.to_ascii_lowercase().ends_with(".json");
        let root = match json {
            Some(Ok(text)) => return Ok(Self::of_json(&text)),
            Some(Err(error)) if is_json_file => {
                return Err(TemplateError::new(error.span, error.kind.to_string()));
            }
            _ => yaml::parse(&source)?,
        };
        Ok(Self { name, source, root })
    }

    /// The document that a text of JSON is.
    pub fn of_json(text: &Text<'_>) -> Self {
        let root = text.fold(&mut Node::of_json);
        Self { name: text.name().to_owned(), source: text.source().to_owned(), root }
    }

    /// What people call the document.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The text as it was read.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The whole value.
    pub fn root(&self) -> &Node {
        &self.root
    }

    /// The whole value, to be changed.
    pub(super) fn root_mut(&mut self) -> &mut Node {
        &mut self.root
    }

    /// The line and column of a byte offset.
    pub fn place(&self, byte: usize) -> Place {
        Lines::new(&self.source).place(&self.source, byte)
    }
}
