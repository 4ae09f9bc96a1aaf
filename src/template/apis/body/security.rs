//! `security` and its schemes: what an operation asks of its callers, and the authorizers.

use super::Body;
use crate::template::apis::target;
use crate::template::cfn::Resolved;
use crate::template::guards::GuardSays;
use crate::template::model::{Auth, Authorizer};
use crate::template::node::{Member, Node};

const AUTHORIZER: &str = "x-amazon-apigateway-authorizer";
const AUTH_TYPE: &str = "x-amazon-apigateway-authtype";

/// What an operation asks of its callers.
pub(super) struct Asked {
    pub(super) auth: Auth,
    pub(super) authorizer: Option<String>,
    pub(super) scopes: Vec<String>,
    pub(super) api_key: bool,
}

/// Whether a document has a JWT authorizer.
pub(super) fn has_jwt(root: &Node) -> bool {
    let schemes = root.get("components").and_then(|node| node.get("securitySchemes"));
    let kind = |scheme: &Member| scheme.value.get(AUTHORIZER)?.text_of("type").map(str::to_owned);
    schemes.map_or(&[][..], Node::members).iter().any(|scheme| kind(scheme).as_deref() == Some("jwt"))
}

/// What a security scheme is to API Gateway.
fn auth_of(scheme: Option<&Member>) -> Auth {
    let Some(scheme) = scheme else { return Auth::Unknown };
    if scheme.value.get(AUTHORIZER).is_some() {
        return Auth::Authorizer;
    }
    match scheme.value.text_of(AUTH_TYPE) {
        Some(kind) if kind.eq_ignore_ascii_case("awsSigv4") => Auth::Iam,
        Some(_) => Auth::Unknown,
        // An API key alone, or what API Gateway does not read.
        None => Auth::Open,
    }
}

/// Whether a scheme is the API key of a usage plan.
fn is_api_key(scheme: &Member) -> bool {
    let text = |name: &str| scheme.value.text_of(name).unwrap_or_default();
    auth_of(Some(scheme)) == Auth::Open
        && text("type") == "apiKey"
        && text("in") == "header"
        && text("name").eq_ignore_ascii_case("x-api-key")
}

impl<'t> Body<'_, 't> {
    /// What an operation asks: its own security, else that of the document.
    pub(super) fn asked(&self, operation: &'t Node) -> Asked {
        let security = operation.get("security").or_else(|| self.root.get("security"));
        let required: Vec<&Member> =
            security.map_or(&[][..], Node::items).iter().flat_map(Node::members).collect();
        let schemes = self.schemes();
        let scheme = |name: &str| schemes.iter().find(|scheme| scheme.key == name);
        let api_key = required.iter().any(|own| scheme(&own.key).is_some_and(is_api_key));
        if let Some(kind) = operation.get("x-amazon-apigateway-auth") {
            let auth = Auth::of_type(kind.text_of("type").map(str::to_ascii_uppercase).as_deref());
            if auth != Auth::Authorizer {
                return Asked { auth, authorizer: None, scopes: Vec::new(), api_key };
            }
        }
        let asking = required.iter().find(|own| auth_of(scheme(&own.key)) != Auth::Open);
        let auth = asking.map_or(Auth::Open, |own| auth_of(scheme(&own.key)));
        let named = asking.filter(|_| auth != Auth::Iam);
        let scopes = named.map_or(&[][..], |own| own.value.items()).iter();
        Asked {
            auth,
            authorizer: named.map(|own| own.key.clone()),
            scopes: scopes.filter_map(Node::text).map(str::to_owned).collect(),
            api_key,
        }
    }

    fn schemes(&self) -> &'t [Member] {
        let schemes = self.root.get("components").and_then(|node| node.get("securitySchemes"));
        let schemes = schemes.or_else(|| self.root.get("securityDefinitions"));
        schemes.and_then(|node| self.stack.resolver.follow(node)).map_or(&[], Node::members)
    }

    pub(super) fn authorizers(&self) -> Vec<Authorizer> {
        let mut authorizers = Vec::new();
        for scheme in self.schemes() {
            let Some(own) = self.get(&scheme.value, AUTHORIZER) else { continue };
            let target = target::of(self.stack, own.get("authorizerUri"), own.get("authorizerCredentials"));
            let id = format!("{}.{}.AuthorizerId", self.origin.logical_id, scheme.key);
            authorizers.push(Authorizer {
                settings: self.guard(&scheme.value, own).settings(&target),
                name: scheme.key.clone(),
                id: Resolved::unknown(&id, scheme.key_span),
                target,
                origin: self.origin(&scheme.value),
            });
        }
        authorizers
    }

    fn guard(&self, scheme: &'t Node, own: &'t Node) -> GuardSays {
        let kind = self.text(own, "type").or_else(|| self.text(scheme, AUTH_TYPE));
        let mut sources = self.texts(own, "identitySource");
        // TOKEN and Cognito authorizers read the header that the scheme is about.
        let is_request = kind.as_ref().is_some_and(|kind| kind.text().eq_ignore_ascii_case("request"));
        if let (true, false, Some("header"), Some(name)) =
            (sources.is_empty(), is_request, scheme.text_of("in"), scheme.text_of("name"))
        {
            sources.push(Resolved::known(format!("method.request.header.{name}"), scheme.span));
        }
        let jwt = self.get(own, "jwtConfiguration");
        GuardSays {
            kind,
            sources,
            ttl: self.text(own, "authorizerResultTtlInSeconds"),
            simple_responses: self.is_true(own, "enableSimpleResponses"),
            payload: self.text(own, "authorizerPayloadFormatVersion"),
            validation: self.text(own, "identityValidationExpression"),
            issuer: jwt.and_then(|jwt| self.text(jwt, "issuer")),
            audience: jwt.map_or_else(Vec::new, |jwt| self.texts(jwt, "audience")),
            pools: self.texts(own, "providerARNs"),
        }
    }
}
