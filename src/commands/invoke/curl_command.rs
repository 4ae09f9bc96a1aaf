//! `invoke --curl`: the curl command that sends the same request, instead of sending it.

use super::super::event_to;
use super::super::exit::{Exit, Fault};
use super::super::io::Io;
use super::Invoke;
use super::endpoint::Below;
use super::target::{Named, Question};
use crate::gateway::Moment;
use crate::http::Secrets;
use crate::http::secret::{HIDDEN, hidden_url};
use crate::import::curl::{for_shell, write_line};
use std::io::Write as _;

/// Prints the command.
///
/// # Errors
/// Faults of the command line, and a question that is no request.
pub(super) fn run(args: &Invoke, io: &mut Io) -> Result<Exit, Fault> {
    let (origin, request, options) = match (Question::of(Named::of(args)?, args, io)?, &args.endpoint.url) {
        (Question::Request(request), url) => {
            let (origin, request) = Below::new(url.as_deref().unwrap_or_default()).complete(*request);
            (origin, request, options(args))
        }
        (Question::Event(case), _) => {
            if matches!(case.moment, Moment::Message | Moment::Disconnect) {
                return Err(Fault::usage("--curl: what happens on an open connection is no request"));
            }
            let origin = match &case.event {
                Ok(event) => {
                    let (scheme, host) = event_to::origin(event);
                    format!("{scheme}://{host}")
                }
                Err(_) => format!("https://{}", case.api.host()),
            };
            (origin, case.request, Vec::new())
        }
    };
    let line = match args.show_secrets {
        true => write_line(&origin, &request, &options),
        false => write_line(&hidden_url(&origin), &Secrets::default().request(&request), &options),
    };
    if line.contains(HIDDEN) {
        writeln!(io.err, "note: secrets are hidden; --show-secrets shows them")?;
    }
    if args.signing.sign {
        writeln!(io.err, "note: the signature of --sign is not in it: curl signs with --aws-sigv4")?;
    }
    io.out.write_all(line.as_bytes())?;
    Ok(Exit::Clean)
}

/// What else curl is to do as the flags say.
fn options(args: &Invoke) -> Vec<String> {
    let flags = &args.endpoint.curl;
    let alone = [
        ("-L", flags.location),
        ("--location-trusted", flags.location_trusted),
        ("-f", flags.fail),
        ("--fail-with-body", flags.fail_with_body),
        ("--retry-connrefused", flags.retry_connrefused),
        ("--retry-all-errors", flags.retry_all_errors),
        ("--compressed", flags.compressed),
        ("-k", flags.insecure),
        ("--http1.1", flags.http1),
        ("--http2", flags.http2),
        ("--http2-prior-knowledge", flags.http2_prior_knowledge),
        ("-i", args.include),
        ("-s", args.silent),
    ];
    let seconds = |time: Option<std::time::Duration>| time.map(|time| time.as_secs_f64().to_string());
    let text = |text: &Option<String>| text.clone();
    let valued = [
        ("--max-redirs", flags.max_redirs.map(|most| most.to_string())),
        ("-m", seconds(args.timeout)),
        ("--connect-timeout", seconds(flags.connect_timeout)),
        ("--retry", (flags.retry > 0).then(|| flags.retry.to_string())),
        ("--retry-delay", seconds(flags.retry_delay)),
        ("-c", text(&flags.cookie_jar)),
        ("--cacert", text(&flags.cacert)),
        ("--cert", text(&flags.cert)),
        ("--key", text(&flags.key)),
        ("-x", text(&flags.proxy).map(|proxy| without_password(&proxy, args.show_secrets))),
        ("--noproxy", text(&flags.noproxy)),
        ("-o", text(&args.output)),
        ("-D", text(&flags.dump_header)),
        ("-w", text(&flags.write_out)),
    ];
    let files = args.call.request.cookies.iter().filter(|text| !text.contains('='));
    let repeated = [("--resolve", &flags.resolve), ("--connect-to", &flags.connect_to)];
    let repeated = repeated.iter().flat_map(|(flag, texts)| texts.iter().map(move |text| (*flag, text)));
    let repeated = repeated.chain(files.map(|file| ("-b", file)));
    let alone = alone.iter().filter(|(_, given)| *given).map(|(flag, _)| (*flag).to_owned());
    let valued = valued.into_iter().filter_map(|(flag, text)| Some((flag, text?)));
    let valued = valued.chain(repeated.map(|(flag, text)| (flag, text.clone())));
    alone.chain(valued.map(|(flag, text)| format!("{flag} {}", for_shell(&text)))).collect()
}

/// A proxy without its credentials.
fn without_password(proxy: &str, show: bool) -> String {
    match proxy.rsplit_once('@') {
        Some((before, host)) if !show => {
            let scheme = before.split_once("://").map(|(scheme, _)| format!("{scheme}://"));
            format!("{}{HIDDEN}@{host}", scheme.unwrap_or_default())
        }
        _ => proxy.to_owned(),
    }
}
