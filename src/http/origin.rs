//! Origins as browsers write them.

/// What keeps a text from being an origin that a browser sends: scheme, host in lower case, and a
/// port unless it is the scheme's own; or `null`, or the `file://` of older web views. `None` if
/// nothing does.
pub fn origin_mistake(text: &str) -> Option<&'static str> {
    if ["null", "file://"].contains(&text) {
        return None;
    }
    let Some((scheme, authority)) = text.split_once("://") else { return Some("it has no scheme") };
    let port = authority.rsplit_once(':').map(|(_, port)| port);
    match () {
        () if text.contains(',') || text.contains(char::is_whitespace) => Some("it names several"),
        () if text.contains('*') => Some("it has a wildcard in it"),
        () if authority.contains(['/', '?', '#']) => Some("it has a path"),
        () if scheme.is_empty() || authority.is_empty() => Some("it is cut off"),
        () if text.chars().any(char::is_uppercase) => Some("it has capital letters"),
        () if matches!((scheme, port), ("https", Some("443")) | ("http", Some("80"))) => {
            Some("it names the scheme's own port")
        }
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_a_scheme_a_host_and_perhaps_a_port() {
        for good in
            ["https://a.example", "http://localhost:3000", "null", "file://", "app://x", "http://[::1]:443"]
        {
            assert_eq!(origin_mistake(good), None, "{good}");
        }
        let cases = [
            ("a.example", "it has no scheme"),
            ("https://a.example, https://b.example", "it names several"),
            ("https://*.example", "it has a wildcard in it"),
            ("https://a.example/", "it has a path"),
            ("https://", "it is cut off"),
            ("https://A.example", "it has capital letters"),
            ("https://a.example:443", "it names the scheme's own port"),
        ];
        for (text, mistake) in cases {
            assert_eq!(origin_mistake(text), Some(mistake), "{text}");
        }
    }
}
