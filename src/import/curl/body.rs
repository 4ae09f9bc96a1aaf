//! What curl's options of data, forms, queries and headers add up to; for command lines that are
//! read, and for flags of the same names.

use super::form;
use crate::http::multipart::{self, Part};
use crate::import::ImportError;
use crate::json::Span;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_encode};
use std::io;

/// Reads what is named by `@file`; `-` is standard input, or what is piped in.
pub type Load<'l> = &'l mut dyn FnMut(&str) -> io::Result<Vec<u8>>;

/// What curl escapes: everything that RFC 3986 reserves.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The options that make a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BodyOption {
    /// `-d`: text, or `@file` without its line breaks; joined by `&`.
    Data,
    /// `--data-raw`: text, also with `@` in front.
    Raw,
    /// `--data-binary`: text, or `@file` as it is.
    Binary,
    /// `--data-urlencode`: `text`, `=text`, `name=text`, `@file`, `name@file`.
    Urlencode,
    /// `--json`: text or `@file`, joined by nothing.
    Json,
    /// `-F`: a field of a form.
    Form,
    /// `--form-string`: a field of a form, taken as it is.
    FormString,
}

/// The body that the options add up to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Payload {
    data: Option<Vec<u8>>,
    /// One of the options was `--json`.
    pub json: bool,
    /// A file of `-d` was no text, and lost bytes.
    pub lossy: bool,
    /// One of the options was `--data-urlencode`.
    pub urlencoded: bool,
    parts: Vec<Part>,
}

impl Payload {
    /// Takes one option more.
    ///
    /// # Errors
    /// A value that is none, or a file that cannot be read, at `span`.
    pub fn add(
        &mut self,
        option: BodyOption,
        value: &[u8],
        span: Span,
        load: Load<'_>,
    ) -> Result<(), ImportError> {
        let text = || String::from_utf8_lossy(value).into_owned();
        match option {
            BodyOption::Data | BodyOption::Raw | BodyOption::Binary => {
                let mut data = data(option, value, span, load)?;
                if option == BodyOption::Data && value.starts_with(b"@") {
                    let is_text = std::str::from_utf8(&data).is_ok() && !data.contains(&0);
                    let before = data.len();
                    data.retain(|byte| !matches!(byte, b'\r' | b'\n' | 0));
                    self.lossy |= !is_text && data.len() < before;
                }
                self.join(&data, b"&");
            }
            BodyOption::Urlencode => {
                let data = urlencoded(value, span, load)?;
                self.join(data.as_bytes(), b"&");
                self.urlencoded = true;
            }
            BodyOption::Json => {
                let data = data(BodyOption::Binary, value, span, load)?;
                self.join(&data, b"");
                self.json = true;
            }
            BodyOption::Form => self.parts.push(form::field(&text(), span, load)?),
            BodyOption::FormString => self.parts.push(form::text(&text(), span)?),
        }
        Ok(())
    }

    /// Whether there is data that is no form of several parts.
    pub fn has_data(&self) -> bool {
        self.data.is_some()
    }

    /// Whether there are parts of a form.
    pub fn has_parts(&self) -> bool {
        !self.parts.is_empty()
    }

    /// Takes the data away, to be a part of the query.
    pub fn take_query(&mut self) -> Option<String> {
        self.data.take().map(|data| String::from_utf8_lossy(&data).into_owned())
    }

    /// The body, and the content type that curl gives it.
    pub fn finish(self) -> (Vec<u8>, Option<String>) {
        if !self.parts.is_empty() {
            let (body, content_type) = multipart::encode(&self.parts);
            return (body, Some(content_type));
        }
        let own = match (&self.data, self.json) {
            (_, true) => Some("application/json".to_owned()),
            (Some(_), false) => Some("application/x-www-form-urlencoded".to_owned()),
            (None, false) => None,
        };
        (self.data.unwrap_or_default(), own)
    }

    fn join(&mut self, data: &[u8], separator: &[u8]) {
        match &mut self.data {
            Some(before) => {
                before.extend_from_slice(separator);
                before.extend_from_slice(data);
            }
            None => self.data = Some(data.to_vec()),
        }
    }
}

/// A header as curl's `-H` gives it: its name, and its value or nothing where curl's own is
/// removed.
pub type HeaderField = (String, Option<String>);

/// `Name: value`, `Name:` (takes curl's own away), `Name;` (an empty value), or `@file` with one
/// of those on each line.
///
/// # Errors
/// A text that is no header, or a file that cannot be read, at `span`.
pub fn header(text: &str, span: Span, load: Load<'_>) -> Result<Vec<HeaderField>, ImportError> {
    if let Some(path) = text.strip_prefix('@') {
        let lines = String::from_utf8_lossy(&read(path, span, load)?).into_owned();
        let lines = lines.lines().map(str::trim_end).filter(|line| !line.is_empty());
        return lines.filter_map(|line| header_line(line, span).transpose()).collect();
    }
    Ok(header_line(text, span)?.into_iter().collect())
}

fn header_line(text: &str, span: Span) -> Result<Option<HeaderField>, ImportError> {
    let (name, value) = match (text.split_once(':'), text.trim_end().strip_suffix(';')) {
        (Some((name, value)), _) => (name.trim_end(), Some(value.trim()).filter(|v| !v.is_empty())),
        (None, Some(name)) => (name.trim_end(), Some("")),
        (None, None) => return Err(bad_header(text, span)),
    };
    // Browsers once copied these: no client of HTTP/1.1 sends them.
    if name.is_empty() && text.starts_with(':') {
        return Ok(None);
    }
    let token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    let is_clean = value.is_none_or(|value| !value.contains(['\r', '\n', '\0']));
    if name.is_empty() || !name.bytes().all(token) || !is_clean {
        return Err(bad_header(name, span));
    }
    Ok(Some((name.to_owned(), value.map(str::to_owned))))
}

fn bad_header(text: &str, span: Span) -> ImportError {
    // What follows the first word may be a secret.
    let end = |letter: char| letter.is_whitespace() || letter.is_control() || ":=;".contains(letter);
    let name: String = text.split(end).next().unwrap_or_default().chars().take(40).collect();
    ImportError::new(span, format!("`{name}` is not a header"))
        .hint("write -H 'Name: value', or -H 'Name;' for an empty value")
}

/// A piece of the query as `--url-query` gives it: as `--data-urlencode`, or raw behind a `+`.
///
/// # Errors
/// A file that cannot be read, at `span`.
pub fn query_piece(value: &[u8], span: Span, load: Load<'_>) -> Result<String, ImportError> {
    match value.strip_prefix(b"+") {
        Some(raw) => Ok(String::from_utf8_lossy(raw).into_owned()),
        None => urlencoded(value, span, load),
    }
}

/// `Authorization` for `-u user:password`; without a password it is empty.
pub fn basic(user: &str) -> String {
    let colon = if user.contains(':') { "" } else { ":" };
    format!("Basic {}", crate::http::encoding::base64_encode(format!("{user}{colon}").as_bytes()))
}

/// `-d`, `--data-raw`, `--data-binary`: `@file` is loaded.
fn data(option: BodyOption, value: &[u8], span: Span, load: Load<'_>) -> Result<Vec<u8>, ImportError> {
    let path = value.strip_prefix(b"@").filter(|_| option != BodyOption::Raw);
    let Some(path) = path else { return Ok(value.to_vec()) };
    read(&String::from_utf8_lossy(path), span, load)
}

fn urlencoded(value: &[u8], span: Span, load: Load<'_>) -> Result<String, ImportError> {
    let Some(at) = value.iter().position(|byte| matches!(byte, b'=' | b'@')) else {
        return Ok(escape(value));
    };
    let (name, content) = (String::from_utf8_lossy(&value[..at]), &value[at + 1..]);
    let content = match value[at] {
        b'@' => escape(&read(&String::from_utf8_lossy(content), span, load)?),
        _ => escape(content),
    };
    Ok(if name.is_empty() { content } else { format!("{name}={content}") })
}

fn escape(bytes: &[u8]) -> String {
    percent_encode(bytes, ESCAPED).to_string().replace("%20", "+")
}

/// Loads a file that is named.
pub(super) fn read(path: &str, span: Span, load: Load<'_>) -> Result<Vec<u8>, ImportError> {
    load(path).map_err(|error| {
        let text = error.to_string();
        let text = text.split(" (os error").next().unwrap_or_default();
        ImportError::new(span, format!("cannot read {path}: {text}"))
            .hint("names of files count from the current directory")
    })
}
