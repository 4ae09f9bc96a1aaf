//! The findings of a document with their places in its file, and how a program names them.

use crate::json::{Edit, Lines, Place, Span, apply};
use crate::lint::{Checked, Finding, Rule, Shared, Source, Verdict};
use crate::report::human::printable;

/// Where the pages about the rules are published.
const PAGES: &str = "https://apigw.dev/rules/";

/// The home of this program.
pub(super) const HOME: &str = "https://apigw.dev";

/// The page about a rule.
pub(super) fn page(rule: &Rule) -> String {
    format!("{PAGES}{}", rule.code)
}

/// A finding and its place.
pub(super) struct Located<'c> {
    /// The finding.
    pub(super) finding: &'c Finding,
    /// What is wrong, in one line; where several front ends judged the document, also for which.
    pub(super) message: String,
    /// The front ends that it concerns; for an event its flavour.
    pub(super) fronts: Vec<&'static str>,
    /// From its first character to behind its last one.
    pub(super) range: Range,
    /// The text of the line in which it begins, as far as it belongs to the document.
    pub(super) line: &'c str,
    /// What mends it.
    pub(super) edits: Vec<(Range, &'c Edit)>,
    /// From the first edit to the last one.
    edited: Option<(Span, Range)>,
    source: &'c Source,
}

/// Two places in a file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Range {
    /// The first character.
    pub(super) start: Spot,
    /// Behind the last character.
    pub(super) end: Spot,
}

/// A place in a file, with columns as programs count them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spot {
    /// Line, column in characters and offset in the file.
    pub(super) place: Place,
    /// The column in bytes, counted from 1. Unknown where the document begins in the middle of
    /// that line, behind text that is not at hand.
    pub(super) byte_column: Option<usize>,
}

/// Every finding of a document, each once, in the order of the text.
pub(super) fn located(checked: &Checked) -> Vec<Located<'_>> {
    if checked.is_clean() {
        return Vec::new();
    }
    let lines = Lines::new(&checked.source.text);
    checked.findings.iter().map(|shared| locate(shared, checked, &lines)).collect()
}

/// The names of the front ends that a finding concerns; for an event its flavour.
pub(super) fn fronts(shared: &Shared, checked: &Checked) -> Vec<&'static str> {
    match &checked.verdict {
        Verdict::Answers(_) => shared.fronts.iter().map(|(front, _)| front.name()).collect(),
        Verdict::Event(detection) => detection.iter().map(|found| found.flavor.name).collect(),
        Verdict::Policy(_) => Vec::new(),
    }
}

fn locate<'c>(shared: &'c Shared, checked: &'c Checked, lines: &Lines) -> Located<'c> {
    let source = &checked.source;
    let finding = &shared.finding;
    let here = lines.place(&source.text, finding.span.start);
    let edits = finding.edits.iter().map(|edit| (range(edit.span, source, lines), edit)).collect();
    let first = finding.edits.iter().map(|edit| edit.span.start).min();
    let last = finding.edits.iter().map(|edit| edit.span.end).max();
    let edited = first.zip(last).map(|(start, end)| Span::new(start, end));
    let fronts = fronts(shared, checked);
    let message = match &checked.verdict {
        Verdict::Answers(answers) if answers.len() > 1 => {
            format!("{} (for {})", finding.message, fronts.join(", "))
        }
        _ => finding.message.clone(),
    };
    Located {
        finding,
        message,
        fronts,
        range: range(finding.span, source, lines),
        line: lines.line(&source.text, here.line).1,
        edits,
        edited: edited.map(|span| (span, range(span, source, lines))),
        source,
    }
}

fn range(span: Span, source: &Source, lines: &Lines) -> Range {
    let spot = |byte| {
        let own = lines.place(&source.text, byte);
        let (start, _) = lines.line(&source.text, own.line);
        let is_known = own.line > 1 || source.start.column == 1;
        Spot { place: own.behind(source.start), byte_column: is_known.then_some(own.byte - start + 1) }
    };
    Range { start: spot(span.start), end: spot(span.end) }
}

impl Located<'_> {
    /// All edits as one: what goes, and what stands there instead.
    pub(super) fn replacement(&self) -> Option<(Range, String)> {
        let (span, range) = self.edited?;
        let within = |span: Span, start| Span::new(span.start - start, span.end - start);
        let moved = self.finding.edits.iter();
        let moved = moved.map(|edit| Edit { span: within(edit.span, span.start), ..edit.clone() }).collect();
        let old = self.source.text.get(span.start..span.end)?;
        Some((range, apply(old, &[moved]).0))
    }

    /// `path:line:column: severity[CODE] message`, on one line whatever the names and words.
    pub(super) fn in_one_line(&self, file: &str) -> String {
        let Place { line, column, .. } = self.range.start.place;
        let (severity, code) = (self.finding.severity.name(), self.finding.rule.code);
        let message = printable(&self.message);
        format!("{}:{line}:{column}: {severity}[{code}] {message}", printable(file))
    }
}
