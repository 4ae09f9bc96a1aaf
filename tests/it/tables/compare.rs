//! Expected and actual JSON, compared place by place.
//!
//! In an expectation, `<any>` stands for any value, inside a text for any characters, and
//! `<any number>` for any number. An object may have more members than are expected, unless its
//! place or one above it is named as exact.

use serde_json::Value;

const ANY: &str = "<any>";
const ANY_NUMBER: &str = "<any number>";

/// How an expectation is to be read.
pub(crate) struct Expectation<'e> {
    pub(crate) value: &'e Value,
    /// JSON pointers of values that have no other members; the empty one is the whole.
    pub(crate) exact: &'e [String],
    /// JSON pointers to nothing.
    pub(crate) absent: &'e [String],
}

impl Expectation<'_> {
    /// Where `actual` is not as expected, one line each.
    pub(crate) fn differences(&self, actual: &Value) -> Vec<String> {
        let mut found = Vec::new();
        self.compare("", false, self.value, actual, &mut found);
        let unexpected = self.absent.iter().filter_map(|at| Some((at, actual.pointer(at)?)));
        found.extend(unexpected.map(|(at, value)| format!("{at}: must be absent, is {value}")));
        let idle = self.exact.iter().filter(|at| self.value.pointer(at).is_none());
        found.extend(idle.map(|at| format!("{at}: said to be exact, but nothing is expected there")));
        found
    }

    fn compare(&self, at: &str, exact: bool, expected: &Value, actual: &Value, found: &mut Vec<String>) {
        let exact = exact || self.exact.iter().any(|pointer| pointer == at);
        match (expected, actual) {
            (Value::Object(expected), Value::Object(actual)) => {
                for (key, expected) in expected {
                    match actual.get(key) {
                        Some(actual) => self.compare(&below(at, key), exact, expected, actual, found),
                        None => found.push(format!("{}: missing, expected {expected}", below(at, key))),
                    }
                }
                let more = actual.iter().filter(|(key, _)| exact && !expected.contains_key(*key));
                found.extend(more.map(|(key, value)| format!("{}: unexpected {value}", below(at, key))));
            }
            (Value::Array(expected), Value::Array(actual)) if expected.len() == actual.len() => {
                for (index, (expected, actual)) in expected.iter().zip(actual).enumerate() {
                    self.compare(&below(at, &index.to_string()), exact, expected, actual, found);
                }
            }
            _ if matches(expected, actual) => {}
            _ => found.push(format!("{at}: expected {expected}, is {actual}")),
        }
    }
}

fn below(at: &str, key: &str) -> String {
    format!("{at}/{}", key.replace('~', "~0").replace('/', "~1"))
}

fn matches(expected: &Value, actual: &Value) -> bool {
    match (expected.as_str(), actual) {
        (Some(ANY), _) | (Some(ANY_NUMBER), Value::Number(_)) => true,
        (Some(pattern), Value::String(text)) => text_matches(pattern, text),
        _ => expected == actual,
    }
}

/// Whether the pieces of a text between `<any>` occur in this order, from its start to its end.
fn text_matches(pattern: &str, text: &str) -> bool {
    let Some((first, rest)) = pattern.split_once(ANY) else { return pattern == text };
    let Some(mut text) = text.strip_prefix(first) else { return false };
    let (middle, last) = rest.rsplit_once(ANY).map_or((None, rest), |(middle, last)| (Some(middle), last));
    for piece in middle.into_iter().flat_map(|middle| middle.split(ANY)) {
        let Some((_, behind)) = text.split_once(piece) else { return false };
        text = behind;
    }
    text.ends_with(last)
}

#[test]
fn a_comparison_finds_what_differs() {
    use serde_json::json;
    let expected = json!({"a": "<any>", "b": {"c": null}, "d": ["x<any>y<any>"], "n": "<any number>"});
    let differences = |actual: &Value, exact: &str| {
        let exact = [exact.to_owned()];
        Expectation { value: &expected, exact: &exact, absent: &["/e".to_owned()] }.differences(actual)
    };
    let good = json!({"a": 1, "b": {"c": null, "z": 1}, "d": ["x-y"], "n": 2});
    assert_eq!(differences(&good, "/d"), [""; 0]);
    assert_eq!(differences(&good, "/b"), ["/b/z: unexpected 1"]);
    let bad = json!({"b": {}, "d": ["xz"], "e": 0, "n": "2"});
    let expected = [
        r#"/a: missing, expected "<any>""#,
        "/b/c: missing, expected null",
        r#"/d/0: expected "x<any>y<any>", is "xz""#,
        r#"/n: expected "<any number>", is "2""#,
        "/e: must be absent, is 0",
        "/x: said to be exact, but nothing is expected there",
    ];
    assert_eq!(differences(&bad, "/x"), expected);
}
