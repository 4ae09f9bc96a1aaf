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

fn main() -> std::io::Result<()> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let answer = answer(&line?).unwrap_or_else(|error| json!({ "error": error.to_string() }));
        writeln!(out, "{answer}")?;
    }
    out.flush()
}

fn answer(line: &str) -> Result<Value, Box<dyn std::error::Error>> {
    let asked: Value = serde_json::from_str(line)?;
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let keys = &asked["keys"];
    let keys = Keys::new(text(&keys[0]), text(&keys[1]), keys[2].as_str().map(str::to_owned));
    let access = Access::new(keys, text(&asked["region"]), None);
    let mut request = Request::new(text(&asked["method"]), text(&asked["path"]));
    request.query = asked["query"].as_str().map(str::to_owned);
    for field in asked["headers"].as_array().into_iter().flatten() {
        request.headers.append(text(&field[0]), text(&field[1]));
    }
    request.body = encoding::base64_decode(&text(&asked["body"])).ok_or("the body is no base64")?;
    let at = Duration::from_secs(asked["at"].as_u64().ok_or("there is no time")?);
    let signed = signed(&access.signing(&text(&asked["service"]), at), request, &text(&asked["base"]))?;
    let headers: Vec<_> = signed.headers.iter().collect();
    Ok(json!({ "target": signed.target(), "headers": headers }))
}
