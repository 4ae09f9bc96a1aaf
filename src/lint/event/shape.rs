//! What the published schema of a flavour refuses in an event, as notices.

use super::flavours::EventFlavor;
use crate::gateway::shape::{Annotation, Refusal, refusals};
use crate::gateway::{Evidence, Notice, NoticeKind, describe};
use crate::json::Part;
use serde_json::Value;

/// The refusals of the flavour's schema, each once.
pub(super) fn notices(event: &Value, flavor: &EventFlavor) -> Vec<Notice> {
    let mut notices = Vec::new();
    let schema = serde_json::from_str(flavor.schema).unwrap_or_default();
    for refusal in refusals((flavor.errors)(event), &schema) {
        let notice = notice(event, refusal);
        if !notices.contains(&notice) {
            notices.push(notice);
        }
    }
    notices
}

fn notice(event: &Value, refusal: Refusal) -> Notice {
    let Refusal { pointer, annotation, missing } = refusal;
    let Annotation { kind, facts, evidence, expected } = annotation.unwrap_or_else(unnamed);
    let value = event.pointer(&pointer.to_string()).unwrap_or(&Value::Null);
    let expected = expected.unwrap_or_default();
    let found = match (kind, missing) {
        (_, Some(key)) => format!("no `{key}`"),
        (NoticeKind::EventEmptyValue, None) => format!("{}, where AWS sends {expected}", empty(value)),
        (NoticeKind::EventNullValue | NoticeKind::EventValueNeverSent, None) => {
            format!("{}, where AWS sends {expected}", describe(value))
        }
        (NoticeKind::MixedFlavours, None) => expected,
        (NoticeKind::EventKeyUnknown, None) => describe(value),
        (_, None) => format!("{}, not {expected}", describe(value)),
    };
    let about_key =
        matches!(kind, NoticeKind::EventKeyMissing | NoticeKind::EventKeyUnknown | NoticeKind::MixedFlavours);
    let part = if about_key && !pointer.is_root() { Part::Key } else { Part::Value };
    Notice { kind, pointer, part, refuses: false, found, facts, evidence }
}

/// An empty value in words.
fn empty(value: &Value) -> String {
    match value {
        Value::Object(_) => "an empty object".to_owned(),
        Value::Array(_) => "an empty array".to_owned(),
        _ => "an empty string".to_owned(),
    }
}

/// What stands in for an annotation that a schema lacks; that it never does is a test.
fn unnamed() -> Annotation {
    let (facts, evidence) = (Vec::new(), Evidence::Inferred);
    Annotation { kind: NoticeKind::EventValueType, facts, evidence, expected: None }
}
