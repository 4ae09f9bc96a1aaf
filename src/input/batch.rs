//! The bytes of many files → parcels of documents for the judges.
//!
//! The calling thread reads, splits and tells. A file is read in blocks; what is complete goes to
//! the judges, and only a document that is not stays in memory.

use super::judges::{Judge, Judges, Part, Told, Unreadable};
use super::read;
use super::split::{Kind, Layout, MAX_DOCUMENT, Splitter};
use std::io::{self, Read};
use std::mem;
use std::thread;

/// Bytes of a block, and of a parcel.
const BLOCK: usize = 128 << 10;

/// What a file costs in a parcel beside its bytes.
const OF_A_FILE: usize = 1 << 10;

/// What the documents of a file should be.
#[derive(Debug, Clone, Copy)]
pub struct Expected {
    /// How the file holds them.
    pub layout: Layout,
    /// What they are.
    pub kind: Kind,
}

/// What stood in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    /// How many documents.
    pub documents: usize,
    /// Whether also what `aws lambda invoke` prints of an invocation.
    pub metadata: bool,
    /// Whether all of it could be read.
    pub is_readable: bool,
}

/// A run over files that are given to it one after another.
pub struct Batch<'run, 'scope, 'env> {
    judges: Judges<'scope, 'env>,
    told: &'run mut dyn Told,
    parcel: Vec<Part>,
    size: usize,
}

/// Judges the documents of what `give` gives to the batch.
///
/// # Errors
/// Those of telling, and of `give`.
pub fn run<E: From<io::Error>>(
    judge: &Judge<'_>,
    told: &mut dyn Told,
    give: impl FnOnce(&mut Batch<'_, '_, '_>) -> Result<(), E>,
) -> Result<(), E> {
    thread::scope(|scope| {
        let mut batch = Batch { judges: Judges::new(scope, judge), told, parcel: Vec::new(), size: 0 };
        give(&mut batch)?;
        Ok(batch.judges.finish(batch.parcel, batch.told)?)
    })
}

impl Batch<'_, '_, '_> {
    /// Takes the documents of a file.
    ///
    /// # Errors
    /// Those of telling. What is wrong with the file is told in its turn.
    pub fn file(&mut self, name: &str, from: &mut dyn Read, expected: Expected) -> io::Result<Count> {
        let mut splitter = Splitter::new(expected.layout, expected.kind);
        let mut buffer = Vec::new();
        let trouble = loop {
            // As much again as is there, so that looking at it anew stays in proportion.
            let wanted =
                buffer.len().clamp(BLOCK, (MAX_DOCUMENT + BLOCK).saturating_sub(buffer.len()).max(BLOCK));
            let end = match read::fill(from, &mut buffer, wanted) {
                Ok(end) => end,
                Err(error) => break Some(format!("cannot read {name}: {}", read::plain(&error))),
            };
            let mut pieces = Vec::new();
            let split = splitter.split(&buffer, end, &mut pieces);
            let rest = match split {
                Ok(taken) if !end => buffer.split_off(taken),
                _ => Vec::new(),
            };
            if !pieces.is_empty() {
                let bytes = mem::take(&mut buffer);
                self.add(bytes.len() + OF_A_FILE, Part::Documents(name.to_owned(), bytes, pieces))?;
            }
            buffer = rest;
            match split {
                Err((trouble, place)) => {
                    break Some(format!("{name}:{}:{}: {trouble}", place.line, place.column));
                }
                Ok(_) if end => break None,
                Ok(_) => {}
            }
        };
        let is_readable = trouble.is_none();
        if let Some(message) = trouble {
            self.unreadable(name, message)?;
        }
        Ok(Count { documents: splitter.documents(), metadata: splitter.saw_metadata(), is_readable })
    }

    /// Takes a word about what cannot be read.
    ///
    /// # Errors
    /// Those of telling.
    pub fn unreadable(&mut self, name: &str, message: String) -> io::Result<()> {
        self.add(OF_A_FILE, Part::Unreadable(Unreadable { name: name.to_owned(), message }))
    }

    /// Adds a part to the parcel, which goes to the judges once it is full and there is more.
    fn add(&mut self, size: usize, part: Part) -> io::Result<()> {
        if self.size + size > BLOCK && !self.parcel.is_empty() {
            self.size = 0;
            self.judges.give(mem::take(&mut self.parcel), self.told)?;
        }
        self.size += size;
        self.parcel.push(part);
        Ok(())
    }
}
