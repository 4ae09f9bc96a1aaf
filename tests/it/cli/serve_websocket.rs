//! `apigw serve --api websocket`, met by a client.

use super::apigw;
use super::server::Server;
use crate::transport::example;
use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::{WebSocketStream, client_async};

/// A chat that answers by `@connections`, where SDKs look for it.
const CHAT: &str = r#"
import os, urllib.error, urllib.parse, urllib.request

def call(method, event, data=None):
    url = os.environ["AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI"]
    connection = urllib.parse.quote(event["requestContext"]["connectionId"])
    signed = "AWS4-HMAC-SHA256 Credential=a/b, SignedHeaders=host, Signature=0"
    request = urllib.request.Request(f"{url}/@connections/{connection}", data, {"Authorization": signed}, method=method)
    try:
        return urllib.request.urlopen(request).status
    except urllib.error.HTTPError as error:
        return error.code

def connect(event, context):
    early = call("POST", event, b"too early")
    return {"statusCode": 200, "headers": {"Sec-WebSocket-Protocol": f"early-{early}"}}

def send(event, context):
    return {"statusCode": 200, "body": f"posted {call('POST', event, event['body'].encode())}"}

def leave(event, context):
    return {"statusCode": call("DELETE", event)}
"#;

async fn client(server: &Server, protocol: Option<&str>) -> (WebSocketStream<TcpStream>, Option<String>) {
    let mut request = format!("ws://{}/prod", server.address).into_client_request().unwrap();
    if let Some(protocol) = protocol {
        request.headers_mut().append("sec-websocket-protocol", protocol.parse().unwrap());
    }
    let stream = TcpStream::connect(&server.address).await.unwrap();
    let (client, response) = client_async(request, stream).await.unwrap();
    let chosen = response.headers().get("sec-websocket-protocol").map(|own| own.to_str().unwrap().to_owned());
    (client, chosen)
}

async fn next(client: &mut WebSocketStream<TcpStream>) -> Message {
    timeout(Duration::from_secs(10), client.next()).await.unwrap().unwrap().unwrap()
}

#[tokio::test]
async fn functions_post_to_their_clients() {
    let run = apigw(
        "serve --port 0 --api websocket --route '$connect=chat.connect' --route 'sendmessage=chat.send' \
         --route 'leave=chat.leave' --route-response sendmessage",
    );
    let mut server = Server::of(run.file("chat.py", CHAT));
    // The function of $connect comes too early.
    let (mut client, protocol) = client(&server, Some("early-410")).await;
    assert_eq!(protocol.as_deref(), Some("early-410"));
    let early = server.log();
    assert!(early.contains(" POST /prod/@connections/") && early.contains(" → 410 "), "{early}");
    let line = server.log();
    assert!(line.contains(" GET /prod → 101 ") && line.ends_with("  $connect, chat"), "{line}");
    let hello = json!({ "action": "sendmessage", "data": "hello" }).to_string();
    client.send(Message::text(hello.as_str())).await.unwrap();
    assert_eq!(next(&mut client).await, Message::text(hello));
    assert_eq!(next(&mut client).await, Message::text("posted 200"));
    let posted = server.log();
    assert!(posted.contains(" POST /prod/@connections/") && posted.contains(" → 200 "), "{posted}");
    let line = server.log();
    assert!(line.contains(" MESSAGE /prod → a message ") && line.contains("  sendmessage, chat"), "{line}");
    client.send(Message::text(r#"{"action":"nothing"}"#)).await.unwrap();
    let answer: Value = serde_json::from_str(next(&mut client).await.to_text().unwrap()).unwrap();
    assert_eq!(answer["message"], "Forbidden"); // W-011
    assert!(server.log().ends_with("  no route has the key of this message, and there is no $default"));
    client.send(Message::text(r#"{"action":"leave"}"#)).await.unwrap();
    assert!(matches!(next(&mut client).await, Message::Close(Some(frame)) if u16::from(frame.code) == 1000));
    let said = server.end();
    for line in ["  $connect → chat", "  sendmessage → chat"] {
        assert!(said.contains(line), "{said}");
    }
}

const TEMPLATE: &str = r#"
Resources:
  Chat:
    Type: AWS::ApiGatewayV2::Api
    Properties: {ProtocolType: WEBSOCKET, RouteSelectionExpression: $request.body.do}
  Stage: {Type: AWS::ApiGatewayV2::Stage, Properties: {ApiId: !Ref Chat, StageName: prod}}
  Say:
    Type: AWS::ApiGatewayV2::Route
    Properties: {ApiId: !Ref Chat, RouteKey: say, Target: !Sub "integrations/${Saying}", RouteResponseSelectionExpression: $default}
  Saying:
    Type: AWS::ApiGatewayV2::Integration
    Properties:
      ApiId: !Ref Chat
      IntegrationType: AWS_PROXY
      IntegrationUri: !Sub "arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Sayer.Arn}/invocations"
  Sayer:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3
      Handler: index.handler
      Code:
        ZipFile: |
          def handler(event, context):
              return {"statusCode": 200, "body": event["requestContext"]["routeKey"]}
"#;

#[tokio::test]
async fn an_api_of_a_template_has_its_routes_and_answers() {
    let server = Server::of(apigw("serve chat.yaml --port 0").file("chat.yaml", TEMPLATE));
    let (mut client, _) = client(&server, None).await;
    client.send(Message::text(r#"{"do":"say"}"#)).await.unwrap();
    assert_eq!(next(&mut client).await, Message::text("say"));
    client.send(Message::text(r#"{"action":"say"}"#)).await.unwrap();
    assert!(next(&mut client).await.to_text().unwrap().contains("Forbidden"));
    server.end();
}

#[tokio::test]
async fn a_log_for_machines_tells_of_messages() {
    let greeting = example("plain");
    let line = format!(
        "serve --port 0 --api websocket --route '$default={}' --route '$disconnect={0}' --format jsonl",
        greeting.display()
    );
    let mut server = Server::of(apigw(&line));
    let (mut client, _) = client(&server, None).await;
    client.send(Message::text("hello")).await.unwrap();
    let mut next = || -> Value { serde_json::from_str(&server.log()).unwrap() };
    assert_eq!(next()["status"], 101);
    let told = next();
    assert_eq!((&told["method"], &told["route"]), (&json!("MESSAGE"), &json!("$default")));
    client.close(None).await.unwrap();
    let told = next();
    assert_eq!((&told["method"], &told["status"]), (&json!("DISCONNECT"), &json!(1005)));
    server.end();
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_flood_fills_no_memory_and_keeps_nobody_out() {
    let line = format!(
        "serve --port 0 --api websocket --route '$default={}' --route-response '$default' --concurrency 4",
        example("slow").display()
    );
    let server = Server::of(apigw(&line));
    let (mut flooding, _) = client(&server, None).await;
    let message = Message::text("x".repeat(32 * 1024));
    let flood = tokio::spawn(async move {
        for sent in 0..10_000 {
            if flooding.send(message.clone()).await.is_err() {
                return sent;
            }
        }
        10_000
    });
    tokio::time::sleep(Duration::from_secs(2)).await;
    assert!(!flood.is_finished(), "the client can send as much as it likes");
    // Another one is served meanwhile.
    let (mut calm, _) = client(&server, None).await;
    calm.send(Message::Ping(vec![7].into())).await.unwrap();
    assert_eq!(next(&mut calm).await, Message::Pong(vec![7].into()));
    calm.send(Message::text("hello")).await.unwrap();
    let status = std::fs::read_to_string(format!("/proc/{}/status", server.child.id())).unwrap();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    let peak = peak.trim().trim_end_matches(" kB").parse::<u64>().unwrap() / 1024;
    assert!(peak < 80, "{peak} MB");
    flood.abort();
    server.end();
}

#[test]
fn mistakes_in_routes_are_told() {
    for (line, words) in [
        ("--api websocket --route 'GET /a=app.handler'", "`GET /a` is no key of a WebSocket API"),
        ("--api websocket --route 'a=app.handler' --route-response b", "no --route has this key"),
        (
            "--route '$default=app.handler' --route-response '$default'",
            "--route-response means nothing for http",
        ),
        ("--route '$default=app.handler' --route-selection x", "--route-selection means nothing for http"),
    ] {
        apigw(&format!("serve {line}")).exits(2).run().says(&[words]);
    }
}
