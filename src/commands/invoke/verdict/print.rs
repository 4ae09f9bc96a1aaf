//! A verdict on a call, printed for people or as JSON, without secrets.

use super::super::super::exit::Fault;
use super::super::super::io::Io;
use super::super::Invoke;
use super::super::secrets::{self, Secrets};
use super::super::stack;
use super::{Failed, Known, Verdict};
use crate::lint::{Source, Summary};
use crate::report::{self, human, json};
use serde_json::{Map, Value, json};
use std::borrow::Cow;
use std::io::Write as _;

impl Verdict {
    /// What may not be shown.
    pub(in crate::commands) fn secrets(&self, args: &Invoke, io: &Io) -> Secrets {
        let event = self.known.as_ref().and_then(|known| known.event.as_ref());
        let result = self.known.as_ref().and_then(|known| serde_json::from_slice(&known.payload).ok());
        secrets::of(event.into_iter().chain(&result), self.response.as_ref(), args, &io.env)
    }

    /// The body on standard output, on lines of its own if it is one of several; everything else on
    /// standard error.
    pub(in super::super) fn print_human(
        &self,
        (include, raw): (bool, bool),
        several: bool,
        secrets: &Secrets,
        io: &mut Io,
    ) -> Result<(), Fault> {
        let body = self.body(include, raw);
        if let (true, Some(response)) = (include, &self.response) {
            let head = human::head(&secrets.response(response), io.out_style());
            io.out.write_all(head.as_bytes())?;
        }
        if io.terminal.stdout && std::str::from_utf8(&body).is_err() {
            writeln!(
                io.err,
                "note: the body is {} bytes that are no text; redirect the output to a file",
                body.len()
            )?;
        } else {
            io.out.write_all(&body)?;
            if (several || io.terminal.stdout) && body.last().is_some_and(|last| *last != b'\n') {
                writeln!(io.out)?;
            }
        }
        io.out.flush()?;
        self.print_trouble(secrets, io)?;
        if self.known.is_some() {
            writeln!(io.err, "{}", self.in_brief())?;
        }
        self.warn(io)
    }

    /// Whether what stands on standard output ends with its line.
    pub(in super::super) fn ends_line(&self, include: bool, raw: bool) -> bool {
        self.body(include, raw).last() == Some(&b'\n')
    }

    /// What stands on standard output: the body that the caller gets, or an authorizer's decision.
    fn body(&self, include: bool, raw: bool) -> Cow<'_, [u8]> {
        match (&self.known, &self.response) {
            (Some(known), _) if raw => Cow::from(&*known.payload),
            (Some(Known { decision: Some(decision), outcome, .. }), _) if !include => {
                Cow::from((human::decision_in_words(*decision, outcome) + "\n").into_bytes())
            }
            (_, Some(response)) => Cow::from(&response.body.0),
            (_, None) => Cow::default(),
        }
    }

    /// Why there is no good answer, and the findings.
    pub(in super::super) fn print_trouble(&self, secrets: &Secrets, io: &mut Io) -> Result<(), Fault> {
        let style = io.err_style();
        if let Some(answered) = &self.answered {
            let words = report::answered::answered(answered, style);
            io.err.write_all(secrets.text(&words).as_bytes())?;
        }
        let Some(known) = &self.known else { return Ok(()) };
        if let Some(reason) = &known.unroutable {
            writeln!(io.err, "error: no function was invoked: {}", secrets.text(reason))?;
        }
        if let Some(failed) = &known.failed {
            failed.tell(&known.source, secrets, io)?;
        }
        if known.failed.as_ref().is_none_or(|failed| failed.answered) {
            let source = Source { text: secrets.starred(&known.source.text), ..known.source.clone() };
            let findings = human::findings(&source, &known.findings, &known.outcome, known.front, style);
            io.err.write_all(secrets.starred(&findings).as_bytes())?;
        }
        Ok(())
    }

    /// Who answers what, and how long it took.
    pub(in super::super) fn in_brief(&self) -> String {
        let timings =
            self.timings.iter().map(|(name, ms)| format!("{} {ms} ms", name.trim_end_matches("_ms")));
        let decides = self.known.as_ref().is_some_and(|known| known.decision.is_some());
        let answer = match &self.response {
            Some(response) if response.is_message() => "answers with a message".to_owned(),
            Some(response) => format!("answers {}", response.status_line()),
            None if decides => "lets the request pass".to_owned(),
            None => "answers nothing".to_owned(),
        };
        let line = [answer].into_iter().chain(timings).collect::<Vec<_>>().join(", ");
        self.known.as_ref().map_or(line.clone(), |known| format!("{} {line}", known.front.title()))
    }

    /// What a person should hear, however the rest is printed.
    pub(in super::super) fn warn(&self, io: &mut Io) -> Result<(), Fault> {
        for warning in &self.measured.warnings {
            writeln!(io.err, "warning: {warning}")?;
        }
        Ok(())
    }

    /// The JSON contract: event, result, response, diagnostics, timings.
    pub(in super::super) fn print_json(&self, secrets: &Secrets, io: &mut Io) -> Result<(), Fault> {
        let mut summary = Summary::default();
        let members = self.members(secrets, &mut summary);
        io.out.write_all(json::report(&[Value::Object(members)], &summary).as_bytes())?;
        self.warn(io)
    }

    /// The members of its row, with its findings counted.
    pub(in super::super) fn members(&self, secrets: &Secrets, summary: &mut Summary) -> Map<String, Value> {
        let mut members = Map::new();
        if let Some(known) = &self.known {
            summary.add(&known.findings);
            members = known.members(secrets);
        }
        let response = self.response.as_ref().map(|response| json::response(&secrets.response(response)));
        members.insert("response".to_owned(), response.unwrap_or_default());
        members.extend(self.answered.iter().map(|answered| {
            let mut answered = report::answered::member(answered);
            secrets.everywhere(&mut answered);
            ("answered_by".to_owned(), answered)
        }));
        let timings = self.timings.iter().map(|(name, ms)| ((*name).to_owned(), Value::from(*ms)));
        let measured = self.measured.numbers.iter();
        let timings =
            timings.chain(measured.map(|(name, number)| ((*name).to_owned(), Value::from(*number))));
        members.insert("timings".to_owned(), Value::Object(timings.collect()));
        let hidden = |line: &String| secrets.text(line);
        let logs = self.measured.logs.iter().map(|lines| lines.iter().map(hidden).collect());
        members.extend(logs.map(|lines| ("logs".to_owned(), lines)));
        members.extend(self.lambda.iter().map(|lambda| {
            let mut lambda = lambda.clone();
            secrets.everywhere(&mut lambda);
            ("lambda".to_owned(), lambda)
        }));
        members
    }
}

impl Failed {
    /// What happened, what to do, and the stack or Lambda's own words where the caller got those.
    fn tell(&self, payload: &Source, secrets: &Secrets, io: &mut Io) -> Result<(), Fault> {
        let broke_a_rule = self.answered && !self.in_stream;
        let what = if broke_a_rule { "the function broke a rule" } else { "the function failed" };
        let report = self.report.as_deref().unwrap_or(&payload.text);
        let explanation = secrets.text(&self.explanation);
        let explanation: Vec<_> = explanation.lines().map(human::printable).collect();
        let error_type = human::printable(&secrets.text(&self.error_type));
        writeln!(io.err, "error: {what}: {error_type}\n  {}", explanation.join("\n  "))?;
        let stack = if self.answered { Vec::new() } else { stack::lines(report) };
        for line in &stack {
            writeln!(io.err, "    {}", secrets.text(line))?;
        }
        if !self.answered && stack.is_empty() && !report.trim().is_empty() {
            writeln!(io.err, "  Lambda reports {}", secrets.text(report.trim_end()))?;
        }
        Ok(())
    }
}

impl Known {
    fn members(&self, secrets: &Secrets) -> Map<String, Value> {
        let mut members = json::judged(self.front, &self.outcome, &self.findings, &self.source);
        if let Some(diagnostics) = members.get_mut("diagnostics") {
            secrets.everywhere(diagnostics);
        }
        members
            .insert("event".to_owned(), self.event.as_ref().map(|own| secrets.part(own)).unwrap_or_default());
        match serde_json::from_slice::<Value>(&self.payload) {
            Ok(result) => {
                let mut result = secrets.part(&result);
                // What a runtime says of a failure is no answer.
                if self.failed.as_ref().is_some_and(|failed| !failed.answered) {
                    secrets.everywhere(&mut result);
                }
                members.insert("result".to_owned(), result)
            }
            Err(_) => members.insert("payload".to_owned(), secrets.text(&self.source.text).into()),
        };
        if let Some(Failed { error_type, message, explanation, .. }) = &self.failed {
            let mut failure =
                json!({ "error_type": error_type, "error_message": message, "explanation": explanation });
            secrets.everywhere(&mut failure);
            members.insert("function_error".to_owned(), failure);
        }
        if let Some(reason) = &self.unroutable {
            members.insert("unroutable".to_owned(), secrets.text(reason).into());
        }
        members
    }
}
