//! What the options of a line add up to, before it becomes a request.

use super::form;
use super::options::Effect;
use crate::http::multipart::Part;
use crate::import::ImportError;
use crate::json::Span;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_encode};
use std::io;

/// Reads what a line names by `@file`; `-` is what is piped in.
pub(super) type Load<'l> = &'l mut dyn FnMut(&str) -> io::Result<Vec<u8>>;

/// What curl escapes: everything that RFC 3986 reserves.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The options of a line that reach the request.
#[derive(Debug, Default)]
pub(super) struct Pieces {
    pub(super) url: Option<(String, Span)>,
    pub(super) method: Option<String>,
    /// `-H` as given: (name, value, span); no value removes curl's own header.
    pub(super) headers: Vec<(String, Option<String>)>,
    pub(super) data: Option<Vec<u8>>,
    pub(super) json: bool,
    pub(super) parts: Vec<Part>,
    pub(super) upload: Option<(String, Vec<u8>)>,
    pub(super) query: Vec<String>,
    pub(super) get: bool,
    pub(super) head: bool,
    pub(super) compressed: bool,
    pub(super) glob_off: bool,
    pub(super) path_as_is: bool,
    pub(super) later_auth: bool,
    pub(super) user: Option<String>,
    pub(super) bearer: Option<String>,
    pub(super) cookies: Vec<String>,
    pub(super) user_agent: Option<String>,
    pub(super) referer: Option<String>,
    pub(super) range: Option<String>,
    pub(super) target: Option<String>,
    pub(super) notes: Vec<String>,
}

impl Pieces {
    /// Takes one option with its value.
    pub(super) fn take(
        &mut self,
        effect: Effect,
        value: &[u8],
        span: Span,
        load: Load<'_>,
    ) -> Result<(), ImportError> {
        let text = || String::from_utf8_lossy(value).into_owned();
        match effect {
            Effect::Method => self.method = Some(method(&text(), span)?),
            Effect::Header => self.header(&text(), span, load)?,
            Effect::Data | Effect::DataRaw | Effect::DataBinary => {
                let data = data(effect, value, span, load)?;
                self.add_data(&data, b"&");
            }
            Effect::DataUrlencode => {
                let data = urlencoded(value, span, load)?;
                self.add_data(data.as_bytes(), b"&");
            }
            Effect::Json => {
                let data = data(Effect::DataBinary, value, span, load)?;
                self.add_data(&data, b"");
                self.json = true;
            }
            Effect::Form => self.parts.push(form::field(&text(), span, load)?),
            Effect::FormString => self.parts.push(form::text(&text(), span)?),
            Effect::UrlQuery => self.query.push(match text().strip_prefix('+') {
                Some(raw) => raw.to_owned(),
                None => urlencoded(value, span, load)?,
            }),
            Effect::Upload => self.upload = Some((text(), read(&text(), span, load)?)),
            Effect::Url => self.add_url(text(), span)?,
            Effect::Next => return Err(second(span, "--next begins another one")),
            other => self.take_plain(other, text()),
        }
        Ok(())
    }

    /// The options that need nothing but their value.
    fn take_plain(&mut self, effect: Effect, text: String) {
        match effect {
            Effect::Get => self.get = true,
            Effect::Head => self.head = true,
            Effect::Compressed => self.compressed = true,
            Effect::GlobOff => self.glob_off = true,
            Effect::PathAsIs => self.path_as_is = true,
            Effect::LaterAuth => self.later_auth = true,
            Effect::User => self.user = Some(text),
            Effect::Bearer => self.bearer = Some(text),
            Effect::UserAgent => self.user_agent = Some(text),
            Effect::Referer => {
                self.referer = Some(text.strip_suffix(";auto").unwrap_or(&text).to_owned());
            }
            Effect::Range => self.range = Some(text),
            Effect::Target => self.target = Some(text),
            Effect::Cookie if text.contains('=') => self.cookies.push(text),
            Effect::Cookie => self.notes.push(format!("the cookies of the file {text} are not read")),
            Effect::Signed => self.notes.push("--aws-sigv4: the request is not signed".to_owned()),
            Effect::Elsewhere => {
                self.notes.push("a .netrc, a config file and curl's variables are not read".to_owned());
            }
            _ => {}
        }
    }

    /// Takes the URL, of which there must be one.
    pub(super) fn add_url(&mut self, text: String, span: Span) -> Result<(), ImportError> {
        if self.url.is_some() {
            return Err(second(span, "this is a second URL"));
        }
        self.url = Some((text, span));
        Ok(())
    }

    fn add_data(&mut self, data: &[u8], separator: &[u8]) {
        match &mut self.data {
            Some(before) => {
                before.extend_from_slice(separator);
                before.extend_from_slice(data);
            }
            None => self.data = Some(data.to_vec()),
        }
    }

    /// `Name: value`, `Name:` (takes curl's own away), `Name;` (an empty value), or `@file`.
    fn header(&mut self, text: &str, span: Span, load: Load<'_>) -> Result<(), ImportError> {
        if let Some(path) = text.strip_prefix('@') {
            let lines = String::from_utf8_lossy(&read(path, span, load)?).into_owned();
            let lines = lines.lines().map(str::trim_end).filter(|line| !line.is_empty());
            return lines.into_iter().try_for_each(|line| self.header(line, span, &mut nothing));
        }
        let (name, value) = match (text.split_once(':'), text.trim_end().strip_suffix(';')) {
            (Some((name, value)), _) => (name.trim_end(), Some(value.trim()).filter(|v| !v.is_empty())),
            (None, Some(name)) => (name.trim_end(), Some("")),
            (None, None) => return Err(bad_header(text, span)),
        };
        // Browsers once copied these: no client of HTTP/1.1 sends them.
        if name.is_empty() && text.starts_with(':') {
            return Ok(());
        }
        let token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
        let is_clean = value.is_none_or(|value| !value.contains(['\r', '\n', '\0']));
        if name.is_empty() || !name.bytes().all(token) || !is_clean {
            return Err(bad_header(name, span));
        }
        self.headers.push((name.to_owned(), value.map(str::to_owned)));
        Ok(())
    }
}

fn nothing(_: &str) -> io::Result<Vec<u8>> {
    Err(io::Error::other("a header file names another one"))
}

fn method(text: &str, span: Span) -> Result<String, ImportError> {
    let is_method = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    if text.is_empty() || !text.bytes().all(is_method) {
        return Err(ImportError::new(span, "this is not a method").hint("for example -X POST"));
    }
    Ok(text.to_owned())
}

fn bad_header(text: &str, span: Span) -> ImportError {
    let name: String = text.split(':').next().unwrap_or_default().chars().take(40).collect();
    ImportError::new(span, format!("`{}` is not the name of a header", name.escape_debug()))
        .hint("write -H 'Name: value', or -H 'Name;' for an empty value")
}

fn second(span: Span, what: &str) -> ImportError {
    ImportError::new(span, format!("the line makes several requests: {what}"))
        .hint("give one request at a time")
}

/// `-d`, `--data-raw`, `--data-binary`: `@file` is loaded, and `-d` takes its line breaks away.
fn data(effect: Effect, value: &[u8], span: Span, load: Load<'_>) -> Result<Vec<u8>, ImportError> {
    let path = value.strip_prefix(b"@").filter(|_| effect != Effect::DataRaw);
    let Some(path) = path else { return Ok(value.to_vec()) };
    let mut bytes = read(&String::from_utf8_lossy(path), span, load)?;
    if effect == Effect::Data {
        bytes.retain(|byte| !matches!(byte, b'\r' | b'\n' | 0));
    }
    Ok(bytes)
}

/// `--data-urlencode`: `text`, `=text`, `name=text`, `@file`, `name@file`.
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

/// Loads a file that a line names.
pub(super) fn read(path: &str, span: Span, load: Load<'_>) -> Result<Vec<u8>, ImportError> {
    load(path).map_err(|error| {
        let text = error.to_string();
        let text = text.split(" (os error").next().unwrap_or_default();
        ImportError::new(span, format!("cannot read {path}: {text}"))
            .hint("names of files count from the current directory")
    })
}
