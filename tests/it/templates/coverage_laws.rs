//! Laws of coverage: what is open is tried with values, and must come to what was said.

use super::{read, read_with};
use apigw::template::{Covered, Given, Model};
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
