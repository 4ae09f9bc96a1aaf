//! The logical ids of what SAM makes.

use super::{API, FUNCTION, HTTP_API, Merged, WEBSOCKET_API, function};
use crate::template::cfn::{Resolved, Stack};
use sha1::{Digest as _, Sha1};
use std::fmt::Write as _;

/// The API of `Api` events that name none.
pub(in crate::template) const IMPLICIT_REST: &str = "ServerlessRestApi";
/// The API of `HttpApi` events that name none.
pub(in crate::template) const IMPLICIT_HTTP: &str = "ServerlessHttpApi";
/// The stage of an API that SAM makes for `Api` events.
pub(in crate::template) const IMPLICIT_STAGE: &str = "Prod";
/// The stage of a WebSocket API that names none.
pub(in crate::template) const WEBSOCKET_STAGE: &str = "default";

/// `prefix` and `suffix`, the suffix as a hash where logical ids cannot hold it.
pub(super) fn with_suffix(prefix: &str, suffix: &str) -> String {
    if suffix.chars().all(char::is_alphanumeric) {
        return format!("{prefix}{suffix}");
    }
    let mut id = prefix.to_owned();
    for byte in &Sha1::digest(suffix)[..5] {
        let _ = write!(id, "{byte:02x}");
    }
    id
}

/// The logical id of the alias that `AutoPublishAlias` publishes.
pub(super) fn alias(function: &str, alias: &str) -> String {
    format!("{function}Alias{}", alias.replace('-', "D").replace('_', "U"))
}

/// Learns what `!Ref MyFunction.Alias` and `!Ref MyApi.Stage` stand for: resources that SAM makes.
pub(in crate::template) fn learn_names(stack: &mut Stack<'_>) {
    let mut names = vec![
        (format!("{IMPLICIT_REST}.Stage"), format!("{IMPLICIT_REST}{IMPLICIT_STAGE}Stage")),
        (format!("{IMPLICIT_HTTP}.Stage"), format!("{IMPLICIT_HTTP}ApiGatewayDefaultStage")),
    ];
    for resource in &stack.resources {
        let id = resource.id;
        let stage = || resource.get("StageName").map(|node| node.text().unwrap_or_default());
        match resource.kind {
            FUNCTION => {
                let properties = Merged::of(stack, Some(resource), "Function");
                if let Some(alias) = function::alias_of(stack, resource, &properties) {
                    names.push((format!("{id}.Alias"), alias));
                }
            }
            API => {
                let stage = with_suffix(id, stage().unwrap_or_default());
                names.push((format!("{id}.Stage"), format!("{stage}Stage")));
            }
            HTTP_API => {
                let stage = match stage() {
                    None | Some("$default") => format!("{id}ApiGatewayDefault"),
                    Some(stage) => with_suffix(id, stage),
                };
                names.push((format!("{id}.Stage"), format!("{stage}Stage")));
            }
            WEBSOCKET_API => {
                let stage = stage().unwrap_or(WEBSOCKET_STAGE);
                let stage = if stage == WEBSOCKET_STAGE { "Default" } else { stage };
                names.push((format!("{id}.Stage"), format!("{id}{stage}Stage")));
            }
            _ => {}
        }
    }
    for (name, meaning) in names {
        let nowhere = stack.root.span;
        stack.resolver.learn(name, Resolved::unknown(&meaning, nowhere));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_logical_id_can_hold_becomes_a_hash() {
        assert_eq!(with_suffix("APermission", "Prod"), "APermissionProd");
        assert_eq!(with_suffix("APermission", ""), "APermission");
        // The hash of "abc" that FIPS 180 gives begins like this.
        let hashed = with_suffix("A", "a-b");
        assert_eq!((hashed.len(), &hashed[..1]), (11, "A"));
        assert_eq!(alias("F", "live-1_a"), "FAliasliveD1Ua");
    }
}
