//! Where the code of a function lies on this machine: as a flag names it, or as a template does.

use super::super::exit::Fault;
use super::super::io::plain;
use crate::template::{Function, FunctionCode, Resolved};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// The code of a function.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Code {
    /// A program.
    Program(PathBuf),
    /// A handler in a file below a directory, with the runtime that a template names.
    Handler {
        /// Lambda's setting: `app.handler`.
        handler: String,
        /// The directory of the function.
        directory: PathBuf,
        /// Such as `python3.12`.
        runtime: Option<String>,
    },
}

/// The name of a program that Lambda starts.
const BOOTSTRAP: &str = "bootstrap";

/// Runtimes in which a function is a program.
const OF_PROGRAMS: [&str; 3] = ["provided", "go1", "rust"];

impl Code {
    /// What a flag names: a program, a directory with a `bootstrap`, or a handler, which may stand
    /// below a directory: `src/app.handler`. Paths count from `beside`.
    pub(super) fn of_flag(text: &str, beside: &Path) -> Self {
        let path = beside.join(text);
        if path.join(BOOTSTRAP).is_file() {
            return Self::Program(path.join(BOOTSTRAP));
        }
        let is_program = path.extension().is_none()
            && (path.is_file() || text.starts_with("./") || text.starts_with("../") || path.is_absolute());
        if is_program {
            return Self::Program(path);
        }
        // A handler may not climb; its directory may.
        let (directory, handler) = match text.rfind("../") {
            Some(at) => (Path::new(&text[..at + 3]), &text[at + 3..]),
            None => (Path::new("."), text),
        };
        Self::Handler { handler: handler.to_owned(), directory: beside.join(directory), runtime: None }
    }

    /// What a template says of a function; `beside` is the directory that the template is in. Code that
    /// is written out in the template goes into files below `scratch`.
    ///
    /// # Errors
    /// Why nothing on this machine can be started, in words.
    pub(super) fn of_template(function: &Function, beside: &Path, scratch: &TempDir) -> Result<Self, String> {
        let FunctionCode { uri, handler, runtime, inline, is_image, .. } = &function.code;
        if *is_image {
            return Err("it is a container image".to_owned());
        }
        let id = function.origin.logical_id.as_str();
        let runtime = runtime.as_ref().map(Resolved::text);
        let handler = handler.as_ref().map(Resolved::text);
        let directory = match (uri, inline) {
            (_, Some(text)) => written_out(text, id, runtime, scratch)?,
            (Some(uri), None) if uri.text().contains("${") || uri.text().starts_with("s3://") => {
                return Err(format!("its code lies in {}", uri.text()));
            }
            (Some(uri), None) => beside.join(uri.text()),
            // The directory of a bare file name is an empty path, in which nothing can be started.
            (None, None) => Path::new(".").join(beside),
        };
        if directory.extension().is_some_and(|ending| ["zip", "jar"].iter().any(|own| ending == *own)) {
            return Err(format!("its code is the archive {}", directory.display()));
        }
        match runtime {
            Some(name) if ["python", "nodejs"].iter().any(|own| name.starts_with(own)) => {
                let handler = handler.ok_or("it has no Handler")?.to_owned();
                Ok(Self::Handler { handler, directory, runtime: Some(name.to_owned()) })
            }
            Some(name) if OF_PROGRAMS.iter().any(|own| name.starts_with(own)) => {
                program(function, &directory, beside)
            }
            Some(name) => Err(format!("nothing here runs {name}")),
            None if directory.is_file() => Ok(Self::Program(directory)),
            None => Err("the template names no runtime".to_owned()),
        }
    }
}

/// Looks for the program of a function: where the template says, and where `sam build` and
/// `cargo lambda build` put it.
fn program(function: &Function, directory: &Path, beside: &Path) -> Result<Code, String> {
    let id = function.origin.logical_id.as_str();
    let handler = function.code.handler.as_ref().map(Resolved::text);
    let name = function.name.as_ref().map(Resolved::text);
    let mut places = vec![directory.to_owned(), directory.join(BOOTSTRAP)];
    places.push(beside.join(".aws-sam/build").join(id).join(BOOTSTRAP));
    let names = [handler, name, Some(id)].into_iter().flatten().filter(|name| is_plain(name));
    for name in names {
        places.push(directory.join("target/lambda").join(name).join(BOOTSTRAP));
    }
    match places.iter().find(|place| place.is_file()) {
        Some(found) => Ok(Code::Program(found.clone())),
        None => {
            let places: Vec<_> = places[1..].iter().map(|place| place.display().to_string()).collect();
            Err(format!("it is not built: there is no {}", places.join(", no ")))
        }
    }
}

/// Whether a name is one of a directory: nothing of a template leads out of where it may look.
fn is_plain(name: &str) -> bool {
    !name.is_empty() && !name.contains(['/', '\\', '$']) && name != ".."
}

/// Code that stands in a template, as Lambda writes it: in `index` with the ending of its runtime.
fn written_out(text: &str, id: &str, runtime: Option<&str>, scratch: &TempDir) -> Result<PathBuf, String> {
    let ending = if runtime.is_some_and(|name| name.starts_with("python")) { "py" } else { "js" };
    let directory = scratch.path().join(if is_plain(id) { id } else { "function" });
    let written = std::fs::create_dir_all(&directory)
        .and_then(|()| std::fs::write(directory.join(format!("index.{ending}")), text));
    written.map(|()| directory).map_err(|error| format!("its code cannot be written out: {}", plain(&error)))
}

/// A function whose code was not found, with what to do.
pub(super) fn fault(place: &str, id: &str, reason: &str) -> Fault {
    Fault::usage(format!("{place}: the function {id} cannot be started: {reason}"))
        .hint(format!("name what stands for it: --function {id}=./path/to/bootstrap, or =path/app.handler"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flag_names_a_program_or_a_handler() {
        let handler = |handler: &str, directory: &str| Code::Handler {
            handler: handler.to_owned(),
            directory: PathBuf::from(directory),
            runtime: None,
        };
        for (text, code) in [
            ("./bootstrap", Code::Program("./bootstrap".into())),
            ("/opt/f", Code::Program("/opt/f".into())),
            ("app.lambda_handler", handler("app.lambda_handler", ".")),
            ("src/index.handler", handler("src/index.handler", ".")),
            ("../other/index.handler", handler("other/index.handler", "../")),
        ] {
            assert_eq!(Code::of_flag(text, Path::new("")), code, "{text}");
        }
    }
}
