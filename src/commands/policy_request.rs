//! The request that a policy is asked about, from flags.

use super::exit::Fault;
use super::io::Io;
use super::values::{self, pair};
use crate::gateway::{Api, Flavor};
use crate::policy::arn::{partition, split};
use crate::policy::{
    Authorization, Caller, Carried, CarrierKind, Context, Decision, Document, Request, Values,
};
use clap::{Args, ValueEnum};

/// What is asked of a policy.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Request")]
pub struct RequestFlags {
    /// The source ARN that API Gateway presents to the function
    #[arg(long, value_name = "ARN", required_unless_present_any = ["request", "route"], conflicts_with_all = ["request", "route", "stage", "region", "account", "api_id", "source_ip", "vpce", "vpc", "auth", "caller"])]
    pub source_arn: Option<String>,
    /// The function that is invoked [default: the resource of the policy's first statement]
    #[arg(long, value_name = "ARN", conflicts_with = "request")]
    pub function: Option<String>,
    /// A route of the template, such as 'GET /users/{id}', $default, or 'authorizer NAME'
    #[arg(long, value_name = "ROUTE KEY", requires = "template", conflicts_with_all = ["request", "source_ip", "vpce", "vpc", "auth", "caller"])]
    pub route: Option<String>,
    /// The template that has the route: SAM, CloudFormation, CDK, Terraform or OpenAPI
    #[arg(long, value_name = "FILE", requires = "route")]
    pub template: Option<String>,
    /// The value of a parameter of the template, instead of its default
    #[arg(long = "parameter", value_name = "KEY=VALUE", value_parser = super::templates::pair, requires = "template")]
    pub parameters: Vec<(String, String)>,
    /// The API of the template, where several have the route
    #[arg(long, value_name = "LOGICAL ID", requires = "template")]
    pub api: Option<String>,
    /// The call of the API, such as 'GET /users/42'; $connect for a WebSocket API
    #[arg(long, value_name = "METHOD PATH")]
    pub request: Option<String>,
    /// The stage [default: that of the template if there is one, else prod]
    #[arg(long, value_parser = values::stage)]
    pub stage: Option<String>,
    /// The region of the API [default: that of the policy's resources, else us-east-1]
    #[arg(long, value_parser = values::label)]
    pub region: Option<String>,
    /// The account of the API [default: that of the policy's resources, else 123456789012]
    #[arg(long, value_name = "ID", value_parser = values::label)]
    pub account: Option<String>,
    /// The id of the API [default: that of the policy's resources, else a fixed one]
    #[arg(long, value_name = "ID", value_parser = values::label)]
    pub api_id: Option<String>,
    /// The client's address; behind a VPC endpoint it is aws:VpcSourceIp [default: 203.0.113.10 for
    /// calls that come through none]
    #[arg(long, value_name = "ADDRESS", value_parser = values::address)]
    pub source_ip: Option<String>,
    /// The VPC endpoint through which the call comes
    #[arg(long, value_name = "ID", value_parser = values::label)]
    pub vpce: Option<String>,
    /// The VPC from which the call comes
    #[arg(long, value_name = "ID", value_parser = values::label)]
    pub vpc: Option<String>,
    /// Who signed the request: the ARN of a user, role or session, or an account
    #[arg(long, value_name = "ARN")]
    pub caller: Option<String>,
    /// How the method authorizes its callers [default: iam with --caller, else the policy alone]
    #[arg(long, value_name = "TYPE")]
    pub auth: Option<Auth>,
    /// What the caller's own policies, the token or the Lambda authorizer say [default: allow]
    #[arg(long, value_name = "WORD", requires = "request")]
    pub auth_says: Option<AuthSays>,
    /// A key of the request's context, such as aws:PrincipalOrgID=o-123; a key given twice has two
    /// values
    #[arg(long, value_name = "KEY=VALUE")]
    pub context: Vec<String>,
}

/// How a method of a REST API authorizes its callers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Auth {
    /// It does not
    None,
    /// AWS_IAM
    Iam,
    /// A Cognito user pool
    Cognito,
    /// A Lambda authorizer
    Lambda,
}

/// What the other side says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum AuthSays {
    /// It allows the call
    Allow,
    /// It denies the call
    Deny,
    /// It says nothing about the call
    Nothing,
}

/// The request, and the authorization that its outcome depends on.
pub(super) struct Asked {
    pub(super) request: Request,
    pub(super) authorization: Option<Authorization>,
}

impl RequestFlags {
    /// The request that the flags describe, to the policy that was found.
    pub(super) fn asked(&self, carried: &Carried<'_>, io: &mut Io) -> Result<Asked, Fault> {
        let is_function =
            matches!(carried.kind, CarrierKind::FunctionPolicy | CarrierKind::FunctionStatement);
        let is_api = matches!(carried.kind, CarrierKind::RestApi | CarrierKind::AuthorizerResult);
        match (&self.source_arn, &self.request) {
            (None, _) if self.route.is_some() && is_api => {
                Err(Fault::usage("--route is for the policy of a function")
                    .hint("ask this one about a call: --request 'GET /users/42' --stage prod"))
            }
            (Some(_), _) if is_api => Err(Fault::usage("--source-arn is for the policy of a function")
                .hint("ask this one about a call: --request 'GET /users/42' --stage prod")),
            (_, Some(_)) if is_function => Err(Fault::usage("--request is for the policy of an API")
                .hint("ask that of a function with --source-arn ARN")),
            (Some(source), _) => self.of_function(source, &carried.document),
            (None, Some(request)) => self.of_api(request, carried),
            (None, None) if let Some(route) = &self.route => {
                let arn = self.presented(route, &carried.document, io)?;
                if arn.contains("${") {
                    let hint = "give --region, --account, --api-id, or --parameter KEY=VALUE";
                    return Err(
                        Fault::usage(format!("the source ARN of {route} is not known: {arn}")).hint(hint)
                    );
                }
                self.of_function(&arn, &carried.document)
            }
            (None, None) => {
                Err(Fault::usage("what is asked? --source-arn ARN, --route or --request 'GET /users/42'"))
            }
        }
    }

    /// API Gateway invokes a function (P-006 to P-027).
    fn of_function(&self, source: &str, document: &Document) -> Result<Asked, Fault> {
        let Some([.., account, _]) = split(source) else {
            let hint =
                "for example arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/GET/users/{id}";
            return Err(
                Fault::usage("--source-arn: an ARN has six parts with colons between them").hint(hint)
            );
        };
        let first =
            document.statements.iter().filter_map(|own| own.resources.as_ref()).find(|own| !own.negated);
        let first = first.and_then(|own| own.values.first()).map(|spot| spot.text.clone());
        let function = self.function.clone().or(first).unwrap_or_default();
        let request = Request::of_api_gateway(&function, source, account);
        let request = Request { context: self.with_keys(request.context)?, ..request };
        Ok(Asked { request, authorization: None })
    }

    /// A client calls an API (P-003).
    fn of_api(&self, request: &str, carried: &Carried<'_>) -> Result<Asked, Fault> {
        let (method, path) = call(request)?;
        let api = self.api(&carried.document);
        let caller = self.caller()?;
        let auth = self.auth.or(self.caller.is_some().then_some(Auth::Iam));
        if let (Some(_), Some(Auth::None | Auth::Cognito | Auth::Lambda)) = (&self.caller, auth) {
            let message = "--caller is for methods with --auth iam: to others every caller is anonymous";
            return Err(Fault::usage(message)); // P-138
        }
        if let (Some(_), None | Some(Auth::None)) = (self.auth_says, auth) {
            return Err(Fault::usage("--auth-says: of whom? --auth iam, cognito or lambda is needed"));
        }
        let resource = format!(
            "arn:{}:execute-api:{}:{}:{}/{}/{method}{}",
            partition(&api.region),
            api.region,
            api.account,
            api.id,
            self.stage.as_deref().unwrap_or("prod"),
            path.map(|path| format!("/{path}")).unwrap_or_default(),
        );
        let authorization = auth.map(|auth| self.authorization(auth, &caller, &api.account));
        let context = self.with_keys(self.context_of_call(&caller))?;
        let action = "execute-api:Invoke".to_owned();
        Ok(Asked { request: Request { action, resource, caller, context }, authorization })
    }

    fn caller(&self) -> Result<Caller, Fault> {
        let Some(caller) = &self.caller else { return Ok(Caller::Anonymous) };
        let unknown = || {
            let hint = "for example arn:aws:iam::123456789012:user/ada, or 123456789012";
            Fault::usage("--caller: the ARN of a user, role or session, or an account, is needed").hint(hint)
        };
        Caller::parse(caller).ok_or_else(unknown)
    }

    /// The API: the flags, else what the first resource of the policy names.
    fn api(&self, document: &Document) -> Api {
        let mut api = Api::new(Flavor::Rest);
        let patterns = document.statements.iter().filter_map(|own| own.resources.as_ref());
        let named = patterns.flat_map(|own| &own.values).find_map(|spot| {
            let [_, _, service, region, account, resource] = split(&spot.text)?;
            let id = resource.split('/').next()?;
            (service == "execute-api").then_some([region, account, id])
        });
        let is_plain = |text: &&str| !text.is_empty() && !text.contains(['*', '?', '$', '{']);
        let [region, account, id] = named.map_or([None; 3], |own| own.map(Some));
        for (place, flag, named) in [
            (&mut api.region, &self.region, region),
            (&mut api.account, &self.account, account),
            (&mut api.id, &self.api_id, id),
        ] {
            if let Some(value) = flag.as_deref().or(named.filter(is_plain)) {
                value.clone_into(place);
            }
        }
        api
    }

    fn authorization(&self, auth: Auth, caller: &Caller, account: &str) -> Authorization {
        let says = match self.auth_says.unwrap_or(AuthSays::Allow) {
            AuthSays::Allow => Decision::Allowed,
            AuthSays::Deny => Decision::ExplicitDeny,
            AuthSays::Nothing => Decision::ImplicitDeny,
        };
        match auth {
            Auth::None => Authorization::None,
            Auth::Cognito => Authorization::Cognito { valid: says == Decision::Allowed },
            Auth::Lambda => Authorization::Lambda(says),
            Auth::Iam => {
                let cross_account = matches!(caller, Caller::Aws { account: own, .. } if own != account);
                Authorization::Iam { identity: says, cross_account }
            }
        }
    }

    /// The keys that AWS knows of a call (P-139, P-141).
    fn context_of_call(&self, caller: &Caller) -> Context {
        let mut context = Context::new().with("aws:SecureTransport", "true");
        let is_private = self.vpce.is_some() || self.vpc.is_some();
        let usual = (!is_private).then(|| crate::gateway::Caller::default().source_ip);
        let key = if is_private { "aws:VpcSourceIp" } else { "aws:SourceIp" };
        let principal = match caller {
            Caller::Aws { arn, account } => [Some(arn.clone()), Some(account.clone())],
            _ => [None, None],
        };
        let [arn, account] = principal;
        for (key, value) in [
            (key, self.source_ip.clone().or(usual)),
            ("aws:SourceVpce", self.vpce.clone()),
            ("aws:SourceVpc", self.vpc.clone()),
            ("aws:PrincipalArn", arn),
            ("aws:PrincipalAccount", account),
        ] {
            if let Some(value) = value {
                context = context.with(key, value);
            }
        }
        context
    }

    /// The same with the keys that are given.
    fn with_keys(&self, mut context: Context) -> Result<Context, Fault> {
        let mut given: Vec<(String, Vec<String>)> = Vec::new();
        for text in &self.context {
            let (key, value) = pair("--context", text)?;
            match given.iter_mut().find(|(own, _)| own.eq_ignore_ascii_case(&key)) {
                Some((_, values)) => values.push(value),
                None => given.push((key, vec![value])),
            }
        }
        for (key, mut values) in given {
            context = match (values.len(), values.pop()) {
                (1, Some(value)) => context.with(&key, value),
                (_, last) => {
                    values.extend(last);
                    context.with_values(&key, Values::Many(values))
                }
            };
        }
        Ok(context)
    }
}

/// Method and path of `GET /users/42`, without query; a route key of a WebSocket API has no path.
fn call(text: &str) -> Result<(&str, Option<&str>), Fault> {
    let no_request = || {
        Fault::usage(format!("--request: `{}` is not a method and a path", values::first_word(text)))
            .hint("for example --request 'GET /users/42', or '$connect' for a WebSocket API")
    };
    match text.trim().split_once(' ') {
        None if text.starts_with('$') => Ok((text.trim(), None)),
        Some((method, path)) if path.starts_with('/') && !method.is_empty() => {
            Ok((method, Some(path[1..].split(['?', '#']).next().unwrap_or_default())))
        }
        _ => Err(no_request()),
    }
}
