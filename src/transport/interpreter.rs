//! The interpreter of a handler: which one is asked for, and what the one that is there says of
//! itself.

use super::handler_error::HandlerError;
use std::fmt;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;
use tokio::process::Command;
use tokio::time::timeout;

/// How long an interpreter may take to tell its version.
const PATIENCE: Duration = Duration::from_secs(10);

/// A language that handlers are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Language {
    /// Python 3.
    Python,
    /// JavaScript and TypeScript.
    Node,
}

/// What `--runtime` names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Runtime {
    /// A language, and its version if one is asked for: `3.12`, `22`.
    Named(Language, Option<String>),
    /// An interpreter.
    Path(PathBuf),
}

impl Runtime {
    /// Reads `python3.12`, `nodejs22.x`, `node`, or a path.
    pub(super) fn parse(text: &str) -> Result<Self, HandlerError> {
        if text.contains(['/', '\\']) {
            return Ok(Self::Path(PathBuf::from(text)));
        }
        let is_version = |version: &str| {
            version.split('.').all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
        };
        let named = if let Some(version) = text.strip_prefix("python") {
            let version = (!matches!(version, "" | "3")).then_some(version);
            (Language::Python, version, version.is_none_or(|version| version.starts_with("3.")))
        } else if let Some(version) = text.strip_prefix("nodejs").or_else(|| text.strip_prefix("node")) {
            let version = version.strip_suffix(".x").unwrap_or(version);
            let version = (!version.is_empty()).then_some(version);
            (Language::Node, version, version.is_none_or(|version| !version.contains('.')))
        } else {
            return Err(HandlerError::UnknownRuntime(text.to_owned()));
        };
        match named {
            (language, version, true) if version.is_none_or(is_version) => {
                Ok(Self::Named(language, version.map(str::to_owned)))
            }
            _ => Err(HandlerError::UnknownRuntime(text.to_owned())),
        }
    }

    /// The language that it stands for; of a path, what its name says.
    pub(super) fn language(&self) -> Option<Language> {
        let Self::Path(path) = self else {
            let Self::Named(language, _) = self else { return None };
            return Some(*language);
        };
        let name = path.file_name()?.to_string_lossy();
        match () {
            () if name.starts_with("python") || name.starts_with("pypy") => Some(Language::Python),
            () if name.starts_with("node") => Some(Language::Node),
            () => None,
        }
    }
}

/// An interpreter that is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Interpreter {
    /// Its absolute path; a shim is seen through.
    pub(super) program: PathBuf,
    /// Its version: 3 and 12, 22 and 4.
    pub(super) version: (u32, u32),
    /// Whether it has AWS's own runtime interface client (Python only).
    pub(super) has_client: bool,
}

impl Language {
    /// The names of its interpreters on `PATH`, the likeliest first.
    fn programs(self, version: Option<&str>) -> Vec<String> {
        let (exact, usual): (_, &[&str]) = match self {
            Self::Python => (version.map(|version| format!("python{version}")), &["python3", "python"]),
            Self::Node => (None, &["node", "nodejs"]),
        };
        exact.into_iter().chain(usual.iter().map(|name| (*name).to_owned())).collect()
    }

    /// A line for each of: its own path, its version, and whether AWS's client can be imported.
    fn question(self) -> [&'static str; 2] {
        match self {
            Self::Python => [
                "-c",
                "import sys, importlib.util as u; print(sys.executable); print('%d.%d' % sys.version_info[:2]); \
                 print(u.find_spec('awslambdaric') is not None)",
            ],
            Self::Node => ["-p", "process.execPath + '\\n' + process.versions.node"],
        }
    }

    /// Finds the interpreter that runs this language, or the one that was asked for.
    ///
    /// # Errors
    /// When there is none, or another version.
    pub(super) async fn interpreter(
        self,
        runtime: Option<&Runtime>,
        directory: &Path,
    ) -> Result<Interpreter, HandlerError> {
        let (programs, version) = match runtime {
            Some(Runtime::Path(path)) => (vec![path.display().to_string()], None),
            Some(Runtime::Named(_, version)) => (self.programs(version.as_deref()), version.as_deref()),
            None => (self.programs(None), None),
        };
        let mut tried = Vec::new();
        for program in programs {
            match self.ask(&program, directory).await {
                Ok(found) if version.is_none_or(|version| self.is_version(found.version, version)) => {
                    return Ok(found);
                }
                Ok(found) => tried.push(format!("{program} is {}", self.version(found.version))),
                Err(reason) => tried.push(format!("{program} {reason}")),
            }
        }
        let wanted = version.map_or_else(|| self.to_string(), |version| format!("{self} {version}"));
        let other = match self {
            Self::Python => "python3 or /path/to/python",
            Self::Node => "nodejs or /path/to/node",
        };
        Err(HandlerError::NoInterpreter { wanted, tried, other })
    }

    /// Starts a program in the function's directory and lets it tell what it is.
    async fn ask(self, program: &str, directory: &Path) -> Result<Interpreter, String> {
        let is_path = program.contains(['/', '\\']);
        let path = if is_path { std::path::absolute(program).ok() } else { None };
        let mut command = Command::new(path.unwrap_or_else(|| PathBuf::from(program)));
        command.args(self.question()).current_dir(directory).stdin(Stdio::null()).kill_on_drop(true);
        let output = match timeout(PATIENCE, command.output()).await {
            Err(_) => return Err("does not answer".to_owned()),
            Ok(Err(error)) if error.kind() == std::io::ErrorKind::NotFound => {
                return Err(if is_path { "is not there" } else { "is not on PATH" }.to_owned());
            }
            Ok(Err(error)) => return Err(format!("does not start ({error})")),
            Ok(Ok(output)) => output,
        };
        let answer = String::from_utf8_lossy(&output.stdout);
        let lines: Vec<&str> = answer.lines().map(str::trim).collect();
        match lines.as_slice() {
            [program, version, rest @ ..] if output.status.success() => {
                let (major, minor) = version.split_once('.').unwrap_or((version, "0"));
                let minor = minor.split('.').next().unwrap_or_default();
                let (Ok(major), Ok(minor)) = (major.parse(), minor.parse()) else {
                    return Err(format!("is no {self}"));
                };
                let has_client = rest.first() == Some(&"True");
                Ok(Interpreter { program: PathBuf::from(program), version: (major, minor), has_client })
            }
            _ => Err(format!("is no {self}")),
        }
    }

    fn is_version(self, found: (u32, u32), wanted: &str) -> bool {
        self.version(found) == wanted
    }

    /// The part of a version that names a runtime of Lambda.
    fn version(self, (major, minor): (u32, u32)) -> String {
        match self {
            Self::Python => format!("{major}.{minor}"),
            Self::Node => major.to_string(),
        }
    }

    /// What Lambda would call the runtime in `AWS_EXECUTION_ENV`.
    pub(super) fn execution_env(self, interpreter: &Interpreter) -> String {
        let version = self.version(interpreter.version);
        match self {
            Self::Python => format!("AWS_Lambda_python{version}"),
            Self::Node => format!("AWS_Lambda_nodejs{version}.x"),
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Python => "Python",
            Self::Node => "Node",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_runtime_is_a_name_of_lambda_s_or_a_path() {
        let named = |language, version: &str| Runtime::Named(language, Some(version.to_owned()));
        for (text, runtime) in [
            ("python", Runtime::Named(Language::Python, None)),
            ("python3", Runtime::Named(Language::Python, None)),
            ("python3.12", named(Language::Python, "3.12")),
            ("node", Runtime::Named(Language::Node, None)),
            ("nodejs22", named(Language::Node, "22")),
            ("nodejs22.x", named(Language::Node, "22")),
            ("/opt/python/bin/python", Runtime::Path("/opt/python/bin/python".into())),
        ] {
            assert_eq!(Runtime::parse(text).unwrap(), runtime, "{text}");
        }
        for text in ["", "ruby3.3", "python2.7", "python3.x", "nodejs22.1", "nodejslts", "pythonista"] {
            assert!(matches!(Runtime::parse(text), Err(HandlerError::UnknownRuntime(_))), "{text}");
        }
    }
}
