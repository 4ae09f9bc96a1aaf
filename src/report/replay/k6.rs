//! A script for k6: an ES module with the requests as data.
//!
//! Everything that comes from a request stands in the script as a string of JSON, and so can neither
//! end it nor be run.

use super::Replayed;
use crate::http::encoding::base64_encode;
use crate::http::secret::is_secret_header;
use std::time::Duration;

/// How fast a script sends its requests, and until when.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Load {
    /// How many requests in all.
    pub calls: Option<u64>,
    /// For how long.
    pub duration: Option<Duration>,
    /// How many in a second, answered or not; `None`: each when the one before is answered.
    pub rate: Option<f64>,
    /// How many at a time.
    pub concurrency: Option<u16>,
}

/// The script. Credentials come from variables of k6's environment unless they are to be shown.
pub fn script(requests: &[Replayed], load: Load, show_secrets: bool) -> String {
    let mut secrets = Secrets { names: Vec::new(), show: show_secrets };
    let rows: Vec<_> = requests.iter().map(|request| row(request, &mut secrets)).collect();
    let mut text = String::new();
    if !secrets.names.is_empty() {
        let given = secrets.names.iter().map(|(name, ..)| format!(" -e {name}=..."));
        text += &format!("// Credentials are not written here: k6 run{} SCRIPT\n", given.collect::<String>());
    }
    text += "import http from \"k6/http\";\nimport exec from \"k6/execution\";\n";
    if rows.iter().any(|row| row.contains("encoding.b64decode(")) {
        text += "import encoding from \"k6/encoding\";\n";
    }
    text += &format!(
        "\nexport const options = {{\n  scenarios: {{\n    calls: {},\n  }},\n}};\n",
        scenario(load)
    );
    if !secrets.names.is_empty() {
        text += SECRET;
    }
    text += &format!("\nconst requests = [\n{}];\n", rows.concat());
    text + SENDING
}

const SECRET: &str = r#"
function secret(name) {
  if (__ENV[name] === undefined) {
    throw new Error("a credential is missing: k6 run -e " + name + "=...");
  }
  return __ENV[name];
}
"#;

/// The requests take turns, whoever sends them; what comes back is not followed elsewhere.
const SENDING: &str = r"
export default function () {
  const request = requests[exec.scenario.iterationInTest % requests.length];
  const params = { headers: request.headers, redirects: 0 };
  http.request(request.method, request.url, request.body, params);
}
";

/// The executor that keeps the pace.
fn scenario(load: Load) -> String {
    let users = load.concurrency.unwrap_or(1);
    let Load { calls, duration, rate, .. } = load;
    match (rate, calls, duration) {
        (Some(rate), calls, duration) => {
            let (number, unit) = whole(rate);
            let needed = calls.map(|calls| Duration::from_secs_f64(calls as f64 / rate));
            // k6 takes no less than a second here.
            let longest = needed.into_iter().chain(duration).min().unwrap_or_default();
            let time = go_time(longest.max(Duration::from_secs(1)));
            // Enough for answers that take a second, where nobody says how many.
            let enough = || rate.ceil().clamp(1.0, 1000.0) as u16;
            let users = load.concurrency.unwrap_or_else(enough);
            format!(
                "{{ executor: \"constant-arrival-rate\", rate: {number}, timeUnit: \"{unit}\", \
                 duration: \"{time}\", preAllocatedVUs: {users} }}"
            )
        }
        (None, None, Some(duration)) => {
            let time = go_time(duration.max(Duration::from_secs(1)));
            format!("{{ executor: \"constant-vus\", vus: {users}, duration: \"{time}\" }}")
        }
        (None, calls, duration) => {
            let calls = calls.unwrap_or(1);
            let users = u64::from(users).min(calls);
            let time = duration.map_or("24h".to_owned(), |time| go_time(time.max(Duration::from_secs(1))));
            format!(
                "{{ executor: \"shared-iterations\", vus: {users}, iterations: {calls}, maxDuration: \"{time}\" }}"
            )
        }
    }
}

/// A rate as a whole number in some unit of time.
fn whole(rate: f64) -> (u64, &'static str) {
    let units = [(1.0, "1s"), (60.0, "1m"), (3600.0, "1h")];
    let exact = units.into_iter().find(|(seconds, _)| {
        let number = rate * seconds;
        (number - number.round()).abs() < 1e-6 && number >= 0.5
    });
    let (seconds, unit) = exact.unwrap_or((3600.0, "1h"));
    ((rate * seconds).round().max(1.0) as u64, unit)
}

fn go_time(duration: Duration) -> String {
    match duration.subsec_nanos() {
        0 => format!("{}s", duration.as_secs()),
        _ => format!("{}ms", duration.as_millis()),
    }
}

/// A request as an object of the script.
fn row(replayed: &Replayed, secrets: &mut Secrets) -> String {
    let body = match std::str::from_utf8(&replayed.request.body) {
        Ok("") => "null".to_owned(),
        Ok(text) => quoted(text),
        Err(_) => format!("encoding.b64decode({}, \"std\")", quoted(&base64_encode(&replayed.request.body))),
    };
    let fields = replayed.fields().map(|(name, values)| {
        // k6 has one value for each name (RFC 9110, section 5.3; for cookies RFC 9113, section 8.2.3).
        let between = if name.eq_ignore_ascii_case("cookie") { "; " } else { ", " };
        format!("      {}: {},\n", quoted(name), secrets.value(name, values.join(between)))
    });
    let (method, url) = (quoted(&replayed.request.method), quoted(&replayed.url));
    let fields = fields.collect::<String>();
    let headers = if fields.is_empty() { "{}".to_owned() } else { format!("{{\n{fields}    }}") };
    format!(
        "  {{\n    method: {method},\n    url: {url},\n    headers: {headers},\n    body: {body},\n  }},\n"
    )
}

/// The credentials of all requests: variable, and the field and value that it stands for.
struct Secrets {
    names: Vec<(String, String, String)>,
    show: bool,
}

impl Secrets {
    /// The value of a header field: a string, or the look-up of a variable.
    fn value(&mut self, field: &str, value: String) -> String {
        if self.show || !is_secret_header(field) {
            return quoted(&value);
        }
        let field = field.to_ascii_uppercase().replace('-', "_");
        let same = |own: &&(String, String, String)| own.1 == field && own.2 == value;
        let name = match self.names.iter().find(same) {
            Some((name, ..)) => name.clone(),
            None => {
                let before = self.names.iter().filter(|own| own.1 == field).count();
                let name = if before == 0 { field.clone() } else { format!("{field}_{}", before + 1) };
                self.names.push((name.clone(), field, value));
                name
            }
        };
        format!("secret(\"{name}\")")
    }
}

/// A string of JSON that is one of JavaScript as well, in editions before 2019 too.
fn quoted(text: &str) -> String {
    let json = serde_json::Value::from(text).to_string();
    json.replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::Request;

    fn load(calls: Option<u64>, seconds: Option<f64>, rate: Option<f64>, concurrency: Option<u16>) -> String {
        scenario(Load { calls, duration: seconds.map(Duration::from_secs_f64), rate, concurrency })
    }

    #[test]
    fn the_pace_is_one_of_the_executors() {
        let arrival = |rest: &str| format!("{{ executor: \"constant-arrival-rate\", {rest} }}");
        let shared = |rest: &str| format!("{{ executor: \"shared-iterations\", {rest} }}");
        for (made, expected) in [
            (
                load(None, Some(10.0), Some(50.0), None),
                arrival("rate: 50, timeUnit: \"1s\", duration: \"10s\", preAllocatedVUs: 50"),
            ),
            (
                load(Some(3), None, Some(0.5), Some(2)),
                arrival("rate: 30, timeUnit: \"1m\", duration: \"6s\", preAllocatedVUs: 2"),
            ),
            (
                load(Some(1), Some(60.0), Some(100.0), Some(1)),
                arrival("rate: 100, timeUnit: \"1s\", duration: \"1s\", preAllocatedVUs: 1"),
            ),
            (
                load(None, Some(60.0), Some(1.0 / 3600.0), None),
                arrival("rate: 1, timeUnit: \"1h\", duration: \"60s\", preAllocatedVUs: 1"),
            ),
            (
                load(None, Some(1.5), None, Some(8)),
                "{ executor: \"constant-vus\", vus: 8, duration: \"1500ms\" }".to_owned(),
            ),
            (load(Some(4), None, None, Some(8)), shared("vus: 4, iterations: 4, maxDuration: \"24h\"")),
            (load(Some(9), Some(5.0), None, Some(2)), shared("vus: 2, iterations: 9, maxDuration: \"5s\"")),
            (load(None, None, None, None), shared("vus: 1, iterations: 1, maxDuration: \"24h\"")),
        ] {
            assert_eq!(made, expected);
        }
    }

    #[test]
    fn credentials_are_looked_up_each_by_a_name_of_its_own() {
        let request = |token: &str| {
            let mut request = Request::new("GET", "/");
            request.headers.append("Authorization", token);
            Replayed { url: "http://127.0.0.1/".to_owned(), request }
        };
        let requests = [request("one-secret"), request("two-secret"), request("one-secret")];
        let pace = Load { calls: None, duration: None, rate: None, concurrency: None };
        let hidden = script(&requests, pace, false);
        let looked_up: Vec<_> = hidden.lines().filter(|line| line.contains(": secret(")).collect();
        let line = |name: &str| format!("      \"Authorization\": secret(\"{name}\"),");
        assert_eq!(looked_up, [line("AUTHORIZATION"), line("AUTHORIZATION_2"), line("AUTHORIZATION")]);
        assert!(hidden.contains("k6 run -e AUTHORIZATION=... -e AUTHORIZATION_2=... SCRIPT"), "{hidden}");
        assert!(!hidden.contains("-secret"), "{hidden}");
        let shown = script(&requests, pace, true);
        assert!(shown.contains("two-secret") && !shown.contains("__ENV"), "{shown}");
    }

    #[test]
    fn no_text_of_a_request_ends_its_string() {
        let odd = "\"\\ ${1} `x` \n\r\u{2028}\u{2029} </script> */ é";
        let text = quoted(odd);
        assert!(!text.contains(['\n', '\r', '\u{2028}', '\u{2029}']), "{text}");
        assert_eq!(serde_json::from_str::<String>(&text).unwrap(), odd);
    }
}
