//! Line and column of what was read, however it is written.

use super::read;
use apigw::json::Lines;
use apigw::template::{Document, Grant};

/// The text at a span, with its line and column.
fn at(source: &str, span: apigw::json::Span) -> (usize, usize, &str) {
    let place = Lines::new(source).place(source, span.start);
    (place.line, place.column, &source[span.start..span.end])
}

fn first(source: &str) -> Grant {
    read(source).grants.into_iter().next().unwrap()
}

/// The place of a part of the first grant's source ARN.
fn part<'s>(source: &'s str, text: &str) -> (usize, usize, &'s str) {
    let arn = first(source).source_arn.unwrap();
    let start = arn.text().find(text).unwrap_or_else(|| panic!("no {text} in {arn}"));
    at(source, arn.span_of(start..start + text.len()))
}

fn permission(arn: &str) -> String {
    format!(
        "Resources:\n  P:\n    Type: AWS::Lambda::Permission\n    Properties:\n      FunctionName: f\n      \
         Principal: p\n      Action: a\n      SourceArn: {arn}\n"
    )
}

#[test]
fn a_part_of_a_text_has_its_own_place() {
    let plain = permission("arn:aws:execute-api:eu-west-1:1:abc/prod/get/x");
    assert_eq!(part(&plain, "get"), (8, 59, "get"));
    let quoted = permission("'arn:aws:execute-api:eu-west-1:1:abc/prod/get/x'");
    assert_eq!(part(&quoted, "get"), (8, 60, "get"));
    let sub = permission("!Sub 'arn:aws:execute-api:${AWS::Region}:1:${Api}/prod/get/x'");
    assert_eq!(part(&sub, "get"), (8, 73, "get"));
    assert_eq!(part(&sub, "${Api}"), (8, 61, "${Api}"));
    assert_eq!(part(&sub, "1:${Api}/prod"), (8, 59, "1:${Api}/prod"));
    let join = permission("!Join ['/', ['abc', prod, \"get\", x]]");
    assert_eq!(part(&join, "get"), (8, 45, "get"));
}

#[test]
fn carriage_returns_wide_letters_and_tabs_do_not_shift_a_place() {
    let crlf = permission("\"é☕arn:get\"  # комментарий").replace('\n', "\r\n");
    assert_eq!(part(&crlf, "get"), (8, 25, "get"));
    let json = "{\r\n\t\"Resources\": {\"P\": {\"Type\": \"AWS::Lambda::Permission\", \"Properties\": \
                {\"FunctionName\": \"f\", \"Principal\": \"p\", \"Action\": \"a\",\r\n\"SourceArn\": \"a/get\"}}}}";
    assert_eq!(part(json, "get"), (3, 17, "get"));
    assert_eq!(at(json, first(json).origin.span), (2, 16, "\"P\""));
}

#[test]
fn what_is_not_written_like_this_stands_where_its_value_does() {
    let folded = permission(">-\n        arn:aws:x\n        get");
    assert_eq!(part(&folded, "get").0, 9, "a folded text");
    let escaped = permission("\"a\\x2fget\"");
    assert_eq!(part(&escaped, "get"), (8, 18, "\"a\\x2fget\""));
}

#[test]
fn anchors_aliases_and_merges_lead_to_where_the_text_stands() {
    let source = "x-arn: &arn a/get/x
x-common: &common
  FunctionName: f
  Principal: p
  Action: wrong
Resources:
  P:
    Type: AWS::Lambda::Permission
    Properties:
      <<: *common
      Action: right
      SourceArn: *arn
";
    assert_eq!(part(source, "get"), (1, 15, "get"));
    let grant = first(source);
    assert_eq!((grant.action.text(), at(source, grant.action.span())), ("right", (11, 15, "right")));
    assert_eq!(at(source, grant.function.span()), (3, 17, "f"));
    assert_eq!(at(source, grant.origin.span), (7, 3, "P"));
}

#[test]
fn what_sam_makes_stands_at_its_event() {
    let source = "Resources:
  F:
    Type: AWS::Serverless::Function
    Properties:
      Events:
        Get:
          Type: Api
          Properties: {Path: /, Method: get}
";
    let origin = first(source).origin;
    assert_eq!(at(source, origin.span), (6, 9, "Get"));
    assert_eq!(
        (origin.logical_id.as_str(), origin.generated_from.as_deref()),
        ("FGetPermissionProd", Some("F"))
    );
}

#[test]
fn a_later_key_of_the_same_name_counts() {
    let source = "Resources:\n  P: {Type: X}\n  P:\n    Type: AWS::Lambda::Permission\n    Properties: \
                  {FunctionName: f, Principal: p, Action: a, Action: b}\n";
    let model = read(source);
    assert_eq!((model.grants.len(), model.grants[0].action.text()), (1, "b"));
}

/// A value counts once, however deep it stands; one behind aliases as often as they name it.
#[test]
fn a_document_may_have_a_million_values() {
    let deep = format!("Resources: {}{}{}", "[".repeat(120), "1, ".repeat(9_000), "]".repeat(120));
    assert!(Document::parse("deep.yaml", deep).is_ok());
    let mut bomb = "a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n".to_owned();
    for level in 1..7 {
        let aliases = vec![format!("*a{}", level - 1); 10].join(", ");
        bomb += &format!("a{level}: &a{level} [{aliases}]\n");
    }
    let error = Document::parse("bomb.yaml", bomb).unwrap_err();
    assert!(error.to_string().contains("more than 1000000 values"), "{error}");
}
