//! The values of conditions, read for their operator.

use super::operator::{Comparison, Order};
use crate::http::encoding;
use crate::policy::pattern::{ArnPattern, Pattern};
use crate::policy::request::Context;
use crate::policy::variables::Template;
use ipnet::IpNet;
use std::cmp::Ordering;
use std::net::IpAddr;
use time::format_description::well_known::Iso8601;
use time::{Date, OffsetDateTime, PrimitiveDateTime};

/// A value that a key is compared with.
#[derive(Debug, Clone)]
pub(in crate::policy) enum Wanted {
    Text(Pattern),
    /// A text with variables, with or without wildcards.
    Varied(Template),
    /// A text in lower case.
    Folded(Box<str>),
    Arn(ArnPattern),
    /// A pattern of ARNs with variables.
    VariedArn(Template),
    Number(f64, Order),
    Date(i128, Order),
    Bool(bool),
    Binary(Vec<u8>),
    Address(IpNet),
    /// Nothing that the operator can compare with.
    Unusable,
}

/// Whether an operator can compare with a value; one with variables is not known before.
pub(super) fn is_usable(comparison: Comparison, text: &str) -> bool {
    text.contains("${") || !matches!(Wanted::new(comparison, text, false), Wanted::Unusable)
}

impl Wanted {
    /// Reads a value for its operator.
    pub(super) fn new(comparison: Comparison, text: &str, variables: bool) -> Self {
        let template = |wildcards| Template::new(text, wildcards, variables);
        // Without variables to fill in there may still be escaped characters.
        let is_plain = !text.contains("${");
        let arn = |pattern: ArnPattern| pattern.is_well_formed().then_some(Self::Arn(pattern));
        let number = |order| text.parse().ok().map(|number| Self::Number(number, order));
        let read = match comparison {
            Comparison::Text if is_plain => Some(Self::Text(Pattern::literal(text))),
            Comparison::TextPattern if is_plain => Some(Self::Text(Pattern::new(text))),
            Comparison::Text | Comparison::TextPattern => {
                match template(comparison == Comparison::TextPattern) {
                    fixed if fixed.is_fixed() => fixed.pattern(&Context::new()).map(Self::Text),
                    varied => Some(Self::Varied(varied)),
                }
            }
            Comparison::TextIgnoringCase => match template(false) {
                fixed if fixed.is_fixed() => Some(Self::Folded(text.to_lowercase().into())),
                varied => Some(Self::Varied(varied)),
            },
            Comparison::Arn if is_plain => arn(ArnPattern::of_condition(text)),
            Comparison::Arn => match template(true) {
                fixed if fixed.is_fixed() => fixed.arn_pattern(&Context::new()).and_then(arn),
                varied => Some(Self::VariedArn(varied)),
            },
            Comparison::Number(order) => number(order),
            Comparison::Date(order) => instant(text).map(|instant| Self::Date(instant, order)),
            Comparison::Bool | Comparison::Missing => boolean(text).map(Self::Bool),
            Comparison::Binary => encoding::base64_decode(text).map(Self::Binary),
            Comparison::Address => network(text).map(Self::Address),
        };
        read.unwrap_or(Self::Unusable)
    }

    /// Whether a value of the request compares with it.
    #[inline]
    pub(super) fn fits(&self, comparison: Comparison, value: &str, context: &Context) -> bool {
        match self {
            Self::Text(pattern) => pattern.matches(value),
            Self::Varied(template) => template.pattern(context).is_some_and(|pattern| {
                let folds = comparison == Comparison::TextIgnoringCase;
                if folds { same_folded(pattern.as_str(), value) } else { pattern.matches(value) }
            }),
            Self::Folded(own) => same_folded(own, value),
            Self::Arn(pattern) => pattern.matches(value),
            Self::VariedArn(template) => template.arn_pattern(context).is_some_and(|own| own.matches(value)),
            Self::Number(own, order) => {
                value.parse::<f64>().is_ok_and(|value| order.holds(value.partial_cmp(own)))
            }
            Self::Date(own, order) => instant(value).is_some_and(|value| order.holds(value.partial_cmp(own))),
            Self::Bool(own) => boolean(value) == Some(*own),
            Self::Binary(own) => encoding::base64_decode(value).as_ref() == Some(own),
            Self::Address(own) => value.parse::<IpAddr>().is_ok_and(|value| own.contains(&value)),
            Self::Unusable => false,
        }
    }
}

impl Order {
    /// How the request's value compares with the policy's.
    fn holds(self, order: Option<Ordering>) -> bool {
        order.is_some_and(|order| match self {
            Self::Equal => order.is_eq(),
            Self::Less => order.is_lt(),
            Self::AtMost => order.is_le(),
            Self::Greater => order.is_gt(),
            Self::AtLeast => order.is_ge(),
        })
    }
}

fn same_folded(folded: &str, value: &str) -> bool {
    folded.chars().flat_map(char::to_lowercase).eq(value.chars().flat_map(char::to_lowercase))
}

fn boolean(text: &str) -> Option<bool> {
    [true, false].into_iter().find(|value| text.eq_ignore_ascii_case(&value.to_string()))
}

/// A block of addresses, or one address.
fn network(text: &str) -> Option<IpNet> {
    text.parse().ok().or_else(|| text.parse::<IpAddr>().ok().map(IpNet::from))
}

/// A date of ISO 8601 as W3C has it, or seconds since 1970; in nanoseconds since then.
fn instant(text: &str) -> Option<i128> {
    const NANOSECONDS: i128 = 1_000_000_000;
    let is_year = text.len() == 4;
    if let (false, Ok(seconds)) = (is_year, text.parse::<i64>()) {
        return Some(i128::from(seconds) * NANOSECONDS);
    }
    // The standard's short forms begin at the first month, day or hour.
    let text = match text.len() {
        4 => format!("{text}-01-01"),
        7 => format!("{text}-01"),
        _ => text.to_owned(),
    };
    let with_offset = OffsetDateTime::parse(&text, &Iso8601::DEFAULT).ok();
    let in_utc =
        || PrimitiveDateTime::parse(&text, &Iso8601::DEFAULT).ok().map(PrimitiveDateTime::assume_utc);
    let day = || Date::parse(&text, &Iso8601::DEFAULT).ok().map(|day| day.midnight().assume_utc());
    with_offset.or_else(in_utc).or_else(day).map(OffsetDateTime::unix_timestamp_nanos)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_in_every_form() {
        let first = instant("2025-01-31T12:00:00Z");
        assert_eq!(first, Some(1_738_324_800_000_000_000));
        for text in
            ["1738324800", "2025-01-31T12:00Z", "2025-01-31T13:00:00.000+01:00", "2025-01-31T12:00:00"]
        {
            assert_eq!(instant(text), first, "{text}");
        }
        assert_eq!(instant("2025"), instant("2025-01-01T00:00:00Z"));
        assert_eq!(instant("2025-02"), instant("2025-02-01"));
        for text in ["", "tomorrow", "2025-13-01", "31.01.2025", "2025-01-31T25:00:00Z"] {
            assert_eq!(instant(text), None, "{text}");
        }
    }

    #[test]
    fn addresses_are_blocks_or_alone() {
        assert_eq!(network("203.0.113.7"), "203.0.113.7/32".parse().ok());
        assert!(network("10.1.2.3/8").is_some() && network("2001:db8::/32").is_some());
        assert_eq!(network("203.0.113"), None);
    }
}
