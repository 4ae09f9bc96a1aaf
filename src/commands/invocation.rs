//! A function on this machine: what it is told, and how it is invoked.

use super::exit::Fault;
use super::invoke::Invoke;
use super::io::Io;
use super::local::Local;
use super::verdict::{Verdict, judge, unrouted};
use crate::gateway::event::Unroutable;
use crate::gateway::{Api, Exchange, Front, Moment, Stamp};
use crate::http::Request;
use crate::lint::Expected;
use crate::transport::{self, FunctionSettings, FunctionSpec};
use serde_json::Value;
use std::time::Duration;

/// A call with its event, or with the reason why there is none.
pub(super) struct Case {
    pub(super) front: Front,
    pub(super) api: Api,
    pub(super) request: Request,
    pub(super) stamp: Stamp,
    pub(super) moment: Moment,
    pub(super) event: Result<Value, Unroutable>,
    pub(super) expected: Expected,
}

impl Case {
    /// The call that waits for its response.
    pub(super) fn exchange(&self) -> Exchange<'_> {
        Exchange { api: &self.api, request: &self.request, stamp: &self.stamp, moment: self.moment }
    }
}

/// Invokes the binary or the handler; `None` if that was interrupted.
pub(super) fn run(args: &Invoke, case: Case, io: &mut Io) -> Result<Option<Verdict>, Fault> {
    let event = match &case.event {
        Ok(event) => event.to_string().into_bytes(),
        Err(unroutable) => return Ok(Some(unrouted(&case, unroutable))),
    };
    let Some(local) = Local::find(args, io)? else { return Ok(None) };
    let spec = spec(local, args, &case, io)?;
    let invocation = invocation(&case, &spec, event, io);
    let request_id = invocation.request_id.clone();
    let invoked = interruptible(transport::invoke_once(spec, invocation))?;
    let Some(invoked) = invoked else { return Ok(None) };
    let invoked = invoked.map_err(|error| Fault::usage(error.to_string()))?;
    Ok(Some(judge(case, invoked, &request_id)))
}

/// Runs a future on a runtime of this thread until it ends, or until Ctrl-C or a termination
/// signal: then it is dropped, and its processes with it.
pub(super) fn interruptible<T>(work: impl Future<Output = T>) -> Result<Option<T>, Fault> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime =
        runtime.map_err(|error| Fault::usage(format!("cannot start: {}", super::io::plain(&error))))?;
    Ok(runtime.block_on(async {
        // Signals first: they must be heard before there is a process to leave behind.
        tokio::select! {
            biased;
            () = interrupted() => None,
            done = work => Some(done),
        }
    }))
}

async fn interrupted() {
    #[cfg(unix)]
    if let Ok(mut terminated) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = terminated.recv() => {}
        }
        return;
    }
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}

fn spec(local: Local, args: &Invoke, case: &Case, io: &mut Io) -> Result<FunctionSpec, Fault> {
    let Local { process, settings: own } = local;
    let mut spec = FunctionSpec::new(process);
    spec.timeout = args.timeout.unwrap_or(spec.timeout);
    spec.settings = settings(own, case, io);
    for (name, value) in variables(args, io)? {
        // Lambda's own variables have settings; naming one sets it.
        match name.as_str() {
            "_HANDLER" if args.handler.is_some() => {
                return Err(Fault::usage("--env _HANDLER: --handler says which handler it is"));
            }
            "_HANDLER" => spec.settings.handler = value,
            "AWS_LAMBDA_FUNCTION_NAME" => spec.settings.name = value,
            "AWS_REGION" | "AWS_DEFAULT_REGION" => spec.settings.region = value,
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE" => {
                let memory =
                    value.parse().map_err(|_| Fault::usage(format!("--env {name}: not a number of MB")))?;
                spec.settings.memory_mb = memory;
            }
            _ => spec.settings.extra.push((name, value)),
        }
    }
    Ok(spec)
}

/// What a function is told of the call, beside what it is told of itself.
fn settings(own: FunctionSettings, case: &Case, io: &Io) -> FunctionSettings {
    let (day, unique) = (case.stamp.day(), case.stamp.hex("log-stream", 32));
    FunctionSettings {
        region: case.api.region.clone(),
        log_stream: format!("{day}/[$LATEST]{unique}"),
        trace_id: Some(trace_id(case)),
        path: io.env.get("PATH").cloned(),
        ..own
    }
}

/// The variables of `--env-file` and, behind them, of `--env`.
fn variables(args: &Invoke, io: &mut Io) -> Result<Vec<(String, String)>, Fault> {
    let mut variables = Vec::new();
    if let Some(file) = &args.env_file {
        let bytes = io.read(file).map_err(|fault| fault.of("--env-file"))?;
        for (index, variable) in dotenvy::from_read_iter(bytes.as_slice()).enumerate() {
            // The parser's own message would show the line, which may be a secret.
            let variable = variable
                .map_err(|_| Fault::usage(format!("{file}: entry {} is not NAME=VALUE", index + 1)))?;
            variables.push(variable);
        }
    }
    for text in &args.env {
        variables.push(super::values::pair("--env", text)?);
    }
    let is_name = |name: &str| name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    match variables.iter().find(|(name, _)| !is_name(name)) {
        Some((name, _)) => Err(Fault::usage(format!(
            "--env: `{}` is no name that Lambda takes: letters, digits and underscores",
            super::values::first_word(name)
        ))),
        None => Ok(variables),
    }
}

fn invocation(case: &Case, spec: &FunctionSpec, event: Vec<u8>, io: &Io) -> transport::Invocation {
    let FunctionSettings { name, region, .. } = &spec.settings;
    transport::Invocation {
        request_id: case.stamp.uuid("invocation"),
        event,
        invoked_function_arn: format!("arn:aws:lambda:{region}:{}:function:{name}", case.api.account),
        trace_id: trace_id(case),
        now: Duration::from_millis(u64::try_from(io.now_ms).unwrap_or_default()),
    }
}

fn trace_id(case: &Case) -> String {
    let (root, parent) = (case.stamp.trace_root(), case.stamp.hex("parent", 16));
    format!("{root};Parent={parent};Sampled=0")
}
