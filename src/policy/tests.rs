//! Decisions and their reasons, and the laws that hold for any document.

use super::*;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

const ARN: &str = "arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/GET/users/42";
const FUNCTION: &str = "arn:aws:lambda:us-east-1:123456789012:function:users";

fn invoke_api() -> Request {
    Request {
        action: "execute-api:Invoke".to_owned(),
        resource: ARN.to_owned(),
        caller: Caller::Anonymous,
        context: Context::new().with("aws:SourceIp", "203.0.113.7").with("aws:username", "ada"),
    }
}

fn invoke_function() -> Request {
    Request {
        action: "lambda:InvokeFunction".to_owned(),
        resource: FUNCTION.to_owned(),
        caller: Caller::Service(Caller::API_GATEWAY.to_owned()),
        context: Context::new().with("aws:SourceArn", ARN).with("aws:SourceAccount", "123456789012"),
    }
}

fn decide(policy: &Value, request: &Request) -> Decision {
    Policy::new(&Document::read(policy), arn::of_api(&request.resource)).decide(request)
}

fn one(statement: impl Into<Value>) -> Value {
    let statement = statement.into();
    json!({"Version": "2012-10-17", "Statement": statement})
}

#[test]
fn a_denial_beats_an_allowance() {
    let statement = |effect: &str, resource: &str| json!({"Effect": effect, "Action": "execute-api:Invoke", "Resource": resource});
    let word = |statements: Value| decide(&one(statements), &invoke_api());
    assert_eq!(word(statement("Allow", "*")), Decision::Allowed);
    assert_eq!(word(json!([statement("Allow", "*"), statement("Deny", ARN)])), Decision::ExplicitDeny);
    assert_eq!(word(json!([statement("Allow", ARN), statement("Deny", "x")])), Decision::Allowed);
    assert_eq!(word(json!([])), Decision::ImplicitDeny);
    assert_eq!(decide(&json!(null), &invoke_api()), Decision::ImplicitDeny);
}

#[test]
fn actions_and_negatives_count() {
    let with = |members: Value| decide(&one(members), &invoke_api());
    let allow = |action: &str| with(json!({"Effect": "Allow", "Action": [action], "Resource": "*"}));
    for action in ["*", "execute-api:*", "Execute-API:invoke", "execute-api:Inv*"] {
        assert_eq!(allow(action), Decision::Allowed, "{action}");
    }
    assert_eq!(allow("execute-api:ManageConnections"), Decision::ImplicitDeny);
    let negative = json!({"Effect": "Allow", "NotAction": "s3:*", "NotResource": "arn:aws:s3:::x"});
    assert_eq!(with(negative), Decision::Allowed);
    assert_eq!(with(json!({"Effect": "Deny", "Action": "*", "NotResource": ARN})), Decision::ImplicitDeny);
    assert_eq!(with(json!({"Effect": "Allow", "Action": "*"})), Decision::ImplicitDeny);
    let variable =
        json!({"Effect": "Allow", "Action": "*", "Resource": ARN.replace("42", "${aws:username}")});
    let mut request = invoke_api();
    assert_eq!(decide(&one(variable.clone()), &request), Decision::ImplicitDeny);
    request.context = request.context.with("aws:username", "42");
    assert_eq!(decide(&one(variable.clone()), &request), Decision::Allowed);
    assert_eq!(decide(&json!({"Statement": variable}), &request), Decision::ImplicitDeny);
}

#[test]
fn principals_of_every_form_are_known() {
    let is_named = |principal: Value, caller: &Caller| {
        let statement = json!({"Effect": "Allow", "Principal": principal, "Action": "*", "Resource": "*"});
        decide(&one(statement), &Request { caller: caller.clone(), ..invoke_function() }) == Decision::Allowed
    };
    let aws = |arn: &str| Caller::Aws { arn: arn.to_owned(), account: "111122223333".to_owned() };
    let role = "arn:aws:iam::111122223333:role/team/deploy";
    let session = aws("arn:aws:sts::111122223333:assumed-role/deploy/ada");
    for principal in [
        json!("*"),
        json!({"AWS": "*"}),
        json!({"AWS": ["111122223333"]}),
        json!({"AWS": "arn:aws:iam::111122223333:root"}),
        json!({"AWS": role}),
        json!({"Service": "x.amazonaws.com", "AWS": role}),
    ] {
        assert!(is_named(principal.clone(), &session), "{principal}");
    }
    for principal in [
        json!({"AWS": "arn:aws:iam::111122223333:role/*"}),
        json!({"AWS": "arn:aws:iam::111122223333:role/other"}),
        json!({"AWS": "444455556666"}),
        json!({"Service": "*"}),
        json!({"Nobody": "*"}),
        json!("111122223333"),
        json!(null),
    ] {
        assert!(!is_named(principal.clone(), &session), "{principal}");
    }
    let service = Caller::Service(Caller::API_GATEWAY.to_owned());
    assert!(is_named(json!({"Service": Caller::API_GATEWAY}), &service));
    assert!(is_named(json!("*"), &Caller::Anonymous) && is_named(json!({"AWS": "*"}), &Caller::Anonymous));
    let everybody_but =
        json!({"Effect": "Deny", "NotPrincipal": {"AWS": role}, "Action": "*", "Resource": "*"});
    let denied = |caller| decide(&one(everybody_but.clone()), &Request { caller, ..invoke_function() });
    assert_eq!(denied(session), Decision::ImplicitDeny);
    assert_eq!(denied(service), Decision::ExplicitDeny);
}

#[test]
fn reasons_name_the_segment_that_fails() {
    let grant = json!({"Sid": "get", "Effect": "Allow", "Principal": {"Service": "apigateway.amazonaws.com"},
        "Action": "lambda:InvokeFunction", "Resource": FUNCTION,
        "Condition": {"ArnLike": {"AWS:SourceArn": ARN.replace("GET", "POST")}}});
    let explanation = Policy::new(&Document::read(&one(json!([grant]))), None).explain(&invoke_function());
    assert_eq!(explanation.decision, Decision::ImplicitDeny);
    let [statement] = explanation.statements.as_slice() else { panic!("{explanation:?}") };
    assert!(!statement.applies && statement.at.to_string() == "/Statement/0");
    let names: Vec<_> =
        statement.elements.iter().map(|element| (element.name.as_str(), element.holds)).collect();
    let expected =
        [("Principal", true), ("Action", true), ("Resource", true), ("ArnLike AWS:SourceArn", false)];
    assert_eq!(names, expected);
    let value = &statement.elements[3].values[0];
    assert_eq!(value.at.to_string(), "/Statement/0/Condition/ArnLike/AWS:SourceArn");
    let mismatch = value.mismatch.as_ref().unwrap();
    assert_eq!(mismatch.field, arn::FieldName::Method);
    assert_eq!(&value.text[mismatch.pattern.start..mismatch.pattern.end], "POST");
    assert_eq!(&ARN[mismatch.value.start..mismatch.value.end], "GET");
}

#[test]
fn what_is_wrong_is_told_by_place() {
    let policy = json!({
        "Version": "2012-10-18", "Extra": 1,
        "Statement": [
            {"Effect": "allow", "Action": ["Invoke", 1], "NotAction": [], "Resource": "execute-api"},
            {"Sid": 7, "Effect": "Deny", "Principal": {"Account": "x", "AWS": ["me", "arn:aws:iam::1:role/*"]},
             "Resource": "arn:aws:*:::x", "Condition": {
                "StringIs": {"a:b": "c"}, "stringequals": {"aws:a": "x*", "AWS:A": "y", "noprefix": []},
                "IpAddress": {"aws:SourceIp": "home"}, "Null": {"aws:a": "maybe"},
                "NullIfExists": {"aws:a": "true"}, "ArnLike": {"aws:SourceArn": "arn:aws"},
                "StringLike": {"aws:x": "${aws:username}"}, "Bool": 1}},
            "statement",
        ],
    });
    let document = Document::read(&policy);
    let told: Vec<_> = document.problems.iter().map(|own| format!("{:?} {}", own.kind, own.at)).collect();
    let condition = |rest: &str| rest.replace("C/", "/Statement/1/Condition/");
    let expected = [
        "UnknownVersion /Version",
        "UnknownElement /Extra",
        "EffectUnknown /Statement/0/Effect",
        "NotTexts /Statement/0/Action/1",
        "ActionForm /Statement/0/Action/0",
        "EmptyList /Statement/0/NotAction",
        "BothWays /Statement/0/NotAction",
        "ResourceForm /Statement/0/Resource",
        "NotText /Statement/1/Sid",
        "PrincipalKind /Statement/1/Principal/Account",
        "PrincipalForm /Statement/1/Principal/AWS/0",
        "PrincipalWildcard /Statement/1/Principal/AWS/1",
        "WildcardService /Statement/1/Resource",
        "UnknownOperator C/StringIs",
        "OperatorCase C/stringequals",
        "WildcardLiteral C/stringequals/aws:a",
        "KeyTwice C/stringequals/AWS:A",
        "EmptyList C/stringequals/noprefix",
        "KeyForm C/stringequals/noprefix",
        "ValueForm C/IpAddress/aws:SourceIp",
        "ValueForm C/Null/aws:a",
        "NullQualified C/NullIfExists",
        "ValueForm C/ArnLike/aws:SourceArn",
        "NotObject C/Bool",
        "NoAction /Statement/1",
        "NotObject /Statement/2",
        "VariableLiteral C/StringLike/aws:x",
    ];
    assert_eq!(told, expected.map(condition));
    let clean = one(
        json!({"Effect": "Allow", "Principal": "*", "Action": "execute-api:Invoke", "Resource": ["execute-api:/*"]}),
    );
    assert_eq!(Document::read(&clean).problems, []);
    assert_eq!(Document::read(&json!({})).problems[0].kind, ProblemKind::NoStatement);
    let misplaced = json!({"Effect": "Allow", "Action": "s3:*", "Resource": ["arn:aws:s3::${aws:x}:b", "arn:aws:s3:::${aws:x}"]});
    let problems = Document::read(&one(misplaced)).problems;
    assert_eq!(problems.iter().map(|own| own.kind).collect::<Vec<_>>(), [ProblemKind::VariableForm]);
}

#[test]
fn a_statement_may_stand_alone() {
    let statement = json!({"Effect": "Allow", "Action": "*", "Resource": "arn:aws:lambda:*:*:function:${aws:x, 'users'}"});
    let document = Document::of_statement(&statement);
    assert_eq!(document.statements[0].at, crate::json::Pointer::root());
    assert_eq!(Policy::new(&document, None).decide(&invoke_function()), Decision::Allowed);
}

#[test]
fn the_tables_of_the_authorization_flow() {
    use Decision::{Allowed, ExplicitDeny, ImplicitDeny};
    let iam = |identity, cross_account| Authorization::Iam { identity, cross_account };
    for other in Decision::ALL {
        let denied = flow(Some(ExplicitDeny), Authorization::Lambda(other));
        assert_eq!((denied.decision, denied.asked), (ExplicitDeny, false));
        assert_eq!(flow(Some(other), iam(ExplicitDeny, true)).decision, ExplicitDeny);
        let same = flow(Some(Allowed), iam(other, false)).decision;
        assert_eq!(same, if other == ExplicitDeny { ExplicitDeny } else { Allowed });
        let both = flow(Some(Allowed), iam(other, true)).decision;
        assert_eq!(both, other);
        assert_eq!(flow(None, Authorization::Lambda(other)).decision, other);
    }
    assert_eq!(flow(Some(ImplicitDeny), iam(Allowed, true)).decision, ImplicitDeny);
    assert_eq!(flow(None, iam(Allowed, true)).decision, ImplicitDeny);
    assert_eq!(flow(None, Authorization::None).decision, Allowed);
    assert_eq!(flow(Some(ImplicitDeny), Authorization::None).decision, ImplicitDeny);
    assert_eq!(flow(Some(ImplicitDeny), Authorization::Cognito { valid: true }).decision, ImplicitDeny);
    assert_eq!(flow(Some(Allowed), Authorization::Cognito { valid: false }).decision, ImplicitDeny);
}

/// Values that are often right, for an element.
fn likely(values: &'static [&'static str]) -> impl Strategy<Value = Value> + Clone {
    let one = prop::sample::select(values).prop_map(Value::from);
    let one = prop_oneof![9 => one, 1 => Just(json!(null)), 1 => Just(json!({"Service": "apigateway.amazonaws.com"}))];
    prop_oneof![3 => one.clone(), 1 => prop::collection::vec(one, 0..3).prop_map(Value::Array)]
}

fn statement() -> impl Strategy<Value = Value> {
    let member = |names: &'static [&'static str], value: BoxedStrategy<Value>| {
        let named = (prop::sample::select(names), value);
        prop::option::weighted(0.9, named.prop_map(|(name, value)| (name.to_owned(), value)))
    };
    let arns: &'static [&'static str] = &[
        "*",
        FUNCTION,
        "arn:aws:lambda:*",
        "arn:aws:lambda:us-east-1:123456789012:function:${aws:username, 'users'}",
        "arn:aws:s3:::x",
    ];
    let operators: &'static [&'static str] = &[
        "ArnLike",
        "ArnNotEquals",
        "StringLike",
        "StringEquals",
        "StringNotEqualsIfExists",
        "Null",
        "Bool",
        "ForAllValues:StringLike",
        "ForAnyValue:ArnLike",
        "IpAddress",
        "NotIpAddress",
        "NumericLessThan",
        "DateGreaterThan",
        "StringEqualsIgnoreCase",
        "Unheard",
        "BinaryEquals",
    ];
    let keys: &'static [&'static str] = &["aws:SourceArn", "AWS:SourceAccount", "aws:SourceIp", "aws:none"];
    let values = likely(&[
        "*",
        ARN,
        "arn:aws:execute-api:*:*:*/*/GET/*",
        "123456789012",
        "true",
        "10.0.0.0/8",
        "${aws:SourceAccount}",
    ]);
    let condition = prop::collection::hash_map(
        prop::sample::select(operators),
        prop::collection::hash_map(prop::sample::select(keys), values, 1..3),
        0..3,
    );
    let condition = condition.prop_map(|condition| json!(condition));
    (
        member(&["Effect"], likely(&["Allow", "Deny"]).boxed()),
        member(
            &["Action", "Action", "NotAction"],
            likely(&["*", "lambda:*", "Lambda:invokefunction", "s3:Get*"]).boxed(),
        ),
        member(&["Resource", "Resource", "NotResource"], likely(arns).boxed()),
        prop::option::weighted(0.6, likely(&["*", "x"]).prop_map(|value| ("Principal".to_owned(), value))),
        prop::option::weighted(0.6, condition.prop_map(|value| ("Condition".to_owned(), value))),
    )
        .prop_map(|(a, b, c, d, e)| {
            Value::Object([a, b, c, d, e].into_iter().flatten().collect::<Map<_, _>>())
        })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_statements_does_not_matter(
        (statements, shuffled) in prop::collection::vec(statement(), 0..6)
            .prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle())),
    ) {
        let request = invoke_function();
        let decision = decide(&one(Value::Array(statements)), &request);
        prop_assert_eq!(decision, decide(&one(Value::Array(shuffled)), &request));
    }

    #[test]
    fn reasons_come_to_the_same_decision(statements in prop::collection::vec(statement(), 0..4)) {
        let request = invoke_function();
        let policy = Policy::new(&Document::read(&one(Value::Array(statements))), None);
        prop_assert_eq!(policy.explain(&request).decision, policy.decide(&request));
    }

    #[test]
    fn no_document_panics(policy in crate::testing::json(), statement in crate::testing::json()) {
        for policy in [policy, one(statement)] {
            let document = Document::read(&policy);
            let compiled = Policy::new(&document, Some("arn:aws:execute-api:us-east-1:1:a"));
            prop_assert_eq!(compiled.explain(&invoke_api()).decision, compiled.decide(&invoke_api()));
            prop_assert!(document.problems.iter().all(|problem| policy.pointer(&problem.at.to_string()).is_some()));
        }
    }
}
