//! The model of API Gateway: request → event, and handler result → response or refusal.
//!
//! Everything here is pure: time, ids and randomness come in with a [`Stamp`], an API as it is
//! deployed is an [`Api`], and one call of it is a [`Call`]. Numbers such as R-012 or H-007 name
//! the facts about AWS that a line relies on. How well a fact is known, from recorded to inferred,
//! every [`Notice`] tells with it.

mod api;
pub mod arn;
pub mod authorizer;
mod cors;
pub mod door;
pub mod errors;
pub mod event;
mod facts;
mod flavor;
mod front;
mod host;
mod notice;
pub mod respond;
mod response_type;
mod route;
mod selection;
mod sender;
mod setting;
pub mod shape;
mod stamp;

pub use api::{Api, AuthorizerSettings, Caller, Domain, Endpoint, Identity, Located};
pub use authorizer::{AuthorizerKind, Decision, IdentitySource, decide};
pub use cors::Cors;
pub use errors::GatewayError;
pub use event::{Call, Moment, TEST_STAGE, Unroutable};
pub use facts::strength;
pub use flavor::{Facts, Flavor};
pub use front::Front;
pub use host::{HostName, Service};
pub(crate) use notice::describe;
pub use notice::{Evidence, Notice, NoticeKind};
pub use respond::{Exchange, Invocation, Outcome, respond};
pub use response_type::ResponseType;
pub use route::{Matched, Route, RouteError, best_match};
pub use selection::select_route;
pub use sender::{ERROR_TYPE, error_type, sender};
pub use setting::Setting;
pub use stamp::Stamp;
