//! Is this event one that AWS would send? Its flavour, its shape, and what must agree in it.

mod checks;
pub mod diff;
mod flavours;
mod shape;

use super::finding::{Document, Finding, Source};
use super::rules::input;
use crate::gateway::{Evidence, Notice, NoticeKind};
use crate::json::{Part, Pointer, Span, Text};
use serde_json::Value;

pub use flavours::{ALL, Detection, EventFlavor};

/// A judged event.
#[derive(Debug, Clone)]
pub struct JudgedEvent {
    /// The text that the findings point into.
    pub source: Source,
    /// Which flavour it was judged as, and why; `None` if it is no JSON or no event at all.
    pub detection: Option<Detection>,
    /// What was found, in the order of the text.
    pub findings: Vec<Finding>,
}

/// Judges the bytes of one event, as one of the flavour that was asked for or else of the one
/// that it looks like. Bytes that are no JSON are a finding, too.
pub fn judge_event(document: &Document<'_>, asked: Option<&'static EventFlavor>) -> JudgedEvent {
    let (source, mut findings) = input::decode(document);
    if findings.iter().any(|finding| finding.rule.code == input::NOT_UTF8.code) {
        return JudgedEvent { source, detection: None, findings };
    }
    let text = match Text::parse(&*source.name, &*source.text) {
        Ok(text) => text,
        Err(error) => {
            findings.push(input::syntax(&error));
            return JudgedEvent { source, detection: None, findings };
        }
    };
    findings.extend(text.duplicates().iter().map(input::duplicate));
    let event = text.value();
    let detection = flavours::detect(&event, asked);
    let notices = match &detection {
        Some(detection) => notices(&event, detection.flavor),
        None => vec![unknown(&event)],
    };
    let whole = text.span(&Pointer::root(), Part::Value).unwrap_or(Span::new(0, 0));
    let place = |notice: &Notice| text.span(&notice.pointer, notice.part).unwrap_or(whole);
    findings.extend(notices.iter().map(|notice| Finding::of(notice, place(notice))));
    findings.sort_by_key(|finding| finding.span.start);
    JudgedEvent { source, detection, findings }
}

/// What is wrong with an event of that flavour. What the schema says comes first; of what must
/// agree, nothing is said about values that the schema refuses already.
pub fn notices(event: &Value, flavor: &'static EventFlavor) -> Vec<Notice> {
    let mut notices = shape::notices(event, flavor);
    let refused: Vec<Pointer> = notices.iter().map(|notice| notice.pointer.clone()).collect();
    let others = checks::notices(event, flavor);
    notices.extend(others.into_iter().filter(|notice| !refused.contains(&notice.pointer)));
    notices
}

fn unknown(event: &Value) -> Notice {
    Notice::new(NoticeKind::UnknownEvent, Pointer::root(), event)
        .because(&["R-001", "H-002", "L-001"], Evidence::Recorded)
}

#[cfg(test)]
mod tests;
