//! `apigw explain`: a rule in its own words, or what stands behind an error.

use super::exit::{Exit, Fault};
use super::io::Io;
use super::names::Names;
use super::rules::CatalogueFormat as Format;
use crate::gateway::{error_type, sender};
use crate::lint::causes::{self, Cause, Told};
use crate::lint::{Rule, Summary, rules};
use crate::report::human::printable;
use crate::report::{catalogue, json};
use clap::Args;
use clap::builder::PossibleValue;
use std::io::Write as _;

/// Explain a rule, or an error: who answered, why, and what to do next
#[derive(Debug, Args)]
#[command(after_help = "Exit code: 0 explained, 2 nothing is known of it.

Examples:
  apigw explain AGW101
  apigw explain Missing Authentication Token
  apigw explain '{\"message\": \"Internal server error\"}'
  curl -si https://api.example.com/users | apigw explain")]
pub struct Explain {
    /// A code such as AGW101, a name such as body-not-string, or the text of an error: a message, a
    /// body, a line of a log, a status; - or nothing for standard input, which may hold a whole
    /// response of curl -i
    #[arg(value_name = "CODE|NAME|TEXT", value_parser = words(), hide_possible_values = true)]
    pub words: Vec<String>,
    /// How to print it
    #[arg(long, value_enum, default_value = "human")]
    pub format: Format,
}

/// Any words; the names of rules and causes are for completions.
fn words() -> Names<String> {
    Names {
        all: || {
            let of_rules = rules::ALL.iter().flat_map(|rule| [rule.code, rule.name]);
            of_rules.chain(causes::all().map(|cause| cause.name)).map(PossibleValue::new).collect()
        },
        read: |word| Some(word.to_owned()),
    }
}

/// What was found.
enum Known {
    Rules(Vec<&'static Rule>),
    Causes(Vec<&'static Cause>),
}

/// Runs the command.
///
/// # Errors
/// A usage fault if nothing is known of it, or if there is nothing to explain.
pub fn run(args: &Explain, io: &mut Io) -> Result<Exit, Fault> {
    let text = asked(&args.words, io)?;
    let known = look_up(&text, &args.words)?;
    let text = match (&known, args.format) {
        (Known::Rules(rules), Format::Human) => {
            let pages: Vec<_> = rules.iter().map(|rule| catalogue::page(rule, io.out_style())).collect();
            pages.join("\n---\n\n")
        }
        (Known::Rules(rules), Format::Markdown) => {
            let pages: Vec<_> = rules.iter().map(|rule| catalogue::markdown_page(rule)).collect();
            pages.join("\n")
        }
        (Known::Rules(rules), Format::Json) => {
            let rows: Vec<_> = rules.iter().map(|rule| catalogue::explained_row(rule)).collect();
            json::report(&rows, &Summary::default())
        }
        (Known::Causes(causes), Format::Json) => {
            let rows: Vec<_> = causes.iter().map(|cause| catalogue::cause_row(cause)).collect();
            json::report(&rows, &Summary::default())
        }
        (Known::Causes(causes), Format::Human) => catalogue::causes(causes, io.out_style()),
        (Known::Causes(_), Format::Markdown) => {
            return Err(Fault::usage("only rules have pages in Markdown").hint("--format human or json"));
        }
    };
    io.out.write_all(text.as_bytes())?;
    Ok(Exit::Clean)
}

/// The bytes to explain: the words, or standard input.
fn asked(words: &[String], io: &mut Io) -> Result<Vec<u8>, Fault> {
    match words {
        [] if io.terminal.stdin => {
            let fault = Fault::usage("there is nothing to explain: name a rule, or paste an error");
            Err(fault.hint("apigw explain AGW101, or: curl -si URL | apigw explain"))
        }
        [] => io.read("-"),
        [word] if word == "-" => io.read("-"),
        words => Ok(words.join(" ").into_bytes()),
    }
}

fn look_up(text: &[u8], words: &[String]) -> Result<Known, Fault> {
    let named = |word: &str| Some(Known::Causes(vec![causes::named(word)?]));
    let told = Told::read(text);
    let one = told.text.as_str();
    if let Some(rule) = rules::find(one) {
        return Ok(Known::Rules(vec![rule]));
    }
    // Several codes or names are several rules.
    let several: Option<Vec<_>> = words.iter().map(|word| rules::find(word)).collect();
    if let Some(rules) = several.filter(|rules| !rules.is_empty()) {
        return Ok(Known::Rules(rules));
    }
    if let Some(known) = named(one) {
        return Ok(known);
    }
    match causes::find(&told) {
        found if found.is_empty() => Err(unknown(&told)),
        found => Ok(Known::Causes(found)),
    }
}

/// Says honestly that nothing is known, and what there is to go by. What was piped in may hold
/// secrets, so only a few words are repeated.
fn unknown(told: &Told) -> Fault {
    let text = told.text.as_str();
    let message = match (&told.headers, told.status) {
        _ if text.is_empty() => "there is nothing to explain: the input is empty".to_owned(),
        (Some(_), Some(status)) if status < 400 => {
            format!("this response says {status}: nothing in it is an error that is known here")
        }
        (Some(headers), Some(status)) => {
            let from = sender(headers).map(|flavor| format!(" through {}", flavor.facts().a_title()));
            let own = error_type(headers).map(|own| format!(" with the error type {}", printable(own)));
            format!(
                "this response of status {status} came{}{}, and nothing more is known of it",
                from.unwrap_or_default(),
                own.unwrap_or_default()
            )
        }
        _ if text.len() <= 80 && !text.contains('\n') => {
            format!("nothing is known of `{}`: it is no rule and no error of the dictionary", printable(text))
        }
        _ => "nothing in this text is an error of the dictionary".to_owned(),
    };
    let near = causes::near(text);
    let hint = match (near.is_empty(), &told.headers) {
        (false, _) => format!("did you mean {}?", near.join(", or ")),
        (true, Some(_)) => "the function or something behind it may have answered: read its log".to_owned(),
        (true, None) => {
            "paste the body, the line of the log, or all that curl -i prints; the rules: apigw rules"
                .to_owned()
        }
    };
    Fault::usage(message).hint(hint)
}
