//! The URLs of functions: each is an API of one route.

use super::{Apis, v2_settings};
use crate::gateway::{Flavor, Route};
use crate::template::cfn::{Resolved, Resolver};
use crate::template::model::{Api, ApiRoute, Auth, Model, Origin, Target};
use crate::template::node::Node;
use crate::template::sam;
use crate::template::settings::RouteSettings;

/// Adds the URLs of a template.
pub(super) fn read(apis: &Apis<'_, '_>, model: &mut Model) {
    let stack = apis.stack;
    for resource in stack.of_kind("AWS::Lambda::Url") {
        let Some(function) = stack.text(resource, "TargetFunctionArn") else { continue };
        let get = |name: &str| resource.get(name);
        let url = url(apis, stack.origin(resource, resource.id_span), function, &get);
        model.function_urls.push(url);
    }
    for function in sam::functions(stack) {
        let config = function.properties.get("FunctionUrlConfig");
        let Some(node) = config.node() else { continue };
        let origin = stack.origin(function.resource, node.span);
        let (logical_id, generated_from) =
            (format!("{}Url", function.resource.id), Some(function.resource.id.to_owned()));
        let origin = Origin { logical_id, generated_from, ..origin };
        let get = |name: &str| config.get(name).node();
        model.function_urls.push(url(apis, origin, function.arn(stack), &get));
    }
}

fn url<'t>(
    apis: &Apis<'_, 't>,
    origin: Origin,
    function: Resolved,
    get: &dyn Fn(&str) -> Option<&'t Node>,
) -> Api {
    let resolver: &Resolver<'t> = &apis.stack.resolver;
    let text = |name: &str| get(name).and_then(|node| resolver.plain(node));
    let id = resolver.resource(&origin.logical_id, origin.span);
    let mut api = apis.api(id, Flavor::Url, origin.clone());
    api.settings.cors = get("Cors").and_then(|node| v2_settings::cors(resolver, node));
    api.settings.streaming = text("InvokeMode").as_deref() == Some("RESPONSE_STREAM");
    api.routes.push(ApiRoute {
        settings: RouteSettings::default(),
        route: Route::Default,
        target: Target::Lambda { function, by_role: false },
        authorizer: None,
        // Without a word SAM and CloudFormation refuse the template.
        auth: text("AuthType").map_or(Auth::Unknown, |kind| Auth::of_type(Some(&kind))),
        origin,
    });
    api
}
