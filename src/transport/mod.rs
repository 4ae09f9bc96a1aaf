//! The only floor that waits for anything: it hosts the Lambda Runtime API for a function
//! process, invokes the function, sends HTTP requests, and asks AWS.
//!
//! Everything here is async and expects a tokio runtime of the caller's (current-thread is
//! enough). No clock, environment or randomness is read: they come in as arguments.

mod alarm;
pub mod aws;
mod client;
mod connection;
mod demo_function;
mod environment;
mod exit;
mod failure;
mod function;
mod handler;
mod handler_error;
mod interpreter;
mod invocation;
mod invoke_api;
mod judged;
mod log_pipe;
mod log_tap;
mod loopback;
mod memory;
mod orphans;
mod page;
mod platform_log;
mod process;
mod retry;
mod runtime_answer;
mod runtime_api;
mod runtime_state;
pub mod serve;
mod session;
mod shell;
mod start_error;
mod watch;

pub use client::{SendError, SendErrorKind, SendOptions, USER_AGENT, send, target};
pub use connection::{Connection, Detour, DetourTo, HttpVersion};
pub use demo_function::serve as serve_demo_function;
pub use environment::{EnvironmentError, FunctionSettings, lambda_environment};
pub use exit::Exit;
pub use failure::Failure;
pub use function::{FunctionHost, FunctionSpec, invoke_once};
pub use handler::{HandlerProcess, find_handler};
pub use handler_error::HandlerError;
pub use invocation::{Invocation, Invoked, Timings};
pub use invoke_api::{InvokeApi, InvokeRoom, Served, ServedAnswer, ServedCall};
pub use log_pipe::LogPipe;
pub use memory::peak_memory;
pub use orphans::Orphans;
pub use platform_log::{PlatformReport, billed_ms, start_line};
pub use process::{FunctionProcess, Logs};
pub use retry::Retry;
pub use runtime_api::RuntimeApi;
pub use runtime_state::{
    Answer, AnswerFault, AnswerKind, Event, Exchange, PAYLOAD_LIMIT, Phase, PostedError, Refusal,
    RuntimeState, STREAM_LIMIT,
};
pub use session::{Received, Session, SessionOptions, Step};
pub use shell::{Shell, ShellRun};
pub use start_error::StartError;
pub use watch::{Code, Watch};
