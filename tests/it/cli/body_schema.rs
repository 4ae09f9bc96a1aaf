//! `--body-schema` and `[lint.body]`: bodies against schemas of the user's own.

use super::{Ran, Run, apigw};
use serde_json::Value;

const USER: &str = r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "type": "object",
  "required": ["id"],
  "properties": { "id": { "$ref": "defs/id.json#/$defs/id" }, "name": { "type": "string" } },
  "additionalProperties": false
}"#;
const ID: &str = r#"{ "$defs": { "id": { "type": "integer", "minimum": 1 } } }"#;

fn run(line: &str, result: &str) -> Run {
    apigw(line).file("user.json", USER).file("defs/id.json", ID).file("out.json", result)
}

/// Where the findings of the rule begin and end, cut out of the result.
fn marked(result: &str, flags: &str) -> Vec<String> {
    let line = format!("lint-response --format json --select AGW520 {flags} out.json");
    let report = run(&line, result).exits(1).run().json();
    let diagnostics = report["results"][0]["diagnostics"].as_array().unwrap();
    let byte = |place: &Value| usize::try_from(place["byte"].as_u64().unwrap()).unwrap();
    let cut = |one: &Value| result[byte(&one["range"]["start"])..byte(&one["range"]["end"])].to_owned();
    diagnostics.iter().map(cut).collect()
}

#[test]
fn what_does_not_fit_is_marked_in_the_outer_file() {
    let escapes = "{\n  \"statusCode\": 200,\n  \"body\": \"{\\\"name\\\": \\\"\\u00e9\\\",\\n \\\"id\\\": \\\"x\\\"}\"\n}\n";
    let ran = run("lint-response --body-schema user.json out.json", escapes).exits(1).run();
    ran.snapshot("body-schema");
    assert_eq!(marked(escapes, "--body-schema user.json"), ["\\\"x\\\""]);
    let base64 = r#"{"statusCode": 200, "body": "eyJpZCI6ICLDqSJ9", "isBase64Encoded": true}"#;
    assert_eq!(marked(base64, "--body-schema user.json"), ["CLDqSJ"]);
    let object = r#"{"id": 0}"#;
    assert_eq!(marked(object, "--body-schema user.json --api http"), ["0"]);
    let two = r#"{"statusCode": 200, "body": "{\"id\": 0, \"name\": 1}"}"#;
    assert_eq!(marked(two, "--body-schema user.json"), ["0", "1"]);
    let missing = r#"{"statusCode": 200, "body": "{}"}"#;
    assert_eq!(marked(missing, "--body-schema user.json"), ["{}"]);
}

#[test]
fn a_body_that_is_no_json_is_a_finding() {
    let cases = [
        (r#"{"statusCode": 200, "body": "{\"id\": oops}"}"#, "oops"),
        (r#"{"statusCode": 200, "body": "hello"}"#, "hello"),
        (r#"{"statusCode": 200, "body": "/w==", "isBase64Encoded": true}"#, "/w"),
        (r#"{"statusCode": 200, "body": ""}"#, ""),
    ];
    for (result, at) in cases {
        assert_eq!(marked(result, "--body-schema user.json"), [at], "{result}");
    }
    for status in [204, 304] {
        let result = format!("{{\"statusCode\": {status}}}");
        run("lint-response --body-schema user.json out.json", &result).run();
        let line = format!("lint-response --body-schema {status}=user.json out.json");
        run(&line, &result).exits(1).run();
    }
}

#[test]
fn what_fits_is_passed_over_and_what_is_refused_has_other_worries() {
    let line = "lint-response --body-schema user.json out.json";
    let fits = run(line, r#"{"statusCode": 200, "body": "{\"id\": 1, \"name\": \"é\"}"}"#).run();
    assert_eq!(fits.stdout(), "");
    let refused = run(line, r#"{"statusCode": 200, "body": {"id": "x"}}"#).exits(1).run();
    assert!(!refused.stdout().contains("AGW520"), "{}", refused.transcript());
    let stream =
        run(&format!("{line} --api url --streaming"), "{\"statusCode\": 200}\0\0\0\0\0\0\0\0{\"id\": 0}");
    stream.exits(1).run().snapshot("body-schema-streaming");
    let several = run(&format!("{line} --api rest,http"), r#"{"statusCode": 200, "body": "{\"id\": 0}"}"#);
    several.exits(1).run().snapshot("body-schema-several");
}

#[test]
fn the_closest_status_counts() {
    let exits = |flags: &str, status: u16, exit| {
        let result = format!(r#"{{"statusCode": {status}, "body": "{{\"error\": 1}}"}}"#);
        let line = format!("lint-response {flags} out.json");
        run(&line, &result).file("any.json", "true").exits(exit).run();
    };
    exits("--body-schema user.json", 404, 1);
    exits("--body-schema 2xx=user.json", 404, 0);
    exits("--body-schema 2XX=user.json", 201, 1);
    exits("--body-schema user.json --body-schema 4xx=any.json", 404, 0);
    exits("--body-schema user.json --body-schema 4xx=any.json --body-schema 404=user.json", 404, 1);
    exits("--body-schema default=any.json --body-schema 404=user.json", 403, 0);
}

fn configured(line: &str, config: &str, exit: i32) -> Ran {
    let result = r#"{"statusCode": 200, "body": "{\"id\": 0}"}"#;
    let run = run(line, result).file("api/apigw.toml", config).file("api/users/a.json", result);
    run.file("api/schemas/user.json", USER).file("api/schemas/defs/id.json", ID).exits(exit).run()
}

#[test]
fn the_configuration_names_schemas_by_pattern_and_status() {
    let line = "lint-response api/users/a.json";
    configured(line, "[lint.body]\n'users/*' = 'schemas/user.json'\n", 1).says(&["1 error"]);
    configured(line, "[lint.body]\n'users/*' = { 2xx = 'schemas/user.json' }\n", 1);
    configured(line, "[lint.body]\n'users/*' = { 4xx = 'schemas/user.json' }\n", 0);
    configured(line, "[lint.body]\n'orders/*' = 'schemas/user.json'\n", 0);
    configured(line, "[lint.body]\n'**' = 'schemas/user.json'\n'users/' = {200 = 'schemas/user.json'}\n", 1)
        .says(&["2 errors"]);
    configured(&format!("{line} --body-schema 4xx=user.json"), "[lint.body]\n'**' = 'none.json'\n", 0);
    configured("event check api/users/a.json", "[lint.body]\n'**' = 'none.json'\n", 1);
    configured(line, "[lint.body]\n'users/*' = 'none.json'\n", 2)
        .says(&["cannot read the schema none.json", "api/apigw.toml:2:13: it is named there"]);
}

#[test]
fn a_broken_schema_is_a_mistake_with_its_place() {
    let cases = [
        ("{\n \"type\": ", "bad.json:2:", "this is not JSON"),
        ("{\"type\": \"text\"}", "bad.json:1:10: this is no JSON Schema", ""),
        ("{\"pattern\": \"(\"}", "bad.json:1:13: this is no JSON Schema", ""),
        ("{\"a\": 1,\n \"$ref\": \"#/$defs/x\"}", "bad.json:2:10: a reference leads nowhere", ""),
        (
            "{\"$ref\": \"https://example.com/a.json\"}",
            "bad.json:1:10: the schema refers to https://example.com/a.json, which is no file",
            "nothing is read from the network",
        ),
        (
            "{\"$schema\": \"https://example.com/d\"}",
            "bad.json:1:13: the dialect of this schema is not known",
            "",
        ),
        ("{\"$ref\": \"defs/none.json\"}", "bad.json:1:10: cannot read the schema sub/defs/none.json", ""),
        ("{\"$ref\": \"broken.json\"}", "sub/broken.json:1:2: this is not JSON", ""),
        ("{\"$ref\": \"defs\"}", "bad.json:1:10: cannot read the schema sub/defs: it is not a file", ""),
    ];
    for (schema, place, words) in cases {
        let run = run("lint-response --body-schema sub/bad.json out.json", "{}").file("sub/bad.json", schema);
        let run = run.file("sub/broken.json", "{oops").file("sub/defs/id.json", ID);
        let ran = run.exits(2).run().says(&[place, words]);
        assert_eq!(ran.stdout(), "", "{schema}");
    }
}

#[test]
fn references_stay_below_the_directory() {
    let above = apigw("lint-response --body-schema sub/s.json a.json")
        .file("sub/s.json", "{\"$ref\": \"../number.json\"}")
        .file("number.json", "{\"type\": \"number\"}")
        .file("a.json", "{\"statusCode\": 200, \"body\": \"true\"}");
    above.exits(1).run();
    let secret = "{\"password\": \"geheim\"}";
    let outside = apigw("lint-response --config api/apigw.toml api/a.json")
        .file("api/apigw.toml", "[lint.body]\n'**' = 's.json'\n")
        .file("api/s.json", "{\"$ref\": \"../secret.json\"}")
        .file("secret.json", secret)
        .file("api/a.json", "{\"statusCode\": 200, \"body\": \"1\"}")
        .exits(2)
        .run();
    assert!(!outside.stderr().contains("geheim"));
    outside.says(&["s.json:1:10: the schema refers to ", "secret.json, outside of "]);
}

#[test]
fn the_id_of_a_schema_may_be_its_published_name() {
    let schema = USER.replacen("\"type\"", "\"$id\": \"https://example.com/schemas/user.json\", \"type\"", 1);
    let result = r#"{"statusCode": 200, "body": "{\"id\": 0}"}"#;
    let run = apigw("lint-response --body-schema user.json out.json").file("user.json", schema);
    run.file("defs/id.json", ID).file("out.json", result).exits(1).run();
}

#[test]
fn two_schemas_for_one_status_are_a_mistake() {
    let line = "lint-response --body-schema user.json --body-schema default=user.json out.json";
    run(line, "{}")
        .exits(2)
        .run()
        .says(&["--body-schema: user.json and user.json are for the same statuses"]);
}
