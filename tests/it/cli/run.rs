//! Running the command as a user would, in a world of its own: an empty directory, no environment
//! but `PATH`, streams that are no terminals.

use super::contract;
use crate::transport::example;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tempfile::TempDir;

/// A command line about to be run.
#[must_use]
pub(crate) struct Run {
    line: String,
    words: Vec<String>,
    stdin: Vec<u8>,
    environment: Vec<(String, String)>,
    exit: i32,
    directory: TempDir,
}

/// What came of it.
pub(crate) struct Ran {
    line: String,
    exit: i32,
    stdout: Vec<u8>,
    stderr: Vec<u8>,
    directory: TempDir,
}

/// `apigw` with the words of a line in shell quoting. `[NAME]` stands for that example's path.
pub(crate) fn apigw(line: &str) -> Run {
    let words = split(line).iter().map(|word| with_examples(word)).collect();
    Run {
        line: line.trim_end().to_owned(),
        words,
        stdin: Vec::new(),
        environment: Vec::new(),
        exit: 0,
        directory: tempfile::tempdir().unwrap(),
    }
}

impl Run {
    /// A file in the directory in which the command runs, or below it.
    pub(crate) fn file(self, name: &str, content: impl AsRef<[u8]>) -> Self {
        let path = self.directory.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
        self
    }

    /// A directory in it.
    pub(crate) fn directory(self, name: &str) -> Self {
        std::fs::create_dir(self.path(name)).unwrap();
        self
    }

    /// Where a file of that name is, or would be.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.directory.path().join(name)
    }

    pub(crate) fn stdin(mut self, bytes: impl Into<Vec<u8>>) -> Self {
        self.stdin = bytes.into();
        self
    }

    pub(crate) fn env(mut self, name: &str, value: &str) -> Self {
        self.environment.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The exit code that is expected instead of 0.
    pub(crate) fn exits(mut self, code: i32) -> Self {
        self.exit = code;
        self
    }

    /// The bare process, for tests that do not wait for its end.
    #[allow(clippy::disallowed_methods, reason = "functions find their programs by PATH")]
    pub(crate) fn process(&self) -> std::process::Command {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_apigw"));
        command.args(&self.words).current_dir(self.directory.path()).env_clear();
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default()).env("COLUMNS", "100");
        command.envs(self.environment.iter().map(|(name, value)| (name, value)));
        command
    }

    /// Runs it and panics with everything it said if it ends otherwise than expected, or prints
    /// JSON that breaks the contract.
    pub(crate) fn run(self) -> Ran {
        let mut command = assert_cmd::Command::from_std(self.process());
        let output = command.write_stdin(self.stdin).timeout(Duration::from_secs(60)).output().unwrap();
        let ran = Ran {
            line: self.line,
            exit: output.status.code().unwrap_or(-1),
            stdout: output.stdout,
            stderr: output.stderr,
            directory: self.directory,
        };
        assert_eq!(ran.exit, self.exit, "the exit code of:\n{}", ran.transcript());
        let asks_for_json = self.words.windows(2).any(|pair| pair == ["--format", "json"]);
        if asks_for_json && !(ran.exit == 2 && ran.stdout.is_empty()) {
            contract::check(&String::from_utf8(ran.stdout.clone()).unwrap());
        }
        ran
    }
}

impl Ran {
    /// Standard output, whatever differs between machines and versions replaced.
    pub(crate) fn stdout(&self) -> String {
        self.scrubbed(&self.stdout)
    }

    /// Standard error, likewise.
    pub(crate) fn stderr(&self) -> String {
        self.scrubbed(&self.stderr)
    }

    /// Standard output, byte for byte.
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.stdout
    }

    /// Standard output as JSON.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.stdout).unwrap_or_else(|error| panic!("{error}: {}", self.transcript()))
    }

    /// A file that the command left behind.
    pub(crate) fn written(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.directory.path().join(name)).unwrap()
    }

    /// The names of all files in the directory, sorted.
    pub(crate) fn left(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.directory.path()).unwrap();
        let mut names: Vec<_> =
            entries.map(|entry| entry.unwrap().file_name().to_str().unwrap().to_owned()).collect();
        names.sort();
        names
    }

    /// Panics unless standard error says each of these.
    pub(crate) fn says(self, parts: &[&str]) -> Self {
        let stderr = self.stderr();
        for part in parts {
            assert!(stderr.contains(part), "no `{part}` on standard error of:\n{}", self.transcript());
        }
        self
    }

    /// The command line and everything that came of it.
    pub(crate) fn transcript(&self) -> String {
        let mut text = format!("$ apigw {}\n", self.line);
        for (name, stream) in [("stdout", self.stdout()), ("stderr", self.stderr())] {
            if !stream.is_empty() {
                let end = if stream.ends_with('\n') { "" } else { "[no line end]\n" };
                text += &format!("--- {name}\n{stream}{end}");
            }
        }
        text + &format!("--- exit {}\n", self.exit)
    }

    /// Compares the transcript with `snapshots/NAME.snap`.
    pub(crate) fn snapshot(&self, name: &str) {
        snapshot(name, &self.transcript());
    }

    fn scrubbed(&self, bytes: &[u8]) -> String {
        let version = env!("CARGO_PKG_VERSION");
        let mut text = String::from_utf8_lossy(bytes).replace(&path(self.directory.path()), "[DIR]");
        for name in EXAMPLES {
            text = text.replace(&path(&example(&name.to_ascii_lowercase())), &format!("[{name}]"));
        }
        text.replace(&format!("apigw {version}"), "apigw [VERSION]")
            .replace(&format!("apigw/{version}"), "apigw/[VERSION]")
            .replace(&format!("\"semanticVersion\":\"{version}\""), "\"semanticVersion\":\"[VERSION]\"")
            .replace(
                &format!("\"name\":\"apigw\",\"version\":\"{version}\""),
                "\"name\":\"apigw\",\"version\":\"[VERSION]\"",
            )
            .replace(
                &format!("\"name\": \"apigw\",\n    \"version\": \"{version}\""),
                "\"name\": \"apigw\",\n    \"version\": \"[VERSION]\"",
            )
    }
}

const EXAMPLES: [&str; 3] = ["GREETING", "PLAIN", "UNRULY"];

fn with_examples(word: &str) -> String {
    EXAMPLES.iter().fold(word.to_owned(), |word, name| match word.contains(&format!("[{name}]")) {
        true => word.replace(&format!("[{name}]"), &path(&example(&name.to_ascii_lowercase()))),
        false => word,
    })
}

fn path(path: &Path) -> String {
    path.to_str().unwrap().to_owned()
}

/// Compares a text with `snapshots/NAME.snap`; durations do not count.
pub(crate) fn snapshot(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(concat!(env!("CARGO_MANIFEST_DIR"), "/snapshots"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.add_filter(r"\b\d+(\.\d+)? ms\b", "[N] ms");
    settings.add_filter(r#"("\w+_ms"): \d+(\.\d+)?"#, "$1: [N]");
    settings.add_filter(r#",\s*"max_memory_mb": \d+"#, "");
    settings.bind(|| insta::assert_snapshot!(name, text));
}

/// Words as a shell splits them: plain, or in single or double quotes without escapes.
pub(crate) fn split(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let (mut word, mut quote) = (None::<String>, None);
    for letter in line.chars() {
        match quote {
            Some(open) if open == letter => quote = None,
            Some(_) => word.get_or_insert_default().push(letter),
            None if letter == '\'' || letter == '"' => {
                quote = Some(letter);
                word.get_or_insert_default();
            }
            None if letter == ' ' => words.extend(word.take()),
            None => word.get_or_insert_default().push(letter),
        }
    }
    assert!(quote.is_none(), "a quote is open in {line}");
    words.extend(word);
    words
}
