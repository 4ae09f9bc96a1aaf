//! How long a grant is as Lambda stores it.

use super::coverage::spelled::replaced;
use super::model::{Grant, Kind};
use super::named::Named;
use serde_json::{Map, Value, json};

/// The document around the statements (P-091).
pub const BYTES_AROUND: usize = r#"{"Version":"2012-10-17","Id":"default","Statement":[]}"#.len();

/// What CloudFormation puts behind names that it makes: a hyphen and twelve letters and digits.
const MADE: usize = 13;

impl Grant {
    /// The bytes of its statement at the least, with the comma behind it (P-091, P-092). What only the
    /// deployment knows counts as short as it can be.
    pub fn stored_bytes(&self, named: &Named, kind: Kind) -> usize {
        let source_arn = self.source_arn.as_ref().map(|arn| shortest(arn.text()));
        let name = named.function.len() + if kind == Kind::Terraform { 0 } else { MADE };
        let function = match self.function.is_open() {
            true => {
                format!("arn:aws:lambda:us-east-1:{}:function:{}", "0".repeat(12), "x".repeat(name.min(64)))
            }
            false => self.function.text().to_owned(),
        };
        let sid = match kind {
            Kind::Terraform => 1,
            _ => self.origin.logical_id.len() + MADE,
        };
        let mut conditions = Map::new();
        if let Some(account) = &self.source_account {
            conditions
                .insert("StringEquals".to_owned(), json!({ "AWS:SourceAccount": shortest(account.text()) }));
        }
        if let Some(arn) = source_arn {
            conditions.insert("ArnLike".to_owned(), json!({ "AWS:SourceArn": arn }));
        }
        let mut statement = json!({
            "Sid": "x".repeat(sid.min(100)), // P-083
            "Effect": "Allow",
            "Principal": { "Service": shortest(self.principal.text()) },
            "Action": shortest(self.action.text()),
            "Resource": function,
        });
        if !conditions.is_empty() {
            statement["Condition"] = Value::Object(conditions);
        }
        statement.to_string().len() + 1
    }
}

/// A text with the shortest values in the place of its references.
fn shortest(text: &str) -> String {
    replaced(text, |name| match name {
        "AWS::Partition" => "aws".to_owned(),
        "AWS::Region" => "us-east-1".to_owned(),
        "AWS::AccountId" => "0".repeat(12),
        _ => "x".to_owned(),
    })
}
