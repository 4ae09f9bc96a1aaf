//! Every call in every state, as a table.

use super::*;

/// One call of a runtime, or of the host.
enum Step {
    Offer(&'static str),
    Next,
    Response(&'static str),
    Error(&'static str),
    Faulty(&'static str, AnswerFault),
    InitError,
}
use Step::{Error, Faulty, InitError, Next, Offer, Response};

fn answer(kind: AnswerKind) -> Answer {
    Answer { kind, body: Bytes::new(), content_type: None, streamed: false, error: None }
}

/// What the call is told: `wait`, `ok`, the id of the event it gets, or the refusal.
fn play(state: &mut RuntimeState, step: &Step) -> String {
    let told = match step {
        Offer(id) => {
            state.offer(Event { request_id: (*id).to_owned(), ..Event::default() });
            Ok("ok".to_owned())
        }
        Next => {
            state.next_event().map(|event| event.map_or("wait".to_owned(), |event| event.request_id.clone()))
        }
        Response(id) => take(state, id, Ok(answer(AnswerKind::Response)), AnswerKind::Response),
        Error(id) => take(state, id, Ok(answer(AnswerKind::Error)), AnswerKind::Error),
        Faulty(id, fault) => take(state, id, Err(fault.clone()), AnswerKind::Response),
        InitError => state.begin_init_error().map(|()| {
            state.finish_init_error(PostedError::default());
            "ok".to_owned()
        }),
    };
    told.unwrap_or_else(|refusal| {
        let (status, kind, _) = refusal.answer();
        format!("{status} {kind}")
    })
}

fn take(
    state: &mut RuntimeState,
    id: &str,
    body: Result<Answer, AnswerFault>,
    kind: AnswerKind,
) -> Result<String, Refusal> {
    state.begin_answer(kind, id)?;
    state.finish_answer(body)?;
    Ok("ok".to_owned())
}

const BAD_ID: &str = "400 InvalidRequestID";
const FORBIDDEN: &str = "403 InvalidStateTransition";

#[test]
fn calls_are_answered_as_lambda_answers_them() {
    let stories: &[(&str, &[(Step, &str)])] = &[
        (
            "two invocations on one process",
            &[
                (Next, "wait"),
                (Offer("1"), "ok"),
                (Next, "1"),
                (Response("1"), "ok"),
                (Next, "wait"),
                (Offer("2"), "ok"),
                (Next, "2"),
                (Error("2"), "ok"),
                (Next, "wait"),
            ],
        ),
        ("an event may wait for the runtime", &[(Offer("1"), "ok"), (Next, "1")]),
        (
            "next twice gives the same event",
            &[(Offer("1"), "ok"), (Next, "1"), (Next, "1"), (Response("1"), "ok")],
        ),
        ("an answer before the first next", &[(Offer("1"), "ok"), (Response("1"), BAD_ID)]),
        (
            "a second answer",
            &[
                (Offer("1"), "ok"),
                (Next, "1"),
                (Response("1"), "ok"),
                (Response("1"), FORBIDDEN),
                (Error("1"), FORBIDDEN),
                (Next, "wait"),
            ],
        ),
        (
            "the id is judged before the state",
            &[(Offer("1"), "ok"), (Next, "1"), (Response("1"), "ok"), (Response("x"), BAD_ID)],
        ),
        (
            "an answer for the invocation before",
            &[
                (Offer("1"), "ok"),
                (Next, "1"),
                (Response("1"), "ok"),
                (Next, "wait"),
                (Response("1"), BAD_ID),
                (Offer("2"), "ok"),
                (Next, "2"),
                (Response("1"), BAD_ID),
                (Response("2"), "ok"),
            ],
        ),
        ("a missing id", &[(Offer("1"), "ok"), (Next, "1"), (Response(""), BAD_ID)]),
        ("init/error", &[(InitError, "ok"), (InitError, FORBIDDEN), (Next, FORBIDDEN)]),
        (
            "init/error too late",
            &[
                (Next, "wait"),
                (InitError, FORBIDDEN),
                (Offer("1"), "ok"),
                (Next, "1"),
                (InitError, FORBIDDEN),
            ],
        ),
        (
            "too large an answer: life goes on",
            &[
                (Offer("1"), "ok"),
                (Next, "1"),
                (Faulty("1", AnswerFault::TooLarge), "413 RequestEntityTooLarge"),
                (Response("1"), FORBIDDEN),
                (Next, "wait"),
            ],
        ),
        (
            "a broken-off answer: stuck",
            &[
                (Offer("1"), "ok"),
                (Next, "1"),
                (Faulty("1", AnswerFault::Truncated), "400 TruncatedHTTPRequest"),
                (Response("1"), FORBIDDEN),
                (Next, FORBIDDEN),
            ],
        ),
        (
            "a bad response mode: stuck",
            &[
                (Offer("1"), "ok"),
                (Next, "1"),
                (Faulty("1", AnswerFault::BadMode("x".to_owned())), "400 InvalidFunctionResponseMode"),
                (Next, FORBIDDEN),
            ],
        ),
    ];
    for (story, steps) in stories {
        let mut state = RuntimeState::new();
        for (place, (step, told)) in steps.iter().enumerate() {
            assert_eq!(play(&mut state, step), *told, "{story}, step {place}");
        }
    }
}

fn played(steps: &[Step]) -> Exchange {
    let mut state = RuntimeState::new();
    for step in steps {
        play(&mut state, step);
    }
    state.take_exchange()
}

#[test]
fn missteps_are_remembered_until_the_host_takes_them() {
    let wrong = played(&[Offer("1"), Next, Response("x"), Response("y")]);
    assert_eq!(wrong.wrong_id.as_deref(), Some("x"));
    assert!(!wrong.is_over(), "the right answer may still come");

    let given_up = played(&[Offer("1"), Next, Response("x"), Next]);
    assert!(given_up.is_over());

    let patient = played(&[Offer("1"), Next, Next]);
    assert!(patient.asked_again && !patient.is_over());

    let twice = played(&[Offer("1"), Next, Response("1"), Response("1"), Next]);
    assert!(twice.answered_twice && matches!(twice.answer, Some(Ok(_))));

    let next_one = played(&[Offer("1"), Next, Response("x"), Response("1"), Next, Offer("2"), Next]);
    assert_eq!(next_one, Exchange::default(), "an invocation starts with a clean sheet");
}

#[test]
fn a_refusal_names_the_states_as_lambda_does() {
    let refusal = Refusal::InvalidTransition { from: Phase::Answered, to: Phase::Answering };
    assert_eq!(
        refusal.answer().2,
        "State transition from RuntimeResponseSentState to InvocationResponse failed for runtime. \
         Error: State transition is not allowed"
    );
}
