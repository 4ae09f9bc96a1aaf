//! The function's own variables: from files, from flags, and from this machine.

use super::super::exit::Fault;
use super::super::io::Io;
use super::super::values;
use super::local::LocalFlags;
use crate::report::human::printable;
use crate::transport::FunctionSettings;
use serde_json::{Map, Value};
use std::io::Write as _;

/// What Lambda takes of a function's own variables, in bytes of their JSON.
const LARGEST_ENVIRONMENT: usize = 4096;

/// Gives the function its variables: those of `--env-file`, `--env-vars` and `--env`, where the
/// later win, above those that it inherits.
///
/// `logical_id` is what a template calls it: one of several then, of which the files need not know
/// each.
///
/// # Errors
/// Faults of the flags and of their files.
pub(in crate::commands) fn set(
    settings: &mut FunctionSettings,
    logical_id: Option<&str>,
    args: &LocalFlags,
    io: &mut Io,
) -> Result<(), Fault> {
    if args.inherit_env {
        settings.inherited = io.env.iter().map(|(name, value)| (name.clone(), value.clone())).collect();
    }
    let mut variables = of_file(args, io)?;
    let mut named = Vec::new();
    for text in &args.env {
        named.push(values::pair("--env", text)?);
    }
    // The name decides which of SAM's variables are meant.
    if let Some((_, name)) = named.iter().rfind(|(name, _)| name == "AWS_LAMBDA_FUNCTION_NAME") {
        settings.name.clone_from(name);
    }
    if let Some(file) = &args.env_vars {
        variables.extend(of_sam(file, (&settings.name, logical_id), io)?);
    }
    variables.extend(named);
    check_names(&variables)?;
    for (name, value) in variables {
        take(name, value, settings, args)?;
    }
    warn_of_size(&settings.extra, io)
}

/// Lambda's own variables have settings; naming one sets it.
fn take(
    name: String,
    value: String,
    settings: &mut FunctionSettings,
    args: &LocalFlags,
) -> Result<(), Fault> {
    let decided = match name.as_str() {
        "_HANDLER" => args.handler.as_ref().map(|_| "--handler says which handler it is"),
        "AWS_LAMBDA_FUNCTION_NAME" => args.function_name.as_ref().map(|_| "--function-name says the name"),
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE" => args.memory.map(|_| "--memory says the size"),
        _ => None,
    };
    if let Some(decided) = decided {
        return Err(Fault::usage(format!("--env {name}: {decided}")));
    }
    match name.as_str() {
        "_HANDLER" => settings.handler = value,
        "AWS_LAMBDA_FUNCTION_NAME" => settings.name = value,
        "AWS_REGION" | "AWS_DEFAULT_REGION" => settings.region = value,
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE" => {
            let memory = value.parse();
            settings.memory_mb =
                memory.map_err(|_| Fault::usage(format!("--env {name}: not a number of MB")))?;
        }
        _ => settings.extra.push((name, value)),
    }
    Ok(())
}

fn of_file(args: &LocalFlags, io: &mut Io) -> Result<Vec<(String, String)>, Fault> {
    let Some(file) = &args.env_file else { return Ok(Vec::new()) };
    let bytes = io.read(file).map_err(|fault| fault.of("--env-file"))?;
    let entries = dotenvy::from_read_iter(bytes.as_slice()).enumerate();
    // The parser's own message would show the line, which may be a secret.
    let read = entries.map(|(index, variable)| {
        variable.map_err(|_| Fault::usage(format!("{file}: entry {} is not NAME=VALUE", index + 1)))
    });
    read.collect()
}

/// SAM's file: what stands under `Parameters` is for every function, below what is for this one.
fn of_sam(
    file: &str,
    (function, logical_id): (&str, Option<&str>),
    io: &mut Io,
) -> Result<Vec<(String, String)>, Fault> {
    const EVERY: &str = "Parameters";
    let shown = printable(file);
    let bytes = io.read(file).map_err(|fault| fault.of("--env-vars"))?;
    // The parser's own message names the place and shows nothing of the text.
    let read: Map<String, Value> = serde_json::from_slice(&bytes)
        .map_err(|error| Fault::usage(format!("--env-vars: {shown} is no JSON object: {error}")))?;
    let functions: Vec<_> = read.keys().map(String::as_str).filter(|name| *name != EVERY).collect();
    if logical_id.is_none() && !read.contains_key(EVERY) && !read.contains_key(function) {
        let named = functions.first().copied().unwrap_or("NAME");
        let message = format!("--env-vars: {shown} has nothing for the function {}", printable(function));
        return Err(Fault::usage(message).hint(format!(
            "it names {}; say which one this is with --function-name {}",
            if functions.is_empty() { "none".to_owned() } else { printable(&functions.join(", ")) },
            printable(named)
        )));
    }
    let mut variables = Vec::new();
    let names = [Some(EVERY), logical_id.filter(|id| *id != function), Some(function)];
    for name in names.into_iter().flatten() {
        let Some(own) = read.get(name) else { continue };
        let own = own.as_object().ok_or_else(|| {
            Fault::usage(format!("--env-vars: {shown}: {} is no object of variables", printable(name)))
        })?;
        for (variable, value) in own {
            let value = in_words(value).ok_or_else(|| {
                let place = format!("{}.{}", printable(name), printable(variable));
                Fault::usage(format!("--env-vars: {shown}: {place} is no text, number or truth value"))
            })?;
            variables.push((variable.clone(), value));
        }
    }
    Ok(variables)
}

/// A value as a variable has it.
fn in_words(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(_) | Value::Bool(_) => Some(value.to_string()),
        Value::Null => Some(String::new()),
        Value::Array(_) | Value::Object(_) => None,
    }
}

fn check_names(variables: &[(String, String)]) -> Result<(), Fault> {
    let is_name = |name: &str| {
        let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
        let begins = name == "_HANDLER" || name.starts_with(|first: char| first.is_ascii_alphabetic());
        begins && name.bytes().all(is_letter)
    };
    match variables.iter().find(|(name, _)| !is_name(name)) {
        Some((name, _)) => Err(Fault::usage(format!(
            "--env: `{}` is no name that Lambda takes: a letter, then letters, digits and underscores",
            values::first_word(name)
        ))),
        None => Ok(()),
    }
}

/// Lambda measures the variables as JSON and refuses a configuration that has more.
fn warn_of_size(own: &[(String, String)], io: &mut Io) -> Result<(), Fault> {
    let all: Map<_, _> = own.iter().map(|(name, value)| (name.clone(), value.as_str().into())).collect();
    let size = Value::Object(all).to_string().len();
    if size > LARGEST_ENVIRONMENT {
        writeln!(
            io.err,
            "warning: the function's own variables have {size} bytes, and Lambda takes {LARGEST_ENVIRONMENT} \
             (4 KB): keep large values in Parameter Store or Secrets Manager"
        )?;
    }
    Ok(())
}
