//! Schemas for bodies, out of files: read, checked and made ready once each. What a schema refers to
//! is read from files below one directory, never from the network.

use super::configured::absolute;
use super::event_from::place;
use super::exit::Fault;
use super::io::plain;
use crate::config::BodyEntry;
use crate::http::encoding::{percent_decode, percent_encode_path};
use crate::json::{Part, Pointer, Span, Text};
use crate::lint::{BodySchema, Statuses};
use crate::report::human::printable;
use jsonschema::error::ValidationErrorKind;
use jsonschema::{ReferencingError, Retrieve, Uri, ValidationError, Validator};
use serde_json::Value;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// The schemas that were made ready, by their files.
#[derive(Default)]
pub(super) struct Schemas(HashMap<PathBuf, Arc<Validator>>);

impl Schemas {
    /// The schemas that a configuration names, from its directory; `at` tells a place in it.
    pub(super) fn of_config(
        &mut self,
        groups: &[Vec<BodyEntry>],
        directory: &Path,
        at: impl Fn(Span) -> String,
    ) -> Result<Vec<Vec<BodySchema>>, Fault> {
        let mut schema = |entry: &BodyEntry| {
            let validator = self.ready(&entry.path, directory, directory).map_err(|fault| {
                let hint = format!("{}it is named there", at(entry.span));
                if fault.hint.is_some() { fault } else { fault.hint(hint) }
            })?;
            Ok(BodySchema { statuses: entry.statuses, name: entry.path.clone(), validator })
        };
        groups.iter().map(|group| group.iter().map(&mut schema).collect()).collect()
    }

    /// The schemas that `--body-schema` names, as `FILE` or `STATUS=FILE`.
    pub(super) fn of_flags(&mut self, values: &[String]) -> Result<Vec<Vec<BodySchema>>, Fault> {
        let here = absolute(Path::new("."))?;
        let mut group: Vec<BodySchema> = Vec::new();
        for value in values {
            let of_some =
                value.split_once('=').and_then(|(name, path)| Some((Statuses::from_name(name)?, path)));
            let (statuses, path) = of_some.unwrap_or((Statuses::Default, value));
            if let Some(other) = group.iter().find(|other| other.statuses == statuses) {
                let message = format!("--body-schema: {} and {path} are for the same statuses", other.name);
                return Err(Fault::usage(message).hint("write STATUS=FILE, as in 200=a.json and 4xx=b.json"));
            }
            let validator = self.ready(path, &here, &here)?;
            group.push(BodySchema { statuses, name: path.to_owned(), validator });
        }
        Ok(vec![group])
    }

    /// The schema in a file whose path counts from `directory`. What it refers to has to stand below
    /// `root`, or beside it or below, if it does not stand there itself.
    pub(super) fn ready(
        &mut self,
        name: &str,
        directory: &Path,
        root: &Path,
    ) -> Result<Arc<Validator>, Fault> {
        let file = absolute(&directory.join(name))?;
        if let Some(ready) = self.0.get(&file) {
            return Ok(Arc::clone(ready));
        }
        let own = file.parent().unwrap_or(&file);
        let root = if file.starts_with(root) { root } else { own };
        let reader = Reader::new(root.to_owned());
        let schema = reader.read(&file, name).map_err(|told| told.fault())?;
        let reader = reader.based(&schema, own);
        let options = jsonschema::options().with_base_uri(uri(&file)).with_retriever(reader.clone());
        let validator = options.build(&schema).map_err(|error| reader.fault(&error))?;
        let validator = Arc::new(validator);
        self.0.insert(file, Arc::clone(&validator));
        Ok(validator)
    }
}

/// The URI of a file; a drive of Windows is the first part of its path.
fn uri(file: &Path) -> String {
    let path = file.to_string_lossy();
    let path = if cfg!(windows) { format!("/{}", path.replace('\\', "/")) } else { path.into_owned() };
    format!("file://{}", percent_encode_path(&path))
}

/// The file of a URI without its scheme.
fn path_of(uri: &str) -> PathBuf {
    let path = percent_decode(uri);
    PathBuf::from(if cfg!(windows) { path.trim_start_matches('/') } else { &path })
}

/// What is wrong with a schema's file.
#[derive(Debug, Clone)]
struct Told {
    message: String,
    hint: Option<&'static str>,
    /// The message begins with a place.
    placed: bool,
}

impl Told {
    fn fault(&self) -> Fault {
        let fault = Fault::usage(self.message.as_str());
        match self.hint {
            Some(hint) => fault.hint(hint),
            None => fault,
        }
    }
}

/// Reads the files of a schema, and remembers their texts for the words about a mistake.
#[derive(Clone)]
struct Reader {
    root: PathBuf,
    /// Where the schema says that its neighbours are published, and where they are.
    published: Option<(String, PathBuf)>,
    seen: Arc<Mutex<Vec<Text<'static>>>>,
    wrong: Arc<Mutex<Option<Told>>>,
}

impl Reader {
    fn new(root: PathBuf) -> Self {
        Self { root, published: None, seen: Arc::default(), wrong: Arc::default() }
    }

    /// Takes the directory of a schema's `$id` for the directory of its file.
    fn based(self, schema: &Value, directory: &Path) -> Self {
        let id = schema.get("$id").and_then(Value::as_str).and_then(|id| id.rsplit_once('/'));
        let published = id.filter(|(base, _)| base.contains("://")).map(|(base, _)| format!("{base}/"));
        Self { published: published.map(|base| (base, directory.to_owned())), ..self }
    }

    /// Reads a file that holds a schema.
    fn read(&self, file: &Path, name: &str) -> Result<Value, Told> {
        let bare = |message: String| Told { message, hint: None, placed: false };
        let cannot = |why: &str| bare(format!("cannot read the schema {}: {why}", printable(name)));
        let metadata = std::fs::metadata(file).map_err(|error| cannot(&plain(&error)))?;
        if !metadata.is_file() {
            return Err(cannot("it is not a file"));
        }
        let source = std::fs::read_to_string(file).map_err(|error| cannot(&plain(&error)))?;
        let at = |source: &str, span: Span, message: &str| Told {
            placed: true,
            ..bare(place(name, source, span, message).message)
        };
        let text = Text::parse(name.to_owned(), source.clone())
            .map_err(|error| at(&source, error.span, &format!("this is not JSON: {}", error.kind)))?;
        let value = text.value();
        jsonschema::meta::validate(&value).map_err(|error| match error.kind() {
            ValidationErrorKind::Referencing(_) => {
                at(&source, span(&text, "/$schema"), "the dialect of this schema is not known")
            }
            _ => {
                let words = format!("this is no JSON Schema: {}", error.masked_with("it"));
                at(&source, span(&text, error.instance_path().as_str()), &words)
            }
        })?;
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).push(text);
        Ok(value)
    }

    /// The file that a URI stands for.
    fn file(&self, uri: &str) -> Result<PathBuf, Told> {
        let told = |message: String, hint| Told { message, hint: Some(hint), placed: false };
        let path = match (uri.strip_prefix("file://"), &self.published) {
            (Some(path), _) => path_of(path),
            (None, Some((base, directory))) if uri.starts_with(base.as_str()) => {
                directory.join(percent_decode(&uri[base.len()..]))
            }
            _ => {
                let message = format!("the schema refers to {}, which is no file", printable(uri));
                return Err(told(
                    message,
                    "nothing is read from the network: save it, and refer to the file",
                ));
            }
        };
        // Links count as what they lead to.
        let real = |path: &Path| path.canonicalize().ok();
        match (real(&path), real(&self.root)) {
            (Some(path), Some(root)) if !path.starts_with(&root) => {
                let message =
                    format!("the schema refers to {}, outside of {}", path.display(), root.display());
                Err(told(message, "put it beside the schema, or below that directory"))
            }
            _ => Ok(path),
        }
    }

    /// The words about a schema that cannot be made ready, at the place that is to blame.
    fn fault(&self, error: &ValidationError<'_>) -> Fault {
        let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let wrong = self.wrong.lock().unwrap_or_else(PoisonError::into_inner).take();
        let (sought, told) = match (wrong, error.kind()) {
            (Some(told), _) if told.placed => return told.fault(),
            (Some(told), ValidationErrorKind::Referencing(ReferencingError::Unretrievable { uri, .. })) => {
                (uri.clone(), told)
            }
            (Some(told), _) => (String::new(), told),
            (None, ValidationErrorKind::Referencing(error)) => {
                let message = format!("a reference leads nowhere: {error}");
                let sought = match error {
                    ReferencingError::PointerToNowhere { pointer } => format!("#{pointer}"),
                    ReferencingError::NoSuchAnchor { anchor } => format!("#{anchor}"),
                    _ => String::new(),
                };
                (sought, Told { message, hint: None, placed: false })
            }
            (None, _) => {
                let message = format!("this is no JSON Schema: {}", error.masked_with("it"));
                let at = seen.first().map(|text| {
                    place(text.name(), text.source(), span(text, error.instance_path().as_str()), &message)
                });
                return at.unwrap_or_else(|| Fault::usage(message));
            }
        };
        let reference = seen.iter().find_map(|text| Some((text, reference(text, &sought)?)));
        let Some((text, at)) = reference else { return told.fault() };
        Told { message: place(text.name(), text.source(), at, &told.message).message, ..told }.fault()
    }
}

impl Retrieve for Reader {
    fn retrieve(&self, uri: &Uri<String>) -> Result<Value, Box<dyn std::error::Error + Send + Sync>> {
        let file = self.file(uri.as_str());
        let read = file.and_then(|file| {
            let below = file.strip_prefix(&self.root).unwrap_or(&file);
            self.read(&file, &below.to_string_lossy())
        });
        read.map_err(|told| {
            *self.wrong.lock().unwrap_or_else(PoisonError::into_inner) = Some(told.clone());
            told.message.into()
        })
    }
}

/// The place of a value; the whole text if there is none.
fn span(text: &Text, pointer: &str) -> Span {
    let found = Pointer::parse(pointer).and_then(|pointer| text.span(&pointer, Part::Value));
    found.or_else(|| text.span(&Pointer::root(), Part::Value)).unwrap_or(Span::new(0, 0))
}

/// The place of the reference in a schema that leads to a URI, or whose fragment that is.
fn reference(text: &Text, sought: &str) -> Option<Span> {
    let mut waiting = vec![(Pointer::root(), text.value())];
    while let Some((pointer, value)) = waiting.pop() {
        match value {
            Value::Object(members) => {
                waiting.extend(members.into_iter().rev().map(|(key, value)| (pointer.child(key), value)));
            }
            Value::Array(items) => {
                let items = items.into_iter().enumerate().rev();
                waiting.extend(items.map(|(index, value)| (pointer.child(index), value)));
            }
            Value::String(target)
                if pointer.last().is_some_and(|key| key.ends_with("ref") || key.ends_with("Ref")) =>
            {
                let (file, fragment) = target.split_once('#').unwrap_or((&target, ""));
                let file = file.trim_start_matches("../").trim_start_matches("./");
                let hit = match sought.strip_prefix('#') {
                    Some(sought) => fragment == sought,
                    None => !file.is_empty() && percent_decode(sought).ends_with(file),
                };
                if hit {
                    return text.span(&pointer, Part::Value);
                }
            }
            _ => {}
        }
    }
    None
}
