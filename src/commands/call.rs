//! From flags to a call of the model: what the words of the command line mean.

use super::exit::Fault;
use super::flags::{ApiFlags, CallFlags, CallerFlags, EndpointType, RequestFlags, SetFlags, StampFlags};
use super::io::Io;
use super::meaning;
use super::request;
use super::settings;
use super::target;
use super::values::{first_word, pair, secret};
use crate::gateway::event::EventKind;
use crate::gateway::{
    Api, Call, Caller, Domain, Endpoint, Flavor, Front, HostName, Identity, Moment, Route, Setting, Stamp,
    Unroutable,
};
use crate::http::{Request, Target};
use crate::json::{Pointer, set};
use serde_json::{Map, Value};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// A call as the flags describe it.
#[derive(Debug, Clone)]
pub struct Described {
    /// Who receives what the function makes of the event.
    pub front: Front,
    /// The API.
    pub api: Api,
    /// The request on the wire.
    pub request: Request,
    /// The caller.
    pub caller: Caller,
    /// Time and ids, of this very request.
    pub stamp: Stamp,
    /// What the event tells of.
    pub moment: Moment,
    pub(super) settings: Vec<(Pointer, Value)>,
}

impl Described {
    /// The event, with the last word of `--set`.
    ///
    /// # Errors
    /// The inner error says that no route takes the request; the outer one, that a `--set` fits
    /// nowhere.
    pub fn event(&self) -> Result<Result<Value, Unroutable>, Fault> {
        let call = Call {
            api: &self.api,
            request: &self.request,
            caller: &self.caller,
            stamp: &self.stamp,
            moment: self.moment,
        };
        let mut event = match self.front.event(&call) {
            Ok(event) => event,
            Err(unroutable) => return Ok(Err(unroutable)),
        };
        put(&mut event, &self.settings)?;
        Ok(Ok(event))
    }
}

/// Reads the flags. `url` is the URL as a client calls it, where there is one.
///
/// # Errors
/// A usage fault that names the flag.
pub fn describe(
    kind: &EventKind,
    url: Option<&str>,
    flags: &CallFlags,
    io: &mut Io,
) -> Result<Described, Fault> {
    let target = url.map(target::parse).transpose()?;
    meaning::check(kind, flags)?;
    settings::check(kind.flavor, &flags.api, &flags.caller)?;
    if target.is_some() && !kind.moment.has_url() {
        return Err(
            Fault::usage(format!("--url: {} calls no URL", kind.name)).hint("name the path with --path")
        );
    }
    let mut api = kind.moment.seen_by(api(kind.flavor, target.as_ref(), &flags.api)?);
    meaning::set(&mut api, kind, flags)?;
    let mut request = request(kind, &api, target.as_ref(), &flags.request, io)?;
    meaning::finish_request(kind, flags, &mut request, io)?;
    if kind.method.is_none()
        && kind.flavor != Flavor::Websocket
        && api.routes.is_empty()
        && let Some(located) = api.locate(&request.path)
    {
        api.routes.push(Route::of("ANY", &located.below));
    }
    let caller = caller(kind.flavor, &flags.caller, io)?;
    let mut stamp = stamp(&flags.stamp, io)?.for_request(&request);
    if let Some(id) = &flags.connection.connection_id {
        stamp = stamp.on_connection(id);
    }
    let settings = settings(&flags.set)?;
    Ok(Described { front: kind.front, api, request, caller, stamp, moment: kind.moment, settings })
}

pub(super) fn api(flavor: Flavor, target: Option<&Target>, flags: &ApiFlags) -> Result<Api, Fault> {
    let (mut api, facts) = (Api::new(flavor), flavor.facts());
    if let Some(HostName { service, id, region }) = target.and_then(|target| HostName::parse(&target.host)) {
        if service != facts.service {
            let message = format!("--url: {} answers there, not {}", service.title(), facts.a_title());
            return Err(Fault::usage(message).hint(format!("its host is like {}", api.host())));
        }
        api.id = id.unwrap_or(api.id);
        api.region = region;
    }
    api.https = !facts.knows(Setting::PlainHttp) || target.is_none_or(|target| target.https);
    api.streaming = flags.streaming;
    let given = |own: &mut String, flag: &Option<String>| {
        if let Some(flag) = flag {
            own.clone_from(flag);
        }
    };
    given(&mut api.id, &flags.api_id);
    given(&mut api.region, &flags.region);
    given(&mut api.account, &flags.account);
    if flags
        .account
        .as_ref()
        .is_some_and(|id| id.len() != 12 || !id.bytes().all(|byte| byte.is_ascii_digit()))
    {
        return Err(Fault::usage("--account: an account id has twelve digits"));
    }
    api.domain = domain(target, flags.custom_domain.as_deref());
    settings::check_domain(&api)?;
    api.stage = stage(flavor, &api.domain, target, flags.stage.as_deref())?;
    let variables = flags.stage_variables.iter().map(|text| pair("--stage-variable", text));
    api.stage_variables = variables.collect::<Result<_, _>>()?;
    api.routes = flags.routes.iter().map(|text| route(flavor, text)).collect::<Result<_, _>>()?;
    api.binary_media_types.clone_from(&flags.binary_media_types);
    api.endpoint = match flags.endpoint_type {
        Some(EndpointType::Edge) => Endpoint::Edge,
        Some(EndpointType::Private) => Endpoint::Private,
        Some(EndpointType::Regional) | None => Endpoint::Regional,
    };
    Ok(api)
}

/// A host that is no default name is a name of one's own; so is a load balancer's, which cannot
/// be made of what an API knows.
fn domain(target: Option<&Target>, flag: Option<&str>) -> Domain {
    let custom = |text: &str| {
        let text = text.trim_start_matches("https://").trim_end_matches('/');
        let (name, base_path) = text.split_once('/').unwrap_or((text, ""));
        Domain::Custom { name: name.to_owned(), base_path: base_path.trim_matches('/').to_owned() }
    };
    match (flag, target) {
        (Some(flag), _) => custom(flag),
        (None, Some(target)) if HostName::parse(&target.host).is_none_or(|name| name.id.is_none()) => {
            custom(&target.host)
        }
        _ => Domain::ExecuteApi,
    }
}

/// `--stage`, else the first segment of a default name's path where a stage must stand there, else
/// the flavour's own.
fn stage(
    flavor: Flavor,
    domain: &Domain,
    target: Option<&Target>,
    flag: Option<&str>,
) -> Result<String, Fault> {
    let facts = flavor.facts();
    let in_path = facts.knows(Setting::Stages) && !facts.knows(Setting::DefaultStage);
    let on_default_name = *domain == Domain::ExecuteApi;
    let first = target
        .filter(|_| on_default_name)
        .and_then(|target| target.path.split('/').find(|segment| !segment.is_empty()).map(str::to_owned));
    match (flag, first) {
        (Some(flag), Some(first)) if in_path && flag != first => {
            let message = format!("--stage is {flag}, but the URL calls the stage {first}");
            Err(Fault::usage(message).hint("leave out --stage, or put the stage first in the URL's path"))
        }
        (Some("$default"), _) if flavor == Flavor::Rest => {
            Err(Fault::usage("--stage: a REST API has no stage $default"))
        }
        (Some(flag), _) => Ok(flag.to_owned()),
        (None, Some(first)) if in_path => Ok(first),
        _ => Ok(facts.default_stage.to_owned()),
    }
}

fn route(flavor: Flavor, text: &str) -> Result<Route, Fault> {
    if flavor == Flavor::Websocket {
        return Ok(Route::key(text));
    }
    let route = Route::parse(text).map_err(|error| Fault::usage(format!("--route: {error}")))?;
    let facts = flavor.facts();
    if route == Route::Default && !facts.knows(Setting::DefaultRoute) {
        return Err(Fault::usage(format!("--route: {} has no $default route", facts.a_title()))
            .hint("write 'ANY /{proxy+}' and 'ANY /'"));
    }
    Ok(route)
}

fn request(
    kind: &EventKind,
    api: &Api,
    target: Option<&Target>,
    flags: &RequestFlags,
    io: &mut Io,
) -> Result<Request, Fault> {
    let method = request::own_method(flags)?.or(kind.method).unwrap_or("GET");
    let (path, query) = match (target, flags.path.as_deref()) {
        (Some(_), Some(_)) => {
            return Err(Fault::usage("--url and --path exclude each other: the URL has a path"));
        }
        (Some(target), None) => (target.path.clone(), target.query.clone()),
        (None, Some(path)) => below_stage(api, path),
        (None, None) => (api.prefix() + kind.moment.default_path(api), None),
    };
    let mut request = Request::new(method, path);
    request.query = query;
    request::fill(&mut request, flags, false, io)?;
    Ok(request)
}

/// A path below the stage as the client would call it, and its query.
fn below_stage(api: &Api, text: &str) -> (String, Option<String>) {
    let (path, query) = request::split_path(text);
    (api.prefix() + &path, query)
}

pub(super) fn caller(flavor: Flavor, flags: &CallerFlags, io: &mut Io) -> Result<Caller, Fault> {
    let mut caller = Caller::default();
    if let Some(address) = &flags.source_ip {
        caller.source_ip.clone_from(address);
    }
    caller.api_key = flags.api_key.as_deref().map(|key| secret("--api-key", key, io)).transpose()?;
    caller.identity = identity(flavor, flags)?;
    Ok(caller)
}

fn identity(flavor: Flavor, flags: &CallerFlags) -> Result<Identity, Fault> {
    if let Some(arn) = &flags.iam {
        if !arn.starts_with("arn:") || arn.split(':').count() < 6 {
            return Err(Fault::usage(format!("--iam: `{arn}` is not an ARN"))
                .hint("arn:aws:iam::123456789012:user/name"));
        }
        return Ok(Identity::Iam { arn: arn.clone() });
    }
    if !flags.claims.is_empty() {
        let claims = flags.claims.iter().map(|text| pair("--claim", text));
        let claims = claims.map(|pair| pair.map(|(name, value)| (name, Value::from(value))));
        return Ok(Identity::Claims(claims.collect::<Result<Map<_, _>, _>>()?));
    }
    if flags.principal.is_none() && flags.context.is_empty() {
        return Ok(Identity::Anonymous);
    }
    let mut context = Map::new();
    for text in &flags.context {
        let (name, value) = pair("--context", text)?;
        let value = json_or_text(&value);
        if !flavor.facts().knows(Setting::NestedContext) && (value.is_array() || value.is_object()) {
            //
            let front_end = flavor.facts().a_title();
            let message = format!(
                "--context {name}: {front_end}'s authorizer may return strings, numbers and booleans only"
            );
            return Err(Fault::usage(message).hint("with a list or an object the caller gets 500"));
        }
        context.insert(name, value);
    }
    let principal = flags.principal.clone().unwrap_or_else(|| "user".to_owned());
    Ok(Identity::Lambda { principal, context })
}

/// The stamp that the flags ask for.
///
/// # Errors
/// A usage fault if `--now` is not a time.
pub fn stamp(flags: &StampFlags, io: &Io) -> Result<Stamp, Fault> {
    if flags.fresh {
        return Ok(Stamp::new(io.now_ms, io.entropy));
    }
    let epoch_ms = flags.now.as_deref().map_or(Ok(Stamp::DEFAULT_EPOCH_MS), instant)?;
    Ok(Stamp::new(epoch_ms, flags.seed.unwrap_or_default()))
}

/// Milliseconds since 1970. Trace ids have room for the seconds until 2106.
fn instant(text: &str) -> Result<i64, Fault> {
    let bad = |what| {
        Fault::usage(format!("--now: `{}` is {what}", text.escape_debug()))
            .hint("for example 2025-01-31T12:00:00Z")
    };
    let instant = OffsetDateTime::parse(text, &Rfc3339).map_err(|_| bad("not a time of RFC 3339"))?;
    let ms = i64::try_from(instant.unix_timestamp_nanos() / 1_000_000).unwrap_or_default();
    let in_range = instant.unix_timestamp() >= 0 && u32::try_from(instant.unix_timestamp()).is_ok();
    if in_range { Ok(ms) } else { Err(bad("not between 1970 and 2106")) }
}

/// Gives an event that was read from a file the last word of `--set`.
///
/// # Errors
/// A usage fault if a setting is malformed or fits nowhere.
pub(super) fn apply_settings(event: &mut Value, flags: &SetFlags) -> Result<(), Fault> {
    put(event, &settings(flags)?)
}

pub(super) fn settings(flags: &SetFlags) -> Result<Vec<(Pointer, Value)>, Fault> {
    flags.set.iter().map(|text| setting(text)).collect()
}

fn put(event: &mut Value, settings: &[(Pointer, Value)]) -> Result<(), Fault> {
    for (pointer, value) in settings {
        set(event, pointer, value.clone())
            .map_err(|error| Fault::usage(format!("--set {pointer}: {error}")))?;
    }
    Ok(())
}

fn setting(text: &str) -> Result<(Pointer, Value), Fault> {
    let form = || {
        Fault::usage(format!("--set: `{}` is not POINTER=VALUE", first_word(text)))
            .hint("for example /headers/x-a=1")
    };
    let (pointer, value) = text.split_once('=').ok_or_else(form)?;
    let pointer = Pointer::parse(pointer).filter(|pointer| !pointer.is_root()).ok_or_else(form)?;
    Ok((pointer, json_or_text(value)))
}

fn json_or_text(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|_| Value::from(text))
}
