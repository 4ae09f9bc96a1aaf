//! Authorizers of a template as guards of a deployment.

use super::methods::function_name;
use crate::gateway::door::{Guard, JwtRules};
use crate::gateway::{Api as Gateway, AuthorizerKind, AuthorizerSettings, Flavor, IdentitySource};
use crate::template::model::{Api, Authorizer, Model, Target};
use crate::template::settings::{GuardSettings, GuardType, PayloadVersion};
use regex::Regex;
use std::time::Duration;

/// How long answers are kept where nothing is said (R-251, H-106).
const USUAL_TTL: Duration = Duration::from_secs(300);

/// An authorizer that can be asked.
///
/// # Errors
/// Why it cannot be emulated.
pub(super) fn guard(
    model: &Model,
    api: &Api,
    authorizer: &Authorizer,
    gateway: &Gateway,
) -> Result<Guard, String> {
    let settings = &authorizer.settings;
    if let Some(obstacle) = &settings.obstacle {
        return Err(obstacle.clone());
    }
    let kind = match (&settings.kind, api.flavor) {
        (GuardType::Token, Flavor::Rest) => AuthorizerKind::Token,
        (GuardType::Request, Flavor::Rest) => AuthorizerKind::Request,
        (GuardType::Request, Flavor::Websocket) => AuthorizerKind::Websocket,
        (GuardType::Request, _) if settings.payload == Some(PayloadVersion::V1) => AuthorizerKind::HttpV1,
        (GuardType::Request, _) => AuthorizerKind::Http,
        (GuardType::Jwt { issuer, audience }, Flavor::Http) => {
            let (issuer, audience) = (issuer.clone(), audience.clone());
            let rules = JwtRules { issuer, audience, ..JwtRules::default() };
            return Ok(Guard::jwt(&authorizer.name, token_source(settings), rules));
        }
        (GuardType::Cognito(pools), Flavor::Rest) => {
            let rules = cognito(pools)?;
            return Ok(Guard::jwt(&authorizer.name, token_source(settings), rules));
        }
        (GuardType::Unknown, _) => return Err("its kind is not known".to_owned()),
        (_, flavor) => return Err(format!("{} has no authorizers of its kind", flavor.facts().a_title())),
    };
    lambda(model, api, (authorizer, kind), gateway)
}

fn lambda(
    model: &Model,
    api: &Api,
    (authorizer, kind): (&Authorizer, AuthorizerKind),
    gateway: &Gateway,
) -> Result<Guard, String> {
    let settings = &authorizer.settings;
    let Target::Lambda { function, .. } = &authorizer.target else {
        return Err("its function is not known".to_owned());
    };
    let function = function_name(model, api, function.text())?;
    let (identity_sources, simple_responses) = (settings.identity_sources.clone(), settings.simple_responses);
    // Only $connect is authorized, and nothing is kept without an identity (H-106).
    let is_kept = kind == AuthorizerKind::Token || !identity_sources.is_empty();
    let ttl = if is_kept && kind != AuthorizerKind::Websocket {
        settings.ttl.unwrap_or(USUAL_TTL)
    } else {
        Duration::ZERO
    };
    let validation = settings.validation.as_deref().filter(|_| kind == AuthorizerKind::Token).map(|text| {
        Regex::new(text).map_err(|_| format!("its validation expression `{text}` cannot be followed here"))
    });
    let own = AuthorizerSettings { identity_sources, simple_responses };
    let guard = Guard::lambda(&authorizer.name, kind, function, (gateway, own));
    Ok(Guard { ttl, validation: validation.transpose()?, ..guard })
}

/// Where a token stands: in `Authorization`, unless something else is said.
fn token_source(settings: &GuardSettings) -> IdentitySource {
    let usual = || IdentitySource::Header("Authorization".to_owned());
    settings.identity_sources.first().cloned().unwrap_or_else(usual)
}

/// Tokens of any of these user pools hold. Their keys are still to be given.
fn cognito(pools: &[String]) -> Result<JwtRules, String> {
    let mut issuers: Vec<_> = pools.iter().map(|pool| issuer(pool)).collect();
    let issuer = issuers.pop().ok_or("it names no user pool")?;
    Ok(JwtRules { issuer, other_issuers: issuers, ..JwtRules::default() })
}

/// The issuer of a user pool's tokens. What only the deployment knows of it stays open.
fn issuer(pool: &str) -> String {
    let (before, id) = match pool.rsplit_once("userpool/") {
        Some((before, id)) => (before, id.to_owned()),
        // A reference to the ARN of a pool: its id is not known.
        None => ("", format!("{}}}", pool.trim_end_matches('}').trim_end_matches(".Arn"))),
    };
    let region = before.split_once(":cognito-idp:").map_or("${AWS::Region}", |(_, rest)| {
        let from = rest.find('}').filter(|_| rest.starts_with("${")).unwrap_or(0);
        rest[from..].find(':').map_or(rest, |end| &rest[..from + end])
    });
    format!("https://cognito-idp.{region}.amazonaws.com/{id}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_user_pool_issues_in_its_region() {
        let cases = [
            (
                "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_a",
                "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_a",
            ),
            (
                "arn:${AWS::Partition}:cognito-idp:${AWS::Region}:${AWS::AccountId}:userpool/${Pool}",
                "https://cognito-idp.${AWS::Region}.amazonaws.com/${Pool}",
            ),
            ("${Pool.Arn}", "https://cognito-idp.${AWS::Region}.amazonaws.com/${Pool}"),
        ];
        for (pool, expected) in cases {
            assert_eq!(issuer(pool), expected, "{pool}");
        }
    }
}
