//! APIs of templates through real HTTP.

use super::*;
use apigw::template::{Choices, Document, Given, Servable, Template};

const TEMPLATE: &str = "
Transform: AWS::Serverless-2016-10-31
Resources:
  Rest:
    Type: AWS::Serverless::Api
    Properties:
      StageName: live
      Cors: \"'https://example.com'\"
      Models: { Order: { type: object, required: [id] } }
      Auth:
        AddDefaultAuthorizerToCorsPreflight: false
        Authorizers: { Token: { FunctionArn: !GetAtt Guard.Arn, Identity: { ValidationExpression: '^t-' } } }
  Web:
    Type: AWS::Serverless::HttpApi
  Guard: { Type: AWS::Serverless::Function }
  Slow:
    Type: AWS::Serverless::Function
    Properties:
      Events:
        Late: { Type: HttpApi, Properties: { ApiId: !Ref Web, Path: /late, Method: get, TimeoutInMillis: 100 } }
  F:
    Type: AWS::Serverless::Function
    Properties:
      Events:
        New: { Type: HttpApi, Properties: { ApiId: !Ref Web, Path: /new, Method: get } }
        Old: { Type: HttpApi, Properties: { ApiId: !Ref Web, Path: /old, Method: get, PayloadFormatVersion: '1.0' } }
        A: { Type: Api, Properties: { RestApiId: !Ref Rest, Path: /a, Method: get, Auth: { Authorizer: Token } } }
        B:
          Type: Api
          Properties:
            RestApiId: !Ref Rest
            Path: /b
            Method: put
            RequestModel: { Model: Order, ValidateBody: true }
";

/// An API of the template; its functions are `unruly`.
fn of_template(api: &str) -> Site {
    let document = Document::parse("template.yaml", TEMPLATE).unwrap();
    let model = Template::of(document).unwrap().read(&Given::default()).unwrap();
    let servable = Servable::of(&model, &Choices::default());
    assert_eq!(servable.obstacles, []);
    let found = servable.apis.into_iter().find(|own| own.name == api).unwrap();
    let pool = |handler| Arc::new(FunctionPool::new(1, FunctionHost::new(unruly(handler))));
    let functions = [("F", "echo"), ("Slow", "hang"), ("Guard", "unauthorized")];
    let functions = functions.map(|(name, handler)| (name.to_owned(), pool(handler)));
    Site::new(found.deployment, functions.into(), (Duration::from_secs(1_700_000_000), 7))
}

/// Sends a request, and tells the status, the head and the body of the answer.
async fn send(address: SocketAddr, line: &str, headers: &str, body: &str) -> (u16, String, String) {
    let length = body.len();
    let request = format!(
        "{line} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: {length}\r\n{headers}\r\n{body}"
    );
    let answer = exchange(address, request.as_bytes()).await;
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    (status, head.to_ascii_lowercase(), body.to_owned())
}

#[tokio::test]
async fn routes_of_both_payload_formats_stand_in_one_api() {
    let (address, seen) = open(of_template("Web")).await;
    assert_eq!(send(address, "GET /new", "", "").await.0, 200);
    // H-081: an event is no result of format 1.0.
    assert_eq!(send(address, "GET /old", "", "").await.0, 500);
    let version = |served: &Served| {
        let event: Value = serde_json::from_slice(served.event.as_ref().unwrap()).unwrap();
        event["version"].clone()
    };
    let versions: Vec<_> = seen.lock().unwrap().iter().map(version).collect();
    assert_eq!(versions, ["2.0", "1.0"]);
}

#[tokio::test]
async fn an_integration_waits_as_long_as_the_template_says() {
    let (address, _) = open(of_template("Web")).await;
    assert_eq!(send(address, "GET /late", "", "").await.0, 503);
}

#[tokio::test]
async fn a_rest_api_keeps_its_door_as_the_template_says() {
    let (address, seen) = open(of_template("Rest")).await;
    let (status, head, body) = send(address, "OPTIONS /live/a", "Origin: https://example.com\r\n", "").await;
    assert_eq!((status, body.as_str()), (200, "{}\n"));
    assert!(head.contains("access-control-allow-origin: https://example.com"), "{head}");
    assert!(head.contains("access-control-allow-methods: get,options"), "{head}");
    // R-240: a token of another form is not shown to the authorizer, which says the same by itself.
    assert_eq!(send(address, "GET /live/a", "Authorization: other\r\n", "").await.0, 401);
    assert_eq!(send(address, "GET /live/a", "Authorization: t-1\r\n", "").await.0, 401);
    let json = "Content-Type: application/json\r\n";
    let (status, _, body) = send(address, "PUT /live/b", json, "{}").await;
    assert_eq!((status, body.as_str()), (400, r#"{"message":"Invalid request body"}"#)); // R-271
    assert_eq!(send(address, "PUT /live/b", json, r#"{"id":1}"#).await.0, 502);
    let asked: Vec<_> = seen.lock().unwrap().iter().map(|served| served.function.clone()).collect();
    let expected = [None, None, Some("Guard"), None, Some("F")];
    assert_eq!(asked, expected.map(|name| name.map(str::to_owned)));
}
