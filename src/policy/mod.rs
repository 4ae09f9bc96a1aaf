//! IAM policies: what a document says about a request, and why.
//!
//! [`Document::read`] keeps whatever stands in a document and what is wrong with it, [`Policy::new`]
//! compiles it, [`Policy::decide`] and [`Policy::explain`] answer a [`Request`]. [`ArnPattern`] and
//! [`Pattern`] are decided exactly: what they match, contain and share. Numbers such as P-060 name
//! the facts about AWS that a line relies on.

pub mod arn;
mod carrier;
mod compiled;
mod condition;
mod document;
mod explain;
mod flow;
#[cfg(test)]
mod naive;
mod pattern;
mod principal;
mod problem;
mod question;
mod request;
#[cfg(test)]
mod tests;
mod variables;

pub use carrier::{Carried, CarrierKind, Places, policies};
pub use compiled::Policy;
pub use condition::{Comparison, Condition, Operator, Order, SetOperator};
pub use document::{Document, Effect, Patterns, Spot, Statement, names_action};
pub use explain::{ElementReason, Explanation, StatementReason, ValueReason};
pub use flow::{Authorization, Flow, flow};
pub use pattern::{ArnPattern, Mismatch, Pattern};
pub use principal::{Principal, PrincipalKind, Principals};
pub use problem::{Problem, ProblemKind};
pub use request::{Caller, Context, Decision, Request, Values};
