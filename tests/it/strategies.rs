//! What the laws range over.

use apigw::gateway::{Api, Caller, Domain, Endpoint, Flavor, Identity, Moment, Route, Stamp};
use apigw::http::{Headers, Request, encoding};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::strategy::Union;
use serde_json::{Map, Number, Value, json};

/// Any JSON value of a modest size.
pub(crate) fn json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        any::<i64>().prop_map(|number| Value::Number(number.into())),
        any::<f64>().prop_map(|number| Number::from_f64(number).map_or(Value::Null, Value::Number)),
        any::<String>().prop_map(Value::String),
    ];
    leaf.prop_recursive(4, 24, 6, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..5).prop_map(Value::Array),
            vec(("\\PC{0,8}", inner), 0..5).prop_map(object),
        ]
    })
}

/// Values that look like results: the known keys with likely, odd and arbitrary values.
pub(crate) fn result() -> impl Strategy<Value = Value> {
    let status = prop_oneof![
        4 => (100_u16..600).prop_map(Value::from),
        2 => (-1.0..1001.0).prop_map(Value::from),
        1 => "[-+0-9. a-z]{0,5}".prop_map(Value::from),
        1 => json(),
    ];
    let list = vec(scalar(), 0..3).prop_map(Value::Array).boxed();
    let body = prop_oneof![
        3 => "\\PC{0,20}".prop_map(Value::from),
        1 => vec(any::<u8>(), 0..9).prop_map(|bytes| encoding::base64_encode(&bytes).into()),
        1 => json(),
    ];
    let flag = prop_oneof![Just(json!(true)), Just(json!(false)), Just(json!("True")), json()];
    let member = Union::new_weighted(vec![
        (4, ("statusCode", status).boxed()),
        (3, ("headers", header_map(scalar().boxed())).boxed()),
        (2, ("multiValueHeaders", header_map(prop_oneof![4 => list.clone(), 1 => scalar()].boxed())).boxed()),
        (3, ("body", body).boxed()),
        (2, ("isBase64Encoded", flag).boxed()),
        (1, ("cookies", prop_oneof![list, scalar()]).boxed()),
        (1, ("[a-zA-Z]{1,8}", json()).boxed()),
    ]);
    prop_oneof![8 => vec(member, 0..5).prop_map(object), 1 => json()]
}

fn scalar() -> impl Strategy<Value = Value> {
    prop_oneof![
        3 => "[ -~]{0,10}".prop_map(Value::from),
        1 => any::<i32>().prop_map(Value::from),
        1 => any::<bool>().prop_map(Value::from),
        1 => Just(Value::Null),
        1 => json(),
    ]
}

fn header_map(value: BoxedStrategy<Value>) -> impl Strategy<Value = Value> {
    let name = "[A-Za-z-]{1,12}|Content-Type|content-length|Set-Cookie|Authorization|Server|Via|Date";
    prop_oneof![5 => vec((name, value), 0..4).prop_map(object), 1 => json()]
}

fn object(members: Vec<(String, Value)>) -> Value {
    Value::Object(members.into_iter().collect::<Map<_, _>>())
}

/// An instant between 1970 and 2100, and a seed.
pub(crate) fn stamp() -> impl Strategy<Value = Stamp> {
    (0_i64..4_102_444_800_000, any::<u64>()).prop_map(|(epoch_ms, seed)| Stamp::new(epoch_ms, seed))
}

/// A caller of any kind.
pub(crate) fn caller() -> impl Strategy<Value = Caller> {
    let members = || vec(("[a-z:]{1,8}", json()), 0..4).prop_map(|members| members.into_iter().collect());
    let identity = prop_oneof![
        2 => Just(Identity::Anonymous),
        1 => ("\\PC{0,8}", members()).prop_map(|(principal, context)| Identity::Lambda { principal, context }),
        1 => members().prop_map(Identity::Claims),
        1 => "arn:aws:(iam::[0-9]{12}:user|sts::[0-9]{12}:assumed-role/r)/[a-z]{1,5}"
            .prop_map(|arn| Identity::Iam { arn }),
    ];
    let ip = any::<std::net::IpAddr>().prop_map(|ip| ip.to_string());
    let api_key = option::of("[a-zA-Z0-9]{1,20}");
    (ip, api_key, identity).prop_map(|(source_ip, api_key, identity)| Caller {
        source_ip,
        api_key,
        identity,
        scopes: None,
    })
}

/// An API of that flavour, and a request that one of its routes takes.
pub(crate) fn call(flavor: Flavor) -> BoxedStrategy<(Api, Request)> {
    match flavor {
        Flavor::Rest => rest_call().boxed(),
        Flavor::Http => http_call().boxed(),
        Flavor::HttpV1 => http_v1_call().boxed(),
        Flavor::Url | Flavor::AlbMulti | Flavor::Lattice => plain_call(flavor).boxed(),
        Flavor::Alb => plain_call(flavor).prop_map(without_repeats).boxed(),
        Flavor::Websocket => upgrade().boxed(),
    }
}

/// The moment at which a call of that flavour is made.
pub(crate) fn moment(flavor: Flavor) -> Moment {
    if flavor == Flavor::Websocket { Moment::Connect } else { Moment::Request }
}

/// Every upgrade to a WebSocket API, but for the headers that are the gateway's own.
fn upgrade() -> impl Strategy<Value = (Api, Request)> {
    ("[a-z]{1,5}", variables(), request()).prop_map(|(stage, stage_variables, mut request)| {
        let api = Api { stage, stage_variables, ..Api::new(Flavor::Websocket) };
        request.method = "GET".to_owned();
        request.path = api.prefix();
        request.body = Vec::new();
        let lost = |name: &str| is_added(name) || name.eq_ignore_ascii_case("connection");
        let kept = request.headers.iter().filter(|(name, _)| !lost(name));
        request.headers = kept.collect();
        (api, request)
    })
}

/// Every request to a REST API that it takes, but for headers that the gateway writes itself: an
/// event does not tell whether the client had sent them, too.
fn rest_call() -> impl Strategy<Value = (Api, Request)> {
    let endpoint = prop_oneof![Just(Endpoint::Edge), Just(Endpoint::Regional), Just(Endpoint::Private)];
    let binary = vec(prop_oneof!["\\*/\\*", "image/\\*", "application/json", "image/png"], 0..3);
    let routes = prop_oneof![Just(vec![]), Just(vec!["ANY /", "GET /{id}", "ANY /{proxy+}"])];
    let api = (endpoint, binary, routes, "[a-z]{1,5}", variables(), domain("[a-z]{0,3}")).prop_map(
        |(endpoint, binary_media_types, routes, stage, stage_variables, domain)| Api {
            endpoint,
            binary_media_types,
            routes: routes.into_iter().map(|route| Route::parse(route).unwrap()).collect(),
            stage,
            stage_variables,
            domain,
            ..Api::new(Flavor::Rest)
        },
    );
    (api, "(/[\\PC--/?#]{0,5}){0,4}|/.{0,9}", request()).prop_map(|(api, below, mut request)| {
        request.path = format!("{}{below}", api.prefix());
        // Behind CloudFront, its Via holds the client's.
        let via = if api.endpoint == Endpoint::Edge { "via" } else { "" };
        let lost = |name: &str| is_added(name) || name.eq_ignore_ascii_case(via);
        let kept = request.headers.iter().filter(|(name, _)| !lost(name));
        request.headers = kept.collect();
        (api, request)
    })
}

/// Every request to an HTTP API that it takes, but for what its event does not tell: headers that
/// the gateway writes itself, the lines of a repeated User-Agent or Content-Type, bytes in a text
/// that are not UTF-8, how a path is encoded where it is also the route, and an API mapping.
fn http_call() -> impl Strategy<Value = (Api, Request)> {
    let default_route = "(/[\\PC--?#]{0,5}){0,4}".prop_map(|path| (vec![Route::Default], path));
    let own_routes =
        "(/[\\PC--?#]{0,5}){0,4}".prop_map(|path| (vec![], encoding::percent_encode_path(&path)));
    let stage = prop_oneof![
        3 => Just(("$default".to_owned(), Domain::ExecuteApi)),
        2 => "[a-z]{1,5}".prop_map(|stage| (stage, Domain::ExecuteApi)),
        1 => domain("").prop_map(|domain| ("$default".to_owned(), domain)),
    ];
    (prop_oneof![default_route, own_routes], stage, variables(), request()).prop_map(
        |((routes, below), (stage, domain), stage_variables, mut request)| {
            let api = Api { routes, stage, domain, stage_variables, ..Api::new(Flavor::Http) };
            request.path = format!("{}{below}", api.prefix());
            let is_text = std::str::from_utf8(&request.body).is_ok();
            let mut seen = Vec::new();
            let kept = request.headers.iter().filter(|(name, value)| {
                let name = name.to_ascii_lowercase();
                let again = seen.contains(&name);
                seen.push(name.clone());
                match name.as_str() {
                    "user-agent" => !again,
                    "content-type" => !again && (is_text || value.starts_with("image/")),
                    name => !is_added(name),
                }
            });
            request.headers = kept.collect();
            (api, request)
        },
    )
}

/// Every request to an HTTP API with payload format 1.0, but for headers that the gateway writes
/// itself, and bytes in a text that are not UTF-8.
fn http_v1_call() -> impl Strategy<Value = (Api, Request)> {
    let routes =
        prop_oneof![Just(vec![]), Just(vec!["$default"]), Just(vec!["ANY /", "GET /{id}", "ANY /{proxy+}"])];
    let stage = prop_oneof![Just("$default".to_owned()), "[a-z]{1,5}"];
    let api = (routes, stage, variables(), domain("[a-z]{0,3}"));
    (api, "(/[\\PC--/?#]{0,5}){0,4}|/.{0,9}", request()).prop_map(
        |((routes, stage, stage_variables, domain), below, mut request)| {
            let routes = routes.into_iter().map(|route| Route::parse(route).unwrap()).collect();
            let api = Api { routes, stage, stage_variables, domain, ..Api::new(Flavor::HttpV1) };
            request.path = format!("{}{below}", api.prefix());
            (api, readable(request))
        },
    )
}

/// Every request to a front end whose paths all lead to the function.
fn plain_call(flavor: Flavor) -> impl Strategy<Value = (Api, Request)> {
    let domain = if flavor == Flavor::Url { Just(Domain::ExecuteApi).boxed() } else { domain("").boxed() };
    (domain, any::<bool>(), "(/[\\PC--/?#]{0,5}){0,4}|/.{0,9}", request()).prop_map(
        move |(domain, https, path, mut request)| {
            request.path = path;
            // A query of which nothing arrives.
            request.query =
                request.query.filter(|query| flavor == Flavor::Url || !query.trim_matches('&').is_empty());
            let api = Api { domain, https: https || flavor == Flavor::Url, ..Api::new(flavor) };
            let mut request = readable(request);
            if flavor == Flavor::Url {
                request = without_repeats((api.clone(), request)).1;
            }
            (api, request)
        },
    )
}

/// The request without headers that every front end writes itself, and with a body that is UTF-8
/// where it may arrive as text.
fn readable(mut request: Request) -> Request {
    let types: Vec<_> = request.headers.all("content-type").map(str::to_owned).collect();
    let image = types.iter().all(|media_type| media_type.starts_with("image/"));
    if std::str::from_utf8(&request.body).is_err() && !image {
        request.body = b"text".to_vec();
    }
    request.headers = request.headers.iter().filter(|(name, _)| !is_added(name)).collect();
    request
}

/// The request with one line of each header: of others an event tells less.
fn without_repeats((api, mut request): (Api, Request)) -> (Api, Request) {
    let mut seen = Vec::new();
    let first = |(name, _): &(&str, &str)| {
        let name = name.to_ascii_lowercase();
        let new = !seen.contains(&name);
        seen.push(name);
        new
    };
    request.headers = request.headers.iter().filter(first).collect();
    (api, request)
}

fn is_added(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    ["host", "x-amzn-trace-id", "x-forwarded-for", "x-forwarded-port", "x-forwarded-proto"]
        .contains(&name.as_str())
}

fn domain(base_path: &'static str) -> impl Strategy<Value = Domain> {
    let custom =
        base_path.prop_map(|base_path| Domain::Custom { name: "api.example.com".to_owned(), base_path });
    prop_oneof![Just(Domain::ExecuteApi), custom]
}

fn variables() -> impl Strategy<Value = Vec<(String, String)>> {
    prop::collection::btree_map("[a-z]{1,4}", "\\PC{0,6}", 0..3).prop_map(|map| map.into_iter().collect())
}

/// A request without its path.
fn request() -> impl Strategy<Value = Request> {
    let query = option::of(prop_oneof!["([a-z%+;&=]{0,4}=[a-zA-Z0-9%+&;=]{0,6}&?){0,4}", "\\PC{0,20}",]);
    let name = prop_oneof![
        4 => "(?i)accept|cookie|user-agent|authorization|via|x-api-key|connection|host|x-amzn-trace-id|x-forwarded-for",
        4 => "[A-Za-z][A-Za-z0-9-]{0,8}",
    ];
    let media_type = "(image/png|application/json|text/plain|TEXT/html|x/y)(; ?charset=(utf-8|latin1))?";
    let header = prop_oneof![
        3 => (name, "\\PC{0,12}"),
        1 => ("(?i)content-type", media_type),
    ];
    let body = prop_oneof![
        2 => Just(Vec::new()),
        1 => "\\PC{0,20}".prop_map(String::into_bytes),
        1 => vec(any::<u8>(), 0..20),
    ];
    ("[A-Z]{1,7}", query, vec(header, 0..6), body).prop_map(|(method, query, headers, body)| Request {
        method,
        path: String::new(),
        query,
        headers: Headers::from_iter(headers),
        body,
    })
}

/// Routes of one API, each given once, and the same ones in another order.
pub(crate) fn routes() -> impl Strategy<Value = (Vec<Route>, Vec<Route>)> {
    let keys = prop::collection::btree_set(
        "(ANY|GET|PUT) (/(a|b|\\{x\\})){0,2}/(a|b|\\{x\\}|\\{p\\+\\})|\\$default",
        1..9,
    );
    keys.prop_flat_map(|keys| {
        let routes: Vec<_> = keys.iter().map(|key| Route::parse(key).unwrap()).collect();
        (Just(routes.clone()), Just(routes).prop_shuffle())
    })
}
