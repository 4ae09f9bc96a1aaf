//! How many requests a compiled policy answers in a second, with and without reasons, and how long
//! containment and overlap of patterns take.
//!
//! `cargo bench --bench policy`

#![allow(clippy::print_stdout, clippy::unwrap_used)]

use apigw::policy::{ArnPattern, Caller, Context, Decision, Document, Pattern, Policy, Request};
use serde_json::{Value, json};
use std::hint::black_box;
use std::time::Instant;

const STATEMENTS: usize = 20;
const REPETITIONS: usize = 9;
const API: &str = "arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5";
const FUNCTION: &str = "arn:aws:lambda:us-east-1:123456789012:function:users";

fn main() {
    let policy = Policy::new(&Document::read(&grants()), None);
    let first = request("prod/GET/route0/{id}");
    let last = request(&format!("prod/GET/route{}/{{id}}", STATEMENTS - 1));
    let none = request("prod/GET/nowhere/{id}");
    assert_eq!(policy.decide(&last), Decision::Allowed);
    assert_eq!(policy.decide(&none), Decision::ImplicitDeny);
    for (name, request) in [("first", first), ("last", last), ("no", none)] {
        let nanoseconds = median(200_000, || policy.decide(black_box(&request)));
        println!("{name} statement applies: {:.2} million decisions a second", 1e3 / nanoseconds);
    }
    let none = request("prod/GET/nowhere/{id}");
    let nanoseconds = median(2_000, || policy.explain(black_box(&none)));
    println!("with reasons: {:.0} thousand a second", 1e6 / nanoseconds);
    relations();
}

fn relations() {
    let arn = |piece: &str| format!("{API}/{}", piece.repeat(20));
    let (a, b) = (ArnPattern::of_condition(&arn("*a?")), ArnPattern::of_condition(&arn("*b?a")));
    println!("20 stars each: contains {:.2} µs", median(2_000, || black_box(&a).contains(&b)) / 1e3);
    println!("20 stars each: intersects {:.2} µs", median(2_000, || black_box(&a).intersects(&b)) / 1e3);
    let hostile = Pattern::new(&("*a".repeat(500) + &"?".repeat(500) + "b"));
    let text = "a".repeat(2_000);
    println!("500 stars on 2,000 letters: {:.2} ms", median(5, || black_box(&hostile).matches(&text)) / 1e6);
    println!("500 stars each: contains {:.2} ms", median(5, || black_box(&hostile).contains(&hostile)) / 1e6);
}

/// The policy that a function gets with a permission for each of its routes.
fn grants() -> Value {
    let grant = |route: usize| {
        json!({
            "Sid": format!("route{route}"),
            "Effect": "Allow",
            "Principal": {"Service": Caller::API_GATEWAY},
            "Action": "lambda:InvokeFunction",
            "Resource": FUNCTION,
            "Condition": {
                "StringEquals": {"AWS:SourceAccount": "123456789012"},
                "ArnLike": {"AWS:SourceArn": format!("{API}/*/GET/route{route}/*")},
            },
        })
    };
    json!({"Version": "2012-10-17", "Id": "default", "Statement": (0..STATEMENTS).map(grant).collect::<Vec<_>>()})
}

fn request(source: &str) -> Request {
    Request {
        action: "lambda:InvokeFunction".to_owned(),
        resource: FUNCTION.to_owned(),
        caller: Caller::Service(Caller::API_GATEWAY.to_owned()),
        context: Context::new()
            .with("aws:SourceArn", format!("{API}/{source}"))
            .with("aws:SourceAccount", "123456789012"),
    }
}

/// Nanoseconds of one call: the median of the means of several runs.
fn median<T>(calls: u32, mut call: impl FnMut() -> T) -> f64 {
    let mut means: Vec<f64> = (0..REPETITIONS)
        .map(|_| {
            let started = Instant::now();
            for _ in 0..calls {
                black_box(call());
            }
            started.elapsed().as_secs_f64() * 1e9 / f64::from(calls)
        })
        .collect();
    means.sort_by(f64::total_cmp);
    means[means.len() / 2]
}
