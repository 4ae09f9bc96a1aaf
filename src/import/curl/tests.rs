//! Lines as people write them and as browsers copy them; what curl itself sends was recorded
//! with curl 7.88.

use super::*;
use proptest::prelude::*;
use std::io;

fn files(path: &str) -> io::Result<Vec<u8>> {
    match path {
        "body.json" => Ok(b"{\"a\":\r\n1}\n".to_vec()),
        "photo.png" => Ok(vec![0x89, b'P', b'N', b'G', 0, 255]),
        "head" => Ok(b"X-One: 1\nX-Two: 2\n".to_vec()),
        "-" => Ok(b"piped".to_vec()),
        _ => Err(io::ErrorKind::NotFound.into()),
    }
}

fn read(line: &str) -> CurlRequest {
    parse(line, &mut files).unwrap_or_else(|error| panic!("{error}: {line}"))
}

/// The request in one text: request line, headers without what curl always adds, body.
fn short(line: &str) -> String {
    let CurlRequest { url, request, .. } = read(line);
    let mut text = format!("{} {url}", request.method);
    for (name, value) in request.headers.iter() {
        let is_own = (name == "User-Agent" && value == USER_AGENT) || (name == "Accept" && value == "*/*");
        if !is_own {
            text += &format!(" | {name}: {value}");
        }
    }
    if !request.body.is_empty() {
        text += &format!(" | {}", String::from_utf8_lossy(&request.body).escape_debug());
    }
    text
}

const FORM: &str = "Content-Type: application/x-www-form-urlencoded";

#[test]
fn lines_of_people() {
    let cases: &[(&str, &str)] = &[
        ("curl https://x.io", "GET https://x.io/"),
        ("$ curl -k -v https://x.io/a?b=1#c", "GET https://x.io/a?b=1"),
        ("curl x.io/a", "GET http://x.io/a"),
        ("A=1 B=2 sudo /usr/bin/curl --url https://x.io/", "GET https://x.io/"),
        ("curl -XPOST https://x.io/", "POST https://x.io/"),
        ("curl -sSLX PUT https://x.io/ -o out.txt --retry 3 -m5", "PUT https://x.io/"),
        ("curl --request=PATCH https://x.io/", "PATCH https://x.io/"),
        ("curl -I https://x.io/", "HEAD https://x.io/"),
        ("curl -I -X GET https://x.io/", "GET https://x.io/"),
        (
            "curl https://x.io/ -H 'A: 1' -H A:2 -H 'Empty;' -H 'Gone:'",
            "GET https://x.io/ | A: 1 | A: 2 | Empty: ",
        ),
        ("curl https://x.io/ -H 'X-A :  3  '", "GET https://x.io/ | X-A: 3"),
        ("curl https://x.io/ -H @head", "GET https://x.io/ | X-One: 1 | X-Two: 2"),
        ("curl https://x.io/ -H 'Host: api.example'", "GET https://x.io/ | Host: api.example"),
        ("curl https://x.io/a/../b/./c", "GET https://x.io/b/c"),
        ("curl https://x.io/a/..", "GET https://x.io/"),
        ("curl --path-as-is https://x.io/a/../b", "GET https://x.io/a/../b"),
        ("curl https://x.io/%2e%2e/b", "GET https://x.io/%2e%2e/b"),
        ("curl 'https://x.io/a b?c d=é'", "GET https://x.io/a%20b?c%20d=%C3%A9"),
        ("curl https://us%20er:pw@x.io/", "GET https://x.io/ | Authorization: Basic dXMgZXI6cHc="),
        ("curl -u user:pw https://x.io/", "GET https://x.io/ | Authorization: Basic dXNlcjpwdw=="),
        ("curl -u user https://x.io/", "GET https://x.io/ | Authorization: Basic dXNlcjo="),
        ("curl --digest -u user:pw https://x.io/", "GET https://x.io/"),
        ("curl --oauth2-bearer tok https://x.io/", "GET https://x.io/ | Authorization: Bearer tok"),
        ("curl -b a=1 -b 'b=2; c=3' https://x.io/", "GET https://x.io/ | Cookie: a=1; b=2; c=3"),
        ("curl -b a=1 -H 'Cookie: b=2' https://x.io/", "GET https://x.io/ | Cookie: b=2"),
        (
            "curl -A agent -e https://y.io/ https://x.io/",
            "GET https://x.io/ | User-Agent: agent | Referer: https://y.io/",
        ),
        ("curl --compressed https://x.io/", "GET https://x.io/ | Accept-Encoding: deflate, gzip, br, zstd"),
        ("curl -r 0-9 https://x.io/", "GET https://x.io/ | Range: bytes=0-9"),
        ("curl --request-target '/x?y' https://x.io/", "GET https://x.io/x?y"),
        ("curl 'https://x.io/\\[a\\]?b\\{c\\}'", "GET https://x.io/%5Ba%5D?b%7Bc%7D"),
        ("curl https://x.io/{id}", "GET https://x.io/id"),
        ("curl -g 'https://x.io/{id}?a[]=1'", "GET https://x.io/%7Bid%7D?a%5B%5D=1"),
        ("curl 'https://x.io/?a[]=1&b[0]=2'", "GET https://x.io/?a%5B%5D=1&b%5B0%5D=2"),
        ("curl https://x.io/ | jq . > out.json", "GET https://x.io/"),
        ("curl https://x.io/ 2>/dev/null >out && echo done", "GET https://x.io/"),
        ("curl \\\n  https://x.io/ \\\r\n  -X POST\n", "POST https://x.io/"),
        ("curl https://x.io/\n  -X POST", "POST https://x.io/"),
        ("curl -- https://x.io/", "GET https://x.io/"),
    ];
    for (line, expected) in cases {
        assert_eq!(short(line), *expected, "{line}");
    }
}

#[test]
fn bodies() {
    let json = "Content-Type: application/json | Accept: application/json";
    let form = format!("POST https://x.io/ | {FORM} | ");
    let cases: &[(&str, String)] = &[
        ("curl https://x.io/ -d a=1 -d b=2", format!("{form}a=1&b=2")),
        ("curl https://x.io/ -da=1", format!("{form}a=1")),
        ("curl https://x.io/ -d ''", format!("POST https://x.io/ | {FORM}")),
        ("curl https://x.io/ -d @body.json", format!("{form}{{\\\"a\\\":1}}")),
        ("curl https://x.io/ --data-binary @body.json", format!("{form}{{\\\"a\\\":\\r\\n1}}\\n")),
        ("curl https://x.io/ --data-raw @body.json", format!("{form}@body.json")),
        ("curl https://x.io/ -d @-", format!("{form}piped")),
        ("echo hi | curl https://x.io/ --data-binary @-", format!("{form}hi\\n")),
        ("curl https://x.io/ --data-urlencode 'a=1 &é'", format!("{form}a=1+%26%C3%A9")),
        ("curl https://x.io/ --data-urlencode '=a b' --data-urlencode 'c d'", format!("{form}a+b&c+d")),
        ("curl https://x.io/ --data-urlencode n@-", format!("{form}n=piped")),
        ("curl https://x.io/ --data-urlencode @-", format!("{form}piped")),
        (
            "curl https://x.io/ -d x -H 'content-type: text/plain'",
            "POST https://x.io/ | content-type: text/plain | x".to_owned(),
        ),
        ("curl https://x.io/ -d x -H 'Content-Type:'", "POST https://x.io/ | x".to_owned()),
        (
            "curl https://x.io/ --json '{\"a\":1}' --json '{}'",
            format!("POST https://x.io/ | {json} | {{\\\"a\\\":1}}{{}}"),
        ),
        (
            "curl https://x.io/ --json 1 -H 'accept: x'",
            "POST https://x.io/ | accept: x | Content-Type: application/json | 1".to_owned(),
        ),
        (
            "curl -G https://x.io/p?z=0 -d a=1 --data-urlencode 'b=x y'",
            "GET https://x.io/p?z=0&a=1&b=x+y".to_owned(),
        ),
        (
            "curl https://x.io/ --url-query 'c=d e' --url-query +f=%20",
            "GET https://x.io/?c=d+e&f=%20".to_owned(),
        ),
        (
            "curl -T body.json https://x.io/dir/",
            "PUT https://x.io/dir/body.json | {\\\"a\\\":\\r\\n1}\\n".to_owned(),
        ),
    ];
    for (line, expected) in cases {
        assert_eq!(short(line), *expected, "{line}");
    }
}

#[test]
fn a_form_has_parts() {
    let line = "curl https://x.io/ -F 'a=b;c' -F 'f=@photo.png;type=image/x;filename=\"p q.png\"' \
        -F 'g=<body.json' -F 'h=@photo.png' --form-string 'i=@j;type=k'";
    let request = read(line).request;
    let content_type = request.headers.get("content-type").unwrap();
    let boundary = content_type.strip_prefix("multipart/form-data; boundary=").unwrap();
    let body = String::from_utf8_lossy(&request.body).into_owned();
    let parts: Vec<_> =
        body.split(&format!("--{boundary}")).map(|part| part.trim_matches(['\r', '\n'])).collect();
    let disposition = "Content-Disposition: form-data; name=";
    assert_eq!(parts[1], format!("{disposition}\"a\"\r\n\r\nb;c"));
    let file = format!("{disposition}\"f\"; filename=\"p q.png\"\r\nContent-Type: image/x\r\n\r\n");
    assert!(parts[2].starts_with(&file), "{}", parts[2]);
    assert_eq!(parts[3], format!("{disposition}\"g\"\r\n\r\n{{\"a\":\r\n1}}"));
    assert!(parts[4].contains("filename=\"photo.png\"\r\nContent-Type: image/png"), "{}", parts[4]);
    assert_eq!(parts[5], format!("{disposition}\"i\"\r\n\r\n@j;type=k"));
    assert_eq!(parts[6], "--");
    assert!(request.body.windows(6).any(|bytes| bytes == [0x89, b'P', b'N', b'G', 0, 255]));
}

#[test]
fn what_browsers_copy() {
    let expected = "POST https://example.com/api?q=a&b=%5B1%5D | accept: application/json, */* \
        | accept-language: de-DE,de;q=0.9 | content-type: application/json | cookie: s=\"1\"; t=a%20b \
        | sec-ch-ua: \"Chromium\";v=\"130\" | {\\\"name\\\":\\\"Zoë\\'s \\\\n!\\\",\\\"p\\\":\\\"50%\\\"}";
    let chrome_bash = r#"curl 'https://example.com/api?q=a&b=\[1\]' \
  -H 'accept: application/json, */*' \
  -H 'accept-language: de-DE,de;q=0.9' \
  -H 'content-type: application/json' \
  -b 's="1"; t=a%20b' \
  -H 'sec-ch-ua: "Chromium";v="130"' \
  --data-raw $'{"name":"Zo\u00eb\'s \\n\u0021","p":"50%"}'"#;
    // -b stands before the headers of -H, as curl sends it
    let moved = expected.replace(" | cookie: s=\"1\"; t=a%20b", "");
    let moved = moved.replace(" | accept: app", " | Cookie: s=\"1\"; t=a%20b | accept: app");
    assert_eq!(short(chrome_bash), moved);
    let firefox = r#"curl 'https://example.com/api?q=a&b=%5B1%5D' --compressed -X POST -H 'Accept: */*' -H 'Accept-Encoding: gzip, deflate, br, zstd' -H 'Origin: null' --data-raw 'a=1&b='"#;
    assert_eq!(
        short(firefox),
        format!(
            "POST https://example.com/api?q=a&b=%5B1%5D | Accept-Encoding: gzip, deflate, br, zstd | Origin: null | {FORM} | a=1&b="
        )
    );
    let chrome_cmd = "curl ^\"https://example.com/api?q=a^&b=^%^5B1^%^5D^\" ^\r\n  -H ^\"accept: application/json, */*^\" ^\r\n  -H ^\"accept-language: de-DE,de;q=0.9^\" ^\r\n  -H ^\"content-type: application/json^\" ^\r\n  -H ^\"cookie: s=\\^\"1\\^\"; t=a^%^20b^\" ^\r\n  -H ^\"sec-ch-ua: \\^\"Chromium\\^\";v=\\^\"130\\^\"^\" ^\r\n  --data-raw ^\"^{\\^\"name\\^\":\\^\"Zoë's ^\\n^!\\^\",\\^\"p\\^\":\\^\"50^%^\\^\"^}^\"";
    assert_eq!(short(chrome_cmd), expected);
    let safari = "curl 'https://example.com/' \\\n-X 'PUT' \\\n-H 'Accept: */*' \\\n-H 'Content-Length: 2' \\\n--data-binary '{}'";
    assert_eq!(short(safari), format!("PUT https://example.com/ | Content-Length: 2 | {FORM} | {{}}"));
    let power_shell =
        "PS C:\\> curl.exe `\n  -H \"X-A: `\"1`\"\" `\r\n  -d '{\"it''s\":1}' `\n  https://x.io/";
    assert_eq!(
        short(power_shell),
        format!("POST https://x.io/ | X-A: \"1\" | {FORM} | {{\\\"it\\'s\\\":1}}")
    );
    let old_cmd = "C:\\Users\\me>curl \"https://x.io/?a=1&b=2\" -d \"{\"\"a\"\":\\\"1\\\"}\" -H \"A: ^x\"";
    assert_eq!(
        short(old_cmd),
        format!("POST https://x.io/?a=1&b=2 | A: ^x | {FORM} | {{\\\"a\\\":\\\"1\\\"}}")
    );
    let newline = "curl ^\"https://x.io/^\" --data-raw ^\"a^\n\nb^\"";
    assert_eq!(short(newline), format!("POST https://x.io/ | {FORM} | a\\nb"));
    assert_eq!(read(r"curl x.io -d $'\ud83d\ude00\x41\101\t'").request.body, "😀AA\t".as_bytes());
    assert_eq!(read(r"curl x.io -d $'\xff\x00'").request.body, [255, 0]);
}

#[test]
fn curls_own_headers_come_and_go() {
    let names = |line: &str| -> Vec<String> {
        read(line).request.headers.iter().map(|(name, value)| format!("{name}: {value}")).collect()
    };
    let agent = format!("User-Agent: {USER_AGENT}");
    assert_eq!(names("curl x.io"), [agent.as_str(), "Accept: */*"]);
    assert_eq!(names("curl x.io -H 'user-agent:' -H 'accept:'"), [""; 0]);
    assert_eq!(names("curl x.io -H 'accept: a' -A b"), ["User-Agent: b", "accept: a"]);
    let all = "curl -u a:b -A ua -e ref -b x=1 --compressed -H 'X: 1' -d a x.io";
    let order: Vec<_> = names(all).iter().map(|field| field.split(':').next().unwrap().to_owned()).collect();
    let expected = [
        "Authorization",
        "User-Agent",
        "Accept",
        "Accept-Encoding",
        "Referer",
        "Cookie",
        "X",
        "Content-Type",
    ];
    assert_eq!(order, expected);
}

#[test]
fn what_cannot_be_known_is_told() {
    let notes = |line: &str| read(line).notes;
    assert_eq!(notes("curl x.io -b jar.txt"), ["the cookies of the file jar.txt are not read"]);
    let line = "curl x.io -H \"Authorization: $TOKEN\" -d '$no' -u $USER:${PW}";
    assert_eq!(
        notes(line),
        ["variables of the shell are not filled in, their names stay: $TOKEN, $USER, $PW"]
    );
    assert_eq!(read(line).request.headers.get("authorization"), Some("$TOKEN"));
}

#[test]
fn mistakes_have_a_place_and_advice() {
    let cases = [
        ("", "there is no command here", ""),
        ("wget https://x.io", "this is not a curl command: it begins with `wget`", "wget"),
        ("curl", "the line names no URL", "curl"),
        ("curl 'https://x.io", "the quote ' that opens here is never closed", "'"),
        ("curl -H \"A: b x.io", "the quote \" that opens here is never closed", "\""),
        ("curl -d $'a x.io", "the quote $' that opens here is never closed", "$'"),
        ("curl https://x.io/ --datta x", "`--datta` is not an option of curl", "--datta"),
        ("curl https://x.io/ -sÿ", "`-ÿ` is not an option of curl", "-sÿ"),
        ("curl https://x.io/ -H", "--header needs a value, and the line ends", "-H"),
        (
            "curl https://x.io/ https://y.io/",
            "the line makes several requests: this is a second URL",
            "https://y.io/",
        ),
        (
            "curl https://x.io/ --next https://y.io/",
            "the line makes several requests: --next begins another one",
            "--next",
        ),
        (
            "curl https://x.io/[1-3]",
            "for curl, brackets and braces in a URL stand for several requests",
            "https://x.io/[1-3]",
        ),
        (
            "curl https://x.io/{a,b}",
            "for curl, brackets and braces in a URL stand for several requests",
            "https://x.io/{a,b}",
        ),
        ("curl https://x.io/?a=1&b=2", "an & outside of quotes ends the command for a shell", "&"),
        ("curl ftp://x.io/", "the scheme must be https, http, wss or ws, not `ftp`", "ftp://x.io/"),
        ("curl https:///a", "there is no host name in it", "https:///a"),
        ("curl x.io -H 'geheim'", "`geheim` is not a header", "'geheim'"),
        ("curl x.io -H 'a b: geheim'", "`a` is not a header", "'a b: geheim'"),
        ("curl x.io -X 'A B'", "this is not a method", "'A B'"),
        ("curl x.io -d @nowhere", "cannot read nowhere: entity not found", "@nowhere"),
        ("curl x.io -I -d a", "the options ask for two methods at once, and curl refuses that", "x.io"),
        ("curl x.io\ncurl y.io", "the command ends with this line, but more text follows", "\nc"),
        ("curl ^\"x.io", "the quote that opens here is never closed", "\""),
    ];
    for (line, message, place) in cases {
        let error = parse(line, &mut files).unwrap_err();
        assert_eq!(error.message, message, "{line}");
        assert_eq!(&line[error.span.start..error.span.end], place, "{line}");
    }
    let error = parse("curl x.io --datta x", &mut files).unwrap_err();
    assert_eq!(error.hint.as_deref(), Some("did you mean --data?"));
}

proptest! {
    #[test]
    fn no_line_panics(line in "\\PC{0,80}|curl [ -~\n\r^`$'\"\\\\]{0,120}") {
        let _ = parse(&line, &mut files);
    }

    #[test]
    fn no_mutated_line_panics(at in 0usize..400, length in 0usize..6, text in "[\\^`$'\"\\\\|&;<>\\[\\]{}@=:\\-\n\u{e9}]{0,3}") {
        let line = "curl ^\"https://x.io/{a}?b=\\[1\\]^\" -H 'A: 1' -d $'\\u00e9\\x41' --json \"{\\\"a\\\":1}\" \\\n -F 'f=@head;type=\"a\"' -sSLX POST `\n -b a=1 | jq";
        let line: Vec<char> = line.chars().collect();
        let at = at.min(line.len());
        let end = (at + length).min(line.len());
        let mutated: String = line[..at].iter().copied().chain(text.chars()).chain(line[end..].iter().copied()).collect();
        let _ = parse(&mutated, &mut files);
    }

    #[test]
    fn words_are_those_of_a_shell(line in "[a-z'\"\\\\ =:é]{0,40}") {
        let ours = shell::split(&line, 0).ok().map(|line| {
            line.commands.iter().flatten().map(words::Word::text).collect::<Vec<_>>()
        });
        // A backslash at the very end means different things to different shells.
        if !line.ends_with('\\') {
            prop_assert_eq!(ours, shell_words::split(&line).ok());
        }
    }

    #[test]
    fn a_written_line_reads_back(request in request()) {
        let line = write("https://example.com", &request);
        let read = parse(&line, &mut files).map_err(|error| TestCaseError::fail(format!("{error}: {line}")))?;
        prop_assert_eq!(read.request, request, "{}", line);
    }

    #[test]
    fn a_line_with_options_of_the_connection_reads_back(request in request(), name in "\\PC{1,12}") {
        let options = ["-L".to_owned(), "-m 2.5".to_owned(), format!("-w {}", for_shell(&name))];
        let line = write_line("https://example.com", &request, &options);
        let read = parse(&line, &mut files).map_err(|error| TestCaseError::fail(format!("{error}: {line}")))?;
        prop_assert_eq!(read.request, request, "{}", line);
    }
}

/// Any request that HTTP allows, in the order of headers that it has.
fn request() -> impl Strategy<Value = Request> {
    let path = "(/[a-zA-Z0-9._~!$&'()*+,;=:@-]{0,6}(%[0-9A-F]{2})?){1,4}";
    let query = prop::option::of("[a-zA-Z0-9._~!$&'()*+,;=:@/?%-]{0,20}");
    let value = "([!-~é]([ -~]{0,12}[!-~])?)?";
    let name = "[A-Za-z][A-Za-z0-9-]{0,8}|Accept|user-agent|Content-Type|Host";
    let headers = prop::collection::vec((name, value), 0..6);
    let body = prop_oneof![
        Just(Vec::new()),
        "\\PC{1,20}".prop_map(String::into_bytes),
        "[@\n\r\t'\\\\ -~]{1,20}".prop_map(String::into_bytes),
        prop::collection::vec(any::<u8>(), 1..20),
    ];
    let method = "GET|POST|PUT|HEAD|DELETE|OPTIONS|[A-Z]{3,8}";
    (method, path, query, headers, body).prop_map(|(method, path, query, headers, body)| Request {
        method,
        path,
        query,
        headers: headers.into_iter().collect(),
        body,
    })
}
