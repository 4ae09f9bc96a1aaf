//! What is secret in a message: header fields, parameters of queries, URLs, and the members of
//! events and results that hold them. Whoever shows one of these to others asks here first.

use super::encoding::{base64_decode, percent_decode};
use serde_json::Value;

/// What stands in the place of a secret.
pub const HIDDEN: &str = "<hidden>";

/// Whether the value of a header field is a secret: credentials, tokens, keys, cookies, signatures.
pub fn is_secret_header(name: &str) -> bool {
    is_secret_name(name)
}

/// Whether the value of a query parameter is one.
pub fn is_secret_parameter(name: &str) -> bool {
    let plain = plain(name);
    is_secret_name(name) || ["key", "auth", "jwt", "sig", "pwd", "pass"].contains(&plain.as_str())
}

/// A URL without its user, and without the values of secret parameters in query and fragment.
pub fn hidden_url(url: &str) -> String {
    conceal_url(url, &mut Vec::new())
}

/// A query, as it stands in a URL, without the values of secret parameters.
pub fn hidden_query(raw: &str) -> String {
    conceal_query(raw, &mut Vec::new())
}

/// The value of a header field as it may be shown: a cookie that is set keeps its name and
/// attributes, a URL its place.
pub fn hidden_field(name: &str, value: &str) -> String {
    conceal_field(name, value, &mut Vec::new())
}

/// Hides the secrets in an event or in a result. The body is left as it is.
pub fn hide(event: &mut Value) {
    take(event);
}

/// The same, and what was hidden: whole values, and the credentials that stand in them.
pub fn take(event: &mut Value) -> Vec<String> {
    let mut found = Vec::new();
    match event {
        Value::Object(members) => {
            for (name, value) in members.iter_mut().filter(|(name, _)| name.as_str() != "body") {
                walk(name, value, Place::Member, &mut found);
            }
        }
        other => walk("", other, Place::Member, &mut found),
    }
    found
}

/// What [`take`] finds in the fields of a message.
pub fn secrets_of_field(name: &str, value: &str) -> Vec<String> {
    let mut found = Vec::new();
    conceal_field(name, value, &mut found);
    found
}

/// What [`hidden_url`] hides.
pub fn secrets_of_url(url: &str) -> Vec<String> {
    let mut found = Vec::new();
    conceal_url(url, &mut found);
    found
}

/// A name in lower case, letters and digits only: `X-Api-Key`, `x_api_key` and `apiKey` end alike.
fn plain(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase()).collect()
}

fn is_secret_name(name: &str) -> bool {
    const PARTS: [&str; 8] =
        ["secret", "password", "passwd", "passphrase", "cookie", "credential", "signature", "xamznoidcdata"];
    const ENDS: [&str; 8] = [
        "authorization",
        "token",
        "apikey",
        "accesskey",
        "accesskeyid",
        "privatekey",
        "sessionid",
        "subscriptionkey",
    ];
    let name = plain(name);
    PARTS.iter().any(|part| name.contains(part)) || ENDS.iter().any(|end| name.ends_with(end))
}

/// Where a member of an event stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Member,
    /// Among the parameters of the query.
    Parameter,
    /// Below a member whose name says that it is a secret.
    Secret,
}

fn walk(name: &str, value: &mut Value, place: Place, found: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            let below = match plain(name).as_str() {
                "querystringparameters" | "multivaluequerystringparameters" => Place::Parameter,
                _ if place == Place::Parameter => place,
                _ => Place::Member,
            };
            for (name, value) in members {
                let is_secret =
                    is_secret_name(name) || (below == Place::Parameter && is_secret_parameter(name));
                walk(name, value, if is_secret { Place::Secret } else { below }, found);
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| walk(name, item, place, found)),
        Value::String(text) => *text = conceal_member(name, text, place, found),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn conceal_member(name: &str, text: &str, place: Place, found: &mut Vec<String>) -> String {
    match plain(name).as_str() {
        // The cookies of an HTTP API's event and result, and of nobody else.
        "cookies" => conceal_cookie(text, found),
        // What a Lambda authorizer of an HTTP API is asked about.
        "identitysource" => conceal(text, found),
        "rawquerystring" => conceal_query(text, found),
        "path" | "rawpath" if text.contains('?') => conceal_url(text, found),
        plain if place == Place::Secret && !plain.ends_with("setcookie") => conceal(text, found),
        _ => conceal_field(name, text, found),
    }
}

fn conceal_field(name: &str, value: &str, found: &mut Vec<String>) -> String {
    match plain(name) {
        // Also in the form that a REST API gives a field of the function's.
        plain if plain.ends_with("setcookie") => conceal_cookie(value, found),
        _ if is_secret_header(name) => conceal(value, found),
        _ if value.contains("://") => conceal_url(value, found),
        _ if ["location", "referer", "contentlocation"].contains(&plain(name).as_str()) => {
            conceal_url(value, found)
        }
        _ => value.to_owned(),
    }
}

/// A whole value; the credentials behind a scheme, in a basic one, and in cookies are secrets too.
fn conceal(text: &str, found: &mut Vec<String>) -> String {
    if text.is_empty() {
        return String::new();
    }
    found.push(text.to_owned());
    if let Some((scheme, rest)) = text.split_once(' ') {
        found.push(rest.to_owned());
        let basic = base64_decode(rest).filter(|_| scheme.eq_ignore_ascii_case("basic"));
        let pair = basic.and_then(|pair| String::from_utf8(pair).ok());
        found.extend(pair.iter().filter_map(|pair| Some(pair.split_once(':')?.1.to_owned())));
    }
    let cookies = text.split(';').filter_map(|cookie| cookie.split_once('='));
    found.extend(cookies.map(|(_, value)| value.trim().to_owned()));
    HIDDEN.to_owned()
}

/// A cookie with its name and its attributes.
fn conceal_cookie(text: &str, found: &mut Vec<String>) -> String {
    let (cookie, attributes) = text.find(';').map_or((text, ""), |end| text.split_at(end));
    match cookie.split_once('=') {
        Some((_, "")) => text.to_owned(),
        Some((name, value)) => {
            found.push(value.to_owned());
            format!("{name}={HIDDEN}{attributes}")
        }
        None => conceal(cookie, found) + attributes,
    }
}

fn conceal_query(raw: &str, found: &mut Vec<String>) -> String {
    let mut conceal = |parameter: &str| match parameter.split_once('=') {
        Some((name, value)) if !value.is_empty() && is_secret_parameter(&percent_decode(name)) => {
            found.push(value.to_owned());
            found.push(percent_decode(value));
            format!("{name}={HIDDEN}")
        }
        _ => parameter.to_owned(),
    };
    raw.split('&').map(&mut conceal).collect::<Vec<_>>().join("&")
}

/// The user goes with the password: it can be a token, too.
fn conceal_url(url: &str, found: &mut Vec<String>) -> String {
    let authority = url.find("://").map(|at| at + 3);
    // Without a scheme it may be a path.
    let start = authority.unwrap_or(0);
    let end = url[start..].find(['/', '?', '#']).map_or(url.len(), |at| start + at);
    let (head, tail) = url.split_at(end);
    let head = match head[start..].rsplit_once('@') {
        Some((user, host)) => {
            found.push(user.to_owned());
            found.extend(user.split_once(':').map(|(_, password)| percent_decode(password)));
            format!("{}{HIDDEN}@{host}", &head[..start])
        }
        None => head.to_owned(),
    };
    let (rest, fragment) = tail.split_once('#').map_or((tail, None), |(rest, own)| (rest, Some(own)));
    let mut shown = match rest.split_once('?') {
        Some((path, query)) => format!("{head}{path}?{}", conceal_query(query, found)),
        None => head + rest,
    };
    if let Some(fragment) = fragment {
        shown = format!("{shown}#{}", conceal_query(fragment, found));
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn names_say_what_is_secret() {
        let secret = [
            "Authorization",
            "proxy-authorization",
            "x-amzn-Remapped-Authorization",
            "Cookie",
            "Set-Cookie",
            "X-Api-Key",
            "apiKey",
            "X-Amz-Security-Token",
            "X-Auth-Token",
            "x-csrf-token",
            "client_secret",
            "x-amzn-oidc-data",
            "X-Hub-Signature-256",
            "Ocp-Apim-Subscription-Key",
        ];
        for name in secret {
            assert!(is_secret_header(name), "{name}");
        }
        let open = [
            "apiKeyId",
            "WWW-Authenticate",
            "token_use",
            "tokens-left",
            "X-Amzn-Trace-Id",
            "Sec-WebSocket-Key",
            "principalId",
            "key",
        ];
        for name in open {
            assert!(!is_secret_header(name), "{name}");
        }
        assert!(is_secret_parameter("key") && is_secret_parameter("access_token"));
    }

    #[test]
    fn urls_lose_users_and_tokens_only() {
        let cases = [
            ("https://h/p?a=1&b=2#c", "https://h/p?a=1&b=2#c"),
            ("https://u:p@h:1/p", "https://<hidden>@h:1/p"),
            ("u:p@h/p@q", "<hidden>@h/p@q"),
            ("https://h/?token=x&a=b@c", "https://h/?token=<hidden>&a=b@c"),
            ("https://h?X-Amz-Signature=x&X-Amz-Date=d", "https://h?X-Amz-Signature=<hidden>&X-Amz-Date=d"),
            ("https://h/#access_token=x&state=s", "https://h/#access_token=<hidden>&state=s"),
            ("/p?access%5Ftoken=x&token=", "/p?access%5Ftoken=<hidden>&token="),
            ("https://u@p@h?q=@", "https://<hidden>@h?q=@"),
            ("", ""),
        ];
        for (url, shown) in cases {
            assert_eq!(hidden_url(url), shown);
        }
    }

    #[test]
    fn events_and_results_keep_everything_else() {
        let mut event = json!({
            "headers": {"Authorization": "Basic dTpwYXNzd29yZA==", "Cookie": "a=one; b=two", "X-A": "1",
                "Referer": "https://h/?code=1&token=x"},
            "multiValueHeaders": {"x-api-key": ["k1", "k2"], "set-cookie": ["s=one; Secure", "t="]},
            "cookies": ["a=one; Path=/", "b"],
            "queryStringParameters": {"token": "t", "key": "k", "a": "1"},
            "rawQueryString": "a=1&token=t",
            "authorizationToken": "Bearer abc",
            "identitySource": ["x"],
            "requestContext": {"identity": {"apiKey": "k", "apiKeyId": "id"},
                "authorizer": {"jwt": {"claims": {"sub": "me", "token_use": "id"}}, "token": {"a": "b"}}},
            "body": "{\"token\": 1}",
        });
        let found = take(&mut event);
        let expected = json!({
            "headers": {"Authorization": HIDDEN, "Cookie": HIDDEN, "X-A": "1",
                "Referer": "https://h/?code=1&token=<hidden>"},
            "multiValueHeaders": {"x-api-key": [HIDDEN, HIDDEN], "set-cookie": ["s=<hidden>; Secure", "t="]},
            "cookies": ["a=<hidden>; Path=/", HIDDEN],
            "queryStringParameters": {"token": HIDDEN, "key": HIDDEN, "a": "1"},
            "rawQueryString": "a=1&token=<hidden>",
            "authorizationToken": HIDDEN,
            "identitySource": [HIDDEN],
            "requestContext": {"identity": {"apiKey": HIDDEN, "apiKeyId": "id"},
                "authorizer": {"jwt": {"claims": {"sub": "me", "token_use": "id"}}, "token": {"a": "b"}}},
            "body": "{\"token\": 1}",
        });
        assert_eq!(event, expected);
        for secret in ["password", "one", "two", "k2", "abc", "Bearer abc"] {
            assert!(found.iter().any(|own| own == secret), "{secret} in {found:?}");
        }
        hide(&mut event);
        assert_eq!(event, expected);
    }
}
