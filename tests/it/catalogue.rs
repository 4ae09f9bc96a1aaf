//! What the repository says about rules: the pages below `docs/rules` and the table of the README are
//! generated, and every example in them is what the command says it is.
//! `APIGW_UPDATE=1 cargo test catalogue` writes pages and table again.

use apigw::lint::{Example, Rule, Subject, rules};
use apigw::report::catalogue;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[allow(clippy::disallowed_methods, reason = "a switch for the person who runs the tests")]
fn updates() -> bool {
    std::env::var_os("APIGW_UPDATE").is_some()
}

/// Compares a generated text with its file, or writes it.
fn holds(path: &Path, text: &str) {
    if updates() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let stored = fs::read_to_string(path).unwrap_or_default().replace("\r\n", "\n");
    assert!(stored == text, "{} is old: APIGW_UPDATE=1 cargo test catalogue", path.display());
}

#[test]
fn there_is_a_page_for_every_rule_and_for_nothing_else() {
    let directory = root().join("docs/rules");
    for rule in rules::ALL {
        holds(&directory.join(format!("{}.md", rule.code)), &catalogue::markdown_page(rule));
    }
    holds(&directory.join("README.md"), &catalogue::index(rules::ALL));
    let name = |path: PathBuf| path.file_stem().unwrap().to_str().unwrap().to_owned();
    let pages = fs::read_dir(&directory).unwrap().map(|entry| entry.unwrap().path());
    let strays: Vec<_> = pages
        .filter(|page| name(page.clone()) != "README" && rules::find(&name(page.clone())).is_none())
        .collect();
    if updates() {
        strays.iter().for_each(|stray| fs::remove_file(stray).unwrap());
    } else {
        assert!(strays.is_empty(), "pages of rules that are no more: {strays:?}");
    }
}

#[test]
fn every_page_has_the_same_headings() {
    let headings = |page: &str| -> Vec<String> {
        page.lines().filter(|line| line.starts_with("## ")).map(str::to_owned).collect()
    };
    let first = headings(&catalogue::markdown_page(rules::ALL[0]));
    assert_eq!(first.len(), 7);
    for rule in rules::ALL {
        let page = catalogue::markdown_page(rule);
        assert_eq!(headings(&page), first, "{}", rule.code);
        assert!(!page.contains("\n\n\n"), "{}", rule.code);
    }
}

#[test]
fn the_table_of_the_readme_is_the_catalogue() {
    const BEGIN: &str = "<!-- the rules: APIGW_UPDATE=1 cargo test catalogue -->\n";
    const END: &str = "<!-- end of the rules -->";
    let path = root().join("README.md");
    let readme = fs::read_to_string(&path).unwrap();
    let (before, rest) = readme.split_once(BEGIN).expect("the README has no place for the rules");
    let (_, behind) = rest.split_once(END).unwrap();
    let table = catalogue::markdown_table(rules::ALL, "docs/rules/");
    holds(&path, &format!("{before}{BEGIN}\n{table}\n{END}{behind}"));
}

/// The words of the command that judges an example; `None` where no flag says what it shows.
fn command(example: &Example) -> Option<Vec<String>> {
    let words = match example.is {
        Subject::Event("") => vec!["event".to_owned(), "check".to_owned()],
        Subject::Event(name) | Subject::PartOfEvent(name) => {
            ["event", "check", "--api", name].map(str::to_owned).to_vec()
        }
        Subject::Policy => vec!["policy".to_owned(), "check".to_owned()],
        Subject::Result if example.subprotocols.is_some() => return None,
        Subject::Result => {
            let flags = catalogue::flags(example).join(" ");
            ["lint-response".to_owned()].into_iter().chain(crate::cli::split(&flags)).collect()
        }
    };
    Some(words)
}

#[test]
fn the_command_finds_in_every_example_what_its_page_says() {
    let mut calls: BTreeMap<Vec<String>, Vec<(&Rule, &Example)>> = BTreeMap::new();
    for rule in rules::ALL {
        for bad in rule.bad {
            if let Some(words) = command(bad) {
                calls.entry(words).or_default().push((rule, bad));
            }
        }
    }
    let judged: usize = calls.values().map(Vec::len).sum();
    assert!(judged > 100 && calls.len() < 60, "{judged} examples in {} calls", calls.len());
    for (words, examples) in calls {
        let directory = tempfile::tempdir().unwrap();
        let name = |at: usize| format!("{at}.json");
        for (at, (_, example)) in examples.iter().enumerate() {
            fs::write(directory.path().join(name(at)), example.text()).unwrap();
        }
        let mut command = Command::new(env!("CARGO_BIN_EXE_apigw"));
        command.args(&words).args(["--format", "json"]).args((0..examples.len()).map(name));
        let output = command.current_dir(directory.path()).output().unwrap();
        let report: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|error| {
            panic!("{words:?}: {error}: {}", String::from_utf8_lossy(&output.stderr))
        });
        for (at, (rule, example)) in examples.iter().enumerate() {
            let found = codes(&report, &name(at));
            assert!(
                found.contains(rule.code),
                "{words:?} is silent about {} in {}",
                rule.code,
                example.result
            );
        }
    }
}

/// The codes that a report has for a file.
fn codes(report: &Value, file: &str) -> BTreeSet<String> {
    let rows = report["results"].as_array().unwrap().iter().filter(|row| row["file"] == file);
    let diagnostics = rows.flat_map(|row| row["diagnostics"].as_array().unwrap());
    diagnostics.map(|found| found["code"].as_str().unwrap().to_owned()).collect()
}
