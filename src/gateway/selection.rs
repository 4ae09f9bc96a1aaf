//! Route selection of WebSocket APIs: from a message to a route key (W-010).

use super::route::Route;
use serde_json::Value;

/// The route that takes a message; `None` if no route has the selected key and there is no
/// `$default`. Without routes every key is one.
pub fn select_route(routes: &[Route], expression: &str, message: &str) -> Option<Route> {
    // W-010: what is no JSON goes to $default
    let key = serde_json::from_str(message).ok().map(|message| evaluate(expression, &message));
    let wanted = key.filter(|key| !key.is_empty()).map_or(Route::Default, |key| Route::key(&key));
    if routes.is_empty() || routes.contains(&wanted) {
        return Some(wanted);
    }
    routes.iter().find(|route| **route == Route::Default).cloned()
}

/// A route selection expression, evaluated: `$request.body.action`, or a text with such variables
/// in `${}`. A variable that leads nowhere is empty, and `\$` is a dollar sign.
fn evaluate(expression: &str, message: &Value) -> String {
    if expression.starts_with("$request.") {
        return variable(&expression[1..], message);
    }
    let mut key = String::new();
    let mut rest = expression;
    while let Some(at) = rest.find(['$', '\\']) {
        key.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(behind) = rest.strip_prefix("\\$") {
            key.push('$');
            rest = behind;
        } else if let Some((name, behind)) = rest.strip_prefix("${").and_then(|rest| rest.split_once('}')) {
            key.push_str(&variable(name, message));
            rest = behind;
        } else {
            key.push_str(&rest[..1]);
            rest = &rest[1..];
        }
    }
    key + rest
}

/// The value of `request.body.a.b` as text: lists and objects as JSON.
fn variable(name: &str, message: &Value) -> String {
    let Some(path) = name.strip_prefix("request.body") else { return String::new() };
    let mut keys = path.split('.').skip(1);
    match keys.try_fold(message.clone(), |value, key| value.get(key).cloned()) {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text,
        Some(other) => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const JOIN: &str = r#"{"service": "chat", "action": "join", "data": {"room": "room1234"}}"#;

    #[test]
    fn expressions_select_as_documented() {
        let cases = [
            ("$request.body.action", "join"),
            ("${request.body.action}", "join"),
            ("${request.body.service}/${request.body.action}", "chat/join"),
            ("${request.body.action}-${request.body.invalidPath}", "join-"),
            ("action", "action"),
            ("\\$default", "$default"),
            ("$request.body.data.room", "room1234"),
            ("$request.body.nothing", "$default"),
            ("$1 ${open", "$1 ${open"),
        ];
        for (expression, key) in cases {
            let route = select_route(&[], expression, JOIN);
            assert_eq!(route.map(|route| route.to_string()).as_deref(), Some(key), "{expression}");
        }
    }

    #[test]
    fn other_messages_go_to_the_default_route_if_there_is_one() {
        let key = |routes: &[&str], message: &str| {
            let routes: Vec<_> = routes.iter().map(|key| Route::key(key)).collect();
            select_route(&routes, "$request.body.action", message).map(|route| route.to_string())
        };
        assert_eq!(key(&["$default", "join"], JOIN).as_deref(), Some("join"));
        assert_eq!(key(&["$default", "join"], "plain text").as_deref(), Some("$default"));
        assert_eq!(key(&["$default", "join"], r#"{"action": "nope"}"#).as_deref(), Some("$default"));
        assert_eq!(key(&["join"], r#"{"action": "nope"}"#), None); // W-011
        assert_eq!(key(&["[1,2]"], r#"{"action": [1, 2]}"#).as_deref(), Some("[1,2]"));
    }

    proptest! {
        #[test]
        fn selection_never_panics(expression in "\\PC{0,20}|[$\\\\{}a-z.]{0,20}", message in "\\PC{0,20}") {
            let _ = select_route(&[], &expression, &message);
            let _ = select_route(&[], &expression, JOIN);
        }
    }
}
