//! The source ARN that a route of a template presents, from flags.

use super::exit::Fault;
use super::io::Io;
use super::policy_request::RequestFlags;
use super::templates::open;
use crate::gateway::Route;
use crate::gateway::arn::presented;
use crate::lint::nearest;
use crate::policy::arn::{FieldName, fields};
use crate::policy::{Document, Spot};
use crate::template::{Api, Asking, Given, Model, Target};

impl RequestFlags {
    /// The source ARN of the route of the template that is asked about. What the template leaves open,
    /// the policy's own source ARNs say; what is not known stays in it as `${…}`.
    pub(super) fn presented(&self, key: &str, document: &Document, io: &mut Io) -> Result<String, Fault> {
        let file = self.template.as_deref().unwrap_or_default();
        let parameters = self.parameters.iter().cloned().collect();
        let given = Given {
            region: self.region.clone().or_else(|| of_policy(document, FieldName::Region)),
            account: self.account.clone().or_else(|| of_policy(document, FieldName::Account)),
            partition: of_policy(document, FieldName::Partition),
            parameters,
            ..Given::default()
        };
        let (_, model) = open(file, &given, io)?;
        let (api, asking) = self.asking(&model, key)?;
        let id = self.api_id.clone().or_else(|| of_policy(document, FieldName::ApiId));
        let arn = api.arn.text();
        let arn = match id.filter(|_| api.id.is_open()) {
            Some(id) => {
                arn.strip_suffix(api.id.text()).map_or_else(|| arn.to_owned(), |head| head.to_owned() + &id)
            }
            None => arn.to_owned(),
        };
        let source_arn = match asking {
            Asking::Authorizer(own) => format!("{arn}/authorizers/{}", own.id),
            Asking::Route(own) => format!("{arn}/{}/{}", self.stage_of(api)?, presented(&own.route)),
        };
        match asking.target() {
            Target::Lambda { by_role: true, .. } => {
                let message = format!("a role invokes the function of {key}: its own policy does not count");
                Err(Fault::usage(message)) // P-029
            }
            Target::Lambda { .. } => Ok(source_arn),
            Target::Other => Err(Fault::usage(format!("{key} invokes no function in {file}"))),
        }
    }

    /// The route or authorizer of that name, in the API that is meant.
    fn asking<'m>(&self, model: &'m Model, key: &str) -> Result<(&'m Api, Asking<'m>), Fault> {
        let is_meant = |api: &&Api| self.api.as_ref().is_none_or(|own| *own == api.origin.logical_id);
        let route = Route::parse(key).unwrap_or_else(|_| Route::key(key.trim()));
        let apis = || model.apis.iter().filter(is_meant);
        let routes = apis().flat_map(|api| {
            let own = api.routes.iter().filter(|own| presented(&own.route) == presented(&route));
            own.map(move |own| (api, Asking::Route(own)))
        });
        let authorizers = apis().flat_map(|api| {
            let own = api.authorizers.iter().filter(|own| key.strip_prefix("authorizer ") == Some(&own.name));
            own.map(move |own| (api, Asking::Authorizer(own)))
        });
        let found: Vec<_> = routes.chain(authorizers).collect();
        match found.as_slice() {
            [found] => Ok(*found),
            [] => Err(self.no_route(model, key)),
            several => {
                let names: Vec<_> = several.iter().map(|(api, _)| api.origin.logical_id.as_str()).collect();
                let message = format!("--route: several APIs have {key}");
                Err(Fault::usage(message).hint(format!("name one with --api: {}", names.join(", "))))
            }
        }
    }

    fn no_route(&self, model: &Model, key: &str) -> Fault {
        let routes = model.apis.iter().flat_map(|api| &api.routes);
        let authorizers = model.apis.iter().flat_map(|api| &api.authorizers);
        let names: Vec<String> = routes
            .map(|own| own.route.to_string())
            .chain(authorizers.map(|own| format!("authorizer {}", own.name)))
            .collect();
        let near =
            nearest(key, names.iter().map(String::as_str)).map(|near| format!("did you mean '{near}'?"));
        let file = self.template.as_deref().unwrap_or_default();
        let hint = near.unwrap_or_else(|| format!("its routes: apigw policy routes {file}"));
        Fault::usage(format!("--route: {file} has no route {key}")).hint(hint)
    }

    /// The stage that is asked about, or the only one of the API.
    fn stage_of<'s>(&'s self, api: &'s Api) -> Result<&'s str, Fault> {
        match (self.stage.as_deref(), api.stages.as_slice()) {
            (Some(stage), _) => Ok(stage),
            (None, [stage]) => Ok(stage.text()),
            (None, stages) => {
                let names: Vec<_> = stages.iter().map(|stage| stage.text()).collect();
                let message = format!("the API {} has several stages, or none", api.origin.logical_id);
                Err(Fault::usage(message).hint(format!("name one with --stage {}", names.join(", "))))
            }
        }
    }
}

/// A part of the ARNs that a policy itself names, where it is plain.
fn of_policy(document: &Document, name: FieldName) -> Option<String> {
    let values = document.statements.iter().flat_map(|own| &own.conditions);
    let arns =
        values.filter(|own| own.key.text.eq_ignore_ascii_case("aws:SourceArn")).flat_map(|own| &own.values);
    let part = |spot: &Spot| {
        let field = fields(&spot.text).into_iter().find(|field| field.name == name)?;
        let text = field.text(&spot.text);
        (!text.is_empty() && !text.contains(['*', '?', '$', '{'])).then(|| text.to_owned())
    };
    arns.filter(|spot| spot.text.contains(":execute-api:")).find_map(part)
}
