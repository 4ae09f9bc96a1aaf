//! Escapes inside of strings.

use super::parse::{Parsed, SyntaxError, SyntaxErrorKind};
use super::place::Span;
use super::plain::plain_end;
use std::borrow::Cow;

/// The text that stands between two quotes, its escapes undone. A lone surrogate becomes U+FFFD.
pub(super) fn decoded(inside: &str) -> Cow<'_, str> {
    let first = plain_end(inside.as_bytes(), 0);
    if first == inside.len() {
        return Cow::Borrowed(inside);
    }
    let mut text = String::with_capacity(inside.len());
    text.push_str(&inside[..first]);
    let mut at = first;
    while let Ok((letter, behind)) = escape(inside, at) {
        text.push(letter);
        at = plain_end(inside.as_bytes(), behind);
        text.push_str(&inside[behind..at]);
        if at == inside.len() {
            break;
        }
    }
    Cow::Owned(text)
}

/// The character of the escape whose backslash stands at `start`, and the place behind it.
pub(super) fn escape(source: &str, start: usize) -> Parsed<(char, usize)> {
    let Some(letter) = source[start + 1..].chars().next() else {
        let kind = SyntaxErrorKind::UnexpectedEnd("a string");
        return Err(SyntaxError { kind, span: Span::new(start + 1, start + 1) });
    };
    let behind = start + 1 + letter.len_utf8();
    let character = match letter {
        '"' | '\\' | '/' => letter,
        'b' => '\u{8}',
        'f' => '\u{c}',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'u' => return unicode_escape(source, start, behind),
        other => {
            let span = Span::new(start, behind);
            return Err(SyntaxError { kind: SyntaxErrorKind::BadEscape(other), span });
        }
    };
    Ok((character, behind))
}

fn unicode_escape(source: &str, start: usize, digits: usize) -> Parsed<(char, usize)> {
    let (high, behind) = hex4(source, start, digits)?;
    if !(0xD800..0xDC00).contains(&high) || !source[behind..].starts_with("\\u") {
        return Ok((char::from_u32(high).unwrap_or(char::REPLACEMENT_CHARACTER), behind));
    }
    let (low, behind_low) = hex4(source, behind, behind + 2)?;
    if !(0xDC00..0xE000).contains(&low) {
        return Ok((char::REPLACEMENT_CHARACTER, behind));
    }
    let joined = 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
    Ok((char::from_u32(joined).unwrap_or(char::REPLACEMENT_CHARACTER), behind_low))
}

fn hex4(source: &str, start: usize, at: usize) -> Parsed<(u32, usize)> {
    let digits = source.as_bytes().get(at..at + 4);
    let digits = digits.filter(|digits| digits.iter().all(u8::is_ascii_hexdigit));
    let Some(digits) = digits else {
        return Err(SyntaxError { kind: SyntaxErrorKind::BadEscape('u'), span: Span::new(start, at) });
    };
    let digit = |byte: &u8| char::from(*byte).to_digit(16).unwrap_or(0);
    Ok((digits.iter().fold(0, |number, byte| number * 16 + digit(byte)), at + 4))
}
