//! HAR 1.2: the requests that a browser or a proxy recorded, one at a time.
//!
//! The file is read as a stream: only the request of the entry at hand is held, answers (the
//! bulk of a recording) are passed over without being kept.

mod convert;
mod stream;

use crate::http::Request;
use std::io::Read;
use std::ops::ControlFlow;

/// The request of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HarRequest {
    /// Which entry: `.log.entries[index]`, counted from 0.
    pub index: usize,
    /// The URL as recorded.
    pub url: String,
    /// The request with the path and the query of that URL.
    pub request: Request,
}

/// An entry whose request no gateway would see, or that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadEntry {
    /// Which entry, counted from 0.
    pub index: usize,
    /// What is wrong with it.
    pub message: String,
    /// It is no request of HTTP at all (`data:`, `blob:`, `chrome-extension:`): none to miss.
    pub is_foreign: bool,
}

/// Why a file cannot be read, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct HarError {
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub hint: String,
    /// Line and column (in bytes), both counted from 1, where they are known.
    pub place: Option<(usize, usize)>,
}

/// Reads a HAR file. `wants` chooses entries by index and URL before they are converted, `each`
/// takes them in their order and may stop the reading. Returns how many entries were seen.
///
/// # Errors
/// [`HarError`] if the file is cut off, is no JSON, or has no list of entries; what was read
/// before has been handed over by then.
pub fn read(
    input: impl Read,
    wants: &dyn Fn(usize, &str) -> bool,
    each: &mut dyn FnMut(Result<HarRequest, BadEntry>) -> ControlFlow<()>,
) -> Result<usize, HarError> {
    stream::read(input, &mut |index, entry| {
        let url = entry.url();
        if !wants(index, url) {
            return ControlFlow::Continue(());
        }
        each(convert::request(index, entry))
    })
}

#[cfg(test)]
mod tests;
