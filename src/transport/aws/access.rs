//! With which credentials AWS is asked, in which region, and where it is found.

use super::error::{AwsError, AwsErrorKind};
use super::service::Service;
use aws_credential_types::Credentials;
use std::collections::BTreeMap;
use std::fmt;
use std::net::IpAddr;

/// What the person at the terminal says; the rest is found where the AWS CLI finds it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AwsSettings {
    /// The profile.
    pub profile: Option<String>,
    /// The region.
    pub region: Option<String>,
    /// Where all services are, instead of in AWS.
    pub endpoint_url: Option<String>,
}

/// Credentials. `Debug` shows nothing of them.
#[derive(Clone)]
pub struct Keys(pub(super) Credentials);

impl Keys {
    /// Keys that are given: the id of the access key, its secret, and the token of a session.
    pub fn new(id: impl Into<String>, secret: impl Into<String>, token: Option<String>) -> Self {
        Self(Credentials::new(id, secret, token, None, "given"))
    }

    /// The text with everything hidden in it that is part of the keys.
    pub(super) fn hidden_in(&self, text: &str) -> String {
        let parts = [Some(self.0.secret_access_key()), self.0.session_token(), Some(self.0.access_key_id())];
        let parts = parts.into_iter().flatten().filter(|part| !part.is_empty());
        parts.fold(text.to_owned(), |text, part| text.replace(part, "***"))
    }
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Keys(***)")
    }
}

/// Everything that is needed to ask AWS.
#[derive(Debug, Clone)]
pub struct Access {
    pub(super) keys: Keys,
    pub(super) region: String,
    /// Where services are that are not at their own endpoints.
    pub(super) endpoints: Vec<(Service, String)>,
}

impl Access {
    /// Access that is given, with all services at one place if that is given, too.
    pub fn new(keys: Keys, region: impl Into<String>, endpoint_url: Option<&str>) -> Self {
        let at = |url: &str| Service::ALL.map(|service| (service, url.to_owned())).to_vec();
        Self { keys, region: region.into(), endpoints: endpoint_url.map(at).unwrap_or_default() }
    }

    /// Looks for credentials, region and endpoints: in `env`, and with the feature `aws-chain`
    /// everywhere where the AWS CLI looks: profiles, SSO, roles, commands, containers, instances.
    ///
    /// # Errors
    /// When there are no credentials or no region.
    pub async fn find(settings: &AwsSettings, env: &BTreeMap<String, String>) -> Result<Self, AwsError> {
        #[cfg(feature = "aws-chain")]
        let found = super::chain::find(settings, env).await;
        #[cfg(not(feature = "aws-chain"))]
        let found = super::variables::find(settings, env);
        found
    }

    /// The same for Lambda's API, with keys that are made up where none are found and the API is
    /// said to be on this machine, as emulators are, over plain HTTP; then with the reason.
    ///
    /// # Errors
    /// Those of [`Access::find`].
    pub async fn find_or_local(
        settings: &AwsSettings,
        env: &BTreeMap<String, String>,
    ) -> Result<(Self, Option<AwsError>), AwsError> {
        let error = match Self::find(settings, env).await {
            Err(error) if error.kind == AwsErrorKind::NoCredentials && settings.profile.is_none() => error,
            found => return found.map(|access| (access, None)),
        };
        let set = |name: &str| env.get(name).filter(|value| !value.is_empty()).cloned();
        let url = match set("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS") {
            _ if settings.endpoint_url.is_some() => settings.endpoint_url.clone(),
            Some(flag) if flag == "true" => None,
            _ => set("AWS_ENDPOINT_URL_LAMBDA").or_else(|| set("AWS_ENDPOINT_URL")),
        };
        let Some(url) = url.filter(|url| is_local(url)) else { return Err(error) };
        let named = settings.region.clone().or_else(|| set("AWS_REGION"));
        let region = named.or_else(|| set("AWS_DEFAULT_REGION")).unwrap_or_else(|| "us-east-1".to_owned());
        Ok((Self::new(Keys::new("local", "local", None), region, Some(&url)), Some(error)))
    }

    /// The URL of a service.
    pub(super) fn endpoint(&self, service: Service) -> String {
        let own = self.endpoints.iter().find(|(own, _)| *own == service);
        own.map_or_else(|| service.endpoint(&self.region), |(_, url)| url.clone())
    }
}

/// Whether a URL stays on this machine, without TLS.
fn is_local(url: &str) -> bool {
    let url = reqwest::Url::parse(url).ok().filter(|url| url.scheme() == "http");
    url.as_ref().and_then(|url| url.host_str()).is_some_and(|host| {
        let address = host.trim_matches(['[', ']']).parse::<IpAddr>();
        host == "localhost" || address.is_ok_and(|address| address.is_loopback())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_local_is_on_this_machine_and_in_plain_http() {
        for url in ["http://localhost:3001", "http://127.0.0.1:9/x", "http://127.9.9.9", "http://[::1]:9000"]
        {
            assert!(is_local(url), "{url}");
        }
        for url in [
            "https://localhost",
            "http://10.0.0.1",
            "http://localhost.example.com",
            "http://localhost@example.com",
            "http://[::2]",
            "localhost:3001",
            "",
        ] {
            assert!(!is_local(url), "{url}");
        }
    }
}
