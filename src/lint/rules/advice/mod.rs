//! Advice: results that the front end takes as they are, and that are still not what was meant.
//! Each rule looks at the answered call.

pub(super) mod base64;
pub(super) mod calls;
pub(super) mod content;
pub(super) mod cookies;
pub(super) mod cors;
pub(super) mod inference;
pub(super) mod length;
pub(super) mod names;
pub(super) mod origin;
pub(super) mod policy;
pub(super) mod preflight;
pub(super) mod size;

use super::Rule;
use crate::lint::advice::{Answer, Remark, Stated};
use crate::lint::finding::Severity;
use crate::lint::rule::{Example, Fix, fixes};

#[cfg(test)]
mod tests;
