//! What a port serves: one API, or several of which each has a path of its own.

use super::site::Site;
use std::sync::{Arc, PoisonError, RwLock};

/// The APIs of a port. They can be replaced while requests are answered: those under way keep theirs.
#[derive(Debug)]
pub struct Port(RwLock<Vec<Arc<Site>>>);

impl Port {
    /// A port with these APIs.
    pub fn new(sites: Vec<Arc<Site>>) -> Self {
        Self(RwLock::new(sites))
    }

    /// The API that a path leads to: of those whose stage or base path it begins with the one with the
    /// longest; else the first, which then says that it knows no such path.
    pub fn site(&self, path: &str) -> Option<Arc<Site>> {
        let sites = self.0.read().unwrap_or_else(PoisonError::into_inner);
        if let [site] = sites.as_slice() {
            return Some(Arc::clone(site));
        }
        let leads = sites.iter().filter(|site| site.api().locate(path).is_some());
        let longest = leads.max_by_key(|site| site.api().prefix().len());
        longest.or_else(|| sites.first()).map(Arc::clone)
    }

    /// All APIs.
    pub fn sites(&self) -> Vec<Arc<Site>> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Serves other APIs from now on.
    pub fn replace(&self, sites: Vec<Arc<Site>>) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = sites;
    }
}
