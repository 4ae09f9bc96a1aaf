//! Who an integration or an authorizer invokes.

use crate::template::cfn::{Resolved, Stack};
use crate::template::model::Target;
use crate::template::node::Node;

/// The target of a URI, and of the role that invokes it, if there is one.
pub(super) fn of<'t>(stack: &Stack<'t>, uri: Option<&'t Node>, role: Option<&'t Node>) -> Target {
    let uri = uri.and_then(|node| stack.resolver.text(node));
    let role = role.and_then(|node| stack.resolver.text(node)).filter(|role| role.text() != "NONE");
    let function = uri.and_then(|uri| function_of(&uri));
    function.map_or(Target::Other, |function| Target::Lambda { function, by_role: role.is_some() })
}

/// The function in the URI of an integration: inside the path of Lambda's API, or the ARN itself,
/// as HTTP APIs take it.
pub(in crate::template) fn function_of(uri: &Resolved) -> Option<Resolved> {
    let text = uri.text();
    if let Some(start) = text.find("/functions/").map(|at| at + "/functions/".len()) {
        let end = text[start..].rfind('/').map_or(text.len(), |at| start + at);
        return Some(uri.part(start..end)).filter(|function| !function.text().is_empty());
    }
    let is_arn = text.contains(":lambda:") && text.contains(":function:");
    let is_reference = uri.is_open() && text.starts_with("${");
    (is_arn || is_reference).then(|| uri.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::Span;

    #[test]
    fn the_function_stands_in_the_path_or_alone() {
        let open = |text: &str| {
            let mut uri = Resolved::unknown("X", Span::new(0, 0));
            uri.push(text, Span::new(0, 0), false);
            uri.part(4..4 + text.len())
        };
        let path = "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions";
        let cases = [
            (format!("{path}/${{F.Arn}}/invocations"), Some("${F.Arn}")),
            (format!("{path}/${{F.Arn}}:live/invocations"), Some("${F.Arn}:live")),
            (format!("{path}/${{F.Arn}}/response-streaming-invocations"), Some("${F.Arn}")),
            (
                format!("{path}/arn:aws:lambda:eu-west-1:1:function:f/invocations"),
                Some("arn:aws:lambda:eu-west-1:1:function:f"),
            ),
            (
                "arn:aws:lambda:eu-west-1:1:function:f".to_owned(),
                Some("arn:aws:lambda:eu-west-1:1:function:f"),
            ),
            ("https://example.com/functions".to_owned(), None),
            ("arn:aws:apigateway:eu-west-1:sqs:path/1/q".to_owned(), None),
        ];
        for (uri, function) in cases {
            let found = function_of(&open(&uri));
            assert_eq!(found.as_ref().map(Resolved::text), function, "{uri}");
        }
    }
}
