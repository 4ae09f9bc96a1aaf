//! The body of a result, read where it stands: JSON inside a string of JSON is scanned without
//! undoing the escapes of the string first.

use super::scan::{Cursor, Step};
use crate::json::plain_end;

/// What a body is, as far as a glance tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Body {
    /// There is none, or it is empty.
    Nothing,
    /// An object or an array of JSON.
    Json,
    /// Text that begins with `<`.
    Markup,
    /// Words, with a space between them, that begin with a letter.
    Words,
}

/// Keys of a body that look as if a whole result, or an error, had been put into it.
const RESULT_LIKE: [&[u8]; 9] = [
    b"statusCode",
    b"headers",
    b"multiValueHeaders",
    b"body",
    b"isBase64Encoded",
    b"cookies",
    b"errorMessage",
    b"errorType",
    b"stackTrace",
];

/// Longer numbers are left to the full judge.
const LONGEST_NUMBER: usize = 20;

impl Cursor<'_> {
    /// The string of a body, from its opening quote.
    pub(super) fn body(&mut self) -> Step<Body> {
        self.take(b"\"")?;
        let kind = match self.peek()? {
            b'"' => Body::Nothing,
            b'{' | b'[' => {
                self.json()?;
                self.inner_space();
                Body::Json
            }
            b'<' => {
                self.text()?;
                Body::Markup
            }
            b'A'..=b'Z' | b'a'..=b'z' => {
                let start = self.at;
                self.text()?;
                self.bytes[start..self.at].contains(&b' ').then_some(Body::Words)?
            }
            _ => return None,
        };
        self.take(b"\"")?;
        Some(kind)
    }

    /// Text up to the closing quote of the result's string.
    fn text(&mut self) -> Step {
        loop {
            self.at = plain_end(self.bytes, self.at);
            if self.peek()? == b'"' {
                return Some(());
            }
            self.take(b"\\")?;
            let letter = self.peek()?;
            self.at += 1;
            match letter {
                b'"' | b'\\' | b'/' | b'n' | b'r' | b't' => {}
                b'u' => {
                    self.unicode(b"\\u")?;
                }
                _ => return None,
            }
        }
    }

    /// An object or an array inside the string. Open brackets are bits: 1 for an object.
    fn json(&mut self) -> Step {
        let mut open = 1_u64;
        loop {
            let opened = match self.peek()? {
                b'{' => self.open(&mut open, 1, b'}')?,
                b'[' => self.open(&mut open, 0, b']')?,
                _ => {
                    self.scalar()?;
                    false
                }
            };
            if !opened && self.close(&mut open)? {
                return Some(());
            }
            if open & 1 == 1 {
                self.key(open)?;
            }
        }
    }

    /// Passes an opening bracket. False if the closing one follows, which is passed, too.
    fn open(&mut self, open: &mut u64, bit: u64, closing: u8) -> Step<bool> {
        if *open >> 62 != 0 {
            return None;
        }
        self.at += 1;
        self.inner_space();
        if self.peek()? == closing {
            self.at += 1;
            return Some(false);
        }
        *open = *open << 1 | bit;
        Some(true)
    }

    /// Behind a value: passes closing brackets up to a comma. True at the end of the whole.
    fn close(&mut self, open: &mut u64) -> Step<bool> {
        while *open != 1 {
            self.inner_space();
            let found = self.peek()?;
            self.at += 1;
            match (found, *open & 1) {
                (b',', _) => {
                    self.inner_space();
                    return Some(false);
                }
                (b'}', 1) | (b']', 0) => *open >>= 1,
                _ => return None,
            }
        }
        Some(true)
    }

    fn key(&mut self, open: u64) -> Step {
        let start = self.at + 2;
        self.inner_string()?;
        if open == 0b11 {
            // Of the body itself: an escape could hide a name.
            let key = self.bytes.get(start..self.at - 2)?;
            if key.contains(&b'\\') || RESULT_LIKE.contains(&key) {
                return None;
            }
        }
        self.inner_space();
        self.take(b":")?;
        self.inner_space();
        Some(())
    }

    /// White space of the inner text: its line breaks are escapes of the outer one.
    fn inner_space(&mut self) {
        loop {
            match self.bytes.get(self.at..) {
                Some([b' ', ..]) => self.at += 1,
                Some([b'\\', b'n' | b'r' | b't', ..]) => self.at += 2,
                _ => return,
            }
        }
    }

    fn scalar(&mut self) -> Step {
        match self.peek()? {
            b'\\' => self.inner_string(),
            b't' => self.take(b"true"),
            b'f' => self.take(b"false"),
            b'n' => self.take(b"null"),
            _ => self.number(),
        }
    }

    /// A number without an exponent.
    fn number(&mut self) -> Step {
        let start = self.at;
        if self.peek()? == b'-' {
            self.at += 1;
        }
        let first = self.peek()?;
        let whole = self.digits();
        if whole == 0 || (first == b'0' && whole > 1) {
            return None;
        }
        if self.peek()? == b'.' {
            self.at += 1;
            if self.digits() == 0 {
                return None;
            }
        }
        (!matches!(self.peek()?, b'e' | b'E') && self.at - start <= LONGEST_NUMBER).then_some(())
    }

    fn digits(&mut self) -> usize {
        let start = self.at;
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        self.at - start
    }

    /// A string of the inner text: its quotes are `\"`, its backslashes `\\`.
    fn inner_string(&mut self) -> Step {
        self.take(b"\\\"")?;
        loop {
            self.at = plain_end(self.bytes, self.at);
            match self.bytes.get(self.at..)? {
                [b'\\', b'"', ..] => {
                    self.at += 2;
                    return Some(());
                }
                [b'\\', b'\\', b'\\', b'"' | b'\\' | b'/', ..] => self.at += 4,
                [b'\\', b'\\', b'n' | b'r' | b't' | b'b' | b'f' | b'/', ..] => self.at += 3,
                [b'\\', b'\\', b'u', ..] => {
                    self.at += 3;
                    self.unicode(b"\\\\u")?;
                }
                [b'\\', b'/', ..] => self.at += 2,
                [b'\\', b'u', ..] => {
                    self.at += 2;
                    // What is written as an escape of the outer text stands bare in the inner one.
                    let bare = self.unicode(b"\\u")?;
                    (bare >= 0x20 && bare != 0x22 && bare != 0x5c).then_some(())?;
                }
                _ => return None,
            }
        }
    }
}
