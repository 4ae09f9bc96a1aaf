//! Hostile changes of a request: what clients may send and functions forget. Each leaves a request
//! that the gateway takes to the same route, so that the event is one that AWS could send.

use crate::gateway::Route;
use crate::http::Request;
use Change::{Plain, Routed};

/// A change, which does the same each time.
pub struct Hostile {
    /// Its name.
    pub name: &'static str,
    /// What it does, in a few words.
    pub about: &'static str,
    change: Change,
}

enum Change {
    Plain(fn(&mut Request)),
    /// It depends on the routes.
    Routed(fn(&mut Request, &[Route])),
}

/// Every change.
pub static ALL: &[Hostile] = &[
    Hostile {
        name: "path-parameters",
        about: "parameters of the path that are encoded and of another script",
        change: Routed(odd_parameters),
    },
    Hostile { name: "headers-none", about: "no header but the host", change: Plain(headers_none) },
    Hostile { name: "headers-upper", about: "names of headers in capitals", change: Plain(headers_upper) },
    Hostile { name: "headers-twice", about: "each header twice", change: Plain(headers_twice) },
    Hostile { name: "headers-many", about: "a hundred headers more", change: Plain(headers_many) },
    Hostile {
        name: "header-empty",
        about: "a header without a value",
        change: Plain(|r| r.headers.append("X-Empty", "")),
    },
    Hostile {
        name: "header-long",
        about: "a header of 6,000 letters",
        change: Plain(|r| r.headers.append("X-Long", "x".repeat(6_000))),
    },
    Hostile {
        name: "cookies-odd",
        about: "cookies without names, values or ends",
        change: Plain(|r| r.headers.append("Cookie", "=; a; b=c=d; \"e f\"; ;;")),
    },
    Hostile {
        name: "accept-odd",
        about: "an Accept that asks for nothing that is known",
        change: Plain(|r| r.headers.set("Accept", "x/y;q=0, */*;q=0.0001")),
    },
    Hostile {
        name: "language-odd",
        about: "a language that is none",
        change: Plain(|r| r.headers.set("Accept-Language", "xx-XX,*;q=0")),
    },
    Hostile {
        name: "authorization-odd",
        about: "an Authorization of no known scheme",
        change: Plain(|r| r.headers.set("Authorization", "None ====")),
    },
    Hostile {
        name: "content-type-none",
        about: "a body of no type",
        change: Plain(|r| r.headers.remove("content-type")),
    },
    Hostile {
        name: "content-type-odd",
        about: "parameters and capitals in the content type",
        change: Plain(content_type_odd),
    },
    Hostile { name: "query-none", about: "no query", change: Plain(|r| r.query = None) },
    Hostile {
        name: "query-empty",
        about: "a question mark and nothing behind it",
        change: Plain(|r| r.query = Some(String::new())),
    },
    Hostile {
        name: "query-without-values",
        about: "parameters without values and names",
        change: Plain(|r| r.query = Some("a&b=&=c&&".to_owned())),
    },
    Hostile {
        name: "query-values-gone",
        about: "the own parameters without their values",
        change: Plain(query_values_gone),
    },
    Hostile {
        name: "query-twice",
        about: "each parameter twice, with another value first",
        change: Plain(query_twice),
    },
    Hostile {
        name: "query-unicode",
        about: "parameters of many scripts",
        change: Plain(|r| more_query(r, "%E6%97%A5=%F0%9F%98%80&e=%C3%A9&rtl=%E2%80%AE")),
    },
    Hostile {
        name: "query-encoded",
        about: "what is encoded once and twice, and pluses",
        change: Plain(|r| more_query(r, "a=1%2B1+2&b=%2525&c=%26%3D%23&d=%00")),
    },
    Hostile {
        name: "query-brackets",
        about: "names that some readers take for paths",
        change: Plain(|r| more_query(r, "a[]=1&a[b]=2&a.b=3&__proto__=4&constructor=5")),
    },
    Hostile {
        name: "query-long",
        about: "a parameter of 2,000 letters",
        change: Plain(|r| more_query(r, &format!("long={}", "x".repeat(2_000)))),
    },
    Hostile {
        name: "query-numbers",
        about: "the own parameters are no numbers",
        change: Plain(|r| query_values(r, "NaN")),
    },
    Hostile {
        name: "query-negative",
        about: "the own parameters are negative",
        change: Plain(|r| query_values(r, "-9223372036854775809")),
    },
    Hostile { name: "body-none", about: "no body", change: Plain(|r| r.body.clear()) },
    Hostile { name: "body-null", about: "null for a body", change: Plain(|r| json(r, "null")) },
    Hostile {
        name: "body-object",
        about: "an object without members for a body",
        change: Plain(|r| json(r, "{}")),
    },
    Hostile {
        name: "body-array",
        about: "a list without items for a body",
        change: Plain(|r| json(r, "[]")),
    },
    Hostile { name: "body-text", about: "a text of JSON for a body", change: Plain(|r| json(r, "\"\"")) },
    Hostile {
        name: "body-cut",
        about: "JSON that is broken off",
        change: Plain(|r| json(r, "{\"a\": [1, ")),
    },
    Hostile {
        name: "body-deep",
        about: "lists in lists, 200 deep",
        change: Plain(|r| json(r, &("[".repeat(200) + &"]".repeat(200)))),
    },
    Hostile {
        name: "body-numbers",
        about: "numbers that are too large for most",
        change: Plain(|r| json(r, "{\"id\": 123456789012345678901234567890, \"n\": 1e400, \"z\": -0.0}")),
    },
    Hostile {
        name: "body-nulls",
        about: "the members of the body are null",
        change: Plain(|r| members(r, &serde_json::Value::Null)),
    },
    Hostile {
        name: "body-lists",
        about: "the members of the body are lists",
        change: Plain(|r| members(r, &serde_json::json!([{}]))),
    },
    Hostile {
        name: "body-unicode",
        about: "a body of many scripts and control characters",
        change: Plain(|r| text(r, "\u{0}\u{7f}é漢\u{202e}\u{1f600}\u{feff}\r\n\t")),
    },
    Hostile { name: "body-binary", about: "a body that is no text", change: Plain(binary) },
    Hostile { name: "body-form", about: "a form for a body", change: Plain(form) },
    Hostile {
        name: "body-large",
        about: "a body of 200 KB",
        change: Plain(|r| text(r, &"x".repeat(200 * 1024))),
    },
];

impl Hostile {
    /// The change of that name.
    pub fn find(name: &str) -> Option<&'static Self> {
        ALL.iter().find(|own| own.name == name)
    }

    /// The changed request; `None` if there is nothing to change. Bodies are those of methods that
    /// have one.
    pub fn apply(&self, request: &Request, routes: &[Route]) -> Option<Request> {
        let is_about_body = self.name.starts_with("body-") || self.name.starts_with("content-type");
        if is_about_body && ["GET", "HEAD", "OPTIONS", "DELETE"].contains(&request.method.as_str()) {
            return None;
        }
        let mut changed = request.clone();
        match self.change {
            Plain(change) => change(&mut changed),
            Routed(change) => change(&mut changed, routes),
        }
        (changed != *request).then_some(changed)
    }
}

/// Puts odd values into the parameters of the path, where a route has some.
fn odd_parameters(request: &mut Request, routes: &[Route]) {
    const ODD: &str = "%E6%97%A5%20%252F%27%22";
    let Some(matched) = crate::gateway::best_match(routes, &request.method, &request.path) else { return };
    let Some(template) = matched.route.template() else { return };
    let own: Vec<&str> = request.path.split('/').collect();
    let path = template.split('/').enumerate().map(|(at, part)| match part.starts_with('{') {
        true => ODD,
        false => own.get(at).copied().unwrap_or(part),
    });
    request.path = path.collect::<Vec<_>>().join("/");
}

fn headers_none(request: &mut Request) {
    request.headers = request.headers.iter().filter(|(name, _)| name.eq_ignore_ascii_case("host")).collect();
}

fn headers_upper(request: &mut Request) {
    request.headers =
        request.headers.iter().map(|(name, value)| (name.to_ascii_uppercase(), value)).collect();
}

fn headers_twice(request: &mut Request) {
    let twice = request.headers.clone();
    let more = twice.iter().filter(|(name, _)| !name.eq_ignore_ascii_case("host"));
    more.for_each(|(name, value)| request.headers.append(name, format!("{value}-2")));
}

fn headers_many(request: &mut Request) {
    (0..100).for_each(|number| request.headers.append(format!("X-Many-{number}"), "1"));
}

fn content_type_odd(request: &mut Request) {
    let own = request.headers.get("content-type").unwrap_or("text/plain").to_ascii_uppercase();
    request.headers.set("CONTENT-TYPE", format!("{own} ; charset=\"UTF-8\"; x=y"));
}

fn more_query(request: &mut Request, more: &str) {
    let own = request.query.take().filter(|own| !own.is_empty());
    request.query = Some(own.map_or_else(|| more.to_owned(), |own| format!("{own}&{more}")));
}

fn own_query(request: &Request, pair: impl Fn(&str, &str) -> String) -> Option<String> {
    let own = request.query.as_deref().filter(|own| !own.is_empty())?;
    let pairs = own.split('&').map(|piece| piece.split_once('=').unwrap_or((piece, "")));
    Some(pairs.map(|(name, value)| pair(name, value)).collect::<Vec<_>>().join("&"))
}

fn query_values(request: &mut Request, value: &str) {
    request.query = own_query(request, |name, _| format!("{name}={value}")).or(request.query.take());
}

fn query_values_gone(request: &mut Request) {
    request.query = own_query(request, |name, _| name.to_owned()).or(request.query.take());
}

fn query_twice(request: &mut Request) {
    let twice = own_query(request, |name, value| format!("{name}=&{name}={value}"));
    request.query = twice.or(request.query.take());
}

fn json(request: &mut Request, body: &str) {
    request.body = body.as_bytes().to_vec();
    request.headers.set("Content-Type", "application/json");
}

fn text(request: &mut Request, body: &str) {
    request.body = body.as_bytes().to_vec();
    request.headers.set("Content-Type", "text/plain; charset=utf-8");
}

fn binary(request: &mut Request) {
    request.body = vec![0, 159, 146, 150, 255];
    request.headers.set("Content-Type", "application/octet-stream");
}

fn form(request: &mut Request) {
    request.body = b"a=1&a=2&b=%E6%97%A5+%00&c".to_vec();
    request.headers.set("Content-Type", "application/x-www-form-urlencoded");
}

/// Gives each member of a JSON body this value.
fn members(request: &mut Request, value: &serde_json::Value) {
    let Ok(serde_json::Value::Object(mut own)) = serde_json::from_slice(&request.body) else { return };
    own.values_mut().for_each(|member| *member = value.clone());
    request.body = serde_json::Value::Object(own).to_string().into_bytes();
}
