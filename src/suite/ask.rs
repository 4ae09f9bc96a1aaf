//! What a case asks: a request, an event, or a curl command line.

use super::keys::{Read, brief, known, map, scalar, text, word};
use crate::http::encoding::{base64_decode, base64_mistake, tidy_path};
use crate::http::secret::hidden_url;
use crate::http::{Request, query, split_query};
use crate::json::{Mistake, Span};
use crate::template::{Kind, Node};
use serde_json::Value;

/// What a case asks.
#[derive(Debug, Clone, PartialEq)]
pub enum Ask {
    /// A request of the client's.
    Request(RequestAsk),
    /// A kind of event, such as `rest-get`, made for a request; and the place of its name.
    Kind(String, RequestAsk, Span),
    /// An event in a file, counted from the suite's directory; and the place of its name.
    File(String, Span),
    /// An event.
    Event(Value, Span),
    /// The request of a curl command line, and its place.
    Curl(String, Span),
}

/// A request as the suite writes it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RequestAsk {
    /// The method; `None`: GET, and POST with a body.
    pub method: Option<String>,
    /// Path and query below the stage.
    pub path: Option<String>,
    /// More of the query, not yet encoded.
    pub query: Vec<(String, String)>,
    /// Header fields.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub payload: Payload,
}

/// What makes a body.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Payload {
    /// There is none.
    #[default]
    None,
    /// These bytes.
    Bytes(Vec<u8>),
    /// This JSON; it names its media type.
    Json(Vec<u8>),
    /// The bytes of a file, counted from the suite's directory.
    File(String, Span),
}

/// The keys of a case of which one says what is asked.
pub(super) const KEYS: [&str; 3] = ["request", "event", "from"];

impl Ask {
    /// Reads what the case asks; `None` if that is known only later.
    pub(super) fn read(case: &Node) -> Read<Option<Self>> {
        let given: Vec<_> = case.members().iter().filter(|own| KEYS.contains(&own.key.as_str())).collect();
        let is_given = |key: &str| given.iter().any(|member| member.key == key);
        if is_given("from") && given.len() > 1 {
            let span = given.last().map_or(case.span, |member| member.key_span);
            return Err(Mistake::new(span, "`from` says all of what is asked")
                .hint("leave out `request` and `event`, or `from`"));
        }
        let Some(first) = given.first() else {
            return Err(Mistake::new(case.span, "this case asks nothing")
                .hint("write a `request`, an `event`, or `from: curl …`"));
        };
        if given.iter().any(|member| super::keys::is_later(&member.value)) {
            return Ok(None);
        }
        if first.key == "from" {
            return curl(&first.value).map(Some);
        }
        let request = given.iter().find(|member| member.key == "request");
        let event = given.iter().find(|member| member.key == "event");
        let asked = request.map(|member| RequestAsk::read(&member.value)).transpose()?;
        let Some(event) = event.map(|member| &member.value) else {
            return Ok(asked.map(Self::Request));
        };
        let kind = event.text().filter(|name| crate::gateway::event::EventKind::from_name(name).is_some());
        match (kind, asked) {
            (Some(name), asked) => {
                Ok(Some(Self::Kind(name.to_owned(), asked.unwrap_or_default(), event.span)))
            }
            (None, Some(_)) => Err(Mistake::new(event.span, "a request goes with a kind of event only")
                .hint("name a kind such as rest-get; `apigw event list` lists them")),
            (None, None) => match &event.kind {
                Kind::Map(_) => Ok(Some(Self::Event(event.to_json(), event.span))),
                _ => Ok(Some(Self::File(file_of_event(event)?, event.span))),
            },
        }
    }

    /// What it is, in a few words, for lists.
    pub fn title(&self) -> String {
        match self {
            Self::Request(request) => request.title(),
            Self::Kind(kind, request, _) if request.path.is_none() => kind.clone(),
            Self::Kind(kind, request, _) => {
                format!("{kind} {}", hidden_url(request.path.as_deref().unwrap_or("/")))
            }
            Self::File(name, _) => format!("event {name}"),
            Self::Event(..) => "an event".to_owned(),
            Self::Curl(..) => "a curl command".to_owned(),
        }
    }
}

/// A text that is no kind is the name of a file, and looks like one.
fn file_of_event(node: &Node) -> Read<String> {
    let name = word(node, "event")?;
    if name.contains(['.', '/', '\\']) {
        return Ok(name);
    }
    let kinds = crate::gateway::event::kinds();
    let near = crate::lint::nearest(&name, kinds.iter().map(|kind| kind.name.as_str())).map(str::to_owned);
    let mistake = Mistake::new(node.span, format!("`{}` is no kind of event", brief(&name)));
    Err(mistake.hint(match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`apigw event list` lists the kinds; the name of a file has a dot or a slash".to_owned(),
    }))
}

fn curl(node: &Node) -> Read<Ask> {
    let line = text(node, "from")?;
    if line.split_whitespace().next() != Some("curl") {
        return Err(Mistake::new(node.span, "`from` takes a command line that begins with curl"));
    }
    Ok(Ask::Curl(line.to_owned(), node.span))
}

const REQUEST: [&str; 7] = ["method", "path", "query", "headers", "body", "file", "base64"];

impl RequestAsk {
    /// Reads a request: a map, or `GET /path` in short.
    pub(super) fn read(node: &Node) -> Read<Self> {
        let mut request = Self::default();
        if let Some(text) = node.text() {
            let (method, path) = short(text).ok_or_else(|| {
                Mistake::new(node.span, format!("`{}` is no request", brief(text)))
                    .hint("write a method and a path, such as GET /users/42?a=1, or a map")
            })?;
            request.method = Some(checked_method(method, node.span)?);
            request.path = Some(checked_path(path, node.span)?);
            return Ok(request);
        }
        let members = known(node, "request", &REQUEST)?;
        let bodies: Vec<_> =
            members.iter().filter(|own| ["body", "file", "base64"].contains(&own.key.as_str())).collect();
        if let [first, second, ..] = bodies.as_slice() {
            let message = format!("`{}` and `{}` are two bodies", first.key, second.key);
            return Err(Mistake::new(second.key_span, message).hint("a request has one body"));
        }
        for member in members {
            let (key, value) = (member.key.as_str(), &member.value);
            match key {
                "method" => request.method = Some(checked_method(text(value, key)?, value.span)?),
                "path" => request.path = Some(checked_path(text(value, key)?, value.span)?),
                "query" => request.query = repeated(value, key)?,
                "headers" => request.headers = headers(value)?,
                "body" => request.payload = body(value),
                "file" => request.payload = Payload::File(word(value, key)?, value.span),
                _ => {
                    let text = text(value, key)?;
                    let bytes = base64_decode(text).ok_or_else(|| {
                        Mistake::new(value.span, format!("this is not base64: {}", base64_mistake(text)))
                    })?;
                    request.payload = Payload::Bytes(bytes);
                }
            }
        }
        Ok(request)
    }

    /// The request, with the bytes of its file where it has one.
    pub fn request(&self, file: Option<Vec<u8>>) -> Request {
        let has_body = self.payload != Payload::None;
        let usual = if has_body { "POST" } else { "GET" };
        let (path, raw) = split_query(self.path.as_deref().unwrap_or("/"));
        let mut request = Request::new(self.method.as_deref().unwrap_or(usual), tidy_path(path));
        let more = query::encode(self.query.iter().map(|(name, value)| (name.as_str(), value.as_str())));
        let pieces = raw.into_iter().chain((!more.is_empty()).then_some(more));
        request.query = pieces.reduce(|a, b| if a.is_empty() { b } else { format!("{a}&{b}") });
        request.headers = self.headers.iter().cloned().collect();
        request.body = match &self.payload {
            Payload::None => Vec::new(),
            Payload::Bytes(bytes) | Payload::Json(bytes) => bytes.clone(),
            Payload::File(..) => file.unwrap_or_default(),
        };
        if matches!(self.payload, Payload::Json(_)) && !request.headers.contains("content-type") {
            request.headers.append("Content-Type", "application/json");
        }
        request
    }

    fn title(&self) -> String {
        let usual = if self.payload == Payload::None { "GET" } else { "POST" };
        let method = self.method.as_deref().unwrap_or(usual);
        format!("{method} {}", hidden_url(self.path.as_deref().unwrap_or("/")))
    }
}

/// The method and the path of `GET /users`.
pub(super) fn short(text: &str) -> Option<(&str, &str)> {
    match text.trim().split_once(char::is_whitespace) {
        Some((method, path)) => Some((method, path.trim())).filter(|(_, path)| path.starts_with('/')),
        None => text.starts_with('/').then_some(("GET", text)),
    }
}

fn checked_method(text: &str, span: Span) -> Read<String> {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    match !text.is_empty() && text.bytes().all(fits) {
        true => Ok(text.to_owned()),
        false => Err(Mistake::new(span, format!("`{}` is no method", brief(text)))),
    }
}

fn checked_path(text: &str, span: Span) -> Read<String> {
    match text.starts_with('/') {
        true => Ok(text.split('#').next().unwrap_or_default().to_owned()),
        false => Err(Mistake::new(span, "a path begins with /").hint("it counts from below the stage")),
    }
}

/// Names with one value or several.
fn repeated(node: &Node, what: &str) -> Read<Vec<(String, String)>> {
    let mut pairs = Vec::new();
    for member in map(node, what)? {
        for value in super::keys::each(&member.value) {
            pairs.push((member.key.clone(), scalar(value, &member.key)?));
        }
    }
    Ok(pairs)
}

fn headers(node: &Node) -> Read<Vec<(String, String)>> {
    let pairs = repeated(node, "headers")?;
    let token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    let place = |name: &str| {
        node.members().iter().find(|member| member.key == name).map_or(node.span, |member| member.key_span)
    };
    for (name, value) in &pairs {
        if name.is_empty() || !name.bytes().all(token) {
            return Err(Mistake::new(place(name), format!("`{}` is no name of a header", brief(name))));
        }
        if value.contains(['\r', '\n', '\0']) {
            let message = format!("the header {name} has a line break in it");
            return Err(Mistake::new(place(name), message));
        }
    }
    Ok(pairs)
}

/// A text is the body itself; anything else is JSON.
fn body(node: &Node) -> Payload {
    match &node.kind {
        Kind::Text(text) => Payload::Bytes(text.clone().into_bytes()),
        _ => Payload::Json(node.to_json().to_string().into_bytes()),
    }
}
