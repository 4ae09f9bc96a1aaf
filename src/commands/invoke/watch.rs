//! `--watch`: the function is started and asked anew whenever its code changes.

use super::super::event_list::Format;
use super::super::exit::{Exit, Fault};
use super::super::interrupt::interruptible;
use super::super::io::Io;
use super::Invoke;
use super::target::{Question, Target};
use crate::report::human::printable;
use crate::transport::{Code, Watch};
use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How long a program may be missing, or half written, after a change.
const PATIENCE: Duration = Duration::from_secs(3);

/// Asks, prints what came of it, and does so again after each change until it is interrupted.
///
/// # Errors
/// When the function cannot be started the first time, or its code cannot be watched.
pub(super) fn run(
    args: &Invoke,
    question: &Question,
    mut target: Target,
    io: &mut Io,
) -> Result<Exit, Fault> {
    let code = target.function()?.code();
    let ended = interruptible(async {
        let mut watch = Watch::new(code.clone()).map_err(|reason| unwatched(&reason))?;
        // What changes while the function runs counts once: one that writes beside its code would
        // run for ever.
        let (mut first, mut counts) = (true, true);
        loop {
            let asked = target.ask(question.clone()).await;
            target.function()?.rest(PATIENCE).await;
            // Before the answer is shown: what changes after that is a person's, who has seen it.
            let meanwhile = watch.changes().map_err(|reason| unwatched(&reason))?;
            match asked {
                Ok(verdict) => {
                    verdict.print(args, io)?;
                    if args.format == Format::Human && !verdict.ends_line(args.include, args.raw) {
                        writeln!(io.out)?;
                    }
                    io.out.flush()?;
                }
                Err(fault) if first => return Err(fault),
                Err(fault) => writeln!(io.err, "error: {}", printable(&fault.message))?,
            }
            first = false;
            let again = counts && !meanwhile.is_empty();
            let changes =
                if again { meanwhile } else { watch.changed().await.map_err(|reason| unwatched(&reason))? };
            counts = !again;
            writeln!(io.err, "--- {} changed", names(&changes, &code))?;
        }
    })?;
    ended.unwrap_or(Ok(Exit::Interrupted))
}

/// The files, by their names below the code; of many, the first.
fn names(changes: &BTreeSet<PathBuf>, code: &Code) -> String {
    const SHOWN: usize = 3;
    let name = |path: &Path| {
        let below = path.strip_prefix(&code.directory).unwrap_or(path);
        printable(&below.to_string_lossy())
    };
    let shown: Vec<_> = changes.iter().take(SHOWN).map(|path| name(path)).collect();
    match changes.len().saturating_sub(SHOWN) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

fn unwatched(reason: &str) -> Fault {
    Fault::usage(format!("--watch: the code cannot be watched: {}", printable(reason)))
}
