//! An API on a port of this machine, asked by a plain client.

use super::unruly;
use apigw::gateway::door::{Authorization, Deployment, Guard, Integration, Jwks, JwtRules, Method};
use apigw::gateway::{Api, AuthorizerKind, AuthorizerSettings, Flavor, IdentitySource, Route};
use apigw::transport::FunctionHost;
use apigw::transport::serve::{FunctionPool, HttpServer, Port, Served, ServerLimits, Site};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// An API whose routes lead to `unruly` with that handler.
pub(super) fn site(flavor: Flavor, routes: &[&str], handler: &'static str) -> Site {
    let mut deployment = Deployment::new(Api::new(flavor));
    for text in routes {
        deployment.add(Method::new(Route::parse(text).unwrap(), Integration::Function("f".to_owned())));
    }
    let pool = FunctionPool::new(4, FunctionHost::new(unruly(handler)));
    let functions = BTreeMap::from([("f".to_owned(), Arc::new(pool))]);
    Site::new(deployment, functions, (Duration::from_secs(1_700_000_000), 7))
}

/// A site whose only route is guarded; the authorizer is `unruly` with a handler of its own.
fn guarded(flavor: Flavor, guard: impl Fn(&Api) -> Guard, authorizer: &'static str) -> Site {
    let mut deployment = Deployment::new(Api::new(flavor));
    deployment.guards.push(guard(&deployment.api));
    let route = Route::parse("GET /a").unwrap();
    deployment.add(Method {
        authorization: Authorization::Authorizer { name: "guard".to_owned(), scopes: Vec::new() },
        ..Method::new(route, Integration::Function("f".to_owned()))
    });
    let function = FunctionPool::new(1, FunctionHost::new(unruly("echo")));
    let authorizer = FunctionPool::new(1, FunctionHost::new(unruly(authorizer)));
    let functions =
        BTreeMap::from([("f".to_owned(), Arc::new(function)), ("g".to_owned(), Arc::new(authorizer))]);
    Site::new(deployment, functions, (Duration::from_secs(1_700_000_000), 7))
}

fn header(name: &str) -> Vec<IdentitySource> {
    vec![IdentitySource::Header(name.to_owned())]
}

/// Asks for `/a` with these lines in the head: the answer's first line, and its body.
async fn get(address: SocketAddr, lines: &str) -> (String, String) {
    let request = format!("GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{lines}\r\n");
    let answer = exchange(address, request.as_bytes()).await;
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    (head.lines().next().unwrap().to_owned(), body.to_owned())
}

/// Opens a site, and tells where it is and what it served.
async fn open(site: Site) -> (SocketAddr, Arc<Mutex<Vec<Served>>>) {
    let limits = ServerLimits { head: Duration::from_millis(300), ..ServerLimits::default() };
    let server =
        HttpServer::bind(([127, 0, 0, 1], 0).into(), Arc::new(Port::new(vec![Arc::new(site)])), limits)
            .await
            .unwrap();
    let (address, seen) = (server.address().unwrap(), Arc::new(Mutex::new(Vec::new())));
    let log = Arc::clone(&seen);
    tokio::spawn(async move {
        server.serve(Arc::new(move |_, served: &Served, _| log.lock().unwrap().push(served.clone()))).await;
    });
    (address, seen)
}

/// The event that the function got.
fn event(served: &Served) -> Value {
    serde_json::from_slice(served.event.as_ref().unwrap()).unwrap()
}

/// Sends bytes, and reads until the server closes.
pub(super) async fn exchange(address: SocketAddr, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(bytes).await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}

#[tokio::test]
async fn a_request_becomes_an_event_and_its_result_an_answer() {
    let (address, seen) = open(site(Flavor::Http, &["POST /echo/{id}"], "echo")).await;
    let request = "POST /echo/7?a=1 HTTP/1.1\r\nHost: api.example\r\nX-MiXed: Case\r\ncontent-type: text/plain\r\n\
                   Content-Length: 5\r\nConnection: close\r\n\r\nhello";
    let answer = exchange(address, request.as_bytes()).await;
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("HTTP/1.1 200 OK\r\n"), "{head}");
    let event: Value = serde_json::from_str(body).unwrap();
    assert_eq!(event["pathParameters"], json!({ "id": "7" }));
    assert_eq!((&event["rawQueryString"], &event["body"]), (&json!("a=1"), &json!("hello")));
    assert_eq!(event["headers"]["x-mixed"], "Case");
    let seen = seen.lock().unwrap();
    assert_eq!(seen[0].route.as_deref(), Some("POST /echo/{id}"));
    assert_eq!(self::event(&seen[0]), event);
}

#[tokio::test]
async fn a_rest_api_sees_names_as_they_were_written() {
    let (address, seen) = open(site(Flavor::Rest, &["ANY /{proxy+}"], "echo")).await;
    let prefix = Api::new(Flavor::Rest).prefix();
    let mut stream = TcpStream::connect(address).await.unwrap();
    for name in ["X-oNe", "x-TWO"] {
        // The second head comes on the same connection, behind a body.
        let request =
            format!("PUT {prefix}/a HTTP/1.1\r\nHost: x\r\n{name}: v\r\nContent-Length: 2\r\n\r\nab");
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut buffer = vec![0; 4096];
        // R-141: an event is no proxy result.
        let read = stream.read(&mut buffer).await.unwrap();
        assert!(buffer[..read].starts_with(b"HTTP/1.1 502 "), "{}", String::from_utf8_lossy(&buffer[..read]));
    }
    let names: Vec<_> = seen.lock().unwrap().iter().map(event).collect();
    assert_eq!((&names[0]["headers"]["X-oNe"], &names[1]["headers"]["x-TWO"]), (&json!("v"), &json!("v")));
}

#[tokio::test]
async fn what_leads_nowhere_is_answered_by_the_gateway() {
    let (address, seen) = open(site(Flavor::Rest, &["GET /a"], "echo")).await;
    let prefix = Api::new(Flavor::Rest).prefix();
    let request = format!("DELETE {prefix}/a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    let answer = exchange(address, request.as_bytes()).await;
    assert!(answer.starts_with("HTTP/1.1 403 Forbidden\r\n"), "{answer}");
    assert!(answer.ends_with(r#"{"message":"Missing Authentication Token"}"#), "{answer}");
    assert_eq!(seen.lock().unwrap()[0].reason.as_deref(), Some("no route takes DELETE /a"));
}

#[tokio::test]
async fn a_body_over_the_limit_is_refused_and_not_kept() {
    let (address, _) = open(site(Flavor::Rest, &["ANY /{proxy+}"], "echo")).await;
    let mut stream = TcpStream::connect(address).await.unwrap();
    let head = format!(
        "PUT {}/a HTTP/1.1\r\nHost: x\r\nContent-Length: 12000000\r\n\r\n",
        Api::new(Flavor::Rest).prefix()
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    stream.write_all(&vec![b'a'; 12_000_000]).await.unwrap();
    let mut buffer = vec![0; 4096];
    let read = stream.read(&mut buffer).await.unwrap();
    let answer = String::from_utf8_lossy(&buffer[..read]);
    assert!(answer.starts_with("HTTP/1.1 413 "), "{answer}"); // R-268
    assert!(answer.ends_with("HTTP content length exceeded 10485760 bytes."), "{answer}");
}

#[tokio::test]
async fn a_client_that_says_nothing_is_left() {
    let (address, _) = open(site(Flavor::Http, &["$default"], "echo")).await;
    let answer = exchange(address, b"GET / HTTP/1.1\r\n").await;
    assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 408 "), "{answer}");
}

#[tokio::test]
async fn calls_that_come_at_once_have_processes_of_their_own_up_to_the_limit() {
    let pool = Arc::new(FunctionPool::new(2, FunctionHost::new(unruly("echo"))));
    let calls = (0..8).map(|n| {
        let pool = Arc::clone(&pool);
        tokio::spawn(async move { pool.invoke(super::invocation(n.to_string())).await.unwrap() })
    });
    let mut cold = 0;
    for (n, call) in calls.collect::<Vec<_>>().into_iter().enumerate() {
        let invoked = call.await.unwrap();
        assert_eq!(super::text(&invoked), n.to_string());
        cold += usize::from(invoked.timings.init.is_some());
    }
    assert_eq!(cold, 2);
    // New code: what was warm is gone.
    pool.renew().await;
    assert!(pool.invoke(super::invocation("9")).await.unwrap().timings.init.is_some());
}

#[tokio::test]
async fn a_lambda_authorizer_lets_in_whom_it_knows() {
    let guard = |api: &Api| {
        let settings = AuthorizerSettings { identity_sources: header("token"), simple_responses: true };
        let guard = Guard::lambda("guard", AuthorizerKind::Http, "g", (api, settings));
        Guard { ttl: Duration::from_secs(60), ..guard }
    };
    let yes = r#"say:{"isAuthorized":true,"context":{"name":"Ada"}}"#;
    let (address, seen) = open(guarded(Flavor::Http, guard, yes)).await;
    let unauthorized = ("HTTP/1.1 401 Unauthorized".to_owned(), r#"{"message":"Unauthorized"}"#.to_owned());
    assert_eq!(get(address, "").await, unauthorized); // H-104: it is not even asked
    let (status, body) = get(address, "token: t\r\n").await;
    let event: Value = serde_json::from_str(&body).unwrap();
    assert_eq!(status, "HTTP/1.1 200 OK");
    assert_eq!(event["requestContext"]["authorizer"]["lambda"]["name"], "Ada");
    assert_eq!(get(address, "token: t\r\n").await.0, "HTTP/1.1 200 OK");
    assert_eq!(seen.lock().unwrap()[0].invoked, None);

    let no = r#"say:{"isAuthorized":false}"#;
    let (address, _) = open(guarded(Flavor::Http, guard, no)).await;
    let forbidden = ("HTTP/1.1 403 Forbidden".to_owned(), r#"{"message":"Forbidden"}"#.to_owned());
    assert_eq!(get(address, "token: t\r\n").await, forbidden); // H-102
    let (address, _) = open(guarded(Flavor::Http, guard, "exit-in-handler")).await;
    assert_eq!(get(address, "token: t\r\n").await.0, "HTTP/1.1 500 Internal Server Error"); // H-105
}

#[tokio::test]
async fn a_token_lets_its_bearer_in_while_it_holds() {
    let table: Value = serde_json::from_str(include_str!("../../tables/jwt.json")).unwrap();
    let keys = Jwks::parse(&table["jwks"].to_string()).unwrap();
    let issuer = "https://issuer.example/".to_owned();
    let rules = JwtRules { issuer, audience: vec!["api".to_owned()], keys, ..JwtRules::default() };
    let source = header("Authorization").remove(0);
    let guard = move |_: &Api| Guard::jwt("guard", source.clone(), rules.clone());
    let (address, _) = open(guarded(Flavor::Http, guard, "echo")).await;
    let with = |name: &str| format!("Authorization: Bearer {}\r\n", table["tokens"][name].as_str().unwrap());
    let (status, body) = get(address, &with("text audience")).await;
    let event: Value = serde_json::from_str(&body).unwrap();
    assert_eq!(status, "HTTP/1.1 200 OK");
    assert_eq!(event["requestContext"]["authorizer"]["jwt"]["claims"]["sub"], "ada");
    let request = format!("GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{}\r\n", with("unknown key"));
    let answer = exchange(address, request.as_bytes()).await;
    assert!(answer.starts_with("HTTP/1.1 401 "), "{answer}");
    assert!(answer.contains("www-authenticate: Bearer scope=\"\" error=\"invalid_token\""), "{answer}"); // H-108
    assert!(answer.ends_with(r#"{"message":"Unauthorized"}"#), "{answer}");
}
