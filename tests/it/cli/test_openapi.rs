//! `apigw test --openapi`: what the examples of a document ask, and the answers that it describes.

use super::{Ran, Run, apigw};

const DOCUMENT: &str = r##"
openapi: 3.0.3
info: {title: Users, version: '1'}
servers: [{url: https://api.example.com/v1}]
paths:
  /users/{id}:
    get:
      operationId: readUser
      parameters: [{name: id, in: path, required: true, schema: {type: string, example: ada}}]
      responses:
        '200': {$ref: '#/components/responses/User'}
        4XX: {description: wrong, content: {application/problem+json: {schema: {type: object, required: [title]}}}}
    delete:
      operationId: dropUser
      parameters: [{name: id, in: path, required: true, schema: {type: string, example: gone}}]
      responses: {'204': {description: gone}, default: {description: other, content: {text/*: {}}}}
  /users:
    post:
      operationId: makeUser
      requestBody:
        content:
          application/json:
            examples:
              plain: {value: {name: Ada}}
              other: {$ref: '#/components/examples/Other'}
      responses: {'201': {$ref: '#/components/responses/User'}}
components:
  examples: {Other: {value: {name: '${{ no variable }}'}}}
  responses:
    User: {description: a user, content: {application/json: {schema: {$ref: '#/components/schemas/User'}}}}
  schemas:
    User:
      type: object
      required: [name, boss]
      properties:
        name: {type: string}
        age: {type: number, minimum: 0, exclusiveMinimum: true}
        boss: {nullable: true, allOf: [{$ref: '#/components/schemas/User'}]}
"##;

const HANDLER: &str = r#"
import json
def handler(event, context):
    method, path = event["requestContext"]["http"]["method"], event["rawPath"]
    answer = json.load(open("answers.json")).get(method + " " + path, {})
    if "error" in answer:
        raise ValueError(answer["error"])
    body = answer.get("body", {"name": "Ada", "boss": None, "age": 1})
    if method == "POST" and "as_sent" not in answer:
        body["name"] = json.loads(event["body"])["name"]
    headers = {"content-type": answer.get("type", "application/json")}
    return {"statusCode": answer.get("status", 200), "headers": headers, "body": json.dumps(body)}
"#;

fn asked(flags: &str, answers: &str) -> Run {
    apigw(&format!("test --openapi api.yaml {flags}"))
        .file("api.yaml", DOCUMENT)
        .file("app.py", HANDLER)
        .file("answers.json", answers)
}

const TARGET: &str = "--target handler=app.handler --target api=http";

const GOOD: &str = r#"{"POST /users": {"status": 201}, "DELETE /users/gone": {"status": 204}}"#;

fn verdicts(ran: &Ran) -> Vec<(String, String)> {
    let report = ran.json();
    let rows = report["results"].as_array().unwrap();
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    rows.iter().map(|row| (text(&row["case"]), text(&row["verdict"]))).collect()
}

#[test]
fn each_operation_and_each_example_is_a_case() {
    let ran = asked(&format!("--format json {TARGET}"), GOOD).run();
    let verdicts = verdicts(&ran);
    let names: Vec<_> = verdicts.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["readUser", "dropUser", "makeUser: plain", "makeUser: other"]);
    assert!(verdicts.iter().all(|(_, verdict)| verdict == "passed"), "{}", ran.transcript());
    let one = asked(&format!("--format json {TARGET} --filter other"), GOOD).run();
    assert!(one.stdout().contains("${{ no variable }}"), "{}", one.transcript());
}

#[test]
fn answers_have_to_be_as_described() {
    let answer = |name: &str, answer: &str| {
        let answers = format!(r#"{{"{name}": {answer}}}"#);
        asked(&format!("{TARGET} --filter readUser --filter dropUser"), &answers)
    };
    let good = r#"{"status": 204}"#;
    for (name, given, words) in [
        ("GET /users/ada", r#"{"status": 302}"#, "the document describes no answer with 302"),
        ("GET /users/ada", r#"{"type": "text/html"}"#, "no 200 of the content type `text/html`"),
        ("GET /users/ada", r#"{"body": {"boss": null}}"#, "\"name\" is a required property"),
        (
            "GET /users/ada",
            r#"{"body": {"name": "a", "boss": {"name": 1}}}"#,
            "the body's /boss does not fit the schema",
        ),
        (
            "GET /users/ada",
            r#"{"body": {"name": "a", "boss": null, "age": 0}}"#,
            "the body's /age does not fit the schema",
        ),
        (
            "GET /users/ada",
            r#"{"status": 404, "type": "application/problem+json"}"#,
            "\"title\" is a required property",
        ),
        ("DELETE /users/gone", r#"{"status": 500}"#, "no 500 of the content type `application/json`"),
    ] {
        let ran = answer(name, given).exits(1).run();
        assert!(ran.stdout().contains(words), "{words} in {}", ran.transcript());
    }
    answer("GET /users/ada", r#"{"error": "no such luck"}"#).exits(3).run();
    answer("DELETE /users/gone", r#"{"status": 409, "type": "text/plain"}"#).exits(0).run();
    answer("DELETE /users/gone", good).exits(0).run();
    answer("GET /users/ada", r#"{"body": {"name": "a"}}"#).exits(1).run().snapshot("test-openapi");
}

#[test]
fn a_suite_gives_its_target_and_what_it_asks_by_default() {
    let suite = "target: {template: ../template.yaml, no-auth: Guard}\nsetup: echo 1\ndefaults: {request: {headers: {x-a: b}}}\n\
                 cases: [{name: own, request: GET /}]\n";
    let template = r#"
Transform: AWS::Serverless-2016-10-31
Resources:
  Users:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3
      CodeUri: .
      Handler: code.handler
      Events: {All: {Type: HttpApi, Properties: {Path: /users/{proxy+}, Method: get}}}
"#
    .replace("/users/{proxy+}", "'/users/{proxy+}'");
    let code = "def handler(event, context):\n    return {'statusCode': 200, 'headers': {'content-type': 'application/json'}, 'body': '{\"name\": \"' + event['headers']['x-a'] + '\", \"boss\": null}'}\n";
    let ran = asked("tests --format json --filter readUser", GOOD)
        .file("tests/a.apigw.yaml", suite.replace(", no-auth: Guard", ""))
        .file("template.yaml", template)
        .file("code.py", code)
        .run();
    assert_eq!(verdicts(&ran), [("readUser".to_owned(), "passed".to_owned())]);
}

#[test]
fn hostile_requests_are_told_with_the_command_that_shows_them_again() {
    let boom = r#"{"POST /users": {"status": 201, "body": {"boss": null}}}"#;
    let ran = asked(&format!("{TARGET} --filter plain --fuzz 60"), boom).exits(3).run();
    let again =
        "again: apigw test --target handler=app.handler --target api=http --openapi api.yaml --filter";
    assert!(ran.stdout().contains(again), "{}", ran.transcript());
}

#[test]
fn mistakes_name_their_place() {
    asked("", GOOD).exits(2).run().says(&["--openapi needs somebody to ask", "--target bin=./bootstrap"]);
    asked("--target bni=x", GOOD)
        .exits(2)
        .run()
        .says(&["--target: the key `bni` is not known", "the keys are bin"]);
    asked("--target bin=x tests", GOOD).exits(2).run();
    apigw("test --target bin=x").exits(2).run();
    apigw("test --openapi a.yaml --target bin=x").file("a.yaml", "a: 1").exits(2).run().says(&["a.yaml:1:1"]);
    let loops = DOCUMENT.replace("'#/components/responses/User'", "'#/components/responses/Gone'");
    asked(TARGET, GOOD).file("api.yaml", loops).exits(2).run().says(&["api.yaml:11:", "leads nowhere"]);
}
