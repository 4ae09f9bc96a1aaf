//! Work that waits for others, and that a person may end.

use super::exit::{Exit, Fault};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;
use tokio::runtime::Runtime;
#[cfg(unix)]
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::watch;
use tokio::time::timeout;

/// Whether work is under way that hears signals itself.
static UNDER_WAY: AtomicBool = AtomicBool::new(false);

/// How often work was ended by a signal: that signal has had its effect.
static ENDED: AtomicUsize = AtomicUsize::new(0);

/// Tells work that it has to end.
pub(super) type Stop = watch::Receiver<bool>;

/// Runs a future on a runtime of this thread until it ends, or until Ctrl-C or a termination
/// signal: then it is dropped, and its processes with it. After it, signals end the program.
pub(super) fn interruptible<T>(work: impl Future<Output = T>) -> Result<Option<T>, Fault> {
    run(work, async {
        heard(&mut signals()).await;
    })
}

/// The same for work that is told of the first signal, and may then take so long to end by itself; a
/// second signal ends it at once.
pub(super) fn ending<T, W: Future<Output = T>>(
    patience: Duration,
    work: impl FnOnce(Stop) -> W,
) -> Result<Option<T>, Fault> {
    let (tell, stop) = watch::channel(false);
    run(work(stop), async move {
        let mut signals = signals();
        heard(&mut signals).await;
        tell.send_replace(true);
        timeout(patience, heard(&mut signals)).await.ok();
    })
}

fn run<T>(
    work: impl Future<Output = T>,
    signals: impl Future<Output = ()> + Send + 'static,
) -> Result<Option<T>, Fault> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime =
        runtime.map_err(|error| Fault::usage(format!("cannot start: {}", super::io::plain(&error))))?;
    let mut signals = Box::pin(signals);
    let work = async {
        UNDER_WAY.store(true, Ordering::SeqCst);
        work.await
    };
    let done = runtime.block_on(async {
        // Signals first: they must be heard before there is a process to leave behind.
        tokio::select! {
            biased;
            () = &mut signals => None,
            done = work => Some(done),
        }
    });
    if done.is_none() {
        ENDED.fetch_add(1, Ordering::SeqCst);
    }
    UNDER_WAY.store(false, Ordering::SeqCst);
    match done {
        Some(_) => keep_listening(runtime, signals),
        // A name that is being looked up cannot be given up; nothing waits for it.
        None => runtime.shutdown_background(),
    }
    Ok(done)
}

/// Once listened for, a signal no longer ends the program by itself, also when nobody listens any
/// more: output that nobody takes would then hold it for ever.
fn keep_listening(runtime: Runtime, signals: impl Future<Output = ()> + Send + 'static) {
    let ended = ENDED.load(Ordering::SeqCst);
    let listen = move || {
        runtime.block_on(signals);
        // What ended other work leaves it the time to clean up behind itself.
        if !UNDER_WAY.load(Ordering::SeqCst) && ENDED.load(Ordering::SeqCst) == ended {
            #[allow(clippy::exit, clippy::disallowed_methods, reason = "the main thread may be stuck")]
            std::process::exit(Exit::Interrupted as i32);
        }
    };
    // Without a thread it stays as it is.
    std::thread::Builder::new().name("signals".to_owned()).spawn(listen).ok();
}

/// What ends a program; `None` where it cannot be listened for.
#[cfg(unix)]
fn signals() -> [Option<Signal>; 2] {
    [SignalKind::interrupt(), SignalKind::terminate()].map(|kind| signal(kind).ok())
}

/// Waits for the next signal.
#[cfg(unix)]
async fn heard([interrupt, terminate]: &mut [Option<Signal>; 2]) {
    let next = async |signal: &mut Option<Signal>| match signal {
        Some(signal) => drop(signal.recv().await),
        None => std::future::pending().await,
    };
    tokio::select! {
        () = next(interrupt) => {}
        () = next(terminate) => {}
    }
}

#[cfg(not(unix))]
fn signals() {}

/// Waits for the next Ctrl-C.
#[cfg(not(unix))]
async fn heard((): &mut ()) {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
