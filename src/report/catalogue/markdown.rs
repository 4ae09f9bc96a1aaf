//! Rules as Markdown: the pages below `docs/rules`, their index, and the table of the README.

use super::{FAMILIES, capitalized, family, flags, said, titles};
use crate::lint::{Example, Fix, Rule, Subject};
use crate::report::human::printable;

/// The page of a rule. Its headings are the same for each.
pub fn page(rule: &Rule) -> String {
    let sections = [
        ("What it finds", capitalized(&prose(rule.title)) + "."),
        ("What the caller sees", prose(rule.why)),
        ("In the logs", logs(rule)),
        ("Avoid", avoid(rule)),
        ("Prefer", example(&rule.good)),
        ("Fixes", fixes(rule)),
        ("Evidence", evidence(rule)),
    ];
    let head =
        format!("# {}: {}\n\n*{}* · {}\n", rule.code, rule.name, rule.severity.name(), family(rule.code));
    let section = |(title, text): &(&str, String)| format!("\n## {title}\n\n{text}\n");
    head + &sections.iter().map(section).collect::<String>()
}

fn logs(rule: &Rule) -> String {
    let line = |(fronts, line): &(Vec<_>, &str)| match fronts.as_slice() {
        [] => format!("- {}", prose(line)),
        fronts => format!("- {}: {}", titles(fronts), prose(line)),
    };
    let lines: Vec<_> = rule.logs().iter().map(line).collect();
    if lines.is_empty() { "No log tells of it.".to_owned() } else { lines.join("\n") }
}

fn avoid(rule: &Rule) -> String {
    let show = |bad: &Example| {
        let said = said(rule, bad).map(|said| format!("\n\n> {}", prose(&printable(&said))));
        example(bad) + &said.unwrap_or_default()
    };
    let shown: Vec<_> = rule.bad.iter().map(show).collect();
    if shown.is_empty() { "Too large, or no text, to be shown here.".to_owned() } else { shown.join("\n\n") }
}

/// An example with the command that judges it.
fn example(example: &Example) -> String {
    let command = match example.is {
        Subject::Event("") => "`apigw event check`".to_owned(),
        Subject::Event(name) => format!("`apigw event check --api {name}`"),
        Subject::PartOfEvent(name) => format!("`apigw event check --api {name}`, with this in the event"),
        Subject::Policy => "`apigw policy check`".to_owned(),
        Subject::Result => format!("`apigw lint-response {}`", flags(example).join(" ")),
    };
    let offers = example.subprotocols.map(|offered| format!(", `Sec-WebSocket-Protocol: {offered}`"));
    format!("{command}{}:\n\n{}", offers.unwrap_or_default(), fenced("json", &printable(example.result)))
}

fn fixes(rule: &Rule) -> String {
    let show = |fix: &Fix| {
        let fence = match fix.language {
            "Node" => "js".to_owned(),
            other => other.to_lowercase(),
        };
        format!("\n\n{}:\n\n{}", fix.language, fenced(&fence, fix.code))
    };
    capitalized(&prose(rule.help)) + "." + &rule.fixes.iter().map(show).collect::<String>()
}

fn evidence(rule: &Rule) -> String {
    let known = rule.known();
    if known.is_empty() {
        return "It is about the text, not about AWS.".to_owned();
    }
    let row = |known: &crate::lint::Known| {
        format!("\n| {} | {} |", known.fact, known.evidence.map_or("see also", |evidence| evidence.name()))
    };
    "| fact about AWS | how it is known |\n|---|---|".to_owned() + &known.iter().map(row).collect::<String>()
}

fn fenced(language: &str, text: &str) -> String {
    format!("```{language}\n{text}\n```")
}

/// The table of some rules; `to` leads from where it stands to the pages.
pub fn table(rules: &[&Rule], to: &str) -> String {
    let row = |rule: &&Rule| {
        let (code, name, severity) = (rule.code, rule.name, rule.severity.name());
        format!("| [{code}]({to}{code}.md) | {name} | {severity} | {} |\n", cell(rule.title))
    };
    let head = "| code | name | severity | what it finds |\n|---|---|---|---|\n";
    head.to_owned() + &rules.iter().map(row).collect::<String>()
}

/// The index of all pages, a table for each family.
pub fn index(rules: &[&Rule]) -> String {
    let of = |about: &str| -> Vec<&Rule> {
        rules.iter().copied().filter(|rule| family(rule.code) == about).collect()
    };
    let section = |about: &str| match of(about) {
        own if own.is_empty() => String::new(),
        own => format!("\n## {about}\n\n{}", table(&own, "")),
    };
    let families = FAMILIES.iter().map(|(_, about)| *about).chain(["Others"]);
    "# Rules\n\nEach page is what `apigw explain CODE --format markdown` prints. An error is what the caller \
     does not get as the handler returned it; what is not known well enough is never one.\n"
        .to_owned()
        + &families.map(section).collect::<String>()
}

/// Text whose signs mean nothing to Markdown; what stands in backticks is left alone.
fn prose(text: &str) -> String {
    let quoted = |(at, part): (usize, &str)| {
        if at % 2 == 1 { part.to_owned() } else { part.replace('*', "\\*").replace('<', "\\<") }
    };
    text.split('`').enumerate().map(quoted).collect::<Vec<_>>().join("`")
}

fn cell(text: &str) -> String {
    prose(text).replace('|', "\\|")
}
