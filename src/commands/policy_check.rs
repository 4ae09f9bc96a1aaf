//! `apigw policy check`: what is wrong with policies, and with the grants of templates?

use super::configured::Configured;
use super::documents::{self, Judging, LintFlags, Wish};
use super::exit::{Exit, Fault};
use super::io::Io;
use super::mending::MendFlags;
use super::plan::Plan;
use super::templates::DeploymentFlags;
use crate::input::split::Kind;
use crate::lint::{Checked, Document, judge_policy};
use crate::template::Given;
use clap::Args;
use std::sync::Arc;

/// Say what is wrong with a policy, and which route of a template may not invoke its function
#[derive(Debug, Args)]
#[command(
    after_help = "A file holds a policy document, or what `aws lambda get-policy`, `aws lambda add-permission` and
`aws apigateway get-rest-api` print, or the result of a Lambda authorizer; or it is a template of
SAM, CloudFormation or CDK in YAML or JSON, what `terraform show -json` prints, or an OpenAPI
document. What of a template is not understood is told on standard error, and the rest is checked.

Exit code: 0 clean or warnings only, 1 errors, 2 a file that cannot be read, or nothing to check;
--fail-on draws the line elsewhere.

Examples:
  apigw policy check template.yaml
  aws lambda get-policy --function-name users | apigw policy check -
  apigw policy check --region eu-central-1 --account 123456789012 --format sarif infra/"
)]
pub struct PolicyCheck {
    /// Files with policies, templates, directories and globs; - or nothing for standard input
    #[arg(value_name = "FILE")]
    pub files: Vec<String>,
    /// What every linter can be told.
    #[command(flatten)]
    pub lint: LintFlags,
    /// What is mended.
    #[command(flatten)]
    pub mend: MendFlags,
    /// What is known of the deployment.
    #[command(flatten)]
    pub deployment: DeploymentFlags,
}

/// Runs the command.
///
/// # Errors
/// Faults of the command line and of writing; a file that cannot be read is told, and the others
/// are judged.
pub fn run(args: &PolicyCheck, io: &mut Io) -> Result<Exit, Fault> {
    let files = documents::named(&args.files, "a policy or a template", "apigw policy check --help", io)?;
    let given = Arc::new(args.deployment.given());
    let configured = Configured::new(&args.lint.rules, None);
    let plan = Plan::new(configured, |_, _| Ok(Checking(Arc::clone(&given))));
    let wish = Wish { mend: args.mend, ..Wish::default() };
    documents::judge(&files, plan, &args.lint, wish, io)
}

/// Judges policies and templates by what is known of the deployment.
struct Checking(Arc<Given>);

impl Judging for Checking {
    const KIND: Kind = Kind::Policy;
    const COMMAND: &'static str = "policy-check";

    fn judge(&self, document: &Document<'_>) -> Checked {
        Checked::policy(document.index, judge_policy(document, &self.0))
    }

    fn takes_anything(&self) -> bool {
        true
    }
}
