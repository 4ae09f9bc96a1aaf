//! Lambda: the policy of a function.

use super::error::{AwsError, AwsErrorKind, Call};
use super::function_name::FunctionName;
use super::service::Service;
use super::{Aws, segment};
use serde_json::Value;

/// The policy of a function as Lambda has it now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LivePolicy {
    /// The ARN of the function, with the qualifier if one was named.
    pub function_arn: String,
    /// The text of the policy; `None` if the function has none.
    pub text: Option<String>,
    /// What could not be asked.
    pub left_out: Vec<String>,
}

impl Aws {
    /// The policy of a function, or of one of its aliases or versions (P-031): what AddPermission or
    /// PutResourcePolicy left (P-090, P-100).
    ///
    /// # Errors
    /// When there is no such function, or Lambda does not answer.
    pub async fn policy_of(&self, function: &FunctionName) -> Result<LivePolicy, AwsError> {
        let about = format!("function {function}");
        let call = |action, tail: &str| Call {
            service: Service::Lambda,
            action,
            about: &about,
            path: format!("/2015-03-31/functions/{}/{tail}", segment(&function.unqualified)),
            query: function.qualifier.iter().map(|qualifier| ("Qualifier", qualifier.clone())).collect(),
        };
        let answer = match self.get(&call("lambda:GetPolicy", "policy")).await {
            // Without a policy it is the same as without a function (P-097).
            Err(error) if error.kind == AwsErrorKind::NotFound => None,
            answer => Some(answer?),
        };
        let arn = answer.as_ref().and_then(text).and_then(|text| resource_of(&text, function));
        let function_arn = match arn {
            Some(arn) => arn,
            None => {
                let answer = self.get(&call("lambda:GetFunctionConfiguration", "configuration")).await?;
                answer["FunctionArn"].as_str().unwrap_or(&function.unqualified).to_owned()
            }
        };
        let mut left_out = Vec::new();
        let mut policy = answer.as_ref().and_then(text);
        if policy.is_none() {
            policy = match self.resource_policy(&function_arn, &about).await {
                Ok(policy) => policy,
                Err(error) if error.is_about_the_call() => {
                    left_out.push(format!("the policy that PutResourcePolicy leaves: {error}"));
                    None
                }
                Err(error) => return Err(error),
            };
        }
        Ok(LivePolicy { function_arn, text: policy, left_out })
    }

    /// The policy that PutResourcePolicy left (P-100).
    async fn resource_policy(&self, arn: &str, about: &str) -> Result<Option<String>, AwsError> {
        let call = Call {
            service: Service::Lambda,
            action: "lambda:GetResourcePolicy",
            about,
            path: format!("/2026-07-09/resource-policy/{}", segment(arn)),
            query: Vec::new(),
        };
        match self.get(&call).await {
            Ok(answer) => Ok(text(&answer)),
            Err(error) if error.kind == AwsErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }
}

fn text(answer: &Value) -> Option<String> {
    answer["Policy"].as_str().map(str::to_owned)
}

/// The ARN of the function, from what the statements of its policy name as their resource (P-091).
fn resource_of(policy: &str, function: &FunctionName) -> Option<String> {
    let policy: Value = serde_json::from_str(policy).ok()?;
    let arn = FunctionName::parse(policy["Statement"].get(0)?["Resource"].as_str()?).ok()?;
    arn.region.as_ref()?;
    Some(FunctionName { qualifier: function.qualifier.clone(), ..arn }.to_string())
}
