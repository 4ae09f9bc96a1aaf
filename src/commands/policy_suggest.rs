//! `apigw policy suggest`: the fewest grants that cover the routes of a template.

use super::exit::{Exit, Fault};
use super::io::Io;
use super::templates::{Telling, Templates, each};
use crate::lint::policy::GrantForm;
use crate::report::suggestions;
use crate::report::template::Places;
use crate::template::{Breadth, MAX_POLICY_BYTES, Model};
use clap::{Args, ValueEnum};
use serde_json::{Map, Value};
use std::cell::Cell;
use std::io::Write as _;

/// The fewest grants that let every route and authorizer of a template invoke its function
#[derive(Debug, Args)]
#[command(
    after_help = "Routes are granted as they are configured, parameters in braces. A method that takes any verb is
written as *, and as ANY only where * would let in a route of another function. Several stages are
one * where that lets in no such route. Authorizers are granted by their id, and by * where it is
known after the deployment only.

What only the deployment knows stays as ${AWS::Region} or ${MyApi}, unless given. Exit code: 0; 1 if
a policy does not fit in 20,480 bytes; 2 if a template cannot be read.

Examples:
  apigw policy suggest template.yaml --region eu-central-1 --account 123456789012 --api-id a1b2c3d4e5
  apigw policy suggest template.yaml --as cloudformation
  apigw policy suggest template.yaml --breadth stage --format json"
)]
pub struct PolicySuggest {
    /// The templates.
    #[command(flatten)]
    pub templates: Templates,
    /// How far a grant may reach
    #[arg(long, value_enum, default_value = "route")]
    pub breadth: Reach,
    /// How to write the grants
    #[arg(long = "as", value_name = "FORM", value_enum, default_value = "cli")]
    pub form: Form,
}

/// How far a grant may reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Reach {
    /// The function's routes, and nothing else
    Route,
    /// Every route with the same method in the same stage
    Method,
    /// Every route in the same stage
    Stage,
    /// Every route of the API, and its authorizers
    Api,
}

/// How to write grants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Form {
    /// Command lines of the AWS CLI
    Cli,
    /// Resources of CloudFormation, in YAML
    Cloudformation,
    /// The same in a template of SAM
    Sam,
    /// Resources of Terraform
    Terraform,
}

/// Runs the command.
///
/// # Errors
/// Faults of writing; a template that cannot be read is told, and the others are read.
pub fn run(args: &PolicySuggest, io: &mut Io) -> Result<Exit, Fault> {
    let suggest = Suggest {
        breadth: match args.breadth {
            Reach::Route => Breadth::Route,
            Reach::Method => Breadth::Method,
            Reach::Stage => Breadth::Stage,
            Reach::Api => Breadth::Api,
        },
        form: match args.form {
            Form::Cli => GrantForm::Cli,
            Form::Cloudformation | Form::Sam => GrantForm::CloudFormation,
            Form::Terraform => GrantForm::Terraform,
        },
        is_too_long: Cell::new(false),
    };
    let exit = each(&args.templates, &suggest, io)?;
    let finding = if suggest.is_too_long.get() { Exit::Findings } else { Exit::Clean };
    Ok(exit.max(finding))
}

struct Suggest {
    breadth: Breadth,
    form: GrantForm,
    /// Whether some policy does not fit.
    is_too_long: Cell<bool>,
}

impl Suggest {
    fn note(&self, bytes: usize) {
        self.is_too_long.set(self.is_too_long.get() || bytes > MAX_POLICY_BYTES);
    }
}

impl Telling for Suggest {
    fn members(&self, model: &Model, _: &Places<'_>) -> Map<String, Value> {
        let coverage = model.coverage();
        let suggestions = coverage.suggest(self.breadth);
        suggestions.iter().for_each(|suggestion| self.note(suggestion.policy_bytes().0));
        let all = suggestions.iter().map(|own| suggestions::value(own, &coverage, self.form));
        Map::from_iter([("suggestions".to_owned(), all.collect::<Vec<_>>().into())])
    }

    fn tell(&self, model: &Model, _: &Places<'_>, io: &mut Io) -> Result<(), Fault> {
        let coverage = model.coverage();
        let suggestions = coverage.suggest(self.breadth);
        suggestions.iter().for_each(|suggestion| self.note(suggestion.policy_bytes().0));
        io.out.write_all(suggestions::told(&suggestions, self.form, io.out_style()).as_bytes())?;
        Ok(())
    }
}
