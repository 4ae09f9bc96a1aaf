//! A statement that lets somebody invoke a function, whatever it stands in.

use super::Stated;
use crate::json::{Part, Pointer, Span};
use crate::policy::{Carried, CarrierKind, Condition, Effect, Spot, Statement};
use crate::template::{Grant, Origin};

/// A grant: a statement of a function's policy that allows, or a permission of a template.
#[derive(Debug, Clone)]
pub struct GrantCase<'a> {
    /// Who may; of everybody (`"Principal": "*"`), the text `*`.
    pub principals: Vec<Stated<'a>>,
    /// What they may.
    pub actions: Vec<Stated<'a>>,
    /// The functions.
    pub functions: Vec<Stated<'a>>,
    /// The qualifier that stands beside the function.
    pub qualifier: Option<Stated<'a>>,
    /// The ARNs of what invokes; none if the grant does not ask.
    pub source_arns: Vec<SourceArn<'a>>,
    /// The accounts of what invokes.
    pub source_accounts: Vec<Stated<'a>>,
    /// The organisations of who invokes, and other conditions that narrow the grant: their keys.
    pub other_keys: Vec<&'a str>,
    /// Where the grant stands.
    pub span: Span,
    /// A JSON pointer to it; a template has none.
    pub pointer: Option<Pointer>,
    /// Where it comes from, in a template.
    pub origin: Option<&'a Origin>,
}

/// A source ARN that a grant asks for.
#[derive(Debug, Clone, Copy)]
pub struct SourceArn<'a> {
    /// The pattern.
    pub stated: Stated<'a>,
    /// The condition that it stands in; permissions write `ArnLike` (P-092).
    pub condition: Option<&'a Condition>,
}

impl<'a> GrantCase<'a> {
    /// The grants of a policy: the statements that allow, if it is or may be that of a function.
    pub fn of_policy(carried: &'a Carried<'a>) -> Vec<Self> {
        let statements = carried.document.statements.iter();
        let own = statements.filter(|statement| statement.effect == Some(Effect::Allow));
        own.filter(|statement| is_of_function(carried, statement))
            .map(|statement| Self::of_statement(carried, statement))
            .collect()
    }

    fn of_statement(carried: &'a Carried<'a>, statement: &'a Statement) -> Self {
        let stated = |spot: &'a Spot| Stated::Policy(carried, spot);
        let all = |spots: Option<&'a Vec<Spot>>| spots.into_iter().flatten().map(stated).collect();
        let of_key = |key: &'static str| {
            statement.conditions.iter().filter(move |own| own.key.text.eq_ignore_ascii_case(key))
        };
        let arns = of_key("aws:SourceArn").flat_map(|condition| {
            let arn = |spot| SourceArn { stated: stated(spot), condition: Some(condition) };
            condition.values.iter().map(arn)
        });
        let is_other = |key: &&str| {
            !["aws:SourceArn", "aws:SourceAccount"].iter().any(|own| own.eq_ignore_ascii_case(key))
        };
        Self {
            principals: statement
                .principals
                .iter()
                .flat_map(|own| &own.values)
                .map(|own| stated(&own.spot))
                .collect(),
            actions: all(statement.actions.as_ref().map(|own| &own.values)),
            functions: all(statement.resources.as_ref().map(|own| &own.values)),
            qualifier: None,
            source_arns: arns.collect(),
            source_accounts: of_key("aws:SourceAccount").flat_map(|own| &own.values).map(stated).collect(),
            other_keys: statement
                .conditions
                .iter()
                .map(|own| own.key.text.as_str())
                .filter(is_other)
                .collect(),
            span: carried.span(&statement.at, Part::Value).unwrap_or(Span::new(0, 0)),
            pointer: carried.pointer(&statement.at),
            origin: None,
        }
    }

    /// A permission of a template.
    pub fn of_grant(grant: &'a Grant) -> Self {
        let others = [
            ("aws:PrincipalOrgID", &grant.principal_org_id),
            ("lambda:EventSourceToken", &grant.event_source_token),
            ("lambda:FunctionUrlAuthType", &grant.function_url_auth_type),
        ];
        let via_url = grant.via_function_url.then_some("lambda:InvokedViaFunctionUrl");
        let arn = |stated| SourceArn { stated: Stated::Template(stated), condition: None };
        Self {
            principals: vec![Stated::Template(&grant.principal)],
            actions: vec![Stated::Template(&grant.action)],
            functions: vec![Stated::Template(&grant.function)],
            qualifier: grant.qualifier.as_ref().map(Stated::Template),
            source_arns: grant.source_arn.iter().map(arn).collect(),
            source_accounts: grant.source_account.iter().map(Stated::Template).collect(),
            other_keys: others
                .into_iter()
                .filter_map(|(key, own)| own.as_ref().map(|_| key))
                .chain(via_url)
                .collect(),
            span: grant.origin.span,
            pointer: None,
            origin: Some(&grant.origin),
        }
    }

    /// Whether it is for API Gateway: it names its principal, or an ARN of an API.
    pub fn is_for_api_gateway(&self) -> bool {
        let is_gateway = |own: &Stated<'_>| own.text() == crate::policy::Caller::API_GATEWAY;
        self.principals.iter().any(is_gateway)
    }

    /// Whether a program wrote it, so that there is nothing in it to mend by hand.
    pub fn is_generated(&self) -> bool {
        self.origin.is_some_and(|origin| origin.generated_from.is_some())
    }
}

/// Whether a statement is of a function's policy. A document by itself shows it by its actions and
/// resources.
fn is_of_function(carried: &Carried<'_>, statement: &Statement) -> bool {
    let begins = |own: &crate::policy::Patterns, with: &str| {
        own.values.iter().any(|spot| spot.text.to_ascii_lowercase().starts_with(with))
    };
    match carried.kind {
        CarrierKind::FunctionPolicy | CarrierKind::FunctionStatement => true,
        CarrierKind::Document => {
            statement.principals.is_some()
                && statement.actions.as_ref().is_some_and(|own| begins(own, "lambda:"))
        }
        CarrierKind::RestApi | CarrierKind::AuthorizerResult => false,
    }
}
