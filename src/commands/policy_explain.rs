//! `apigw policy explain`: what a policy says about a request, and why.

use super::event_from::place;
use super::event_list::Format;
use super::exit::{Exit, Fault};
use super::io::Io;
use super::policy_request::{Asked, RequestFlags};
use crate::json::{Lines, Part, Pointer, Text};
use crate::lint::Summary;
use crate::policy::{
    Authorization, Carried, Decision, Explanation, Flow, Policy, Request, arn, flow, policies,
};
use crate::report::human::Style;
use crate::report::{json, policy};
use clap::Args;
use serde_json::{Map, Value, json};
use std::io::Write as _;

/// Say whether a policy allows a request, and which statement or segment decides
#[derive(Debug, Args)]
#[command(
    after_help = "FILE holds a policy document, or what `aws lambda get-policy`, `aws lambda add-permission` and
`aws apigateway get-rest-api` print, or the result of a Lambda authorizer. --source-arn asks the
policy of a function as API Gateway does, --route with the ARN that a route of a template presents;
--request asks that of a REST API, or of an authorizer.

Exit code: 0 allowed, 1 denied, 2 a wrong command line or a file that cannot be read.

Examples:
  aws lambda get-policy --function-name users | apigw policy explain --policy - \\
    --source-arn 'arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/GET/users/{id}'
  apigw policy explain --policy users.json --template template.yaml --route 'GET /users/{id}'
  apigw policy explain --policy api.json --request 'GET /users/42' --source-ip 192.0.2.10"
)]
pub struct PolicyExplain {
    /// The policy; - for standard input
    #[arg(long, value_name = "FILE")]
    pub policy: String,
    /// How to print
    #[arg(long, value_enum, default_value = "human")]
    pub format: Format,
    /// What is asked.
    #[command(flatten)]
    pub request: RequestFlags,
}

/// Runs the command.
///
/// # Errors
/// A usage fault if the file holds no policy, or the flags do not fit it; faults of writing.
pub fn run(args: &PolicyExplain, io: &mut Io) -> Result<Exit, Fault> {
    let text = read(&args.policy, io)?;
    let found =
        policies(&text).map_err(|error| place(text.name(), text.source(), error.span, &error.message))?;
    if found.is_empty() {
        let message = format!("{} holds no policy that is known here", text.name());
        return Err(Fault::usage(message).hint(
            "a policy document has Statement; get-policy prints Policy, get-rest-api policy, an authorizer returns policyDocument",
        ));
    }
    let mut denied = false;
    let mut rows = Vec::new();
    for (index, carried) in found.iter().enumerate() {
        let asked = args.request.asked(carried, io)?;
        let answer = Answer::new(carried, asked, &text);
        denied |= answer.flow.decision != Decision::Allowed;
        match args.format {
            Format::Json => rows.push(answer.row(text.name(), index)),
            Format::Human => {
                if index > 0 {
                    writeln!(io.out)?;
                }
                io.out.write_all(answer.text(io.out_style()).as_bytes())?;
                io.out.flush()?;
                answer.problems(io)?;
            }
        }
    }
    if args.format == Format::Json {
        let summary = Summary { checked: rows.len(), ..Summary::default() };
        io.out.write_all(json::report(&rows, &summary).as_bytes())?;
    }
    Ok(if denied { Exit::Findings } else { Exit::Clean })
}

fn read(path: &str, io: &mut Io) -> Result<Text<'static>, Fault> {
    let bytes = io.read(path)?;
    let name = if path == "-" { "<stdin>" } else { path };
    let text = String::from_utf8(bytes).map_err(|error| {
        Fault::usage(format!("{name} is not UTF-8: byte {}", error.utf8_error().valid_up_to()))
    })?;
    Text::parse(name.to_owned(), text.clone())
        .map_err(|error| place(name, &text, error.span, &format!("this is not JSON: {}", error.kind)))
}

/// A policy, what it was asked, and what it says.
struct Answer<'a> {
    carried: &'a Carried<'a>,
    request: Request,
    authorization: Option<Authorization>,
    explanation: Explanation,
    flow: Flow,
    text: &'a Text<'a>,
    lines: Lines,
}

impl<'a> Answer<'a> {
    fn new(carried: &'a Carried<'a>, asked: Asked, text: &'a Text<'a>) -> Self {
        let Asked { request, authorization } = asked;
        let explanation = Policy::new(&carried.document, arn::of_api(&request.resource)).explain(&request);
        let decision = explanation.decision;
        let flow = match authorization {
            Some(authorization) => flow(Some(decision), authorization),
            None => Flow { decision, asked: false, because: "" },
        };
        let lines = Lines::new(text.source());
        Self { carried, request, authorization, explanation, flow, text, lines }
    }

    /// Line and column of a value in the file.
    fn place(&self, at: &Pointer, part: Part) -> String {
        let span = self.carried.span(at, part);
        let place = self.lines.place(self.text.source(), span.map_or(0, |span| span.start));
        format!("{}:{}:{}", self.text.name(), place.line, place.column)
    }

    fn text(&self, style: Style) -> String {
        let mut text = format!("{}\n", policy::decision(self.explanation.decision, style));
        if self.authorization.is_some() {
            text = format!("{}the policy alone: {text}", policy::outcome(&self.flow, style));
        }
        text += &policy::request(&self.request, style);
        for statement in &self.explanation.statements {
            text += "\n";
            text += &policy::statement(statement, &self.place(&statement.at, Part::Value), style);
        }
        text
    }

    /// What in the document is not as IAM knows it.
    fn problems(&self, io: &mut Io) -> Result<(), Fault> {
        for problem in &self.carried.document.problems {
            let place = self.place(&problem.at, problem.part);
            writeln!(io.err, "note: {place}: {}", problem.kind.words())?;
        }
        Ok(())
    }

    fn row(&self, file: &str, document: usize) -> Value {
        let statements = self.explanation.statements.iter();
        let statements = statements.map(|statement| {
            let elements: Vec<_> = statement.elements.iter().map(|element| self.element(element)).collect();
            json!({
                "pointer": statement.at.to_string(),
                "range": self.range(&statement.at),
                "sid": statement.sid,
                "effect": statement.effect.map(crate::policy::Effect::name),
                "applies": statement.applies,
                "elements": elements,
            })
        });
        let context = self.request.context.iter();
        let context = context.map(|(key, values)| (key.to_owned(), Value::from(values.all())));
        json!({
            "file": file,
            "document": document,
            "decision": self.flow.decision.name(),
            "policy_decision": self.explanation.decision.name(),
            "because": (!self.flow.because.is_empty()).then_some(self.flow.because),
            "request": {
                "action": self.request.action,
                "resource": self.request.resource,
                "caller": self.request.caller.name(),
                "context": Value::Object(context.collect::<Map<_, _>>()),
            },
            "statements": statements.collect::<Vec<_>>(),
        })
    }

    fn element(&self, element: &crate::policy::ElementReason) -> Value {
        let asked = element.asked.first().map_or("", String::as_str);
        let value = |value: &crate::policy::ValueReason| {
            json!({
                "pointer": value.at.to_string(),
                "range": self.range(&value.at),
                "text": value.text,
                "matches": value.matches,
                "mismatch": policy::mismatch_row(value.mismatch.as_ref(), &value.text, asked),
            })
        };
        json!({
            "name": element.name,
            "pointer": element.at.to_string(),
            "holds": element.holds,
            "negated": element.negated,
            "asked": element.asked,
            "values": element.values.iter().map(value).collect::<Vec<_>>(),
        })
    }

    fn range(&self, at: &Pointer) -> Value {
        let span = self.carried.span(at, Part::Value).unwrap_or(crate::json::Span::new(0, 0));
        json::range_of(span, |byte| self.lines.place(self.text.source(), byte))
    }
}
