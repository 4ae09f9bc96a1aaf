//! Findings: what the model noticed, in words, at its place in a file.
//!
//! Policy: mistakes only, no taste; no false positives; what is only inferred, or was reported
//! once, is never an error.

mod advice;
mod baseline;
mod body;
pub mod causes;
mod checked;
pub mod event;
mod examples;
mod finding;
mod fix;
mod judge;
mod mend;
pub mod policy;
mod quick;
mod response_diff;
mod rule;
pub mod rules;
mod selection;
mod shared;

pub use advice::{Answer, Expected, Remark};
pub use baseline::{BASELINE_SCHEMA, Baseline, fnv};
pub use body::{BodySchema, Statuses, check_body};
pub use causes::{Cause, Sign, Who};
pub use checked::{Answered, Checked, Verdict};
pub use event::diff::{EventDifference, diff_events};
pub use event::{Detection, EventFlavor, JudgedEvent, judge_event};
pub use examples::{Known, Shown};
pub use finding::{Document, Finding, Severity, Source, Summary};
pub use fix::{Fixed, fix};
pub use judge::{Ended, Judged, judge, judge_ended, judge_stream, judge_syntax};
pub use mend::{Broken, Mend};
pub use policy::{Held, JudgedPolicy, judge_deployed, judge_policy};
pub use quick::Quick;
pub use response_diff::{BodyDiff, FieldDifference, ResponseDiff, covers, diff_responses, is_volatile};
pub use rule::{Example, Fix, Rule, Subject};
pub use selection::{Choice, FailOn, Level, Selection, Selector, UnknownRule, nearest};
pub use shared::Shared;
