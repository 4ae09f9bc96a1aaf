//! The function on this machine that the flags name: a binary, a handler in a file, or a command
//! line that builds and starts one.

use super::super::exit::Fault;
use super::super::interrupt::interruptible;
use super::super::io::Io;
use super::seconds;
use super::target::Named;
use crate::transport::{self, Code, FunctionProcess, FunctionSettings, HandlerProcess, StartError};
use clap::Args;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How long a command line may take to build a function and to start it.
const BUILD_LIMIT: Duration = Duration::from_secs(600);

/// Which function on this machine is invoked, and what it is told.
#[derive(Debug, Default, Args)]
pub struct LocalFlags {
    /// A function's binary: it is started with Lambda's environment and a Runtime API of its own
    #[arg(long, value_name = "PATH", help_heading = "Target")]
    pub bin: Option<PathBuf>,
    /// A handler in a Python or Node file, as Lambda's setting has it: app.lambda_handler, src/index.handler
    #[arg(long, value_name = "HANDLER", help_heading = "Target")]
    pub handler: Option<String>,
    /// A command line that builds and starts the function, such as 'go run .'; no shell reads it
    #[arg(long, value_name = "LINE", help_heading = "Target")]
    pub cmd: Option<String>,
    /// What runs the handler: python3.12, nodejs22, the path of an interpreter [default: what the file needs, on PATH]
    #[arg(long, value_name = "NAME|PATH", requires = "handler", conflicts_with_all = ["bin", "cmd", "url"], help_heading = "Target")]
    pub runtime: Option<String>,
    /// Arguments of the binary, behind --
    #[arg(last = true, value_name = "ARGS", conflicts_with_all = ["handler", "cmd", "function", "url"])]
    pub args: Vec<OsString>,
    /// A variable of the function's environment; may be repeated
    #[arg(long = "env", value_name = "NAME=VALUE", conflicts_with_all = ["url", "function"], help_heading = "Function")]
    pub env: Vec<String>,
    /// A file with NAME=VALUE lines for the function's environment
    #[arg(long, value_name = "FILE", conflicts_with_all = ["url", "function"], help_heading = "Function")]
    pub env_file: Option<String>,
    /// A JSON file with variables, as SAM has it: {"FUNCTION": {"NAME": "VALUE"}, "Parameters": {…}}
    #[arg(long, value_name = "FILE", conflicts_with_all = ["url", "function"], help_heading = "Function")]
    pub env_vars: Option<String>,
    /// Pass this machine's variables, too, below Lambda's own; credentials of AWS are among them
    #[arg(long, conflicts_with_all = ["url", "function"], help_heading = "Function")]
    pub inherit_env: bool,
    /// What the function is called [default: by its binary, file or directory]
    #[arg(long, value_name = "NAME", value_parser = function_name, conflicts_with_all = ["url", "function"], help_heading = "Function")]
    pub function_name: Option<String>,
    /// The function's memory size in MB [default: 128]
    #[arg(long, value_name = "MB", value_parser = clap::value_parser!(u32).range(128..=10_240), conflicts_with_all = ["url", "function"], help_heading = "Function")]
    pub memory: Option<u32>,
    /// Seconds until the function has to ask for its first event [default: 10, with --cmd 600]
    #[arg(long, value_name = "SECONDS", value_parser = seconds, allow_negative_numbers = true, conflicts_with_all = ["url", "function"], help_heading = "Function")]
    pub init_timeout: Option<Duration>,
    /// Stay after the answer and let others invoke the warm function, by Lambda's Invoke API on this port [a free one]
    #[arg(long, value_name = "PORT", num_args = 0..=1, require_equals = true, default_missing_value = "0", conflicts_with_all = ["url", "function"], help_heading = "Function")]
    pub keep: Option<u16>,
    /// Stay after the answer, and start and invoke the function anew whenever its code changes
    #[arg(long, conflicts_with_all = ["url", "function", "keep"], help_heading = "Function")]
    pub watch: bool,
    /// Write Lambda's START, END and REPORT lines around the function's log; -v does, too
    #[arg(long, conflicts_with_all = ["url", "function"], help_heading = "Output")]
    pub report: bool,
}

/// A name that Lambda takes for a function.
fn function_name(text: &str) -> Result<String, String> {
    let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
    match (1..=64).contains(&text.len()) && text.bytes().all(is_letter) {
        true => Ok(text.to_owned()),
        false => Err("up to 64 letters, digits, hyphens and underscores are needed".to_owned()),
    }
}

/// What to start, and what it is told about itself.
pub(in crate::commands) struct Local {
    pub(in crate::commands) process: FunctionProcess,
    pub(in crate::commands) settings: FunctionSettings,
}

impl Local {
    /// Finds what is named, with what the flags say of it; `None` if that was interrupted.
    pub(in crate::commands) fn find(
        named: Named<'_>,
        args: &LocalFlags,
        io: &Io,
    ) -> Result<Option<Self>, Fault> {
        let found = match named {
            Named::Handler(handler) => Self::handler(handler, args, io)?,
            Named::Command(line) => Some(Self::command(line, io)?),
            Named::Bin(bin) => Some(Self::binary(bin, args)),
            Named::Function(_) | Named::Url(_) => return Err(Named::missing()),
        };
        Ok(found.map(|mut found| {
            let settings = &mut found.settings;
            settings.name = args.function_name.clone().unwrap_or(std::mem::take(&mut settings.name));
            settings.memory_mb = args.memory.unwrap_or(settings.memory_mb);
            found
        }))
    }

    fn binary(bin: &Path, args: &LocalFlags) -> Self {
        let process = FunctionProcess { args: args.args.clone(), ..FunctionProcess::new(bin) };
        let name = bin.file_stem().map(|name| name.to_string_lossy().into_owned());
        let mut settings =
            FunctionSettings { handler: "bootstrap".to_owned(), ..FunctionSettings::default() };
        settings.name = name.unwrap_or(settings.name);
        Self { process, settings }
    }

    fn command(line: &str, io: &Io) -> Result<Self, Fault> {
        /// Words that mean something to a shell only.
        const OF_A_SHELL: [&str; 8] = ["&&", "||", "|", ";", "&", ">", ">>", "<"];
        let mut words = shell_words::split(line)
            .map_err(|_| Fault::usage("--cmd: a quotation mark is opened and never closed"))?;
        if let Some(word) = words.iter().find(|word| OF_A_SHELL.contains(&word.as_str())) {
            let message = format!("--cmd: no shell reads the line, so `{word}` would be an argument");
            return Err(Fault::usage(message).hint("ask for one: --cmd \"sh -c '… && exec ./bootstrap'\""));
        }
        if words.is_empty() {
            return Err(Fault::usage("--cmd: the line is empty").hint("such as --cmd 'go run .'"));
        }
        let (program, directory) = (words.remove(0), PathBuf::from(io.directory()));
        if program.contains('=') && !Path::new(&program).exists() {
            return Err(Fault::usage("--cmd: the line begins with a variable, and no shell reads it")
                .hint("variables are given with --env NAME=VALUE"));
        }
        let args = words.into_iter().map(OsString::from).collect();
        let name = directory.file_name().map(|name| name.to_string_lossy().into_owned());
        let mut settings = FunctionSettings {
            handler: "bootstrap".to_owned(),
            inherited: for_builds(io),
            ..FunctionSettings::default()
        };
        settings.name = name.unwrap_or(settings.name);
        settings.task_root = Some(directory);
        Ok(Self { process: FunctionProcess { args, ..FunctionProcess::new(program) }, settings })
    }

    fn handler(handler: &str, args: &LocalFlags, io: &Io) -> Result<Option<Self>, Fault> {
        let path = io.env.get("PATH").map(String::as_str);
        let found =
            interruptible(transport::find_handler(handler, Path::new("."), args.runtime.as_deref(), path))?;
        let Some(found) = found else { return Ok(None) };
        let found = found.map_err(|error| Fault::usage(format!("--handler: {error}")))?;
        let HandlerProcess { process, handler, name, task_root, execution_env } = found;
        let (task_root, execution_env) = (Some(task_root), Some(execution_env));
        let settings = FunctionSettings { name, handler, task_root, execution_env, ..Default::default() };
        Ok(Some(Self { process, settings }))
    }
}

impl LocalFlags {
    /// How long the function may take until it asks for its first event. A build counts.
    pub(super) fn init_limit(&self, usual: Duration) -> Duration {
        let usual = if self.cmd.is_some() { BUILD_LIMIT } else { usual };
        self.init_timeout.unwrap_or(usual)
    }
}

/// Why a function could not be started; `builds`: it is a command line that builds it.
pub(super) fn start_fault(error: &StartError, builds: bool) -> Fault {
    match error {
        StartError::NotFound(program) if builds => Fault::usage(format!(
            "--cmd: there is no program `{}`, neither in this directory nor on PATH",
            program.display()
        )),
        error if builds => Fault::usage(format!("--cmd: {error}")),
        error => Fault::usage(error.to_string()),
    }
}

/// The code of a function: the directory of a handler or of a build, or a binary with what lies
/// beside it.
pub(super) fn code(process: &FunctionProcess, settings: &FunctionSettings) -> Code {
    let program = std::path::absolute(&process.program).unwrap_or_else(|_| process.program.clone());
    match &settings.task_root {
        Some(directory) => Code { directory: directory.clone(), program: None },
        None => {
            let directory = program.parent().map(Path::to_owned).unwrap_or_default();
            Code { directory, program: Some(program) }
        }
    }
}

/// The variables of this machine that builds need: where their caches, settings and servers are.
/// Lambda has none of them, but nothing is built there.
fn for_builds(io: &Io) -> Vec<(String, String)> {
    const NAMES: [&str; 16] = [
        "HOME",
        "USER",
        "LOGNAME",
        "TMPDIR",
        "TEMP",
        "TMP",
        "JAVA_HOME",
        "CC",
        "CXX",
        "SSL_CERT_FILE",
        "HTTP_PROXY",
        "HTTPS_PROXY",
        "NO_PROXY",
        "http_proxy",
        "https_proxy",
        "no_proxy",
    ];
    const FAMILIES: [&str; 9] =
        ["CARGO_", "RUST", "GO", "CGO_", "XDG_", "DOTNET_", "NUGET_", "GRADLE_", "npm_config_"];
    let is_for_builds =
        |name: &str| NAMES.contains(&name) || FAMILIES.iter().any(|family| name.starts_with(family));
    let found = io.env.iter().filter(|(name, _)| is_for_builds(name));
    found.map(|(name, value)| (name.clone(), value.clone())).collect()
}
