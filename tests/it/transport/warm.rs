//! One process for many invocations, and none left behind.

use super::{invocation, text, unruly};
#[cfg(target_os = "linux")]
use apigw::transport::FunctionSpec;
#[cfg(unix)]
use apigw::transport::Logs;
use apigw::transport::{Event, Failure, FunctionHost, Phase, RuntimeApi};
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

#[tokio::test]
async fn two_hundred_invocations_on_one_process() {
    let mut host = FunctionHost::start(unruly("echo")).await.unwrap();
    for n in 0..200 {
        let mut invocation = invocation(n.to_string());
        invocation.request_id = format!("request-{n}");
        let invoked = host.invoke(invocation).await.unwrap();
        assert_eq!((text(&invoked), invoked.failure), (n.to_string(), None));
        assert_eq!(invoked.timings.init.is_some(), n == 0, "only the first one is cold");
    }
    host.stop().await;
}

#[tokio::test]
async fn a_megabyte_comes_back_as_it_went() {
    let event: Vec<u8> = (0..1_048_576_u32).map(|n| n.to_le_bytes()[0] ^ n.to_le_bytes()[1]).collect();
    let mut host = FunctionHost::start(unruly("echo")).await.unwrap();
    assert!(host.invoke(invocation(event.clone())).await.unwrap().payload == event);
    host.stop().await;
}

#[tokio::test]
async fn a_large_answer_stays_as_it_is_when_the_next_one_comes() {
    let mut host = FunctionHost::start(unruly("echo")).await.unwrap();
    let mut kept = Vec::new();
    for (n, bytes) in [1_000_000, 900_000, 5, 1_100_000, 300_000, 200_000].into_iter().enumerate() {
        let event = vec![u8::try_from(n).unwrap(); bytes];
        let payload = host.invoke(invocation(event.clone())).await.unwrap().payload;
        assert!(payload == event, "{n}");
        if n % 2 == 0 {
            kept.push((event, payload));
        }
    }
    assert!(kept.iter().all(|(event, payload)| event == payload));
    host.stop().await;
}

#[cfg(unix)]
#[tokio::test]
async fn what_a_process_writes_is_kept_for_its_invocation() {
    let mut spec = unruly("log");
    (spec.settle, spec.logs) = (Duration::ZERO, Logs::Kept);
    let mut host = FunctionHost::new(spec);
    let mut another = host.another();
    for n in 0..20 {
        let said = host.invoke(invocation(n.to_string())).await.unwrap().log;
        let init = if n == 0 { "begins\n" } else { "" };
        // What came behind the answer may be of this invocation still, and is never of the next one.
        let said = String::from_utf8_lossy(&said).replace("late\n", "");
        assert_eq!(said, format!("{init}said {n}\n"));
        let other = another.invoke(invocation("\"other\"")).await.unwrap().log;
        assert!(!String::from_utf8_lossy(&other).contains(&format!("said {n}")), "each has its own");
    }
    let mut spec = unruly("exit-early");
    spec.logs = Logs::Kept;
    assert_eq!(FunctionHost::new(spec).invoke(invocation("1")).await.unwrap().log, "");
}

#[tokio::test]
async fn an_invocation_can_end_with_its_answer() {
    for (handler, fresh) in [("echo", false), ("two-answers", false), ("one-shot", true)] {
        let mut spec = unruly(handler);
        spec.settle = Duration::ZERO;
        let mut host = FunctionHost::start(spec).await.unwrap();
        for n in 0..20 {
            let invoked = host.invoke(invocation("1")).await.unwrap();
            assert_eq!(invoked.failure, None, "{handler}");
            assert_eq!(invoked.timings.init.is_some(), n == 0 || fresh, "{handler}");
        }
        host.stop().await;
    }
}

#[tokio::test]
async fn an_answer_posted_with_the_last_breath_counts() {
    let mut host = FunctionHost::start(unruly("post-and-leave")).await.unwrap();
    for _ in 0..50 {
        let invoked = host.invoke(invocation("1")).await.unwrap();
        assert_eq!((text(&invoked).as_str(), invoked.failure), (r#""gone""#, None));
    }
}

#[tokio::test]
async fn an_event_goes_to_the_latest_call_of_next() {
    let api = RuntimeApi::bind().await.unwrap();
    let ask = async || {
        let mut stream = TcpStream::connect(api.address()).await.unwrap();
        let request = b"GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\nHost: x\r\n\r\n";
        stream.write_all(request).await.unwrap();
        stream
    };
    drop(ask().await);
    api.wait_for(|state| (state.phase() == Phase::Ready).then_some(())).await;
    let mut latest = ask().await;
    tokio::time::sleep(Duration::from_millis(100)).await;
    api.offer(Event { request_id: "1".to_owned(), body: "the event".into(), ..Event::default() });
    let mut received = Vec::new();
    while !received.ends_with(b"the event") {
        assert_ne!(latest.read_buf(&mut received).await.unwrap(), 0);
    }
}

#[tokio::test]
async fn after_a_refused_answer_life_goes_on() {
    let mut host = FunctionHost::start(unruly("big-once")).await.unwrap();
    let big = host.invoke(invocation("big")).await.unwrap();
    assert_eq!(big.failure, Some(Failure::ResponseTooLarge));
    let small = host.invoke(invocation("small")).await.unwrap();
    assert_eq!((text(&small), small.timings.init), ("small".to_owned(), None));
    host.stop().await;
}

#[tokio::test]
async fn after_a_crash_or_a_timeout_the_next_one_starts_anew() {
    for (handler, fails) in [
        ("exit-in-handler", true),
        ("hang", true),
        ("bad-mode", true),
        ("one-shot", false),
        ("dawdle", false),
    ] {
        let mut spec = unruly(handler);
        spec.timeout = Duration::from_millis(400);
        let mut host = FunctionHost::start(spec).await.unwrap();
        for _ in 0..2 {
            let invoked = host.invoke(invocation("1")).await.unwrap();
            assert!(invoked.timings.init.is_some(), "{handler}");
            assert_eq!(invoked.failure.is_some(), fails, "{handler}");
        }
        host.stop().await;
    }
}

/// Whether a process is there and not just waiting to be buried.
#[cfg(target_os = "linux")]
fn is_alive(id: &str) -> bool {
    let Ok(stat) = std::fs::read_to_string(format!("/proc/{id}/stat")) else { return false };
    !stat.rsplit(')').next().unwrap_or_default().trim_start().starts_with('Z')
}

#[cfg(target_os = "linux")]
async fn is_gone(id: &str) -> bool {
    let begun = std::time::Instant::now();
    while is_alive(id) && begun.elapsed() < Duration::from_secs(5) {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    !is_alive(id)
}

/// The function that starts a child of its own, and the id of that child once it is known.
#[cfg(target_os = "linux")]
fn spawning(handler: &str) -> (FunctionSpec, impl AsyncFn() -> String) {
    let log = tempfile::NamedTempFile::new().unwrap();
    let mut spec = unruly(handler);
    spec.logs = Logs::File(log.reopen().unwrap());
    spec.timeout = Duration::from_secs(60);
    let grandchild = async move || loop {
        let written = std::fs::read_to_string(log.path()).unwrap();
        if let Some(line) = written.strip_suffix('\n') {
            return line.replace("grandchild ", "");
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    };
    (spec, grandchild)
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_grandchild_is_gone_after_the_call() {
    let (spec, grandchild) = spawning("spawn-child");
    let invoked = super::once(spec).await;
    assert_eq!((text(&invoked).as_str(), invoked.failure), (r#""spawned""#, None));
    assert!(is_gone(&grandchild().await).await);
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_host_that_is_dropped_takes_everything_down() {
    let (spec, grandchild) = spawning("spawn-child");
    let mut host = FunctionHost::start(spec).await.unwrap();
    host.invoke(invocation("1")).await.unwrap();
    let id = grandchild().await;
    assert!(is_alive(&id), "a warm function keeps what it started");
    drop(host);
    assert!(is_gone(&id).await);
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn an_invocation_that_is_given_up_takes_everything_down() {
    let (spec, grandchild) = spawning("spawn-child-and-hang");
    let mut host = FunctionHost::start(spec).await.unwrap();
    let id = tokio::select! {
        invoked = host.invoke(invocation("1")) => panic!("it should hang: {invoked:?}"),
        id = grandchild() => id,
    };
    assert!(is_gone(&id).await);
}
