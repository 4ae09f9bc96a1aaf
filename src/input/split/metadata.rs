//! What `aws lambda invoke` prints of an invocation, beside the payload that it writes to a file. Both
//! stand in one stream where that file is standard output.

use super::scan;
use std::ops::Range;

const KEYS: [&[u8]; 4] = [b"StatusCode", b"ExecutedVersion", b"FunctionError", b"LogResult"];

/// Where behind the payload it can begin: it holds up to 4 KB of the log in base64.
const LONGEST: usize = 16 << 10;

/// The part of a document that is payload; empty if the document is nothing but metadata.
pub(super) fn without(document: &[u8]) -> Range<usize> {
    let all = 0..document.len();
    let Range { start, end } = scan::trim(document, all.clone());
    if !document[..end].ends_with(b"}") {
        return all;
    }
    if is_metadata(&document[start..end]) {
        return 0..0;
    }
    // Behind a payload it is printed over several lines.
    if memchr::memchr(b'\n', document).is_none() {
        return all;
    }
    let from = document.len().saturating_sub(LONGEST).max(start + 1);
    let key = b"\"StatusCode\"";
    let key = document[from..].windows(key.len()).rposition(|bytes| bytes == key);
    let open = key.and_then(|key| document[..from + key].iter().rposition(|byte| !scan::is_blank(*byte)));
    match open {
        Some(open) if open > start && is_metadata(&document[open..end]) => 0..open,
        _ => all,
    }
}

fn is_metadata(object: &[u8]) -> bool {
    let first = object.strip_prefix(b"{").and_then(|inside| scan::non_blank(inside, 0));
    let Some(first) = first else { return false };
    object[first + 1..].starts_with(b"\"StatusCode\"")
        && scan::members(object).all(|(key, _)| KEYS.contains(&key))
        && scan::members(object).count() > 1
        && scan::is_value(object)
}
