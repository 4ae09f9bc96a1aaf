//! The flags that `apigw invoke` shares with curl: what they make of a request, of the way, and of
//! the answer. How curl itself takes them is asked in `tests/clients/curl.mjs`.

use super::invoke_url::Server;
use super::{apigw, snapshot};
use std::net::TcpListener;

fn response(head: &str, body: &str) -> Option<Vec<u8>> {
    let length = body.len();
    Some(
        format!("HTTP/1.1 {head}\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{body}")
            .into_bytes(),
    )
}

/// `/to/PLACE` leads to `/PLACE`; `/away?URL` to that URL; `/503/N` fails N times.
fn answer(request: &str, number: usize) -> Option<Vec<u8>> {
    let target = request.split(' ').nth(1).unwrap_or_default();
    if let Some(place) = target.strip_prefix("/to") {
        return response(&format!("302 Found\r\nSet-Cookie: step=1; Path=/\r\nLocation: {place}"), "");
    }
    if let Some(url) = target.strip_prefix("/away?") {
        return response(&format!("307 Temporary Redirect\r\nLocation: {url}"), "");
    }
    match target.strip_prefix("/503/").and_then(|times| times.parse::<usize>().ok()) {
        Some(times) if number < times => response("503 Service Unavailable", "later\n"),
        _ if target.starts_with("/missing") => {
            response("404 Not Found\r\nContent-Type: text/plain", "no such page\n")
        }
        _ if target.starts_with("/cut") => {
            Some(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nhalf".to_vec())
        }
        _ => response(
            "200 OK\r\nContent-Type: text/plain\r\nX-Answer: 42\r\nSet-Cookie: last=2; Max-Age=60",
            "hello\n",
        ),
    }
}

#[test]
fn bodies_queries_and_credentials_go_out_as_curl_sends_them() {
    let server = Server::answering(answer);
    let mut all = String::new();
    for flags in [
        "-d a=1 --data-urlencode 'b=x y&z' --data-raw @c --data-binary @in.txt -d @in.txt",
        "--json '{\"a\":' --json 1}",
        "--json {} -H 'content-type: text/x' -H 'Accept: a/b' -X PUT",
        "-F a=1 -F 'f=@in.txt;type=text/csv' -F 't=<in.txt' --form-string 's=@x'",
        "-G -d a=1 --data-urlencode 'b=x y' --query c=3 --url-query 'd=x y' --url-query +e=5",
        "-I -u ada:pw -A me -e https://x.example/ -b c=1",
        "-d x -H 'Content-Type:' -H 'User-Agent:' -H 'X-Empty;'",
        "-H @heads.txt --compressed",
    ] {
        let run = server.invoke("/p?q=1", flags).file("in.txt", "one\r\ntwo\n");
        run.file("heads.txt", "X-A: 1\nX-B: 2\n").run();
        all += &format!("$ {flags}\n{}\n----\n", server.request());
    }
    snapshot("invoke-curl-requests", &all);
}

#[test]
fn events_are_made_of_the_same_flags() {
    let body = |flags: &str| {
        let event = apigw(&format!("event gen http-post {flags}")).file("in.txt", "a\nb").run().json();
        (event["headers"]["content-type"].clone(), event["body"].clone(), event["rawQueryString"].clone())
    };
    assert_eq!(body("--json {}"), ("application/json".into(), "{}".into(), "".into()));
    let form = "application/x-www-form-urlencoded";
    assert_eq!(body("--data-urlencode 'a= '").0, form);
    assert_eq!(body("-G -d a=1"), (serde_json::Value::Null, serde_json::Value::Null, "a=1".into()));
    let (content_type, ..) = body("-F f=@in.txt");
    assert!(content_type.as_str().unwrap().starts_with("multipart/form-data; boundary="));
    let event = apigw("event gen http-get -u ada:pw -A me -I").run().json();
    assert_eq!(event["headers"]["authorization"], "Basic YWRhOnB3");
    assert_eq!(event["requestContext"]["http"]["method"], "HEAD");
    assert_eq!(event["requestContext"]["http"]["userAgent"], "me");
}

#[test]
fn bytes_that_d_leaves_out_of_a_file_are_told() {
    let line = "event gen http-post -H 'content-type: image/png' -d";
    apigw(&format!("{line} @in.bin"))
        .file("in.bin", [0xFF, b'\n', 0])
        .run()
        .says(&["--data-binary keeps them"]);
    let text = apigw(&format!("{line} @in.txt")).file("in.txt", "a\nb\n").run();
    assert_eq!(text.stderr().matches("--data-binary").count(), 0);
}

#[test]
fn redirects_are_followed_when_asked_and_cookies_are_kept() {
    let server = Server::answering(answer);
    let ran = server
        .invoke(
            "/to/to/end",
            "-L -c jar.txt -b old.txt -w '%{num_redirects} %{http_code} %header{x-answer}\\n' -D heads.txt",
        )
        .file("old.txt", "127.0.0.1\tFALSE\t/\tFALSE\t0\told\t0\n")
        .run();
    assert_eq!(ran.stdout(), "hello\n2 200 42\n");
    let cookies: Vec<_> = (0..3)
        .map(|_| server.request().lines().find_map(|line| line.strip_prefix("cookie: ").map(str::to_owned)))
        .collect();
    assert_eq!(cookies, ["old=0", "old=0; step=1", "old=0; step=1"].map(|text| Some(text.to_owned())));
    let jar = String::from_utf8(ran.written("jar.txt")).unwrap();
    assert!(jar.starts_with("# Netscape HTTP Cookie File\n"), "{jar}");
    for cookie in ["old\t0\n", "step\t1\n", "last\t2\n"] {
        assert!(jar.contains(cookie), "{jar}");
    }
    let heads = String::from_utf8(ran.written("heads.txt")).unwrap();
    assert_eq!(heads.matches("HTTP/1.1 302 Found\r\n").count(), 2);
    assert!(heads.ends_with("\r\n\r\n") && heads.contains("HTTP/1.1 200 OK\r\n"), "{heads}");
    let ran = server.invoke("/to/to/to/end", "-L --max-redirs 1").exits(4).run();
    ran.says(&["redirects more than 1 times"]);
}

#[test]
fn other_hosts_get_no_credentials_unless_they_are_trusted() {
    for (flag, sent) in [("-L", false), ("--location-trusted", true)] {
        let (first, second) = (Server::answering(answer), Server::answering(answer));
        let flags =
            format!("{flag} -H 'Authorization: geheim' -H 'X-Api-Key: geheim' -b a=geheim -d x -H 'X-A: 1'");
        first.invoke(&format!("/away?http://{}/end", second.address), &flags).run();
        let request = second.request();
        assert_eq!(request.contains("geheim"), sent, "{flag}\n{request}");
        assert!(request.starts_with("POST /end") && request.contains("x-a: 1") && request.ends_with("\n\nx"));
    }
}

#[test]
fn a_file_is_whole_or_it_is_not_there() {
    let server = Server::answering(answer);
    let ran = server.invoke("/dir/page.txt", "-O -w '%{filename_effective}'").run();
    assert_eq!((ran.written("page.txt"), ran.stdout()), (b"hello\n".to_vec(), "page.txt".to_owned()));
    let ran = server.invoke("/p", "-o out.txt -i").run();
    assert!(ran.written("out.txt").starts_with(b"HTTP/1.1 200 OK\r\n") && ran.stdout().is_empty());
    let ran = server.invoke("/cut", "-o out.txt").file("out.txt", "old").exits(4).run();
    assert_eq!((ran.written("out.txt"), ran.left()), (b"old".to_vec(), vec!["out.txt".to_owned()]));
    let ran =
        server.invoke("/missing", "-f -o out.txt").exits(1).run().says(&["the server answers 404 Not Found"]);
    assert!(ran.left().is_empty());
    let ran = server.invoke("/missing", "--fail-with-body").exits(1).run();
    assert_eq!(ran.stdout(), "no such page\n");
    server.invoke("/", "-O").exits(2).run().says(&["-O: the URL's path ends without the name of a file"]);
    server.invoke("/p", "-o no/such/file").exits(2).run().says(&["-o: cannot write no/such/file"]);
    let ran = apigw("invoke --bin [GREETING] --event rest-get -o out.json").run();
    assert!(ran.written("out.json").starts_with(b"{") && ran.stdout().is_empty(), "{}", ran.transcript());
}

#[test]
fn what_fails_for_a_while_is_tried_again() {
    let server = Server::answering(answer);
    let ran = server.invoke("/503/2", "--retry 3 --retry-delay 0 -w '%{num_retries}'").run();
    assert_eq!(ran.stdout(), "hello\n2");
    ran.says(&["note: 503 Service Unavailable: trying again in 0 s, 2 more left", "1 more left"]);
    let server = Server::answering(answer);
    let ran = server.invoke("/503/9", "--retry 1 --retry-delay 0 -s").run();
    assert_eq!((ran.stdout(), ran.stderr().contains("trying again")), ("later\n".to_owned(), false));
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    for (flag, again) in [("", false), ("--retry-connrefused", true), ("--retry-all-errors", true)] {
        let line = format!("invoke --url http://{closed} --retry 1 --retry-delay 0 {flag}");
        assert_eq!(apigw(&line).exits(4).run().stderr().contains("trying again"), again, "{flag}");
    }
}

#[test]
fn a_connection_goes_where_the_flags_lead_it() {
    let server = Server::answering(answer);
    let port = server.address.rsplit(':').next().unwrap();
    for (url, flags, host) in [
        (
            "http://api.example:81/p",
            format!("--connect-to api.example:81:127.0.0.1:{port}"),
            "api.example:81",
        ),
        ("http://api.example/p", format!("--connect-to ::127.0.0.1:{port}"), "api.example"),
        (&*format!("http://api.example:{port}/p"), format!("--resolve api.example:{port}:127.0.0.1"), ""),
        ("http://api.example/p", format!("-x http://127.0.0.1:{port}"), "api.example"),
    ] {
        apigw(&format!("invoke --url {url} {flags}")).run();
        let request = server.request();
        assert!(request.contains(&format!("host: {host}")), "{url} {flags}\n{request}");
    }
}

#[test]
fn verbose_shows_the_heads_without_secrets() {
    let server = Server::answering(answer);
    let flags = "-v -L -u ada:geheim -H 'X-Api-Key: geheim' -b a=geheim -d x=1 --query access_token=geheim";
    let ran = server.invoke("/to/end", flags).run();
    assert!(!ran.stderr().contains("geheim"), "{}", ran.transcript());
    server.snapshot("invoke-curl-verbose", &ran);
    let ran = server.invoke("/end", &format!("{flags} --show-secrets")).run();
    ran.says(&["> x-api-key: geheim", "access_token=geheim"]);
}

#[test]
fn the_curl_command_is_printed_instead() {
    let url = "--url 'https://ada:geheim@api.example/dev?X-Amz-Signature=geheim' --path '/users/[1]'";
    let flags = "-H 'Authorization: Bearer geheim' -b 'a=geheim' -d \"it's\" -L -m 2.5 --retry 2 -w '%{http_code}\\n'";
    let hidden = apigw(&format!("invoke {url} {flags} --curl")).run();
    assert!(!hidden.stdout().contains("geheim"), "{}", hidden.transcript());
    let shown = apigw(&format!("invoke {url} {flags} --curl --show-secrets")).run();
    let event =
        apigw("invoke --bin none --curl --event http-post --path '/users?a=1' -H 'X-A: 1' --json {}").run();
    let all = [&hidden, &shown, &event].map(super::Ran::transcript).join("\n");
    snapshot("invoke-curl-command", &all);
    apigw("invoke --bin none --curl --event websocket-message -d x").exits(2).run().says(&["--curl"]);
}

#[test]
fn a_printed_command_is_read_back_as_the_same_call() {
    let flags = "--path '/a b/%2F?x=1&y=ü' -H 'X-A: it'\"'\"'s' --json '{\"a\": \"b\"}' -u ada:pw";
    let printed =
        apigw(&format!("invoke --bin none --curl --show-secrets --event http-post {flags}")).run().stdout();
    let back = apigw("event from curl - --to http").stdin(printed).run().json();
    let own = apigw(&format!("event gen http-post {flags}")).run().json();
    for pointer in
        ["/rawPath", "/rawQueryString", "/body", "/headers/x-a", "/headers/authorization", "/headers/accept"]
    {
        assert_eq!(back.pointer(pointer), own.pointer(pointer), "{pointer}");
    }
}

#[test]
fn mistakes_are_told_with_the_flag() {
    let url = "--url http://127.0.0.1:1";
    for (line, words) in [
        ("--bin x -L", "--location has a meaning only with --url"),
        ("--bin x -c jar", "--cookie-jar has a meaning only with --url"),
        ("--function f --retry 2", "--retry has a meaning only with --url"),
        ("--handler a.b -w x", "--write-out has a meaning only with --url"),
        (&*format!("{url} --cacert empty.pem"), "--cacert empty.pem: there is no certificate"),
        (&*format!("{url} --cert empty.pem"), "--cert empty.pem: a certificate and its key"),
        (&*format!("{url} --cacert none.pem"), "--cacert: cannot read none.pem"),
        (&*format!("{url} --resolve a:b"), "--resolve: `a:b` is not HOST:PORT:ADDRESS"),
        (&*format!("{url} --connect-to a:1"), "--connect-to: `a:1` is not"),
        (&*format!("{url} -x ftp://geheim@x"), "--proxy: it is no proxy"),
        (&*format!("{url} -b none.txt"), "-b: cannot read none.txt"),
        (&*format!("{url} -w @none.txt"), "--write-out: cannot read none.txt"),
        (&*format!("{url} -I -d x"), "-I asks for HEAD"),
        (&*format!("{url} -F a=1 -d x"), "-F and -d make different bodies"),
        (&*format!("{url} -F geheim"), "-F: this is not a field of a form"),
        (&*format!("{url} -H 'Authorization Bearer geheim'"), "-H: `Authorization` is not a header"),
        (&*format!("{url}/a/../b --path-as-is"), "--path-as-is"),
        (&*format!("{url} --http2 --http1.1"), "--http2"),
        (&*format!("{url} --data-urlencode a@none.txt"), "--data-urlencode: cannot read none.txt"),
    ] {
        let ran = apigw(&format!("invoke {line}")).file("empty.pem", "").exits(2).run().says(&[words]);
        assert!(!ran.stderr().contains("geheim"), "{}", ran.transcript());
    }
}

#[test]
fn what_write_out_does_not_know_is_told() {
    let server = Server::answering(answer);
    let ran = server.invoke("/p", "-w '%{time_connect}|%{stderr}%{http_code}'").run();
    assert_eq!(
        (ran.stdout(), ran.stderr().lines().next()),
        ("hello\n|".to_owned(), Some("200note: --write-out: %{time_connect} is not known here"))
    );
}
