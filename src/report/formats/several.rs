//! Several reports of one run, told as one: the one that is printed, and those in files.

use super::Report;
use crate::lint::{Checked, Summary};
use std::io::{self, Write};

/// A report with a place of its own to be written to.
pub struct Target<W> {
    /// The report.
    pub report: Box<dyn Report>,
    /// Where it goes.
    pub out: W,
    /// What went wrong there: nothing more is written then.
    pub broken: Option<io::Error>,
}

/// The reports of a run. A place that cannot be written keeps none of the others back.
pub struct Several<W> {
    printed: Box<dyn Report>,
    prints_clean: bool,
    /// Why nothing can be printed any more.
    closed: Option<io::Error>,
    targets: Vec<Target<W>>,
}

impl<W: Write> Several<W> {
    /// A report to be printed; of documents without findings only if `prints_clean`.
    pub fn new(printed: Box<dyn Report>, prints_clean: bool) -> Self {
        Self { printed, prints_clean, closed: None, targets: Vec::new() }
    }

    /// Adds a report with a place of its own.
    pub fn add(&mut self, report: Box<dyn Report>, out: W) {
        self.targets.push(Target { report, out, broken: None });
    }

    /// The reports with places of their own, in the order in which they were added.
    pub fn into_targets(self) -> Vec<Target<W>> {
        self.targets
    }

    fn tell(
        &mut self,
        out: &mut dyn Write,
        is_clean: bool,
        say: impl Fn(&mut dyn Report, &mut dyn Write) -> io::Result<()>,
    ) -> io::Result<()> {
        for Target { report, out, broken } in &mut self.targets {
            if broken.is_none() && (!is_clean || report.tells_clean()) {
                *broken = say(report.as_mut(), out).err();
            }
        }
        if self.closed.is_some() || (is_clean && !self.tells_printed_clean()) {
            return Ok(());
        }
        match say(self.printed.as_mut(), out) {
            // Nobody reads what is printed, but the files are still to be written.
            Err(error) if !self.targets.is_empty() => {
                self.closed = Some(error);
                Ok(())
            }
            result => result,
        }
    }

    fn tells_printed_clean(&self) -> bool {
        self.prints_clean && self.printed.tells_clean()
    }
}

impl<W: Write> Report for Several<W> {
    fn tells_clean(&self) -> bool {
        self.tells_printed_clean() || self.targets.iter().any(|target| target.report.tells_clean())
    }

    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        self.tell(out, false, |report, out| report.begin(out))
    }

    fn document(&mut self, checked: &Checked, out: &mut dyn Write) -> io::Result<()> {
        self.tell(out, checked.is_clean(), |report, out| report.document(checked, out))
    }

    fn unreadable(&mut self, name: &str, why: &str, out: &mut dyn Write) -> io::Result<()> {
        self.tell(out, false, |report, out| report.unreadable(name, why, out))
    }

    /// Errors of printing that came up before are told here at the latest.
    fn end(&mut self, summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
        self.tell(out, false, |report, out| report.end(summary, out))?;
        self.closed.take().map_or(Ok(()), Err)
    }
}
