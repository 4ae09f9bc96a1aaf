//! The way of the credential chain to the network: our own HTTP client under the SDK's interface.

use crate::transport::client;
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use std::time::Duration;

/// Sends what the chain asks of STS, SSO, containers and instances.
#[derive(Debug, Clone)]
pub(super) struct Network {
    /// As the environment names proxies.
    through_proxies: reqwest::Client,
    /// For addresses of this machine's own network, where no proxy leads.
    direct: reqwest::Client,
}

impl Network {
    pub(super) fn new() -> reqwest::Result<Self> {
        Ok(Self {
            through_proxies: client::builder().build()?,
            direct: client::builder().no_proxy().tls_certs_only([]).build()?,
        })
    }
}

impl HttpClient for Network {
    fn http_connector(&self, settings: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        let limits = [settings.connect_timeout(), settings.read_timeout()];
        let timeout = limits.into_iter().flatten().reduce(|all, limit| all + limit);
        SharedHttpConnector::new(Connector { network: self.clone(), timeout })
    }
}

#[derive(Debug)]
struct Connector {
    network: Network,
    timeout: Option<Duration>,
}

impl HttpConnector for Connector {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let (network, timeout) = (self.network.clone(), self.timeout);
        HttpConnectorFuture::new(async move {
            let request = outgoing(request, timeout)?;
            let client = if is_own_network(request.url().host_str().unwrap_or_default()) {
                network.direct
            } else {
                network.through_proxies
            };
            let response = client.execute(request).await.map_err(failed)?;
            incoming(response).await
        })
    }
}

/// Addresses of metadata services, which are reached without a proxy.
fn is_own_network(host: &str) -> bool {
    let host = host.trim_matches(['[', ']']);
    ["169.254.", "127.", "fd00:ec2:"].iter().any(|start| host.starts_with(start))
        || host == "localhost"
        || host == "::1"
}

fn outgoing(request: HttpRequest, timeout: Option<Duration>) -> Result<reqwest::Request, ConnectorError> {
    let request = request.try_into_http1x().map_err(|error| ConnectorError::user(error.into()))?;
    let request = request.map(|body: SdkBody| body.bytes().unwrap_or_default().to_vec());
    let mut request =
        reqwest::Request::try_from(request).map_err(|error| ConnectorError::user(error.into()))?;
    *request.timeout_mut() = timeout;
    Ok(request)
}

async fn incoming(response: reqwest::Response) -> Result<HttpResponse, ConnectorError> {
    let (status, headers) = (response.status(), response.headers().clone());
    let body = response.bytes().await.map_err(failed)?;
    let mut incoming = http::Response::new(SdkBody::from(body.to_vec()));
    *incoming.status_mut() = status;
    *incoming.headers_mut() = headers;
    HttpResponse::try_from(incoming).map_err(|error| ConnectorError::other(error.into(), None))
}

fn failed(error: reqwest::Error) -> ConnectorError {
    let error = error.without_url();
    match error.is_timeout() {
        true => ConnectorError::timeout(error.into()),
        false => ConnectorError::io(error.into()),
    }
}
