//! Watching the code of a function: the files of a directory that no `.gitignore` names, and the
//! program itself.

use ignore::WalkBuilder;
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher as _};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::time::timeout;

/// How long nothing may change until a change is complete.
const QUIET: Duration = Duration::from_millis(100);

/// Directories with what tools write, not people.
const OF_TOOLS: [&str; 4] = ["target", "node_modules", ".git", "__pycache__"];

/// What is watched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    /// A directory, with all that is below it and not ignored.
    pub directory: PathBuf,
    /// A program, ignored or not.
    pub program: Option<PathBuf>,
}

/// The state of a file: when it was written, and how long it is.
type State = (Option<SystemTime>, u64);

/// A watch over code.
#[derive(Debug)]
pub struct Watch {
    code: Code,
    known: BTreeMap<PathBuf, State>,
    watched: BTreeSet<PathBuf>,
    watcher: RecommendedWatcher,
    events: UnboundedReceiver<()>,
}

impl Watch {
    /// Watches from now on.
    ///
    /// # Errors
    /// When the system does not tell of changes, or can watch no more files; in words.
    pub fn new(code: Code) -> Result<Self, String> {
        let (sender, events) = unbounded_channel();
        let tell = move |event: notify::Result<Event>| {
            // Our own looking is no change.
            if event.is_ok_and(|event| event.kind.is_access()) {
                return;
            }
            sender.send(()).ok();
        };
        let watcher = notify::recommended_watcher(tell).map_err(|error| error.to_string())?;
        let mut watch = Self { code, known: BTreeMap::new(), watched: BTreeSet::new(), watcher, events };
        watch.known = watch.look()?;
        Ok(watch)
    }

    /// What has changed since the last question, without waiting.
    ///
    /// # Errors
    /// When the system can watch no more files; in words.
    pub fn changes(&mut self) -> Result<BTreeSet<PathBuf>, String> {
        let now = self.look()?;
        let before = std::mem::replace(&mut self.known, now);
        let is_other = |path: &&PathBuf| before.get(*path) != self.known.get(*path);
        Ok(before.keys().chain(self.known.keys()).filter(is_other).cloned().collect())
    }

    /// Waits until something has changed, and then nothing more for a moment.
    ///
    /// # Errors
    /// When the system can watch no more files; in words.
    pub async fn changed(&mut self) -> Result<BTreeSet<PathBuf>, String> {
        loop {
            let mut changes = self.changes()?;
            if changes.is_empty() {
                self.events.recv().await;
            }
            while let Ok(Some(())) = timeout(QUIET, self.events.recv()).await {}
            changes.extend(self.changes()?);
            if !changes.is_empty() {
                return Ok(changes);
            }
        }
    }

    /// Every file with its state; directories that are new are watched from now on.
    fn look(&mut self) -> Result<BTreeMap<PathBuf, State>, String> {
        let (mut files, mut directories) = (BTreeMap::new(), BTreeSet::new());
        if !is_of_tools(&self.code.directory) {
            for entry in walk(&self.code.directory) {
                match entry.file_type() {
                    Some(kind) if kind.is_dir() => directories.insert(entry.into_path()),
                    _ => files.insert(entry.path().to_owned(), state(entry.path())).is_none(),
                };
            }
        }
        if let Some(program) = &self.code.program {
            directories.extend(program.parent().map(Path::to_owned));
            files.insert(program.clone(), state(program));
        }
        for directory in directories.difference(&self.watched) {
            let watched = self.watcher.watch(directory, RecursiveMode::NonRecursive);
            // One that has just gone needs no watch.
            if let Err(error) = watched
                && directory.is_dir()
            {
                return Err(error.to_string());
            }
        }
        self.watched = directories;
        Ok(files)
    }
}

/// The files and directories below a directory that people write.
fn walk(directory: &Path) -> impl Iterator<Item = ignore::DirEntry> {
    let mut walk = WalkBuilder::new(directory);
    walk.require_git(false).git_global(false);
    walk.filter_entry(|entry| entry.depth() == 0 || !entry.file_name().to_str().is_some_and(is_tool));
    walk.build().flatten()
}

fn is_tool(name: &str) -> bool {
    OF_TOOLS.contains(&name)
}

/// Whether a directory is, or is in, one of a tool's.
fn is_of_tools(directory: &Path) -> bool {
    directory.components().any(|part| part.as_os_str().to_str().is_some_and(is_tool))
}

fn state(path: &Path) -> State {
    let found = std::fs::metadata(path);
    found.map_or((None, 0), |found| (found.modified().ok(), found.len()))
}
