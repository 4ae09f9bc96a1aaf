//! `--keep`: the function stays after the first answer, and others may invoke it over HTTP.

use super::super::exit::{Exit, Fault};
use super::super::interrupt::interruptible;
use super::super::io::Io;
use super::Invoke;
use super::target::{Question, Target, unfit};
use crate::report::human::printable;
use crate::transport::InvokeApi;
use std::io::Write as _;

/// Asks the first question, prints what came of it, and serves until it is interrupted.
///
/// # Errors
/// When the port is taken, or the function cannot be started.
pub(super) fn run(
    port: u16,
    args: &Invoke,
    question: Question,
    mut target: Target,
    io: &mut Io,
) -> Result<Exit, Fault> {
    let Question::Event(case) = &question else {
        return Err(unfit());
    };
    let stamp = case.stamp.clone();
    let kept = interruptible(async {
        let served = target.function()?.served(stamp);
        let bound = InvokeApi::bind(port, served).await;
        let (api, mut calls) = bound.map_err(|error| port_fault(port, &error))?;
        target.ask(question).await?.print(args, io)?;
        io.out.flush()?;
        let function = target.function()?;
        let (url, name) = (api.url(), function.name().to_owned());
        writeln!(
            io.err,
            "{} stays, and is invoked by POST {url}{}",
            printable(&name),
            InvokeApi::path_of(&name)
        )?;
        writeln!(io.err, "  apigw invoke --function {name} --endpoint-url {url}")?;
        writeln!(io.err, "  Ctrl-C ends it")?;
        while let Some(call) = calls.recv().await {
            let line = function.serve(call).await;
            writeln!(io.err, "{}", printable(&line))?;
        }
        Ok::<(), Fault>(())
    })?;
    kept.unwrap_or(Ok(())).map(|()| Exit::Interrupted)
}

fn port_fault(port: u16, error: &std::io::Error) -> Fault {
    match error.kind() {
        std::io::ErrorKind::AddrInUse => {
            Fault::usage(format!("--keep: port {port} is taken")).hint("--keep alone takes a free one")
        }
        std::io::ErrorKind::PermissionDenied => Fault::usage(format!(
            "--keep: port {port} may not be opened: ports below 1024 are for the system"
        )),
        _ => {
            Fault::usage(format!("--keep: port {port} cannot be opened: {}", super::super::io::plain(error)))
        }
    }
}
