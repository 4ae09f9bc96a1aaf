//! Containment and overlap of patterns, decided on the patterns themselves.
//!
//! *Containment.* A pattern `a` reads every text of a pattern `b` at once, with a character that
//! occurs in neither in place of `b`'s wildcards: it fits only wildcards, so no other is harder.
//! Of all the states that `a` can be in, only the furthest star that it reached and how far it is
//! behind that star count, since from the star everything behind it can still be reached. What is
//! left to decide is how many characters a star of `b` stands for. None, if nothing but `?`s
//! separate `a` from its next star: more would only bring it there sooner. Else as many as it
//! takes until `a` is back at its star, since nothing is worse for it. So one walk over `b`
//! decides.
//!
//! *Overlap.* If both have a star, only what stands before the first and behind the last ones can
//! disagree. A pattern without one has a fixed length, and the other is laid over it.

use super::{Atom, Pattern};

impl Pattern {
    /// Whether every text that `other` matches is matched by this pattern. Exact.
    pub fn contains(&self, other: &Self) -> bool {
        self.is_everything() || self.reads_all(other, |_| {})
    }

    /// Whether some text is matched by both. Exact.
    pub fn intersects(&self, other: &Self) -> bool {
        self.common(other).is_some()
    }

    /// A text that `other` matches and this pattern does not; `None` if there is none.
    pub fn counterexample(&self, other: &Self) -> Option<String> {
        let mut text = Vec::new();
        if self.reads_all(other, |symbol| text.push(symbol)) {
            return None;
        }
        let filler = filler([self, other]);
        let spell =
            |nothing: &str| -> String { text.iter().map(|symbol| symbol.spell(filler, nothing)).collect() };
        // Stars that stand for nothing make ugly examples.
        let fuller = spell(&filler.to_string());
        let is_one = other.matches(&fuller) && !self.matches(&fuller);
        Some(if is_one { fuller } else { spell("") })
    }

    /// Whether this pattern matches the hardest text of `other`, which is told letter by letter.
    pub(super) fn reads_all(&self, other: &Self, mut tell: impl FnMut(Symbol)) -> bool {
        let mut reader = Reader::new(self);
        for atom in other.atoms() {
            match atom {
                Atom::Char(c) => reader.take(Some(*c)),
                Atom::One => reader.take(None),
                Atom::Many => {
                    if !reader.gains_from_more() {
                        tell(Symbol::Nothing);
                    }
                    while reader.gains_from_more() {
                        reader.take(None);
                        tell(Symbol::Fresh);
                    }
                    continue;
                }
            }
            tell(atom.char().map_or(Symbol::Fresh, Symbol::Is));
        }
        reader.accepts()
    }

    /// A text that both match; `None` if there is none.
    pub fn common(&self, other: &Self) -> Option<String> {
        let filler = filler([self, other]);
        let spell = |pieces: &[Vec<Atom>], between: &str| {
            let spell = |piece: &Vec<Atom>| piece.iter().map(|atom| atom.char().unwrap_or(filler)).collect();
            pieces.iter().map(spell).collect::<Vec<String>>().join(between)
        };
        let (a, b) = (segments(self.atoms()), segments(other.atoms()));
        let pieces = match (a.as_slice(), b.as_slice()) {
            ([a], b) => vec![laid_over(a, b)?],
            (a, [b]) => vec![laid_over(b, a)?],
            ([a_head, a_middle @ .., a_tail], [b_head, b_middle @ .., b_tail]) => {
                let mut tail = overlay(a_tail.iter().rev(), b_tail.iter().rev())?;
                tail.reverse();
                let middle = a_middle.iter().chain(b_middle).map(|segment| segment.to_vec());
                let head = overlay(a_head.iter(), b_head.iter())?;
                [head].into_iter().chain(middle).chain([tail]).collect()
            }
            _ => return None, // there is always a segment
        };
        // Stars that stand for nothing make ugly examples, and so does one text after the other.
        let own = |pattern: &Self| Self::literal("").counterexample(pattern);
        let nicer = [own(other), own(self), Some(spell(&pieces, &filler.to_string()))];
        let is_one = |text: &String| self.matches(text) && other.matches(text);
        Some(nicer.into_iter().flatten().find(is_one).unwrap_or_else(|| spell(&pieces, "")))
    }
}

/// A character of an example.
pub(super) enum Symbol {
    Is(char),
    /// Any character that occurs in neither pattern.
    Fresh,
    /// A star that stands for nothing.
    Nothing,
}

impl Symbol {
    fn spell(&self, filler: char, nothing: &str) -> String {
        match self {
            Self::Is(c) => c.to_string(),
            Self::Fresh => filler.to_string(),
            Self::Nothing => nothing.to_owned(),
        }
    }
}

/// The runs of atoms between stars; one more than there are stars.
fn segments(atoms: &[Atom]) -> Vec<&[Atom]> {
    atoms.split(|atom| *atom == Atom::Many).collect()
}

/// A pattern that reads texts, with the states of it that count.
struct Reader<'p> {
    segments: Vec<&'p [Atom]>,
    /// The segment behind the furthest star that was reached; the first one has no star before it.
    segment: usize,
    /// How many atoms of that segment are read, in each way to do so.
    read: Vec<usize>,
}

impl<'p> Reader<'p> {
    fn new(pattern: &'p Pattern) -> Self {
        let mut reader = Self { segments: segments(pattern.atoms()), segment: 0, read: vec![0] };
        reader.reach_star();
        reader
    }

    fn is_last(&self) -> bool {
        self.segment + 1 == self.segments.len()
    }

    fn reach_star(&mut self) {
        let whole = self.segments[self.segment].len();
        if !self.is_last() && self.read.contains(&whole) {
            self.segment += 1;
            self.read.clear();
        }
    }

    /// Reads a character, or one that only wildcards fit.
    fn take(&mut self, symbol: Option<char>) {
        let own = self.segments[self.segment];
        // Behind a star a segment may begin anywhere.
        let begins = (self.segment > 0).then_some(0);
        let fits = |read: &usize| match own.get(*read) {
            Some(Atom::Char(c)) => symbol == Some(*c),
            Some(_) => true,
            None => false,
        };
        self.read = std::mem::take(&mut self.read)
            .into_iter()
            .chain(begins)
            .filter(fits)
            .map(|read| read + 1)
            .collect();
        self.reach_star();
    }

    /// Whether a star of the other pattern had better stand for one character more, to make this
    /// one fail.
    fn gains_from_more(&self) -> bool {
        let own = self.segments[self.segment];
        let only_ones = |read: &usize| own[*read..].iter().all(|atom| *atom == Atom::One);
        !self.read.is_empty() && (self.is_last() || !self.read.iter().any(only_ones))
    }

    /// Whether the text that was read is matched.
    fn accepts(&self) -> bool {
        let own = self.segments[self.segment];
        self.is_last() && (self.read.contains(&own.len()) || (self.segment > 0 && own.is_empty()))
    }
}

/// What fits two atoms; `None` if they are different characters.
fn both(a: Atom, b: Atom) -> Option<Atom> {
    match (a, b) {
        (Atom::Char(a), Atom::Char(b)) => (a == b).then_some(Atom::Char(a)),
        (Atom::Char(c), _) | (_, Atom::Char(c)) => Some(Atom::Char(c)),
        _ => Some(Atom::One),
    }
}

/// Two runs without stars, one on the other from their first atoms on; the longer one goes on.
fn overlay<'a>(
    mut a: impl Iterator<Item = &'a Atom>,
    mut b: impl Iterator<Item = &'a Atom>,
) -> Option<Vec<Atom>> {
    let mut text = Vec::new();
    loop {
        match (a.next(), b.next()) {
            (Some(a), Some(b)) => text.push(both(*a, *b)?),
            (Some(one), None) | (None, Some(one)) => text.push(*one),
            (None, None) => return Some(text),
        }
    }
}

/// A run without stars, and the segments of a pattern in it, each as early as it fits.
fn laid_over(fixed: &[Atom], segments: &[&[Atom]]) -> Option<Vec<Atom>> {
    let (head, rest) = segments.split_first()?;
    let Some((tail, middle)) = rest.split_last() else {
        return (fixed.len() == head.len()).then(|| overlay(fixed.iter(), head.iter()))?;
    };
    let end = fixed.len().checked_sub(tail.len()).filter(|end| head.len() <= *end)?;
    let mut text = overlay(fixed[..head.len()].iter(), head.iter())?;
    for segment in middle {
        let at = (text.len()..=end.checked_sub(segment.len())?).find(|at| {
            let place = &fixed[*at..*at + segment.len()];
            place.iter().zip(*segment).all(|(a, b)| both(*a, *b).is_some())
        })?;
        text.extend(&fixed[text.len()..at]);
        text.extend(overlay(fixed[at..at + segment.len()].iter(), segment.iter())?);
    }
    text.extend(&fixed[text.len()..end]);
    text.extend(overlay(fixed[end..].iter(), tail.iter())?);
    Some(text)
}

/// A character that occurs in neither pattern, and parts no ARN.
fn filler(patterns: [&Pattern; 2]) -> char {
    let taken: std::collections::BTreeSet<char> =
        patterns.iter().flat_map(|pattern| pattern.atoms()).filter_map(Atom::char).collect();
    let mut choice = "xyz".chars().chain('a'..='z').chain('0'..='9').chain('\u{a1}'..);
    choice.find(|c| !taken.contains(c)).unwrap_or('x')
}
