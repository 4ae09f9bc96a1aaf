//! `Cors` of `AWS::Serverless::Api`: the `OPTIONS` routes that SAM makes, each a `MOCK` integration.

use super::{Apis, mock};
use crate::gateway::Route;
use crate::http::Response;
use crate::template::cfn::Resolver;
use crate::template::model::{ApiRoute, Auth, Origin, Target};
use crate::template::node::Node;
use crate::template::sam::Merged;
use crate::template::settings::RouteSettings;

/// What `ANY` stands for in `Access-Control-Allow-Methods`.
const EVERY_METHOD: &str = "DELETE,GET,HEAD,OPTIONS,PATCH,POST,PUT";

/// Adds a preflight for each path of an API that does not answer `OPTIONS` itself.
pub(super) fn preflights<'t>(apis: &mut Apis<'_, 't>, at: usize, properties: &Merged<'t>) {
    let resolver = &apis.stack.resolver;
    let cors = properties.get("Cors");
    let Some(node) = cors.node().filter(|node| resolver.follow(node).is_some()) else { return };
    let api = &apis.found[at];
    let mut paths: Vec<&str> = Vec::new();
    for route in &api.routes {
        paths.extend(route.route.template().filter(|path| !paths.contains(path)));
    }
    let mut made = Vec::new();
    for path in paths {
        if methods(&api.routes, path).any(|method| method == Some("OPTIONS")) {
            continue;
        }
        let origin = Origin { span: node.span, ..api.origin.clone() };
        let answer = answer(resolver, (&cors, node), &allowed(&api.routes, path));
        made.push(preflight(resolver, path, answer, (properties, origin)));
    }
    apis.found[at].settings.preflights.extend(made);
}

fn preflight<'t>(
    resolver: &Resolver<'t>,
    path: &str,
    answer: Result<Response, String>,
    (properties, origin): (&Merged<'t>, Origin),
) -> ApiRoute {
    let auth = properties.get("Auth");
    // Unless it is told otherwise, SAM asks of preflights what it asks of all.
    let unless = |name: &str| auth.get(name).node().and_then(|node| resolver.flag(node)) != Some(false);
    let default = auth.get("DefaultAuthorizer").node().filter(|node| node.text() != Some("NONE"));
    let default = default.filter(|_| unless("AddDefaultAuthorizerToCorsPreflight"));
    let key = auth.get("ApiKeyRequired").node().and_then(|node| resolver.flag(node)) == Some(true);
    let default_authorizer = default.and_then(Node::text).map(str::to_owned);
    let is_unknown = default.is_some() && default_authorizer.is_none();
    let obstacle = answer.as_ref().err().cloned();
    ApiRoute {
        settings: RouteSettings {
            mock: answer.ok(),
            api_key_required: key && unless("AddApiKeyRequiredToCorsPreflight"),
            default_authorizer,
            obstacle,
            ..RouteSettings::default()
        },
        route: Route::of("OPTIONS", path),
        target: Target::Other,
        authorizer: None,
        auth: if is_unknown { Auth::Unknown } else { Auth::Open },
        origin,
    }
}

/// The methods of a path; `None` is `ANY`.
fn methods<'r>(routes: &'r [ApiRoute], path: &str) -> impl Iterator<Item = Option<&'r str>> {
    routes.iter().filter_map(move |route| match &route.route {
        Route::Path { method, template } if template == path => Some(method.as_deref()),
        _ => None,
    })
}

/// What a preflight allows where the template does not say it: the methods that there are.
fn allowed(routes: &[ApiRoute], path: &str) -> String {
    let mut own: Vec<_> = methods(routes, path).collect();
    if own.contains(&None) {
        return EVERY_METHOD.to_owned();
    }
    own.push(Some("OPTIONS"));
    own.sort_unstable();
    own.dedup();
    own.into_iter().flatten().collect::<Vec<_>>().join(",")
}

/// The answer: `Cors` is an origin alone, or a map.
fn answer<'t>(
    resolver: &Resolver<'t>,
    (cors, node): (&Merged<'t>, &'t Node),
    methods: &str,
) -> Result<Response, String> {
    let text = |name: &str| cors.get(name).node().and_then(|node| resolver.plain(node));
    let origin = resolver.plain(node).or_else(|| text("AllowOrigin")).unwrap_or_else(|| "'*'".to_owned());
    let allowed = text("AllowMethods").unwrap_or_else(|| format!("'{methods}'"));
    let credentials = cors.get("AllowCredentials").node().and_then(|node| resolver.flag(node)) == Some(true);
    let parameters = [
        ("Access-Control-Allow-Origin", Some(origin)),
        ("Access-Control-Allow-Headers", text("AllowHeaders")),
        ("Access-Control-Allow-Methods", Some(allowed)),
        ("Access-Control-Max-Age", text("MaxAge")),
        ("Access-Control-Allow-Credentials", credentials.then(|| "'true'".to_owned())),
    ];
    let said = parameters.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
    let templates = [("application/json".to_owned(), "{}\n".to_owned())];
    mock::put_together(200, &said.collect::<Vec<_>>(), &templates)
}
