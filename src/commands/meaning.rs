//! Which flags mean something for a kind of event, and what the flags of authorizers and
//! connections mean: a flag without a meaning is refused, never ignored.

use super::exit::Fault;
use super::flags::{AnswerFlags, CallFlags, ConnectionFlags};
use super::io::Io;
use crate::gateway::event::EventKind;
use crate::gateway::{Api, AuthorizerKind, Flavor, Front, IdentitySource, Moment, Setting};
use crate::http::{Headers, Request};
use std::io::Write as _;

/// A flag: its name, whether it was given, whether it means something, and why not.
type Row = (&'static str, bool, bool, &'static str);

/// Refuses flags that mean nothing for a kind.
///
/// # Errors
/// A usage fault that names the first of them.
pub(super) fn check(kind: &EventKind, flags: &CallFlags) -> Result<(), Fault> {
    let name = kind.name.as_str();
    let rows = connection_rows(kind, flags).into_iter().chain(authorizer_rows(kind, flags));
    refuse(name, rows)
}

/// Why there is no word about CORS.
pub(super) const NO_PAGE: &str = "no page reads the answer";

/// Refuses settings that mean nothing for a front.
///
/// # Errors
/// A usage fault that names the first of them.
pub(super) fn check_answer(front: Front, flags: &AnswerFlags) -> Result<(), Fault> {
    let api = front.authorizer().is_none();
    let rows: [Row; 4] = [
        (
            "--route-response",
            flags.route_response,
            front == Front::Api(Flavor::Websocket),
            "only the routes of WebSocket APIs have route responses",
        ),
        (
            "--simple-responses",
            flags.simple_responses,
            front == Front::Authorizer(AuthorizerKind::Http),
            "only authorizers of HTTP APIs in payload format 2.0 have them",
        ),
        (
            "--cors-allow-origin",
            !flags.cors_allow_origins.is_empty(),
            api && front.flavor().facts().knows(Setting::Cors),
            "only HTTP APIs and function URLs are configured for CORS",
        ),
        ("--cors-expected", flags.cors_expected, api && front.flavor() != Flavor::Websocket, NO_PAGE),
    ];
    refuse(front.name(), rows)
}

pub(super) fn refuse(name: &str, rows: impl IntoIterator<Item = Row>) -> Result<(), Fault> {
    match rows.into_iter().find(|(_, given, means, _)| *given && !means) {
        Some((flag, _, _, why)) => Err(Fault::usage(format!("{flag} means nothing for {name}: {why}"))),
        None => Ok(()),
    }
}

fn connection_rows(kind: &EventKind, flags: &CallFlags) -> [Row; 8] {
    let websocket = kind.flavor == Flavor::Websocket;
    let authorizer = kind.front.authorizer().is_some();
    let (request, connection) = (&flags.request, &flags.connection);
    let at = |moment| websocket && kind.moment == moment;
    let opens = !websocket || at(Moment::Connect);
    let says = !websocket || at(Moment::Message);
    [
        ("--method", request.method.is_some() || request.head, !websocket, "a connection has no method"),
        ("--path", request.path.is_some(), !websocket, "a WebSocket API has no path but its stage"),
        ("--query", request.has_query(), opens, "only the upgrade has a query"),
        ("--data", request.has_body(), says, "only messages have a body"),
        (
            "--connection-id",
            connection.connection_id.is_some(),
            websocket,
            "only WebSocket APIs have connections",
        ),
        (
            "--route-selection",
            connection.route_selection.is_some(),
            at(Moment::Message),
            "only the messages of WebSocket APIs choose a route so",
        ),
        (
            "--disconnect-code",
            connection.disconnect_code.is_some(),
            at(Moment::Disconnect) && !authorizer,
            "only websocket-disconnect tells of the end of a connection",
        ),
        (
            "--identity-source",
            !flags.authorizer.identity_sources.is_empty(),
            authorizer,
            "only authorizers look for an identity",
        ),
    ]
}

fn authorizer_rows(kind: &EventKind, flags: &CallFlags) -> [Row; 7] {
    const UNKNOWN: &str = "before the authorizer answers nothing is known of the caller";
    let authorizer = kind.front.authorizer();
    let (other, token) = (authorizer.is_none(), authorizer == Some(AuthorizerKind::Token));
    let caller = &flags.caller;
    let api = &flags.api;
    [
        ("--principal", caller.principal.is_some(), other, UNKNOWN),
        ("--context", !caller.context.is_empty(), other, UNKNOWN),
        ("--claim", !caller.claims.is_empty(), other, UNKNOWN),
        ("--iam", caller.iam.is_some(), other, UNKNOWN),
        ("--data", flags.request.has_body(), !token, "authorizers get no body"),
        ("--binary-media-type", !api.binary_media_types.is_empty(), other, "authorizers get no body"),
        ("--endpoint-type", api.endpoint_type.is_some(), !token, "a TOKEN authorizer gets no headers"),
    ]
}

/// Sets what the flags say of an authorizer and of routes.
///
/// # Errors
/// A usage fault if an identity source is none.
pub(super) fn set(api: &mut Api, kind: &EventKind, flags: &CallFlags) -> Result<(), Fault> {
    api.authorizer.identity_sources = identity_sources(kind, flags)?;
    if let Some(expression) = &flags.connection.route_selection {
        api.route_selection.clone_from(expression);
    }
    Ok(())
}

/// The identity sources that the flags name, or the usual one of the kind.
///
/// # Errors
/// A usage fault if a source is none.
fn identity_sources(kind: &EventKind, flags: &CallFlags) -> Result<Vec<IdentitySource>, Fault> {
    let Some(authorizer) = kind.front.authorizer() else { return Ok(Vec::new()) };
    let texts = &flags.authorizer.identity_sources;
    if authorizer == AuthorizerKind::Token && texts.len() > 1 {
        return Err(Fault::usage("--identity-source: a TOKEN authorizer has one, a header"));
    }
    let usual = authorizer.facts().usual_source.filter(|_| texts.is_empty());
    let all = texts.iter().map(String::as_str).chain(usual);
    all.map(|text| {
        let source = IdentitySource::parse(text);
        let is_header = matches!(source, Some(IdentitySource::Header(_)));
        source.filter(|_| is_header || authorizer != AuthorizerKind::Token).ok_or_else(|| {
            Fault::usage(format!("--identity-source: `{text}` is no identity source of {authorizer}"))
                .hint("for example $request.header.Authorization or $request.querystring.token")
        })
    })
    .collect()
}

/// Gives a request the usual token if nothing was said about identity, and says so.
///
/// # Errors
/// Faults of writing.
fn lend_token(kind: &EventKind, flags: &CallFlags, headers: &mut Headers, io: &mut Io) -> Result<(), Fault> {
    let said = !flags.authorizer.identity_sources.is_empty()
        || !flags.request.headers.is_empty()
        || flags.request.user.is_some();
    let usual = kind.front.authorizer().and_then(|kind| kind.facts().usual_source);
    if let (false, Some(IdentitySource::Header(name))) = (said, usual.and_then(IdentitySource::parse)) {
        headers.append(name.as_str(), "Bearer token");
        writeln!(io.err, "note: the request says `{name}: Bearer token`; say something else with -H")?;
    }
    Ok(())
}

/// The payload of the close frame that the flags describe.
fn close_frame(flags: &ConnectionFlags) -> Vec<u8> {
    let reason = flags.disconnect_reason.as_deref().unwrap_or_default();
    match flags.disconnect_code {
        Some(code) => [&code.to_be_bytes()[..], reason.as_bytes()].concat(),
        None => Vec::new(),
    }
}

/// The body of a close frame, and the token of a request that has none.
///
/// # Errors
/// Faults of writing.
pub(super) fn finish_request(
    kind: &EventKind,
    flags: &CallFlags,
    request: &mut Request,
    io: &mut Io,
) -> Result<(), Fault> {
    if kind.moment == Moment::Disconnect {
        request.body = close_frame(&flags.connection);
    }
    lend_token(kind, flags, &mut request.headers, io)
}
