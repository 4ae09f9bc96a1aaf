//! `apigw serve`: an API on a port of this machine, with its functions behind it.

mod functions;
mod inspect;
mod lines;

use super::exit::{Exit, Fault};
use super::interrupt::interruptible;
use super::io::{Io, plain};
use super::{front_ends, values};
use crate::gateway::door::{Authorization, Deployment, Integration, Method, RequestValidator};
use crate::gateway::{Api, Flavor, Front, Route};
use crate::transport::Orphans;
use crate::transport::serve::{FunctionPool, HttpServer, Port, ServerLimits, Site};
use clap::{Args, ValueEnum};
use std::collections::BTreeMap;
use std::io::Write as _;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc::unbounded_channel;

pub use functions::FunctionFlags;
pub use inspect::InspectFlags;

/// Serve an API on this machine: its routes, and the functions that answer them
#[derive(Debug, Args)]
#[command(after_help = "Exit code: 2 usage, 130 interrupted.

Examples:
  apigw serve --route 'GET /users/{id}=./bootstrap'
  apigw serve --route '$default=app.lambda_handler' --port 8080
  apigw serve --api rest --stage prod --route 'ANY /{proxy+}=src/index.handler'")]
pub struct Serve {
    /// A route and what answers it, a binary or a handler; may be repeated
    #[arg(long = "route", value_name = "ROUTE=TARGET", required = true)]
    pub routes: Vec<String>,
    /// The front end: rest, http, http-v1 or url
    #[arg(long, value_parser = front_ends::front_parser(), value_name = "NAME", default_value = "http")]
    pub api: Front,
    /// The stage [default: $default, of REST APIs prod]
    #[arg(long, value_name = "NAME", value_parser = values::label)]
    pub stage: Option<String>,
    /// The port; 0 takes a free one
    #[arg(long, value_name = "PORT", default_value_t = 3000)]
    pub port: u16,
    /// The address to listen on
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    pub host: IpAddr,
    /// How requests are told of
    #[arg(long, value_enum, default_value = "human")]
    pub format: LogFormat,
    /// What the functions are told.
    #[command(flatten)]
    pub functions: FunctionFlags,
    /// Where the inspector is.
    #[command(flatten)]
    pub inspect: InspectFlags,
}

/// How requests are told of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// A line each, for people
    Human,
    /// An object of JSON each, on a line
    Jsonl,
}

/// Runs the command.
///
/// # Errors
/// Faults of the command line, functions that are not there, and a port that cannot be had.
pub fn run(args: &Serve, io: &mut Io) -> Result<Exit, Fault> {
    let Some(site) = site(args, io)? else { return Ok(Exit::Interrupted) };
    let orphans = Orphans::adopt();
    let served = interruptible(serve(Arc::new(site), args, io));
    orphans.end();
    served?.unwrap_or(Ok(())).map(|()| Exit::Interrupted)
}

async fn serve(site: Arc<Site>, args: &Serve, io: &mut Io) -> Result<(), Fault> {
    let address = SocketAddr::new(args.host, args.port);
    let port = Arc::new(Port::new(vec![Arc::clone(&site)]));
    let bound = HttpServer::bind(address, Arc::clone(&port), ServerLimits::default()).await;
    let server = bound.map_err(|error| port_fault(address, "--port", &error))?;
    let address = server.address().map_err(|error| port_fault(address, "--port", &error))?;
    let api = site.api();
    writeln!(io.err, "http://{address}{} serves {}", api.prefix(), api.flavor.facts().a_title())?;
    for method in site.methods() {
        if let Integration::Function(name) = &method.integration {
            writeln!(io.err, "  {} → {name}", method.route)?;
        }
    }
    let inspector = args.inspect.open(io).await?;
    let watched = inspector.as_ref().map(|(own, _)| own.watch(port, format!("http://{address}")));
    let (tell, mut told) = unbounded_channel();
    let (format, style) = (args.format, io.out_style());
    let watcher = Arc::new(move |request: &_, served: &_, took: Duration| {
        tell.send(lines::told(format, (request, served), (site.now(), took), style)).ok();
        if let Some(watched) = &watched {
            watched.record(request, served, took);
        }
    });
    let printing = async {
        while let Some(text) = told.recv().await {
            io.out.write_all(text.as_bytes())?;
            io.out.flush()?;
        }
        Ok::<(), Fault>(())
    };
    tokio::select! {
        () = server.serve(watcher) => Ok(()),
        printed = printing => printed,
    }
}

/// The API of the flags; `None` if looking for its functions was interrupted.
fn site(args: &Serve, io: &mut Io) -> Result<Option<Site>, Fault> {
    let flavor = flavor(args.api)?;
    let mut deployment = Deployment::new(Api::new(flavor));
    if let Some(stage) = &args.stage {
        deployment.api.stage.clone_from(stage);
    }
    let mut functions: BTreeMap<String, Arc<FunctionPool>> = BTreeMap::new();
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    for text in &args.routes {
        let (route, target) = route(text)?;
        if !names.contains_key(target) {
            let Some((name, pool)) = functions::find(target, &args.functions, &deployment.api, io)? else {
                return Ok(None);
            };
            let name = unused(name, &functions);
            functions.insert(name.clone(), Arc::new(pool));
            names.insert(target.to_owned(), name);
        }
        deployment.add(Method {
            route,
            integration: Integration::Function(names[target].clone()),
            authorization: Authorization::None,
            api_key_required: false,
            validator: RequestValidator::default(),
        });
    }
    let now = Duration::from_millis(u64::try_from(io.now_ms).unwrap_or_default());
    Ok(Some(Site::new(deployment, functions, (now, io.entropy))))
}

/// A name that no other function has.
fn unused(name: String, functions: &BTreeMap<String, Arc<FunctionPool>>) -> String {
    let numbered = (2..).map(|number| format!("{name}-{number}"));
    let mut names = std::iter::once(name.clone()).chain(numbered);
    names.find(|name| !functions.contains_key(name)).unwrap_or(name)
}

/// A route and its target; the last `=` parts them, for paths may hold one too.
fn route(text: &str) -> Result<(Route, &str), Fault> {
    let parts = text.rsplit_once('=').filter(|(_, target)| !target.trim().is_empty());
    let (route, target) = parts.ok_or_else(|| {
        Fault::usage(format!("--route: `{text}` names no target"))
            .hint("such as --route 'GET /users/{id}=./bootstrap'")
    })?;
    let route = Route::parse(route).map_err(|error| Fault::usage(format!("--route: {error}")))?;
    Ok((route, target.trim()))
}

/// The front ends that requests can be served for.
fn flavor(front: Front) -> Result<Flavor, Fault> {
    match front {
        Front::Api(flavor @ (Flavor::Rest | Flavor::Http | Flavor::HttpV1 | Flavor::Url)) => Ok(flavor),
        other => Err(Fault::usage(format!("--api {other}: serve knows rest, http, http-v1 and url"))),
    }
}

fn port_fault(address: SocketAddr, flag: &str, error: &std::io::Error) -> Fault {
    match error.kind() {
        std::io::ErrorKind::AddrInUse => {
            Fault::usage(format!("{address} is taken")).hint(format!("{flag} 0 takes a free port"))
        }
        _ => Fault::usage(format!("{address} cannot be opened: {}", plain(error))),
    }
}
