//! The model of API Gateway: request → event, and handler result → response or refusal.
//!
//! Everything here is pure: time, ids and randomness come in with a [`Stamp`], an API as it is
//! deployed is an [`Api`], and one call of it is a [`Call`]. Numbers such as R-012 or H-007 name
//! the facts about AWS that a line relies on; docs/facts in the project's history of evidence
//! grades them as recorded, documented, reported or inferred, and so does every [`Notice`].

mod api;
pub mod errors;
pub mod event;
mod flavor;
mod notice;
pub mod respond;
mod route;
pub mod shape;
mod stamp;

pub use api::{Api, Caller, Domain, Endpoint, Identity, Located};
pub use errors::GatewayError;
pub use event::{Call, Moment, Unroutable};
pub use flavor::{Facts, Flavor};
pub(crate) use notice::describe;
pub use notice::{Evidence, Notice, NoticeKind};
pub use respond::{Exchange, Invocation, Outcome, respond};
pub use route::{Matched, Route, RouteError, best_match};
pub use stamp::Stamp;
