//! Answers of WebSocket APIs (W-020 to W-025): to an upgrade, to a message, to nobody.

use super::reading::{self, Basis};
use super::{Exchange, Outcome};
use crate::gateway::errors::GatewayError;
use crate::gateway::event::Moment;
use crate::gateway::notice::{Evidence, Notice, NoticeKind};
use crate::http::{Body, Headers, Response};
use crate::json::Pointer;
use serde_json::Value;

const BASIS: Basis = Basis {
    number_status: ("W-024", Evidence::Inferred),
    text_status: ("W-024", Evidence::Inferred),
    null_header: ("W-024", Evidence::Inferred),
    bool_header: ("W-024", Evidence::Inferred),
    number_header: ("W-024", Evidence::Inferred),
    flag: "W-024",
    null_list: "W-024",
    null_body: "W-024",
    undecodable: "W-024",
    cookies: "W-024",
    multi: ("W-024", Evidence::Inferred),
    unknown_key: ("W-024", Evidence::Inferred),
};

const PROTOCOL: &str = "Sec-WebSocket-Protocol";

/// The outcome for a result whose shape is accepted.
pub(in crate::gateway) fn accept(exchange: &Exchange<'_>, result: &Value) -> Outcome {
    let mut notices = Vec::new();
    let status = reading::status(result, &BASIS, &mut notices);
    let response = match exchange.moment {
        Moment::Connect => Some(upgrade(exchange, status, result, &mut notices)),
        Moment::Disconnect => None, // W-025
        _ => answer(exchange, result, &mut notices),
    };
    Outcome { response, refused: false, notices }
}

/// W-020: any status of 2xx opens the connection, any other one is the answer to the upgrade. What
/// becomes of its body is not recorded.
fn upgrade(exchange: &Exchange<'_>, status: u16, result: &Value, notices: &mut Vec<Notice>) -> Response {
    if !(200..300).contains(&status) {
        let notice =
            Notice::new(NoticeKind::UpgradeRefused, Pointer::root().child("statusCode"), &Value::Null);
        notices.push(notice.found(status.to_string()).because(&["W-020"], Evidence::Documented));
        let body = result.get("body").and_then(Value::as_str).unwrap_or_default();
        return reply(exchange, status, body.as_bytes().to_vec());
    }
    let mut headers = Headers::from_iter([("Upgrade", "websocket"), ("Connection", "upgrade")]);
    let fields = reading::fields(result, &BASIS, notices);
    let chosen = fields.into_iter().find(|(name, _)| name.eq_ignore_ascii_case(PROTOCOL));
    match (chosen.and_then(|(_, value)| value), exchange.request.headers.get(PROTOCOL)) {
        (Some(protocol), _) => headers.append(PROTOCOL, protocol), // W-021
        (None, Some(offered)) => {
            let notice = Notice::new(NoticeKind::SubprotocolNotChosen, Pointer::root(), &Value::Null);
            notices.push(notice.found(offered).because(&["W-021"], Evidence::Documented));
        }
        (None, None) => {}
    }
    Response { status: 101, headers, body: Body::default() }
}

/// W-022: the body as it is, if the route has a route response.
fn answer(exchange: &Exchange<'_>, result: &Value, notices: &mut Vec<Notice>) -> Option<Response> {
    let body = result.get("body").and_then(Value::as_str).filter(|body| !body.is_empty())?;
    if exchange.api.route_response {
        return Some(Response::message(body));
    }
    let notice = Notice::new(NoticeKind::MessageNotSent, Pointer::root().child("body"), &Value::Null);
    notices.push(notice.found("not sent").because(&["W-022"], Evidence::Recorded));
    None
}

/// The gateway's own answer: to a message it is one itself, and names connection and request
/// (W-011, W-023). A close frame has a code and no body (W-027).
pub(in crate::gateway) fn own_answer(exchange: &Exchange<'_>, error: &GatewayError) -> Response {
    let text = with_ids(exchange, error.body);
    match exchange.moment {
        _ if error.status >= 1000 => {
            Response { status: error.status, headers: Headers::new(), body: Body::default() }
        }
        Moment::Connect => reply(exchange, error.status, text.into_bytes()),
        _ => Response::message(text),
    }
}

/// `{"message": "Forbidden", "connectionId":"…", "requestId":"…"}`, spaces as in reports of it.
fn with_ids(exchange: &Exchange<'_>, body: &str) -> String {
    let (connection, request) = (exchange.stamp.connection_id(), exchange.stamp.extended_request_id());
    let ids = [("connectionId", connection), ("requestId", request)]
        .map(|(name, id)| format!(", {:?}:{}", name, Value::from(id)));
    format!("{}{}}}", body.trim_end_matches('}'), ids.concat())
}

fn reply(exchange: &Exchange<'_>, status: u16, body: Vec<u8>) -> Response {
    let mut headers = Headers::from_iter([("Content-Type", "application/json")]);
    headers.append("Content-Length", body.len().to_string());
    headers.append("Date", exchange.stamp.http_date());
    Response { status, headers, body: Body(body) }
}

/// What a front end makes of an outcome after the close: nobody gets an answer, and what would
/// have been refused stands in the log only (W-025).
pub(in crate::gateway) fn after_the_close(outcome: Outcome) -> Outcome {
    let in_the_log = |notice: Notice| Notice {
        refuses: false,
        evidence: notice.evidence.min(Evidence::ReportedOnce),
        ..notice
    };
    let notices = outcome.notices.into_iter().map(in_the_log).collect();
    Outcome { response: None, refused: false, notices }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gateway::{Api, Flavor, Invocation, Stamp, respond};
    use crate::http::Request;
    use serde_json::json;

    fn outcome(moment: Moment, route_response: bool, invocation: Invocation<'_>) -> Outcome {
        let api = Api { route_response, ..Api::new(Flavor::Websocket) };
        let mut request = Request::new("GET", "/prod");
        request.headers.append(PROTOCOL, "chat1,chat2");
        let stamp = Stamp::default().on_connection("abc=");
        respond(&Exchange { api: &api, request: &request, stamp: &stamp, moment }, invocation)
    }

    fn kinds(outcome: &Outcome) -> Vec<NoticeKind> {
        outcome.notices.iter().map(|notice| notice.kind).collect()
    }

    #[test]
    fn a_status_of_2xx_opens_the_connection() {
        let open = |result: Value| outcome(Moment::Connect, false, Invocation::Returned(&result));
        let chosen = open(json!({"statusCode": 200, "headers": {"sec-websocket-protocol": "chat2"}}));
        let response = chosen.response.as_ref().unwrap();
        assert_eq!((response.status, response.headers.get(PROTOCOL)), (101, Some("chat2")));
        assert_eq!(kinds(&chosen), []);
        assert_eq!(kinds(&open(json!({"statusCode": 204}))), [NoticeKind::SubprotocolNotChosen]);
        let refused = open(json!({"statusCode": 403, "body": "no"}));
        assert_eq!((refused.response.unwrap().status, refused.refused), (403, false));
    }

    #[test]
    fn failures_are_told_to_whom_it_concerns() {
        let failed = |moment| outcome(moment, false, Invocation::Failed(&json!({"errorMessage": "boom"})));
        let upgrade = failed(Moment::Connect);
        assert_eq!((upgrade.refused, upgrade.response.unwrap().status), (true, 502));
        let message = failed(Moment::Message).response.unwrap();
        let id = Stamp::default().extended_request_id();
        let expected =
            format!(r#"{{"message": "Internal server error", "connectionId":"abc=", "requestId":"{id}"}}"#);
        assert_eq!((message.is_message(), message.body.as_text()), (true, Some(expected.as_str())));
        let nobody = failed(Moment::Disconnect);
        assert_eq!((nobody.refused, nobody.response), (false, None));
    }

    #[test]
    fn messages_are_answered_over_a_route_response_only() {
        let result = json!({"statusCode": 500, "body": "Hello"});
        let sent = |to| outcome(Moment::Message, to, Invocation::Returned(&result));
        assert_eq!(sent(true).response, Some(Response::message("Hello")));
        assert_eq!(
            (sent(false).response.as_ref(), kinds(&sent(false))),
            (None, vec![NoticeKind::MessageNotSent])
        );
        let empty = outcome(Moment::Message, true, Invocation::Returned(&json!({"statusCode": 200})));
        assert_eq!((empty.response, empty.notices), (None, Vec::new()));
    }
}
