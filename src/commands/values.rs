//! The values of flags: which ones fit, and how to name one that does not without showing a
//! secret.

use super::exit::Fault;
use super::io::Io;
use crate::http::{is_media_range, origin_mistake};
use crate::report::human::printable;
use std::net::IpAddr;

/// `NAME=VALUE` of a flag.
pub(super) fn pair(flag: &str, text: &str) -> Result<(String, String), Fault> {
    let (name, value) = text
        .split_once('=')
        .filter(|(name, _)| !name.is_empty())
        .ok_or_else(|| Fault::usage(format!("{flag}: `{}` is not NAME=VALUE", first_word(text))))?;
    Ok((name.to_owned(), value.to_owned()))
}

/// A secret of a flag: the text itself, or for `@FILE` the line that stands in a file.
pub(super) fn secret(flag: &str, text: &str, io: &mut Io) -> Result<String, Fault> {
    let Some(path) = text.strip_prefix('@') else { return one_line(flag, text) };
    let bytes = io.read(path).map_err(|fault| fault.of(flag))?;
    let text = String::from_utf8(bytes);
    let text = text.map_err(|_| Fault::usage(format!("{flag}: {} is no text", printable(path))))?;
    one_line(flag, text.trim())
}

/// A text that a header can hold.
fn one_line(flag: &str, text: &str) -> Result<String, Fault> {
    match text.is_empty() || text.contains(|letter: char| letter.is_control()) {
        true => Err(Fault::usage(format!("{flag}: one line of text is needed"))),
        false => Ok(text.to_owned()),
    }
}

/// The name in a text that should have been a name and a value: the rest may be a secret.
pub(super) fn first_word(text: &str) -> String {
    let end = |letter: char| letter.is_whitespace() || letter.is_control() || ":=;".contains(letter);
    text.split(end).next().unwrap_or_default().chars().take(40).collect()
}

/// An address of a client.
pub(super) fn address(text: &str) -> Result<String, String> {
    let address = text.parse::<IpAddr>();
    address.map(|_| text.to_owned()).map_err(|_| "an IPv4 or IPv6 address is needed".to_owned())
}

/// A label of a host name, such as a region or an API id.
pub(super) fn label(text: &str) -> Result<String, String> {
    match is_label(text) {
        true => Ok(text.to_owned()),
        false => Err("letters, digits and hyphens are needed".to_owned()),
    }
}

/// The name of a stage.
pub(super) fn stage(text: &str) -> Result<String, String> {
    let letters = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    match text == "$default" || (letters && !text.is_empty()) {
        true => Ok(text.to_owned()),
        false => Err("a stage's name has letters, digits, hyphens and underscores".to_owned()),
    }
}

/// A media type; both halves may be `*`.
pub(super) fn media_type(text: &str) -> Result<String, String> {
    match is_media_range(text) {
        true => Ok(text.to_owned()),
        false => Err("a media type has two halves, as in image/png".to_owned()),
    }
}

/// The origin of a page.
pub(super) fn origin(text: &str) -> Result<String, String> {
    match origin_mistake(text) {
        None => Ok(text.to_owned()),
        Some(mistake) => {
            Err(format!("no page has this origin: {mistake}; for example https://app.example.com"))
        }
    }
}

/// An origin that a configuration allows.
pub(super) fn allowed_origin(text: &str) -> Result<String, String> {
    if text == "*" { Ok(text.to_owned()) } else { origin(text) }
}

/// A custom domain name with or without a base path.
pub(super) fn domain(text: &str) -> Result<String, String> {
    let name = text.trim_start_matches("https://").split('/').next().unwrap_or_default();
    match name.split('.').all(is_label) && !text.contains(char::is_whitespace) {
        true => Ok(text.to_owned()),
        false => Err("a domain name is needed, as in api.example.com or api.example.com/base".to_owned()),
    }
}

/// The number that ids are drawn from.
pub(super) fn seed(text: &str) -> Result<u64, String> {
    text.parse().map_err(|_| format!("a whole number from 0 to {} is needed", u64::MAX))
}

fn is_label(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_shows_the_name_and_never_a_value() {
        for text in ["TOKEN geheim", "TOKEN:geheim", "TOKEN;geheim", "TOKEN\u{1b}geheim", "TOKEN=geheim"] {
            assert_eq!(first_word(text), "TOKEN");
        }
        assert_eq!(pair("--env", "=geheim").unwrap_err().message, "--env: `` is not NAME=VALUE");
    }

    #[test]
    fn domains_may_have_a_base_path() {
        for good in ["api.example.com", "api.example.com/v1/", "https://a.b/c", "localhost"] {
            assert!(domain(good).is_ok(), "{good}");
        }
        for bad in ["", "/v1", "a..b", "a b", "a.b/c d", "user@host"] {
            assert!(domain(bad).is_err(), "{bad}");
        }
    }
}
