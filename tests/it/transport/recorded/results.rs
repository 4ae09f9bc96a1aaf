//! `*-responses.jsonl`: the function is a process that ends as a line says, and its caller a client of
//! the server.
//!
//! The wire tells status, header fields and body. HTTP/1.1 sends names of fields in small letters here,
//! so that their spelling is a matter of the model alone; so is whether a gateway refused a result.

use super::spec::{FUNCTION, Kind, ServedCase};
use super::{Counts, check};
use crate::tables::Row;
use crate::tables::spec::ApiSpec;
use apigw::gateway::Flavor;
use serde::Deserialize;
use serde_json::{Map, Value, json};

#[tokio::test]
async fn results_to_rest_apis_hold_on_the_wire() {
    let expected = [
        (Kind::Returned, (69, 69)),
        (Kind::TooMuch, (1, 1)),
        (Kind::Failed, (3, 3)),
        (Kind::Timeout, (1, 1)),
    ];
    assert_eq!(check_results("rest").await, Counts::from(expected));
}

#[tokio::test]
async fn results_to_http_apis_hold_on_the_wire() {
    let expected = [
        (Kind::Returned, (22, 22)),
        (Kind::Garbage, (1, 1)),
        (Kind::Failed, (1, 1)),
        (Kind::Timeout, (1, 1)),
    ];
    assert_eq!(check_results("http").await, Counts::from(expected));
    let expected = [
        (Kind::Returned, (32, 32)),
        (Kind::Garbage, (1, 1)),
        (Kind::Failed, (1, 1)),
        (Kind::Timeout, (1, 1)),
    ];
    assert_eq!(check_results("http-v1").await, Counts::from(expected));
}

#[tokio::test]
async fn results_to_function_urls_hold_on_the_wire() {
    let expected = [(Kind::Returned, (11, 11)), (Kind::Failed, (1, 1)), (Kind::Streamed, (6, 6))];
    assert_eq!(check_results("url").await, Counts::from(expected));
}

async fn check_results(front: &str) -> Counts {
    let read = |line: &str| {
        let Row { id, facts, evidence, case } = Row::<ResultCase>::read(line)?;
        Ok(Row { id, facts, evidence, case: case.served(front)? })
    };
    check(&format!("{front}-responses.jsonl"), read).await
}

/// A line as it stands. Members that are not known here are an error.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ResultCase {
    #[serde(default)]
    api: Map<String, Value>,
    #[serde(default)]
    request: Map<String, Value>,
    #[serde(default)]
    ends: Option<String>,
    #[serde(default)]
    stream: String,
    #[serde(default)]
    result: Value,
    expect: Map<String, Value>,
    #[serde(default)]
    exact: Vec<String>,
    #[serde(default)]
    absent: Vec<String>,
    #[serde(default)]
    spelled: Vec<String>,
}

impl ResultCase {
    /// The API that is served, the request to its root, and what comes of it.
    fn served(mut self, front: &str) -> serde_json::Result<ServedCase> {
        let ends = self.ends.as_deref().unwrap_or("returned");
        let function = match ends {
            "returned" => json!({ "says": self.result }),
            "garbage" => json!({ "does": "not-json" }),
            "too much" => json!({ "does": "big" }),
            "failed" => json!({ "does": "error" }),
            "timeout" => json!({ "does": "hang" }),
            // What no variable can hold, the function knows by a name.
            _ => json!({ "does": format!("stream:{}", self.stream.replace('\0', "<NUL>")) }),
        };
        // As long as API Gateway waits nobody waits here.
        let route = if ends == "timeout" { json!({ "timeoutMillis": 100 }) } else { json!({}) };
        let api =
            ApiSpec::deserialize(Value::Object(self.api.clone()))?.build(Flavor::from_name(front).unwrap());
        let path = api.prefix() + "/";
        assert!(self.request.insert("path".to_owned(), path.into()).is_none(), "all ask for the root");
        let expect = self.expected(ends != "timeout");
        ServedCase::deserialize(json!({
            "kind": ends.replace(' ', "-"),
            "front": front,
            "api": self.api,
            "request": self.request,
            "route": route,
            "function": function,
            "absent": self.absent(&expect),
            "expect": expect,
            "exact": self.exact,
        }))
    }

    /// What of the expectation is told by the wire, and that it comes of an invocation which ended.
    fn expected(&self, ended: bool) -> Value {
        let mut expect = self.expect.clone();
        expect.remove("refused");
        let headers = expect.get("headers").and_then(Value::as_object).into_iter().flatten();
        let spelled = self.spelled.iter().map(|name| (name.to_ascii_lowercase(), json!("<any>")));
        let headers = headers.map(|(name, values)| (name.to_ascii_lowercase(), values.clone()));
        let headers: Map<String, Value> = spelled.chain(headers).collect();
        expect.insert("headers".to_owned(), headers.into());
        expect.insert("asked".to_owned(), ended.then_some(FUNCTION).into());
        expect.into()
    }

    /// Where nothing must be; not where a field is that is only spelled differently.
    fn absent(&self, expect: &Value) -> Vec<String> {
        let small = self.absent.iter().map(|at| at.to_ascii_lowercase());
        small.filter(|at| expect.pointer(at).is_none()).collect()
    }
}
