//! The walk through `log.entries`, one entry in memory at a time.

use super::HarError;
use serde::Deserialize;
use serde::de::{self, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::error::Category;
use std::fmt;
use std::io::Read;
use std::ops::ControlFlow;

/// What is used of an entry.
#[derive(Debug, Deserialize)]
pub(super) struct Entry {
    pub(super) request: Option<Recorded>,
}

/// What is used of a request; a recorder may leave out or null nearly all of it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Recorded {
    #[serde(default)]
    pub(super) method: Option<String>,
    pub(super) url: String,
    #[serde(default)]
    pub(super) headers: Option<Vec<Pair>>,
    #[serde(default)]
    pub(super) query_string: Option<Vec<Pair>>,
    #[serde(default)]
    pub(super) cookies: Option<Vec<Pair>>,
    #[serde(default)]
    pub(super) post_data: Option<PostData>,
}

/// A name and a value.
#[derive(Debug, Deserialize)]
pub(super) struct Pair {
    pub(super) name: String,
    #[serde(default)]
    pub(super) value: Option<String>,
}

/// A body.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct PostData {
    #[serde(default)]
    pub(super) mime_type: Option<String>,
    #[serde(default)]
    pub(super) text: Option<String>,
    #[serde(default)]
    pub(super) params: Option<Vec<Param>>,
    #[serde(default)]
    pub(super) encoding: Option<String>,
}

/// A field of a form.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Param {
    pub(super) name: String,
    #[serde(default)]
    pub(super) value: Option<String>,
    #[serde(default)]
    pub(super) file_name: Option<String>,
    #[serde(default)]
    pub(super) content_type: Option<String>,
}

impl Entry {
    /// The URL, empty if there is no request.
    pub(super) fn url(&self) -> &str {
        self.request.as_ref().map_or("", |request| &request.url)
    }
}

type Take<'t> = &'t mut dyn FnMut(usize, Entry) -> ControlFlow<()>;

/// What the walk has come to.
#[derive(Default)]
struct Progress {
    entries: usize,
    has_log: bool,
    has_entries: bool,
    stopped: bool,
}

/// Hands every entry to `take`.
pub(super) fn read(input: impl Read, take: Take<'_>) -> Result<usize, HarError> {
    let mut progress = Progress::default();
    let mut reader = serde_json::Deserializer::from_reader(input);
    let walk = Object { take, progress: &mut progress, level: Level::File };
    let result = walk.deserialize(&mut reader).and_then(|()| reader.end());
    match result {
        _ if progress.stopped => Ok(progress.entries),
        Err(error) => Err(error_of(&error, progress.entries)),
        Ok(()) if !progress.has_entries => {
            let what = if progress.has_log { "`log` has no `entries`" } else { "there is no `log` in it" };
            let hint = "export the recording as HAR 1.2: {\"log\": {\"entries\": [...]}}".to_owned();
            Err(HarError { message: format!("this is no HAR file: {what}"), hint, place: None })
        }
        Ok(()) => Ok(progress.entries),
    }
}

fn error_of(error: &serde_json::Error, entries: usize) -> HarError {
    let text = error.to_string();
    let text = text.split(" at line ").next().unwrap_or_default();
    let place = (error.line() > 0).then(|| (error.line(), error.column().max(1)));
    let (message, hint) = match error.classify() {
        Category::Eof => (
            format!("the file ends in the middle, behind {entries} whole entries"),
            "it was cut off: export or copy it again",
        ),
        Category::Io => (format!("cannot read on: {text}"), "check the disk or the pipe that it comes from"),
        Category::Syntax => (format!("this is not JSON: {text}"), "export the recording again"),
        Category::Data => (
            format!("entry {entries} is not as HAR 1.2 says: {text}"),
            "export the recording again as HAR 1.2",
        ),
    };
    HarError { message, hint: hint.to_owned(), place }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Level {
    File,
    Log,
}

/// An object of which one member matters: `log` of the file, `entries` of the log.
struct Object<'a, 't> {
    take: Take<'t>,
    progress: &'a mut Progress,
    level: Level,
}

impl<'de> DeserializeSeed<'de> for Object<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<(), D::Error> {
        reader.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Object<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.level == Level::File {
            "an object with `log`"
        } else {
            "an object with `entries`"
        })
    }

    fn visit_map<M: MapAccess<'de>>(self, mut members: M) -> Result<(), M::Error> {
        while let Some(key) = members.next_key::<String>()? {
            match (self.level, key.as_str()) {
                (Level::File, "log") => {
                    self.progress.has_log = true;
                    let log =
                        Object { take: &mut *self.take, progress: &mut *self.progress, level: Level::Log };
                    members.next_value_seed(log)?;
                }
                (Level::Log, "entries") => {
                    self.progress.has_entries = true;
                    let entries = Entries { take: &mut *self.take, progress: &mut *self.progress };
                    members.next_value_seed(entries)?;
                }
                _ => {
                    members.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(())
    }
}

struct Entries<'a, 't> {
    take: Take<'t>,
    progress: &'a mut Progress,
}

impl<'de> DeserializeSeed<'de> for Entries<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<(), D::Error> {
        reader.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Entries<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the list of entries")
    }

    fn visit_seq<S: SeqAccess<'de>>(self, mut items: S) -> Result<(), S::Error> {
        while let Some(entry) = items.next_element::<Entry>()? {
            let index = self.progress.entries;
            self.progress.entries += 1;
            if (self.take)(index, entry).is_break() {
                self.progress.stopped = true;
                return Err(de::Error::custom("enough"));
            }
        }
        Ok(())
    }
}
