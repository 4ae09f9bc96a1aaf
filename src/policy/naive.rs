//! Decisions against an evaluation as plain as the rules: it compiles and shares nothing.

use super::*;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

const API: &str = "arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5";
const FUNCTION: &str = "arn:aws:lambda:us-east-1:123456789012:function:users";

/// P-080: a denial wins, and silence denies.
fn naive(statements: &[Value], request: &Request) -> Decision {
    let says = |effect: &str| statements.iter().any(|own| own["Effect"] == effect && is_about(own, request));
    match (says("Deny"), says("Allow")) {
        (true, _) => Decision::ExplicitDeny,
        (false, true) => Decision::Allowed,
        (false, false) => Decision::ImplicitDeny,
    }
}

fn is_about(statement: &Value, request: &Request) -> bool {
    let has = |name: &str, fits: &dyn Fn(&str) -> bool| {
        let negated = statement.get(format!("Not{name}"));
        let own = statement.get(name).or(negated);
        own.map(|own| texts(own).into_iter().any(fits) != negated.is_some())
    };
    let action = |own: &str| glob(&own.to_lowercase(), &request.action.to_lowercase());
    let resource = |own: &str| own == "*" || arn_like(own, &request.resource);
    let service = |own: &str| matches!(&request.caller, Caller::Service(name) if name == own);
    let principal = match statement.get("Principal") {
        None => true,
        Some(Value::String(everybody)) => everybody == "*",
        Some(own) => texts(&own["Service"]).into_iter().any(service),
    };
    let conditions = statement.get("Condition").and_then(Value::as_object);
    let mut conditions = conditions.into_iter().flatten().flat_map(|(operator, keys)| {
        keys.as_object().into_iter().flatten().map(move |(key, wanted)| (operator, key, wanted))
    });
    has("Action", &action) == Some(true)
        && has("Resource", &resource) == Some(true)
        && principal
        && conditions.all(|(operator, key, wanted)| holds(operator, request.context.get(key), &texts(wanted)))
}

fn holds(operator: &str, found: Option<&Values>, wanted: &[&str]) -> bool {
    if operator == "Null" {
        return wanted.contains(&if found.is_none() { "true" } else { "false" });
    }
    let Some(Values::One(value)) = found else {
        return operator.contains("Not") || operator.ends_with("IfExists"); // P-069
    };
    let fits = |own: &&str| match operator {
        "ArnLike" | "ArnNotLike" => arn_like(own, value),
        "StringLike" => glob(own, value),
        _ => own == value,
    };
    wanted.iter().any(fits) != operator.contains("Not")
}

fn texts(value: &Value) -> Vec<&str> {
    let items = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
    items.iter().filter_map(Value::as_str).collect()
}

fn arn_like(pattern: &str, arn: &str) -> bool {
    let (patterns, parts): (Vec<_>, Vec<_>) =
        (pattern.splitn(6, ':').collect(), arn.splitn(6, ':').collect());
    parts.len() == 6 && patterns.len() == 6 && patterns.iter().zip(parts).all(|(own, part)| glob(own, part))
}

fn glob(pattern: &str, text: &str) -> bool {
    let rest = |text: &str| text.chars().next().map(|letter| text[letter.len_utf8()..].to_owned());
    match (pattern.chars().next(), text.chars().next()) {
        (None, None) => true,
        (Some('*'), _) => glob(&pattern[1..], text) || rest(text).is_some_and(|rest| glob(pattern, &rest)),
        (Some(own), Some(letter)) if own == '?' || own == letter => {
            glob(&pattern[own.len_utf8()..], &text[letter.len_utf8()..])
        }
        _ => false,
    }
}

/// One of a few values, or two of them in a list.
fn few(values: Vec<String>) -> impl Strategy<Value = Value> {
    let one = prop::sample::select(values);
    prop_oneof![3 => one.clone().prop_map(Value::from), 1 => prop::collection::vec(one, 2).prop_map(Value::from)]
}

fn owned(values: &[&str]) -> Vec<String> {
    values.iter().map(|value| (*value).to_owned()).collect()
}

fn sources() -> Vec<String> {
    let forms = ["*/GET/users/*", "prod/*", "*/users/4?", "*/*/users*2", "prod/GET/users/42", "*"];
    let grants = (0..60).map(|route| format!("{API}/*/GET/route{route}/*"));
    forms
        .iter()
        .map(|form| format!("{API}/{form}"))
        .chain(grants)
        .chain(["arn:*:*:*:*:*é?".to_owned()])
        .collect()
}

/// A condition: an operator, a key in some case, and values. There are more keys than a decision
/// looks up at once.
fn condition() -> impl Strategy<Value = (String, Map<String, Value>)> {
    let arn = prop::sample::select(owned(&["ArnLike", "ArnLike", "ArnNotLike", "StringLike"]));
    let source = (arn, prop::sample::select(owned(&["aws:SourceArn", "AWS:SourceArn"])), few(sources()));
    let text = prop::sample::select(owned(&["StringEquals", "StringNotEquals", "StringEqualsIfExists"]));
    let account = (text.clone(), Just("AWS:SourceAccount".to_owned()), few(owned(&["123456789012", "1"])));
    let other = (text, (0..12).prop_map(|at| format!("x:Key{at}")), few(owned(&["a", "b"])));
    let missing = (
        Just("Null".to_owned()),
        (0..12).prop_map(|at| format!("x:key{at}")),
        few(owned(&["true", "false"])),
    );
    prop_oneof![4 => source, 2 => account, 2 => other, 1 => missing]
        .prop_map(|(operator, key, values)| (operator, Map::from_iter([(key, values)])))
}

fn statement() -> impl Strategy<Value = Value> {
    let named = |names: &[&str], values: &[&str]| (prop::sample::select(owned(names)), few(owned(values)));
    let principal = prop::sample::select(vec![
        None,
        Some(json!("*")),
        Some(json!({"Service": Caller::API_GATEWAY})),
        Some(json!({"Service": ["events.amazonaws.com"]})),
    ]);
    (
        prop_oneof![5 => Just("Allow"), 1 => Just("Deny")],
        principal,
        named(
            &["Action", "Action", "Action", "NotAction"],
            &["*", "lambda:InvokeFunction", "Lambda:invoke*", "s3:GetObject"],
        ),
        named(
            &["Resource", "Resource", "Resource", "NotResource"],
            &["*", FUNCTION, "arn:aws:lambda:*:*:function:u?ers", "arn:aws:s3:::x"],
        ),
        prop::collection::vec(condition(), 0..3),
    )
        .prop_map(|(effect, principal, (action, actions), (resource, resources), conditions)| {
            let mut statement = json!({"Effect": effect, (action): actions, (resource): resources});
            if let Some(principal) = principal {
                statement["Principal"] = principal;
            }
            statement["Condition"] = conditions
                .into_iter()
                .map(|(operator, keys)| (operator, Value::Object(keys)))
                .collect::<Map<_, _>>()
                .into();
            statement
        })
}

fn request() -> impl Strategy<Value = Request> {
    let source = prop_oneof![
        2 => Just("prod/GET/users/42".to_owned()),
        3 => (0..60).prop_map(|route| format!("prod/GET/route{route}/é")),
        1 => Just("dev/POST/users".to_owned()),
    ];
    let caller = prop_oneof![
        3 => Just(Caller::Service(Caller::API_GATEWAY.to_owned())),
        1 => Just(Caller::Anonymous),
    ];
    let others = prop::collection::btree_map(0..12, prop::sample::select(owned(&["a", "b"])), 0..12);
    (source, caller, prop::option::of(Just("123456789012")), others).prop_map(
        |(source, caller, account, others)| {
            let context = Context::new().with("aws:sourcearn", format!("{API}/{source}"));
            let context =
                account.into_iter().fold(context, |own, account| own.with("aws:SourceAccount", account));
            let context =
                others.iter().fold(context, |own, (at, value)| own.with(&format!("X:key{at}"), value));
            Request {
                action: "lambda:InvokeFunction".to_owned(),
                resource: FUNCTION.to_owned(),
                caller,
                context,
            }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, ..ProptestConfig::default() })]

    /// With up to 80 statements there are more questions than a decision keeps answers of.
    #[test]
    fn a_decision_is_that_of_the_plain_rules_in_any_order(
        request in request(),
        (statements, shuffled) in prop_oneof![3 => 0_usize..4, 1 => 0_usize..80]
            .prop_flat_map(|most| prop::collection::vec(statement(), 0..=most))
            .prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle())),
    ) {
        let expected = naive(&statements, &request);
        for statements in [statements, shuffled] {
            let document = json!({"Version": "2012-10-17", "Statement": statements});
            let policy = Policy::new(&Document::read(&document), None);
            prop_assert_eq!(policy.decide(&request), expected, "{}", document);
            prop_assert_eq!(policy.explain(&request).decision, expected, "{}", document);
        }
    }
}

/// A decision has room for a few keys and answers only; the others count no less.
#[test]
fn however_many_keys_and_questions_there_are() {
    let grant = |number: usize| {
        let keys = (0..=number).map(|key| (format!("x:key{key}"), json!("a")));
        let source = json!({"aws:SourceArn": format!("{API}/*/GET/route{number}/*")});
        json!({"Effect": "Allow", "Action": "*", "Resource": "*",
            "Condition": {"ArnLike": source, "StringEquals": keys.collect::<Map<_, _>>()}})
    };
    let document = json!({"Statement": (0..100).map(grant).collect::<Vec<_>>()});
    let policy = Policy::new(&Document::read(&document), None);
    for number in [0, 7, 8, 9, 31, 32, 63, 64, 99] {
        let with = |value: &str| Request {
            action: "lambda:InvokeFunction".to_owned(),
            resource: FUNCTION.to_owned(),
            caller: Caller::Anonymous,
            context: (0..100).fold(
                Context::new().with("aws:SourceArn", format!("{API}/prod/GET/route{number}/42")),
                |own, key| own.with(&format!("x:key{key}"), if key == number { value } else { "a" }),
            ),
        };
        assert_eq!(policy.decide(&with("a")), Decision::Allowed, "{number}");
        assert_eq!(policy.decide(&with("b")), Decision::ImplicitDeny, "{number}");
    }
}
