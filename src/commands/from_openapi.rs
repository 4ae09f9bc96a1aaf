//! `apigw event from openapi`: an event for each operation of a document.

use super::event_from::{Becomes, place, text_of};
use super::event_gen;
use super::exit::{Exit, Fault};
use super::given::{self, Given};
use super::io::Io;
use crate::gateway::{HostName, Route};
use crate::http::Target;
use crate::report::human::printable;
use crate::template::openapi::{Operation, Sample, Spec};
use crate::template::{Document, TemplateError};
use clap::Args;

/// Events for the operations of an OpenAPI 3 document
#[derive(Debug, Args)]
#[command(
    after_help = "Values come from the examples and defaults of the document, else from the schemas. The paths are the
routes of the API, the first server is its host. Without --operation each operation becomes one line
of JSON (NDJSON).

Examples:
  apigw event from openapi api.yaml --operation createUser --to http
  apigw event from openapi api.yaml --operation 'GET /users/{id}'"
)]
pub struct FromOpenapi {
    /// The document in YAML or JSON, or - for standard input
    #[arg(value_name = "SPEC|-")]
    pub spec: String,
    /// Only this operation: its operationId, or method and path such as 'GET /users/{id}'
    #[arg(long, value_name = "ID")]
    pub operation: Option<String>,
    /// What they become.
    #[command(flatten)]
    pub becomes: Becomes,
}

/// Runs the command.
///
/// # Errors
/// Faults of the flags, of the document with its place, and of writing.
pub fn run(args: &FromOpenapi, io: &mut Io) -> Result<Exit, Fault> {
    let source = text_of(&args.spec, io)?;
    let name = if args.spec == "-" { "<stdin>" } else { args.spec.as_str() };
    let document = Document::parse(name, source.as_str()).map_err(|error| located(name, &source, &error))?;
    let spec = Spec::of(&document).map_err(|error| located(name, &source, &error))?;
    let Becomes { to, around, shape } = &args.becomes;
    let describe = |operation: &Operation<'_>, io: &mut Io| {
        let sample = spec.sample(operation).map_err(|error| located(name, &source, &error))?;
        given::describe(to, given(&spec, sample), around, io)
    };
    if let Some(wanted) = &args.operation {
        let operation = spec.operations.iter().find(|operation| operation.is_called(wanted));
        let operation = operation.ok_or_else(|| no_operation(name, wanted, &spec))?;
        return event_gen::print(&describe(operation, io)?, shape, io);
    }
    let mut lines = String::new();
    for operation in &spec.operations {
        let event = describe(operation, io)?.event()?.map_err(|unroutable| {
            let fault = event_gen::no_event(&unroutable);
            fault.of(&format!("{}: {}", printable(name), operation.key()))
        })?;
        lines += &format!("{event}\n");
    }
    event_gen::write(lines.as_bytes(), shape.output.as_deref(), io)?;
    Ok(Exit::Clean)
}

fn located(name: &str, source: &str, error: &TemplateError) -> Fault {
    let fault = place(name, source, error.span, &error.message);
    match &error.hint {
        Some(hint) => fault.hint(hint.as_str()),
        None => fault,
    }
}

fn no_operation(name: &str, wanted: &str, spec: &Spec<'_>) -> Fault {
    let names = spec.operations.iter().take(20);
    let names: Vec<_> =
        names.map(|operation| operation.id.clone().unwrap_or_else(|| operation.key())).collect();
    let message = format!("{}: there is no operation `{}`", printable(name), printable(wanted));
    Fault::usage(message).hint(format!("there are: {}", printable(&names.join(", "))))
}

/// The request of an operation on its server. On an API's default name the server's path begins
/// with the stage, elsewhere it is the base path. Without a host it says nothing: API Gateway
/// ignores it.
fn given(spec: &Spec<'_>, sample: Sample) -> Given {
    let Sample { mut request, base } = sample;
    request.path = request.path.strip_prefix(&base.path).unwrap_or(&request.path).to_owned();
    let target = base.origin.as_deref().and_then(|origin| Target::parse(origin).ok());
    let is_default_name = target.as_ref().is_some_and(|target| HostName::parse(&target.host).is_some());
    let path = base.path.trim_start_matches('/');
    let mut routes = spec.routes.clone();
    let (mut stage, mut base_path) = (None, None);
    if is_default_name && !path.is_empty() {
        let (first, inner) = path.split_once('/').unwrap_or((path, ""));
        stage = Some(first.to_owned());
        if !inner.is_empty() {
            request.path = format!("/{inner}{}", request.path);
            routes.iter_mut().for_each(|route| *route = below(inner, route));
        }
    } else if target.is_some() && !path.is_empty() {
        base_path = Some(path.to_owned());
    }
    Given {
        request,
        target,
        is_below: true,
        stage,
        base_path,
        routes,
        binary_media_types: spec.binary_media_types.clone(),
    }
}

/// A route below a path.
fn below(path: &str, route: &Route) -> Route {
    match route {
        Route::Path { method, template } => {
            Route::Path { method: method.clone(), template: format!("/{path}{template}") }
        }
        Route::Default | Route::Key(_) => route.clone(),
    }
}
