//! Judges on all cores, and their verdicts in the order of what they were given.
//!
//! A parcel is some hundred kilobytes of documents, and only a few are under way, so memory depends
//! on neither the number of documents nor that of files. Threads are started for the second parcel.

use super::split::Piece;
use crate::lint::{Checked, Document};
use std::collections::VecDeque;
use std::io;
use std::num::NonZero;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex};
use std::thread::{self, Scope};

/// Judges a document; `None` if there is nothing to tell of it.
pub type Judge<'j> = dyn Fn(&Document<'_>) -> Option<Checked> + Sync + 'j;

/// Who is told what came out, in the order of the input.
pub trait Told {
    /// That many documents were judged, and this is to be told of them, one after another.
    ///
    /// # Errors
    /// Those of writing; they end the run.
    fn judged(&mut self, documents: usize, checked: Vec<Checked>) -> io::Result<()>;

    /// A file, or the rest of one, could not be read.
    ///
    /// # Errors
    /// Those of writing; they end the run.
    fn unreadable(&mut self, unreadable: Unreadable) -> io::Result<()>;
}

/// A file, or the rest of one, that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// What people call the file.
    pub name: String,
    /// What is wrong with which file, and where.
    pub message: String,
}

/// Documents of one file, or a word about one.
pub(super) enum Part {
    /// Documents: the file, some of its bytes, and where in them they stand.
    Documents(String, Vec<u8>, Vec<Piece>),
    /// What cannot be read.
    Unreadable(Unreadable),
}

/// What became of a part.
enum Verdict {
    Judged(usize, Vec<Checked>),
    Unreadable(Unreadable),
}

type Work = (Vec<Part>, SyncSender<Vec<Verdict>>);

/// Most threads; each may have two parcels under way.
const MOST: usize = 16;

/// The judges of a run.
pub(super) struct Judges<'scope, 'env> {
    scope: &'scope Scope<'scope, 'env>,
    judge: &'env Judge<'env>,
    /// How many there may be.
    count: usize,
    /// Where they take their work, once they were started.
    work: Option<SyncSender<Work>>,
    /// Where the verdicts on the parcels under way will come from, the oldest first.
    under_way: VecDeque<Receiver<Vec<Verdict>>>,
}

impl<'scope, 'env> Judges<'scope, 'env> {
    pub(super) fn new(scope: &'scope Scope<'scope, 'env>, judge: &'env Judge<'env>) -> Self {
        let count = thread::available_parallelism().map_or(1, NonZero::get).min(MOST);
        Self { scope, judge, count, work: None, under_way: VecDeque::new() }
    }

    /// Hands a parcel over, and tells verdicts on earlier ones where too many are under way.
    pub(super) fn give(&mut self, parcel: Vec<Part>, told: &mut dyn Told) -> io::Result<()> {
        if self.count == 1 {
            return tell(judge_all(parcel, self.judge), told);
        }
        if self.under_way.len() >= 2 * self.count {
            self.tell_oldest(told)?;
        }
        let (verdicts, coming) = sync_channel(1);
        self.under_way.push_back(coming);
        // Nobody takes it any more only where a judge panicked, which ends the run.
        let _ = self.started().send((parcel, verdicts));
        Ok(())
    }

    /// Judges the last parcel, and tells all verdicts that are missing.
    pub(super) fn finish(mut self, last: Vec<Part>, told: &mut dyn Told) -> io::Result<()> {
        let last = judge_all(last, self.judge);
        while !self.under_way.is_empty() {
            self.tell_oldest(told)?;
        }
        tell(last, told)
    }

    fn tell_oldest(&mut self, told: &mut dyn Told) -> io::Result<()> {
        let oldest = self.under_way.pop_front();
        let verdicts = oldest.and_then(|coming| coming.recv().ok());
        tell(verdicts.unwrap_or_default(), told)
    }

    fn started(&mut self) -> &SyncSender<Work> {
        let Self { scope, judge, count, work, .. } = self;
        work.get_or_insert_with(|| {
            let (sender, receiver) = sync_channel(2 * *count);
            let receiver = Arc::new(Mutex::new(receiver));
            for _ in 0..*count {
                let (receiver, judge) = (Arc::clone(&receiver), *judge);
                scope.spawn(move || {
                    while let Some((parcel, verdicts)) = next(&receiver) {
                        let _ = verdicts.send(judge_all(parcel, judge));
                    }
                });
            }
            sender
        })
    }
}

/// The next work; `None` when there will be none.
fn next(receiver: &Mutex<Receiver<Work>>) -> Option<Work> {
    receiver.lock().ok()?.recv().ok()
}

fn judge_all(parcel: Vec<Part>, judge: &Judge<'_>) -> Vec<Verdict> {
    let verdict = |part| match part {
        Part::Unreadable(unreadable) => Verdict::Unreadable(unreadable),
        Part::Documents(name, bytes, pieces) => {
            let judged = pieces.iter().filter_map(|piece| {
                let Piece { index, start, range } = piece.clone();
                judge(&Document { name: &name, index, start, bytes: &bytes[range] })
            });
            Verdict::Judged(pieces.len(), judged.collect())
        }
    };
    parcel.into_iter().map(verdict).collect()
}

fn tell(verdicts: Vec<Verdict>, told: &mut dyn Told) -> io::Result<()> {
    verdicts.into_iter().try_for_each(|verdict| match verdict {
        Verdict::Judged(documents, checked) => told.judged(documents, checked),
        Verdict::Unreadable(unreadable) => told.unreadable(unreadable),
    })
}
