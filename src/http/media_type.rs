//! Media types: what a `Content-Type` says, and what `binaryMediaTypes` matches.

/// A `Content-Type` taken apart: lower-case type and charset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MediaType {
    essence: String,
    charset: Option<String>,
}

impl MediaType {
    /// Reads a header value such as `text/plain; charset=UTF-8`; never fails, for gateways do
    /// not check the value either.
    pub fn parse(value: &str) -> Self {
        let mut parts = value.split(';');
        let essence = parts.next().unwrap_or_default().trim().to_ascii_lowercase();
        let charset = parts.find_map(|parameter| {
            let (name, value) = parameter.split_once('=')?;
            let is_charset = name.trim().eq_ignore_ascii_case("charset");
            is_charset.then(|| value.trim().trim_matches('"').to_ascii_lowercase())
        });
        Self { essence, charset }
    }

    /// `type/subtype` in lower case, without parameters.
    pub fn essence(&self) -> &str {
        &self.essence
    }

    /// The charset parameter in lower case.
    pub fn charset(&self) -> Option<&str> {
        self.charset.as_deref()
    }

    /// Whether a body of this type is JSON.
    pub fn is_json(&self) -> bool {
        let essence = self.essence.as_str();
        essence == "application/json" || essence == "text/json" || essence.ends_with("+json")
    }

    /// Whether a person can read a body of this type.
    pub fn is_text(&self) -> bool {
        let essence = self.essence.as_str();
        essence.starts_with("text/")
            || essence.ends_with("+json")
            || essence.ends_with("+xml")
            || matches!(
                essence,
                "application/json" | "application/xml" | "application/javascript" | "application/graphql"
            )
    }
}

/// Whether a text has the two halves of a media type; both may be `*`.
pub fn is_media_range(text: &str) -> bool {
    let halves = text.split_once('/').filter(|(kind, subtype)| !kind.is_empty() && !subtype.is_empty());
    halves.is_some() && !text.contains(char::is_whitespace)
}

/// Whether one media type of a request matches an entry of a REST API's `binaryMediaTypes`.
///
/// `media_type` is `None` when the request named none. An entry `*/*` matches everything, even
/// nothing; `type/*` matches any subtype and itself; `*/subtype` never matches
/// a wildcard in the request does not match a concrete entry.
pub fn matches_any(entries: &[String], media_type: Option<&str>) -> bool {
    entries.iter().any(|entry| {
        if entry == "*/*" {
            return true;
        }
        let Some((kind, subtype)) = media_type.and_then(|media_type| media_type.split_once('/')) else {
            return false; // `application` is not a media type
        };
        match entry.split_once('/') {
            Some(("*", _)) | None => false,
            Some((entry_kind, "*")) => entry_kind.eq_ignore_ascii_case(kind),
            Some((entry_kind, entry_subtype)) => {
                entry_kind.eq_ignore_ascii_case(kind) && entry_subtype.eq_ignore_ascii_case(subtype)
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_types_come_apart() {
        let media_type = MediaType::parse("TEXT/Plain ; boundary=x; Charset=\"UTF-8\"");
        assert_eq!(media_type.essence(), "text/plain");
        assert_eq!(media_type.charset(), Some("utf-8"));
        assert!(media_type.is_text() && !MediaType::parse("image/png").is_text());
    }

    #[test]
    fn binary_media_types_match_as_recorded() {
        let cases: &[(&[&str], Option<&str>, bool)] = &[
            (&["image/png"], Some("image/png"), true),
            (&["image/png"], Some("IMAGE/PNG"), true),
            (&["image/*"], Some("image/png"), true),
            (&["image/*"], Some("image/*"), true),
            (&["image/png"], Some("image/*"), false),
            (&["image/png"], Some("*/*"), false),
            (&["*/test"], Some("*/test"), false),
            (&["*/test"], Some("a/test"), false),
            (&["application/*"], Some("application"), false),
            (&["image/png"], None, false),
            (&["*/*"], None, true),
            (&["*/*"], Some("x"), true),
        ];
        for (entries, media_type, expected) in cases {
            let entries: Vec<String> = entries.iter().map(|entry| (*entry).to_owned()).collect();
            assert_eq!(matches_any(&entries, *media_type), *expected, "{entries:?} {media_type:?}");
        }
    }
}
