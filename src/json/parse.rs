//! The reader: strict RFC 8259 JSON into an arena of nodes with spans.

use super::escape::escape;
use super::place::Span;
use super::plain::plain_end;

/// How deep arrays and objects may nest; deeper text is refused instead of overflowing a stack.
pub const MAX_DEPTH: usize = 512;

/// A mark that editors put before a text; it is no part of it.
pub(super) const BYTE_ORDER_MARK: char = '\u{feff}';

/// The index of a node in its [`Arena`].
pub(super) type NodeId = usize;

/// One value and where it stands.
#[derive(Debug, Clone)]
pub(super) struct Node {
    pub(super) span: Span,
    pub(super) kind: NodeKind,
}

#[derive(Debug, Clone)]
pub(super) enum NodeKind {
    Null,
    Bool(bool),
    /// The literal is read again from the source when its value is wanted.
    Number,
    /// So is the text.
    String,
    Array(Vec<NodeId>),
    Object(Vec<Member>),
}

#[derive(Debug, Clone)]
pub(super) struct Member {
    pub(super) key_span: Span,
    pub(super) value: NodeId,
}

/// Every node of a document; children come before their parents, the root last.
#[derive(Debug, Clone, Default)]
pub(super) struct Arena {
    pub(super) nodes: Vec<Node>,
}

/// Why a text is not JSON, and where reading stopped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntaxError {
    /// What was wrong.
    pub kind: SyntaxErrorKind,
    /// The bytes that could not be read; empty at the end of the text.
    pub span: Span,
}

/// The ways in which a text can fail to be JSON.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SyntaxErrorKind {
    /// Nothing but white space.
    #[error("there is no JSON here: the text is empty")]
    Empty,
    /// The text ended inside a value.
    #[error("the text ends before {0} is complete")]
    UnexpectedEnd(&'static str),
    /// A character that cannot stand where it stands.
    #[error("expected {expected}, found {found}")]
    Unexpected {
        /// What could have stood there.
        expected: &'static str,
        /// What stands there, in words.
        found: String,
    },
    /// A word such as `None`, `True`, `undefined` or `NaN`.
    #[error("`{word}` is no word of JSON{}", word_hint(word))]
    Word {
        /// The word.
        word: String,
    },
    /// A string or key in single quotes.
    #[error("strings stand in double quotes, not single ones")]
    SingleQuotes,
    /// A comma before a closing bracket.
    #[error("a comma before `{0}` is not allowed")]
    TrailingComma(char),
    /// A raw control character inside a string.
    #[error("the control character U+{0:04X} must be escaped inside a string")]
    ControlCharacter(u32),
    /// A backslash before something that has no meaning there.
    #[error("`\\{0}` is not an escape of JSON")]
    BadEscape(char),
    /// A number such as `01`, `1.` or `+1`.
    #[error("this is not a number of JSON")]
    BadNumber,
    /// More text behind a complete value.
    #[error("the value is complete, but more text follows")]
    TrailingData,
    /// More than [`MAX_DEPTH`] levels.
    #[error("nested deeper than {MAX_DEPTH} levels")]
    TooDeep,
}

/// What people who write such a word meant.
fn word_hint(word: &str) -> &'static str {
    match word {
        "None" => ": this is Python's `None`, JSON has `null` (print with json.dumps)",
        "True" | "False" => ": this is Python, JSON has `true` and `false` (print with json.dumps)",
        "undefined" => ": JavaScript's `undefined` has no JSON form",
        "NaN" | "Infinity" => ": JSON numbers are finite",
        _ => "",
    }
}

/// The first letters of a word that may be megabytes long.
fn brief(word: &str) -> String {
    const LIMIT: usize = 30;
    if word.len() <= LIMIT { word.to_owned() } else { format!("{}…", &word[..LIMIT]) }
}

/// Reads a whole text.
pub(super) fn parse(source: &str) -> Result<Arena, SyntaxError> {
    let mut parser = Parser { source, bytes: source.as_bytes(), at: 0, arena: Arena::default() };
    if source.starts_with(BYTE_ORDER_MARK) {
        parser.at = BYTE_ORDER_MARK.len_utf8();
    }
    parser.skip_space();
    if parser.peek().is_none() {
        return Err(parser.error_here(SyntaxErrorKind::Empty));
    }
    parser.value(0)?;
    parser.skip_space();
    if parser.peek().is_some() {
        let span = Span::new(parser.at, source.trim_end_matches([' ', '\t', '\r', '\n']).len());
        return Err(SyntaxError { kind: SyntaxErrorKind::TrailingData, span });
    }
    Ok(parser.arena)
}

struct Parser<'s> {
    source: &'s str,
    bytes: &'s [u8],
    at: usize,
    arena: Arena,
}

pub(super) type Parsed<T> = Result<T, SyntaxError>;

impl Parser<'_> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn skip_space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn push(&mut self, start: usize, kind: NodeKind) -> NodeId {
        self.arena.nodes.push(Node { span: Span::new(start, self.at), kind });
        self.arena.nodes.len() - 1
    }

    fn value(&mut self, depth: usize) -> Parsed<NodeId> {
        let start = self.at;
        match self.peek() {
            Some(b'{') => self.object(depth),
            Some(b'[') => self.array(depth),
            Some(b'"') => {
                self.string()?;
                Ok(self.push(start, NodeKind::String))
            }
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(byte) if byte.is_ascii_alphabetic() => self.word(),
            Some(b'\'') => Err(self.error_here(SyntaxErrorKind::SingleQuotes)),
            _ => Err(self.unexpected("a value")),
        }
    }

    fn word(&mut self) -> Parsed<NodeId> {
        let start = self.at;
        while matches!(self.peek(), Some(byte) if byte.is_ascii_alphanumeric() || byte == b'_') {
            self.at += 1;
        }
        let kind = match &self.source[start..self.at] {
            "null" => NodeKind::Null,
            "true" => NodeKind::Bool(true),
            "false" => NodeKind::Bool(false),
            other => {
                let kind = SyntaxErrorKind::Word { word: brief(other) };
                return Err(SyntaxError { kind, span: Span::new(start, self.at) });
            }
        };
        Ok(self.push(start, kind))
    }

    fn number(&mut self) -> Parsed<NodeId> {
        let start = self.at;
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        let leading_zero = self.peek() == Some(b'0');
        let whole = self.digits();
        let mut good = whole > 0 && !(leading_zero && whole > 1);
        if self.peek() == Some(b'.') {
            self.at += 1;
            good &= self.digits() > 0;
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.at += 1;
            if matches!(self.peek(), Some(b'+' | b'-')) {
                self.at += 1;
            }
            good &= self.digits() > 0;
        }
        if !good {
            return Err(SyntaxError { kind: SyntaxErrorKind::BadNumber, span: Span::new(start, self.at) });
        }
        Ok(self.push(start, NodeKind::Number))
    }

    fn digits(&mut self) -> usize {
        let start = self.at;
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        self.at - start
    }

    fn array(&mut self, depth: usize) -> Parsed<NodeId> {
        let start = self.open(depth)?;
        let mut items = Vec::new();
        while !self.close(b']', "an array", items.is_empty())? {
            items.push(self.value(depth + 1)?);
        }
        Ok(self.push(start, NodeKind::Array(items)))
    }

    fn object(&mut self, depth: usize) -> Parsed<NodeId> {
        let start = self.open(depth)?;
        let mut members = Vec::new();
        while !self.close(b'}', "an object", members.is_empty())? {
            members.push(self.member(depth)?);
        }
        Ok(self.push(start, NodeKind::Object(members)))
    }

    fn member(&mut self, depth: usize) -> Parsed<Member> {
        let key_start = self.at;
        match self.peek() {
            Some(b'"') => {}
            Some(b'\'') => return Err(self.error_here(SyntaxErrorKind::SingleQuotes)),
            _ => return Err(self.unexpected("a key in double quotes")),
        }
        self.string()?;
        let key_span = Span::new(key_start, self.at);
        self.skip_space();
        if self.peek() != Some(b':') {
            return Err(self.unexpected("`:` and a value"));
        }
        self.at += 1;
        self.skip_space();
        let value = self.value(depth + 1)?;
        Ok(Member { key_span, value })
    }

    fn open(&mut self, depth: usize) -> Parsed<usize> {
        if depth >= MAX_DEPTH {
            return Err(self.error_here(SyntaxErrorKind::TooDeep));
        }
        self.at += 1;
        Ok(self.at - 1)
    }

    /// Steps over a separator to the next element, or over the closing bracket: then true.
    fn close(&mut self, bracket: u8, what: &'static str, first: bool) -> Parsed<bool> {
        self.skip_space();
        let comma = self.at;
        match self.peek() {
            None => return Err(self.error_here(SyntaxErrorKind::UnexpectedEnd(what))),
            Some(byte) if byte == bracket => {
                self.at += 1;
                return Ok(true);
            }
            Some(b',') if !first => self.at += 1,
            Some(_) if first => return Ok(false),
            Some(_) => {
                return Err(self.unexpected(if bracket == b']' { "`,` or `]`" } else { "`,` or `}`" }));
            }
        }
        self.skip_space();
        match self.peek() {
            None => Err(self.error_here(SyntaxErrorKind::UnexpectedEnd(what))),
            Some(byte) if byte == bracket => {
                let kind = SyntaxErrorKind::TrailingComma(char::from(bracket));
                Err(SyntaxError { kind, span: Span::new(comma, comma + 1) })
            }
            Some(_) => Ok(false),
        }
    }

    /// Passes a string from its opening quote; its text is read again when it is wanted.
    fn string(&mut self) -> Parsed<()> {
        let start = self.at;
        self.at += 1;
        loop {
            self.at = plain_end(self.bytes, self.at);
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(());
                }
                Some(b'\\') => (_, self.at) = escape(self.source, self.at)?,
                Some(byte) => return Err(self.error_here(SyntaxErrorKind::ControlCharacter(byte.into()))),
                None => {
                    let kind = SyntaxErrorKind::UnexpectedEnd("a string");
                    return Err(SyntaxError { kind, span: Span::new(start, self.at) });
                }
            }
        }
    }

    fn error_here(&self, kind: SyntaxErrorKind) -> SyntaxError {
        let width = self.source[self.at..].chars().next().map_or(0, char::len_utf8);
        SyntaxError { kind, span: Span::new(self.at, self.at + width) }
    }

    fn unexpected(&self, expected: &'static str) -> SyntaxError {
        let found = match self.source[self.at..].chars().next() {
            None => return self.error_here(SyntaxErrorKind::UnexpectedEnd("a value")),
            Some(found) if found.is_control() => format!("U+{:04X}", u32::from(found)),
            Some(found) => format!("`{found}`"),
        };
        self.error_here(SyntaxErrorKind::Unexpected { expected, found })
    }
}
