//! Targets of vegeta in its JSON format: an object on each line, bodies in base64.

use super::Replayed;
use crate::http::encoding::base64_encode;
use crate::http::secret::{HIDDEN, is_secret_header};
use serde_json::{Map, Value, json};

/// A target for each request. Credentials are shown only if that is asked for: a file of targets has no
/// way to look them up.
pub fn targets(requests: &[Replayed], show_secrets: bool) -> String {
    requests.iter().map(|request| format!("{}\n", target(request, show_secrets))).collect()
}

fn target(replayed: &Replayed, show_secrets: bool) -> Value {
    let field = |(name, values): (&str, Vec<&str>)| {
        let shown =
            |value: &str| if is_secret_header(name) && !show_secrets { HIDDEN } else { value }.to_owned();
        (name.to_owned(), values.into_iter().map(shown).collect::<Value>())
    };
    let mut target = json!({ "method": replayed.request.method, "url": replayed.url });
    let header: Map<_, _> = replayed.fields().map(field).collect();
    if !header.is_empty() {
        target["header"] = Value::Object(header);
    }
    if !replayed.request.body.is_empty() {
        target["body"] = base64_encode(&replayed.request.body).into();
    }
    target
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::Request;
    use proptest::prelude::*;

    /// What vegeta says of a target: these members and no other, method and URL always, a header's values
    /// as a list of texts, the body in base64.
    fn schema() -> Value {
        json!({
            "type": "object",
            "additionalProperties": false,
            "required": ["method", "url"],
            "properties": {
                "method": { "type": "string" },
                "url": { "type": "string" },
                "header": {
                    "type": "object",
                    "additionalProperties": { "type": "array", "items": { "type": "string" } },
                },
                "body": { "type": "string", "contentEncoding": "base64" },
            },
        })
    }

    proptest! {
        #[test]
        fn every_target_is_one_line_as_vegeta_wants_it(
            headers in prop::collection::vec(("[A-Za-z-]{1,8}", ".*"), 0..5),
            body in prop::collection::vec(any::<u8>(), 0..40),
            path in ".*",
        ) {
            let mut request = Request::new("POST", "");
            headers.iter().for_each(|(name, value)| request.headers.append(name, value));
            request.body = body.clone();
            let replayed = Replayed { url: format!("http://127.0.0.1/{path}"), request };
            let text = targets(std::slice::from_ref(&replayed), true);
            prop_assert_eq!(text.lines().count(), 1);
            let target: Value = serde_json::from_str(&text).unwrap();
            let validator = jsonschema::options().should_validate_formats(true).build(&schema()).unwrap();
            prop_assert!(validator.is_valid(&target), "{}", text);
            prop_assert_eq!(target["url"].as_str(), Some(replayed.url.as_str()));
            let sent = target["body"].as_str().map(|body| crate::http::encoding::base64_decode(body).unwrap());
            prop_assert_eq!(sent.unwrap_or_default(), body);
        }
    }

    #[test]
    fn credentials_are_hidden_unless_they_are_asked_for() {
        let mut request = Request::new("GET", "/");
        for (name, value) in
            [("Authorization", "a-secret"), ("cookie", "b-secret"), ("X-A", "1"), ("x-a", "2")]
        {
            request.headers.append(name, value);
        }
        request.headers.append("Content-Length", "7");
        let replayed = [Replayed { url: "http://127.0.0.1/".to_owned(), request }];
        let hidden: Value = serde_json::from_str(&targets(&replayed, false)).unwrap();
        let header = json!({ "Authorization": [HIDDEN], "cookie": [HIDDEN], "X-A": ["1", "2"] });
        assert_eq!(hidden, json!({ "method": "GET", "url": "http://127.0.0.1/", "header": header }));
        let shown: Value = serde_json::from_str(&targets(&replayed, true)).unwrap();
        assert_eq!(shown["header"]["Authorization"], json!(["a-secret"]));
    }
}
