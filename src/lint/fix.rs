//! Fixing a document: what can be mended is, round after round, and the result is never worse.

use super::checked::{Checked, Verdict};
use super::finding::{Document, Severity};
use super::policy::Held;
use crate::json::{Edit, apply};

/// A document after what could be mended was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fixed {
    /// The new text.
    pub text: String,
    /// How many findings were mended.
    pub mended: usize,
}

/// A mended place can show another one that can be mended; more rounds than this are not needed.
const MOST_ROUNDS: usize = 12;

/// Mends a document as far as that is mechanical, judging it again after each change. `None` if
/// there is nothing to mend, or if mending made nothing better.
pub fn fix(document: &Document<'_>, judge: &dyn Fn(&Document<'_>) -> Checked) -> Option<Fixed> {
    let mut now = judge(document);
    let before = weight(&now);
    let mut fixed = Fixed { text: std::str::from_utf8(document.bytes).ok()?.to_owned(), mended: 0 };
    for _ in 0..MOST_ROUNDS {
        let groups: Vec<Vec<Edit>> = now.distinct().map(|finding| finding.edits.clone()).collect();
        let (text, made) = apply(&fixed.text, &groups);
        if made == 0 {
            break;
        }
        fixed = Fixed { text, mended: fixed.mended + made };
        now = judge(&Document { bytes: fixed.text.as_bytes(), ..*document });
    }
    (weight(&now) < before).then_some(fixed)
}

/// How bad it is: refused or not, then the findings by severity.
fn weight(checked: &Checked) -> (bool, [usize; 3]) {
    let refused = match &checked.verdict {
        Verdict::Answers(answers) => answers.iter().any(|answered| answered.judged.outcome.refused),
        // What can be read no more has no findings either.
        Verdict::Policy(held) => matches!(held, Held::Unreadable(_)),
        Verdict::Event(_) => false,
    };
    let count = |severity| checked.distinct().filter(|finding| finding.severity == severity).count();
    (refused, [Severity::Error, Severity::Warning, Severity::Info].map(count))
}

#[cfg(test)]
mod tests;
