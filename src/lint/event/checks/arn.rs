//! The ARN of an authorizer's event.

use super::{Event, at};
use crate::gateway::{Evidence, Notice, NoticeKind};
use crate::policy::arn::split;

/// The ARN names the call that the event tells of, with the path as it was requested (R-235,
/// H-097, H-100).
pub(super) fn arn(event: &Event<'_>) -> Vec<Notice> {
    let places = [("/methodArn", "R-235"), ("/routeArn", "H-097")];
    let found = places.into_iter().find_map(|(place, fact)| Some((event.text(place)?, place, fact)));
    let Some((arn, place, fact)) = found else { return Vec::new() };
    if !event.flavor.name.starts_with("authorizer-") {
        return Vec::new();
    }
    let rest = event.is_any(&["authorizer-token", "authorizer-request"]);
    let mut notices = Vec::new();
    if arn.contains('{') {
        let evidence = if rest { Evidence::Recorded } else { Evidence::Inferred };
        let found = "an ARN with a path template in it";
        notices.push(event.notice(NoticeKind::PathIsTemplate, at(place), found, &[fact], evidence));
    }
    let (mut fields, path) = match parts(arn) {
        Some(parts) => parts,
        None => return notices, // the schema tells of its form
    };
    fields.retain(|(pointer, part)| event.text(pointer).is_some_and(|said| said != *part));
    for (pointer, part) in fields {
        let found = format!(
            "{part:?} in the ARN, but `{}` says {:?}",
            dotted(pointer),
            event.text(pointer).unwrap_or_default()
        );
        notices.push(event.notice(
            NoticeKind::MethodArnMismatch,
            at(place),
            found,
            &[fact],
            Evidence::Recorded,
        ));
    }
    notices.extend(path_of(event, place, path, fact));
    notices
}

fn dotted(pointer: &str) -> String {
    pointer.trim_start_matches('/').replace('/', ".")
}

/// What the parts of an ARN say, and where the event says it; and the path.
fn parts(arn: &str) -> Option<(Vec<(&'static str, &str)>, &str)> {
    let [.., account, resource] = split(arn)?;
    let mut parts = resource.splitn(4, '/');
    let (api, stage, verb) = (parts.next()?, parts.next()?, parts.next()?);
    let mut said = vec![
        ("/requestContext/accountId", account),
        ("/requestContext/apiId", api),
        ("/requestContext/stage", stage),
    ];
    if verb != "$connect" {
        said.push(("/requestContext/httpMethod", verb));
        said.push(("/requestContext/http/method", verb));
    }
    Some((said, parts.next().unwrap_or_default()))
}

/// what becomes of escapes and of a trailing slash is not known.
fn path_of(event: &Event<'_>, place: &str, path: &str, fact: &str) -> Option<Notice> {
    let own = event.text("/path").filter(|_| event.flavor.name == "authorizer-request")?;
    let comparable = !own.contains('%') && !own.ends_with('/') && event.on_own_host() && !path.contains('{');
    let differs = own.trim_start_matches('/') != path;
    let found = format!("the path {path:?} in the ARN, but `path` says {own:?}");
    (comparable && differs)
        .then(|| event.notice(NoticeKind::MethodArnMismatch, at(place), found, &[fact], Evidence::Recorded))
}
