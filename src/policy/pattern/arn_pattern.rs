//! Patterns of ARNs: six parts between colons, each compared for itself.

use super::Pattern;
use crate::json::Span;
use crate::policy::arn::{self, Field, FieldName};

/// How many parts an ARN has.
const PARTS: usize = 6;

/// A pattern of ARNs. A wildcard in one of the first five parts does not reach over its colon; in
/// the sixth it reaches over everything, slashes and colons included (P-060, P-061).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArnPattern {
    text: Box<str>,
    kind: Kind,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Kind {
    /// Every text, ARN or not.
    Everything,
    /// ARNs. If the first five parts have no wildcard, the whole is compared at once.
    Parts(Box<[Pattern; PARTS]>, Option<Box<Pattern>>),
    /// Nothing: a pattern of fewer than six parts (P-072).
    Nothing,
}

/// The first part or segment of a pattern that keeps an ARN from matching.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mismatch {
    /// Which one it is.
    pub field: FieldName,
    /// Its bytes in the pattern.
    pub pattern: Span,
    /// The bytes of the ARN that stand there instead.
    pub value: Span,
}

impl ArnPattern {
    /// The pattern of a condition, as `ArnLike` reads it: it matches nothing unless it has six
    /// parts.
    pub fn of_condition(text: &str) -> Self {
        Self::of_parts(text, arn::split(text).map(|parts| parts.map(Pattern::new)))
    }

    /// The pattern of a `Resource` element: `*` alone matches everything, and where an ARN ends
    /// early with `*`, so do the parts that it lacks (P-078).
    pub fn of_resource(text: &str) -> Self {
        if text == "*" {
            return Self { text: text.into(), kind: Kind::Everything };
        }
        let short = || {
            let mut parts: Vec<_> = text.ends_with('*').then(|| text.split(':').collect())?;
            parts.resize(PARTS, "*");
            <[&str; PARTS]>::try_from(parts).ok()
        };
        Self::of_parts(text, arn::split(text).or_else(short).map(|parts| parts.map(Pattern::new)))
    }

    /// A pattern of parts that are compiled; `None` matches nothing.
    pub(in crate::policy) fn of_parts(text: &str, parts: Option<[Pattern; PARTS]>) -> Self {
        let kind = parts.map_or(Kind::Nothing, |parts| {
            let is_fixed = parts[..PARTS - 1].iter().all(Pattern::is_literal);
            let whole = is_fixed.then(|| Box::new(Pattern::joined(text, &parts, ':')));
            Kind::Parts(Box::new(parts), whole)
        });
        Self { text: text.into(), kind }
    }

    /// The pattern as it was written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether it can match anything at all.
    pub fn is_well_formed(&self) -> bool {
        self.kind != Kind::Nothing
    }

    /// The patterns of the six parts; `None` if it matches nothing, or everything.
    pub fn parts(&self) -> Option<&[Pattern; PARTS]> {
        match &self.kind {
            Kind::Parts(parts, _) => Some(parts),
            Kind::Everything | Kind::Nothing => None,
        }
    }

    /// Whether an ARN matches. What has fewer than six parts is no ARN (P-072).
    #[inline]
    pub fn matches(&self, arn: &str) -> bool {
        match &self.kind {
            Kind::Everything => true,
            Kind::Nothing => false,
            Kind::Parts(_, Some(whole)) => whole.matches(arn),
            Kind::Parts(parts, None) => arn::split(arn)
                .is_some_and(|own| parts.iter().zip(own).all(|(pattern, part)| pattern.matches(part))),
        }
    }

    /// Whether every ARN that `other` matches is matched by this pattern. Exact.
    pub fn contains(&self, other: &Self) -> bool {
        match (&self.kind, &other.kind) {
            (Kind::Everything, _) | (_, Kind::Nothing) => true,
            (Kind::Parts(own, _), Kind::Parts(theirs, _)) => {
                own.iter().zip(theirs.iter()).all(|(own, theirs)| own.contains(theirs))
            }
            (Kind::Nothing | Kind::Parts(..), _) => false,
        }
    }

    /// Whether some ARN is matched by both. Exact.
    pub fn intersects(&self, other: &Self) -> bool {
        self.common(other).is_some()
    }

    /// An ARN that `other` matches and this pattern does not; `None` if there is none.
    pub fn counterexample(&self, other: &Self) -> Option<String> {
        let (own, theirs) = match (&self.kind, &other.kind) {
            (Kind::Everything, _) | (_, Kind::Nothing) => return None,
            (_, Kind::Everything) => return Some("x".to_owned()), // no ARN at all
            (Kind::Nothing, Kind::Parts(theirs, _)) => return Some(example(theirs, None)),
            (Kind::Parts(own, _), Kind::Parts(theirs, _)) => (own, theirs),
        };
        let missed = own.iter().zip(theirs.iter()).map(|(own, theirs)| own.counterexample(theirs));
        let missed = missed.enumerate().find_map(|(at, missed)| Some((at, missed?)))?;
        Some(example(theirs, Some(&missed)))
    }

    /// An ARN that both match; `None` if there is none.
    pub fn common(&self, other: &Self) -> Option<String> {
        let (own, theirs) = match (&self.kind, &other.kind) {
            (Kind::Nothing, _) | (_, Kind::Nothing) => return None,
            (Kind::Everything, Kind::Everything) => return Some("x".to_owned()),
            (Kind::Everything, Kind::Parts(parts, _)) | (Kind::Parts(parts, _), Kind::Everything) => {
                return Some(example(parts, None));
            }
            (Kind::Parts(own, _), Kind::Parts(theirs, _)) => (own, theirs),
        };
        let common: Option<Vec<_>> =
            own.iter().zip(theirs.iter()).map(|(own, theirs)| own.common(theirs)).collect();
        common.map(|parts| parts.join(":"))
    }

    /// Why an ARN does not match; `None` if it does, or if pattern or ARN have no six parts.
    pub fn mismatch(&self, arn: &str) -> Option<Mismatch> {
        let Kind::Parts(parts, _) = &self.kind else { return None };
        let values = arn::split(arn)?;
        let at = parts.iter().zip(values).position(|(pattern, value)| !pattern.matches(value))?;
        let written: Vec<_> = self.text.splitn(PARTS, ':').collect();
        let offset = |parts: &[&str]| parts.iter().take(at).map(|part| part.len() + 1).sum::<usize>();
        let (from, to) = (offset(&written).min(self.text.len()), offset(&values));
        let own = written.get(at).copied().unwrap_or_default();
        if at + 1 < PARTS {
            let (pattern, value) = (Span::new(from, from + own.len()), Span::new(to, to + values[at].len()));
            return Some(Mismatch { field: FieldName::of_part(at), pattern, value });
        }
        let (segment, reached) = first_segment(own, values[at]);
        let pattern = Span::new(from + segment.start, from + segment.end);
        let fields = arn::fields(&self.text);
        let holds = |field: &&Field| field.span.start <= pattern.start && pattern.start <= field.span.end;
        let field = fields.iter().rev().find(holds).map_or(FieldName::Resource, |field| field.name);
        Some(Mismatch { field, pattern, value: Span::new(to + reached.start, to + reached.end) })
    }
}

/// The first segment between slashes with which a pattern can match no beginning of a text, and
/// what stands there in the text.
fn first_segment(pattern: &str, text: &str) -> (Span, Span) {
    let mut start = 0;
    let mut reached = 0;
    while let Some(length) = pattern[start..].find('/') {
        let behind = start + length + 1;
        let begun = Pattern::new(&pattern[..behind]);
        // The text up to one of its slashes, as little of it as possible.
        let slashes = text.match_indices('/').map(|(at, _)| at + 1);
        let Some(end) = slashes.filter(|end| *end > reached).find(|end| begun.matches(&text[..*end])) else {
            let end = text[reached..].find('/').map_or(text.len(), |length| reached + length);
            return (Span::new(start, behind - 1), Span::new(reached, end));
        };
        (start, reached) = (behind, end);
    }
    (Span::new(start, pattern.len()), Span::new(reached, text.len()))
}

/// An ARN that the parts match, with one part as given.
fn example(parts: &[Pattern; PARTS], given: Option<&(usize, String)>) -> String {
    let part = |(at, pattern): (usize, &Pattern)| match given {
        Some((own, text)) if *own == at => text.clone(),
        // A text that matches both the pattern and `*`, with something for each of its stars.
        _ => Pattern::literal("").counterexample(pattern).unwrap_or_default(),
    };
    parts.iter().enumerate().map(part).collect::<Vec<_>>().join(":")
}
