//! `apigw serve` as a process, asked over sockets.

use super::{Run, apigw};
use rustix::process::{Pid, Signal, kill_process};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, ChildStderr, ChildStdout, Command, Stdio};

/// A server, until it is dropped.
pub(crate) struct Server {
    pub(crate) child: Child,
    stdout: BufReader<ChildStdout>,
    stderr: BufReader<ChildStderr>,
    /// Where it listens: the first port, or the last that [`Server::next`] led to.
    pub(crate) address: String,
    /// What it said until then.
    pub(crate) said: String,
    /// Its directory, which has to stay.
    run: Run,
}

impl Server {
    /// A server before that handler, `app.py`.
    pub(crate) fn start(handler: &str, line: &str) -> Self {
        // The usual port of the inspector is one for all tests.
        let inspect = if line.contains("inspect") { "" } else { "--no-inspect" };
        Self::of(apigw(&format!("serve --port 0 {inspect} {line}")).file("app.py", handler))
    }

    /// A server that a command line starts in a directory of its own.
    pub(crate) fn of(run: Run) -> Self {
        Self::by(run, |own| own)
    }

    /// The same, started by another command in place of its own.
    pub(crate) fn by(run: Run, other: impl FnOnce(Command) -> Command) -> Self {
        let mut command = other(run.process());
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut stderr = BufReader::new(child.stderr.take().unwrap());
        let stdout = BufReader::new(child.stdout.take().unwrap());
        let (address, said) = address(&mut stderr);
        Self { run, child, stdout, stderr, address, said }
    }

    /// Goes on to the next of its ports.
    pub(crate) fn next(&mut self) {
        let (address, said) = address(&mut self.stderr);
        self.address = address;
        self.said += &said;
    }

    /// Writes one of its files anew.
    pub(crate) fn write(&self, name: &str, text: &str) {
        std::fs::write(self.run.path(name), text).unwrap();
    }

    /// Waits until it says these words on stderr: what it said until then.
    pub(crate) fn hears(&mut self, words: &str) -> String {
        let mut said = String::new();
        while !said.contains(words) {
            let read = self.stderr.read_line(&mut said).unwrap();
            assert!(read > 0, "it never says {words:?}: {said}");
        }
        said
    }

    /// The status and the body of the answer to a request without body.
    pub(crate) fn ask(&self, method: &str, target: &str) -> (u16, String) {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let request = format!("{method} {target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        (head.split(' ').nth(1).unwrap().parse().unwrap(), body.to_owned())
    }

    /// The next line of its log.
    pub(crate) fn log(&mut self) -> String {
        let mut line = String::new();
        self.stdout.read_line(&mut line).unwrap();
        line.trim_end().to_owned()
    }

    /// Ends it as Ctrl-C does: what it said last.
    pub(crate) fn end(mut self) -> String {
        kill_process(Pid::from_raw(i32::try_from(self.child.id()).unwrap()).unwrap(), Signal::INT).unwrap();
        assert_eq!(self.child.wait().unwrap().code(), Some(130));
        self.rest()
    }

    /// What it said last, once it has ended.
    pub(crate) fn rest(&mut self) -> String {
        let mut rest = String::new();
        self.stderr.read_to_string(&mut rest).unwrap();
        rest
    }
}

/// The address in the next line that has one, and all lines until then.
fn address(stderr: &mut BufReader<ChildStderr>) -> (String, String) {
    let mut said = String::new();
    loop {
        let at = said.len();
        let read = stderr.read_line(&mut said).unwrap();
        assert!(read > 0, "it serves nothing: {said}");
        let line = &said[at..];
        if let Some(url) = line.strip_prefix("http://").or_else(|| line.strip_prefix("ws://")) {
            let address = url.split(['/', ' ']).next().unwrap().to_owned();
            return (address, said);
        }
    }
}
