//! What a template describes: functions, who may invoke them, and the APIs with their routes.
//!
//! Plain data. Texts keep their place; what only the deployment knows stays in them as
//! `${AWS::Region}`, `${MyApi}` or `${MyApi.Arn}`.

use super::cfn::Resolved;
use super::code::FunctionCode;
use super::settings::{ApiSettings, GuardSettings, RouteSettings};
use crate::gateway::{Flavor, Route, arn};
use crate::json::Span;
use crate::policy::{Caller, Carried};
use serde_json::Value;
use std::collections::BTreeMap;

/// Everything that a template says about functions and APIs.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Model {
    /// Which kind of template it is.
    pub kind: Kind,
    /// Who may invoke which function, in the order of the template.
    pub grants: Vec<Grant>,
    /// Whole policies of functions (P-100).
    pub policies: Vec<FunctionPolicy>,
    /// The policies of REST APIs.
    pub api_policies: Vec<ApiPolicy>,
    /// The functions.
    pub functions: Vec<Function>,
    /// The APIs with their routes.
    pub apis: Vec<Api>,
    /// The URLs of functions, each an API of one route.
    pub function_urls: Vec<Api>,
    /// What references to stages stand for: the name of the stage by its logical id.
    pub stage_names: BTreeMap<String, String>,
    /// Aliases and versions by their logical id: how the function is named, and the qualifier.
    pub aliases: BTreeMap<String, (String, String)>,
    /// What could not be understood.
    pub left_out: Vec<LeftOut>,
}

/// A kind of template.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Kind {
    /// CloudFormation, also what CDK writes.
    #[default]
    CloudFormation,
    /// SAM.
    Sam,
    /// `terraform show -json`.
    Terraform,
    /// An OpenAPI document.
    OpenApi,
    /// No template: what is deployed, as AWS tells it.
    Deployed,
}

impl Kind {
    /// Its name in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::CloudFormation => "cloudformation",
            Self::Sam => "sam",
            Self::Terraform => "terraform",
            Self::OpenApi => "openapi",
            Self::Deployed => "deployed",
        }
    }
}

/// Where something in the model comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The logical id (CloudFormation) or the address (Terraform) of the resource.
    pub logical_id: String,
    /// The resource of the template that SAM generates it from; `None` if it stands there itself.
    pub generated_from: Option<String>,
    /// Where it stands.
    pub span: Span,
    /// The condition of the resource.
    pub condition: Option<String>,
    /// Whether that condition holds; `None` if that is not known.
    pub deployed: Option<bool>,
}

/// One statement that lets somebody invoke a function.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// The function as it is named: a reference, a name or an ARN, perhaps with a qualifier.
    pub function: Resolved,
    /// The qualifier that stands beside the function (Terraform).
    pub qualifier: Option<Resolved>,
    /// Who may: a service, an account, an ARN or `*`.
    pub principal: Resolved,
    /// What they may, such as `lambda:InvokeFunction`.
    pub action: Resolved,
    /// The ARN of what invokes; wildcards allowed.
    pub source_arn: Option<Resolved>,
    /// The account of what invokes.
    pub source_account: Option<Resolved>,
    /// The organisation of the principal.
    pub principal_org_id: Option<Resolved>,
    /// The token of an Alexa skill.
    pub event_source_token: Option<Resolved>,
    /// The `AuthType` of the function URL that it is about.
    pub function_url_auth_type: Option<Resolved>,
    /// Whether only calls through the function's URL are meant (P-098).
    pub via_function_url: bool,
    /// Where it comes from.
    pub origin: Origin,
}

/// A whole policy of a function, with its references resolved.
#[derive(Debug, Clone, PartialEq)]
pub struct FunctionPolicy {
    /// The function as it is named.
    pub function: Resolved,
    /// The policy document.
    pub document: Value,
    /// The same, with the places of its parts.
    pub policy: Carried<'static>,
    /// Where it comes from.
    pub origin: Origin,
}

/// A policy of a REST API, with its references resolved.
#[derive(Debug, Clone, PartialEq)]
pub struct ApiPolicy {
    /// The API, by the logical id or address of its origin.
    pub api: String,
    /// The policy document, and where its parts stand.
    pub policy: Carried<'static>,
}

/// A function.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Function {
    /// Its name, if the template gives one.
    pub name: Option<Resolved>,
    /// The logical id of the alias that SAM publishes and grants are about.
    pub alias: Option<String>,
    /// Its code, as far as the template tells.
    pub code: FunctionCode,
    /// Where it comes from.
    pub origin: Origin,
}

/// An API with what is deployed of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Api {
    /// REST, HTTP or WebSocket.
    pub flavor: Flavor,
    /// Its id: given, or a reference.
    pub id: Resolved,
    /// Its ARN up to the id.
    pub arn: Resolved,
    /// Names of its stages.
    pub stages: Vec<Resolved>,
    /// Its routes.
    pub routes: Vec<ApiRoute>,
    /// Its authorizers.
    pub authorizers: Vec<Authorizer>,
    /// Whether only VPC endpoints reach it; `None` if that is not known.
    pub private: Option<bool>,
    /// What else it is told.
    pub settings: ApiSettings,
    /// Where it comes from.
    pub origin: Origin,
}

/// What API Gateway asks of the callers of a REST API's route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Auth {
    /// Nothing: everybody may call, unless the API's policy closes it.
    Open,
    /// A signature of AWS.
    Iam,
    /// An authorizer.
    Authorizer,
    /// It is not known; other kinds of APIs have no policies, so it does not matter there.
    Unknown,
}

impl Auth {
    /// What the authorization type of a method means.
    pub(super) fn of_type(kind: Option<&str>) -> Self {
        match kind {
            None | Some("NONE") => Self::Open,
            Some("AWS_IAM") => Self::Iam,
            Some("CUSTOM" | "COGNITO_USER_POOLS" | "JWT") => Self::Authorizer,
            Some(_) => Self::Unknown,
        }
    }
}

/// A route of an API and who answers it.
#[derive(Debug, Clone, PartialEq)]
pub struct ApiRoute {
    /// Method and path, or the route key.
    pub route: Route,
    /// Who answers it.
    pub target: Target,
    /// The name or logical id of its Lambda authorizer.
    pub authorizer: Option<String>,
    /// What is asked of its callers.
    pub auth: Auth,
    /// What else it is told.
    pub settings: RouteSettings,
    /// Where it stands.
    pub origin: Origin,
}

/// Who answers a route, or decides about its callers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A function, named as in the integration: a reference, an ARN, with a qualifier or without.
    Lambda {
        /// The function.
        function: Resolved,
        /// Whether a role invokes it: then no grant is asked (P-029).
        by_role: bool,
    },
    /// Something else, or nothing that is known.
    Other,
}

/// An authorizer of an API.
#[derive(Debug, Clone, PartialEq)]
pub struct Authorizer {
    /// Its name or logical id.
    pub name: String,
    /// Its id in ARNs; unknown before the deployment.
    pub id: Resolved,
    /// Its function; `Other` for Cognito, JWT and IAM.
    pub target: Target,
    /// What else it is told.
    pub settings: GuardSettings,
    /// Where it stands.
    pub origin: Origin,
}

/// A part of a template that was not understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// What, and why.
    pub message: String,
    /// Where it stands.
    pub span: Span,
}

/// What API Gateway invokes a function for, and the ARN that it presents.
#[derive(Debug, Clone, PartialEq)]
pub struct Presented<'m> {
    /// The API.
    pub api: &'m Api,
    /// The stage; authorizers have none (P-016).
    pub stage: Option<String>,
    /// The route or the authorizer.
    pub asking: Asking<'m>,
    /// The ARN, where a function is asked and no role does it.
    pub source_arn: Option<String>,
}

/// Who in an API invokes a function.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Asking<'m> {
    /// A route.
    Route(&'m ApiRoute),
    /// An authorizer.
    Authorizer(&'m Authorizer),
}

impl Asking<'_> {
    /// Who is invoked.
    pub fn target(&self) -> &Target {
        match self {
            Self::Route(route) => &route.target,
            Self::Authorizer(authorizer) => &authorizer.target,
        }
    }

    /// Where it comes from.
    pub fn origin(&self) -> &Origin {
        match self {
            Self::Route(route) => &route.origin,
            Self::Authorizer(authorizer) => &authorizer.origin,
        }
    }
}

impl Api {
    /// Every route of every stage, and every authorizer, with the ARN that it presents (P-001 to
    /// P-022).
    pub fn presented(&self) -> Vec<Presented<'_>> {
        let mut rows = Vec::new();
        let stages: Vec<_> = self.stages.iter().map(|stage| stage.text().to_owned()).collect();
        // Without a stage in the template, one that is made elsewhere.
        let stages = if stages.is_empty() { vec!["${Stage}".to_owned()] } else { stages };
        for stage in &stages {
            for route in &self.routes {
                let arn = format!("{}/{stage}/{}", self.arn, arn::presented(&route.route));
                rows.push(self.row(Some(stage.clone()), Asking::Route(route), arn));
            }
        }
        for authorizer in self.authorizers.iter().filter(|authorizer| authorizer.target != Target::Other) {
            let arn = format!("{}/authorizers/{}", self.arn, authorizer.id);
            rows.push(self.row(None, Asking::Authorizer(authorizer), arn));
        }
        rows
    }

    /// Whether it has routes and not one of them says who answers it.
    pub fn is_bare(&self) -> bool {
        !self.routes.is_empty() && self.routes.iter().all(|route| route.settings.bare)
    }

    fn row<'m>(&'m self, stage: Option<String>, asking: Asking<'m>, arn: String) -> Presented<'m> {
        // A role needs no grant (P-029).
        let is_asked = matches!(asking.target(), Target::Lambda { by_role: false, .. });
        Presented { api: self, stage, asking, source_arn: is_asked.then_some(arn) }
    }
}

impl ApiRoute {
    /// The authorizer that guards the route: its own, else the default one of the API.
    pub(super) fn authorizer_name(&self) -> Option<&str> {
        self.authorizer.as_deref().or(self.settings.default_authorizer.as_deref())
    }
}

impl Grant {
    /// Whether somebody lets API Gateway invoke the function.
    pub fn is_for_api_gateway(&self) -> bool {
        self.principal.text() == Caller::API_GATEWAY
    }
}

impl Model {
    /// The API of that logical id or address.
    pub fn api(&self, logical_id: &str) -> Option<&Api> {
        self.apis.iter().find(|api| api.origin.logical_id == logical_id)
    }

    /// Adds a grant; one of the same logical id takes the place of the earlier one, as in the
    /// template that SAM writes.
    pub(super) fn grant(&mut self, grant: Grant) {
        let id = &grant.origin.logical_id;
        let earlier = grant.origin.generated_from.is_some().then(|| {
            let mut own = self.grants.iter_mut();
            own.find(|earlier| earlier.origin.generated_from.is_some() && earlier.origin.logical_id == *id)
        });
        match earlier.flatten() {
            Some(earlier) => *earlier = grant,
            None => self.grants.push(grant),
        }
    }

    /// Notes what was not understood.
    pub(super) fn leave_out(&mut self, span: Span, message: impl Into<String>) {
        self.left_out.push(LeftOut { message: message.into(), span });
    }
}
