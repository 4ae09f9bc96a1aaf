//! Rules about events: is this one that AWS would send?

mod agree;
mod headers;
mod request;
mod shape;

pub(super) use agree::*;
pub(super) use headers::*;
pub(super) use request::*;
pub(super) use shape::*;

use crate::gateway::Notice;

/// The value that a notice is about, by its place in the event: `` `requestContext.stage` ``.
fn place(notice: &Notice) -> String {
    match notice.pointer.tokens() {
        [] => "the event".to_owned(),
        tokens => format!("`{}`", tokens.join(".")),
    }
}
