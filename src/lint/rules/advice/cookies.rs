//! Cookies that get lost in their header.

use super::{Answer, Example, Remark, Rule, Severity, Stated, fixes};
use crate::gateway::{Evidence, Flavor};

pub(in crate::lint::rules) static COOKIES_JOINED: Rule = Rule {
    code: "AGW511",
    name: "cookies-joined",
    severity: Severity::Warning,
    title: "several cookies stand in one header",
    why: "Set-Cookie is the one header whose values cannot be joined with commas, and no front end splits them again: a browser takes the first cookie, and what follows the comma for part of its last attribute.",
    check: Some(cookies_joined),
    help: "give each cookie its own entry: in multiValueHeaders (REST API, payload format 1.0, load balancer with multi-value headers) or in cookies (payload format 2.0, function URL)",
    fixes: &fixes(
        "cookies: [\"a=1; Path=/\", \"b=2; Path=/\"]  // REST: multiValueHeaders: { \"Set-Cookie\": [...] }",
        "\"cookies\": [\"a=1; Path=/\", \"b=2; Path=/\"]  # REST: \"multiValueHeaders\": {\"Set-Cookie\": [...]}",
        ".header(\"set-cookie\", \"a=1; Path=/\").header(\"set-cookie\", \"b=2; Path=/\")",
    ),
    bad: &[
        Example::rest(r#"{"statusCode": 200, "headers": {"Set-Cookie": "a=1; Path=/, b=2; Path=/"}}"#),
        Example::rest(r#"{"statusCode": 200, "multiValueHeaders": {"Set-Cookie": ["a=1; HttpOnly,b=2"]}}"#),
        Example::http(
            r#"{"statusCode": 200, "headers": {"set-cookie": "a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT, b=2"}}"#,
        ),
        Example::of(Flavor::Url, r#"{"statusCode": 200, "cookies": ["a=1, b=2"]}"#),
    ],
    good: Example::http(
        r#"{"statusCode": 200, "cookies": ["a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT; Path=/", "b=2"]}"#,
    ),
    facts: &["R-188", "H-072", "H-078", "U-017"],
    ..Rule::PLAIN
};

fn cookies_joined(answer: &Answer<'_>) -> Vec<Remark> {
    if answer.response().is_none() {
        return Vec::new();
    }
    let evidence = match answer.front.flavor() {
        Flavor::Url => Evidence::Documented,
        _ => Evidence::Recorded,
    };
    let remark = |stated: Stated<'_>| {
        let text = stated.value.as_str().filter(|_| stated.name.eq_ignore_ascii_case("set-cookie"))?;
        let second = second_cookie(text)?;
        let message =
            format!("the cookie `{second}` stands behind a comma in the header of another one: it is lost");
        Some(Remark::new(stated.at, message, "several cookies", evidence))
    };
    answer.stated().into_iter().filter_map(remark).collect()
}

/// The name of a cookie behind a comma. A comma may stand in a value or in a date; it begins a new
/// cookie if a name and `=` follow, and if it stands among attributes or has a blank behind it,
/// which no unquoted value may hold.
fn second_cookie(text: &str) -> Option<&str> {
    const ATTRIBUTES: [&str; 8] =
        ["expires", "max-age", "domain", "path", "samesite", "priority", "secure", "httponly"];
    let token = |name: &str| {
        !name.is_empty()
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
    };
    let begins_cookie = |(comma, _): (usize, &str)| {
        let (before, after) = (&text[..comma], &text[comma + 1..]);
        let (name, _) = after.trim_start().split_once('=')?;
        let quoted = before.matches('"').count() % 2 == 1;
        let apart = before.contains(';') || after.starts_with(' ');
        let cookie = token(name) && !ATTRIBUTES.contains(&name.to_ascii_lowercase().as_str());
        (cookie && apart && !quoted && before.contains('=')).then_some(name)
    };
    text.match_indices(',').find_map(begins_cookie)
}

#[cfg(test)]
mod tests {
    use super::second_cookie;

    #[test]
    fn a_comma_alone_is_no_second_cookie() {
        let silent = [
            "a=1",
            "a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT",
            "a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT; Path=/; SameSite=Lax",
            "consent=ads:1,stats=0; Path=/",
            "a=1,b=2",
            "a=\"1, b=2\"; Path=/",
            "a={\"x\": 1, \"y\": \"z=2\"}",
            "a=1, Path=/",
            "a=1; Path=/, ",
            "a=x, y",
        ];
        for text in silent {
            assert_eq!(second_cookie(text), None, "{text}");
        }
        for text in ["a=1, b=2", "a=1; Secure,b=2; Secure", "a=; Expires=Thu, 01 Jan 1970 00:00:00 GMT, b=2"]
        {
            assert_eq!(second_cookie(text), Some("b"), "{text}");
        }
    }
}
