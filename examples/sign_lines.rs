//! Signs requests in bulk: each line of standard input is a request as JSON, each line of standard
//! output its target as it would be sent, with the header fields of its signature.
//!
//! A line in: `{"keys": [ID, SECRET, TOKEN or null], "region": …, "service": …, "at": SECONDS,
//! "base": URL, "method": …, "path": …, "query": … or null, "headers": [[NAME, VALUE], …],
//! "body": BASE64}`.

use apigw::http::{Request, encoding};
use apigw::transport::aws::{Access, Keys, signed};
use serde_json::{Value, json};
use std::io::{BufRead as _, Write as _};
use std::time::Duration;

fn main() {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let asked: Value = serde_json::from_str(&line.unwrap()).unwrap();
        let answer = answer(&asked).unwrap_or_else(|error| json!({ "error": error }));
        writeln!(out, "{answer}").unwrap();
    }
}

fn answer(asked: &Value) -> Result<Value, String> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let keys = &asked["keys"];
    let keys = Keys::new(text(&keys[0]), text(&keys[1]), keys[2].as_str().map(str::to_owned));
    let access = Access::new(keys, text(&asked["region"]), None);
    let mut request = Request::new(text(&asked["method"]), text(&asked["path"]));
    request.query = asked["query"].as_str().map(str::to_owned);
    for field in asked["headers"].as_array().unwrap() {
        request.headers.append(text(&field[0]), text(&field[1]));
    }
    request.body = encoding::base64_decode(asked["body"].as_str().unwrap_or_default()).unwrap();
    let (service, at) = (text(&asked["service"]), Duration::from_secs(asked["at"].as_u64().unwrap()));
    let signed = signed(&access.signing(&service, at), request, &text(&asked["base"]));
    let signed = signed.map_err(|error| error.to_string())?;
    let headers: Vec<_> = signed.headers.iter().collect();
    Ok(json!({ "target": signed.target(), "headers": headers }))
}
