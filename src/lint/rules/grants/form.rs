//! Whether a source ARN is an ARN, and one of API Gateway.

use super::place::Home;
use super::{GOOD, GrantCase, NO_PERMISSION, PolicyCheck, Rule, Severity, Spotted, with_source};
use crate::json::Span;
use crate::lint::policy::SourceArn;
use crate::policy::Comparison;
use crate::policy::arn::{Field, FieldName, fields, is_account};

pub(in super::super) static MALFORMED_SOURCE_ARN: Rule = Rule {
    code: "AGW303",
    name: "source-arn-malformed",
    severity: Severity::Error,
    title: "the source ARN is none that AddPermission takes",
    why: "An ARN has six parts between colons, and each part of the condition is compared with its own. Lambda's AddPermission refuses a source ARN of another form, an account that has not twelve digits, and a wildcard in region or account; PutResourcePolicy stores them. There a short ARN matches nothing, and a wildcard every region or account.",
    policy: Some(PolicyCheck::Grant(malformed)),
    help: "write arn:PARTITION:execute-api:REGION:ACCOUNT:API_ID/STAGE/METHOD/PATH with region and account",
    bad: &[
        with_source!("arn:aws:execute-api:eu-west-1:a1b2c3d4e5/*/GET/users"),
        with_source!("arn:aws:execute-api:eu-west-1:12345:a1b2c3d4e5/*/GET/users"),
        with_source!("arn:aws:execute-api:*:123456789012:a1b2c3d4e5/*/GET/users"),
    ],
    good: GOOD,
    facts: &["P-060", "P-072", "P-094"],
    ..Rule::PLAIN
};

/// The source ARNs that are meant for API Gateway, whatever is wrong with them.
fn meant<'g>(grant: &'g GrantCase<'g>) -> impl Iterator<Item = &'g SourceArn<'g>> {
    let is_meant = |source: &&SourceArn<'_>| {
        let text = source.stated.text();
        source.is_wanted() && (grant.is_for_api_gateway_only() || text.contains("execute-api"))
    };
    grant.source_arns.iter().filter(|_| !grant.is_generated()).filter(is_meant)
}

fn malformed(grant: &GrantCase<'_>) -> Vec<Spotted> {
    let spots = meant(grant).flat_map(|source| {
        let text = source.stated.text();
        if scheme(text).is_some() {
            return Vec::new();
        }
        let fields = fields(text);
        if fields.iter().any(|field| field.name.part() == FieldName::Resource) && text.starts_with("arn:") {
            return [FieldName::Region, FieldName::Account]
                .into_iter()
                .filter_map(|name| fields.iter().find(|field| field.name == name))
                .filter_map(|field| part(grant, source, *field))
                .collect();
        }
        // A reference can stand for several parts.
        if text.contains("${") { Vec::new() } else { few_parts(grant, source, &fields).into_iter().collect() }
    });
    spots.collect()
}

/// Fewer than six parts, or no `arn:` before them.
fn few_parts(grant: &GrantCase<'_>, source: &SourceArn<'_>, fields: &[Field]) -> Option<Spotted> {
    let text = source.stated.text();
    let has_wildcard = text.contains(['*', '?']);
    if source.comparison() == Some(Comparison::TextPattern) && has_wildcard {
        return None;
    }
    let written = |at: usize| fields.get(at).map(|field| field.text(text)).unwrap_or_default();
    let five = fields.len() == 5 && written(0) == "arn";
    let behind = |at: usize| fields.get(at).map(|field| Span::new(field.span.start, field.span.start));
    let whole = Span::new(0, text.len());
    let message = |what: &str| format!("the source ARN has {what}, and ARNs have six parts between colons");
    let case = if five && is_account(written(3)) {
        let case = Spotted::within(&source.stated, whole, message("no region"), "the region is missing");
        let region = Home::of(grant).region.map(|region| format!("{region}:"));
        case.mended(region.and_then(|region| source.stated.replaced(behind(3)?, &region)))
    } else if five && !is_account(written(4)) {
        Spotted::within(&source.stated, whole, message("no account"), "the account is missing")
    } else if written(0) != "arn" {
        let message =
            format!("`{text}` is no ARN: those begin with `arn:` and have six parts between colons");
        Spotted::within(&source.stated, whole, message, "no ARN")
    } else {
        let message = message(&format!("{} parts", fields.len()));
        Spotted::within(&source.stated, whole, message, "parts are missing")
    };
    // What a short pattern in a document matches is not recorded.
    Some(if grant.in_document && has_wildcard {
        case.by(&["P-060", "P-072"]).at_most(Severity::Warning)
    } else {
        case
    })
}

/// Region or account of an ARN of six parts.
fn part(grant: &GrantCase<'_>, source: &SourceArn<'_>, field: Field) -> Option<Spotted> {
    let written = field.text(source.stated.text());
    let name = field.name.name();
    if written.contains("${") || written.is_empty() {
        return None;
    }
    if written.contains(['*', '?']) && source.comparison()? != Comparison::Text {
        let case = if grant.in_document {
            let message = format!(
                "`{written}` for the {name} matches more than one {name}; AddPermission would refuse it"
            );
            Spotted::within(&source.stated, field.span, message, format!("any {name}"))
                .at_most(Severity::Warning)
        } else {
            let message = format!("AddPermission refuses `{written}` for the {name} of a source ARN");
            Spotted::within(&source.stated, field.span, message, format!("name the {name}"))
        };
        // The function's own region is what is presented (P-023), and no more than a wildcard.
        let region = Home::of(grant).region.filter(|_| field.name == FieldName::Region);
        return Some(
            case.by(&["P-094"]).mended(region.and_then(|own| source.stated.replaced(field.span, own))),
        );
    }
    if field.name != FieldName::Account || is_account(written) || written.contains(['*', '?']) {
        return None;
    }
    let message = format!("`{written}` is no account: those have twelve digits");
    Some(Spotted::within(&source.stated, field.span, message, "no account").by(&["P-094"]))
}

pub(in super::super) static WRONG_SERVICE: Rule = Rule {
    code: "AGW304",
    name: "source-arn-wrong-service",
    severity: Severity::Error,
    title: "the source ARN is not one of execute-api",
    why: "When API Gateway invokes a function it presents an ARN of the service execute-api. The ARN by which an API is managed (`arn:aws:apigateway:…`), that of a function or a URL is none that it presents: the grant never matches, and a URL is refused.",
    log: Some(NO_PERMISSION),
    policy: Some(PolicyCheck::Grant(wrong_service)),
    help: "write arn:PARTITION:execute-api:REGION:ACCOUNT:API_ID/STAGE/METHOD/PATH",
    bad: &[
        with_source!("arn:aws:apigateway:eu-west-1::/restapis/a1b2c3d4e5/stages/prod"),
        with_source!("https://a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com/prod/users"),
    ],
    good: GOOD,
    facts: &["P-001", "P-094"],
    ..Rule::PLAIN
};

/// The beginning of a URL: `https://`.
fn scheme(text: &str) -> Option<&str> {
    let end = text.find("://").filter(|end| text[..*end].bytes().all(|byte| byte.is_ascii_lowercase()))?;
    text.get(..end + "://".len())
}

fn wrong_service(grant: &GrantCase<'_>) -> Vec<Spotted> {
    let case = |source: &SourceArn<'_>| {
        let text = source.stated.text();
        if let Some(scheme) = scheme(text) {
            let message = "a URL is no source ARN: API Gateway presents `arn:…:execute-api:…`";
            let bytes = Span::new(0, scheme.len());
            return Some(Spotted::within(&source.stated, bytes, message, "no ARN"));
        }
        let fields = fields(text);
        let service = fields.iter().find(|field| field.name == FieldName::Service)?;
        let (written, is_whole) =
            (service.text(text), fields.iter().any(|field| field.name.part() == FieldName::Resource));
        let is_pattern = written.contains(['*', '?']) && source.comparison() != Some(Comparison::Text);
        if written == "execute-api"
            || is_pattern
            || written.contains("${")
            || !is_whole
            || !text.starts_with("arn:")
        {
            return None;
        }
        let message = format!(
            "the source ARN is one of the service `{written}`, and API Gateway presents one of `execute-api`"
        );
        let case = Spotted::within(&source.stated, service.span, message, "execute-api");
        // The rest of an ARN for managing APIs is another one, too.
        let account = fields.iter().find(|field| field.name == FieldName::Account);
        let fits = account
            .is_some_and(|account| account.text(text).len() == 12 || account.text(text).starts_with("${"))
            && !fields
                .iter()
                .any(|field| field.name == FieldName::Resource && field.text(text).starts_with('/'));
        let alike = written.bytes().filter(u8::is_ascii_alphanumeric).map(|byte| byte.to_ascii_lowercase());
        let is_typo = alike.eq(b"executeapi".iter().copied()) || written == "apigateway";
        Some(
            case.mended(
                (fits && is_typo).then(|| source.stated.replaced(service.span, "execute-api")).flatten(),
            ),
        )
    };
    let sources = grant.source_arns.iter().filter(|source| source.is_wanted());
    sources.filter(|_| grant.is_for_api_gateway_only() && !grant.is_generated()).filter_map(case).collect()
}
