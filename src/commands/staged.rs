//! A file that appears whole or not at all.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// A file under construction: written beside its place, and moved there when it is complete.
pub(super) struct Staged {
    file: BufWriter<File>,
    /// Where it stands now, and where it is to stand; none for what cannot be replaced, such as a
    /// pipe.
    paths: Option<(PathBuf, PathBuf)>,
}

impl Staged {
    /// Begins a file.
    pub(super) fn create(path: &str) -> io::Result<Self> {
        let place = Path::new(path);
        // A link stays a link: what it leads to is replaced.
        let place = place.canonicalize().unwrap_or_else(|_| place.to_owned());
        if place.is_dir() {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        if place.exists() && !place.is_file() {
            return Ok(Self { file: BufWriter::new(File::create(&place)?), paths: None });
        }
        let name = place.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let part = place.with_file_name(format!(".{name}.{}.part", std::process::id()));
        Ok(Self { file: BufWriter::new(File::create(&part)?), paths: Some((part, place)) })
    }

    /// Puts the complete file in its place.
    pub(super) fn keep(mut self) -> io::Result<()> {
        self.file.flush()?;
        match self.paths.take() {
            Some((part, place)) => std::fs::rename(part, place),
            None => Ok(()),
        }
    }
}

impl Write for Staged {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        if let Some((part, _)) = self.paths.take() {
            let _ = std::fs::remove_file(part);
        }
    }
}
