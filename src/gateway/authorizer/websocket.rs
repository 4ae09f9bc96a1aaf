//! The event of the authorizer of a WebSocket API (W-028): the upgrade, before `$connect`.

use super::Authorized;
use crate::gateway::event::websocket::{context, multi, put_headers, single, upgrade_headers};
use crate::gateway::event::{Call, Moment, Unroutable};
use crate::http::query;
use serde_json::{Map, Value};

/// The headers are those of the whole upgrade; empty maps are `{}`.
pub(super) fn event(authorized: &Authorized<'_>) -> Result<Value, Unroutable> {
    let Authorized { call, arn, .. } = *authorized;
    let call = Call { moment: Moment::Connect, ..*call };
    let mut event =
        Map::from_iter([("type".to_owned(), "REQUEST".into()), ("methodArn".to_owned(), arn.into())]);
    put_headers(&upgrade_headers(&call), &mut event);
    let pairs = query::decode(call.request.query.as_deref().unwrap_or_default());
    event.insert("queryStringParameters".to_owned(), single(&pairs));
    event.insert("multiValueQueryStringParameters".to_owned(), multi(&pairs));
    event.insert("stageVariables".to_owned(), single(&call.api.stage_variables));
    event.insert("requestContext".to_owned(), context(&call, "$connect", "CONNECT"));
    Ok(Value::Object(event))
}
