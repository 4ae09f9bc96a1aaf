//! The cases of an OpenAPI document: its examples, and the answers that it describes.

use super::case::Case;
use super::first::asked;
use super::keys::{Read, node_of};
use super::read::Suite;
use super::target::Target;
use super::variables::Variables;
use crate::json::{Mistake, Span};
use crate::template::openapi::{Operation, Sample, Spec};
use crate::template::{Document, Kind, Member, Node};
use serde_json::{Map, Value, json};

impl Target {
    /// Reads a target that stands in no suite: the keys and their values.
    ///
    /// # Errors
    /// The first mistake; its place means nothing.
    pub fn of_settings(settings: Map<String, Value>) -> Result<Self, Mistake> {
        Self::read(&node_of(&settings.into(), nowhere()))
    }
}

fn nowhere() -> Span {
    Span { start: 0, end: 0 }
}

impl Suite {
    /// A target alone, which has the cases of a document to come.
    pub fn of_target(target: Target, document: Document) -> Self {
        Self {
            document,
            target,
            setup: Vec::new(),
            teardown: Vec::new(),
            variables: Variables::of_env([].into()),
            redact: Vec::new(),
            cases: Vec::new(),
        }
    }

    /// The same target with the cases of an OpenAPI document: one for each operation, or for each
    /// example of its body. What the suite asks by default is asked here, too.
    ///
    /// # Errors
    /// Documents that are no OpenAPI 3, and requests that cannot be made.
    pub fn with_cases_of(self, document: Document) -> Read<Self> {
        let spec = Spec::of(&document)?;
        let components = spec.components();
        let defaults = self.defaults();
        let mut cases: Vec<Case> = Vec::new();
        for operation in &spec.operations {
            let responses = spec.responses(operation, &components)?;
            for (example, sample) in spec.samples(operation)? {
                let name = name_of(operation, example.as_deref(), &cases);
                let node = node_of(&case(&name, sample), operation.span);
                for case in Case::read_rows(&node, &defaults, &self.variables)? {
                    cases.push(case.described_by(operation.span, responses.clone()));
                }
            }
        }
        let start = Span { start: 0, end: 0 };
        let placed = |lines: Vec<(String, Span)>| lines.into_iter().map(|(line, _)| (line, start)).collect();
        let (setup, teardown) = (placed(self.setup), placed(self.teardown));
        Ok(Self { target: Target { span: start, ..self.target }, setup, teardown, cases, document, ..self })
    }

    /// What every request has.
    fn defaults(&self) -> Node {
        let request = self.document.root().get("defaults").and_then(|defaults| defaults.get("request"));
        let member = |request: &Node| Member {
            key: "request".to_owned(),
            key_span: nowhere(),
            value: request.clone(),
        };
        Node::new(nowhere(), Kind::Map(request.map(member).into_iter().collect()))
    }
}

fn name_of(operation: &Operation<'_>, example: Option<&str>, cases: &[Case]) -> String {
    let own = operation.id.clone().unwrap_or_else(|| operation.key());
    let name = example.map_or(own.clone(), |example| format!("{own}: {example}"));
    let is_new = |name: &String| cases.iter().all(|case| case.name != *name);
    if is_new(&name) { name } else { format!("{name} ({})", operation.key()) }
}

/// A case as a suite would write it.
fn case(name: &str, sample: Sample) -> Value {
    let Sample { mut request, base } = sample;
    request.path = request.path.strip_prefix(&base.path).unwrap_or(&request.path).to_owned();
    json!({ "name": name.replace("${{", "$${{"), "request": asked(&request) })
}
