//! Laws of coverage: what is open is tried with values, and must come to what was said.

use super::{read, read_with};
use apigw::lint::policy::{GrantForm, GrantText};
use apigw::template::{Breadth, Covered, Given, Model};
use proptest::collection::vec;
use proptest::prelude::*;

/// A template with an API of one stage and three routes, and grants for these source ARNs.
fn template(stage: &str, arns: &[String]) -> String {
    let mut source = format!(
        "
Parameters: {{Stage: {{Type: String}}, Any: {{Type: String}}}}
Resources:
  Other: {{Type: AWS::ApiGateway::RestApi, Properties: {{}}}}
  Api:
    Type: AWS::ApiGateway::RestApi
    Properties:
      Body:
        paths:
          /: {{x-amazon-apigateway-any-method: &f {{x-amazon-apigateway-integration: {{uri: !Sub
            'arn:aws:apigateway:${{AWS::Region}}:lambda:path/2015-03-31/functions/${{F.Arn}}/invocations'}}}}}}
          /a: {{get: *f}}
          '/a/{{id}}': {{post: *f}}
  S: {{Type: AWS::ApiGateway::Stage, Properties: {{RestApiId: !Ref Api, StageName: !Sub '{stage}'}}}}
  A: {{Type: AWS::ApiGateway::Authorizer, Properties: {{RestApiId: !Ref Api, AuthorizerUri: !Sub
    'arn:aws:apigateway:${{AWS::Region}}:lambda:path/2015-03-31/functions/${{F.Arn}}/invocations'}}}}
  F: {{Type: AWS::Lambda::Function}}
"
    );
    for (at, arn) in arns.iter().enumerate() {
        source += &format!(
            "  P{at}: {{Type: AWS::Lambda::Permission, Properties: {{FunctionName: !Ref F, Action: 'lambda:*', Principal: \
             apigateway.amazonaws.com, SourceArn: !Sub '{arn}'}}}}\n"
        );
    }
    source
}

fn one_of(texts: &'static [&'static str]) -> impl Strategy<Value = &'static str> {
    proptest::sample::select(texts)
}

/// A source ARN of a grant, with references and wildcards.
fn source_arn() -> impl Strategy<Value = String> {
    let resource = prop_oneof![
        5 => (
            one_of(&["${Stage}", "prod", "*", "p*", "?rod", "${Any}"]),
            one_of(&["GET", "POST", "ANY", "*"]),
            one_of(&["", "a", "a/*", "a/{id}", "*", "${Any}"]),
        ).prop_map(|(stage, method, path)| format!("{stage}/{method}/{path}")),
        1 => one_of(&["*", "*/*", "authorizers/*", "authorizers/${A}", "${Any}", "*/${Any}"]).prop_map(str::to_owned),
    ];
    let parts = (
        one_of(&["${AWS::Partition}", "${AWS::Partition}", "aws", "*"]),
        one_of(&["${AWS::AccountId}", "${AWS::AccountId}", "123456789012", "*"]),
        one_of(&["${Api}", "${Api}", "${Api}", "${Other}", "abc", "Api", "*"]),
        resource,
    );
    parts.prop_map(|(partition, account, id, resource)| {
        format!("arn:{partition}:execute-api:${{AWS::Region}}:{account}:{id}/{resource}")
    })
}

fn covered(model: &Model) -> Vec<Covered> {
    model.coverage().rows.iter().map(|row| row.covered).collect()
}

/// Values for everything that the template leaves open.
fn values() -> Vec<Given> {
    let mut values = Vec::new();
    for partition in ["aws", "aws-cn"] {
        for account in ["123456789012", "210987654321"] {
            for id in ["abc", "def"] {
                for stage in ["prod", "beta"] {
                    for any in ["prod", "a", "*", "x/y", ""] {
                        let ids = [("Api", id), ("Other", "ghi")];
                        let parameters = [("Stage", stage), ("Any", any)];
                        let owned = |(name, value): (&str, &str)| (name.to_owned(), value.to_owned());
                        values.push(Given {
                            region: Some("eu-west-1".to_owned()),
                            account: Some(account.to_owned()),
                            partition: Some(partition.to_owned()),
                            api_id: None,
                            api_ids: ids.map(owned).into(),
                            parameters: parameters.map(owned).into(),
                        });
                    }
                }
            }
        }
    }
    values
}

#[test]
fn whatever_the_deployment_knows_comes_to_what_was_said() {
    let values = values();
    let config = ProptestConfig { cases: 48, ..ProptestConfig::default() };
    proptest!(config, |(stage in one_of(&["prod", "${Stage}"]), arn in source_arn())| {
        prop_assume!(!arn.contains("*/authorizers/"), "whether a stage may have that name is not known");
        let source = template(stage, std::slice::from_ref(&arn));
        let said = covered(&read(&source));
        let found: Vec<_> = values.iter().map(|given| covered(&read_with(&source, given))).collect();
        for (row, said) in said.iter().enumerate() {
            let all = |wanted| found.iter().all(|found| found[row] == wanted);
            let expected = match (all(Covered::Yes), all(Covered::No)) {
                (true, _) => Covered::Yes,
                (_, true) => Covered::No,
                _ => Covered::Perhaps,
            };
            prop_assert_eq!(*said, expected, "row {} of {} with the stage {}", row, arn, stage);
        }
    });
}

#[test]
fn a_grant_for_the_whole_api_covers_all_and_fewer_grants_never_cover_more() {
    proptest!(|(stage in one_of(&["prod", "${Stage}", "$default"]), arns in vec(source_arn(), 1..5))| {
        let model = read(&template(stage, &arns));
        let before = model.coverage();
        for (at, own) in before.grants.iter().enumerate() {
            for (row, asked) in before.rows.iter().enumerate() {
                prop_assert!(!asked.by.contains(&at) || own.covers.contains(&row));
                prop_assert!(!own.covers.contains(&row) || asked.covered != Covered::No);
            }
        }
        let said = covered(&model);
        for at in 0..model.grants.len() {
            let mut fewer = model.clone();
            fewer.grants.remove(at);
            let left = covered(&fewer);
            prop_assert!(said.iter().zip(&left).all(|(before, after)| rank(*after) <= rank(*before)));
        }
        let below = "arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${Api}/*".to_owned();
        let whole = covered(&read(&template(stage, &[arns, vec![below]].concat())));
        prop_assert!(whole.iter().all(|covered| *covered == Covered::Yes), "{:?}", whole);
    });
}

fn rank(covered: Covered) -> usize {
    [Covered::No, Covered::Perhaps, Covered::Yes].iter().position(|own| *own == covered).unwrap()
}

/// An API with routes of two functions.
fn two_functions(stages: usize, routes: &[(&str, &str, &str)]) -> String {
    let mut source =
        "Resources:\n  F: {Type: AWS::Lambda::Function}\n  G: {Type: AWS::Lambda::Function}\n".to_owned();
    for (at, stage) in ["prod", "beta"].iter().take(stages).enumerate() {
        let properties = format!("{{RestApiId: !Ref Api, StageName: {stage}}}");
        source += &format!("  S{at}: {{Type: AWS::ApiGateway::Stage, Properties: {properties}}}\n");
    }
    source += "  Api:\n    Type: AWS::ApiGateway::RestApi\n    Properties:\n      Body:\n        paths:\n";
    let uri = |function: &str| {
        format!(
            "!Sub 'arn:aws:apigateway:${{AWS::Region}}:lambda:path/2015-03-31/functions/${{{function}.Arn}}/invocations'"
        )
    };
    for path in ["/", "/a", "/a/{id}", "/GET/a"] {
        source += &format!("          '{path}':\n");
        for (_, method, function) in routes.iter().filter(|(own, ..)| *own == path) {
            let method = if *method == "any" { "x-amazon-apigateway-any-method" } else { method };
            let uri = uri(function);
            source += &format!("            {method}: {{x-amazon-apigateway-integration: {{uri: {uri}}}}}\n");
        }
    }
    for (id, function) in [("A", "F"), ("B", "G")] {
        let properties = format!("{{RestApiId: !Ref Api, AuthorizerUri: {}}}", uri(function));
        source += &format!("  {id}: {{Type: AWS::ApiGateway::Authorizer, Properties: {properties}}}\n");
    }
    source
}

#[test]
fn what_is_suggested_covers_all_and_nothing_beyond_its_breadth() {
    let route =
        (one_of(&["/", "/a", "/a/{id}", "/GET/a"]), one_of(&["get", "post", "any"]), one_of(&["F", "G"]));
    let breadth =
        proptest::sample::select(&[Breadth::Route, Breadth::Method, Breadth::Stage, Breadth::Api][..]);
    let config = ProptestConfig { cases: 128, ..ProptestConfig::default() };
    proptest!(config, |(stages in 1_usize..3, routes in vec(route, 0..8), breadth in breadth)| {
        let mut routes = routes;
        routes.sort_unstable();
        routes.dedup_by_key(|(path, method, _)| (*path, *method));
        let source = two_functions(stages, &routes);
        let model = read(&source);
        let coverage = model.coverage();
        let mut written = source;
        for suggestion in coverage.suggest(breadth) {
            let mut covered: Vec<_> = suggestion.grants.iter().flat_map(|grant| grant.covers.clone()).collect();
            for own in &suggestion.grants {
                let text = GrantText {
                    statement_id: &own.statement_id,
                    function: suggestion.text,
                    named: &suggestion.function,
                    name: suggestion.name,
                    api: own.api,
                    source_arn: &own.source_arn,
                };
                written += &text.write(GrantForm::CloudFormation);
                let needed = own.covers.iter().any(|row| covered.iter().filter(|own| *own == row).count() == 1);
                prop_assert!(needed, "{} is needless", own.source_arn);
            }
            covered.sort_unstable();
            covered.dedup();
            let asks = |at: &usize| coverage.rows[*at].function.as_ref() == Some(&suggestion.function);
            prop_assert_eq!(covered, (0..coverage.rows.len()).filter(asks).collect::<Vec<_>>());
        }
        let model = read(&written);
        prop_assert!(model.left_out.is_empty(), "{:?} {}", model.left_out, written);
        let coverage = model.coverage();
        prop_assert!(coverage.rows.iter().all(|row| row.covered == Covered::Yes), "{}", written);
        for at in 0..coverage.grants.len() {
            // Stage and method of a row, of what is covered and of what is reached beyond.
            let head = |row: &usize, segments: usize| {
                let arn = coverage.rows[*row].presented.source_arn.clone().unwrap();
                arn.split('/').skip(1).take(segments).map(str::to_owned).collect::<Vec<_>>()
            };
            let reaches = coverage.beyond(at).reaches;
            let within = |segments: usize| {
                reaches.iter().all(|row| {
                    coverage.grants[at].covers.iter().any(|own| head(own, segments) == head(row, segments))
                })
            };
            let is_within = match breadth {
                Breadth::Route => reaches.is_empty(),
                Breadth::Method => within(2),
                Breadth::Stage => within(1),
                Breadth::Api => true,
            };
            prop_assert!(is_within, "{:?} reaches {:?}", coverage.grants[at].grant.source_arn, reaches);
        }
    });
}
