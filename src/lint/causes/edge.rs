//! What stands in front of a front end and answers in its place: CloudFront, proxies.

use super::Sign::Shown;
use super::{Cause, Told, Who};

pub(super) static ALL: &[&Cause] = &[&BLOCKED, &NO_DISTRIBUTION, &ORIGIN, &PROXY];

/// What every page of CloudFront's own says.
const PAGE: &str = "the request could not be satisfied";

const CLOUDFRONT: Cause = Cause { who: Who::CloudFront, ..Cause::PLAIN };

static BLOCKED: Cause = Cause {
    name: "cloudfront-blocked",
    title: "CloudFront blocked the request",
    signs: &[Shown("403 and CloudFront's page with the words: Request blocked", |told| {
        is_page(told) && told.lowered.contains("request blocked")
    })],
    means: "A web ACL of AWS WAF at the distribution has a rule that blocks it. API Gateway and the function were not asked.",
    next: &[
        "look at the sampled requests of the distribution's web ACL (in us-east-1)",
        "call the API's own host name, if it is open, to see what it answers",
    ],
    ..CLOUDFRONT
};

static NO_DISTRIBUTION: Cause = Cause {
    name: "cloudfront-refused",
    title: "CloudFront takes no such request",
    signs: &[Shown("a status of 4xx and CloudFront's page", |told| {
        is_page(told) && told.status < Some(500) && !told.lowered.contains("request blocked")
    })],
    means: "No distribution has the host name as an alternate domain name, it allows no such method, the country is excluded, or the request came over plain HTTP. The page says which.",
    next: &[
        "compare the host name with the distribution's alternate domain names, and with DNS",
        "see the methods that its behaviour for this path allows",
    ],
    ..CLOUDFRONT
};

static ORIGIN: Cause = Cause {
    name: "cloudfront-origin",
    title: "CloudFront cannot reach its origin, or gets no answer in time",
    signs: &[Shown("a status of 5xx and CloudFront's page", |told| {
        is_page(told) && told.status >= Some(500)
    })],
    means: "The origin's name, port or certificate is wrong, or it takes longer than the distribution waits (30 seconds unless set otherwise).",
    next: &[
        "see that the origin is the API's host name, and its path the stage, such as /prod",
        "do not forward the header Host to an API of API Gateway: it knows its own name only",
    ],
    ..CLOUDFRONT
};

static PROXY: Cause = Cause {
    name: "proxy-answered",
    title: "a proxy between this machine and AWS answered",
    who: Who::Proxy,
    signs: &[Shown("407, or a header x-squid-error", |told| {
        told.status == Some(407)
            || told.headers.as_ref().is_some_and(|headers| headers.contains("x-squid-error"))
    })],
    means: "The request went to a proxy, which refused it or could not pass it on: nothing of AWS saw it.",
    next: &["see HTTPS_PROXY, HTTP_PROXY and NO_PROXY, and the proxy's own credentials"],
    ..Cause::PLAIN
};

fn is_page(told: &Told) -> bool {
    told.headers.is_some() && told.status >= Some(400) && told.lowered.contains(PAGE)
}
