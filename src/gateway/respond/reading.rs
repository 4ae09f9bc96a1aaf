//! Reading the parts of a result as the gateway reads them, coercions noticed.
//!
//! Only called for results whose shape is accepted; what cannot occur then is read as missing.

use crate::gateway::notice::{Evidence, Notice, NoticeKind};
use crate::http::encoding;
use crate::json::Pointer;
use serde_json::Value;

/// The facts that a reading rests on, which differ by flavour.
pub(super) struct Basis {
    pub(super) number_status: (&'static str, Evidence),
    pub(super) text_status: (&'static str, Evidence),
    pub(super) null_header: (&'static str, Evidence),
    pub(super) bool_header: (&'static str, Evidence),
    pub(super) number_header: (&'static str, Evidence),
    pub(super) flag: &'static str,
    /// A list of values that is null.
    pub(super) null_list: &'static str,
    /// A body that is null.
    pub(super) null_body: &'static str,
    /// A body that says base64 and is not.
    pub(super) undecodable: &'static str,
    /// Entries of `cookies`.
    pub(super) cookies: &'static str,
    /// A header map that is not read.
    pub(super) multi: (&'static str, Evidence),
    /// Keys that nobody reads.
    pub(super) unknown_key: (&'static str, Evidence),
}

/// A header of the result: its name, and its value unless that is null.
pub(super) type Field<'r> = (&'r str, Option<String>);

/// Reads `statusCode`; 200 when it is missing or null.
pub(super) fn status(result: &Value, basis: &Basis, notices: &mut Vec<Notice>) -> u16 {
    let Some(value) = result.get("statusCode") else { return 200 };
    let (status, (fact, evidence)) = match value {
        Value::String(text) => (text.parse().unwrap_or(200), basis.text_status),
        Value::Number(number) => (truncated(number.as_f64().unwrap_or_default()), basis.number_status),
        _ => (200, basis.number_status),
    };
    let ordinary = value.is_u64() || value.as_str().is_some_and(|_| evidence == Evidence::Recorded);
    if !ordinary || !(200..600).contains(&status) {
        let evidence = if ordinary { Evidence::Inferred } else { evidence };
        let notice = Notice::new(NoticeKind::StatusUnusual, Pointer::root().child("statusCode"), value);
        notices.push(notice.because(&[fact], evidence));
    }
    status
}

/// The whole number below a status such as 200.7.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to the range of u16")]
fn truncated(number: f64) -> u16 {
    number.clamp(0.0, 65535.0) as u16
}

/// Reads a map of single values.
pub(super) fn fields<'r>(result: &'r Value, basis: &Basis, notices: &mut Vec<Notice>) -> Vec<Field<'r>> {
    let at = Pointer::root().child("headers");
    let members = result.get("headers").and_then(Value::as_object).into_iter().flatten();
    members.map(|(name, value)| (name.as_str(), field(value, at.child(name), basis, notices))).collect()
}

/// Reads one header value as text; null is no value.
pub(super) fn field(value: &Value, at: Pointer, basis: &Basis, notices: &mut Vec<Notice>) -> Option<String> {
    let (kind, (fact, evidence), text) = match value {
        Value::String(text) => return Some(text.clone()),
        Value::Null => (NoticeKind::HeaderValueNull, basis.null_header, None),
        Value::Bool(_) => (NoticeKind::HeaderValueCoerced, basis.bool_header, Some(value.to_string())),
        _ => (NoticeKind::HeaderValueCoerced, basis.number_header, Some(value.to_string())),
    };
    notices.push(Notice::new(kind, at, value).because(&[fact], evidence));
    text
}

/// Reads a list of header values.
pub(super) fn list(values: &Value, at: &Pointer, basis: &Basis, notices: &mut Vec<Notice>) -> Vec<String> {
    let Some(items) = values.as_array() else {
        let notice = Notice::new(NoticeKind::HeaderValueNull, at.clone(), values);
        notices.push(notice.because(&[basis.null_list], Evidence::Inferred));
        return Vec::new();
    };
    let read = |(index, item)| field(item, at.child(index), basis, notices);
    items.iter().enumerate().filter_map(read).collect()
}

/// Reads a map of lists.
pub(super) fn lists(result: &Value, basis: &Basis, notices: &mut Vec<Notice>) -> Vec<(String, Vec<String>)> {
    let at = Pointer::root().child("multiValueHeaders");
    let members = result.get("multiValueHeaders").and_then(Value::as_object).into_iter().flatten();
    members.map(|(name, values)| (name.clone(), list(values, &at.child(name), basis, notices))).collect()
}

/// Reads `cookies`: one value of a `Set-Cookie` header each.
pub(super) fn cookies(result: &Value, basis: &Basis, notices: &mut Vec<Notice>) -> Vec<String> {
    let at = Pointer::root().child("cookies");
    match result.get("cookies") {
        None | Some(Value::Null) => Vec::new(), // H-069
        Some(Value::Array(items)) => {
            let read = |(index, item): (usize, &Value)| cookie(item, at.child(index), basis, notices);
            items.iter().enumerate().filter_map(read).collect()
        }
        Some(other) => {
            let notice = Notice::new(NoticeKind::CookiesNotList, at, other);
            notices.push(notice.because(&[basis.cookies], Evidence::Inferred));
            Vec::new()
        }
    }
}

fn cookie(item: &Value, at: Pointer, basis: &Basis, notices: &mut Vec<Notice>) -> Option<String> {
    if let Value::String(text) = item {
        return Some(text.clone());
    }
    let notice = Notice::new(NoticeKind::CookieNotText, at, item);
    notices.push(notice.because(&[basis.cookies], Evidence::Inferred));
    (item.is_number() || item.is_boolean()).then(|| item.to_string())
}

/// Notices a body that is null, which is probably an empty one.
pub(super) fn null_body(basis: &Basis, notices: &mut Vec<Notice>) -> Vec<u8> {
    let notice = Notice::new(NoticeKind::BodyNull, Pointer::root().child("body"), &Value::Null);
    notices.push(notice.because(&[basis.null_body], Evidence::Inferred));
    Vec::new()
}

/// The bytes of a body; text that should be base64 and is not goes out as it is.
pub(super) fn body_bytes(text: &str, encoded: bool, basis: &Basis, notices: &mut Vec<Notice>) -> Vec<u8> {
    if !encoded {
        return text.as_bytes().to_vec();
    }
    encoding::base64_decode(text).unwrap_or_else(|| {
        let at = Pointer::root().child("body");
        let notice = Notice::new(NoticeKind::Base64Undecodable, at, &Value::Null);
        let notice = notice.found(encoding::base64_mistake(text));
        notices.push(notice.because(&[basis.undecodable], Evidence::Inferred));
        text.as_bytes().to_vec()
    })
}

/// Notices the keys that are read by nobody.
pub(super) fn ignored_keys(result: &Value, known: &[&str], basis: &Basis, notices: &mut Vec<Notice>) {
    for (key, value) in result.as_object().into_iter().flatten() {
        if !known.contains(&key.as_str()) {
            let (fact, evidence) = basis.unknown_key;
            let notice = Notice::new(NoticeKind::UnknownKeyIgnored, Pointer::root().child(key), value);
            notices.push(notice.on_key().because(&[fact], evidence));
        }
    }
}

/// Notices headers in `multiValueHeaders` where that is not read.
pub(super) fn ignored_lists(result: &Value, basis: &Basis, notices: &mut Vec<Notice>) {
    let lists = result.get("multiValueHeaders");
    if let Some(value) = lists.filter(|value| value.as_object().is_some_and(|map| !map.is_empty())) {
        let (fact, evidence) = basis.multi;
        let at = Pointer::root().child("multiValueHeaders");
        notices.push(
            Notice::new(NoticeKind::MultiValueHeadersIgnored, at, value).on_key().because(&[fact], evidence),
        );
    }
}

/// Reads `isBase64Encoded`.
pub(super) fn base64_flag(result: &Value, basis: &Basis, notices: &mut Vec<Notice>) -> bool {
    let Some(value) = result.get("isBase64Encoded") else { return false };
    if let Some(flag) = value.as_bool() {
        return flag;
    }
    let notice = Notice::new(NoticeKind::Base64FlagCoerced, Pointer::root().child("isBase64Encoded"), value);
    notices.push(notice.because(&[basis.flag], Evidence::Inferred));
    matches!(value.as_str(), Some("true" | "True"))
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use proptest::prelude::*;
    use proptest::strategy::Union;
    use serde_json::{Map, json};

    /// Results that look like results: the known keys with likely, odd and arbitrary values.
    pub(in crate::gateway) fn result() -> impl Strategy<Value = Value> {
        let status = prop_oneof![
            4 => (100_u16..600).prop_map(Value::from),
            1 => any::<i64>().prop_map(Value::from),
            1 => any::<f64>().prop_map(Value::from),
            1 => "[-+0-9. a-z]{0,5}".prop_map(Value::from),
            1 => crate::testing::json(),
        ];
        let scalar = || {
            prop_oneof![
                3 => "[ -~]{0,10}".prop_map(Value::from),
                1 => any::<i32>().prop_map(Value::from),
                1 => any::<bool>().prop_map(Value::from),
                1 => Just(Value::Null),
                1 => crate::testing::json(),
            ]
        };
        let name = "[A-Za-z-]{1,12}|Content-Type|Set-Cookie|Authorization|Server|Via";
        let map = |value: BoxedStrategy<Value>| {
            let members = prop::collection::vec((name, value), 0..4);
            prop_oneof![
                5 => members.prop_map(|members| Value::Object(members.into_iter().collect::<Map<_, _>>())),
                1 => crate::testing::json(),
            ]
        };
        let list = prop::collection::vec(scalar(), 0..3).prop_map(Value::Array);
        let body = prop_oneof![
            3 => "\\PC{0,20}".prop_map(Value::from),
            1 => "[A-Za-z0-9+/]{0,12}=?".prop_map(Value::from),
            1 => crate::testing::json(),
        ];
        let flag =
            prop_oneof![Just(json!(true)), Just(json!(false)), Just(json!("True")), crate::testing::json()];
        let member = Union::new_weighted(vec![
            (4, ("statusCode", status).boxed()),
            (3, ("headers", map(scalar().boxed())).boxed()),
            (2, ("multiValueHeaders", map(prop_oneof![list.clone(), scalar()].boxed())).boxed()),
            (3, ("body", body).boxed()),
            (2, ("isBase64Encoded", flag).boxed()),
            (1, ("cookies", prop_oneof![list, scalar()]).boxed()),
            (1, ("[a-zA-Z]{1,8}", crate::testing::json()).boxed()),
        ]);
        prop_oneof![
            8 => prop::collection::vec(member, 0..5)
                .prop_map(|members| Value::Object(members.into_iter().collect::<Map<_, _>>())),
            1 => crate::testing::json(),
        ]
    }
}
