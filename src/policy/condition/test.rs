//! Conditions ready to be tried on requests.

use super::Condition;
use super::operator::{Comparison, Operator, SetOperator};
use super::value::Wanted;
use crate::policy::pattern::ArnPattern;
use crate::policy::request::{Context, Values};

/// A condition that is compiled.
#[derive(Debug, Clone)]
pub(in crate::policy) struct Test {
    /// The key in lower case (P-066).
    key: Box<str>,
    /// `None`: an operator that nobody knows. It never holds.
    operator: Option<Operator>,
    values: Vec<Wanted>,
}

/// What one value of the policy is to the values of a request.
pub(in crate::policy) struct ValueTest {
    /// Whether one of them compares with it.
    pub(in crate::policy) fits: bool,
    /// The pattern, if it is one of ARNs.
    pub(in crate::policy) arn: Option<ArnPattern>,
}

impl Test {
    pub(in crate::policy) fn new(condition: &Condition, variables: bool) -> Self {
        let wanted = |operator: Operator| {
            let values = condition.values.iter();
            values.map(|value| Wanted::new(operator.comparison, &value.text, variables)).collect()
        };
        Self {
            key: condition.key.text.to_ascii_lowercase().into(),
            operator: condition.known.filter(|operator| !operator.is_null_qualified()),
            values: condition.known.map(wanted).unwrap_or_default(),
        }
    }

    /// The key in lower case.
    pub(in crate::policy) fn key(&self) -> &str {
        &self.key
    }

    /// The values of the request for the key.
    pub(in crate::policy) fn found<'c>(&self, context: &'c Context) -> Option<&'c Values> {
        context.get_lower(&self.key)
    }

    /// Whether the condition holds for a request.
    pub(in crate::policy) fn holds(&self, context: &Context) -> bool {
        self.holds_of(self.found(context), context)
    }

    /// The same, if the request's values for the key are known.
    #[inline]
    pub(in crate::policy) fn holds_of(&self, found: Option<&Values>, context: &Context) -> bool {
        let Some(operator) = self.operator else { return false };
        // No value at all is as good as no key.
        let found = found.map(Values::all).filter(|values| !values.is_empty());
        if operator.comparison == Comparison::Missing {
            return self
                .values
                .iter()
                .any(|wanted| matches!(wanted, Wanted::Bool(missing) if *missing == found.is_none()));
        }
        let one = |value: &String| self.holds_for(operator, value, context);
        match (operator.set, found) {
            (None, None) => operator.negated || operator.if_exists, // P-069
            (None, Some([value])) => one(value),
            (None, Some(_)) => false, // P-071
            (Some(SetOperator::ForAllValues), found) => found.unwrap_or_default().iter().all(one), // P-070
            (Some(SetOperator::ForAnyValue), None) => operator.if_exists,
            (Some(SetOperator::ForAnyValue), Some(values)) => values.iter().any(one),
        }
    }

    /// P-068: one of the policy's values for a positive operator, none of them for a negated one.
    #[inline]
    fn holds_for(&self, operator: Operator, value: &str, context: &Context) -> bool {
        let fits = self.values.iter().any(|wanted| wanted.fits(operator.comparison, value, context));
        if !operator.negated {
            return fits;
        }
        // P-072: a pattern that is no ARN spoils the negated operator as well.
        let spoilt = operator.comparison == Comparison::Arn
            && self.values.iter().any(|wanted| matches!(wanted, Wanted::Unusable));
        !fits && !spoilt
    }

    /// What each value of the policy is to the request, in their order.
    pub(in crate::policy) fn values(&self, context: &Context) -> Vec<ValueTest> {
        let Some(operator) = self.operator else { return Vec::new() };
        let found = self.found(context).map(Values::all).unwrap_or_default();
        let test = |wanted: &Wanted| ValueTest {
            fits: match (operator.comparison, wanted) {
                (Comparison::Missing, Wanted::Bool(missing)) => *missing == found.is_empty(),
                _ => found.iter().any(|value| wanted.fits(operator.comparison, value, context)),
            },
            arn: match wanted {
                Wanted::Arn(pattern) => Some(pattern.clone()),
                Wanted::VariedArn(template) => template.arn_pattern(context),
                _ => None,
            },
        };
        self.values.iter().map(test).collect()
    }
}
