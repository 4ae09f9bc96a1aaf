//! What the options of a line add up to, before it becomes a request.

use super::body::{self, HeaderField, Load, Payload, read};
use super::options::Effect;
use crate::import::ImportError;
use crate::json::Span;

/// The options of a line that reach the request.
#[derive(Debug, Default)]
pub(super) struct Pieces {
    pub(super) url: Option<(String, Span)>,
    pub(super) method: Option<String>,
    /// `-H` as given; no value removes curl's own header.
    pub(super) headers: Vec<HeaderField>,
    pub(super) payload: Payload,
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
            Effect::Header => self.headers.extend(body::header(&text(), span, load)?),
            Effect::Body(option) => self.payload.add(option, value, span, load)?,
            Effect::UrlQuery => self.query.push(body::query_piece(value, span, load)?),
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
}

fn method(text: &str, span: Span) -> Result<String, ImportError> {
    let is_method = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    if text.is_empty() || !text.bytes().all(is_method) {
        return Err(ImportError::new(span, "this is not a method").hint("for example -X POST"));
    }
    Ok(text.to_owned())
}

fn second(span: Span, what: &str) -> ImportError {
    ImportError::new(span, format!("the line makes several requests: {what}"))
        .hint("give one request at a time")
}
