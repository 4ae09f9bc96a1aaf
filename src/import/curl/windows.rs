//! The words of cmd.exe (`^` escapes, then the C runtime's quotes) and of PowerShell.

use super::words::{Line, Word};
use crate::import::ImportError;
use crate::json::Span;

/// A character and where it stands; escaped ones have no meaning of their own.
#[derive(Clone, Copy)]
struct Letter {
    at: usize,
    letter: char,
    escaped: bool,
}

/// cmd.exe: the interpreter takes the carets away, then the program's runtime reads the quotes.
pub(super) fn split_cmd(source: &str, start: usize) -> Result<Line, ImportError> {
    let letters = without_carets(source, start);
    let mut words = Vec::new();
    let mut index = 0;
    while let Some(first) = letters.get(index) {
        if first.letter.is_whitespace() {
            index += 1;
            continue;
        }
        if !first.escaped && matches!(first.letter, '|' | '&') {
            break;
        }
        let (bytes, next) = runtime_word(&letters, index)?;
        let end = letters.get(next).map_or(source.len(), |letter| letter.at);
        words.push(Word { bytes, span: Span::new(first.at, end.max(first.at)) });
        index = next;
    }
    Ok(Line { commands: vec![words], variables: Vec::new() })
}

/// A caret escapes the next character outside of quotes that are not escaped themselves; at the
/// end of a line it takes the line break with it and escapes what begins the next line.
fn without_carets(source: &str, start: usize) -> Vec<Letter> {
    let mut letters = Vec::new();
    let mut quoted = false;
    let mut chars = source[start..].char_indices().map(|(at, letter)| (start + at, letter)).peekable();
    while let Some((at, letter)) = chars.next() {
        match letter {
            '^' if !quoted => {
                let mut broken = false;
                while let Some((_, '\r' | '\n')) = chars.peek().filter(|_| !broken) {
                    broken = chars.next().is_some_and(|(_, letter)| letter == '\n');
                }
                if let Some((at, letter)) = chars.next() {
                    letters.push(Letter { at, letter, escaped: true });
                }
            }
            '\r' => {}
            _ => {
                quoted ^= letter == '"';
                letters.push(Letter { at, letter, escaped: quoted });
            }
        }
    }
    letters
}

/// One argument as the C runtime reads it: quotes group, `\"` is a quote, `""` inside quotes too.
fn runtime_word(letters: &[Letter], from: usize) -> Result<(Vec<u8>, usize), ImportError> {
    let mut text = String::new();
    let mut open = None;
    let mut index = from;
    let is_quote = |index: usize| letters.get(index).is_some_and(|next| next.letter == '"');
    while let Some(&Letter { at, letter, escaped }) = letters.get(index) {
        let run = letters[index..].iter().take_while(|next| next.letter == '\\').count();
        match letter {
            '\\' if is_quote(index + run) => {
                text.extend(std::iter::repeat_n('\\', run / 2));
                index += run;
                if run % 2 == 1 {
                    text.push('"');
                    index += 1;
                }
                continue;
            }
            '"' if open.is_some() && is_quote(index + 1) => {
                text.push('"');
                index += 1;
            }
            '"' => open = if open.is_none() { Some(at) } else { None },
            _ if open.is_none() && letter.is_whitespace() => break,
            '|' | '&' if open.is_none() && !escaped => break,
            _ => text.push(letter),
        }
        index += 1;
    }
    match open {
        Some(at) => Err(ImportError::new(Span::new(at, at + 1), "the quote that opens here is never closed")
            .hint("copy the whole command")),
        None => Ok((text.into_bytes(), index)),
    }
}

/// PowerShell: single quotes are literal, a backtick escapes elsewhere, quotes double.
pub(super) fn split_powershell(source: &str, start: usize) -> Result<Line, ImportError> {
    let mut line = Line::default();
    let mut words = Vec::new();
    let mut at = start;
    while let Some(letter) = source[at..].chars().next() {
        let continued = ["`\n", "`\r\n"].iter().find(|text| source[at..].starts_with(**text));
        if let Some(continued) = continued {
            at += continued.len();
        } else if letter.is_whitespace() {
            at += letter.len_utf8();
        } else if matches!(letter, '|' | ';') {
            break;
        } else {
            let (text, end) = powershell_word(source, at)?;
            words.push(Word { bytes: text.into_bytes(), span: Span::new(at, end) });
            at = end;
        }
    }
    line.commands.push(words);
    Ok(line)
}

fn powershell_word(source: &str, start: usize) -> Result<(String, usize), ImportError> {
    let mut text = String::new();
    let mut open: Option<(usize, char)> = None;
    let mut chars = source[start..].char_indices().map(|(at, letter)| (start + at, letter)).peekable();
    while let Some((at, letter)) = chars.next() {
        let next = chars.peek().map(|(_, next)| *next);
        match (open, letter) {
            (Some((_, quote)), _) if letter == quote && next == Some(quote) => {
                text.push(quote);
                chars.next();
            }
            (Some((_, quote)), _) if letter == quote => open = None,
            (None | Some((_, '"')), '`') => {
                if let Some((_, escaped)) = chars.next() {
                    text.push(unescape(escaped));
                }
            }
            (None, '\'' | '"') => open = Some((at, letter)),
            (None, '|' | ';') => return Ok((text, at)),
            (None, _) if letter.is_whitespace() => return Ok((text, at)),
            _ => text.push(letter),
        }
    }
    match open {
        Some((at, _)) => {
            Err(ImportError::new(Span::new(at, at + 1), "the quote that opens here is never closed")
                .hint("copy the whole command"))
        }
        None => Ok((text, source.len())),
    }
}

fn unescape(letter: char) -> char {
    match letter {
        '0' => '\0',
        'a' => '\u{7}',
        'b' => '\u{8}',
        'e' => '\u{1b}',
        'f' => '\u{c}',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'v' => '\u{b}',
        other => other,
    }
}
