//! The lines of `served-*.jsonl`: an API as it is deployed, a request to it, and what comes of it.

use super::super::unruly;
use crate::tables::spec::{ApiSpec, RequestSpec};
use apigw::gateway::door::{
    Authorization, Deployment, GatewayResponse, Guard, Integration, Jwks, JwtRules, Method, Model, Parameter,
    Throttle,
};
use apigw::gateway::{Api, Domain, Flavor, Front, IdentitySource, ResponseType, Route, arn};
use apigw::http::{Body, Headers, Request, Response};
use apigw::transport::FunctionHost;
use apigw::transport::serve::{FunctionPool, Site};
use regex::Regex;
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

/// The names of the two functions: the one behind the routes, and that of the authorizer.
pub(super) const FUNCTION: &str = "function";
pub(super) const AUTHORIZER: &str = "authorizer";

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct ServedCase {
    /// What kind of case it is, for those who count.
    pub(super) kind: Kind,
    /// Why it cannot be asked of this server by HTTP; the rest of the line is then missing.
    #[serde(default)]
    pub(super) unserved: Option<String>,
    /// The front end whose events the function gets.
    #[serde(default)]
    front: Option<String>,
    #[serde(default)]
    pub(super) api: ApiSpec,
    /// What is said of every route.
    #[serde(default)]
    route: RouteSpec,
    authorizer: Option<GuardSpec>,
    #[serde(default)]
    responses: Vec<CustomisedSpec>,
    #[serde(default)]
    api_keys: Vec<String>,
    /// Requests a second, and at once.
    throttle: Option<String>,
    /// Base paths, each of an API of its own that answers with its base path.
    #[serde(default)]
    mappings: Vec<String>,
    /// A request that comes first, and what comes of it is of no interest.
    #[serde(default)]
    pub(super) before: Option<RequestSpec>,
    #[serde(default)]
    request: RequestSpec,
    /// The size of its body, where that is too large for a table.
    body_bytes: Option<usize>,
    /// What the function does; else it says that all is well.
    #[serde(default)]
    function: Doing,
    #[serde(default)]
    pub(super) expect: Value,
    #[serde(default)]
    pub(super) exact: Vec<String>,
    #[serde(default)]
    pub(super) absent: Vec<String>,
}

#[derive(Deserialize, Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Kind {
    Routing,
    GatewayError,
    GatewayResponse,
    Cors,
    Authorizer,
    RequestValidation,
    Trace,
}

/// What a function does with its event.
#[derive(Deserialize, Default)]
#[serde(rename_all = "lowercase")]
pub(super) enum Doing {
    #[default]
    Well,
    /// It returns this; `<arn>` is the ARN of the call.
    Says(Value),
    /// It returns this text.
    Text(String),
    /// What `unruly` does by that name.
    Does(String),
    /// There is no such function.
    Missing,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
struct RouteSpec {
    iam: bool,
    scopes: Vec<String>,
    api_key_required: bool,
    required: Vec<String>,
    model: Option<Value>,
    timeout_millis: Option<u64>,
    mock: bool,
    /// Its integration is one that cannot work.
    failing: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct GuardSpec {
    /// The name of the kind; with `jwt` the settings are those of tokens.
    kind: String,
    #[serde(default)]
    function: Doing,
    #[serde(default)]
    ttl_seconds: u64,
    validation: Option<String>,
    #[serde(default)]
    audience: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct CustomisedSpec {
    kind: String,
    status: Option<u16>,
    template: Option<String>,
}

impl ServedCase {
    /// The APIs of the case.
    pub(super) fn sites(&self) -> Vec<Arc<Site>> {
        if self.mappings.is_empty() {
            return vec![Arc::new(self.site())];
        }
        let site = |base_path: &String| {
            let mut deployment = self.deployment();
            let name = "api.example.com".to_owned();
            deployment.map_to(Domain::Custom { name, base_path: base_path.clone() });
            let says = serde_json::json!({ "statusCode": 200, "body": base_path });
            let functions = BTreeMap::from([(FUNCTION.to_owned(), pool(&format!("say:{says}")))]);
            Arc::new(Site::new(deployment, functions, opened()))
        };
        self.mappings.iter().map(site).collect()
    }

    /// The request on its way.
    pub(super) fn request(&self) -> Request {
        let mut request = self.request.build();
        if let Some(bytes) = self.body_bytes {
            request.body = vec![b'a'; bytes];
        }
        request
    }

    fn site(&self) -> Site {
        let deployment = self.deployment();
        let arn = arn::of_call(&deployment.api, &self.before.as_ref().unwrap_or(&self.request).build());
        let mut functions = BTreeMap::new();
        if let Some(handler) = self.function.handler(&arn) {
            functions.insert(FUNCTION.to_owned(), pool(&handler));
        }
        if let Some(handler) = self.authorizer.as_ref().and_then(|guard| guard.function.handler(&arn)) {
            functions.insert(AUTHORIZER.to_owned(), pool(&handler));
        }
        let site = Site::new(deployment, functions, opened());
        match &self.throttle {
            Some(throttle) => site.throttled(Throttle::parse(throttle).unwrap()),
            None => site,
        }
    }

    fn deployment(&self) -> Deployment {
        let flavor = Flavor::from_name(self.front.as_deref().expect("a case has a front")).unwrap();
        let mut api = self.api.build(flavor);
        let routes = std::mem::take(&mut api.routes);
        let mut deployment = Deployment::new(api);
        for route in if routes.is_empty() { usual_routes(flavor) } else { routes } {
            let method = self.method(route);
            deployment.add(method);
        }
        deployment.guards.extend(self.authorizer.as_ref().map(|guard| guard.build(&deployment.api)));
        deployment.api_keys.clone_from(&self.api_keys);
        for own in &self.responses {
            let mut response = GatewayResponse::new(ResponseType::from_name(&own.kind).unwrap());
            response.status = own.status;
            if let Some(template) = &own.template {
                response.template("application/json", template).unwrap();
            }
            deployment.responses.put(response);
        }
        deployment
    }

    fn method(&self, route: Route) -> Method {
        let own = &self.route;
        let plain = || Response { status: 200, headers: Headers::new(), body: Body::default() };
        let integration = match own {
            own if own.mock => Integration::Mock(plain()),
            own if own.failing => Integration::Failing("it is set up wrong".to_owned()),
            _ => Integration::Function(FUNCTION.to_owned()),
        };
        let mut method = Method::new(route, integration);
        method.authorization = match &self.authorizer {
            _ if own.iam => Authorization::Iam,
            Some(_) => Authorization::Authorizer { name: "guard".to_owned(), scopes: own.scopes.clone() },
            None => Authorization::None,
        };
        method.api_key_required = own.api_key_required;
        method.timeout = own.timeout_millis.map(Duration::from_millis);
        method.validator.required = own.required.iter().map(|text| Parameter::parse(text).unwrap()).collect();
        let model = own.model.iter().map(|schema| Model::new("application/json", schema).unwrap());
        method.validator.models = model.collect();
        method
    }
}

impl Doing {
    /// The handler of `unruly` that does it.
    fn handler(&self, arn: &str) -> Option<String> {
        match self {
            Self::Well => Some(r#"say:{"statusCode":200,"body":"well"}"#.to_owned()),
            Self::Says(value) => Some(format!("say:{}", value.to_string().replace("<arn>", arn))),
            Self::Text(text) => Some(format!("say:{text}")),
            Self::Does(name) => Some(name.clone()),
            Self::Missing => None,
        }
    }
}

impl GuardSpec {
    fn build(&self, api: &Api) -> Guard {
        let guard = match self.kind.as_str() {
            "jwt" => {
                let keys = Jwks::parse(include_str!("../../../tables/served-jwks.json")).unwrap();
                let issuer = "https://issuer.example/".to_owned();
                let rules = JwtRules { issuer, audience: self.audience.clone(), keys, ..JwtRules::default() };
                Guard::jwt("guard", IdentitySource::Header("Authorization".to_owned()), rules)
            }
            kind => {
                let Some(Front::Authorizer(kind)) = Front::from_name(kind) else { panic!("{kind}") };
                Guard::lambda("guard", kind, AUTHORIZER, (api, api.authorizer.clone()))
            }
        };
        let validation = self.validation.as_ref().map(|form| Regex::new(form).unwrap());
        Guard { ttl: Duration::from_secs(self.ttl_seconds), validation, ..guard }
    }
}

/// What an API has whose routes are not told: all paths lead to the function.
fn usual_routes(flavor: Flavor) -> Vec<Route> {
    let keys: &[&str] = match flavor {
        Flavor::Rest => &["ANY /", "ANY /{proxy+}"],
        _ => &["$default"],
    };
    keys.iter().map(|key| Route::parse(key).unwrap()).collect()
}

fn pool(handler: &str) -> Arc<FunctionPool> {
    Arc::new(FunctionPool::new(2, FunctionHost::new(unruly(handler))))
}

fn opened() -> (Duration, u64) {
    (Duration::from_secs(1_700_000_000), 7)
}
