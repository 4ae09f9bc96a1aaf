//! What was recorded of routing, gateway errors, CORS, authorizers and request validation holds on the
//! wire: each case is an API on a port of its own, with real processes as its functions.
//!
//! The cases stand in `tests/tables/served-*.jsonl`, one a line. A case that cannot be asked of this
//! server by HTTP stands there with the reason.

mod spec;
mod wire;

use crate::tables::Row;
use crate::tables::compare::Expectation;
use apigw::transport::serve::{HttpServer, Port, Served, ServerLimits};
use serde_json::Value;
use spec::{Kind, ServedCase};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex};

/// Of each kind, how many cases there are, and how many of them are served.
type Counts = BTreeMap<Kind, (usize, usize)>;

#[tokio::test]
async fn cases_of_rest_apis_hold_on_the_wire() {
    let expected = [
        (Kind::Routing, (5, 5)),
        (Kind::GatewayError, (21, 18)),
        (Kind::GatewayResponse, (14, 10)),
        (Kind::Authorizer, (33, 30)),
        (Kind::RequestValidation, (7, 7)),
        (Kind::Trace, (4, 4)),
    ];
    assert_eq!(check("served-rest.jsonl").await, Counts::from(expected));
}

#[tokio::test]
async fn cases_of_http_apis_and_function_urls_hold_on_the_wire() {
    let expected = [
        (Kind::Routing, (11, 11)),
        (Kind::GatewayError, (4, 3)),
        (Kind::Cors, (5, 5)),
        (Kind::Authorizer, (16, 15)),
    ];
    assert_eq!(check("served-http.jsonl").await, Counts::from(expected));
}

/// Serves every case of a table, fails with all the differences at once, and counts.
async fn check(table: &str) -> Counts {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tables").join(table);
    let text = std::fs::read_to_string(path).unwrap();
    let (mut counts, mut failures) = (Counts::new(), Vec::new());
    let mut ids = std::collections::BTreeSet::new();
    for (index, line) in text.lines().enumerate() {
        let row =
            Row::<ServedCase>::read(line).unwrap_or_else(|error| panic!("{table}:{}: {error}", index + 1));
        let count = counts.entry(row.case.kind).or_default();
        count.0 += 1;
        if let Some(reason) = &row.case.unserved {
            assert!(!reason.is_empty() && row.case.expect.is_null(), "{table}:{}", index + 1);
        } else {
            count.1 += 1;
            assert!(!row.case.expect.is_null(), "{table}:{}: nothing is expected", index + 1);
            let differences = differences(&row.case).await;
            if !differences.is_empty() {
                let (facts, evidence) = (row.facts.join(" "), row.evidence.name());
                let differences = differences.join("\n    ");
                failures.push(format!(
                    "{table}:{}: {} ({facts}, {evidence})\n    {differences}",
                    index + 1,
                    row.id
                ));
            }
        }
        assert!(ids.insert(row.id), "{table}:{}: the id is taken", index + 1);
    }
    assert!(failures.is_empty(), "{} of {} cases differ\n{}", failures.len(), ids.len(), failures.join("\n"));
    counts
}

async fn differences(case: &ServedCase) -> Vec<String> {
    let sites = case.sites();
    let host = sites[0].api().host();
    let port = Arc::new(Port::new(sites));
    let server = HttpServer::bind(([127, 0, 0, 1], 0).into(), port, ServerLimits::default()).await.unwrap();
    let (address, seen) = (server.address().unwrap(), Arc::new(Mutex::new(None)));
    let log = Arc::clone(&seen);
    let serving = tokio::spawn(async move {
        server
            .serve(Arc::new(move |_, served: &Served, _| *log.lock().unwrap() = Some(served.clone())))
            .await;
    });
    if let Some(before) = &case.before {
        wire::send(address, &before.build(), &host).await;
    }
    let mut actual = wire::send(address, &case.request(), &host).await;
    serving.abort();
    let served = seen.lock().unwrap().take().expect("what is served is told");
    actual["route"] = served.route.into();
    // Who was invoked for the last request, and with which event.
    actual["asked"] = served.invoked.and(served.function).into();
    actual["event"] = served.event.map_or(Value::Null, |event| serde_json::from_slice(&event).unwrap());
    Expectation { value: &case.expect, exact: &case.exact, absent: &case.absent }.differences(&actual)
}
