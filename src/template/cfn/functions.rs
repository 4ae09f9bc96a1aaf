//! What each function of CloudFormation makes of its arguments.

use super::resolved::{Resolved, inside};
use super::resolver::{Resolver, Value};
use crate::json::Span;
use crate::template::node::Node;

/// Carries out a function. What depends on more than the template stays as `${Fn::Name:…}`.
pub(super) fn carry_out<'t>(
    resolver: &Resolver<'t>,
    name: &str,
    argument: &'t Node,
    span: Span,
) -> Value<'t> {
    let result = match name {
        "Ref" => argument.text().map(|name| resolver.reference(name, span)),
        "Fn::GetAtt" => attribute(resolver, argument, span).map(Value::Text),
        "Fn::Sub" => sub(resolver, argument).map(Value::Text),
        "Fn::Join" => join(resolver, argument, span).map(Value::Text),
        "Fn::If" => choose(resolver, argument, span),
        "Fn::FindInMap" => find_in_map(resolver, argument, span),
        "Fn::Select" => select(resolver, argument, span),
        "Fn::Split" => split(resolver, argument, span),
        _ => None,
    };
    result.unwrap_or_else(|| unknown(resolver, name, argument, span))
}

/// A call that only the deployment can carry out.
fn unknown<'t>(resolver: &Resolver<'t>, name: &str, argument: &'t Node, span: Span) -> Value<'t> {
    let mut words = Vec::new();
    collect(&resolver.value(argument), &mut words);
    let words = words.join(",");
    let name = if words.is_empty() { name.to_owned() } else { format!("{name}:{words}") };
    Value::Text(Resolved::unknown(&name, span))
}

fn collect(value: &Value<'_>, words: &mut Vec<String>) {
    match value {
        Value::Text(text) => words.push(text.text().to_owned()),
        Value::List(items) => items.iter().for_each(|item| collect(item, words)),
        Value::Absent | Value::Other(_) => {}
    }
}

/// `Resource.Attribute`, or both in a list.
fn attribute<'t>(resolver: &Resolver<'t>, argument: &'t Node, span: Span) -> Option<Resolved> {
    if let Some(name) = argument.text() {
        return Some(resolver.resource(name, span));
    }
    let [resource, names @ ..] = argument.items() else { return None };
    let mut path = resource.text()?.to_owned();
    for name in names {
        path = format!("{path}.{}", resolver.text(name)?.text());
    }
    (!names.is_empty()).then(|| resolver.resource(&path, span))
}

/// `Fn::Sub`, alone or with names of its own.
fn sub<'t>(resolver: &Resolver<'t>, argument: &'t Node) -> Option<Resolved> {
    let (text, own) = match argument.items() {
        [] => (argument, None),
        [text, own] => (text, Some(own)),
        [text] => (text, None),
        _ => return None,
    };
    let own = |name: &str| resolver.text(own?.get(name)?);
    Some(substitute(resolver, text.text()?, text.span, &own))
}

/// Replaces every `${Name}` in a text; `${!Name}` is the text `${Name}`.
pub(in crate::template) fn substitute(
    resolver: &Resolver<'_>,
    text: &str,
    span: Span,
    own: &dyn Fn(&str) -> Option<Resolved>,
) -> Resolved {
    let inside = inside(text, span, resolver.source);
    let place = |from: usize, to: usize| {
        inside.map_or(span, |inside| Span::new(inside.start + from, inside.start + to))
    };
    let mut resolved = Resolved::empty(span);
    let mut at = 0;
    while let Some(start) = text[at..].find("${").map(|found| at + found) {
        let Some(end) = text[start..].find('}').map(|found| start + found) else { break };
        resolved.push(&text[at..start], place(at, start), inside.is_some());
        let (name, here) = (text[start + 2..end].trim(), place(start, end + 1));
        match name.strip_prefix('!') {
            Some(literal) => resolved.push(&format!("${{{literal}}}"), here, false),
            None => resolved.append(&own(name).unwrap_or_else(|| named(resolver, name, here))),
        }
        at = end + 1;
    }
    resolved.push(&text[at..], place(at, text.len()), inside.is_some());
    resolved
}

/// What `${Name}` or `${Name.Attribute}` stands for.
fn named(resolver: &Resolver<'_>, name: &str, span: Span) -> Resolved {
    if name.contains('.') {
        return resolver.resource(name, span);
    }
    match resolver.reference(name, span) {
        Value::Text(text) => text,
        Value::Absent => Resolved::empty(span),
        Value::List(_) | Value::Other(_) => Resolved::unknown(name, span),
    }
}

fn join<'t>(resolver: &Resolver<'t>, argument: &'t Node, span: Span) -> Option<Resolved> {
    let [delimiter, list] = argument.items() else { return None };
    let delimiter = resolver.text(delimiter)?;
    let Value::List(items) = resolver.value(list) else { return None };
    let mut joined = Resolved::empty(span);
    for (index, item) in items.iter().enumerate() {
        let Value::Text(text) = item else { return None };
        if index > 0 {
            joined.append(&delimiter);
        }
        joined.append(text);
    }
    Some(joined)
}

/// `Fn::If`; where the condition is not known, both values must agree.
fn choose<'t>(resolver: &Resolver<'t>, argument: &'t Node, span: Span) -> Option<Value<'t>> {
    let [condition, then, otherwise] = argument.items() else { return None };
    let name = condition.text()?;
    match resolver.condition(name) {
        Some(true) => Some(resolver.value(then)),
        Some(false) => Some(resolver.value(otherwise)),
        None => match (resolver.value(then), resolver.value(otherwise)) {
            (Value::Text(then), Value::Text(otherwise)) if then.text() == otherwise.text() => {
                Some(Value::Text(then))
            }
            _ => Some(Value::Text(Resolved::unknown(&format!("Fn::If:{name}"), span))),
        },
    }
}

/// `Fn::FindInMap` with names that are known, or its default value.
fn find_in_map<'t>(resolver: &Resolver<'t>, argument: &'t Node, _: Span) -> Option<Value<'t>> {
    let [map, first, second, options @ ..] = argument.items() else { return None };
    let (map, first, second) = (resolver.text(map)?, resolver.text(first)?, resolver.text(second)?);
    if [&map, &first, &second].iter().any(|name| name.is_open()) {
        return None;
    }
    let found = || resolver.mappings?.get(map.text())?.get(first.text())?.get(second.text());
    let default = || options.first()?.get("DefaultValue");
    found().or_else(default).map(|node| resolver.value(node))
}

fn select<'t>(resolver: &Resolver<'t>, argument: &'t Node, _: Span) -> Option<Value<'t>> {
    let [index, list] = argument.items() else { return None };
    let index: usize = resolver.text(index)?.text().parse().ok()?;
    match resolver.value(list) {
        Value::List(mut items) if index < items.len() => Some(items.swap_remove(index)),
        _ => None,
    }
}

/// `Fn::Split`, unless what only the deployment knows may hold the delimiter.
fn split<'t>(resolver: &Resolver<'t>, argument: &'t Node, span: Span) -> Option<Value<'t>> {
    let [delimiter, text] = argument.items() else { return None };
    let (delimiter, text) = (resolver.text(delimiter)?, resolver.text(text)?);
    if text.is_open() || delimiter.text().is_empty() {
        return None;
    }
    let parts = text.text().split(delimiter.text()).map(|part| Value::Text(Resolved::known(part, span)));
    Some(Value::List(parts.collect()))
}
