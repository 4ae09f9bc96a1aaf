//! The world outside, read once at the door: streams, files, environment, clock.

use super::exit::Fault;
use crate::input::read;
pub(super) use crate::input::read::plain;
use crate::report::human::{Style, printable};
use std::collections::BTreeMap;
use std::io::{IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum ColorChoice {
    /// On a terminal, unless the environment says otherwise.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// Which of our streams are terminals, and how wide.
#[derive(Debug, Clone, Copy, Default)]
pub struct Terminal {
    /// Standard input is one.
    pub stdin: bool,
    /// Standard output is one.
    pub stdout: bool,
    /// Standard error is one.
    pub stderr: bool,
    /// Columns, if known.
    pub width: Option<usize>,
}

/// Everything that a command takes from outside and gives back.
pub struct Io {
    /// Standard input.
    pub stdin: Box<dyn Read>,
    /// Standard output: what was asked for.
    pub out: Box<dyn Write>,
    /// Standard error: everything else.
    pub err: Box<dyn Write>,
    /// The environment.
    pub env: BTreeMap<String, String>,
    /// Milliseconds since 1970 at the start.
    pub now_ms: i64,
    /// A number that differs from run to run, for ids that should.
    pub entropy: u64,
    /// The path of this program.
    pub program: Option<PathBuf>,
    /// The terminals among the streams.
    pub terminal: Terminal,
    /// What `--color` says.
    pub color: ColorChoice,
    /// Whether standard input was read to its end.
    stdin_is_spent: bool,
}

/// What can be read.
pub struct Files<'io> {
    stdin: &'io mut dyn Read,
    stdin_is_spent: &'io mut bool,
}

impl Files<'_> {
    /// Standard input, which can be read once.
    ///
    /// # Errors
    /// A usage fault when it was read before.
    pub fn stdin(&mut self) -> Result<Box<dyn Read + '_>, Fault> {
        if std::mem::replace(self.stdin_is_spent, true) {
            return Err(Fault::usage("standard input cannot be read twice: `-` stands for it once"));
        }
        Ok(Box::new(&mut *self.stdin))
    }

    /// A file, opened.
    ///
    /// # Errors
    /// A usage fault that names the file.
    pub fn open(&self, path: &Path) -> Result<Box<dyn Read>, Fault> {
        let name = || printable(&path.to_string_lossy());
        read::open(path).map_err(|error| Fault::usage(format!("cannot read {}: {}", name(), plain(&error))))
    }
}

impl Io {
    /// The streams, environment and clock of this process.
    #[allow(clippy::disallowed_methods, reason = "this is the door")]
    pub fn of_process() -> Self {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let env: BTreeMap<_, _> = std::env::vars_os()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
            .collect();
        let terminal = Terminal {
            stdin: std::io::stdin().is_terminal(),
            stdout: std::io::stdout().is_terminal(),
            stderr: std::io::stderr().is_terminal(),
            width: env.get("COLUMNS").and_then(|columns| columns.parse().ok()),
        };
        Self {
            stdin: Box::new(std::io::stdin()),
            out: Box::new(std::io::BufWriter::new(std::io::stdout())),
            err: Box::new(std::io::stderr()),
            env,
            now_ms: i64::try_from(since.as_millis()).unwrap_or_default(),
            entropy: u64::from(since.subsec_nanos()) ^ (u64::from(std::process::id()) << 32),
            program: std::env::current_exe().ok(),
            terminal,
            color: ColorChoice::Auto,
            stdin_is_spent: false,
        }
    }

    /// The time of day at the start, since 1970.
    pub fn now(&self) -> Duration {
        Duration::from_millis(u64::try_from(self.now_ms).unwrap_or_default())
    }

    /// The directory of the run; empty if it is not known.
    pub fn directory(&self) -> String {
        std::env::current_dir().unwrap_or_default().to_string_lossy().into_owned()
    }

    /// How to draw on standard output.
    pub fn out_style(&self) -> Style {
        self.style(self.terminal.stdout)
    }

    /// How to draw on standard error.
    pub fn err_style(&self) -> Style {
        self.style(self.terminal.stderr)
    }

    fn style(&self, terminal: bool) -> Style {
        let color = match self.color {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto => self.colored_by_environment().unwrap_or(terminal),
        };
        Style { color, width: self.terminal.width.unwrap_or(Style::PLAIN.width).max(40) }
    }

    /// What the environment says about colours, the strongest word first.
    fn colored_by_environment(&self) -> Option<bool> {
        let set = |name: &str| self.env.get(name).map(String::as_str).filter(|value| !value.is_empty());
        if set("NO_COLOR").is_some() {
            return Some(false);
        }
        for name in ["CLICOLOR_FORCE", "FORCE_COLOR"] {
            if set(name).is_some_and(|value| value != "0") {
                return Some(true);
            }
        }
        (set("CLICOLOR") == Some("0") || set("TERM") == Some("dumb")).then_some(false)
    }

    /// What can be read, standard output, and standard error, at the same time.
    pub fn split(&mut self) -> (Files<'_>, &mut dyn Write, &mut dyn Write) {
        let files = Files { stdin: &mut self.stdin, stdin_is_spent: &mut self.stdin_is_spent };
        (files, &mut self.out, &mut self.err)
    }

    /// The bytes of a file; `-` is standard input.
    ///
    /// # Errors
    /// A usage fault that names the file.
    pub fn read(&mut self, path: &str) -> Result<Vec<u8>, Fault> {
        let (mut files, ..) = self.split();
        let is_stdin = path == "-";
        let mut from = if is_stdin { files.stdin()? } else { files.open(Path::new(path))? };
        let name = if is_stdin { "standard input".to_owned() } else { printable(path) };
        let mut bytes = Vec::new();
        let read = from.read_to_end(&mut bytes);
        read.map_err(|error| Fault::usage(format!("cannot read {name}: {}", plain(&error))))?;
        Ok(bytes)
    }

    /// Standard output holds something else already: from now on reports go to standard error.
    pub fn tell_on_error_stream(&mut self) {
        self.out = Box::new(std::io::stderr());
        self.terminal.stdout = self.terminal.stderr;
    }

    /// Puts other bytes in the place of those that came on standard input.
    pub fn give_stdin(&mut self, stdin: Box<dyn Read>) {
        self.stdin = stdin;
        self.stdin_is_spent = false;
    }

    /// Writes a file that was asked for by name.
    ///
    /// # Errors
    /// A usage fault that names the file.
    pub fn write_file(&self, path: &str, bytes: &[u8]) -> Result<(), Fault> {
        std::fs::write(path, bytes)
            .map_err(|error| Fault::usage(format!("cannot write {}: {}", printable(path), plain(&error))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn color(choice: ColorChoice, env: &[(&str, &str)], terminal: bool) -> bool {
        let mut io = Io::of_process();
        io.env = env.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        io.color = choice;
        io.terminal.stdout = terminal;
        io.out_style().color
    }

    #[test]
    fn the_flag_beats_the_environment_and_that_the_terminal() {
        use ColorChoice::*;
        type Variables = &'static [(&'static str, &'static str)];
        let cases: &[(ColorChoice, Variables, bool, bool)] = &[
            (Auto, &[], true, true),
            (Auto, &[], false, false),
            (Auto, &[("NO_COLOR", "1")], true, false),
            (Auto, &[("NO_COLOR", "")], true, true),
            (Auto, &[("CLICOLOR_FORCE", "1")], false, true),
            (Auto, &[("CLICOLOR_FORCE", "0")], false, false),
            (Auto, &[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")], false, false),
            (Auto, &[("CLICOLOR", "0")], true, false),
            (Auto, &[("TERM", "dumb")], true, false),
            (Always, &[("NO_COLOR", "1")], false, true),
            (Never, &[("CLICOLOR_FORCE", "1")], true, false),
        ];
        for (choice, env, terminal, expected) in cases {
            assert_eq!(color(*choice, env, *terminal), *expected, "{choice:?} {env:?} {terminal}");
        }
    }
}
