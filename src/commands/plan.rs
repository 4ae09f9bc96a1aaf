//! Who judges which file: files for which the same is said share a judge.

use super::configured::{Configured, Settings};
use super::documents::Judging;
use super::exit::Fault;
use super::io::Io;
use crate::input::split::Layout;
use crate::input::walk::Found;
use crate::lint::{Checked, Document};
use std::collections::HashMap;
use std::sync::Arc;

/// What people call standard input, unless it is given a name.
pub(super) const STDIN: &str = "<stdin>";

/// A judge, and what counts for the files that it judges.
pub(super) struct Judge<J> {
    /// Who judges.
    pub(super) judging: J,
    /// What counts.
    pub(super) settings: Arc<Settings>,
}

impl<J: Judging> Judge<J> {
    /// What is told of a document.
    pub(super) fn judge(&self, document: &Document<'_>) -> Checked {
        self.settings.told(self.judging.judge(document))
    }

    /// How a file holds its documents: one that may hold anything is one, if nobody says otherwise.
    pub(super) fn layout(&self, asked: Layout) -> Layout {
        match asked {
            Layout::Auto if self.judging.takes_anything() => Layout::One,
            asked => asked,
        }
    }
}

/// Makes something that judges by some settings.
type Make<'m, J> = dyn FnMut(&Arc<Settings>, &mut Io) -> Result<J, Fault> + 'm;

/// Finds a judge for every file.
pub(super) struct Plan<'p, J> {
    configured: Configured<'p>,
    make: Box<Make<'p, J>>,
}

/// The judges of a run.
pub(super) struct Judges<J> {
    all: Vec<Judge<J>>,
    by_name: HashMap<String, usize>,
}

impl<'p, J: Judging> Plan<'p, J> {
    /// By what is configured; `make` is asked once for each set of settings.
    pub(super) fn new(
        configured: Configured<'p>,
        make: impl FnMut(&Arc<Settings>, &mut Io) -> Result<J, Fault> + 'p,
    ) -> Self {
        Self { configured, make: Box::new(make) }
    }

    /// The judges of what was found, whether it can be read or not; `stdin` is the name of what comes
    /// on standard input, if it has one.
    ///
    /// # Errors
    /// A usage fault if a configuration, a schema that it names, or what flags and configuration say
    /// together cannot be used.
    pub(super) fn judges(
        mut self,
        found: &[Found],
        stdin: Option<&str>,
        io: &mut Io,
    ) -> Result<Judges<J>, Fault> {
        let mut judges = Judges { all: Vec::new(), by_name: HashMap::new() };
        for found in found {
            let (name, path) = match found {
                Found::File(path) => (path.to_string_lossy().into_owned(), Some(path.to_string_lossy())),
                Found::Stdin => (stdin.unwrap_or(STDIN).to_owned(), stdin.map(Into::into)),
                Found::Nothing(..) | Found::Unreadable(..) => continue,
            };
            let settings = self.configured.of(path.as_deref())?;
            let known = judges.all.iter().position(|judge| Arc::ptr_eq(&judge.settings, &settings));
            let index = match known {
                Some(index) => index,
                None => {
                    judges.all.push(Judge { judging: (self.make)(&settings, io)?, settings });
                    judges.all.len() - 1
                }
            };
            judges.by_name.insert(name, index);
        }
        Ok(judges)
    }
}

impl<J: Judging> Judges<J> {
    /// The judge of the file of that name.
    pub(super) fn of(&self, name: &str) -> Option<&Judge<J>> {
        match self.all.as_slice() {
            [judge] => Some(judge),
            all => all.get(*self.by_name.get(name)?),
        }
    }

    /// Whether there is something to tell of each document, clean ones too.
    pub(super) fn have_verdicts(&self) -> bool {
        self.all.iter().any(|judge| judge.judging.has_verdicts())
    }

    /// The names of the files that they judge.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.by_name.keys().map(String::as_str)
    }
}
