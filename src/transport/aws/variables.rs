//! Credentials, region and endpoints from environment variables alone.

use super::access::{Access, AwsSettings, Keys};
use super::error::AwsError;
use super::service::Service;
use std::collections::BTreeMap;

/// Takes them from `env`.
///
/// # Errors
/// When there are none there.
pub(super) fn find(settings: &AwsSettings, env: &BTreeMap<String, String>) -> Result<Access, AwsError> {
    let set = |name: &str| env.get(name).filter(|value| !value.is_empty()).cloned();
    if let Some(profile) = &settings.profile {
        return Err(AwsError::no_credentials(
            &format!("this program was built without profiles, and cannot read {profile}"),
            "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or build it with the feature aws-chain",
        ));
    }
    let (Some(id), Some(secret)) = (set("AWS_ACCESS_KEY_ID"), set("AWS_SECRET_ACCESS_KEY")) else {
        return Err(AwsError::no_credentials(
            "there are no AWS credentials in the environment",
            "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, and AWS_SESSION_TOKEN with temporary ones",
        ));
    };
    let region = settings.region.clone().or_else(|| set("AWS_REGION")).or_else(|| set("AWS_DEFAULT_REGION"));
    let region = region.ok_or_else(AwsError::no_region)?;
    let keys = Keys::new(id, secret, set("AWS_SESSION_TOKEN"));
    let mut access = Access::new(keys, region, settings.endpoint_url.as_deref());
    let ignored = set("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS").is_some_and(|flag| flag == "true");
    if settings.endpoint_url.is_none() && !ignored {
        let of = |service: Service| set(&service.endpoint_variable()).or_else(|| set("AWS_ENDPOINT_URL"));
        access.endpoints =
            Service::ALL.into_iter().filter_map(|service| Some((service, of(service)?))).collect();
    }
    Ok(access)
}

#[cfg(test)]
mod tests {
    use super::super::error::AwsErrorKind;
    use super::*;

    fn found(settings: &AwsSettings, env: &[(&str, &str)]) -> Result<Access, AwsError> {
        let keys = [("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE"), ("AWS_SECRET_ACCESS_KEY", "secret")];
        let env = keys.iter().chain(env).map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        find(settings, &env.collect())
    }

    #[test]
    fn endpoints_have_an_order() {
        let none = AwsSettings::default();
        let region = ("AWS_REGION", "eu-west-1");
        let all = ("AWS_ENDPOINT_URL", "http://all");
        type Case<'a> = (&'a AwsSettings, &'a [(&'a str, &'a str)], [&'a str; 3]);
        let cases: [Case<'_>; 6] = [
            (
                &none,
                &[region],
                [
                    "https://lambda.eu-west-1.amazonaws.com",
                    "https://apigateway.eu-west-1.amazonaws.com",
                    "https://apigateway.eu-west-1.amazonaws.com",
                ],
            ),
            (
                &none,
                &[("AWS_DEFAULT_REGION", "cn-north-1"), ("AWS_ENDPOINT_URL_LAMBDA", "http://l")],
                [
                    "http://l",
                    "https://apigateway.cn-north-1.amazonaws.com.cn",
                    "https://apigateway.cn-north-1.amazonaws.com.cn",
                ],
            ),
            (
                &none,
                &[region, all, ("AWS_ENDPOINT_URL_API_GATEWAY", "http://one")],
                ["http://all", "http://one", "http://all"],
            ),
            (
                &none,
                &[region, all, ("AWS_ENDPOINT_URL_APIGATEWAYV2", "http://two")],
                ["http://all", "http://all", "http://two"],
            ),
            (
                &none,
                &[region, all, ("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true")],
                [
                    "https://lambda.eu-west-1.amazonaws.com",
                    "https://apigateway.eu-west-1.amazonaws.com",
                    "https://apigateway.eu-west-1.amazonaws.com",
                ],
            ),
            (
                &AwsSettings { endpoint_url: Some("http://flag".to_owned()), ..AwsSettings::default() },
                &[region, all],
                ["http://flag"; 3],
            ),
        ];
        for (settings, env, expected) in cases {
            let access = found(settings, env).unwrap();
            assert_eq!(Service::ALL.map(|service| access.endpoint(service)), expected, "{env:?}");
        }
    }

    #[test]
    fn what_is_missing_is_told() {
        let none = AwsSettings::default();
        let error = find(&none, &BTreeMap::new()).unwrap_err();
        assert_eq!(error.kind, AwsErrorKind::NoCredentials);
        assert!(error.hint.unwrap().contains("AWS_ACCESS_KEY_ID"));
        assert_eq!(found(&none, &[]).unwrap_err().kind, AwsErrorKind::NoRegion);
        let profile = AwsSettings { profile: Some("dev".to_owned()), ..none };
        assert!(found(&profile, &[]).unwrap_err().message.contains("dev"));
    }
}
