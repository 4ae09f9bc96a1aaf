//! Who guards a route: the authorizers of an API, and what they said before.

use super::jwt::JwtRules;
use crate::gateway::api::{Api, AuthorizerSettings};
use crate::gateway::authorizer::{AuthorizerKind, IdentitySource};
use regex::Regex;
use serde_json::Value;
use std::collections::HashMap;
use std::time::Duration;

/// An authorizer of an API.
#[derive(Debug, Clone)]
pub struct Guard {
    /// Its name, by which routes name it.
    pub name: String,
    /// Who decides.
    pub kind: GuardKind,
    /// How long an answer is kept; zero: it is asked each time (R-251, H-106).
    pub ttl: Duration,
    /// What the token of a TOKEN authorizer has to match before its function is asked.
    pub validation: Option<Regex>,
}

/// Who decides for an authorizer.
#[derive(Debug, Clone)]
pub enum GuardKind {
    /// A function.
    Lambda {
        /// The kind of authorizer.
        kind: AuthorizerKind,
        /// The function, by its name.
        function: String,
        /// The API as this authorizer sees it: with its identity sources.
        api: Box<Api>,
    },
    /// The rules for tokens: of an HTTP API's JWT authorizer, or of the user pools of a REST API.
    Jwt {
        /// Where the token stands.
        source: IdentitySource,
        /// What is asked of it.
        rules: Box<JwtRules>,
    },
}

impl Guard {
    /// A Lambda authorizer of an API.
    pub fn lambda(
        name: impl Into<String>,
        kind: AuthorizerKind,
        function: impl Into<String>,
        (api, settings): (&Api, AuthorizerSettings),
    ) -> Self {
        let api = Box::new(Api { authorizer: settings, ..api.clone() });
        let kind = GuardKind::Lambda { kind, function: function.into(), api };
        Self { name: name.into(), kind, ttl: Duration::ZERO, validation: None }
    }

    /// An authorizer that looks at tokens itself.
    pub fn jwt(name: impl Into<String>, source: IdentitySource, rules: JwtRules) -> Self {
        let kind = GuardKind::Jwt { source, rules: Box::new(rules) };
        Self { name: name.into(), kind, ttl: Duration::ZERO, validation: None }
    }

    /// Whether what its identity sources hold has the form that it asks for.
    pub(super) fn recognises(&self, identity: &[String]) -> bool {
        self.validation.as_ref().is_none_or(|form| identity.iter().all(|value| form.is_match(value)))
    }

    /// Sees the API as it is now.
    pub(super) fn settle(&mut self, now: &Api) {
        if let GuardKind::Lambda { kind, api, .. } = &mut self.kind {
            let authorizer = std::mem::take(&mut api.authorizer);
            **api = Api { authorizer, flavor: kind.facts().flavor, ..now.clone() };
        }
    }
}

/// What authorizers answered, for as long as it may be used again. Time comes in as an argument.
#[derive(Debug, Default)]
pub struct GuardCache(HashMap<(String, Vec<String>), (Duration, Value)>);

/// How many answers are kept: beyond it the cache begins anew, so that strangers cannot fill memory.
const MOST_ANSWERS: usize = 10_000;

impl GuardCache {
    /// The answer that still holds at `now` for these identity values. Without values nothing is
    /// kept (H-106).
    pub fn get(&self, guard: &Guard, identity: &[String], now: Duration) -> Option<&Value> {
        let (until, answer) = self.0.get(&(guard.name.clone(), identity.to_vec()))?;
        (now < *until).then_some(answer)
    }

    /// Keeps an answer.
    pub fn put(&mut self, guard: &Guard, identity: &[String], now: Duration, answer: &Value) {
        if guard.ttl.is_zero() || identity.is_empty() {
            return;
        }
        if self.0.len() >= MOST_ANSWERS {
            self.0.clear();
        }
        self.0.insert((guard.name.clone(), identity.to_vec()), (now + guard.ttl, answer.clone()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gateway::Flavor;
    use serde_json::json;

    #[test]
    fn answers_hold_for_their_time_and_their_identity() {
        let api = Api::new(Flavor::Rest);
        let own = (&api, AuthorizerSettings::default());
        let guard =
            Guard { ttl: Duration::from_secs(300), ..Guard::lambda("a", AuthorizerKind::Token, "f", own) };
        let (mut cache, now) = (GuardCache::default(), Duration::from_secs(1000));
        let token = vec!["t".to_owned()];
        cache.put(&guard, &token, now, &json!(1));
        assert_eq!(cache.get(&guard, &token, now + Duration::from_secs(299)), Some(&json!(1)));
        assert_eq!(cache.get(&guard, &token, now + Duration::from_secs(300)), None);
        assert_eq!(cache.get(&guard, &["other".to_owned()], now), None);
        cache.put(&guard, &[], now, &json!(1));
        assert_eq!(cache.get(&guard, &[], now), None);
        let never = Guard { name: "b".to_owned(), ttl: Duration::ZERO, ..guard };
        cache.put(&never, &token, now, &json!(1));
        assert_eq!(cache.get(&never, &token, now), None);
    }
}
