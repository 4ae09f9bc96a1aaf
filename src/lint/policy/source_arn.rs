//! A source ARN that a grant asks for, and how it is compared.

use super::Stated;
use crate::json::{Edit, Span};
use crate::policy::{Carried, Comparison, Condition, Operator};
use crate::template::Resolved;

/// A source ARN that a grant asks for.
#[derive(Debug, Clone, Copy)]
pub struct SourceArn<'a> {
    /// The pattern.
    pub stated: Stated<'a>,
    /// How it is compared; `None` by an operator that IAM does not know.
    pub operator: Option<Operator>,
    /// The operator as it is written; a permission has none (P-092).
    written: Option<Written<'a>>,
}

/// An operator as it is written.
#[derive(Debug, Clone, Copy)]
enum Written<'a> {
    /// In a document, among the other conditions of its statement.
    Policy(&'a Carried<'a>, &'a Condition, &'a [Condition]),
    /// In a policy of a template.
    Template(&'a Resolved),
}

/// What permissions make of a source ARN (P-092).
const ARN_LIKE: Operator =
    Operator { set: None, comparison: Comparison::Arn, negated: false, if_exists: false };

impl<'a> SourceArn<'a> {
    pub(super) fn of_condition(
        stated: Stated<'a>,
        carried: &'a Carried<'a>,
        condition: &'a Condition,
        all: &'a [Condition],
    ) -> Self {
        let written = Some(Written::Policy(carried, condition, all));
        Self { stated, operator: condition.known, written }
    }

    pub(super) fn of_template(stated: Stated<'a>, operator: Option<&'a Resolved>) -> Self {
        let known = operator.map_or(Some(ARN_LIKE), |operator| Operator::parse(operator.text()));
        Self { stated, operator: known, written: operator.map(Written::Template) }
    }

    /// Whether the grant holds where it matches, not where it does not.
    pub fn is_wanted(&self) -> bool {
        self.operator.is_some_and(|operator| !operator.negated)
    }

    /// How it is compared, if it is wanted.
    pub fn comparison(&self) -> Option<Comparison> {
        self.operator.filter(|operator| !operator.negated).map(|operator| operator.comparison)
    }

    /// Where the operator stands.
    pub fn operator_span(&self) -> Option<Span> {
        match self.written? {
            Written::Policy(carried, condition, _) => carried.span_in_key(&condition.operator.at),
            Written::Template(operator) => Some(operator.span()),
        }
    }

    /// `ArnLike` in place of the operator. `None` if that would change other keys, too, or if the
    /// statement has that operator already.
    pub fn made_arn_like(&self) -> Option<Edit> {
        let Written::Policy(carried, condition, all) = self.written? else { return None };
        let is_sole = all.iter().filter(|own| own.operator.at == condition.operator.at).count() == 1;
        let is_new = all.iter().all(|own| !own.operator.text.eq_ignore_ascii_case("ArnLike"));
        let is_plain = self.operator.is_some_and(|own| own.set.is_none() && !own.if_exists);
        let span = carried.span_in_key(&condition.operator.at).filter(|_| is_sole && is_new && is_plain)?;
        Some(Edit { span, replacement: "ArnLike".to_owned() })
    }
}
