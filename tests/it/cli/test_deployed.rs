//! `apigw test` against what is deployed: an endpoint, and a function in AWS.

use super::apigw;
use super::invoke_function::Lambda;
use super::invoke_url::Server;

fn http(status: &str, body: &str) -> Option<Vec<u8>> {
    let length = body.len();
    let head = format!("HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n");
    Some(format!("{head}Connection: close\r\n\r\n{body}").into_bytes())
}

#[test]
fn requests_go_below_the_url_with_who_sends_them() {
    let server = Server::answering(|_, _| http("201 Created", r#"{"id": 7}"#));
    let suite = format!(
        "target: {{url: 'http://{}/dev', bearer: '@token', api-key: geheim-key}}\ncases:\n  \
         - name: creates\n    request: {{path: '/users?a=1', query: {{b: 'x y'}}, body: {{name: Ada}}}}\n    \
         expect: {{status: 201, body: {{json: {{/id: 7}}}}}}\n    capture: {{id: /id}}\n  \
         - name: reads\n    request: 'GET /users/${{{{ id }}}}'\n    expect: {{status: 200}}\n  \
         - name: curl\n    from: curl -X DELETE https://example.com/users/7\n",
        server.address
    );
    let ran = apigw("test below --format json")
        .file("below/a.apigw.yaml", suite)
        .file("below/token", "geheimes-token\n")
        .exits(1)
        .run();
    let report = ran.json();
    let verdicts: Vec<_> =
        report["results"].as_array().unwrap().iter().map(|row| row["verdict"].as_str().unwrap()).collect();
    assert_eq!(verdicts, ["passed", "failed", "passed"], "{}", ran.transcript());
    let first = server.request();
    for part in [
        "POST /dev/users?a=1&b=x+y HTTP/1.1",
        "x-api-key: geheim-key",
        "authorization: Bearer geheimes-token",
        "content-type: application/json",
        r#"{"name":"Ada"}"#,
    ] {
        assert!(first.contains(part), "{part} in {first}");
    }
    assert!(server.request().starts_with("GET /dev/users/7 HTTP/1.1"));
    assert!(server.request().starts_with("DELETE /dev/users/7 HTTP/1.1"));
}

#[test]
fn what_is_deployed_is_tried_again_and_what_runs_here_is_not() {
    let suite = |url: &str| {
        format!("target: {{url: '{url}'}}\ncases: [{{name: a, request: GET /, expect: {{status: 200}}}}]\n")
    };
    let server = || {
        Server::answering(|_, number| {
            http(if number < 2 { "503 Service Unavailable" } else { "200 OK" }, "{}")
        })
    };
    let tried = |retries: u8, exit: i32| {
        let server = server();
        let url = format!("http://{}", server.address);
        let line = format!("test --format json --retries {retries}");
        let ran = apigw(&line).file("a.apigw.yaml", suite(&url)).exits(exit).run();
        ran.json()["results"][0]["tries"].clone()
    };
    assert_eq!((tried(1, 1), tried(5, 0)), (2.into(), 3.into()));
    let bin = crate::transport::example("greeting");
    let here = format!(
        "target: {{bin: '{}'}}\ncases: [{{name: a, request: GET /, expect: {{status: 404}}}}]\n",
        bin.display()
    );
    let ran = apigw("test --format json --retries 5").file("a.apigw.yaml", here).exits(1).run();
    assert_eq!(ran.json()["results"][0]["tries"], 1);
}

#[test]
fn a_function_in_aws_gets_the_event() {
    let lambda =
        Lambda::with(&[(200, &[("x-amzn-RequestId", "req-1")], r#"{"statusCode": 200, "body": "hello"}"#)]);
    let suite = format!(
        "target: {{function: users, region: eu-central-1, endpoint-url: '{}', api: http}}\n\
         cases: [{{name: a, request: GET /users/7, expect: {{status: 200, body: hello}}}}]\n",
        lambda.base
    );
    apigw("test")
        .file("a.apigw.yaml", suite)
        .env("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
        .env("AWS_SECRET_ACCESS_KEY", "geheim-geheim-geheim")
        .run();
    let asked = lambda.asked.lock().unwrap();
    let event: serde_json::Value = serde_json::from_slice(&asked[0].body).unwrap();
    assert_eq!((event["version"].as_str(), event["rawPath"].as_str()), (Some("2.0"), Some("/users/7")));
}
