//! The `apigw` command.

use apigw::commands::Io;
use std::process::ExitCode;

fn main() -> ExitCode {
    apigw::cli::run(std::env::args_os(), Io::of_process()).into()
}
