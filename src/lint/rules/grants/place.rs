//! Partition, region and account of a source ARN.

use super::{Called, GrantCase, Severity, Spotted, calls, is_literal};
use crate::json::Edit;
use crate::policy::arn::{FieldName, is_account, partition, split};

/// Where the function of a grant is, as far as that is known.
pub(super) struct Home<'g> {
    /// The region.
    pub(super) region: Option<&'g str>,
    /// The partition.
    pub(super) partition: Option<&'g str>,
    /// Whether the function's own ARN says it.
    is_stated: bool,
}

impl<'g> Home<'g> {
    /// As the ARNs of the functions say, if they agree; else as it is given.
    pub(super) fn of(grant: &'g GrantCase<'g>) -> Self {
        let parts = || {
            let all = grant.functions.iter().filter_map(|function| split(function.text()));
            all.filter(|parts| parts[2] == "lambda")
        };
        let agreed = |at: usize| {
            let first = parts().next()?[at];
            (is_literal(first) && !first.is_empty() && parts().all(|own| own[at] == first)).then_some(first)
        };
        let given = grant.given;
        let region = agreed(3);
        Self {
            region: region.or_else(|| given?.region.as_deref()),
            partition: agreed(1).or_else(|| given?.partition()),
            is_stated: region.is_some(),
        }
    }
}

/// Places that API Gateway does not present, as far as the grant alone shows it.
pub(super) fn wrong_place(grant: &GrantCase<'_>) -> Vec<Spotted> {
    let home = Home::of(grant);
    let cases = |call: Called<'_>| {
        [wrong_region(&call, &home).or_else(|| wrong_partition(&call, &home)), wrong_account(&call)]
    };
    calls(grant).flat_map(cases).flatten().collect()
}

fn wrong_region(call: &Called<'_>, home: &Home<'_>) -> Option<Spotted> {
    let field = call.field(FieldName::Region)?;
    let written = field.text(call.text);
    let edit = |region: &str| -> Option<Vec<Edit>> {
        let own = call.field(FieldName::Partition)?;
        let (is, should) = (own.text(call.text), home.partition.unwrap_or_else(|| partition(region)));
        let other = is_literal(is) && is != should;
        let also = if other { vec![call.with(own.span, should)?] } else { Vec::new() };
        Some([vec![call.with(field.span, region)?], also].concat())
    };
    let edits = || home.region.and_then(edit).unwrap_or_default();
    if written.is_empty() {
        let message = "the source ARN has no region, and API Gateway presents that of the function";
        let colon = crate::json::Span::new(field.span.start, field.span.start + 1);
        return Some(call.spot(colon, message, "the region is missing").by(&["P-023"]).mended(edits()));
    }
    let region = home.region.filter(|region| is_literal(written) && *region != written)?;
    let whose = if home.is_stated { "the function is in" } else { "the deployment is in" };
    let message = format!(
        "the source ARN names the region `{written}`, and API Gateway presents that of the function: {whose} `{region}`"
    );
    Some(call.spot(field.span, message, region).by(&["P-023"]).mended(edits()))
}

fn wrong_partition(call: &Called<'_>, home: &Home<'_>) -> Option<Spotted> {
    let field = call.field(FieldName::Partition)?;
    let written = field.text(call.text);
    let region = call.written(FieldName::Region).filter(|region| is_literal(region) && !region.is_empty());
    let (should, of) = match (region, home.partition) {
        (Some(region), _) => (partition(region), format!("the region `{region}` lies")),
        (None, Some(partition)) => (partition, "the function lies".to_owned()),
        (None, None) => return None,
    };
    if !is_literal(written) || written == should {
        return None;
    }
    let message = format!("the source ARN names the partition `{written}`, and {of} in `{should}`");
    Some(
        call.spot(field.span, message, should.to_owned())
            .by(&["P-026"])
            .mended(call.with(field.span, should)),
    )
}

fn wrong_account(call: &Called<'_>) -> Option<Spotted> {
    let field = call.field(FieldName::Account)?;
    let written = field.text(call.text);
    if written.is_empty() {
        let message = "the source ARN has no account, and API Gateway presents that of the API";
        let colon = crate::json::Span::new(field.span.start, field.span.start + 1);
        return Some(call.spot(colon, message, "the account is missing").by(&["P-025"]));
    }
    let accounts: Vec<_> = call.grant.source_accounts.iter().map(|own| own.text()).collect();
    if !is_account(written) {
        return None;
    }
    if !accounts.is_empty() && accounts.iter().all(|own| is_account(own) && *own != written) {
        let message = format!(
            "the source ARN names the account {written}, and the source account is {}: no call has both",
            accounts.join(", ")
        );
        return Some(call.spot(field.span, message, "another account").by(&["P-025"]));
    }
    let given = call.grant.given?.account.as_deref().filter(|own| *own != written)?;
    let message = format!(
        "the source ARN names the account {written}, and this deployment is in {given}: it is for APIs of that other account only"
    );
    Some(call.spot(field.span, message, "another account").by(&["P-025"]).at_most(Severity::Warning))
}
