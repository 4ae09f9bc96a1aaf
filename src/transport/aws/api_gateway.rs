//! API Gateway: what is configured of an API, in both versions of its API.

use super::error::{AwsError, AwsErrorKind, Call};
use super::service::Service;
use super::{Aws, segment};
use crate::template::{ApiAnswers, ApiVersion};
use serde_json::Value;

/// How many pages are asked for at most.
const MOST_PAGES: usize = 1_000;

/// The action that reading API Gateway's own API needs.
const ACTION: &str = "apigateway:GET";

impl Aws {
    /// Everything that API Gateway says about an API, REST, HTTP or WebSocket.
    ///
    /// # Errors
    /// When there is no API of that id, or API Gateway does not answer.
    pub async fn api(&self, id: &str) -> Result<ApiAnswers, AwsError> {
        let place = Place { service: Service::ApiGateway, about: format!("API {id}"), id };
        match self.get(&place.call("/restapis", "", Vec::new())).await {
            Err(error) if error.kind == AwsErrorKind::NotFound => self.v2_api(id).await,
            api => self.rest_api(&place, api?).await,
        }
    }

    async fn rest_api(&self, place: &Place<'_>, api: Value) -> Result<ApiAnswers, AwsError> {
        let list = async |tail: &str, query: &[(&'static str, &str)]| {
            self.pages(place, "/restapis", tail, query, ("item", "position", "position")).await
        };
        let routes = list("/resources", &[("embed", "methods"), ("limit", "500")]).await?;
        let stages = list("/stages", &[]).await?;
        let (authorizers, left_out) = authorizers(place.id, list("/authorizers", &[("limit", "500")]).await)?;
        Ok(ApiAnswers {
            version: ApiVersion::Rest,
            api,
            routes,
            integrations: Vec::new(),
            stages,
            authorizers,
            left_out,
        })
    }

    async fn v2_api(&self, id: &str) -> Result<ApiAnswers, AwsError> {
        let place = Place { service: Service::ApiGatewayV2, about: format!("API {id}"), id };
        let api = self.get(&place.call("/v2/apis", "", Vec::new())).await?;
        let list = async |tail: &str| {
            self.pages(&place, "/v2/apis", tail, &[], ("items", "nextToken", "nextToken")).await
        };
        let (routes, integrations) = (list("/routes").await?, list("/integrations").await?);
        let stages = list("/stages").await?;
        let (authorizers, left_out) = authorizers(id, list("/authorizers").await)?;
        Ok(ApiAnswers { version: ApiVersion::V2, api, routes, integrations, stages, authorizers, left_out })
    }

    /// The items of all pages.
    async fn pages(
        &self,
        place: &Place<'_>,
        root: &str,
        tail: &str,
        query: &[(&'static str, &str)],
        (items, next, parameter): (&str, &str, &'static str),
    ) -> Result<Vec<Value>, AwsError> {
        let mut all = Vec::new();
        let mut from: Option<String> = None;
        for _ in 0..MOST_PAGES {
            let mut query: Vec<_> = query.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
            query.extend(from.take().map(|from| (parameter, from)));
            let mut answer = self.get(&place.call(root, tail, query)).await?;
            if let Value::Array(items) = answer[items].take() {
                all.extend(items);
            }
            match answer[next].as_str().filter(|next| !next.is_empty()) {
                Some(next) => from = Some(next.to_owned()),
                None => break,
            }
        }
        Ok(all)
    }
}

/// The authorizers of an API. Emulators of AWS that know none are no reason to leave out its routes.
fn authorizers(
    id: &str,
    listed: Result<Vec<Value>, AwsError>,
) -> Result<(Vec<Value>, Vec<String>), AwsError> {
    match listed {
        Ok(items) => Ok((items, Vec::new())),
        Err(error) if error.is_about_the_call() => {
            Ok((Vec::new(), vec![format!("the authorizers of the API {id}: {error}")]))
        }
        Err(error) => Err(error),
    }
}

/// An API, in calls.
struct Place<'a> {
    service: Service,
    about: String,
    id: &'a str,
}

impl Place<'_> {
    fn call(&self, root: &str, tail: &str, query: Vec<(&'static str, String)>) -> Call<'_> {
        let path = format!("{root}/{}{tail}", segment(self.id));
        Call { service: self.service, action: ACTION, about: &self.about, path, query }
    }
}
