//! Any bytes as the result of a function, for every front end: an answer that HTTP can carry, and
//! findings that point into the text.
#![no_main]

use apigw::gateway::{Api, Exchange, Front, Stamp};
use apigw::http::Request;
use apigw::lint::{Document, Expected, judge};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let (request, stamp) = (Request::new("GET", "/"), Stamp::default());
    for front in Front::all() {
        let api = Api::new(front.flavor());
        let exchange = Exchange::new(&api, &request, &stamp);
        let judged = judge(&Document::whole("fuzz", bytes), front, &exchange, &Expected::default());
        if let Some(response) = judged.outcome.response.filter(|response| !response.is_message()) {
            assert!((100..=999).contains(&response.status) || response.status >= 1000);
        }
        for finding in judged.findings {
            let span = finding.span;
            assert!(judged.source.text.get(span.start..span.end).is_some(), "{front}: {finding:?}");
        }
    }
});
