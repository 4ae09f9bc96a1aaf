//! What a port serves: one API, or several of which each has a path of its own.

use super::site::Site;
use super::websocket::Connections;
use std::sync::{Arc, PoisonError, RwLock};

/// The APIs of a port. They can be replaced while requests are answered: those under way keep theirs,
/// and WebSocket connections stay open.
#[derive(Debug)]
pub struct Port {
    sites: RwLock<Vec<Arc<Site>>>,
    connections: Connections,
}

impl Port {
    /// A port with these APIs.
    pub fn new(sites: Vec<Arc<Site>>) -> Self {
        Self { sites: RwLock::new(sites), connections: Connections::default() }
    }

    /// The API that a path leads to: of those whose stage or base path it begins with the one with the
    /// longest; else the first, which then says that it knows no such path.
    pub fn site(&self, path: &str) -> Option<Arc<Site>> {
        let sites = self.sites.read().unwrap_or_else(PoisonError::into_inner);
        if let [site] = sites.as_slice() {
            return Some(Arc::clone(site));
        }
        let leads = sites.iter().filter(|site| site.api().locate(path).is_some());
        let longest = leads.max_by_key(|site| site.api().prefix().len());
        longest.or_else(|| sites.first()).map(Arc::clone)
    }

    /// The WebSocket connections that are open here.
    pub(super) fn connections(&self) -> &Connections {
        &self.connections
    }

    /// All APIs.
    pub fn sites(&self) -> Vec<Arc<Site>> {
        self.sites.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Serves other APIs from now on.
    pub fn replace(&self, sites: Vec<Arc<Site>>) {
        *self.sites.write().unwrap_or_else(PoisonError::into_inner) = sites;
    }
}
