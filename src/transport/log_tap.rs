//! The log of a function that stays warm: handed on to our standard error stream as it is written, and
//! kept until the end of each invocation.
//!
//! The process writes into a pipe of its own, so that what it writes is known to be its. A task hands
//! it on; it waits as long as nobody takes it, and then the function waits too, as it would if it wrote
//! there itself.

use super::process::Logs;
use std::io::{self, Write as _};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use tokio::sync::{Notify, mpsc};

/// How much of the end of a log is kept, in bytes.
const KEPT: usize = 256 * 1024;

/// How much is read at once.
const CHUNK: usize = 64 * 1024;

/// How much may be read and not handed on: more than a pipe holds, and no flood.
const MOST_WAITING: usize = 1 << 20;

/// What waits to be written to our stream.
const QUEUE: usize = 64;

/// The reading end of a function's log; dropping it hands on what is there, and no more.
#[derive(Debug)]
pub(super) struct LogTap {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    #[cfg_attr(not(unix), allow(dead_code, reason = "nobody can open one"))]
    reader: io::PipeReader,
    state: Mutex<State>,
    /// There is something to hand on, or nobody listens any more.
    news: Notify,
}

#[derive(Debug, Default)]
struct State {
    /// The log since it was asked for last.
    kept: Vec<u8>,
    /// What was read and is not handed on yet.
    waiting: Vec<u8>,
    closed: bool,
}

impl LogTap {
    /// A pipe, and its writing end for a process, whose log is handed on or only kept; `None` where there is none to be had.
    #[cfg(unix)]
    pub(super) fn open(handed_on: bool) -> Option<(Self, Logs)> {
        use tokio::net::unix::pipe::Receiver;
        let (reader, writer) = io::pipe().ok()?;
        let logs = Logs::File(std::os::fd::OwnedFd::from(writer).into());
        // From here on neither end of ours waits: they share one description.
        let receiver = Receiver::from_owned_fd(reader.try_clone().ok()?.into()).ok()?;
        let shared = Arc::new(Shared { reader, state: Mutex::default(), news: Notify::new() });
        let own = Arc::clone(&shared);
        tokio::spawn(async move {
            let out = handed_on.then(stderr);
            loop {
                let is_open = tokio::select! {
                    ready = receiver.readable() => ready.is_ok() && own.receive(&receiver),
                    () = own.news.notified() => true,
                };
                let (waiting, closed) = own.hand_on();
                let taken = match &out {
                    Some(out) if !waiting.is_empty() => out.send(waiting).await.is_ok(),
                    _ => true,
                };
                if !taken || closed || !is_open {
                    return;
                }
            }
        });
        Some((Self { shared }, logs))
    }

    /// There is none here.
    #[cfg(not(unix))]
    pub(super) fn open(_handed_on: bool) -> Option<(Self, Logs)> {
        None
    }

    /// What was written since it was asked last, to the last byte; of much, the end.
    pub(super) fn take(&self) -> Vec<u8> {
        let mut state = self.shared.state();
        self.shared.drain(&mut state);
        let mut kept = std::mem::take(&mut state.kept);
        let is_waiting = !state.waiting.is_empty();
        drop(state);
        if is_waiting {
            self.shared.news.notify_one();
        }
        kept.drain(..kept.len().saturating_sub(KEPT));
        kept
    }
}

impl Drop for LogTap {
    fn drop(&mut self) {
        let mut state = self.shared.state();
        self.shared.drain(&mut state);
        state.closed = true;
        drop(state);
        self.shared.news.notify_one();
    }
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Reads once; false when nobody writes any more.
    #[cfg(unix)]
    fn receive(&self, receiver: &tokio::net::unix::pipe::Receiver) -> bool {
        // Under the lock, so that what is read here comes before what `take` reads.
        let mut state = self.state();
        let mut buffer = vec![0; CHUNK];
        match receiver.try_read(&mut buffer) {
            Ok(0) => false,
            Ok(read) => {
                state.add(&buffer[..read]);
                true
            }
            Err(error) => error.kind() == io::ErrorKind::WouldBlock,
        }
    }

    fn hand_on(&self) -> (Vec<u8>, bool) {
        let mut state = self.state();
        (std::mem::take(&mut state.waiting), state.closed)
    }

    /// Reads what is there.
    #[cfg(unix)]
    fn drain(&self, state: &mut State) {
        let mut buffer = [0; 4096];
        while state.waiting.len() < MOST_WAITING
            && let Ok(read) = rustix::io::read(&self.reader, &mut buffer)
            && read > 0
        {
            state.add(&buffer[..read]);
        }
    }

    #[cfg(not(unix))]
    fn drain(&self, _state: &mut State) {}
}

impl State {
    fn add(&mut self, bytes: &[u8]) {
        self.waiting.extend_from_slice(bytes);
        self.kept.extend_from_slice(bytes);
        if self.kept.len() > 2 * KEPT {
            self.kept.drain(..self.kept.len() - KEPT);
        }
    }
}

/// Leads to our standard error stream, to which a thread writes: it may take its time.
fn stderr() -> mpsc::Sender<Vec<u8>> {
    static STDERR: OnceLock<mpsc::Sender<Vec<u8>>> = OnceLock::new();
    let open = || {
        let (sender, mut receiver) = mpsc::channel::<Vec<u8>>(QUEUE);
        let write = move || {
            while let Some(bytes) = receiver.blocking_recv() {
                // A closed stream must not keep a function from running.
                io::stderr().write_all(&bytes).ok();
            }
        };
        // Without a thread nothing is handed on, and the task says no more.
        std::thread::Builder::new().name("logs".to_owned()).spawn(write).ok();
        sender
    };
    STDERR.get_or_init(open).clone()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_much_the_end_is_kept() {
        let mut state = State::default();
        for n in 0..100_u8 {
            state.add(&vec![n; 10_000]);
            assert!(state.kept.len() <= 2 * KEPT);
        }
        assert_eq!((state.kept.last(), state.waiting.len()), (Some(&99), 1_000_000));
        assert!(state.kept.len() >= KEPT);
    }

    #[cfg(unix)]
    #[tokio::test]
    async fn what_was_written_is_there_at_once_and_once() {
        let (tap, logs) = LogTap::open(true).unwrap();
        let Logs::File(mut file) = logs else { panic!("a pipe") };
        file.write_all(b"one\n").unwrap();
        tokio::task::yield_now().await;
        file.write_all(b"two\n").unwrap();
        assert_eq!(tap.take(), b"one\ntwo\n");
        assert_eq!(tap.take(), b"");
        drop(file);
        assert_eq!(tap.take(), b"");
    }

    #[cfg(unix)]
    #[tokio::test]
    async fn a_log_that_nobody_takes_is_not_read_without_end() {
        let (tap, logs) = LogTap::open(true).unwrap();
        let Logs::File(file) = logs else { panic!("a pipe") };
        rustix::io::ioctl_fionbio(&file, true).unwrap();
        let mut written = 0;
        // This test does not wait, so that nothing is handed on.
        for _ in 0..1000 {
            written += rustix::io::write(&file, &[b'x'; 4096]).unwrap_or(0);
            assert!(tap.take().len() <= KEPT);
        }
        let waiting = tap.shared.state().waiting.len();
        assert!(
            (MOST_WAITING..MOST_WAITING + 4096).contains(&waiting) && written < waiting + (1 << 20),
            "{waiting} {written}"
        );
        // Tests are not to write it either.
        tap.shared.state().waiting.clear();
    }
}
