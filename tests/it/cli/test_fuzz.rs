//! `apigw test --fuzz`: hostile requests, what they find, and the command that shows it again.

use super::{Run, apigw};

/// A handler that forgets what clients may leave out.
const FORGETFUL: &str = "
import json
def handler(event, context):
    name = event['queryStringParameters']['name']
    length = len(event['headers']['x-name'])
    return {'statusCode': 200, 'body': json.dumps({'name': name, 'length': length})}
def careful(event, context):
    return {'statusCode': 200, 'body': json.dumps(event.get('queryStringParameters'))}
";

fn run(line: &str, handler: &str) -> Run {
    let suite = format!(
        "target: {{handler: {handler}, timeout: 20s, routes: ['ANY /users/{{id}}']}}\ncases:\n  \
         - name: greets\n    request: {{path: '/users/7', query: {{name: Ada}}, headers: {{x-name: a}}}}\n  \
         - name: posts\n    request: {{path: /users/7, query: {{name: Ada}}, headers: {{x-name: a}}, body: {{a: 1}}}}\n  \
         - name: an event\n    event: event.json\n"
    );
    let event = apigw("event gen rest-get --path '/users/7?name=Ada' -H 'x-name: a'").run();
    apigw(line).file("app.py", FORGETFUL).file("a.apigw.yaml", suite).file("event.json", event.bytes())
}

#[test]
fn what_clients_leave_out_is_found_and_shrunk_and_shown_again() {
    let ran = run("test --fuzz 60 --seed 7", "app.handler").exits(3).run();
    ran.snapshot("test-fuzz");
    let found = ran.stdout();
    let again = found.lines().find_map(|line| line.trim().strip_prefix("again: apigw ")).unwrap();
    let again = again.split("  #").next().unwrap();
    assert!(again.contains("--hostile "), "{again}");
    let shown = run(again, "app.handler").exits(3).run();
    assert!(shown.stdout().contains("hostile request: "), "{}", shown.transcript());
}

#[test]
fn a_careful_function_passes_and_the_seed_decides_what_is_sent() {
    let ran = run("test --fuzz 100 --format json", "app.careful").run();
    let report = ran.json();
    let names: Vec<_> =
        report["results"].as_array().unwrap().iter().map(|row| row["case"].as_str().unwrap()).collect();
    assert_eq!(names.len(), 5, "{names:?}");
    assert!(names[1].starts_with("greets: ") && names[1].ends_with(" hostile requests"), "{names:?}");
    run("test --hostile headers-non", "app.careful").exits(2).run().says(&["did you mean `headers-none`?"]);
}

#[test]
fn every_hostile_request_is_one_that_the_model_takes() {
    let names: Vec<_> = apigw::suite::hostile::ALL.iter().map(|own| own.name).collect();
    for (at, name) in names.iter().enumerate() {
        assert!(!names[..at].contains(name), "{name} stands twice");
    }
    for api in ["rest", "http", "http-v1", "url", "alb", "alb-multi"] {
        let bin = crate::transport::example("greeting");
        let suite = format!(
            "target: {{bin: '{}', api: {api}}}\ncases:\n  - {{name: a, request: {{method: POST, path: '/a?name=b', headers: {{content-type: text/plain}}, body: {{a: 1}}}}}}\n",
            bin.display()
        );
        let line = format!("test --fuzz {} --format json", names.len());
        let ran = apigw(&line).file("a.apigw.yaml", suite).run();
        let told = ran.json()["results"][1]["case"].as_str().unwrap().to_owned();
        let sent: usize = told.split(' ').nth(1).unwrap().parse().unwrap();
        // No route has parameters here.
        assert_eq!(sent, names.len() - 1, "{api}: {told}");
    }
}
