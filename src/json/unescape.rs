//! Text inside a string of JSON, with the place of each of its bytes in the text around it.

use super::escape::escape;
use super::place::Span;

/// What a string of JSON says, and where each byte of that stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unescaped {
    /// The text without escapes.
    pub text: String,
    /// The offset of each byte of the text in the text around it, and of what follows.
    offsets: Vec<usize>,
}

impl Unescaped {
    /// Reads the string whose bytes, quotes included, are those of `span`; `None` if no string of
    /// JSON stands there.
    pub fn of_string(source: &str, span: Span) -> Option<Self> {
        let quoted = source.get(span.start..span.end)?;
        let is_string = quoted.len() >= 2 && quoted.starts_with('"') && quoted.ends_with('"');
        is_string.then(|| Self::of_content(source, Span::new(span.start + 1, span.end - 1)))?
    }

    /// Reads what stands between the quotes of a string.
    pub fn of_content(source: &str, span: Span) -> Option<Self> {
        let content = &source[..span.end];
        let mut read = Self { text: String::new(), offsets: Vec::new() };
        let mut at = span.start;
        while let Some(plain) = content.get(at..)?.chars().next() {
            let (letter, behind) = match plain {
                '\\' => escape(content, at).ok()?,
                plain => (plain, at + plain.len_utf8()),
            };
            // The bytes of an escaped character all stand where its escape does.
            let step = usize::from(plain != '\\');
            read.offsets.extend((0..letter.len_utf8()).map(|byte| at + byte * step));
            read.text.push(letter);
            at = behind;
        }
        read.offsets.push(at);
        Some(read)
    }

    /// Where some bytes of the text stand in the text around it.
    pub fn outside(&self, span: Span) -> Span {
        let place = |byte: usize| self.offsets[byte.min(self.text.len())];
        Span::new(place(span.start), place(span.end))
    }

    /// The same text as one inside of `outer`, in whose text this one was found.
    #[must_use]
    pub fn within(mut self, outer: &Self) -> Self {
        self.offsets.iter_mut().for_each(|offset| *offset = outer.offsets[*offset]);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::{Part, Pointer, Text};
    use proptest::prelude::*;

    #[test]
    fn every_byte_has_its_place() {
        let source = r#"["a\"é\u00e9\ud83d\ude00\/z"]"#;
        let read = Unescaped::of_string(source, Span::new(1, source.len() - 1)).unwrap();
        assert_eq!(read.text, "a\"éé😀/z");
        let outside = |part: &str| {
            let at = read.text.rfind(part).unwrap();
            let span = read.outside(Span::new(at, at + part.len()));
            &source[span.start..span.end]
        };
        assert_eq!(outside("a\""), r#"a\""#);
        assert_eq!(outside("é"), r"\u00e9");
        assert_eq!(outside("😀/"), r"\ud83d\ude00\/");
        assert_eq!(outside("z"), "z");
        assert_eq!(read.outside(Span::new(0, 99)), Span::new(2, source.len() - 2));
    }

    proptest! {
        #[test]
        fn the_text_is_what_json_says(text in "\\PC{0,12}|[\"\\\\/\n]{0,5}", again in any::<bool>()) {
            let once = serde_json::to_string(&text).unwrap();
            let source = if again { serde_json::to_string(&once).unwrap() } else { once };
            let document = Text::parse("t", source.as_str()).unwrap();
            let span = document.span(&Pointer::root(), Part::Value).unwrap();
            let mut read = Unescaped::of_string(&source, span).unwrap();
            if again {
                let whole = Span::new(0, read.text.len());
                read = Unescaped::of_string(&read.text, whole).unwrap().within(&read);
            }
            prop_assert_eq!(&read.text, &text);
            for (at, letter) in text.char_indices().filter(|(_, letter)| letter.is_ascii_alphanumeric()) {
                let span = read.outside(Span::new(at, at + 1));
                prop_assert_eq!(&source[span.start..span.end], letter.to_string());
            }
        }
    }
}
