//! The API of `--route`: each names a route and what answers it.

use super::super::exit::Fault;
use super::Serve;
use crate::gateway::door::{Deployment, Integration, Method};
use crate::gateway::{Api, Flavor, Front, Route};

/// An API whose routes still lack their functions.
pub(super) struct Routed {
    /// The API, without routes.
    pub(super) deployment: Deployment,
    /// Its routes with what they are answered by, as it was written.
    pub(super) methods: Vec<(Method, String)>,
}

/// The API of the flags.
///
/// # Errors
/// A front end that is not served, and a route that is none.
pub(super) fn of(args: &Serve) -> Result<Routed, Fault> {
    let mut deployment = Deployment::new(Api::new(flavor(args.api)?));
    if let Some(stage) = &args.stage {
        deployment.api.stage.clone_from(stage);
    }
    sockets(args, &mut deployment)?;
    let flavor = deployment.api.flavor;
    let methods = args.routes.iter().map(|text| {
        let (route, target) = route(text, flavor)?;
        let mut method = Method::new(route, Integration::Function(String::new()));
        method.route_response = args.route_responses.contains(&method.route.to_string());
        Ok((method, target.to_owned()))
    });
    Ok(Routed { deployment, methods: methods.collect::<Result<_, Fault>>()? })
}

/// What only a WebSocket API has.
fn sockets(args: &Serve, deployment: &mut Deployment) -> Result<(), Fault> {
    if deployment.api.flavor != Flavor::Websocket {
        let flags = [
            ("--route-selection", args.route_selection.is_some()),
            ("--route-response", !args.route_responses.is_empty()),
        ];
        return match flags.into_iter().find(|(_, given)| *given) {
            Some((flag, _)) => {
                Err(Fault::usage(format!("{flag} means nothing for {}", args.api))
                    .hint("--api websocket has it"))
            }
            None => Ok(()),
        };
    }
    if let Some(expression) = &args.route_selection {
        deployment.api.route_selection.clone_from(expression);
    }
    for key in &args.route_responses {
        let mut keys = args.routes.iter().filter_map(|text| text.rsplit_once('='));
        if !keys.any(|(own, _)| own.trim() == key) {
            return Err(Fault::usage(format!("--route-response {key}: no --route has this key")));
        }
    }
    Ok(())
}

/// A route and its target; the last `=` parts them, for paths may hold one too.
fn route(text: &str, flavor: Flavor) -> Result<(Route, &str), Fault> {
    let parts = text.rsplit_once('=').filter(|(_, target)| !target.trim().is_empty());
    let (route, target) = parts.ok_or_else(|| {
        Fault::usage(format!("--route: `{text}` names no target"))
            .hint("such as --route 'GET /users/{id}=./bootstrap'")
    })?;
    if flavor == Flavor::Websocket {
        return match Route::parse(route) {
            Ok(Route::Path { .. }) => {
                Err(Fault::usage(format!("--route: `{route}` is no key of a WebSocket API"))
                    .hint("such as --route '$connect=app.connect' or --route 'sendmessage=./bootstrap'"))
            }
            _ => Ok((Route::key(route.trim()), target.trim())),
        };
    }
    let route = Route::parse(route).map_err(|error| Fault::usage(format!("--route: {error}")))?;
    Ok((route, target.trim()))
}

/// The front ends that requests can be served for.
fn flavor(front: Front) -> Result<Flavor, Fault> {
    match front {
        Front::Api(
            flavor @ (Flavor::Rest | Flavor::Http | Flavor::HttpV1 | Flavor::Url | Flavor::Websocket),
        ) => Ok(flavor),
        other => {
            Err(Fault::usage(format!("--api {other}: serve knows rest, http, http-v1, url and websocket")))
        }
    }
}
