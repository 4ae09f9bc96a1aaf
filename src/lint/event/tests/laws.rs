//! Laws: generated events pass, and no value makes the checks panic or speak without words.

use super::{judged, names};
use crate::gateway::event::kinds;
use crate::gateway::{Api, Call, Caller, Front, Identity, Route, Stamp};
use crate::http::Request;
use crate::json::Pointer;
use crate::lint::Document;
use crate::lint::event::{ALL, EventFlavor, judge_event, shape};
use proptest::prelude::*;
use serde_json::{Value, json};

#[test]
fn every_refusal_of_a_schema_has_its_words() {
    let flavor = prop::sample::select(ALL.iter().collect::<Vec<_>>());
    proptest!(|(flavor in flavor, place in any::<prop::sample::Index>(), value in crate::testing::json())| {
        let mut event = flavor.example();
        let places = places(&event);
        let pointer = &places[place.index(places.len())];
        *event.pointer_mut(pointer).unwrap() = value;
        for notice in shape::notices(&event, flavor) {
            // `$schema` is no key of AWS, and no fact tells of it
            let named = !notice.facts.is_empty() || notice.pointer.to_string() == "/$schema";
            prop_assert!(named, "{}: {} in {}", flavor.name, notice.pointer, event);
        }
    });
}

/// The pointers of all values.
fn places(value: &Value) -> Vec<String> {
    fn walk(value: &Value, here: &Pointer, found: &mut Vec<String>) {
        found.push(here.to_string());
        match value {
            Value::Object(members) => {
                members.iter().for_each(|(key, value)| walk(value, &here.child(key), found));
            }
            Value::Array(items) => {
                items.iter().enumerate().for_each(|(at, item)| walk(item, &here.child(at), found));
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    walk(value, &Pointer::root(), &mut found);
    found
}

#[test]
fn nothing_panics_and_every_finding_has_its_place() {
    proptest!(|(value in crate::testing::json(), flavor in prop::sample::select(ALL.iter().collect::<Vec<_>>()))| {
        for asked in [None, Some(flavor)] {
            let judged = judge_event(&Document::whole("t", value.to_string().as_bytes()), asked);
            prop_assert!(judged.findings.iter().all(|found| found.span.end <= judged.source.text.len()));
        }
    });
}

/// A request as clients make them, and a route that takes it.
fn request() -> impl Strategy<Value = (Request, Option<Route>)> {
    let segment = "[a-z0-9%20.~é-]{1,8}";
    let path = prop::collection::vec(segment, 1..4);
    let query = prop::collection::vec(("[a-z\\[\\] é]{1,5}", "[a-z0-9 +/,&é]{0,8}"), 0..4);
    let headers =
        prop::collection::vec(("X-[A-Za-z]{1,6}|accept|User-Agent|Connection", "[!-~]{1,12}"), 0..4);
    let cookies = prop::collection::vec("[a-z]{1,4}=[a-z0-9]{0,4}", 0..3);
    let types = ["text/plain", "application/json", "image/png", "application/x-www-form-urlencoded"];
    let body = (
        prop::option::of(prop::sample::select(types.to_vec())),
        prop::option::of(prop::collection::vec(any::<u8>(), 0..24)),
    );
    (path, query, headers, cookies, body, 0..3_u8).prop_map(
        |(path, query, headers, cookies, (kind, body), shape)| {
            let path: Vec<_> =
                path.iter().map(|part| crate::http::encoding::percent_encode_path(part)).collect();
            let mut request = Request::new("POST", format!("/{}", path.join("/")));
            if !query.is_empty() {
                request.query =
                    Some(crate::http::query::encode(query.iter().map(|(k, v)| (k.as_str(), v.as_str()))));
            }
            request.headers = headers.into_iter().collect();
            if !cookies.is_empty() {
                request.headers.append("Cookie", cookies.join("; "));
            }
            if let Some(kind) = kind {
                request.headers.append("Content-Type", kind);
            }
            request.body = body.unwrap_or_default();
            let route = match shape {
                0 => None,
                1 => Some(Route::of("ANY", "/{proxy+}")),
                _ => Some(Route::of(
                    "ANY",
                    &format!("/{{id}}{}", "/{more+}".repeat(usize::from(path.len() > 1))),
                )),
            };
            (request, route)
        },
    )
}

/// Who may call: nobody known, a Lambda authorizer's principal, a token's owner, an IAM role.
fn identity() -> impl Strategy<Value = Identity> {
    let members = json!({"text": "a", "number": 1, "yes": true, "exp": 1_718_722_804, "none": null});
    let members = members.as_object().cloned().unwrap();
    prop_oneof![
        Just(Identity::Anonymous),
        Just(Identity::Lambda { principal: "me".to_owned(), context: members.clone() }),
        Just(Identity::Claims(members)),
        Just(Identity::Iam { arn: "arn:aws:sts::123456789012:assumed-role/admin/me".to_owned() }),
    ]
}

/// Whatever is generated is what AWS would send: no error, and no warning but about the form of
/// bodies that a binary media type of `*/*` brings forth.
#[test]
fn generated_events_pass() {
    let kinds = prop::sample::select(kinds());
    let stages = prop::sample::select(vec![None, Some("dev")]);
    proptest!(ProptestConfig::with_cases(1024), |(
        kind in kinds, (mut request, route) in request(), identity in identity(), stage in stages,
        binary: bool, epoch in 0_i64..4_294_967_296_000
    )| {
        if let Some(method) = kind.method {
            request.method = method.to_owned();
        }
        let mut api = Api::new(kind.flavor);
        api.routes.extend(route);
        if let Some(stage) = stage.filter(|_| !kind.name.starts_with("url-")) {
            api.stage = stage.to_owned();
        }
        if binary {
            api.binary_media_types.push("*/*".to_owned());
        }
        request.path = format!("{}{}", api.prefix(), request.path);
        // before an authorizer ran nobody knows who calls
        let identity = if kind.front.authorizer().is_some() { Identity::Anonymous } else { identity };
        let caller = Caller { identity, ..Caller::default() };
        let stamp = Stamp::new(epoch, 7);
        let call = Call { api: &api, request: &request, caller: &caller, stamp: &stamp, moment: kind.moment };
        let Ok(event) = kind.front.event(&call) else { return Ok(()) };
        let judged = judged(&event, None);
        let expected = EventFlavor::from_name(kind.front.name()).map(|flavor| flavor.name);
        prop_assert_eq!(judged.detection.as_ref().map(|found| found.flavor.name), expected, "{}", event);
        let odd = names(&judged).into_iter().find(|name| *name != "base64-flag-unlikely");
        prop_assert_eq!(odd, None, "{}: {:?}\n{:#}", kind.name, judged.findings, event);
    });
}

#[test]
fn every_flavour_that_can_be_generated_can_be_checked() {
    for front in Front::all() {
        assert!(EventFlavor::from_name(front.name()).is_some(), "{front} has no event schema");
    }
}
