//! A cursor over the bytes of a result: what it does not understand it does not pass.

use crate::json::plain_end;

/// What a step found; nothing where the full judge must look.
pub(super) type Step<T = ()> = Option<T>;

/// A place in the bytes.
pub(super) struct Cursor<'b> {
    pub(super) bytes: &'b [u8],
    pub(super) at: usize,
}

impl<'b> Cursor<'b> {
    #[inline]
    pub(super) fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// Passes white space between the tokens of the result.
    #[inline]
    pub(super) fn space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\n' | b'\r' | b'\t')) {
            self.at += 1;
        }
    }

    /// Passes exactly these bytes.
    #[inline]
    pub(super) fn take(&mut self, expected: &[u8]) -> Step {
        let rest = self.bytes.get(self.at..)?;
        self.at += expected.len();
        rest.starts_with(expected).then_some(())
    }

    /// Passes a punctuation mark and the white space on both sides of it.
    #[inline]
    pub(super) fn mark(&mut self, mark: u8) -> Step {
        self.space();
        self.take(&[mark])?;
        self.space();
        Some(())
    }

    /// After a member or an item: true at a comma, false at the closing bracket; both are passed.
    #[inline]
    pub(super) fn goes_on(&mut self, bracket: u8) -> Step<bool> {
        self.space();
        let found = self.peek()?;
        self.at += 1;
        match found {
            b',' => {
                self.space();
                Some(true)
            }
            _ => (found == bracket).then_some(false),
        }
    }

    /// The inside of a string without escapes, from its opening quote.
    #[inline]
    pub(super) fn plain_string(&mut self) -> Step<&'b [u8]> {
        self.take(b"\"")?;
        let start = self.at;
        self.at = plain_end(self.bytes, start);
        let text = self.bytes.get(start..self.at)?;
        self.take(b"\"")?;
        Some(text)
    }

    /// The inside of a string whose only escapes are quotes.
    #[inline]
    pub(super) fn quoted_string(&mut self) -> Step<&'b [u8]> {
        self.take(b"\"")?;
        let start = self.at;
        loop {
            self.at = plain_end(self.bytes, self.at);
            match self.bytes.get(self.at..)? {
                [b'"', ..] => break,
                [b'\\', b'"', ..] => self.at += 2,
                _ => return None,
            }
        }
        self.at += 1;
        self.bytes.get(start..self.at - 1)
    }

    /// The UTF-16 code unit of four hexadecimal digits.
    pub(super) fn hex4(&mut self) -> Step<u32> {
        let digits = self.bytes.get(self.at..self.at + 4)?;
        self.at += 4;
        let value = |number: u32, digit: &u8| Some(number * 16 + char::from(*digit).to_digit(16)?);
        digits.iter().try_fold(0, value)
    }

    /// The character of a `\u` escape behind its letter; `escape` begins the other half of a pair.
    pub(super) fn unicode(&mut self, escape: &[u8]) -> Step<u32> {
        let unit = self.hex4()?;
        match unit {
            0xD800..0xDC00 => {
                self.take(escape)?;
                (0xDC00..0xE000).contains(&self.hex4()?).then_some(0x10000)
            }
            0xDC00..0xE000 => None,
            _ => Some(unit),
        }
    }
}
