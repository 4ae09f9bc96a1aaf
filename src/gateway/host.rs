//! The host names that AWS gives to front ends, made and read.

use super::api::Api;

/// Which service answers under a front end's default name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Service {
    /// API Gateway: `<api id>.execute-api.<region>.amazonaws.com`; with the id of a VPC endpoint behind
    /// that of a private API; `<vpc endpoint>.execute-api.<region>.vpce.amazonaws.com`, where a header
    /// names the API.
    ExecuteApi,
    /// Function URLs: `<url id>.lambda-url.<region>.on.aws` (U-007).
    LambdaUrl,
    /// Load balancers: `<name>-<number>.<region>.elb.amazonaws.com`.
    LoadBalancer,
    /// VPC Lattice: `<service>-<id>.<hash>.vpc-lattice-svcs.<region>.on.aws` (V-001).
    Lattice,
}

/// A default host name, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HostName {
    /// The service that answers there.
    pub service: Service,
    /// The id of the API or URL. A load balancer's name tells nothing of its target groups, nor a
    /// VPC Lattice service's, and that of a VPC endpoint nothing of APIs.
    pub id: Option<String>,
    /// The region.
    pub region: String,
}

impl HostName {
    /// Reads a host name, with or without a port; `None` if it is no default name.
    pub fn parse(host: &str) -> Option<Self> {
        let host = host.split(':').next().unwrap_or_default().to_ascii_lowercase();
        let labels: Vec<_> = host.split('.').collect();
        let (service, id, region) = match labels.as_slice() {
            [id, "execute-api", region, "amazonaws", "com"]
            | [id, "execute-api", region, "amazonaws", "com", "cn"] => {
                // The name of a private API at one endpoint.
                let id = id.split_once("-vpce-").map_or(*id, |(id, _)| id);
                (Service::ExecuteApi, Some(id), *region)
            }
            [_, "execute-api", region, "vpce", "amazonaws", "com"]
            | [_, "execute-api", region, "vpce", "amazonaws", "com", "cn"] => {
                (Service::ExecuteApi, None, *region)
            }
            [id, "lambda-url", region, "on", "aws"] => (Service::LambdaUrl, Some(*id), *region),
            [_, region, "elb", "amazonaws", "com"] | [_, region, "elb", "amazonaws", "com", "cn"] => {
                (Service::LoadBalancer, None, *region)
            }
            [_, _, "vpc-lattice-svcs", region, "on", "aws"] => (Service::Lattice, None, *region),
            _ => return None,
        };
        Some(Self { service, id: id.map(str::to_owned), region: region.to_owned() })
    }
}

impl Service {
    /// The name in signatures; `None` where none are checked, or none of a body.
    pub fn signing_name(self) -> Option<&'static str> {
        match self {
            Self::ExecuteApi => Some("execute-api"),
            Self::LambdaUrl => Some("lambda"),
            Self::LoadBalancer | Self::Lattice => None,
        }
    }

    /// What answers there, in a sentence.
    pub fn title(self) -> &'static str {
        match self {
            Self::ExecuteApi => "an API of API Gateway",
            Self::LambdaUrl => "a function URL",
            Self::LoadBalancer => "a load balancer",
            Self::Lattice => "a VPC Lattice service",
        }
    }

    /// The default name of a front end.
    pub(super) fn host(self, api: &Api) -> String {
        let Api { id, region, .. } = api;
        let suffix = if region.starts_with("cn-") { "amazonaws.com.cn" } else { "amazonaws.com" };
        match self {
            Self::ExecuteApi => format!("{id}.execute-api.{region}.{suffix}"),
            Self::LambdaUrl => format!("{id}.lambda-url.{region}.on.aws"),
            Self::LoadBalancer => {
                format!("{id}-{}.{region}.elb.{suffix}", api.stamp().digits("load-balancer", 10))
            }
            Self::Lattice => {
                let (unique, hash) = (api.stamp().hex("service", 17), api.stamp().lower("network", 7));
                format!("{id}-{unique}.{hash}.vpc-lattice-svcs.{region}.on.aws")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gateway::Flavor;

    #[test]
    fn every_default_name_is_understood() {
        for flavor in Flavor::ALL {
            for region in ["eu-central-1", "cn-north-1"] {
                let api = Api { region: region.to_owned(), ..Api::new(flavor) };
                let read = HostName::parse(&format!("{}:443", api.host())).unwrap();
                assert_eq!((read.service, read.region.as_str()), (flavor.facts().service, region));
                assert!(read.id.is_none_or(|id| id == api.id));
            }
        }
        let private = |host: &str| HostName::parse(host).map(|name| (name.service, name.id, name.region));
        let region = "eu-west-1".to_owned();
        assert_eq!(
            private("a1b2c3d4e5-vpce-0123456789abcdef0.execute-api.eu-west-1.amazonaws.com"),
            Some((Service::ExecuteApi, Some("a1b2c3d4e5".to_owned()), region.clone()))
        );
        for zone in ["", "-eu-west-1a"] {
            let host =
                format!("vpce-0123456789abcdef0-ab12cd34{zone}.execute-api.eu-west-1.vpce.amazonaws.com");
            assert_eq!(private(&host), Some((Service::ExecuteApi, None, region.clone())));
        }
        for other in ["api.example.com", "localhost", "a.execute-api.eu-west-1.example.com", ""] {
            assert_eq!(HostName::parse(other), None);
        }
    }
}
