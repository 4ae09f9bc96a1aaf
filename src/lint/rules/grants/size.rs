//! How large a function's policy is.

use super::{GOOD, PolicyCheck, Rule, Severity, Spotted};
use crate::json::{Part, Pointer};
use crate::lint::policy::{GrantCase, PolicyCase};
use crate::policy::CarrierKind;

/// How many bytes the policy of a function can have (P-096).
const MOST_BYTES: usize = 20_480;

pub(in super::super) static POLICY_SIZE: Rule = Rule {
    code: "AGW323",
    name: "function-policy-size",
    severity: Severity::Error,
    title: "the function's policy is, or is nearly, as large as Lambda lets it be",
    why: "The policy of a function, an alias or a version has at most 20,480 bytes. Beyond that Lambda refuses more permissions with PolicyLengthExceededException, which often is the first sign: a deployment fails that adds a route. A grant for one route takes 300 to 400 bytes.",
    policy: Some(PolicyCheck::Policy(size)),
    help: "grant several routes at once with `*`, or remove grants that nothing needs any more",
    bad: &[],
    good: GOOD,
    facts: &["P-096"],
    ..Rule::PLAIN
};

fn size(case: &PolicyCase<'_>) -> Vec<Spotted> {
    let carried = case.carried;
    let is_whole = carried.kind != CarrierKind::FunctionStatement;
    let bytes = carried.value().to_string().len();
    if !is_whole || bytes * 5 <= MOST_BYTES * 4 || GrantCase::of_policy(carried).is_empty() {
        return Vec::new();
    }
    let at = Pointer::root().child("Statement");
    let message = format!("the policy has {bytes} bytes, and Lambda takes {MOST_BYTES}");
    let severity = if bytes > MOST_BYTES { Severity::Error } else { Severity::Warning };
    let label = format!("{} %", bytes * 100 / MOST_BYTES);
    vec![case.about(&at, Part::Key, message, &label).at_most(severity)]
}
