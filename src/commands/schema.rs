//! `apigw schema`: the published JSON Schemas, out of the binary.

use super::event_list::Format;
use super::exit::{Exit, Fault};
use super::io::Io;
use super::names::Names;
use crate::config;
use crate::gateway::Front;
use crate::lint::{BASELINE_SCHEMA, Summary, event};
use crate::report::json;
use crate::suite;
use clap::Args;
use clap::builder::PossibleValue;
use serde_json::{Value, json};
use std::io::Write as _;

/// Print a published JSON Schema, for editors and other tools
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  apigw schema list
  apigw schema event/rest > rest-event.schema.json")]
pub struct Schema {
    /// `list`, or the name of a schema, such as event/rest or result/http
    #[arg(value_parser = name_parser(), hide_possible_values = true)]
    pub name: String,
    /// How to print the list
    #[arg(long, value_enum, default_value = "human")]
    pub format: Format,
}

const LIST: &str = "list";

fn name_parser() -> Names<String> {
    Names {
        all: || [LIST.to_owned()].into_iter().chain(names()).map(PossibleValue::new).collect(),
        read: |name| (name == LIST || names().any(|own| own == name)).then(|| name.to_owned()),
    }
}

fn names() -> impl Iterator<Item = String> {
    published().into_iter().map(|(name, _)| name)
}

/// Where the schemas say that they are published.
const PUBLISHED_AT: &str = "https://apigw.dev/schemas/v1/";

/// Every published schema: its name (its file without `.json`, as its `$id` has it) and its text.
pub fn published() -> Vec<(String, &'static str)> {
    let events = event::ALL.iter().map(|flavor| flavor.schema);
    let results = Front::all().map(|front| match front {
        Front::Api(flavor) => flavor.facts().result_schema,
        Front::Authorizer(kind) => kind.facts().result_schema,
    });
    let mut published: Vec<(String, &str)> = Vec::new();
    let others = [json::SCHEMA, json::LINE_SCHEMA, config::SCHEMA, BASELINE_SCHEMA, suite::SCHEMA];
    for text in events.chain(results).chain(others) {
        // two kinds of authorizer may share a schema
        if !published.iter().any(|(_, own)| *own == text) {
            published.push((name(text), text));
        }
    }
    published
}

fn name(schema: &str) -> String {
    let schema: Value = serde_json::from_str(schema).unwrap_or_default();
    let id = schema.get("$id").and_then(Value::as_str).unwrap_or_default();
    id.trim_start_matches(PUBLISHED_AT).trim_end_matches(".json").to_owned()
}

/// Runs the command.
///
/// # Errors
/// Faults of writing.
pub fn run(args: &Schema, io: &mut Io) -> Result<Exit, Fault> {
    let schemas = published();
    if let Some((_, text)) = schemas.iter().find(|(name, _)| *name == args.name) {
        io.out.write_all(text.as_bytes())?;
        return Ok(Exit::Clean);
    }
    let rows = schemas.iter().map(|(name, text)| {
        let schema: Value = serde_json::from_str(text).unwrap_or_default();
        let member = |key: &str| schema.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        (name, member("$id"), member("title"))
    });
    if args.format == Format::Json {
        let rows: Vec<_> =
            rows.map(|(name, id, title)| json!({ "name": name, "id": id, "title": title })).collect();
        io.out.write_all(json::report(&rows, &Summary::default()).as_bytes())?;
        return Ok(Exit::Clean);
    }
    let width = schemas.iter().map(|(name, _)| name.len()).max().unwrap_or_default();
    for (name, _, title) in rows {
        writeln!(io.out, "{name:width$}  {title}")?;
    }
    Ok(Exit::Clean)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    #[test]
    fn every_schema_is_one_and_says_what_it_is() {
        for (name, text) in published() {
            let schema: Value = serde_json::from_str(text).unwrap();
            assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema", "{name}");
            let id = format!("{PUBLISHED_AT}{name}.json");
            assert_eq!(schema["$id"], id.as_str());
            for key in ["title", "description"] {
                assert!(schema[key].as_str().is_some_and(|text| text.len() > 10), "{name}: {key}");
            }
            assert!(jsonschema::draft202012::meta::is_valid(&schema), "{name}");
        }
    }

    #[test]
    fn every_file_is_published() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas");
        let mut files = Vec::new();
        let mut folders = vec![root.clone()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    files.push(
                        path.strip_prefix(&root)
                            .unwrap()
                            .with_extension("")
                            .to_string_lossy()
                            .replace('\\', "/"),
                    );
                }
            }
        }
        let mut names: Vec<_> = published().into_iter().map(|(name, _)| name).collect();
        files.sort();
        names.sort();
        assert_eq!(names, files);
    }
}
