//! Names of front ends on the command line: one, several, or all.

use crate::config::{self, ALL};
use crate::gateway::Front;
use clap::builder::{PossibleValuesParser, TypedValueParser};

/// What one value of `--api` names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrontEnds(pub Vec<Front>);

/// Reads the name of a front, and knows all names for completions and for suggestions.
pub(super) fn front_parser() -> impl TypedValueParser<Value = Front> {
    let names = PossibleValuesParser::new(Front::all().map(Front::name));
    names.try_map(|name| Front::from_name(&name).ok_or("no such front end"))
}

/// The same, and `all`: what answers callers, and no authorizer.
pub(super) fn parser() -> impl TypedValueParser<Value = FrontEnds> {
    let names = Front::all().map(Front::name).chain([ALL]);
    PossibleValuesParser::new(names)
        .try_map(|name| config::fronts(&name).map(FrontEnds).ok_or("no such front end"))
}

/// The front ends that the values name, each once.
pub(super) fn chosen(values: &[FrontEnds]) -> Vec<Front> {
    let mut chosen = Vec::new();
    for front in values.iter().flat_map(|FrontEnds(fronts)| fronts) {
        if !chosen.contains(front) {
            chosen.push(*front);
        }
    }
    chosen
}
