//! `apigw policy routes`: the routes of a template, the ARN that each presents to its function, and
//! which grant covers it.

use super::exit::{Exit, Fault};
use super::io::Io;
use super::templates::{Telling, Templates, each};
use crate::report::template::{Places, routes, row};
use crate::template::Model;
use clap::Args;
use serde_json::{Map, Value};
use std::io::Write as _;

/// List the routes of a template with the source ARN that each presents to its function, and
/// which grant covers it
#[derive(Debug, Args)]
#[command(
    after_help = "The source ARN holds the configured method and path, with braces. A method that takes any verb
presents ANY, an authorizer API-ID/authorizers/ID.

Where it depends on what only the deployment knows whether a route is covered, it is so perhaps:
give --region, --account, --partition, --api-id or --parameter. A route that a role invokes asks
for no grant. The exit code does not depend on any of it.

Examples:
  apigw policy routes template.yaml
  apigw policy routes cdk.out/*.template.json --format json"
)]
pub struct PolicyRoutes {
    /// The templates.
    #[command(flatten)]
    pub templates: Templates,
}

/// Runs the command.
///
/// # Errors
/// Faults of writing; a template that cannot be read is told, and the others are read.
pub fn run(args: &PolicyRoutes, io: &mut Io) -> Result<Exit, Fault> {
    each(&args.templates, &Routes, io)
}

struct Routes;

impl Telling for Routes {
    fn members(&self, model: &Model, places: &Places<'_>) -> Map<String, Value> {
        let coverage = model.coverage();
        let rows: Vec<_> = coverage.rows.iter().map(|own| row(own, &coverage, places)).collect();
        Map::from_iter([("routes".to_owned(), rows.into())])
    }

    fn tell(&self, model: &Model, _: &Places<'_>, io: &mut Io) -> Result<(), Fault> {
        let table = routes(&model.coverage(), io.out_style());
        io.out.write_all(table.as_bytes())?;
        Ok(())
    }
}
