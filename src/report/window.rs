//! The part of an endless line that is worth showing.
//!
//! The renderer cuts lines to the terminal's width, but looks at all of them to do so: a line of
//! megabytes takes it seconds.

use std::ops::Range;

/// Bytes of a line that are rendered as they are.
const LONG: usize = 4096;

/// A line, or the part of it around what is marked.
pub(super) struct Window<'l> {
    /// The text to render.
    pub(super) text: &'l str,
    /// What is marked in it.
    pub(super) marked: Range<usize>,
    /// How many characters of the line stand before it.
    pub(super) before: usize,
}

/// Cuts `line` down around the beginning of `marked`.
pub(super) fn window(line: &str, marked: Range<usize>) -> Window<'_> {
    if line.len() <= LONG {
        return Window { text: line, marked, before: 0 };
    }
    let from = boundary(line, marked.start.saturating_sub(LONG / 4));
    let to = boundary(line, marked.start.saturating_add(LONG * 3 / 4).min(line.len()));
    let end = marked.end.min(to) - from;
    Window { text: &line[from..to], marked: marked.start - from..end, before: line[..from].chars().count() }
}

/// The nearest character boundary at or before a byte.
fn boundary(line: &str, mut byte: usize) -> usize {
    while !line.is_char_boundary(byte) {
        byte -= 1;
    }
    byte
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_line_is_cut_around_the_mark() {
        let line = format!("{}{{}}{}", "é".repeat(9000), "x".repeat(9000));
        let window = window(&line, 18_000..line.len());
        assert_eq!(&window.text[window.marked.start..=window.marked.start + 1], "{}");
        assert_eq!(window.marked.end, window.text.len());
        assert_eq!(window.before + window.text[..window.marked.start].chars().count(), 9000);
        assert!(window.text.len() <= LONG + 4);
    }

    #[test]
    fn a_short_line_stays_whole() {
        let window = window("abc", 1..2);
        assert_eq!((window.text, window.marked, window.before), ("abc", 1..2, 0));
    }
}
