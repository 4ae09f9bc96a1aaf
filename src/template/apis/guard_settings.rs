//! The settings of authorizers in templates of CloudFormation and SAM.

use crate::gateway::IdentitySource;
use crate::template::cfn::{Resolver, Resource};
use crate::template::node::Node;
use crate::template::sam::Merged;
use crate::template::settings::{GuardSettings, GuardType, PayloadVersion};
use std::time::Duration;

/// The payload format of that name.
pub(super) fn payload(text: &str) -> Option<PayloadVersion> {
    match text {
        // A number in YAML: 2.0 is 2.
        "1.0" | "1" => Some(PayloadVersion::V1),
        "2.0" | "2" => Some(PayloadVersion::V2),
        _ => None,
    }
}

/// Identity sources, in a list or behind commas.
///
/// # Errors
/// One that cannot be read.
fn sources(texts: &[String]) -> Result<Vec<IdentitySource>, String> {
    let texts = texts.iter().flat_map(|text| text.split(',')).map(str::trim).filter(|text| !text.is_empty());
    texts
        .map(|text| {
            IdentitySource::parse(text).ok_or_else(|| format!("its identity source {text} is not known"))
        })
        .collect()
}

fn with_sources(settings: GuardSettings, texts: &[String]) -> GuardSettings {
    match sources(texts) {
        Ok(identity_sources) => GuardSettings { identity_sources, ..settings },
        Err(obstacle) => GuardSettings { obstacle: Some(obstacle), ..settings },
    }
}

/// `AWS::ApiGateway::Authorizer` and `AWS::ApiGatewayV2::Authorizer`.
pub(super) fn of_resource<'t>(resolver: &Resolver<'t>, resource: &Resource<'t>) -> GuardSettings {
    let words = |name: &str| resource.get(name).map_or_else(Vec::new, |node| resolver.words(node));
    let text = |name: &str| resource.get(name).and_then(|node| resolver.plain(node));
    let kind = text("Type").or_else(|| text("AuthorizerType"));
    let kind = match kind.as_deref() {
        Some("TOKEN") => GuardType::Token,
        Some("REQUEST") => GuardType::Request,
        Some("JWT") => {
            let configuration = resource.get("JwtConfiguration").and_then(|node| resolver.follow(node));
            jwt(resolver, configuration)
        }
        Some("COGNITO_USER_POOLS") => GuardType::Cognito(words("ProviderARNs")),
        _ => GuardType::Unknown,
    };
    let settings = GuardSettings {
        ttl: resource
            .get("AuthorizerResultTtlInSeconds")
            .and_then(|node| resolver.number(node))
            .map(Duration::from_secs),
        simple_responses: resource.get("EnableSimpleResponses").and_then(|node| resolver.flag(node))
            == Some(true),
        payload: text("AuthorizerPayloadFormatVersion").as_deref().and_then(payload),
        validation: text("IdentityValidationExpression"),
        kind,
        ..GuardSettings::default()
    };
    judged(with_sources(settings, &words("IdentitySource")))
}

/// The rules for tokens. SAM does not look at the case of their names.
fn jwt<'t>(resolver: &Resolver<'t>, configuration: Option<&'t Node>) -> GuardType {
    let get = |name: &str| {
        let mut members = configuration.map_or(&[][..], Node::members).iter();
        members.find(|own| own.key.eq_ignore_ascii_case(name)).map(|own| &own.value)
    };
    let issuer = get("issuer").and_then(|node| resolver.plain(node)).unwrap_or_default();
    GuardType::Jwt { issuer, audience: get("audience").map_or_else(Vec::new, |node| resolver.words(node)) }
}

/// What of an authorizer is not emulated.
fn judged(settings: GuardSettings) -> GuardSettings {
    let obstacle = match &settings.kind {
        GuardType::Cognito(_) if settings.validation.is_some() => {
            Some("its validation expression for the audience of tokens is not followed here")
        }
        GuardType::Jwt { issuer, .. } if issuer.is_empty() => Some("its issuer is not known"),
        _ => None,
    };
    let obstacle = settings.obstacle.clone().or_else(|| obstacle.map(str::to_owned));
    GuardSettings { obstacle, ..settings }
}

/// An authorizer under `Auth` of `AWS::Serverless::Api`.
pub(super) fn of_sam_rest<'t>(resolver: &Resolver<'t>, authorizer: &Merged<'t>) -> GuardSettings {
    let text = |own: &Merged<'t>, name: &str| own.get(name).node().and_then(|node| resolver.plain(node));
    let identity = authorizer.get("Identity");
    let pools = authorizer.get("UserPoolArn").node().map(|node| resolver.words(node));
    let kind = match (pools, text(authorizer, "FunctionPayloadType").as_deref()) {
        (Some(pools), _) => GuardType::Cognito(pools),
        (None, Some("REQUEST")) => GuardType::Request,
        (None, None | Some("TOKEN")) => GuardType::Token,
        (None, Some(_)) => GuardType::Unknown,
    };
    let texts = match kind {
        GuardType::Request => listed(resolver, &identity, "method."),
        _ => {
            let header = text(&identity, "Header").unwrap_or_else(|| "Authorization".to_owned());
            vec![format!("method.request.header.{header}")]
        }
    };
    let validation = text(&identity, "ValidationExpression").filter(|_| kind != GuardType::Request);
    let settings =
        GuardSettings { kind, validation, ttl: ttl(resolver, &identity), ..GuardSettings::default() };
    judged(with_sources(settings, &texts))
}

/// An authorizer under `Auth` of `AWS::Serverless::HttpApi`.
pub(super) fn of_sam_http<'t>(resolver: &Resolver<'t>, authorizer: &Merged<'t>) -> GuardSettings {
    let node = |name: &str| authorizer.get(name).node();
    if let Some(configuration) = node("JwtConfiguration") {
        let kind = jwt(resolver, resolver.follow(configuration));
        let settings = GuardSettings { kind, ..GuardSettings::default() };
        let source = node("IdentitySource").map_or_else(Vec::new, |node| resolver.words(node));
        return judged(with_sources(settings, &source));
    }
    if node("OpenIdConnectUrl").is_some() {
        let obstacle = Some("its OpenID configuration stands elsewhere".to_owned());
        return GuardSettings { obstacle, ..GuardSettings::default() };
    }
    let identity = authorizer.get("Identity");
    let version = node("AuthorizerPayloadFormatVersion").and_then(|node| resolver.plain(node));
    let settings = GuardSettings {
        kind: GuardType::Request,
        ttl: ttl(resolver, &identity),
        simple_responses: node("EnableSimpleResponses").and_then(|node| resolver.flag(node)) == Some(true),
        payload: version.as_deref().and_then(payload),
        ..GuardSettings::default()
    };
    with_sources(settings, &listed(resolver, &identity, "$"))
}

/// The authorizer of `AWS::Serverless::WebSocketApi`.
pub(super) fn of_sam_websocket<'t>(resolver: &Resolver<'t>, auth: &Merged<'t>) -> GuardSettings {
    let settings = GuardSettings { kind: GuardType::Request, ..GuardSettings::default() };
    let source = auth.get("IdentitySource").node().map_or_else(Vec::new, |node| resolver.words(node));
    with_sources(settings, &source)
}

fn ttl<'t>(resolver: &Resolver<'t>, identity: &Merged<'t>) -> Option<Duration> {
    identity.get("ReauthorizeEvery").node().and_then(|node| resolver.number(node)).map(Duration::from_secs)
}

/// The lists of an `Identity`, as SAM writes them out.
fn listed<'t>(resolver: &Resolver<'t>, identity: &Merged<'t>, prefix: &str) -> Vec<String> {
    // Of REST APIs only what stands in the request has a prefix.
    let bare = if prefix == "$" { "$" } else { "" };
    let places = [
        ("Headers", format!("{prefix}request.header.")),
        ("QueryStrings", format!("{prefix}request.querystring.")),
        ("StageVariables", format!("{bare}stageVariables.")),
        ("Context", format!("{bare}context.")),
    ];
    let words = |name: &str| identity.get(name).node().map_or_else(Vec::new, |node| resolver.words(node));
    let texts = places
        .iter()
        .flat_map(|(name, place)| words(name).into_iter().map(move |word| format!("{place}{word}")));
    texts.collect()
}
