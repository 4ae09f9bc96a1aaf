//! `apigw policy grants`: who may invoke which function, by a template.

use super::exit::{Exit, Fault};
use super::io::Io;
use super::templates::{Telling, Templates, each};
use crate::report::template::Places;
use crate::template::Model;
use clap::Args;
use serde_json::{Map, Value};
use std::io::Write as _;

/// List every grant of a template, those included that SAM generates from events and authorizers
#[derive(Debug, Args)]
#[command(
    after_help = "What only the deployment knows stays as ${AWS::Region}, ${MyApi} or ${MyApi.Arn}, unless given.
A grant whose condition does not hold is listed, and said to be not deployed. What is not
understood in a template is told on standard error. Exit code: 0, or 2 if a template cannot be
read.

Examples:
  apigw policy grants template.yaml
  apigw policy grants template.yaml --region eu-central-1 --account 123456789012 --format json
  terraform show -json plan.out | apigw policy grants -"
)]
pub struct PolicyGrants {
    /// The templates.
    #[command(flatten)]
    pub templates: Templates,
}

/// Runs the command.
///
/// # Errors
/// Faults of writing; a template that cannot be read is told, and the others are read.
pub fn run(args: &PolicyGrants, io: &mut Io) -> Result<Exit, Fault> {
    each(&args.templates, &Grants, io)
}

struct Grants;

impl Telling for Grants {
    fn members(&self, model: &Model, places: &Places<'_>) -> Map<String, Value> {
        let grants: Vec<_> = model.grants.iter().map(|grant| places.grant(grant)).collect();
        Map::from_iter([("grants".to_owned(), grants.into())])
    }

    fn tell(&self, model: &Model, places: &Places<'_>, io: &mut Io) -> Result<(), Fault> {
        let style = io.out_style();
        for grant in &model.grants {
            io.out.write_all(places.tell_grant(grant, style).as_bytes())?;
        }
        Ok(())
    }
}
