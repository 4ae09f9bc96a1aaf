//! `$ref`: from a reference to what it means.

use crate::json::Pointer;
use crate::template::{Node, TemplateError};

/// The references of a document.
#[derive(Debug, Clone, Copy)]
pub(in crate::template) struct References<'d> {
    root: &'d Node,
}

impl<'d> References<'d> {
    pub(in crate::template) fn new(root: &'d Node) -> Self {
        Self { root }
    }

    /// Follows a chain of references to a value that is none.
    pub(in crate::template) fn resolve(&self, node: &'d Node) -> Result<&'d Node, TemplateError> {
        let mut seen = Vec::new();
        let mut here = node;
        while let Some(reference) = here.get("$ref") {
            let target = self.target(reference)?;
            if seen.contains(&target.span.start) {
                let name = reference.text().unwrap_or_default();
                return Err(TemplateError::new(
                    reference.span,
                    format!("the reference {name} leads to itself"),
                )
                .hint("one of the references on the way must be a value"));
            }
            seen.push(target.span.start);
            here = target;
        }
        Ok(here)
    }

    /// What one reference names.
    pub(super) fn target(&self, reference: &Node) -> Result<&'d Node, TemplateError> {
        let not_a_text = || TemplateError::new(reference.span, "a $ref is a text");
        let text = reference.text().ok_or_else(not_a_text)?;
        self.named(text).map_err(|error| TemplateError { span: reference.span, ..error })
    }

    /// What the text of a reference names.
    pub(in crate::template) fn named(&self, text: &str) -> Result<&'d Node, TemplateError> {
        let error = |message: String| TemplateError::new(self.root.span, message);
        let Some(fragment) = text.strip_prefix('#') else {
            return Err(error(format!("the reference {text} leads out of this file"))
                .hint("bundle the files into one, with `redocly bundle` for example"));
        };
        let decoded = crate::http::encoding::percent_decode(fragment);
        let target = Pointer::parse(&decoded).and_then(|pointer| self.root.at(pointer.tokens()));
        target.ok_or_else(|| error(format!("the reference {text} leads nowhere")).hint(self.hint(&decoded)))
    }

    /// The names that stand where the missing one should.
    fn hint(&self, pointer: &str) -> String {
        let parent = pointer.rsplit_once('/').and_then(|(parent, _)| Pointer::parse(parent));
        let names = parent.and_then(|parent| self.root.at(parent.tokens())).map_or(&[][..], Node::members);
        if names.is_empty() {
            return "correct the reference or add what it names".to_owned();
        }
        let names: Vec<_> = names.iter().take(12).map(|member| member.key.as_str()).collect();
        format!("there are: {}", names.join(", "))
    }
}
