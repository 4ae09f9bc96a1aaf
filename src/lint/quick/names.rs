//! The headers that most results have, and which of their values need no further look.

/// A header that a result may have without being unusual.
pub(super) struct Name {
    /// In lower case.
    pub(super) text: &'static str,
    /// A value as results have it.
    pub(super) sample: &'static str,
    /// The values that are usual.
    usual: fn(&[u8]) -> bool,
}

const fn name(text: &'static str, sample: &'static str, usual: fn(&[u8]) -> bool) -> Name {
    Name { text, sample, usual }
}

/// The names, those that occur most first. A name that begins with `x-` is like the last one.
pub(super) const NAMES: [Name; 21] = [
    name("content-type", "application/json", |value| MediaType::of(value).is_some()),
    name("access-control-allow-origin", "*", |value| value == b"*"),
    name("cache-control", "no-store", anything),
    name("access-control-allow-headers", "Content-Type,X-Api-Key", tokens),
    name("access-control-allow-methods", "GET,POST,OPTIONS", tokens),
    name("location", "https://example.com/", anything),
    name("strict-transport-security", "max-age=63072000", anything),
    name("content-language", "en", anything),
    name("etag", "\\\"33a64df5\\\"", anything),
    name("last-modified", "Tue, 14 Nov 2023 22:13:20 GMT", anything),
    name("expires", "0", anything),
    name("pragma", "no-cache", anything),
    name("retry-after", "120", anything),
    name("referrer-policy", "no-referrer", anything),
    name("permissions-policy", "camera=()", anything),
    name("content-security-policy", "default-src 'self'", anything),
    name("content-disposition", "inline", anything),
    name("timing-allow-origin", "*", anything),
    name("server-timing", "db;dur=53", anything),
    name("idempotency-key", "8e03978e-40d5-43e8-bc93-6894a57f9324", anything),
    name("x-request-id", "8e03978e-40d5-43e8-bc93-6894a57f9324", anything),
];

pub(super) const CONTENT_TYPE: usize = 0;
const ALLOW_ORIGIN: u32 = 1 << 1;
const OTHER_CORS: u32 = 1 << 3 | 1 << 4;
const LOCATION: u32 = 1 << 5;
const EXTENSION: usize = NAMES.len() - 1;

/// Longer values are left to the full judge.
const LONGEST_VALUE: usize = 1024;

/// Names that AWS uses itself begin so.
const RESERVED: &[u8] = b"x-am";

/// The headers of a result that were passed.
#[derive(Default)]
pub(super) struct Seen<'b> {
    /// A bit for each of [`NAMES`].
    pub(super) names: u32,
    /// What the content type says.
    pub(super) content_type: Option<MediaType>,
    extensions: [&'b [u8]; 8],
    extensions_seen: usize,
}

impl<'b> Seen<'b> {
    /// Notes a header; nothing if it is unusual, or stands there twice.
    pub(super) fn note(&mut self, name: &'b [u8], value: &[u8]) -> Option<()> {
        let index = match index_of(name) {
            Some(index) if index != EXTENSION => index,
            _ => self.extension(name)?,
        };
        if index != EXTENSION && self.names & (1 << index) != 0 {
            return None;
        }
        self.names |= 1 << index;
        if index == CONTENT_TYPE {
            self.content_type = Some(MediaType::of(value)?);
            return Some(());
        }
        (is_plain(value) && (NAMES[index].usual)(value)).then_some(())
    }

    /// Whether a redirect has its target.
    pub(super) fn lead_elsewhere(&self) -> bool {
        self.names & LOCATION != 0
    }

    /// The headers of CORS other than the origin mean nothing without it.
    pub(super) fn make_sense(&self) -> bool {
        self.names & OTHER_CORS == 0 || self.names & ALLOW_ORIGIN != 0
    }

    fn extension(&mut self, name: &'b [u8]) -> Option<usize> {
        let begins =
            |start: &[u8]| name.get(..start.len()).is_some_and(|own| own.eq_ignore_ascii_case(start));
        let token = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'-';
        let known = &self.extensions[..self.extensions_seen];
        let again = known.iter().any(|other| other.eq_ignore_ascii_case(name));
        if again || !begins(b"x-") || begins(RESERVED) || !name.iter().all(token) {
            return None;
        }
        *self.extensions.get_mut(self.extensions_seen)? = name;
        self.extensions_seen += 1;
        Some(EXTENSION)
    }
}

fn index_of(name: &[u8]) -> Option<usize> {
    NAMES.iter().position(|known| known.text.as_bytes().eq_ignore_ascii_case(name))
}

/// Printable ASCII, not empty, with nothing to trim, and of a modest length.
fn is_plain(value: &[u8]) -> bool {
    let printable = value.iter().all(|byte| (0x20..0x7f).contains(byte));
    let trimmed = !matches!(value, [] | [b' ', ..] | [.., b' ']);
    printable && trimmed && value.len() <= LONGEST_VALUE
}

fn anything(_: &[u8]) -> bool {
    true
}

/// A list of names.
fn tokens(value: &[u8]) -> bool {
    value.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b',' | b' '))
}

/// The content types whose bodies are known at a glance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum MediaType {
    /// JSON.
    Json,
    /// HTML, and XML of any kind.
    Markup,
    /// Plain text.
    Plain,
}

impl MediaType {
    /// What a content type says, if that is beyond doubt.
    pub(super) fn of(value: &[u8]) -> Option<Self> {
        const TYPES: [(&[u8], MediaType); 8] = [
            (b"application/json", MediaType::Json),
            (b"text/html", MediaType::Markup),
            (b"text/plain", MediaType::Plain),
            (b"application/problem+json", MediaType::Json),
            (b"application/vnd.api+json", MediaType::Json),
            (b"application/xml", MediaType::Markup),
            (b"text/xml", MediaType::Markup),
            (b"image/svg+xml", MediaType::Markup),
        ];
        let is = |name: &[u8]| {
            let start = value.get(..name.len()).is_some_and(|own| own.eq_ignore_ascii_case(name));
            start && is_utf8(&value[name.len()..])
        };
        TYPES.iter().find(|(name, _)| is(name)).map(|(_, media_type)| *media_type)
    }
}

/// Whether the parameters of a content type say nothing but that the text is UTF-8.
fn is_utf8(parameters: &[u8]) -> bool {
    let charset = parameters.strip_prefix(b"; ").or(parameters.strip_prefix(b";"));
    parameters.is_empty() || charset.is_some_and(|charset| charset.eq_ignore_ascii_case(b"charset=utf-8"))
}
