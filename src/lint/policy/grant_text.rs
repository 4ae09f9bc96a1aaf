//! A grant as people write it down: for the command line, CloudFormation, SAM and Terraform.

use crate::gateway::Flavor;
use crate::import::curl::for_shell;
use crate::policy::Caller;
use crate::template::{Api, Named, SuggestedGrant, Suggestion};

/// Where a grant is to be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GrantForm {
    /// A command line of the AWS CLI.
    Cli,
    /// A resource of a template of CloudFormation, CDK or SAM.
    CloudFormation,
    /// A resource of Terraform.
    Terraform,
}

/// What a grant says.
#[derive(Debug, Clone, Copy)]
pub struct GrantText<'a> {
    /// The id of the statement: letters, digits, `-` and `_` (P-083).
    pub statement_id: &'a str,
    /// The function as its integration names it.
    pub function: &'a str,
    /// The same, and its qualifier.
    pub named: &'a Named,
    /// Its name, if it is known.
    pub name: Option<&'a str>,
    /// The API that may invoke it.
    pub api: &'a Api,
    /// The source ARN.
    pub source_arn: &'a str,
}

impl<'a> GrantText<'a> {
    /// A grant that is suggested for a function.
    pub fn of(suggestion: &'a Suggestion<'_>, grant: &'a SuggestedGrant<'_>) -> Self {
        Self {
            statement_id: &grant.statement_id,
            function: suggestion.text,
            named: &suggestion.function,
            name: suggestion.name,
            api: grant.api,
            source_arn: &grant.source_arn,
        }
    }

    /// The text, with a line break at its end.
    pub fn write(&self, form: GrantForm) -> String {
        match form {
            GrantForm::Cli => self.cli(),
            GrantForm::CloudFormation => self.cloudformation(),
            GrantForm::Terraform => self.terraform(),
        }
    }

    /// One line for a shell; what only the deployment knows stays in it as `${MyApi}`.
    fn cli(&self) -> String {
        let mut line =
            format!("aws lambda add-permission --function-name {}", for_shell(&self.function_name()));
        if let Some(qualifier) = &self.named.qualifier {
            line += &format!(" --qualifier {}", for_shell(qualifier));
        }
        let (id, arn) = (for_shell(self.statement_id), for_shell(self.source_arn));
        let principal = Caller::API_GATEWAY;
        format!(
            "{line} --statement-id {id} --action lambda:InvokeFunction --principal {principal} --source-arn {arn}\n"
        )
    }

    /// A member of `Resources`.
    fn cloudformation(&self) -> String {
        format!(
            "  {}:\n    Type: AWS::Lambda::Permission\n    Properties:\n      FunctionName: {}\n      \
             Action: lambda:InvokeFunction\n      Principal: {}\n      SourceArn: {}\n",
            self.logical_id(),
            intrinsic(self.function),
            Caller::API_GATEWAY,
            intrinsic(self.source_arn)
        )
    }

    fn terraform(&self) -> String {
        let mut lines = vec![
            ("statement_id", hcl(self.statement_id)),
            ("action", hcl("lambda:InvokeFunction")),
            ("function_name", self.terraform_function()),
        ];
        lines.extend(self.named.qualifier.as_deref().map(|qualifier| ("qualifier", hcl(qualifier))));
        lines.push(("principal", hcl(Caller::API_GATEWAY)));
        lines.push(("source_arn", self.terraform_arn()));
        let lines: String = lines.iter().map(|(name, value)| format!("  {name:13} = {value}\n")).collect();
        let id = snake(&self.own_name());
        format!("resource \"aws_lambda_permission\" \"{id}\" {{\n{lines}}}\n")
    }

    /// The name, the ARN without its qualifier, or a reference.
    fn function_name(&self) -> String {
        match self.name {
            Some(name) => name.to_owned(),
            None if self.function.contains("${") => format!("${{{}}}", self.named.function),
            None if self.function.starts_with("arn:") => {
                let parts: Vec<_> = self.function.splitn(8, ':').take(7).collect();
                parts.join(":")
            }
            None => self.named.function.clone(),
        }
    }

    /// Function, qualifier and statement: other grants have another name.
    fn own_name(&self) -> String {
        let qualifier = self.named.qualifier.as_deref().unwrap_or_default();
        format!("{}-{qualifier}-{}", self.named.function, self.statement_id)
    }

    /// That name in letters and digits.
    fn logical_id(&self) -> String {
        let words = format!("{}-Permission", self.own_name());
        let words = words.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
        words.map(|word| word[..1].to_ascii_uppercase() + &word[1..]).collect()
    }

    fn terraform_function(&self) -> String {
        match self.function_name() {
            name if !name.starts_with("${") => hcl(&name),
            _ if self.named.function.contains("aws_lambda_function.") => {
                format!("{}.function_name", self.named.function)
            }
            _ => format!("aws_lambda_function.{}.function_name", snake(&self.named.function)),
        }
    }

    /// Below the `execution_arn` of the API, if its id is not known.
    fn terraform_arn(&self) -> String {
        let below = self.source_arn.strip_prefix(self.api.arn.text());
        let Some(below) = below.filter(|_| self.api.arn.text().contains("${")) else {
            return hcl(self.source_arn);
        };
        let kind =
            if self.api.flavor == Flavor::Rest { "aws_api_gateway_rest_api" } else { "aws_apigatewayv2_api" };
        let id = self.api.origin.logical_id.as_str();
        let api = if id.contains(kind) { id.to_owned() } else { format!("{kind}.{}", snake(id)) };
        // What stands below it may be open as well.
        let quoted = hcl(below);
        format!("\"${{{api}.execution_arn}}{}", &quoted[1..])
    }
}

/// A text of a template of CloudFormation with its references.
fn intrinsic(text: &str) -> String {
    let reference = text.strip_prefix("${").and_then(|rest| rest.strip_suffix('}'));
    match reference.filter(|name| !name.contains(['$', '{', '}', ','])) {
        Some(name) if name.contains('.') => format!("!GetAtt {name}"),
        Some(name) => format!("!Ref {name}"),
        None if text.contains("${") => format!("!Sub {}", single_quoted(text)),
        None => single_quoted(text),
    }
}

/// A text of YAML in single quotes.
fn single_quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// A text of HCL. Its references are those of Terraform.
fn hcl(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace("%{", "%%{"))
}

/// A name of Terraform: `OrdersApi` is `orders_api`.
fn snake(text: &str) -> String {
    let mut name = String::new();
    let mut earlier = ' ';
    for c in text.chars() {
        let is_word = c.is_ascii_alphanumeric();
        if (!is_word || (c.is_ascii_uppercase() && !earlier.is_ascii_uppercase()))
            && !name.is_empty()
            && !name.ends_with('_')
        {
            name.push('_');
        }
        if is_word {
            name.push(c.to_ascii_lowercase());
        }
        earlier = c;
    }
    name.trim_end_matches('_').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_terraform_are_in_snake_case() {
        let cases = [
            ("OrdersApi", "orders_api"),
            ("HTTPApi", "httpapi"),
            ("a-b--c", "a_b_c"),
            ("$default", "default"),
        ];
        for (text, name) in cases {
            assert_eq!(snake(text), name);
        }
    }

    #[test]
    fn references_are_functions_of_cloudformation() {
        let cases = [
            ("${F}", "!Ref F"),
            ("${F.Arn}", "!GetAtt F.Arn"),
            ("${F.Arn}:live", "!Sub '${F.Arn}:live'"),
            ("it's", "'it''s'"),
            ("${A}${B}", "!Sub '${A}${B}'"),
        ];
        for (text, written) in cases {
            assert_eq!(intrinsic(text), written);
        }
    }
}
