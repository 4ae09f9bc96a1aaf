//! The front ends that a file's results are for, and the call that they answer.

use super::table::{Entry, Read, brief};
use crate::gateway::{Flavor, Front, Moment};
use crate::http::is_media_range;
use crate::lint::nearest;

/// What is known of the API that a file's documents belong to; `None` where nothing is said.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Setup {
    /// The front ends that take the results.
    pub fronts: Option<Vec<Front>>,
    /// The moment of a WebSocket connection that they answer.
    pub moment: Option<Moment>,
    /// The ARN of the call that an authorizer is asked about.
    pub method_arn: Option<String>,
    /// The `Accept` header of the request.
    pub accept: Option<String>,
    /// The `Origin` header of the request.
    pub origin: Option<String>,
    /// Whether browsers of other origins call the API.
    pub cors_expected: Option<bool>,
    /// The API's binary media types.
    pub binary_media_types: Option<Vec<String>>,
    /// Whether the front end streams.
    pub streaming: Option<bool>,
    /// Whether the WebSocket route has a route response.
    pub route_response: Option<bool>,
    /// Whether the authorizer has simple responses enabled.
    pub simple_responses: Option<bool>,
}

/// The keys of a setup.
pub(super) const KEYS: [&str; 10] = [
    "api",
    "moment",
    "method-arn",
    "accept",
    "origin",
    "cors-expected",
    "binary-media-types",
    "streaming",
    "route-response",
    "simple-responses",
];

const MOMENTS: [(&str, Moment); 3] =
    [("connect", Moment::Connect), ("message", Moment::Message), ("disconnect", Moment::Disconnect)];

/// The name for every front end that answers callers.
pub const ALL: &str = "all";

/// The front ends of a name: one, or all that answer callers.
pub fn fronts(name: &str) -> Option<Vec<Front>> {
    match name {
        ALL => Some(Flavor::ALL.map(Front::Api).to_vec()),
        name => Front::from_name(name).map(|front| vec![front]),
    }
}

impl Setup {
    /// What is said here, and for the rest what is said there.
    #[must_use]
    pub fn over(self, below: &Self) -> Self {
        let below = below.clone();
        Self {
            fronts: self.fronts.or(below.fronts),
            moment: self.moment.or(below.moment),
            method_arn: self.method_arn.or(below.method_arn),
            accept: self.accept.or(below.accept),
            origin: self.origin.or(below.origin),
            cors_expected: self.cors_expected.or(below.cors_expected),
            binary_media_types: self.binary_media_types.or(below.binary_media_types),
            streaming: self.streaming.or(below.streaming),
            route_response: self.route_response.or(below.route_response),
            simple_responses: self.simple_responses.or(below.simple_responses),
        }
    }

    /// Reads a member, if it is one of a setup.
    pub(super) fn read(&mut self, entry: &Entry<'_>) -> Read<()> {
        match entry.key {
            "api" => self.fronts = Some(api(entry)?),
            "moment" => self.moment = Some(moment(entry)?),
            "method-arn" => self.method_arn = Some(entry.text()?.to_owned()),
            "accept" => self.accept = Some(header(entry)?),
            "origin" => self.origin = Some(header(entry)?),
            "cors-expected" => self.cors_expected = Some(entry.flag()?),
            "binary-media-types" => self.binary_media_types = Some(media_types(entry)?),
            "streaming" => self.streaming = Some(entry.flag()?),
            "route-response" => self.route_response = Some(entry.flag()?),
            "simple-responses" => self.simple_responses = Some(entry.flag()?),
            _ => {}
        }
        Ok(())
    }
}

/// The front ends that are named, each once.
fn api(entry: &Entry<'_>) -> Read<Vec<Front>> {
    let named = entry.each(|entry, name| {
        fronts(name).ok_or_else(|| {
            let names = || Front::all().map(Front::name).chain([ALL]);
            let mistake = entry.mistake(format!("`{}` is no front end", brief(name)));
            mistake.hint(match nearest(name, names()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("the front ends are {}", names().collect::<Vec<_>>().join(", ")),
            })
        })
    })?;
    let mut chosen: Vec<Front> = Vec::new();
    for front in named.into_iter().flatten() {
        if !chosen.contains(&front) {
            chosen.push(front);
        }
    }
    if chosen.is_empty() { Err(entry.mistake("`api` names no front end")) } else { Ok(chosen) }
}

fn moment(entry: &Entry<'_>) -> Read<Moment> {
    let find = |name: &str| MOMENTS.into_iter().find(|(own, _)| *own == name).map(|(_, moment)| moment);
    entry.one_of(&MOMENTS.map(|(name, _)| name), find)
}

/// The value of a header field.
fn header(entry: &Entry<'_>) -> Read<String> {
    let text = entry.text()?;
    if text.contains(char::is_control) {
        return Err(entry.mistake(format!("`{}` is no value of a header", entry.key)));
    }
    Ok(text.to_owned())
}

fn media_types(entry: &Entry<'_>) -> Read<Vec<String>> {
    entry.each(|entry, text| match is_media_range(text) {
        true => Ok(text.to_owned()),
        false => {
            let mistake = entry.mistake(format!("`{}` is no media type", brief(text)));
            Err(mistake.hint("a media type has two halves, as in image/png"))
        }
    })
}
