//! What stands behind an error that a caller sees or a log tells: how it is recognised, who
//! answered, what it means, and what to do next.

mod answered;
mod edge;
mod find;
mod function;
mod http;
mod lambda;
mod load_balancer;
mod near;
mod rest;
mod rest_request;
mod signature;
mod told;
mod websocket;

pub use answered::{Answered, Asked, answered};
pub use find::find;
pub use near::near;
pub use told::Told;

use crate::gateway::{Evidence, Flavor, GatewayError};

/// A cause: everything that is said about it.
#[derive(Debug)]
pub struct Cause {
    /// The name in kebab case; never used for anything else.
    pub name: &'static str,
    /// What happened, in one line.
    pub title: &'static str,
    /// Who answered, or wrote the line.
    pub who: Who,
    /// The front end through which the answer came; `None` where it may have been any.
    pub from: Option<Flavor>,
    /// How it is recognised.
    pub signs: &'static [Sign],
    /// What it means.
    pub means: &'static str,
    /// What to do, the most promising first.
    pub next: &'static [&'static str],
    /// Commands that help to find the mistake.
    pub commands: &'static [&'static str],
    /// The codes of the rules that find the mistake beforehand.
    pub rules: &'static [&'static str],
    /// The facts about AWS behind it.
    pub facts: &'static [&'static str],
    /// How well these facts are known.
    pub evidence: Evidence,
}

impl Cause {
    /// A cause without what most causes have no use for.
    const PLAIN: Self = Self {
        name: "",
        title: "",
        who: Who::Gateway,
        from: None,
        signs: &[],
        means: "",
        next: &[],
        commands: &[],
        rules: &[],
        facts: &[],
        evidence: Evidence::Documented,
    };
}

/// Who answered a request in place of the function, or wrote the line in a log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// API Gateway itself.
    Gateway,
    /// The API's authorizer, or API Gateway for want of it.
    Authorizer,
    /// The function.
    Function,
    /// The Lambda service, in place of the function.
    Lambda,
    /// The load balancer.
    LoadBalancer,
    /// The caller's browser.
    Browser,
    /// AWS's check of signatures, in front of whatever was called.
    Iam,
    /// CloudFront, in front of it.
    CloudFront,
    /// A proxy on the way to AWS.
    Proxy,
}

impl Who {
    /// The name in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Gateway => "gateway",
            Self::Authorizer => "authorizer",
            Self::Function => "function",
            Self::Lambda => "lambda",
            Self::LoadBalancer => "load-balancer",
            Self::Browser => "browser",
            Self::Iam => "iam",
            Self::CloudFront => "cloudfront",
            Self::Proxy => "proxy",
        }
    }

    /// The name in sentences.
    pub fn title(self) -> &'static str {
        match self {
            Self::Gateway => "API Gateway, not the function",
            Self::Authorizer => "the authorizer, or API Gateway in its place",
            Self::Function => "the function",
            Self::Lambda => "Lambda, in place of the function",
            Self::LoadBalancer => "the load balancer, not the function",
            Self::Browser => "the browser",
            Self::Iam => "AWS's check of signatures, not the function",
            Self::CloudFront => "CloudFront, not the function",
            Self::Proxy => "a proxy, not AWS",
        }
    }
}

/// One way to recognise a cause.
#[derive(Debug, Clone, Copy)]
pub enum Sign {
    /// The gateway's own answer.
    Answer(&'static GatewayError),
    /// A status that says it all.
    Status(u16),
    /// Words that stand in a log, or on a terminal; case does not count.
    Words(&'static str),
    /// Something else that a whole response or a JSON text shows, in words and as a test.
    Shown(&'static str, fn(&Told) -> bool),
}

/// Every cause; of those that look alike the likeliest stands first.
pub fn all() -> impl Iterator<Item = &'static Cause> {
    let tables = [
        rest_request::ALL,
        rest::ALL,
        http::ALL,
        load_balancer::ALL,
        websocket::ALL,
        signature::ALL,
        edge::ALL,
        function::ALL,
        lambda::ALL,
    ];
    tables.into_iter().flatten().copied()
}

/// The cause of that name; case does not count.
pub fn named(name: &str) -> Option<&'static Cause> {
    all().find(|cause| cause.name.eq_ignore_ascii_case(name.trim()))
}

#[cfg(test)]
mod tests;
