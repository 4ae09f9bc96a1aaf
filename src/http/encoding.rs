//! Percent encoding and base64, each with the exact alphabet that events use.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};

/// What no path and no query can hold as it is (RFC 3986); escapes stand.
pub(super) const TYPED: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'<')
    .add(b'>')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// The same for a path, where `?` would begin the query.
const ENCODED_PATH: &AsciiSet = &TYPED.add(b'?');

/// The same for a path that was decoded: there `%` is a character like others.
const PATH: &AsciiSet = &ENCODED_PATH.add(b'%');

/// Undoes percent escapes; bytes that are not UTF-8 become U+FFFD, bad escapes stay as they are.
pub fn percent_decode(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// Escapes a decoded path; slashes stay.
pub fn percent_encode_path(path: &str) -> String {
    utf8_percent_encode(path, PATH).to_string()
}

/// Escapes what a person typed into a path (spaces, non-ASCII text), leaving escapes alone, as
/// browsers and curl do.
pub fn tidy_path(path: &str) -> String {
    utf8_percent_encode(path, ENCODED_PATH).to_string()
}

/// Base64 with the standard alphabet and padding, as in events.
pub fn base64_encode(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

/// Undoes [`base64_encode`].
///
/// # Errors
/// `None` if the text is not base64 of the standard alphabet with padding.
pub fn base64_decode(text: &str) -> Option<Vec<u8>> {
    STANDARD.decode(text).ok()
}

/// The bytes of base64 in the alphabet of URLs, without padding, as tokens and keys are written.
///
/// # Errors
/// `None` if the text is not that.
pub fn base64url_decode(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text).ok()
}

/// What a text is that [`base64_decode`] does not take, in words.
pub fn base64_mistake(text: &str) -> &'static str {
    let lines: String = text.chars().filter(|letter| !letter.is_ascii_whitespace()).collect();
    let standard = lines.replace('-', "+").replace('_', "/");
    let unpadded = standard.trim_end_matches('=');
    let padded = format!("{unpadded}{}", "=".repeat(unpadded.len().wrapping_neg() % 4));
    match () {
        () if text.starts_with("data:") && text.contains(";base64,") => "a data URL",
        () if text.is_empty() || base64_decode(&padded).is_none() => "no base64",
        () if base64_decode(&lines).is_some() => "base64 with line breaks or blanks",
        () if standard != lines => "base64 of the URL-safe alphabet",
        () => "base64 without its padding",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn decoding_survives_bad_input() {
        assert_eq!(percent_decode("/a%20b/%E2%98%95/%zz/%ff"), "/a b/☕/%zz/\u{fffd}");
        assert_eq!(base64_decode("è"), None);
        assert_eq!(base64_decode("dGVzdA"), None, "padding is needed");
    }

    #[test]
    fn other_base64_is_told_from_none() {
        let cases = [
            ("dGVz\r\ndA==", "base64 with line breaks or blanks"),
            ("dGVzdA==\n", "base64 with line breaks or blanks"),
            ("-_8=", "base64 of the URL-safe alphabet"),
            ("-_8", "base64 of the URL-safe alphabet"),
            ("dGVzdA", "base64 without its padding"),
            ("data:image/gif;base64,R0lGODlhAQABAAAAACw=", "a data URL"),
            ("not base64!", "no base64"),
            ("hello", "no base64"),
        ];
        for (text, mistake) in cases {
            assert_eq!((base64_decode(text), base64_mistake(text)), (None, mistake), "{text}");
        }
    }

    #[test]
    fn typed_paths_are_tidied_once() {
        assert_eq!(tidy_path("/a b/%20/é"), "/a%20b/%20/%C3%A9");
    }

    proptest! {
        #[test]
        fn encoding_is_undone_by_decoding(path in "/\\PC{0,30}", bytes: Vec<u8>) {
            prop_assert_eq!(percent_decode(&percent_encode_path(&path)), path);
            prop_assert_eq!(base64_decode(&base64_encode(&bytes)), Some(bytes));
        }
    }
}
