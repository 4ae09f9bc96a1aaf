//! Targets of requests in the one form of which every reader computes the same signature.
//!
//! A signer may read `a*b` as it stands, as `a%2Ab`, or decode and encode it again; `+` in a query
//! may be a plus or a space. Where each character that RFC 3986 does not leave alone is escaped
//! once, in capitals, all of them come to the same.

use super::UNESCAPED;
use percent_encoding::{percent_decode_str, percent_encode};

/// The path with its segments escaped so; escaped slashes stay escaped, and slashes slashes.
pub(super) fn path(path: &str) -> String {
    path.split('/').map(escaped).collect::<Vec<_>>().join("/")
}

/// The query with its names and values escaped so, in their order, without empty pieces; a name
/// without `=` stays one.
///
/// # Errors
/// The piece that is no UTF-8, of which no signature can be made.
pub(super) fn query(raw: &str) -> Result<Option<String>, &str> {
    let pieces = raw.split('&').filter(|piece| !piece.is_empty()).map(|piece| {
        if percent_decode_str(piece).decode_utf8().is_err() {
            return Err(piece);
        }
        let piece = piece.replace('+', " ");
        Ok(match piece.split_once('=') {
            Some((name, value)) => format!("{}={}", escaped(name), escaped(value)),
            None => escaped(&piece),
        })
    });
    let pieces = pieces.collect::<Result<Vec<_>, _>>()?;
    Ok((!pieces.is_empty()).then(|| pieces.join("&")))
}

fn escaped(text: &str) -> String {
    let bytes: Vec<u8> = percent_decode_str(text).collect();
    percent_encode(&bytes, UNESCAPED).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::query::decode;
    use proptest::prelude::*;

    #[test]
    fn what_is_not_unreserved_is_escaped_once() {
        let cases = [
            ("/", "/"),
            ("", ""),
            ("/a//b/", "/a//b/"),
            ("/a*b(c)'!", "/a%2Ab%28c%29%27%21"),
            ("/users/a:b@c", "/users/a%3Ab%40c"),
            ("/%7Ea/%41~", "/~a/A~"),
            ("/a%2fb%2Fc", "/a%2Fb%2Fc"),
            ("/a+b%2Bc", "/a%2Bb%2Bc"),
            ("/%E2%98%95/☕", "/%E2%98%95/%E2%98%95"),
            ("/%ff/%zz/%", "/%FF/%25zz/%25"),
            ("/%2525", "/%2525"),
        ];
        for (given, expected) in cases {
            assert_eq!(path(given), expected, "{given}");
            assert_eq!(path(expected), expected);
        }
    }

    #[test]
    fn queries_keep_their_order_and_what_they_mean() {
        let cases = [
            ("b=2&a=1&b=1", Some("b=2&a=1&b=1")),
            ("flag", Some("flag")),
            ("flag=&=x&=", Some("flag=&=x&=")),
            ("&&a=1&", Some("a=1")),
            ("&", None),
            ("", None),
            ("a=1+2&b=1%2B2&c=1%202", Some("a=1%202&b=1%2B2&c=1%202")),
            ("a=b=c*d'e(f)", Some("a=b%3Dc%2Ad%27e%28f%29")),
            ("p=%2f/%7E~:", Some("p=%2F%2F~~%3A")),
            ("é=☕", Some("%C3%A9=%E2%98%95")),
            ("a=100%", Some("a=100%25")),
            ("a[]=1&a[]=2", Some("a%5B%5D=1&a%5B%5D=2")),
        ];
        for (given, expected) in cases {
            assert_eq!(query(given), Ok(expected.map(str::to_owned)), "{given}");
        }
        assert_eq!(query("a=1&b=%ff"), Err("b=%ff"));
    }

    proptest! {
        #[test]
        fn nothing_but_the_form_changes(raw in "([a-z*'()+~ %é/:]|%2F|%7e|=|&){0,30}") {
            // An escape and letters behind it may spell bytes that are no text: those are refused.
            let Ok(form) = query(&raw) else { return Ok(()) };
            prop_assert_eq!(decode(form.as_deref().unwrap_or_default()), decode(&raw));
            let path_bytes: Vec<u8> = percent_decode_str(&raw).collect();
            let form = path(&raw);
            prop_assert_eq!(percent_decode_str(&form).collect::<Vec<u8>>(), path_bytes);
            prop_assert_eq!(path(&form), form);
        }
    }
}
