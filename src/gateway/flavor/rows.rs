//! The rows of the table, one for each flavour. Flavours that are one front end in two settings say
//! once what they share.

use super::{Facts, Flavor};
use crate::gateway::host::Service;
use crate::gateway::notice::Evidence;
use crate::gateway::respond::{self, MAX_RESULT_BYTES};
use crate::gateway::setting::Setting;
use crate::gateway::{errors, event};

/// What can be set of an HTTP API, whatever its payload format.
const HTTP_KNOWS: &[Setting] = &[
    Setting::Stages,
    Setting::DefaultStage,
    Setting::StageVariables,
    Setting::Routes,
    Setting::DefaultRoute,
    Setting::CustomDomains,
    Setting::BasePaths,
    Setting::LambdaAuthorizers,
    Setting::NestedContext,
    Setting::Claims,
    Setting::IamCallers,
    Setting::Cors,
];

pub(super) static REST: Facts = Facts {
    flavor: Flavor::Rest,
    name: "rest",
    title: "REST API",
    fact_prefix: "R-",
    actor: "API Gateway",
    service: Service::ExecuteApi,
    default_id: "a1b2c3d4e5",
    knows: &[
        Setting::Stages,
        Setting::StageVariables,
        Setting::Routes,
        Setting::BinaryMediaTypes,
        Setting::EndpointTypes,
        Setting::CustomDomains,
        Setting::BasePaths,
        Setting::ApiKeys,
        Setting::LambdaAuthorizers,
        Setting::Claims,
        Setting::IamCallers,
    ],
    default_stage: "prod",
    default_content_type: "application/json",
    refusal: &errors::REST_MALFORMED,
    max_result_bytes: MAX_RESULT_BYTES,
    too_large: &errors::REST_MALFORMED,
    failure_is_known: ("R-171", Evidence::Recorded),
    too_large_is_known: ("R-174", Evidence::Reported),
    garbage_is_known: ("R-140", Evidence::Reported),
    timeout: &errors::REST_TIMEOUT,
    no_route: &errors::REST_NO_ROUTE,
    //
    malformed_log: "execution log: Execution failed due to configuration error: Malformed Lambda proxy response",
    result_schema: respond::shape::REST_SCHEMA,
    refusals: respond::shape::rest,
    build_event: event::rest::build,
    read_event: event::rest::read,
    accept: respond::rest::accept,
    own_answer: respond::rest::own_answer,
};

/// An HTTP API, in the payload format that it has unless another is chosen.
const HTTP_API: Facts = Facts {
    flavor: Flavor::Http,
    name: "http",
    title: "HTTP API",
    fact_prefix: "H-",
    actor: "API Gateway",
    service: Service::ExecuteApi,
    default_id: "a1b2c3d4e5",
    knows: HTTP_KNOWS,
    default_stage: "$default",
    default_content_type: "text/plain; charset=utf-8", // H-062
    refusal: &errors::HTTP_MALFORMED,
    max_result_bytes: MAX_RESULT_BYTES,
    too_large: &errors::HTTP_TOO_LARGE,
    failure_is_known: ("H-064", Evidence::Recorded),
    too_large_is_known: ("H-082", Evidence::Inferred),
    garbage_is_known: ("H-079", Evidence::Reported),
    timeout: &errors::HTTP_TIMEOUT,
    no_route: &errors::HTTP_NO_ROUTE,
    // H-068: the reason stands only in the access log, and only if the format asks for it
    malformed_log: "access log ($context.integrationErrorMessage): the response does not match the expected format",
    result_schema: respond::shape::HTTP_SCHEMA,
    refusals: respond::shape::http,
    build_event: event::http::build,
    read_event: event::http::read,
    accept: respond::http::accept,
    own_answer: respond::http::own_answer,
};

pub(super) static HTTP: Facts = HTTP_API;

pub(super) static HTTP_V1: Facts = Facts {
    flavor: Flavor::HttpV1,
    name: "http-v1",
    title: "HTTP API (payload 1.0)",
    result_schema: respond::shape::HTTP_V1_SCHEMA,
    refusals: respond::shape::http_v1,
    build_event: event::http_v1::build,
    read_event: event::http_v1::read,
    accept: respond::http_v1::accept,
    ..HTTP_API
};

pub(super) static URL: Facts = Facts {
    flavor: Flavor::Url,
    name: "url",
    title: "function URL",
    fact_prefix: "U-",
    actor: "Lambda",
    service: Service::LambdaUrl,
    default_id: "a1b2c3d4e5f6g7h8i9j0k1l2m3n4o5p6",
    knows: &[Setting::IamCallers, Setting::Streaming, Setting::Cors],
    default_stage: "$default",
    default_content_type: "application/json", // U-010
    refusal: &errors::URL_FAILED,
    max_result_bytes: MAX_RESULT_BYTES, // U-018, of the buffered mode
    too_large: &errors::URL_FAILED,
    failure_is_known: ("U-015", Evidence::Recorded),
    too_large_is_known: ("U-018", Evidence::Inferred),
    // Nobody has recorded it: the rule of U-012 speaks of JSON values only
    garbage_is_known: ("U-012", Evidence::Inferred),
    timeout: &errors::URL_FAILED,
    no_route: &errors::URL_UNKNOWN,
    malformed_log: "nothing in the function's log says so",
    result_schema: respond::shape::URL_SCHEMA,
    refusals: respond::shape::url,
    build_event: event::url::build,
    read_event: event::url::read,
    accept: respond::url::accept,
    own_answer: respond::url::own_answer,
};

/// A load balancer, either way.
const LOAD_BALANCER: Facts = Facts {
    flavor: Flavor::Alb,
    name: "alb",
    title: "Application Load Balancer",
    fact_prefix: "L-",
    actor: "the load balancer",
    service: Service::LoadBalancer,
    default_id: "lambda-targets",
    knows: &[Setting::CustomDomains, Setting::PlainHttp],
    default_stage: "$default",
    default_content_type: "",
    refusal: &errors::ALB_BAD_GATEWAY,
    max_result_bytes: 1_048_576, // L-026
    too_large: &errors::ALB_BAD_GATEWAY,
    failure_is_known: ("L-026", Evidence::Documented),
    too_large_is_known: ("L-026", Evidence::Documented),
    garbage_is_known: ("L-026", Evidence::Documented),
    timeout: &errors::ALB_BAD_GATEWAY,
    no_route: &errors::ALB_BAD_GATEWAY,
    malformed_log: "access log (error_reason): LambdaInvalidResponse", // L-026
    result_schema: respond::shape::ALB_SCHEMA,
    refusals: respond::shape::alb,
    build_event: event::alb::build,
    read_event: event::alb::read,
    accept: respond::alb::accept,
    own_answer: respond::alb::own_answer,
};

pub(super) static ALB: Facts = LOAD_BALANCER;

pub(super) static ALB_MULTI: Facts = Facts {
    flavor: Flavor::AlbMulti,
    name: "alb-multi",
    title: "Application Load Balancer (multi-value headers)",
    result_schema: respond::shape::ALB_MULTI_SCHEMA,
    refusals: respond::shape::alb_multi,
    build_event: event::alb::build_multi,
    read_event: event::alb::read_multi,
    accept: respond::alb::accept_multi,
    ..LOAD_BALANCER
};

pub(super) static LATTICE: Facts = Facts {
    flavor: Flavor::Lattice,
    name: "lattice",
    title: "VPC Lattice service",
    fact_prefix: "V-",
    actor: "VPC Lattice",
    service: Service::Lattice,
    default_id: "my-service",
    knows: &[Setting::CustomDomains, Setting::IamCallers],
    refusal: &errors::LATTICE_BAD_GATEWAY,
    max_result_bytes: 6 * 1024 * 1024, // V-003
    too_large: &errors::LATTICE_BAD_GATEWAY,
    failure_is_known: ("V-003", Evidence::Inferred),
    too_large_is_known: ("V-003", Evidence::Inferred),
    garbage_is_known: ("V-003", Evidence::Inferred),
    timeout: &errors::LATTICE_BAD_GATEWAY,
    no_route: &errors::LATTICE_BAD_GATEWAY,
    malformed_log: "what VPC Lattice does then is not documented",
    result_schema: respond::shape::LATTICE_SCHEMA,
    refusals: respond::shape::lattice,
    build_event: event::lattice::build,
    read_event: event::lattice::read,
    accept: respond::lattice::accept,
    own_answer: respond::lattice::own_answer,
    ..LOAD_BALANCER
};

pub(super) static WEBSOCKET: Facts = Facts {
    flavor: Flavor::Websocket,
    name: "websocket",
    title: "WebSocket API",
    fact_prefix: "W-",
    actor: "API Gateway",
    service: Service::ExecuteApi,
    default_id: "a1b2c3d4e5",
    knows: &[
        Setting::Stages,
        Setting::StageVariables,
        Setting::Routes,
        Setting::DefaultRoute,
        Setting::CustomDomains,
        Setting::BasePaths,
        Setting::ApiKeys,
        Setting::LambdaAuthorizers,
        Setting::IamCallers,
    ],
    default_stage: "prod",
    default_content_type: "application/json",
    refusal: &errors::WEBSOCKET_MALFORMED,
    max_result_bytes: MAX_RESULT_BYTES,
    too_large: &errors::WEBSOCKET_MALFORMED,
    failure_is_known: ("W-023", Evidence::Reported),
    too_large_is_known: ("W-023", Evidence::Inferred),
    garbage_is_known: ("W-024", Evidence::Inferred),
    timeout: &errors::WEBSOCKET_MALFORMED,
    no_route: &errors::WEBSOCKET_NO_ROUTE,
    malformed_log: "execution log: Malformed Lambda proxy response", // W-024
    result_schema: respond::shape::WEBSOCKET_SCHEMA,
    refusals: respond::shape::websocket,
    build_event: event::websocket::build,
    read_event: event::websocket::read,
    accept: respond::websocket::accept,
    own_answer: respond::websocket::own_answer,
};
