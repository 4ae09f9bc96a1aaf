//! The management API, `@connections`.

use super::*;

#[tokio::test]
async fn programs_send_ask_and_close_by_the_management_api() {
    let server = Server::open(&[("$connect", OK), ("$disconnect", OK)]).await;
    let (mut client, _) = server.connect("/prod", &[("User-Agent", "test/1")]).await.unwrap();
    let id = server.connection_id().await;
    let escaped = id.replace('=', "%3D");
    let (head, body) = server.manage("POST", &escaped, "hello").await;
    assert!(head.starts_with("http/1.1 200 ") && head.contains("x-amzn-requestid: "), "{head}");
    assert_eq!((body.as_str(), next(&mut client).await.as_str()), ("", "hello"));
    let large = "é".repeat(MAX_MESSAGE_BYTES / 2);
    assert!(server.manage("POST", &id, &large).await.0.starts_with("http/1.1 200 "));
    assert_eq!(next(&mut client).await, large);

    let (head, body) = server.manage("GET", &id, "").await;
    assert!(head.starts_with("http/1.1 200 "), "{head}");
    let told: Value = serde_json::from_str(&body).unwrap();
    assert_eq!(told["identity"], json!({ "sourceIp": "127.0.0.1", "userAgent": "test/1" }));
    assert!(told["connectedAt"].as_str().unwrap().starts_with("2023-11-14T22:13:"), "{told}");
    assert_ne!(told["lastActiveAt"], told["connectedAt"], "{told}");

    for n in 0..3 {
        server.manage("POST", &id, &format!("last {n}")).await;
    }
    let (head, _) = server.manage("DELETE", &id, "").await;
    assert!(head.starts_with("http/1.1 204 "), "{head}");
    for n in 0..3 {
        assert_eq!(next(&mut client).await, format!("last {n}"));
    }
    assert_eq!(next(&mut client).await, "1000 Connection Closed Normally");
    let gone = server.events("$disconnect", 1).await.remove(0);
    assert_eq!(gone["requestContext"]["disconnectReason"], "Connection Closed Normally");
    let (head, body) = server.manage("POST", &id, "too late").await;
    assert!(head.starts_with("http/1.1 410 ") && head.contains("x-amzn-errortype: goneexception"), "{head}");
    assert_eq!(body, "");
}

#[tokio::test]
async fn calls_of_the_management_api_are_refused_with_their_reason() {
    let server = Server::open(&[("$connect", OK)]).await;
    let _client = server.client().await;
    let id = server.connection_id().await;
    let path = format!("POST /prod/@connections/{id}");
    let is = |(head, body): (String, String), status: &str, error: &str, part: &str| {
        assert!(head.starts_with(&format!("http/1.1 {status} ")), "{head}");
        assert!(head.contains(&format!("x-amzn-errortype: {error}")) || error.is_empty(), "{head}");
        assert!(body.contains(part), "{body}");
    };
    let unsigned = server.raw(&path, "", "x").await;
    is(unsigned, "403", "missingauthenticationtokenexception", "Missing Authentication Token");
    for origin in ["Origin: http://evil.example\r\n", "Sec-Fetch-Site: cross-site\r\n"] {
        let page = server.raw(&path, &format!("{SIGNED}{origin}"), "x").await;
        is(page, "403", "", "Forbidden");
    }
    let too_large = "x".repeat(MAX_MESSAGE_BYTES + 1);
    is(server.manage("POST", &id, &too_large).await, "413", "payloadtoolargeexception", "too long");
    is(server.manage("POST", "nonsense", "x").await, "400", "badrequestexception", "connectionId: nonsense");
    is(server.manage("POST", "AAAAAAAAAAAAAAA=", "x").await, "410", "goneexception", "");
    is(server.manage("PUT", &id, "x").await, "403", "missingauthenticationtokenexception", "");
    // A name of somebody else's that leads here.
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    let request = format!("{path} HTTP/1.1\r\nHost: evil.example\r\n{SIGNED}Content-Length: 1\r\n\r\nx");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = [0; 12];
    stream.read_exact(&mut answer).await.unwrap();
    assert_eq!(&answer, b"HTTP/1.1 403");
}

#[tokio::test]
async fn a_connection_outlives_the_functions_that_opened_it() {
    let server = Server::open(&[("$connect", OK), ("old", OK)]).await;
    let mut client = server.client().await;
    let id = server.connection_id().await;
    server.port.replace(vec![site(deployment(&[("$connect", OK), ("new", OK)]), &[])]);
    client.send(text(r#"{"action":"new"}"#)).await.unwrap();
    server.events("new", 1).await;
    assert!(server.manage("POST", &id, "hello").await.0.starts_with("http/1.1 200 "));
    assert_eq!(next(&mut client).await, "hello");
}
