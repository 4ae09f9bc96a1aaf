//! Who judges which file: files for which the same is said share a judge.

use super::configured::{Configured, Settings};
use super::documents::Judging;
use super::exit::Fault;
use super::io::Io;
use crate::lint::{Checked, Document};
use std::sync::Arc;

/// A judge, and what counts for the files that it judges.
pub(super) struct Judge<J> {
    /// What judges.
    pub(super) judging: J,
    /// What counts.
    pub(super) settings: Arc<Settings>,
}

impl<J: Judging> Judge<J> {
    /// What is told of a document.
    pub(super) fn judge(&self, document: &Document<'_>) -> Checked {
        self.settings.told(self.judging.judge(document))
    }
}

/// Makes something that judges by some settings.
type Make<'m, J> = dyn FnMut(&Arc<Settings>, &mut Io) -> Result<J, Fault> + 'm;

/// Has a judge for every file.
pub(super) struct Plan<'p, J> {
    configured: Configured<'p>,
    make: Box<Make<'p, J>>,
    judges: Vec<Arc<Judge<J>>>,
}

impl<'p, J: Judging> Plan<'p, J> {
    /// By what is configured; `make` is asked once for each set of settings.
    pub(super) fn new(
        configured: Configured<'p>,
        make: impl FnMut(&Arc<Settings>, &mut Io) -> Result<J, Fault> + 'p,
    ) -> Self {
        Self { configured, make: Box::new(make), judges: Vec::new() }
    }

    /// The judge of a file, whether it can be read or not; `-` is standard input.
    ///
    /// # Errors
    /// A usage fault if the configuration, a schema that it names, or what flags and configuration
    /// say together cannot be used.
    pub(super) fn judge_of(&mut self, file: &str, io: &mut Io) -> Result<Arc<Judge<J>>, Fault> {
        let settings = self.configured.of((file != "-").then_some(file))?;
        if let Some(judge) = self.judges.iter().find(|judge| Arc::ptr_eq(&judge.settings, &settings)) {
            return Ok(Arc::clone(judge));
        }
        let judging = (self.make)(&settings, io)?;
        let judge = Arc::new(Judge { judging, settings });
        self.judges.push(Arc::clone(&judge));
        Ok(judge)
    }
}
