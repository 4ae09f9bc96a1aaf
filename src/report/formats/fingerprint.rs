//! Fingerprints of findings: the same from run to run, wherever the line moves to.

use super::located::Located;
use crate::lint::fnv;
use std::collections::HashMap;

/// Gives out fingerprints; counts what looks alike.
#[derive(Debug, Default)]
pub(super) struct Fingerprints {
    seen: HashMap<u64, u64>,
}

/// What identifies a finding: the rule, the file and the text of the line, and which one it is of
/// those that look alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Fingerprint {
    /// The hash of rule, file and line.
    pub(super) hash: u64,
    /// Counted from 1.
    pub(super) occurrence: u64,
}

impl Fingerprints {
    /// The fingerprint of the next finding in that file.
    pub(super) fn next(&mut self, file: &str, located: &Located<'_>) -> Fingerprint {
        let parts = [located.finding.rule.code, file, located.line.trim()];
        let hash = fnv(parts.into_iter().flat_map(|part| part.bytes().chain([0])));
        let occurrence = self.seen.entry(hash).or_default();
        *occurrence += 1;
        Fingerprint { hash, occurrence: *occurrence }
    }
}
