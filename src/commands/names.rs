//! Values of flags that have names out of a long list.

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::error::ErrorKind;
use clap::{Arg, Command, Error};
use std::ffi::OsStr;

/// Reads a name. The list of all names is made only for help, for completions and for the words
/// about a wrong one: making it takes longer than most commands do.
#[derive(Debug, Clone)]
pub(super) struct Names<T> {
    /// Every name, with its hidden aliases.
    pub(super) all: fn() -> Vec<PossibleValue>,
    /// What a name stands for.
    pub(super) read: fn(&str) -> Option<T>,
}

impl<T: Clone + Send + Sync + 'static> TypedValueParser for Names<T> {
    type Value = T;

    fn parse_ref(&self, command: &Command, arg: Option<&Arg>, value: &OsStr) -> Result<T, Error> {
        if let Some(read) = value.to_str().and_then(self.read) {
            return Ok(read);
        }
        match PossibleValuesParser::new((self.all)()).parse_ref(command, arg, value) {
            Err(error) => Err(error),
            Ok(_) => Err(Error::new(ErrorKind::InvalidValue).with_cmd(command)),
        }
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new((self.all)().into_iter()))
    }
}
