//! The functions of CloudFormation, conditions, and what is given from outside.

use super::{read, read_with};
use apigw::template::Given;

const HEAD: &str = "
Parameters:
  Stage: {Type: String, Default: beta}
  Open: {Type: String}
  Zones: {Type: CommaDelimitedList, Default: 'a, b,c'}
  Stored: {Type: 'AWS::SSM::Parameter::Value<String>', Default: /a/b}
Mappings:
  Map: {eu: {id: one}, us-east-1: {id: two}}
Conditions:
  Yes: !Equals [a, a]
  No: !Not [!Condition Yes]
  Both: !And [!Condition Yes, !Condition No]
  Either: !Or [!Condition Perhaps, !Condition Yes]
  Perhaps: !Equals [!Ref Open, x]
  East: !Equals [!Ref 'AWS::Region', us-east-1]
  Round: !Not [!Condition Round]
Resources:
  F: {Type: 'AWS::Lambda::Function'}
  P:
    Type: AWS::Lambda::Permission
    Properties:
      FunctionName: !Ref F
      Principal: x.amazonaws.com
      Action: lambda:InvokeFunction
      SourceArn: ";

/// What a source ARN that is written like this comes to.
fn arn(value: &str, given: &Given) -> Option<String> {
    let model = read_with(&format!("{HEAD}{value}\n"), given);
    model.grants[0].source_arn.as_ref().map(|arn| arn.text().to_owned())
}

#[test]
fn functions_come_to_texts() {
    let cases = [
        ("plain", "plain"),
        ("12", "12"),
        ("!Ref F", "${F}"),
        ("{Ref: F}", "${F}"),
        ("!Ref Stage", "beta"),
        ("!Ref Open", "${Open}"),
        ("!Ref Stored", "${Stored}"),
        ("!Ref 'AWS::Region'", "${AWS::Region}"),
        ("!GetAtt F.Arn", "${F.Arn}"),
        ("!GetAtt [F, Arn]", "${F.Arn}"),
        ("{'Fn::GetAtt': [F, !Ref Stage]}", "${F.beta}"),
        ("!Sub 'a/${Stage}/${F}/${F.Arn}/${!Stage}'", "a/beta/${F}/${F.Arn}/${Stage}"),
        ("!Sub ['${a}-${Stage}', {a: !Ref F, Stage: own}]", "${F}-own"),
        ("!Sub ['a']", "a"),
        ("!Sub '$default/${Unclosed'", "$default/${Unclosed"),
        ("!Join ['/', [a, !Ref Stage, !Ref 'AWS::NoValue', !Ref F]]", "a/beta/${F}"),
        ("!Join ['-', !Ref Zones]", "a-b-c"),
        ("!Select [1, !Ref Zones]", "b"),
        ("!Select [1, !Split [':', 'a:b:c']]", "b"),
        ("!Select [9, !Ref Zones]", "${Fn::Select:9,a,b,c}"),
        ("!Select [5, !Split [':', !GetAtt F.Arn]]", "${Fn::Select:5,${Fn::Split::,${F.Arn}}}"),
        ("!FindInMap [Map, eu, id]", "one"),
        ("!FindInMap [Map, !Ref 'AWS::Region', id]", "${Fn::FindInMap:Map,${AWS::Region},id}"),
        ("!FindInMap [Map, eu, none, {DefaultValue: d}]", "d"),
        ("!If [Yes, a, b]", "a"),
        ("!If [No, a, b]", "b"),
        ("!If [Both, a, b]", "b"),
        ("!If [Either, a, b]", "a"),
        ("!If [Perhaps, a, b]", "${Fn::If:Perhaps}"),
        ("!If [Perhaps, a, a]", "a"),
        ("!If [Round, a, b]", "${Fn::If:Round}"),
        ("!ImportValue other", "${Fn::ImportValue:other}"),
        ("{'Fn::ImportValue': !Sub '${Stage}-id'}", "${Fn::ImportValue:beta-id}"),
        ("!Base64 x", "${Fn::Base64:x}"),
        ("!GetAtt {a: b}", "${Fn::GetAtt}"),
        ("!Unknown x", "x"),
    ];
    for (value, expected) in cases {
        assert_eq!(arn(value, &Given::default()).as_deref(), Some(expected), "{value}");
    }
    for nothing in ["!Ref 'AWS::NoValue'", "!If [No, a, !Ref 'AWS::NoValue']", "null", "[a]", "{a: b}"] {
        assert_eq!(arn(nothing, &Given::default()), None, "{nothing}");
    }
}

#[test]
fn what_is_given_takes_its_place() {
    let given = Given {
        region: Some("us-east-1".to_owned()),
        account: Some("123456789012".to_owned()),
        parameters: [("Open".to_owned(), "x".to_owned()), ("Stage".to_owned(), "prod".to_owned())].into(),
        ..Given::default()
    };
    let cases = [
        (
            "!Sub 'arn:${AWS::Partition}:x:${AWS::Region}:${AWS::AccountId}'",
            "arn:aws:x:us-east-1:123456789012",
        ),
        ("!FindInMap [Map, !Ref 'AWS::Region', id]", "two"),
        ("!Sub '${Stage}'", "prod"),
        ("!If [Perhaps, a, b]", "a"),
        ("!If [East, a, b]", "a"),
        ("!Ref 'AWS::URLSuffix'", "amazonaws.com"),
    ];
    for (value, expected) in cases {
        assert_eq!(arn(value, &given).as_deref(), Some(expected), "{value}");
    }
    let china = Given { region: Some("cn-north-1".to_owned()), ..Given::default() };
    assert_eq!(arn("!Sub '${AWS::Partition} ${AWS::URLSuffix}'", &china).unwrap(), "aws-cn amazonaws.com.cn");
}

#[test]
fn a_partition_that_is_given_is_written_where_the_translator_writes_one() {
    let source = "Resources: {F: {Type: AWS::Serverless::Function, Properties: {Events: \
                  {A: {Type: Api, Properties: {Path: /, Method: get}}}}}}";
    let given = Given { region: Some("us-gov-west-1".to_owned()), ..Given::default() };
    let arn = |given: &Given| read_with(source, given).grants[0].source_arn.clone().unwrap().to_string();
    assert_eq!(
        arn(&given),
        "arn:aws-us-gov:execute-api:us-gov-west-1:${AWS::AccountId}:${ServerlessRestApi}/*/GET/"
    );
    let own =
        Given { api_id: Some("abc".to_owned()), partition: Some("aws-cn".to_owned()), ..Given::default() };
    assert_eq!(arn(&own), "arn:aws-cn:execute-api:${AWS::Region}:${AWS::AccountId}:abc/*/GET/");
}

#[test]
fn a_condition_says_whether_a_grant_is_deployed() {
    let with = |name: &str| format!("{HEAD}x\n    Condition: {name}\n");
    for (name, deployed) in [("Yes", Some(true)), ("No", Some(false)), ("Perhaps", None), ("Unheard", None)] {
        let origin = read(&with(name)).grants[0].origin.clone();
        assert_eq!((origin.condition.as_deref(), origin.deployed), (Some(name), deployed));
    }
}

#[test]
fn a_whole_policy_is_kept_and_read_as_grants() {
    let model = read(
        "
Resources:
  R:
    Type: AWS::Lambda::ResourcePolicy
    Properties:
      ResourceArn: !GetAtt F.Arn
      PolicyDocument:
        Version: '2012-10-17'
        Statement:
          - Effect: Allow
            Principal: {Service: [a.amazonaws.com, b.amazonaws.com]}
            Action: lambda:InvokeFunction
            Resource: '*'
            Condition:
              ArnLike: {aws:sourceArn: [!Sub '${Api}/*', x]}
              StringEquals: {AWS:SourceAccount: '1'}
          - {Effect: Deny, Principal: '*', Action: '*', Resource: '*'}",
    );
    let arns: Vec<_> = model.grants.iter().map(|grant| super::facts(grant).to_string()).collect();
    let expected = [("a", "${Api}/*"), ("a", "x"), ("b", "${Api}/*"), ("b", "x")].map(|(service, arn)| {
        format!(r#"["R","${{F.Arn}}","{service}.amazonaws.com","lambda:InvokeFunction","{arn}","1"]"#)
    });
    assert_eq!(arns, expected);
    let statements = model.policies[0].document["Statement"].as_array().unwrap();
    assert_eq!(statements[0]["Condition"]["ArnLike"]["aws:sourceArn"][0], "${Api}/*");
    assert_eq!(statements[1]["Effect"], "Deny");
}

#[test]
fn hostile_templates_end() {
    let ring = "Resources: {A: {Type: AWS::ApiGateway::Resource, Properties: {ParentId: !Ref A, PathPart: a}}, \
                M: {Type: AWS::ApiGateway::Method, Properties: {ResourceId: !Ref A, HttpMethod: GET}}}";
    assert_eq!(read(ring).left_out.len(), 1);
    let mut conditions = "Conditions:\n  C0: !Equals [!Ref X, y]\n".to_owned();
    for at in 1..60 {
        conditions += &format!("  C{at}: !And [!Condition C{0}, !Condition C{0}]\n", at - 1);
    }
    let source = format!(
        "{conditions}Resources: {{P: {{Type: T, Condition: C59}}, Q: {{Type: 'AWS::Lambda::Permission', Condition: C59, Properties: {{FunctionName: a, Principal: b, Action: c}}}}}}"
    );
    assert_eq!(read(&source).grants[0].origin.deployed, None);
}
