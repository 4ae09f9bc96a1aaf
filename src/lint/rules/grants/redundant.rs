//! Grants that another one makes needless.

use super::{Example, GOOD, GrantCase, PolicyCheck, Rule, Severity, Spotted, about_grant};
use crate::lint::policy::Stated;
use crate::policy::{ArnPattern, Comparison};
use std::collections::BTreeMap;

pub(in super::super) static REDUNDANT_GRANT: Rule = Rule {
    code: "AGW324",
    name: "grant-redundant",
    severity: Severity::Info,
    title: "another grant covers all that this one does",
    why: "Everything that the grant lets in is let in by another one of the same function. It can go, and counts against the 20,480 bytes of a function's policy as long as it stays.",
    policy: Some(PolicyCheck::Grants(redundant)),
    help: "remove the narrower grant, or the wider one if that was not meant",
    bad: &[Example::policy(
        r#"{"Version": "2012-10-17", "Statement": [{"Sid": "all", "Effect": "Allow", "Principal": {"Service": "apigateway.amazonaws.com"}, "Action": "lambda:InvokeFunction", "Resource": "arn:aws:lambda:eu-west-1:123456789012:function:users", "Condition": {"ArnLike": {"AWS:SourceArn": "arn:aws:execute-api:eu-west-1:123456789012:a1b2c3d4e5/*/*/users/*"}}}, {"Sid": "one", "Effect": "Allow", "Principal": {"Service": "apigateway.amazonaws.com"}, "Action": "lambda:InvokeFunction", "Resource": "arn:aws:lambda:eu-west-1:123456789012:function:users", "Condition": {"ArnLike": {"AWS:SourceArn": "arn:aws:execute-api:eu-west-1:123456789012:a1b2c3d4e5/*/GET/users/{id}"}}}]}"#,
    )],
    good: GOOD,
    facts: &["P-061", "P-096"],
    ..Rule::PLAIN
};

/// What two grants must have in common to be compared: texts of functions, principals, actions.
type Kin<'g> = (Vec<&'g str>, Option<&'g str>, Vec<&'g str>, Vec<&'g str>);

/// A grant with the patterns of its source ARNs.
struct Compared<'g> {
    grant: &'g GrantCase<'g>,
    sources: Vec<ArnPattern>,
}

fn redundant(grants: &[GrantCase<'_>]) -> Vec<Spotted> {
    let mut families: BTreeMap<Kin<'_>, Vec<Compared<'_>>> = BTreeMap::new();
    for grant in grants.iter().filter(|grant| grant.is_for_api_gateway()) {
        if let Some(sources) = patterns(grant) {
            families.entry(kin(grant)).or_default().push(Compared { grant, sources });
        }
    }
    let spots = families.values().flat_map(|family| {
        // In what SAM generates there is nothing to mend.
        let written = family.iter().enumerate().filter(|(_, own)| !own.grant.is_generated());
        written.filter_map(|(at, own)| {
            let covers = |(other_at, other): &(usize, &Compared<'_>)| {
                // Of two that are the same only the later one is told.
                *other_at != at && covers(other, own) && (*other_at < at || !covers(own, other))
            };
            let (_, other) = family.iter().enumerate().find(covers)?;
            Some(told(own, other))
        })
    });
    spots.collect()
}

fn told(own: &Compared<'_>, other: &Compared<'_>) -> Spotted {
    let patterns: Vec<_> = other.sources.iter().map(|own| format!("`{}`", own.as_str())).collect();
    let message = format!("another grant of the same function covers this one: {}", patterns.join(", "));
    match own.grant.source_arns.first() {
        Some(source) => Spotted::at(&source.stated, source.stated.span(), message, "covered"),
        None => about_grant(own.grant, message, "covered"),
    }
}

fn kin<'g>(grant: &'g GrantCase<'g>) -> Kin<'g> {
    let texts = |all: &'g [Stated<'g>]| {
        let mut texts: Vec<_> = all.iter().map(Stated::text).collect();
        texts.sort_unstable();
        texts
    };
    let qualifier = grant.qualifier.as_ref().map(Stated::text);
    (texts(&grant.functions), qualifier, texts(&grant.principals), texts(&grant.actions))
}

/// The patterns of a grant whose conditions are its source ARNs under `ArnLike`, and perhaps
/// accounts.
fn patterns(grant: &GrantCase<'_>) -> Option<Vec<ArnPattern>> {
    let is_plain = |operator: crate::policy::Operator| {
        operator.comparison == Comparison::Arn
            && !operator.negated
            && !operator.if_exists
            && operator.set.is_none()
    };
    let is_known = grant.other_keys.is_empty() && !grant.functions.is_empty() && !grant.actions.is_empty();
    let all = grant.source_arns.iter().filter(|_| is_known);
    let patterns: Vec<_> = all
        .map(|source| {
            source
                .operator
                .filter(|own| is_plain(*own))
                .map(|_| ArnPattern::of_condition(source.stated.text()))
        })
        .collect::<Option<_>>()?;
    let sole = patterns.iter().all(ArnPattern::is_well_formed) && !patterns.is_empty();
    sole.then_some(patterns)
}

/// Whether one grant lets in whatever another one does.
fn covers(wide: &Compared<'_>, narrow: &Compared<'_>) -> bool {
    // A pattern matches its own text, so that only what matches this text, too, can contain it.
    let source =
        |own: &ArnPattern| wide.sources.iter().any(|wide| wide.matches(own.as_str()) && wide.contains(own));
    narrow.sources.iter().all(source) && covers_accounts(wide.grant, narrow.grant) && {
        // A resource that is made under a condition only does not cover one that always is.
        let made = |own: &Compared<'_>| own.grant.origin.and_then(|origin| origin.condition.clone());
        made(wide).is_none() || made(wide) == made(narrow)
    }
}

/// Whether one grant is for every account that another one is for.
fn covers_accounts(wide: &GrantCase<'_>, narrow: &GrantCase<'_>) -> bool {
    let has = |own: &Stated<'_>| wide.source_accounts.iter().any(|account| account.text() == own.text());
    wide.source_accounts.is_empty()
        || (!narrow.source_accounts.is_empty() && narrow.source_accounts.iter().all(has))
}
