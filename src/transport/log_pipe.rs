//! A pipe into which a function writes its log, read while the function runs and not a moment
//! longer: whoever keeps it open behind the function's back cannot hang us.

use super::process::Logs;
use std::io;

/// The reading end.
#[derive(Debug)]
pub struct LogPipe {
    #[cfg_attr(not(unix), allow(dead_code, reason = "nobody can open one"))]
    reader: io::PipeReader,
}

/// How much is read at the end of an invocation: more than a pipe holds, and no flood.
const MOST_AT_THE_END: usize = 1 << 20;

impl LogPipe {
    /// A pipe, and its writing end for a function; `None` where the system has none that can be
    /// read without waiting.
    ///
    /// # Errors
    /// When the system is out of descriptors.
    #[cfg(unix)]
    pub fn open() -> io::Result<Option<(Self, Logs)>> {
        let (reader, writer) = io::pipe()?;
        let logs = Logs::File(std::os::fd::OwnedFd::from(writer).into());
        Ok(Some((Self { reader }, logs)))
    }

    /// There is none here.
    ///
    /// # Errors
    /// Never.
    #[cfg(not(unix))]
    pub fn open() -> io::Result<Option<(Self, Logs)>> {
        Ok(None)
    }

    /// Waits for `work`, and hands to `take` what is written meanwhile, to the last byte.
    #[cfg(unix)]
    pub async fn read_beside<T>(&self, work: impl Future<Output = T>, mut take: impl FnMut(&[u8])) -> T {
        use tokio::net::unix::pipe::Receiver;
        let own = self.reader.try_clone();
        let Ok(receiver) = own.and_then(|own| Receiver::from_owned_fd(own.into())) else {
            return work.await;
        };
        let mut buffer = vec![0; 1 << 16];
        let mut work = std::pin::pin!(work);
        let done = loop {
            let ready = tokio::select! {
                biased;
                done = &mut work => break done,
                ready = receiver.readable() => ready,
            };
            match ready.and_then(|()| receiver.try_read(&mut buffer)) {
                Ok(read) if read > 0 => take(&buffer[..read]),
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                // Nobody writes any more, or nothing can be read.
                _ => break work.await,
            }
        };
        let mut read_at_the_end = 0;
        while read_at_the_end < MOST_AT_THE_END
            && let Ok(read) = rustix::io::read(&self.reader, &mut buffer)
            && read > 0
        {
            take(&buffer[..read]);
            read_at_the_end += read;
        }
        done
    }

    /// Waits for `work`.
    #[cfg(not(unix))]
    pub async fn read_beside<T>(&self, work: impl Future<Output = T>, _take: impl FnMut(&[u8])) -> T {
        work.await
    }
}
