//! Rules about what WebSocket APIs do with a result.

use super::Rule;
use crate::gateway::Moment;
use crate::lint::finding::Severity;
use crate::lint::rule::{Example, Fix, in_languages};

const PROTOCOL: &[Fix] = &in_languages(
    "return { statusCode: 200, headers: { \"Sec-WebSocket-Protocol\": \"chat\" } }",
    "return {\"statusCode\": 200, \"headers\": {\"Sec-WebSocket-Protocol\": \"chat\"}}",
    "return events.APIGatewayProxyResponse{StatusCode: 200, Headers: map[string]string{\"Sec-WebSocket-Protocol\": \"chat\"}}, nil",
    "return new APIGatewayProxyResponseEvent().withStatusCode(200).withHeaders(Map.of(\"Sec-WebSocket-Protocol\", \"chat\"));",
    "response.headers.insert(\"Sec-WebSocket-Protocol\", \"chat\".parse()?)",
);

pub(super) static SUBPROTOCOL_NOT_CHOSEN: Rule = Rule {
    code: "AGW150",
    name: "subprotocol-not-chosen",
    severity: Severity::Warning,
    title: "the upgrade offers subprotocols, and the result chooses none",
    why: "API Gateway does not choose for you: the handler of $connect returns the chosen subprotocol in a Sec-WebSocket-Protocol header. Browsers give up a connection on which what they asked for is not confirmed.",
    message: |notice| {
        format!("the client offers the subprotocols {}, and the result chooses none", notice.found)
    },
    help: "return one of the offered subprotocols in the header Sec-WebSocket-Protocol",
    fixes: PROTOCOL,
    bad: &[Example::websocket(Moment::Connect, r#"{"statusCode": 200}"#).offering("chat, log")],
    good: Example::websocket(
        Moment::Connect,
        r#"{"statusCode": 200, "headers": {"Sec-WebSocket-Protocol": "chat"}}"#,
    )
    .offering("chat, log"),
    facts: &["W-021"],
    ..Rule::PLAIN
};

pub(super) static UPGRADE_REFUSED: Rule = Rule {
    code: "AGW151",
    name: "upgrade-refused",
    severity: Severity::Info,
    title: "the handler of $connect refuses the connection",
    why: "The upgrade waits for the result of $connect. Any status but 2xx is the answer to it, and there is no connection.",
    message: |notice| format!("the status {} refuses the connection", notice.found),
    help: "return a status of 2xx to open the connection",
    fixes: &[],
    bad: &[Example::websocket(Moment::Connect, r#"{"statusCode": 403}"#)],
    good: Example::websocket(Moment::Connect, r#"{"statusCode": 200}"#),
    facts: &["W-020"],
    ..Rule::PLAIN
};

pub(super) static MESSAGE_NOT_SENT: Rule = Rule {
    code: "AGW152",
    name: "message-not-sent",
    severity: Severity::Info,
    title: "the body of a WebSocket route is not sent unless the route has a response",
    why: "Message routes go one way: without a $default route response the result is dropped, and the client hears nothing. Tell apigw of the route response to have the message judged.",
    message: |_| "the body is not sent to the client: message routes go one way".to_owned(),
    help: "add a $default route response to the route, or post to the connection with the management API (@connections)",
    fixes: &[],
    bad: &[Example::websocket(Moment::Message, r#"{"statusCode": 200, "body": "Hello"}"#)],
    good: Example::websocket(Moment::Message, r#"{"statusCode": 200}"#),
    facts: &["W-022"],
    ..Rule::PLAIN
};
