//! Why a handler in a file could not be started, with what to do about it.

use std::io;
use std::path::PathBuf;

/// Why a handler could not be started.
#[derive(Debug, thiserror::Error)]
pub enum HandlerError {
    /// There is no function in the name.
    #[error("`{0}` names no function: write FILE.FUNCTION, such as app.lambda_handler or src/index.handler")]
    NoFunction(String),
    /// It climbs out of the function's directory.
    #[error(
        "`{0}` leads out of this directory, which Lambda does not let it: start in the function's directory"
    )]
    Upward(String),
    /// No file has that name.
    #[error("there is no file for `{handler}` in {}: looked for {}", directory.display(), looked_for.join(", "))]
    NoFile {
        /// The handler.
        handler: String,
        /// The function's directory.
        directory: PathBuf,
        /// What the file could have been called.
        looked_for: Vec<String>,
    },
    /// There is a file of each language.
    #[error("`{handler}` could be {}: say which with --runtime python3 or --runtime nodejs", files.join(" or "))]
    Ambiguous {
        /// The handler.
        handler: String,
        /// The files.
        files: Vec<String>,
    },
    /// `--runtime` names no runtime that is known here.
    #[error(
        "--runtime `{0}` is neither a Python nor a Node: python3.12, nodejs22, or the path of an interpreter"
    )]
    UnknownRuntime(String),
    /// Nothing on this machine can run the file.
    #[error(
        "no {wanted} to run it: {}. Install it, or name another with --runtime, such as {other}",
        tried.join(", ")
    )]
    NoInterpreter {
        /// What is needed: `Python 3.12`.
        wanted: String,
        /// What was looked at, and what is wrong with it.
        tried: Vec<String>,
        /// What `--runtime` takes.
        other: &'static str,
    },
    /// A TypeScript file and nothing that reads it.
    #[error("{0} is TypeScript, and tsx, which runs it, is not installed: npm install --save-dev tsx")]
    NoTsx(String),
    /// The directory that we are in cannot be told.
    #[error("the working directory cannot be told: {0}")]
    NoDirectory(#[source] io::Error),
}
