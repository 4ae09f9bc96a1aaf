//! Causes for people at a terminal.

use super::capitalized;
use crate::lint::{Cause, Sign, Who};
use crate::report::human::Style;
use colored::Colorize as _;

/// Causes in order, with what tells them apart, what they mean and what to do.
pub fn causes(causes: &[&Cause], style: Style) -> String {
    let head = match causes {
        [_] => String::new(),
        _ => format!("{} causes, the likeliest first\n\n", causes.len()),
    };
    let drawn: Vec<_> = causes
        .iter()
        .enumerate()
        .map(|(at, cause)| {
            let number = if causes.len() > 1 { format!("{}. ", at + 1) } else { String::new() };
            draw(cause, &number, style)
        })
        .collect();
    head + &drawn.join("\n")
}

fn draw(cause: &Cause, number: &str, style: Style) -> String {
    let title = capitalized(cause.title);
    let title = style.with(|| format!("{number}{} ({})", title.bold(), cause.name.cyan()));
    let mut text = format!("{title}\n");
    let mut last = "";
    let mut line = |label: &'static str, words: &str| {
        let shown = if std::mem::replace(&mut last, label) == label { "" } else { label };
        text += &format!("  {shown:<11}  {words}\n");
    };
    line("answered by", &answered_by(cause));
    cause.signs.iter().for_each(|sign| line("seen as", &sign_in_words(sign)));
    line("means", cause.means);
    cause.next.iter().for_each(|step| line("next", step));
    cause.commands.iter().for_each(|command| line("try", command));
    if !cause.rules.is_empty() {
        line("rules", &format!("{}; more: apigw explain {}", cause.rules.join(", "), cause.rules[0]));
    }
    line("known from", &known_from(cause));
    text
}

fn answered_by(cause: &Cause) -> String {
    match (cause.who, cause.from) {
        (Who::Gateway | Who::Authorizer, Some(flavor)) => {
            format!("{} ({})", cause.who.title(), flavor.facts().title)
        }
        (who, _) => who.title().to_owned(),
    }
}

fn known_from(cause: &Cause) -> String {
    match cause.facts {
        [] => cause.evidence.name().to_owned(),
        facts => format!("{} ({})", cause.evidence.name(), facts.join(", ")),
    }
}

fn sign_in_words(sign: &Sign) -> String {
    match sign {
        Sign::Answer(error) => {
            let more = if error.is_beginning() { "…" } else { "" };
            let body = if error.body.starts_with('<') { "a page of HTML" } else { error.body };
            let named = error.error_type.map(|own| format!(", x-amzn-ErrorType: {own}"));
            format!("{} {body}{more}{}", error.status, named.unwrap_or_default())
        }
        Sign::Status(status) if *status >= 1000 => format!("the close code {status}"),
        Sign::Status(status) => format!("the status {status}"),
        Sign::Words(words) => format!("the words: {words}"),
        Sign::Shown(what, _) => (*what).to_owned(),
    }
}
