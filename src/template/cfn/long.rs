//! The short forms of CloudFormation's functions in YAML, `!Ref x`, as the long ones, `{Ref: x}`.

use crate::template::node::{Kind, Member, Node};

/// Every function that has a short form, without `!`; all but `Ref` and `Condition` are `Fn::…`.
const SHORT: [&str; 20] = [
    "Ref",
    "Condition",
    "GetAtt",
    "Sub",
    "Join",
    "If",
    "FindInMap",
    "Select",
    "Split",
    "ImportValue",
    "Base64",
    "Cidr",
    "GetAZs",
    "Transform",
    "And",
    "Or",
    "Not",
    "Equals",
    "Length",
    "ToJsonString",
];

/// Writes the short forms in a value out.
pub(super) fn lengthen(node: &mut Node) {
    match &mut node.kind {
        Kind::List(items) => items.iter_mut().for_each(lengthen),
        Kind::Map(members) => members.iter_mut().for_each(|member| lengthen(&mut member.value)),
        _ => {}
    }
    let Some(name) = node.tag.as_deref().and_then(|tag| tag.strip_prefix('!')) else { return };
    if !SHORT.contains(&name) {
        return;
    }
    let key = if ["Ref", "Condition"].contains(&name) { name.to_owned() } else { format!("Fn::{name}") };
    let span = node.span;
    let kind = std::mem::replace(&mut node.kind, Kind::Null);
    node.tag = None;
    node.kind = Kind::Map(vec![Member { key, key_span: span, value: Node::new(span, kind) }]);
}
