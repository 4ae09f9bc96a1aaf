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
            payload: self.payload.as_ref().and_then(payload),
            validation: self.validation.as_ref().map(|pattern| pattern.text().to_owned()),
            ..GuardSettings::default()
        };
        let kind = self.kind.as_ref().map(|kind| kind.text().to_ascii_uppercase());
        settings.kind = self.kind(kind.as_deref());
        match self.sources() {
            Ok(sources) => settings.identity_sources = sources,
            Err(why) => settings.obstacle = Some(why),
        }
        settings.obstacle = settings.obstacle.or_else(|| self.obstacle(kind.as_deref(), target));
        settings
    }

    fn sources(&self) -> Result<Vec<IdentitySource>, String> {
        let texts = self.sources.iter().flat_map(|text| text.text().split(','));
        let texts = texts.map(str::trim).filter(|text| !text.is_empty());
        let read = |text: &str| {
            IdentitySource::parse(text).ok_or_else(|| format!("its identity source {text} is not understood"))
        };
        texts.map(read).collect()
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
            (Some("JWT"), _) => open("issuer", &self.issuer).or_else(|| open("audience", &self.audience)),
            (Some("COGNITO_USER_POOLS"), _) if self.pools.is_empty() => {
                Some("it names no user pool".to_owned())
            }
            (Some("COGNITO_USER_POOLS"), _) => open("user pool", &self.pools),
            (Some("TOKEN" | "REQUEST"), Target::Other) => Some("it names no known function".to_owned()),
            (Some("TOKEN" | "REQUEST"), _) => None,
            (Some(kind), _) => Some(format!("its type, {kind}, is not known")),
            (None, _) => Some("its type is not known".to_owned()),
        }
    }
}

/// Why a text that only the deployment knows will not do.
fn open<'r>(what: &str, texts: impl IntoIterator<Item = &'r Resolved>) -> Option<String> {
    let open = texts.into_iter().find(|text| text.is_open())?;
    Some(format!("its {what} {open} is known after the deployment only"))
}
