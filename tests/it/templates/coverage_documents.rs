//! Whole policies, conditions of the template, and how far grants reach.

use super::{read, read_with};
use apigw::template::{Beyond, Coverage, Covered, Given};

const HEAD: &str = "
Transform: AWS::Serverless-2016-10-31
Parameters: {Open: {Type: String}}
Conditions:
  Perhaps: !Equals [!Ref Open, x]
  Never: !Equals [a, b]
Resources:
  Api: {Type: 'AWS::Serverless::Api', Properties: {StageName: prod}}
  F:
    Type: AWS::Serverless::Function
    Properties:
      FunctionUrlConfig: {AuthType: NONE}
      Events:
        Get: {Type: Api, Properties: {RestApiId: !Ref Api, Path: '/items/{id}', Method: get}}
  G:
    Type: AWS::Serverless::Function
    Properties:
      Events:
        Put: {Type: Api, Properties: {RestApiId: !Ref Api, Path: '/items/{id}', Method: put}}
";

const BELOW: &str = "arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${Api}";

/// A permission on `F` for what lies below the API.
fn permission(id: &str, below: &str, more: &str) -> String {
    format!(
        "  {id}:
    Type: AWS::Lambda::Permission
    {more}
    Properties: {{FunctionName: !Ref F, Principal: apigateway.amazonaws.com, Action: 'lambda:InvokeFunction',
      SourceArn: !Sub '{BELOW}/{below}'}}\n"
    )
}

/// A whole policy of `F`, whose event would have granted `prod/GET/items/*` otherwise.
fn policy(statements: &str) -> String {
    let body = "
Resources:
  Api:
    Type: AWS::ApiGateway::RestApi
    Properties:
      Body: {paths: {'/items/{id}': {get: {x-amazon-apigateway-integration: {uri: !Sub
        'arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${F.Arn}/invocations'}}}}}
  S: {Type: 'AWS::ApiGateway::Stage', Properties: {RestApiId: !Ref Api, StageName: prod}}
  F: {Type: 'AWS::Lambda::Function'}
  R:
    Type: AWS::Lambda::ResourcePolicy
    Properties:
      ResourceArn: !GetAtt F.Arn
      PolicyDocument:
        Version: '2012-10-17'
        Statement:
";
    let indented: String = statements.lines().map(|line| format!("          {line}\n")).collect();
    format!("{body}{indented}")
}

fn allow(below: &str) -> String {
    format!(
        "- Effect: Allow\n  Principal: {{Service: apigateway.amazonaws.com}}\n  Action: lambda:InvokeFunction\n  \
         Resource: !GetAtt F.Arn\n  Condition: {{ArnLike: {{'AWS:SourceArn': !Sub '{BELOW}/{below}'}}}}\n"
    )
}

fn first(source: &str, given: &Given) -> (Covered, Vec<usize>, Vec<usize>) {
    let model = read_with(source, given);
    assert_eq!(model.left_out, []);
    let coverage = model.coverage();
    let row = &coverage.rows[0];
    (row.covered, row.by.clone(), row.by_policies.clone())
}

#[test]
fn a_whole_policy_decides_as_a_document() {
    let given = Given::default();
    let yes = policy(&allow("*/GET/items/*"));
    assert_eq!(first(&yes, &given), (Covered::Yes, vec![0], vec![0]));
    assert_eq!(first(&policy(&allow("*/PUT/items/*")), &given), (Covered::No, vec![], vec![]));
    let deny = |condition: &str| {
        let all = "- Effect: Deny\n  Principal: '*'\n  Action: '*'\n  Resource: '*'\n";
        policy(&format!("{}{all}  Condition: {condition}\n", allow("*")))
    };
    let stage = deny(&format!("{{ArnLike: {{aws:SourceArn: !Sub '{BELOW}/prod/*'}}}}"));
    assert_eq!(first(&stage, &given).0, Covered::No);
    let other = deny(&format!("{{ArnLike: {{aws:SourceArn: !Sub '{BELOW}/beta/*'}}}}"));
    assert_eq!(first(&other, &given), (Covered::Yes, vec![0], vec![0]));
    let account = deny("{StringNotEquals: {aws:SourceAccount: '123456789012'}}");
    assert_eq!(first(&account, &given).0, Covered::Perhaps);
    let of = |account: &str| Given { account: Some(account.to_owned()), ..Given::default() };
    assert_eq!(first(&account, &of("123456789012")).0, Covered::Yes);
    assert_eq!(first(&account, &of("210987654321")).0, Covered::No);
}

#[test]
fn a_statement_for_another_resource_allows_nothing() {
    let other = policy(&allow("*").replace("!GetAtt F.Arn", "!GetAtt Api.Arn"));
    assert_eq!(first(&other, &Given::default()).0, Covered::Perhaps, "its statement names the caller");
    let negated = policy(&allow("*/PUT/*").replace("ArnLike", "ArnNotLike"));
    assert_eq!(first(&negated, &Given::default()), (Covered::Yes, vec![], vec![0]));
}

fn table(coverage: &Coverage<'_>) -> Vec<(String, &'static str, Vec<String>)> {
    let id = |at: &usize| coverage.grants[*at].grant.origin.logical_id.clone();
    let row = |row: &apigw::template::Row<'_>| {
        let arn = row.presented.source_arn.as_deref().unwrap_or_default();
        (arn.replace(BELOW, ""), row.covered.name(), row.by.iter().map(id).collect())
    };
    coverage.rows.iter().map(row).collect()
}

#[test]
fn a_condition_of_the_template_makes_a_grant_unsure() {
    let grants = permission("P", "*", "Condition: Perhaps") + &permission("Q", "*", "Condition: Never");
    let source =
        HEAD.replace("Get: {", "Gone: {").replace("/items/{id}', Method: get", "/items', Method: get")
            + &grants;
    let model = read(&source);
    let coverage = model.coverage();
    let expected = [
        ("/prod/GET/items".to_owned(), "yes", vec!["FGonePermissionprod".to_owned()]),
        ("/prod/PUT/items/{id}".to_owned(), "yes", vec!["GPutPermissionprod".to_owned()]),
    ];
    assert_eq!(table(&coverage), expected);
    let of = |id: &str| coverage.grants.iter().find(|own| own.grant.origin.logical_id == id).unwrap();
    assert_eq!((of("P").covers.as_slice(), of("Q").covers.as_slice()), (&[0][..], &[][..]));
    let url = coverage.grants.iter().filter(|own| own.grant.origin.logical_id.contains("Url"));
    assert!(
        url.clone().count() > 0 && url.clone().all(|own| own.covers.is_empty() && !own.is_for_api_gateway)
    );
}

#[test]
fn the_same_condition_on_both_makes_no_doubt() {
    let source = "
Parameters: {Open: {Type: String}}
Conditions: {Perhaps: !Equals [!Ref Open, x], Never: !Equals [a, b]}
Resources:
  Api: {Type: 'AWS::ApiGatewayV2::Api', Properties: {ProtocolType: HTTP}}
  I: {Type: 'AWS::ApiGatewayV2::Integration', Properties: {ApiId: !Ref Api, IntegrationUri: !GetAtt F.Arn}}
  R:
    Type: AWS::ApiGatewayV2::Route
    Condition: Perhaps
    Properties: {ApiId: !Ref Api, RouteKey: GET /a, Target: !Sub 'integrations/${I}'}
  N:
    Type: AWS::ApiGatewayV2::Route
    Condition: Never
    Properties: {ApiId: !Ref Api, RouteKey: GET /b, Target: !Sub 'integrations/${I}'}
  F: {Type: 'AWS::Lambda::Function'}
";
    let model_source = source.to_owned() + &permission("P", "*/GET/a", "Condition: Perhaps");
    let model = read(&model_source);
    let covered: Vec<_> = model.coverage().rows.iter().map(|row| row.covered).collect();
    assert_eq!(covered, [Covered::Yes, Covered::NotDeployed]);
}

/// How far the first grant on `F` reaches.
fn beyond(below: &str) -> (Vec<(String, String)>, Vec<usize>) {
    let source = format!("{HEAD}{}", permission("P", below, "DependsOn: F"));
    let model = read(&source);
    let Beyond { everything, wider, reaches } = model.coverage().beyond(0);
    assert!(!everything);
    (wider.into_iter().map(|wider| (wider.field.name().to_owned(), wider.allows)).collect(), reaches)
}

#[test]
fn what_is_wider_than_the_routes_is_named() {
    let case = |below: &str, expected: &[(&str, &str)], reaches: &[usize]| {
        let (wider, reached) = beyond(below);
        let wider: Vec<_> = wider.iter().map(|(field, allows)| (field.as_str(), allows.as_str())).collect();
        assert_eq!((wider.as_slice(), reached.as_slice()), (expected, reaches), "{below}");
    };
    case("prod/GET/items/{id}", &[], &[]);
    case("prod/GET/items/*", &[], &[]);
    case("*/GET/items/*", &[("stage", "*")], &[]);
    case("prod/*/items/*", &[("method", "*")], &[1]);
    case("prod/GET/*", &[("path", "*")], &[]);
    case("prod*/GET/items/{id}", &[("stage", "prod*")], &[]);
    case("*", &[("stage", "*"), ("method", "*"), ("path", "*")], &[1]);
    case("prod/*/items/{id}", &[("method", "*")], &[1]);
}
