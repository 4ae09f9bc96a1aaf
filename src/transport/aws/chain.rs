//! Credentials, region and endpoints from everywhere the AWS CLI finds them: the environment,
//! profiles with roles, SSO and commands, web identity, containers, instances.
//!
//! `aws-config` looks for them; it reads the environment and the files of this process itself.

use super::access::{Access, AwsSettings, Keys};
use super::connector::Network;
use super::error::AwsError;
use super::service::Service;
use aws_config::environment::region::EnvironmentVariableRegionProvider;
use aws_config::meta::region::RegionProviderChain;
use aws_config::profile::ProfileFileCredentialsProvider;
use aws_config::profile::region::ProfileFileRegionProvider;
use aws_config::provider_config::ProviderConfig;
use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_credential_types::provider::ProvideCredentials as _;
use aws_credential_types::provider::error::CredentialsError;
use aws_types::service_config::ServiceConfigKey;
use std::collections::BTreeMap;
use std::error::Error;

/// Finds them. `env` is for words only.
///
/// # Errors
/// When there are no credentials or no region.
pub(super) async fn find(settings: &AwsSettings, env: &BTreeMap<String, String>) -> Result<Access, AwsError> {
    let network = Network::new().map_err(|error| {
        AwsError::no_credentials(&format!("this machine's certificates cannot be read ({error})"), "")
    })?;
    let config = load(settings, network).await;
    let provider = config.credentials_provider();
    let provider = provider.ok_or_else(|| AwsError::no_credentials("no AWS credentials are set up", ""))?;
    let credentials = provider.provide_credentials().await;
    let credentials = credentials.map_err(|error| explain(&error, settings, env))?;
    let region =
        config.region().filter(|region| !region.as_ref().is_empty()).ok_or_else(AwsError::no_region)?;
    let url = settings.endpoint_url.as_deref();
    let mut access = Access::new(Keys(credentials), region.as_ref(), url);
    if url.is_none() {
        let own = |service| Some((service, endpoint(&config, service)?));
        access.endpoints = Service::ALL.into_iter().filter_map(own).collect();
    }
    Ok(access)
}

async fn load(settings: &AwsSettings, network: Network) -> SdkConfig {
    let mut loader = aws_config::defaults(BehaviorVersion::latest()).http_client(network.clone());
    let mut region = settings.region.clone().map(Region::new);
    if let Some(profile) = &settings.profile {
        if region.is_none() {
            let own = ProfileFileRegionProvider::builder().profile_name(profile).build();
            region = RegionProviderChain::first_try(EnvironmentVariableRegionProvider::new())
                .or_else(own)
                .region()
                .await;
        }
        // A profile that is named stands before the variables of the environment.
        let own = ProviderConfig::without_region().with_http_client(network).with_region(region.clone());
        let own = ProfileFileCredentialsProvider::builder().configure(&own).profile_name(profile);
        loader = loader.profile_name(profile).credentials_provider(own.build());
    }
    if let Some(region) = region {
        loader = loader.region(region);
    }
    loader.load().await
}

/// Where a service is said to be: by `AWS_ENDPOINT_URL_…`, `AWS_ENDPOINT_URL`, or the profile.
fn endpoint(config: &SdkConfig, service: Service) -> Option<String> {
    let key = ServiceConfigKey::builder().service_id(service.id());
    let key = key.env("AWS_ENDPOINT_URL").profile("endpoint_url").build().ok()?;
    config.service_config()?.load_config(key)
}

/// Where was looked in vain, or what went wrong there.
fn explain(error: &CredentialsError, settings: &AwsSettings, env: &BTreeMap<String, String>) -> AwsError {
    let named = settings.profile.as_deref().or_else(|| env.get("AWS_PROFILE").map(String::as_str));
    let profile = named.unwrap_or("default");
    let innermost = std::iter::successors(Some(error as &dyn Error), |error| (*error).source()).last();
    let reason = innermost.map(ToString::to_string).unwrap_or_default();
    let first_line = reason.lines().next().unwrap_or_default();
    if !matches!(error, CredentialsError::CredentialsNotLoaded(_)) {
        let message = format!("the AWS credentials of the profile {profile} cannot be had: {first_line}");
        let hint = format!("with SSO: `aws sso login --profile {profile}`; else see ~/.aws/config");
        return AwsError::no_credentials(&message, &hint);
    }
    if settings.profile.is_some() {
        let message = format!("the profile {profile} has no AWS credentials: {first_line}");
        return AwsError::no_credentials(&message, "see ~/.aws/config and ~/.aws/credentials");
    }
    AwsError::no_credentials(
        &format!(
            "there are no AWS credentials: not in the environment (AWS_ACCESS_KEY_ID), not in the profile \
             {profile} of ~/.aws, no web identity, no container's, no instance's"
        ),
        "run `aws configure` or `aws sso login`, name a profile with --profile, or set AWS_ACCESS_KEY_ID and \
         AWS_SECRET_ACCESS_KEY",
    )
}
