//! What a pattern leaves open between two texts.

use super::{Atom, Pattern};

impl Pattern {
    /// What may stand between two texts: with `before` in front of it and `behind` after it a text
    /// is matched exactly if it is matched by one of the patterns that this gives.
    pub fn between(&self, before: &str, behind: &str) -> Vec<Self> {
        let atoms = self.atoms();
        let (starts, ends) = (self.reached(before), self.accepting(behind));
        // Behind a star nothing fits that does not fit from the star on.
        let is_star = |at: usize| atoms.get(at) == Some(&Atom::Many);
        let starts = (0..=atoms.len()).filter(|at| starts[*at] && !(*at > 0 && is_star(*at - 1)));
        let ends: Vec<_> =
            (0..=atoms.len()).filter(|at| ends[*at] && !(is_star(*at) && ends[*at + 1])).collect();
        let mut found: Vec<Self> = Vec::new();
        for start in starts {
            for end in ends.iter().filter(|end| start <= **end) {
                let run = atoms[start..*end].iter().chain(is_star(*end).then_some(&Atom::Many)).copied();
                let text: String = run.clone().map(Atom::letter).collect();
                let own = Self::compile(&text, run);
                if !found.contains(&own) {
                    found.push(own);
                }
            }
        }
        found
    }

    /// Where in the pattern one can be after a text, each atom counting as the place before it.
    fn reached(&self, text: &str) -> Vec<bool> {
        let atoms = self.atoms();
        let mut here = vec![false; atoms.len() + 1];
        here[0] = true;
        pass_stars(atoms, &mut here);
        for c in text.chars() {
            let mut next = vec![false; atoms.len() + 1];
            for (at, atom) in atoms.iter().enumerate().filter(|(at, _)| here[*at]) {
                match atom {
                    Atom::Many => next[at] = true,
                    Atom::One => next[at + 1] = true,
                    Atom::Char(own) => next[at + 1] |= *own == c,
                }
            }
            pass_stars(atoms, &mut next);
            here = next;
        }
        here
    }

    /// Where in the pattern one can be before a text that ends it.
    fn accepting(&self, text: &str) -> Vec<bool> {
        let atoms = self.atoms();
        let mut here = vec![false; atoms.len() + 1];
        here[atoms.len()] = true;
        pass_stars_back(atoms, &mut here);
        for c in text.chars().rev() {
            let mut earlier = vec![false; atoms.len() + 1];
            for (at, atom) in atoms.iter().enumerate() {
                earlier[at] = match atom {
                    Atom::Many => here[at],
                    Atom::One => here[at + 1],
                    Atom::Char(own) => here[at + 1] && *own == c,
                };
            }
            pass_stars_back(atoms, &mut earlier);
            here = earlier;
        }
        here
    }
}

impl Atom {
    fn letter(self) -> char {
        match self {
            Self::Char(c) => c,
            Self::One => '?',
            Self::Many => '*',
        }
    }
}

/// A star may stand for nothing.
fn pass_stars(atoms: &[Atom], here: &mut [bool]) {
    for (at, atom) in atoms.iter().enumerate() {
        here[at + 1] |= here[at] && *atom == Atom::Many;
    }
}

fn pass_stars_back(atoms: &[Atom], here: &mut [bool]) {
    for (at, atom) in atoms.iter().enumerate().rev() {
        here[at] |= here[at + 1] && *atom == Atom::Many;
    }
}
