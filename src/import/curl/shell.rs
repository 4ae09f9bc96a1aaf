//! The words of sh, bash and zsh: quotes, `$'…'`, continued lines, pipes and redirections.

use super::words::{Line, Word};
use crate::import::ImportError;
use crate::json::Span;

/// Splits a line from byte `start` on.
pub(super) fn split(source: &str, start: usize) -> Result<Line, ImportError> {
    let mut reader = Reader { source, at: start, line: Line::default(), words: Vec::new(), drop_next: false };
    while reader.step()? {}
    reader.end_command();
    Ok(reader.line)
}

struct Reader<'s> {
    source: &'s str,
    at: usize,
    line: Line,
    words: Vec<Word>,
    /// The next word is the file of a redirection.
    drop_next: bool,
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        &self.source[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn next(&mut self) -> Option<char> {
        let letter = self.peek()?;
        self.at += letter.len_utf8();
        Some(letter)
    }

    /// A line break that is escaped: no character at all.
    fn skip_continuation(&mut self) -> bool {
        let length = ["\\\n", "\\\r\n"].iter().find(|text| self.rest().starts_with(**text)).map(|t| t.len());
        self.at += length.unwrap_or_default();
        length.is_some()
    }

    fn end_command(&mut self) {
        let words = std::mem::take(&mut self.words);
        if !words.is_empty() {
            self.line.commands.push(words);
        }
    }

    /// Reads one word or operator; false at the end of the command.
    fn step(&mut self) -> Result<bool, ImportError> {
        if self.skip_continuation() {
            return Ok(true);
        }
        match self.peek() {
            None => Ok(false),
            Some('\n') => self.line_break(),
            Some(letter) if letter.is_whitespace() => Ok(self.next().is_some()),
            Some('#') => {
                self.at += self.rest().find('\n').unwrap_or(self.rest().len());
                Ok(true)
            }
            Some('|') if !self.rest().starts_with("||") => {
                self.next();
                self.end_command();
                Ok(true)
            }
            Some(';' | '|') => Ok(false),
            Some('&') => self.ampersand(),
            Some('<' | '>') => {
                let operator = self.rest().len() - self.rest().trim_start_matches(['<', '>', '&', '|']).len();
                self.at += operator;
                self.drop_next = true;
                Ok(true)
            }
            Some(_) => self.word().map(|()| true),
        }
    }

    /// A line ends the command, unless the next one begins with an option: then somebody lost
    /// the backslash.
    fn line_break(&mut self) -> Result<bool, ImportError> {
        let next = self.rest().trim_start();
        if next.is_empty() {
            return Ok(false);
        }
        let start = self.source.len() - next.len();
        if next.starts_with('-') || self.words.is_empty() {
            self.at = start;
            return Ok(true);
        }
        let message = "the command ends with this line, but more text follows";
        Err(ImportError::new(Span::new(self.at, start + 1), message)
            .hint("give one command; a line that goes on must end with a backslash"))
    }

    /// `&&` and a final `&` end the command; any other is a URL without quotes.
    fn ampersand(&mut self) -> Result<bool, ImportError> {
        let behind = self.rest().trim_start_matches('&');
        if self.rest().starts_with("&&") || behind.trim().is_empty() {
            return Ok(false);
        }
        let message = "an & outside of quotes ends the command for a shell";
        let error = ImportError::new(Span::new(self.at, self.at + 1), message);
        Err(error.hint("put the URL in single quotes"))
    }

    fn word(&mut self) -> Result<(), ImportError> {
        let start = self.at;
        let mut bytes = Vec::new();
        while let Some(letter) = self.peek() {
            if self.skip_continuation() {
                continue;
            }
            match letter {
                '|' | ';' | '&' | '<' | '>' => break,
                _ if letter.is_whitespace() => break,
                '\'' => self.single(&mut bytes)?,
                '"' => self.double(&mut bytes)?,
                '$' if self.rest().starts_with("$'") => self.ansi(&mut bytes)?,
                '$' if self.rest().starts_with("$\"") => {
                    self.next();
                    self.double(&mut bytes)?;
                }
                '\\' => {
                    self.next();
                    let escaped = self.next().unwrap_or('\\');
                    push(&mut bytes, escaped);
                }
                _ => {
                    self.variable();
                    self.next();
                    push(&mut bytes, letter);
                }
            }
        }
        // `2>file`: the number belongs to the redirection
        let redirects = matches!(self.peek(), Some('<' | '>')) && bytes.iter().all(u8::is_ascii_digit);
        if !std::mem::take(&mut self.drop_next) && !redirects {
            self.words.push(Word { bytes, span: Span::new(start, self.at) });
        }
        Ok(())
    }

    fn single(&mut self, bytes: &mut Vec<u8>) -> Result<(), ImportError> {
        let start = self.at;
        let inside = &self.rest()[1..];
        let length = inside.find('\'').ok_or_else(|| unclosed(start, "'"))?;
        bytes.extend_from_slice(&inside.as_bytes()[..length]);
        self.at += length + 2;
        Ok(())
    }

    fn double(&mut self, bytes: &mut Vec<u8>) -> Result<(), ImportError> {
        let start = self.at;
        self.next();
        loop {
            if self.skip_continuation() {
                continue;
            }
            self.variable();
            match self.next() {
                None => return Err(unclosed(start, "\"")),
                Some('"') => return Ok(()),
                Some('\\') if matches!(self.peek(), Some('"' | '\\' | '$' | '`')) => {
                    let escaped = self.next().unwrap_or('\\');
                    push(bytes, escaped);
                }
                Some(letter) => push(bytes, letter),
            }
        }
    }

    /// Takes down the name of a variable that begins here.
    fn variable(&mut self) {
        let Some(behind) = self.rest().strip_prefix('$') else { return };
        let name = behind.strip_prefix('{').unwrap_or(behind);
        let end = name.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(name.len());
        let name = name[..end].to_owned();
        let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
        if is_name && !self.line.variables.contains(&name) {
            self.line.variables.push(name);
        }
    }

    /// `$'…'`, as bash reads it and as browsers write it.
    fn ansi(&mut self, bytes: &mut Vec<u8>) -> Result<(), ImportError> {
        let start = self.at;
        self.at += 2;
        loop {
            match self.next() {
                None => return Err(unclosed(start, "$'")),
                Some('\'') => return Ok(()),
                Some('\\') => self.escape(bytes),
                Some(letter) => push(bytes, letter),
            }
        }
    }

    fn escape(&mut self, bytes: &mut Vec<u8>) {
        let Some(letter) = self.next() else { return bytes.push(b'\\') };
        let plain = match letter {
            'a' => 7,
            'b' => 8,
            'e' | 'E' => 27,
            'f' => 12,
            'n' => b'\n',
            'r' => b'\r',
            't' => b'\t',
            'v' => 11,
            '\\' | '\'' | '"' | '?' => letter as u8,
            'x' => match self.digits(16, 2) {
                Some(byte) => byte.to_le_bytes()[0],
                None => return bytes.extend(b"\\x"),
            },
            '0'..='7' => {
                self.at -= 1;
                self.digits(8, 3).unwrap_or_default().to_le_bytes()[0]
            }
            'u' => return self.unicode(4, bytes),
            'U' => return self.unicode(8, bytes),
            _ => {
                bytes.push(b'\\');
                return push(bytes, letter);
            }
        };
        bytes.push(plain);
    }

    /// A code point; two surrogates, as browsers write them, are one.
    fn unicode(&mut self, length: usize, bytes: &mut Vec<u8>) {
        let Some(mut code) = self.digits(16, length) else { return bytes.extend(b"\\u") };
        if (0xD800..0xDC00).contains(&code) && self.rest().starts_with("\\u") {
            let before = self.at;
            self.at += 2;
            match self.digits(16, 4) {
                Some(low) if (0xDC00..0xE000).contains(&low) => {
                    code = 0x1_0000 + ((code - 0xD800) << 10) + (low - 0xDC00);
                }
                _ => self.at = before,
            }
        }
        push(bytes, char::from_u32(code).unwrap_or('\u{fffd}'));
    }

    fn digits(&mut self, radix: u32, most: usize) -> Option<u32> {
        let count = self.rest().chars().take(most).take_while(|letter| letter.is_digit(radix)).count();
        let value = u32::from_str_radix(&self.rest()[..count], radix).ok()?;
        self.at += count;
        Some(value)
    }
}

fn push(bytes: &mut Vec<u8>, letter: char) {
    bytes.extend_from_slice(letter.encode_utf8(&mut [0; 4]).as_bytes());
}

fn unclosed(start: usize, quote: &str) -> ImportError {
    let message = format!("the quote {quote} that opens here is never closed");
    ImportError::new(Span::new(start, start + quote.len()), message)
        .hint("copy the whole command; in a script, put it in a file and give its name with < FILE and `-`")
}
