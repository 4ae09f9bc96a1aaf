//! `apigw event from curl` and `apigw event to curl|http|url`.

use super::{apigw, at};

const POST: &str = "curl 'https://a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com/dev/users?a=1&a=2' \\\n  \
    -H 'content-type: application/json' -H 'x-token: geheim' -b 's=1' --data-raw $'{\"n\":\"Zo\\u00eb\"}'\n";

#[test]
fn a_copied_line_becomes_the_event_of_any_flavour() {
    let event = apigw("event from curl - --route 'POST /users'").stdin(POST).run().json();
    assert_eq!(at(&event, "/requestContext/stage"), "dev");
    assert_eq!(at(&event, "/requestContext/apiId"), "a1b2c3d4e5");
    assert_eq!(at(&event, "/resource"), "/users");
    assert_eq!(at(&event, "/multiValueQueryStringParameters/a"), &serde_json::json!(["1", "2"]));
    assert_eq!(at(&event, "/body"), "{\"n\":\"Zoë\"}");
    assert_eq!(at(&event, "/headers/User-Agent"), "curl/8.11.1");
    let event = apigw("event from curl - --to http --stage dev --set /x=1").stdin(POST).run().json();
    assert_eq!(at(&event, "/rawPath"), "/dev/users");
    assert_eq!(at(&event, "/cookies/0"), "s=1");
    assert_eq!(at(&event, "/x"), 1);
    let event = apigw("event from curl - --to http-get").stdin(POST).run().json();
    assert_eq!(at(&event, "/requestContext/http/method"), "GET");
}

#[test]
fn words_behind_two_dashes_and_files_are_read() {
    let ran = apigw("event from curl --to http --compact -- curl -d @body.txt -H 'content-type: text/plain' localhost:3000/a")
        .file("body.txt", "a\nb\n")
        .run();
    assert_eq!(ran.bytes().iter().filter(|byte| **byte == b'\n').count(), 1);
    let event = ran.json();
    assert_eq!(at(&event, "/body"), "ab");
    assert_eq!(at(&event, "/headers/host"), "localhost:3000");
    assert_eq!(at(&event, "/rawPath"), "/a");
}

#[test]
fn a_line_that_cannot_be_read_says_where_and_writes_nothing() {
    let cases = [
        ("curl 'https://x.io", "<stdin>:1:6: the quote ' that opens here is never closed"),
        ("curl \\\n  --datta x", "<stdin>:2:3: `--datta` is not an option of curl"),
        ("curl https://a.io https://b.io", "<stdin>:1:19: the line makes several requests"),
        ("curl https://a.io -d @none", "<stdin>:1:22: cannot read none: No such file"),
    ];
    for (line, message) in cases {
        let ran =
            apigw("event from curl - -o out.json").stdin(line).exits(2).run().says(&[message, "help: "]);
        assert!(ran.bytes().is_empty());
        assert!(!ran.stderr().contains("geheim"));
    }
    apigw("event from curl 'curl x.io -H geheim=1'").exits(2).run().says(&["<line>:1:14: "]);
    apigw("event from curl - --route 'GET /other'")
        .stdin(POST)
        .exits(1)
        .run()
        .says(&["no route takes POST /users"]);
    let line = "curl \"https://x.io/$ID\" -b jar.txt";
    apigw("event from curl -")
        .stdin(line)
        .run()
        .says(&["note: variables of the shell", "note: the cookies of the file jar.txt"]);
}

#[test]
fn an_event_becomes_the_request_again() {
    let event = apigw("event from curl -").stdin(POST).run().bytes().to_vec();
    let url = "https://a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com/dev/users?a=1&a=2";
    let ran = apigw("event to url -").stdin(event.clone()).run();
    assert_eq!(ran.stdout(), format!("{url}\n"));
    let line = apigw("event to curl -").stdin(event.clone()).run().stdout();
    assert!(line.starts_with(&format!("curl '{url}' \\\n")), "{line}");
    assert!(
        line.contains("-H 'x-token: geheim'") && line.ends_with("--data-raw '{\"n\":\"Zoë\"}'\n"),
        "{line}"
    );
    let again = apigw("event from curl -").stdin(line).run().bytes().to_vec();
    let mut pair = [event, again].map(|event| serde_json::from_slice::<serde_json::Value>(&event).unwrap());
    for event in &mut pair {
        // ids depend on the order of headers, which REST does not keep
        for id in ["requestId", "extendedRequestId"] {
            event["requestContext"][id] = serde_json::Value::Null;
        }
        event["headers"]["X-Amzn-Trace-Id"] = serde_json::Value::Null;
        event["multiValueHeaders"]["X-Amzn-Trace-Id"] = serde_json::Value::Null;
    }
    assert_eq!(pair[0], pair[1]);
}

#[test]
fn an_event_becomes_raw_http() {
    let event =
        apigw("event gen http-post --path /a -d hello -H 'content-type: text/plain'").run().bytes().to_vec();
    let ran = apigw("event to http -").stdin(event).run();
    let host = "a1b2c3d4e5.execute-api.us-east-1.amazonaws.com";
    let expected = format!(
        "POST /a HTTP/1.1\r\nHost: {host}\r\ncontent-type: text/plain\r\nContent-Length: 5\r\n\r\nhello"
    );
    assert_eq!(ran.stdout(), expected);
    apigw("event to url -").stdin("{\"a\": 1}").exits(2).run().says(&["<stdin>: this is no event"]);
    apigw("event to url -").stdin("{").exits(2).run().says(&["not JSON"]);
}
