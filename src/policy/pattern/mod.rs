//! Patterns of `*` and `?`: what they match, and how two of them relate.
//!
//! `*` is any run of characters, the empty one included, `?` is exactly one character (P-063).
//! Nothing else has a meaning: `/`, `{` and `$` are characters like others (P-007, P-062).

mod arn_pattern;
mod between;
mod relation;
#[cfg(test)]
mod tests;

pub use arn_pattern::{ArnPattern, Mismatch};

use memchr::memmem::Finder;
use std::fmt;

/// One element of a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Atom {
    /// This character.
    Char(char),
    /// `?`: one character.
    One,
    /// `*`: any characters.
    Many,
}

/// A compiled pattern.
///
/// Matching needs no memory and at most |pattern| × |text| steps, containment and overlap need
/// linear memory and polynomial time, whatever the pattern.
#[derive(Debug, Clone)]
pub struct Pattern {
    /// The pattern as it was written.
    text: Box<str>,
    /// In each run of wildcards every `?` stands before the one `*`, so that a star is never
    /// followed by a wildcard.
    atoms: Box<[Atom]>,
    /// The characters before the first wildcard.
    head: Box<str>,
    /// The characters behind the last wildcard; empty if there is no wildcard.
    tail: Box<str>,
    /// Where the atoms between head and tail begin and end.
    core: (usize, usize),
    /// What stands between the stars of the core, if it has no `?`.
    pieces: Option<Box<[Finder<'static>]>>,
}

/// Two patterns are equal if they match the same texts.
impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.atoms == other.atoms
    }
}

impl Eq for Pattern {}

impl Pattern {
    /// Compiles a pattern; every text is one.
    pub fn new(text: &str) -> Self {
        let atom = |c| match c {
            '*' => Atom::Many,
            '?' => Atom::One,
            c => Atom::Char(c),
        };
        if text.contains(['*', '?']) {
            Self::compile(text, text.chars().map(atom))
        } else {
            Self::literal(text)
        }
    }

    /// The pattern that matches this text only, wildcard characters in it being characters.
    pub fn literal(text: &str) -> Self {
        let atoms: Box<[Atom]> = text.chars().map(Atom::Char).collect();
        let core = (atoms.len(), atoms.len());
        Self { text: text.into(), head: text.into(), tail: "".into(), core, pieces: Some([].into()), atoms }
    }

    /// A pattern of atoms, and how people know it.
    pub(super) fn compile(text: &str, atoms: impl Iterator<Item = Atom>) -> Self {
        let atoms = normal(atoms);
        let is_char = |atom: &Atom| matches!(atom, Atom::Char(_));
        let start = atoms.iter().position(|atom| !is_char(atom)).unwrap_or(atoms.len());
        let end = atoms.iter().rposition(|atom| !is_char(atom)).map_or(atoms.len(), |last| last + 1);
        let chars = |atoms: &[Atom]| -> Box<str> { atoms.iter().filter_map(Atom::char).collect() };
        let (head, tail) = (chars(&atoms[..start]), chars(&atoms[end..]));
        let core = &atoms[start..end];
        let between = core.split(|atom| *atom == Atom::Many).map(chars).filter(|piece| !piece.is_empty());
        let finder = |piece: Box<str>| Finder::new(piece.as_bytes()).into_owned();
        let pieces = (!core.contains(&Atom::One)).then(|| between.map(finder).collect());
        Self { text: text.into(), head, tail, core: (start, end), pieces, atoms: atoms.into() }
    }

    /// The pattern of patterns with a character between them.
    fn joined(text: &str, parts: &[Self], between: char) -> Self {
        let parts: Vec<_> = parts.iter().map(Self::atoms).collect();
        Self::compile(text, parts.join(&Atom::Char(between)).into_iter())
    }

    /// The pattern as it was written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether it has no wildcard: it matches one text only.
    #[inline]
    pub fn is_literal(&self) -> bool {
        self.core.0 == self.core.1
    }

    /// Whether it matches every text.
    pub fn is_everything(&self) -> bool {
        *self.atoms == [Atom::Many]
    }

    /// Whether a text as a whole fits the pattern. Letters count with their case (P-067).
    #[inline]
    pub fn matches(&self, text: &str) -> bool {
        // Most patterns lack one of the two. To compare nothing is slow where it makes a processor
        // look at memory that is not there.
        let rest = if self.head.is_empty() { Some(text) } else { text.strip_prefix(&*self.head) };
        let Some(rest) = rest else { return false };
        if self.is_literal() {
            return rest.is_empty();
        }
        let middle = if self.tail.is_empty() { Some(rest) } else { rest.strip_suffix(&*self.tail) };
        let Some(middle) = middle else { return false };
        match &self.pieces {
            Some(pieces) => stand_in_order(pieces, middle),
            None => glob(&self.atoms[self.core.0..self.core.1], middle),
        }
    }

    pub(super) fn atoms(&self) -> &[Atom] {
        &self.atoms
    }
}

impl Atom {
    fn char(&self) -> Option<char> {
        match self {
            Self::Char(c) => Some(*c),
            Self::One | Self::Many => None,
        }
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// Sorts each run of wildcards: every `?`, then one `*` if there is any. The texts that match stay
/// the same.
fn normal(atoms: impl Iterator<Item = Atom>) -> Vec<Atom> {
    let mut normal: Vec<Atom> = Vec::new();
    let mut star = false;
    for atom in atoms {
        match atom {
            Atom::Many => star = true,
            Atom::One => normal.push(Atom::One),
            Atom::Char(_) => {
                normal.extend(std::mem::take(&mut star).then_some(Atom::Many));
                normal.push(atom);
            }
        }
    }
    normal.extend(star.then_some(Atom::Many));
    normal
}

/// Whether pieces stand one behind the other in a text. Each is taken where it stands first: a later
/// place could only leave less text to the rest.
#[inline]
fn stand_in_order(pieces: &[Finder<'_>], text: &str) -> bool {
    let mut rest = text.as_bytes();
    pieces.iter().all(|piece| {
        let found = piece.find(rest).map(|at| &rest[at + piece.needle().len()..]);
        found.map(|behind| rest = behind).is_some()
    })
}

/// Matches by two cursors. Where the text does not go on as it should, the last star takes one
/// character more: an earlier star could only leave less text to the rest.
fn glob(atoms: &[Atom], text: &str) -> bool {
    let letter = |at: usize| text[at..].chars().next();
    let (mut at, mut here) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while let Some(found) = letter(here) {
        match atoms.get(at) {
            Some(Atom::Many) => {
                at += 1;
                star = Some((at, here));
            }
            Some(Atom::One) => {
                at += 1;
                here += found.len_utf8();
            }
            Some(Atom::Char(c)) if *c == found => {
                at += 1;
                here += found.len_utf8();
            }
            _ => {
                let Some((behind, taken)) = star else { return false };
                let taken = taken + letter(taken).map_or(0, char::len_utf8);
                star = Some((behind, taken));
                (at, here) = (behind, taken);
            }
        }
    }
    atoms[at..].iter().all(|atom| *atom == Atom::Many)
}
