//! `apigw test`: suites of cases, what is expected of their answers, and what came of them.

mod answering;
mod fuzz;
mod hidden;
mod hooks;
mod init;
mod kept;
mod load;
mod plan;
mod question;
mod ready;
mod reports;
mod runner;
mod together;

use super::exit::{Exit, Fault};
use super::io::Io;
use super::templates::pair;
use crate::report::human::printable;
use crate::report::suite::Format;
use crate::transport::Orphans;
use clap::{Args, Subcommand};
pub use fuzz::FuzzFlags;
pub use init::Init;
use reports::InFile;
use std::io::Write as _;

/// Run suites of test cases against a function, an endpoint or the APIs of a template
#[derive(Debug, Args)]
#[command(
    args_conflicts_with_subcommands = true,
    after_help = "A suite is a file whose name ends with .apigw.yaml: a target, and cases with what they ask and what
is expected of the answer. `apigw schema suite` prints its JSON Schema, for editors.

  target: {bin: ./bootstrap, api: http}
  cases:
    - name: greets
      request: GET /hello?name=Ada
      expect:
        status: 200
        headers: {content-type: application/json}
        body: {json: {/message: 'Hello, Ada!'}}

Variables stand in texts as ${{ name }}, those of the environment as ${{ env.NAME }}; cases of a
suite run in order, and may use what earlier ones captured. Setup and teardown are command lines for
the shell; what they start ends with them.

Exit code: 0 all as expected, 1 a case is not, 2 usage, an unreadable suite, a function that cannot
be started, 3 a function failed unexpectedly, 4 the network failed, 130 interrupted.

Examples:
  apigw test
  apigw test tests/users.apigw.yaml --filter 'creates' --bail
  apigw test tests --jobs 4 --report junit=report.xml
  apigw test --update
  apigw test --fuzz 100
  apigw test init template.yaml
  apigw test --openapi openapi.yaml --target bin=./bootstrap --target api=http"
)]
pub struct Test {
    /// What else it does.
    #[command(subcommand)]
    pub command: Option<TestCommand>,
    /// Suites, or directories with suites [default: this directory]
    #[arg(value_name = "FILE|DIR")]
    pub paths: Vec<String>,
    /// Ask what the examples of an OpenAPI document ask, in place of the suites' cases: the answers have to fit the
    /// responses that it describes, by status, content type and schema
    #[arg(long, value_name = "DOCUMENT")]
    pub openapi: Option<String>,
    /// Who is asked for --openapi, where no suite says it: a key of a target such as bin=./bootstrap; may be repeated
    #[arg(long, value_name = "KEY=VALUE", value_parser = pair, requires = "openapi", conflicts_with = "paths")]
    pub target: Vec<(String, String)>,
    /// Only cases whose names contain this text, or match it as a regular expression; cases whose
    /// captures they use run, too. May be repeated
    #[arg(long, value_name = "TEXT|REGEX", help_heading = "Choice")]
    pub filter: Vec<String>,
    /// Only cases with this tag; may be repeated
    #[arg(long, value_name = "TAG", help_heading = "Choice")]
    pub tag: Vec<String>,
    /// List the cases, and run nothing
    #[arg(long, help_heading = "Choice")]
    pub dry_run: bool,
    /// How many suites run at a time [default: 2]
    #[arg(long, short = 'j', value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256), help_heading = "Run")]
    pub jobs: Option<u16>,
    /// Run suites, and cases of suites without captures, in an order that depends on a number
    #[arg(long, value_name = "SEED", num_args = 0..=1, require_equals = true, help_heading = "Run")]
    pub shuffle: Option<Option<u64>>,
    /// End with the first case that is not as expected
    #[arg(long, help_heading = "Run")]
    pub bail: bool,
    /// How often a case is tried again that is not as expected; of functions in AWS and endpoints
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = clap::value_parser!(u8).range(0..=20), help_heading = "Run")]
    pub retries: u8,
    /// Write the snapshots that are missing or differ, and drop those of no case
    #[arg(long, help_heading = "Run")]
    pub update: bool,
    /// Hostile requests.
    #[command(flatten)]
    pub fuzz: FuzzFlags,
    /// How to print what came of it [default: human]
    #[arg(long, value_parser = reports::format_parser(), value_name = "FORMAT", help_heading = "Output")]
    pub format: Option<&'static Format>,
    /// Also write a report to a file, in any of these formats; may be repeated
    #[arg(long, value_parser = reports::in_file, value_name = "FORMAT=FILE", help_heading = "Output")]
    pub report: Vec<InFile>,
    /// Show credentials, tokens, keys and cookies, which are hidden otherwise
    #[arg(long, help_heading = "Output")]
    pub show_secrets: bool,
}

/// What `apigw test` does beside running suites.
#[derive(Debug, Subcommand)]
pub enum TestCommand {
    /// Write a first suite.
    Init(Box<Init>),
}

/// Runs the command.
///
/// # Errors
/// Faults of the command line, of suites, and of writing.
pub fn run(args: &Test, io: &mut Io) -> Result<Exit, Fault> {
    if let Some(TestCommand::Init(init)) = &args.command {
        return init::run(init, io);
    }
    let suites = match &args.openapi {
        Some(document) => load::described(document, args, io)?,
        None => load::suites(&args.paths, io)?,
    };
    let plan = plan::Plan::of(&suites, args, io)?;
    if args.dry_run {
        return list(&suites, &plan, io);
    }
    if let Some(seed) = plan.seed {
        writeln!(io.err, "note: shuffled with --shuffle={seed}")?;
    }
    let orphans = Orphans::adopt();
    let ran = run_planned(&suites, &plan, args, io);
    orphans.end();
    ran
}

/// Finds the targets first: a run that cannot begin leaves no report.
fn run_planned(suites: &[load::Loaded], plan: &plan::Plan, args: &Test, io: &mut Io) -> Result<Exit, Fault> {
    let Some(ready) = runner::ready(suites, plan, args, io)? else { return Ok(Exit::Interrupted) };
    let mut reports = reports::Reports::start(args, io)?;
    let exit = runner::run(ready, plan, args, &mut reports, io)?;
    let written = reports.finish(io)?;
    Ok(if written { exit } else { exit.max(Exit::Usage) })
}

/// The cases that would run.
fn list(suites: &[load::Loaded], plan: &plan::Plan, io: &mut Io) -> Result<Exit, Fault> {
    let mut all = 0;
    for planned in &plan.suites {
        let loaded = &suites[planned.suite];
        let (key, value) = loaded.suite.target.who.named();
        let value = crate::http::secret::hidden_url(value);
        writeln!(io.out, "{}  {key} {}", printable(&loaded.name), printable(&value))?;
        for at in &planned.cases {
            let case = &loaded.suite.cases[*at];
            let place = loaded.suite.document.place(case.span.start);
            let skip = case.skip.as_ref().map(|why| format!("  (skipped: {})", printable(why)));
            let (name, title) = (printable(&case.name), printable(&case.title));
            writeln!(io.out, "  {}: {name}  {title}{}", place.line, skip.unwrap_or_default())?;
            all += 1;
        }
    }
    writeln!(io.err, "{} in {}", counted(all, "case"), counted(plan.suites.len(), "suite"))?;
    Ok(Exit::Clean)
}

fn counted(number: usize, word: &str) -> String {
    crate::report::human::counted(number, word)
}
