//! `apigw policy grants` and `apigw policy routes`: templates in, grants and routes out.

use super::apigw;
use serde_json::json;

const SHOP: &str = "AWSTemplateFormatVersion: '2010-09-09'
Transform: AWS::Serverless-2016-10-31
Parameters:
  Stage: {Type: String, Default: prod}
Conditions:
  IsTest: !Equals [!Ref Stage, test]
Resources:
  Shop:
    Type: AWS::Serverless::Api
    Properties:
      StageName: !Ref Stage
      Auth:
        Authorizers:
          Members: {FunctionArn: !GetAtt Auth.Arn}
  Items:
    Type: AWS::Serverless::Function
    Properties:
      AutoPublishAlias: live
      Events:
        One: {Type: Api, Properties: {RestApiId: !Ref Shop, Path: '/items/{id}', Method: get, Auth: {Authorizer: Members}}}
        Any: {Type: HttpApi, Properties: {Path: '/{proxy+}', Method: any}}
        Nightly: {Type: Schedule, Properties: {Schedule: rate(1 day)}}
  Auth:
    Type: AWS::Serverless::Function
    Properties: {}
  Manual:
    Type: AWS::Lambda::Permission
    Condition: IsTest
    Properties:
      FunctionName: !Ref Items
      Action: lambda:InvokeFunction
      Principal: apigateway.amazonaws.com
      SourceAccount: !Ref AWS::AccountId
      SourceArn: !Sub arn:aws:execute-api:${AWS::Region}:${AWS::AccountId}:${Shop}/*/POST/items
";

#[test]
fn grants_are_told_with_their_origin() {
    apigw("policy grants shop.yaml").file("shop.yaml", SHOP).run().snapshot("policy-grants");
}

#[test]
fn routes_are_a_table() {
    apigw("policy routes shop.yaml").file("shop.yaml", SHOP).run().snapshot("policy-routes");
}

#[test]
fn routes_are_told_with_what_covers_them() {
    let routes = |more: &str| {
        let line = format!("policy routes shop.yaml --format json {more}");
        apigw(&line).file("shop.yaml", SHOP).run().json()["results"][0]["routes"].clone()
    };
    let told = |routes: &serde_json::Value| -> Vec<_> {
        let row =
            |row: &serde_json::Value| json!([row["covered"], row["covered_by"], row["tests_in_console"]]);
        routes.as_array().unwrap().iter().map(row).collect()
    };
    let others = [
        json!(["yes", ["ShopMembersAuthorizerPermission"], null]),
        json!(["yes", ["ItemsAnyPermission"], null]),
    ];
    let first = json!(["yes", ["ItemsOnePermissionStage"], true]);
    assert_eq!(told(&routes("")), [&[first][..], &others].concat());
    let manual =
        SHOP.replace("/*/POST/items", "/${Stage}/GET/items/{id}").replace("        One:", "        #");
    let manual = manual.replace("FunctionName: !Ref Items", "FunctionName: !Ref Items.Alias");
    let bare = manual.replace("    Condition: IsTest\n", "");
    let body = "      DefinitionBody: {paths: {'/items/{id}': {get: {x-amazon-apigateway-integration: {uri: !Sub \
                'arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Items.Alias}/invocations'}}}}}\n";
    let of = |template: &str, more: &str| {
        let template = template.replace("      Auth:\n", &format!("{body}      Auth:\n"));
        let line = format!("policy routes t.yaml --format json {more}");
        told(&apigw(&line).file("t.yaml", template).run().json()["results"][0]["routes"])[0].clone()
    };
    assert_eq!(of(&bare, ""), json!(["perhaps", ["Manual"], false]));
    assert_eq!(of(&bare, "--region eu-west-1"), json!(["yes", ["Manual"], false]));
    assert_eq!(of(&manual, "--region eu-west-1"), json!(["no", [], null]));
}

#[test]
fn the_report_has_what_is_given_in_place_of_references() {
    let line = "policy grants --format json shop.yaml --region eu-west-1 --account 123456789012 --api-id Shop=abc123 \
                --parameter Stage=test";
    let report = apigw(line).file("shop.yaml", SHOP).run().json();
    let result = &report["results"][0];
    let grants = result["grants"].as_array().unwrap();
    let ids: Vec<_> = grants.iter().map(|grant| grant["origin"]["logical_id"].as_str().unwrap()).collect();
    assert_eq!(
        ids,
        [
            "Manual",
            "ItemsOnePermissionStage",
            "ItemsAnyPermission",
            "ItemsNightlyPermission",
            "ShopMembersAuthorizerPermission",
        ]
    );
    assert_eq!((result["template"].clone(), result["left_out"].clone()), (json!("sam"), json!([])));
    assert_eq!(grants[0]["source_arn"], "arn:aws:execute-api:eu-west-1:123456789012:abc123/*/POST/items");
    assert_eq!(
        (&grants[0]["source_account"], &grants[0]["origin"]["deployed"]),
        (&json!("123456789012"), &json!(true))
    );
    assert_eq!(
        grants[0]["origin"]["range"]["start"],
        json!({"line": 26, "column": 3, "byte": SHOP.find("Manual").unwrap()})
    );
    assert_eq!(grants[1]["source_arn"], "arn:aws:execute-api:eu-west-1:123456789012:abc123/*/GET/items/*");
    assert_eq!(
        (&grants[1]["function"], &grants[1]["source_account"]),
        (&json!("${ItemsAliaslive}"), &json!(null))
    );
    assert_eq!(grants[3]["source_arn"], "${ItemsNightly.Arn}");
    let routes = apigw("policy routes --format json - --api-id Shop=abc123").stdin(SHOP).run().json();
    let routes = routes["results"][0]["routes"].as_array().unwrap();
    let arns: Vec<_> = routes.iter().map(|route| route["source_arn"].as_str().unwrap()).collect();
    let below = "arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:";
    assert_eq!(
        arns,
        [
            format!("{below}abc123/prod/GET/items/{{id}}"),
            format!("{below}abc123/authorizers/${{Shop.Members.AuthorizerId}}"),
            format!("{below}${{ServerlessHttpApi}}/$default/ANY/{{proxy+}}"),
        ]
    );
    assert_eq!((&routes[0]["authorizer"], &routes[1]["route"]), (&json!("Members"), &json!(null)));
}

#[test]
fn what_is_not_understood_is_told_and_the_rest_is_read() {
    let template = "Resources:
  F:
    Type: AWS::Serverless::Function
    Properties:
      Events:
        Good: {Type: Api, Properties: {Path: /, Method: get}}
        Elsewhere: {Type: Api, Properties: {Path: /, Method: get, RestApiId: !ImportValue api}}
        Odd: {Type: Telepathy}
        Bucket: {Type: S3, Properties: {Bucket: name}}
  P:
    Type: AWS::Lambda::Permission
    Properties: {Action: lambda:InvokeFunction}
";
    let ran = apigw("policy grants --format json t.yaml").file("t.yaml", template).run().says(&[
        "warning: t.yaml:7:9: F: the event Elsewhere is left out: RestApiId must be a reference to an API",
        "warning: t.yaml:8:9: F: the event Odd is left out: `Telepathy` is no type of event",
        "warning: t.yaml:9:9: F: the event Bucket is left out: Bucket must be a reference",
        "warning: t.yaml:10:3: P: a permission needs FunctionName, Principal and Action",
    ]);
    let report = ran.json();
    assert_eq!(report["results"][0]["grants"].as_array().unwrap().len(), 1);
    assert_eq!(report["results"][0]["left_out"].as_array().unwrap().len(), 4);
}

#[test]
fn files_that_cannot_be_read_are_told_and_the_others_are_read() {
    let ran = apigw("policy grants --format json none.yaml bad.yaml list.json shop.yaml")
        .file("bad.yaml", "Resources: [\n")
        .file("list.json", "{\"Resources\": 1}")
        .file("shop.yaml", SHOP)
        .exits(2)
        .run()
        .says(&[
            "cannot read none.yaml",
            "bad.yaml:1:12: this is not YAML",
            "list.json:1:1: this is no template",
            "terraform show",
        ]);
    assert_eq!(ran.json()["results"].as_array().unwrap().len(), 1);
}

#[test]
fn an_api_id_must_say_which_api_it_is_of() {
    apigw("policy grants shop.yaml --api-id abc")
        .file("shop.yaml", SHOP)
        .exits(2)
        .run()
        .says(&["there are 2 APIs here", "--api-id API=abc, with API one of Shop, ServerlessHttpApi"]);
    apigw("policy grants shop.yaml --parameter Stage").exits(2).run().says(&["KEY=VALUE"]);
    apigw("policy grants").exits(2).run().says(&["<TEMPLATE>..."]);
}

#[test]
fn a_definition_in_another_file_and_an_openapi_document() {
    let template = "Resources: {A: {Type: AWS::Serverless::Api, Properties: {StageName: p, DefinitionUri: api.yaml}}, \
                    B: {Type: AWS::Serverless::Api, Properties: {StageName: p, DefinitionBody: \
                    {'Fn::Transform': {Name: AWS::Include}}}}}";
    apigw("policy routes t.yaml")
        .file("t.yaml", template)
        .run()
        .says(&["A: its definition stands in another file", "B: its definition comes from Fn::Transform"]);
    let document = "openapi: 3.0.1
paths:
  /a/:
    x-amazon-apigateway-any-method:
      security: [{auth: []}]
      x-amazon-apigateway-integration:
        uri: !Sub arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${F.Arn}/invocations
components:
  securitySchemes:
    auth:
      x-amazon-apigateway-authorizer:
        authorizerUri: arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:1:function:f/invocations
        authorizerCredentials: arn:aws:iam::1:role/r
";
    let report =
        apigw("policy routes api.yaml --format json --api-id abc").file("api.yaml", document).run().json();
    let result = &report["results"][0];
    assert_eq!(result["template"], "openapi");
    let row =
        |at: usize| (result["routes"][at]["source_arn"].clone(), result["routes"][at]["function"].clone());
    let arn = "arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:abc/${Stage}/ANY/a";
    assert_eq!(row(0), (json!(arn), json!("${F.Arn}")));
    assert_eq!(row(1), (json!(null), json!("arn:aws:lambda:eu-west-1:1:function:f")));
    assert_eq!(result["routes"][1]["by_role"], true);
}
