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
    let methods = args.routes.iter().map(|text| {
        let (route, target) = route(text)?;
        let method = Method::new(route, Integration::Function(String::new()));
        Ok((method, target.to_owned()))
    });
    Ok(Routed { deployment, methods: methods.collect::<Result<_, Fault>>()? })
}

/// A route and its target; the last `=` parts them, for paths may hold one too.
fn route(text: &str) -> Result<(Route, &str), Fault> {
    let parts = text.rsplit_once('=').filter(|(_, target)| !target.trim().is_empty());
    let (route, target) = parts.ok_or_else(|| {
        Fault::usage(format!("--route: `{text}` names no target"))
            .hint("such as --route 'GET /users/{id}=./bootstrap'")
    })?;
    let route = Route::parse(route).map_err(|error| Fault::usage(format!("--route: {error}")))?;
    Ok((route, target.trim()))
}

/// The front ends that requests can be served for.
fn flavor(front: Front) -> Result<Flavor, Fault> {
    match front {
        Front::Api(flavor @ (Flavor::Rest | Flavor::Http | Flavor::HttpV1 | Flavor::Url)) => Ok(flavor),
        other => Err(Fault::usage(format!("--api {other}: serve knows rest, http, http-v1 and url"))),
    }
}
