//! Descriptions of APIs and functions: templates of SAM, CloudFormation and Terraform, and OpenAPI.
//!
//! YAML and JSON are read into one tree in which every part knows its place.

mod apis;
mod cfn;
mod code;
mod coverage;
pub mod deployed;
mod document;
mod gateway_responses;
mod given;
mod guards;
mod integrations;
mod mock;
mod model;
mod models;
mod named;
mod node;
pub mod openapi;
mod permissions;
mod policies;
mod read;
mod sam;
mod servable;
mod settings;
mod stored;
mod suggest;
mod terraform;
mod yaml;

pub use cfn::Resolved;
pub use code::FunctionCode;
pub use coverage::{Beyond, Coverage, Covered, Miss, MissReason, Row, Use, Wider};
pub use deployed::{ApiAnswers, ApiVersion, Deployed};
pub use document::Document;
pub use given::Given;
pub use model::{
    Api, ApiPolicy, ApiRoute, Asking, Auth, Authorizer, Function, FunctionPolicy, Grant,
    Kind as TemplateKind, LeftOut, Model, Origin, Presented, Target,
};
pub use named::Named;
pub use node::{Kind, Member, Node};
pub use read::Template;
pub use servable::{Choices, Servable, ServableApi};
pub use settings::{ApiSettings, GuardSettings, GuardType, Obstacle, PayloadVersion, RouteSettings, WayOut};
pub use stored::BYTES_AROUND;
pub use suggest::{Breadth, MAX_POLICY_BYTES, SuggestedGrant, Suggestion};

pub use crate::json::Mistake as TemplateError;
