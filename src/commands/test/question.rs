//! From a suite's target and what a case asks to what `invoke` finds and asks.

use super::super::call::Described;
use super::super::exit::Fault;
use super::super::flags::{AroundFlags, CallFlags};
use super::super::given::{self, Given, Wanted};
use super::super::invoke::{
    Case, EndpointFlags, FunctionFlags, Invoke, LocalFlags, LogFlags, Named, Question, SigningFlags, Target,
    identify, of_event, read_event, request_of_event,
};
use super::super::io::Io;
use super::answering;
use super::load::Loaded;
use crate::gateway::{Flavor, Front};
use crate::http::Request;
use crate::import::curl;
use crate::lint::Expected;
use crate::suite::{Ask, Payload, RequestAsk, Who};
use crate::transport::USER_AGENT;
use std::path::{Component, Path, PathBuf};

/// What `invoke` would be told to call the target of a suite.
pub(super) fn invocation(loaded: &Loaded, show_secrets: bool) -> Invoke {
    let target = &loaded.suite.target;
    let pair = |(name, value): &(String, String)| format!("{name}={value}");
    let call = call(loaded);
    let mut local = LocalFlags {
        runtime: target.runtime.clone(),
        args: target.args.iter().map(Into::into).collect(),
        env: target.env.iter().map(pair).collect(),
        env_file: target.env_file.as_deref().map(|name| loaded.path(name)),
        memory: target.memory,
        directory: Some(loaded.directory.clone()),
        ..LocalFlags::default()
    };
    let mut function = FunctionFlags {
        profile: target.profile.clone(),
        endpoint_url: target.endpoint_url.clone(),
        ..FunctionFlags::default()
    };
    let mut endpoint = EndpointFlags::default();
    match &target.who {
        Who::Bin(path) => local.bin = Some(program(loaded, path)),
        Who::Handler(handler) => {
            let (directory, handler) = upward(&loaded.directory, handler);
            (local.directory, local.handler) = (Some(directory), Some(handler));
        }
        Who::Cmd(line) => {
            local.directory = Some(std::path::absolute(loaded.directory.join(".")).unwrap_or_default());
            local.cmd = Some(line.clone());
        }
        Who::Function(name) => {
            function.function = Some(name.clone());
            function.tail = true;
        }
        Who::Url(url) => endpoint.url = Some(url.clone()),
        // Served in this process: `invoke` has no part in it.
        Who::Template(_) => {}
    }
    Invoke {
        local,
        function,
        endpoint,
        call,
        log: LogFlags { captured: true, ..LogFlags::default() },
        signing: SigningFlags {
            sign: target.sign,
            bearer: target.bearer.as_ref().map(|text| in_file(loaded, text)),
            ..SigningFlags::default()
        },
        api: target.api,
        timeout: target.timeout,
        show_secrets,
        ..Invoke::default()
    }
}

/// The API and the caller.
fn call(loaded: &Loaded) -> CallFlags {
    let target = &loaded.suite.target;
    let pair = |(name, value): &(String, String)| format!("{name}={value}");
    let mut call = CallFlags::default();
    call.api.routes.clone_from(&target.routes);
    call.api.stage.clone_from(&target.stage);
    call.api.stage_variables = target.stage_variables.iter().map(pair).collect();
    call.api.binary_media_types.clone_from(&target.binary_media_types);
    call.api.region.clone_from(&target.region);
    call.caller.api_key = target.api_key.as_ref().map(|text| in_file(loaded, text));
    call
}

/// A secret; `@FILE` counts from the directory of the suite.
fn in_file(loaded: &Loaded, text: &str) -> String {
    match text.strip_prefix('@') {
        Some(file) => format!("@{}", loaded.path(file)),
        None => text.to_owned(),
    }
}

/// A binary beside the suite; a bare name that is not there is looked for on `PATH`.
fn program(loaded: &Loaded, path: &str) -> PathBuf {
    let own = loaded.directory.join(path);
    if own.components().count() > 1 || own.is_file() { own } else { PathBuf::from(path) }
}

/// The directory of a handler whose path leads upward, and the handler below it.
fn upward(directory: &Path, handler: &str) -> (PathBuf, String) {
    let (mut directory, mut rest) = (directory.join("."), Path::new(handler));
    let mut parts = rest.components();
    while let Some(part @ (Component::ParentDir | Component::CurDir)) = parts.next() {
        directory.push(part);
        rest = parts.as_path();
    }
    (directory, rest.to_string_lossy().into_owned())
}

/// Finds the target, for questions like `first`; `None` if that was interrupted.
pub(super) fn find(args: &Invoke, first: &Question, io: &mut Io) -> Result<Option<Target>, Fault> {
    Target::find(Named::of(args)?, args, first, io)
}

/// What the target is asked.
///
/// # Errors
/// Files that cannot be read, and calls that cannot be made.
pub(super) fn question(ask: &Ask, loaded: &Loaded, args: &Invoke, io: &mut Io) -> Result<Question, Fault> {
    if matches!(loaded.suite.target.who, Who::Template(_)) {
        return answering::of_template(ask, loaded, args, io);
    }
    match (&args.endpoint.url, ask) {
        (Some(_), Ask::File(..) | Ask::Event(..)) => {
            let (name, event) = event(ask, loaded, io)?;
            let request = request_of_event(&name, event, args)?;
            Ok(Question::Request(Box::new(completed(request, args, io)?)))
        }
        (Some(_), ask) => {
            let (request, _) = request(ask, loaded, io)?;
            let request = match kind_of(ask, args)?.method {
                Some(method) => Request { method: method.to_owned(), ..request },
                None => request,
            };
            Ok(Question::Request(Box::new(completed(request, args, io)?)))
        }
        (None, Ask::File(..) | Ask::Event(..)) => {
            let (name, event) = event(ask, loaded, io)?;
            Ok(Question::Event(Box::new(of_event(&name, event, args, io)?)))
        }
        (None, ask) => {
            let (request, url) = request(ask, loaded, io)?;
            made(ask, request, url.as_deref(), args, io)
        }
    }
}

/// The event of a file, or that of the suite.
fn event(ask: &Ask, loaded: &Loaded, io: &mut Io) -> Result<(String, serde_json::Value), Fault> {
    match ask {
        Ask::File(name, _) => {
            let name = loaded.path(name);
            let event = read_event(&name, io)?;
            Ok((name, event))
        }
        Ask::Event(event, span) => Ok((loaded.place(span.start), event.clone())),
        _ => Err(Fault::usage("this case has no event")),
    }
}

/// The request that a case asks with, and the URL of a curl command.
pub(super) fn request(ask: &Ask, loaded: &Loaded, io: &mut Io) -> Result<(Request, Option<String>), Fault> {
    let of = |asked: &RequestAsk, io: &mut Io| -> Result<Request, Fault> {
        let file = match &asked.payload {
            Payload::File(name, _) => Some(io.read(&loaded.path(name))?),
            _ => None,
        };
        Ok(asked.request(file))
    };
    match ask {
        Ask::Request(asked) | Ask::Kind(_, asked, _) => Ok((of(asked, io)?, None)),
        Ask::Curl(line, _) => {
            let mut load = |path: &str| std::fs::read(loaded.directory.join(path));
            let read = curl::parse(line.trim_end(), &mut load).map_err(|error| {
                let fault = Fault::usage(format!("this is no curl command: {}", error.message));
                match error.hint {
                    Some(hint) => fault.hint(hint),
                    None => fault,
                }
            })?;
            Ok((read.request, Some(read.url)))
        }
        Ask::File(..) | Ask::Event(..) => Err(Fault::usage("this case has an event")),
    }
}

/// The kind of event, or the requests of the target's front end.
fn kind_of(ask: &Ask, args: &Invoke) -> Result<Wanted, Fault> {
    let usual = Front::Api(Flavor::Rest);
    let name = match ask {
        Ask::Kind(kind, ..) => kind.as_str(),
        _ => args.api.unwrap_or(usual).name(),
    };
    let wanted =
        Wanted::from_name(name).ok_or_else(|| Fault::usage(format!("there is no kind of event {name}")))?;
    if let (Ask::Kind(kind, ..), Some(api)) = (ask, args.api)
        && wanted.front != api
    {
        return Err(Fault::usage(format!("{kind} is no event of the front end {}", api.name())));
    }
    if let (Ask::Kind(kind, RequestAsk { method: Some(own), .. }, _), Some(method)) = (ask, wanted.method)
        && own != method
    {
        return Err(Fault::usage(format!("{kind} is a {method} request, not {own}")));
    }
    Ok(wanted)
}

/// The event of a request, asked in the way of a case.
pub(super) fn made(
    ask: &Ask,
    request: Request,
    url: Option<&str>,
    args: &Invoke,
    io: &mut Io,
) -> Result<Question, Fault> {
    let wanted = kind_of(ask, args)?;
    let given = Given::on_the_wire(request, url);
    let given = Given { is_below: url.is_none() || given.is_below, ..given };
    let CallFlags { api, caller, stamp, set, .. } = args.call.clone();
    let around = AroundFlags { api, caller, stamp, set };
    let described = given::describe(&wanted, given, &around, io)?;
    let event = described.event()?;
    let Described { front, api, request, stamp, moment, .. } = described;
    let expected = Expected::default();
    Ok(Question::Event(Box::new(Case { front, api, request, stamp, moment, event, expected })))
}

/// A request with what every client sends, and with who sends it.
pub(super) fn completed(mut request: Request, args: &Invoke, io: &mut Io) -> Result<Request, Fault> {
    for (name, value) in [("Accept", "*/*"), ("User-Agent", USER_AGENT)] {
        if !request.headers.contains(name) {
            request.headers.append(name, value);
        }
    }
    identify(&mut request, args, io)?;
    Ok(request)
}
