//! Request validators of REST APIs: the parameters that a method requires, and the models of its
//! body.

use crate::gateway::errors::{self, GatewayError};
use crate::gateway::route::Matched;
use crate::http::{MediaType, Request, query};
use jsonschema::Validator;
use serde_json::Value;
use std::fmt;
use std::sync::Arc;

/// What a method asks of its requests; the default asks nothing.
#[derive(Debug, Clone, Default)]
pub struct RequestValidator {
    /// The parameters that a request must have. Empty if the validator does not look at them.
    pub required: Vec<Parameter>,
    /// The models of the body by content type. Empty if the validator does not look at it.
    pub models: Vec<Model>,
}

/// A parameter of the request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameter {
    /// Where it stands.
    pub place: ParameterPlace,
    /// Its name.
    pub name: String,
}

/// Where a parameter stands, in the order in which missing ones are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ParameterPlace {
    /// Among the header fields.
    Header,
    /// In the path.
    Path,
    /// In the query.
    Query,
}

/// The model of a body.
#[derive(Clone)]
pub struct Model {
    /// The content type of the bodies that it describes, or `$default`.
    pub content_type: String,
    schema: Arc<Validator>,
    source: Arc<Value>,
}

/// Why a request does not pass.
#[derive(Debug)]
pub(super) struct Invalid {
    pub(super) error: &'static GatewayError,
    /// The message, where it tells more than that of the error.
    pub(super) message: Option<String>,
    pub(super) reason: String,
}

impl Parameter {
    /// Reads `method.request.header.X`, `method.request.path.x` and `method.request.querystring.x`.
    pub fn parse(text: &str) -> Option<Self> {
        let (place, name) = text.strip_prefix("method.request.")?.split_once('.')?;
        let place = match place {
            "header" => ParameterPlace::Header,
            "path" => ParameterPlace::Path,
            "querystring" => ParameterPlace::Query,
            _ => return None,
        };
        (!name.is_empty()).then(|| Self { place, name: name.to_owned() })
    }

    /// Whether a request has it, and not empty.
    fn stands_in(&self, request: &Request, matched: &Matched<'_>) -> bool {
        let filled = |value: Option<&str>| value.is_some_and(|value| !value.is_empty());
        let named = |(name, _): &&(String, String)| *name == self.name;
        match self.place {
            ParameterPlace::Header => filled(request.headers.get(&self.name)),
            ParameterPlace::Path => {
                filled(matched.parameters.iter().find(named).map(|(_, value)| value.as_str()))
            }
            ParameterPlace::Query => {
                let pairs = query::decode(request.query.as_deref().unwrap_or_default());
                filled(pairs.iter().find(named).map(|(_, value)| value.as_str()))
            }
        }
    }
}

impl Model {
    /// A model of bodies of a content type, as JSON Schema (draft 4 where it names none).
    ///
    /// # Errors
    /// What is wrong with the schema.
    pub fn new(content_type: &str, schema: &Value) -> Result<Self, String> {
        let options = jsonschema::options().with_draft(jsonschema::Draft::Draft4);
        let validator = options.build(schema).map_err(|error| error.to_string())?;
        let (schema, source) = (Arc::new(validator), Arc::new(schema.clone()));
        Ok(Self { content_type: content_type.to_owned(), schema, source })
    }

    /// The schema.
    pub fn schema(&self) -> &Value {
        &self.source
    }

    fn takes(&self, body: &[u8]) -> bool {
        serde_json::from_slice(body).is_ok_and(|value: Value| self.schema.is_valid(&value))
    }
}

impl fmt::Debug for Model {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Model").field("content_type", &self.content_type).finish_non_exhaustive()
    }
}

impl RequestValidator {
    /// Why a request does not pass; parameters come before the body.
    pub(super) fn judge(&self, request: &Request, matched: &Matched<'_>) -> Option<Invalid> {
        self.missing(request, matched).or_else(|| self.body(request))
    }

    fn missing(&self, request: &Request, matched: &Matched<'_>) -> Option<Invalid> {
        let mut missing: Vec<_> =
            self.required.iter().filter(|parameter| !parameter.stands_in(request, matched)).collect();
        if missing.is_empty() {
            return None;
        }
        missing.sort_by_key(|parameter| parameter.place);
        let names: Vec<_> = missing.iter().map(|parameter| parameter.name.as_str()).collect();
        let message = format!("Missing required request parameters: [{}]", names.join(", "));
        let reason = format!("the request lacks {}, which its method requires", names.join(", "));
        Some(Invalid { error: &errors::REST_MISSING_PARAMETERS, message: Some(message), reason })
    }

    /// A body is of the model of its content type, of `application/json` if it names none, else of
    /// `$default`; a content type without a model is not looked at.
    fn body(&self, request: &Request) -> Option<Invalid> {
        let named = request.headers.get("content-type").map(MediaType::parse);
        let essence = named.as_ref().map_or("application/json", MediaType::essence);
        let of = |content_type: &str| {
            self.models.iter().find(|model| model.content_type.eq_ignore_ascii_case(content_type))
        };
        let model = of(essence).or_else(|| of("$default"))?;
        // no body is no valid one.
        (!model.takes(&request.body)).then(|| Invalid {
            error: &errors::REST_INVALID_BODY,
            message: None,
            reason: format!("the body does not fit the model of {essence}"),
        })
    }
}
