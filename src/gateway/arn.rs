//! ARNs of `execute-api`: the resource of a call, and of the calls of a route.

use super::api::{Api, Domain};
use super::flavor::Flavor;
use super::route::Route;
use crate::http::Request;
use crate::policy;
use crate::policy::arn::split;

/// The ARN of a call (R-235, H-097): the verb and the real path of the request, the path without
/// its first slash; `$connect` on a WebSocket API, which authorizes nothing else (W-028). How AWS
/// writes escapes and a trailing slash is not recorded: here as in the request.
pub fn of_call(api: &Api, request: &Request) -> String {
    if api.flavor == Flavor::Websocket {
        return below(api, "$connect");
    }
    let path = api.locate(&request.path).map_or_else(|| request.path.clone(), |located| located.below);
    below(api, &format!("{}/{}", request.method, path.trim_start_matches('/')))
}

/// The ARN of a route's calls as the policies of functions name them (R-286, H-097): template and
/// matched method, `*` for any.
pub fn of_route(api: &Api, route: &Route) -> String {
    match route {
        Route::Path { method, template } => {
            let method = method.as_deref().unwrap_or("*");
            below(api, &format!("{method}/{}", template.trim_start_matches('/')))
        }
        Route::Default | Route::Key(_) => below(api, &route.to_string()),
    }
}

/// What a deployed call of a route presents to its function behind the stage (P-002, P-018, P-022):
/// the configured method and the template with its braces, without a slash at its end (P-011).
/// A method that takes any verb presents the word `ANY` (P-041; for HTTP APIs inferred).
pub fn presented(route: &Route) -> String {
    match route {
        Route::Path { method, template } => {
            format!("{}/{}", method.as_deref().unwrap_or("ANY"), template.trim_matches('/'))
        }
        Route::Default | Route::Key(_) => route.to_string(),
    }
}

fn below(api: &Api, resource: &str) -> String {
    let Api { id, account, region, stage, .. } = api;
    let partition = policy::arn::partition(region);
    format!("arn:{partition}:execute-api:{region}:{account}:{id}/{stage}/{resource}")
}

/// Makes the API and the request those of a call's ARN; `None` if the text is no ARN of a call of
/// such an API. Paths may hold colons (P-156).
pub fn call_of(arn: &str, api: &Api) -> Option<(Api, Request)> {
    let [prefix, partition, service, region, account, resource] = split(arn)?;
    let mut segments = resource.splitn(4, '/');
    let (id, stage, verb) = (segments.next()?, segments.next()?, segments.next()?);
    let path = format!("/{}", segments.next().unwrap_or_default());
    let empty = [region, account, id, stage, verb].iter().any(|text| text.is_empty());
    if prefix != "arn" || service != "execute-api" || empty {
        return None;
    }
    let api = Api {
        id: id.to_owned(),
        account: account.to_owned(),
        region: region.to_owned(),
        stage: stage.to_owned(),
        domain: Domain::ExecuteApi,
        ..api.clone()
    };
    let verb = if api.flavor == Flavor::Websocket { "GET" } else { verb };
    let request = Request::new(verb, api.prefix() + &path);
    // What does not come back as it was is no ARN that such an API makes.
    (partition == policy::arn::partition(region) && of_call(&api, &request) == arn).then_some((api, request))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn api(flavor: Flavor, region: &str, stage: &str) -> Api {
        Api { region: region.to_owned(), stage: stage.to_owned(), ..Api::new(flavor) }
    }

    #[test]
    fn a_call_has_the_arn_of_its_real_path() {
        let rest = api(Flavor::Rest, "us-east-1", "test");
        let arn = |path: &str| of_call(&rest, &Request::new("GET", path));
        assert_eq!(arn("/test"), "arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/test/GET/");
        assert!(arn("/test/users/42").ends_with("/test/GET/users/42"));
        let http = api(Flavor::Http, "cn-north-1", "$default");
        let arn = of_call(&http, &Request::new("POST", "/lambda"));
        assert_eq!(arn, "arn:aws-cn:execute-api:cn-north-1:123456789012:a1b2c3d4e5/$default/POST/lambda");
        let websocket = api(Flavor::Websocket, "us-gov-west-1", "prod");
        let arn = of_call(&websocket, &Request::new("GET", "/prod"));
        assert_eq!(arn, "arn:aws-us-gov:execute-api:us-gov-west-1:123456789012:a1b2c3d4e5/prod/$connect");
    }

    #[test]
    fn routes_have_arns_with_their_template() {
        let http = api(Flavor::Http, "us-east-1", "$default");
        let arn = |key: &str| of_route(&http, &Route::parse(key).unwrap());
        assert!(arn("$default").ends_with("/$default/$default"));
        assert!(arn("ANY /users/{id}").ends_with("/$default/*/users/{id}"));
        assert!(arn("GET /").ends_with("/$default/GET/"));
    }

    #[test]
    fn a_function_sees_what_is_configured() {
        let cases = [
            ("GET /", "GET/"),
            ("GET /users/{id}", "GET/users/{id}"),
            ("POST /bar/", "POST/bar"),
            ("ANY /{resource+}", "ANY/{resource+}"),
            ("$default", "$default"),
        ];
        for (key, resource) in cases {
            assert_eq!(presented(&Route::parse(key).unwrap()), resource);
        }
        assert_eq!(presented(&Route::Key("$connect".to_owned())), "$connect");
    }

    #[test]
    fn an_arn_leads_back_to_its_call() {
        let cases = [
            (Flavor::Rest, "arn:aws:execute-api:us-west-2:123456789012:ymy8tbxw7b/*/GET/"),
            (Flavor::Rest, "arn:aws:execute-api:eu-west-1:1:a/prod/POST/a:b/c"),
            (Flavor::Http, "arn:aws:execute-api:eu-west-1:1:a/$default/POST/lambda"),
            (Flavor::Http, "arn:aws:execute-api:eu-west-1:1:a/dev/GET/"),
            (Flavor::Websocket, "arn:aws:execute-api:eu-west-1:1:a/prod/$connect"),
        ];
        for (flavor, arn) in cases {
            let (api, request) = call_of(arn, &Api::new(flavor)).unwrap();
            assert_eq!(of_call(&api, &request), arn);
        }
        let others = [
            "",
            "arn:aws:lambda:us-east-1:1:function:f",
            "arn:aws:execute-api:us-east-1:1:a",
            "arn:aws:execute-api:us-east-1:1:a/prod",
            "arn:aws:execute-api:cn-north-1:1:a/prod/GET/",
            "arn:aws:execute-api:us-east-1:1:a/prod/GET",
            "*",
        ];
        for arn in others {
            assert_eq!(call_of(arn, &Api::new(Flavor::Rest)), None, "{arn}");
        }
        assert_eq!(call_of(cases[0].1, &Api::new(Flavor::Websocket)), None);
    }
}
