//! Snapshots on disk: `__snapshots__/FILE.snap.json` beside the suite.

use super::super::event_from::{cannot, mistaken, text_of};
use super::super::exit::Fault;
use super::super::io::Io;
use super::super::replacement::Replacement;
use crate::suite::Snapshots;
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// The file of a suite's snapshots.
pub(super) fn path(suite: &Path) -> PathBuf {
    let name = suite.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    suite.with_file_name("__snapshots__").join(format!("{name}.snap.json"))
}

/// The snapshots of a file; none if it is not there.
pub(super) fn read(path: &Path, io: &mut Io) -> Result<Snapshots, Fault> {
    if !path.exists() {
        return Ok(Snapshots::default());
    }
    let name = path.to_string_lossy();
    let text = text_of(&name, io)?;
    Snapshots::read(&name, &text).map_err(|mistake| mistaken(&name, &text, mistake))
}

/// Writes them, whole or not at all; a file without any is removed.
pub(super) fn write(path: &Path, snapshots: &Snapshots) -> Result<(), Fault> {
    let name = path.to_string_lossy();
    let fault = |error: std::io::Error| cannot("write", &name, &error);
    if snapshots.is_empty() {
        return if path.exists() { std::fs::remove_file(path).map_err(fault) } else { Ok(()) };
    }
    if let Some(directory) = path.parent() {
        std::fs::create_dir_all(directory).map_err(fault)?;
    }
    let mut file = Replacement::of(&name).map_err(fault)?;
    file.write_all(snapshots.to_text().as_bytes()).map_err(fault)?;
    file.commit().map_err(fault)
}
