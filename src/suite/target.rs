//! Who answers the cases of a suite, and with which settings.

use super::keys::{Read, duration, flag, known, pairs, scalar, texts, whole, word};
use crate::gateway::Front;
use crate::json::{Mistake, Span};
use crate::lint::nearest;
use crate::template::{Kind, Node};
use std::time::Duration;

/// Who answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Who {
    /// A binary on this machine.
    Bin(String),
    /// A handler in a file.
    Handler(String),
    /// A line that builds a function, or starts it.
    Cmd(String),
    /// A function in AWS.
    Function(String),
    /// An endpoint.
    Url(String),
    /// The APIs of a template, served in this process.
    Template(String),
}

impl Who {
    /// Whether it runs on this machine.
    pub fn is_local(&self) -> bool {
        !matches!(self, Self::Function(_) | Self::Url(_))
    }

    /// The key in the suite, and the value.
    pub fn named(&self) -> (&'static str, &str) {
        match self {
            Self::Bin(value) => ("bin", value),
            Self::Handler(value) => ("handler", value),
            Self::Cmd(value) => ("cmd", value),
            Self::Function(value) => ("function", value),
            Self::Url(value) => ("url", value),
            Self::Template(value) => ("template", value),
        }
    }
}

/// The target of a suite. Names of files count from the suite's directory.
#[derive(Debug, Clone)]
pub struct Target {
    /// Who answers.
    pub who: Who,
    /// The place of its name.
    pub span: Span,
    /// The front end.
    pub api: Option<Front>,
    /// The stage.
    pub stage: Option<String>,
    /// Stage variables.
    pub stage_variables: Vec<(String, String)>,
    /// Routes of the API.
    pub routes: Vec<String>,
    /// Binary media types of a REST API.
    pub binary_media_types: Vec<String>,
    /// Variables of the function's environment.
    pub env: Vec<(String, String)>,
    /// A file with more of them.
    pub env_file: Option<String>,
    /// The time limit of a call.
    pub timeout: Option<Duration>,
    /// The function's memory size in MB.
    pub memory: Option<u32>,
    /// The region.
    pub region: Option<String>,
    /// What runs a handler.
    pub runtime: Option<String>,
    /// Arguments of a binary.
    pub args: Vec<String>,
    /// The profile whose credentials are taken.
    pub profile: Option<String>,
    /// Where Lambda's API is answered instead.
    pub endpoint_url: Option<String>,
    /// A token for the Authorization header.
    pub bearer: Option<String>,
    /// An API key.
    pub api_key: Option<String>,
    /// Requests are signed with AWS credentials.
    pub sign: bool,
    /// How the APIs of a template are served.
    pub served: Served,
}

/// What is given or left out for the APIs of a template.
#[derive(Debug, Clone, Default)]
pub struct Served {
    /// The API that cases ask which name none.
    pub api: Option<String>,
    /// What stands for functions.
    pub functions: Vec<(String, String)>,
    /// Key sets, in files or at URLs: of an authorizer, or of all.
    pub jwks: Vec<(Option<String>, String)>,
    /// Authorizers that are switched off.
    pub no_auth: Vec<String>,
    /// Routes that are left out.
    pub no_routes: Vec<String>,
    /// APIs that are left out.
    pub no_apis: Vec<String>,
    /// Values of the template's parameters.
    pub parameters: Vec<(String, String)>,
    /// A file with variables in SAM's form.
    pub env_vars: Option<String>,
    /// Whom signed requests come from.
    pub iam_identity: Option<String>,
    /// API keys that are known.
    pub api_keys: Vec<String>,
}

const WHO: [&str; 6] = ["bin", "handler", "cmd", "function", "url", "template"];

/// Settings, and the kinds of target for which they have a meaning.
const SETTINGS: [(&str, &[&str]); 26] = [
    ("api", &["bin", "handler", "cmd", "function", "template"]),
    ("stage", &["bin", "handler", "cmd", "function"]),
    ("stage-variables", &["bin", "handler", "cmd", "function"]),
    ("routes", &["bin", "handler", "cmd", "function"]),
    ("binary-media-types", &["bin", "handler", "cmd", "function"]),
    ("env", &["bin", "handler", "cmd", "template"]),
    ("env-file", &["bin", "handler", "cmd", "template"]),
    ("timeout", &WHO),
    ("memory", &["bin", "handler", "cmd", "template"]),
    ("region", &WHO),
    ("runtime", &["handler"]),
    ("args", &["bin"]),
    ("profile", &["function", "url"]),
    ("endpoint-url", &["function"]),
    ("bearer", &["url", "template"]),
    ("api-key", &WHO),
    ("sign", &["url"]),
    ("functions", &["template"]),
    ("jwks", &["template"]),
    ("no-auth", &["template"]),
    ("no-route", &["template"]),
    ("no-api", &["template"]),
    ("parameters", &["template"]),
    ("env-vars", &["template"]),
    ("iam-identity", &["template"]),
    ("api-keys", &["template"]),
];

impl Target {
    /// Reads the value of `target`.
    pub(super) fn read(node: &Node) -> Read<Self> {
        let keys: Vec<_> = WHO.into_iter().chain(SETTINGS.iter().map(|(key, _)| *key)).collect();
        let members = known(node, "target", &keys)?;
        let mut named = members.iter().filter(|member| WHO.contains(&member.key.as_str()));
        let first = named.next().ok_or_else(|| {
            Mistake::new(node.span, "the target names nobody who answers")
                .hint(format!("write one of {}", WHO.join(", ")))
        })?;
        if let Some(second) = named.next() {
            let message = format!("`{}` and `{}` are two targets", first.key, second.key);
            return Err(Mistake::new(second.key_span, message).hint("a suite has one target"));
        }
        let mut target = Self::of(who(&first.key, word(&first.value, &first.key)?), first.value.span);
        for member in members.iter().filter(|member| !WHO.contains(&member.key.as_str())) {
            let fits = SETTINGS.iter().find(|(key, _)| *key == member.key).map_or(&[][..], |(_, fits)| *fits);
            if !fits.contains(&first.key.as_str()) {
                let message = format!("`{}` has no meaning for a target `{}`", member.key, first.key);
                let hint = format!("it is for {}", fits.join(", "));
                return Err(Mistake::new(member.key_span, message).hint(hint));
            }
            target.set(&member.key, &member.value)?;
        }
        Ok(target)
    }

    fn of(who: Who, span: Span) -> Self {
        Self {
            who,
            span,
            api: None,
            stage: None,
            stage_variables: Vec::new(),
            routes: Vec::new(),
            binary_media_types: Vec::new(),
            env: Vec::new(),
            env_file: None,
            timeout: None,
            memory: None,
            region: None,
            runtime: None,
            args: Vec::new(),
            profile: None,
            endpoint_url: None,
            bearer: None,
            api_key: None,
            sign: false,
            served: Served::default(),
        }
    }

    fn set(&mut self, key: &str, node: &Node) -> Read<()> {
        match key {
            "api" if matches!(self.who, Who::Template(_)) => self.served.api = Some(word(node, key)?),
            "api" => self.api = Some(front(node)?),
            "stage" => self.stage = Some(word(node, key)?),
            "stage-variables" => self.stage_variables = pairs(node, key)?,
            "routes" => self.routes = texts(node, key)?,
            "binary-media-types" => self.binary_media_types = texts(node, key)?,
            "env" => self.env = pairs(node, key)?,
            "env-file" => self.env_file = Some(word(node, key)?),
            "timeout" => self.timeout = Some(duration(node, key)?),
            "memory" => self.memory = u32::try_from(whole(node, key, 128..=10_240)?).ok(),
            "region" => self.region = Some(word(node, key)?),
            "runtime" => self.runtime = Some(word(node, key)?),
            "args" => {
                let args = super::keys::each(node);
                self.args = args.into_iter().map(|node| scalar(node, key)).collect::<Read<_>>()?;
            }
            "profile" => self.profile = Some(word(node, key)?),
            "endpoint-url" => self.endpoint_url = Some(word(node, key)?),
            "bearer" => self.bearer = Some(word(node, key)?),
            "api-key" => self.api_key = Some(word(node, key)?),
            "sign" => self.sign = flag(node, key)?,
            _ => self.served.set(key, node)?,
        }
        Ok(())
    }
}

impl Served {
    fn set(&mut self, key: &str, node: &Node) -> Read<()> {
        match key {
            "functions" => self.functions = pairs(node, key)?,
            "jwks" => self.jwks = key_sets(node)?,
            "no-auth" => self.no_auth = texts(node, key)?,
            "no-route" => self.no_routes = texts(node, key)?,
            "no-api" => self.no_apis = texts(node, key)?,
            "parameters" => self.parameters = pairs(node, key)?,
            "env-vars" => self.env_vars = Some(word(node, key)?),
            "iam-identity" => self.iam_identity = Some(word(node, key)?),
            _ => self.api_keys = texts(node, key)?,
        }
        Ok(())
    }
}

/// One key set for all authorizers, or one for each by its name.
fn key_sets(node: &Node) -> Read<Vec<(Option<String>, String)>> {
    match node.kind {
        Kind::Map(_) => {
            let named = pairs(node, "jwks")?.into_iter();
            Ok(named.map(|(name, source)| (Some(name), source)).collect())
        }
        _ => Ok(vec![(None, word(node, "jwks")?)]),
    }
}

fn who(key: &str, value: String) -> Who {
    match key {
        "bin" => Who::Bin(value),
        "handler" => Who::Handler(value),
        "cmd" => Who::Cmd(value),
        "function" => Who::Function(value),
        "url" => Who::Url(value),
        _ => Who::Template(value),
    }
}

fn front(node: &Node) -> Read<Front> {
    let name = word(node, "api")?;
    Front::from_name(&name).ok_or_else(|| {
        let mistake = Mistake::new(node.span, format!("`{}` is no front end", super::keys::brief(&name)));
        mistake.hint(match nearest(&name, Front::all().map(Front::name)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("there are {}", Front::all().map(Front::name).collect::<Vec<_>>().join(", ")),
        })
    })
}
