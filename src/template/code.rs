//! What a template says about the code of a function: where it lies, what runs it, and what it is
//! told.

use super::cfn::{Resolved, Resolver};
use super::node::Node;

/// The code of a function, and how it runs. What the template does not say is `None` or empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FunctionCode {
    /// Where the code lies: a directory or an archive, a place in S3, or what only the deployment
    /// knows.
    pub uri: Option<Resolved>,
    /// The handler.
    pub handler: Option<Resolved>,
    /// The runtime, such as `python3.12` or `provided.al2023`.
    pub runtime: Option<Resolved>,
    /// Whether the code is a container image.
    pub is_image: bool,
    /// The time limit, in seconds.
    pub timeout: Option<u64>,
    /// The memory size, in MB.
    pub memory: Option<u64>,
    /// The code itself, where it is written out in the template.
    pub inline: Option<String>,
    /// Its own variables.
    pub environment: Vec<(String, Resolved)>,
}

impl FunctionCode {
    /// Reads the properties of a function by their names; `members` tells those of a map, merged
    /// with what the template says for all functions.
    pub(super) fn read<'t>(
        resolver: &Resolver<'t>,
        get: impl Fn(&str) -> Option<&'t Node>,
        variables: Vec<(&'t str, &'t Node)>,
    ) -> Self {
        let text = |name: &str| get(name).and_then(|node| resolver.text(node));
        let number = |name: &str| text(name)?.text().parse().ok();
        // CloudFormation has `Code` with a bucket or the text itself; SAM has `CodeUri`.
        let uri = text("CodeUri").or_else(|| text("Code"));
        let is_image = text("PackageType").is_some_and(|kind| kind.text() == "Image");
        let inline = text("InlineCode").or_else(|| resolver.text(get("Code")?.get("ZipFile")?));
        let variable = |(name, node): (&str, _)| Some((name.to_owned(), resolver.text(node)?));
        Self {
            uri,
            handler: text("Handler"),
            runtime: text("Runtime"),
            is_image,
            inline: inline.map(|code| code.text().to_owned()),
            timeout: number("Timeout"),
            memory: number("MemorySize"),
            environment: variables.into_iter().filter_map(variable).collect(),
        }
    }
}
