//! A function on this machine: what it is told, and how it is invoked.

use super::super::exit::Fault;
use super::super::io::Io;
use super::super::values;
use super::Invoke;
use super::case::Case;
use super::local::{Local, LocalFlags};
use super::target::Named;
use super::verdict::{Verdict, judge};
use crate::transport::{self, FunctionHost, FunctionSettings, FunctionSpec};
use std::time::{Duration, Instant};

/// A function on this machine. Its process begins with the first question and stays for the next.
#[derive(Debug)]
pub(super) struct FunctionTarget {
    host: FunctionHost,
    function_arn: String,
    /// The time of day when the target was found.
    now: Duration,
    found: Instant,
    asked: u64,
}

impl FunctionTarget {
    /// The function of that name, told of a first call; `None` if that was interrupted.
    ///
    /// # Errors
    /// Faults of the command line, and of the files that it names.
    pub(super) fn find(
        named: Named<'_>,
        args: &Invoke,
        first: &Case,
        io: &mut Io,
    ) -> Result<Option<Self>, Fault> {
        let Some(local) = Local::find(named, &args.local, io)? else { return Ok(None) };
        let spec = spec(local, args, first, io)?;
        let FunctionSettings { name, region, .. } = &spec.settings;
        let function_arn = format!("arn:aws:lambda:{region}:{}:function:{name}", first.api.account);
        let now = Duration::from_millis(u64::try_from(io.now_ms).unwrap_or_default());
        Ok(Some(Self { host: FunctionHost::new(spec), function_arn, now, found: Instant::now(), asked: 0 }))
    }

    /// Invokes the function, and judges what it answers.
    ///
    /// # Errors
    /// When the program cannot be started.
    pub(super) async fn ask(&mut self, case: Case) -> Result<Verdict, Fault> {
        let event = case.event.as_ref().ok().and_then(|event| serde_json::to_vec(event).ok());
        let invocation = transport::Invocation {
            request_id: self.request_id(&case),
            event: event.unwrap_or_default().into(),
            invoked_function_arn: self.function_arn.clone(),
            trace_id: trace_id(&case),
            now: self.now + self.found.elapsed(),
            ..transport::Invocation::default()
        };
        let request_id = invocation.request_id.clone();
        let invoked = self.host.invoke(invocation).await;
        let invoked = invoked.map_err(|error| Fault::usage(error.to_string()))?;
        Ok(judge(case, invoked, &request_id))
    }

    /// Ends the process.
    pub(super) async fn close(self) {
        self.host.stop().await;
    }

    /// The id of the invocation: of the case, and another one each time that it is asked again.
    fn request_id(&mut self, case: &Case) -> String {
        self.asked += 1;
        match self.asked {
            1 => case.stamp.uuid("invocation"),
            n => case.stamp.uuid(&format!("invocation-{n}")),
        }
    }
}

fn spec(local: Local, args: &Invoke, case: &Case, io: &mut Io) -> Result<FunctionSpec, Fault> {
    let Local { process, settings: own } = local;
    let mut spec = FunctionSpec::new(process);
    spec.timeout = args.timeout.unwrap_or(spec.timeout);
    spec.settings = settings(own, case, io);
    for (name, value) in variables(&args.local, io)? {
        // Lambda's own variables have settings; naming one sets it.
        match name.as_str() {
            "_HANDLER" if args.local.handler.is_some() || args.compare.compare_handler.is_some() => {
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
fn variables(args: &LocalFlags, io: &mut Io) -> Result<Vec<(String, String)>, Fault> {
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
        variables.push(values::pair("--env", text)?);
    }
    let is_name = |name: &str| name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    match variables.iter().find(|(name, _)| !is_name(name)) {
        Some((name, _)) => Err(Fault::usage(format!(
            "--env: `{}` is no name that Lambda takes: letters, digits and underscores",
            values::first_word(name)
        ))),
        None => Ok(variables),
    }
}

fn trace_id(case: &Case) -> String {
    let (root, parent) = (case.stamp.trace_root(), case.stamp.hex("parent", 16));
    format!("{root};Parent={parent};Sampled=0")
}
