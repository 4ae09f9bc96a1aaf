//! Rules and causes as rows of the JSON contract.

use super::{said, situation};
use crate::gateway::Front;
use crate::lint::{Cause, Example, Known, Rule, Sign};
use serde_json::{Map, Value, json};

/// A row of `apigw rules`.
pub fn rule(rule: &Rule) -> Value {
    let fact = |known: Known| json!({ "fact": known.fact, "evidence": known.evidence.map(|evidence| evidence.name()) });
    let facts: Vec<_> = rule.known().into_iter().map(fact).collect();
    let (code, name) = (rule.code, rule.name);
    json!({ "code": code, "name": name, "severity": rule.severity.name(), "title": rule.title, "facts": facts })
}

/// A row of `apigw explain` about a rule: the same with all that is said about it.
pub fn explained(own: &Rule) -> Value {
    let fix = |fix: &crate::lint::Fix| json!({ "language": fix.language, "code": fix.code });
    let log = |(fronts, line): (Vec<Front>, &str)| {
        let fronts: Vec<_> = fronts.iter().map(|front| front.name()).collect();
        json!({ "line": line, "fronts": fronts })
    };
    let explanation = Map::from_iter([
        ("why".to_owned(), own.why.into()),
        ("help".to_owned(), own.help.into()),
        ("logs".to_owned(), own.logs().into_iter().map(log).collect()),
        ("bad".to_owned(), own.bad.iter().map(|bad| example(bad, said(own, bad).as_deref())).collect()),
        ("good".to_owned(), example(&own.good, None)),
        ("fixes".to_owned(), own.fixes.iter().map(fix).collect()),
    ]);
    let mut row = rule(own);
    if let Value::Object(members) = &mut row {
        members.extend(explanation);
    }
    row
}

fn example(example: &Example, said: Option<&str>) -> Value {
    json!({ "text": example.result, "situation": situation(example), "message": said })
}

/// A row of `apigw explain` about a cause.
pub fn cause(cause: &Cause) -> Value {
    json!({
        "cause": cause.name,
        "title": cause.title,
        "answered_by": cause.who.name(),
        "flavor": cause.from.map(|flavor| flavor.facts().name),
        "signs": cause.signs.iter().map(sign).collect::<Vec<_>>(),
        "means": cause.means,
        "next": cause.next,
        "commands": cause.commands,
        "rules": cause.rules,
        "facts": cause.facts,
        "evidence": cause.evidence.name(),
    })
}

fn sign(sign: &Sign) -> Value {
    match sign {
        Sign::Answer(error) => {
            json!({ "status": error.status, "error_type": error.error_type, "body": error.body })
        }
        Sign::Status(status) => json!({ "status": status }),
        Sign::Words(words) => json!({ "words": words }),
        Sign::Shown(what, _) => json!({ "shown": what }),
    }
}
