//! What the page is told of a record: a row of its list, and everything.

use super::case::suite;
use super::record::Record;
use crate::http::encoding::base64_encode;
use crate::http::secret::{HIDDEN, hidden_url, secrets_of_field, secrets_of_url, take};
use crate::http::{Headers, MediaType, Request, Secrets, reason_phrase};
use crate::import::curl::write_line;
use serde_json::{Value, json};

/// A record as far as it may be shown.
pub(super) struct View<'r> {
    record: &'r Record,
    shown: bool,
    secrets: Secrets,
}

/// A row of the list, always without secrets.
pub(super) fn summary(record: &Record) -> Value {
    let secrets = Secrets::new(of_request(&record.request));
    json!({
        "id": record.id,
        "at": u64::try_from(record.at.as_millis()).unwrap_or_default(),
        "took": milliseconds(record.took),
        "method": record.request.method,
        "target": hidden_url(&record.request.target()),
        "status": record.response.status,
        "route": record.route,
        "function": record.function,
        "reason": record.reason.as_ref().map(|reason| secrets.text(reason)),
        "failure": record.failure.as_ref().map(|(kind, _)| kind),
        "refused": record.refused,
    })
}

impl<'r> View<'r> {
    /// A record, with its secrets or without.
    pub(super) fn new(record: &'r Record, shown: bool) -> Self {
        let secrets = if shown { Secrets::shown() } else { Secrets::new(secrets(record)) };
        Self { record, shown, secrets }
    }

    /// Everything that is known of it.
    pub(super) fn detail(&self, url: &str) -> Value {
        let Record { response, .. } = self.record;
        let request = self.request();
        let mut diagnostics: Value = self.record.diagnostics.clone().into();
        self.secrets.everywhere(&mut diagnostics);
        let mut detail = summary(self.record);
        let invoked = self.record.invoked;
        let failure = self.record.failure.as_ref();
        let shown = self.secrets.response(response);
        let more = json!({
            "url": url,
            "request": {
                "method": request.method,
                "target": request.target(),
                "headers": fields(&request.headers),
                "body": body(&request.headers, &request.body, self.record.request_bytes),
            },
            "event": self.event(),
            "log": self.secrets.text(&String::from_utf8_lossy(&self.record.log)),
            "result": self.record.result.as_ref().map(|result| self.part(result)),
            "duration": invoked.map(|(duration, _)| milliseconds(duration)),
            "init": invoked.and_then(|(_, init)| init).map(milliseconds),
            "failure_words": failure.map(|(_, words)| self.secrets.text(words)),
            "response": {
                "status": response.status,
                "phrase": reason_phrase(response.status),
                "headers": fields(&shown.headers),
                "body": body(&shown.headers, &response.body.0, self.record.response_bytes),
            },
            "diagnostics": diagnostics,
            "replayable": self.record.is_whole(),
            "connection": self.record.is_of_connection(),
        });
        if let (Value::Object(detail), Value::Object(more)) = (&mut detail, more) {
            // A route that was asked for keeps its place among the members of the summary.
            detail.extend(more);
        }
        detail["hides"] = (!self.shown && detail.to_string().contains(HIDDEN)).into();
        detail
    }

    /// The request as it may be shown.
    pub(super) fn request(&self) -> Request {
        self.secrets.request(&self.record.request).into_owned()
    }

    /// The event as a text of JSON, if there was one.
    pub(super) fn event(&self) -> Option<String> {
        self.record.event.as_ref().map(|event| self.part(event))
    }

    /// The curl command that sends the request to `url`.
    pub(super) fn curl(&self, url: &str) -> String {
        let mut request = self.request();
        let authority = url.split_once("://").map_or(url, |(_, rest)| rest);
        // What curl finds out by itself.
        for name in ["content-length", "connection", "transfer-encoding"] {
            request.headers.remove(name);
        }
        if request.headers.get("host") == Some(authority) {
            request.headers.remove("host");
        }
        write_line(url, &request, &[])
    }

    /// A suite for `url` with it as a case.
    pub(super) fn suite(&self, url: &str) -> String {
        suite(url, &self.request(), &self.secrets.response(&self.record.response))
    }

    /// An event or a result, laid out for reading.
    fn part(&self, bytes: &[u8]) -> String {
        match serde_json::from_slice::<Value>(bytes) {
            Ok(value) => format!("{:#}", self.secrets.part(&value)),
            Err(_) => self.secrets.text(&String::from_utf8_lossy(bytes)),
        }
    }
}

/// What is secret in a record.
fn secrets(record: &Record) -> Vec<String> {
    let parts = [&record.event, &record.result];
    let parts = parts.into_iter().flatten().filter_map(|part| serde_json::from_slice::<Value>(part).ok());
    let mut known: Vec<_> = parts.flat_map(|mut part| take(&mut part)).collect();
    known.extend(of_request(&record.request));
    known.extend(of_fields(&record.response.headers));
    known
}

fn of_request(request: &Request) -> Vec<String> {
    let mut known = of_fields(&request.headers);
    known.extend(secrets_of_url(&request.target()));
    known
}

fn of_fields(headers: &Headers) -> Vec<String> {
    headers.iter().flat_map(|(name, value)| secrets_of_field(name, value)).collect()
}

fn fields(headers: &Headers) -> Vec<[&str; 2]> {
    headers.iter().map(|(name, value)| [name, value]).collect()
}

/// A body: its text, or its bytes in base64; JSON also laid out for reading.
fn body(headers: &Headers, bytes: &[u8], length: usize) -> Value {
    let is_cut = bytes.len() < length;
    // A cut may go through a letter.
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => Some(text),
        Err(error) if is_cut && error.error_len().is_none() => {
            std::str::from_utf8(&bytes[..error.valid_up_to()]).ok()
        }
        Err(_) => None,
    };
    let is_json = headers.get("content-type").is_some_and(|kind| MediaType::parse(kind).is_json());
    let looks = || bytes.starts_with(b"{") || bytes.starts_with(b"[");
    let value = text.filter(|_| is_json || looks()).and_then(|text| serde_json::from_str::<Value>(text).ok());
    json!({
        "text": text.map_or_else(|| base64_encode(bytes), str::to_owned),
        "pretty": value.map(|value| format!("{value:#}")),
        "base64": text.is_none(),
        "bytes": length,
        "cut": is_cut,
    })
}

fn milliseconds(time: std::time::Duration) -> f64 {
    (time.as_secs_f64() * 1e5).round() / 100.0
}
