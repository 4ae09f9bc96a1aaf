//! `apigw serve`: APIs on ports of this machine, with their functions behind them.

mod code;
mod functions;
mod in_process;
mod inspect;
mod invoked;
mod keys;
mod lines;
mod listening;
mod plan;
mod reload;
mod routes;

use super::exit::{Exit, Fault};
use super::interrupt::ending;
use super::io::Io;
use super::templates::DeploymentFlags;
use super::{front_ends, values};
use crate::gateway::Front;
use crate::gateway::door::Throttle;
use crate::transport::Orphans;
use clap::{Args, ValueEnum};
use std::net::IpAddr;
use std::time::Duration;

pub use functions::FunctionFlags;
pub(super) use in_process::InProcess;
pub use inspect::InspectFlags;

/// Serve APIs on this machine: their routes, authorizers and functions
///
/// Each API has a port of its own, the first that of --port. On every port Lambda's Invoke API answers, too, under
/// /2015-03-31/functions/NAME/invocations. On the port of a WebSocket API @connections does, below its stage: functions
/// find it in AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI, where SDKs look for it. Ctrl-C lets requests under way end, for
/// five seconds at most; once more ends at once.
#[derive(Debug, Args)]
#[command(after_help = "Exit code: 2 usage, or what cannot be emulated; 130 interrupted.

Examples:
  apigw serve                                    the template.yaml of this directory, built by sam or not
  apigw serve template.yaml --port 8080 --env-vars env.json
  apigw serve openapi.yaml --function Users=./bootstrap
  apigw serve --route 'GET /users/{id}=./bootstrap'
  apigw serve --api rest --stage prod --route 'ANY /{proxy+}=src/index.handler'
  apigw serve --api websocket --route '$connect=app.connect' --route 'sendmessage=./bootstrap'")]
pub struct Serve {
    /// What is served.
    #[command(flatten)]
    pub apis: ApiFlags,
    /// A route and what answers it, a binary or a handler; may be repeated
    #[arg(long = "route", value_name = "ROUTE=TARGET")]
    pub routes: Vec<String>,
    /// The front end of --route: rest, http, http-v1, url or websocket
    #[arg(long, value_parser = front_ends::front_parser(), value_name = "NAME", default_value = "http")]
    pub api: Front,
    /// The stage of --route [default: $default, of REST and WebSocket APIs prod]
    #[arg(long, value_name = "NAME", value_parser = values::label)]
    pub stage: Option<String>,
    /// How messages of a WebSocket API of --route find theirs [default: $request.body.action]
    #[arg(long, value_name = "EXPRESSION")]
    pub route_selection: Option<String>,
    /// A route of that WebSocket API that sends back what its function returns; may be repeated
    #[arg(long = "route-response", value_name = "ROUTE")]
    pub route_responses: Vec<String>,
    /// The port of the first API, the next has the next; 0 takes free ones
    #[arg(long, value_name = "PORT", default_value_t = 3000)]
    pub port: u16,
    /// All APIs on one port, found by stage or base path
    #[arg(long)]
    pub one_port: bool,
    /// The address to listen on
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    pub host: IpAddr,
    /// Do not reload when code or templates change
    #[arg(long)]
    pub no_watch: bool,
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

/// The APIs of templates, and what is given or left out for them.
#[derive(Debug, Default, Args)]
pub struct ApiFlags {
    /// Templates of SAM, CloudFormation or CDK, what `terraform show -json` prints, or OpenAPI documents
    #[arg(value_name = "TEMPLATE")]
    pub templates: Vec<String>,
    /// The base path of a custom domain under which an API answers, too; may be repeated
    #[arg(long = "base-path", value_name = "API=PATH", value_parser = super::templates::pair, help_heading = "Gateway")]
    pub base_paths: Vec<(String, String)>,
    /// The keys of an authorizer that verifies tokens: a key set (JWKS) in a file or at a URL; may be repeated
    #[arg(long, value_name = "[AUTHORIZER=]FILE|URL", help_heading = "Gateway")]
    pub jwks: Vec<String>,
    /// Whom signed requests come from: the ARN of an IAM user or an assumed role
    #[arg(long, value_name = "ARN", help_heading = "Gateway")]
    pub iam_identity: Option<String>,
    /// An API key that is known, beside those of the template; without any, every key will do
    #[arg(long = "api-key", value_name = "KEY", help_heading = "Gateway")]
    pub api_keys: Vec<String>,
    /// Let no more requests pass: so many a second, and so many at once [default: all]
    #[arg(long, value_name = "RATE[:BURST]", value_parser = Throttle::parse, help_heading = "Gateway")]
    pub throttle: Option<Throttle>,
    /// Switch an authorizer off, by its name; AWS_IAM for signatures
    #[arg(long, value_name = "NAME", help_heading = "Gateway")]
    pub no_auth: Vec<String>,
    /// Leave a route out, by its key: 'GET /users/{id}'
    #[arg(long, value_name = "ROUTE", help_heading = "Gateway")]
    pub no_route: Vec<String>,
    /// Leave an API out, by its logical id
    #[arg(long, value_name = "API", help_heading = "Gateway")]
    pub no_api: Vec<String>,
    /// What is known of the deployment.
    #[command(flatten)]
    pub deployment: DeploymentFlags,
}

/// How requests are told of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// A line each, for people
    Human,
    /// An object of JSON each, on a line
    Jsonl,
}

/// How long requests under way may take to end after the first signal.
const PATIENCE: Duration = Duration::from_secs(5);

/// Runs the command.
///
/// # Errors
/// Faults of the command line and of templates, what cannot be emulated, functions that are not there,
/// and ports that cannot be had.
pub fn run(args: &Serve, io: &mut Io) -> Result<Exit, Fault> {
    let orphans = Orphans::adopt();
    let served = ending(PATIENCE, |stop| reload::serve(args, io, stop));
    orphans.end();
    served?.unwrap_or(Ok(())).map(|()| Exit::Interrupted)
}
