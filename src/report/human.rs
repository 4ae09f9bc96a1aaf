//! Findings and responses for people: rustc's look, and curl's.

use super::window::{Window, window};
use crate::gateway::{Decision, Front, Outcome};
use crate::http::Response;
use crate::json::{Lines, Span};
use crate::lint::policy::Mending;
use crate::lint::{Detection, EventDifference, Finding, Rule, Severity, Source, Summary};
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use colored::Colorize as _;

/// How text is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Whether to use colours.
    pub color: bool,
    /// Columns of the terminal; longer source lines are shown in part.
    pub width: usize,
}

impl Style {
    /// No colours, and lines of 120 columns.
    pub const PLAIN: Self = Self { color: false, width: 120 };

    /// Runs `draw` with `colored` switched accordingly; it has one switch for the whole process.
    pub(super) fn with<T>(self, draw: impl FnOnce() -> T) -> T {
        colored::control::set_override(self.color);
        let drawn = draw();
        colored::control::unset_override();
        drawn
    }
}

/// Findings in their source, one frame each.
pub fn findings(
    source: &Source,
    findings: &[Finding],
    outcome: &Outcome,
    front: impl Into<Front>,
    style: Style,
) -> String {
    let front = front.into();
    frames(source, findings, |finding| consequences(finding, outcome, front), style)
}

/// Findings about an event in its source; each says as which flavour the event was judged.
pub fn event_findings(
    source: &Source,
    findings: &[Finding],
    detection: Option<&Detection>,
    style: Style,
) -> String {
    let judged_as = detection.map(|detection| {
        let because = if detection.asked { "--api".to_owned() } else { detection.because.join(", ") };
        format!("judged as {} ({because})", detection.flavor.title)
    });
    let notes = |finding: &Finding| judged_as.clone().into_iter().chain([known_from(finding)]).collect();
    frames(source, findings, notes, style)
}

/// Findings in their source that no call and no flavour has to do with.
pub fn plain_findings(source: &Source, findings: &[Finding], style: Style) -> String {
    let notes = |finding: &Finding| {
        let log = finding.rule.log.filter(|_| finding.refuses).map(str::to_owned);
        log.into_iter().chain([known_from(finding)]).collect()
    };
    frames(source, findings, notes, style)
}

fn frames(
    source: &Source,
    findings: &[Finding],
    notes: impl Fn(&Finding) -> Vec<String>,
    style: Style,
) -> String {
    let lines = Lines::new(&source.text);
    let draw = |finding| draw(finding, source, &lines, &notes(finding), style);
    findings.iter().map(draw).collect::<Vec<_>>().join("\n")
}

/// Which flavour an event is of, what speaks for it, and what against the others.
pub fn detection(name: &str, detection: Option<&Detection>, style: Style) -> String {
    let Some(found) = detection else { return format!("{name}: no event that is known here\n") };
    style.with(|| {
        let mut text = format!("{name}: {}, {}\n", found.flavor.name.bold(), found.flavor.title);
        let width = found.others.iter().map(|(other, _)| other.name.len()).max().unwrap_or_default();
        let mut line = |sign: &str, words: &str| text += &format!("  {sign} {words}\n");
        found.because.iter().for_each(|why| line(&"+".green().to_string(), why));
        found.despite.iter().for_each(|why| line(&"-".red().to_string(), why));
        for (other, why) in &found.others {
            line(" ", &format!("not {:width$}  {why}", other.name));
        }
        text
    })
}

pub(super) fn draw(
    finding: &Finding,
    source: &Source,
    lines: &Lines,
    notes: &[String],
    style: Style,
) -> String {
    let (number, line, marked) = marked_line(source, lines, finding.span);
    // What stands left of the text in the file: the document may begin in the middle of a line.
    let left = if number == source.start.line { source.start.column - 1 } else { 0 };
    let Window { text, marked, before } = window(line, marked);
    let before = before + left;
    let name = printable(&source.name);
    let seen_at = format!("{name}:{number}:{}", text[..marked.start].chars().count() + 1);
    let stands_at = format!("{name}:{number}:{}", before + text[..marked.start].chars().count() + 1);
    let annotation = AnnotationKind::Primary.span(marked);
    let annotation =
        if finding.label.is_empty() { annotation } else { annotation.label(finding.label.as_str()) };
    let snippet = Snippet::source(text).path(name).line_start(number).annotation(annotation);
    let mut group = level(finding.severity)
        .primary_title(finding.message.as_str())
        .id(finding.rule.code)
        .element(snippet);
    for note in notes {
        group = group.element(Level::NOTE.message(note.as_str()));
    }
    let group: Group<'_> = group.element(Level::HELP.message(mendings(finding)));
    let renderer = if style.color { Renderer::styled() } else { Renderer::plain() };
    let drawn = renderer.term_width(style.width).render(&[group]) + "\n";
    // The renderer counts columns in what it was given.
    if before > 0 { drawn.replacen(&seen_at, &stands_at, 1) } else { drawn }
}

/// The line in which a span begins, its number, and the part of it that the span covers.
fn marked_line<'s>(
    source: &'s Source,
    lines: &Lines,
    span: Span,
) -> (usize, &'s str, std::ops::Range<usize>) {
    let place = lines.place(&source.text, span.start);
    let (start, line) = lines.line(&source.text, place.line);
    // A byte order mark has no column: it is not shown.
    let text = line.trim_start_matches('\u{feff}');
    let start = start + line.len() - text.len();
    let from = place.byte.saturating_sub(start).min(text.len());
    let to = span.end.saturating_sub(start).clamp(from, text.len());
    (place.behind(source.start).line, text, from..to)
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
    }
}

/// What follows for the caller, what the logs say, and how this is known.
fn consequences(finding: &Finding, outcome: &Outcome, front: Front) -> Vec<String> {
    let mut notes = Vec::new();
    let unsure = finding.own_severity() < Severity::Error;
    if let (true, Some(response)) = (outcome.refused && finding.refuses, &outcome.response) {
        let answer = answer_in_brief(response);
        let verb = if unsure { "probably answers" } else { "answers" };
        notes.push(format!("{} {verb} {answer}", front.flavor().facts().actor));
        let log = finding.rule.log.or_else(|| front.log_of(response));
        notes.extend(log.map(str::to_owned));
    }
    notes.push(known_from(finding));
    notes
}

pub(super) fn known_from(finding: &Finding) -> String {
    let code = finding.rule.code;
    match finding.facts.as_slice() {
        [] => format!("more: apigw explain {code}"),
        facts => format!("{} ({}); more: apigw explain {code}", finding.evidence.name(), facts.join(", ")),
    }
}

/// The help line and the fix in each language, aligned.
pub(super) fn help(rule: &Rule) -> String {
    let width = rule.fixes.iter().map(|fix| fix.language.len()).max().unwrap_or_default();
    let fixes = rule.fixes.iter().map(|fix| format!("\n{:width$}  {}", fix.language, fix.code));
    rule.help.to_owned() + &fixes.collect::<String>()
}

/// The same, and what mends this case elsewhere: a text of one line behind its name, longer ones
/// below it.
fn mendings(finding: &Finding) -> String {
    let mending = |own: &Mending| match own.text.trim_end().contains('\n') {
        false => format!("\n{}:  {}", own.with, own.text),
        true => format!("\n{}:\n  {}", own.with, own.text.trim_end().replace('\n', "\n  ")),
    };
    help(finding.rule) + &finding.mendings.iter().map(mending).collect::<String>()
}

/// A status line and a short body: `502 Bad Gateway {"message": "Internal server error"}`.
pub fn answer_in_brief(response: &Response) -> String {
    match response.body.as_text() {
        _ if response.status >= 1000 => format!("with a close frame, code {}", response.status),
        Some(text) if response.is_message() => format!("with the message {text}"),
        Some("") => response.status_line(),
        Some(text) if text.len() <= 120 && !text.contains('\n') => format!("{} {text}", response.status),
        Some(text) => format!("{} with {} bytes", response.status_line(), text.len()),
        None => format!("{} with {} bytes, not text", response.status_line(), response.body.0.len()),
    }
}

/// `deny: the caller gets 403 {"Message":"…"}`.
pub fn decision_in_words(decision: Decision, outcome: &Outcome) -> String {
    match &outcome.response {
        None => format!("{}: the request passes", decision.name()),
        Some(response) => format!("{}: the caller gets {}", decision.name(), answer_in_brief(response)),
    }
}

/// Status line and headers, as `curl -i` prints them; an empty line ends them.
pub fn head(response: &Response, style: Style) -> String {
    if response.is_message() {
        return String::new();
    }
    style.with(|| {
        let status = format!("HTTP/1.1 {}", response.status_line());
        let status = if response.status < 400 { status.green() } else { status.red() };
        let line = |(name, value)| format!("{}: {}\r\n", printable(name).cyan(), printable(value));
        let headers = response.headers.iter().map(line);
        format!("{}\r\n{}\r\n", status.bold(), headers.collect::<String>())
    })
}

/// A header's text on one line: what would move the cursor or forge a header is escaped.
pub fn printable(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_control() {
            line.extend(c.escape_default());
        } else {
            line.push(c);
        }
    }
    line
}

/// Differences, a line each side: the pointer, aligned, and the value.
pub fn differences(differences: &[EventDifference], style: Style) -> String {
    let pointers: Vec<_> = differences.iter().map(|found| printable(&found.pointer.to_string())).collect();
    let width = pointers.iter().map(|pointer| pointer.chars().count()).max().unwrap_or_default().min(48);
    style.with(|| {
        let mut text = String::new();
        for (found, pointer) in differences.iter().zip(&pointers) {
            let why = found.volatile.map(|why| format!("  ({why})").dimmed().to_string()).unwrap_or_default();
            if let Some(value) = &found.left {
                text += &format!("{}{why}\n", format!("- {pointer:width$}  {value}").red());
            }
            if let Some(value) = &found.right {
                text += &format!("{}{why}\n", format!("+ {pointer:width$}  {value}").green());
            }
        }
        text
    })
}

/// `no errors`, `1 error`, `2 errors`.
pub fn counted(number: usize, word: &str) -> String {
    match number {
        0 => format!("no {word}s"),
        1 => format!("1 {word}"),
        _ => format!("{number} {word}s"),
    }
}

/// `Checked 3 documents: 1 error, no warnings`.
pub fn summary(summary: &Summary, style: Style) -> String {
    let documents = counted(summary.checked, "document");
    let (errors, warnings) = (counted(summary.errors, "error"), counted(summary.warnings, "warning"));
    style.with(|| {
        let errors = if summary.errors > 0 { errors.red().bold() } else { errors.normal() };
        let warnings = if summary.warnings > 0 { warnings.yellow().bold() } else { warnings.normal() };
        let known = if summary.known > 0 { format!(" ({} known)", summary.known) } else { String::new() };
        format!("Checked {documents}: {errors}, {warnings}{known}\n")
    })
}

/// A heading in a longer output.
pub fn heading(text: &str, style: Style) -> String {
    style.with(|| format!("{}\n", text.bold()))
}

/// The same with a capital at its beginning.
pub(super) fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().to_string() + letters.as_str())
}
