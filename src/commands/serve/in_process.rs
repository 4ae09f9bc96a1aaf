//! The APIs of templates, asked in this process instead of over a port.

use super::super::exit::Fault;
use super::super::io::Io;
use super::inspect::InspectFlags;
use super::listening::sites;
use super::plan::{Plan, plan};
use super::{ApiFlags, FunctionFlags, LogFormat, Serve};
use crate::gateway::{Flavor, Front};
use crate::transport::serve::Site;
use std::net::Ipv4Addr;
use std::sync::Arc;

/// APIs that answer, with their functions.
#[derive(Debug)]
pub(in crate::commands) struct InProcess {
    sites: Vec<(String, Arc<Site>)>,
    plan: Plan,
}

impl InProcess {
    /// Finds what the flags describe. Functions start with the first requests.
    ///
    /// # Errors
    /// Those of [`plan`], and templates of WebSocket APIs alone: nobody asks those a request.
    pub(in crate::commands) async fn find(
        apis: ApiFlags,
        functions: FunctionFlags,
        io: &mut Io,
    ) -> Result<Self, Fault> {
        let args = serve(apis, functions);
        let plan = plan(&args, io).await?;
        let of_requests = plan.apis.iter().filter(|api| api.deployment.api.flavor != Flavor::Websocket);
        let first = |api| sites(api, (&plan, &args), io).into_iter().next();
        let sites: Vec<_> = of_requests.filter_map(|api| Some((api.name.clone(), first(api)?))).collect();
        if sites.is_empty() {
            return Err(Fault::usage("there are only WebSocket APIs, which take no requests"));
        }
        Ok(Self { sites, plan })
    }

    /// The API of a name; without one, the only one.
    ///
    /// # Errors
    /// When there is none of that name, or when one of several has to be named; in words.
    pub(in crate::commands) fn site(&self, name: Option<&str>) -> Result<Arc<Site>, String> {
        let names = || self.sites.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(", ");
        match (name, self.sites.as_slice()) {
            (None, [(_, site)]) => Ok(Arc::clone(site)),
            (None, _) => Err(format!("the template has several APIs ({}), and none is named", names())),
            (Some(name), sites) => match sites.iter().find(|(own, _)| own == name) {
                Some((_, site)) => Ok(Arc::clone(site)),
                None => Err(format!("the template has no API {name} that takes requests, but {}", names())),
            },
        }
    }

    /// Ends the processes of the functions.
    pub(in crate::commands) async fn close(&self) {
        for pool in self.plan.functions.values() {
            pool.renew().await;
        }
    }
}

/// What `serve` would be told.
fn serve(apis: ApiFlags, functions: FunctionFlags) -> Serve {
    Serve {
        apis,
        routes: Vec::new(),
        api: Front::Api(Flavor::Http),
        stage: None,
        route_selection: None,
        route_responses: Vec::new(),
        port: 0,
        one_port: false,
        host: Ipv4Addr::LOCALHOST.into(),
        no_watch: true,
        format: LogFormat::Human,
        functions,
        inspect: InspectFlags::default(),
    }
}
