//! Real requests through the model: an API on this machine, with functions that run here.

mod crowd;
mod form;
mod guards;
mod http;
mod inspector;
mod pool;
mod port;
mod site;
mod spelling;
mod streaming;
mod websocket;

pub use http::{HttpServer, ServerLimits, Watcher};
pub use inspector::{Inspector, InspectorServer, Watched};
pub use pool::FunctionPool;
pub use port::Port;
pub use site::{Served, Site};
pub use streaming::{Streamed, Taker};
pub use websocket::WebsocketLimits;
