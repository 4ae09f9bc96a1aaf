//! `apigw test init`: a first suite from a template or an OpenAPI document.

use super::super::event_from::cannot;
use super::super::exit::{Exit, Fault};
use super::super::io::Io;
use super::super::replacement::Replacement;
use super::super::templates::{DeploymentFlags, open, pair};
use crate::gateway::door::{Authorization, Integration, Method, ParameterPlace};
use crate::gateway::{Flavor, Route};
use crate::http::Request;
use crate::report::human::printable;
use crate::suite::first::{First, FirstCase};
use crate::template::openapi::{Spec, sample_of};
use crate::template::{Choices, Document, Model, Servable, ServableApi, Template, WayOut};
use clap::Args;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::{Component, Path, PathBuf};

/// Write a first suite: a case for each route of a template or an OpenAPI document
#[derive(Debug, Args)]
#[command(
    after_help = "The suite serves the template in process; its authorizers are switched off there by name. It runs as it
is once the functions are built, and is yours to say more of what you expect.

Examples:
  apigw test init template.yaml
  apigw test init openapi.yaml --function '*=./bootstrap' -o tests/api.apigw.yaml"
)]
pub struct Init {
    /// A template of SAM, CloudFormation or CDK, what `terraform show -json` prints, or an OpenAPI document
    #[arg(value_name = "TEMPLATE")]
    pub template: String,
    /// The suite to write; - for standard output [default: TEMPLATE.apigw.yaml beside the template]
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<String>,
    /// Replace the file if it is there
    #[arg(long)]
    pub force: bool,
    /// What stands for a function, a binary or a handler; * for the routes of a document that names none; may
    /// be repeated
    #[arg(long = "function", value_name = "NAME=TARGET", value_parser = pair)]
    pub functions: Vec<(String, String)>,
    /// What is known of the deployment.
    #[command(flatten)]
    pub deployment: DeploymentFlags,
}

/// Runs the command.
///
/// # Errors
/// Templates that cannot be read or have no route for requests, and files that cannot be written.
pub(super) fn run(args: &Init, io: &mut Io) -> Result<Exit, Fault> {
    let output = args.output.clone().unwrap_or_else(|| beside(&args.template));
    if output != "-" && !args.force && Path::new(&output).exists() {
        let fault = Fault::usage(format!("{} is there already", printable(&output)));
        return Err(fault.hint("--force replaces it, -o FILE writes another"));
    }
    let given = args.deployment.given();
    let (template, model) = open(&args.template, &given, io)?;
    let mut choices = Choices {
        functions: args.functions.iter().map(|(name, _)| name.clone()).collect(),
        ..Choices::default()
    };
    let first = Servable::of(&model, &choices);
    let stands_in = first.obstacles.iter().any(|own| matches!(own.way_out, WayOut::Function(_)));
    if stands_in {
        choices.functions.push("*".to_owned());
    }
    let servable = settled(&model, &mut choices);
    let suite = First {
        notes: vec![format!("A first suite of {}: say more of what you expect.", shown(&args.template))],
        target: target(args, &choices, &servable, (stands_in, &output)),
        cases: cases(&template, &servable)?,
    };
    if suite.cases.is_empty() {
        return Err(Fault::usage(format!("{}: it has no route for requests", printable(&args.template))));
    }
    let text = suite.to_text();
    if output == "-" {
        io.out.write_all(text.as_bytes())?;
        return Ok(Exit::Clean);
    }
    let written = Replacement::of(&output).and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        file.commit()
    });
    written.map_err(|error| cannot("write", &output, &error))?;
    let many = super::counted(suite.cases.len(), "case");
    writeln!(io.err, "{} has {many}: apigw test {}", printable(&output), printable(&output))?;
    Ok(Exit::Clean)
}

/// One line, whatever the name is.
fn shown(name: &str) -> String {
    printable(name)
}

fn beside(template: &str) -> String {
    let stem = Path::new(template).file_stem().map(|stem| stem.to_string_lossy().into_owned());
    let name =
        format!("{}.apigw.yaml", stem.filter(|stem| stem != "-").unwrap_or_else(|| "suite".to_owned()));
    Path::new(template).with_file_name(name).to_string_lossy().into_owned()
}

/// What can be served once everything that cannot be, and all authorizers, are left out by name.
fn settled(model: &Model, choices: &mut Choices) -> Servable {
    let add = |list: &mut Vec<String>, name: String| {
        if !list.contains(&name) {
            list.push(name);
        }
    };
    let servable = Servable::of(model, choices);
    for obstacle in &servable.obstacles {
        match obstacle.way_out.clone() {
            WayOut::NoAuth(name) => add(&mut choices.no_auth, name),
            WayOut::NoRoute(key) => add(&mut choices.no_route, key),
            WayOut::Function(key) => add(&mut choices.functions, key),
            WayOut::NoApi(name) => add(&mut choices.no_api, name),
        }
    }
    for method in servable.apis.iter().flat_map(|api| &api.deployment.methods) {
        match &method.authorization {
            Authorization::None => {}
            Authorization::Iam => add(&mut choices.no_auth, "AWS_IAM".to_owned()),
            Authorization::Authorizer { name, .. } => add(&mut choices.no_auth, name.clone()),
        }
    }
    Servable::of(model, choices)
}

fn target(
    args: &Init,
    choices: &Choices,
    servable: &Servable,
    (stands_in, output): (bool, &str),
) -> Vec<(&'static str, Value, String)> {
    let plain = |key, value: Value| (key, value, String::new());
    let mut target = vec![plain("template", relative(&args.template, output).into())];
    let mut functions: Map<_, _> =
        args.functions.iter().map(|(name, own)| (name.clone(), of_function(own, output).into())).collect();
    if stands_in {
        let remark = "what answers the routes: a binary, or a handler such as src/app.handler";
        functions.insert("*".to_owned(), "./bootstrap".into());
        target.push(("functions", functions.into(), remark.to_owned()));
    } else if !functions.is_empty() {
        target.push(plain("functions", functions.into()));
    }
    let parameters: Map<_, _> =
        args.deployment.parameters.iter().map(|(key, value)| (key.clone(), value.clone().into())).collect();
    if !parameters.is_empty() {
        target.push(plain("parameters", parameters.into()));
    }
    if let Some(region) = &args.deployment.region {
        target.push(plain("region", region.clone().into()));
    }
    if !choices.no_auth.is_empty() {
        let remark = "leave them out of this list to test them; `jwks: FILE` has the keys of tokens";
        target.push(("no-auth", choices.no_auth.clone().into(), remark.to_owned()));
    }
    for (key, names) in [("no-route", &choices.no_route), ("no-api", &choices.no_api)] {
        if !names.is_empty() {
            target.push((key, names.clone().into(), "cannot be emulated".to_owned()));
        }
    }
    let mut methods = servable.apis.iter().flat_map(|api| &api.deployment.methods);
    if methods.any(|method| method.api_key_required) {
        target.push(plain("api-keys", json!(["a-key-for-tests"])));
        target.push(plain("api-key", "a-key-for-tests".into()));
    }
    target
}

/// A path as it counts from the directory of another file.
fn relative(path: &str, from: &str) -> String {
    let whole = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let (path, from) = (whole(Path::new(path)), whole(Path::new(from)));
    let from = from.parent().unwrap_or(Path::new(""));
    let common = path.components().zip(from.components()).take_while(|(own, other)| own == other).count();
    let up = from.components().skip(common).map(|_| Component::ParentDir);
    up.chain(path.components().skip(common)).collect::<PathBuf>().to_string_lossy().into_owned()
}

/// The same for what stands for a function. That of a bare file is told from a handler by its `./`.
fn of_function(target: &str, output: &str) -> String {
    if Path::new(target).is_absolute() {
        return target.to_owned();
    }
    let path = relative(target, output);
    if target.starts_with("./") && !path.starts_with("..") { format!("./{path}") } else { path }
}

/// A case for each route.
fn cases(template: &Template, servable: &Servable) -> Result<Vec<FirstCase>, Fault> {
    let spec = Spec::of(template.document()).ok();
    let of_requests: Vec<_> =
        servable.apis.iter().filter(|api| api.deployment.api.flavor != Flavor::Websocket).collect();
    let mut names = BTreeSet::new();
    let mut cases = Vec::new();
    for api in &of_requests {
        for method in &api.deployment.methods {
            let key = method.route.to_string();
            let name = if of_requests.len() > 1 { format!("{}: {key}", api.name) } else { key };
            if !names.insert(name.clone()) {
                continue;
            }
            let Some((request, described)) = request(method, spec.as_ref())? else { continue };
            let status = match &method.integration {
                Integration::Mock(response) => response.status.to_string(),
                Integration::Failing(_) => "5xx".to_owned(),
                Integration::Function(_) => described.map_or_else(|| "2xx".to_owned(), |own| own.to_string()),
            };
            let api = named(api, of_requests.len());
            cases.push(FirstCase { name, api, request, status });
        }
    }
    Ok(cases)
}

fn named(api: &ServableApi, many: usize) -> Option<String> {
    (many > 1).then(|| api.name.clone())
}

/// A request that the route takes, and the status with which it succeeds, where a document says that.
fn request(method: &Method, spec: Option<&Spec<'_>>) -> Result<Option<(Request, Option<u16>)>, Fault> {
    let key = method.route.to_string();
    if let Some((spec, operation)) =
        spec.and_then(|spec| Some((spec, spec.operations.iter().find(|own| own.key() == key)?)))
    {
        let sample = spec.sample(operation).map_err(|error| Fault::usage(error.message))?;
        let mut request = sample.request;
        request.path = request.path.strip_prefix(&sample.base.path).unwrap_or(&request.path).to_owned();
        return Ok(Some((request, operation.success())));
    }
    let (verb, template) = match &method.route {
        Route::Path { method, template } => (method.as_deref().unwrap_or("GET"), template.as_str()),
        Route::Default => ("GET", "/"),
        Route::Key(_) => return Ok(None),
    };
    let mut request = Request::new(verb, filled(template));
    let mut query = Vec::new();
    for parameter in &method.validator.required {
        match parameter.place {
            ParameterPlace::Header => request.headers.append(&parameter.name, "1"),
            ParameterPlace::Query => query.push((parameter.name.as_str(), "1")),
            ParameterPlace::Path => {}
        }
    }
    if !query.is_empty() {
        request.query = Some(crate::http::query::encode(query));
    }
    if let Some(model) = method.validator.models.first() {
        let content_type = match model.content_type.as_str() {
            "$default" => "application/json",
            own => own,
        };
        request.headers.set("Content-Type", content_type);
        request.body = body(model.schema()).into_bytes();
    }
    Ok(Some((request, None)))
}

/// A body that fits a model; an empty object where none is found.
fn body(schema: &Value) -> String {
    let document = Document::parse("model", schema.to_string());
    let sample = document.ok().and_then(|document| sample_of(&document).ok().flatten());
    sample.unwrap_or_else(|| json!({})).to_string()
}

/// A path that fits a template.
fn filled(template: &str) -> String {
    let segment = |segment: &str| match segment.strip_prefix('{') {
        Some(name) if name.ends_with("+}") => "a/b".to_owned(),
        Some(_) => "1".to_owned(),
        None => segment.to_owned(),
    };
    template.split('/').map(segment).collect::<Vec<_>>().join("/")
}
