//! The command line: its grammar, and which command runs.

use crate::commands::{
    ColorChoice, Exit, Fault, Io, completions, demo, event_check, event_convert, event_diff, event_from,
    event_gen, event_list, event_to, explain, invoke, lint_response, policy_arn, policy_check,
    policy_explain, policy_grants, policy_routes, policy_suggest, rules, schema, serve, test,
};
use crate::http::secret::HIDDEN;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{CommandFactory as _, Parser, Subcommand, ValueEnum as _};
use std::ffi::OsString;
use std::io::Write as _;

/// Events, answers and policies of Amazon API Gateway and AWS Lambda
#[derive(Debug, Parser)]
#[command(
    name = "apigw",
    version,
    subcommand_required = true,
    arg_required_else_help = true,
    max_term_width = 100
)]
pub struct Cli {
    /// When to use colours (also NO_COLOR and CLICOLOR_FORCE)
    #[arg(
        long,
        global = true,
        value_enum,
        default_value = "auto",
        value_name = "WHEN",
        hide_possible_values = true
    )]
    pub color: ColorChoice,
    /// The command.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make, list, check and compare the events that API Gateway sends to functions
    #[command(subcommand, arg_required_else_help = true)]
    Event(EventCommand),
    #[allow(missing_docs)]
    Invoke(Box<invoke::Invoke>),
    #[allow(missing_docs)]
    LintResponse(Box<lint_response::LintResponse>),
    #[allow(missing_docs)]
    Serve(Box<serve::Serve>),
    #[allow(missing_docs)]
    Test(Box<test::Test>),
    #[allow(missing_docs)]
    Explain(explain::Explain),
    /// Say who may invoke which function, what API Gateway asks of it, and why not
    #[command(subcommand, arg_required_else_help = true)]
    Policy(PolicyCommand),
    #[allow(missing_docs)]
    Rules(rules::Rules),
    #[allow(missing_docs)]
    Schema(schema::Schema),
    #[allow(missing_docs)]
    Demo(demo::Demo),
    #[allow(missing_docs)]
    Completions(completions::Completions),
    #[allow(missing_docs)]
    #[command(hide = true)]
    DemoFunction(demo::DemoFunction),
}

/// The commands about events.
#[derive(Debug, Subcommand)]
pub enum EventCommand {
    #[allow(missing_docs)]
    Gen(Box<event_gen::EventGen>),
    #[allow(missing_docs)]
    /// Events from what is at hand: a curl command line, a HAR recording, raw HTTP, OpenAPI
    #[command(subcommand, arg_required_else_help = true)]
    From(Box<event_from::EventFrom>),
    #[allow(missing_docs)]
    To(event_to::EventTo),
    #[allow(missing_docs)]
    Convert(event_convert::EventConvert),
    #[allow(missing_docs)]
    List(event_list::EventList),
    #[allow(missing_docs)]
    Check(Box<event_check::EventCheck>),
    #[allow(missing_docs)]
    Diff(event_diff::EventDiff),
}

/// The commands about policies.
#[derive(Debug, Subcommand)]
pub enum PolicyCommand {
    #[allow(missing_docs)]
    Arn(policy_arn::PolicyArn),
    #[allow(missing_docs)]
    Check(Box<policy_check::PolicyCheck>),
    #[allow(missing_docs)]
    Explain(Box<policy_explain::PolicyExplain>),
    #[allow(missing_docs)]
    Grants(policy_grants::PolicyGrants),
    #[allow(missing_docs)]
    Routes(policy_routes::PolicyRoutes),
    #[allow(missing_docs)]
    Suggest(policy_suggest::PolicySuggest),
}

/// Runs a command line (the program's name first) and says how it ended.
pub fn run(words: impl IntoIterator<Item = OsString>, mut io: Io) -> Exit {
    let words: Vec<_> = words.into_iter().collect();
    io.color = wanted_color(&words);
    let result = match Cli::try_parse_from(&words) {
        Ok(cli) => {
            io.color = cli.color;
            dispatch(cli.command, &mut io)
        }
        Err(error) => grammar_error(&error, &words, &mut io),
    };
    let result = result.and_then(|exit| io.out.flush().map(|()| exit).map_err(Fault::from));
    result.unwrap_or_else(|fault| report(&fault, &mut io))
}

/// What `--color` says, also where the rest of the line cannot be read, or asks for help.
fn wanted_color(words: &[OsString]) -> ColorChoice {
    let mut words = words.iter().map(|word| word.to_string_lossy()).take_while(|word| word != "--");
    while let Some(word) = words.next() {
        let value =
            if word == "--color" { words.next() } else { word.strip_prefix("--color=").map(Into::into) };
        if let Some(choice) = value.and_then(|value| ColorChoice::from_str(&value, false).ok()) {
            return choice;
        }
    }
    ColorChoice::Auto
}

fn dispatch(command: Command, io: &mut Io) -> Result<Exit, Fault> {
    match command {
        Command::Event(EventCommand::Gen(args)) => event_gen::run(&args, io),
        Command::Event(EventCommand::From(args)) => event_from::run(&args, io),
        Command::Event(EventCommand::To(args)) => event_to::run(&args, io),
        Command::Event(EventCommand::Convert(args)) => event_convert::run(&args, io),
        Command::Event(EventCommand::List(args)) => event_list::run(&args, io),
        Command::Event(EventCommand::Check(args)) => event_check::run(&args, io),
        Command::Event(EventCommand::Diff(args)) => event_diff::run(&args, io),
        Command::Policy(PolicyCommand::Grants(args)) => policy_grants::run(&args, io),
        Command::Policy(PolicyCommand::Routes(args)) => policy_routes::run(&args, io),
        Command::Policy(PolicyCommand::Suggest(args)) => policy_suggest::run(&args, io),
        Command::Schema(args) => schema::run(&args, io),
        Command::LintResponse(args) => lint_response::run(&args, io),
        Command::Policy(PolicyCommand::Arn(args)) => policy_arn::run(&args, io),
        Command::Policy(PolicyCommand::Check(args)) => policy_check::run(&args, io),
        Command::Policy(PolicyCommand::Explain(args)) => policy_explain::run(&args, io),
        Command::Explain(args) => explain::run(&args, io),
        Command::Rules(args) => rules::run(&args, io),
        Command::Invoke(args) => invoke::run(&args, io),
        Command::Serve(args) => serve::run(&args, io),
        Command::Test(args) => test::run(&args, io),
        Command::Demo(args) => demo::run(&args, io),
        Command::DemoFunction(args) => demo::serve(&args, io),
        Command::Completions(args) => completions::run(&args, Cli::command(), io),
    }
}

/// Help and version were asked for; anything else is a mistake in the words.
fn grammar_error(error: &clap::Error, words: &[OsString], io: &mut Io) -> Result<Exit, Fault> {
    let text = error.render();
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            let style = io.out_style();
            let text = if style.color { text.ansi().to_string() } else { text.to_string() };
            io.out.write_all(text.as_bytes())?;
            Ok(Exit::Clean)
        }
        _ => {
            let style = io.err_style();
            let mut text = if style.color { text.ansi().to_string() } else { text.to_string() };
            if let Some(word) = stray_secret(error, words) {
                text = text.replace(word, HIDDEN);
            }
            io.err.write_all(text.as_bytes())?;
            Ok(Exit::Usage)
        }
    }
}

/// A word too many behind a flag that takes secrets, as in `-H Authorization: TOKEN`: the quotes are
/// missing, and the word may be the secret.
fn stray_secret<'e>(error: &'e clap::Error, words: &[OsString]) -> Option<&'e str> {
    const FLAGS: [&str; 9] =
        ["-H", "--header", "-b", "--cookie", "--query", "--env", "--api-key", "--client-context", "--set"];
    let Some(ContextValue::String(stray)) = error.get(ContextKind::InvalidArg) else { return None };
    let at = words.iter().position(|word| word == stray.as_str()).filter(|_| !stray.starts_with('-'))?;
    let before = &words[at.saturating_sub(3)..at];
    before.iter().any(|word| FLAGS.iter().any(|flag| word == flag)).then_some(stray.as_str())
}

/// Tells a fault on standard error. That stream may be closed: then there is nobody to tell.
fn report(fault: &Fault, io: &mut Io) -> Exit {
    let _ = io.out.flush();
    if !fault.silent {
        let _ = writeln!(io.err, "error: {}", fault.message);
        if let Some(hint) = &fault.hint {
            let _ = writeln!(io.err, "  help: {hint}");
        }
    }
    fault.exit
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_grammar_is_sound() {
        Cli::command().debug_assert();
    }
}
