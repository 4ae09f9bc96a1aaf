//! A request that comes from elsewhere than from flags, and what is to become of it.

use super::call::{self, Described};
use super::event_gen::kind_values;
use super::exit::Fault;
use super::flags::AroundFlags;
use super::io::Io;
use super::names::Names;
use super::settings;
use crate::gateway::event::{EventKind, kinds};
use crate::gateway::{Api, Domain, Flavor, Front, HostName, IdentitySource, Moment, Route, Setting};
use crate::http::{Request, Target};
use clap::builder::PossibleValue;

/// The event that is asked for: `--to KIND` or `--to FLAVOUR`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// Who receives what the function makes of the event.
    pub front: Front,
    /// The flavour of the API that is called.
    pub flavor: Flavor,
    /// What the event tells of.
    pub moment: Moment,
    /// The method of the kind, which counts instead of the request's own.
    pub method: Option<&'static str>,
    /// The kind's route takes every method.
    pub any: bool,
}

/// A request, and what is known of the API beside it.
#[derive(Debug, Clone)]
pub(super) struct Given {
    pub(super) request: Request,
    /// The host that is called, where it is known.
    pub(super) target: Option<Target>,
    /// The path of the request begins below the stage or base path, not at the host's root.
    pub(super) is_below: bool,
    pub(super) stage: Option<String>,
    pub(super) base_path: Option<String>,
    pub(super) routes: Vec<Route>,
    pub(super) binary_media_types: Vec<String>,
}

impl Given {
    /// A request as it goes to a host. A `Host` header beats the host of the URL.
    pub(super) fn on_the_wire(request: Request, url: Option<&str>) -> Self {
        let url = url.and_then(|url| Target::parse(url).ok());
        let https = url.as_ref().is_none_or(|target| target.https);
        let header = request.headers.get("host").and_then(|host| Target::parse(host).ok());
        let target = header.map(|target| Target { https, ..target }).or(url);
        let (stage, base_path) = (None, None);
        let (routes, binary_media_types) = (Vec::new(), Vec::new());
        Self { request, is_below: target.is_none(), target, stage, base_path, routes, binary_media_types }
    }

    /// Forgets a host that the wanted front end cannot have: the event is then one of its default
    /// name, and the whole path counts from below its stage.
    fn fit(&mut self, wanted: &Wanted) {
        let facts = wanted.flavor.facts();
        let can_be = |target: &Target| match HostName::parse(&target.host) {
            Some(name) => name.service == facts.service,
            None => facts.knows(Setting::CustomDomains),
        };
        if !wanted.moment.has_url() || !self.target.as_ref().is_some_and(can_be) {
            self.target = None;
            self.is_below = true;
            self.request.headers.remove("host");
        }
        if let Some(base) = self.base_path.take_if(|_| !facts.knows(Setting::BasePaths)) {
            self.request.path = format!("/{base}{}", self.request.path);
        }
        self.stage.take_if(|_| !facts.knows(Setting::Stages));
        if !facts.knows(Setting::Routes) {
            self.routes.clear();
        }
        if !facts.knows(Setting::BinaryMediaTypes) {
            self.binary_media_types.clear();
        }
    }
}

impl Wanted {
    /// The kind of that name, or the requests of that flavour.
    pub(super) fn from_name(name: &str) -> Option<Self> {
        let of = |kind: &EventKind| Self {
            front: kind.front,
            flavor: kind.flavor,
            moment: kind.moment,
            method: kind.method,
            any: kind.method.is_none() && kind.moment == Moment::Request,
        };
        if let Some(kind) = EventKind::from_name(name) {
            return Some(of(&kind));
        }
        let flavor = Flavor::from_name(name)?;
        let own: Vec<_> = kinds().into_iter().filter(|kind| kind.front == Front::Api(flavor)).collect();
        let requests = own.iter().find(|kind| kind.moment == Moment::Request);
        let kind = requests.or_else(|| own.first())?;
        Some(Self { method: None, any: false, ..of(kind) })
    }
}

/// Reads `--to`, and knows all names for completions and for suggestions.
pub(super) fn wanted_parser() -> Names<Wanted> {
    let all = || {
        let flavors = Flavor::ALL.into_iter().map(|flavor| PossibleValue::new(flavor.facts().name));
        flavors.chain(kind_values()).collect()
    };
    Names { all, read: Wanted::from_name }
}

/// The call of a request that is given; flags beat what is known beside it.
pub(super) fn describe(
    wanted: &Wanted,
    mut given: Given,
    flags: &AroundFlags,
    io: &mut Io,
) -> Result<Described, Fault> {
    settings::check(wanted.flavor, &flags.api, &flags.caller)?;
    given.fit(wanted);
    let mut request = given.request;
    if let Some(method) = wanted.method {
        request.method = method.to_owned();
    }
    let path = if given.is_below { String::new() } else { request.path.clone() };
    let target = given.target.map(|target| Target { path, query: None, ..target });
    let mut api = call::api(wanted.flavor, target.as_ref(), &flags.api)?;
    if let Some(stage) = given.stage.filter(|_| flags.api.stage.is_none()) {
        api.stage = stage;
    }
    if let (Domain::Custom { base_path, .. }, Some(own), None) =
        (&mut api.domain, given.base_path, &flags.api.custom_domain)
    {
        *base_path = own;
    }
    let mut api = wanted.moment.seen_by(api);
    if given.is_below {
        request.path = api.prefix() + &request.path;
    }
    if api.binary_media_types.is_empty() {
        api.binary_media_types = given.binary_media_types;
    }
    if let Some(usual) = wanted.front.authorizer().and_then(|kind| kind.facts().usual_source) {
        api.authorizer.identity_sources.extend(IdentitySource::parse(usual));
    }
    add_routes(&mut api, given.routes, wanted, &request);
    let caller = call::caller(wanted.flavor, &flags.caller, io)?;
    let stamp = call::stamp(&flags.stamp, io)?.for_request(&request);
    let settings = call::settings(&flags.set)?;
    Ok(Described { front: wanted.front, api, request, caller, stamp, moment: wanted.moment, settings })
}

/// The routes that are known where no flag names one, else the kind's own.
fn add_routes(api: &mut Api, known: Vec<Route>, wanted: &Wanted, request: &Request) {
    if !api.routes.is_empty() {
        return;
    }
    api.routes = known;
    if wanted.any
        && api.routes.is_empty()
        && let Some(located) = api.locate(&request.path)
    {
        api.routes.push(Route::of("ANY", &located.below));
    }
}
