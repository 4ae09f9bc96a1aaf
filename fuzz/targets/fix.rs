//! Mending: a fixed result is never worse, is JSON, and a second run finds nothing to do.
#![no_main]

use apigw::gateway::{Api, Exchange, Flavor, Stamp};
use apigw::http::Request;
use apigw::json::Text;
use apigw::lint::{Answered, Checked, Document, Expected, Severity, fix, judge};
use libfuzzer_sys::fuzz_target;

fn checked(flavor: Flavor, document: &Document<'_>) -> Checked {
    let api = Api::new(flavor);
    let (request, stamp) = (Request::new("GET", "/"), Stamp::default());
    let exchange = Exchange::new(&api, &request, &stamp);
    let judged = judge(document, flavor, &exchange, &Expected::default());
    Checked::answers(0, vec![Answered { front: flavor.into(), judged, method_arn: None }])
}

fn errors(flavor: Flavor, document: &Document<'_>) -> usize {
    checked(flavor, document).distinct().filter(|finding| finding.severity == Severity::Error).count()
}

fuzz_target!(|bytes: &[u8]| {
    for flavor in Flavor::ALL {
        let before = Document::whole("fuzz", bytes);
        let Some(fixed) = fix(&before, &|document| checked(flavor, document)) else { continue };
        assert!(Text::parse("fuzz", fixed.text.as_str()).is_ok(), "{flavor:?}: {}", fixed.text);
        let after = Document::whole("fuzz", fixed.text.as_bytes());
        assert!(errors(flavor, &after) <= errors(flavor, &before), "{flavor:?}: {}", fixed.text);
        assert_eq!(fix(&after, &|document| checked(flavor, document)), None, "{flavor:?}: {}", fixed.text);
    }
});
