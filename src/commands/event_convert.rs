//! `apigw event convert`: the same call as another front end would send it.

use super::event_gen::{self, Shape};
use super::event_to::not_a_request;
use super::exit::{Exit, Fault};
use super::given::{self, Wanted};
use super::invoke::read_event;
use super::io::Io;
use crate::gateway::event::losses::{self, Loss};
use crate::gateway::event::{Call, Deployed, deployed, request_of};
use crate::gateway::{Api, Domain, Flavor, Route, Setting, Stamp};
use crate::http::Request;
use crate::report::json;
use clap::Args;
use std::io::Write as _;

/// Turn an event into the one that another front end would send for the same call
#[derive(Debug, Args)]
#[command(
    after_help = "API id, account, stage, time and identity are carried over where the other front end has them.
What the given event had lost already, and what the new one cannot carry, stands on standard error.

Example:
  apigw event convert rest.json --to http"
)]
pub struct EventConvert {
    /// The file with the event, or - for standard input
    #[arg(value_name = "EVENT|-")]
    pub event: String,
    /// The front end that would send it
    #[arg(long, value_name = "FLAVOUR", value_parser = given::wanted_parser(), hide_possible_values = true)]
    pub to: Wanted,
    /// How and where to write it.
    #[command(flatten)]
    pub shape: Shape,
}

/// Runs the command.
///
/// # Errors
/// Faults of reading the event and of writing.
pub fn run(args: &EventConvert, io: &mut Io) -> Result<Exit, Fault> {
    let event = read_event(&args.event, io)?;
    let parts = request_of(&event).zip(deployed(&event));
    let (request, source) = parts.ok_or_else(|| not_a_request(&args.event))?;
    let below = below(&source.api, &request);
    let api = target_api(args.to.flavor, &source, &below);
    let method = args.to.method.map_or_else(|| below.method.clone(), str::to_owned);
    let sent = Request { method, path: api.prefix() + &below.path, ..below.clone() };
    let epoch_ms = source.epoch_ms.unwrap_or(Stamp::DEFAULT_EPOCH_MS);
    let stamp = Stamp::new(epoch_ms, 0).for_request(&sent);
    let call = Call { moment: args.to.moment, ..Call::new(&api, &sent, &source.caller, &stamp) };
    let converted = args.to.front.event(&call).map_err(|unroutable| event_gen::no_event(&unroutable))?;
    let text = if args.shape.compact { format!("{converted}\n") } else { json::pretty(&converted) };
    event_gen::write(text.as_bytes(), args.shape.output.as_deref(), io)?;
    io.out.flush()?;
    let before = losses::blind_spots(source.api.flavor, &below);
    tell(&format!("an event of flavour {} does not tell", source.api.flavor), &before, io)?;
    let mut after = Vec::new();
    if let Some((back, target)) = request_of(&converted).zip(deployed(&converted)) {
        after.extend(losses::between(&below, &self::below(&target.api, &back)));
        after.extend(losses::of_deployment(&source, &target));
    }
    tell(&format!("an event of flavour {} cannot carry", args.to.flavor), &after, io)?;
    Ok(Exit::Clean)
}

fn tell(what: &str, losses: &[Loss], io: &mut Io) -> Result<(), Fault> {
    if losses.is_empty() {
        return Ok(());
    }
    writeln!(io.err, "note: {what}:")?;
    for loss in losses {
        writeln!(io.err, "  - {}", crate::report::human::printable(&loss.to_string()))?;
    }
    Ok(())
}

/// The request with its path below the stage. An event's path may have the stage in it where the
/// client's has not (H-008).
fn below(api: &Api, request: &Request) -> Request {
    let stage = Api { domain: Domain::ExecuteApi, ..api.clone() };
    let located = api.locate(&request.path).filter(|located| located.below != "/" || request.path != "/");
    let located = match api.domain {
        Domain::Custom { .. } if api.flavor == Flavor::Http => stage.locate(&request.path).or(located),
        _ => located,
    };
    let path = located.map_or_else(|| request.path.clone(), |located| located.below);
    Request { path: if path.is_empty() { "/".to_owned() } else { path }, ..request.clone() }
}

/// The source's API as one of the other flavour.
fn target_api(flavor: Flavor, source: &Deployed, request: &Request) -> Api {
    let (facts, own) = (flavor.facts(), &source.api);
    let has_stage = facts.knows(Setting::Stages)
        && own.flavor.facts().knows(Setting::Stages)
        && (own.stage != "$default" || facts.knows(Setting::DefaultStage));
    let stage = if has_stage { own.stage.as_str() } else { facts.default_stage }.to_owned();
    let same_service = own.flavor.facts().service == facts.service;
    let id = if same_service { own.id.as_str() } else { facts.default_id }.to_owned();
    let domain = match &own.domain {
        Domain::Custom { name, base_path } if facts.knows(Setting::CustomDomains) => {
            let base_path = if facts.knows(Setting::BasePaths) { base_path.clone() } else { String::new() };
            Domain::Custom { name: name.clone(), base_path }
        }
        _ => Domain::ExecuteApi,
    };
    let https = own.https || !facts.knows(Setting::PlainHttp);
    let mut api = Api { flavor, id, stage, domain, https, ..own.clone() };
    let takes = |route: &Route| {
        crate::gateway::best_match(std::slice::from_ref(route), &request.method, &request.path).is_some()
    };
    api.routes.retain(|route| {
        let is_known = *route != Route::Default || facts.knows(Setting::DefaultRoute);
        facts.knows(Setting::Routes) && flavor != Flavor::Websocket && is_known && takes(route)
    });
    api
}
