//! The operators of conditions.

/// An operator: what it compares, and how several values and missing ones count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Operator {
    /// For keys of several values.
    pub set: Option<SetOperator>,
    /// What is compared.
    pub comparison: Comparison,
    /// Whether it holds where nothing compares.
    pub negated: bool,
    /// Whether it holds where the request lacks the key.
    pub if_exists: bool,
}

/// How the values of a key count together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SetOperator {
    /// Each of them must hold; none at all do (P-070).
    ForAllValues,
    /// One of them must hold.
    ForAnyValue,
}

/// What is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// `StringEquals`: every character as it is.
    Text,
    /// `StringEqualsIgnoreCase`.
    TextIgnoringCase,
    /// `StringLike`: a pattern over the whole text.
    TextPattern,
    /// `ArnLike` and `ArnEquals`: a pattern part by part (P-060).
    Arn,
    /// `NumericEquals`, `NumericLessThan`.
    Number(Order),
    /// `DateEquals`, `DateLessThan`.
    Date(Order),
    /// `Bool`.
    Bool,
    /// `BinaryEquals`.
    Binary,
    /// `IpAddress`.
    Address,
    /// `Null`: whether the key is missing.
    Missing,
}

/// How numbers and dates compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// The same.
    Equal,
    /// The request's is less.
    Less,
    /// The request's is not greater.
    AtMost,
    /// The request's is greater.
    Greater,
    /// The request's is not less.
    AtLeast,
}

/// Every name without set operator and `IfExists`, with its comparison and whether it is negated.
const NAMES: [(&str, Comparison, bool); 27] = [
    ("StringEquals", Comparison::Text, false),
    ("StringNotEquals", Comparison::Text, true),
    ("StringEqualsIgnoreCase", Comparison::TextIgnoringCase, false),
    ("StringNotEqualsIgnoreCase", Comparison::TextIgnoringCase, true),
    ("StringLike", Comparison::TextPattern, false),
    ("StringNotLike", Comparison::TextPattern, true),
    ("ArnLike", Comparison::Arn, false),
    ("ArnNotLike", Comparison::Arn, true),
    ("NumericEquals", Comparison::Number(Order::Equal), false),
    ("NumericNotEquals", Comparison::Number(Order::Equal), true),
    ("NumericLessThan", Comparison::Number(Order::Less), false),
    ("NumericLessThanEquals", Comparison::Number(Order::AtMost), false),
    ("NumericGreaterThan", Comparison::Number(Order::Greater), false),
    ("NumericGreaterThanEquals", Comparison::Number(Order::AtLeast), false),
    ("DateEquals", Comparison::Date(Order::Equal), false),
    ("DateNotEquals", Comparison::Date(Order::Equal), true),
    ("DateLessThan", Comparison::Date(Order::Less), false),
    ("DateLessThanEquals", Comparison::Date(Order::AtMost), false),
    ("DateGreaterThan", Comparison::Date(Order::Greater), false),
    ("DateGreaterThanEquals", Comparison::Date(Order::AtLeast), false),
    ("Bool", Comparison::Bool, false),
    ("BinaryEquals", Comparison::Binary, false),
    ("IpAddress", Comparison::Address, false),
    ("NotIpAddress", Comparison::Address, true),
    ("Null", Comparison::Missing, false),
    ("ArnEquals", Comparison::Arn, false),
    ("ArnNotEquals", Comparison::Arn, true),
];

impl Operator {
    /// Reads an operator in any case; [`Operator::is_spelled_right`] tells whether it has IAM's own.
    pub fn parse(text: &str) -> Option<Self> {
        let (set, name) = match text.split_once(':') {
            None => (None, text),
            Some((set, name)) if set.eq_ignore_ascii_case("ForAllValues") => {
                (Some(SetOperator::ForAllValues), name)
            }
            Some((set, name)) if set.eq_ignore_ascii_case("ForAnyValue") => {
                (Some(SetOperator::ForAnyValue), name)
            }
            Some(_) => return None,
        };
        let length = name.len().saturating_sub("IfExists".len());
        let suffix = name.get(length..).filter(|suffix| suffix.eq_ignore_ascii_case("IfExists"));
        let if_exists = suffix.is_some();
        let name = if if_exists { &name[..length] } else { name };
        let (_, comparison, negated) = NAMES.iter().find(|(own, ..)| own.eq_ignore_ascii_case(name))?;
        Some(Self { set, comparison: *comparison, negated: *negated, if_exists })
    }

    /// Whether a text is an operator in IAM's own case.
    pub fn is_spelled_right(text: &str) -> bool {
        let name = text.strip_prefix("ForAllValues:").or_else(|| text.strip_prefix("ForAnyValue:"));
        let name = name.unwrap_or(text);
        let name = name.strip_suffix("IfExists").unwrap_or(name);
        NAMES.iter().any(|(own, ..)| *own == name)
    }

    /// Whether it is `Null` with a set operator or `IfExists`, which makes no sense.
    pub fn is_null_qualified(self) -> bool {
        self.comparison == Comparison::Missing && (self.set.is_some() || self.if_exists)
    }
}
