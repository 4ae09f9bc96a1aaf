//! Real requests through the model: an API on this machine, with functions that run here.

mod http;
mod pool;
mod port;
mod site;
mod spelling;
mod streaming;

pub use http::{HttpServer, ServerLimits, Watcher};
pub use pool::FunctionPool;
pub use port::Port;
pub use site::{Served, Site};
pub use streaming::{Streamed, Taker};
