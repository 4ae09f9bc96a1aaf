//! Rules for people at a terminal.

use super::{capitalized, said, situation, titles};
use crate::lint::{Example, Rule};
use crate::report::human::{Style, help, printable};
use colored::Colorize as _;

/// Everything that is known about a rule.
pub fn page(rule: &Rule, style: Style) -> String {
    let title = style.with(|| format!("{} {}", rule.code.bold(), rule.name.cyan().bold()));
    let mut text =
        format!("{title} ({})\n\n{}.\n\n{}\n", rule.severity.name(), capitalized(rule.title), rule.why);
    let logs = rule.logs();
    if !logs.is_empty() {
        text += "\nIn the logs:\n";
        for (fronts, line) in logs {
            let of = if fronts.is_empty() { String::new() } else { format!("    [{}]", titles(&fronts)) };
            text += &format!("  {line}{of}\n");
        }
    }
    if !rule.bad.is_empty() {
        text += "\nBad:\n";
        for bad in rule.bad {
            let said = said(rule, bad).map(|said| format!("    {}\n", printable(&said)));
            text += &(example(bad) + &said.unwrap_or_default());
        }
    }
    text += &format!("\nGood:\n{}", example(&rule.good));
    text += &format!("\nWhat to do: {}\n", help(rule).replace('\n', "\n  "));
    text + &evidence(rule)
}

fn example(example: &Example) -> String {
    format!("  {}    [{}]\n", printable(example.result), situation(example))
}

/// The facts, a line for each strength.
fn evidence(rule: &Rule) -> String {
    let mut lines: Vec<(&str, Vec<&str>)> = Vec::new();
    for known in rule.known() {
        let name = known.evidence.map_or("see also", |evidence| evidence.name());
        match lines.last_mut() {
            Some((own, facts)) if *own == name => facts.push(known.fact),
            _ => lines.push((name, vec![known.fact])),
        }
    }
    if lines.is_empty() {
        return String::new();
    }
    let width = lines.iter().map(|(name, _)| name.len()).max().unwrap_or_default();
    let line = |(name, facts): &(&str, Vec<&str>)| format!("  {name:width$}  {}\n", facts.join(", "));
    "\nFacts about AWS:\n".to_owned() + &lines.iter().map(line).collect::<String>()
}

/// A line for each rule: code, severity, name, title.
pub fn table(rules: &[&Rule], style: Style) -> String {
    let width = rules.iter().map(|rule| rule.name.len()).max().unwrap_or_default();
    style.with(|| {
        let line = |rule: &&Rule| {
            let name = format!("{:width$}", rule.name);
            format!("{}  {:7}  {}  {}\n", rule.code.bold(), rule.severity.name(), name.cyan(), rule.title)
        };
        rules.iter().map(line).collect()
    })
}
