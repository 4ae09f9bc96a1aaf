//! JSON values that line breaks divide: NDJSON, and documents over many lines behind each other.
//!
//! Between two tokens of one value stands a comma, a colon or a bracket, on one side of the line
//! break or the other. So a break with none of them on either side divides two values, and no
//! nesting need be counted; only where something is broken, or looks so, that is done.

use super::scan::{self, Nesting};
use super::{Machine, Step};
use std::ops::Range;

/// Takes the next value. Of a text whose `first` value is followed by something else than another
/// one, the whole is one document, so that the judges can say what is wrong with it.
pub(super) fn step(rest: &[u8], end: bool, first: bool) -> Step {
    let Some(begin) = scan::non_blank(rest, scan::skip_mark(rest)) else {
        return if end { Step::Skip { used: rest.len() } } else { Step::More };
    };
    let mut value =
        Value { rest, end, first, begin, nesting: Nesting::default(), read: begin, complete: None };
    let mut from = begin;
    loop {
        let found = memchr::memchr(b'\n', &rest[from..]).map(|at| from + at);
        let next = found.and_then(|stop| scan::non_blank(rest, stop + 1).map(|next| (stop, next)));
        let Some((stop, next)) = next else {
            return if end { value.last() } else { Step::More };
        };
        match value.divides(stop, next) {
            Answer::Unknown => return Step::More,
            Answer::Yes => return value.until(stop, next),
            Answer::AtFirst => {
                let (stop, next) = value.complete.unwrap_or((stop, next));
                return value.until(stop, next);
            }
            Answer::Never => return if end { value.last() } else { Step::More },
            Answer::No => from = next,
        }
    }
}

/// Whether a line break divides two values.
enum Answer {
    Yes,
    /// It does, and so did an earlier one.
    AtFirst,
    No,
    /// Nor does any other.
    Never,
    /// More bytes must tell.
    Unknown,
}

/// A value whose end is looked for.
struct Value<'r> {
    rest: &'r [u8],
    end: bool,
    first: bool,
    begin: usize,
    nesting: Nesting,
    /// How far the nesting was counted.
    read: usize,
    /// The first line break, and what is behind it, at which the value was complete.
    complete: Option<(usize, usize)>,
}

impl Value<'_> {
    fn until(&self, stop: usize, next: usize) -> Step {
        let start = if self.first { 0 } else { self.begin };
        let end = scan::trim(self.rest, self.begin..stop).end;
        Step::Document { range: start..end, used: next, then: Machine::Values }
    }

    /// The rest of the text; all of it where it is the only document.
    fn last(&self) -> Step {
        let used = self.rest.len();
        let range = if self.first { 0..used } else { scan::trim(self.rest, self.begin..used) };
        Step::Document { range, used, then: Machine::Values }
    }

    fn divides(&mut self, stop: usize, next: usize) -> Answer {
        let rest = self.rest;
        let opening = rest[self.begin];
        if !matches!(opening, b'{' | b'[') {
            return self.divides_scalar(stop, next);
        }
        let before = rest[scan::trim(rest, self.begin..stop).end - 1];
        let is_open = matches!(before, b'{' | b'[' | b':' | b',');
        if opening == b'{' && rest[next] == b'{' && rest[next - 1] == b'\n' {
            return if is_open { self.divides_cut_off(stop, next) } else { Answer::AtFirst };
        }
        if is_open || matches!(rest[next], b'}' | b']' | b':' | b',') {
            return Answer::No;
        }
        if self.complete.is_some() || !self.is_closed(stop) {
            return Answer::No;
        }
        match self.begins_value(next) {
            None => Answer::Unknown,
            Some(true) => Answer::Yes,
            Some(false) => {
                self.complete = Some((stop, next));
                if self.first { Answer::No } else { Answer::Yes }
            }
        }
    }

    /// A line that was cut off, among lines with a value each.
    fn divides_cut_off(&self, stop: usize, next: usize) -> Answer {
        let is_line = memchr::memchr(b'\n', &self.rest[self.begin..stop]).is_none();
        if self.first || !is_line {
            return Answer::No;
        }
        match self.is_object_line(next) {
            None => Answer::Unknown,
            Some(true) => Answer::Yes,
            Some(false) => Answer::No,
        }
    }

    /// A value without brackets, or no value at all, is a line.
    fn divides_scalar(&self, stop: usize, next: usize) -> Answer {
        if !self.first {
            return Answer::Yes;
        }
        let divides = if scan::is_value(&self.rest[self.begin..stop]) {
            self.begins_value(next)
        } else {
            self.two_object_lines(next)
        };
        match divides {
            None => Answer::Unknown,
            Some(true) => Answer::Yes,
            Some(false) => Answer::Never,
        }
    }

    /// Whether every bracket is closed before a line break.
    fn is_closed(&mut self, stop: usize) -> bool {
        let read = std::mem::replace(&mut self.read, stop);
        self.nesting.find(&self.rest[..stop], read, |_| false);
        self.nesting.is_closed()
    }

    fn line(&self, from: usize) -> Option<Range<usize>> {
        scan::line(self.rest, from, self.end).map(|line| scan::trim(self.rest, line))
    }

    /// Whether a value begins there: a bracket as JSON has them, or a whole scalar on its line.
    fn begins_value(&self, at: usize) -> Option<bool> {
        let rest = self.rest;
        match rest[at] {
            b'{' => Some(true),
            b'[' => {
                let inside = scan::non_blank(rest, at + 1).map(|at| rest[at]);
                let begins = |byte| {
                    matches!(byte, b'{' | b'[' | b']' | b'"' | b'-' | b'0'..=b'9' | b't' | b'f' | b'n')
                };
                if inside.is_none() && !self.end { None } else { Some(inside.is_some_and(begins)) }
            }
            _ => self.line(at).map(|line| scan::is_value(&rest[line])),
        }
    }

    /// Whether the line that begins there begins and ends as an object does.
    fn is_object_line(&self, at: usize) -> Option<bool> {
        self.line(at).map(|line| self.rest[line.clone()].starts_with(b"{") && self.rest[line].ends_with(b"}"))
    }

    fn two_object_lines(&self, at: usize) -> Option<bool> {
        if !self.is_object_line(at)? {
            return Some(false);
        }
        let behind = scan::line(self.rest, at, self.end)?.end;
        match scan::non_blank(self.rest, behind) {
            Some(second) => self.is_object_line(second),
            None => self.end.then_some(false),
        }
    }
}
