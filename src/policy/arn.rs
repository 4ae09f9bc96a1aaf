//! ARNs and patterns of ARNs, split into parts and segments that know where they stand.

use crate::json::Span;

/// A part of an ARN, or a segment of its sixth part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FieldName {
    /// The word `arn`.
    Scheme,
    /// `aws`, `aws-cn`, `aws-us-gov`.
    Partition,
    /// `execute-api`, `lambda`.
    Service,
    /// The region.
    Region,
    /// The account.
    Account,
    /// The sixth part as a whole, of services that are not split further.
    Resource,
    /// The id of an API.
    ApiId,
    /// The stage.
    Stage,
    /// The method.
    Method,
    /// The path, without its first slash.
    Path,
    /// The route key of a WebSocket API, or `$default` of an HTTP API, where others have method
    /// and path (P-018, P-022).
    RouteKey,
    /// The word `authorizers`, where other ARNs have the stage (P-016).
    Authorizers,
    /// The id of an authorizer.
    AuthorizerId,
    /// The kind of a Lambda resource: `function`.
    ResourceType,
    /// The name of a function.
    FunctionName,
    /// The alias or version of a function.
    Qualifier,
}

impl FieldName {
    const PARTS: [Self; 6] =
        [Self::Scheme, Self::Partition, Self::Service, Self::Region, Self::Account, Self::Resource];

    /// The name of a part by its place, counted from 0.
    pub(super) fn of_part(at: usize) -> Self {
        Self::PARTS.get(at).copied().unwrap_or(Self::Resource)
    }

    /// The name in sentences and reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Scheme => "scheme",
            Self::Partition => "partition",
            Self::Service => "service",
            Self::Region => "region",
            Self::Account => "account",
            Self::Resource => "resource",
            Self::ApiId => "API id",
            Self::Stage => "stage",
            Self::Method => "method",
            Self::Path => "path",
            Self::RouteKey => "route key",
            Self::Authorizers => "authorizers",
            Self::AuthorizerId => "authorizer id",
            Self::ResourceType => "resource type",
            Self::FunctionName => "function",
            Self::Qualifier => "qualifier",
        }
    }

    /// The part of the ARN that it lies in.
    pub fn part(self) -> Self {
        if Self::PARTS.contains(&self) { self } else { Self::Resource }
    }
}

/// A part or segment, and where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// What it is.
    pub name: FieldName,
    /// Its bytes in the ARN.
    pub span: Span,
}

impl Field {
    /// Its text in the ARN that it was found in.
    pub fn text(self, arn: &str) -> &str {
        arn.get(self.span.start..self.span.end).unwrap_or_default()
    }
}

/// The six parts of an ARN, split at the first five colons: paths may hold more (P-156). `None` if
/// there are fewer.
pub fn split(arn: &str) -> Option<[&str; 6]> {
    let mut parts = arn.splitn(6, ':');
    let mut part = || parts.next();
    Some([part()?, part()?, part()?, part()?, part()?, part()?])
}

/// The version of a function that has no policy of its own (P-032).
pub const LATEST: &str = "$LATEST";

/// Whether a text is the number of an account: twelve digits.
pub fn is_account(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The partition that a region lies in (P-026).
pub fn partition(region: &str) -> &'static str {
    const PREFIXES: [(&str, &str); 5] = [
        ("cn-", "aws-cn"),
        ("us-gov-", "aws-us-gov"),
        ("us-isob-", "aws-iso-b"),
        ("us-iso-", "aws-iso"),
        ("eusc-", "aws-eusc"),
    ];
    PREFIXES.iter().find(|(prefix, _)| region.starts_with(prefix)).map_or("aws", |(_, partition)| partition)
}

/// What the names of hosts end in, in a partition.
pub fn dns_suffix(partition: &str) -> &'static str {
    match partition {
        "aws-cn" => "amazonaws.com.cn",
        "aws-iso" => "c2s.ic.gov",
        "aws-iso-b" => "sc2s.sgov.gov",
        "aws-eusc" => "amazonaws.eu",
        _ => "amazonaws.com",
    }
}

/// Every part of an ARN or a pattern of ARNs, and every segment of the sixth one of `execute-api`
/// and `lambda` (P-005), in the order of the text. Parts that are missing are left out.
pub fn fields(arn: &str) -> Vec<Field> {
    let mut fields = Vec::new();
    let mut start = 0;
    let mut service = "";
    for (at, part) in cut(arn, ':', 6).into_iter().enumerate() {
        let span = Span::new(start, start + part.len());
        match (at, service) {
            (2, _) => service = part,
            (5, "execute-api") => {
                fields.extend(call_fields(part, start));
                break;
            }
            (5, "lambda") => {
                fields.extend(function_fields(part, start));
                break;
            }
            _ => {}
        }
        fields.push(Field { name: FieldName::of_part(at), span });
        start = span.end + 1;
    }
    fields
}

/// At most that many parts between separators. Those inside of `${…}` divide nothing: variables of
/// policies and references of templates hold them.
fn cut(text: &str, separator: char, most: usize) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut at) = (0, 0);
    while let Some(next) = text[at..].find([separator, '$']).map(|next| at + next) {
        let reference = text[next..].starts_with("${").then(|| text[next..].find('}')).flatten();
        match reference {
            Some(end) => at = next + end,
            None if text[next..].starts_with(separator) && parts.len() + 1 < most => {
                parts.push(&text[start..next]);
                (start, at) = (next + 1, next + 1);
            }
            None => at = next + 1,
        }
    }
    parts.push(&text[start..]);
    parts
}

/// The segments of a call's, route's or authorizer's resource.
fn call_fields(resource: &str, start: usize) -> Vec<Field> {
    let segments = cut(resource, '/', 4);
    let is_authorizer = segments.len() == 3 && segments[1] == "authorizers";
    let names = match segments.as_slice() {
        [_, _, third] if !is_authorizer => {
            [FieldName::ApiId, FieldName::Stage, third_alone(third), FieldName::Path]
        }
        _ if is_authorizer => {
            [FieldName::ApiId, FieldName::Authorizers, FieldName::AuthorizerId, FieldName::Path]
        }
        _ => [FieldName::ApiId, FieldName::Stage, FieldName::Method, FieldName::Path],
    };
    placed(&segments, &names, start)
}

/// The verbs that a method of an API can have, and the word for all of them.
pub const VERBS: [&str; 8] = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "ANY"];

/// What stands behind the stage with nothing behind it: a verb that lacks its slash, or a route key.
fn third_alone(segment: &str) -> FieldName {
    let is_method = segment.contains('*') || VERBS.iter().any(|method| segment.eq_ignore_ascii_case(method));
    if is_method && !segment.starts_with('$') { FieldName::Method } else { FieldName::RouteKey }
}

/// `function:NAME:QUALIFIER`.
fn function_fields(resource: &str, start: usize) -> Vec<Field> {
    let segments = cut(resource, ':', 3);
    placed(&segments, &[FieldName::ResourceType, FieldName::FunctionName, FieldName::Qualifier], start)
}

/// Segments with one character between them.
fn placed(segments: &[&str], names: &[FieldName], mut start: usize) -> Vec<Field> {
    let mut fields = Vec::new();
    for (segment, name) in segments.iter().zip(names) {
        fields.push(Field { name: *name, span: Span::new(start, start + segment.len()) });
        start += segment.len() + 1;
    }
    fields
}

/// The ARN of an API, the beginning of those of its calls: `arn:…:execute-api:REGION:ACCOUNT:ID`.
pub fn of_api(arn_of_call: &str) -> Option<&str> {
    let [_, _, service, .., resource] = split(arn_of_call)?;
    let id = resource.split('/').next().filter(|id| !id.is_empty())?;
    (service == "execute-api").then(|| &arn_of_call[..arn_of_call.len() - resource.len() + id.len()])
}

/// A resource of an API's own policy as it is saved: `execute-api:/prod/GET/x` is short for the
/// ARN that begins with that of the API (P-131, R-281). `None` if it is not written so.
pub fn expand(resource: &str, api: &str) -> Option<String> {
    Some(format!("{api}{}", resource.strip_prefix("execute-api:").filter(|rest| rest.starts_with('/'))?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(arn: &str) -> Vec<(&'static str, &str)> {
        fields(arn).into_iter().map(|field| (field.name.name(), field.text(arn))).collect()
    }

    #[test]
    fn calls_routes_and_authorizers_have_their_segments() {
        let resource = |resource: &str| {
            let arn = format!("arn:aws:execute-api:eu-west-1:123456789012:{resource}");
            named(&arn)[5..].iter().map(|(name, text)| format!("{name}={text}")).collect::<Vec<_>>().join(" ")
        };
        let cases = [
            ("a1/prod/GET/users/{id}", "API id=a1 stage=prod method=GET path=users/{id}"),
            ("a1/prod/GET/", "API id=a1 stage=prod method=GET path="),
            ("a1/prod/GET", "API id=a1 stage=prod method=GET"),
            ("a1/*/*", "API id=a1 stage=* method=*"),
            ("a1/*", "API id=a1 stage=*"),
            ("a1/$default/$default", "API id=a1 stage=$default route key=$default"),
            ("a1/prod/sendMessage", "API id=a1 stage=prod route key=sendMessage"),
            ("a1/authorizers/x9", "API id=a1 authorizers=authorizers authorizer id=x9"),
            ("a1/authorizers/GET/x", "API id=a1 stage=authorizers method=GET path=x"),
            ("a1/prod/POST/a:b/c", "API id=a1 stage=prod method=POST path=a:b/c"),
            (
                "${Api}/${AWS::Stage/x}/GET/${a:b}",
                "API id=${Api} stage=${AWS::Stage/x} method=GET path=${a:b}",
            ),
            ("a1/$default/${open", "API id=a1 stage=$default route key=${open"),
        ];
        for (arn, expected) in cases {
            assert_eq!(resource(arn), expected);
        }
    }

    #[test]
    fn other_arns_have_their_parts() {
        let arn = "arn:aws-cn:lambda:cn-north-1:123456789012:function:f:live";
        let expected = [
            ("scheme", "arn"),
            ("partition", "aws-cn"),
            ("service", "lambda"),
            ("region", "cn-north-1"),
            ("account", "123456789012"),
            ("resource type", "function"),
            ("function", "f"),
            ("qualifier", "live"),
        ];
        assert_eq!(named(arn), expected);
        assert_eq!(named("arn:aws:s3:::bucket/a:b").last(), Some(&("resource", "bucket/a:b")));
        assert_eq!(named("arn:aws").len(), 2);
        assert_eq!(named(""), [("scheme", "")]);
    }

    #[test]
    fn the_short_form_is_expanded() {
        let api = of_api("arn:aws:execute-api:us-east-2:123456789012:aabbccddee/prod/GET/x").unwrap();
        assert_eq!(api, "arn:aws:execute-api:us-east-2:123456789012:aabbccddee");
        assert_eq!(expand("execute-api:/*", api), Some(format!("{api}/*")));
        assert_eq!(expand("execute-api:Invoke", api), None);
        assert_eq!(of_api("arn:aws:lambda:us-east-2:123456789012:function:f"), None);
    }
}
