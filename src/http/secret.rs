//! Which names stand for secrets, in headers and in queries.

/// What is shown in the place of a secret.
pub const HIDDEN: &str = "<hidden>";

/// Names of headers and of query parameters whose values are not for other eyes.
const NAMES: [&str; 13] = [
    "authorization",
    "proxy-authorization",
    "cookie",
    "set-cookie",
    "x-api-key",
    "x-amz-security-token",
    "x-amz-signature",
    "x-amz-credential",
    "x-auth-token",
    "x-csrf-token",
    "access_token",
    "id_token",
    "api_key",
];

/// Whether the value of this header, or of this query parameter, is a secret.
pub fn is_secret(name: &str) -> bool {
    NAMES.iter().any(|secret| secret.eq_ignore_ascii_case(name))
}

/// A raw query whose secret values are hidden.
pub fn hide_query(raw: &str) -> String {
    let hidden = raw.split('&').map(|piece| match piece.split_once('=') {
        Some((name, _)) if is_secret(&super::encoding::percent_decode(name)) => format!("{name}={HIDDEN}"),
        _ => piece.to_owned(),
    });
    hidden.collect::<Vec<_>>().join("&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_without_case() {
        for (name, secret) in [("AUTHORIZATION", true), ("X-Api-Key", true), ("Accept", false), ("", false)] {
            assert_eq!(is_secret(name), secret, "{name}");
        }
        let raw = "a=1&X-Amz%2DSignature=abc&X-Amz-Date=2&X-Amz-Credential=AKIA";
        let hidden = "a=1&X-Amz%2DSignature=<hidden>&X-Amz-Date=2&X-Amz-Credential=<hidden>";
        assert_eq!(hide_query(raw), hidden);
    }
}
