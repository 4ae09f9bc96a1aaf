//! Findings: what the model noticed, in words, at its place in a file.
//!
//! Policy: mistakes only, no taste; no false positives; what is only inferred, or was reported
//! once, is never an error.

pub mod event;
mod finding;
mod judge;
mod quick;
mod rule;
pub mod rules;
mod shared;

pub use event::diff::{EventDifference, diff_events};
pub use event::{Detection, EventFlavor, JudgedEvent, judge_event};
pub use finding::{Finding, Severity, Source, Summary};
pub use judge::{Judged, judge, judge_outcome, judge_stream, judge_syntax};
pub use quick::Quick;
pub use rule::{Example, Fix, Rule, Subject};
pub use shared::{Shared, shared};
