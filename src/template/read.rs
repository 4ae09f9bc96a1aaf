//! From a document to the model, whatever kind of template it is.

use super::cfn::{self, Stack};
use super::document::Document;
use super::given::Given;
use super::model::{Kind, Model};
use super::{TemplateError, apis, permissions, sam, terraform};
use crate::json::Lines;

/// A template that can be read.
#[derive(Debug, Clone)]
pub struct Template {
    document: Document,
    kind: Kind,
}

impl Template {
    /// Finds out what kind of template a document is.
    ///
    /// # Errors
    /// [`TemplateError`] if it is none.
    pub fn of(document: Document) -> Result<Self, TemplateError> {
        let Some(kind) = kind_of(&document) else {
            let error =
                TemplateError::new(document.root().span, "this is no template: it has no `Resources`");
            return Err(error.hint(
                "give a template of SAM or CloudFormation, what `cdk synth` or `terraform show -json` prints, \
                 or an OpenAPI document",
            ));
        };
        let document = if kind == Kind::Terraform { document } else { cfn::lengthened(document) };
        Ok(Self { document, kind })
    }

    /// Whether a document is a template of some kind.
    pub fn is_one(document: &Document) -> bool {
        kind_of(document).is_some()
    }

    /// The document, for places.
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// The kind of template.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// Line starts of the document, to be made once for many places.
    pub fn lines(&self) -> Lines {
        Lines::new(self.document.source())
    }

    /// Reads everything about functions and APIs. What is not understood is noted in
    /// [`Model::left_out`], and the rest is read.
    ///
    /// # Errors
    /// [`TemplateError`] if an API id was given without a name and there are several APIs.
    pub fn read(&self, given: &Given) -> Result<Model, TemplateError> {
        let mut model = Model { kind: self.kind, ..Model::default() };
        match self.kind {
            // No document is of that kind.
            Kind::Deployed => {}
            Kind::Terraform => terraform::read(&self.document, &mut model),
            Kind::OpenApi => apis::read_document(&self.document, given, &mut model),
            Kind::CloudFormation | Kind::Sam => {
                let mut stack = Stack::of(&self.document, given);
                apis::learn_ids(&mut stack, given)?;
                if self.kind == Kind::Sam {
                    sam::learn_names(&mut stack);
                }
                permissions::read(&stack, &mut model);
                sam::read(&stack, &mut model);
                apis::read(&stack, &mut model);
            }
        }
        Ok(model)
    }
}

/// The kind of template that a document is.
fn kind_of(document: &Document) -> Option<Kind> {
    let root = document.root();
    if root.get("Resources").is_some_and(|node| !node.members().is_empty()) {
        Some(if sam::is_sam(root) { Kind::Sam } else { Kind::CloudFormation })
    } else if terraform::is_terraform(root) {
        Some(Kind::Terraform)
    } else {
        root.get("openapi").or_else(|| root.get("swagger")).map(|_| Kind::OpenApi)
    }
}
