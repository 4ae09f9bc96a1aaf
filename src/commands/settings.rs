//! Which flags have a meaning for which front end: what its row says that it knows.

use super::exit::Fault;
use super::flags::{ApiFlags, CallerFlags};
use crate::gateway::{Api, Domain, Flavor, Setting};

/// Refuses a flag that sets or tells what the front end does not have.
pub(super) fn check(flavor: Flavor, api: &ApiFlags, caller: &CallerFlags) -> Result<(), Fault> {
    let given = [
        ("--stage", api.stage.is_some(), Setting::Stages),
        ("--stage-variable", !api.stage_variables.is_empty(), Setting::StageVariables),
        ("--route", !api.routes.is_empty(), Setting::Routes),
        ("--binary-media-type", !api.binary_media_types.is_empty(), Setting::BinaryMediaTypes),
        ("--endpoint-type", api.endpoint_type.is_some(), Setting::EndpointTypes),
        ("--custom-domain", api.custom_domain.is_some(), Setting::CustomDomains),
        ("--streaming", api.streaming, Setting::Streaming),
        ("--api-key", caller.api_key.is_some(), Setting::ApiKeys),
        ("--principal", caller.principal.is_some(), Setting::LambdaAuthorizers),
        ("--context", !caller.context.is_empty(), Setting::LambdaAuthorizers),
        ("--claim", !caller.claims.is_empty(), Setting::Claims),
        ("--iam", caller.iam.is_some(), Setting::IamCallers),
    ];
    check_flags(flavor, &given)
}

/// Refuses the first flag that was given and whose setting the front end does not know.
pub(super) fn check_flags(flavor: Flavor, given: &[(&str, bool, Setting)]) -> Result<(), Fault> {
    let facts = flavor.facts();
    match given.iter().find(|(_, given, setting)| *given && !facts.knows(*setting)) {
        None => Ok(()),
        Some((flag, _, setting)) => {
            let knowing = Flavor::ALL.into_iter().filter(|flavor| flavor.facts().knows(*setting));
            let knowing: Vec<_> = knowing.map(|flavor| flavor.facts().name).collect();
            let message = format!("{flag}: {} knows no {}", facts.a_title(), setting.name());
            Err(Fault::usage(message).hint(format!("it has a meaning for {}", knowing.join(", "))))
        }
    }
}

/// Refuses a host name that the front end cannot have, and a base path where there is none.
pub(super) fn check_domain(api: &Api) -> Result<(), Fault> {
    let Domain::Custom { name, base_path } = &api.domain else { return Ok(()) };
    let facts = api.flavor.facts();
    if !facts.knows(Setting::CustomDomains) {
        let message = format!("--url: {} has no name of its own such as {name}", facts.a_title());
        let default = Api { domain: Domain::ExecuteApi, ..api.clone() }.host();
        return Err(Fault::usage(message).hint(format!("its host is like {default}")));
    }
    if !base_path.is_empty() && !facts.knows(Setting::BasePaths) {
        return Err(Fault::usage(format!("--custom-domain: {} knows no base paths", facts.a_title()))
            .hint("put the path into --path"));
    }
    Ok(())
}
