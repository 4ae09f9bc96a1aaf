//! APIs, callers and requests as the tables write them.

use apigw::gateway::{
    Api, AuthorizerSettings, Caller, Cors, Domain, Endpoint, Flavor, Identity, IdentitySource, Moment, Route,
    Stamp,
};
use apigw::http::{Request, encoding};
use serde::Deserialize;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// An API, as far as it differs from the default one.
#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub(crate) struct ApiSpec {
    id: Option<String>,
    endpoint: EndpointSpec,
    stage: Option<String>,
    stage_variables: BTreeMap<String, String>,
    routes: Vec<String>,
    binary_media_types: Vec<String>,
    domain: Option<DomainSpec>,
    streaming: bool,
    plain_http: bool,
    route_selection: Option<String>,
    route_response: bool,
    identity_sources: Vec<String>,
    simple_responses: bool,
    cors: Option<CorsSpec>,
}

#[derive(Deserialize, Default, Clone)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
struct CorsSpec {
    allow_origins: Vec<String>,
    allow_credentials: bool,
    expose_headers: Vec<String>,
}

#[derive(Deserialize, Default, Clone, Copy)]
#[serde(rename_all = "camelCase")]
enum EndpointSpec {
    Edge,
    #[default]
    Regional,
    Private,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct DomainSpec {
    name: String,
    base_path: String,
}

impl ApiSpec {
    pub(crate) fn build(&self, flavor: Flavor) -> Api {
        let default = Api::new(flavor);
        let route = |key: &String| match flavor {
            Flavor::Websocket => Route::key(key),
            _ => Route::parse(key).unwrap(),
        };
        let source = |text: &String| IdentitySource::parse(text).unwrap();
        Api {
            id: self.id.clone().unwrap_or(default.id),
            stage: self.stage.clone().unwrap_or(default.stage),
            stage_variables: self.stage_variables.clone().into_iter().collect(),
            routes: self.routes.iter().map(route).collect(),
            binary_media_types: self.binary_media_types.clone(),
            endpoint: match self.endpoint {
                EndpointSpec::Edge => Endpoint::Edge,
                EndpointSpec::Regional => Endpoint::Regional,
                EndpointSpec::Private => Endpoint::Private,
            },
            domain: self.domain.as_ref().map_or(Domain::ExecuteApi, |domain| Domain::Custom {
                name: domain.name.clone(),
                base_path: domain.base_path.clone(),
            }),
            streaming: self.streaming,
            cors: self.cors.clone().map(|cors| Cors {
                allow_origins: cors.allow_origins,
                allow_credentials: cors.allow_credentials,
                expose_headers: cors.expose_headers,
                ..Cors::default()
            }),
            https: !self.plain_http,
            route_selection: self.route_selection.clone().unwrap_or(default.route_selection),
            route_response: self.route_response,
            authorizer: AuthorizerSettings {
                identity_sources: self.identity_sources.iter().map(source).collect(),
                simple_responses: self.simple_responses,
            },
            ..default
        }
    }
}

/// A caller; anonymous without one of `lambda`, `claims` and `iam`.
#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub(crate) struct CallerSpec {
    source_ip: Option<String>,
    api_key: Option<String>,
    lambda: Option<LambdaSpec>,
    claims: Option<Map<String, Value>>,
    iam: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LambdaSpec {
    principal: String,
    context: Map<String, Value>,
}

impl CallerSpec {
    pub(crate) fn build(&self) -> Caller {
        let identity = match (&self.lambda, &self.claims, &self.iam) {
            (Some(lambda), None, None) => {
                Identity::Lambda { principal: lambda.principal.clone(), context: lambda.context.clone() }
            }
            (None, Some(claims), None) => Identity::Claims(claims.clone()),
            (None, None, Some(arn)) => Identity::Iam { arn: arn.clone() },
            (None, None, None) => Identity::Anonymous,
            _ => panic!("a caller has one identity"),
        };
        let source_ip = self.source_ip.clone().unwrap_or_else(|| Caller::default().source_ip);
        Caller { source_ip, api_key: self.api_key.clone(), identity, scopes: None }
    }
}

/// A request; `GET /` unless it says otherwise.
#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub(crate) struct RequestSpec {
    method: Option<String>,
    path: Option<String>,
    query: Option<String>,
    headers: Vec<(String, String)>,
    body: Option<String>,
    body_base64: Option<String>,
}

impl RequestSpec {
    pub(crate) fn build(&self) -> Request {
        let method = self.method.as_deref().unwrap_or("GET");
        let mut request = Request::new(method, self.path.as_deref().unwrap_or("/"));
        request.query.clone_from(&self.query);
        request.headers = self.headers.iter().map(|(name, value)| (name.as_str(), value)).collect();
        request.body = match (&self.body, &self.body_base64) {
            (Some(text), None) => text.clone().into_bytes(),
            (None, Some(base64)) => encoding::base64_decode(base64).unwrap(),
            (None, None) => Vec::new(),
            (Some(_), Some(_)) => panic!("a request has one body"),
        };
        request
    }
}

/// What an event tells of, if it is no client's request.
#[derive(Deserialize, Default, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum MomentSpec {
    #[default]
    Request,
    TestInvoke,
    HealthCheck,
    Connect,
    Message,
    Disconnect,
}

impl MomentSpec {
    pub(crate) fn build(self) -> Moment {
        match self {
            Self::Request => Moment::Request,
            Self::TestInvoke => Moment::TestInvoke,
            Self::HealthCheck => Moment::HealthCheck,
            Self::Connect => Moment::Connect,
            Self::Message => Moment::Message,
            Self::Disconnect => Moment::Disconnect,
        }
    }
}

/// The stamp of an instant, or of the default one.
pub(crate) fn stamp(epoch_ms: Option<i64>) -> Stamp {
    Stamp::new(epoch_ms.unwrap_or(Stamp::DEFAULT_EPOCH_MS), 7)
}
