//! A function that is deployed: its policy and the APIs that invoke it, asked of AWS.

use super::exit::Fault;
use super::interrupt::interruptible;
use super::io::Io;
use crate::template::deployed::{NamedApi, text_of};
use crate::template::{ApiAnswers, Deployed, Given, Model, TemplateError};
use crate::transport::aws::{Access, Aws, AwsError, AwsErrorKind, AwsSettings, FunctionName};
use clap::Args;
use std::collections::BTreeMap;
use std::time::Duration;

/// Which function is asked for, and how AWS is reached.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "AWS")]
pub struct LiveFlags {
    /// Check what AWS has of a function now: its policy, and the APIs that the policy or --api-id
    /// names. NAME, NAME:QUALIFIER or an ARN
    #[arg(long, value_name = "NAME", conflicts_with_all = ["files", "parameters", "account", "partition"])]
    pub function: Option<String>,
    /// Look at this stage of the APIs only
    #[arg(long, value_name = "STAGE", requires = "function")]
    pub stage: Option<String>,
    /// The profile of ~/.aws/config whose credentials and region are taken
    #[arg(long, value_name = "NAME", requires = "function")]
    pub profile: Option<String>,
    /// Where AWS's services are answered instead, such as an emulator
    #[arg(long, value_name = "URL", requires = "function")]
    pub endpoint_url: Option<String>,
}

/// A function as AWS has it.
#[derive(Debug, Clone)]
pub(super) struct Live {
    /// What people call its policy.
    pub(super) name: String,
    /// The text of its policy, for places.
    pub(super) source: String,
    given: Given,
    function_arn: String,
    apis: Vec<(NamedApi, ApiAnswers)>,
    stage: Option<String>,
    left_out: Vec<String>,
}

impl Live {
    /// What is known of the deployment.
    pub(super) fn given(&self) -> Given {
        self.given.clone()
    }

    /// The function and what invokes it, with its policy as a text that may have been changed.
    pub(super) fn model(&self, policy: &str) -> Result<Model, TemplateError> {
        let mut deployed = Deployed::new(&self.function_arn, policy)?;
        for message in &self.left_out {
            deployed.leave_out(message);
        }
        for (named, answers) in &self.apis {
            deployed.add_api(named, answers, self.stage.as_deref());
        }
        Ok(deployed.into_model())
    }
}

/// What is asked.
struct Question<'a> {
    function: FunctionName,
    flags: &'a LiveFlags,
    /// `--region` and `--api-id`.
    region: Option<&'a str>,
    api_ids: &'a [String],
    env: &'a BTreeMap<String, String>,
    now: Duration,
}

/// Asks AWS for a function; `None` if that was interrupted.
pub(super) fn ask(
    function: &str,
    flags: &LiveFlags,
    (region, api_ids): (Option<&str>, &[String]),
    io: &Io,
) -> Result<Option<Live>, Fault> {
    let function = function_of(function, region)?;
    let now = Duration::from_millis(u64::try_from(io.now_ms).unwrap_or_default());
    let question = Question { function, flags, region, api_ids, env: &io.env, now };
    interruptible(question.answer())?.transpose()
}

impl Question<'_> {
    async fn answer(self) -> Result<Live, Fault> {
        let settings = AwsSettings {
            profile: self.flags.profile.clone(),
            region: self.region.map(str::to_owned).or_else(|| self.function.region.clone()),
            endpoint_url: self.flags.endpoint_url.clone(),
        };
        let aws = Aws::new(Access::find(&settings, self.env).await.map_err(fault)?, self.now);
        let aws = aws.map_err(fault)?;
        let policy = aws.policy_of(&self.function).await.map_err(fault)?;
        let source = text_of(policy.text.as_deref());
        let deployed = Deployed::new(&policy.function_arn, &source)
            .map_err(|error| Fault::usage(format!("the policy of {}: {error}", self.function)))?;
        let mut live = Live {
            name: deployed.name().to_owned(),
            source,
            given: deployed.given(),
            function_arn: policy.function_arn,
            apis: Vec::new(),
            stage: self.flags.stage.clone(),
            left_out: policy.left_out,
        };
        for id in self.api_ids {
            let named = deployed.own_api(id);
            let answers = aws.api(id).await.map_err(fault)?;
            live.apis.push((named, answers));
        }
        if self.api_ids.is_empty() {
            let own_account = deployed.own_api("").account;
            for named in deployed.named_apis() {
                live.add_named(&aws, named, &own_account).await?;
            }
        }
        Ok(live)
    }
}

impl Live {
    /// Adds an API that the policy names; one that cannot be read is left out.
    async fn add_named(&mut self, aws: &Aws, named: NamedApi, own_account: &str) -> Result<(), Fault> {
        let NamedApi { id, account, region } = &named;
        let message = if account != own_account {
            format!("the API {id}, which the policy names, is one of the account {account}")
        } else {
            match aws.in_region(region).api(id).await {
                Ok(answers) => {
                    self.apis.push((named, answers));
                    return Ok(());
                }
                // P-175
                Err(error) if error.kind == AwsErrorKind::NotFound => {
                    format!("there is no API {id} in {region}: what the policy grants it is left over")
                }
                Err(error) if error.kind == AwsErrorKind::Denied => {
                    format!("the API {id}, which the policy names: {error}")
                }
                Err(error) => return Err(fault(error)),
            }
        };
        self.left_out.push(message);
        Ok(())
    }
}

/// The function of `--function`, which must be in the region of `--region`.
pub(super) fn function_of(text: &str, region: Option<&str>) -> Result<FunctionName, Fault> {
    let function =
        FunctionName::parse(text).map_err(|error| Fault::usage(error.to_string()).of("--function"))?;
    match (region, &function.region) {
        (Some(region), Some(own)) if region != own => {
            Err(Fault::usage(format!("--region {region}: the function is in {own}, says its ARN")))
        }
        _ => Ok(function),
    }
}

/// A failure of AWS's as the end of a command.
pub(super) fn fault(error: AwsError) -> Fault {
    let fault = match error.kind {
        AwsErrorKind::Network => Fault::network("connect", error.message),
        AwsErrorKind::TimedOut => Fault::network("timeout", error.message),
        AwsErrorKind::Throttled => Fault::network("throttled", error.message),
        AwsErrorKind::Failed => Fault::network("failed", error.message),
        _ => Fault::usage(error.message),
    };
    Fault { hint: error.hint, ..fault }
}
