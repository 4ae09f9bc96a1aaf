//! Who answered a request that was sent over the network, what that means, and what to try next.

use super::find::find_by;
use super::{Cause, Sign, Told, Who};
use crate::gateway::{Flavor, HostName, Service, error_type, sender};
use crate::http::{Request, Response};

/// What is known of a request besides its response.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    /// The default name that it was sent to; `None` behind another name.
    pub host: Option<HostName>,
    /// Its path, with the stage.
    pub path: String,
}

impl Asked {
    /// What is known of a request to the server at `base`. Its Host header counts before the URL's.
    pub fn of(base: &str, request: &Request) -> Self {
        let authority = base.split_once("://").map_or(base, |(_, rest)| rest).split('/').next();
        let host = request.headers.get("host").or(authority).and_then(HostName::parse);
        Self { host, path: request.path.clone() }
    }

    fn service(&self) -> Option<Service> {
        self.host.as_ref().map(|host| host.service)
    }
}

/// Who answered.
#[derive(Debug)]
pub struct Answered {
    /// Who it was; `None` where nothing tells.
    pub who: Option<Who>,
    /// The front end through which the answer came, where it is known.
    pub from: Option<Flavor>,
    /// What may stand behind it, the likeliest first.
    pub causes: Vec<&'static Cause>,
    /// What it means.
    pub means: String,
    /// What to try, the most promising first.
    pub hints: Vec<String>,
}

/// Who answered a request; `None` of a response that shows no error.
pub fn answered(response: &Response, asked: &Asked) -> Option<Answered> {
    let told = Told::of(response);
    // A status alone may be the function's as well as the gateway's.
    let mut causes = find_by(&told, |sign| !matches!(sign, Sign::Status(_)));
    let is_error = response.status >= 400;
    causes.retain(|cause| is_of(cause, asked) && (is_error || cause.who == Who::Function));
    let from = sender(&response.headers).or_else(|| own_flavor(asked));
    let Some(first) = causes.first() else {
        return is_error.then(|| unnamed(response, from));
    };
    let who = Some(first.who);
    let (from, means) = (first.from.or(from), first.means.to_owned());
    let next = first.next.iter().map(|step| (*step).to_owned());
    let hints = of_this_request(first, &told, asked).into_iter().chain(next).collect();
    Some(Answered { who, from, causes, means, hints })
}

/// Whether a cause is one of the front end that the host name tells.
fn is_of(cause: &Cause, asked: &Asked) -> bool {
    let service = cause.from.map(|flavor| flavor.facts().service);
    service.zip(asked.service()).is_none_or(|(own, service)| own == service)
}

fn own_flavor(asked: &Asked) -> Option<Flavor> {
    (asked.service() == Some(Service::LambdaUrl)).then_some(Flavor::Url)
}

/// An error that is none of the dictionary.
fn unnamed(response: &Response, from: Option<Flavor>) -> Answered {
    let named = error_type(&response.headers);
    let server = response.headers.get("server").unwrap_or_default();
    let (who, means) = match (from, named) {
        (Some(Flavor::Rest), Some(named)) => {
            (
                Some(Who::Gateway),
                format!("API Gateway names an error of its own, {named}, in words that its owner chose"),
            )
        }
        (Some(Flavor::Url), Some(named)) => {
            (Some(Who::Lambda), format!("Lambda names an error of its own, {named}"))
        } // U-016
        (Some(Flavor::Url), None) => (
            Some(Who::Function),
            "Lambda names no error of its own, so the function returned this".to_owned(),
        ),
        // H-063: what it says itself cannot be customised
        (Some(Flavor::Http), _) => {
            (Some(Who::Function), "an HTTP API passed it on: it says nothing of this kind itself".to_owned())
        }
        (Some(Flavor::Rest), None) => {
            (None, "a REST API passed it on, or answers in words that its owner chose".to_owned())
        }
        (Some(Flavor::Alb), _) => {
            (Some(Who::LoadBalancer), "a load balancer made this answer itself".to_owned())
        }
        _ if server.eq_ignore_ascii_case("cloudfront") => {
            (Some(Who::CloudFront), "CloudFront answered, or passed an answer on".to_owned())
        }
        _ => (None, "no header of the answer names a front end of AWS".to_owned()),
    };
    let next = match who {
        Some(Who::Function) => {
            "look in the function's log for the id of the request, and for where it answers so"
        }
        Some(Who::Gateway) => "look at the gateway responses of the API, and at its execution log",
        _ => "see that the host name leads to the API, and read the function's log for whether it was called",
    };
    Answered { who, from, causes: Vec::new(), means, hints: vec![next.to_owned()] }
}

/// What can be said of this request alone.
fn of_this_request(cause: &Cause, told: &Told, asked: &Asked) -> Option<String> {
    match cause.name {
        "rest-no-route" | "rest-no-stage" if asked.service() == Some(Service::ExecuteApi) => {
            let (stage, below) = asked.path.trim_start_matches('/').split_once('/').map_or_else(
                || (asked.path.trim_start_matches('/'), String::new()),
                |(stage, below)| (stage, format!("/{below}")),
            );
            Some(match (stage, below.as_str()) {
                ("", _) => "the URL names no stage: its path begins with one, such as /prod".to_owned(),
                (stage, "") => format!(
                    "the path was read as the stage {stage} and nothing below it; is the stage missing?"
                ),
                (stage, below) => format!(
                    "the path was read as the stage {stage} and the resource {below}; is the stage right, or missing?"
                ),
            })
        }
        "signature-scope" => expected_scope(&told.body, asked),
        _ => None,
    }
}

/// The scope that AWS asks for: it names the service that it wants, and the region that it does not.
fn expected_scope(body: &str, asked: &Asked) -> Option<String> {
    let (_, quoted) = body.split_once("scoped to ")?;
    let name = quoted
        .split('\'')
        .nth(1)
        .filter(|name| name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'))?;
    let region = asked.host.as_ref().map(|host| host.region.as_str());
    if quoted.starts_with("correct service") {
        return Some(format!("sign for the service {name}: --service {name}"));
    }
    Some(match region.filter(|region| *region != name) {
        Some(region) => format!("sign for the region of the host name: --region {region}, not {name}"),
        None => format!("sign for the region of the API: --region, which is not {name}"),
    })
}

#[cfg(test)]
mod tests;
