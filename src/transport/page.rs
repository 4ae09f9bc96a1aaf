//! Pages in a browser must not call what programs on this machine call: what carries an `Origin`, or
//! a `Host` that is no loopback name (a name of theirs may lead here), is refused.

use std::net::IpAddr;

/// Why a request is none of a program that runs here, if it is not; `header` gives the value of a
/// header field.
pub(super) fn refusal<'h>(header: impl Fn(&str) -> Option<&'h [u8]>) -> Option<&'static str> {
    if header("origin").is_some() || header("sec-fetch-site").is_some() {
        return Some("pages in a browser may not call this");
    }
    let host = header("host").and_then(|host| std::str::from_utf8(host).ok()).unwrap_or_default();
    (!is_loopback(host)).then_some("the Host header has to name this machine: localhost or 127.0.0.1")
}

/// Whether a `Host` is a name that no one else can give: an address, or `localhost`.
pub(super) fn is_loopback(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    let address = name.strip_prefix('[').and_then(|name| name.strip_suffix(']')).unwrap_or(name);
    name.eq_ignore_ascii_case("localhost")
        || address.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_this_machine_are_loopback() {
        for host in ["127.0.0.1", "127.0.0.1:9000", "localhost:1", "LOCALHOST", "[::1]:9000", "127.1.2.3"] {
            assert!(is_loopback(host), "{host}");
        }
        let others = [
            "",
            "evil.example",
            "evil.example:9000",
            "127.0.0.1.evil.example",
            "10.0.0.1:80",
            "localhost.evil",
        ];
        for host in others.into_iter().chain(["0.0.0.0:9000", "[::]:9000", "127.0.0.1@evil"]) {
            assert!(!is_loopback(host), "{host}");
        }
    }
}
