//! Who answers the cases of a suite: what `invoke` can ask, or the APIs of a template.

use super::super::exit::Fault;
use super::super::interrupt::interruptible;
use super::super::invoke::{self, Invoke, Question};
use super::super::io::Io;
use super::super::serve::{ApiFlags, FunctionFlags, InProcess};
use super::super::templates::DeploymentFlags;
use super::load::Loaded;
use super::question;
use crate::http::{Request, Response, Secrets};
use crate::suite::{Answer, Ask, Case, FunctionFailure, Noticed, Target};
use crate::transport::Invoked;
use crate::transport::serve::{Served, Site};
use std::time::{Duration, Instant};

/// Where requests to a template come from: an address that is reserved for documentation.
const SOURCE_IP: &str = "203.0.113.10";

/// Somebody who answers.
pub(super) enum Answering {
    /// A function or an endpoint.
    One(Box<invoke::Target>),
    /// The APIs of a template.
    Template(Box<InProcess>),
}

/// What came of a question.
pub(super) enum Reply {
    One(Box<invoke::Verdict>),
    Served(Box<Served>, Duration),
}

impl Answering {
    /// Asks once.
    ///
    /// # Errors
    /// When there is nobody to answer.
    pub(super) async fn ask(
        &mut self,
        question: Question,
        (case, ask): (&Case, &Ask),
        loaded: &Loaded,
    ) -> Result<Reply, Fault> {
        match (self, question) {
            (Self::One(target), question) => Ok(Reply::One(Box::new(target.ask(question).await?))),
            (Self::Template(apis), Question::Request(request)) => {
                let site = apis.site(api_of(case, loaded)).map_err(Fault::usage)?;
                let request = sent(*request, ask, &site);
                let begun = Instant::now();
                let served = site.answer(&request, SOURCE_IP.to_owned()).await;
                Ok(Reply::Served(Box::new(served), begun.elapsed()))
            }
            (Self::Template(_), Question::Event(_)) => Err(Fault::usage("a template takes requests")),
        }
    }

    pub(super) async fn close(self) {
        match self {
            Self::One(target) => target.close().await,
            Self::Template(apis) => apis.close().await,
        }
    }
}

/// Finds the APIs of a template and the functions behind them; `None` if that was interrupted.
///
/// # Errors
/// What `serve` refuses, and cases that name no API.
pub(super) fn template(
    file: &str,
    loaded: &Loaded,
    cases: &[usize],
    io: &mut Io,
) -> Result<Option<InProcess>, Fault> {
    let (apis, functions) = flags(file, loaded);
    let Some(found) = interruptible(InProcess::find(apis, functions, io))? else { return Ok(None) };
    let found = found.map_err(|fault| Fault { hint: fault.hint.as_deref().map(in_a_suite), ..fault })?;
    for case in cases.iter().map(|at| &loaded.suite.cases[*at]) {
        let span = case.api.as_ref().map_or(case.span, |(_, span)| *span);
        found.site(api_of(case, loaded)).map_err(|why| {
            let fault = Fault::usage(format!("{}: {why}", loaded.place(span.start)));
            fault.hint("name it in the target or in the case: `api: NAME`")
        })?;
    }
    Ok(Some(found))
}

/// Advice about flags, for suites, where those are keys.
fn in_a_suite(hint: &str) -> String {
    format!(
        "{hint} (in a suite such flags are keys of the target: functions: {{NAME: TARGET}}, jwks, no-auth, \
         no-route, no-api, parameters)"
    )
}

fn api_of<'s>(case: &'s Case, loaded: &'s Loaded) -> Option<&'s str> {
    let own = case.api.as_ref().map(|(name, _)| name);
    own.or(loaded.suite.target.served.api.as_ref()).map(String::as_str)
}

/// What `serve` would be told.
fn flags(file: &str, loaded: &Loaded) -> (ApiFlags, FunctionFlags) {
    let Target { served, env, env_file, memory, timeout, region, .. } = &loaded.suite.target;
    let key_set = |(name, source): &(Option<String>, String)| {
        let source = if source.contains("://") { source.clone() } else { loaded.path(source) };
        name.as_ref().map_or(source.clone(), |name| format!("{name}={source}"))
    };
    let apis = ApiFlags {
        templates: vec![loaded.path(file)],
        jwks: served.jwks.iter().map(key_set).collect(),
        iam_identity: served.iam_identity.clone(),
        api_keys: served.api_keys.clone(),
        no_auth: served.no_auth.clone(),
        no_route: served.no_routes.clone(),
        no_api: served.no_apis.clone(),
        deployment: DeploymentFlags {
            parameters: served.parameters.clone(),
            region: region.clone(),
            ..DeploymentFlags::default()
        },
        ..ApiFlags::default()
    };
    let functions = FunctionFlags {
        functions: served.functions.clone(),
        env: env.iter().map(|(name, value)| format!("{name}={value}")).collect(),
        env_file: env_file.as_deref().map(|name| loaded.path(name)),
        env_vars: served.env_vars.as_deref().map(|name| loaded.path(name)),
        memory: *memory,
        timeout: *timeout,
        concurrency: 1,
        directory: loaded.directory.clone(),
        captured: true,
        ..FunctionFlags::default()
    };
    (apis, functions)
}

/// The request as it comes to the gateway. The path of a case counts from below the stage; that of a
/// curl command may have the stage already.
fn sent(mut request: Request, ask: &Ask, site: &Site) -> Request {
    let api = site.api();
    let is_whole = matches!(ask, Ask::Curl(..)) && api.locate(&request.path).is_some();
    if !is_whole {
        request.path = format!("{}{}", api.prefix(), request.path);
    }
    if !request.headers.contains("host") {
        request.headers.append("Host", api.host());
    }
    if !request.body.is_empty() && !request.headers.contains("content-length") {
        request.headers.append("Content-Length", request.body.len().to_string());
    }
    request
}

/// What a question is to a template.
///
/// # Errors
/// Events, which no gateway takes.
pub(super) fn of_template(ask: &Ask, loaded: &Loaded, args: &Invoke, io: &mut Io) -> Result<Question, Fault> {
    if matches!(ask, Ask::File(..) | Ask::Event(..) | Ask::Kind(..)) {
        return Err(Fault::usage("a template takes requests, and makes events of them itself")
            .hint("write a `request`, or `from: curl …`"));
    }
    let (request, _) = question::request(ask, loaded, io)?;
    Ok(Question::Request(Box::new(question::completed(request, args, io)?)))
}

impl Reply {
    /// What was answered, and what was noticed on the way.
    pub(super) fn answer(&self) -> Answer {
        match self {
            Self::One(verdict) => verdict.answered_with(),
            Self::Served(served, took) => answer(served, *took),
        }
    }

    /// What the caller gets.
    pub(super) fn response(&self) -> Option<&Response> {
        match self {
            Self::One(verdict) => verdict.response.as_ref(),
            Self::Served(served, _) => Some(&served.response),
        }
    }

    /// What may not be shown.
    pub(super) fn secrets(&self, args: &Invoke, io: &Io) -> Secrets {
        match self {
            Self::One(verdict) => verdict.secrets(args, io),
            Self::Served(served, _) => {
                let payload = served.invoked.as_ref().map(|invoked| &invoked.payload);
                let parts = served.event.iter().chain(payload);
                let parts: Vec<_> = parts.filter_map(|part| serde_json::from_slice(part).ok()).collect();
                invoke::secrets_of(&parts, Some(&served.response), args, &io.env)
            }
        }
    }
}

fn answer(served: &Served, took: Duration) -> Answer {
    let invoked = served.invoked.as_ref();
    let findings = served.judged.iter().flat_map(|judged| &judged.findings);
    let noticed = |finding: &crate::lint::Finding| Noticed {
        code: finding.rule.code,
        severity: finding.severity,
        message: finding.message.clone(),
    };
    // Nothing came of an invocation: no process, or no answer in time.
    let silent = served.function.as_ref().filter(|_| invoked.is_none() && served.reason.is_none());
    let silent = silent.map(|name| FunctionFailure {
        error_type: "NoAnswer".to_owned(),
        message: format!("{name} cannot be started, or was too slow for the gateway"),
    });
    let refused = served.reason.is_some() || served.judged.as_ref().is_some_and(|own| own.outcome.refused);
    let log = invoked.map(|invoked| String::from_utf8_lossy(&invoked.log).into_owned()).unwrap_or_default();
    Answer {
        status: Some(served.response.status),
        headers: served.response.headers.clone(),
        body: served.response.body.0.clone(),
        notices: findings.map(noticed).collect(),
        refused: Some(refused),
        unroutable: served.reason.clone(),
        failure: invoked.and_then(failure).or(silent),
        took,
        logs: Some(log.lines().map(str::to_owned).collect()),
    }
}

/// How the function failed, in the words of Lambda's report where there is one.
fn failure(invoked: &Invoked) -> Option<FunctionFailure> {
    let failure = invoked.failure.as_ref()?;
    let report: Option<serde_json::Value> = serde_json::from_slice(&invoked.payload).ok();
    let message = report.as_ref().and_then(|report| report.get("errorMessage")?.as_str());
    Some(FunctionFailure {
        error_type: failure.error_type().to_owned(),
        message: message.map_or_else(|| failure.message("unknown"), str::to_owned),
    })
}
