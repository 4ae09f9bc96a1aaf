//! `websocket-routes.jsonl`: a message and the key of the route that takes it.

use super::Case;
use super::spec::ApiSpec;
use apigw::gateway::{Flavor, select_route};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SelectionCase {
    #[serde(default)]
    api: ApiSpec,
    message: String,
    /// The key; null if no route takes the message.
    expect: Option<String>,
}

impl Case for SelectionCase {
    fn differences(&self, flavor: Flavor) -> Vec<String> {
        let api = self.api.build(flavor);
        let route = select_route(&api.routes, &api.route_selection, &self.message);
        let key = route.map(|route| route.to_string());
        if key == self.expect {
            return Vec::new();
        }
        vec![format!("expected {:?}, is {key:?}", self.expect)]
    }
}
