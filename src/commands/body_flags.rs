//! The flags that make a body, named and meant as in curl. They count in the order in which they
//! are given, each among the others.

use super::exit::Fault;
use super::io::Io;
use crate::import::curl::{BodyOption, Payload};
use crate::json::{Mistake, Span};
use clap::{Arg, ArgAction, ArgMatches, Args, Command, Error, FromArgMatches};
use std::io;

/// The flags in the order in which they were given, each with its value.
#[derive(Debug, Clone, Default)]
pub struct BodyFlags {
    given: Vec<(&'static Row, String)>,
}

/// One flag of curl's.
#[derive(Debug)]
struct Row {
    option: BodyOption,
    short: Option<char>,
    long: &'static str,
    value: &'static str,
    help: &'static str,
}

const ROWS: [Row; 7] = [
    Row {
        option: BodyOption::Data,
        short: Some('d'),
        long: "data",
        value: "DATA",
        help: "The body: text, @FILE without its line breaks, or @- for standard input; several are joined by &",
    },
    Row {
        option: BodyOption::Raw,
        short: None,
        long: "data-raw",
        value: "DATA",
        help: "The same, where @ is a letter like others",
    },
    Row {
        option: BodyOption::Binary,
        short: None,
        long: "data-binary",
        value: "DATA",
        help: "The same, with every byte of @FILE",
    },
    Row {
        option: BodyOption::Urlencode,
        short: None,
        long: "data-urlencode",
        value: "DATA",
        help: "The same, encoded for you: TEXT, NAME=TEXT, @FILE or NAME@FILE",
    },
    Row {
        option: BodyOption::Json,
        short: None,
        long: "json",
        value: "DATA",
        help: "A body of JSON, @FILE or @-, with the headers that say so; several follow each other",
    },
    Row {
        option: BodyOption::Form,
        short: Some('F'),
        long: "form",
        value: "NAME=CONTENT",
        help: "A field of a form of several parts: NAME=TEXT, NAME=@FILE (as a file) or NAME=<FILE (its text), then \
               perhaps ;type=TYPE ;filename=NAME",
    },
    Row {
        option: BodyOption::FormString,
        short: None,
        long: "form-string",
        value: "NAME=TEXT",
        help: "The same, where @, < and ; are letters like others",
    },
];

impl Row {
    /// The flag as people write it.
    fn name(&self) -> String {
        self.short.map_or_else(|| format!("--{}", self.long), |short| format!("-{short}"))
    }
}

impl BodyFlags {
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.given.is_empty()
    }

    /// What they add up to.
    ///
    /// # Errors
    /// A usage fault that names the flag.
    pub(super) fn read(&self, io: &mut Io) -> Result<Payload, Fault> {
        let mut payload = Payload::default();
        for (row, value) in &self.given {
            read_with(io, &row.name(), |load| {
                payload.add(row.option, value.as_bytes(), Span::new(0, value.len()), load)
            })?;
        }
        if payload.has_data() && payload.has_parts() {
            return Err(Fault::usage("-F and -d make different bodies: use only one of them"));
        }
        Ok(payload)
    }
}

/// Reads the value of a flag with what it names by `@file`.
///
/// # Errors
/// A usage fault that names the flag.
pub(super) fn read_with<T>(
    io: &mut Io,
    flag: &str,
    read: impl FnOnce(&mut dyn FnMut(&str) -> io::Result<Vec<u8>>) -> Result<T, Mistake>,
) -> Result<T, Fault> {
    let mut fault = None;
    let read = read(&mut |path| {
        io.read(path).map_err(|unread| {
            fault = Some(unread);
            io::Error::from(io::ErrorKind::NotFound)
        })
    });
    read.map_err(|mistake| {
        let own = fault.unwrap_or_else(|| Fault::usage(mistake.message.clone()));
        let own = own.of(flag);
        match (own.hint.is_some(), mistake.hint) {
            (false, Some(hint)) => own.hint(hint),
            _ => own,
        }
    })
}

impl FromArgMatches for BodyFlags {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        let mut given = Vec::new();
        for row in &ROWS {
            let values = matches.get_many::<String>(row.long).into_iter().flatten();
            let indices = matches.indices_of(row.long).into_iter().flatten();
            given.extend(indices.zip(values).map(|(index, value)| (index, row, value.clone())));
        }
        given.sort_by_key(|(index, ..)| *index);
        Ok(Self { given: given.into_iter().map(|(_, row, value)| (row, value)).collect() })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

impl Args for BodyFlags {
    fn augment_args(command: Command) -> Command {
        let args = ROWS.iter().map(|row| {
            let arg = Arg::new(row.long).long(row.long).value_name(row.value).help(row.help);
            let arg = arg.action(ArgAction::Append).allow_hyphen_values(true).help_heading("Request");
            row.short.map_or(arg.clone(), |short| arg.short(short))
        });
        command.args(args)
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}
