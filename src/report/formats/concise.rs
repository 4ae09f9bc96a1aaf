//! One line for each finding, as compilers print it: for editors, `grep` and problem matchers.

use super::located::located;
use super::{Format, Report};
use crate::lint::Checked;
use std::io::{self, Write};

pub(super) static FORMAT: Format = Format {
    name: "concise",
    about: "one line for each finding: path:line:column: severity[CODE] message",
    for_people: true,
    start: |_| Box::new(Concise),
};

struct Concise;

impl Report for Concise {
    fn document(&mut self, checked: &Checked, out: &mut dyn Write) -> io::Result<()> {
        for located in located(checked) {
            writeln!(out, "{}", located.in_one_line(&checked.source.name))?;
        }
        Ok(())
    }
}
