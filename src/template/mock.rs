//! `MOCK` integrations: the answer that one gives, where it does not depend on the request.

use crate::http::{Body, Headers, Response};
use regex::Regex;

/// A `MOCK` integration as a template describes it.
#[derive(Debug, Clone, Default)]
pub(super) struct Mock {
    /// The request templates by content type (of WebSocket APIs: by their keys).
    pub(super) templates: Vec<(String, String)>,
    /// The integration responses.
    pub(super) responses: Vec<MockResponse>,
}

/// An integration response.
#[derive(Debug, Clone, Default)]
pub(super) struct MockResponse {
    /// The statuses that it is for, as a regular expression; `None`: all that no other is for.
    pub(super) pattern: Option<String>,
    /// The status of the answer.
    pub(super) status: String,
    /// Response parameters: `method.response.header.NAME` and where its value comes from.
    pub(super) parameters: Vec<(String, String)>,
    /// The bodies by content type.
    pub(super) templates: Vec<(String, String)>,
}

const HEADER: &str = "method.response.header.";

impl Mock {
    /// What it answers each request with.
    ///
    /// # Errors
    /// What of it computes something, or is missing.
    pub(super) fn answer(&self) -> Result<Response, String> {
        let template = preferred(&self.templates).ok_or("its MOCK integration has no request template")?;
        if let Some(found) = computed(template.1) {
            return Err(format!("the request template of its MOCK integration computes something ({found})"));
        }
        let status = status_in(template.1)
            .ok_or("the request template of its MOCK integration gives no \"statusCode\"")?;
        let response = self.response(&status).ok_or_else(|| {
            format!("its MOCK integration has no response for the status {status}, and no default")
        })?;
        response.given()
    }

    /// The response whose pattern the status is, else the default.
    fn response(&self, status: &str) -> Option<&MockResponse> {
        let fits = |response: &&MockResponse| {
            let pattern = response.pattern.as_deref().unwrap_or_default();
            let whole = || Regex::new(&format!("^(?:{pattern})$")).is_ok_and(|own| own.is_match(status));
            !pattern.is_empty() && (pattern == status || whole())
        };
        let default = || self.responses.iter().find(|own| own.pattern.is_none());
        self.responses.iter().find(fits).or_else(default)
    }
}

impl MockResponse {
    fn given(&self) -> Result<Response, String> {
        let status = self.status.parse().ok().filter(|status| (200..600).contains(status));
        let status = status.ok_or_else(|| format!("its MOCK response has the status {}", self.status))?;
        let template = preferred(&self.templates);
        if let Some((content_type, found)) = template.and_then(|(name, text)| Some((name, computed(text)?))) {
            return Err(format!(
                "the {content_type} template of its MOCK response computes something ({found})"
            ));
        }
        let mut headers = Headers::new();
        headers.append("Content-Type", template.map_or("application/json", |(content_type, _)| content_type));
        for (name, value) in &self.parameters {
            let text = value.strip_prefix('\'').and_then(|value| value.strip_suffix('\''));
            let (Some(name), Some(text)) = (name.strip_prefix(HEADER), text) else {
                return Err(format!(
                    "the parameter {name} of its MOCK response is no text in quotes: {value}"
                ));
            };
            headers.set(name, text);
        }
        let body = Body(template.map_or(Vec::new(), |(_, text)| text.as_bytes().to_vec()));
        Ok(Response { status, headers, body })
    }
}

/// The template of JSON, else the first.
fn preferred(templates: &[(String, String)]) -> Option<(&str, &str)> {
    let json = templates.iter().find(|(name, _)| name.eq_ignore_ascii_case("application/json"));
    json.or_else(|| templates.first()).map(|(name, text)| (name.as_str(), text.as_str()))
}

/// The first thing in a template that Velocity carries out: a directive, a comment or a reference.
fn computed(template: &str) -> Option<String> {
    let begins = |mark: char, next: char| match mark {
        '#' => next.is_ascii_alphabetic() || "#*@{".contains(next),
        _ => next.is_ascii_alphabetic() || "!{_".contains(next),
    };
    let mut marks = template.char_indices().filter(|(_, mark)| ['#', '$'].contains(mark));
    let (at, _) =
        marks.find(|(at, mark)| template[at + 1..].chars().next().is_some_and(|next| begins(*mark, next)))?;
    let rest = &template[at..];
    let word = |c: char| c.is_ascii_alphanumeric() || "#$.!{_".contains(c);
    Some(rest[..rest.find(|c| !word(c)).unwrap_or(rest.len())].to_owned())
}

/// The number behind `statusCode`; its quotes may be missing.
fn status_in(template: &str) -> Option<String> {
    let (_, rest) = template.split_once("statusCode")?;
    let rest = rest.trim_start_matches(['"', '\'']).trim_start().strip_prefix(':')?;
    let digits: String =
        rest.trim_start().trim_start_matches(['"', '\'']).chars().take_while(char::is_ascii_digit).collect();
    (digits.len() == 3).then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mock(template: &str, responses: &[(Option<&str>, &str, &str)]) -> Mock {
        let json = |text: &str| vec![("application/json".to_owned(), text.to_owned())];
        let response = |(pattern, status, body): &(Option<&str>, &str, &str)| MockResponse {
            pattern: pattern.map(str::to_owned),
            status: (*status).to_owned(),
            parameters: vec![("method.response.header.X-A".to_owned(), "'a'".to_owned())],
            templates: if body.is_empty() { Vec::new() } else { json(body) },
        };
        Mock { templates: json(template), responses: responses.iter().map(response).collect() }
    }

    #[test]
    fn the_status_of_the_request_template_chooses_the_response() {
        let responses =
            [(Some("4\\d{2}"), "404", "none"), (None, "200", ""), (Some("201"), "201", r#"{"cost":"$5"}"#)];
        for (template, status, body) in [
            (r#"{"statusCode": 200}"#, 200, ""),
            ("{ statusCode:201 }", 201, r#"{"cost":"$5"}"#),
            (r#"{"statusCode": "418"}"#, 404, "none"),
            ("{'statusCode': 302}", 200, ""),
        ] {
            let answer = mock(template, &responses).answer().unwrap();
            assert_eq!((answer.status, answer.body.as_text().unwrap()), (status, body), "{template}");
            let headers: Vec<_> = answer.headers.iter().collect();
            assert_eq!(headers, [("Content-Type", "application/json"), ("X-A", "a")]);
        }
    }

    #[test]
    fn what_computes_is_no_answer() {
        let ok = [(None, "200", "")];
        for (mock, why) in [
            (Mock::default(), "no request template"),
            (mock("{}", &ok), "no \"statusCode\""),
            (mock("#set($a = 1){\"statusCode\": 200}", &ok), "computes something (#set)"),
            (mock(r#"{"statusCode": $input.params('s')}"#, &ok), "computes something ($input.params)"),
            (mock(r#"{"statusCode": 200}"#, &[(Some("3.."), "302", "")]), "no response for the status 200"),
            (mock(r#"{"statusCode": 200}"#, &[(None, "abc", "")]), "has the status abc"),
            (
                mock(r#"{"statusCode": 200}"#, &[(None, "200", "${context.requestId}")]),
                "(${context.requestId)",
            ),
        ] {
            let error = mock.answer().unwrap_err();
            assert!(error.contains(why), "{error}");
        }
        let mut mapped = mock(r#"{"statusCode": 200}"#, &ok);
        mapped.responses[0].parameters[0].1 = "integration.response.header.A".to_owned();
        assert!(mapped.answer().unwrap_err().contains("no text in quotes: integration.response.header.A"));
    }
}
