//! HAR recordings: every entry is told or named, and nothing panics.
#![no_main]

use apigw::import::har;
use libfuzzer_sys::fuzz_target;
use std::ops::ControlFlow;

fuzz_target!(|bytes: &[u8]| {
    let mut told = 0;
    let read = har::read(bytes, &|_, _| true, &mut |_| {
        told += 1;
        ControlFlow::Continue(())
    });
    if let Ok(seen) = read {
        assert_eq!(seen, told, "an entry went missing");
    }
});
