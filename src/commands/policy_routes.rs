//! `apigw policy routes`: the routes of a template, and the ARN that each presents to its function.

use super::exit::{Exit, Fault};
use super::io::Io;
use super::templates::{Telling, Templates, each};
use crate::report::template::{Places, routes, row};
use crate::template::{Model, Presented};
use clap::Args;
use serde_json::{Map, Value};
use std::io::Write as _;

/// List the routes of a template with the source ARN that each presents to its function
#[derive(Debug, Args)]
#[command(
    after_help = "The source ARN holds the configured method and path, with braces. A method that takes any verb
presents ANY, an authorizer API-ID/authorizers/ID. A route that a role invokes asks for no grant.

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

fn rows(model: &Model) -> Vec<Presented<'_>> {
    model.apis.iter().flat_map(|api| api.presented()).collect()
}

impl Telling for Routes {
    fn members(&self, model: &Model, places: &Places<'_>) -> Map<String, Value> {
        let rows: Vec<_> = rows(model).iter().map(|presented| row(presented, places)).collect();
        Map::from_iter([("routes".to_owned(), rows.into())])
    }

    fn tell(&self, model: &Model, _: &Places<'_>, io: &mut Io) -> Result<(), Fault> {
        let table = routes(&rows(model), io.out_style());
        io.out.write_all(table.as_bytes())?;
        Ok(())
    }
}
