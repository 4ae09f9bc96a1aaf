//! reviewdog's diagnostics, one for each line.

use super::rdjson::{diagnostics, source};
use super::{Format, Options, Report};
use crate::lint::Checked;
use serde_json::Value;
use std::io::{self, Write};

pub(super) static FORMAT: Format = Format {
    name: "rdjsonl",
    about: "the same, one diagnostic for each line",
    for_people: false,
    start: |options| Box::new(Rdjsonl { options }),
};

struct Rdjsonl {
    options: Options,
}

impl Report for Rdjsonl {
    fn document(&mut self, checked: &Checked, out: &mut dyn Write) -> io::Result<()> {
        for mut diagnostic in diagnostics(checked, &self.options) {
            diagnostic.insert("source".to_owned(), source());
            writeln!(out, "{}", Value::Object(diagnostic))?;
        }
        Ok(())
    }
}
