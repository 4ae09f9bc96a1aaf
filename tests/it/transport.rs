//! Real function processes, real sockets: the floor that waits, through its public face.

pub(crate) mod aws;
mod client;
mod demo_function;
mod inspector;
mod misbehaviour;
mod recorded;
mod runtime_api;
mod serve;
mod serve_faults;
mod serve_streams;
mod signatures;
mod warm;
mod websocket;
mod with_aws_crates;

use apigw::transport::{
    FunctionHost, FunctionProcess, FunctionSpec, Invocation, Invoked, StartError, invoke_once,
};
use hyper::body::Bytes;
use std::path::PathBuf;
use std::time::Duration;

pub(crate) const REQUEST_ID: &str = "8476a536-e9f4-11e8-9739-2dfe598c3fcd";

/// An example of this package. `cargo test` builds them all; `cargo test --test it` alone does
/// not, and then finds old ones or none.
pub(crate) fn example(name: &str) -> PathBuf {
    let own = std::env::current_exe().unwrap();
    let profile = own.ancestors().nth(2).unwrap();
    let program = profile.join("examples").join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    assert!(program.exists(), "{} is missing: cargo build --examples", program.display());
    program
}

/// The function that breaks rules, told which one.
pub(crate) fn unruly(handler: &str) -> FunctionSpec {
    let mut spec = FunctionSpec::new(FunctionProcess::new(example("unruly")));
    spec.settings.handler = handler.to_owned();
    spec.settle = Duration::from_millis(300);
    spec
}

pub(crate) fn invocation(event: impl Into<Bytes>) -> Invocation {
    Invocation {
        request_id: REQUEST_ID.to_owned(),
        event: event.into(),
        invoked_function_arn: "arn:aws:lambda:us-east-1:123456789012:function:function".to_owned(),
        trace_id: "Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=0".to_owned(),
        now: Duration::from_secs(1_700_000_000),
        ..Invocation::default()
    }
}

pub(crate) async fn once(spec: FunctionSpec) -> Invoked {
    invoke_once(spec, invocation(r#"{"n":1}"#)).await.unwrap()
}

pub(crate) fn text(invoked: &Invoked) -> String {
    String::from_utf8_lossy(&invoked.payload).into_owned()
}

#[tokio::test]
async fn a_program_that_cannot_start_is_told_apart() {
    let directory = tempfile::tempdir().unwrap();
    let file = |name: &str, content: &[u8], mode: u32| {
        let path = directory.path().join(name);
        std::fs::write(&path, content).unwrap();
        #[cfg(unix)]
        std::fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(mode)).unwrap();
        path
    };
    let start = async |program: PathBuf| {
        let started = FunctionHost::start(FunctionSpec::new(FunctionProcess::new(program))).await;
        started.err().unwrap()
    };
    let missing = start(directory.path().join("missing")).await;
    assert!(matches!(missing, StartError::NotFound(_)), "{missing}");
    if cfg!(unix) {
        let plain = start(file("plain", b"#!/bin/sh\n", 0o644)).await;
        assert!(matches!(plain, StartError::PermissionDenied(_)), "{plain}");
        let foreign = start(file("foreign", b"\x7fELF of another machine", 0o755)).await;
        assert!(matches!(foreign, StartError::ExecFormat(_)), "{foreign}");
        let script = start(file("script", b"#!/no/such/interpreter\n", 0o755)).await;
        assert!(matches!(script, StartError::InterpreterNotFound(_)), "{script}");
        let folder = start(directory.path().to_owned()).await;
        assert!(matches!(folder, StartError::IsDirectory(_)), "{folder}");
    }
    let mut spec = unruly("echo");
    spec.settings.extra.push(("AWS_REGION".to_owned(), "eu-west-1".to_owned()));
    let reserved = FunctionHost::start(spec).await.err().unwrap();
    assert!(reserved.to_string().contains("AWS_REGION"), "{reserved}");
}

#[tokio::test]
async fn a_function_sees_lambdas_environment_and_nothing_else() {
    let mut spec = unruly("environment");
    spec.settings.extra.push(("TABLE".to_owned(), "users".to_owned()));
    let seen: serde_json::Value = serde_json::from_slice(&once(spec).await.payload).unwrap();
    let mut names: Vec<&str> = seen.as_object().unwrap().keys().map(String::as_str).collect();
    names.sort_unstable();
    let expected = [
        "AWS_DEFAULT_REGION",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
        "AWS_LAMBDA_FUNCTION_NAME",
        "AWS_LAMBDA_FUNCTION_VERSION",
        "AWS_LAMBDA_INITIALIZATION_TYPE",
        "AWS_LAMBDA_LOG_GROUP_NAME",
        "AWS_LAMBDA_LOG_STREAM_NAME",
        "AWS_LAMBDA_RUNTIME_API",
        "AWS_REGION",
        "AWS_XRAY_CONTEXT_MISSING",
        "AWS_XRAY_DAEMON_ADDRESS",
        "LAMBDA_RUNTIME_DIR",
        "LAMBDA_TASK_ROOT",
        "LANG",
        "PATH",
        "TABLE",
        "TZ",
        "_AWS_XRAY_DAEMON_ADDRESS",
        "_AWS_XRAY_DAEMON_PORT",
        "_HANDLER",
    ];
    assert_eq!(names, expected);
    assert_eq!(seen["LAMBDA_TASK_ROOT"], example("unruly").parent().unwrap().to_str().unwrap());
}

#[tokio::test]
async fn an_event_comes_with_its_headers() {
    let mut spec = unruly("headers");
    spec.timeout = Duration::from_secs(20);
    let head = text(&once(spec).await).to_ascii_lowercase();
    for line in [
        "http/1.1 200 ok",
        "content-type: application/json",
        "lambda-runtime-aws-request-id: 8476a536-e9f4-11e8-9739-2dfe598c3fcd",
        "lambda-runtime-invoked-function-arn: arn:aws:lambda:us-east-1:123456789012:function:function",
        "lambda-runtime-trace-id: root=1-5759e988-bd862e3fe1be46a994272793;sampled=0",
    ] {
        assert!(head.lines().any(|own| own == line), "{line}\n{head}");
    }
    let deadline = head.lines().find_map(|line| line.strip_prefix("lambda-runtime-deadline-ms: ")).unwrap();
    let deadline: u64 = deadline.parse().unwrap();
    assert!((1_700_000_020_000..1_700_000_030_000).contains(&deadline), "{deadline}");
}
