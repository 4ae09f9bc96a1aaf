//! Work that waits for others, and that a person may end.

use super::exit::Fault;

/// Runs a future on a runtime of this thread until it ends, or until Ctrl-C or a termination
/// signal: then it is dropped, and its processes with it.
pub(super) fn interruptible<T>(work: impl Future<Output = T>) -> Result<Option<T>, Fault> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime =
        runtime.map_err(|error| Fault::usage(format!("cannot start: {}", super::io::plain(&error))))?;
    Ok(runtime.block_on(async {
        // Signals first: they must be heard before there is a process to leave behind.
        tokio::select! {
            biased;
            () = interrupted() => None,
            done = work => Some(done),
        }
    }))
}

async fn interrupted() {
    #[cfg(unix)]
    if let Ok(mut terminated) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = terminated.recv() => {}
        }
        return;
    }
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
