//! From what a user pasted to the causes, the likeliest first.

use super::{Cause, Sign, Told, all};
use crate::gateway::{Flavor, GatewayError, error_type, sender};
use serde_json::Value;
use std::cmp::Reverse;

/// How far behind the best a cause may lie that is still named.
const NEARLY: u32 = 14;
/// Shorter texts are not looked for inside longer ones.
const TELLING: usize = 8;

/// The causes that fit, the likeliest first; none if nothing is known that looks like this.
pub fn find(told: &Told) -> Vec<&'static Cause> {
    find_by(told, |_| true)
}

/// The same by those signs alone that count.
pub(super) fn find_by(told: &Told, counts: fn(&Sign) -> bool) -> Vec<&'static Cause> {
    let weighed = all().map(|cause| (weigh(cause, told, counts), cause)).filter(|(weight, _)| *weight > 0);
    let mut weighed: Vec<_> = weighed.collect();
    // The sort is stable: what weighs the same keeps the order of the tables.
    weighed.sort_by_key(|(weight, _)| Reverse(*weight));
    let best = weighed.first().map_or(0, |(weight, _)| *weight);
    weighed.into_iter().filter(|(weight, _)| weight + NEARLY >= best).map(|(_, cause)| cause).collect()
}

/// How well a cause fits; 0 if it does not.
fn weigh(cause: &Cause, told: &Told, counts: fn(&Sign) -> bool) -> u32 {
    let from = told.headers.as_ref().and_then(sender);
    if from.zip(cause.from).is_some_and(|(from, own)| !may_be(from, own)) {
        return 0;
    }
    let signs = cause.signs.iter().filter(|sign| counts(sign));
    signs.filter_map(|sign| weigh_sign(sign, told)).max().unwrap_or_default()
}

/// Whether headers that look like those of one front end may be the other's.
fn may_be(seen: Flavor, own: Flavor) -> bool {
    seen == own || (seen == Flavor::Rest && own == Flavor::Websocket)
}

fn weigh_sign(sign: &Sign, told: &Told) -> Option<u32> {
    match sign {
        Sign::Answer(error) if told.headers.is_some() => response(error, told),
        Sign::Answer(error) => words(error, told),
        Sign::Status(status) => (told.status == Some(*status)).then_some(30),
        Sign::Words(words) => logged(words, told),
        Sign::Shown(_, shows) => shows(told).then_some(80),
    }
}

/// A whole response beside an answer of the dictionary. An answer that names its error type is
/// none without it; a body of another text may be one that the API's owner wrote.
fn response(error: &GatewayError, told: &Told) -> Option<u32> {
    let named = told.headers.as_ref().and_then(error_type);
    let typed = match (error.error_type, named) {
        (Some(own), Some(named)) if own.eq_ignore_ascii_case(named) => 40,
        (Some(_), _) => return None,
        (None, _) => 0,
    };
    let body = match alike(error, &told.body) {
        None if typed == 0 => return None,
        same => same.unwrap_or_default(),
    };
    (told.status == Some(error.status)).then_some(20 + typed + body)
}

/// A body or a few words beside an answer of the dictionary.
fn words(error: &GatewayError, told: &Told) -> Option<u32> {
    if told.status.is_some_and(|status| status != error.status) {
        return None;
    }
    let (text, message) = (told.body.as_str(), error.message());
    // A plain body weighs what a message does: words without braces may be either.
    let weight_of = |weight| if text.starts_with(['{', '<']) { weight + 30 } else { 65 };
    let same = alike(error, text).map(weight_of);
    if told.json().is_some_and(|value| value.is_object()) {
        return same;
    }
    let names_type = error.error_type.is_some_and(|own| told.text.contains(own));
    let says = |weight: u32, holds: bool| holds.then_some(weight);
    same.or_else(|| says(65, !message.is_empty() && text == message))
        .or_else(|| says(60, names_type))
        .or_else(|| says(50, !message.is_empty() && text.eq_ignore_ascii_case(&message)))
        .or_else(|| {
            says(40, message.len() >= TELLING && told.lowered.contains(&message.to_ascii_lowercase()))
        })
        .or_else(|| says(30, told.is_status_alone()))
}

/// How alike a body is to an answer's: byte for byte, or as JSON.
fn alike(error: &GatewayError, body: &str) -> Option<u32> {
    let tight = |text: &str| text.replace("\": ", "\":");
    if error.body.is_empty() {
        return None;
    }
    // A text that was read has no carriage returns.
    if body == error.body.replace('\r', "").trim() {
        return Some(40);
    }
    if error.is_beginning() {
        return tight(body).starts_with(&tight(error.body)).then_some(35);
    }
    let json = |text: &str| serde_json::from_str::<Value>(text).ok().filter(Value::is_object);
    (json(body)? == json(error.body)?).then_some(30)
}

/// A line of a log, or a part of it that tells enough; the body of a response is all there is of it.
fn logged(words: &str, told: &Told) -> Option<u32> {
    let words = words.to_ascii_lowercase();
    if told.lowered.contains(&words) {
        return Some(if told.headers.is_some() { 75 } else { 62 });
    }
    (told.headers.is_none() && told.text.len() >= TELLING && words.contains(&told.lowered)).then_some(35)
}
