//! What an authorizer says, whatever kind of template says it: its settings, or why it cannot be
//! emulated.

use super::cfn::Resolved;
use super::integrations::payload;
use super::model::Target;
use super::settings::{GuardSettings, GuardType};
use crate::gateway::IdentitySource;
use std::time::Duration;

/// An authorizer as a template describes it; what it does not say is `None` or empty.
#[derive(Debug, Clone, Default)]
pub(super) struct GuardSays {
    /// Its type, such as `TOKEN`, in any case.
    pub(super) kind: Option<Resolved>,
    /// Its identity sources; several may stand in one text, with commas between.
    pub(super) sources: Vec<Resolved>,
    /// How many seconds an answer is kept.
    pub(super) ttl: Option<Resolved>,
    /// Whether simple responses are enabled.
    pub(super) simple_responses: bool,
    /// The payload format of its event.
    pub(super) payload: Option<Resolved>,
    /// The pattern of tokens.
    pub(super) validation: Option<Resolved>,
    /// Who issues the tokens.
    pub(super) issuer: Option<Resolved>,
    /// For whom they may be.
    pub(super) audience: Vec<Resolved>,
    /// The ARNs of user pools.
    pub(super) pools: Vec<Resolved>,
}

impl GuardSays {
    /// The settings of an authorizer that asks `target`.
    pub(super) fn settings(&self, target: &Target) -> GuardSettings {
        let mut settings = GuardSettings {
            ttl: self.ttl.as_ref().and_then(|text| text.text().parse().ok()).map(Duration::from_secs),
            simple_responses: self.simple_responses,
            payload: self.payload.as_ref().and_then(|text| payload(text.text())),
            validation: self.validation.as_ref().map(|pattern| pattern.text().to_owned()),
            ..GuardSettings::default()
        };
        let kind = self.kind.as_ref().map(|kind| kind.text().to_ascii_uppercase());
        settings.kind = self.kind(kind.as_deref());
        match sources(self.sources.iter().map(Resolved::text)) {
            Ok(sources) => settings.identity_sources = sources,
            Err(why) => settings.obstacle = Some(why),
        }
        settings.obstacle = settings.obstacle.or_else(|| self.obstacle(kind.as_deref(), target));
        settings
    }

    fn kind(&self, kind: Option<&str>) -> GuardType {
        let texts = |texts: &[Resolved]| texts.iter().map(|text| text.text().to_owned()).collect();
        match kind {
            Some("TOKEN") => GuardType::Token,
            Some("REQUEST") => GuardType::Request,
            Some("COGNITO_USER_POOLS") => GuardType::Cognito(texts(&self.pools)),
            Some("JWT") => GuardType::Jwt {
                issuer: self.issuer.as_ref().map_or_else(String::new, |issuer| issuer.text().to_owned()),
                audience: texts(&self.audience),
            },
            _ => GuardType::Unknown,
        }
    }

    /// Why it cannot be emulated, beside its identity sources.
    fn obstacle(&self, kind: Option<&str>, target: &Target) -> Option<String> {
        match (kind, target) {
            (Some("JWT"), _) if self.issuer.is_none() => Some("it names no issuer".to_owned()),
            (Some("COGNITO_USER_POOLS"), _) if self.pools.is_empty() => {
                Some("it names no user pool".to_owned())
            }
            (Some("COGNITO_USER_POOLS"), _) if self.validation.is_some() => {
                Some("its validation expression for the audience of tokens is not followed here".to_owned())
            }
            (Some("JWT" | "COGNITO_USER_POOLS"), _) => None,
            (Some("TOKEN" | "REQUEST"), Target::Other) => Some("it names no known function".to_owned()),
            (Some("TOKEN" | "REQUEST"), _) => None,
            (Some(kind), _) => Some(format!("its type, {kind}, is not known")),
            (None, _) => Some("its type is not known".to_owned()),
        }
    }
}

/// Identity sources, each a text or several with commas between.
///
/// # Errors
/// One that cannot be read.
pub(super) fn sources<'s>(texts: impl Iterator<Item = &'s str>) -> Result<Vec<IdentitySource>, String> {
    let texts = texts.flat_map(|text| text.split(',')).map(str::trim).filter(|text| !text.is_empty());
    let read = |text: &str| {
        IdentitySource::parse(text).ok_or_else(|| format!("its identity source {text} is not known"))
    };
    texts.map(read).collect()
}
