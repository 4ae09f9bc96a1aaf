//! Requests that the page sends: one again, or an edited one.

use super::Inspector;
use super::record::Record;
use super::view::View;
use crate::gateway::Flavor;
use crate::http::encoding::base64_decode;
use crate::http::secret::HIDDEN;
use crate::http::{Headers, Request};
use hyper::header::{HeaderName, HeaderValue};
use serde::Deserialize;
use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::Instant;

/// A request as a person wrote it on the page.
#[derive(Debug, Deserialize)]
pub(super) struct Edited {
    /// The record that it was made of.
    #[serde(default)]
    from: Option<u64>,
    method: String,
    /// Path and query.
    target: String,
    #[serde(default)]
    headers: Vec<(String, String)>,
    #[serde(default)]
    body: String,
    /// Whether the body is bytes in base64.
    #[serde(default)]
    base64: bool,
}

impl Inspector {
    /// Sends a request to a port in this process, and keeps what became of it.
    pub(super) async fn send(&self, port: usize, request: &Request) -> Result<Arc<Record>, String> {
        let (served, took) = {
            let (port, _) = self.port(port).ok_or("no API is served")?;
            let site = port.site(&request.path).ok_or("no API is served there")?;
            if site.api().flavor == Flavor::Websocket {
                return Err("a WebSocket API answers on connections: this page opens none".to_owned());
            }
            let started = Instant::now();
            let served = site.answer(request, Ipv4Addr::LOCALHOST.to_string()).await;
            (served, started.elapsed())
        };
        Ok(self.record(port, (request, &served), took))
    }

    /// The edited request, and the port that it is for.
    pub(super) fn read(&self, edited: Edited) -> Result<(usize, Request), String> {
        let original = match edited.from {
            Some(id) => {
                let found = super::lock(&self.ring).get(id);
                Some(found.ok_or("the request that this was made of is no longer kept")?)
            }
            None => None,
        };
        let port = original.as_ref().map_or(0, |record| record.port);
        let mut request = edited.request()?;
        if let Some(original) = &original {
            restore(&mut request, &original.request, &View::new(original, false).request());
        }
        let hidden = request.headers.iter().find(|(_, value)| value.contains(HIDDEN));
        if let Some((name, _)) = hidden {
            return Err(format!("{name}: {HIDDEN} stands for a value only where the value was"));
        }
        if request.query.as_ref().is_some_and(|query| query.contains(HIDDEN)) {
            return Err(format!("the query: {HIDDEN} stands for a value only where the value was"));
        }
        Ok((port, request))
    }
}

impl Edited {
    fn request(self) -> Result<Request, String> {
        let Self { method, target, headers, body, base64, .. } = self;
        hyper::Method::from_bytes(method.as_bytes()).map_err(|_| format!("`{method}` is no method"))?;
        let is_sendable = |letter: char| letter.is_ascii_graphic() && letter != '#';
        // What was hidden is put back later.
        if !target.starts_with('/') || !target.chars().all(is_sendable) {
            return Err("the path begins with / and has no spaces: %20 stands for one".to_owned());
        }
        let (path, query) =
            target.split_once('?').map_or((&*target, None), |(path, query)| (path, Some(query)));
        let mut request = Request::new(method, path);
        request.query = query.map(str::to_owned);
        for (name, value) in headers {
            HeaderName::from_bytes(name.as_bytes())
                .map_err(|_| format!("`{name}` is no name of a header"))?;
            HeaderValue::from_str(&value).map_err(|_| format!("{name}: its value cannot be sent"))?;
            request.headers.append(name, value);
        }
        request.body = match base64 {
            true => base64_decode(body.trim()).ok_or("the body is not base64")?,
            false => body.into_bytes(),
        };
        if request.headers.contains("content-length") {
            // Where it stood.
            let length = request.body.len().to_string();
            let is_length = |name: &str| name.eq_ignore_ascii_case("content-length");
            let fields = request.headers.iter();
            let fields = fields.map(|(name, value)| (name, if is_length(name) { &*length } else { value }));
            request.headers = fields.collect();
        }
        Ok(request)
    }
}

/// Puts the values back that the page did not know, where they stand as they were shown.
fn restore(request: &mut Request, original: &Request, shown: &Request) {
    let mut pairs: Vec<_> = shown.headers.iter().zip(original.headers.iter()).collect();
    let mut known = |name: &str, value: &str| {
        let at =
            pairs.iter().position(|((own, shown), _)| own.eq_ignore_ascii_case(name) && *shown == value)?;
        Some(pairs.remove(at).1.1.to_owned())
    };
    let fields = request.headers.iter().map(|(name, value)| {
        let found = value.contains(HIDDEN).then(|| known(name, value)).flatten();
        (name.to_owned(), found.unwrap_or_else(|| value.to_owned()))
    });
    request.headers = fields.collect::<Headers>();
    if let (Some(query), Some(shown), Some(original)) = (&mut request.query, &shown.query, &original.query) {
        let mut pairs: Vec<_> = shown.split('&').zip(original.split('&')).collect();
        let parameters = query.split('&').map(|own| {
            let at = pairs.iter().position(|(shown, _)| own.contains(HIDDEN) && *shown == own);
            at.map_or(own, |at| pairs.remove(at).1)
        });
        *query = parameters.collect::<Vec<_>>().join("&");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_values_come_back_only_where_they_were() {
        let mut original = Request::new("GET", "/a");
        original.query = Some("token=one&b=2&token=two".to_owned());
        original.headers =
            [("Authorization", "Bearer a"), ("x", "1"), ("cookie", "c=d")].into_iter().collect();
        let shown = crate::http::Secrets::new(Vec::new()).request(&original).into_owned();
        assert_eq!(shown.query.as_deref(), Some("token=<hidden>&b=2&token=<hidden>"));
        let mut edited = shown.clone();
        restore(&mut edited, &original, &shown);
        assert_eq!(edited, original);
        edited.headers = [("authorization", "Bearer b"), ("x-other", "<hidden>")].into_iter().collect();
        edited.query = Some("b=3&other=<hidden>&token=<hidden>".to_owned());
        let before = edited.headers.clone();
        restore(&mut edited, &original, &shown);
        assert_eq!(edited.headers, before);
        assert_eq!(edited.query.as_deref(), Some("b=3&other=<hidden>&token=one"));
    }
}
