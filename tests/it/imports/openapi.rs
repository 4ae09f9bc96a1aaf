//! `apigw event from openapi`.

use super::{apigw, at};
use serde_json::Value;

const SPEC: &str = "openapi: 3.0.3
servers:
  - url: https://a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com/{stage}
    variables: {stage: {default: dev}}
x-amazon-apigateway-binary-media-types: [image/png]
paths:
  /users/{id}:
    parameters:
      - {name: id, in: path, required: true, schema: {type: integer, minimum: 42}}
    get:
      operationId: getUser
      parameters:
        - {name: fields, in: query, explode: false, example: [a, b]}
    put:
      requestBody:
        content:
          application/json:
            schema: {$ref: '#/components/schemas/User'}
  /photo:
    post:
      requestBody: {content: {image/png: {example: png}}}
components:
  schemas:
    User: {type: object, properties: {name: {type: string, example: Ada}}}
";

#[test]
fn operations_become_events_of_their_routes() {
    let run =
        |flags: &str| apigw(&format!("event from openapi api.yaml {flags}")).file("api.yaml", SPEC).run();
    let event = run("--operation getUser").json();
    assert_eq!(at(&event, "/resource"), "/users/{id}");
    assert_eq!(at(&event, "/path"), "/users/42");
    assert_eq!(at(&event, "/requestContext/stage"), "dev");
    assert_eq!(at(&event, "/queryStringParameters/fields"), "a,b");
    let event = run("--operation 'put /users/{id}' --to http").json();
    assert_eq!(at(&event, "/routeKey"), "PUT /users/{id}");
    assert_eq!(at(&event, "/rawPath"), "/dev/users/42");
    assert_eq!(at(&event, "/body"), "{\"name\":\"Ada\"}");
    let ran = run("");
    let lines = ran.stdout();
    let events: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(events.len(), 3);
    assert_eq!(at(&events[2], "/isBase64Encoded"), true, "a binary media type of the document");
}

#[test]
fn another_host_has_a_base_path() {
    let spec = SPEC.replace("a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com", "api.example.com");
    let event = apigw("event from openapi api.yaml --operation getUser").file("api.yaml", &spec).run().json();
    assert_eq!(at(&event, "/path"), "/dev/users/42");
    assert_eq!(at(&event, "/requestContext/domainName"), "api.example.com");
    assert_eq!(at(&event, "/resource"), "/users/{id}");
    let spec = SPEC.replace("https://a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com", "");
    let event = apigw("event from openapi - --operation getUser").stdin(spec).run().json();
    assert_eq!(at(&event, "/requestContext/path"), "/prod/users/42");
}

#[test]
fn a_broken_reference_has_file_line_and_column() {
    let broken = SPEC.replace("schemas/User'", "schemas/Usr'");
    let ran = apigw("event from openapi api.yaml -o out.ndjson").file("api.yaml", &broken).exits(2).run();
    assert_eq!(ran.left(), ["api.yaml"]);
    ran.says(&[
        "api.yaml:18:28: the reference #/components/schemas/Usr leads nowhere",
        "help: there are: User",
    ]);
    let one = apigw("event from openapi api.yaml --operation getUser").file("api.yaml", &broken).run();
    assert_eq!(at(&one.json(), "/httpMethod"), "GET", "other operations do not need it");
    let ran = apigw("event from openapi api.yaml --operation nobody").file("api.yaml", SPEC).exits(2).run();
    ran.says(&["there is no operation `nobody`", "there are: getUser, PUT /users/{id}, POST /photo"]);
    apigw("event from openapi -").stdin("a: [").exits(2).run().says(&["<stdin>:1:", "not YAML"]);
}
