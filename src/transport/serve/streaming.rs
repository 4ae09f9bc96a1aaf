//! Answers that are streamed: the head as soon as it is known, then the bytes as the function sends
//! them.

use crate::gateway::respond::split_stream;
use crate::http::Response;
use http_body_util::channel::{Channel, Sender};
use hyper::body::Bytes;
use std::io;
use tokio::sync::{mpsc, oneshot};

/// How many pieces of a stream wait for the client before the function has to.
const PIECES: usize = 16;

/// The largest prelude, in bytes: what has none by then is all body.
const LARGEST_PRELUDE: usize = 16 * 1024;

/// The head of a streamed answer, and its body. An error in that breaks the connection off: the
/// function failed behind its first byte.
#[derive(Debug)]
pub struct Streamed {
    /// Status and header fields.
    pub head: Response,
    /// The body as it comes.
    pub body: Channel<Bytes, io::Error>,
}

/// Takes the head of a streamed answer; dropped without one, the answer is not streamed.
pub type Taker = oneshot::Sender<Streamed>;

/// The bytes of a function on their way.
pub(super) struct Source {
    pub(super) chunks: mpsc::Receiver<Bytes>,
    /// What has arrived and was not sent on.
    pub(super) head: Vec<u8>,
}

impl Source {
    /// A source, and where the function's bytes go in.
    pub(super) fn new() -> (mpsc::Sender<Bytes>, Self) {
        let (sink, chunks) = mpsc::channel(PIECES);
        (sink, Self { chunks, head: Vec::new() })
    }

    /// Waits until the head of the answer is known; whether more may come.
    pub(super) async fn head(&mut self) -> bool {
        while !is_known(&self.head) {
            match self.chunks.recv().await {
                Some(chunk) => self.head.extend_from_slice(&chunk),
                None => return false,
            }
        }
        true
    }

    /// Hands the head over and sends on what comes. The sender is for breaking the stream off.
    pub(super) async fn pass(&mut self, taker: Taker, mut head: Response) -> Sender<Bytes, io::Error> {
        let (mut sender, body) = Channel::new(PIECES);
        let first = Bytes::from(std::mem::take(&mut head.body.0));
        // A client who has left misses the rest, and the function may go on to its end.
        if !first.is_empty() {
            sender.send_data(first).await.ok();
        }
        taker.send(Streamed { head, body }).ok();
        while let Some(chunk) = self.chunks.recv().await {
            sender.send_data(chunk).await.ok();
        }
        sender
    }
}

/// Whether these first bytes tell the head: there is a whole prelude, or there can be none.
fn is_known(bytes: &[u8]) -> bool {
    let begins = bytes.trim_ascii_start();
    let may_be_prelude = begins.first().is_none_or(|first| *first == b'{');
    split_stream(bytes).is_some() || (!may_be_prelude || bytes.len() > LARGEST_PRELUDE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_head_is_known_with_its_delimiter_or_when_there_is_none() {
        let long = [b"{".as_slice(), &[b' '; LARGEST_PRELUDE]].concat();
        let cases: [(&[u8], bool); 6] = [
            (b"", false),
            (b" {\"statusCode\":", false),
            (b"{}\0\0\0", false),
            (b"{}\0\0\0\0\0\0\0\0", true),
            (b"<html>", true),
            (&long, true),
        ];
        for (bytes, known) in cases {
            assert_eq!(is_known(bytes), known, "{:?}", &bytes[..bytes.len().min(20)]);
        }
    }
}
