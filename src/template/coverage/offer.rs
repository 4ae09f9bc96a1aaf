//! A grant ready to be compared with what rows present.

use super::fit::{Fit, Wanted};
use super::spelled::{References, Spelled};
use super::{Asked, Row};
use crate::policy::arn::{self, LATEST};
use crate::policy::{Caller, names_action};
use crate::template::model::{Grant, Kind, Model};
use crate::template::named::Named;

/// A grant that is read.
#[derive(Debug, Clone)]
pub(super) struct Offer {
    pub(super) named: Named,
    pub(super) is_for_api_gateway: bool,
    /// Whether its source ARN is one of an API.
    pub(super) is_of_api: bool,
    pub(super) principal: Fit,
    pub(super) action: Fit,
    /// Whether nothing else keeps it from being used: a condition of the template that does not
    /// hold, or a condition that calls of API Gateway never meet.
    pub(super) is_free: bool,
    /// The condition of the template of which it is not known whether it holds.
    condition: Option<String>,
    pub(super) source: Option<Wanted>,
    account: Option<Spelled>,
}

impl Offer {
    pub(super) fn of(model: &Model, grant: &Grant, references: &mut References<'_>) -> Self {
        let principal = principal(grant, references);
        let source = grant.source_arn.as_ref().map(|arn| {
            // Of a reference in a plan of Terraform it is not known what follows it.
            let (text, rest) = (arn.text(), format!("${{{} source_arn}}", grant.origin.logical_id));
            let spelled = match model.kind == Kind::Terraform && arn.is_open() {
                true if references.is_api_arn(text) => references.spell(&(text.to_owned() + &rest)),
                true => references.spell(&rest),
                false if grant.origin.generated_from.is_some() => references.spell_made(text),
                false => references.spell(text),
            };
            Wanted::new(spelled)
        });
        let is_everybody = grant.principal.text() == "*";
        let parts = source.as_ref().and_then(|source| arn::split(&source.spelled.text));
        let is_of_api = parts.is_some_and(|parts| parts[2] == "execute-api");
        let is_free = !grant.via_function_url // P-098
            && grant.function_url_auth_type.is_none()
            && grant.event_source_token.is_none()
            && grant.principal_org_id.is_none()
            && grant.origin.deployed != Some(false);
        let condition = grant.origin.condition.clone().filter(|_| grant.origin.deployed.is_none());
        Self {
            named: model.granted(grant),
            is_for_api_gateway: principal > Fit::No && (!is_everybody || is_of_api),
            is_of_api,
            principal,
            action: action(grant),
            is_free,
            condition,
            account: grant.source_account.as_ref().map(|account| references.spell(account.text())),
            source,
        }
    }

    /// Whether API Gateway could use it at all.
    pub(super) fn may_be_used(&self) -> bool {
        self.is_free && self.principal.min(self.action) > Fit::No
    }

    /// Whether it lets a row invoke the row's function.
    pub(super) fn covers(&self, asked: &Asked, row: &Row<'_>, references: &References<'_>) -> Fit {
        match self.is_about(asked, row, references) {
            Fit::No => Fit::No,
            fit => fit.min(self.source(&asked.arn, references)),
        }
    }

    /// The same, whatever its source ARN says.
    pub(super) fn is_about(&self, asked: &Asked, row: &Row<'_>, references: &References<'_>) -> Fit {
        let condition = match &self.condition {
            Some(condition) if !row.is_under(condition) => Fit::Perhaps,
            _ => Fit::Yes,
        };
        match self.principal.min(self.action).min(condition).min(self.qualifier(&asked.named)) {
            Fit::No => Fit::No,
            fit => fit.min(self.account(asked, references)),
        }
    }

    /// Whether it is about the qualifier that is asked: policies are per qualifier (P-031).
    pub(super) fn qualifier(&self, asked: &Named) -> Fit {
        let own = |named: &Named| named.qualifier.clone().filter(|qualifier| qualifier != LATEST);
        match (own(&self.named), own(asked)) {
            (own, asked) if own == asked => Fit::Yes,
            (Some(own), Some(asked)) if own.contains("${") || asked.contains("${") => Fit::Perhaps,
            _ => Fit::No,
        }
    }

    /// Whether it is about the account of the API.
    pub(super) fn account(&self, asked: &Asked, references: &References<'_>) -> Fit {
        self.account.as_ref().map_or(Fit::Yes, |account| references.equal(account, &asked.account))
    }

    /// Whether its source ARN matches; without one every ARN does.
    pub(super) fn source(&self, arn: &Spelled, references: &References<'_>) -> Fit {
        self.source.as_ref().map_or(Fit::Yes, |source| references.arn_like(source, arn))
    }
}

/// Whether API Gateway is meant (P-027), or everybody (P-081).
fn principal(grant: &Grant, references: &mut References<'_>) -> Fit {
    let text = grant.principal.text();
    if text == "*" {
        return Fit::Yes;
    }
    let (own, service) = (references.spell(text), references.spell(Caller::API_GATEWAY));
    references.equal(&own, &service)
}

/// Whether it is what API Gateway does (P-099); case does not count in actions.
fn action(grant: &Grant) -> Fit {
    match grant.action.text() {
        text if names_action(text, Caller::INVOKES) => Fit::Yes,
        text if text.contains("${") => Fit::Perhaps,
        _ => Fit::No,
    }
}
