//! Routes: reading `GET /users/{id}`, and choosing among them as API Gateway does.

use std::fmt;

/// One route of an API: a route key of an HTTP API, or a method of a REST API's resource.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Route {
    /// A method (or any) and a path template.
    Path {
        /// The verb; `None` is `ANY`.
        method: Option<String>,
        /// The template, starting with `/`.
        template: String,
    },
    /// The `$default` route of an HTTP or WebSocket API.
    Default,
    /// A route key of a WebSocket API, such as `$connect` or `join`.
    Key(String),
}

/// Why a text is not a route.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RouteError {
    /// No method, or no path behind it.
    #[error("`{0}` is not a route: write METHOD /path, as in `GET /users/{{id}}`, or `$default`")]
    Form(String),
    /// A greedy parameter that is not the last segment.
    #[error("in `{0}` the greedy parameter must be the last segment")]
    GreedyNotLast(String),
    /// A brace that does not enclose a whole segment.
    #[error("in `{0}` a parameter must be a whole segment, as in `/users/{{id}}`")]
    Braces(String),
}

/// A segment of a path template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Segment<'t> {
    Fixed(&'t str),
    Parameter(&'t str),
    Greedy(&'t str),
}

/// A route that matches a request, and what its parameters hold (still percent-encoded).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matched<'r> {
    /// The route.
    pub route: &'r Route,
    /// Name and raw value of each path parameter, in the order of the template.
    pub parameters: Vec<(String, String)>,
}

impl Route {
    /// Reads `METHOD /path` or `$default`. The method `ANY` (also `*`) stands for every verb.
    ///
    /// # Errors
    /// [`RouteError`] says what is wrong with the text.
    pub fn parse(text: &str) -> Result<Self, RouteError> {
        let text = text.trim();
        if text == "$default" {
            return Ok(Self::Default);
        }
        let form = || RouteError::Form(text.to_owned());
        let (method, template) = text.split_once(char::is_whitespace).ok_or_else(form)?;
        let template = template.trim();
        if !template.starts_with('/') || template.contains(char::is_whitespace) {
            return Err(form());
        }
        if !method.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'*' || byte == b'-') {
            return Err(form());
        }
        check_template(template)?;
        Ok(Self::of(method, template))
    }

    /// The route of a method and a path that is taken as it is.
    pub fn of(method: &str, template: &str) -> Self {
        let method = method.to_ascii_uppercase();
        let method = (method != "ANY" && method != "*").then_some(method);
        Self::Path { method, template: template.to_owned() }
    }

    /// The route of a WebSocket API with that key.
    pub fn key(key: &str) -> Self {
        if key == "$default" { Self::Default } else { Self::Key(key.to_owned()) }
    }

    /// The path template; `None` for `$default` and for route keys without a path.
    pub fn template(&self) -> Option<&str> {
        match self {
            Self::Path { template, .. } => Some(template),
            Self::Default | Self::Key(_) => None,
        }
    }

    fn takes(&self, verb: &str) -> bool {
        match self {
            Self::Path { method: Some(method), .. } => method.eq_ignore_ascii_case(verb),
            Self::Path { method: None, .. } | Self::Default => true,
            Self::Key(_) => false,
        }
    }
}

/// The route key: `GET /users/{id}`, `ANY /{proxy+}`, `$default`.
impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Path { method, template } => {
                write!(f, "{} {template}", method.as_deref().unwrap_or("ANY"))
            }
            Self::Default => f.write_str("$default"),
            Self::Key(key) => f.write_str(key),
        }
    }
}

/// The route that serves a request: matched by path and method together, a full match
/// before a greedy one (H-091), fixed segments before parameters from the left, a named
/// method before `ANY`, and `$default` last (H-091).
///
/// `path` is the percent-encoded path below the stage; a trailing slash does not count.
pub fn best_match<'r>(routes: &'r [Route], method: &str, path: &str) -> Option<Matched<'r>> {
    let candidates = routes.iter().filter(|route| route.takes(method)).filter_map(|route| {
        let Some(template) = route.template() else {
            return Some((precedence(route), Matched { route, parameters: Vec::new() }));
        };
        let parameters = match_template(template, path)?;
        Some((precedence(route), Matched { route, parameters }))
    });
    candidates.min_by(|(left, _), (right, _)| left.cmp(right)).map(|(_, matched)| matched)
}

/// How specific a route is: the kind of its match, the kinds of its segments, and whether it takes
/// any method. Sorts better routes before worse ones; the names of parameters do not count.
type Precedence = (MatchKind, Vec<SegmentKind>, bool);

/// How a route matches (H-091).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum MatchKind {
    Full,
    Greedy,
    Default,
}

/// What a segment of a template is, in the order of precedence (R-033, H-091).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum SegmentKind {
    Fixed,
    Parameter,
    Greedy,
}

fn precedence(route: &Route) -> Precedence {
    let Route::Path { method, template } = route else { return (MatchKind::Default, Vec::new(), true) };
    let kinds: Vec<_> = segments(template).map(Segment::kind).collect();
    let greedy = kinds.last() == Some(&SegmentKind::Greedy);
    (if greedy { MatchKind::Greedy } else { MatchKind::Full }, kinds, method.is_none())
}

impl Segment<'_> {
    fn kind(self) -> SegmentKind {
        match self {
            Self::Fixed(_) => SegmentKind::Fixed,
            Self::Parameter(_) => SegmentKind::Parameter,
            Self::Greedy(_) => SegmentKind::Greedy,
        }
    }
}

fn match_template(template: &str, path: &str) -> Option<Vec<(String, String)>> {
    let mut rest = Some(trim_slashes(path));
    let mut parameters = Vec::new();
    if template == "/" {
        return rest.is_some_and(str::is_empty).then_some(parameters);
    }
    for segment in segments(template) {
        let here = rest?;
        let (value, behind) = match here.split_once('/') {
            Some((value, behind)) => (value, Some(behind)),
            None => (here, None),
        };
        match segment {
            Segment::Fixed(text) if text == value => rest = behind,
            Segment::Fixed(_) => return None,
            Segment::Parameter(_) | Segment::Greedy(_) if value.is_empty() && behind.is_none() => {
                return None;
            }
            Segment::Parameter(name) => {
                parameters.push((name.to_owned(), value.to_owned()));
                rest = behind;
            }
            Segment::Greedy(name) => {
                parameters.push((name.to_owned(), here.to_owned())); // inner slashes stay
                rest = None;
            }
        }
    }
    rest.is_none().then_some(parameters)
}

/// The template of a path that is its own resource: without the trailing slash.
pub(super) fn own_template(path: &str) -> &str {
    match path.strip_suffix('/') {
        Some("") | None => path,
        Some(template) => template,
    }
}

/// The path without its first and its last slash.
fn trim_slashes(path: &str) -> &str {
    let path = path.strip_prefix('/').unwrap_or(path);
    path.strip_suffix('/').unwrap_or(path)
}

fn segments(template: &str) -> impl Iterator<Item = Segment<'_>> {
    trim_slashes(template).split('/').map(|segment| {
        match segment.strip_prefix('{').and_then(|name| name.strip_suffix('}')) {
            None => Segment::Fixed(segment),
            Some(name) => match name.strip_suffix('+') {
                Some(name) => Segment::Greedy(name),
                None => Segment::Parameter(name),
            },
        }
    })
}

fn check_template(template: &str) -> Result<(), RouteError> {
    let all: Vec<_> = segments(template).collect();
    for (index, segment) in all.iter().enumerate() {
        match segment {
            Segment::Greedy(_) if index + 1 < all.len() => {
                return Err(RouteError::GreedyNotLast(template.to_owned()));
            }
            Segment::Fixed(text) | Segment::Parameter(text) | Segment::Greedy(text)
                if text.contains(['{', '}']) || (text.is_empty() && template != "/") =>
            {
                return Err(RouteError::Braces(template.to_owned()));
            }
            _ => {}
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn routes(keys: &[&str]) -> Vec<Route> {
        keys.iter().map(|key| Route::parse(key).unwrap()).collect()
    }

    fn winner(keys: &[&str], method: &str, path: &str) -> Option<(String, Vec<String>)> {
        let routes = routes(keys);
        let matched = best_match(&routes, method, path)?;
        Some((matched.route.to_string(), matched.parameters.into_iter().map(|(_, value)| value).collect()))
    }

    #[test]
    fn the_most_specific_route_wins() {
        let keys =
            ["ANY /{proxy+}", "GET /pets/{proxy+}", "GET /pets/dog/{id}", "GET /pets/dog/1", "$default"];
        let cases = [
            ("GET", "/pets/dog/1", "GET /pets/dog/1"),
            ("GET", "/pets/dog/2", "GET /pets/dog/{id}"),
            ("GET", "/pets/cat/1", "GET /pets/{proxy+}"),
            ("POST", "/test/5", "ANY /{proxy+}"),
            ("POST", "/pets/dog/1", "ANY /{proxy+}"),
            ("GET", "/", "$default"),
        ];
        for (method, path, expected) in cases {
            assert_eq!(winner(&keys, method, path).unwrap().0, expected, "{method} {path}");
        }
    }

    #[test]
    fn a_full_match_beats_a_greedy_one() {
        let keys = ["GET /pets/{proxy+}", "GET /{kind}/dog"];
        assert_eq!(winner(&keys, "GET", "/pets/dog").unwrap().0, "GET /{kind}/dog"); // H-091
        assert_eq!(winner(&keys, "GET", "/pets/cat").unwrap().0, "GET /pets/{proxy+}");
    }

    #[test]
    fn names_of_parameters_do_not_decide() {
        let keys = ["GET /{a}/{x}", "GET /{b}/dog"];
        assert_eq!(winner(&keys, "GET", "/pets/dog").unwrap().0, "GET /{b}/dog");
    }

    #[test]
    fn parameters_hold_raw_text() {
        let keys = ["ANY /{proxy+}", "GET /a/{id}/b"];
        assert_eq!(winner(&keys, "GET", "/a/x%2Fy/b").unwrap().1, ["x%2Fy"]);
        assert_eq!(winner(&keys, "GET", "/v//w/").unwrap().1, ["v//w"]);
        assert_eq!(winner(&keys, "GET", "/a/1").unwrap().1, ["a/1"]);
    }

    #[test]
    fn a_greedy_parameter_does_not_match_its_parent() {
        assert_eq!(winner(&["ANY /{proxy+}"], "GET", "/"), None);
        assert_eq!(winner(&["GET /users/{proxy+}"], "GET", "/users/"), None);
        assert_eq!(winner(&["GET /"], "GET", "/").unwrap().0, "GET /");
    }

    #[test]
    fn a_named_method_beats_any() {
        assert_eq!(winner(&["ANY /x", "GET /x"], "GET", "/x").unwrap().0, "GET /x");
        assert_eq!(winner(&["GET /x"], "POST", "/x"), None);
    }

    #[test]
    fn bad_routes_are_refused() {
        for text in ["/users", "GET users", "GET", "GET /a b", "", "{} /x"] {
            assert!(matches!(Route::parse(text), Err(RouteError::Form(_))), "{text}");
        }
        assert!(matches!(Route::parse("GET /{p+}/x"), Err(RouteError::GreedyNotLast(_))));
        for text in ["GET /a{b}", "GET /{a", "GET /a//b", "GET /{}"] {
            assert!(matches!(Route::parse(text), Err(RouteError::Braces(_))), "{text}");
        }
    }
}
