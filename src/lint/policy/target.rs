//! What keeps the resource of a statement from being the ARN of any call.

use crate::gateway::{Evidence, Flavor};
use crate::json::Span;
use crate::policy::arn::{Field, FieldName, fields};

/// A mistake in a resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoCall {
    /// What is wrong, behind a colon.
    pub what: &'static str,
    /// The bytes that show it.
    pub bytes: Span,
    /// How well it is known that no call has such an ARN.
    pub evidence: Evidence,
    /// Whether a star before it may stand for it all, so that it might be a part of a path.
    pub behind_star: bool,
}

/// What keeps a resource from being the ARN of any call of such an API. In the policy of an API itself
/// the short form is right (P-131).
pub fn of_no_call(resource: &str, flavor: Flavor, short_form: bool) -> Option<NoCall> {
    let whole = Span::new(0, resource.len());
    let found = |what, bytes, evidence| Some(NoCall { what, bytes, evidence, behind_star: false });
    if let Some(bytes) = template(resource) {
        return found("it has a path template in it", bytes, Evidence::Documented);
    }
    let short = resource.strip_prefix(SHORT).filter(|rest| rest.starts_with('/'));
    if let Some(rest) = short.filter(|_| short_form) {
        let long = format!("{LONG}{rest}");
        let found = of_execute_api(&long, &fields(&long), flavor)?;
        let place = |byte: usize| (byte + SHORT.len()).saturating_sub(LONG.len());
        let bytes = Span::new(place(found.bytes.start), place(found.bytes.end));
        return Some(NoCall { bytes, ..found });
    }
    let fields = fields(resource);
    let text = |name: FieldName| fields.iter().find(|field| field.name == name).map(|own| own.text(resource));
    if text(FieldName::Account).is_none() || fields.len() < 6 {
        // A star may stand for colons, too.
        if resource.starts_with(SHORT) && !short_form {
            let what = "the short form is for the policy of the API itself";
            return found(what, whole, Evidence::Inferred);
        }
        let open = is_wild(resource) || resource.contains("${");
        return if open { None } else { found("it is no ARN", whole, Evidence::Inferred) };
    }
    if text(FieldName::Service) == Some("execute-api") {
        return of_execute_api(resource, &fields, flavor);
    }
    let is_head = |field: &&Field| field.name.part() != FieldName::Resource;
    let head = fields.iter().filter(is_head).map(|field| field.text(resource));
    let open = head.clone().any(|part| is_wild(part) || part.contains("${"));
    if open { None } else { found("it is the ARN of another service", whole, Evidence::Documented) }
}

const SHORT: &str = "execute-api:";
/// Stands for the ARN of the API that the short form leaves out.
const LONG: &str = "arn:aws:execute-api:r:a:i";

fn is_wild(text: &str) -> bool {
    text.contains(['*', '?'])
}

/// A parameter of a path in braces; policy variables have a dollar sign before them.
pub fn template(resource: &str) -> Option<Span> {
    let last = resource.rfind('}')?;
    let mut braces = resource[..last].match_indices('{').map(|(at, _)| at);
    let start = braces.find(|at| !resource[..*at].ends_with('$'))?;
    let end = resource[start..].find('}').map(|end| start + end + 1)?;
    Some(Span::new(start, end))
}

fn of_execute_api(arn: &str, fields: &[Field], flavor: Flavor) -> Option<NoCall> {
    let field = |name: FieldName| fields.iter().find(|field| field.name == name).copied();
    let (id, stage) = (field(FieldName::ApiId)?, field(FieldName::Stage)?);
    let behind_star = is_wild(id.text(arn)) || is_wild(stage.text(arn));
    let sure = |what, bytes| Some(NoCall { what, bytes, evidence: Evidence::Documented, behind_star });
    if stage.text(arn) == "null" {
        //
        let evidence = Evidence::Inferred;
        return Some(NoCall { what: "its stage is null", bytes: stage.span, evidence, behind_star });
    }
    let verb = field(FieldName::Method).or(field(FieldName::RouteKey))?;
    let text = verb.text(arn);
    let path = field(FieldName::Path);
    // Without a path behind it, it may be a route key.
    let is_key = flavor == Flavor::Websocket && path.is_none();
    if is_key || is_wild(text) || text.starts_with('$') {
        return None;
    }
    match path.map(|path| path.text(arn)) {
        _ if text == "ANY" => sure("no call has the method ANY", verb.span),
        _ if text.bytes().any(|byte| byte.is_ascii_lowercase()) => {
            sure("methods have capital letters", verb.span)
        }
        Some(path_text) if path_text.starts_with('/') => Some(NoCall {
            what: "two slashes stand before the path",
            bytes: path.map_or(verb.span, |path| path.span),
            evidence: Evidence::Inferred,
            behind_star,
        }),
        _ => None,
    }
}
