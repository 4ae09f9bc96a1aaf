//! Byte offsets and the lines and columns that people count in.

use super::parse::BYTE_ORDER_MARK;

/// A run of bytes in a text, `start` included, `end` not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// Offset of the first byte.
    pub start: usize,
    /// Offset behind the last byte.
    pub end: usize,
}

impl Span {
    /// The span from `start` up to, not including, `end`.
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }
}

/// A position as an editor shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Line, counted from 1.
    pub line: usize,
    /// Column in characters (Unicode scalar values), counted from 1.
    pub column: usize,
    /// Offset in bytes from the start of the text, counted from 0.
    pub byte: usize,
}

impl Place {
    /// The beginning of a file.
    pub const START: Self = Self { line: 1, column: 1, byte: 0 };

    /// The same place in a text that begins at `start` of a larger one.
    #[must_use]
    pub fn behind(self, start: Self) -> Self {
        let column = if self.line == 1 { self.column + start.column - 1 } else { self.column };
        Self { line: self.line + start.line - 1, column, byte: self.byte + start.byte }
    }

    /// The place behind some bytes of a text in UTF-8 that begin here.
    #[must_use]
    pub fn past(self, bytes: &[u8]) -> Self {
        let byte = self.byte + bytes.len();
        let lines = memchr::memchr_iter(b'\n', bytes).count();
        let last = memchr::memrchr(b'\n', bytes).map_or(bytes, |at| &bytes[at + 1..]);
        // A byte that continues a character is no column, nor is a byte order mark.
        let mark = byte == last.len() && last.starts_with("\u{feff}".as_bytes());
        let columns = last.iter().filter(|byte| **byte & 0xC0 != 0x80).count() - usize::from(mark);
        let before = if lines == 0 { self.column } else { 1 };
        Self { line: self.line + lines, column: before + columns, byte }
    }
}

/// The line starts of a text, found once, so that each look-up is a binary search.
#[derive(Debug, Clone)]
pub struct Lines {
    starts: Vec<usize>,
}

impl Lines {
    /// Finds the lines of `source`. A line ends with `\n`; a `\r` before it belongs to the line.
    pub fn new(source: &str) -> Self {
        let breaks = source.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let starts = std::iter::once(0).chain(breaks.map(|(at, _)| at + 1)).collect();
        Self { starts }
    }

    /// The place of a byte offset; offsets past the end count as the end.
    pub fn place(&self, source: &str, byte: usize) -> Place {
        let byte = floor_char_boundary(source, byte);
        let line = self.starts.partition_point(|start| *start <= byte);
        let start = self.starts[line - 1];
        // A byte order mark before the first line has no column of its own.
        let column = source[start..byte].trim_start_matches(BYTE_ORDER_MARK).chars().count() + 1;
        Place { line, column, byte }
    }

    /// The text of a line (counted from 1) without its line break, and its first byte's offset.
    pub fn line<'s>(&self, source: &'s str, line: usize) -> (usize, &'s str) {
        let start = self.starts[line - 1];
        let end = self.starts.get(line).map_or(source.len(), |next| next - 1);
        (start, source[start..end].trim_end_matches('\r'))
    }
}

/// The nearest character boundary at or before `byte`.
fn floor_char_boundary(source: &str, byte: usize) -> usize {
    let mut byte = byte.min(source.len());
    while !source.is_char_boundary(byte) {
        byte -= 1;
    }
    byte
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_bytes_count_bytes() {
        let source = "{\n\t\"ключ\": 1\r\n}";
        let lines = Lines::new(source);
        let at = source.find('1').unwrap();
        assert_eq!(lines.place(source, at), Place { line: 2, column: 10, byte: at });
        assert_eq!(lines.line(source, 2), (2, "\t\"ключ\": 1"));
    }

    #[test]
    fn a_place_behind_bytes_is_the_place_in_the_text() {
        let source = "\u{feff}{\"ключ\":\n\t\"日本\"}\r\n\n{}";
        let lines = Lines::new(source);
        for (first, _) in source.char_indices() {
            let start = Place::START.past(&source.as_bytes()[..first]);
            for (second, _) in source.char_indices().filter(|(at, _)| *at >= first) {
                let place = start.past(&source.as_bytes()[first..second]);
                assert_eq!(place, lines.place(source, second), "{first} {second}");
            }
        }
    }

    #[test]
    fn an_offset_past_the_end_is_the_end() {
        let lines = Lines::new("");
        assert_eq!(lines.place("", 9), Place { line: 1, column: 1, byte: 0 });
    }
}
