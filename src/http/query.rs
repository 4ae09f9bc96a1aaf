//! Query strings: raw text to decoded pairs and back.

use super::encoding::TYPED;
use percent_encoding::utf8_percent_encode;

/// The decoded pairs of a raw query (without `?`), in order: percent escapes and `+` undone, a
/// key without `=` has the value `""`, and empty pieces between two `&` are left out.
pub fn decode(raw: &str) -> Vec<(String, String)> {
    form_urlencoded::parse(raw.as_bytes()).into_owned().collect()
}

/// A raw query that decodes to these pairs.
pub fn encode<'p>(pairs: impl IntoIterator<Item = (&'p str, &'p str)>) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}

/// Escapes what a person typed into a query (spaces, non-ASCII text), leaving escapes alone.
pub fn tidy(raw: &str) -> String {
    utf8_percent_encode(raw, TYPED).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn pairs_are_decoded_once() {
        let pairs = decode("a=1+2&a=%2B&empty=&flag&&%E2%98%95=%2525");
        let expected = [("a", "1 2"), ("a", "+"), ("empty", ""), ("flag", ""), ("☕", "%25")];
        assert_eq!(pairs.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect::<Vec<_>>(), expected);
    }

    proptest! {
        #[test]
        fn encoding_is_undone_by_decoding(pairs in prop::collection::vec(("\\PC{1,8}", "\\PC{0,8}"), 0..5)) {
            let raw = encode(pairs.iter().map(|(k, v)| (k.as_str(), v.as_str())));
            prop_assert_eq!(decode(&raw), pairs);
        }
    }
}
