//! `apigw test`: every expectation, as it holds and as it does not.

use super::apigw;
use serde_json::json;

/// A result whose parts everything is expected of.
fn result() -> String {
    let body = json!({
        "id": 7, "name": "Ada", "tags": ["a", "b"], "at": "2025-01-01T10:00:00Z", "nested": {"ok": true, "none": null},
        "items": [{"id": 1}, {"id": 2}],
    });
    json!({
        "statusCode": 201,
        "headers": {"Content-Type": "application/json", "Location": "/users/7"},
        "multiValueHeaders": {"X-Many": ["1", "2"]},
        "body": body.to_string(),
    })
    .to_string()
}

/// A suite whose function always says the same.
fn suite(says: &str, cases: &str) -> String {
    let handler = serde_json::Value::from(format!("say:{says}"));
    format!("target: {{bin: '[UNRULY]', env: {{_HANDLER: {handler}}}}}\ncases:\n{cases}")
}

fn run(says: &str, cases: &str, exit: i32) -> super::Ran {
    let suite = suite(says, cases).replace("[UNRULY]", crate::transport::example("unruly").to_str().unwrap());
    apigw("test a.apigw.yaml").file("a.apigw.yaml", suite).exits(exit).run()
}

#[test]
fn expectations_that_hold() {
    let cases = r"
  - name: all of them
    request: POST /users
    expect:
      status: [200, 201]
      headers:
        content-type: application/json
        LOCATION: {matches: '^/users/\d+$', contains: users}
        x-many: ['1', '2']
        x-none: null
        x-nothing: {exists: false}
      body:
        contains: {name: Ada, nested: {ok: true}}
        matches: '\bAda\b'
        json:
          /id: 7
          /name: {matches: ^A, length: 3, type: string}
          /tags: [a, b]
          /tags/1: b
          /nested: {equals: {none: null, ok: true}}
          /nested/none: {type: 'null'}
          /missing: {exists: false}
          /id~1: {exists: false}
          $.items[*].id: [1, 2]
          $.items[0].id: {gt: 0, lte: 1}
          $..none: [null]
          $.items[?@.id > 1]: {length: 1}
          '': {length: {gte: 6}}
        schema:
          type: object
          required: [id]
          properties: {id: {type: integer}}
      notices: none
      duration: [< 10s, '>= 0ms']
      logs: []
      error: none
  - name: a class
    request: POST /users
    expect: {status: 2xx, headers: {x-many: '2'}}
  - name: nothing is said
    request: POST /users
";
    let ran = run(&result(), cases, 0);
    assert!(ran.stdout().contains("Passed: 3 of 3 cases, none failed"), "{}", ran.transcript());
}

/// Cases that expect too much.
const WRONG: &str = r"
  - name: status
    request: GET /
    expect: {status: 200}
  - name: classes
    request: GET /
    expect: {status: [404, 5xx]}
  - name: headers
    request: GET /
    expect:
      headers:
        content-type: text/html
        location: {matches: ^http}
        x-many: ['1']
        x-none: here
        Location: null
  - name: body
    request: GET /
    expect: {body: {equals: {id: 8, name: Ada, tags: [a], more: 1}}}
  - name: text of the body
    request: GET /
    expect: {body: {contains: Bob, matches: ^Ada$}}
  - name: values
    request: GET /
    expect:
      body:
        json:
          /id: 8
          /name: {matches: ^B, length: 4, type: number}
          /tags: {contains: c}
          /nested: {equals: {ok: false, none: null}}
          /missing: 1
          /none: {exists: true}
          /at: {exists: false}
          $.items[*].id: {length: {gt: 2}}
          $.items[0].id: {gt: 1, lt: 1}
  - name: schema
    request: GET /
    expect: {body: {schema: {properties: {id: {type: string}, tags: {maxItems: 1}}}}}
  - name: schema in a file
    request: GET /
    expect: {body: {schema: missing.json}}
  - name: snapshot
    request: GET /
    expect: {body: {snapshot: true}}
  - name: notices
    request: GET /
    expect: {notices: [AGW101]}
  - name: duration
    request: GET /
    expect: {duration: '> 1m'}
  - name: logs
    request: GET /
    expect: {logs: [started, stopped]}
  - name: error
    request: GET /
    expect: {error: Boom}
  - name: capture
    request: GET /
    capture: {a: /missing, b: {header: X-None}, c: {regex: none}}
  - name: uses what was not captured
    request: GET /${{ a }}
";

#[test]
fn expectations_that_do_not() {
    run(&result(), WRONG, 1).snapshot("test-expectations");
}

#[test]
fn results_that_are_refused_and_functions_that_fail() {
    let cases = r"
  - name: nothing is said
    request: GET /
  - name: it is expected
    request: GET /
    expect: {status: 502, notices: [body-not-string]}
  - name: another status
    request: GET /
    expect: {status: 200}
  - name: none are
    request: GET /
    expect: {status: 502, notices: none}
";
    run(r#"{"statusCode": 200, "body": {"a": 1}}"#, cases, 1).snapshot("test-refused");
    let cases = r"
  - name: nothing is said
    request: GET /
  - name: it is expected
    request: GET /
    expect: {error: {type: Boom, message: {contains: boo}}}
  - name: any is
    request: GET /
    expect: {error: true}
  - name: another one
    request: GET /
    expect: {error: {type: Bang, message: {matches: ^x}}}
  - name: none is
    request: GET /
    expect: {status: 502, error: none}
";
    let unruly = crate::transport::example("unruly");
    let target = format!("target: {{bin: '{}', env: {{_HANDLER: error}}}}\ncases:{cases}", unruly.display());
    apigw("test a.apigw.yaml").file("a.apigw.yaml", target).exits(3).run().snapshot("test-failing");
}

#[test]
fn bodies_that_are_text_are_compared_line_by_line() {
    let result = json!({"statusCode": 200, "body": "one\ntwo\nthree\n"}).to_string();
    let cases = "
  - name: text
    request: GET /
    expect: {body: \"one\\n2\\nthree\\n\"}
  - name: it is no JSON
    request: GET /
    expect: {body: {json: {/a: 1}, schema: {type: object}}}
  - name: equal
    request: GET /
    expect: {body: {equals: \"one\\ntwo\\nthree\\n\"}}
";
    run(&result, cases, 1).snapshot("test-text");
    let json = json!({"statusCode": 200, "body": "{\"a\": 1.0}"}).to_string();
    let cases = "
  - {name: text of JSON, request: GET /, expect: {body: '{\"a\":1}'}}
  - {name: JSON, request: GET /, expect: {body: {equals: {a: 1}}}}
  - {name: another value, request: GET /, expect: {body: '{\"a\": 2}'}}
";
    let ran = run(&json, cases, 1);
    assert!(ran.stdout().contains("Passed: 2 of 3 cases"), "{}", ran.transcript());
}
