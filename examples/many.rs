//! Sends events to functions of this machine that stay warm, side by side:
//! `many EVENTS FUNCTIONS PROGRAM [ARGS...]`. The function has to answer what it is sent.

#![allow(clippy::disallowed_methods, clippy::print_stdout)]

use apigw::transport::{FunctionHost, FunctionProcess, FunctionSpec, Invocation};
use std::error::Error;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tokio::task::JoinSet;

type Failed = Box<dyn Error + Send + Sync>;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Failed> {
    let mut words = std::env::args().skip(1);
    let mut word = || words.next().ok_or("usage: many EVENTS FUNCTIONS PROGRAM [ARGS...]");
    let (events, functions) = (word()?.parse()?, word()?.parse()?);
    let mut process = FunctionProcess::new(word()?);
    process.args = words.map(Into::into).collect();
    let mut under_way = JoinSet::new();
    for function in 0..functions {
        under_way.spawn(ask(process.clone(), function, events));
    }
    while let Some(asked) = under_way.join_next().await {
        asked??;
    }
    println!("{events} events answered by each of {functions}");
    Ok(())
}

/// Starts a function, and compares each of its answers with the event.
async fn ask(process: FunctionProcess, function: u32, events: u32) -> Result<(), Failed> {
    let mut spec = FunctionSpec::new(process);
    (spec.timeout, spec.init_limit) = (Duration::from_secs(30), Duration::from_secs(60));
    spec.settings.path = std::env::var("PATH").ok();
    let mut host = FunctionHost::start(spec).await?;
    for n in 0..events {
        let event = serde_json::json!({ "function": function, "n": n });
        let invocation = Invocation {
            request_id: format!("00000000-0000-4000-8000-{n:012}"),
            event: event.to_string().into(),
            now: SystemTime::now().duration_since(UNIX_EPOCH)?,
            ..Invocation::default()
        };
        let invoked = host.invoke(invocation).await?;
        let answer: serde_json::Value = serde_json::from_slice(&invoked.payload)?;
        if invoked.failure.is_some() || answer != event || invoked.timings.init.is_some() != (n == 0) {
            return Err(format!("function {function}, event {n}: {answer}, {:?}", invoked.failure).into());
        }
    }
    host.stop().await;
    Ok(())
}
