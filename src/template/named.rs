//! Which function a text names, and what references stand for inside of a template.

use super::model::{Grant, Model};

/// A function as a text names it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Named {
    /// The logical id (the address in Terraform) of a function of the template, else its name.
    pub function: String,
    /// The alias or version.
    pub qualifier: Option<String>,
}

impl Model {
    /// The text with the names of stages in place of references to them.
    pub fn plain(&self, text: &str) -> String {
        let mut plain = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(start) = rest.find("${") {
            let Some(end) = rest[start..].find('}').map(|end| start + end) else { break };
            plain.push_str(&rest[..start]);
            let name = &rest[start + 2..end];
            plain.push_str(self.stage_names.get(name).map_or(&rest[start..=end], String::as_str));
            rest = &rest[end + 1..];
        }
        plain + rest
    }

    /// The function that a grant is about.
    pub fn granted(&self, grant: &Grant) -> Named {
        let named = self.named(grant.function.text());
        let beside = grant.qualifier.as_ref().map(|qualifier| qualifier.text().to_owned());
        Named { qualifier: beside.or(named.qualifier), ..named }
    }

    /// The function that a text names: `${F}`, `${F.Arn}`, `name`, `name:live`, an ARN, a reference
    /// to an alias.
    pub fn named(&self, text: &str) -> Named {
        self.named_within(text, MAX_DEPTH)
    }

    fn named_within(&self, text: &str, depth: usize) -> Named {
        // Of an ARN the name stands behind `function:`; what is open in it may hold colons.
        let text = match text.split_once(":function:") {
            Some((before, name)) if before.starts_with("arn:") => name,
            _ => text,
        };
        let end = if text.starts_with("${") { text.find('}').map_or(text.len(), |end| end + 1) } else { 0 };
        let colon = text[end..].find(':').map(|colon| end + colon);
        let (name, qualifier) = match colon {
            Some(colon) => (&text[..colon], Some(text[colon + 1..].to_owned())),
            None => (text, None),
        };
        let reference = name.strip_prefix("${").and_then(|name| name.strip_suffix('}'));
        let Some(reference) = reference else {
            return Named { function: self.by_name(name).unwrap_or(name).to_owned(), qualifier };
        };
        let owner = ATTRIBUTES.iter().find_map(|attribute| reference.strip_suffix(attribute));
        let owner = owner.unwrap_or(reference);
        match self.aliases.get(owner) {
            Some((function, alias)) if depth > 0 => {
                let named = self.named_within(function, depth - 1);
                Named { qualifier: Some(alias.clone()), ..named }
            }
            _ => Named { function: owner.to_owned(), qualifier },
        }
    }

    /// The function of that name.
    fn by_name(&self, name: &str) -> Option<&str> {
        let mut functions = self.functions.iter();
        let found = functions.find(|function| function.name.as_ref().is_some_and(|own| own.text() == name));
        found.map(|function| function.origin.logical_id.as_str())
    }
}

/// How many aliases may stand for each other.
const MAX_DEPTH: usize = 8;

/// What a reference to a function may end in.
const ATTRIBUTES: [&str; 6] =
    [".Arn", ".function_name", ".invoke_arn", ".qualified_arn", ".arn", ".FunctionArn"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_function_has_many_names() {
        let mut model = Model::default();
        model.aliases.insert("FAliaslive".to_owned(), ("${F}".to_owned(), "live".to_owned()));
        model.aliases.insert("Ring".to_owned(), ("${Ring}".to_owned(), "x".to_owned()));
        let cases = [
            ("${F}", "F", None),
            ("${F.Arn}", "F", None),
            ("${F.Arn}:live", "F", Some("live")),
            ("${FAliaslive}", "F", Some("live")),
            ("name", "name", None),
            ("name:3", "name", Some("3")),
            ("arn:aws:lambda:eu-west-1:1:function:name", "name", None),
            ("arn:${AWS::Partition}:lambda:${AWS::Region}:1:function:${F}:live", "F", Some("live")),
            ("arn:aws:lambda:eu-west-1:1:function:name:${Stage}", "name", Some("${Stage}")),
            ("${aws_lambda_function.f.invoke_arn}", "aws_lambda_function.f", None),
            ("${unclosed", "${unclosed", None),
            ("${Ring}", "Ring", Some("x")),
        ];
        for (text, function, qualifier) in cases {
            let named = model.named(text);
            assert_eq!(
                (named.function.as_str(), named.qualifier.as_deref()),
                (function, qualifier),
                "{text}"
            );
        }
    }

    #[test]
    fn references_to_stages_are_their_names() {
        let mut model = Model::default();
        model.stage_names.insert("S".to_owned(), "prod".to_owned());
        assert_eq!(model.plain("a:${Api}/${S}/GET/${"), "a:${Api}/prod/GET/${");
    }
}
