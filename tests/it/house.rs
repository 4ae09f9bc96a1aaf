//! The house rules that no compiler knows: floors, sizes, and guides that do not lie.

use std::fs;
use std::path::{Path, PathBuf};

/// The floors from the ground up; a module imports only from floors below its own. Modules that
/// share a floor do not know each other.
const FLOORS: [&[&str]; 12] = [
    &["json", "http"],
    // Policies know nothing of API Gateway; its model asks them about the results of authorizers.
    &["policy"],
    &["gateway"],
    &["import", "template"],
    &["lint"],
    &["config"],
    &["suite"],
    // `report` stands above `transport` in the drawing, but they do not know each other.
    &["transport", "report", "input"],
    &["commands"],
    &["cli"],
    &["main"],
    // For unit tests only.
    &["testing", "lib"],
];

const MOST_LINES_OF_A_FILE: usize = 400;
const MOST_LINES_OF_A_FUNCTION: usize = 60;

/// Files and functions that may be longer, each with its reason.
const LONGER: [(&str, &str, &str); 2] = [
    ("src/transport/runtime_state/tests.rs", "calls_are_answered_as_lambda_answers_them", "a table of calls"),
    ("src/lint/rules/mod.rs", "of", "one arm for each kind of notice"),
];

/// The start of every place in this repository that guides may name.
const PLACES: [&str; 9] =
    ["src/", "tests/", "examples/", "schemas/", "snapshots/", "completions/", "benches/", "docs/", ".ci/"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every file with that ending below a directory, as a path from the root.
fn files(directory: &str, ending: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut waiting: Vec<PathBuf> = vec![root().join(directory)];
    while let Some(directory) = waiting.pop() {
        for entry in fs::read_dir(directory).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                waiting.push(path);
            } else if path.extension().is_some_and(|own| own == ending) {
                found.push(path.strip_prefix(root()).unwrap().to_str().unwrap().replace('\\', "/"));
            }
        }
    }
    found.sort();
    found
}

fn rust_files() -> Vec<String> {
    ["src", "tests/it", "examples", "benches"].iter().flat_map(|directory| files(directory, "rs")).collect()
}

fn read(file: &str) -> String {
    fs::read_to_string(root().join(file)).unwrap().replace("\r\n", "\n")
}

/// A source file without comments and without its `#[cfg(test)]` items.
fn code(source: &str) -> Vec<&str> {
    let mut code = Vec::new();
    let mut lines = source.lines();
    while let Some(line) = lines.next() {
        if line.trim() == "#[cfg(test)]" {
            let item = lines.next().unwrap_or_default();
            let indent = &item[..item.len() - item.trim_start().len()];
            if !item.trim_end().ends_with([';', '}']) {
                let end = format!("{indent}}}");
                lines.by_ref().find(|line| *line == end);
            }
            continue;
        }
        code.push(line.split("//").next().unwrap_or_default());
    }
    code
}

/// The modules that a piece of code names behind `crate::`, alone or in braces.
fn imports(code: &str) -> Vec<String> {
    let word = |text: &str| -> String {
        text.trim_start().chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect()
    };
    let mut names = Vec::new();
    for rest in code.split("crate::").skip(1) {
        match rest.strip_prefix('{') {
            None => names.push(word(rest)),
            Some(group) => names.extend(top_level(group).map(word)),
        }
    }
    names
}

/// The entries of a braced list, up to its closing brace.
fn top_level(group: &str) -> impl Iterator<Item = &str> {
    let mut depth = 0;
    let end = group.find(|letter| {
        depth += i32::from(letter == '{') - i32::from(letter == '}');
        depth < 0
    });
    let mut depth = 0;
    group[..end.unwrap_or(group.len())].split(move |letter| {
        depth += i32::from(letter == '{') - i32::from(letter == '}');
        letter == ',' && depth == 0
    })
}

fn floor(module: &str) -> usize {
    let floor = FLOORS.iter().position(|modules| modules.contains(&module));
    floor.unwrap_or_else(|| {
        panic!("the module {module} has no floor: give it one in this test and in the design")
    })
}

/// `gateway` of `src/gateway/event/mod.rs`.
fn module(file: &str) -> &str {
    file.trim_start_matches("src/").trim_end_matches(".rs").split('/').next().unwrap()
}

/// Whether a file of the sources holds unit tests only.
fn is_test(file: &str) -> bool {
    file.ends_with("/tests.rs") || file.contains("/tests/")
}

#[test]
fn a_module_imports_only_from_the_floors_below() {
    for file in files("src", "rs") {
        let own = module(&file);
        if own == "testing" || is_test(&file) {
            continue;
        }
        for import in imports(&code(&read(&file)).join("\n")) {
            let is_below = import == own || floor(&import) < floor(own);
            assert!(is_below, "{file} imports {import}, which is no floor below {own}");
        }
    }
}

#[test]
fn no_chain_of_supers_leaves_its_floor() {
    for file in files("src", "rs") {
        let depth = file.trim_end_matches("/mod.rs").matches('/').count();
        let source = read(&file);
        let longest =
            (1..6).rev().find(|n| code(&source).iter().any(|line| line.contains(&"super::".repeat(*n))));
        let is_test = is_test(&file) || module(&file) == "testing";
        assert!(is_test || longest.unwrap_or(0) < depth, "{file} reaches the root by super::");
    }
}

#[test]
fn the_readers_of_this_test_see_what_they_should() {
    let source = "use crate::a::{b, c};\n// crate::no\nuse crate::{d, e::{f, g}, h};\nlet x = crate::i::J;\n\
                  #[cfg(test)]\nmod tests {\n    use crate::no;\n}\nfn k() { crate::l() } // crate::no";
    assert_eq!(imports(&code(source).join("\n")), ["a", "d", "e", "h", "i", "l"]);
    let functions =
        functions("fn a() {\n}\nimpl B {\n    pub(crate) async fn c(\n        d: E,\n    ) {\n    }\n}\n");
    assert_eq!(functions, [("a".to_owned(), 2), ("c".to_owned(), 4)]);
    assert_eq!(
        named_paths("see src/a.rs, `schemas/result/*.json` and x/src/b; src/c/d."),
        ["src/a.rs", "schemas/result/", "src/c/d"]
    );
}

/// Name and length of every function, as rustfmt lays them out.
fn functions(source: &str) -> Vec<(String, usize)> {
    let lines: Vec<&str> = source.lines().collect();
    let starts = lines.iter().enumerate().filter_map(|(at, line)| {
        let code = line.trim_start();
        let words = code.split("fn ").next()?;
        let opens = code.contains("fn ") && words.split(' ').all(is_qualifier);
        let name = code.split("fn ").nth(1)?.split(['(', '<']).next()?;
        opens.then(|| (at, &line[..line.len() - code.len()], name.to_owned()))
    });
    let length = |at: usize, indent: &str| {
        let end = format!("{indent}}}");
        lines[at..].iter().position(|line| *line == end).unwrap_or(0) + 1
    };
    let is_one_line = |at: usize| lines[at].ends_with(['}', ';']);
    starts.map(|(at, indent, name)| (name, if is_one_line(at) { 1 } else { length(at, indent) })).collect()
}

fn is_qualifier(word: &str) -> bool {
    ["", "pub", "const", "async", "unsafe"].contains(&word) || word.starts_with("pub(")
}

#[test]
fn files_and_functions_are_short() {
    for file in rust_files() {
        let source = read(&file);
        let lines = source.lines().count();
        assert!(lines <= MOST_LINES_OF_A_FILE, "{file} has {lines} lines: split it");
        for (name, lines) in functions(&source) {
            let may =
                LONGER.iter().any(|(path, function, _)| (*path, *function) == (file.as_str(), name.as_str()));
            assert!(may || lines <= MOST_LINES_OF_A_FUNCTION, "{file}: {name} has {lines} lines: split it");
        }
    }
}

#[test]
fn every_file_says_first_what_it_is_for() {
    for file in rust_files() {
        assert!(read(&file).starts_with("//! "), "{file} begins without //!");
    }
}

/// The paths of this repository that a text names; a pattern counts up to its star.
fn named_paths(text: &str) -> Vec<String> {
    let is_path = |letter: char| letter.is_alphanumeric() || "_-./*".contains(letter);
    let words = text.split(|letter| !is_path(letter)).map(|word| word.trim_end_matches('.'));
    let named = words.filter(|word| PLACES.iter().any(|place| word.starts_with(place)));
    named.map(|word| word.split('*').next().unwrap().to_owned()).collect()
}

#[test]
fn guides_name_only_what_exists() {
    for entry in fs::read_dir(root()).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|ending| ending != "md") {
            continue;
        }
        for named in named_paths(&fs::read_to_string(&path).unwrap()) {
            assert!(root().join(&named).exists(), "{} names {named}, which is not there", path.display());
        }
    }
}
