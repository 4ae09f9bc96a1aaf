//! The formats of reports: what all of them tell, whatever is in names and messages, and what
//! programs do with it.

use super::readers::{FORMATS, Told, read};
use apigw::json::{Edit, Lines, Place, Span, apply};
use apigw::lint::{Checked, Finding, Severity, Source, Summary, rules};
use apigw::report::formats::{self, Options, Report, Several};
use apigw::report::human::Style;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::Value;
use std::io::{self, Write};

const DIRECTORY: &str = "/srv/repo";

fn options() -> Options {
    let directory = DIRECTORY.to_owned();
    Options { style: Style::PLAIN, why: false, verdicts: true, directory, command: "lint-response" }
}

fn start(format: &str) -> Box<dyn Report> {
    (formats::find(format).unwrap().start)(options())
}

fn finding(code: &str, severity: Severity, message: &str, span: Span) -> Finding {
    let rule = rules::find(code).unwrap();
    Finding {
        rule,
        severity,
        own_severity: None,
        message: message.to_owned(),
        label: String::new(),
        pointer: None,
        span,
        refuses: false,
        facts: Vec::new(),
        evidence: apigw::gateway::Evidence::Recorded,
        edits: Vec::new(),
        mendings: Vec::new(),
    }
}

fn checked(name: &str, start: Place, text: &str, findings: Vec<Finding>) -> Checked {
    let source = Source { name: name.to_owned(), text: text.to_owned(), start };
    Checked::event(0, source, None, findings)
}

/// A report of these documents, and of a file that cannot be read.
fn report(format: &str, documents: &[Checked], unreadable: Option<&str>) -> String {
    let (mut out, mut summary) = (Vec::new(), Summary::default());
    let mut report = start(format);
    report.begin(&mut out).unwrap();
    for checked in documents {
        summary.add(checked.distinct());
        if report.tells_clean() || !checked.is_clean() {
            report.document(checked, &mut out).unwrap();
        }
    }
    if let Some(name) = unreadable {
        report.unreadable(name, &format!("cannot read {name}"), &mut out).unwrap();
    }
    report.end(&summary, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn json(format: &str, documents: &[Checked]) -> Value {
    serde_json::from_str(&report(format, documents, None)).unwrap()
}

/// Where every finding stands, in the order of the documents.
fn expected(documents: &[Checked]) -> Vec<Told> {
    let told = |checked: &Checked, found: &Finding| {
        let place = checked.source.place(&Lines::new(&checked.source.text), found.span.start);
        let (code, file) = (found.rule.code.to_owned(), checked.source.name.clone());
        Told { code, file, line: u64::try_from(place.line).unwrap() }
    };
    documents.iter().flat_map(|checked| checked.distinct().map(move |found| told(checked, found))).collect()
}

/// Names without `.`, `//`, a leading slash and space around, which some formats or their readers
/// tidy up.
fn name() -> impl Strategy<Value = String> {
    let part = any::<String>().prop_map(|part| part.replace('/', ":"));
    let hostile = prop_oneof![
        Just("a:1:2: error[AGW101] b".to_owned()),
        Just("]]></failure>&amp;\u{1b}[31m\r\n::error::".to_owned()),
        Just("%3A%,\u{fffe}\u{7f}\u{85}\u{2028}\"<'".to_owned()),
        part,
    ];
    let part = hostile.prop_filter("tidied up", |part| !["", ".", ".."].contains(&part.as_str()));
    let name = vec(part, 1..3).prop_map(|parts| parts.join("/"));
    name.prop_filter("tidied up", |name| name.trim() == name)
}

fn message() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("]]></failure>\u{1b}\u{0}\r\n::error::%0A%\u{ffff}".to_owned()),
        any::<String>().prop_filter("told by every rule", |text| !text.is_empty()),
    ]
}

/// A run of whole characters of a text.
fn span(text: &str, (from, to): (Index, Index)) -> Span {
    let places: Vec<_> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let (from, to) = (*from.get(&places), *to.get(&places));
    Span::new(from.min(to), from.max(to))
}

fn any_finding() -> impl Strategy<Value = (Index, Severity, String, (Index, Index), Option<String>)> {
    let severity = prop_oneof![Just(Severity::Error), Just(Severity::Warning), Just(Severity::Info)];
    (any::<Index>(), severity, message(), any::<(Index, Index)>(), any::<Option<String>>())
}

fn document() -> impl Strategy<Value = Checked> {
    let start = prop_oneof![
        Just(Place::START),
        (1..9_usize, 1..9_usize, 0..99_usize).prop_map(|(line, column, byte)| Place { line, column, byte }),
    ];
    (name(), start, "[a-cé日🎉\n\r\t]{0,40}", vec(any_finding(), 0..4)).prop_map(
        |(name, start, text, found)| {
            let findings = found.into_iter().map(|(rule, severity, message, range, edit)| {
                let span = span(&text, range);
                let edits = edit.map(|replacement| Edit { span, replacement }).into_iter().collect();
                let code = rule.get(rules::ALL).code;
                Finding { edits, ..finding(code, severity, &message, span) }
            });
            let findings = findings.collect();
            checked(&name, start, &text, findings)
        },
    )
}

/// The same in any order: SARIF and others keep the order, JUnit tells it by file.
fn sorted(mut told: Vec<Told>) -> Vec<Told> {
    told.sort();
    told
}

proptest! {
    #[test]
    fn every_format_is_well_formed_and_tells_the_same(documents in vec(document(), 0..4), missing in name()) {
        let files: Vec<_> = documents.iter().map(|checked| checked.source.name.clone()).collect();
        let expected = sorted(expected(&documents));
        for format in FORMATS {
            let told = sorted(read(format, &report(format, &documents, Some(&missing)), &files));
            let expected = if format == "json" {
                // Read with the rows of several front ends in mind: alike stands once.
                let mut once = expected.clone();
                once.dedup();
                once
            } else {
                expected.clone()
            };
            prop_assert_eq!(told, expected, "{}", format);
        }
    }

    #[test]
    fn programs_that_apply_the_edits_change_the_very_bytes(
        text in "[a-cé日🎉\n\r\t]{0,40}",
        (one, other) in any::<((Index, Index), (Index, Index))>(),
        new in any::<[String; 2]>(),
        lines_before in 0..3_usize,
    ) {
        let (one, other) = (span(&text, one), span(&text, other));
        let [first, second] = new;
        let mut finding = finding("AGW101", Severity::Error, "m", one);
        finding.edits.push(Edit { span: one, replacement: first });
        if other.end < one.start || other.start > one.end {
            finding.edits.push(Edit { span: other, replacement: second });
        }
        let before = "é\n".repeat(lines_before);
        let start = Place { line: lines_before + 1, column: 1, byte: before.len() };
        let file = format!("{before}{text}");
        let expected = before + &apply(&text, &[finding.edits.clone()]).0;
        let documents = [checked("a.json", start, &text, vec![finding])];
        prop_assert_eq!(apply_sarif(&file, &json("sarif", &documents)), expected.as_str());
        prop_assert_eq!(apply_rdjson(&file, &json("rdjson", &documents)), expected.as_str());
    }
}

/// The offset of a line, counted from 1.
fn line(file: &str, number: &Value) -> usize {
    let number = usize::try_from(number.as_u64().unwrap()).unwrap();
    file.split_inclusive('\n').take(number - 1).map(str::len).sum()
}

fn apply_sarif(file: &str, report: &Value) -> String {
    let change = &report["runs"][0]["results"][0]["fixes"][0]["artifactChanges"][0];
    let place = |region: &Value, line_name: &str, column: &str| {
        let start = line(file, &region[line_name]);
        let column = usize::try_from(region[column].as_u64().unwrap()).unwrap();
        start + file[start..].chars().take(column - 1).map(char::len_utf8).sum::<usize>()
    };
    let edit = |replacement: &Value| {
        let region = &replacement["deletedRegion"];
        let span =
            Span::new(place(region, "startLine", "startColumn"), place(region, "endLine", "endColumn"));
        let replacement = replacement["insertedContent"]["text"].as_str().unwrap_or_default().to_owned();
        Edit { span, replacement }
    };
    apply(file, &[change["replacements"].as_array().unwrap().iter().map(edit).collect()]).0
}

fn apply_rdjson(file: &str, report: &Value) -> String {
    let suggestions = report["diagnostics"][0]["suggestions"].as_array().unwrap();
    let [suggestion] = suggestions.as_slice() else { panic!("one can be taken without the other") };
    let place = |end: &str| {
        let place = &suggestion["range"][end];
        line(file, &place["line"]) + usize::try_from(place["column"].as_u64().unwrap()).unwrap() - 1
    };
    let new = suggestion["text"].as_str().unwrap();
    format!("{}{new}{}", &file[..place("start")], &file[place("end")..])
}

const LINES: &str = "{\"body\": 1}\n{\"body\": {}, \"a\": \"é\", \"b\": 2}\n";

fn fingerprints(format: &str, report: &Value) -> Vec<String> {
    let (items, pointer) = match format {
        "sarif" => (&report["runs"][0]["results"], "/partialFingerprints/primaryLocationLineHash"),
        _ => (report, "/fingerprint"),
    };
    let told = items.as_array().unwrap().iter();
    told.map(|item| item.pointer(pointer).unwrap().as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_fingerprint_stays_when_the_line_moves_and_changes_with_it() {
    for format in ["sarif", "gitlab"] {
        let of = |before: &str, line: &str, name: &str| {
            let text = format!("{before}{line}\n");
            let at = |offset: usize| Span::new(before.len() + offset, before.len() + offset + 1);
            let found = vec![
                finding("AGW101", Severity::Error, "m", at(2)),
                finding("AGW101", Severity::Error, "m", at(4)),
                finding("AGW105", Severity::Error, "m", at(4)),
            ];
            fingerprints(format, &json(format, &[checked(name, Place::START, &text, found)]))
        };
        let one = of("", "  \"body\": 1", "a.json");
        assert_eq!(one, of("{\n\n", "  \"body\": 1", "a.json"), "{format}: moved");
        assert_eq!(one, of("", "\"body\": 1", "/srv/repo/./a.json"), "{format}: the same file and line");
        let others = [of("", "  \"body\": 2", "a.json"), of("", "  \"body\": 1", "b.json")];
        for other in others {
            assert!(one.iter().all(|own| !other.contains(own)), "{format}: {one:?} {other:?}");
        }
        assert_eq!(one.iter().collect::<std::collections::BTreeSet<_>>().len(), 3, "{format}: {one:?}");
    }
}

#[test]
fn a_document_in_the_middle_of_a_line_has_no_columns_in_bytes() {
    let start = Place { line: 2, column: 5, byte: 20 };
    let mut found = finding("AGW101", Severity::Error, "m", Span::new(1, 2));
    found.edits.push(Edit { span: Span::new(1, 2), replacement: "x".to_owned() });
    let report = json("rdjson", &[checked("a.json", start, "{1}", vec![found])]);
    let diagnostic = &report["diagnostics"][0];
    assert_eq!(diagnostic["location"]["range"]["start"], serde_json::json!({ "line": 2 }));
    assert_eq!(diagnostic["suggestions"], Value::Null);
}

#[test]
fn github_takes_25_000_results_and_is_told_of_the_others() {
    let many: Vec<_> = (0..9).map(|_| finding("AGW101", Severity::Error, "m", Span::new(0, 1))).collect();
    let documents = vec![checked("a.json", Place::START, "{}", many); 2_778];
    let report = json("sarif", &documents);
    assert_eq!(report["runs"][0]["results"].as_array().unwrap().len(), 25_000);
    let invocation = &report["runs"][0]["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], true);
    let told = invocation["toolExecutionNotifications"][0]["message"]["text"].as_str().unwrap();
    assert_eq!(told, "2 results were left out: GitHub takes no more than 25000 of a run");
}

/// The places of NDJSON documents, edits, and names that have to be encoded.
#[test]
fn documents_of_one_file_are_told_apart() {
    let second = LINES.find('\n').unwrap() + 1;
    let (first, rest) = LINES.split_at(second);
    let mut mended = finding("AGW101", Severity::Error, "`body` is an object", Span::new(9, 11));
    mended.edits.push(Edit { span: Span::new(9, 11), replacement: "\"{}\"".to_owned() });
    let unknown = finding("AGW106", Severity::Warning, "`b` is not read", Span::new(24, 27));
    let note = finding("AGW905", Severity::Info, "100 % é", Span::new(0, 1));
    let name = "/srv/repo/a b/ü,1.jsonl";
    let start = Place { line: 2, column: 1, byte: second };
    let documents = [
        checked(name, Place::START, first.trim_end(), Vec::new()),
        checked(name, start, rest.trim_end(), vec![mended, unknown]),
        checked("/etc/b.json", Place::START, "{}", vec![note]),
    ];
    for format in FORMATS.into_iter().filter(|format| *format != "json") {
        let text = report(format, &documents, Some("./none.json"));
        super::cli::snapshot(
            &format!("report-places-{format}"),
            &text.replace(env!("CARGO_PKG_VERSION"), "[VERSION]"),
        );
    }
}

#[test]
fn a_large_suite_of_junit_is_written_in_parts() {
    let documents = vec![checked("a.jsonl", Place::START, "{}", Vec::new()); 10_000];
    let text = report("junit", &documents, None);
    let report = quick_junit::Report::deserialize_from_str(&text).unwrap();
    assert!(report.test_suites.len() > 1);
    assert!(report.test_suites.iter().all(|suite| suite.name.as_str() == "a.jsonl"));
    assert_eq!(report.test_suites.iter().map(|suite| suite.tests).sum::<usize>(), 10_000);
}

/// A place that takes so many bytes and no more.
struct Full(usize);

impl Write for Full {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 = self.0.checked_sub(bytes.len()).ok_or_else(|| io::Error::other("full"))?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn tell(several: &mut Several<Box<dyn Write>>, out: &mut dyn Write) -> io::Result<()> {
    let found = finding("AGW101", Severity::Error, "m", Span::new(0, 1));
    several.begin(out)?;
    several.document(&checked("a.json", Place::START, "{}", vec![found]), out)?;
    several.end(&Summary::default(), out)
}

#[test]
fn a_place_that_is_full_keeps_no_report_back() {
    let mut several = Several::<Box<dyn Write>>::new(start("concise"), true);
    several.add(start("sarif"), Box::new(Full(200)));
    several.add(start("github"), Box::new(Full(1000)));
    let mut out = Vec::new();
    tell(&mut several, &mut out).unwrap();
    assert!(!out.is_empty());
    let broken: Vec<_> = several.into_targets().iter().map(|target| target.broken.is_some()).collect();
    assert_eq!(broken, [true, false]);
}

#[test]
fn what_cannot_be_printed_is_told_at_once_or_behind_the_files() {
    let mut alone = Several::<Box<dyn Write>>::new(start("json"), true);
    assert!(alone.begin(&mut Full(1)).is_err());
    let mut several = Several::<Box<dyn Write>>::new(start("json"), true);
    several.add(start("github"), Box::new(Full(1000)));
    assert!(several.begin(&mut Full(1)).is_ok());
    assert!(tell(&mut several, &mut Full(1)).is_err());
    assert!(several.into_targets()[0].broken.is_none());
}
