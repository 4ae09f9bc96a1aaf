//! The JSON reader with spans: what serde_json reads, it reads alike; every place is inside the text.
#![no_main]

use apigw::json::{Lines, Shape, Text};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|source: &str| {
    let ours = Text::parse("fuzz", source);
    if let Ok(theirs) = serde_json::from_str::<serde_json::Value>(source) {
        assert_eq!(ours.as_ref().map(Text::value), Ok(theirs), "read in another way");
    }
    let lines = Lines::new(source);
    match ours {
        Ok(text) => text.fold(&mut |span, _: Shape<()>| {
            assert!(source.get(span.start..span.end).is_some_and(|value| !value.is_empty()));
            lines.place(source, span.end);
        }),
        Err(error) => {
            assert!(source.get(error.span.start..error.span.end).is_some(), "{error:?}");
            lines.place(source, error.span.start);
        }
    }
});
