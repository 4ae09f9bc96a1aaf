//! Mending: the edits that make a finding go away, where that is mechanical. What one rule mends
//! stands in its own file; what several mend, here.

use crate::gateway::{Flavor, Front};
use crate::json::{Edit, Part, Pointer, Text, compact, quoted};
use serde_json::{Map, Value};

/// What there is to mend.
#[derive(Debug, Clone, Copy)]
pub struct Broken<'b> {
    /// The text of the document.
    pub text: &'b Text<'b>,
    /// Its value.
    pub result: &'b Value,
    /// The value that the finding is about.
    pub pointer: &'b Pointer,
    /// The front end that reads it.
    pub front: Front,
}

/// The edits that mend a finding: all of them together, or none if this case is not mechanical.
pub type Mend = fn(&Broken<'_>) -> Option<Vec<Edit>>;

impl Broken<'_> {
    /// The value that the finding is about.
    pub(super) fn value(&self) -> Option<&Value> {
        self.pointer.tokens().iter().try_fold(self.result, |value, token| match value {
            Value::Array(items) => items.get(token.parse::<usize>().ok()?),
            value => value.get(token),
        })
    }

    /// The value as it is written, without space.
    pub(super) fn written(&self) -> Option<String> {
        self.text.slice(self.pointer).map(compact)
    }

    /// Other JSON in place of the value.
    pub(super) fn replaced(&self, json: impl Into<String>) -> Option<Vec<Edit>> {
        Some(vec![self.text.replace(self.pointer, json)?])
    }

    fn has(&self, key: &str) -> bool {
        self.result.get(key).is_some()
    }
}

/// A value as a string of its JSON text: the body of an object, `"12"` of a number.
pub(super) fn as_text(broken: &Broken<'_>) -> Option<Vec<Edit>> {
    broken.replaced(quoted(&broken.written()?))
}

/// The same for numbers and booleans only.
pub(super) fn scalar_as_text(broken: &Broken<'_>) -> Option<Vec<Edit>> {
    let value = broken.value()?;
    (value.is_number() || value.is_boolean()).then(|| as_text(broken))?
}

/// A string, number or boolean as a list of one string.
pub(super) fn as_list(broken: &Broken<'_>) -> Option<Vec<Edit>> {
    let text = match broken.value()? {
        Value::String(_) => broken.written()?,
        Value::Number(_) | Value::Bool(_) => quoted(&broken.written()?),
        _ => return None,
    };
    broken.replaced(format!("[{text}]"))
}

/// A key that the front end does not know, in place of one that it does: renamed, or its cookies
/// moved to where they are read.
pub(super) fn key_that_was_meant(broken: &Broken<'_>) -> Option<Vec<Edit>> {
    let value = broken.value()?;
    let [key] = broken.pointer.tokens() else { return None };
    let key = meant(key)?;
    if key == "cookies" {
        return cookies_to_headers(broken);
    }
    let fits = match key {
        "statusCode" => is_status(value),
        "headers" | "multiValueHeaders" => value.is_object(),
        "isBase64Encoded" => value.is_boolean(),
        _ => false,
    };
    let free = fits && !broken.has(key) && broken.text.members(&Pointer::root()).len() > 1;
    free.then(|| broken.text.rename(broken.pointer, key).map(|edit| vec![edit]))?
}

/// A status under another name, in a result that is clearly meant to have one.
pub(super) fn status_that_was_meant(broken: &Broken<'_>) -> Option<Vec<Edit>> {
    if !["body", "headers", "multiValueHeaders"].iter().any(|key| broken.has(key)) {
        return None;
    }
    let statuses: Vec<_> =
        broken.result.as_object()?.keys().filter(|key| meant(key) == Some("statusCode")).collect();
    let [key] = statuses.as_slice() else { return None };
    key_that_was_meant(&Broken { pointer: &Pointer::root().child(key), ..*broken })
}

/// The key of a result that people mean by another one.
pub(super) fn meant(key: &str) -> Option<&'static str> {
    let letters: String =
        key.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    Some(match letters.as_str() {
        "status" | "statuscode" | "code" | "httpstatus" => "statusCode",
        "header" | "headers" => "headers",
        "multivalueheader" | "multivalueheaders" => "multiValueHeaders",
        "data" | "content" | "response" | "payload" | "body" => "body",
        "base64encoded" | "isbase64encoded" | "isbase64" => "isBase64Encoded",
        "cookie" | "cookies" => "cookies",
        _ => return None,
    })
}

fn is_status(value: &Value) -> bool {
    value.as_u64().is_some_and(|status| (100..600).contains(&status))
}

const MULTI: &str = "multiValueHeaders";
const COOKIE: &str = "Set-Cookie";

/// `cookies` of an HTTP API, for a front end that reads them in `multiValueHeaders`.
fn cookies_to_headers(broken: &Broken<'_>) -> Option<Vec<Edit>> {
    let Broken { text, result, pointer, front } = *broken;
    let reads_lists = matches!(front, Front::Api(Flavor::Rest | Flavor::HttpV1 | Flavor::AlbMulti));
    if !reads_lists || !broken.value().is_some_and(are_texts) {
        return None;
    }
    let list = text.slice(pointer)?;
    match result.get(MULTI) {
        None => {
            let map = format!("{{{}: {list}}}", quoted(COOKIE));
            Some(vec![text.rename(pointer, MULTI)?, text.replace(pointer, map)?])
        }
        Some(Value::Object(lists)) if !lists.keys().any(|name| is_cookie(name)) => {
            let map = Pointer::root().child(MULTI);
            Some(vec![text.insert(&map, COOKIE, list)?, text.remove(&Pointer::root(), pointer.last()?)?])
        }
        Some(_) => None,
    }
}

/// `multiValueHeaders` for a front end that does not read it: cookies become `cookies` where those
/// are read, single values become headers.
pub(super) fn multi_value_headers(broken: &Broken<'_>) -> Option<Vec<Edit>> {
    let map = Pointer::root().child(MULTI);
    let lists = broken.result.get(MULTI)?.as_object()?;
    if !lists.values().all(are_texts) {
        return None;
    }
    let reads_cookies = matches!(broken.front, Front::Api(Flavor::Http | Flavor::Url));
    let cookies: Vec<&String> = lists.keys().filter(|name| reads_cookies && is_cookie(name)).collect();
    if broken.text.members(&map).len() != lists.len() || !cookies.is_empty() && broken.has("cookies") {
        return None;
    }
    match cookies.as_slice() {
        [cookie] if lists.len() == 1 => {
            let list = broken.text.slice(&map.child(cookie))?;
            Some(vec![broken.text.rename(&map, "cookies")?, broken.text.replace(&map, list)?])
        }
        [cookie] => {
            let list = broken.text.slice(&map.child(cookie))?;
            let root = Pointer::root();
            Some(vec![broken.text.remove(&map, cookie)?, broken.text.insert(&root, "cookies", list)?])
        }
        [] => single_values(broken, &map, lists),
        _ => None,
    }
}

/// The whole map as `headers`, if there are none yet and each list has one value.
fn single_values(broken: &Broken<'_>, map: &Pointer, lists: &Map<String, Value>) -> Option<Vec<Edit>> {
    if broken.has("headers") || lists.values().any(|list| list.as_array().is_none_or(|list| list.len() != 1))
    {
        return None;
    }
    let mut edits = vec![broken.text.rename(map, "headers")?];
    for name in lists.keys() {
        let list = map.child(name);
        edits.push(broken.text.replace(&list, broken.text.slice(&list.child(0))?)?);
    }
    Some(edits)
}

/// `headers` for a target group that reads `multiValueHeaders` alone.
pub(super) fn headers_as_lists(broken: &Broken<'_>) -> Option<Vec<Edit>> {
    let headers = Pointer::root().child("headers");
    let map = broken.result.get("headers")?.as_object()?;
    if broken.has(MULTI) || !map.values().all(Value::is_string) {
        return None;
    }
    let mut edits = vec![broken.text.rename(&headers, MULTI)?];
    for name in map.keys() {
        let value = headers.child(name);
        edits.push(broken.text.replace(&value, format!("[{}]", broken.text.slice(&value)?))?);
    }
    Some(edits)
}

/// A member that should not be there is taken out.
pub(super) fn without(broken: &Broken<'_>) -> Option<Vec<Edit>> {
    let key = broken.pointer.last()?;
    broken.text.span(broken.pointer, Part::Key)?;
    Some(vec![broken.text.remove(&broken.pointer.parent()?, key)?])
}

fn are_texts(value: &Value) -> bool {
    value.as_array().is_some_and(|items| items.iter().all(Value::is_string))
}

fn is_cookie(name: &str) -> bool {
    name.eq_ignore_ascii_case(COOKIE)
}
