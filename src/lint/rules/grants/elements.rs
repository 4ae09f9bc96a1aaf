//! What IAM does not understand of a policy document, whatever it is the policy of.

use super::{Example, GOOD, PolicyCheck, Rule, Severity, Spotted};
use crate::json::{Part, Pointer};
use crate::lint::policy::{GrantCase, PolicyCase};
use crate::policy::{CarrierKind, Comparison, Document, Problem, ProblemKind, Statement};

pub(in super::super) static POLICY_ELEMENT: Rule = Rule {
    code: "AGW331",
    name: "policy-element",
    severity: Severity::Error,
    title: "an element of the policy is missing, unknown or of another form",
    why: "IAM's language has few elements, and their names and forms count. A document with others is refused when it is stored, and a statement without Effect, Action or Resource says nothing.",
    policy: Some(PolicyCheck::Policy(|case| [told(case, element), sids(case)].concat())),
    help: "write Version, Statement, and in each statement Effect, Principal, Action, Resource and Condition",
    bad: &[
        Example::policy(
            r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Actions": "execute-api:Invoke", "Resource": "execute-api:/*"}]}"#,
        ),
        Example::policy(
            r#"{"Version": "2012-10-17", "Statement": [{"Effect": "allow", "Principal": "*", "Action": "execute-api:Invoke", "Resource": "execute-api:/*"}]}"#,
        ),
    ],
    good: GOOD,
    facts: &["P-077", "P-083"],
    ..Rule::PLAIN
};

pub(in super::super) static POLICY_OPERATOR: Rule = Rule {
    code: "AGW332",
    name: "policy-operator",
    severity: Severity::Error,
    title: "conditions have no such operator",
    why: "A condition with an operator that IAM does not know is refused when it is stored, and never holds. The case of operators is IAM's own everywhere in its documentation.",
    policy: Some(PolicyCheck::Policy(|case| told(case, operator))),
    help: "write an operator such as ArnLike, StringEquals or IpAddress",
    bad: &[Example::policy(
        r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "execute-api:Invoke", "Resource": "execute-api:/*", "Condition": {"IpAdress": {"aws:SourceIp": "192.0.2.0/24"}}}]}"#,
    )],
    good: GOOD,
    facts: &[],
    ..Rule::PLAIN
};

pub(in super::super) static POLICY_KEY: Rule = Rule {
    code: "AGW333",
    name: "policy-key",
    severity: Severity::Warning,
    title: "a condition key is none, or stands twice",
    why: "A condition key is a prefix and a name, such as aws:SourceIp; no request has another one. The case of keys does not count, so that one that stands twice in an operator is a mistake.",
    policy: Some(PolicyCheck::Policy(|case| told(case, key))),
    help: "write each key once, as `prefix:name`",
    bad: &[Example::policy(
        r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "execute-api:Invoke", "Resource": "execute-api:/*", "Condition": {"IpAddress": {"SourceIp": "192.0.2.0/24"}}}]}"#,
    )],
    good: GOOD,
    facts: &["P-066"],
    ..Rule::PLAIN
};

pub(in super::super) static POLICY_VALUE: Rule = Rule {
    code: "AGW334",
    name: "policy-value",
    severity: Severity::Error,
    title: "a value of a condition is none that its operator compares with",
    why: "Numbers, dates, addresses and ARNs must be such: with another value the condition does not hold. Wildcards are characters to StringEquals, and policy variables are text in a document without the version 2012-10-17.",
    policy: Some(PolicyCheck::Policy(|case| told(case, value))),
    help: "write a value that fits the operator, or the operator that fits the value",
    bad: &[Example::policy(
        r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "execute-api:Invoke", "Resource": "execute-api:/*", "Condition": {"IpAddress": {"aws:SourceIp": "192.0.2.256"}}}]}"#,
    )],
    good: GOOD,
    facts: &["P-060", "P-065", "P-073"],
    ..Rule::PLAIN
};

pub(in super::super) static POLICY_PRINCIPAL: Rule = Rule {
    code: "AGW335",
    name: "policy-principal",
    severity: Severity::Error,
    title: "a principal is none that IAM knows",
    why: "A principal is an account, the ARN of a user, role or session, a service or an identity provider. A wildcard inside a name matches nobody, and IAM refuses kinds that it does not know.",
    policy: Some(PolicyCheck::Policy(|case| told(case, principal))),
    help: "name the principal in full, or everybody with `*` and a condition",
    bad: &[Example::policy(
        r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::123456789012:role/*"}, "Action": "execute-api:Invoke", "Resource": "execute-api:/*"}]}"#,
    )],
    good: GOOD,
    facts: &["P-082"],
    ..Rule::PLAIN
};

/// Names of statements that no service takes: IAM has letters and digits, Lambda also `-` and `_`
/// (P-083), and others a space.
fn sids(case: &PolicyCase<'_>) -> Vec<Spotted> {
    let is_taken = |letter: char| letter.is_ascii_alphanumeric() || "-_ ".contains(letter);
    let spot = |statement: &Statement| {
        let at = statement.at.child("Sid");
        let letter = statement.sid.as_ref()?.chars().find(|letter| !is_taken(*letter))?;
        let message =
            format!("a Sid has letters and digits, of functions also `-` and `_`, but no `{letter}`");
        let span = case.carried.span(&at, Part::Value)?;
        let spotted = pointed(case, &at, Spotted::placed(span, message, "no Sid"));
        Some(spotted.at_most(Severity::Warning).by(&["P-083"]))
    };
    case.carried.document.statements.iter().filter_map(spot).collect()
}

/// A case about that value, where values have pointers.
fn pointed(case: &PolicyCase<'_>, at: &Pointer, spotted: Spotted) -> Spotted {
    match case.carried.pointer(at) {
        Some(pointer) => spotted.about(pointer),
        None => spotted,
    }
}

/// The facts behind a problem, and how severe it is.
type Known = (&'static [&'static str], Severity);

/// The problems of a document that are of a rule.
fn told(case: &PolicyCase<'_>, of_rule: fn(&PolicyCase<'_>, &Problem) -> Option<Known>) -> Vec<Spotted> {
    let problems = case.carried.document.problems.iter();
    // What only the deployment knows may be of any form.
    let is_open = |problem: &Problem| case.carried.is_of_template() && problem.found.contains("${");
    let spot = |problem: &Problem| {
        let (facts, severity) = of_rule(case, problem).filter(|_| !is_open(problem))?;
        let span = case.carried.span(&problem.at, problem.part)?;
        let found =
            if problem.found.len() > 60 || problem.found == "null" { "" } else { problem.found.as_str() };
        let label = if found.is_empty() { "here".to_owned() } else { format!("`{found}`") };
        let case = Spotted::placed(span, problem.kind.words(), label).at_most(severity).by(facts);
        Some(case)
    };
    problems.filter_map(|problem| Some(pointed(case, &problem.at, spot(problem)?))).collect()
}

fn element(case: &PolicyCase<'_>, problem: &Problem) -> Option<Known> {
    use ProblemKind as P;
    match problem.kind {
        P::NoResource if !needs_resource(case, problem) => None,
        // What an API's own policy makes of other short forms than `execute-api:/…` is not known.
        P::ResourceForm if problem.found.starts_with("execute-api:") => None,
        // Empty values of conditions are another rule's.
        P::NotObject | P::NotTexts | P::EmptyList if is_in(problem, "Condition") => None,
        // Of what an authorizer returns, AGW403 says what API Gateway cannot read.
        P::NotObject | P::NoStatement | P::EffectUnknown | P::NoAction | P::NoResource
            if case.carried.kind == CarrierKind::AuthorizerResult =>
        {
            None
        }
        P::NotObject | P::NoStatement | P::UnknownElement | P::UnknownVersion | P::EffectUnknown => {
            Some((&[], Severity::Error))
        }
        P::NotText | P::NoAction | P::NoResource | P::BothWays | P::NotTexts | P::EmptyList => {
            Some((&[], Severity::Error))
        }
        P::ActionForm | P::ResourceForm => Some((&[], Severity::Error)),
        P::WildcardService => Some((&["P-077"], Severity::Error)),
        _ => None,
    }
}

fn operator(_: &PolicyCase<'_>, problem: &Problem) -> Option<Known> {
    match problem.kind {
        ProblemKind::UnknownOperator | ProblemKind::NullQualified => Some((&[], Severity::Error)),
        ProblemKind::OperatorCase => Some((&[], Severity::Info)),
        _ => None,
    }
}

fn key(_: &PolicyCase<'_>, problem: &Problem) -> Option<Known> {
    match problem.kind {
        ProblemKind::KeyForm => Some((&[], Severity::Warning)),
        ProblemKind::KeyTwice => Some((&["P-066"], Severity::Warning)),
        _ => None,
    }
}

fn value(case: &PolicyCase<'_>, problem: &Problem) -> Option<Known> {
    use ProblemKind as P;
    match problem.kind {
        P::NotObject | P::NotTexts | P::EmptyList if is_in(problem, "Condition") => {
            Some((&[], Severity::Error))
        }
        // Of source ARNs of functions other rules say more.
        P::ValueForm | P::WildcardLiteral if is_source_arn(case, problem) => None,
        P::ValueForm if is_arn(case, problem) => Some((&["P-060", "P-072"], Severity::Warning)),
        P::ValueForm => Some((&[], Severity::Error)),
        P::WildcardLiteral => Some((&["P-065"], Severity::Warning)),
        // The short form becomes an ARN whose sixth part has the variable (P-131).
        P::VariableForm if problem.found.starts_with("execute-api:/") => None,
        P::VariableLiteral | P::VariableForm => Some((&["P-073"], Severity::Warning)),
        _ => None,
    }
}

fn principal(_: &PolicyCase<'_>, problem: &Problem) -> Option<Known> {
    match problem.kind {
        ProblemKind::PrincipalKind => Some((&[], Severity::Error)),
        ProblemKind::PrincipalWildcard => Some((&["P-082"], Severity::Error)),
        ProblemKind::PrincipalForm if !is_unique_id(&problem.found) => Some((&[], Severity::Error)),
        _ => None,
    }
}

/// What IAM puts in the place of the ARN of a user or role that was deleted.
fn is_unique_id(principal: &str) -> bool {
    principal.len() >= 16
        && principal.starts_with('A')
        && principal.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
}

fn is_in(problem: &Problem, element: &str) -> bool {
    problem.at.tokens().iter().any(|token| token == element)
}

/// The statement that a problem is of.
fn statement<'d>(document: &'d Document, problem: &Problem) -> Option<&'d Statement> {
    document.statements.iter().find(|own| problem.at.tokens().starts_with(own.at.tokens()))
}

/// Policies of functions, of APIs and of authorizers name resources. Those of roles do not, and so
/// do those of other services that stand beside what they are about.
fn needs_resource(case: &PolicyCase<'_>, problem: &Problem) -> bool {
    let is_invoke = |own: &Statement| {
        let actions = own.actions.iter().flat_map(|own| &own.values);
        actions
            .map(|own| own.text.to_ascii_lowercase())
            .any(|own| own.starts_with("lambda:") || own.starts_with("execute-api:"))
    };
    let own = statement(&case.carried.document, problem);
    case.carried.kind != CarrierKind::Document || own.is_some_and(is_invoke)
}

/// The condition that a problem's value is of.
fn comparison(case: &PolicyCase<'_>, problem: &Problem) -> Option<(Comparison, String)> {
    let statement = statement(&case.carried.document, problem)?;
    let has = |own: &&crate::policy::Condition| own.values.iter().any(|value| value.at == problem.at);
    let condition = statement.conditions.iter().find(has)?;
    Some((condition.known?.comparison, condition.key.text.to_ascii_lowercase()))
}

fn is_arn(case: &PolicyCase<'_>, problem: &Problem) -> bool {
    comparison(case, problem).is_some_and(|(own, _)| own == Comparison::Arn)
}

/// Whether the value is a source ARN of a grant that rules about source ARNs look at.
fn is_source_arn(case: &PolicyCase<'_>, problem: &Problem) -> bool {
    let is_key = comparison(case, problem).is_some_and(|(_, key)| key == "aws:sourcearn");
    let Some(span) = case.carried.span(&problem.at, Part::Value) else { return false };
    is_key
        && GrantCase::of_policy(case.carried).iter().any(|grant| {
            let is_own = grant.source_arns.iter().any(|own| own.stated.span() == span);
            is_own && (grant.is_for_api_gateway_only() || problem.found.contains("execute-api"))
        })
}
