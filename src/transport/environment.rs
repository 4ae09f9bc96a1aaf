//! The environment variables that Lambda gives a function process.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// What a function is told about itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FunctionSettings {
    /// Its name.
    pub name: String,
    /// Its version: `$LATEST`, or a number.
    pub version: String,
    /// The handler setting; empty: none, as for most compiled functions.
    pub handler: String,
    /// The memory size in MB.
    pub memory_mb: u32,
    /// The region that it believes to run in.
    pub region: String,
    /// The name of its log stream: `2026/01/31/[$LATEST]0123…`.
    pub log_stream: String,
    /// The X-Ray header that the process starts with; runtimes replace it for each event.
    pub trace_id: Option<String>,
    /// The managed runtime that it believes to run in, as `AWS_EXECUTION_ENV` names it such as
    /// `AWS_Lambda_python3.12`; `None`: none, as for compiled functions.
    pub execution_env: Option<String>,
    /// The form of its log: `Text` or `JSON`; `None`: nothing is said.
    pub log_format: Option<String>,
    /// The least level of its log, such as `INFO`; `None`: nothing is said.
    pub log_level: Option<String>,
    /// The directory of its code; `None`: that of the program.
    pub task_root: Option<PathBuf>,
    /// The host's `PATH`, so that scripts find their interpreter; `None`: Lambda's own.
    pub path: Option<String>,
    /// Variables of the host, which give way to all others; what Lambda keeps for itself is not
    /// taken from them.
    pub inherited: Vec<(String, String)>,
    /// The function's own variables, the last of equal names counts. Credentials belong here:
    /// none are passed that were not given.
    pub extra: Vec<(String, String)>,
    /// Variables that are known only when its first process starts; they give way to all others.
    pub later: OnceLock<Vec<(String, String)>>,
}

impl Default for FunctionSettings {
    fn default() -> Self {
        Self {
            name: "function".to_owned(),
            version: "$LATEST".to_owned(),
            handler: String::new(),
            memory_mb: 128,
            region: "us-east-1".to_owned(),
            log_stream: "1970/01/01/[$LATEST]00000000000000000000000000000000".to_owned(),
            trace_id: None,
            execution_env: None,
            log_format: None,
            log_level: None,
            task_root: None,
            path: None,
            inherited: Vec::new(),
            extra: Vec::new(),
            later: OnceLock::new(),
        }
    }
}

/// A variable that cannot be given to a function.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EnvironmentError {
    /// Lambda sets it itself and refuses a function that is configured with it.
    Reserved(String),
    /// No process can have a variable of that name, or with that value.
    Impossible(String),
}

impl fmt::Display for EnvironmentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Reserved(name) => {
                write!(f, "the variable {name} is reserved: Lambda sets it and accepts no other value")?;
                match own_setting(name) {
                    Some(setting) => write!(f, "; change the {setting} instead"),
                    None => write!(f, "; leave it out"),
                }
            }
            Self::Impossible(name) => {
                write!(
                    f,
                    "{name:?} cannot be a variable: a name is not empty and has no `=`, nothing has a NUL"
                )
            }
        }
    }
}

impl std::error::Error for EnvironmentError {}

/// The setting that decides a reserved variable.
fn own_setting(name: &str) -> Option<&'static str> {
    Some(match name {
        "_HANDLER" => "function's handler",
        "AWS_REGION" | "AWS_DEFAULT_REGION" => "region",
        "AWS_LAMBDA_FUNCTION_NAME" => "function's name",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE" => "memory size",
        _ => return None,
    })
}

/// Names that Lambda keeps for itself beside those that [`lambda_environment`] sets anyway.
/// Credentials are not among them: locally somebody has to give them.
const ALSO_RESERVED: &[&str] = &["_X_AMZN_TRACE_ID", "AWS_EXECUTION_ENV", "AWS_LAMBDA_MAX_CONCURRENCY"];

/// What Lambda sets, but lets a function set otherwise.
const MAY_BE_SET: &[&str] = &[
    "PATH",
    "LANG",
    "TZ",
    "AWS_LAMBDA_LOG_FORMAT",
    "AWS_LAMBDA_LOG_LEVEL",
    "AWS_XRAY_CONTEXT_MISSING",
    "AWS_XRAY_DAEMON_ADDRESS",
];

/// The whole environment of a process that runs `program` and finds the Runtime API at
/// `runtime_api` (`host:port`).
///
/// # Errors
/// When a variable of `settings.extra` is reserved or impossible.
pub fn lambda_environment(
    settings: &FunctionSettings,
    program: &Path,
    runtime_api: &str,
) -> Result<Vec<(String, String)>, EnvironmentError> {
    let mut variables = own_variables(settings, program, runtime_api);
    for (name, value) in &settings.extra {
        check(name, value, &variables)?;
    }
    for (name, value) in &settings.extra {
        match variables.iter_mut().find(|(present, _)| present == name) {
            Some((_, present)) => present.clone_from(value),
            None => variables.push((name.clone(), value.clone())),
        }
    }
    let later = settings.later.get().into_iter().flatten();
    let inherited = settings.inherited.iter().chain(later).filter(|(name, value)| is_harmless(name, value));
    for (name, value) in inherited {
        if !variables.iter().any(|(present, _)| present == name) {
            variables.push((name.clone(), value.clone()));
        }
    }
    Ok(variables)
}

/// Whether a variable of the host may be passed: it tells nothing of a function around us.
fn is_harmless(name: &str, value: &str) -> bool {
    let of_lambda = ["AWS_LAMBDA_", "LAMBDA_", "_LAMBDA_"].iter().any(|family| name.starts_with(family));
    !of_lambda && !ALSO_RESERVED.contains(&name) && is_possible(name, value)
}

fn is_possible(name: &str, value: &str) -> bool {
    !name.is_empty() && !name.contains(['=', '\0']) && !value.contains('\0')
}

fn check(name: &str, value: &str, own: &[(String, String)]) -> Result<(), EnvironmentError> {
    if !is_possible(name, value) {
        return Err(EnvironmentError::Impossible(name.to_owned()));
    }
    let lambda_sets_it = own.iter().any(|(reserved, _)| reserved == name) || ALSO_RESERVED.contains(&name);
    if lambda_sets_it && !MAY_BE_SET.contains(&name) {
        return Err(EnvironmentError::Reserved(name.to_owned()));
    }
    Ok(())
}

fn own_variables(settings: &FunctionSettings, program: &Path, runtime_api: &str) -> Vec<(String, String)> {
    const LAMBDA_PATH: &str = "/var/lang/bin:/usr/local/bin:/usr/bin/:/bin:/opt/bin";
    let task_root = settings.task_root.clone().unwrap_or_else(|| directory_of(program));
    let mut variables: Vec<(String, String)> = [
        ("AWS_LAMBDA_RUNTIME_API", runtime_api),
        ("AWS_LAMBDA_FUNCTION_NAME", &settings.name),
        ("AWS_LAMBDA_FUNCTION_VERSION", &settings.version),
        ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", &settings.memory_mb.to_string()),
        ("AWS_LAMBDA_LOG_GROUP_NAME", &format!("/aws/lambda/{}", settings.name)),
        ("AWS_LAMBDA_LOG_STREAM_NAME", &settings.log_stream),
        ("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand"),
        ("_HANDLER", &settings.handler),
        ("AWS_REGION", &settings.region),
        ("AWS_DEFAULT_REGION", &settings.region),
        ("AWS_XRAY_CONTEXT_MISSING", "LOG_ERROR"),
        // Where a daemon of X-Ray listens on a machine that runs one; elsewhere nobody gets the datagrams.
        ("AWS_XRAY_DAEMON_ADDRESS", "127.0.0.1:2000"),
        ("_AWS_XRAY_DAEMON_ADDRESS", "127.0.0.1"),
        ("_AWS_XRAY_DAEMON_PORT", "2000"),
        ("LAMBDA_TASK_ROOT", &task_root.to_string_lossy()),
        ("LAMBDA_RUNTIME_DIR", "/var/runtime"),
        ("TZ", ":UTC"),
        ("LANG", "en_US.UTF-8"),
        ("PATH", settings.path.as_deref().unwrap_or(LAMBDA_PATH)),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .into();
    for (name, value) in [
        ("_X_AMZN_TRACE_ID", &settings.trace_id),
        ("AWS_LAMBDA_LOG_FORMAT", &settings.log_format),
        ("AWS_LAMBDA_LOG_LEVEL", &settings.log_level),
    ] {
        variables.extend(value.as_ref().map(|value| (name.to_owned(), value.clone())));
    }
    // Managed runtimes start in the directory of the code, and say so.
    if let Some(runtime) = &settings.execution_env {
        variables.push(("PWD".to_owned(), task_root.to_string_lossy().into_owned()));
        variables.push(("SHLVL".to_owned(), "0".to_owned()));
        variables.push(("AWS_EXECUTION_ENV".to_owned(), runtime.clone()));
    }
    variables
}

fn directory_of(program: &Path) -> PathBuf {
    // Absolute if that is possible, for a function may change its working directory.
    let absolute = std::path::absolute(program).unwrap_or_else(|_| program.to_owned());
    absolute.parent().map(Path::to_owned).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn environment(extra: &[(&str, &str)]) -> Result<Vec<(String, String)>, EnvironmentError> {
        let extra = extra.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let settings = FunctionSettings { extra, handler: "app.handler".to_owned(), ..Default::default() };
        lambda_environment(&settings, Path::new("/code/bootstrap"), "127.0.0.1:9001")
    }

    fn value<'v>(variables: &'v [(String, String)], name: &str) -> Option<&'v str> {
        let mut found = variables.iter().filter(|(own, _)| own == name);
        let value = found.next().map(|(_, value)| value.as_str());
        assert!(found.next().is_none(), "{name} stands twice");
        value
    }

    #[test]
    fn a_function_is_told_what_lambda_tells_it() {
        let variables =
            environment(&[("TABLE", "old"), ("TABLE", "users"), ("TZ", "Europe/Berlin")]).unwrap();
        for (name, expected) in [
            ("AWS_LAMBDA_RUNTIME_API", Some("127.0.0.1:9001")),
            ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", Some("128")),
            ("AWS_LAMBDA_LOG_GROUP_NAME", Some("/aws/lambda/function")),
            ("LAMBDA_TASK_ROOT", Some("/code")),
            ("_HANDLER", Some("app.handler")),
            ("TABLE", Some("users")),
            ("TZ", Some("Europe/Berlin")),
            ("_X_AMZN_TRACE_ID", None),
            ("AWS_ACCESS_KEY_ID", None),
            ("HOME", None),
        ] {
            assert_eq!(value(&variables, name), expected, "{name}");
        }
    }

    #[test]
    fn reserved_and_impossible_variables_are_refused_by_name() {
        for name in ["_HANDLER", "AWS_REGION", "AWS_LAMBDA_RUNTIME_API", "AWS_EXECUTION_ENV"] {
            let error = environment(&[(name, "x")]).unwrap_err();
            assert_eq!(error, EnvironmentError::Reserved(name.to_owned()));
            assert!(error.to_string().contains(name));
        }
        for name in ["", "A=B", "A\0"] {
            assert!(matches!(environment(&[(name, "x")]), Err(EnvironmentError::Impossible(_))), "{name:?}");
        }
        assert!(environment(&[("AWS_ACCESS_KEY_ID", "x"), ("PATH", "/bin")]).is_ok());
    }
}
