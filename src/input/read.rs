//! Opening a file for one reading from its beginning to its end.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// A file of usual size.
const SMALL: usize = 8 << 10;

/// Opens a file. Of a regular file that grows meanwhile, what stood there at first is read.
///
/// # Errors
/// Those of opening.
pub fn open(path: &Path) -> io::Result<Box<dyn Read>> {
    let file = File::open(path)?;
    let about = file.metadata()?;
    // Files that the system makes up as they are read (below /proc) say that they are empty.
    Ok(match about.len() {
        length if about.is_file() && length > 0 => Box::new(file.take(length)),
        _ => Box::new(file),
    })
}

/// Adds up to that many bytes to `buffer`, and says whether the end was reached.
///
/// # Errors
/// Those of reading.
pub fn fill(from: &mut dyn Read, buffer: &mut Vec<u8>, wanted: usize) -> io::Result<bool> {
    // Most files are small, and most blocks that follow a first one are full.
    buffer.reserve(if buffer.is_empty() { SMALL } else { wanted });
    let got = from.take(wanted as u64).read_to_end(buffer)?;
    Ok(got < wanted)
}

/// An operating system's message without its error number.
pub fn plain(error: &io::Error) -> String {
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or_default();
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().to_string() + letters.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;

    #[test]
    fn what_a_file_grows_by_while_it_is_read_is_left_out() {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(b"{}\n{}").unwrap();
        let mut reader = open(file.path()).unwrap();
        let mut bytes = Vec::new();
        assert!(!fill(&mut *reader, &mut bytes, 2).unwrap());
        file.write_all(b"\n{}").unwrap();
        assert!(fill(&mut *reader, &mut bytes, 100).unwrap());
        assert_eq!(bytes, b"{}\n{}");
        let mut reader = open(file.path()).unwrap();
        file.as_file().set_len(1).unwrap();
        bytes.clear();
        assert!(fill(&mut *reader, &mut bytes, 100).unwrap());
        assert_eq!(bytes, b"{");
    }
}
