//! Requests as they stand on the wire, and as people type them.

use super::*;
use proptest::prelude::*;

fn short(source: &str) -> String {
    let RawRequest { url, request } =
        parse(source.as_bytes()).unwrap_or_else(|error| panic!("{error}: {source}"));
    let mut text = format!("{} {} <{}>", request.method, request.target(), url.unwrap_or_default());
    for (name, value) in request.headers.iter() {
        text += &format!(" | {name}: {value}");
    }
    if !request.body.is_empty() {
        text += &format!(" | {}", String::from_utf8_lossy(&request.body).escape_debug());
    }
    text
}

#[test]
fn requests_are_read() {
    let cases = [
        (
            "GET /a?b=1 HTTP/1.1\r\nHost: X.io\r\nA: 1\r\na: 2\r\n\r\n",
            "GET /a?b=1 <https://X.io/a?b=1> | Host: X.io | A: 1 | a: 2",
        ),
        ("\r\n\nGET / HTTP/1.0\n\n", "GET / <>"),
        ("GET /", "GET / <>"),
        ("GET http://x.io:80/a?b HTTP/1.1\nHost: y.io\n\n", "GET /a?b <http://x.io:80/a?b> | Host: y.io"),
        ("GET https://x.io HTTP/2\n\n", "GET / <https://x.io/>"),
        ("POST / HTTP/1.1\nContent-Length: 2\n\nhi\n", "POST / <> | Content-Length: 2 | hi"),
        ("POST / HTTP/1.1\n\nhi\n", "POST / <> | hi\\n"),
        ("GET / HTTP/1.1\n\n\r\n\n", "GET / <>"),
        (
            "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5;x=y\r\nhello\r\n1\r\n!\r\n0\r\nTrailer: 1\r\n\r\n",
            "POST / <> | Transfer-Encoding: chunked | hello!",
        ),
        ("GET /a%2Fb?c=é HTTP/1.1\nEmpty:\n\n", "GET /a%2Fb?c=%C3%A9 <> | Empty: "),
    ];
    for (source, expected) in cases {
        assert_eq!(short(source), expected, "{source}");
    }
}

#[test]
fn mistakes_have_a_place() {
    let cases = [
        ("", "there is no request here: the input is empty", (0, 0)),
        ("HTTP/1.1 200 OK\n\n", "this is a response, not a request", (0, 15)),
        ("GET\n\n", "the first line is not METHOD TARGET HTTP/1.1", (0, 3)),
        ("GET a b HTTP/1.1\n", "the first line is not METHOD TARGET HTTP/1.1", (0, 16)),
        (
            "OPTIONS * HTTP/1.1\n\n",
            "the target * asks the server itself: no function sees such a request",
            (0, 18),
        ),
        (
            "CONNECT x.io:443 HTTP/1.1\n",
            "the target is neither a path (/users) nor a URL of http or https",
            (0, 25),
        ),
        (
            "GET / HTTP/1.1\nA: 1\n b\n\n",
            "a header goes on over two lines, which HTTP no longer allows",
            (20, 22),
        ),
        ("GET / HTTP/1.1\nnothing\n\n", "this line is not a header", (15, 22)),
        ("GET / HTTP/1.1\nA : geheim\n\n", "this is not the name of a header", (15, 17)),
        ("POST / HTTP/1.1\nContent-Length: 9\n\nhi", "the body ends after 2 of 9 bytes", (35, 37)),
        ("POST / HTTP/1.1\nContent-Length: 1\n\nhi", "1 bytes follow behind the body", (36, 37)),
        ("POST / HTTP/1.1\nContent-Length: +1\n\nh", "Content-Length is not one number", (36, 37)),
        (
            "POST / HTTP/1.1\nContent-Length: 1\nTransfer-Encoding: chunked\n\n0\n\n",
            "the request has both Content-Length and Transfer-Encoding",
            (62, 65),
        ),
        ("POST / HTTP/1.1\nTransfer-Encoding: chunked\n\nzz\n", "this is not the size of a chunk", (44, 46)),
        (
            "POST / HTTP/1.1\nTransfer-Encoding: chunked\n\n5\nhel",
            "the chunked body ends in the middle",
            (49, 49),
        ),
        (
            "POST / HTTP/1.1\nTransfer-Encoding: chunked\n\n1\nhel\n",
            "the chunk is longer than its size says",
            (47, 49),
        ),
        ("GET / HTTP/1.1\nHost: a b\n\n", "the request's host: `a b` is not a host name", (0, 14)),
    ];
    for (source, message, (start, end)) in cases {
        let error = parse(source.as_bytes()).unwrap_err();
        assert_eq!((error.message.as_str(), error.span), (message, Span::new(start, end)), "{source}");
    }
}

proptest! {
    #[test]
    fn no_bytes_panic(bytes: Vec<u8>, at in 0usize..120, patch in prop::collection::vec(any::<u8>(), 0..4)) {
        let _ = parse(&bytes);
        let mut source = b"POST http://x.io/a?b HTTP/1.1\r\nHost: x.io\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n".to_vec();
        let at = at.min(source.len());
        let end = (at + patch.len()).min(source.len());
        source.splice(at..end, patch);
        let _ = parse(&source);
    }

    #[test]
    fn what_is_written_reads_back(
        path in "(/[a-z0-9.%~!$&'()*+,;=:@-]{0,6}){1,3}",
        query in prop::option::of("[a-z0-9=&+%]{0,12}"),
        headers in prop::collection::vec(("[A-Za-z-]{1,8}", "([!-~]([ -~]{0,9}[!-~])?)?"), 0..5),
        body in prop::collection::vec(any::<u8>(), 0..40),
    ) {
        let own = ["content-length", "transfer-encoding", "host"];
        let headers = headers.into_iter().filter(|(name, _)| !own.contains(&name.to_ascii_lowercase().as_str()));
        let request = Request { method: "POST".to_owned(), path, query, headers: headers.collect(), body };
        let mut read = parse(&write("example.com", &request)).unwrap().request;
        read.headers.remove("host");
        read.headers.remove("content-length");
        prop_assert_eq!(read, request);
    }
}
