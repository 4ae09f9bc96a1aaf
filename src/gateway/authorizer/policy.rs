//! What the policy of an authorizer says about one call. Small on purpose: effects, actions and
//! resources exactly, conditions not at all.

use crate::json::Pointer;
use serde_json::Value;

/// What a policy says about a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Word {
    /// A statement denies it, whatever others say.
    Denied,
    /// A statement allows it, and none denies it.
    Allowed,
    /// No statement is about it.
    Nothing,
}

/// A statement of a policy, and where it stands in the result.
#[derive(Debug)]
pub struct Statement<'p> {
    /// The statement.
    pub value: &'p Value,
    /// Where it stands.
    pub at: Pointer,
}

/// The statements of an accepted policy, which stands there: one, or a list.
pub fn statements<'p>(policy: &'p Value, at: &Pointer) -> Vec<Statement<'p>> {
    let at = at.child("Statement");
    match policy.get("Statement") {
        None => Vec::new(),
        Some(Value::Array(items)) => {
            let each = items.iter().enumerate();
            each.map(|(index, value)| Statement { value, at: at.child(index) }).collect()
        }
        Some(value) => vec![Statement { value, at }],
    }
}

/// Evaluates the statements for the ARN of a call. Conditions are taken to hold.
pub(super) fn evaluate(statements: &[Statement<'_>], arn: &str) -> Word {
    let says = |effect: &str| {
        statements.iter().any(|statement| statement.has_effect(effect) && statement.is_about(arn))
    };
    match (says("Deny"), says("Allow")) {
        (true, _) => Word::Denied,
        (false, true) => Word::Allowed,
        (false, false) => Word::Nothing,
    }
}

impl Statement<'_> {
    /// Whether it allows, or denies.
    pub fn has_effect(&self, effect: &str) -> bool {
        self.value.get("Effect").and_then(Value::as_str) == Some(effect)
    }

    /// Whether its action is that of calls.
    pub fn is_about_calls(&self) -> bool {
        let action = |pattern: &str| matches(&pattern.to_ascii_lowercase(), "execute-api:invoke");
        self.member_matches("Action", "NotAction", action)
    }

    fn is_about(&self, arn: &str) -> bool {
        let resource = |pattern: &str| matches(pattern, arn);
        self.is_about_calls() && self.member_matches("Resource", "NotResource", resource)
    }

    /// Whether one of the member's texts matches; for the negative member, none.
    fn member_matches(&self, name: &str, negative: &str, matches: impl Fn(&str) -> bool) -> bool {
        match self.value.get(negative) {
            Some(value) => !texts(value).any(|(_, text)| matches(text)),
            None => self.value.get(name).is_some_and(|value| texts(value).any(|(_, text)| matches(text))),
        }
    }

    /// The resources, and where they stand.
    pub fn resources(&self) -> Vec<(&str, Pointer)> {
        let at = self.at.child("Resource");
        let place = |index: Option<usize>| index.map_or_else(|| at.clone(), |index| at.child(index));
        let all = self.value.get("Resource").into_iter().flat_map(texts);
        all.map(|(index, text)| (text, place(index))).collect()
    }
}

/// The texts of a member that is a text or a list of them, with their index in a list.
fn texts(value: &Value) -> impl Iterator<Item = (Option<usize>, &str)> {
    let one = value.as_str().map(|text| (None, text));
    let list = value.as_array().into_iter().flatten().enumerate();
    one.into_iter().chain(list.filter_map(|(index, item)| Some((Some(index), item.as_str()?))))
}

/// Whether a text fits a pattern in which `*` is any run of characters, slashes and colons
/// included, and `?` is one character.
fn matches(pattern: &str, text: &str) -> bool {
    let (pattern, text): (Vec<char>, Vec<char>) = (pattern.chars().collect(), text.chars().collect());
    let (mut at, mut here) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while here < text.len() {
        match pattern.get(at) {
            Some('*') => {
                star = Some((at, here));
                at += 1;
            }
            Some(c) if *c == '?' || *c == text[here] => {
                at += 1;
                here += 1;
            }
            // The last star takes one character more.
            _ => match star.as_mut() {
                Some((star, taken)) => {
                    *taken += 1;
                    (at, here) = (*star + 1, *taken);
                }
                None => return false,
            },
        }
    }
    pattern[at..].iter().all(|c| *c == '*')
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const ARN: &str = "arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/GET/users/42";

    fn word(statement: impl Into<Value>) -> Word {
        let policy = json!({ "Statement": statement.into() });
        evaluate(&statements(&policy, &Pointer::root()), ARN)
    }

    #[test]
    fn patterns_match_over_slashes() {
        let cases = [
            ("*", true),
            (ARN, true),
            ("arn:aws:execute-api:*", true),
            ("arn:aws:execute-api:*:*:*/prod/GET/*", true),
            ("arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/*/users/4?", true),
            ("arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/*/POST/*", false),
            ("arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/GET/users/4", false),
            ("arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/GET/users/42?", false),
            ("", false),
        ];
        for (pattern, expected) in cases {
            assert_eq!(matches(pattern, ARN), expected, "{pattern}");
        }
    }

    #[test]
    fn a_denial_beats_an_allowance() {
        let statement = |effect: &str, resource: &str| json!({"Effect": effect, "Action": "execute-api:Invoke", "Resource": resource});
        assert_eq!(word(statement("Allow", "*")), Word::Allowed);
        assert_eq!(word(json!([statement("Allow", "*"), statement("Deny", ARN)])), Word::Denied);
        assert_eq!(word(json!([statement("Allow", ARN), statement("Deny", "x")])), Word::Allowed);
        assert_eq!(word(json!([])), Word::Nothing);
    }

    #[test]
    fn actions_and_negatives_count() {
        let with = |members: Value| word(json!([members]));
        let allow = |action: &str| with(json!({"Effect": "Allow", "Action": [action], "Resource": "*"}));
        for action in ["*", "execute-api:*", "Execute-API:invoke", "execute-api:Inv*"] {
            assert_eq!(allow(action), Word::Allowed, "{action}");
        }
        assert_eq!(allow("execute-api:ManageConnections"), Word::Nothing);
        assert_eq!(with(json!({"Effect": "Allow", "NotAction": "s3:*", "NotResource": "x"})), Word::Allowed);
        assert_eq!(with(json!({"Effect": "Deny", "Action": "*", "NotResource": ARN})), Word::Nothing);
    }
}
