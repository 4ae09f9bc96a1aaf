//! curl command lines: read without a panic; what was read can be written and read again.
#![no_main]

use apigw::import::curl;
use libfuzzer_sys::fuzz_target;
use std::io;

fuzz_target!(|line: &str| {
    let mut no_files = |_: &str| Err(io::Error::from(io::ErrorKind::NotFound));
    match curl::parse(line, &mut no_files) {
        Ok(read) => drop(curl::write("https://example.com", &read.request)),
        Err(error) => drop(error.to_string()),
    }
});
