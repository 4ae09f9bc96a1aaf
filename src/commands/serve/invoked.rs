//! Functions that are invoked by Lambda's Invoke API instead of a request.

use super::super::io::Io;
use super::plan::Plan;
use crate::gateway::Stamp;
use crate::transport::serve::FunctionPool;
use crate::transport::{InvokeRoom, Served, ServedAnswer, ServedCall};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc::Receiver;

/// The room in which the functions of a plan are invoked.
pub(super) fn room(plan: &Plan, io: &Io) -> (Arc<InvokeRoom>, Receiver<ServedCall>) {
    let (stamp, mut count) = (Stamp::new(io.now_ms, io.entropy), 0_u64);
    let first = plan.apis.first().map(|api| &api.deployment.api);
    let (room, calls) = InvokeRoom::new(Served {
        functions: names(plan),
        region: first.map_or_else(|| "us-east-1".to_owned(), |api| api.region.clone()),
        account: first.map_or_else(|| "123456789012".to_owned(), |api| api.account.clone()),
        ids: Box::new(move || {
            count += 1;
            stamp.uuid(&format!("invoked-{count}"))
        }),
    });
    (Arc::new(room), calls)
}

/// All names of the functions.
pub(super) fn names(plan: &Plan) -> Vec<String> {
    plan.functions.keys().chain(plan.names.keys()).cloned().collect()
}

/// What came of an invocation.
pub(super) struct Answered {
    pub(super) function: String,
    /// What went wrong.
    pub(super) error: Option<String>,
    pub(super) took: Duration,
}

/// Invokes a function for somebody at `now` (since 1970).
pub(super) async fn answer(pool: Arc<FunctionPool>, call: ServedCall, now: Duration) -> Answered {
    let function = call.function.clone();
    let (invocation, reply) = call.into_invocation(now);
    let (outcome, error, took) = match pool.invoke(invocation).await {
        Ok(invoked) => {
            let error = invoked.failure.as_ref().map(|failure| failure.error_type().to_owned());
            let took = invoked.timings.duration;
            (Ok(ServedAnswer { invoked, log: None }), error, took)
        }
        Err(error) => (Err(error.to_string()), Some(error.to_string()), Duration::ZERO),
    };
    // A caller who has left misses the answer.
    reply.send(outcome).ok();
    Answered { function, error, took }
}
