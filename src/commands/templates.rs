//! What every command over templates does: which files, what is known of the deployment, and what
//! of them was not understood.

use super::event_from::{place, text_of};
use super::event_list::Format;
use super::exit::{Exit, Fault};
use super::io::Io;
use crate::lint::Summary;
use crate::report::human::printable;
use crate::report::json;
use crate::report::template::Places;
use crate::template::{Document, Given, Model, Template, TemplateError};
use clap::Args;
use serde_json::{Map, Value};
use std::io::Write as _;

/// Templates, and what they leave open.
#[derive(Debug, Args)]
pub struct Templates {
    /// Templates of SAM, CloudFormation or CDK in YAML or JSON, what `terraform show -json` prints,
    /// or OpenAPI documents; - for standard input
    #[arg(value_name = "TEMPLATE", required = true)]
    pub files: Vec<String>,
    /// What is known of the deployment.
    #[command(flatten)]
    pub deployment: DeploymentFlags,
    /// How to print
    #[arg(long, value_enum, default_value = "human")]
    pub format: Format,
}

/// What templates leave open.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Deployment")]
pub struct DeploymentFlags {
    /// The value of a parameter, instead of its default
    #[arg(long = "parameter", value_name = "KEY=VALUE", value_parser = pair)]
    pub parameters: Vec<(String, String)>,
    /// What ${AWS::Region} is; the partition follows from it
    #[arg(long, value_name = "REGION")]
    pub region: Option<String>,
    /// What ${AWS::AccountId} is
    #[arg(long, value_name = "ID")]
    pub account: Option<String>,
    /// What ${AWS::Partition} is: aws, aws-cn, aws-us-gov
    #[arg(long, value_name = "NAME")]
    pub partition: Option<String>,
    /// The id of the API, or LOGICAL_ID=ID where there are several
    #[arg(long = "api-id", value_name = "[API=]ID")]
    pub api_ids: Vec<String>,
}

pub(super) fn pair(text: &str) -> Result<(String, String), String> {
    let pair = text.split_once('=').filter(|(key, _)| !key.is_empty());
    let pair = pair.map(|(key, value)| (key.to_owned(), value.to_owned()));
    pair.ok_or_else(|| "write KEY=VALUE".to_owned())
}

impl DeploymentFlags {
    /// What of the deployment is known.
    pub(super) fn given(&self) -> Given {
        let mut given = Given {
            region: self.region.clone(),
            account: self.account.clone(),
            partition: self.partition.clone(),
            parameters: self.parameters.iter().cloned().collect(),
            ..Given::default()
        };
        for id in &self.api_ids {
            match id.split_once('=') {
                Some((api, id)) => {
                    given.api_ids.insert(api.to_owned(), id.to_owned());
                }
                None => given.api_id = Some(id.clone()),
            }
        }
        given
    }
}

/// What a command makes of one template.
pub(super) trait Telling {
    /// The members of its result.
    fn members(&self, model: &Model, places: &Places<'_>) -> Map<String, Value>;
    /// Prints it for people.
    fn tell(&self, model: &Model, places: &Places<'_>, io: &mut Io) -> Result<(), Fault>;
}

/// Reads the templates in order. One that cannot be read is told, and the others are read.
pub(super) fn each(args: &Templates, telling: &impl Telling, io: &mut Io) -> Result<Exit, Fault> {
    let given = args.deployment.given();
    let mut results = Vec::new();
    let mut exit = Exit::Clean;
    for file in &args.files {
        let template = match open(file, &given, io) {
            Ok(template) => template,
            Err(fault) => {
                writeln!(io.err, "error: {fault}")?;
                if let Some(hint) = fault.hint {
                    writeln!(io.err, "  help: {hint}")?;
                }
                exit = Exit::Usage;
                continue;
            }
        };
        let (template, model) = template;
        let places = Places::of(&template);
        for left_out in &model.left_out {
            writeln!(io.err, "warning: {}: {}", places.place(left_out.span), printable(&left_out.message))?;
        }
        if args.format == Format::Human {
            telling.tell(&model, &places, io)?;
            continue;
        }
        let left_out: Vec<_> = model.left_out.iter().map(|left_out| places.left_out(left_out)).collect();
        let name = template.document().name();
        let mut members = Map::from_iter([("file".to_owned(), name.into())]);
        members.insert("template".to_owned(), template.kind().name().into());
        members.extend(telling.members(&model, &places));
        members.insert("left_out".to_owned(), left_out.into());
        results.push(Value::Object(members));
    }
    if args.format == Format::Json {
        io.out.write_all(json::report(&results, &Summary::default()).as_bytes())?;
    }
    Ok(exit)
}

pub(super) fn open(file: &str, given: &Given, io: &mut Io) -> Result<(Template, Model), Fault> {
    let source = text_of(file, io)?;
    let name = if file == "-" { "<stdin>" } else { file };
    let at = |error: &TemplateError, source: &str| {
        let fault = place(name, source, error.span, &error.message);
        match &error.hint {
            Some(hint) => fault.hint(hint.as_str()),
            None => fault,
        }
    };
    let document = Document::parse(name, source.as_str()).map_err(|error| at(&error, &source))?;
    let template = Template::of(document).map_err(|error| at(&error, &source))?;
    let model = template.read(given).map_err(|error| at(&error, &source))?;
    Ok((template, model))
}
