//! A file that is written beside its place and put there in one step, so that nobody ever reads
//! half of it, and the old one stays until the new one is whole.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use tempfile::{Builder, NamedTempFile};

/// A file that is being written.
pub(super) struct Replacement {
    path: PathBuf,
    out: BufWriter<Out>,
}

enum Out {
    Beside(NamedTempFile),
    /// Pipes and devices cannot be replaced.
    Straight(File),
}

impl Replacement {
    /// Begins to write the file of that name; where it is a link, what that leads to.
    ///
    /// # Errors
    /// Those of the file system: nothing can be written there.
    pub(super) fn of(name: &str) -> io::Result<Self> {
        let path = fs::canonicalize(name).unwrap_or_else(|_| PathBuf::from(name));
        let out = match fs::metadata(&path) {
            Ok(old) if old.is_file() => {
                // Only who may write the old file may replace it.
                File::options().append(true).open(&path)?;
                let new = beside(&path)?;
                new.as_file().set_permissions(old.permissions())?;
                Out::Beside(new)
            }
            Ok(_) => Out::Straight(File::options().write(true).open(&path)?),
            Err(_) => Out::Beside(beside(&path)?),
        };
        Ok(Self { path, out: BufWriter::new(out) })
    }

    /// Puts the file into its place.
    ///
    /// # Errors
    /// Those of the file system.
    pub(super) fn commit(self) -> io::Result<()> {
        match self.out.into_inner().map_err(io::IntoInnerError::into_error)? {
            Out::Beside(new) => new.persist(self.path).map(drop).map_err(|failed| failed.error),
            Out::Straight(mut file) => file.flush(),
        }
    }
}

/// A new file in the same directory, with the permissions that every new file gets.
fn beside(path: &Path) -> io::Result<NamedTempFile> {
    let directory = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    let mut builder = Builder::new();
    builder.prefix(".apigw-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(directory.unwrap_or(Path::new(".")))
}

impl Write for Replacement {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Beside(file) => file.write(bytes),
            Self::Straight(file) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Beside(file) => file.flush(),
            Self::Straight(file) => file.flush(),
        }
    }
}
