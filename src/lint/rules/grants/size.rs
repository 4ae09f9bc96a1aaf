//! How large a function's policy is.

use super::{GOOD, PolicyCheck, Rule, Severity, Spotted};
use crate::json::{Part, Pointer};
use crate::lint::policy::{GrantCase, PolicyCase, TemplateCase};
use crate::policy::CarrierKind;
use crate::template::{BYTES_AROUND, MAX_POLICY_BYTES, Named};
use std::collections::HashMap;

pub(in super::super) static POLICY_SIZE: Rule = Rule {
    code: "AGW323",
    name: "function-policy-size",
    severity: Severity::Error,
    title: "the function's policy is, or is nearly, as large as Lambda lets it be",
    why: "The policy of a function, an alias or a version has at most 20,480 bytes. Beyond that Lambda refuses more permissions with PolicyLengthExceededException, which often is the first sign: a deployment fails that adds a route. A grant for one route takes 300 to 400 bytes.",
    policy: Some(PolicyCheck::Each(&[PolicyCheck::Policy(size), PolicyCheck::Template(permissions)])),
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
    if !is_whole || bytes * 5 <= MAX_POLICY_BYTES * 4 || GrantCase::of_policy(carried).is_empty() {
        return Vec::new();
    }
    let at = Pointer::root().child("Statement");
    let message = format!("the policy has {bytes} bytes, and Lambda takes {MAX_POLICY_BYTES}");
    vec![case.about(&at, Part::Key, message, &share(bytes)).at_most(severity(bytes))]
}

fn share(bytes: usize) -> String {
    format!("{} %", bytes * 100 / MAX_POLICY_BYTES)
}

fn severity(bytes: usize) -> Severity {
    if bytes > MAX_POLICY_BYTES { Severity::Error } else { Severity::Warning }
}

/// The permissions of a template that come together in the policy of one function.
fn permissions(case: &TemplateCase<'_>) -> Vec<Spotted> {
    let mut policies: Vec<(&Named, usize, usize)> = Vec::new();
    let mut known = HashMap::new();
    let grants = case.coverage.grants.iter().enumerate().filter(|(_, own)| own.of_policy.is_none());
    for (at, own) in grants.filter(|(_, own)| own.grant.origin.deployed == Some(true)) {
        let policy = *known.entry(&own.function).or_insert_with(|| {
            policies.push((&own.function, BYTES_AROUND, at));
            policies.len() - 1
        });
        let (_, bytes, last) = &mut policies[policy];
        // The first one that does not fit is the one to point at.
        if *bytes <= MAX_POLICY_BYTES {
            *last = at;
        }
        *bytes += own.grant.stored_bytes(&own.function, case.model.kind);
    }
    let large = policies.into_iter().filter(|(_, bytes, _)| bytes * 5 > MAX_POLICY_BYTES * 4);
    let spotted = |(named, bytes, last): (&Named, usize, usize)| {
        let message = format!(
            "the grants on {} come to {bytes} bytes or more, and Lambda takes {MAX_POLICY_BYTES}",
            named.function
        );
        Spotted::placed(case.coverage.grants[last].grant.origin.span, message, share(bytes))
            .at_most(severity(bytes))
    };
    large.map(spotted).collect()
}
