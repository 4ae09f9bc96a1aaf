//! Advice on results that the front end takes as they are: each rule's `check` looks at the answered
//! call, and never at the raw text alone.

use super::finding::Finding;
use super::rules;
use crate::gateway::{Evidence, Exchange, Flavor, Front, NoticeKind, Outcome};
use crate::http::{MediaType, Response};
use crate::json::{Part, Pointer, Text};
use serde_json::Value;

/// What the owner of an API expects of its answers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Expected {
    /// Browsers of other origins call the API, so every answer carries CORS headers.
    pub cors: bool,
}

/// An answered call, as advice looks at it.
#[derive(Debug, Clone, Copy)]
pub struct Answer<'a> {
    /// The front end.
    pub front: Front,
    /// The API and the request that is answered.
    pub exchange: &'a Exchange<'a>,
    /// What the caller gets.
    pub outcome: &'a Outcome,
    /// The result.
    pub result: &'a Value,
    /// The text of the result.
    pub text: &'a Text<'a>,
    /// What the owner expects.
    pub expected: &'a Expected,
}

/// A header as the result has it: its name, its value, and where that stands.
#[derive(Debug, Clone)]
pub(super) struct Stated<'a> {
    pub(super) name: &'a str,
    pub(super) value: &'a Value,
    pub(super) at: Pointer,
}

impl<'a> Answer<'a> {
    /// The response to a request. Authorizers and connections have no advice on responses.
    pub(super) fn response(&self) -> Option<&'a Response> {
        let http = matches!(self.front, Front::Api(flavor) if flavor != Flavor::Websocket);
        self.outcome.response.as_ref().filter(|_| http)
    }

    /// Whether the whole result is the body of a 200.
    pub(super) fn is_inferred(&self) -> bool {
        self.noticed(NoticeKind::ResultInferred)
    }

    /// Whether the model noticed that.
    pub(super) fn noticed(&self, kind: NoticeKind) -> bool {
        self.outcome.notices.iter().any(|notice| notice.kind == kind)
    }

    /// The headers of the result, in those of its maps that the front end reads.
    pub(super) fn stated(&self) -> Vec<Stated<'a>> {
        let member = |key: &'static str| {
            self.result.get(key).filter(|_| self.reads(key)).map(|value| (value, Pointer::root().child(key)))
        };
        let mut all = Vec::new();
        for (map, at) in ["headers", "multiValueHeaders"].into_iter().filter_map(member) {
            for (name, value) in map.as_object().into_iter().flatten() {
                put(&mut all, name, value, at.child(name));
            }
        }
        if let Some((cookies, at)) = member("cookies") {
            put(&mut all, "Set-Cookie", cookies, at);
        }
        all
    }

    /// Whether the front end reads that member (L-024, H-071, H-072, U-017).
    pub(super) fn reads(&self, key: &str) -> bool {
        use Flavor::{Alb, AlbMulti, Http, HttpV1, Lattice, Rest, Url, Websocket};
        let flavor = self.front.flavor();
        !self.is_inferred()
            && match key {
                "headers" => flavor != AlbMulti,
                "multiValueHeaders" => !matches!(flavor, Http | Url | Alb | Lattice),
                "cookies" => !matches!(flavor, Rest | HttpV1 | Alb | AlbMulti | Lattice | Websocket),
                _ => true,
            }
    }

    /// Where the result states a header; with a value, where it states that value.
    pub(super) fn place(&self, name: &str, value: Option<&str>) -> Option<Pointer> {
        let fits = |stated: &Stated<'_>| {
            stated.name.eq_ignore_ascii_case(name)
                && value.is_none_or(|value| stated.value.as_str() == Some(value))
        };
        self.stated().into_iter().find(fits).map(|stated| stated.at)
    }

    /// Where the result has its headers, or would have them: the member itself, or the whole.
    pub(super) fn place_of_headers(&self) -> (Pointer, Part) {
        let has = |key: &&str| self.reads(key) && self.result.get(*key).is_some_and(Value::is_object);
        match ["headers", "multiValueHeaders"].into_iter().find(has) {
            Some(key) => (Pointer::root().child(key), Part::Key),
            None => (Pointer::root(), Part::Value),
        }
    }

    /// Where the body stands.
    pub(super) fn place_of_body(&self) -> Pointer {
        let own = !self.is_inferred() && self.result.get("body").is_some();
        if own { Pointer::root().child("body") } else { Pointer::root() }
    }

    /// The content type that the result itself states.
    pub(super) fn stated_type(&self) -> Option<MediaType> {
        let is_type = |stated: &Stated<'_>| stated.name.eq_ignore_ascii_case("content-type");
        self.stated().into_iter().find(is_type).and_then(|stated| stated.value.as_str().map(MediaType::parse))
    }
}

/// A value under its name; of a list, each item.
fn put<'a>(all: &mut Vec<Stated<'a>>, name: &'a str, value: &'a Value, at: Pointer) {
    match value.as_array() {
        None => all.push(Stated { name, value, at }),
        Some(items) => {
            let each = items.iter().enumerate();
            all.extend(each.map(|(index, value)| Stated { name, value, at: at.child(index) }));
        }
    }
}

/// One case of a rule of advice.
#[derive(Debug, Clone)]
pub struct Remark {
    /// The value that it is about.
    pub pointer: Pointer,
    /// Whether the value or its key is meant.
    pub part: Part,
    /// What is wrong, in one line.
    pub message: String,
    /// A few words for the marked place.
    pub label: String,
    /// How well the facts of the rule are known for this case.
    pub evidence: Evidence,
}

impl Remark {
    /// A remark about a value, with how well its facts are known.
    pub(super) fn new(
        pointer: Pointer,
        message: impl Into<String>,
        label: impl Into<String>,
        evidence: Evidence,
    ) -> Self {
        Self { pointer, part: Part::Value, message: message.into(), label: label.into(), evidence }
    }

    /// The same about that part of it.
    pub(super) fn on(self, part: Part) -> Self {
        Self { part, ..self }
    }
}

/// What every rule of advice remarks. A result that is refused has other worries.
pub(super) fn findings(answer: &Answer<'_>) -> Vec<Finding> {
    if answer.outcome.refused {
        return Vec::new();
    }
    let checks = rules::ALL.iter().filter_map(|rule| Some((rule, rule.check?)));
    let remarks =
        checks.flat_map(|(rule, check)| check(answer).into_iter().map(move |remark| (rule, remark)));
    remarks.map(|(rule, remark)| Finding::advice(rule, remark, answer.front, answer.text)).collect()
}
