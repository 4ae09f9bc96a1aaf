//! The client for AWS's APIs against a server that plays Lambda and API Gateway.

use apigw::transport::aws::{Access, Aws, AwsError, AwsErrorKind, FunctionName, Keys};
use http_body_util::{BodyExt as _, Full};
use hyper::body::{Bytes, Incoming};
use hyper::http::request::Parts;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use std::convert::Infallible;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::net::TcpListener;

const ARN: &str = "arn:aws:lambda:eu-west-1:123456789012:function:users";
const SECRETS: [&str; 3] = ["AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG", "FwoGZXIvYXdzEXAMPLETOKEN"];

/// Answers by target: status and body.
pub(crate) type Table = &'static [(&'static str, u16, &'static str)];

/// What a server was asked: the target, and the header fields in the order of the wire.
pub(crate) type Asked = Arc<Mutex<Vec<(String, Vec<(String, String)>)>>>;

/// A server that answers as the table says, and 404 as AWS does to all the rest, on a thread of its
/// own. A target that stands there several times has these answers one after the other, then the
/// last again.
pub(crate) fn server(table: Table) -> (String, Asked) {
    let asked = Asked::default();
    let record = asked.clone();
    let base = serve(move |head, _| answer(&head, table, &record));
    (base, asked)
}

/// A server on a thread of its own; its URL.
pub(crate) fn serve(
    answer: impl Fn(Parts, Bytes) -> Response<Full<Bytes>> + Send + Sync + 'static,
) -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let answer = Arc::new(answer);
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(accept(listener, answer));
    });
    base
}

async fn accept(
    listener: std::net::TcpListener,
    answer: Arc<impl Fn(Parts, Bytes) -> Response<Full<Bytes>> + Send + Sync + 'static>,
) {
    let listener = TcpListener::from_std(listener).unwrap();
    loop {
        let (stream, _) = listener.accept().await.unwrap();
        let answer = answer.clone();
        let service = service_fn(move |request: Request<Incoming>| {
            let answer = answer.clone();
            async move {
                let (head, body) = request.into_parts();
                let body = body.collect().await.unwrap().to_bytes();
                Ok::<_, Infallible>(answer(head, body))
            }
        });
        let connection = hyper::server::conn::http1::Builder::new();
        tokio::spawn(connection.serve_connection(TokioIo::new(stream), service));
    }
}

/// The header fields of a request.
pub(crate) fn fields(head: &Parts) -> Vec<(String, String)> {
    let fields = head.headers.iter();
    fields.map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned())).collect()
}

fn answer(head: &Parts, table: Table, asked: &Asked) -> Response<Full<Bytes>> {
    let target = head.uri.to_string();
    let mut asked = asked.lock().unwrap();
    let before = asked.iter().filter(|(earlier, _)| *earlier == target).count();
    asked.push((target.clone(), fields(head)));
    let own: Vec<_> = table.iter().filter(|(path, ..)| *path == target).collect();
    let missing = &("", 404, r#"{"__type":"ResourceNotFoundException","message":"no such thing"}"#);
    let (_, status, body) = own.get(before).or(own.last()).copied().unwrap_or(missing);
    let response = Response::builder().status(*status).header("retry-after", "0");
    response.body(Full::new(Bytes::from_static(body.as_bytes()))).unwrap()
}

fn keys() -> Keys {
    let [id, secret, token] = SECRETS;
    Keys::new(id, secret, Some(token.to_owned()))
}

fn aws(base: &str) -> Aws {
    let access = Access::new(keys(), "eu-west-1", Some(base));
    Aws::new(access, Duration::from_secs(1_440_938_160)).unwrap()
}

fn name(text: &str) -> FunctionName {
    FunctionName::parse(text).unwrap()
}

/// The targets that were asked, in order.
fn targets(asked: &Asked) -> Vec<String> {
    asked.lock().unwrap().iter().map(|(target, _)| target.clone()).collect()
}

#[tokio::test]
async fn requests_are_signed_for_their_service_and_region() {
    let (base, asked) = server(&[
        ("/2015-03-31/functions/users/policy", 200, r#"{"Policy": "{}"}"#),
        ("/2015-03-31/functions/users/configuration", 200, r#"{"FunctionArn": "a"}"#),
        ("/restapis/a1", 200, "{}"),
    ]);
    let aws = aws(&base);
    aws.policy_of(&name("users")).await.unwrap();
    aws.in_region("us-east-1").api("a1").await.unwrap_err();
    let asked = asked.lock().unwrap();
    let scopes = ["eu-west-1/lambda", "eu-west-1/lambda", "us-east-1/apigateway", "us-east-1/apigateway"];
    assert_eq!(asked.len(), scopes.len(), "{asked:?}");
    for ((target, fields), scope) in asked.iter().zip(scopes) {
        let field = |name: &str| {
            let mut own = fields.iter().filter(|(own, _)| own == name);
            let value = own.next().unwrap_or_else(|| panic!("{target} has no {name}")).1.as_str();
            assert!(own.next().is_none(), "{name}");
            value
        };
        let authorization = field("authorization");
        let start = format!(
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/{scope}/aws4_request, \
             SignedHeaders=accept;host;x-amz-date;x-amz-security-token, Signature="
        );
        let signature = authorization.strip_prefix(&start).unwrap_or_else(|| panic!("{authorization}"));
        assert!(signature.len() == 64 && signature.bytes().all(|byte| byte.is_ascii_hexdigit()));
        assert_eq!(field("accept"), "application/json");
        assert_eq!(field("x-amz-security-token"), SECRETS[2]);
        assert!(field("x-amz-date").starts_with("20150830T1236"), "{}", field("x-amz-date"));
        assert_eq!(format!("http://{}", field("host")), base);
    }
}

#[tokio::test]
async fn names_and_qualifiers_are_escaped() {
    const POLICY: &str = r#"{"Policy": "{\"Statement\": [{\"Resource\": \"arn:aws:lambda:eu-west-1:1:function:users:live\"}]}"}"#;
    let (base, asked) = server(&[
        (
            "/2015-03-31/functions/arn%3Aaws%3Alambda%3Aeu-west-1%3A123456789012%3Afunction%3Ausers/policy?Qualifier=%24LATEST",
            200,
            POLICY,
        ),
        ("/2015-03-31/functions/123456789012%3Afunction%3Ausers/policy?Qualifier=live", 200, POLICY),
        ("/2015-03-31/functions/users/policy", 200, POLICY),
    ]);
    let aws = aws(&base);
    let own = "arn:aws:lambda:eu-west-1:1:function:users";
    for (text, qualifier) in [
        (format!("{ARN}:$LATEST").as_str(), ":$LATEST"),
        ("123456789012:function:users:live", ":live"),
        ("users", ""),
    ] {
        let policy = aws.policy_of(&name(text)).await.unwrap();
        // The policy says which function it is of: nothing else needs to be asked.
        assert_eq!(policy.function_arn, format!("{own}{qualifier}"));
        assert!(policy.text.unwrap().contains("Statement"));
    }
    assert_eq!(targets(&asked).len(), 3);
}

#[tokio::test]
async fn a_function_without_a_policy_is_no_missing_function() {
    const CONFIGURATION: &str = "/2015-03-31/functions/users/configuration";
    const OTHER: &str =
        "/2026-07-09/resource-policy/arn%3Aaws%3Alambda%3Aeu-west-1%3A123456789012%3Afunction%3Ausers";
    const KNOWN: &str = r#"{"FunctionArn": "arn:aws:lambda:eu-west-1:123456789012:function:users", "Environment": {"Variables": {"A": "hidden"}}}"#;
    let (base, _) = server(&[(CONFIGURATION, 200, KNOWN)]);
    let policy = aws(&base).policy_of(&name("users")).await.unwrap();
    assert_eq!((policy.function_arn.as_str(), policy.text), (ARN, None));
    assert!(policy.left_out.is_empty());

    let (base, asked) = server(&[(CONFIGURATION, 200, KNOWN), (OTHER, 200, r#"{"Policy": "{}"}"#)]);
    let policy = aws(&base).policy_of(&name("users")).await.unwrap();
    assert_eq!(policy.text.as_deref(), Some("{}"));
    assert_eq!(targets(&asked).last().unwrap(), OTHER);

    let denied = r#"{"__type":"AccessDeniedException","Message":"User: x is not authorized"}"#;
    let (base, _) = server(Box::leak(Box::new([(CONFIGURATION, 200, KNOWN), (OTHER, 403, denied)])));
    let policy = aws(&base).policy_of(&name("users")).await.unwrap();
    assert_eq!(policy.text, None);
    assert!(policy.left_out[0].contains("lambda:GetResourcePolicy"), "{:?}", policy.left_out);

    let (base, _) = server(&[]);
    let error = aws(&base).policy_of(&name("users:live")).await.unwrap_err();
    assert_eq!(error.kind, AwsErrorKind::NotFound);
    assert!(error.message.starts_with("there is no function users:live in eu-west-1"), "{error}");
    assert!(error.hint.unwrap().contains("--region"));
}

#[tokio::test]
async fn all_pages_of_an_api_are_read() {
    let (base, asked) = server(&[
        ("/restapis/a1", 200, r#"{"id": "a1"}"#),
        (
            "/restapis/a1/resources?embed=methods&limit=500",
            200,
            r#"{"item": [{"id": "1"}], "position": "a/b+c="}"#,
        ),
        (
            "/restapis/a1/resources?embed=methods&limit=500&position=a%2Fb%2Bc%3D",
            200,
            r#"{"item": [{"id": "2"}]}"#,
        ),
        ("/restapis/a1/stages", 200, r#"{"item": [{"stageName": "prod"}]}"#),
        ("/restapis/a1/authorizers?limit=500", 200, r#"{"item": []}"#),
        ("/v2/apis/h1", 200, r#"{"apiId": "h1"}"#),
        ("/v2/apis/h1/routes", 200, r#"{"items": [{"routeId": "1"}, {"routeId": "2"}], "nextToken": "t1"}"#),
        ("/v2/apis/h1/routes?nextToken=t1", 200, r#"{"items": [{"routeId": "3"}], "nextToken": "t2"}"#),
        ("/v2/apis/h1/routes?nextToken=t2", 200, r#"{"items": [{"routeId": "4"}]}"#),
        ("/v2/apis/h1/integrations", 200, r#"{"items": [{"integrationId": "i"}]}"#),
        ("/v2/apis/h1/stages", 200, r#"{"items": []}"#),
        ("/v2/apis/h1/authorizers", 200, "{}"),
    ]);
    let rest = aws(&base).api("a1").await.unwrap();
    assert_eq!((rest.routes.len(), rest.stages.len(), rest.authorizers.len()), (2, 1, 0));
    // An API that is no REST API is one of the other kind.
    let http = aws(&base).api("h1").await.unwrap();
    assert_eq!((http.routes.len(), http.integrations.len(), http.stages.len()), (4, 1, 0));
    assert!(targets(&asked).contains(&"/restapis/h1".to_owned()));
    let error = aws(&base).api("x/1").await.unwrap_err();
    assert!(error.message.starts_with("there is no API x/1 in eu-west-1"), "{error}");
    assert!(targets(&asked).contains(&"/v2/apis/x%2F1".to_owned()));
}

#[tokio::test]
async fn what_passes_is_tried_again() {
    const POLICY: &str = "/2015-03-31/functions/users/policy";
    let busy = r#"{"message": "Rate exceeded"}"#;
    let fine = r#"{"Policy": "{\"Statement\": [{\"Resource\": \"arn:aws:lambda:r:1:function:f\"}]}"}"#;
    let table = [(POLICY, 429, busy), (POLICY, 503, ""), (POLICY, 200, fine)];
    let (base, asked) = server(Box::leak(Box::new(table)));
    aws(&base).policy_of(&name("users")).await.unwrap();
    assert_eq!(targets(&asked).len(), 3);
    let (base, asked) = server(Box::leak(Box::new([(POLICY, 429, busy)])));
    let error = aws(&base).policy_of(&name("users")).await.unwrap_err();
    assert_eq!((error.kind, targets(&asked).len()), (AwsErrorKind::Throttled, 4));
}

#[tokio::test]
async fn refusals_are_told_without_secrets() {
    const POLICY: &str = "/2015-03-31/functions/users/policy";
    let refusals = [
        (
            403,
            r#"{"__type":"AccessDeniedException","Message":"no"}"#,
            AwsErrorKind::Denied,
            "lambda:GetPolicy",
        ),
        (403, r#"{"__type":"ExpiredTokenException","message":"m"}"#, AwsErrorKind::Expired, "aws sso login"),
        (
            403,
            r#"{"__type":"InvalidSignatureException","message":"AKIDEXAMPLE wJalrXUtnFEMI/K7MDENG FwoGZXIvYXdzEXAMPLETOKEN"}"#,
            AwsErrorKind::NotAccepted,
            "clock",
        ),
        (200, "<html>", AwsErrorKind::Failed, "endpoint"),
        (301, "", AwsErrorKind::Refused, ""),
    ];
    for (status, body, kind, words) in refusals {
        let (base, _) = server(Box::leak(Box::new([(POLICY, status, body)])));
        let error = aws(&base).policy_of(&name("users")).await.unwrap_err();
        assert_eq!(error.kind, kind, "{error}");
        let shown = format!("{error} {error:?}");
        assert!(shown.contains(words), "{shown}");
        no_secrets(&shown);
    }
    no_secrets(&format!("{:?} {:?} {:?}", keys(), Access::new(keys(), "r", None), aws("http://h")));
}

fn no_secrets(shown: &str) {
    for secret in SECRETS {
        assert!(!shown.contains(secret), "{shown}");
    }
}

#[tokio::test]
async fn where_nothing_answers_is_told() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let asked = async |base: &str| -> AwsError { aws(base).policy_of(&name("users")).await.unwrap_err() };
    let error = asked(&base).await;
    assert_eq!(error.kind, AwsErrorKind::Network);
    assert!(error.message.contains(&base), "{error}");
    let error = asked("http://me:wJalrXUtnFEMI/K7MDENG@local host").await;
    assert_eq!(error.kind, AwsErrorKind::Endpoint);
    assert!(error.hint.as_ref().unwrap().contains("--endpoint-url"));
    no_secrets(&format!("{error:?}"));
}
