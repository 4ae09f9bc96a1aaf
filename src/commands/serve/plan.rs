//! What is served: the APIs of the flags and of templates, with the functions behind them.

use super::super::exit::Fault;
use super::super::io::Io;
use super::super::templates::open;
use super::code::{self, Code};
use super::functions::{self, Ready, Told};
use super::keys;
use super::routes;
use super::{ApiFlags, FunctionFlags, Serve};
use crate::gateway::door::{Deployment, GuardKind, Integration};
use crate::report::human::printable;
use crate::report::template::Places;
use crate::template::{Choices, Function, Given, Model, Obstacle, Resolved, Servable, Template, WayOut};
use crate::transport;
use crate::transport::serve::FunctionPool;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tempfile::TempDir;

/// What is served.
#[derive(Debug)]
pub(in crate::commands) struct Plan {
    /// The APIs, in the order of the command line and of the templates.
    pub(in crate::commands) apis: Vec<PlannedApi>,
    /// The functions by the names that integrations have for them.
    pub(in crate::commands) functions: BTreeMap<String, Arc<FunctionPool>>,
    /// Other names of functions: those that Lambda knows them by.
    pub(super) names: BTreeMap<String, String>,
    /// The code of the functions.
    pub(super) code: Vec<(String, transport::Code)>,
    /// The files that describe the APIs.
    pub(super) files: Vec<PathBuf>,
    /// Holds code that templates write out.
    _scratch: TempDir,
}

/// An API that is served.
#[derive(Debug)]
pub(in crate::commands) struct PlannedApi {
    /// What it is called.
    pub(in crate::commands) name: String,
    /// The API, with the keys of its authorizers.
    pub(in crate::commands) deployment: Deployment,
    /// The base paths under which it answers, too.
    pub(super) base_paths: Vec<String>,
}

/// A function that something invokes.
struct Wanted<'m> {
    /// The name that integrations have for it.
    name: String,
    function: Option<&'m Function>,
    place: String,
    /// Whether an API cannot be served without it.
    needed: bool,
}

/// Finds everything that is to be served.
///
/// # Errors
/// Faults of the flags and the templates; what cannot be emulated; functions that are not there.
pub(in crate::commands) async fn plan(args: &Serve, io: &mut Io) -> Result<Plan, Fault> {
    let scratch = tempfile::tempdir();
    let scratch = scratch.map_err(|error| {
        Fault::usage(format!("no temporary directory: {}", super::super::io::plain(&error)))
    })?;
    let (apis, functions) = (Vec::new(), BTreeMap::new());
    let mut plan = Plan {
        apis,
        functions,
        names: BTreeMap::new(),
        code: Vec::new(),
        files: Vec::new(),
        _scratch: scratch,
    };
    if !args.routes.is_empty() {
        plan.routes(args, io).await?;
    }
    let mut unknown: Option<Vec<WayOut>> = None;
    for file in templates(args, io)? {
        let of_file = plan.template(&file, args, io).await?;
        // What one of several templates knows is known.
        unknown = Some(match unknown {
            Some(unknown) => unknown.into_iter().filter(|own| of_file.contains(own)).collect(),
            None => of_file,
        });
    }
    plan.all_known(&unknown.unwrap_or_default(), &args.functions)?;
    keys::give(&mut plan.apis, &args.apis, io).await?;
    for api in &mut plan.apis {
        let deployment = &mut api.deployment;
        deployment.iam_identity = args.apis.iam_identity.clone().unwrap_or(deployment.iam_identity.clone());
        deployment.api_keys.extend(args.apis.api_keys.iter().cloned());
        let own = args.apis.base_paths.iter().filter(|(name, _)| *name == api.name);
        api.base_paths.extend(own.map(|(_, path)| path.trim_matches('/').to_owned()));
    }
    Ok(plan)
}

/// The templates of the command line; without any, and without routes, what is usual.
fn templates(args: &Serve, io: &mut Io) -> Result<Vec<String>, Fault> {
    const USUAL: [&str; 4] =
        [".aws-sam/build/template.yaml", "template.yaml", "template.yml", "template.json"];
    if !args.apis.templates.is_empty() || !args.routes.is_empty() {
        return Ok(args.apis.templates.clone());
    }
    match USUAL.into_iter().find(|name| Path::new(name).is_file()) {
        Some(found) => {
            writeln!(io.err, "{found}")?;
            Ok(vec![found.to_owned()])
        }
        None => Err(Fault::usage("nothing to serve: there is no template.yaml here").hint(
            "name a template, an OpenAPI document, or routes: \
             apigw serve --route 'GET /users/{id}=./bootstrap'",
        )),
    }
}

impl Plan {
    /// The API of the routes on the command line.
    async fn routes(&mut self, args: &Serve, io: &mut Io) -> Result<(), Fault> {
        let routed = routes::of(args)?;
        let mut deployment = routed.deployment;
        let mut names: BTreeMap<String, String> = BTreeMap::new();
        for (mut method, target) in routed.methods {
            if !names.contains_key(&target) {
                let told = Told { region: deployment.api.region.clone(), ..Told::default() };
                let ready =
                    functions::ready(&args.functions.code(&target), told, &args.functions, io).await?;
                let name = self.unused(&ready.name);
                self.add(name.clone(), ready);
                names.insert(target.clone(), name);
            }
            method.integration = Integration::Function(names[&target].clone());
            deployment.add(method);
        }
        self.apis.push(PlannedApi { name: "api".to_owned(), deployment, base_paths: Vec::new() });
        Ok(())
    }

    /// A name that no other function has.
    fn unused(&self, name: &str) -> String {
        let numbered = (2..).map(|number| format!("{name}-{number}"));
        let mut names = std::iter::once(name.to_owned()).chain(numbered);
        names.find(|name| !self.functions.contains_key(name)).unwrap_or_default()
    }

    /// A function by its logical id, or by its name.
    pub(super) fn function(&self, name: &str) -> Option<Arc<FunctionPool>> {
        let id = self.names.get(name).map_or(name, String::as_str);
        self.functions.get(id).or_else(|| self.functions.get(name)).map(Arc::clone)
    }

    fn add(&mut self, name: String, ready: Ready) {
        self.code.push((name.clone(), ready.code));
        self.names.insert(ready.name, name.clone());
        self.functions.insert(name, Arc::new(ready.pool));
    }

    /// Nobody should believe that a name does something which it does not.
    fn all_known(&self, unknown: &[WayOut], flags: &FunctionFlags) -> Result<(), Fault> {
        if let Some(way_out) = unknown.first() {
            return Err(Fault::usage(format!("{}: no template has that", printable(&way_out.to_string()))));
        }
        let is_known = |name: &String| self.functions.contains_key(name) || self.names.contains_key(name);
        match flags.functions.iter().find(|(name, _)| !is_known(name)) {
            Some((name, _)) => {
                let own: Vec<_> = self.functions.keys().map(String::as_str).collect();
                let fault = Fault::usage(format!("--function {}: nothing is called so", printable(name)));
                Err(fault.hint(format!("the functions are {}", printable(&own.join(", ")))))
            }
            None => Ok(()),
        }
    }

    /// The APIs of a template with their functions; what of the flags it does not know.
    async fn template(&mut self, file: &str, args: &Serve, io: &mut Io) -> Result<Vec<WayOut>, Fault> {
        let given = args.apis.given();
        let (template, model) = open(file, &given, io)?;
        let places = Places::of(&template);
        for left_out in &model.left_out {
            writeln!(io.err, "warning: {}: {}", places.place(left_out.span), printable(&left_out.message))?;
        }
        let servable = Servable::of(&model, &args.apis.choices(&args.functions));
        refuse(&servable.obstacles, &places, io)?;
        if servable.apis.is_empty() {
            return Err(Fault::usage(format!("{}: it describes no API", printable(file))));
        }
        let used: BTreeSet<_> = servable.apis.iter().flat_map(|api| used(&api.deployment)).collect();
        for wanted in wanted(&model, &used, (&template, &places)) {
            self.of_template(&wanted, Path::new(file), (args, &given), io).await?;
        }
        for api in servable.apis {
            let mut deployment = api.deployment;
            deployment.api.region = given.region.clone().unwrap_or(deployment.api.region);
            deployment.api.account = given.account.clone().unwrap_or(deployment.api.account);
            self.apis.push(PlannedApi { name: api.name, deployment, base_paths: api.base_paths });
        }
        self.files.push(PathBuf::from(file));
        Ok(servable.unknown)
    }

    /// A function of a template.
    async fn of_template(
        &mut self,
        wanted: &Wanted<'_>,
        template: &Path,
        (args, given): (&Serve, &Given),
        io: &mut Io,
    ) -> Result<(), Fault> {
        let flags = &args.functions;
        let beside = template.parent().unwrap_or(Path::new(""));
        let own_name = wanted.function.and_then(|function| function.name.as_ref()).map(Resolved::text);
        let code = match (flags.stands_for(&wanted.name, own_name), wanted.function) {
            (Some(target), _) => Ok(flags.code(target)),
            (None, Some(function)) => Code::of_template(function, beside, &self._scratch),
            (None, None) => Err("the template does not describe it".to_owned()),
        };
        let code = match code {
            Ok(code) => code,
            Err(_) if !wanted.needed => return Ok(()),
            Err(reason) => return Err(code::fault(&wanted.place, &wanted.name, &reason)),
        };
        match functions::ready(&code, told(wanted, given), flags, io).await {
            Ok(ready) => self.add(wanted.name.clone(), ready),
            Err(fault) if wanted.needed => {
                let found = code::fault(&wanted.place, &wanted.name, &fault.message);
                return Err(Fault { hint: fault.hint.or(found.hint), ..found });
            }
            Err(_) => {}
        }
        Ok(())
    }
}

impl FunctionFlags {
    /// The code that a flag names.
    fn code(&self, target: &str) -> Code {
        Code::of_flag(target, &self.directory)
    }

    /// What stands for a function, by its logical id or its name.
    fn stands_for(&self, id: &str, name: Option<&str>) -> Option<&str> {
        let mut own = self.functions.iter().rev();
        own.find(|(key, _)| key == id || Some(key.as_str()) == name).map(|(_, target)| target.as_str())
    }
}

impl ApiFlags {
    /// What is known of the deployment; what is not is what events say by default.
    fn given(&self) -> Given {
        let mut given = self.deployment.given();
        given.region.get_or_insert_with(|| "us-east-1".to_owned());
        given.account.get_or_insert_with(|| "123456789012".to_owned());
        given
    }

    /// What is left out, and which functions are given.
    fn choices(&self, flags: &FunctionFlags) -> Choices {
        let functions = flags.functions.iter().map(|(name, _)| name.clone()).collect();
        Choices {
            no_auth: self.no_auth.clone(),
            no_route: self.no_route.clone(),
            no_api: self.no_api.clone(),
            functions,
        }
    }
}

/// Says all that cannot be emulated, with what leaves it out.
fn refuse(obstacles: &[Obstacle], places: &Places<'_>, io: &mut Io) -> Result<(), Fault> {
    let Some((last, others)) = obstacles.split_last() else { return Ok(()) };
    let way_out = |obstacle: &Obstacle| {
        let what = if let WayOut::Function(_) = obstacle.way_out { "give it one" } else { "leave it out" };
        format!("{what}: {}", printable(&obstacle.way_out.to_string()))
    };
    for obstacle in others {
        writeln!(io.err, "error: {}: {}", places.place(obstacle.span), printable(&obstacle.message))?;
        writeln!(io.err, "  help: {}", way_out(obstacle))?;
    }
    let message = format!("{}: {}", places.place(last.span), printable(&last.message));
    Err(Fault::usage(message).hint(way_out(last)))
}

/// The functions that an API invokes.
pub(super) fn used(deployment: &Deployment) -> impl Iterator<Item = String> {
    let integrations = deployment.methods.iter().filter_map(|method| match &method.integration {
        Integration::Function(name) => Some(name.clone()),
        Integration::Mock(_) | Integration::Failing(_) => None,
    });
    let guards = deployment.guards.iter().filter_map(|guard| match &guard.kind {
        GuardKind::Lambda { function, .. } => Some(function.clone()),
        GuardKind::Jwt { .. } => None,
    });
    integrations.chain(guards)
}

/// The functions that APIs invoke, and those that others may.
fn wanted<'m>(
    model: &'m Model,
    used: &BTreeSet<String>,
    (template, places): (&Template, &Places<'_>),
) -> Vec<Wanted<'m>> {
    let own = model.functions.iter().map(|function| {
        let name = function.origin.logical_id.clone();
        let (place, needed) = (places.place(function.origin.span), used.contains(&name));
        Wanted { name, function: Some(function), place, needed }
    });
    let elsewhere =
        used.iter().filter(|name| model.functions.iter().all(|own| own.origin.logical_id != **name));
    let elsewhere = elsewhere.map(|name| {
        let place = printable(template.document().name());
        Wanted { name: name.clone(), function: None, place, needed: true }
    });
    own.chain(elsewhere).collect()
}

/// What a template tells a function. What only the deployment knows is told by its name.
fn told(wanted: &Wanted<'_>, given: &Given) -> Told {
    let function = wanted.function;
    let name = function.and_then(|function| function.name.as_ref()).map(|name| stand_in(name.text()));
    let code = function.map(|function| function.code.clone()).unwrap_or_default();
    let number = |value: Option<u64>| value.and_then(|value| u32::try_from(value).ok());
    Told {
        name: Some(name.unwrap_or_else(|| wanted.name.clone())),
        logical_id: Some(wanted.name.clone()),
        region: given.region.clone().unwrap_or_default(),
        memory: number(code.memory),
        timeout: code.timeout.map(Duration::from_secs),
        environment: code
            .environment
            .iter()
            .map(|(name, value)| (name.clone(), stand_in(value.text())))
            .collect(),
    }
}

/// A text in which what only the deployment knows goes by its name: `${Table}` is `Table`.
fn stand_in(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once("${") {
        plain.push_str(before);
        let (name, after) = behind.split_once('}').unwrap_or((behind, ""));
        plain.push_str(name);
        rest = after;
    }
    plain + rest
}
