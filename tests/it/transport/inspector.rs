//! The inspector, asked by a plain client and by pages that have no business there.

use super::serve::{exchange, site};
use apigw::gateway::Flavor;
use apigw::transport::serve::{
    HttpServer, Inspector, InspectorServer, Port, Served, ServerLimits, Site, Watched,
};
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

const TOKEN: &str = "0123456789abcdef";

/// An API with its inspector.
struct World {
    api: SocketAddr,
    page: InspectorServer,
    watched: Watched,
}

async fn world(site: Site) -> World {
    let inspector = Inspector::new(TOKEN, Duration::from_secs(1_700_000_000));
    let port = Arc::new(Port::new(vec![Arc::new(site)]));
    let server = HttpServer::bind(([127, 0, 0, 1], 0).into(), Arc::clone(&port), ServerLimits::default());
    let server = server.await.unwrap();
    let api = server.address().unwrap();
    let watched = inspector.watch(port, format!("http://{api}"));
    let own = watched.clone();
    tokio::spawn(async move {
        server
            .serve(Arc::new(move |request: &_, served: &Served, took| own.record(request, served, took)))
            .await;
    });
    World { api, page: InspectorServer::bind(0, inspector).await.unwrap(), watched }
}

impl World {
    /// Asks the API, and does not mind the answer.
    async fn call(&self, request: &str, lines: &str, body: &str) {
        let length = body.len();
        let head = format!("{request} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n", self.api);
        exchange(self.api, format!("{head}Content-Length: {length}\r\n{lines}\r\n{body}").as_bytes()).await;
    }

    /// Asks the page's server: the status and the body.
    async fn ask(&self, request: &str, lines: &str, body: &str) -> (u16, String) {
        let host = format!("Host: {}\r\n", self.page.address());
        let host = if lines.contains("Host:") { "" } else { &*host };
        let head =
            format!("{request} HTTP/1.1\r\n{host}Connection: close\r\nContent-Length: {}\r\n", body.len());
        let answer = exchange(self.page.address(), format!("{head}{lines}\r\n{body}").as_bytes()).await;
        let (head, body) = answer.split_once("\r\n\r\n").unwrap_or_else(|| panic!("{answer}"));
        (head.split(' ').nth(1).unwrap().parse().unwrap(), body.to_owned())
    }

    /// The same with the token, where the answer is JSON.
    async fn json(&self, request: &str, body: &str) -> (u16, Value) {
        let (status, text) = self.ask(request, &token(), body).await;
        (status, serde_json::from_str(&text).unwrap_or_else(|_| panic!("{text}")))
    }
}

fn token() -> String {
    format!("X-Apigw-Token: {TOKEN}\r\n")
}

/// An API with a route that echoes the event, one that nobody takes, and requests to both.
async fn used() -> World {
    let world = world(site(Flavor::Http, &["POST /echo/{id}"], "echo")).await;
    let secrets = "Authorization: Bearer very-secret\r\nX-A: 1\r\nContent-Type: application/json\r\n";
    world.call("POST /echo/7?a=1&token=hush-hush", secrets, r#"{"n":1}"#).await;
    world.call("GET /nowhere", "", "").await;
    world
}

#[tokio::test]
async fn records_tell_what_happened() {
    let world = used().await;
    let (status, list) = world.json("GET /records", "").await;
    assert_eq!((status, &list["apis"][0]["url"]), (200, &json!(format!("http://{}", world.api))));
    let row = &list["records"][0];
    assert_eq!((&row["method"], &row["status"], &row["id"]), (&json!("POST"), &json!(200), &json!(1)));
    assert_eq!(row["target"], "/echo/7?a=1&token=<hidden>");
    assert_eq!((&row["route"], &row["function"]), (&json!("POST /echo/{id}"), &json!("f")));
    assert_eq!(list["records"][1]["reason"], "no route takes GET /nowhere");

    let (_, mut detail) = world.json("GET /records/1", "").await;
    let event: Value = serde_json::from_str(detail["event"].as_str().unwrap()).unwrap();
    assert_eq!(event["pathParameters"], json!({ "id": "7" }));
    assert_eq!(event["headers"]["authorization"], "<hidden>");
    assert_eq!(detail["request"]["body"]["text"], r#"{"n":1}"#);
    assert_eq!((&detail["response"]["status"], &detail["hides"]), (&json!(200), &json!(true)));
    // Bodies stay as they are, and this one is the event.
    assert!(detail["response"]["body"].take()["text"].as_str().unwrap().contains("very-secret"));
    assert!(!detail.to_string().contains("secret") && !detail.to_string().contains("hush"), "{detail:#}");
    let (_, shown) = world.json("GET /records/1?secrets=show", "").await;
    assert!(shown["event"].as_str().unwrap().contains("Bearer very-secret"));
    assert_eq!(
        (&shown["request"]["target"], &shown["hides"]),
        (&json!("/echo/7?a=1&token=hush-hush"), &json!(false))
    );

    let (_, refused) = world.json("GET /records/2", "").await;
    assert_eq!((&refused["event"], &refused["result"]), (&Value::Null, &Value::Null));
    for path in
        ["/records/3", "/records/0", "/records/x", "/records/1/nothing", "/nothing", "/records/2/event"]
    {
        assert_eq!(world.json(&format!("GET {path}"), "").await.0, 404, "{path}");
    }
}

#[tokio::test]
async fn a_record_becomes_a_command_an_event_and_a_case() {
    let world = used().await;
    let get = async |what: &str| world.ask(&format!("GET /records/1/{what}"), &token(), "").await.1;
    let curl = get("curl").await;
    let expected =
        format!("curl 'http://{}/echo/7?a=1&token=<hidden>' -H 'Authorization: <hidden>'", world.api);
    assert!(curl.starts_with(&expected), "{curl}");
    assert!(
        curl.contains(r#"--data-raw '{"n":1}'"#) && !curl.contains("Host") && !curl.contains("Length"),
        "{curl}"
    );
    assert!(get("curl?secrets=show").await.contains("Authorization: Bearer very-secret"));
    let event: Value = serde_json::from_str(&get("event").await).unwrap();
    assert_eq!((&event["rawPath"], &event["headers"]["x-a"]), (&json!("/echo/7"), &json!("1")));
    let case = get("case").await;
    assert!(case.starts_with(&format!("target:\n  url: \"http://{}\"\ncases:\n", world.api)), "{case}");
    assert!(case.contains("\ncases:\n  - name: POST /echo/7\n    request:\n      method: POST\n"), "{case}");
    assert!(case.contains("\n      body: {\"n\":1}\n    expect:\n      status: 200\n"), "{case}");
}

#[tokio::test]
async fn what_a_function_writes_and_why_it_is_refused_are_kept() {
    let world = world(site(Flavor::Rest, &["ANY /{proxy+}"], "say:{\"statusCode\": \"two\"}")).await;
    let prefix = apigw::gateway::Api::new(Flavor::Rest).prefix();
    world.call(&format!("GET {prefix}/a"), "", "").await;
    let (_, detail) = world.json("GET /records/1", "").await;
    assert_eq!((&detail["status"], &detail["refused"]), (&json!(502), &json!(true)));
    assert!(detail["diagnostics"][0]["code"].as_str().unwrap().starts_with("AGW"), "{detail:#}");
    assert_eq!(detail["diagnostics"][0]["pointer"], "/statusCode");
}

#[tokio::test]
async fn requests_are_sent_again_and_edited() {
    let world = used().await;
    let (status, again) = world.json("POST /records/1/replay", "").await;
    assert_eq!((status, &again["id"], &again["status"]), (200, &json!(3), &json!(200)));
    let shown = world.json("GET /records/3?secrets=show", "").await.1;
    assert!(shown["event"].as_str().unwrap().contains("Bearer very-secret"));

    // Hidden values are sent as they were, where they were.
    let edited = json!({
        "from": 1, "method": "POST", "target": "/echo/8?token=<hidden>", "body": "changed",
        "headers": [["authorization", "<hidden>"], ["Content-Length", "9"], ["X-New", "2"], ["content-type", "text/plain"]],
    });
    let (status, sent) = world.json("POST /send", &edited.to_string()).await;
    assert_eq!((status, &sent["id"]), (200, &json!(4)), "{sent}");
    let shown = world.json("GET /records/4?secrets=show", "").await.1;
    let event: Value = serde_json::from_str(shown["event"].as_str().unwrap()).unwrap();
    assert_eq!((&event["rawQueryString"], &event["body"]), (&json!("token=hush-hush"), &json!("changed")));
    assert_eq!(
        (&event["headers"]["authorization"], &event["headers"]["x-new"]),
        (&json!("Bearer very-secret"), &json!("2"))
    );

    for (edited, words) in [
        (json!({ "method": "GET", "target": "a" }), "begins with /"),
        (json!({ "method": "G T", "target": "/a" }), "is no method"),
        (json!({ "method": "GET", "target": "/a b" }), "no spaces"),
        (json!({ "method": "GET", "target": "/a", "headers": [["a b", "c"]] }), "no name of a header"),
        (json!({ "method": "GET", "target": "/a", "headers": [["a", "b\r\nc: d"]] }), "cannot be sent"),
        (json!({ "method": "GET", "target": "/a", "body": "!", "base64": true }), "not base64"),
        (
            json!({ "method": "GET", "target": "/a", "headers": [["x-b", "<hidden>"]], "from": 1 }),
            "only where the value was",
        ),
        (json!({ "method": "GET", "target": "/a", "from": 99 }), "no longer kept"),
        (json!({ "method": "GET" }), "target"),
    ] {
        let (status, told) = world.json("POST /send", &edited.to_string()).await;
        assert_eq!(status, 400, "{edited}");
        assert!(told["message"].as_str().unwrap().contains(words), "{told}");
    }
    assert_eq!(world.json("POST /records/99/replay", "").await.0, 404);
    assert_eq!(world.json("GET /records", "").await.1["records"].as_array().unwrap().len(), 4);
}

#[tokio::test]
async fn what_happens_on_connections_is_shown_and_not_sent() {
    let world = world(site(Flavor::Websocket, &["$default"], "echo")).await;
    let response = apigw::http::Response::message("answer");
    let served = Served {
        response,
        route: Some("$default".to_owned()),
        function: None,
        event: None,
        invoked: None,
        judged: None,
        front: None,
        reason: None,
    };
    world.watched.record(&apigw::http::Request::new("MESSAGE", "/prod"), &served, Duration::ZERO);
    let (_, detail) = world.json("GET /records/1", "").await;
    assert_eq!((&detail["status"], &detail["connection"]), (&json!(0), &json!(true)));
    assert_eq!(world.json("POST /records/1/replay", "").await.0, 409);
    let edited = json!({ "from": 1, "method": "GET", "target": "/prod" });
    assert_eq!(world.json("POST /send", &edited.to_string()).await.0, 409);
}

#[tokio::test]
async fn a_long_body_is_not_kept_as_a_whole_nor_sent_again() {
    let world = world(site(Flavor::Http, &["POST /echo/{id}"], "echo")).await;
    world.call("POST /echo/1", "", &"x".repeat(1_500_000)).await;
    let (_, detail) = world.json("GET /records/1", "").await;
    let body = &detail["request"]["body"];
    assert_eq!((&body["bytes"], &body["cut"]), (&json!(1_500_000), &json!(true)));
    assert_eq!(body["text"].as_str().unwrap().len(), 1 << 20);
    assert_eq!(world.json("POST /records/1/replay", "").await.0, 409);
}

#[tokio::test]
async fn only_its_own_page_and_those_who_know_the_token_get_anything() {
    let world = used().await;
    let own = world.page.address();
    let (same, other) = (format!("Origin: http://{own}\r\n"), "Origin: https://evil.example\r\n");
    let local = format!("Host: localhost:{}\r\n", own.port());
    for (request, lines, expected) in [
        ("GET /", String::new(), 200),
        ("GET /style.css", String::new(), 200),
        ("GET /page.js", "Sec-Fetch-Site: same-origin\r\n".to_owned(), 200),
        ("GET /", "Sec-Fetch-Site: none\r\n".to_owned(), 200),
        ("GET /", local, 200),
        ("GET /", "Sec-Fetch-Site: cross-site\r\n".to_owned(), 403),
        ("GET /", "Sec-Fetch-Site: same-site\r\n".to_owned(), 403),
        ("GET /", "Host: evil.example\r\n".to_owned(), 403),
        ("GET /", format!("Host: evil.example:{}\r\n", own.port()), 403),
        ("GET /page.js", other.to_owned(), 403),
        ("GET /records", String::new(), 403),
        ("GET /records", "X-Apigw-Token: \r\n".to_owned(), 403),
        ("GET /records", "X-Apigw-Token: 0123456789abcdee\r\n".to_owned(), 403),
        ("GET /records", token() + &same, 200),
        ("GET /records", token() + other, 403),
        ("GET /records", token() + "Origin: null\r\n", 403),
        ("GET /records", token() + "Origin: http://localhost:1\r\n", 403),
        ("GET /records", token() + "Sec-Fetch-Site: cross-site\r\n", 403),
        ("GET /records", token() + "Host: evil.example\r\n", 403),
        ("GET /records/1", String::new(), 403),
        ("GET /records/1/curl", String::new(), 403),
        ("GET /events", String::new(), 403),
        ("POST /records/1/replay", String::new(), 403),
        ("POST /records/1/replay", token() + other, 403),
        ("POST /send", String::new(), 403),
        ("OPTIONS /send", other.to_owned(), 403),
        ("OPTIONS /send", String::new(), 403),
        ("GET /records?token=0123456789abcdef", String::new(), 403),
        ("GET /nothing", String::new(), 403),
        ("POST /", token(), 404),
        ("GET /records/1/replay", token(), 404),
    ] {
        let (status, body) = world.ask(request, &lines, "").await;
        assert_eq!(status, expected, "{request} {lines} {body}");
    }
    assert_eq!(world.json("GET /records", "").await.1["records"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn a_browser_is_told_to_keep_and_load_nothing() {
    let world = used().await;
    for path in ["/", "/records"] {
        let head =
            format!("GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", world.page.address());
        let answer = exchange(world.page.address(), head.as_bytes()).await;
        for line in [
            "content-security-policy: default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'; \
             base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            "x-content-type-options: nosniff",
            "cache-control: no-store",
            "referrer-policy: no-referrer",
            "cross-origin-resource-policy: same-origin",
        ] {
            assert!(answer.contains(line), "{line}\n{answer}");
        }
        assert!(!answer.to_ascii_lowercase().contains("access-control-"), "{answer}");
    }
    let (_, page) = world.ask("GET /", "", "").await;
    for never in ["onclick", "<style", " style=", "https://", "http://"] {
        let page = page.replace("http://www.w3.org/2000/svg", "");
        assert!(!page.contains(never), "{never}");
    }
    assert_eq!(world.page.url(), format!("http://{}/#token={TOKEN}", world.page.address()));
}

#[tokio::test]
async fn events_come_as_requests_do() {
    let world = used().await;
    let mut stream = TcpStream::connect(world.page.address()).await.unwrap();
    let request = format!("GET /events HTTP/1.1\r\nHost: {}\r\n{}\r\n", world.page.address(), token());
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut seen = String::new();
    let mut until = async |words: &str| {
        while !seen.contains(words) {
            let mut buffer = [0; 4096];
            let read = tokio::time::timeout(Duration::from_secs(10), stream.read(&mut buffer)).await;
            let read = read.unwrap_or_else(|_| panic!("{words} is missing: {seen}")).unwrap();
            assert!(read > 0, "{seen}");
            seen += &String::from_utf8_lossy(&buffer[..read]);
        }
        seen.clone()
    };
    assert!(until(": here").await.contains("content-type: text/event-stream"));
    world.call("GET /nowhere/else?token=hush-hush", "", "").await;
    let seen = until("\"id\":3").await;
    assert!(seen.contains("data: {\"id\":3,") && !seen.contains("hush-hush"), "{seen}");
    // The one who records does not wait for those who look.
    let response =
        apigw::http::Response { status: 200, headers: Default::default(), body: Default::default() };
    let served = Served {
        response,
        route: None,
        function: None,
        event: None,
        invoked: None,
        judged: None,
        front: None,
        reason: None,
    };
    for _ in 0..2000 {
        world.watched.record(&apigw::http::Request::new("GET", "/flood"), &served, Duration::ZERO);
    }
    until("event: again").await;
    assert_eq!(world.json("GET /records", "").await.1["records"].as_array().unwrap().len(), 500);
}
