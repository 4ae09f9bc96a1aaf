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
