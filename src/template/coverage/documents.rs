//! Whole policies of functions (P-100): decided as documents, for the call that API Gateway makes.

use super::fit::{Fit, Wanted};
use super::spelled::{References, Spelled};
use super::{Asked, Row};
use crate::policy::{Decision, Document, Effect, Policy, Request};
use crate::template::model::{FunctionPolicy, Model};
use crate::template::named::Named;
use serde_json::{Map, Value};

/// A policy that is compiled.
#[derive(Debug)]
pub(super) struct Judge {
    named: Named,
    /// The ARN of the function.
    function: String,
    policy: Policy,
    /// What statements that deny compare the source ARN and the source account with.
    denied: Vec<(Key, Wanted)>,
    is_free: bool,
    /// The condition of the template of which it is not known whether it holds.
    condition: Option<String>,
}

/// A key of conditions that API Gateway's call has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Key {
    SourceArn,
    SourceAccount,
}

/// What a policy says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Said {
    Denied,
    Is(Fit),
}

impl Said {
    pub(super) fn fit(self) -> Fit {
        match self {
            Self::Denied => Fit::No,
            Self::Is(fit) => fit,
        }
    }
}

impl Judge {
    pub(super) fn of(model: &Model, policy: &FunctionPolicy, references: &mut References<'_>) -> Self {
        let document = Document::read(&spelled(&policy.document, references));
        let denying = document.statements.iter().filter(|own| own.effect == Some(Effect::Deny));
        let mut denied = Vec::new();
        for condition in denying.flat_map(|statement| &statement.conditions) {
            let key = match condition.key.text.to_ascii_lowercase().as_str() {
                "aws:sourcearn" => Key::SourceArn,
                "aws:sourceaccount" => Key::SourceAccount,
                _ => continue,
            };
            denied.extend(
                condition.values.iter().map(|value| (key, Wanted::new(references.respell(&value.text)))),
            );
        }
        Self {
            named: model.named(policy.function.text()),
            function: function_arn(policy.function.text(), references),
            policy: Policy::new(&document, None),
            denied,
            is_free: policy.origin.deployed != Some(false),
            condition: policy.origin.condition.clone().filter(|_| policy.origin.deployed.is_none()),
        }
    }

    /// Whether it is the policy of the function that is asked, with the same qualifier (P-031).
    pub(super) fn is_about(&self, asked: &Asked) -> bool {
        self.is_free && self.named == asked.named
    }

    /// What it says; `allowed` is what its statements that allow come to one by one.
    pub(super) fn decide(
        &self,
        asked: &Asked,
        row: &Row<'_>,
        allowed: Fit,
        references: &References<'_>,
    ) -> Said {
        let doubtful = self.denied.iter().any(|(key, wanted)| match key {
            Key::SourceArn => references.arn_like(wanted, &asked.arn) == Fit::Perhaps,
            Key::SourceAccount => references.equal(&wanted.spelled, &asked.account) == Fit::Perhaps,
        });
        let is_sure = self.condition.as_deref().is_none_or(|condition| row.is_under(condition));
        match self.asks(asked, &asked.arn) {
            Decision::ExplicitDeny | Decision::Allowed if doubtful || !is_sure => Said::Is(Fit::Perhaps),
            Decision::ExplicitDeny => Said::Denied,
            Decision::Allowed => Said::Is(Fit::Yes),
            Decision::ImplicitDeny => Said::Is(allowed.min(Fit::Perhaps)),
        }
    }

    /// Whether it allows the call with another source ARN.
    pub(super) fn admits(&self, asked: &Asked, arn: &Spelled) -> bool {
        self.asks(asked, arn) == Decision::Allowed
    }

    fn asks(&self, asked: &Asked, arn: &Spelled) -> Decision {
        self.policy.decide(&Request::of_api_gateway(&self.function, &arn.text, &asked.account.text))
    }
}

/// A document with its references spelled. Policy variables, such as `${aws:SourceAccount}`, stay.
fn spelled(value: &Value, references: &mut References<'_>) -> Value {
    match value {
        Value::String(text) => Value::String(function_arn(text, references)),
        Value::Array(items) => items.iter().map(|item| spelled(item, references)).collect(),
        Value::Object(members) => {
            let members = members.iter().map(|(key, value)| (key.clone(), spelled(value, references)));
            Value::Object(members.collect::<Map<_, _>>())
        }
        other => other.clone(),
    }
}

/// A text with its references spelled; a reference to the ARN of a function has its six parts.
fn function_arn(text: &str, references: &mut References<'_>) -> String {
    let is_variable = text.split("${").skip(1).any(|rest| {
        let name = rest.split([',', '}']).next().unwrap_or_default();
        ["*", "?", "$"].contains(&name)
            || (name.contains(':') && !name.contains("::") && !name.starts_with("Fn"))
    });
    if is_variable {
        return text.to_owned();
    }
    let end = text.find(".Arn}").filter(|_| text.starts_with("${"));
    let Some(end) = end.filter(|end| !text[2..*end].contains(['$', '}'])) else {
        return references.spell(text).text;
    };
    let name = &text[2..end];
    let parts = "arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:";
    references.spell(&format!("{parts}${{{name}}}{}", &text[end + ".Arn}".len()..])).text
}
