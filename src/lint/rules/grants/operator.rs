//! The operator that compares the source ARN.

use super::{GOOD, GrantCase, NO_PERMISSION, PolicyCheck, Rule, Severity, Spotted, with_source};
use crate::json::Span;
use crate::lint::policy::SourceArn;
use crate::policy::{ArnPattern, Comparison};

pub(in super::super) static EQUALS_WITH_WILDCARD: Rule = Rule {
    code: "AGW306",
    name: "source-arn-equals-wildcard",
    severity: Severity::Error,
    title: "the source ARN has wildcards that its operator takes for characters",
    why: "StringEquals compares character by character: a `*` or `?` in the source ARN is that character, which no ARN that API Gateway presents has there. The condition never holds, and the caller gets 500 Internal server error.",
    log: Some(NO_PERMISSION),
    policy: Some(PolicyCheck::Grant(equals_with_wildcard)),
    help: "compare a source ARN with ArnLike",
    bad: &[with_source!("StringEquals", "arn:aws:execute-api:eu-west-1:123456789012:a1b2c3d4e5/*/GET/users")],
    good: GOOD,
    facts: &["P-065", "P-100"],
    ..Rule::PLAIN
};

fn equals_with_wildcard(grant: &GrantCase<'_>) -> Vec<Spotted> {
    let case = |source: &SourceArn<'_>| {
        let is_text = matches!(source.comparison()?, Comparison::Text | Comparison::TextIgnoringCase);
        let text = source.stated.text();
        let wildcard = text.find(['*', '?']).filter(|_| is_text && is_of_api(grant, source))?;
        let character = text.get(wildcard..=wildcard)?;
        let message = format!(
            "`{character}` is a character to this operator: no source ARN that API Gateway presents has it"
        );
        let bytes = Span::new(wildcard, wildcard + 1);
        let case = Spotted::within(&source.stated, bytes, message, "no wildcard");
        Some(case.mended(source.made_arn_like()))
    };
    grant.source_arns.iter().filter_map(case).collect()
}

/// Whether a source ARN is one of API Gateway, or meant to be.
fn is_of_api(grant: &GrantCase<'_>, source: &SourceArn<'_>) -> bool {
    grant.is_for_api_gateway_only() || source.stated.text().contains(":execute-api:")
}

pub(in super::super) static STRING_LIKE: Rule = Rule {
    code: "AGW307",
    name: "source-arn-string-like",
    severity: Severity::Warning,
    title: "the source ARN is compared as one text",
    why: "To StringLike a source ARN is one text, and a `*` reaches over its colons: it can match ARNs of other accounts, regions and APIs than it seems. ArnLike compares part by part. Where wildcards stand behind the last colon only, both match the same.",
    policy: Some(PolicyCheck::Grant(string_like)),
    help: "compare a source ARN with ArnLike",
    bad: &[with_source!("StringLike", "arn:aws:execute-api:*:a1b2c3d4e5/*/GET/users")],
    good: GOOD,
    facts: &["P-064"],
    ..Rule::PLAIN
};

fn string_like(grant: &GrantCase<'_>) -> Vec<Spotted> {
    let case = |source: &SourceArn<'_>| {
        let text = source.stated.text();
        let wildcard = text.find(['*', '?'])?;
        if source.comparison()? != Comparison::TextPattern || !is_of_api(grant, source) {
            return None;
        }
        let is_wider = text[..wildcard].matches(':').count() < 5;
        let (message, severity) = if is_wider {
            (
                "StringLike compares the source ARN as one text: this wildcard reaches over colons",
                Severity::Warning,
            )
        } else {
            ("StringLike compares the source ARN as one text; ArnLike matches the same here", Severity::Info)
        };
        let span = source.operator_span().filter(|_| !is_wider);
        let span = span.unwrap_or_else(|| source.stated.span_of(Span::new(wildcard, wildcard + 1)));
        let case = Spotted::at(&source.stated, span, message, "one text").at_most(severity);
        // A pattern without six parts would match nothing.
        let edit = ArnPattern::of_condition(text).is_well_formed().then(|| source.made_arn_like()).flatten();
        Some(case.mended(edit.filter(|_| text.starts_with("arn:"))))
    };
    grant.source_arns.iter().filter_map(case).collect()
}
