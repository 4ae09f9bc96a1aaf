//! What is told of a case, without its secrets.

use super::super::invoke::Question;
use crate::http::Secrets;
use crate::http::{Body, Response, secret};
use crate::suite::{Diff, Failure, Step};

/// A response without secrets, in its body too: nobody asked for the body itself.
pub(super) fn response(response: &Response, secrets: &Secrets) -> Response {
    let mut response = secrets.response(response).into_owned();
    if let Some(text) = response.body.as_text() {
        response.body = Body(secrets.text(text).into_bytes());
    }
    response
}

/// The secrets of what is asked and of the environment that it uses.
pub(super) fn secrets_of(asked: &Question, step: &Step) -> Vec<String> {
    let headers = match asked {
        Question::Request(request) => &request.headers,
        Question::Event(case) => &case.request.headers,
    };
    let of_fields = headers.iter().flat_map(|(name, value)| secret::secrets_of_field(name, value));
    let is_secret = |(name, _): &&(String, String)| secret::is_secret_parameter(name);
    of_fields.chain(step.env.iter().filter(is_secret).map(|(_, value)| value.clone())).collect()
}

/// A failure without secrets.
pub(super) fn failure(failure: &mut Failure, secrets: &Secrets) {
    failure.message = secrets.text(&failure.message);
    failure.label = secrets.text(&failure.label);
    match &mut failure.diff {
        Some(Diff::Json(rows)) => {
            for row in rows {
                row.left.iter_mut().chain(&mut row.right).for_each(|value| secrets.everywhere(value));
            }
        }
        Some(Diff::Text(left, right)) => {
            *left = secrets.text(left);
            *right = secrets.text(right);
        }
        None => {}
    }
}
