//! The names under which Lambda's API takes functions.

use crate::policy::arn::{LATEST, is_account, split};
use std::fmt;

/// A function, as a person names it: `NAME`, `NAME:QUALIFIER`, `ACCOUNT:function:NAME`, an ARN.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FunctionName {
    /// The name, or the ARN without a qualifier: what stands in the path of a call.
    pub unqualified: String,
    /// The alias or version.
    pub qualifier: Option<String>,
    /// The region of an ARN.
    pub region: Option<String>,
}

/// A text that names no function.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{}` names no function: write NAME, NAME:QUALIFIER or an ARN of Lambda", .0.escape_debug())]
pub struct FunctionNameError(String);

impl FunctionName {
    /// Reads a name.
    ///
    /// # Errors
    /// When it is none.
    pub fn parse(text: &str) -> Result<Self, FunctionNameError> {
        Self::read(text).ok_or_else(|| FunctionNameError(text.to_owned()))
    }

    fn read(text: &str) -> Option<Self> {
        let (before, name, region) = match text.strip_prefix("arn:") {
            Some(_) => {
                let [_, _, service, region, _, resource] = split(text)?;
                let name = resource.strip_prefix("function:").filter(|_| service == "lambda")?;
                (&text[..text.len() - name.len()], name, Some(region.to_owned()))
            }
            None => match text.split_once(":function:") {
                Some((account, name)) => {
                    is_account(account).then(|| (&text[..text.len() - name.len()], name, None))?
                }
                None => ("", text.strip_prefix("function:").unwrap_or(text), None),
            },
        };
        let (name, qualifier) = match name.split_once(':') {
            Some((name, qualifier)) => (name, Some(qualifier)),
            None => (name, None),
        };
        let is_word = |text: &str| {
            !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
        };
        let is_qualifier = qualifier.is_none_or(|qualifier| qualifier == LATEST || is_word(qualifier));
        (is_word(name) && is_qualifier).then(|| Self {
            unqualified: format!("{before}{name}"),
            qualifier: qualifier.map(str::to_owned),
            region,
        })
    }

    /// The name alone.
    pub fn name(&self) -> &str {
        self.unqualified.rsplit(':').next().unwrap_or_default()
    }
}

impl fmt::Display for FunctionName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.unqualified)?;
        self.qualifier.as_ref().map_or(Ok(()), |qualifier| write!(f, ":{qualifier}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_are_named_in_four_ways() {
        let arn = "arn:aws:lambda:eu-west-1:123456789012:function:users";
        let cases = [
            ("users", "users", None, None),
            ("users:live", "users", Some("live"), None),
            ("users:$LATEST", "users", Some("$LATEST"), None),
            ("123456789012:function:users:3", "123456789012:function:users", Some("3"), None),
            ("function:users", "users", None, None),
            (arn, arn, None, Some("eu-west-1")),
            (
                "arn:aws-cn:lambda:cn-north-1:123456789012:function:u_1-x:live",
                "arn:aws-cn:lambda:cn-north-1:123456789012:function:u_1-x",
                Some("live"),
                Some("cn-north-1"),
            ),
        ];
        for (text, unqualified, qualifier, region) in cases {
            let name = FunctionName::parse(text).unwrap();
            assert_eq!(name.unqualified, unqualified, "{text}");
            assert_eq!(name.qualifier.as_deref(), qualifier, "{text}");
            assert_eq!(name.region.as_deref(), region, "{text}");
        }
        for other in [
            "",
            ":",
            "a b",
            "a/b",
            "a:b:c",
            "users:",
            "users:$OLD",
            "..",
            "1:function:users",
            "arn:aws:lambda:eu-west-1:123456789012:layer:users",
            "arn:aws:s3:::bucket",
            "arn:aws:lambda",
        ] {
            let error = FunctionName::parse(other).unwrap_err();
            assert!(error.to_string().contains("names no function"), "{other}");
        }
    }
}
