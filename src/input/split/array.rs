//! Arrays with a document in each item, however long they are.

use super::{Machine, Step, Trouble, kind, scan};

/// Whether the array that begins here holds documents: whether its first item looks like one. An
/// array may be a handler's result itself. `None` if more bytes must tell.
pub(super) fn holds_documents(array: &[u8]) -> Option<bool> {
    let first = scan::non_blank(array, 1)?;
    if array[first] != b'{' {
        return Some(false);
    }
    if kind::is_document(&array[first..]) {
        return Some(true);
    }
    scan::end_of(array, first).map(|_| false)
}

/// Steps behind the opening bracket.
pub(super) fn open(rest: &[u8], end: bool) -> Step {
    match scan::non_blank(rest, scan::skip_mark(rest)) {
        None if end => Step::Skip { used: rest.len() },
        None => Step::More,
        Some(at) if rest[at] == b'[' => Step::Become { machine: Machine::FirstItem, used: at + 1 },
        Some(at) => Step::Stop { trouble: Trouble::NoArray, at },
    }
}

/// Takes an item. What is behind the bracket of a broken item may belong to it.
pub(super) fn item(rest: &[u8], end: bool, first: bool) -> Step {
    let Some(at) = scan::non_blank(rest, 0) else { return nothing(rest, end) };
    match rest[at] {
        b']' if first => Step::Become { machine: Machine::Start, used: at + 1 },
        b']' => Step::Stop { trouble: Trouble::TrailingComma, at },
        _ => match scan::behind(rest, at, |byte| matches!(byte, b',' | b']')) {
            None if !end => Step::More,
            found => {
                let used = found.unwrap_or(rest.len());
                Step::Document { range: scan::trim(rest, at..used), used, then: Machine::BehindItem }
            }
        },
    }
}

/// Steps over the comma or the closing bracket.
pub(super) fn behind(rest: &[u8], end: bool) -> Step {
    match scan::non_blank(rest, 0) {
        None => nothing(rest, end),
        Some(at) if rest[at] == b']' => Step::Become { machine: Machine::Start, used: at + 1 },
        Some(at) => Step::Become { machine: Machine::NextItem, used: at + 1 },
    }
}

fn nothing(rest: &[u8], end: bool) -> Step {
    if end { Step::Skip { used: rest.len() } } else { Step::More }
}
