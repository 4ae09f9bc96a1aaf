//! A source ARN that a grant asks for, and how it is compared.

use super::Stated;
use crate::json::{Edit, Part, Span};
use crate::policy::{Carried, Comparison, Condition, Operator};

/// A source ARN that a grant asks for.
#[derive(Debug, Clone, Copy)]
pub struct SourceArn<'a> {
    /// The pattern.
    pub stated: Stated<'a>,
    /// How it is compared; `None` by an operator that IAM does not know.
    pub operator: Option<Operator>,
    /// The condition that it stands in, and all of its statement; a permission has none (P-092).
    written: Option<(&'a Carried<'a>, &'a Condition, &'a [Condition])>,
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
        let written = Some((carried, condition, all));
        Self { stated, operator: condition.known, written }
    }

    pub(super) fn of_permission(stated: Stated<'a>) -> Self {
        Self { stated, operator: Some(ARN_LIKE), written: None }
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
        let (carried, condition, _) = self.written?;
        let name = Span::new(0, condition.operator.text.len());
        let inside = carried.span_within_key(&condition.operator.at, name);
        inside.or_else(|| carried.span(&condition.operator.at, Part::Key))
    }

    /// `ArnLike` in place of the operator. `None` if that would change other keys, too, if the
    /// statement has that operator already, or in a template.
    pub fn made_arn_like(&self) -> Option<Edit> {
        let (carried, condition, all) = self.written?;
        let is_sole = all.iter().filter(|own| own.operator.at == condition.operator.at).count() == 1;
        let is_new = all.iter().all(|own| !own.operator.text.eq_ignore_ascii_case("ArnLike"));
        let is_plain = self.operator.is_some_and(|own| own.set.is_none() && !own.if_exists);
        let name = Span::new(0, condition.operator.text.len());
        let span = carried.span_within_key(&condition.operator.at, name);
        let span = span.filter(|_| is_sole && is_new && is_plain)?;
        Some(Edit { span, replacement: "ArnLike".to_owned() })
    }
}
