//! The only floor that waits for anything: it hosts the Lambda Runtime API for a function
//! process, invokes the function, sends HTTP requests, and asks AWS.
//!
//! Everything here is async and expects a tokio runtime of the caller's (current-thread is
//! enough). No clock, environment or randomness is read: they come in as arguments.

pub mod aws;
mod client;
mod demo_function;
mod environment;
mod exit;
mod failure;
mod function;
mod handler;
mod handler_error;
mod interpreter;
mod process;
mod runtime_api;
mod runtime_state;
pub mod serve;
mod start_error;

pub use client::{SendError, SendErrorKind, SendOptions, Sender, send};
pub use demo_function::serve as serve_demo_function;
pub use environment::{EnvironmentError, FunctionSettings, lambda_environment};
pub use exit::Exit;
pub use failure::Failure;
pub use function::{FunctionHost, FunctionSpec, Invocation, Invoked, Timings, invoke_once};
pub use handler::{HandlerProcess, find_handler};
pub use handler_error::HandlerError;
pub use process::{FunctionProcess, Logs};
pub use runtime_api::RuntimeApi;
pub use runtime_state::{
    Answer, AnswerFault, AnswerKind, Event, Exchange, PAYLOAD_LIMIT, Phase, PostedError, Refusal,
    RuntimeState,
};
pub use start_error::StartError;
