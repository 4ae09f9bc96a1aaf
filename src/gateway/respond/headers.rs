//! What becomes of a handler's headers on their way to the caller.

/// What a REST API does with a response header of the handler.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// It is sent as it is.
    Passes,
    /// It is sent as `x-amzn-Remapped-` and its name.
    Renamed,
    /// It is not sent.
    Dropped,
}

/// The documented table, Lambda column. `Content-Length` is renamed in every recording of
/// another integration, and the gateway always sends its own (R-191a).
pub(super) fn fate(name: &str) -> Fate {
    const RENAMED: [&str; 9] = [
        "authorization",
        "connection",
        "content-length",
        "content-md5",
        "date",
        "max-forwards",
        "server",
        "user-agent",
        "www-authenticate",
    ];
    const DROPPED: [&str; 8] =
        ["expect", "host", "proxy-authenticate", "te", "trailer", "transfer-encoding", "upgrade", "via"];
    let among = |names: &[&str]| names.iter().any(|known| known.eq_ignore_ascii_case(name));
    match (among(&RENAMED), among(&DROPPED)) {
        (true, _) => Fate::Renamed,
        (_, true) => Fate::Dropped,
        _ => Fate::Passes,
    }
}

/// The name that a renamed header goes by: the handler's spelling stays.
pub(super) fn remapped(name: &str) -> String {
    format!("x-amzn-Remapped-{name}")
}

/// A name with each word capitalised, as HTTP APIs send it over HTTP/1.1 (H-077).
pub(super) fn capitalized(name: &str) -> String {
    let word = |word: &str| {
        let mut letters = word.chars();
        letters
            .next()
            .map_or_else(String::new, |first| first.to_ascii_uppercase().to_string() + letters.as_str())
    };
    name.split('-').map(word).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_capitalized_per_word() {
        assert_eq!(capitalized("x-my-header"), "X-My-Header");
        assert_eq!(capitalized("-"), "-");
    }
}
