//! What is wrong with a policy document, as data: the words are for others.

use crate::json::{Part, Pointer};
use serde_json::Value;

/// The ways in which a document is no policy as IAM knows them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ProblemKind {
    /// The document, a statement or a condition is no object.
    NotObject,
    /// There is no `Statement`, or an empty list of them.
    NoStatement,
    /// An element that policies do not have.
    UnknownElement,
    /// `Version` is neither 2012-10-17 nor 2008-10-17.
    UnknownVersion,
    /// A statement without `Effect`, or with another one than `Allow` and `Deny`.
    EffectUnknown,
    /// A `Sid` or `Id` that is no text.
    NotText,
    /// A statement without `Action` and `NotAction`.
    NoAction,
    /// A statement without `Resource` and `NotResource`.
    NoResource,
    /// An element and its opposite in one statement.
    BothWays,
    /// A value that is neither a text nor a list of texts.
    NotTexts,
    /// An empty list: nothing can match.
    EmptyList,
    /// An action that is not `service:Name`.
    ActionForm,
    /// A resource that is neither an ARN nor `*`.
    ResourceForm,
    /// A wildcard in the service of an ARN (P-077).
    WildcardService,
    /// A kind of principal that IAM does not know.
    PrincipalKind,
    /// A wildcard inside the name of a principal (P-082).
    PrincipalWildcard,
    /// A principal that is no account, no ARN and no name of a service.
    PrincipalForm,
    /// An operator that IAM does not know.
    UnknownOperator,
    /// An operator in another case than IAM's own.
    OperatorCase,
    /// `Null` with a set operator or `IfExists`.
    NullQualified,
    /// A condition key that is no `prefix:name`.
    KeyForm,
    /// Two keys of an operator that differ in case only.
    KeyTwice,
    /// A value that the operator cannot compare with: no number, date, address, ARN.
    ValueForm,
    /// Wildcards in a value of an operator that takes them for characters (P-065).
    WildcardLiteral,
    /// A policy variable in a document whose version has none (P-073).
    VariableLiteral,
    /// `${` without its end, or a variable where none is allowed.
    VariableForm,
}

impl ProblemKind {
    /// What is wrong, in one line.
    pub fn words(self) -> &'static str {
        match self {
            Self::NotObject => "an object is needed here",
            Self::NoStatement => "the policy has no statement",
            Self::UnknownElement => "policies have no such element",
            Self::UnknownVersion => "the version of a policy is 2012-10-17 or 2008-10-17",
            Self::EffectUnknown => "a statement needs the effect Allow or Deny, and says nothing without",
            Self::NotText => "a text is needed here",
            Self::NoAction => "a statement needs Action or NotAction, and is about nothing without",
            Self::NoResource => "a statement needs Resource or NotResource, and is about nothing without",
            Self::BothWays => "a statement has an element or its opposite, not both",
            Self::NotTexts => "a text or a list of texts is needed here",
            Self::EmptyList => "an empty list matches nothing",
            Self::ActionForm => "an action is `service:Name`",
            Self::ResourceForm => "a resource is an ARN of six parts, or *",
            Self::WildcardService => "the service of an ARN takes no wildcard",
            Self::PrincipalKind => "principals are of the kinds AWS, Service, Federated and CanonicalUser",
            Self::PrincipalWildcard => "a wildcard inside the name of a principal matches nobody",
            Self::PrincipalForm => "a principal is an account, an ARN, or the name of a service",
            Self::UnknownOperator => "there is no such operator: the condition never holds",
            Self::OperatorCase => "IAM writes this operator in another case",
            Self::NullQualified => "Null takes no set operator and no IfExists: the condition never holds",
            Self::KeyForm => "a condition key is `prefix:name`",
            Self::KeyTwice => "the case of keys does not count: this key stands here twice",
            Self::ValueForm => "this operator cannot compare with such a value",
            Self::WildcardLiteral => "* and ? are characters to this operator",
            Self::VariableLiteral => "only policies of version 2012-10-17 have variables: this is text",
            Self::VariableForm => "a policy variable is `${prefix:name}`: this is text",
        }
    }
}

/// Something wrong with a document, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What it is.
    pub kind: ProblemKind,
    /// The value that it is about.
    pub at: Pointer,
    /// Whether the value or its key is meant.
    pub part: Part,
    /// The value or the word in question.
    pub found: String,
}

impl Problem {
    pub(super) fn of_value(kind: ProblemKind, at: &Pointer, found: &Value) -> Self {
        let found = found.as_str().map_or_else(|| found.to_string(), str::to_owned);
        Self { kind, at: at.clone(), part: Part::Value, found }
    }

    pub(super) fn of_text(kind: ProblemKind, at: &Pointer, found: &str) -> Self {
        Self { kind, at: at.clone(), part: Part::Value, found: found.to_owned() }
    }

    pub(super) fn of_key(kind: ProblemKind, at: &Pointer) -> Self {
        Self { kind, at: at.clone(), part: Part::Key, found: at.last().unwrap_or_default().to_owned() }
    }
}
