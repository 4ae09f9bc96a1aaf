//! What a function is asked: the event of the flags or of a file, with what is known of its call.

use super::super::call::{self, Described};
use super::super::event_from::place;
use super::super::exit::Fault;
use super::super::io::Io;
use super::super::{meaning, settings};
use super::Invoke;
use crate::gateway::event::{EventKind, Unroutable, request_of};
use crate::gateway::{Api, Exchange, Flavor, Front, Moment, Setting, Stamp, arn};
use crate::http::Request;
use crate::json::Text;
use crate::lint::Expected;
use serde_json::Value;

/// A call with its event, or with the reason why there is none.
#[derive(Debug, Clone)]
pub(in crate::commands) struct Case {
    pub(in crate::commands) front: Front,
    pub(in crate::commands) api: Api,
    pub(in crate::commands) request: Request,
    pub(in crate::commands) stamp: Stamp,
    pub(in crate::commands) moment: Moment,
    pub(in crate::commands) event: Result<Value, Unroutable>,
    pub(in crate::commands) expected: Expected,
}

impl Case {
    /// The call that waits for its response.
    pub(in crate::commands) fn exchange(&self) -> Exchange<'_> {
        Exchange { api: &self.api, request: &self.request, stamp: &self.stamp, moment: self.moment }
    }
}

/// The call that the flags describe, with its event.
pub(super) fn case(args: &Invoke, io: &mut Io) -> Result<Case, Fault> {
    let mut case = described(args, io)?;
    if args.function.stream {
        settings::check_flags(case.front.flavor(), &[("--stream", true, Setting::Streaming)])?;
        case.api.streaming = true;
    }
    Ok(case)
}

fn described(args: &Invoke, io: &mut Io) -> Result<Case, Fault> {
    match args.event.as_deref() {
        Some(name) if EventKind::from_name(name).is_none() => from_file(name, args, io),
        name => {
            let described = describe(name, args, io)?;
            meaning::check_answer(described.front, &args.answer)?;
            let event = described.event()?;
            let Described { front, mut api, request, stamp, moment, .. } = described;
            args.answer.set(&mut api);
            let expected = args.answer.expected();
            Ok(Case { front, api, request, stamp, moment, event, expected })
        }
    }
}

/// The call that an event of a file tells of.
fn from_file(name: &str, args: &Invoke, io: &mut Io) -> Result<Case, Fault> {
    if args.call.request.any() {
        return Err(Fault::usage("--event names a file: the flags of the request have no meaning then")
            .hint("name a kind such as rest-get, or change the event with --set"));
    }
    of_event(name, read_event(name, io)?, args, io)
}

/// The call that an event tells of; `name` says where it stands.
pub(in crate::commands) fn of_event(
    name: &str,
    mut event: Value,
    args: &Invoke,
    io: &Io,
) -> Result<Case, Fault> {
    call::apply_settings(&mut event, &args.call.set)?;
    let front = args.api.or_else(|| Front::of_event(&event)).ok_or_else(|| {
        Fault::usage(format!("{name} is no event of a front end that we know"))
            .hint("name the front end with --api")
    })?;
    settings::check(front.flavor(), &args.call.api, &args.call.caller)?;
    meaning::check_answer(front, &args.answer)?;
    let mut api = Api::new(front.flavor());
    api.streaming = args.call.api.streaming;
    api.binary_media_types.clone_from(&args.call.api.binary_media_types);
    args.answer.set(&mut api);
    let mut request = request_of(&event).unwrap_or_else(|| Request::new("GET", api.prefix() + "/"));
    if let Some(kind) = front.authorizer() {
        let arn = event.get(kind.facts().arn_key).and_then(Value::as_str).unwrap_or_default();
        let call = arn::call_of(arn, &api).ok_or_else(|| {
            Fault::usage(format!("{name}: `{arn}` is no ARN of a call, so the policy cannot be judged"))
        })?;
        (api, request) = call;
    }
    let mut stamp = call::stamp(&args.call.stamp, io)?.for_request(&request);
    if let Some(id) = event.pointer("/requestContext/connectionId").and_then(Value::as_str) {
        stamp = stamp.on_connection(id);
    }
    let moment = Moment::of_event(&event);
    let expected = args.answer.expected();
    Ok(Case { front, api, request, stamp, moment, event: Ok(event), expected })
}

/// The call of a kind, or of the kind that the flags amount to.
pub(super) fn describe(name: Option<&str>, args: &Invoke, io: &mut Io) -> Result<Described, Fault> {
    let kind = match name.and_then(EventKind::from_name) {
        Some(kind) if args.api.is_some_and(|api| api != kind.front) => {
            return Err(Fault::usage(format!(
                "--event {} is no event of --api {}",
                kind.name,
                args.api.unwrap_or(kind.front)
            )));
        }
        Some(kind) => kind,
        None => {
            let usual = if args.function.stream { Flavor::Url } else { Flavor::Rest };
            let name = usual_kind(args.api.unwrap_or(Front::Api(usual)), args);
            EventKind::from_name(&name).ok_or_else(|| Fault::usage(format!("there is no kind {name}")))?
        }
    };
    call::describe(&kind, None, &args.call, io)
}

/// What a front is called with when nobody says more.
fn usual_kind(front: Front, args: &Invoke) -> String {
    match front {
        Front::Authorizer(kind) => kind.to_string(),
        Front::Api(Flavor::Websocket) => format!("{front}-message"),
        Front::Api(_) if !args.call.request.has_body() => format!("{front}-get"),
        Front::Api(_) => format!("{front}-post"),
    }
}

const KINDS: &str = "`apigw event list` names the kinds of event";

/// An event of a file, or of standard input.
pub(in crate::commands) fn read_event(name: &str, io: &mut Io) -> Result<Value, Fault> {
    let bytes = io.read(name).map_err(|fault| fault.of("--event").hint(KINDS))?;
    let source = String::from_utf8(bytes)
        .map_err(|_| Fault::usage(format!("{name}: the event is not JSON: it is not UTF-8")))?;
    Text::parse(name, source.as_str())
        .map(|text| text.value())
        .map_err(|error| place(name, &source, error.span, &format!("the event is not JSON: {}", error.kind)))
}
