//! Servers: where the paths of a document begin.

use crate::http::Target;
use crate::template::{Node, TemplateError};

/// Where an operation's server is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Base {
    /// Scheme and host, if the server's URL names one.
    pub origin: Option<String>,
    /// The path before all paths, without a slash at its end; empty at the root.
    pub path: String,
}

/// The first server of the operation, else of its path, else of the document, with the defaults
/// of its variables.
pub(super) fn base(root: &Node, item: &Node, operation: &Node) -> Result<Base, TemplateError> {
    let lists = [operation, item, root];
    let server = lists.iter().find_map(|node| node.get("servers")?.items().first());
    let Some((server, url)) = server.and_then(|server| Some((server, server.get("url")?))) else {
        return Ok(Base::default());
    };
    let mut text = url.text().unwrap_or_default().to_owned();
    for variable in server.get("variables").map_or(&[][..], Node::members) {
        let default = variable.value.text_of("default").unwrap_or_default();
        // AWS exports the stage with its slash: `{basePath}` is `/prod`
        let name = format!("{{{}}}", variable.key);
        let doubled = default.starts_with('/') && text.contains(&format!("/{name}"));
        text = text.replace(&name, if doubled { &default[1..] } else { default });
    }
    if !text.contains("://") {
        return Ok(Base { origin: None, path: tidy(&text) });
    }
    let target = Target::parse(&text).map_err(|error| {
        TemplateError::new(url.span, format!("the URL of this server: {error}"))
            .hint("for example https://api.example.com/v1")
    })?;
    let scheme = text.split("://").next().unwrap_or("https");
    Ok(Base { origin: Some(format!("{scheme}://{}", target.host)), path: tidy(&target.path) })
}

fn tidy(path: &str) -> String {
    let path = path.trim_matches('/');
    if path.is_empty() { String::new() } else { format!("/{}", crate::http::encoding::tidy_path(path)) }
}
