//! What `aws_api_gateway_request_validator` asks of the requests of a method: parameters, and
//! `aws_api_gateway_model` for bodies.

use super::Plan;
use super::resource::Resource;
use crate::gateway::door::Parameter;
use crate::template::models;
use crate::template::settings::RouteSettings;
use serde_json::Value;

/// Notes what the validator of a method asks.
///
/// # Errors
/// Why that cannot be emulated.
pub(super) fn read(
    plan: &Plan<'_>,
    method: &Resource<'_>,
    settings: &mut RouteSettings,
) -> Result<(), String> {
    let Some(id) = method.text("request_validator_id") else { return Ok(()) };
    let mut validators = plan.of_kind("aws_api_gateway_request_validator");
    let validator = validators
        .find(|own| own.own("id").text() == id.text())
        .ok_or_else(|| format!("its request validator {id} is not in the plan"))?;
    if validator.is_true("validate_request_parameters") {
        let asked = method.pairs("request_parameters");
        let asked = asked.iter().filter(|(_, required)| required.text() == "true");
        settings.required = asked.filter_map(|(name, _)| Parameter::parse(name)).collect();
    }
    if validator.is_true("validate_request_body") {
        let find = |name: &str| schema(plan, method, name);
        for (content_type, name) in method.pairs("request_models") {
            settings.models.push((content_type, models::of_api(name.text(), &find)?));
        }
    }
    Ok(())
}

/// The schema of a model of the method's API by its name.
fn schema(plan: &Plan<'_>, method: &Resource<'_>, name: &str) -> Result<Value, String> {
    let api = method.text("rest_api_id");
    let here = |model: &&Resource<'_>| {
        let same =
            |own: &str, wanted: Option<&str>| model.text(own).as_ref().map(|text| text.text()) == wanted;
        same("rest_api_id", api.as_ref().map(|api| api.text())) && same("name", Some(name))
    };
    // A plan may name the model by a reference to its resource.
    let referred = |model: &&Resource<'_>| model.own("name").text() == name;
    let mut models = plan.of_kind("aws_api_gateway_model");
    let model = models.find(|model| here(model) || referred(model));
    let model = model.ok_or_else(|| format!("there is no model {name}"))?;
    let schema = model.get("schema").and_then(|node| node.text());
    let schema =
        schema.ok_or_else(|| format!("the schema of its model {name} is known after the apply only"))?;
    serde_json::from_str(schema)
        .map_err(|error| format!("the schema of its model {name} is no JSON: {error}"))
}
