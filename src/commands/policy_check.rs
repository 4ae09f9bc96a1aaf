//! `apigw policy check`: what is wrong with policies, and with the grants of templates?

use super::configured::Configured;
use super::documents::{self, Judging, LintFlags, Wish};
use super::exit::{Exit, Fault};
use super::io::Io;
use super::live::{self, Live, LiveFlags};
use super::mending::MendFlags;
use super::plan::Plan;
use super::templates::DeploymentFlags;
use crate::input::split::Kind;
use crate::lint::{Checked, Document, judge_deployed, judge_policy};
use crate::template::Given;
use clap::Args;
use std::io::Cursor;
use std::sync::Arc;

/// Say what is wrong with a policy, and which route of a template may not invoke its function
#[derive(Debug, Args)]
#[command(
    after_help = "A file holds a policy document, or what `aws lambda get-policy`, `aws lambda add-permission` and
`aws apigateway get-rest-api` print, or the result of a Lambda authorizer; or it is a template of
SAM, CloudFormation or CDK in YAML or JSON, what `terraform show -json` prints, or an OpenAPI
document. What of a template is not understood is told on standard error, and the rest is checked.

With --function, AWS is asked: for the policy of the function, and for the APIs that invoke it, as
they are configured now, which a stage has from its next deployment on. Credentials, region and
endpoints are found where the AWS CLI finds them. The caller needs lambda:GetPolicy,
lambda:GetFunctionConfiguration and apigateway:GET.

Exit code: 0 clean or warnings only, 1 errors, 2 a file that cannot be read, or nothing to check,
or AWS refuses; 4 the network failed. --fail-on draws the line elsewhere.

Examples:
  apigw policy check template.yaml
  aws lambda get-policy --function-name users | apigw policy check -
  apigw policy check --function users:live --region eu-central-1
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
    /// What is deployed.
    #[command(flatten)]
    pub live: LiveFlags,
}

/// Runs the command.
///
/// # Errors
/// Faults of the command line and of writing, and of asking AWS; a file that cannot be read is told, and the others
/// are judged.
pub fn run(args: &PolicyCheck, io: &mut Io) -> Result<Exit, Fault> {
    if let Some(function) = &args.live.function {
        return of_function(function, args, io);
    }
    let files = documents::named(&args.files, "a policy or a template", "apigw policy check --help", io)?;
    let given = Arc::new(args.deployment.given());
    let configured = Configured::new(&args.lint.rules, None);
    let plan = Plan::new(configured, |_, _| Ok(Checking { given: Arc::clone(&given), live: None }));
    let wish = Wish { mend: args.mend, ..Wish::default() };
    documents::judge(&files, plan, &args.lint, wish, io)
}

/// Judges what AWS has of a function.
fn of_function(function: &str, args: &PolicyCheck, io: &mut Io) -> Result<Exit, Fault> {
    let DeploymentFlags { region, api_ids, .. } = &args.deployment;
    let Some(live) = live::ask(function, &args.live, (region.as_deref(), api_ids), io)? else {
        return Ok(Exit::Interrupted);
    };
    let mut lint = args.lint.clone();
    lint.input.stdin_filename = Some(live.name.clone());
    io.give_stdin(Box::new(Cursor::new(live.source.clone())));
    let (given, live) = (Arc::new(live.given()), Arc::new(live));
    let configured = Configured::new(&lint.rules, None);
    let checking =
        |_: &_, _: &mut _| Ok(Checking { given: Arc::clone(&given), live: Some(Arc::clone(&live)) });
    let plan = Plan::new(configured, checking);
    let wish = Wish { mend: args.mend, ..Wish::default() };
    documents::judge(&["-".to_owned()], plan, &lint, wish, io)
}

/// Judges policies and templates by what is known of the deployment.
struct Checking {
    given: Arc<Given>,
    /// What is deployed, if that was asked for.
    live: Option<Arc<Live>>,
}

impl Judging for Checking {
    const KIND: Kind = Kind::Policy;
    const COMMAND: &'static str = "policy-check";

    fn judge(&self, document: &Document<'_>) -> Checked {
        let judged = match &self.live {
            Some(live) => judge_deployed(document, &self.given, |policy| live.model(policy)),
            None => judge_policy(document, &self.given),
        };
        Checked::policy(document.index, judged)
    }

    fn takes_anything(&self) -> bool {
        true
    }
}
