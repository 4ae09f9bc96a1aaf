//! What a user pastes: a few words, a JSON body, lines of a log, or a whole response as curl prints
//! it.

use crate::http::{Headers, Response, reason_phrase};
use serde_json::Value;

/// Longer texts are read so far.
const MOST: usize = 1 << 20;
/// Words around a status that say no more than that it is one.
const LABELS: [&str; 12] = [
    "http",
    "status",
    "code",
    "error",
    "statuscode",
    "method",
    "completed",
    "request",
    "failed",
    "with",
    "closed",
    "unexpected",
];
/// A status is looked for in texts that are no longer.
const A_FEW_WORDS: usize = 60;

/// A text, and what can be read from it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Told {
    /// All of it, without carriage returns.
    pub text: String,
    /// The same in lower case.
    pub(super) lowered: String,
    /// The status, where one is told.
    pub status: Option<u16>,
    /// The headers, if it is a whole response.
    pub headers: Option<Headers>,
    /// The body of the response; else the text without the status.
    pub body: String,
}

impl Told {
    /// Reads a text; bytes that are no UTF-8 are replaced.
    pub fn read(bytes: &[u8]) -> Self {
        let text = String::from_utf8_lossy(bytes.get(..MOST).unwrap_or(bytes)).replace('\r', "");
        let text = text.trim_start_matches('\u{feff}').trim().to_owned();
        let lowered = text.to_ascii_lowercase();
        match plain_response(&text) {
            Some((status, headers, body)) => {
                Self { text, lowered, status: Some(status), headers: Some(headers), body }
            }
            None => {
                let (status, body) = a_status(&text);
                Self { text, lowered, status, headers: None, body }
            }
        }
    }

    /// What a response tells that came over the network.
    pub fn of(response: &Response) -> Self {
        let text = String::from_utf8_lossy(&response.body.0).replace('\r', "").trim().to_owned();
        let lowered = text.to_ascii_lowercase();
        let headers = Some(response.headers.clone());
        Self { body: text.clone(), text, lowered, status: Some(response.status), headers }
    }

    /// The body as a JSON value.
    pub fn json(&self) -> Option<Value> {
        serde_json::from_str(&self.body).ok()
    }

    /// Whether the body is a JSON object with that key.
    pub fn has_key(&self, key: &str) -> bool {
        self.json().is_some_and(|value| value.get(key).is_some())
    }

    /// Whether nothing but a status is told, its phrase aside.
    pub fn is_status_alone(&self) -> bool {
        let phrase = self.status.and_then(reason_phrase).unwrap_or_default();
        self.headers.is_none()
            && self.status.is_some()
            && (self.body.is_empty() || self.body.eq_ignore_ascii_case(phrase))
    }
}

/// Status, headers and body of the last response in a text: as `curl -i` prints them, or `curl -v`.
fn plain_response(text: &str) -> Option<(u16, Headers, String)> {
    let is_verbose = text.lines().any(|line| line.starts_with("< HTTP/"));
    let text = if is_verbose { without_marks(text) } else { text.to_owned() };
    let begins = |at: &usize| *at == 0 || text.as_bytes().get(at - 1) == Some(&b'\n');
    let start = text.match_indices("HTTP/").map(|(at, _)| at).find(begins)?;
    let mut rest = &text[start..];
    let mut found = None;
    while rest.starts_with("HTTP/") {
        let (head, body) = rest.split_once("\n\n").unwrap_or((rest, ""));
        let mut lines = head.lines();
        let status = lines.next()?.split_whitespace().nth(1)?.parse().ok()?;
        let fields = lines.filter_map(|line| line.split_once(':'));
        let headers = fields.map(|(name, value)| (name.trim(), value.trim())).collect();
        found = Some((status, headers, body.trim().to_owned()));
        rest = body;
    }
    found
}

/// The response in the output of `curl -v`, without the marks of its lines.
fn without_marks(text: &str) -> String {
    let mut plain = String::new();
    for line in text.lines() {
        if let Some(line) = line.strip_prefix('<') {
            plain += line.strip_prefix(' ').unwrap_or(line);
        } else if line.starts_with(['*', '>']) || line.starts_with("{ [") || line.starts_with("} [") {
            continue;
        } else {
            plain += line;
        }
        plain.push('\n');
    }
    plain
}

/// A status in a few words, and the other words.
fn a_status(text: &str) -> (Option<u16>, String) {
    let is_digits = |word: &str| word.len() >= 3 && word.bytes().all(|byte| byte.is_ascii_digit());
    let number = |word: &str| Some(word).filter(|word| is_digits(word))?.parse::<u16>().ok();
    let is_status = |status: &u16| (400..600).contains(status) || (1000..1016).contains(status);
    let words: Vec<&str> = text.split_whitespace().collect();
    if text.len() > A_FEW_WORDS || text.starts_with(['{', '[', '<']) {
        return (None, text.to_owned());
    }
    let found = words.iter().enumerate().find_map(|(at, word)| {
        let status = number(word.trim_matches(|c: char| !c.is_ascii_alphanumeric()));
        status.filter(is_status).map(|status| (at, status))
    });
    let Some((at, status)) = found else { return (None, text.to_owned()) };
    let is_label = |word: &str| {
        let word = word.trim_matches(|c: char| !c.is_ascii_alphanumeric()).to_ascii_lowercase();
        LABELS.contains(&word.as_str()) || word.starts_with("http/")
    };
    let before = words[..at].iter().filter(|word| !is_label(word));
    let others: Vec<&str> = before.chain(&words[at + 1..]).copied().collect();
    (Some(status), others.join(" ").trim_start_matches([':', '-']).trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_response_of_curl_is_read_with_all_it_says() {
        let plain =
            "HTTP/2 403 \r\nx-amzn-errortype: ForbiddenException\r\n\r\n{\"message\":\"Forbidden\"}\r\n";
        let after_a_prompt = format!("$ curl -i https://a.b/\nHTTP/1.1 100 Continue\r\n\r\n{plain}");
        let verbose = "* Connected\n> GET / HTTP/2\n>\n< HTTP/2 403\n< x-amzn-errortype: ForbiddenException\n<\n{ [23 bytes data]\n* end\n{\"message\":\"Forbidden\"}";
        for text in [plain, &after_a_prompt, verbose] {
            let told = Told::read(text.as_bytes());
            assert_eq!(told.status, Some(403), "{text}");
            assert_eq!(told.headers.unwrap().get("X-Amzn-ErrorType"), Some("ForbiddenException"), "{text}");
            assert_eq!(told.body, r#"{"message":"Forbidden"}"#, "{text}");
        }
        assert_eq!(Told::read(b"HTTP/1.1 502").status, Some(502));
        assert_eq!(Told::read(b"HTTP/1.1 is old").headers, None);
    }

    #[test]
    fn a_status_stands_in_a_few_words() {
        let cases = [
            ("502", Some(502), ""),
            ("502 Bad Gateway", Some(502), "Bad Gateway"),
            ("HTTP 403: Forbidden", Some(403), "Forbidden"),
            ("Error 504", Some(504), ""),
            ("Request failed with status code 502", Some(502), ""),
            ("Unexpected server response: 401", Some(401), "server response:"),
            ("Method completed with status: 502", Some(502), ""),
            ("closed with 1009", Some(1009), ""),
            ("Task timed out after 3.00 seconds", None, "Task timed out after 3.00 seconds"),
            ("{\"status\": 404 }", None, "{\"status\": 404 }"),
        ];
        for (text, status, rest) in cases {
            let told = Told::read(text.as_bytes());
            assert_eq!((told.status, told.body.as_str()), (status, rest), "{text}");
        }
    }
}
