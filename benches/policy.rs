//! How many requests a compiled policy answers in a second, with and without reasons, how long
//! containment and overlap of patterns take, and how long a large template takes to be read.
//!
//! The yardstick of the same run is what a program cannot do without: to read the request, which
//! `serde_json` does here from a short text.
//!
//! `cargo bench --bench policy`

#![allow(clippy::print_stdout, clippy::unwrap_used)]

mod cpu;

use apigw::lint::{self, judge_policy};
use apigw::policy::{self, ArnPattern, Caller, Context, Decision, Pattern, Policy, Request};
use apigw::template::{Document, Given, Template};
use cpu::cpu_seconds;
use serde_json::{Value, json};
use std::hint::black_box;

const STATEMENTS: usize = 20;
const REPETITIONS: usize = 9;
const API: &str = "arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5";
const ROUTES: usize = 500;
const FUNCTION: &str = "arn:aws:lambda:us-east-1:123456789012:function:users";

fn main() {
    let parse = fastest(100_000, || serde_json::from_str::<Value>(black_box(REQUEST)).unwrap());
    println!("reading a request with serde_json: {parse:.0} ns");
    let told = |what: &str, requests: &[(Request, Decision)], policy: &Policy| {
        for (request, expected) in requests {
            assert_eq!(policy.decide(request), *expected, "{what}: {}", request.resource);
        }
        let mut next = requests.iter().cycle();
        let ns = fastest(200_000, || policy.decide(black_box(&next.next().unwrap().0)));
        println!("{what}: {:.2} million decisions a second, {:.2} × the yardstick", 1e3 / ns, ns / parse);
    };
    let policy = Policy::new(&policy::Document::read(&grants()), None);
    let last = STATEMENTS - 1;
    told("grants, the first applies", &[(call("prod/GET/route0/7"), Decision::Allowed)], &policy);
    told(
        "grants, the last applies",
        &[(call(&format!("prod/GET/route{last}/7")), Decision::Allowed)],
        &policy,
    );
    told("grants, none applies", &[(call("prod/GET/nowhere/7"), Decision::ImplicitDeny)], &policy);
    let each = |route| (call(&format!("prod/GET/route{route}/7")), Decision::Allowed);
    told("grants, each applies in turn", &(0..STATEMENTS).map(each).collect::<Vec<_>>(), &policy);
    told(
        "policy of a REST API, mixed",
        &calls(),
        &Policy::new(&policy::Document::read(&resource_policy()), Some(API)),
    );
    told(
        "policy of an authorizer, mixed",
        &methods(),
        &Policy::new(&policy::Document::read(&authorizer()), None),
    );

    let none = call("prod/GET/nowhere/7");
    let nanoseconds = fastest(2_000, || policy.explain(black_box(&none)));
    println!("grants, with reasons: {:.0} thousand a second", 1e6 / nanoseconds);
    relations();
    templates();
}

fn templates() {
    let source = template();
    let lines = source.lines().count();
    let tree = |source: &str| Document::parse("template.yaml", source).unwrap();
    let parse = fastest(3, || tree(black_box(&source)).root().span);
    let events = fastest(3, || granit_parser::Parser::new_from_str(black_box(&source)).count());
    let template = Template::of(tree(&source)).unwrap();
    let read = fastest(3, || template.read(&Given::default()).unwrap().grants.len());
    let model = template.read(&Given::default()).unwrap();
    let routes: usize = model.apis.iter().map(|api| api.routes.len()).sum();
    assert_eq!((routes, model.left_out.len()), (ROUTES + 1, 0));
    let judged =
        || judge_policy(&lint::Document::whole("template.yaml", source.as_bytes()), &Given::default());
    let check = fastest(3, || judged().findings.len());
    println!(
        "{lines} lines of SAM with {routes} routes: {:.1} ms to parse, of which {:.1} ms in the parser of YAML, {:.1} ms to read; {:.1} ms to be checked as a whole",
        parse / 1e6,
        events / 1e6,
        read / 1e6,
        check / 1e6
    );
}

/// A template of SAM: a REST API with an authorizer whose routes are events of a function each, and
/// an HTTP API.
fn template() -> String {
    let mut text = HEAD.to_owned();
    for at in 0..ROUTES {
        text.push_str(&FUNCTION_OF_SAM.replace("{at}", &at.to_string()));
    }
    text
}

fn relations() {
    let arn = |piece: &str, stars: usize| ArnPattern::of_condition(&format!("{API}/{}", piece.repeat(stars)));
    for (stars, a, b) in [(20, "*a?", "*b?a"), (20, "*a", "*a"), (100, "?*", "*?"), (100, "*a?", "*?a")] {
        let (a, b) = (arn(a, stars), arn(b, stars));
        let contains = fastest(500, || black_box(&a).contains(&b)) / 1e3;
        let intersects = fastest(500, || black_box(&a).intersects(&b)) / 1e3;
        println!("{stars} stars each: contains {contains:.2} µs, intersects {intersects:.2} µs");
    }
    let hostile = Pattern::new(&("*a".repeat(500) + &"?".repeat(500) + "b*c"));
    let text = "a".repeat(2_000) + "c";
    println!(
        "500 stars on 2,000 letters: matches {:.2} ms",
        fastest(5, || black_box(&hostile).matches(&text)) / 1e6
    );
    println!(
        "500 stars each: contains {:.2} ms",
        fastest(5, || black_box(&hostile).contains(&hostile)) / 1e6
    );
}

/// The request of a function's grant as a text.
const REQUEST: &str = r#"{"action": "lambda:InvokeFunction",
    "resource": "arn:aws:lambda:us-east-1:123456789012:function:users",
    "caller": {"Service": "apigateway.amazonaws.com"},
    "context": {"aws:SourceArn": "arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/GET/route0/7",
    "aws:SourceAccount": "123456789012"}}"#;

/// The policy that a function gets with a permission for each of its routes, as AddPermission
/// writes it (P-091, P-092); every other one with the account.
fn grants() -> Value {
    let grant = |route: usize| {
        let mut condition = json!({"ArnLike": {"AWS:SourceArn": format!("{API}/*/GET/route{route}/*")}});
        if route.is_multiple_of(2) {
            condition["StringEquals"] = json!({"AWS:SourceAccount": "123456789012"});
        }
        json!({
            "Sid": format!("route{route}"),
            "Effect": "Allow",
            "Principal": {"Service": Caller::API_GATEWAY},
            "Action": "lambda:InvokeFunction",
            "Resource": FUNCTION,
            "Condition": condition,
        })
    };
    document("default", &(0..STATEMENTS).map(grant).collect::<Vec<_>>())
}

fn document(id: &str, statements: &[Value]) -> Value {
    json!({"Version": "2012-10-17", "Id": id, "Statement": statements})
}

fn call(source: &str) -> Request {
    Request {
        action: "lambda:InvokeFunction".to_owned(),
        resource: FUNCTION.to_owned(),
        caller: Caller::Service(Caller::API_GATEWAY.to_owned()),
        context: Context::new()
            .with("aws:SourceArn", format!("{API}/{source}"))
            .with("aws:SourceAccount", "123456789012"),
    }
}

/// The policy of a REST API: open to everybody, but closed outside of an office's networks, an
/// organization and a VPC endpoint, path by path.
fn resource_policy() -> Value {
    let everybody = |effect: &str, path: &str, condition: Value| {
        json!({
            "Effect": effect,
            "Principal": "*",
            "Action": "execute-api:Invoke",
            "Resource": format!("execute-api:/{path}"),
            "Condition": condition,
        })
    };
    let networks = ["203.0.113.0/24", "198.51.100.0/24", "2001:db8::/32"];
    let mut statements = vec![
        everybody("Allow", "*", json!({"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}})),
        everybody("Deny", "prod/*/admin/*", json!({"NotIpAddress": {"aws:SourceIp": networks}})),
        everybody(
            "Deny",
            "internal/*",
            json!({"StringNotEquals": {"aws:SourceVpce": "vpce-0a1b2c3d4e5f6a7b8"}}),
        ),
        everybody("Deny", "*", json!({"Bool": {"aws:SecureTransport": "false"}})),
    ];
    let partner = |at: usize| {
        everybody(
            "Allow",
            &format!("prod/*/partner{at}/*"),
            json!({"IpAddress": {"aws:SourceIp": format!("192.0.2.{at}/32")}}),
        )
    };
    statements.extend((statements.len()..STATEMENTS).map(partner));
    document("api", &statements)
}

/// Of four calls one is from the organization, one from the last partner, one denied by its
/// address, and one of nobody known.
fn calls() -> Vec<(Request, Decision)> {
    let call = |path: &str, address: &str, organization: Option<&str>| {
        let context = Context::new().with("aws:SourceIp", address).with("aws:SecureTransport", "true");
        Request {
            action: "execute-api:Invoke".to_owned(),
            resource: format!("{API}/{path}"),
            caller: Caller::Anonymous,
            context: organization.into_iter().fold(context, |own, id| own.with("aws:PrincipalOrgID", id)),
        }
    };
    vec![
        (call("prod/GET/users/7", "203.0.113.7", Some("o-a1b2c3d4e5")), Decision::Allowed),
        (call("prod/GET/partner19/7", "192.0.2.19", None), Decision::Allowed),
        (call("prod/GET/admin/7", "192.0.2.19", Some("o-a1b2c3d4e5")), Decision::ExplicitDeny),
        (call("prod/GET/users/7", "192.0.2.77", None), Decision::ImplicitDeny),
    ]
}

/// What an authorizer returns that lists the methods a caller may call, and denies one for all routes.
fn authorizer() -> Value {
    let statement = |effect: &str, path: String| json!({"Effect": effect, "Action": "execute-api:Invoke", "Resource": format!("{API}/{path}")});
    let mut statements: Vec<_> =
        (1..STATEMENTS).map(|at| statement("Allow", format!("prod/GET/route{at}/*"))).collect();
    statements.push(statement("Deny", "prod/DELETE/*".to_owned()));
    document("authorizer", &statements)
}

/// Of three calls one is allowed by the last statement that allows, one is denied, and one is not
/// told of.
fn methods() -> Vec<(Request, Decision)> {
    let call = |path: &str| Request {
        action: "execute-api:Invoke".to_owned(),
        resource: format!("{API}/{path}"),
        caller: Caller::Anonymous,
        context: Context::new(),
    };
    vec![
        (call("prod/GET/route19/7"), Decision::Allowed),
        (call("prod/DELETE/route19/7"), Decision::ExplicitDeny),
        (call("prod/POST/route19/7"), Decision::ImplicitDeny),
    ]
}

/// Nanoseconds of the processor for one call: the smallest of the means of several runs.
fn fastest<T>(calls: u32, mut call: impl FnMut() -> T) -> f64 {
    let means = (0..REPETITIONS).map(|_| {
        let started = cpu_seconds();
        for _ in 0..calls {
            black_box(call());
        }
        (cpu_seconds() - started) * 1e9 / f64::from(calls)
    });
    means.fold(f64::INFINITY, f64::min)
}

const HEAD: &str = r#"AWSTemplateFormatVersion: "2010-09-09"
Transform: AWS::Serverless-2016-10-31
Description: Five hundred routes
Parameters:
  Stage:
    Type: String
    Default: prod
  Level:
    Type: String
    Default: info
Globals:
  Function:
    Runtime: provided.al2023
    Timeout: 10
    MemorySize: 256
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
Resources:
  Api:
    Type: AWS::Serverless::Api
    Properties:
      StageName: !Ref Stage
      Auth:
        DefaultAuthorizer: Tokens
        Authorizers:
          Tokens:
            FunctionArn: !GetAtt Authorizer.Arn
            Identity:
              Header: Authorization
  Web:
    Type: AWS::Serverless::HttpApi
    Properties:
      StageName: $default
  Table:
    Type: AWS::DynamoDB::Table
    Properties:
      BillingMode: PAY_PER_REQUEST
  Authorizer:
    Type: AWS::Serverless::Function
    Properties:
      Handler: bootstrap
      CodeUri: target/lambda/authorizer/
  Front:
    Type: AWS::Serverless::Function
    Properties:
      Handler: bootstrap
      CodeUri: target/lambda/front/
      Events:
        Home:
          Type: HttpApi
          Properties:
            ApiId: !Ref Web
            Method: GET
            Path: /home
"#;

const FUNCTION_OF_SAM: &str = r#"
  # What the route /users/{user}/route{at} calls.
  Route{at}Function:
    Type: AWS::Serverless::Function
    Metadata:
      BuildMethod: rust-cargolambda
      BuildProperties:
        Binary: route{at}
    Properties:
      FunctionName: !Sub "${AWS::StackName}-route{at}-${Stage}"
      Description: Answers GET /users/{user}/route{at}
      CodeUri: target/lambda/route{at}/
      Handler: bootstrap
      Architectures:
        - arm64
      Environment:
        Variables:
          TABLE: !Ref Table
          LEVEL: !Ref Level
          RUST_LOG: !If [IsProd, warn, debug]
      Policies:
        - DynamoDBReadPolicy:
            TableName: !Ref Table
        - Version: "2012-10-17"
          Statement:
            - Effect: Allow
              Action:
                - logs:CreateLogStream
                - logs:PutLogEvents
              Resource: !Sub "arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:/aws/lambda/*"
      Tags:
        team: "users"
        route: "route{at}"
      Events:
        Get:
          Type: Api
          Properties:
            RestApiId: !Ref Api
            Method: GET
            Path: /users/{user}/route{at}
"#;
