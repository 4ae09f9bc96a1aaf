//! `apigw test`: runs of suites, in which order, against whom, and what they leave behind.

use super::{Ran, Run, apigw};
use serde_json::{Value, json};

/// A suite against the function that greets.
fn greeting(rest: &str) -> String {
    let bin = crate::transport::example("greeting");
    format!("target: {{bin: '{}', api: http}}\n{rest}", bin.display())
}

fn with(line: &str, suite: &str) -> Run {
    apigw(line).file("a.apigw.yaml", greeting(suite))
}

/// The verdicts of a run in JSON: name and verdict.
fn verdicts(ran: &Ran) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let report = ran.json();
    let rows = report["results"].as_array().unwrap();
    rows.iter().map(|row| (text(&row["case"]), text(&row["verdict"]))).collect()
}

fn names(ran: &Ran) -> Vec<String> {
    verdicts(ran).into_iter().map(|(name, _)| name).collect()
}

const CHAIN: &str = "
variables: {who: Ada}
cases:
  - name: first
    tags: [quick]
    request: GET /hello?name=${{ who }}
    capture: {message: /message, word: {regex: 'Hello, (\\w+)'}, status: status, type: {header: content-type}}
  - name: second
    tags: [other]
    request: {path: /again, query: {name: '${{ word }} & ${{ status }}'}}
    expect:
      status: '${{ status }}'
      headers: {content-type: '${{ type }}'}
      body: {json: {/message: 'Hello, Ada & 200!'}}
  - name: row ${{ n }} of ${{ who }}
    with: [{n: 1, who: Bob}, {n: 2}]
    request: {path: '/${{ n }}', query: {name: '${{ who }}'}}
    expect: {body: {json: {/path: '/${{ n }}', /message: 'Hello, ${{ who }}!'}}}
";

#[test]
fn captures_tables_tags_and_filters() {
    let ran = with("test --format json", CHAIN).run();
    assert_eq!(names(&ran), ["first", "second", "row 1 of Bob", "row 2 of Ada"]);
    assert!(verdicts(&ran).iter().all(|(_, verdict)| verdict == "passed"), "{}", ran.transcript());
    let chosen = |flags: &str| names(&with(&format!("test --format json {flags}"), CHAIN).run());
    assert_eq!(chosen("--filter ROW"), ["row 1 of Bob", "row 2 of Ada"]);
    assert_eq!(chosen("--filter '^row .* Ada$' --filter first"), ["first", "row 2 of Ada"]);
    assert_eq!(chosen("--filter second"), ["first", "second"], "what it uses is captured before");
    assert_eq!(chosen("--tag quick"), ["first"]);
    assert_eq!(chosen("--tag other"), ["first", "second"]);
    with("test --filter nothing", CHAIN).exits(2).run().says(&["no case fits --filter and --tag"]);
}

#[test]
fn the_order_of_shuffled_cases_depends_on_the_seed_alone() {
    let cases: String = (0..12).map(|n| format!("  - {{name: c{n}, request: GET /{n}}}\n")).collect();
    let suite = format!("cases:\n{cases}");
    let order = |flags: &str| names(&with(&format!("test --format json {flags}"), &suite).run());
    let (one, other) = (order("--shuffle=1"), order("--shuffle=2"));
    assert_eq!(one, order("--shuffle=1"));
    assert_ne!(one, other);
    assert_ne!(one, order(""));
    let mut sorted = one;
    sorted.sort();
    let mut all = order("");
    all.sort();
    assert_eq!(sorted, all);
    assert_eq!(
        names(&with("test --format json --shuffle=1", CHAIN).run())[0],
        "first",
        "captures keep the order"
    );
    with("test --shuffle", &suite).run().says(&["note: shuffled with --shuffle="]);
}

#[test]
fn bail_ends_the_run_with_the_first_failure() {
    let suite = "cases:\n  - {name: a, request: GET /}\n  - {name: b, request: GET /, expect: {status: 404}}\n  - {name: c, request: GET /}\n";
    let all = with("test --format json --jobs 1", suite).exits(1).run();
    assert_eq!(verdicts(&all)[2], ("c".to_owned(), "passed".to_owned()));
    let bailed = with("test --format json --bail --jobs 1", suite).exits(1).run();
    assert_eq!(verdicts(&bailed)[2], ("c".to_owned(), "skipped".to_owned()));
    assert_eq!(bailed.json()["results"][2]["reason"], "not run: a case before it failed (--bail)");
}

#[test]
fn skipped_cases_are_told_and_count_as_skipped() {
    let suite = "cases:\n  - {name: a, request: GET /, skip: waits for the table}\n  - {name: b, request: GET /, skip: true}\n  - {name: c, request: GET /, skip: false}\n";
    with("test", suite).run().snapshot("test-skipped");
}

#[test]
fn exit_codes_are_those_of_every_command() {
    let case = "cases: [{name: a, request: GET /fail}]\n";
    with("test", case).exits(3).run();
    with("test", "cases: [{name: a, request: GET /, expect: {status: 404}}]").exits(1).run();
    apigw("test")
        .file(
            "a.apigw.yaml",
            "target: {bin: ./not-there}\ncases: [{name: a, request: GET /}, {name: b, request: GET /}]",
        )
        .exits(2)
        .run()
        .snapshot("test-no-program");
    apigw("test")
        .file("a.apigw.yaml", "target: {url: 'http://127.0.0.1:9'}\ncases: [{name: a, request: GET /}]")
        .exits(4)
        .run();
    apigw("test")
        .file("a.apigw.yaml", "target: {handler: app.handler}\ncases: [{name: a, request: GET /}]")
        .exits(2)
        .run()
        .says(&["a.apigw.yaml:1:19: --handler: there is no file for `app.handler`"]);
}

const SNAPSHOT: &str = "
redact: [/path]
cases:
  - name: greets
    request: {path: /hello, query: {name: 'at 2025-01-01T10:00:00Z by 123e4567-e89b-12d3-a456-426614174000'}}
    expect: {body: {snapshot: true}}
  - name: with more redacted
    request: GET /hello
    expect: {body: {snapshot: {redact: [/method]}}}
";

#[test]
fn snapshots_are_written_when_asked_for_and_compared_ever_after() {
    let missing = with("test", SNAPSHOT).exits(1).run();
    assert!(missing.stdout().contains("there is no snapshot of this case yet"), "{}", missing.transcript());
    let updated =
        with("test --update", SNAPSHOT).file("__snapshots__/a.apigw.yaml.snap.json", r#"{"gone": 1}"#).run();
    assert!(updated.stdout().contains("2 snapshots written"), "{}", updated.transcript());
    let kept = String::from_utf8(updated.written("__snapshots__/a.apigw.yaml.snap.json")).unwrap();
    super::snapshot("test-kept", &kept);
    let again = with("test", SNAPSHOT).file("__snapshots__/a.apigw.yaml.snap.json", &kept).run();
    assert!(again.stdout().contains("Passed: 2 of 2"), "{}", again.transcript());
    let other = kept.replace("Hello, world!", "Hello, earth!");
    with("test", SNAPSHOT)
        .file("__snapshots__/a.apigw.yaml.snap.json", other)
        .exits(1)
        .run()
        .snapshot("test-snapshot-differs");
    with("test", SNAPSHOT)
        .file("__snapshots__/a.apigw.yaml.snap.json", "{")
        .exits(2)
        .run()
        .says(&["a.apigw.yaml.snap.json:1:2"]);
}

#[test]
fn a_case_that_fails_otherwise_writes_no_snapshot() {
    let suite = "cases: [{name: a, request: GET /, expect: {status: 404, body: {snapshot: true}}}]";
    let ran = with("test --update", suite).exits(1).run();
    assert_eq!(ran.left(), ["a.apigw.yaml"]);
}

#[cfg(unix)]
#[test]
fn setup_and_teardown_run_in_the_directory_of_the_suite() {
    let suite = "
setup: [echo set up > state, 'test -f state']
teardown: mv state gone
cases: [{name: a, request: {path: /, file: state}, expect: {body: {json: {/method: POST}}}}]
";
    let ran = apigw("test below").file("below/a.apigw.yaml", greeting(suite)).run();
    assert_eq!(ran.written("below/gone"), b"set up\n");
    let broken = "
setup: ['echo to stdout; echo to stderr >&2; exit 3', touch never]
teardown: [touch torn, exit 4, touch torn-again]
cases: [{name: a, request: GET /}]
";
    let ran = with("test", broken).exits(1).run();
    ran.snapshot("test-setup-fails");
    assert_eq!(ran.left(), ["a.apigw.yaml", "torn", "torn-again"]);
    let failing = "teardown: touch torn\ncases: [{name: a, request: GET /fail}]\n";
    assert_eq!(with("test", failing).exits(3).run().left(), ["a.apigw.yaml", "torn"]);
}

#[test]
fn handlers_of_both_languages_answer_beside_their_suites() {
    let cases = "
cases:
  - name: greets
    request: {method: PUT, path: /users/7, headers: {x-a: b}, body: {name: Ada}}
    expect:
      body:
        json: {/method: PUT, /id: '7', /header: b, /body/name: Ada, /table: users}
      logs: [printed]
  - name: an event of a kind
    event: rest-delete
    request: {path: /users/8}
    expect: {body: {json: {/method: DELETE, /id: '8', /body: null}}}
  - name: an event in a file
    event: events/one.json
    expect: {body: {json: {/id: '9'}}}
  - name: a curl command
    from: >-
      curl -X PATCH https://example.com/users/10 -H 'X-A: c'
      --data-binary @events/body.json
    expect: {body: {json: {/method: PATCH, /id: '10', /header: c, /body/name: Bob}}}
";
    let python = "
import json, os
def handler(event, context):
    print('printed')
    headers = {name.lower(): value for name, value in (event.get('headers') or {}).items()}
    body = json.loads(event['body']) if event.get('body') else None
    return {'statusCode': 200, 'body': json.dumps({'method': event['httpMethod'], 'id': event['path'].split('/')[-1],
        'header': headers.get('x-a'), 'body': body, 'table': os.environ.get('TABLE')})}
";
    let node = "
exports.handler = async (event) => {
  console.log('printed');
  const headers = Object.fromEntries(Object.entries(event.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]));
  return { statusCode: 200, body: JSON.stringify({ method: event.httpMethod, id: event.path.split('/').pop(),
    header: headers['x-a'] ?? null, body: event.body ? JSON.parse(event.body) : null, table: process.env.TABLE }) };
};
";
    let event = apigw("event gen rest-get --path /users/9").run();
    let suite = |handler: &str| {
        format!("target: {{handler: {handler}, timeout: 20s, env: {{TABLE: users}}}}\n{cases}")
    };
    let ran = apigw("test --format json --jobs 2")
        .file("python/app.py", python)
        .file("python/tests/a.apigw.yaml", suite("../app.handler"))
        .file("python/tests/events/one.json", event.bytes())
        .file("python/tests/events/body.json", r#"{"name": "Bob"}"#)
        .file("node/src/index.js", node)
        .file("node/b.apigw.yaml", suite("src/index.handler"))
        .file("node/events/one.json", event.bytes())
        .file("node/events/body.json", r#"{"name": "Bob"}"#)
        .run();
    assert_eq!(verdicts(&ran).len(), 8);
    assert_eq!(ran.json()["summary"], json!({"checked": 8, "errors": 0, "warnings": 0, "infos": 0}));
}

#[test]
fn secrets_are_hidden_wherever_they_come_from() {
    let suite = "
cases:
  - name: a
    request: {path: /hello, query: {name: '${{ env.API_TOKEN }}'}, headers: {authorization: Bearer geheim-geheim, with: '${{ env.API_TOKEN }}'}}
    expect: {status: 404, headers: {content-type: '${{ env.API_TOKEN }}'}, body: {json: {/message: x, /with: geheim-geheim, /method: {equals: [1]}}}}
";
    for format in ["human", "json", "junit", "tap", "github", "html"] {
        let ran = with(&format!("test --format {format}"), suite)
            .env("API_TOKEN", "sehr-geheimes-wort")
            .exits(1)
            .run();
        let all = ran.stdout() + &ran.stderr();
        assert!(!all.contains("sehr-geheimes-wort"), "{all}");
    }
}

#[test]
fn every_format_tells_the_same() {
    let suite = "
cases:
  - {name: good, request: GET /}
  - {name: 'bad <&> # \"1\"', request: GET /, expect: {status: 404, body: {equals: {a: 1}}}}
  - {name: left out, request: GET /, skip: later}
";
    // Times, and places behind the path of the checkout, which may be longer.
    let vary = regex::Regex::new(r#"(time=")[0-9.]+|(duration_ms: )[0-9.]+|("byte": )[0-9]+"#).unwrap();
    for format in ["json", "junit", "tap", "github", "html"] {
        let ran =
            with(&format!("test --format {format} --report human=report.txt --report tap=report.tap"), suite)
                .exits(1)
                .run();
        assert!(String::from_utf8(ran.written("report.txt")).unwrap().contains("Passed: 1 of 3 cases"));
        assert!(String::from_utf8(ran.written("report.tap")).unwrap().ends_with("1..3\n"));
        let text =
            ran.stdout().replace(crate::transport::example("greeting").to_str().unwrap(), "[GREETING]");
        let text = vary.replace_all(&text, "${1}${2}${3}N").into_owned();
        super::snapshot(&format!("test-format-{format}"), &text);
    }
}

#[test]
fn the_page_stands_alone_and_shows_what_is_no_markup_of_its_own() {
    let suite = "cases: [{name: '<script>alert(1)</script>', request: {path: /, query: {name: '<img src=x onerror=alert(1)>'}}, expect: {status: 404}}]\n";
    let page = with("test --format html", suite).exits(1).run().stdout();
    assert!(!page.contains("<script") && !page.contains("<img"), "{page}");
    for outside in ["http:", "https:", "src=", "href=", "@import", "url("] {
        let own = page.replace("src=x", "");
        assert!(!own.contains(outside), "{outside} in {page}");
    }
    assert!(page.starts_with("<!DOCTYPE html>") && page.contains("prefers-color-scheme: dark"));
}
