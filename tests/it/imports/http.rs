//! `apigw event from http`.

use super::{apigw, at};

#[test]
fn a_raw_request_becomes_an_event() {
    let raw = "POST /dev/a%2Fb?x=1 HTTP/1.1\r\nHost: a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com\r\n\
        Transfer-Encoding: chunked\r\nContent-Type: text/plain\r\n\r\n5\r\nhello\r\n0\r\n\r\n";
    let event = apigw("event from http - --route 'ANY /{p+}'").stdin(raw).run().json();
    assert_eq!(at(&event, "/requestContext/stage"), "dev");
    assert_eq!(at(&event, "/pathParameters/p"), "a%2Fb");
    assert_eq!(at(&event, "/body"), "hello");
    let event = apigw("event from http in.http").file("in.http", "GET /users\n").run().json();
    assert_eq!(at(&event, "/requestContext/path"), "/prod/users");
}

#[test]
fn mistakes_have_a_place() {
    let run = |raw: &str| apigw("event from http -").stdin(raw).exits(2).run();
    run("GET / HTTP/1.1\r\nA: 1\r\n b\r\n\r\n").says(&["<stdin>:3:1: a header goes on over two lines"]);
    run("POST / HTTP/1.1\nContent-Length: 9\n\nhi").says(&["<stdin>:4:1: the body ends after 2 of 9 bytes"]);
    run("").says(&["<stdin>:1:1: there is no request here"]);
}
