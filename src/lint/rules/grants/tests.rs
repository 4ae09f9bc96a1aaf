//! The size of a policy, for which no example is short enough.

use crate::lint::{Document, Severity, judge_policy};
use crate::template::Given;
use serde_json::{Value, json};

/// A policy with that many grants, as GetPolicy prints it.
fn policy(grants: usize) -> Value {
    let grant = |at: usize| {
        json!({
            "Sid": format!("route{at}"), "Effect": "Allow",
            "Principal": {"Service": "apigateway.amazonaws.com"}, "Action": "lambda:InvokeFunction",
            "Resource": "arn:aws:lambda:eu-west-1:123456789012:function:users",
            "Condition": {"ArnLike": {"AWS:SourceArn":
                format!("arn:aws:execute-api:eu-west-1:123456789012:a1b2c3d4e5/*/GET/route{at}")}},
        })
    };
    let statements: Vec<_> = (0..grants).map(grant).collect();
    json!({"Version": "2012-10-17", "Statement": statements})
}

#[test]
fn the_size_of_a_policy_is_that_without_space() {
    for (grants, expected) in [(45, None), (60, Some(Severity::Warning)), (80, Some(Severity::Error))] {
        let policy = policy(grants);
        let bytes = policy.to_string().len();
        for text in [
            serde_json::to_string_pretty(&policy).unwrap(),
            json!({"Policy": policy.to_string(), "RevisionId": "r"}).to_string(),
        ] {
            let judged = judge_policy(&Document::whole("p.json", text.as_bytes()), &Given::default());
            let found = judged.findings.iter().find(|finding| finding.rule.code == "AGW323");
            assert_eq!(found.map(|finding| finding.severity), expected, "{bytes}");
            assert!(found.is_none_or(|finding| finding.message.contains(&bytes.to_string())));
        }
    }
}
