//! One text judged for several front ends: the verdicts side by side, and the findings once each.

use super::human::{self, Style};
use crate::gateway::Decision;
use crate::json::Lines;
use crate::lint::{Answered, Severity, Shared, Source};

const HEAD: [&str; 4] = ["FRONT END", "VERDICT", "STATUS", "FIRST REASON"];

/// The table: a line for each front end.
pub fn table(answers: &[Answered], style: Style) -> String {
    let rows: Vec<[String; 4]> =
        [HEAD.map(str::to_owned)].into_iter().chain(answers.iter().map(row)).collect();
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or_default();
    let widths = [width(0), width(1), width(2)];
    let line = |row: &[String; 4]| {
        let [name, verdict, status, reason] = row;
        let [first, second, third] = widths;
        let line = format!("{name:first$}  {verdict:second$}  {status:third$}  {reason}");
        cut(line.trim_end(), style.width) + "\n"
    };
    rows.iter().map(line).collect()
}

fn row(Answered { front, judged, .. }: &Answered) -> [String; 4] {
    let verdict = match (judged.outcome.refused, judged.refused_for_sure()) {
        (true, true) => "refused",
        (true, false) => "probably refused",
        (false, _) => judged.decision.map_or("accepted", Decision::name),
    };
    let response = judged.outcome.response.as_ref().filter(|response| !response.is_message());
    let status = response.map_or("-".to_owned(), |response| response.status.to_string());
    let reason = judged.first_reason().map_or_else(String::new, |finding| {
        format!("{} {}: {}", finding.severity.name(), finding.rule.code, finding.message)
    });
    [front.to_string(), verdict.to_owned(), status, reason]
}

fn cut(line: &str, width: usize) -> String {
    if line.chars().count() <= width {
        return line.to_owned();
    }
    line.chars().take(width.saturating_sub(1)).chain(['…']).collect()
}

/// The findings, each with the front ends that it concerns.
pub fn findings(source: &Source, shared: &[Shared], style: Style) -> String {
    let lines = Lines::new(&source.text);
    let draw = |shared: &Shared| {
        let notes = [concerned(shared), human::known_from(&shared.finding)];
        human::draw(&shared.finding, source, &lines, &notes, style)
    };
    shared.iter().map(draw).collect::<Vec<_>>().join("\n")
}

/// `for rest, http; a warning for url`.
fn concerned(shared: &Shared) -> String {
    let of = |severity: Severity| {
        let names = shared.fronts.iter().filter(|(_, own)| *own == severity);
        names.map(|(front, _)| front.name()).collect::<Vec<_>>().join(", ")
    };
    let mut text = format!("for {}", of(shared.finding.severity));
    for (severity, word) in [(Severity::Warning, "a warning"), (Severity::Info, "an info")] {
        let names = of(severity);
        if severity != shared.finding.severity && !names.is_empty() {
            text += &format!("; {word} for {names}");
        }
    }
    text
}
