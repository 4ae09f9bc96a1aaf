//! Documents and the requests that come of them.

use super::*;
use proptest::prelude::*;

/// A document with one `GET /x` whose operation is given.
fn document(operation: &str) -> Document {
    let indented = operation.replace('\n', "\n      ");
    let source = format!(
        "openapi: 3.1.0\npaths:\n  /x:\n    get:\n      {indented}\ncomponents:\n  schemas:\n    Node:\n      type: object\n      properties:\n        name: {{type: string}}\n        next: {{$ref: '#/components/schemas/Node'}}\n        all: {{type: array, items: {{$ref: '#/components/schemas/Node'}}}}\n    Endless: {{type: object, required: [me], properties: {{me: {{$ref: '#/components/schemas/Endless'}}}}}}\n    A: {{$ref: '#/components/schemas/B'}}\n    B: {{$ref: '#/components/schemas/A'}}\n"
    );
    Document::parse("t.yaml", source).unwrap_or_else(|error| panic!("{error}"))
}

fn sample(operation: &str) -> Request {
    let document = document(operation);
    let spec = Spec::of(&document).unwrap();
    spec.sample(&spec.operations[0]).unwrap_or_else(|error| panic!("{error}")).request
}

/// The body for a schema, as JSON.
fn body(schema: &str) -> String {
    let operation = format!("requestBody: {{content: {{application/json: {{schema: {schema}}}}}}}");
    String::from_utf8(sample(&operation).body).unwrap()
}

#[test]
fn schemas_give_values() {
    let cases = [
        ("{type: string}", "\"string\""),
        ("{type: string, example: e, default: d}", "\"e\""),
        ("{type: string, examples: [f]}", "\"f\""),
        ("{const: c, default: d}", "\"c\""),
        ("{type: integer, default: 7}", "7"),
        ("{enum: [b, a]}", "\"b\""),
        ("{type: [null, integer]}", "1"),
        ("{type: integer, minimum: 5}", "5"),
        ("{type: integer, exclusiveMinimum: 5}", "6"),
        ("{type: integer, minimum: 5, exclusiveMinimum: true}", "6"),
        ("{type: integer, maximum: -2}", "-2"),
        ("{type: number, minimum: 0, exclusiveMaximum: 1}", "0"),
        ("{type: integer, multipleOf: 10}", "10"),
        ("{type: boolean}", "true"),
        ("{type: string, format: uuid}", "\"123e4567-e89b-42d3-a456-426614174000\""),
        ("{type: string, format: date-time}", "\"2025-01-01T12:00:00Z\""),
        ("{type: string, minLength: 8}", "\"stringxx\""),
        ("{type: string, maxLength: 3}", "\"str\""),
        ("{type: array, items: {type: integer}}", "[1]"),
        ("{type: array, minItems: 2, items: {type: integer}}", "[1,1]"),
        ("{type: object, properties: {a: {type: integer}, b: {type: string, readOnly: true}}}", "{\"a\":1}"),
        ("{additionalProperties: {type: integer}}", "{\"key\":1}"),
        (
            "{allOf: [{properties: {a: {const: 1}}}, {properties: {b: {const: 2}}}], properties: {c: {const: 3}}}",
            "{\"a\":1,\"b\":2,\"c\":3}",
        ),
        ("{oneOf: [{type: 'null'}, {type: integer}]}", "1"),
        ("{anyOf: [{type: string}, {type: integer}]}", "\"string\""),
        ("{$ref: '#/components/schemas/Node'}", "{\"name\":\"string\",\"all\":[]}"),
        ("{type: string, example: 2025-01-01}", "\"2025-01-01\""),
    ];
    for (schema, expected) in cases {
        assert_eq!(body(schema), expected, "{schema}");
    }
}

#[test]
fn parameters_are_written_in_their_style() {
    let cases = [
        ("{name: a, in: query, example: 'x y&z'}", "a=x%20y%26z"),
        ("{name: a, in: query, examples: {one: {value: 1}}}", "a=1"),
        ("{name: a, in: query, example: [1, 2]}", "a=1&a=2"),
        ("{name: a, in: query, explode: false, example: [1, 2]}", "a=1,2"),
        ("{name: a, in: query, style: pipeDelimited, explode: false, example: [1, 2]}", "a=1%7C2"),
        (
            "{name: a, in: query, style: deepObject, explode: true, example: {b: 1, c: d}}",
            "a%5Bb%5D=1&a%5Bc%5D=d",
        ),
        ("{name: a, in: query, example: {b: 1, c: d}}", "b=1&c=d"),
        ("{name: a, in: query, explode: false, example: {b: 1, c: d}}", "a=b,1,c,d"),
        ("{name: a, in: query, content: {application/json: {example: {b: 1}}}}", "a=%7B%22b%22%3A1%7D"),
        ("{name: a, in: query, schema: {type: boolean}}", "a=true"),
    ];
    for (parameter, query) in cases {
        let request = sample(&format!("parameters: [{parameter}]"));
        assert_eq!(request.query.as_deref(), Some(query), "{parameter}");
    }
    let request = sample(
        "parameters:\n  - {name: X-List, in: header, example: [a, b]}\n  - {name: Authorization, in: header, example: geheim}\n  - {name: s, in: cookie, example: 1}\n  - {name: t, in: cookie, example: 2}\n  - {name: old, in: query, deprecated: true}",
    );
    let fields: Vec<_> = request.headers.iter().collect();
    assert_eq!((fields, request.query), (vec![("X-List", "a,b"), ("Cookie", "s=1; t=2")], None));
}

#[test]
fn paths_servers_and_bodies() {
    let source = r##"{"openapi": "3.0.3", "servers": [{"url": "https://api.example.com/{v}/", "variables": {"v": {"default": "v1"}}}],
      "x-amazon-apigateway-binary-media-types": ["image/png"],
      "paths": {
        "/a/{id}/{rest+}": {
          "parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": "string"}, "example": "x/y z"}],
          "put": {"operationId": "putA", "parameters": [{"$ref": "#/components/parameters/rest"}],
            "requestBody": {"content": {"text/plain": {}, "application/x-www-form-urlencoded": {"schema": {"properties": {"a": {"const": "1 2"}, "b": {"type": "array", "items": {"type": "integer"}, "minItems": 2}}}}}}}},
        "/all": {"x-amazon-apigateway-any-method": {}},
        "/file": {"post": {"requestBody": {"content": {"multipart/form-data": {"schema": {"properties": {"f": {"type": "string", "format": "binary"}}}}}}}},
        "/xml": {"post": {"requestBody": {"content": {"application/xml": {"schema": {"properties": {"a": {"const": "<"}}}}}}}},
        "/text": {"post": {"requestBody": {"content": {"text/csv": {"example": "a;b"}}}}}},
      "components": {"parameters": {"rest": {"name": "rest", "in": "path", "example": "p/q"}}}}"##;
    let document = Document::parse("t.json", source).unwrap();
    let spec = Spec::of(&document).unwrap();
    let routes: Vec<_> = spec.routes.iter().map(ToString::to_string).collect();
    assert_eq!(routes, ["PUT /a/{id}/{rest+}", "ANY /all", "POST /file", "POST /xml", "POST /text"]);
    assert_eq!(spec.binary_media_types, ["image/png"]);
    let samples: Vec<_> = spec.operations.iter().map(|operation| spec.sample(operation).unwrap()).collect();
    assert_eq!(samples[0].request.target(), "/v1/a/x%2Fy%20z/p/q");
    assert_eq!(samples[0].request.body, b"a=1+2&b=1&b=1");
    assert_eq!(samples[0].base.origin.as_deref(), Some("https://api.example.com"));
    assert_eq!(samples[1].request.method, "GET");
    let text = |index: usize| String::from_utf8_lossy(&samples[index].request.body).into_owned();
    assert!(text(2).contains("name=\"f\"; filename=\"f.bin\"\r\nContent-Type: application/octet-stream"));
    assert_eq!((text(3), text(4)), ("<root><a>&lt;</a></root>".to_owned(), "a;b".to_owned()));
    assert!(spec.operations[0].is_called("putA") && spec.operations[0].is_called("put /a/{id}/{rest+}"));
}

#[test]
fn mistakes_have_a_place_and_advice() {
    let with = |operation: &str| {
        let document = document(operation);
        let spec = Spec::of(&document).unwrap();
        let error = spec.sample(&spec.operations[0]).unwrap_err();
        let place = document.place(error.span.start);
        (error.message, place.line, error.hint.unwrap_or_default())
    };
    let reference = |name: &str| {
        format!("requestBody:\n  content:\n    application/json:\n      schema: {{$ref: '{name}'}}")
    };
    let (message, line, hint) = with(&reference("#/components/schemas/Nobody"));
    assert_eq!((message.as_str(), line), ("the reference #/components/schemas/Nobody leads nowhere", 8));
    assert_eq!(hint, "there are: Node, Endless, A, B");
    let (message, line, _) = with(&reference("#/components/schemas/A"));
    assert_eq!((message.as_str(), line), ("the reference #/components/schemas/A leads to itself", 19));
    let (message, line, _) = with(&reference("other.yaml#/X"));
    assert_eq!((message.as_str(), line), ("the reference other.yaml#/X leads out of this file", 8));
    let (message, ..) = with(&reference("#/components/schemas/Endless"));
    assert_eq!(message, "this schema requires itself: no value is ever complete");
    let cases = [
        ("swagger: '2.0'", "this is Swagger 2, the format before OpenAPI 3", 10),
        ("a: 1", "this is no OpenAPI document: it has no `openapi`", 1),
        ("openapi: 4.0.0", "only OpenAPI 3 is read", 10),
        ("openapi: 3.0.0\npaths: {}", "there is no operation under `paths`", 8),
        (
            "openapi: 3.0.0\npaths:\n  /a{b}:\n    get: {}",
            "in `/a{b}` a parameter must be a whole segment, as in `/users/{id}`",
            3,
        ),
    ];
    for (source, message, column) in cases {
        let document = Document::parse("t.yaml", source).unwrap();
        let error = Spec::of(&document).unwrap_err();
        assert_eq!(
            (error.message.as_str(), document.place(error.span.start).column),
            (message, column),
            "{source}"
        );
    }
    let broken = [("t.yaml", "a: [1, 2\nb: }", 2), ("t.json", "{\"a\": 1,}", 1), ("t.yaml", "", 1)];
    for (name, source, line) in broken {
        let error = Document::parse(name, source).unwrap_err();
        assert_eq!(crate::json::Lines::new(source).place(source, error.span.start).line, line, "{error}");
    }
}

#[test]
fn yaml_and_json_are_one_tree() {
    let yaml = "a: &x {b: 1, 'c': [true, ~, 0x10, 1.5, \"2\", 1e3, -0]}\nd: *x\ne:\n  <<: *x\n  b: 2\n200: |\n  text\nf: !Sub ${a}\ng: 1.2.3\nh: 2025-01-01\n";
    let node = Document::parse("t.yaml", yaml).unwrap().root().to_json();
    let x = serde_json::json!({"b": 1, "c": [true, null, 16, 1.5, "2", 1000.0, 0]});
    let expected = serde_json::json!({"a": x, "d": x, "e": {"b": 2, "c": x["c"]}, "200": "text\n", "f": "${a}", "g": "1.2.3", "h": "2025-01-01"});
    assert_eq!(node, expected);
    let document = Document::parse("t.yaml", yaml).unwrap();
    let span = document.root().get("f").unwrap().span;
    assert_eq!(&yaml[span.start..span.end], "${a}");
    let bomb: String =
        (1..20).map(|n| format!("a{n}: &a{n} [*a{0}, *a{0}, *a{0}, *a{0}]\n", n - 1)).collect();
    let error = Document::parse("t.yaml", format!("a0: &a0 [1, 2]\n{bomb}")).unwrap_err();
    assert!(error.message.contains("more than 1000000 values"), "{error}");
    let deep = "[".repeat(500);
    assert!(Document::parse("t.yaml", deep).is_err());
}

proptest! {
    #[test]
    fn json_reads_as_json(value in crate::testing::json()) {
        let source = serde_json::to_string_pretty(&serde_json::json!({"root": value})).unwrap();
        prop_assert_eq!(Document::parse("t.json", source).unwrap().root().to_json()["root"].clone(), value);
    }

    #[test]
    fn no_text_panics(source in "\\PC{0,40}|[a-z:\\[\\]{}&*!|>'\"#, \n-]{0,60}", at in 0usize..300, cut in 0usize..5) {
        let _ = Document::parse("t.yaml", source.as_str());
        let spec = "openapi: 3.0.0\npaths:\n  /a/{b}:\n    parameters: [{name: b, in: path, schema: &s {type: array, items: {type: integer, minimum: 3}}}]\n    post:\n      requestBody: {content: {application/json: {schema: {allOf: [*s, {$ref: '#/paths'}]}}}}\n";
        let mut chars: Vec<char> = spec.chars().collect();
        let at = at.min(chars.len());
        let end = (at + cut).min(chars.len());
        chars.splice(at..end, source.chars().take(3));
        let mutated: String = chars.into_iter().collect();
        if let Ok(document) = Document::parse("t.yaml", mutated)
            && let Ok(spec) = Spec::of(&document)
        {
            for operation in &spec.operations {
                let _ = spec.sample(operation);
            }
        }
    }
}
