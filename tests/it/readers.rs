//! Readers of the formats of reports: each holds a report against its schema, and tells which
//! findings it has.

use apigw::report::human::printable;
use jsonschema::Validator;
use percent_encoding::percent_decode_str;
use quick_junit::{NonSuccessKind, TestCaseStatus};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// A finding as a report tells it: the rule's code, the file and the line.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Told {
    pub(crate) code: String,
    pub(crate) file: String,
    pub(crate) line: u64,
}

/// The formats that programs read, and the one that they can.
pub(crate) const FORMATS: [&str; 9] =
    ["concise", "json", "jsonl", "sarif", "github", "gitlab", "junit", "rdjson", "rdjsonl"];

fn validator(schema: &str) -> Validator {
    let mut schema: Value = serde_json::from_str(schema).unwrap();
    // SARIF's schema has a pattern there that is none by the rules of today.
    for holder in ["run", "toolComponent"] {
        let member = schema.pointer_mut(&format!("/definitions/{holder}/properties/language"));
        member.and_then(Value::as_object_mut).map(|language| language.remove("pattern"));
    }
    let report: Value = serde_json::from_str(include_str!("../../schemas/report.json")).unwrap();
    let id = report["$id"].as_str().unwrap().to_owned();
    let registry = jsonschema::Registry::new().add(id, report).unwrap().prepare().unwrap();
    jsonschema::options().with_registry(&registry).build(&schema).unwrap()
}

static REPORT: LazyLock<Validator> = LazyLock::new(|| validator(include_str!("../../schemas/report.json")));
static LINE: LazyLock<Validator> =
    LazyLock::new(|| validator(include_str!("../../schemas/report-line.json")));
static SARIF: LazyLock<Validator> = LazyLock::new(|| validator(include_str!("../schemas/sarif-2.1.0.json")));
static RDJSON: LazyLock<Validator> = LazyLock::new(|| validator(include_str!("../schemas/rdjson.json")));
static GITLAB: LazyLock<Validator> = LazyLock::new(|| validator(include_str!("../schemas/gitlab.json")));

/// What the schema has against a report, a line each.
pub(crate) fn objections(format: &str, report: &Value) -> Vec<String> {
    let validator = match format {
        "json" => &REPORT,
        "jsonl" => &LINE,
        "sarif" => &SARIF,
        "rdjson" => &RDJSON,
        "gitlab" => &GITLAB,
        _ => panic!("no schema for {format}"),
    };
    let objections = validator.iter_errors(report);
    objections.map(|error| format!("{}: {error}", error.instance_path())).collect()
}

fn parsed(format: &str, text: &str) -> Value {
    let report = serde_json::from_str(text).unwrap_or_else(|error| panic!("{error} in:\n{text}"));
    let objections = objections(format, &report);
    assert!(objections.is_empty(), "{format}:\n{}\nin:\n{text}", objections.join("\n"));
    report
}

fn items<'v>(value: &'v Value, pointer: &str) -> &'v [Value] {
    value.pointer(pointer).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn text(value: &Value, pointer: &str) -> String {
    value
        .pointer(pointer)
        .and_then(Value::as_str)
        .unwrap_or_else(|| panic!("{pointer} of {value}"))
        .to_owned()
}

fn number(value: &Value, pointer: &str) -> u64 {
    value.pointer(pointer).and_then(Value::as_u64).unwrap_or_else(|| panic!("{pointer} of {value}"))
}

/// The findings of a report, which has to be as its schema wants it. `files` are the names of the
/// files that it may tell of: formats that are lines of text need them to know where names end.
pub(crate) fn read(format: &str, report: &str, files: &[String]) -> Vec<Told> {
    match format {
        "concise" => report.lines().map(|line| in_line(line, files, printable)).collect(),
        "json" => json_report(&parsed(format, report)),
        "jsonl" => report.lines().filter_map(jsonl).collect(),
        "sarif" => sarif(&parsed(format, report)),
        "github" => report.lines().filter_map(github).collect(),
        "gitlab" => gitlab(&parsed(format, report)),
        "junit" => junit(report, files),
        "rdjson" => items(&parsed(format, report), "/diagnostics").iter().map(rdjson).collect(),
        "rdjsonl" => report.lines().map(rdjsonl).collect(),
        _ => panic!("no reader for {format}"),
    }
}

/// `path:line:column: severity[CODE] message`
fn in_line(line: &str, files: &[String], shown: fn(&str) -> String) -> Told {
    let mut names: Vec<_> = files.iter().filter(|file| line.starts_with(&shown(file))).collect();
    names.sort_by_key(|file| file.len());
    let file = names.last().unwrap_or_else(|| panic!("no file of {files:?} in {line:?}")).to_string();
    let rest = line[shown(&file).len()..].strip_prefix(':').unwrap();
    let (number, rest) = rest.split_once(':').unwrap();
    let (column, rest) = rest.split_once(": ").unwrap();
    assert!(column.parse::<u64>().unwrap() > 0);
    let (severity, rest) = rest.split_once('[').unwrap();
    assert!(["error", "warning", "info"].contains(&severity), "{line}");
    let (code, message) = rest.split_once("] ").unwrap();
    assert!(!message.contains(char::is_control), "{line:?}");
    Told { code: code.to_owned(), file, line: number.parse().unwrap() }
}

fn json_report(report: &Value) -> Vec<Told> {
    let rows = items(report, "/results").iter();
    let told = |row: &Value, found: &Value| Told {
        code: text(found, "/code"),
        file: text(row, "/file"),
        line: number(found, "/range/start/line"),
    };
    let mut told: Vec<_> =
        rows.flat_map(|row| items(row, "/diagnostics").iter().map(move |found| told(row, found))).collect();
    // Each front end has a row of its own.
    let mut seen = BTreeSet::new();
    told.retain(|told| seen.insert(told.clone()));
    told
}

fn jsonl(line: &str) -> Option<Told> {
    let row = parsed("jsonl", line);
    (row["type"] == "finding").then(|| Told {
        code: text(&row, "/code"),
        file: text(&row, "/file"),
        line: number(&row, "/range/start/line"),
    })
}

fn sarif(report: &Value) -> Vec<Told> {
    let run = &report["runs"][0];
    let rules = items(run, "/tool/driver/rules");
    let mut fingerprints = BTreeSet::new();
    let told = |result: &Value| {
        let rule = &rules[usize::try_from(number(result, "/ruleIndex")).unwrap()];
        assert_eq!(rule["id"], result["ruleId"]);
        assert!(fingerprints.insert(text(result, "/partialFingerprints/primaryLocationLineHash")));
        let place = &result["locations"][0]["physicalLocation"];
        Told {
            code: text(result, "/ruleId"),
            file: file_of_uri(&text(place, "/artifactLocation/uri")),
            line: number(place, "/region/startLine"),
        }
    };
    let told = items(run, "/results").iter().map(told).collect();
    no_empty_strings(report, "");
    told
}

/// GitHub refuses empty strings.
fn no_empty_strings(value: &Value, at: &str) {
    match value {
        // The empty pointer is the whole document, and nothing that GitHub reads.
        Value::String(text) => assert!(!text.is_empty() || at == "pointer", "{at} is empty"),
        Value::Array(items) => items.iter().for_each(|item| no_empty_strings(item, at)),
        Value::Object(members) => members.iter().for_each(|(name, value)| no_empty_strings(value, name)),
        _ => {}
    }
}

fn file_of_uri(uri: &str) -> String {
    assert!(uri.bytes().all(|byte| byte.is_ascii_graphic()), "{uri}");
    let path = uri.strip_prefix("file://").unwrap_or(uri);
    percent_decode_str(path).decode_utf8().unwrap().into_owned()
}

fn github(line: &str) -> Option<Told> {
    let (properties, _) = line.strip_prefix("::").unwrap().split_once("::").unwrap();
    let (command, properties) = properties.split_once(' ').unwrap();
    assert!(["error", "warning", "notice"].contains(&command));
    let property = |name: &str| {
        let named = properties.split(',').find_map(|one| one.strip_prefix(name)?.strip_prefix('='))?;
        Some(percent_decode_str(named).decode_utf8().unwrap().into_owned())
    };
    let code = property("title").unwrap().split(' ').next().unwrap().to_owned();
    let line = property("line")?.parse().unwrap();
    Some(Told { code, file: property("file").unwrap(), line })
}

fn gitlab(report: &Value) -> Vec<Told> {
    let mut fingerprints = BTreeSet::new();
    let told = |issue: &Value| {
        assert!(fingerprints.insert(text(issue, "/fingerprint")));
        Told {
            code: text(issue, "/description").split(':').next().unwrap().to_owned(),
            file: text(issue, "/location/path"),
            line: number(issue, "/location/lines/begin"),
        }
    };
    items(report, "").iter().map(told).collect()
}

/// XML cannot hold these two at all.
fn in_xml(name: &str) -> String {
    printable(name).replace('\u{fffe}', "\\u{fffe}").replace('\u{ffff}', "\\u{ffff}")
}

/// What stands in the text of failures and in the output, and sums that are true.
fn junit(report: &str, files: &[String]) -> Vec<Told> {
    let report = quick_junit::Report::deserialize_from_str(report)
        .unwrap_or_else(|error| panic!("{error} in:\n{report}"));
    let mut told = Vec::new();
    for suite in &report.test_suites {
        let mut counted = (0, 0);
        for case in &suite.test_cases {
            let text = match &case.status {
                TestCaseStatus::Success { .. } => {
                    case.system_out.as_ref().map(|text| text.as_str().to_owned())
                }
                TestCaseStatus::NonSuccess { kind: NonSuccessKind::Failure, description, .. } => {
                    counted.0 += 1;
                    description.as_ref().map(|text| text.as_str().to_owned())
                }
                _ => {
                    counted.1 += 1;
                    None
                }
            };
            let lines = text.unwrap_or_default();
            let lines = lines.lines().filter(|line| !line.starts_with("  help: "));
            told.extend(lines.map(|line| in_line(line, files, in_xml)));
        }
        assert_eq!(
            (suite.tests, suite.failures, suite.errors),
            (suite.test_cases.len(), counted.0, counted.1)
        );
    }
    told
}

fn rdjson(diagnostic: &Value) -> Told {
    Told {
        code: text(diagnostic, "/code/value"),
        file: text(diagnostic, "/location/path"),
        line: number(diagnostic, "/location/range/start/line"),
    }
}

fn rdjsonl(line: &str) -> Told {
    let diagnostic: Value = serde_json::from_str(line).unwrap();
    let source = diagnostic["source"].clone();
    let report = json!({ "source": source, "diagnostics": [diagnostic] });
    assert_eq!(objections("rdjson", &report), Vec::<String>::new());
    rdjson(&report["diagnostics"][0])
}
