//! A handler in a Python or Node file: the file, the interpreter, and how the two are started as a
//! function process. AWS's own runtime interface client is used where it is installed; else a
//! bootstrap of ours that behaves like it, which is handed to the interpreter on its command line.

use super::handler_error::HandlerError;
use super::interpreter::{Interpreter, Language, Runtime};
use super::process::FunctionProcess;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

const PYTHON_BOOTSTRAP: &str = include_str!("bootstrap/bootstrap.py");
const NODE_BOOTSTRAP: &str = include_str!("bootstrap/bootstrap.mjs");

/// The endings that a handler's file may have, in the order in which Lambda looks for them.
const PYTHON_ENDINGS: &[&str] = &[".py", "/__init__.py"];
const NODE_ENDINGS: &[&str] = &[".js", ".mjs", ".cjs", ".ts", ".mts", ".cts"];

/// The first Node version that reads TypeScript by itself on Lambda.
const NODE_WITH_TYPESCRIPT: u32 = 24;

/// A handler that can be started.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandlerProcess {
    /// The interpreter with its arguments.
    pub process: FunctionProcess,
    /// Lambda's handler setting.
    pub handler: String,
    /// A name for the function: that of its file.
    pub name: String,
    /// The directory of the function.
    pub task_root: PathBuf,
    /// The runtime as `AWS_EXECUTION_ENV` names it.
    pub execution_env: String,
}

/// Finds the file of a handler below a directory (`app.lambda_handler`, `src/index.handler`, or a
/// file alone), and what runs it. `runtime` is a name of Lambda's or the path of an interpreter;
/// `path` is the value of `PATH`.
///
/// # Errors
/// When there is no such file, or nothing that runs it.
pub async fn find_handler(
    handler: &str,
    directory: &Path,
    runtime: Option<&str>,
    path: Option<&str>,
) -> Result<HandlerProcess, HandlerError> {
    let runtime = runtime.map(Runtime::parse).transpose()?;
    let here = std::path::absolute(directory).map_err(HandlerError::NoDirectory)?;
    let found = Found::locate(handler, here, runtime.as_ref().and_then(Runtime::language))?;
    let interpreter = found.language.interpreter(runtime.as_ref(), &found.root).await?;
    let args = found.arguments(&interpreter, path)?;
    Ok(HandlerProcess {
        name: found.name(),
        execution_env: found.language.execution_env(&interpreter),
        process: FunctionProcess {
            program: interpreter.program,
            args,
            working_directory: Some(found.root.clone()),
        },
        handler: found.handler,
        task_root: found.root,
    })
}

/// A handler whose file is there.
#[derive(Debug, PartialEq, Eq)]
struct Found {
    language: Language,
    handler: String,
    /// The file, from the root.
    file: String,
    root: PathBuf,
}

impl Found {
    fn locate(text: &str, here: PathBuf, language: Option<Language>) -> Result<Self, HandlerError> {
        let (root, handler) = match Path::new(text) {
            path if path.is_absolute() => match text.rsplit_once('/') {
                Some((directory, name)) => (PathBuf::from(format!("{directory}/")), name.to_owned()),
                None => return Err(HandlerError::NoFunction(text.to_owned())),
            },
            _ => (here, text.strip_prefix("./").unwrap_or(text).to_owned()),
        };
        if handler.contains("..") {
            return Err(HandlerError::Upward(handler));
        }
        if let Some((language, function)) = language_of_file(&handler)
            && root.join(&handler).is_file()
        {
            let stem = handler.rsplit_once('.').map_or(handler.as_str(), |(stem, _)| stem);
            return Ok(Self { language, handler: format!("{stem}.{function}"), file: handler, root });
        }
        let candidates = candidates(&handler, language)?;
        let there = |file: &&(Language, String)| root.join(&file.1).is_file();
        let mut found: Vec<_> = candidates.iter().filter(there).cloned().collect();
        if found.iter().any(|(language, _)| *language != found[0].0) {
            let files = found.into_iter().map(|(_, file)| file).collect();
            return Err(HandlerError::Ambiguous { handler, files });
        }
        if found.is_empty() {
            let looked_for = candidates.into_iter().map(|(_, file)| file).collect();
            return Err(HandlerError::NoFile { handler, directory: root, looked_for });
        }
        let (language, file) = found.swap_remove(0);
        Ok(Self { language, handler, file, root })
    }

    /// The name of the file, without its directories and its ending.
    fn name(&self) -> String {
        let name = self.handler.rsplit('/').next().unwrap_or_default();
        name.split('.').next().filter(|name| !name.is_empty()).unwrap_or("function").to_owned()
    }

    /// What the interpreter is started with.
    fn arguments(
        &self,
        interpreter: &Interpreter,
        path: Option<&str>,
    ) -> Result<Vec<OsString>, HandlerError> {
        let words = |words: &[&str]| words.iter().map(OsString::from).collect::<Vec<_>>();
        // Unbuffered, for the log; and nothing is written beside the code, as on Lambda.
        const PYTHON: [&str; 2] = ["-u", "-B"];
        const NODE: [&str; 3] = ["--input-type=module", "-e", NODE_BOOTSTRAP];
        match self.language {
            Language::Python if interpreter.has_client => {
                Ok([words(&PYTHON), words(&["-m", "awslambdaric", &self.handler])].concat())
            }
            Language::Python => Ok([words(&PYTHON), words(&["-c", PYTHON_BOOTSTRAP])].concat()),
            Language::Node if self.is_typescript() => match self.tsx(path) {
                Some(tsx) => Ok([vec!["--import".into(), tsx.into_os_string()], words(&NODE)].concat()),
                None if interpreter.version.0 >= NODE_WITH_TYPESCRIPT => Ok(words(&NODE)),
                None => Err(HandlerError::NoTsx(self.file.clone())),
            },
            Language::Node => Ok(match self.node_client() {
                Some(client) => vec![client.into_os_string(), OsString::from(&self.handler)],
                None => words(&NODE),
            }),
        }
    }

    fn is_typescript(&self) -> bool {
        self.file.ends_with("ts")
    }

    /// The file of an installed Node package, looked for as Node does: upward from the function.
    fn package(&self, name: &str) -> Option<PathBuf> {
        let file = self.root.join(&self.file);
        let packages = file.ancestors().skip(1).map(|directory| directory.join("node_modules").join(name));
        packages.into_iter().find(|package| package.join("package.json").is_file())
    }

    /// AWS's runtime interface client.
    fn node_client(&self) -> Option<PathBuf> {
        let package = self.package("aws-lambda-ric")?;
        let programs = ["bin/index.mjs", "bin/index.js"].map(|program| package.join(program));
        programs.into_iter().find(|program| program.is_file())
    }

    /// What lets Node read TypeScript: a package of the function's, or the command on `PATH`.
    fn tsx(&self, path: Option<&str>) -> Option<PathBuf> {
        let command = |directory: PathBuf| {
            let program = std::fs::canonicalize(directory.join("tsx")).ok()?;
            Some(program.parent()?.join("loader.mjs"))
        };
        let own = self.package("tsx").map(|package| package.join("dist/loader.mjs"));
        let mut found =
            own.into_iter().chain(std::env::split_paths(path.unwrap_or_default()).filter_map(command));
        found.find(|loader| loader.is_file())
    }
}

/// The language of a file by its ending, and the function that is usually its handler.
fn language_of_file(name: &str) -> Option<(Language, &'static str)> {
    let ending = format!(".{}", name.rsplit_once('.')?.1);
    match () {
        () if ending == ".py" => Some((Language::Python, "lambda_handler")),
        () if NODE_ENDINGS.contains(&ending.as_str()) => Some((Language::Node, "handler")),
        () => None,
    }
}

/// The files that a handler may be in. Python's module ends at the last dot, Node's at the first.
fn candidates(handler: &str, only: Option<Language>) -> Result<Vec<(Language, String)>, HandlerError> {
    let (directory, name) = handler.rfind('/').map_or(("", handler), |slash| handler.split_at(slash + 1));
    let no_function = || HandlerError::NoFunction(handler.to_owned());
    let (python, _) = name.rsplit_once('.').ok_or_else(no_function)?;
    let (node, function) = name.split_once('.').ok_or_else(no_function)?;
    if node.is_empty() || function.is_empty() || name.ends_with('.') {
        return Err(no_function());
    }
    let python = format!("{directory}{}", python.replace('.', "/"));
    let node = format!("{directory}{node}");
    let python = PYTHON_ENDINGS.iter().map(|ending| (Language::Python, format!("{python}{ending}")));
    let node = NODE_ENDINGS.iter().map(|ending| (Language::Node, format!("{node}{ending}")));
    Ok(python.chain(node).filter(|(language, _)| only.is_none_or(|only| only == *language)).collect())
}
