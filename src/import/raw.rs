//! A request as it stands on the wire of HTTP/1.1, and the bytes of a request.

use super::ImportError;
use crate::http::{Headers, Request, Target, encoding, query};
use crate::json::Span;

/// A request that was read from the wire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawRequest {
    /// The URL, where the target or a `Host` header tells the host.
    pub url: Option<String>,
    /// The request.
    pub request: Request,
}

/// Reads one request. Lines end with CRLF or LF. The body is what `Transfer-Encoding: chunked` or
/// `Content-Length` say; without either, everything behind the empty line.
///
/// # Errors
/// [`ImportError`] with the place in the bytes.
pub fn parse(bytes: &[u8]) -> Result<RawRequest, ImportError> {
    let mut lines = Lines { bytes, at: 0 };
    let (span, line) = first_line(&mut lines)?;
    let (method, target) = request_line(span, &line)?;
    let mut headers = Headers::new();
    while let Some((span, line)) = lines.next().filter(|(_, line)| !line.is_empty()) {
        let (name, value) = field(span, line)?;
        headers.append(name, value);
    }
    let body = body(bytes, lines.at, &headers)?;
    let authority = target.authority.or_else(|| headers.get("host").map(str::to_owned));
    let (path, query) = (target.path, target.query);
    let url = authority.filter(|authority| !authority.is_empty()).map(|authority| {
        let query = query.as_ref().map(|query| format!("?{query}")).unwrap_or_default();
        format!("{}://{authority}{path}{query}", target.scheme)
    });
    if let Some(Err(error)) = url.as_deref().map(Target::parse) {
        return Err(ImportError::new(span, format!("the request's host: {error}")));
    }
    Ok(RawRequest { url, request: Request { method, path, query, headers, body } })
}

/// The bytes of a request on the wire, with `Host` and `Content-Length` where they are missing.
pub fn write(host: &str, request: &Request) -> Vec<u8> {
    let mut head = format!("{} {} HTTP/1.1\r\n", request.method, request.target());
    if !request.headers.contains("host") {
        head += &format!("Host: {host}\r\n");
    }
    for (name, value) in request.headers.iter() {
        let own = ["content-length", "transfer-encoding"];
        if !own.iter().any(|own| own.eq_ignore_ascii_case(name)) {
            head += &format!("{name}: {value}\r\n");
        }
    }
    if !request.body.is_empty() || matches!(request.method.as_str(), "POST" | "PUT" | "PATCH") {
        head += &format!("Content-Length: {}\r\n", request.body.len());
    }
    let mut bytes = (head + "\r\n").into_bytes();
    bytes.extend_from_slice(&request.body);
    bytes
}

/// Lines without their ends, one after the other.
struct Lines<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl<'b> Iterator for Lines<'b> {
    type Item = (Span, &'b [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.bytes.get(self.at..).filter(|rest| !rest.is_empty())?;
        let end = rest.iter().position(|byte| *byte == b'\n');
        let line = &rest[..end.unwrap_or(rest.len())];
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let span = Span::new(self.at, self.at + line.len());
        self.at += end.map_or(rest.len(), |end| end + 1);
        Some((span, line))
    }
}

/// The request line; empty lines before it do not count (RFC 9112, 2.2).
fn first_line(lines: &mut Lines<'_>) -> Result<(Span, String), ImportError> {
    let Some((span, line)) = lines.find(|(_, line)| !line.is_empty()) else {
        let error = ImportError::new(Span::new(0, 0), "there is no request here: the input is empty");
        return Err(error.hint("it begins with a line such as GET /users HTTP/1.1"));
    };
    let line = line.strip_prefix("\u{feff}".as_bytes()).unwrap_or(line);
    match std::str::from_utf8(line) {
        Ok(line) if !line.contains(|letter: char| letter.is_control() && letter != '\t') => {
            Ok((span, line.to_owned()))
        }
        _ => Err(ImportError::new(span, "the first line is no text").hint("give one request of HTTP/1.1")),
    }
}

/// What a request line aims at.
struct Aim {
    scheme: &'static str,
    authority: Option<String>,
    path: String,
    query: Option<String>,
}

fn request_line(span: Span, line: &str) -> Result<(String, Aim), ImportError> {
    let form = "it begins with a line such as GET /users?a=1 HTTP/1.1";
    let error = |message: String| ImportError::new(span, message).hint(form);
    if line.starts_with("HTTP/") {
        return Err(error("this is a response, not a request".to_owned()));
    }
    let mut words: Vec<&str> = line.split_whitespace().collect();
    if words.last().is_some_and(|word| word.starts_with("HTTP/")) {
        words.pop();
    }
    let &[method, target] = words.as_slice() else {
        return Err(error("the first line is not METHOD TARGET HTTP/1.1".to_owned()));
    };
    let is_method = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    if !method.bytes().all(is_method) {
        let shown: String = method.chars().take(20).collect();
        return Err(error(format!("`{}` is not a method", shown.escape_debug())));
    }
    Ok((method.to_owned(), aim(target).map_err(|message| error(message.to_owned()))?))
}

fn aim(target: &str) -> Result<Aim, &'static str> {
    if target == "*" {
        return Err("the target * asks the server itself: no function sees such a request");
    }
    let target = target.split('#').next().unwrap_or_default();
    let (whole, raw) = target.split_once('?').map_or((target, None), |(path, raw)| (path, Some(raw)));
    let query = raw.map(query::tidy);
    if whole.starts_with('/') {
        return Ok(Aim { scheme: "https", authority: None, path: encoding::tidy_path(whole), query });
    }
    let is_plain = whole.get(..7).is_some_and(|start| start.eq_ignore_ascii_case("http://"));
    let scheme = if is_plain { "http" } else { "https" };
    let parsed = whole.contains("://").then(|| Target::parse(whole));
    match parsed {
        Some(Ok(Target { host, path, .. })) => {
            let path = if path.is_empty() { "/".to_owned() } else { path };
            Ok(Aim { scheme, authority: Some(host), path, query })
        }
        _ => Err("the target is neither a path (/users) nor a URL of http or https"),
    }
}

fn field(span: Span, line: &[u8]) -> Result<(String, String), ImportError> {
    if line.starts_with(b" ") || line.starts_with(b"\t") {
        let error = ImportError::new(span, "a header goes on over two lines, which HTTP no longer allows");
        return Err(error.hint("write it on one line (RFC 9112, 5.2)"));
    }
    let hint = "a header is `Name: value`; an empty line stands between the headers and the body";
    let colon = line.iter().position(|byte| *byte == b':');
    let Some((name, value)) = colon.map(|at| (&line[..at], &line[at + 1..])) else {
        return Err(ImportError::new(span, "this line is not a header").hint(hint));
    };
    let name_span = Span::new(span.start, span.start + name.len());
    let token = |byte: &u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(byte);
    if name.is_empty() || !name.iter().all(token) {
        return Err(ImportError::new(name_span, "this is not the name of a header").hint(hint));
    }
    let value = String::from_utf8_lossy(value).trim().to_owned();
    if value.contains(['\0', '\r']) {
        return Err(ImportError::new(span, "the value of this header has a control character in it"));
    }
    Ok((String::from_utf8_lossy(name).into_owned(), value))
}

fn body(bytes: &[u8], start: usize, headers: &Headers) -> Result<Vec<u8>, ImportError> {
    let span = Span::new(start.min(bytes.len()), bytes.len());
    let rest = &bytes[span.start..];
    let lengths: Vec<_> = headers.all("content-length").collect();
    if let Some(encoding) = headers.get("transfer-encoding") {
        if !lengths.is_empty() {
            let message = "the request has both Content-Length and Transfer-Encoding";
            return Err(ImportError::new(span, message).hint("keep the one that fits the body"));
        }
        if !encoding.eq_ignore_ascii_case("chunked") {
            return Err(ImportError::new(span, "the only transfer encoding that is read is chunked"));
        }
        return chunks(bytes, span.start);
    }
    let Some(length) = lengths.first() else {
        // Editors end a file with a line break: alone it is no body.
        let is_blank = rest.iter().all(|byte| matches!(byte, b'\r' | b'\n'));
        return Ok(if is_blank { Vec::new() } else { rest.to_vec() });
    };
    let is_one = length.bytes().all(|byte| byte.is_ascii_digit()) && lengths.iter().all(|own| own == length);
    let wanted = length.parse::<usize>().ok().filter(|_| is_one);
    let Some(wanted) = wanted else {
        return Err(
            ImportError::new(span, "Content-Length is not one number").hint("correct it or leave it out")
        );
    };
    if rest.len() < wanted {
        let message = format!("the body ends after {} of {wanted} bytes", rest.len());
        return Err(ImportError::new(span, message).hint("correct Content-Length or leave it out"));
    }
    let (body, behind) = rest.split_at(wanted);
    if !behind.iter().all(|byte| matches!(byte, b'\r' | b'\n')) {
        let message = format!("{} bytes follow behind the body", behind.len());
        let error = ImportError::new(Span::new(span.start + wanted, bytes.len()), message);
        return Err(error.hint("give one request; correct Content-Length or leave it out"));
    }
    Ok(body.to_vec())
}

/// Chunks with their sizes in hexadecimal; extensions and trailers are passed over.
fn chunks(bytes: &[u8], start: usize) -> Result<Vec<u8>, ImportError> {
    let mut body = Vec::new();
    let mut lines = Lines { bytes, at: start };
    loop {
        let cut = || {
            ImportError::new(Span::new(bytes.len(), bytes.len()), "the chunked body ends in the middle")
                .hint("it ends with a chunk of size 0")
        };
        let (span, line) = lines.next().ok_or_else(cut)?;
        let digits = line.split(|byte| *byte == b';').next().unwrap_or_default().trim_ascii();
        let digits = Some(digits).filter(|digits| digits.iter().all(u8::is_ascii_hexdigit));
        let size = digits
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .and_then(|text| usize::from_str_radix(text, 16).ok());
        let size = size.ok_or_else(|| {
            ImportError::new(span, "this is not the size of a chunk")
                .hint("a hexadecimal number of bytes stands before each chunk")
        })?;
        if size == 0 {
            return Ok(body);
        }
        let end = lines.at.checked_add(size).filter(|end| *end <= bytes.len()).ok_or_else(cut)?;
        body.extend_from_slice(&bytes[lines.at..end]);
        lines.at = end;
        let (span, line) = lines.next().ok_or_else(cut)?;
        if !line.is_empty() {
            return Err(ImportError::new(span, "the chunk is longer than its size says"));
        }
    }
}

#[cfg(test)]
mod tests;
