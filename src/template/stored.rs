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
        let (principal, action) = (shortest(self.principal.text()), shortest(self.action.text()));
        let account = self.source_account.as_ref().map(|account| shortest(account.text()));
        let sid = "x".repeat(sid.min(100)); // P-083
        let source = (source_arn.as_deref(), account.as_deref());
        statement(&sid, (&principal, &action), &function, source).to_string().len() + 1
    }
}

/// A statement as Lambda stores it (P-091, P-092): who may do what, with which function, from which
/// source ARN and account.
pub(super) fn statement(
    sid: &str,
    (principal, action): (&str, &str),
    function: &str,
    (source_arn, account): (Option<&str>, Option<&str>),
) -> Value {
    let mut conditions = Map::new();
    if let Some(account) = account {
        conditions.insert("StringEquals".to_owned(), json!({ "AWS:SourceAccount": account }));
    }
    if let Some(arn) = source_arn {
        conditions.insert("ArnLike".to_owned(), json!({ "AWS:SourceArn": arn }));
    }
    let mut statement = json!({
        "Sid": sid,
        "Effect": "Allow",
        "Principal": { "Service": principal },
        "Action": action,
        "Resource": function,
    });
    if !conditions.is_empty() {
        statement["Condition"] = Value::Object(conditions);
    }
    statement
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
