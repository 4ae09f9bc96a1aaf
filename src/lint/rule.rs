//! What a rule is made of. Each rule is one `const` in a family's file under `rules/`.

use super::advice::{Answer, Remark};
use super::finding::Severity;
use super::mend::Mend;
use super::policy::PolicyCheck;
use crate::gateway::{AuthorizerKind, Flavor, Front, Moment, Notice};

/// A rule: its code and name, and everything that is said about it.
#[derive(Debug)]
pub struct Rule {
    /// `AGW` and three digits; never used for anything else.
    pub code: &'static str,
    /// The name in kebab case.
    pub name: &'static str,
    /// How much it matters when the evidence is strong.
    pub severity: Severity,
    /// What is found, in one line.
    pub title: &'static str,
    /// What the caller of the API sees, and why.
    pub why: &'static str,
    /// The line that stands in the logs of the API, where it logs one.
    pub log: Option<&'static str>,
    /// The line for one case of it that the model noticed.
    pub message: fn(&Notice) -> String,
    /// For advice: what it remarks on a result that the front end takes.
    pub check: Option<fn(&Answer<'_>) -> Vec<Remark>>,
    /// For policies and templates: where it looks, and what it spots there.
    pub policy: Option<PolicyCheck>,
    /// How the text is mended, where that is mechanical.
    pub mend: Option<Mend>,
    /// What to do, in one line.
    pub help: &'static str,
    /// The same as code, where languages differ.
    pub fixes: &'static [Fix],
    /// Results that it finds something in.
    pub bad: &'static [Example],
    /// A result as it should be.
    pub good: Example,
    /// The facts about AWS behind it.
    pub facts: &'static [&'static str],
}

impl Rule {
    /// A rule without what most rules have no use for.
    pub(super) const PLAIN: Self = Self {
        code: "",
        name: "",
        severity: Severity::Error,
        title: "",
        why: "",
        log: None,
        message: |notice| notice.found.clone(),
        check: None,
        policy: None,
        mend: None,
        help: "",
        fixes: &[],
        bad: &[],
        good: Example::rest(r#"{"statusCode": 200}"#),
        facts: &[],
    };
}

/// A fix in one language.
#[derive(Debug)]
pub struct Fix {
    /// The language.
    pub language: &'static str,
    /// A line of code.
    pub code: &'static str,
}

/// A result that shows a rule at work, or at rest.
#[derive(Debug)]
pub struct Example {
    /// The front that judges it.
    pub front: Front,
    /// The moment that it answers.
    pub moment: Moment,
    /// The text of the result.
    pub result: &'static str,
    /// The `Accept` header of the request.
    pub accept: Option<&'static str>,
    /// The API's binary media types.
    pub binary_media_types: &'static [&'static str],
    /// Whether the front end streams.
    pub streaming: bool,
    /// The subprotocols that the upgrade offers.
    pub subprotocols: Option<&'static str>,
    /// The method of the request.
    pub method: &'static str,
    /// Other headers of the request.
    pub request: &'static [(&'static str, &'static str)],
    /// The origin that the API's own CORS configuration allows, if it has one.
    pub cors_allow_origin: Option<&'static str>,
    /// Whether the owner expects CORS headers in every answer.
    pub cors_expected: bool,
    /// What the text is.
    pub is: Subject,
}

/// What an example shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// A handler's result.
    Result,
    /// A whole event of the flavour of that name.
    Event(&'static str),
    /// The part of such an event that matters; the rest is as in its schema's example.
    PartOfEvent(&'static str),
    /// A policy, what holds one, or a template.
    Policy,
}

impl Example {
    /// A result of a REST API.
    pub const fn rest(result: &'static str) -> Self {
        Self::of(Flavor::Rest, result)
    }

    /// A result of an HTTP API.
    pub const fn http(result: &'static str) -> Self {
        Self::of(Flavor::Http, result)
    }

    /// A result of any front end.
    pub const fn of(flavor: Flavor, result: &'static str) -> Self {
        Self {
            front: Front::Api(flavor),
            moment: Moment::Request,
            result,
            accept: None,
            binary_media_types: &[],
            streaming: false,
            subprotocols: None,
            method: "GET",
            request: &[],
            cors_allow_origin: None,
            cors_expected: false,
            is: Subject::Result,
        }
    }

    /// A result of a WebSocket API at that moment.
    pub const fn websocket(moment: Moment, result: &'static str) -> Self {
        Self { moment, ..Self::of(Flavor::Websocket, result) }
    }

    /// A result of an authorizer, for a GET of the root.
    pub const fn authorizer(kind: AuthorizerKind, result: &'static str) -> Self {
        Self { front: Front::Authorizer(kind), ..Self::rest(result) }
    }

    /// The same for an upgrade that offers those subprotocols.
    pub const fn offering(self, subprotocols: &'static str) -> Self {
        Self { subprotocols: Some(subprotocols), ..self }
    }

    /// The same for a request with these headers.
    pub const fn asked(self, request: &'static [(&'static str, &'static str)]) -> Self {
        Self { request, ..self }
    }

    /// The same for a request with that method and these headers.
    pub const fn asked_with(
        self,
        method: &'static str,
        request: &'static [(&'static str, &'static str)],
    ) -> Self {
        Self { method, request, ..self }
    }

    /// The same behind an API whose CORS configuration allows that origin.
    pub const fn configured(self, origin: &'static str) -> Self {
        Self { cors_allow_origin: Some(origin), ..self }
    }

    /// The same where every answer should have CORS headers.
    pub const fn cors_expected(self) -> Self {
        Self { cors_expected: true, ..self }
    }

    /// The part of an event of that flavour that matters.
    pub const fn part(flavor: &'static str, text: &'static str) -> Self {
        Self { is: Subject::PartOfEvent(flavor), ..Self::rest(text) }
    }

    /// A whole event of that flavour.
    pub const fn event(flavor: &'static str, text: &'static str) -> Self {
        Self { is: Subject::Event(flavor), ..Self::rest(text) }
    }

    /// A policy, what holds one, or a template.
    pub const fn policy(text: &'static str) -> Self {
        Self { is: Subject::Policy, ..Self::rest(text) }
    }

    /// What a function behind a function URL sends that streams.
    pub const fn stream(result: &'static str) -> Self {
        Self { streaming: true, ..Self::of(Flavor::Url, result) }
    }

    /// The same for a request with that `Accept` and an API with that binary media type.
    pub const fn binary(self, accept: &'static str, types: &'static [&'static str]) -> Self {
        Self { accept: Some(accept), binary_media_types: types, ..self }
    }
}

/// A fix in every language, where they differ.
pub(super) const fn in_languages(
    node: &'static str,
    python: &'static str,
    go: &'static str,
    java: &'static str,
    rust: &'static str,
) -> [Fix; 5] {
    [
        Fix { language: "Node", code: node },
        Fix { language: "Python", code: python },
        Fix { language: "Go", code: go },
        Fix { language: "Java", code: java },
        Fix { language: "Rust", code: rust },
    ]
}

/// The three languages in which most rules tell their fix.
pub(super) const fn fixes(node: &'static str, python: &'static str, rust: &'static str) -> [Fix; 3] {
    [
        Fix { language: "Node", code: node },
        Fix { language: "Python", code: python },
        Fix { language: "Rust", code: rust },
    ]
}
