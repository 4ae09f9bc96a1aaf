//! What functions and the gateway say at the moments of a connection.

use super::*;

#[tokio::test]
async fn a_connection_has_its_moments() {
    let routes = [("$connect", OK), ("join", OK), ("$default", OK), ("$disconnect", OK)];
    let server = Server::open(&routes).await;
    let (mut client, _) = server.connect("/prod?room=1", &[("User-Agent", "test/1")]).await.unwrap();
    client.send(text(r#"{"action":"join"}"#)).await.unwrap();
    client.send(text("words")).await.unwrap();
    let join = server.events("join", 1).await.remove(0);
    let other = server.events("$default", 1).await.remove(0);
    client.close(Some(CloseFrame { code: 4000.into(), reason: "bye".into() })).await.unwrap();
    let gone = server.events("$disconnect", 1).await.remove(0);
    let connect = server.events("$connect", 1).await.remove(0);
    assert_eq!(connect["queryStringParameters"], json!({ "room": "1" }));
    assert_eq!(connect["headers"]["user-agent"], "test/1");
    assert_eq!((&join["body"], &other["body"]), (&json!(r#"{"action":"join"}"#), &json!("words")));
    let of = |event: &Value, name: &str| event["requestContext"][name].clone();
    for (event, kind) in
        [(&connect, "CONNECT"), (&join, "MESSAGE"), (&other, "MESSAGE"), (&gone, "DISCONNECT")]
    {
        assert_eq!(of(event, "eventType"), kind);
        for same in ["connectionId", "connectedAt", "stage", "domainName"] {
            assert_eq!(of(event, same), of(&connect, same), "{same}");
        }
        assert_eq!(of(event, "identity"), json!({ "userAgent": "test/1", "sourceIp": "127.0.0.1" }));
    }
    assert_ne!(of(&join, "requestId"), of(&other, "requestId"));
    assert_eq!(
        (of(&gone, "disconnectStatusCode"), of(&gone, "disconnectReason")),
        (json!(4000), json!("bye"))
    );
    let seen = server.seen.lock().unwrap();
    let told: Vec<_> =
        seen.iter().map(|(request, served)| (request.method.as_str(), served.response.status)).collect();
    assert_eq!(told[0], ("GET", 101));
    assert_eq!(told[3], ("DISCONNECT", 4000));
}

#[tokio::test]
async fn a_function_decides_who_may_connect() {
    let refused = Server::open(&[("$connect", r#"say:{"statusCode":418,"body":"no"}"#)]).await;
    assert_eq!(refused.refused("/prod").await, (418, "no".to_owned())); // W-020
    let failed = Server::open(&[("$connect", "error")]).await;
    let (status, body) = failed.refused("/prod").await;
    assert_eq!(status, 502);
    assert!(body.starts_with(r#"{"message": "Internal server error""#), "{body}");
    // Nobody is asked.
    let open = Server::open(&[("join", OK)]).await;
    open.client().await;
    for path in ["/", "/dev", "/prod/rooms"] {
        assert_eq!(open.refused(path).await.0, 403, "{path}");
    }
}

#[tokio::test]
async fn a_subprotocol_is_what_the_function_says() {
    let chosen = r#"say:{"statusCode":200,"headers":{"Sec-WebSocket-Protocol":"chat2"}}"#;
    let server = Server::open(&[("$connect", chosen)]).await;
    let offer = [("Sec-WebSocket-Protocol", "chat1, chat2")];
    assert_eq!(server.connect("/prod", &offer).await.unwrap().1, "chat2"); // W-021
    let silent = Server::open(&[("$connect", OK)]).await;
    // The client insists on one.
    assert!(matches!(silent.connect("/prod", &offer).await, Err(Error::Protocol(_))));
}

#[tokio::test]
async fn an_authorizer_guards_the_upgrade() {
    let policy = |effect: &str| {
        let statement = json!({ "Action": "execute-api:Invoke", "Effect": effect, "Resource": "*" });
        let policy = json!({ "Version": "2012-10-17", "Statement": [statement] });
        let result = json!({ "principalId": "ada", "policyDocument": policy, "context": { "age": 36 } });
        format!("say:{result}")
    };
    let guarded = async |authorizer: &str| {
        let mut deployment = deployment(&[("$connect", OK), ("$default", OK)]);
        let identity_sources = vec![IdentitySource::parse("route.request.querystring.token").unwrap()];
        let settings = AuthorizerSettings { identity_sources, simple_responses: false };
        let own = Guard::lambda("guard", AuthorizerKind::Websocket, authorizer, (&deployment.api, settings));
        deployment.guards.push(own);
        deployment.methods[0].authorization =
            Authorization::Authorizer { name: "guard".to_owned(), scopes: Vec::new() };
        Server::of(site(deployment, &[authorizer]), WebsocketLimits::default()).await
    };
    let server = guarded(&policy("Allow")).await;
    let (status, body) = server.refused("/prod").await;
    assert_eq!(status, 401);
    assert!(body.starts_with(r#"{"message": "Unauthorized""#), "{body}");
    let (mut client, _) = server.connect("/prod?token=t", &[]).await.unwrap();
    client.send(text("hello")).await.unwrap();
    let event = server.events("$default", 1).await.remove(0);
    let authorizer = &event["requestContext"]["authorizer"];
    assert_eq!((&authorizer["principalId"], &authorizer["age"]), (&json!("ada"), &json!("36"))); // W-028
    let denying = guarded(&policy("Deny")).await;
    assert_eq!(denying.refused("/prod?token=t").await.0, 403);
    let failing = guarded("error").await;
    assert_eq!(failing.refused("/prod?token=t").await.0, 500);
}

#[tokio::test]
async fn the_gateway_answers_what_no_function_takes() {
    let server = Server::open(&[("$connect", OK), ("bad", "error"), ("odd", "not-json")]).await;
    let mut client = server.client().await;
    client.send(text(r#"{"action":"nope"}"#)).await.unwrap();
    let answer: Value = serde_json::from_str(&next(&mut client).await).unwrap();
    let id = server.connection_id().await;
    assert_eq!((&answer["message"], &answer["connectionId"]), (&json!("Forbidden"), &json!(id))); // W-011
    assert!(answer["requestId"].as_str().unwrap().ends_with('='));
    for action in ["bad", "odd"] {
        client.send(text(json!({ "action": action }).to_string())).await.unwrap();
        let answer: Value = serde_json::from_str(&next(&mut client).await).unwrap();
        // W-023; the connection stays.
        assert_eq!(
            (&answer["message"], &answer["connectionId"]),
            (&json!("Internal server error"), &json!(id))
        );
    }
}

#[tokio::test]
async fn only_routes_with_a_route_response_answer() {
    let hello = r#"say:{"statusCode":200,"body":"hello"}"#;
    let mut own = deployment(&[("one-way", hello), ("both", hello)]);
    own.methods[1].route_response = true;
    let server = Server::of(site(own, &[]), WebsocketLimits::default()).await;
    let mut client = server.client().await;
    client.send(text(r#"{"action":"one-way"}"#)).await.unwrap();
    server.events("one-way", 1).await;
    client.send(text(r#"{"action":"both"}"#)).await.unwrap();
    assert_eq!(next(&mut client).await, "hello"); // W-022
    let nothing = timeout(Duration::from_millis(200), client.next()).await;
    assert!(nothing.is_err(), "{nothing:?}");
}

#[tokio::test]
async fn requests_that_are_no_good_upgrades_are_answered() {
    let server = Server::open(&[("$connect", OK)]).await;
    let upgrade = "Connection: Upgrade\r\nUpgrade: websocket\r\n";
    let key = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
    let status = async |lines: &str| server.raw("GET /prod", lines, "").await.0;
    assert!(status("").await.starts_with("http/1.1 426 ")); // W-026
    let version = status(&format!("{upgrade}{key}Sec-WebSocket-Version: 8\r\n")).await;
    assert!(
        version.starts_with("http/1.1 426 ") && version.contains("sec-websocket-version: 13"),
        "{version}"
    );
    let keyless = status(&format!("{upgrade}Sec-WebSocket-Version: 13\r\n")).await;
    assert!(keyless.starts_with("http/1.1 400 "), "{keyless}");
    assert!(server.raw("POST /prod", "", "x").await.0.starts_with("http/1.1 426 "));
    assert!(server.seen.lock().unwrap().iter().all(|(_, served)| served.function.is_none()));
}

#[tokio::test]
async fn connects_and_messages_are_throttled_alike() {
    let throttle = Throttle { rate: 0.001, burst: 2 };
    let own = bare_site(deployment(&[("$default", OK)]), &[]).throttled(throttle);
    let server = Server::of(Arc::new(own), WebsocketLimits::default()).await;
    let mut client = server.client().await;
    client.send(text("one")).await.unwrap();
    server.events("$default", 1).await;
    client.send(text("two")).await.unwrap();
    let answer: Value = serde_json::from_str(&next(&mut client).await).unwrap();
    assert_eq!(answer["message"], "Too Many Requests");
    assert!(answer["connectionId"].is_string());
    assert_eq!(server.refused("/prod").await.0, 429);
}
