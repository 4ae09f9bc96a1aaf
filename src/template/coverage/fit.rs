//! Whether a pattern matches a text where both hold what only the deployment knows.
//!
//! *Yes* is said where it matches whatever the references stand for, *no* where it matches for
//! nothing that they can stand for, *perhaps* where neither is so. A reference is taken to be
//! independent of others; equal ones are equal.

use super::spelled::{Open, References, Spelled, stands_for_reference};
use crate::policy::{ArnPattern, arn};

/// An answer; the worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    No,
    Perhaps,
    Yes,
}

/// A pattern of source ARNs.
#[derive(Debug, Clone)]
pub(super) struct Wanted {
    pub(super) spelled: Spelled,
    pub(super) pattern: ArnPattern,
}

impl Wanted {
    pub(super) fn new(spelled: Spelled) -> Self {
        Self { pattern: ArnPattern::of_condition(&spelled.text), spelled }
    }
}

/// Whether the last part of an ARN is that of authorizers (P-016). No stage is taken to have that
/// name.
fn is_of_authorizers(resource: &str) -> bool {
    let id = resource.split_once("/authorizers/").map(|(id, _)| id);
    id.is_some_and(|id| !id.contains(['/', '*', '?']))
}

/// How a text is read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    /// Wildcards count, and references may hold some.
    Pattern,
    /// A text; its references are segments, neither empty nor with slash or colon.
    Text,
    /// A text; its references may hold anything.
    Anything,
}

impl References<'_> {
    /// Whether a pattern matches an ARN, as `ArnLike` compares (P-060).
    pub(super) fn arn_like(&self, wanted: &Wanted, asked: &Spelled) -> Fit {
        // A `?` takes one character, and references stand for many.
        let takes_one = asked.is_open && wanted.spelled.text.contains('?');
        if wanted.pattern.matches(&asked.text) && (!takes_one || self.surely_matches(wanted, asked)) {
            return Fit::Yes;
        }
        if !asked.is_open && !wanted.spelled.is_open {
            return Fit::No;
        }
        let may = match (arn::split(&wanted.spelled.text), arn::split(&asked.text)) {
            (Some(own), Some(parts)) if is_of_authorizers(own[5]) && !is_of_authorizers(parts[5]) => false,
            (Some(own), Some(parts)) => self.parts_may_meet(own, parts),
            // What has too few parts has them in a reference.
            (None, _) if !wanted.spelled.is_open => false,
            (_, None) if !asked.is_open => false,
            _ => self.may_meet((&wanted.spelled.text, Side::Pattern), (&asked.text, Side::Anything)),
        };
        if may { Fit::Perhaps } else { Fit::No }
    }

    /// Whether there are values of the references with which a pattern matches that does not match
    /// with the references as characters.
    fn parts_may_meet(&self, own: [&str; 6], parts: [&str; 6]) -> bool {
        let differ = own.into_iter().zip(parts).filter(|(own, part)| own != part);
        let differ: Vec<_> = differ.collect();
        let [(one, other)] = differ.as_slice() else {
            return differ
                .into_iter()
                .all(|(own, part)| self.may_meet((own, Side::Pattern), (part, Side::Text)));
        };
        // It fails there; without a reference where they differ it always does.
        let Some((one, other)) = trimmed(one, other) else { return false };
        let is_open = |text: &str| text.chars().any(|c| self.open(c).is_some());
        (is_open(one) || is_open(other)) && self.may_meet((one, Side::Pattern), (other, Side::Text))
    }

    /// The first of the six parts in which a pattern matches for no values of the references.
    pub(super) fn first_unlike(&self, own: &[&str; 6], parts: &[&str; 6]) -> Option<usize> {
        let unlike = |(own, part): (&&str, &&str)| {
            own != part && !self.may_meet((own, Side::Pattern), (part, Side::Text))
        };
        own.iter().zip(parts).position(unlike)
    }

    /// Whether a pattern matches, no `?` of it taking a reference.
    fn surely_matches(&self, wanted: &Wanted, asked: &Spelled) -> bool {
        let (Some(own), Some(parts)) = (arn::split(&wanted.spelled.text), arn::split(&asked.text)) else {
            return false;
        };
        let item = |c: char, side: Side| match (self.open(c), side, c) {
            (None, Side::Pattern, '?') => Item { class: Class::NoReference, ..self.item(c, side) },
            (None, Side::Pattern, '*') => self.item(c, side),
            _ => Item { class: Class::Is(c), repeats: false, optional: false },
        };
        own.into_iter().zip(parts).all(|(own, part)| {
            let own: Vec<_> = own.chars().map(|c| item(c, Side::Pattern)).collect();
            let part: Vec<_> = part.chars().map(|c| item(c, Side::Text)).collect();
            meet(&own, &part)
        })
    }

    /// Whether two texts are equal.
    pub(super) fn equal(&self, one: &Spelled, other: &Spelled) -> Fit {
        if one.text == other.text {
            return Fit::Yes;
        }
        let may = one.is_open || other.is_open;
        let may = may && self.may_meet((&one.text, Side::Text), (&other.text, Side::Text));
        if may { Fit::Perhaps } else { Fit::No }
    }

    /// Whether there are values of the references with which a pattern matches a text.
    fn may_meet(&self, pattern: (&str, Side), text: (&str, Side)) -> bool {
        let items =
            |(text, side): (&str, Side)| -> Vec<Item> { text.chars().map(|c| self.item(c, side)).collect() };
        let ends = trimmed(pattern.0, text.0);
        ends.is_some_and(|(own, rest)| meet(&items((own, pattern.1)), &items((rest, text.1))))
    }

    fn item(&self, c: char, side: Side) -> Item {
        let (class, repeats, optional) = match (c, self.open(c), side) {
            (_, Some(Open::ApiId), _) => (Class::ApiId(c), true, false),
            (_, Some(Open::Pseudo), _) | (_, Some(Open::Any), Side::Text) => (Class::Segment(c), true, false),
            (_, Some(Open::Any), Side::Anything) => (Class::Any, true, false),
            (_, Some(Open::Any), Side::Pattern) | ('*', None, Side::Pattern) => (Class::Any, true, true),
            ('?', None, Side::Pattern) => (Class::Any, false, false),
            _ => (Class::Is(c), false, false),
        };
        Item { class, repeats, optional }
    }
}

/// A pattern and a text without the characters at both ends that are the same; `None` if there are
/// two that no value makes the same.
fn trimmed<'t>(pattern: &'t str, text: &'t str) -> Option<(&'t str, &'t str)> {
    let settles = |own: char, c: char| match own {
        '*' | '?' => None,
        own if own == c => Some(true),
        own if stands_for_reference(own) || stands_for_reference(c) => None,
        _ => Some(false),
    };
    let (mut pattern, mut text) = (pattern, text);
    while let (Some(own), Some(c)) = (pattern.chars().next(), text.chars().next()) {
        match settles(own, c) {
            Some(true) => (pattern, text) = (&pattern[own.len_utf8()..], &text[c.len_utf8()..]),
            Some(false) => return None,
            None => break,
        }
    }
    while let (Some(own), Some(c)) = (pattern.chars().next_back(), text.chars().next_back()) {
        match settles(own, c) {
            Some(true) => {
                (pattern, text) =
                    (&pattern[..pattern.len() - own.len_utf8()], &text[..text.len() - c.len_utf8()]);
            }
            Some(false) => return None,
            None => break,
        }
    }
    Some((pattern, text))
}

/// What may stand at a place of a text or a pattern.
#[derive(Debug, Clone, Copy)]
struct Item {
    class: Class,
    /// Whether more than one character may stand there.
    repeats: bool,
    /// Whether nothing may stand there.
    optional: bool,
}

/// Which characters may stand at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    /// Every one.
    Any,
    /// This one.
    Is(char),
    /// All but those that stand for references.
    NoReference,
    /// All but slash and colon: what a reference stands for.
    Segment(char),
    /// Those of the id of an API: what a reference stands for.
    ApiId(char),
}

impl Item {
    /// Whether one character may stand at both places.
    fn meets(&self, other: &Self) -> bool {
        self.class.meets(other.class) && other.class.meets(self.class)
    }
}

impl Class {
    fn meets(self, other: Self) -> bool {
        match (self, other) {
            (Self::Is(own), Self::Is(theirs)) => own == theirs,
            (Self::NoReference, Self::Is(c)) => !stands_for_reference(c),
            (Self::Segment(_), Self::Is(c)) => c != '/' && c != ':',
            (Self::ApiId(_), Self::Is(c)) => c.is_ascii_lowercase() || c.is_ascii_digit(),
            // Two APIs of one template never have one id.
            (Self::ApiId(own), Self::ApiId(theirs)) => own == theirs,
            _ => true,
        }
    }
}

/// Whether there is a text that both runs of places allow.
fn meet(pattern: &[Item], text: &[Item]) -> bool {
    // Which places of the pattern are reached at the place of the text.
    let mut here = vec![false; pattern.len() + 1];
    here[0] = true;
    for place in text {
        let mut next = vec![false; pattern.len() + 1];
        for (at, own) in pattern.iter().enumerate() {
            if !here[at] {
                continue;
            }
            let meets = own.meets(place);
            here[at + 1] |= own.optional || (meets && place.repeats);
            next[at + 1] |= meets;
            next[at] |= meets && own.repeats;
        }
        here = next;
    }
    for (at, own) in pattern.iter().enumerate() {
        here[at + 1] |= here[at] && own.optional;
    }
    here[pattern.len()]
}
