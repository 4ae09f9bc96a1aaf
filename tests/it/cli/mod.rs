//! The command line as its users meet it: words and files in; two streams and an exit code out.

mod advice;
mod authorizers;
mod baseline;
mod body_schema;
mod completions;
mod config;
mod connections;
mod contract;
mod demo;
mod event_check;
mod event_diff;
mod event_gen;
mod event_gen_mistakes;
mod explain;
mod help;
mod inputs;
mod invoke;
mod invoke_clients;
mod invoke_compare;
mod invoke_curl;
mod invoke_failures;
#[cfg(target_os = "linux")]
mod invoke_faults;
mod invoke_function;
mod invoke_handler;
#[cfg(unix)]
mod invoke_keep;
mod invoke_load;
mod invoke_load_function;
mod invoke_local;
#[cfg(unix)]
mod invoke_log;
mod invoke_secrets;
mod invoke_sign;
#[cfg(target_os = "linux")]
mod invoke_signals;
mod invoke_stream;
mod invoke_tls;
mod invoke_url;
#[cfg(unix)]
mod invoke_watch;
mod lint_response;
mod mending;
mod policy_arn;
mod policy_check;
mod policy_check_apis;
mod policy_explain;
mod policy_live;
mod policy_mending;
mod policy_suggest;
mod policy_templates;
mod reports;
mod run;
mod schema;
#[cfg(unix)]
mod serve;
#[cfg(target_os = "linux")]
mod serve_faults;
mod serve_inspect;
mod serve_templates;
#[cfg(unix)]
mod serve_websocket;
mod server;
mod test_deployed;
mod test_expect;
mod test_fuzz;
mod test_init;
mod test_openapi;
mod test_run;
#[cfg(target_os = "linux")]
mod test_signals;
mod test_suites;
mod test_template;

pub(crate) use run::{Ran, Run, apigw, snapshot, split};
