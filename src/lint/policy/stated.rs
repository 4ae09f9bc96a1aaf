//! A text as a policy or a template states it, and where each of its bytes stands.

use crate::json::{Edit, Part, Pointer, Span};
use crate::policy::{Carried, Spot};
use crate::template::Resolved;

/// A text of a policy or of a template.
#[derive(Debug, Clone, Copy)]
pub enum Stated<'a> {
    /// A value of a policy document.
    Policy(&'a Carried<'a>, &'a Spot),
    /// A value of a template.
    Template(&'a Resolved),
}

impl<'a> Stated<'a> {
    /// The text; what only a deployment knows stays in it as `${…}`.
    pub fn text(&self) -> &'a str {
        match self {
            Self::Policy(_, spot) => &spot.text,
            Self::Template(resolved) => resolved.text(),
        }
    }

    /// Where all of it stands.
    pub fn span(&self) -> Span {
        match self {
            Self::Policy(carried, spot) => carried.span(&spot.at, Part::Value).unwrap_or(Span::new(0, 0)),
            Self::Template(resolved) => resolved.span(),
        }
    }

    /// Where some bytes of the text stand.
    pub fn span_of(&self, bytes: Span) -> Span {
        match self {
            Self::Policy(carried, spot) => {
                carried.span_within(&spot.at, bytes).unwrap_or_else(|| self.span())
            }
            Self::Template(resolved) => resolved.span_of(bytes.start..bytes.end),
        }
    }

    /// A JSON pointer to the value in its file; a template has none.
    pub fn pointer(&self) -> Option<Pointer> {
        match self {
            Self::Policy(carried, spot) => carried.pointer(&spot.at),
            Self::Template(_) => None,
        }
    }

    /// Whether it stands in a template.
    fn is_of_template(&self) -> bool {
        match self {
            Self::Policy(carried, _) => carried.is_of_template(),
            Self::Template(_) => true,
        }
    }

    /// Other words in place of some bytes of the text. `None` where these bytes are not written like
    /// this in the file, or where the new ones would have to be escaped.
    pub fn replaced(&self, bytes: Span, new: &str) -> Option<Edit> {
        let old = self.text().get(bytes.start..bytes.end)?;
        // A character that stands there already may stand there again: the braces of a parameter.
        let plain = |c: char| {
            c.is_ascii_graphic() && (!"\"'\\#,[]{}&|>%@`".contains(c) || "{}".contains(c) && old.contains(c))
        };
        let span = match self {
            Self::Policy(carried, spot) => carried.written_within(&spot.at, bytes)?,
            Self::Template(resolved) => resolved.exact_span_of(bytes.start..bytes.end)?,
        };
        // In YAML a text that begins with one of these would be something else.
        let is_first = match self {
            Self::Policy(..) => self.is_of_template(),
            Self::Template(resolved) => resolved.begins_at(bytes.start),
        };
        let begins = is_first && new.starts_with(['*', '!', '?', ':', '-']);
        (new.chars().all(plain) && !begins).then(|| Edit { span, replacement: new.to_owned() })
    }
}
