//! Header fields as a client wrote them: REST APIs hand their names on in the client's spelling and
//! order, and HTTP libraries keep neither.
//!
//! The bytes of a request's head are kept while they are read, and read a second time. Of a request
//! that was sent before the answer to the one before it (pipelining), the spelling is lost: its names
//! are lower-case then, as in HTTP/2.

use crate::http::Headers;
use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// How many header fields are read.
const MOST_FIELDS: usize = 256;

/// What was read of a connection since the last answer.
#[derive(Debug, Clone, Default)]
pub(super) struct Spelling(Arc<Mutex<Recorded>>);

#[derive(Debug, Default)]
struct Recorded {
    bytes: Vec<u8>,
    paused: bool,
}

/// A connection whose heads are kept.
#[derive(Debug)]
pub(super) struct Recorder<T> {
    inner: T,
    spelling: Spelling,
    /// The most that is kept of a head.
    limit: usize,
}

impl<T> Recorder<T> {
    pub(super) fn new(inner: T, limit: usize) -> Self {
        Self { inner, spelling: Spelling::default(), limit }
    }

    /// What it keeps.
    pub(super) fn spelling(&self) -> Spelling {
        self.spelling.clone()
    }
}

impl Spelling {
    /// The fields of the head that was just read, as written; nothing is kept from now on, for a
    /// body follows. `None` if the head is not there, or not as a whole.
    pub(super) fn take(&self) -> Option<Headers> {
        let mut recorded = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        recorded.paused = true;
        let bytes = std::mem::take(&mut recorded.bytes);
        let mut fields = [httparse::EMPTY_HEADER; MOST_FIELDS];
        let mut head = httparse::Request::new(&mut fields);
        // Empty lines before a request are allowed.
        head.parse(&bytes).ok()?.is_complete().then(|| {
            let text = |value: &[u8]| String::from_utf8_lossy(value).into_owned();
            head.headers.iter().map(|field| (field.name.to_owned(), text(field.value))).collect()
        })
    }

    /// The request is answered: what is read now is the next head.
    pub(super) fn resume(&self) {
        let mut recorded = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        recorded.paused = false;
        recorded.bytes.clear();
    }

    /// Whether a head has begun that is not there as a whole.
    pub(super) fn is_begun(&self) -> bool {
        let recorded = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        !recorded.paused && !recorded.bytes.is_empty()
    }

    fn keep(&self, bytes: &[u8], limit: usize) {
        let mut recorded = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let room = limit.saturating_sub(recorded.bytes.len());
        if !recorded.paused && room > 0 {
            recorded.bytes.extend_from_slice(&bytes[..bytes.len().min(room)]);
        }
    }
}

impl<T: AsyncRead + Unpin> AsyncRead for Recorder<T> {
    fn poll_read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        let before = buffer.filled().len();
        let polled = Pin::new(&mut this.inner).poll_read(cx, buffer);
        if let Some(read) = buffer.filled().get(before..).filter(|read| !read.is_empty()) {
            this.spelling.keep(read, this.limit);
        }
        polled
    }
}

impl<T: AsyncWrite + Unpin> AsyncWrite for Recorder<T> {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.get_mut().inner).poll_write(cx, bytes)
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().inner).poll_flush(cx)
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().inner).poll_shutdown(cx)
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.get_mut().inner).poll_write_vectored(cx, slices)
    }

    fn is_write_vectored(&self) -> bool {
        self.inner.is_write_vectored()
    }
}
