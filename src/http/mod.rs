//! HTTP as the gateway sees it: requests, responses, ordered headers, and the small decoders
//! (queries, paths, media types, base64) that every flavour of event needs.

pub mod cookies;
mod date;
pub mod encoding;
mod headers;
mod media_type;
mod message;
pub mod multipart;
mod origin;
pub mod query;
pub mod secret;
mod secrets;
mod target;

pub use date::date;
pub use headers::Headers;
pub use media_type::{MediaType, is_media_range, matches_any};
pub use message::{Body, Request, Response, reason_phrase};
pub use origin::origin_mistake;
pub use secrets::Secrets;
pub use target::{Target, TargetError, split_query};
