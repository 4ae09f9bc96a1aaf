//! What a front end makes of what a function answered, or of its failure; and all that there is to
//! say about it.

use super::failure::Failure;
use super::invocation::Invoked;
use crate::gateway::{Exchange, Front, Invocation, Outcome};
use crate::json::Text;
use crate::lint::{
    Document, Ended, Expected, Finding, Judged, Source, judge_ended, judge_stream, judge_syntax,
};
use serde_json::Value;

/// What people call the result of a function.
const NAME: &str = "<result>";

impl Invoked {
    /// Whether its caller gets what it answered, although it may have broken a rule: it answered
    /// beside that, or its stream had begun.
    pub fn answer_stands(&self, front: Front, exchange: &Exchange<'_>, request_id: &str) -> bool {
        match &self.failure {
            None | Some(Failure::TwoAnswers | Failure::ExitedAfterAnswer(_)) => true,
            Some(failure @ Failure::WrongRequestId { .. }) => self.payload != failure.payload(request_id),
            Some(failure) => front.authorizer().is_none() && exchange.api.streaming && failure.is_in_stream(),
        }
    }

    /// What the front end makes of it, and nothing else: for answers that are given at once.
    pub fn outcome(&self, front: Front, exchange: &Exchange<'_>, request_id: &str) -> Outcome {
        if self.is_stream(exchange) {
            return front.answer(exchange, Invocation::Streamed(&self.payload));
        }
        let stands = self.answer_stands(front, exchange, request_id);
        if self.is_cut_off() || (stands && self.is_too_long(exchange)) {
            return front.answer(exchange, Invocation::ReturnedTooMuch);
        }
        match serde_json::from_slice::<Value>(&self.payload) {
            Ok(value) if stands => front.answer(exchange, Invocation::Returned(&value)),
            Ok(value) => front.answer(exchange, Invocation::Failed(&value)),
            Err(_) if stands => front.answer(exchange, Invocation::ReturnedGarbage),
            Err(_) => {
                let text = Value::from(String::from_utf8_lossy(&self.payload));
                front.answer(exchange, Invocation::Failed(&text))
            }
        }
    }

    /// The same, with findings that point into the result.
    pub fn judged(
        &self,
        front: Front,
        exchange: &Exchange<'_>,
        expected: &Expected,
        request_id: &str,
    ) -> Judged {
        if self.is_stream(exchange) {
            return judge_stream(&Document::whole(NAME, &self.payload), exchange, expected);
        }
        let source = Source::whole(NAME, String::from_utf8_lossy(&self.payload));
        let stands = self.answer_stands(front, exchange, request_id);
        let text = Text::parse(NAME, source.text.as_str());
        let (outcome, findings): (Outcome, Vec<Finding>) = match &text {
            Ok(text) if !self.is_cut_off() => {
                let value = text.value();
                let end = match () {
                    () if !stands => Invocation::Failed(&value),
                    () if self.is_too_long(exchange) => Invocation::ReturnedTooMuch,
                    () => Invocation::Returned(&value),
                };
                judge_ended(front, exchange, Ended { text, value: &value, end }, expected)
            }
            Err(error) if stands && !self.is_cut_off() => {
                let outcome = front.answer(exchange, Invocation::ReturnedGarbage);
                let findings = vec![judge_syntax(error, &outcome)];
                (outcome, findings)
            }
            _ => (self.outcome(front, exchange, request_id), Vec::new()),
        };
        Judged { decision: front.decision(&outcome), source, outcome, findings }
    }

    fn is_stream(&self, exchange: &Exchange<'_>) -> bool {
        exchange.api.streaming && self.failure.as_ref().is_none_or(Failure::is_in_stream)
    }

    /// Whether Lambda did not take all of it.
    fn is_cut_off(&self) -> bool {
        matches!(self.failure, Some(Failure::ResponseTooLarge | Failure::StreamTooLarge))
    }

    /// Whether it is more than the front end takes.
    fn is_too_long(&self, exchange: &Exchange<'_>) -> bool {
        self.payload.len() > exchange.api.flavor.facts().max_result_bytes
    }
}
