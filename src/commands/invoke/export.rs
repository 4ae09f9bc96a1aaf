//! The requests of `--url` for tools that send them under load: nothing is sent here.

use super::super::exit::{Exit, Fault};
use super::super::io::Io;
use super::Invoke;
use super::endpoint::Below;
use super::load::Pace;
use super::target::Question;
use crate::http::Request;
use crate::http::encoding::{base64_encode, percent_decode};
use crate::http::secret::HIDDEN;
use crate::report::replay::{Replayed, k6, vegeta};
use crate::transport::USER_AGENT;
use clap::ValueEnum;
use std::io::Write as _;

/// The tools that requests can be written for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Tool {
    /// A script of k6, with the pace as its scenario; credentials come from -e NAME=VALUE
    K6,
    /// Targets of vegeta, for `vegeta attack -format=json`
    Vegeta,
}

/// Writes the requests.
///
/// # Errors
/// Faults of the URL.
pub(super) fn run(
    tool: Tool,
    questions: Vec<Question>,
    pace: Pace,
    args: &Invoke,
    io: &mut Io,
) -> Result<Exit, Fault> {
    let url = args.endpoint.url.as_deref().unwrap_or_default();
    let place = Below::new(url);
    let requests = questions.into_iter().filter_map(|question| match question {
        Question::Request(request) => Some(replayed(&place, *request)),
        Question::Event(_) => None,
    });
    let requests = requests.collect::<Result<Vec<_>, _>>()?;
    let show_secrets = args.show_secrets;
    let hides = !show_secrets && requests.iter().any(Replayed::has_secrets);
    let text = match tool {
        Tool::K6 => {
            let Pace { calls, duration, rate, concurrency } = pace;
            let calls = calls.or_else(|| duration.is_none().then_some(requests.len() as u64));
            k6::script(&requests, k6::Load { calls, duration, rate, concurrency }, show_secrets)
        }
        Tool::Vegeta => vegeta::targets(&requests, show_secrets),
    };
    io.out.write_all(text.as_bytes())?;
    io.out.flush()?;
    match tool {
        Tool::K6 if hides => writeln!(
            io.err,
            "note: the script takes credentials from k6's environment, as its first line says; --show-secrets \
             writes them"
        )?,
        Tool::Vegeta if hides => writeln!(
            io.err,
            "note: credentials are written as {HIDDEN}, and would be sent so; --show-secrets writes them",
        )?,
        _ => {}
    }
    Ok(Exit::Clean)
}

/// A request as `invoke --url` would send it. A name and a password of the URL become the header field
/// that they are sent as.
fn replayed(place: &Below, mut request: Request) -> Result<Replayed, Fault> {
    let mut url = place.url_of(&request)?;
    // The tool says itself who it is.
    if request.headers.get("user-agent") == Some(USER_AGENT) {
        request.headers.remove("user-agent");
    }
    // Our client says so where nobody says otherwise, and not every other one does.
    if !request.headers.contains("accept") {
        request.headers.append("Accept", "*/*");
    }
    let user = percent_decode(url.username());
    let password = url.password().map(percent_decode);
    if !user.is_empty() || password.is_some() {
        if !request.headers.contains("authorization") {
            let pair = format!("{user}:{}", password.unwrap_or_default());
            let value = format!("Basic {}", base64_encode(pair.as_bytes()));
            request.headers.append("Authorization", value);
        }
        // A URL of HTTP has a host, and so takes both.
        url.set_username("").ok();
        url.set_password(None).ok();
    }
    Ok(Replayed { url: url.into(), request })
}
