//! Who guards a route: signatures and authorizers are asked before what stands behind it, for requests
//! and for the upgrades of WebSocket connections.

use super::site::{Came, Served, Site, Way};
use crate::gateway::authorizer::{AuthorizerKind, identity};
use crate::gateway::door::{Authorization, Guard, GuardKind, scopes};
use crate::gateway::{Api, Call, Decision, Exchange, Front, Identity, Invocation as Ended, Outcome};
use serde_json::Value;
use std::sync::PoisonError;
use std::time::Duration;

/// How long an HTTP API waits for an authorizer (H-096); nothing else is known of others.
const AUTHORIZER_WAIT: Duration = Duration::from_secs(10);

impl Site {
    /// Lets the authorizer of the route decide; what it answered in the caller's way, or nothing if
    /// the request passes.
    pub(super) async fn authorize(&self, way: &mut Way<'_>) -> Option<Served> {
        let (name, wanted) = match &way.method.authorization {
            Authorization::None => return None,
            Authorization::Iam => {
                let checked = self.deployment().check_signature(&way.exchange);
                way.caller.identity = Identity::Iam { arn: self.deployment().iam_identity.clone() };
                return checked.err().map(|refusal| Served::refused(*refusal));
            }
            Authorization::Authorizer { name, scopes } => (name, scopes),
        };
        let Some(guard) = self.deployment().guards.iter().find(|guard| guard.name == *name) else {
            // Nobody passes a door whose keeper is missing.
            return Some(Served::refused(self.deployment().unguarded(&way.exchange, name)));
        };
        let passed = match &guard.kind {
            GuardKind::Lambda { kind, function, api } => self.ask(guard, (*kind, function, api), way).await,
            GuardKind::Jwt { source, rules } => {
                let Exchange { api, request, stamp, moment } = way.exchange;
                let call = Call { api, request, caller: &way.caller, stamp, moment };
                let token = (source, rules.as_ref());
                let checked =
                    self.deployment().check_token((&way.exchange, &call), token, wanted, self.now());
                checked.map(Identity::Claims).map_err(|refusal| Box::new(Served::refused(*refusal)))
            }
        };
        match passed {
            Ok(identity) => {
                if let (Identity::Claims(claims), false) = (&identity, wanted.is_empty()) {
                    way.caller.scopes = Some(scopes(claims));
                }
                way.caller.identity = identity;
                None
            }
            Err(served) => Some(*served),
        }
    }

    /// Asks a Lambda authorizer, or remembers what it said: who the caller is, or the refusal.
    async fn ask(
        &self,
        guard: &Guard,
        (kind, function, api): (AuthorizerKind, &str, &Api),
        way: &Way<'_>,
    ) -> Result<Identity, Box<Served>> {
        let exchange = Exchange { api, ..way.exchange };
        let Exchange { request, stamp, moment, .. } = exchange;
        let call = Call { api, request, caller: &way.caller, stamp, moment };
        let event = kind.event(&call).map_err(|unroutable| {
            let refusal = self.deployment().refuse(&way.exchange, unroutable.answer, unroutable.reason);
            Box::new(Served::refused(refusal))
        })?;
        let values = kind.identity(&call).unwrap_or_default();
        if let Err(refusal) = self.deployment().check_form(&way.exchange, guard, &values) {
            return Err(Box::new(Served::refused(*refusal)));
        }
        let front = Front::Authorizer(kind);
        let (came, result) = match self.kept(guard, &values) {
            Some(result) => (Came::alone(front.answer(&exchange, Ended::Returned(&result))), result),
            None => {
                let bytes = event.to_string().into();
                let came = self.invoke(function, bytes, (front, &exchange), AUTHORIZER_WAIT).await;
                let payload = came.invoked.as_ref().map(|invoked| &*invoked.payload).unwrap_or_default();
                let result = serde_json::from_slice(payload).unwrap_or_default();
                self.keep(guard, &values, &came.outcome, &result);
                (came, result)
            }
        };
        match came.outcome.response {
            None => Ok(identity(&result)),
            Some(response) => Err(Box::new(Served {
                function: Some(function.to_owned()),
                front: Some(front),
                event: Some(event.to_string().into()),
                invoked: came.invoked,
                judged: came.judged,
                reason: came
                    .reason
                    .or_else(|| Some(format!("the authorizer {} does not let the call pass", guard.name))),
                ..Served::plain(self.deployment().dress(&way.exchange, response))
            })),
        }
    }

    /// Keeps what an authorizer decided, also that it denies; failures are not kept.
    fn keep(&self, guard: &Guard, values: &[String], outcome: &Outcome, result: &Value) {
        if matches!(Decision::of(outcome), Decision::Allow | Decision::Deny) {
            let mut answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
            answers.put(guard, values, self.now(), result);
        }
    }

    fn kept(&self, guard: &Guard, identity: &[String]) -> Option<Value> {
        let answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        answers.get(guard, identity, self.now()).cloned()
    }
}
