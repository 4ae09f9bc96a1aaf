//! The headers that every front end writes itself: under which name it was called, from where,
//! and the trace.

use super::Call;
use crate::http::Headers;

/// The names of these headers, in one spelling.
pub(super) struct Names {
    host: &'static str,
    trace: &'static str,
    client: &'static str,
    port: &'static str,
    scheme: &'static str,
}

/// As payload format 2.0, function URLs and load balancers spell them (H-017, L-004).
pub(super) const LOWER: Names = Names {
    host: "host",
    trace: "x-amzn-trace-id",
    client: "x-forwarded-for",
    port: "x-forwarded-port",
    scheme: "x-forwarded-proto",
};

/// As payload format 1.0 spells them (H-047).
pub(super) const TITLE: Names = Names {
    host: "Host",
    trace: "X-Amzn-Trace-Id",
    client: "X-Forwarded-For",
    port: "X-Forwarded-Port",
    scheme: "X-Forwarded-Proto",
};

/// Adds them; a client's trace and the addresses that it brought stay.
pub(super) fn add(call: &Call<'_>, headers: &mut Headers, names: &Names) {
    let trace = headers.get(names.trace).map_or_else(|| call.stamp.trace_root(), str::to_owned);
    headers.set(names.trace, trace);
    add_origin(call, headers, names);
    let (port, scheme) = if call.api.https { ("443", "https") } else { ("80", "http") };
    headers.set(names.port, port);
    headers.set(names.scheme, scheme);
}

/// Adds the name that was called, and the client's address behind those that it brought.
pub(super) fn add_origin(call: &Call<'_>, headers: &mut Headers, names: &Names) {
    headers.set(names.host, call.host());
    let mut hops: Vec<String> = headers.all(names.client).map(str::to_owned).collect();
    hops.push(call.caller.source_ip.clone());
    headers.set(names.client, hops.join(", "));
}

/// Whether a header is one of them, so that no client's request can be read off it.
pub(super) fn wrote(name: &str) -> bool {
    let Names { host, trace, client, port, scheme } = LOWER;
    [host, trace, client, port, scheme].iter().any(|own| own.eq_ignore_ascii_case(name))
}
