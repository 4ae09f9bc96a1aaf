//! A recorded entry as a request.

use super::stream::{Entry, Pair, Param, PostData, Recorded};
use super::{BadEntry, HarRequest};
use crate::http::multipart::{self, Part};
use crate::http::{Headers, Request, Target, encoding, query};

/// The request of an entry.
pub(super) fn request(index: usize, entry: Entry) -> Result<HarRequest, BadEntry> {
    let bad = |message: &str| BadEntry { index, message: message.to_owned(), is_foreign: false };
    let recorded = entry.request.ok_or_else(|| bad("it has no request"))?;
    let is_http = ["http://", "https://"].iter().any(|scheme| {
        recorded.url.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    });
    if !is_http {
        let scheme: String = recorded.url.split(':').next().unwrap_or_default().chars().take(20).collect();
        let message = format!("its URL is not of http or https but of `{}`", scheme.escape_debug());
        return Err(BadEntry { index, message, is_foreign: true });
    }
    let mut target = Target::parse(&recorded.url).map_err(|error| bad(&format!("its URL: {error}")))?;
    if target.query.is_none() {
        target.query = listed_query(recorded.query_string.as_deref());
    }
    let path = if target.path.is_empty() { "/".to_owned() } else { target.path };
    let method = recorded.method.as_deref().unwrap_or("GET");
    let is_method = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    if method.is_empty() || !method.bytes().all(is_method) {
        return Err(bad("its method is none"));
    }
    let mut headers = headers(&recorded).map_err(|name| {
        bad(&format!("`{}` is not a header", name.chars().take(40).collect::<String>().escape_debug()))
    })?;
    let method = method.to_owned();
    let body = match recorded.post_data {
        Some(data) => body(data, &mut headers).map_err(bad)?,
        None => Vec::new(),
    };
    let request = Request { method, path, query: target.query, headers, body };
    Ok(HarRequest { index, url: recorded.url, request })
}

/// The query of the list, for recorders that leave it out of the URL.
fn listed_query(list: Option<&[Pair]>) -> Option<String> {
    let pairs = list.filter(|pairs| !pairs.is_empty())?;
    let pairs = pairs.iter().map(|pair| (pair.name.as_str(), pair.value.as_deref().unwrap_or_default()));
    Some(query::encode(pairs))
}

/// The header fields without the pseudo-headers of HTTP/2 (`:authority`); the cookies' own list
/// counts where the recorder took the header out.
fn headers(recorded: &Recorded) -> Result<Headers, String> {
    let mut headers = Headers::new();
    for Pair { name, value } in recorded.headers.iter().flatten() {
        if name.starts_with(':') {
            continue;
        }
        let value = value.as_deref().unwrap_or_default().trim();
        let token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
        if name.is_empty() || !name.bytes().all(token) || value.contains(['\r', '\n', '\0']) {
            return Err(name.clone());
        }
        headers.append(name, value);
    }
    let cookies = recorded.cookies.iter().flatten();
    let cookies: Vec<_> = cookies
        .map(|cookie| format!("{}={}", cookie.name, cookie.value.as_deref().unwrap_or_default()))
        .filter(|cookie| !cookie.contains(['\r', '\n', '\0']))
        .collect();
    if !cookies.is_empty() && !headers.contains("cookie") {
        headers.append("Cookie", cookies.join("; "));
    }
    Ok(headers)
}

/// The body: its text, in base64 if it says so, else its fields.
fn body(data: PostData, headers: &mut Headers) -> Result<Vec<u8>, &'static str> {
    let mime_type = data.mime_type.as_deref().map(str::trim).filter(|mime_type| !mime_type.is_empty());
    let mut content_type = mime_type.map(str::to_owned);
    let is_base64 = data.encoding.as_deref().is_some_and(|name| name.eq_ignore_ascii_case("base64"));
    let bytes = match (data.text, data.params) {
        (Some(text), _) if is_base64 => {
            let text: String = text.split_ascii_whitespace().collect();
            encoding::base64_decode(&text).ok_or("its body says base64 and is none")?
        }
        (Some(text), params) if !text.is_empty() || params.as_ref().is_none_or(Vec::is_empty) => {
            text.into_bytes()
        }
        (_, Some(params)) => fields(&params, &mut content_type, headers.get("content-type")),
        (_, None) => Vec::new(),
    };
    if let Some(content_type) = content_type
        && !bytes.is_empty()
        && !headers.contains("content-type")
        && !content_type.contains(['\r', '\n', '\0'])
    {
        headers.append("Content-Type", content_type);
    }
    Ok(bytes)
}

/// The fields of a form as its content type says.
fn fields(params: &[Param], content_type: &mut Option<String>, header: Option<&str>) -> Vec<u8> {
    let own = header.or(content_type.as_deref()).unwrap_or_default();
    if !own.to_ascii_lowercase().starts_with("multipart/form-data") {
        let pairs =
            params.iter().map(|param| (param.name.as_str(), param.value.as_deref().unwrap_or_default()));
        return query::encode(pairs).into_bytes();
    }
    let parts: Vec<_> = params
        .iter()
        .map(|param| Part {
            name: param.name.clone(),
            file_name: param.file_name.clone(),
            content_type: param.content_type.clone(),
            content: param.value.clone().unwrap_or_default().into_bytes(),
        })
        .collect();
    if let Some((_, boundary)) = own.split_once("boundary=") {
        let boundary = boundary.split(';').next().unwrap_or_default().trim().trim_matches('"');
        return multipart::encode_with(boundary, &parts);
    }
    let (body, own) = multipart::encode(&parts);
    *content_type = Some(own);
    body
}
