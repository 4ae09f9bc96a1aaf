//! Every command of the README is run, and its output compared with what stands there.
//!
//! `APIGW_UPDATE=1 cargo test readme` writes what the commands print.

use std::path::Path;
use std::process::Command;

/// A command line of a `console` block, and the output under it.
struct Step {
    command: String,
    output: String,
}

#[test]
#[allow(clippy::disallowed_methods, reason = "a switch for the person who runs the tests")]
fn every_command_in_the_readme_prints_what_stands_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = std::fs::read_to_string(root.join("README.md")).unwrap();
    let dir = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(dir.path().join("target/debug")).unwrap();
    for link in ["examples", "target/debug/examples"] {
        std::os::unix::fs::symlink(examples(), dir.path().join(link)).unwrap();
    }
    let steps: Vec<_> = blocks(&readme).into_iter().flat_map(steps).collect();
    assert!(steps.len() >= 6, "the README lost its commands");
    let updates = std::env::var_os("APIGW_UPDATE").is_some();
    let mut updated = readme.clone();
    for step in steps {
        let printed = run(&step, dir.path());
        let is_true = untimed(&printed) == untimed(&step.output);
        if updates && !is_true {
            let block = |output: &str| format!("$ {}\n{output}", step.command);
            updated = updated.replacen(&block(&step.output), &block(&printed), 1);
        } else {
            assert_eq!(untimed(&printed), untimed(&step.output), "$ {}", step.command);
        }
    }
    if updated != readme {
        std::fs::write(root.join("README.md"), updated).unwrap();
    }
}

/// Where cargo puts the examples of this very build.
fn examples() -> std::path::PathBuf {
    let test = std::env::current_exe().unwrap();
    test.parent().unwrap().parent().unwrap().join("examples")
}

fn blocks(readme: &str) -> Vec<&str> {
    readme.split("```console\n").skip(1).map(|rest| rest.split("```").next().unwrap()).collect()
}

fn steps(block: &str) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    for line in block.lines() {
        match (line.strip_prefix("$ "), steps.last_mut()) {
            (Some(command), _) => steps.push(Step { command: command.to_owned(), output: String::new() }),
            (None, Some(step)) => step.output += &format!("{line}\n"),
            (None, None) => panic!("a console block begins with a command: {line}"),
        }
    }
    steps
}

/// Runs `apigw …`, or writes the file that `cat FILE` shows. Standard error follows standard
/// output on a line of its own, as on a terminal.
fn run(step: &Step, dir: &Path) -> String {
    if let Some(file) = step.command.strip_prefix("cat ") {
        let path = dir.join(file);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, &step.output).unwrap();
        return step.output.clone();
    }
    let words = step.command.strip_prefix("cargo run -- ").or_else(|| step.command.strip_prefix("apigw "));
    let words = words.unwrap_or_else(|| panic!("not a command of ours: {}", step.command));
    let words = words.replace("target/debug/examples/", "examples/");
    let output = Command::new(env!("CARGO_BIN_EXE_apigw"))
        .args(split(&words))
        .current_dir(dir)
        .env_remove("NO_COLOR")
        .env("COLUMNS", "100")
        .output()
        .unwrap();
    let mut printed = String::from_utf8(output.stdout).unwrap().replace("\r\n", "\n");
    if !printed.is_empty() && !printed.ends_with('\n') {
        printed.push('\n');
    }
    printed + &String::from_utf8(output.stderr).unwrap()
}

/// Words in the quoting that the README uses: plain, or in single quotes.
fn split(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    for (index, part) in line.split('\'').enumerate() {
        if index % 2 == 1 {
            words.last_mut().unwrap().push_str(part);
            continue;
        }
        for (index, piece) in part.split(' ').enumerate() {
            if index > 0 {
                words.push(String::new());
            }
            words.last_mut().unwrap().push_str(piece);
        }
    }
    words.into_iter().filter(|word| !word.is_empty()).collect()
}

/// Times differ from run to run.
fn untimed(text: &str) -> String {
    let mut words: Vec<&str> = text.split(' ').collect();
    for at in 1..words.len() {
        if words[at].starts_with("ms") && words[at - 1].parse::<f64>().is_ok() {
            words[at - 1] = "N";
        }
    }
    words.join(" ").trim_end().to_owned()
}
