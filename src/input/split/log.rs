//! The log of a Lambda function, as text or as JSON, from a file, from `aws logs tail` or `sam logs`:
//! the documents that a function printed are found, everything else is read over.

use super::kind::{self, Kind};
use super::scan::{self, Nesting};
use super::{Machine, Step};
use serde::de::IgnoredAny;

/// How the platform's own lines begin.
const OF_THE_PLATFORM: [&[u8]; 5] = [
    b"START RequestId: ",
    b"END RequestId: ",
    b"REPORT RequestId: ",
    b"INIT_START Runtime ",
    b"XRAY TraceId: ",
];

/// The levels of loggers.
const LEVELS: [&[u8]; 6] = [b"TRACE", b"DEBUG", b"INFO", b"WARN", b"ERROR", b"FATAL"];

/// In how many lines, and bytes, a log shows itself.
const FIRST_LINES: usize = 16;
const FIRST_BYTES: usize = 64 << 10;

/// How many braces of a line may be tried.
const TRIES: usize = 8;

/// Whether a text is a log; `None` if more bytes must tell. It begins with an object if `json`.
pub(super) fn is_log(text: &[u8], end: bool, json: bool) -> Option<bool> {
    if !json {
        let known = text.len().min(FIRST_BYTES);
        return first_lines(&text[..known], end || known == FIRST_BYTES);
    }
    let line = scan::line(text, 0, end)?;
    let behind = scan::non_blank(text, line.end).map(|at| text[at]);
    if behind.is_none() && !end { None } else { Some(is_record(&text[line], behind == Some(b'{'))) }
}

/// Whether one of the first lines is one of a log in text; what begins with JSON is none.
fn first_lines(text: &[u8], end: bool) -> Option<bool> {
    let mut from = 0;
    for _ in 0..FIRST_LINES {
        let line = scan::line(text, from, end)?;
        from = line.end + 1;
        match text.get(line.start) {
            Some(b'{' | b'[') => return Some(false),
            _ if is_line(&text[line]) => return Some(true),
            _ if from > text.len() => return Some(false),
            _ => {}
        }
    }
    Some(false)
}

/// Whether an object is a record of a log in JSON; `several` if another object follows it.
fn is_record(object: &[u8], several: bool) -> bool {
    let starts = |keys: &[&[u8]], start: &[u8]| {
        let mut members = scan::members(object);
        members.any(|(key, value)| keys.contains(&key) && object[value].starts_with(start))
    };
    let is_timed = starts(&[b"timestamp", b"time"], b"");
    let is_levelled = starts(&[b"level"], b"");
    let has_message = starts(&[b"message"], if several { b"" } else { b"{" });
    is_timed && (starts(&[b"type"], b"\"platform.") || is_levelled && has_message)
}

/// Whether a line is one of a log in text.
fn is_line(line: &[u8]) -> bool {
    let mut rest = line;
    let mut is_timed = false;
    loop {
        let at = rest.iter().position(|byte| matches!(byte, b' ' | b'\t')).unwrap_or(rest.len());
        let (word, behind) = rest.split_at(at);
        let behind = behind.get(1..).unwrap_or_default();
        if is_stream(word) {
            return true;
        }
        if !is_time(word) {
            break;
        }
        (is_timed, rest) = (true, behind);
    }
    // Node prints `undefined` for the request before the first one.
    let mut fields = rest.split(|byte| *byte == b'\t');
    let is_request = |id: &[u8]| id == b"undefined" || id.len() == 36 && id[8] == b'-' && id[23] == b'-';
    let is_levelled =
        fields.next().is_some_and(is_request) && fields.next().is_some_and(|level| LEVELS.contains(&level));
    OF_THE_PLATFORM.iter().any(|start| rest.starts_with(start)) || is_timed && is_levelled
}

/// `2026-11-20T10:00:00.123Z`.
fn is_time(word: &[u8]) -> bool {
    let date =
        |separator| word[..4].iter().all(u8::is_ascii_digit) && word[4] == separator && word[7] == separator;
    word.len() >= 19 && date(b'-') && matches!(word[10], b'T')
}

/// `2026/11/20/[$LATEST]8f507cfc2a1b4c3d`.
fn is_stream(word: &[u8]) -> bool {
    word.len() > 12
        && word[..4].iter().all(u8::is_ascii_digit)
        && word[4] == b'/'
        && word[10] == b'/'
        && word.contains(&b'[')
}

/// Takes the next document, or reads over a line.
pub(super) fn step(rest: &[u8], end: bool, kind: Kind) -> Step {
    let Some(line) = scan::line(rest, 0, end) else { return Step::More };
    let used = rest.len().min(line.end + 1);
    let mut from = 0;
    for _ in 0..TRIES {
        let Some(open) = memchr::memchr(b'{', &rest[from..line.end]).map(|at| from + at) else { break };
        let found = match value(&rest[open..line.end]) {
            Some(length) => Spread::To(open + length),
            None if scan::non_blank(&rest[..line.end], open + 1).is_none() => spread(rest, open, used, end),
            None => {
                from = open + 1;
                continue;
            }
        };
        match found {
            Spread::More => return Step::More,
            Spread::Broken(at) => return Step::Skip { used: at },
            Spread::To(close) => match kind::wanted(&rest[open..close], kind) {
                Some(range) => {
                    let range = open + range.start..open + range.end;
                    return Step::Document { range, used: close, then: Machine::Log };
                }
                None if close > line.end => return Step::Skip { used: close },
                None => from = close,
            },
        }
    }
    Step::Skip { used }
}

/// The length of the JSON value with which the bytes begin.
fn value(bytes: &[u8]) -> Option<usize> {
    let mut values = serde_json::Deserializer::from_slice(bytes).into_iter::<IgnoredAny>();
    matches!(values.next(), Some(Ok(_))).then(|| values.byte_offset())
}

/// How far an object goes whose brace ends its line.
enum Spread {
    /// To before this offset.
    To(usize),
    /// More bytes must tell.
    More,
    /// It is none: a line of the log, or the end, comes before its end.
    Broken(usize),
}

fn spread(rest: &[u8], open: usize, second: usize, end: bool) -> Spread {
    let mut nesting = Nesting::default();
    let (mut read, mut at) = (open, second);
    while at < rest.len() {
        let Some(line) = scan::line(rest, at, end) else { return Spread::More };
        if is_line(&rest[line.clone()]) {
            return Spread::Broken(at);
        }
        if let Some(close) = nesting.find(&rest[..line.end], read, |byte| matches!(byte, b'}' | b']')) {
            return Spread::To(close + 1);
        }
        (read, at) = (line.end, line.end + 1);
    }
    if end { Spread::Broken(rest.len()) } else { Spread::More }
}
