//! A text inside a string of JSON: where in the outer text each of its bytes is written.

use super::escape::escape;
use super::place::Span;

/// The text that a string of JSON stands for, and the place of every byte of it.
///
/// Kept is one entry for each change between plain bytes and escapes, so that a megabyte without
/// escapes costs nothing.
#[derive(Debug, Clone)]
pub struct Inner {
    runs: Vec<Run>,
}

/// A run of bytes: plain ones stand one for one, those of an escape all at its backslash.
#[derive(Debug, Clone, Copy)]
struct Run {
    decoded: usize,
    written: usize,
    is_escape: bool,
}

impl Inner {
    /// Of the string at `span` of `source`, quotes included. A span that holds no string of JSON
    /// gives places that are of no use, but no panic.
    pub fn new(source: &str, span: Span) -> Self {
        let end = span.end.saturating_sub(1).min(source.len());
        let start = (span.start + 1).min(end);
        let text = source.get(start..end).unwrap_or_default();
        let mut inner = Self { runs: vec![Run { decoded: 0, written: start, is_escape: false }] };
        let (mut at, mut decoded) = (0, 0);
        while let Some(plain) = text[at..].find('\\') {
            decoded += plain;
            at += plain;
            let Ok((letter, behind)) = escape(text, at) else { break };
            inner.runs.push(Run { decoded, written: start + at, is_escape: true });
            at = behind;
            decoded += letter.len_utf8();
            inner.runs.push(Run { decoded, written: start + at, is_escape: false });
        }
        inner
    }

    /// Where the byte of the inner text is written; of an escape, its backslash.
    pub fn place(&self, byte: usize) -> usize {
        let behind = self.runs.partition_point(|run| run.decoded <= byte);
        let run = self.runs[behind.saturating_sub(1)];
        if run.is_escape { run.written } else { run.written + (byte - run.decoded) }
    }

    /// Where a part of the inner text is written.
    pub fn span(&self, inner: Span) -> Span {
        Span::new(self.place(inner.start), self.place(inner.end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::{Part, Pointer, Text};
    use proptest::prelude::*;

    #[test]
    fn a_byte_is_found_where_it_is_written() {
        let source = r#"{"body": "{\"a\":\n \"\u00e9\ud83d\ude00x\ud83d\"}"}"#;
        let text = Text::parse("t", source).unwrap();
        let span = text.span(&Pointer::parse("/body").unwrap(), Part::Value).unwrap();
        let value = text.value()["body"].as_str().unwrap().to_owned();
        let inner = Inner::new(source, span);
        let written = |part: &str| {
            let at = value.find(part).unwrap();
            let span = inner.span(Span::new(at, at + part.len()));
            &source[span.start..span.end]
        };
        assert_eq!(written("{"), "{");
        assert_eq!(written("\"a\""), "\\\"a\\\"");
        assert_eq!(written("\n "), "\\n ");
        assert_eq!(written("é"), "\\u00e9");
        assert_eq!(written("😀x"), "\\ud83d\\ude00x");
        assert_eq!(written("\u{fffd}\"}"), "\\ud83d\\\"}");
        assert_eq!(inner.place(value.len()), span.end - 1);
    }

    #[test]
    fn what_is_no_string_gives_no_panic() {
        for (source, span) in [("", Span::new(0, 0)), ("\"\\", Span::new(0, 9)), ("é", Span::new(0, 1))] {
            Inner::new(source, span).place(7);
        }
    }

    proptest! {
        #[test]
        fn every_letter_is_written_where_it_is_said(
            letters in proptest::collection::vec((any::<char>(), any::<bool>()), 0..20)
        ) {
            let mut source = String::from("\"");
            let mut starts = Vec::new();
            let mut value = String::new();
            for (letter, escaped) in letters {
                starts.push((value.len(), source.len()));
                value.push(letter);
                if escaped || letter < ' ' || ['"', '\\'].contains(&letter) {
                    let mut units = [0; 2];
                    letter.encode_utf16(&mut units).iter().for_each(|unit| source += &format!("\\u{unit:04x}"));
                } else {
                    source.push(letter);
                }
            }
            starts.push((value.len(), source.len()));
            source.push('"');
            let inner = Inner::new(&source, Span::new(0, source.len()));
            for (decoded, written) in starts {
                prop_assert_eq!(inner.place(decoded), written);
            }
        }
    }
}
