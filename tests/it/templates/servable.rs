//! What templates say of serving, as it comes out as deployments.

use super::read;
use apigw::gateway::door::{Authorization, Deployment, Entry, GuardKind, Integration, Method};
use apigw::gateway::{Exchange, IdentitySource, Stamp};
use apigw::http::Request;
use apigw::template::{Choices, Document, Servable, ServableApi, WayOut};
use std::fmt::Write as _;

fn servable(source: &str) -> Servable {
    Servable::of(&read(source), &Choices::default())
}

/// A deployment in lines for people.
fn told(api: &ServableApi) -> String {
    let mut text = String::new();
    let own = &api.deployment.api;
    writeln!(text, "{} {} {} at {:?}", api.name, own.flavor, own.stage, api.base_paths).unwrap();
    for (what, value) in [
        ("variables", format!("{:?}", own.stage_variables)),
        ("binary", format!("{:?}", own.binary_media_types)),
        ("keys", format!("{:?}", api.deployment.api_keys)),
    ] {
        if value != "[]" {
            writeln!(text, "  {what} {value}").unwrap();
        }
    }
    if own.streaming {
        text.push_str("  streaming\n");
    }
    if let Some(cors) = &own.cors {
        writeln!(text, "  cors {cors:?}").unwrap();
    }
    for method in &api.deployment.methods {
        writeln!(text, "  {}", line(&api.deployment, method)).unwrap();
    }
    for guard in &api.deployment.guards {
        let kind = match &guard.kind {
            GuardKind::Lambda { kind, function, api } => {
                let sources: Vec<_> =
                    api.authorizer.identity_sources.iter().map(IdentitySource::to_string).collect();
                format!("{kind} {function} by {sources:?} simple {}", api.authorizer.simple_responses)
            }
            GuardKind::Jwt { source, rules } => {
                format!("jwt by {source}: {} {:?} {:?}", rules.issuer, rules.other_issuers, rules.audience)
            }
        };
        let form = guard.validation.as_ref().map(|form| format!(" like {form}")).unwrap_or_default();
        writeln!(text, "  guard {}: {kind} for {:?}{form}", guard.name, guard.ttl).unwrap();
    }
    text
}

fn line(deployment: &Deployment, method: &Method) -> String {
    let target = match &method.integration {
        Integration::Function(name) => name.clone(),
        Integration::Failing(why) => format!("fails: {why}"),
        Integration::Mock(answer) => {
            let fields: Vec<_> =
                answer.headers.iter().map(|(name, value)| format!("{name}: {value}")).collect();
            let body = String::from_utf8_lossy(&answer.body.0).into_owned();
            format!("mock {} [{}] {body:?}", answer.status, fields.join("; "))
        }
    };
    let mut line = format!("{} → {target}", method.route);
    match &method.authorization {
        Authorization::None => {}
        Authorization::Iam => line += " iam",
        Authorization::Authorizer { name, scopes } => write!(line, " by {name} {scopes:?}").unwrap(),
    }
    let seen = deployment.api_of(method);
    if seen.flavor != deployment.api.flavor {
        write!(line, " as {}", seen.flavor).unwrap();
    }
    if method.api_key_required {
        line += " with key";
    }
    if let Some(timeout) = method.timeout {
        write!(line, " within {timeout:?}").unwrap();
    }
    for (is, word) in [(method.streaming, " streaming"), (method.route_response, " answered")] {
        line += if is { word } else { "" };
    }
    for parameter in &method.validator.required {
        write!(line, " needs {:?} {}", parameter.place, parameter.name).unwrap();
    }
    for model in &method.validator.models {
        write!(line, " checks {}", model.content_type).unwrap();
    }
    line
}

fn all(servable: &Servable) -> String {
    servable.apis.iter().map(told).collect()
}

fn snapshot(name: &str, text: &str) {
    insta::with_settings!({ snapshot_path => concat!(env!("CARGO_MANIFEST_DIR"), "/snapshots"), prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!(name, text);
    });
}

#[test]
fn a_template_of_sam_says_everything() {
    let servable = servable(include_str!("../../tables/served-sam.yaml"));
    assert_eq!(servable.obstacles, []);
    snapshot("served-sam", &all(&servable));
    // The gateway responses are those of the template.
    assert_eq!(
        answer(&servable, "Shop", "/live/none"),
        (418, r#"{"said":"Missing Authentication Token"}"#.to_owned())
    );
}

#[test]
fn a_template_of_cloudformation_says_everything() {
    let servable = servable(include_str!("../../tables/served-cloudformation.yaml"));
    assert_eq!(servable.obstacles, []);
    snapshot("served-cloudformation", &all(&servable));
}

/// What the door of an API answers to a path that leads nowhere.
fn answer(servable: &Servable, api: &str, path: &str) -> (u16, String) {
    let deployment = &servable.apis.iter().find(|own| own.name == api).unwrap().deployment;
    let (request, stamp) = (Request::new("GET", path), Stamp::default());
    let exchange = Exchange::new(&deployment.api, &request, &stamp);
    let Entry::Answered(refusal) = deployment.enter(&exchange) else { panic!("{path} leads somewhere") };
    (refusal.response.status, String::from_utf8(refusal.response.body.0).unwrap())
}

/// Obstacles with their places and their ways out.
#[test]
fn what_cannot_be_emulated_is_told_with_its_place_and_its_way_out() {
    let source = include_str!("../../tables/served-obstacles.yaml");
    let document = Document::parse("template.yaml", source).unwrap();
    let mut text = String::new();
    for obstacle in servable(source).obstacles {
        let place = document.place(obstacle.span.start);
        writeln!(text, "{}:{} {}: {}", place.line, place.column, obstacle.way_out, obstacle.message).unwrap();
    }
    snapshot("served-obstacles", &text);
}

#[test]
fn what_is_left_out_by_name_is_no_obstacle() {
    let model = read(include_str!("../../tables/served-obstacles.yaml"));
    let obstacles = Servable::of(&model, &Choices::default()).obstacles;
    let mut without = Choices { no_auth: vec!["nobody".to_owned()], ..Choices::default() };
    for obstacle in obstacles {
        match obstacle.way_out {
            WayOut::NoAuth(name) => without.no_auth.push(name),
            WayOut::NoRoute(key) | WayOut::Function(key) => without.no_route.push(key),
            WayOut::NoApi(_) => {}
        }
    }
    let servable = Servable::of(&model, &without);
    assert!(servable.obstacles.iter().all(|own| matches!(own.way_out, WayOut::NoApi(_))), "{servable:?}");
    assert_eq!(servable.unknown, [WayOut::NoAuth("nobody".to_owned())]);
    let rest = &servable.apis[0].deployment;
    assert_eq!(rest.methods.iter().map(|own| own.route.to_string()).collect::<Vec<_>>(), ["OPTIONS /items"]);
    assert_eq!(rest.methods[0].authorization, Authorization::None);
    let nothing = Choices { no_api: vec!["Rest".to_owned(), "Http".to_owned(), "X".to_owned()], ..without };
    let servable = Servable::of(&model, &nothing);
    assert!(servable.apis.is_empty() && servable.obstacles.is_empty());
    assert!(servable.unknown.contains(&WayOut::NoApi("X".to_owned())));
}

/// A template whose only method has an integration that says this, too.
fn with_method(integration: &str) -> String {
    format!(
        r#"
Resources:
  F: {{ Type: AWS::Lambda::Function, Properties: {{ Handler: a.b, Runtime: nodejs22.x, Code: {{ ZipFile: "" }} }} }}
  Rest: {{ Type: AWS::ApiGateway::RestApi, Properties: {{ Name: rest }} }}
  Get:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref Rest
      ResourceId: !GetAtt Rest.RootResourceId
      HttpMethod: GET
      AuthorizationType: NONE
      Integration:
        Type: AWS_PROXY
        Uri: !Sub "arn:aws:apigateway:${{AWS::Region}}:lambda:path/2015-03-31/functions/${{F.Arn}}/invocations"
        {integration}
"#
    )
}

/// The same, as the document of an API.
fn with_document(integration: &str) -> String {
    format!(
        r#"
Resources:
  F: {{ Type: AWS::Lambda::Function, Properties: {{ Handler: a.b, Runtime: nodejs22.x, Code: {{ ZipFile: "" }} }} }}
  Rest:
    Type: AWS::ApiGateway::RestApi
    Properties:
      Body:
        openapi: 3.0.1
        paths:
          /:
            get:
              x-amazon-apigateway-integration:
                type: aws_proxy
                uri: !Sub "arn:aws:apigateway:${{AWS::Region}}:lambda:path/2015-03-31/functions/${{F.Arn}}/invocations"
                {integration}
"#
    )
}

/// R-012, R-178: AWS deploys these, and fails every call.
#[test]
fn integrations_that_cannot_work_are_served_as_failing() {
    let target = |text: &str| {
        let servable = servable(text);
        assert_eq!(servable.obstacles, []);
        let deployment = &servable.apis[0].deployment;
        line(deployment, &deployment.methods[0]).split_once(" → ").unwrap().1.to_owned()
    };
    let by_get = "fails: its integration invokes the function by GET, and only POST does";
    let maps = "fails: its integration sets the header Authorization, which no mapping may set";
    let authorization = "{ integration.request.header.A: \"'a'\", \
                         integration.request.header.Authorization: method.request.header.x }";
    let cases = [
        (with_method("IntegrationHttpMethod: GET"), by_get),
        (with_method(&format!("RequestParameters: {authorization}")), maps),
        (with_method("RequestParameters: { integration.request.header.A: method.request.header.x }"), "F"),
        (with_document("httpMethod: GET"), by_get),
        (with_document(&format!("requestParameters: {authorization}")), maps),
        (with_document("httpMethod: POST"), "F"),
    ];
    for (text, expected) in cases {
        assert_eq!(target(&text), expected, "{text}");
    }
}
