//! The snapshots of a suite: an object with the answer of each case, by the case's name.

use crate::json::Mistake;
use crate::json::Text;
use serde_json::{Map, Value};

/// The snapshots of a suite.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Snapshots {
    cases: Map<String, Value>,
}

impl Snapshots {
    /// Reads the text of a file with snapshots; `name` is its name.
    ///
    /// # Errors
    /// The place where it is no JSON, or no object.
    pub fn read(name: &str, text: &str) -> Result<Self, Mistake> {
        let read = Text::parse(name, text).map_err(|error| {
            Mistake::new(error.span, format!("the snapshots are not JSON: {}", error.kind))
        })?;
        match read.value() {
            Value::Object(cases) => Ok(Self { cases }),
            _ => Err(Mistake::new(crate::json::Span::new(0, 0), "the snapshots are no JSON object")),
        }
    }

    /// The snapshot of a case.
    pub fn get(&self, case: &str) -> Option<&Value> {
        self.cases.get(case)
    }

    /// Puts one in the place of what was kept; whether that changes anything.
    pub fn put(&mut self, case: &str, taken: Value) -> bool {
        let is_new = self.cases.get(case) != Some(&taken);
        self.cases.insert(case.to_owned(), taken);
        is_new
    }

    /// Drops those of cases that are no more; whether there were any.
    pub fn keep(&mut self, names: &[&str]) -> bool {
        let before = self.cases.len();
        self.cases.retain(|name, _| names.contains(&name.as_str()));
        self.cases.len() != before
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.cases.is_empty()
    }

    /// The text of the file.
    pub fn to_text(&self) -> String {
        serde_json::to_string_pretty(&self.cases).unwrap_or_default() + "\n"
    }
}
