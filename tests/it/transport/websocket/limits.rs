//! How connections end: over the limits, by themselves, or because somebody is gone.

use super::*;
use std::time::Instant;

#[tokio::test]
async fn what_is_over_the_limits_ends_the_connection() {
    let server = Server::open(&[("$default", OK), ("$disconnect", OK)]).await;
    let quarter = MAX_FRAME_BYTES;
    let mut fits = server.client().await;
    send_frames(&mut fits, &[quarter; MAX_MESSAGE_BYTES / MAX_FRAME_BYTES]).await;
    let event = server.events("$default", 1).await.remove(0);
    assert_eq!(event["body"].as_str().unwrap().len(), MAX_MESSAGE_BYTES);
    let mut codes = Vec::new();
    for sizes in [vec![quarter + 1], vec![quarter, quarter, quarter, quarter, 1]] {
        let mut client = server.client().await;
        send_frames(&mut client, &sizes).await;
        codes.push(next(&mut client).await); // W-027
    }
    let mut client = server.client().await;
    client.send(Message::binary(vec![1, 2])).await.unwrap();
    codes.push(next(&mut client).await);
    let mut client = server.client().await;
    let no_text = Frame::message(vec![0xff, 0xfe], OpCode::Data(Data::Text), true);
    client.send(Message::Frame(no_text)).await.unwrap();
    codes.push(next(&mut client).await);
    let mut client = server.client().await;
    // Not masked, and of no kind that there is.
    client.get_mut().write_all(&[0x83, 0x00]).await.unwrap();
    codes.push(next(&mut client).await);
    assert_eq!(codes, ["1009", "1009", "1003", "1007", "1002"]);
    let told = server.events("$disconnect", codes.len()).await;
    let mut told: Vec<_> = told
        .iter()
        .map(|event| event["requestContext"]["disconnectStatusCode"].as_u64().unwrap().to_string())
        .collect();
    told.sort();
    codes.sort();
    assert_eq!(told, codes);
}

#[tokio::test]
async fn connections_do_not_stand_for_ever() {
    let short = Duration::from_millis(600);
    let usual = WebsocketLimits::default();
    let routes = [("$default", OK), ("$disconnect", OK)];
    let idle = WebsocketLimits { idle: short, ..usual };
    let server = Server::of(site(deployment(&routes), &[]), idle).await;
    let mut client = server.client().await;
    for _ in 0..4 {
        tokio::time::sleep(short / 2).await;
        client.send(text("still here")).await.unwrap();
    }
    assert_eq!(next(&mut client).await, "1001 Going away");
    let gone = server.events("$disconnect", 1).await.remove(0);
    assert_eq!(gone["requestContext"]["disconnectStatusCode"], 1001);

    let longest = WebsocketLimits { longest: short, ..usual };
    let server = Server::of(site(deployment(&routes), &[]), longest).await;
    let mut client = server.client().await;
    let closed = async {
        loop {
            tokio::select! {
                said = next(&mut client) => return said,
                () = tokio::time::sleep(short / 4) => {}
            }
            client.send(text("still here")).await.ok();
        }
    };
    assert_eq!(timeout(Duration::from_secs(5), closed).await.unwrap(), "1001 Going away");
}

#[tokio::test]
async fn what_breaks_off_is_told() {
    let server = Server::open(&[("$disconnect", OK)]).await;
    let code = async |count: usize| {
        let events = server.events("$disconnect", count).await;
        let context = &events[count - 1]["requestContext"];
        (context["disconnectStatusCode"].as_u64().unwrap(), context["disconnectReason"].clone())
    };
    drop(server.client().await);
    assert_eq!(code(1).await.0, 1006);
    // Only our half is closed.
    let mut half = server.client().await;
    half.get_mut().shutdown().await.unwrap();
    assert_eq!(code(2).await.0, 1006);
    let mut wordless = server.client().await;
    wordless.close(None).await.unwrap();
    assert_eq!(code(3).await, (1005, json!("Client-side close frame status not set"))); // W-006
    // The reset of a connection with unread data.
    let reset = server.client().await.into_inner();
    socket_reset(reset);
    assert_eq!(code(4).await.0, 1006);
}

fn socket_reset(stream: TcpStream) {
    stream.set_zero_linger().unwrap();
    drop(stream);
}

#[tokio::test]
async fn a_client_that_does_not_read_is_left() {
    let limits = WebsocketLimits { patience: Duration::from_millis(500), ..WebsocketLimits::default() };
    let routes = [("$connect", OK), ("$disconnect", OK)];
    let server = Server::of(site(deployment(&routes), &[]), limits).await;
    let request = format!("ws://{}/prod", server.address).into_client_request().unwrap();
    let stream = TcpStream::connect(server.address).await.unwrap();
    let small = WebSocketConfig::default().read_buffer_size(1024);
    let (_deaf, _) = client_async_with_config(request, stream, Some(small)).await.unwrap();
    let id = server.connection_id().await;
    let large = "x".repeat(MAX_MESSAGE_BYTES);
    let mut answers = Vec::new();
    let begun = Instant::now();
    while begun.elapsed() < Duration::from_secs(20) {
        let (head, _) = server.manage("POST", &id, &large).await;
        let status = head[9..12].to_owned();
        answers.push(status.clone());
        if status == "410" {
            break;
        }
    }
    let has = |status: &str| answers.iter().any(|own| own == status);
    assert!(has("200") && has("429") && has("410"), "{answers:?}");
    let gone = server.events("$disconnect", 1).await.remove(0);
    assert_eq!(gone["requestContext"]["disconnectStatusCode"], 1006);
}

#[tokio::test]
async fn only_so_many_messages_are_with_functions_at_once() {
    let limits = WebsocketLimits { under_way: 2, ..WebsocketLimits::default() };
    let server = Server::of(site(deployment(&[("$default", "slow")]), &[]), limits).await;
    let mut client = server.client().await;
    for n in 0..8 {
        client.send(text(n.to_string())).await.unwrap();
    }
    let started = Instant::now();
    server.events("$default", 8).await;
    // Four processes might run at once; two do.
    assert!(started.elapsed() > Duration::from_millis(700), "{:?}", started.elapsed());
}
