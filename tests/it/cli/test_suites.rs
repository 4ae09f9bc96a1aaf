//! `apigw test`: what suites may say, what is a mistake in them, and the schema that editors use.

use super::{apigw, snapshot};
use serde_json::Value;

/// Suites without a mistake. Each uses other parts of the language.
pub(super) const GOOD: [&str; 10] = [
    "target: {bin: ./b}\ncases: [{name: a, request: GET /}]\n",
    "target:\n  bin: b\n  args: [1, x, true]\n  api: http\n  stage: dev\n  stage-variables: {a: 1}\n  routes: [GET /a, 'ANY /{proxy+}']\n  \
     env: {A: b, N: 1}\n  env-file: .env\n  timeout: 2.5s\n  memory: 256\n  region: eu-central-1\n  api-key: k\ncases:\n  - name: 1\n    request: /a\n",
    "target: {handler: src/app.handler, runtime: python3.12, timeout: 3, binary-media-types: image/png}\n\
     setup: echo 1\nteardown: [echo 2, echo 3]\nredact: /a\ncases: [{name: a, event: rest-get}, {name: b, event: events/b.json}, {name: c, event: {version: '2.0'}}]\n",
    "target: {url: 'https://example.com/dev', bearer: '@token', timeout: 10s}\ncases:\n  - name: c\n    from: curl -X POST -d a=1 https://example.com/x\n    tags: slow\n    skip: later\n",
    "target: {function: 'users:live', region: eu-central-1, profile: dev, endpoint-url: 'http://localhost:4566'}\ncases: [{name: a, event: http-post, request: {path: /a, body: {a: 1}}}]\n",
    "target: {cmd: cargo run}\nvariables: {host: example.com, n: 1, list: [1, 2]}\ndefaults:\n  request: {headers: {host: '${{ host }}'}, query: {a: 1}}\n  expect: {status: 2xx, headers: {x-a: b}}\n\
     cases:\n  - name: creates\n    request: {method: PUT, path: '/a?b=1', query: {c: [1, 2]}, headers: {x-a: [b, c]}, body: text}\n    capture: {id: /id, all: '$.items[*]', loc: {header: Location}, code: status, same: {status: }, n: {regex: 'n=(\\d+)'}, i: {json: $.id}}\n  \
     - name: reads\n    request: GET /a/${{ id }}\n    expect: {status: '${{ code }}', body: {json: {/id: '${{ id }}', /n: {gte: 1, lt: 9}}}}\n",
    "target: {bin: b}\ncases:\n  - name: greets ${{ who }}\n    tags: [a, b]\n    with: [{who: Ada, n: 1}, {who: Bob, n: 2}]\n    request: {path: /, file: body.bin}\n    expect:\n      status: [200, 4xx]\n      \
     headers: {a: b, c: null, d: [e, f], g: {matches: '^h'}, i: {exists: false}, j: {contains: k}, l: 1}\n      body:\n        equals: {a: 1}\n        contains: {a: 1}\n        matches: a\n        json:\n          /: 1\n          $..a: [1]\n          \
     '': {type: object}\n          /a: {equals: {type: x}, type: integer, gt: 0, lte: 2, length: 3, exists: true, contains: 1, matches: x}\n          /b: {length: {gt: 1}}\n        schema: {type: object}\n        snapshot: {redact: [/a, '/b/*']}\n      \
     notices: [AGW101, header-renamed]\n      duration: ['< 1s', '>= 0ms']\n      logs: {contains: [a, b], matches: c}\n      error: {type: Boom, message: {contains: x}}\n",
    "target: {bin: b}\ncases:\n  - name: a\n    request: {base64: AAE=}\n    expect: {status: 200, body: plain, notices: none, logs: [a], error: none}\n  - {name: b, request: GET /, expect: {body: {schema: s.json, snapshot: true}, error: true}}\n",
    "target:\n  template: ../template.yaml\n  api: Users\n  functions: {Users: ./bootstrap}\n  jwks: {Token: keys.json}\n  no-auth: [AWS_IAM]\n  no-route: GET /a\n  no-api: Old\n  \
     parameters: {Table: t, N: 1}\n  env: {A: b}\n  env-file: .env\n  env-vars: env.json\n  iam-identity: 'arn:aws:iam::123456789012:user/a'\n  api-keys: [k]\n  api-key: k\n  bearer: t\n  timeout: 3\n  memory: 256\n  region: eu-central-1\n\
     cases: [{name: a, request: GET /}, {name: b, api: Others, request: GET /}]\n",
    "target: {bin: '${{ env.HOME }}/b', timeout: '${{ limit }}', api: '${{ api }}'}\nvariables: {limit: 2s, api: http, rows: [{a: 1}]}\ncases: [{name: 'costs $${{ a }}', with: '${{ rows }}', request: {path: '/${{ a }}'}}]\n",
];

/// Suites with a mistake, and whether the schema sees it, too: it knows nothing of names that
/// stand elsewhere, and of languages inside of texts.
const BAD: [(&str, bool); 52] = [
    ("", true),
    ("a: [", true),
    ("- 1", true),
    ("target: {bin: b}", true),
    ("cases: [{name: a, request: GET /}]", true),
    ("target: {bin: b}\ncases: []", true),
    ("target: {bin: b}\ncases: {}", true),
    ("target: {bin: b}\ncase: []", true),
    ("target: {bni: b}\ncases: [{name: a, request: GET /}]", true),
    ("target: {}\ncases: [{name: a, request: GET /}]", true),
    ("target: {bin: b, url: c}\ncases: [{name: a, request: GET /}]", true),
    ("target: {bin: b, bearer: c}\ncases: [{name: a, request: GET /}]", true),
    ("target: {bin: b, runtime: c}\ncases: [{name: a, request: GET /}]", true),
    ("target: {bin: b, api: htp}\ncases: [{name: a, request: GET /}]", true),
    ("target: {bin: b, memory: 64}\ncases: [{name: a, request: GET /}]", true),
    ("target: {bin: b, timeout: soon}\ncases: [{name: a, request: GET /}]", true),
    ("target: {bin: b, env: [A=b]}\ncases: [{name: a, request: GET /}]", true),
    ("target: {template: t.yaml, stage: prod}\ncases: [{name: a, request: GET /}]", true),
    ("target: {bin: b, no-auth: Token}\ncases: [{name: a, request: GET /}]", true),
    ("target: {bin: b}\ncases: [{name: a, api: users, request: GET /}]", false),
    ("target: {bin: [b]}\ncases: [{name: a, request: GET /}]", true),
    ("target: {bin: '${{ env.NOT_THERE }}'}\ncases: [{name: a, request: GET /}]", false),
    ("target: {bin: b}\nvariables: {1a: b}\ncases: [{name: a, request: GET /}]", true),
    ("target: {bin: b}\nredact: a\ncases: [{name: a, request: GET /}]", true),
    ("target: {bin: b}\ndefaults: {status: 200}\ncases: [{name: a, request: GET /}]", true),
    ("target: {bin: b}\ncases: [{request: GET /}]", true),
    ("target: {bin: b}\ncases: [{name: a}]", true),
    ("target: {bin: b}\ncases: [{name: a, request: GET /}, {name: a, request: GET /}]", false),
    ("target: {bin: b}\ncases: [{name: a, request: GET /, request: GET /}]", false),
    ("target: {bin: b}\ncases: [{name: a, request: GET /, expects: {}}]", true),
    ("target: {bin: b}\ncases: [{name: a, request: users}]", true),
    ("target: {bin: b}\ncases: [{name: a, request: {path: users}}]", true),
    ("target: {bin: b}\ncases: [{name: a, request: {method: 'G T'}}]", true),
    ("target: {bin: b}\ncases: [{name: a, request: {body: a, file: b}}]", true),
    ("target: {bin: b}\ncases: [{name: a, request: {base64: '?'}}]", false),
    ("target: {bin: b}\ncases: [{name: a, request: {headers: {'a b': c}}}]", false),
    ("target: {bin: b}\ncases: [{name: a, event: rest-gte}]", false),
    ("target: {bin: b}\ncases: [{name: a, event: a.json, request: GET /}]", false),
    ("target: {bin: b}\ncases: [{name: a, from: wget x}]", true),
    ("target: {bin: b}\ncases: [{name: a, from: curl x, request: GET /}]", true),
    ("target: {bin: b}\ncases: [{name: a, request: 'GET /${{ idd }}', expect: {status: 200}}]", false),
    ("target: {bin: b}\nvariables: {id: 1}\ncases: [{name: a, request: 'GET /${{ ids }}'}]", false),
    ("target: {bin: b}\ncases: [{name: a, request: 'GET /${{ id'}]", false),
    ("target: {bin: b}\ncases: [{name: a, request: GET /, expect: {status: 2000}}]", true),
    ("target: {bin: b}\ncases: [{name: a, request: GET /, expect: {body: {json: {a: 1}}}}]", true),
    ("target: {bin: b}\ncases: [{name: a, request: GET /, expect: {body: {json: {'$[': 1}}}}]", false),
    (
        "target: {bin: b}\ncases: [{name: a, request: GET /, expect: {body: {json: {/a: {type: strin}}}}}]",
        true,
    ),
    (
        "target: {bin: b}\ncases: [{name: a, request: GET /, expect: {body: {json: {/a: {type: string, id: 1}}}}}]",
        true,
    ),
    ("target: {bin: b}\ncases: [{name: a, request: GET /, expect: {body: {matches: '('}}}]", false),
    ("target: {bin: b}\ncases: [{name: a, request: GET /, expect: {notices: AGW100}}]", false),
    ("target: {bin: b}\ncases: [{name: a, request: GET /, expect: {duration: 200ms}}]", true),
    ("target: {bin: b}\ncases: [{name: a, request: GET /, capture: {id: {jso: /id}}}]", true),
];

fn schema() -> jsonschema::Validator {
    let printed = apigw("schema suite").run();
    jsonschema::validator_for(&printed.json()).unwrap()
}

/// A suite as JSON, by the reader of another language where there is one.
fn as_json(suite: &str) -> Value {
    let document = apigw::template::Document::parse("a.yaml", suite);
    document.map(|document| document.root().to_json()).unwrap_or_default()
}

#[test]
fn what_is_no_mistake_is_listed_and_fits_the_schema() {
    let schema = schema();
    let mut told = String::new();
    for suite in GOOD {
        let ran =
            apigw("test a.apigw.yaml --dry-run").file("a.apigw.yaml", suite).env("HOME", "/home/ada").run();
        told += &format!("{suite}---\n{}{}\n", ran.stdout(), ran.stderr());
        let objections: Vec<_> = schema.iter_errors(&as_json(suite)).map(|error| error.to_string()).collect();
        assert!(objections.is_empty(), "{suite}\n{}", objections.join("\n"));
    }
    snapshot("test-suites", &told);
}

#[test]
fn mistakes_are_told_with_their_place_and_what_to_do() {
    let schema = schema();
    let mut told = String::new();
    for (suite, seen_by_schema) in BAD {
        let ran = apigw("test a.apigw.yaml --dry-run").file("a.apigw.yaml", suite).exits(2).run();
        told += &format!("{suite}\n---\n{}{}\n", ran.stdout(), ran.stderr());
        assert_eq!(!schema.is_valid(&as_json(suite)), seen_by_schema, "{suite}");
    }
    snapshot("test-mistakes", &told);
}

#[test]
fn suites_are_found_below_directories() {
    let suite = GOOD[0];
    let ran = apigw("test --dry-run")
        .file("b.apigw.yaml", suite)
        .file("a/c.apigw.yml", suite)
        .file("a/other.yaml", "x: 1")
        .file("hidden/.gitignore", "*.yaml")
        .file("hidden/d.apigw.yaml", suite)
        .run();
    assert_eq!(ran.stdout().lines().filter(|line| !line.starts_with(' ')).count(), 2, "{}", ran.stdout());
    apigw("test").exits(2).run().says(&["no file in . ends with .apigw.yaml, .apigw.yml"]);
    apigw("test none.apigw.yaml").exits(2).run().says(&["cannot read none.apigw.yaml"]);
}
