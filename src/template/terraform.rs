//! What `terraform show -json` prints of a plan or a state.

use super::document::Document;
use super::model::Model;
use super::node::Node;

/// Whether a document is what `terraform show -json` prints.
pub(super) fn is_terraform(root: &Node) -> bool {
    root.get("terraform_version").is_some() || root.get("planned_values").is_some()
}

/// Adds what it says.
pub(super) fn read(_document: &Document, _model: &mut Model) {}
