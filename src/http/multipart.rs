//! Bodies of `multipart/form-data`, with a boundary that is always the same.

/// The boundary, as long as curl's own.
const BOUNDARY: &str = "------------------------apigw000form0000";

/// One part of a form.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Part {
    /// The name of the field.
    pub name: String,
    /// The name of the file, if it is one.
    pub file_name: Option<String>,
    /// The content type, if one is named.
    pub content_type: Option<String>,
    /// The bytes.
    pub content: Vec<u8>,
}

/// The body of a form and its content type. A boundary that stands in the content grows.
pub fn encode(parts: &[Part]) -> (Vec<u8>, String) {
    let mut boundary = BOUNDARY.to_owned();
    let stands_in = |boundary: &str, part: &Part| {
        part.content.windows(boundary.len()).any(|bytes| bytes == boundary.as_bytes())
    };
    while boundary.len() < 70 && parts.iter().any(|part| stands_in(&boundary, part)) {
        boundary.push('0');
    }
    let body = encode_with(&boundary, parts);
    (body, format!("multipart/form-data; boundary={boundary}"))
}

/// The body of a form whose boundary is given.
pub fn encode_with(boundary: &str, parts: &[Part]) -> Vec<u8> {
    let quote = |text: &str| text.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A");
    let mut body = Vec::new();
    for part in parts {
        let mut head =
            format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{}\"", quote(&part.name));
        if let Some(file) = &part.file_name {
            head += &format!("; filename=\"{}\"", quote(file));
        }
        if let Some(content_type) = &part.content_type {
            head += &format!("\r\nContent-Type: {}", content_type.replace(['\r', '\n'], ""));
        }
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(b"\r\n\r\n");
        body.extend_from_slice(&part.content);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
    body
}
