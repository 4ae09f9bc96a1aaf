//! The text of an API's policy as a whole.

use super::{Example, GOOD, PolicyCase, PolicyCheck, Rule, Severity, Spotted};
use crate::json::{Part, Pointer};
use crate::policy::CarrierKind;

/// Characters that the policy of an API may have (P-135).
const MOST: usize = 8_192;

pub(in super::super) static POLICY_TOO_LONG: Rule = Rule {
    code: "AGW348",
    name: "api-policy-too-long",
    severity: Severity::Error,
    title: "the policy of the API has more than 8,192 characters",
    why: "API Gateway refuses a longer policy, unless the quota of the account was raised. Counted is the text without spaces between its parts; what only the deployment knows comes on top.",
    policy: Some(PolicyCheck::Policy(too_long)),
    help: "join statements with the same effect and conditions, and resources under one star; or have the quota raised",
    bad: &[],
    good: GOOD,
    facts: &["P-135"],
    ..Rule::PLAIN
};

fn too_long(case: &PolicyCase<'_>) -> Vec<Spotted> {
    // What GetRestApi tells was taken, whatever its length.
    let is_stored = case.carried.kind == CarrierKind::RestApi && case.api.is_none();
    if !case.is_of_api() || is_stored {
        return Vec::new();
    }
    let text = case.carried.value().to_string();
    let characters = if case.carried.is_of_template() { known_length(&text) } else { text.chars().count() };
    if characters <= MOST {
        return Vec::new();
    }
    let message = format!("the policy has {characters} characters; an API takes {MOST}");
    vec![case.about(&Pointer::root().child("Statement"), Part::Key, message, "too long")]
}

/// The characters that do not depend on the deployment.
fn known_length(text: &str) -> usize {
    let mut parts = text.split("${");
    let first = parts.next().map_or(0, |part| part.chars().count());
    let behind = |part: &str| part.split_once('}').map_or(part, |(_, behind)| behind).chars().count();
    first + parts.map(behind).sum::<usize>()
}

pub(in super::super) static POLICY_ESCAPED_TWICE: Rule = Rule {
    code: "AGW349",
    name: "api-policy-escaped-twice",
    severity: Severity::Info,
    title: "the text of the policy is escaped once more than JSON is",
    why: "GetRestApi returns the policy of an API with a backslash before each quote and slash, inside of a string that is escaped itself. Who reads the string as JSON, or puts it back as it is, has no policy yet.",
    policy: Some(PolicyCheck::Policy(escaped_twice)),
    help: "unescape the text once more: jq -r '.policy | gsub(\"\\\\\\\\(?<c>.)\"; .c)'",
    bad: &[Example::policy(
        r#"{"id": "a1b2c3d4e5", "policy": "{\\\"Version\\\":\\\"2012-10-17\\\",\\\"Statement\\\":[{\\\"Effect\\\":\\\"Allow\\\",\\\"Principal\\\":\\\"*\\\",\\\"Action\\\":\\\"execute-api:Invoke\\\",\\\"Resource\\\":\\\"arn:aws:execute-api:eu-west-1:123456789012:a1b2c3d4e5\\/*\\\"}]}"}"#,
    )],
    good: GOOD,
    facts: &["P-132"],
    ..Rule::PLAIN
};

fn escaped_twice(case: &PolicyCase<'_>) -> Vec<Spotted> {
    if !case.carried.escaped_twice {
        return Vec::new();
    }
    let message = "the text of this policy has to be unescaped once more before it is JSON";
    vec![case.about(&Pointer::root(), Part::Value, message, "escaped twice")]
}

#[cfg(test)]
mod tests {
    use super::known_length;

    #[test]
    fn what_is_open_has_no_length() {
        assert_eq!(known_length("é${Api}b${x"), 3);
        assert_eq!(known_length(""), 0);
    }
}
