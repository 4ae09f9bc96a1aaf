//! What is deployed, as AWS's own APIs tell it: the policy of a function and the APIs that invoke it.
//!
//! The policy is a document whose text has places. The APIs have none: what is said of them points
//! to the beginning of the policy, which is where a grant is missing.

mod apis;
mod policy;
#[cfg(test)]
mod tests;

use super::TemplateError;
use super::cfn::Resolved;
use super::code::FunctionCode;
use super::document::Document;
use super::given::Given;
use super::model::{Function, Grant, Kind, Model, Origin, Target};
use crate::json::Span;
use crate::policy::arn::{FieldName, LATEST, fields, split};
use serde_json::Value;

/// What API Gateway says about an API: the items of its lists, of all pages.
#[derive(Debug, Clone, PartialEq)]
pub struct ApiAnswers {
    /// Which of the two APIs of API Gateway says it.
    pub version: ApiVersion,
    /// GetRestApi, GetApi.
    pub api: Value,
    /// GetResources with their methods embedded, GetRoutes.
    pub routes: Vec<Value>,
    /// GetIntegrations; REST APIs have them in their methods.
    pub integrations: Vec<Value>,
    /// GetStages.
    pub stages: Vec<Value>,
    /// GetAuthorizers.
    pub authorizers: Vec<Value>,
    /// Why the authorizers are not known, if they are not.
    pub no_authorizers: Option<String>,
}

/// The two APIs of API Gateway.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ApiVersion {
    /// For REST APIs.
    Rest,
    /// For HTTP and WebSocket APIs.
    V2,
}

/// An API that a policy names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedApi {
    /// Its id.
    pub id: String,
    /// The account that owns it.
    pub account: String,
    /// The region in the source ARN.
    pub region: String,
}

/// A function with its policy, and the APIs that invoke it.
#[derive(Debug, Clone)]
pub struct Deployed {
    function: FunctionArn,
    document: Document,
    model: Model,
    unseen: Vec<Unseen>,
}

/// The ARN of a function in its parts.
#[derive(Debug, Clone)]
struct FunctionArn {
    unqualified: String,
    partition: String,
    region: String,
    account: String,
    name: String,
    qualifier: Option<String>,
}

impl FunctionArn {
    fn parse(arn: &str) -> Option<Self> {
        let [_, partition, service, region, account, resource] = split(arn)?;
        let name = resource.strip_prefix("function:").filter(|_| service == "lambda")?;
        let (name, qualifier) = name.split_once(':').map_or((name, None), |(name, own)| (name, Some(own)));
        Some(Self {
            unqualified: format!("arn:{partition}:lambda:{region}:{account}:function:{name}"),
            partition: partition.to_owned(),
            region: region.to_owned(),
            account: account.to_owned(),
            name: name.to_owned(),
            // The unqualified function has the policy of its newest version (P-032).
            qualifier: qualifier.filter(|own| *own != LATEST).map(str::to_owned),
        })
    }

    /// What its policy is called as a document.
    fn document(&self) -> String {
        format!("lambda:{}", self.named())
    }

    fn named(&self) -> String {
        let qualifier = self.qualifier.as_ref().map(|own| format!(":{own}")).unwrap_or_default();
        format!("{}{qualifier}", self.name)
    }
}

/// The text of a policy with one member to a line, as a document; without a policy, that of an empty
/// one. What is no JSON stays as it is.
pub fn text_of(policy: Option<&str>) -> String {
    let text = policy.unwrap_or(r#"{"Version": "2012-10-17", "Id": "default", "Statement": []}"#);
    serde_json::from_str::<Value>(text).map_or_else(|_| text.to_owned(), |value| format!("{value:#}\n"))
}

/// What stands nowhere in a text.
const NOWHERE: Span = Span { start: 0, end: 0 };

impl Deployed {
    /// A function by its ARN, with its policy: the text of that, as [`text_of`] writes it.
    ///
    /// # Errors
    /// When the ARN is not that of a function, or the policy is no JSON.
    pub fn new(function_arn: &str, policy: &str) -> Result<Self, TemplateError> {
        let no_arn = || TemplateError::new(NOWHERE, format!("`{function_arn}` is no ARN of a function"));
        let function = FunctionArn::parse(function_arn).ok_or_else(no_arn)?;
        let document = Document::parse(function.document(), policy)?;
        let mut model = Model { kind: Kind::Deployed, ..Model::default() };
        let origin = origin(&function.name, NOWHERE);
        let name = Some(Resolved::known(function.name.as_str(), NOWHERE));
        model.functions.push(Function { name, alias: None, code: FunctionCode::default(), origin });
        policy::read(&document, function_arn, &mut model);
        Ok(Self { function, document, model, unseen: Vec::new() })
    }

    /// What people call the policy.
    pub fn name(&self) -> &str {
        self.document.name()
    }

    /// What is known of the function beside its policy.
    pub fn given(&self) -> Given {
        let FunctionArn { partition, region, account, .. } = &self.function;
        Given {
            region: Some(region.clone()),
            account: Some(account.clone()),
            partition: Some(partition.clone()),
            ..Given::default()
        }
    }

    /// The APIs that the policy names by their ids, each once.
    pub fn named_apis(&self) -> Vec<NamedApi> {
        let mut found = Vec::new();
        texts(&self.document.root().to_json(), &mut |text| {
            let Some([_, _, "execute-api", region, account, resource]) = split(text) else { return };
            let id = resource.split('/').next().unwrap_or_default();
            let is_known = |text: &str| !text.is_empty() && !text.contains(['*', '?', '$', '{']);
            let or = |text: &str, own: &str| if is_known(text) { text } else { own }.to_owned();
            let (region, account) = (or(region, &self.function.region), or(account, &self.function.account));
            let named = NamedApi { id: id.to_owned(), account, region };
            if is_known(id) && !found.contains(&named) {
                found.push(named);
            }
        });
        found
    }

    /// An API of that id in the account and the region of the function.
    pub fn own_api(&self, id: &str) -> NamedApi {
        let FunctionArn { account, region, .. } = &self.function;
        NamedApi { id: id.to_owned(), account: account.clone(), region: region.clone() }
    }

    /// Adds an API, with all of its stages or one.
    pub fn add_api(&mut self, named: &NamedApi, answers: &ApiAnswers, stage: Option<&str>) {
        // The region in what API Gateway presents is the function's (P-023).
        let FunctionArn { partition, region, .. } = &self.function;
        let arn = format!("arn:{partition}:execute-api:{region}:{}:{}", named.account, named.id);
        let unseen = apis::read(answers, &named.id, &arn, stage, &mut self.model);
        let unseen_at = |field, text| Unseen { api: named.id.clone(), field, text };
        self.unseen.extend(unseen.into_iter().map(|stage| unseen_at(FieldName::Stage, stage)));
        if let Some(why) = &answers.no_authorizers {
            // The word stands where other ARNs have the stage (P-016).
            self.unseen.push(unseen_at(FieldName::Authorizers, "authorizers".to_owned()));
            self.leave_out(format!("the authorizers of the API {}: {why}", named.id));
        }
    }

    /// Notes what was not read.
    pub fn leave_out(&mut self, message: impl Into<String>) {
        self.model.leave_out(NOWHERE, message);
    }

    /// The function in the model of what invokes it. Routes of its other versions and aliases, which
    /// have policies of their own (P-031), invoke nothing there, nor do those of other functions of
    /// that name. Grants for what is not looked at are left out.
    pub fn into_model(mut self) -> Model {
        let mut others: Vec<(String, String, usize)> = Vec::new();
        for api in &mut self.model.apis {
            let routes = api.routes.iter_mut().map(|route| &mut route.target);
            let authorizers = api.authorizers.iter_mut().map(|authorizer| &mut authorizer.target);
            for target in routes.chain(authorizers) {
                let Some(other) = self.function.settle(target) else { continue };
                match others.iter_mut().find(|(id, own, _)| id == api.id.text() && *own == other) {
                    Some((.., count)) => *count += 1,
                    None => others.push((api.id.text().to_owned(), other, 1)),
                }
            }
        }
        for (api, other, count) in others {
            let what = match count {
                1 => "a route or authorizer of it invokes".to_owned(),
                count => format!("{count} routes and authorizers of it invoke"),
            };
            let message = format!("the API {api}: {what} {other}, which has a policy of its own");
            self.model.leave_out(NOWHERE, message);
        }
        let unseen = &self.unseen;
        self.model.grants.retain(|grant| !unseen.iter().any(|own| own.is_asked_by(grant)));
        self.model
    }
}

/// A stage of an API that is not looked at, or its authorizers.
#[derive(Debug, Clone)]
struct Unseen {
    api: String,
    field: FieldName,
    text: String,
}

impl Unseen {
    /// Whether a grant is for that alone.
    fn is_asked_by(&self, grant: &Grant) -> bool {
        let Some(arn) = grant.source_arn.as_ref().map(Resolved::text) else { return false };
        let parts = fields(arn);
        let is = |name, text: &str| parts.iter().any(|own| own.name == name && own.text(arn) == text);
        is(FieldName::ApiId, &self.api) && is(self.field, &self.text)
    }
}

impl FunctionArn {
    /// Writes a target that is this function as the grants write it, and makes nothing of one that is
    /// not, but would be taken for it: how that is named, if it is another version or alias.
    fn settle(&self, target: &mut Target) -> Option<String> {
        let Target::Lambda { function, .. } = target else { return None };
        let other = Self::parse(function.text()).filter(|other| other.name == self.name)?;
        let is_same = other.unqualified == self.unqualified;
        if is_same && other.qualifier == self.qualifier {
            let qualifier = self.qualifier.as_ref().map(|own| format!(":{own}")).unwrap_or_default();
            *function = Resolved::known(format!("{}{qualifier}", self.unqualified), NOWHERE);
            return None;
        }
        *target = Target::Other;
        is_same.then(|| other.named())
    }
}

/// Where something deployed comes from.
fn origin(id: &str, span: Span) -> Origin {
    let (logical_id, generated_from, condition) = (id.to_owned(), None, None);
    Origin { logical_id, generated_from, span, condition, deployed: Some(true) }
}

/// Hands over every text in a value.
fn texts(value: &Value, take: &mut impl FnMut(&str)) {
    match value {
        Value::String(text) => take(text),
        Value::Array(items) => items.iter().for_each(|item| texts(item, take)),
        Value::Object(members) => members.values().for_each(|member| texts(member, take)),
        _ => {}
    }
}
