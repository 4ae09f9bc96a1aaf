//! `MOCK` integrations: the answer that the gateway gives by itself, where nothing of it is computed.

use crate::http::{Body, Headers, Response};
use crate::template::cfn::Resolver;
use crate::template::node::Node;

/// Where parameters begin that set a header of the response.
const HEADER: &str = "method.response.header.";

/// The content type of an answer that names none.
const JSON: &str = "application/json";

/// The answer of a `MOCK` integration in a template of CloudFormation.
///
/// # Errors
/// What of it is computed, or missing.
pub(super) fn answer<'t>(resolver: &Resolver<'t>, integration: &'t Node) -> Result<Response, String> {
    let templates = integration.get("RequestTemplates").map_or_else(Vec::new, |node| resolver.pairs(node));
    let chosen = status(&templates)?;
    let responses = integration.get("IntegrationResponses").and_then(|node| resolver.follow(node));
    let text = |response: &'t Node, name: &str| response.get(name).and_then(|node| resolver.plain(node));
    let pattern = |response: &'t Node| text(response, "SelectionPattern").filter(|own| !own.is_empty());
    let responses = || responses.map_or(&[][..], Node::items).iter();
    let fitting = responses().find(|own| pattern(own).is_some_and(|own| own == chosen));
    if fitting.is_none() && responses().any(|own| pattern(own).is_some_and(|own| !is_number(&own))) {
        return Err("its MOCK integration chooses a response by a pattern".to_owned());
    }
    let response = fitting.or_else(|| responses().find(|own| pattern(own).is_none()));
    let response = response.ok_or("its MOCK integration has no response for its status")?;
    let status = text(response, "StatusCode").and_then(|status| status.parse().ok());
    let parameters = response.get("ResponseParameters").map_or_else(Vec::new, |node| resolver.pairs(node));
    let templates = response.get("ResponseTemplates").map_or_else(Vec::new, |node| resolver.pairs(node));
    put_together(status.ok_or("its MOCK integration has no status")?, &parameters, &templates)
}

/// A response of parameters, whose names may begin with `method.response.header.`, and of templates by
/// content type.
///
/// # Errors
/// What of it is computed.
pub(super) fn put_together(
    status: u16,
    parameters: &[(String, String)],
    templates: &[(String, String)],
) -> Result<Response, String> {
    let template = templates.iter().find(|(own, _)| own == JSON).or_else(|| templates.first());
    let (content_type, body) = template.map_or((JSON, ""), |(own, body)| (own.as_str(), body.as_str()));
    if body.contains(['$', '#']) {
        return Err("its MOCK integration computes a body".to_owned());
    }
    let mut headers = Headers::new();
    headers.append("Content-Type", content_type);
    for (name, value) in parameters {
        let name = name.strip_prefix(HEADER).unwrap_or(name);
        let inner = value.strip_prefix('\'').and_then(|value| value.strip_suffix('\''));
        let inner = inner.filter(|inner| !inner.contains("${"));
        let value = inner.ok_or_else(|| {
            format!("the header {name} of its MOCK integration is {value}, no text in single quotes")
        })?;
        headers.set(name, value);
    }
    Ok(Response { status, headers, body: Body(body.as_bytes().to_vec()) })
}

/// The status that the request templates choose. API Gateway reads them loosely: `{statusCode: 204}` will
/// do.
fn status(templates: &[(String, String)]) -> Result<String, String> {
    let template = templates.iter().find(|(own, _)| own == JSON).or_else(|| templates.first());
    let Some((_, template)) = template else { return Ok("200".to_owned()) };
    let computed = || "its MOCK integration computes its status".to_owned();
    if template.contains(['$', '#']) {
        return Err(computed());
    }
    let behind = template.split_once("statusCode").ok_or_else(computed)?.1;
    let digits = behind.trim_start_matches(|letter: char| letter.is_whitespace() || "\"':".contains(letter));
    let end = digits.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(digits.len());
    if end == 0 { Err(computed()) } else { Ok(digits[..end].to_owned()) }
}

fn is_number(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_status_is_read_loosely() {
        let of = |text: &str| status(&[(JSON.to_owned(), text.to_owned())]).ok();
        for text in ["{\n  \"statusCode\" : 204\n}\n", "{ statusCode: 204 }", "{'statusCode':'204'}"] {
            assert_eq!(of(text).as_deref(), Some("204"), "{text}");
        }
        for text in [
            "{}",
            "{\"statusCode\": $input.x}",
            "#set($a = 1){\"statusCode\": 200}",
            "{\"statusCode\": \"x\"}",
        ] {
            assert_eq!(of(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_computed_is_refused() {
        let pair = |name: &str, value: &str| [(name.to_owned(), value.to_owned())];
        let made = put_together(200, &pair("method.response.header.A", "'b'"), &pair("text/plain", "hi"));
        let made = made.unwrap();
        assert_eq!(
            (made.headers.get("a"), made.headers.get("content-type")),
            (Some("b"), Some("text/plain"))
        );
        for value in ["integration.response.header.A", "b", "'${Origin}'"] {
            assert!(put_together(200, &pair("A", value), &[]).is_err(), "{value}");
        }
        assert!(put_together(200, &[], &pair("text/plain", "$input.body")).is_err());
    }
}
