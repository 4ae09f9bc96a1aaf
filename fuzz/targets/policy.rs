//! Policies and templates: whatever the text is, it is judged, findings point into it, and what is
//! mended is not worse.
#![no_main]

use apigw::lint::{Checked, Document, Severity, fix, judge_policy};
use apigw::template::Given;
use libfuzzer_sys::fuzz_target;

fn checked(document: &Document<'_>) -> Checked {
    Checked::policy(0, judge_policy(document, &Given::default()))
}

fn errors(document: &Document<'_>) -> usize {
    checked(document).distinct().filter(|finding| finding.severity == Severity::Error).count()
}

fuzz_target!(|bytes: &[u8]| {
    let before = Document::whole("fuzz", bytes);
    let judged = checked(&before);
    for finding in judged.distinct() {
        let (start, end) = (finding.span.start, finding.span.end);
        assert!(judged.source.text.get(start..end).is_some(), "{}: {start}..{end}", finding.rule.code);
    }
    if let Some(fixed) = fix(&before, &checked) {
        let after = Document::whole("fuzz", fixed.text.as_bytes());
        assert!(errors(&after) <= errors(&before), "{}", fixed.text);
    }
});
