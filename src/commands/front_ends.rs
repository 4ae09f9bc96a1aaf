//! Names of front ends on the command line: one, several, or all.

use crate::gateway::Flavor;
use clap::builder::{PossibleValuesParser, TypedValueParser};

/// What one value of `--api` names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrontEnds(pub Vec<Flavor>);

const ALL: &str = "all";

/// Reads the name of a flavour, and knows all names for completions and for suggestions.
pub(super) fn flavor_parser() -> impl TypedValueParser<Value = Flavor> {
    let names = PossibleValuesParser::new(Flavor::ALL.map(|flavor| flavor.facts().name));
    names.try_map(|name| Flavor::from_name(&name).ok_or("no such front end"))
}

/// The same, and `all`.
pub(super) fn parser() -> impl TypedValueParser<Value = FrontEnds> {
    let names = Flavor::ALL.iter().map(|flavor| flavor.facts().name).chain([ALL]);
    PossibleValuesParser::new(names).try_map(|name| match name.as_str() {
        ALL => Ok(FrontEnds(Flavor::ALL.to_vec())),
        name => Flavor::from_name(name).map(|flavor| FrontEnds(vec![flavor])).ok_or("no such front end"),
    })
}

/// The front ends that the values name, each once.
pub(super) fn chosen(values: &[FrontEnds]) -> Vec<Flavor> {
    let mut chosen = Vec::new();
    for flavor in values.iter().flat_map(|FrontEnds(flavors)| flavors) {
        if !chosen.contains(flavor) {
            chosen.push(*flavor);
        }
    }
    chosen
}
