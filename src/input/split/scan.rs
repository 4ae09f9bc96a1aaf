//! Where JSON values end, seen by their brackets and strings alone: what stands between may be
//! broken, that is for the judges.

use serde::de::IgnoredAny;
use std::ops::Range;

const MARK: &[u8] = "\u{feff}".as_bytes();

/// The offset behind a byte order mark.
pub(super) fn skip_mark(bytes: &[u8]) -> usize {
    if bytes.starts_with(MARK) { MARK.len() } else { 0 }
}

/// The white space of JSON.
pub(super) fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r')
}

/// The first byte at or behind `from` that is no white space.
pub(super) fn non_blank(bytes: &[u8], from: usize) -> Option<usize> {
    bytes[from..].iter().position(|byte| !is_blank(*byte)).map(|at| from + at)
}

/// The same bytes without white space around them.
pub(super) fn trim(bytes: &[u8], range: Range<usize>) -> Range<usize> {
    let text = &bytes[range.clone()];
    let last = text.iter().rposition(|byte| !is_blank(*byte)).map_or(0, |at| at + 1);
    let first = text[..last].iter().position(|byte| !is_blank(*byte)).unwrap_or(0);
    range.start + first..range.start + last
}

/// The line that begins at `from`, without its break; `None` if its end is not there yet.
pub(super) fn line(bytes: &[u8], from: usize, end: bool) -> Option<Range<usize>> {
    match memchr::memchr(b'\n', &bytes[from..]) {
        Some(at) => Some(from..from + at),
        None => end.then_some(from..bytes.len()),
    }
}

/// Whether the bytes are exactly one JSON value.
pub(super) fn is_value(bytes: &[u8]) -> bool {
    serde_json::from_slice::<IgnoredAny>(bytes).is_ok()
}

/// How deep in brackets a reader of the text is, and whether in a string.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Nesting {
    depth: usize,
    in_string: bool,
}

impl Nesting {
    /// Whether every bracket and string is closed.
    pub(super) fn is_closed(self) -> bool {
        self.depth == 0 && !self.in_string
    }

    /// Reads from `at` to where a byte stands outside of all brackets and strings for which `stop` is
    /// true; a closing bracket counts as outside when it closes the outermost one, or none.
    pub(super) fn find(&mut self, bytes: &[u8], mut at: usize, stop: impl Fn(u8) -> bool) -> Option<usize> {
        while at < bytes.len() {
            if self.in_string {
                at = self.leave_string(bytes, at)?;
                continue;
            }
            let byte = bytes[at];
            match byte {
                b'"' => self.in_string = true,
                b'{' | b'[' => self.depth += 1,
                b'}' | b']' if self.depth > 0 => self.depth -= 1,
                _ => {
                    if self.depth == 0 && stop(byte) {
                        return Some(at);
                    }
                    at += 1;
                    continue;
                }
            }
            if self.is_closed() && stop(byte) {
                return Some(at);
            }
            at += 1;
        }
        None
    }

    /// The offset behind the quote that ends the string; `None` if it is not there.
    fn leave_string(&mut self, bytes: &[u8], mut at: usize) -> Option<usize> {
        loop {
            at += memchr::memchr2(b'"', b'\\', &bytes[at..])?;
            if bytes[at] == b'"' {
                self.in_string = false;
                return Some(at + 1);
            }
            at += 2;
            if at > bytes.len() {
                return None;
            }
        }
    }
}

/// The end of the object or array that begins at `from`; `None` if it does not end here.
pub(super) fn end_of(bytes: &[u8], from: usize) -> Option<usize> {
    let mut nesting = Nesting::default();
    nesting.find(bytes, from, |byte| matches!(byte, b'}' | b']')).map(|at| at + 1)
}

/// Where, behind the value that begins at `from`, the first byte outside of it stands for which
/// `stop` is true.
pub(super) fn behind(bytes: &[u8], from: usize, stop: impl Fn(u8) -> bool) -> Option<usize> {
    let from = if matches!(bytes.get(from), Some(b'{' | b'[')) { end_of(bytes, from)? } else { from };
    Nesting::default().find(bytes, from, stop)
}

/// The members of an object that begins with the bytes, as far as they are there: key and value.
pub(super) fn members(object: &[u8]) -> impl Iterator<Item = (&[u8], Range<usize>)> {
    let mut at = 1;
    std::iter::from_fn(move || {
        let key = non_blank(object, at).filter(|key| object[*key] == b'"')?;
        let colon = Nesting::default().find(object, key, |byte| byte == b':')?;
        let name = trim(object, key..colon);
        let value = non_blank(object, colon + 1)?;
        let end = behind(object, value, |byte| matches!(byte, b',' | b'}')).unwrap_or(object.len());
        at = if object.get(end) == Some(&b',') { end + 1 } else { object.len() };
        let name = object.get(name.start + 1..name.end - 1)?;
        Some((name, trim(object, value..end)))
    })
}
