//! Findings for people: a frame each in the look of rustc, a table where several front ends judge.

use super::{Format, Options, Report};
use crate::lint::{Answered, Checked, Detection, Finding, Judged, Severity, Verdict};
use crate::report::human::{self, Style};
use crate::report::verdicts;
use std::io::{self, Write};

pub(super) static FORMAT: Format = Format {
    name: "human",
    about: "frames around the places in the text",
    for_people: true,
    start: |options| Box::new(Human { options, documents: 0, printed: false }),
};

struct Human {
    options: Options,
    documents: usize,
    printed: bool,
}

impl Report for Human {
    fn tells_clean(&self) -> bool {
        self.options.verdicts || self.options.why
    }

    fn document(&mut self, checked: &Checked, out: &mut dyn Write) -> io::Result<()> {
        self.documents += 1;
        let text = match &checked.verdict {
            Verdict::Answers(answers) => answers_text(checked, answers, self.options.style),
            Verdict::Event(detection) => self.event_text(checked, detection.as_ref()),
            Verdict::Policy(_) => policy_text(checked, self.options.style),
        };
        if text.is_empty() {
            return Ok(());
        }
        if std::mem::replace(&mut self.printed, true) {
            writeln!(out)?;
        }
        out.write_all(text.as_bytes())
    }
}

impl Human {
    fn event_text(&self, checked: &Checked, detection: Option<&Detection>) -> String {
        let Options { style, why, .. } = self.options;
        let findings: Vec<Finding> = checked.distinct().cloned().collect();
        let unreadable =
            detection.is_none() && findings.iter().any(|found| found.severity == Severity::Error);
        let told = if why && !unreadable {
            human::detection(&checked.source.name, detection, style)
        } else {
            String::new()
        };
        let frames = human::event_findings(&checked.source, &findings, detection, style);
        if told.is_empty() || frames.is_empty() { told + &frames } else { format!("{told}\n{frames}") }
    }
}

/// For one front end its findings; for several a table first, and each finding once.
fn answers_text(checked: &Checked, answers: &[Answered], style: Style) -> String {
    if let [Answered { front, judged: Judged { source, findings, outcome, decision }, .. }] = answers {
        let decided = decision
            .map(|decision| format!("{}: {}\n", source.name, human::decision_in_words(decision, outcome)));
        return decided.unwrap_or_default() + &human::findings(source, findings, outcome, *front, style);
    }
    let table = verdicts::table(answers, style);
    if checked.is_clean() {
        return table;
    }
    format!("{table}\n{}", verdicts::findings(&checked.source, &checked.findings, style))
}

/// The findings of a policy or a template.
fn policy_text(checked: &Checked, style: Style) -> String {
    let findings: Vec<Finding> = checked.distinct().cloned().collect();
    human::plain_findings(&checked.source, &findings, style)
}
