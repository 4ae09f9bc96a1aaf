//! The event of the authorizer of a WebSocket API (W-028): the upgrade, before `$connect`.

use super::Authorized;
use crate::gateway::event::websocket::{context, put_headers, put_query, query_lists, upgrade_headers};
use crate::gateway::event::{Call, Moment, Unroutable, maps};
use serde_json::{Map, Value};

/// The headers are those of the whole upgrade; empty maps are `{}`.
pub(super) fn event(authorized: &Authorized<'_>) -> Result<Value, Unroutable> {
    let Authorized { call, arn, .. } = *authorized;
    let call = Call { moment: Moment::Connect, ..*call };
    let mut event =
        Map::from_iter([("type".to_owned(), "REQUEST".into()), ("methodArn".to_owned(), arn.into())]);
    put_headers(&upgrade_headers(&call), &mut event);
    put_query(&query_lists(&call), &mut event);
    event.insert("stageVariables".to_owned(), maps::text_pairs(&call.api.stage_variables));
    event.insert("requestContext".to_owned(), context(&call, "$connect", "CONNECT"));
    Ok(Value::Object(event))
}
