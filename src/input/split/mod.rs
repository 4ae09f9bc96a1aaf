//! The documents in a stream of bytes: pure machines, told of the bytes as they come.
//!
//! What a text is shows in its content, never in its name: one JSON value, values on lines of their
//! own (compact or over many lines), an array of results or events, or lines of a Lambda function's
//! log with documents among them. Places always point into the whole text.

mod array;
mod kind;
mod log;
mod metadata;
mod scan;
#[cfg(test)]
mod tests;
mod values;

use crate::json::Place;
use std::fmt;
use std::ops::Range;

pub use kind::Kind;

/// The largest document that is held in memory: more than any front end takes.
pub const MAX_DOCUMENT: usize = 256 << 20;

/// How a text holds its documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Layout {
    /// As its content shows.
    #[default]
    Auto,
    /// One document, whatever stands in it.
    One,
    /// One document on each line that is not blank.
    Lines,
    /// One document in each item of an array.
    Array,
    /// Documents among the lines of a log.
    Log,
}

/// A document in the bytes that the splitter was last given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The document's number in its text, counted from 0.
    pub index: usize,
    /// Where in the text it begins.
    pub start: Place,
    /// Its bytes.
    pub range: Range<usize>,
}

/// Why a text cannot be split to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// A document of more than [`MAX_DOCUMENT`] bytes.
    TooLarge,
    /// An array was asked for, and the text is none.
    NoArray,
    /// The array of documents ends before it is closed.
    OpenArray,
    /// A comma stands before the array's end.
    TrailingComma,
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge => {
                write!(
                    f,
                    "a document of more than {} MB is not read, nor what follows it",
                    MAX_DOCUMENT >> 20
                )
            }
            Self::NoArray => f.write_str("this is not an array of documents"),
            Self::OpenArray => f.write_str("the text ends before the array of documents is closed"),
            Self::TrailingComma => f.write_str("a comma before the end of the array is not allowed"),
        }
    }
}

/// What a machine makes of the bytes at hand; they begin where its last step ended.
enum Step {
    /// More bytes are needed.
    More,
    /// A document, how many bytes it and what belongs to it take, and what reads on.
    Document { range: Range<usize>, used: usize, then: Machine },
    /// That many bytes hold no document.
    Skip { used: usize },
    /// What follows is for another machine.
    Become { machine: Machine, used: usize },
    /// There is no way on.
    Stop { trouble: Trouble, at: usize },
}

/// What reads the text at the moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Machine {
    /// Finds out what the text is.
    Start,
    /// All of it is one document.
    One,
    /// Each line is one.
    Lines,
    /// Values that line breaks divide.
    Values,
    /// Before the bracket of an array that was asked for.
    BeforeArray,
    /// Behind the bracket of an array.
    FirstItem,
    /// Behind a comma of an array.
    NextItem,
    /// Behind an item of an array.
    BehindItem,
    /// Lines of a log.
    Log,
}

/// Finds the documents of one text.
#[derive(Debug)]
pub struct Splitter {
    kind: Kind,
    machine: Machine,
    /// Where the bytes stand that are given next.
    here: Place,
    documents: usize,
    /// Whether something was read over that tells of an invocation and is not its payload.
    metadata: bool,
    ended: bool,
    /// Bytes of a document at most.
    most: usize,
}

impl Splitter {
    /// A splitter for a text that should hold documents of that kind.
    pub fn new(layout: Layout, kind: Kind) -> Self {
        let machine = match layout {
            Layout::Auto => Machine::Start,
            Layout::One => Machine::One,
            Layout::Lines => Machine::Lines,
            Layout::Array => Machine::BeforeArray,
            Layout::Log => Machine::Log,
        };
        let most = MAX_DOCUMENT;
        Self { kind, machine, here: Place::START, documents: 0, metadata: false, ended: false, most }
    }

    /// How many documents were found.
    pub fn documents(&self) -> usize {
        self.documents
    }

    /// Whether a document was left out that is what `aws lambda invoke` prints of an invocation.
    pub fn saw_metadata(&self) -> bool {
        self.metadata
    }

    /// Finds the documents that are complete in `bytes`, which begin where the last call stopped
    /// (after `end`, at the end of the text), and says how many bytes are done with. Call it again
    /// with the rest and more behind it.
    ///
    /// # Errors
    /// The trouble and its place; there is no way on behind it.
    pub fn split(
        &mut self,
        bytes: &[u8],
        end: bool,
        pieces: &mut Vec<Piece>,
    ) -> Result<usize, (Trouble, Place)> {
        let mut done = 0;
        while !self.ended {
            let rest = &bytes[done..];
            if end && rest.is_empty() {
                self.ended = true;
                self.at_the_end(bytes.len(), pieces)?;
                break;
            }
            let used = match self.step(rest, end) {
                Step::More if rest.len() > self.most => return Err((Trouble::TooLarge, self.here)),
                Step::More => break,
                Step::Document { range, used, then } => {
                    self.piece(rest, range, done, pieces);
                    self.machine = then;
                    used
                }
                Step::Skip { used } => used,
                Step::Become { machine, used } => {
                    self.machine = machine;
                    used
                }
                Step::Stop { trouble, at } => return Err((trouble, self.here.past(&rest[..at]))),
            };
            self.here = self.here.past(&rest[..used]);
            done += used;
        }
        Ok(done)
    }

    fn step(&self, rest: &[u8], end: bool) -> Step {
        let first = self.here.byte == 0;
        let whole = Step::Document { range: 0..rest.len(), used: rest.len(), then: Machine::One };
        match self.machine {
            Machine::Start => start(rest, end, first),
            Machine::One if end => whole,
            Machine::One => Step::More,
            Machine::Lines => lines(rest, end),
            Machine::Values => values::step(rest, end, first),
            Machine::BeforeArray => array::open(rest, end),
            Machine::FirstItem => array::item(rest, end, true),
            Machine::NextItem => array::item(rest, end, false),
            Machine::BehindItem => array::behind(rest, end),
            Machine::Log => log::step(rest, end, self.kind),
        }
    }

    /// Adds a document, unless it is what a tool prints beside one.
    fn piece(&mut self, rest: &[u8], range: Range<usize>, done: usize, pieces: &mut Vec<Piece>) {
        let range = match self.machine {
            Machine::Values => {
                let payload = metadata::without(&rest[range.clone()]);
                self.metadata |= payload.len() < range.len();
                range.start + payload.start..range.start + payload.end
            }
            _ => range,
        };
        if range.is_empty() && self.metadata {
            return;
        }
        let start = self.here.past(&rest[..range.start]);
        pieces.push(Piece { index: self.documents, start, range: done + range.start..done + range.end });
        self.documents += 1;
    }

    /// A text with nothing in it is one document, of which the judges say that it is empty.
    fn at_the_end(&mut self, at: usize, pieces: &mut Vec<Piece>) -> Result<(), (Trouble, Place)> {
        match self.machine {
            Machine::FirstItem | Machine::NextItem | Machine::BehindItem => {
                Err((Trouble::OpenArray, self.here))
            }
            Machine::BeforeArray => Err((Trouble::NoArray, self.here)),
            Machine::Log => Ok(()),
            _ if self.documents > 0 || self.metadata || self.here.byte > 0 => Ok(()),
            _ => {
                pieces.push(Piece { index: 0, start: self.here, range: at..at });
                self.documents = 1;
                Ok(())
            }
        }
    }
}

/// Finds out what a text is, or what follows an array.
fn start(rest: &[u8], end: bool, first: bool) -> Step {
    let begin = scan::skip_mark(rest);
    let becomes = |machine| Step::Become { machine, used: 0 };
    match scan::non_blank(rest, begin).map(|at| (at, rest[at])) {
        None if !end => Step::More,
        None if first => becomes(Machine::One),
        None => Step::Skip { used: rest.len() },
        // UTF-16 has other line breaks; nothing can be said of it but that.
        Some((0, 0xFE | 0xFF)) => becomes(Machine::One),
        Some((at, b'[')) => match array::holds_documents(&rest[at..]) {
            Some(true) => Step::Become { machine: Machine::FirstItem, used: at + 1 },
            None if !end => Step::More,
            _ => becomes(Machine::Values),
        },
        Some((at, byte)) => match log::is_log(&rest[at..], end, byte == b'{') {
            None => Step::More,
            Some(true) => becomes(Machine::Log),
            Some(false) => becomes(Machine::Values),
        },
    }
}

/// Takes the next line that is not blank, or the end of the text.
fn lines(rest: &[u8], end: bool) -> Step {
    match memchr::memchr(b'\n', rest) {
        None if !end => Step::More,
        found => {
            let used = found.map_or(rest.len(), |at| at + 1);
            let range = scan::trim(rest, 0..used);
            if range.is_empty() {
                Step::Skip { used }
            } else {
                Step::Document { range, used, then: Machine::Lines }
            }
        }
    }
}
