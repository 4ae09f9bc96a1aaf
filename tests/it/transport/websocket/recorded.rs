//! Where messages lead, by every line of `tests/tables/websocket-routes.jsonl`, on real connections.

use super::*;
use crate::tables::Row;
use crate::tables::spec::ApiSpec;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Selection {
    #[serde(default)]
    api: ApiSpec,
    message: String,
    /// The route; null: there is none.
    expect: Option<String>,
}

#[tokio::test]
async fn messages_lead_where_the_table_says() {
    let table = include_str!("../../../tables/websocket-routes.jsonl");
    let mut held = 0;
    for line in table.lines() {
        let row = Row::<Selection>::read(line).unwrap();
        let mut api = row.case.api.build(Flavor::Websocket);
        let mut routes = std::mem::take(&mut api.routes);
        // A table that names no routes asks for the key alone.
        routes.extend(row.case.expect.as_deref().filter(|_| routes.is_empty()).map(Route::key));
        let mut deployment = Deployment::new(api);
        for route in routes {
            deployment.add(Method::new(route, Integration::Function(OK.to_owned())));
        }
        let server = Server::of(site(deployment, &[]), WebsocketLimits::default()).await;
        let mut client = server.client().await;
        client.send(text(row.case.message)).await.unwrap();
        match row.case.expect {
            Some(key) => {
                let event = server.events(&key, 1).await.remove(0);
                assert_eq!(event["requestContext"]["routeKey"], key, "{}", row.id);
            }
            None => {
                let told: Value = serde_json::from_str(&next(&mut client).await).unwrap();
                assert_eq!(told["message"], "Forbidden", "{}", row.id); // W-011
                assert!(told["connectionId"].is_string() && told["requestId"].is_string(), "{told}");
                // The connection stays.
                client.send(text("{}")).await.unwrap();
                next(&mut client).await;
            }
        }
        held += 1;
    }
    assert_eq!(held, 9);
}
