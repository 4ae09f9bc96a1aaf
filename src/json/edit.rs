//! Changes of a JSON text that leave everything else as it is written.

use super::place::Span;
use super::pointer::Pointer;
use super::text::{Part, Text};

/// A change of a text: these bytes become that text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The bytes that go; empty for a pure insertion.
    pub span: Span,
    /// What stands there instead.
    pub replacement: String,
}

impl Text<'_> {
    /// A value as it is written; `None` if there is no such value.
    pub fn slice(&self, pointer: &Pointer) -> Option<&str> {
        let span = self.span(pointer, Part::Value)?;
        self.source().get(span.start..span.end)
    }

    /// Puts other JSON in the place of a value.
    pub fn replace(&self, pointer: &Pointer, json: impl Into<String>) -> Option<Edit> {
        Some(Edit { span: self.span(pointer, Part::Value)?, replacement: json.into() })
    }

    /// Gives a member of an object another key.
    pub fn rename(&self, pointer: &Pointer, key: &str) -> Option<Edit> {
        let span = self.span(pointer, Part::Key).filter(|_| !pointer.is_root())?;
        Some(Edit { span, replacement: quoted(key) })
    }

    /// Takes a member out of its object, and one comma with it.
    pub fn remove(&self, object: &Pointer, key: &str) -> Option<Edit> {
        let members = self.members(object);
        let at = members.iter().rposition(|(own, ..)| *own == key)?;
        let (_, own_key, own_value) = members[at];
        let span = match (members.get(at + 1), at.checked_sub(1).and_then(|before| members.get(before))) {
            (Some((_, next, _)), _) => Span::new(own_key.start, next.start),
            (None, Some((_, _, before))) => Span::new(before.end, own_value.end),
            (None, None) => Span::new(own_key.start, own_value.end),
        };
        Some(Edit { span, replacement: String::new() })
    }

    /// Puts a member behind the last one of an object, spaced as that one is.
    pub fn insert(&self, object: &Pointer, key: &str, json: &str) -> Option<Edit> {
        let whole = self.span(object, Part::Value)?;
        let member = |colon: &str| format!("{}{colon}{json}", quoted(key));
        let members = self.members(object);
        let Some((_, last_key, last_value)) = members.last() else {
            let is_object = self.source()[whole.start..].starts_with('{');
            let span = Span::new(whole.start + 1, whole.end - 1);
            return is_object.then(|| Edit { span, replacement: member(": ") });
        };
        let before = &self.source()[whole.start..last_key.start];
        let space = &before[before.trim_end().len()..];
        let (_, first_key, first_value) = members[0];
        let colon = &self.source()[first_key.end..first_value.start];
        // Between the brace and a lone member may stand less than between two.
        let space = if space.is_empty() && colon.ends_with(' ') { " " } else { space };
        let span = Span::new(last_value.end, last_value.end);
        Some(Edit { span, replacement: format!(",{space}{}", member(colon)) })
    }
}

/// Makes changes in groups, in the order of their importance. Of a group that touches what another
/// one changed already, nothing is done. Returns the new text and how many groups were made.
pub fn apply(text: &str, groups: &[Vec<Edit>]) -> (String, usize) {
    let mut taken: Vec<&Edit> = Vec::new();
    let mut made = 0;
    for group in groups {
        let touches = |edit: &Edit| {
            let (from, to) = (edit.span.start, edit.span.end);
            taken.iter().any(|own| from <= own.span.end && own.span.start <= to)
        };
        if !group.is_empty() && !group.iter().any(touches) {
            taken.extend(group);
            made += 1;
        }
    }
    taken.sort_by_key(|edit| edit.span.start);
    let mut new = String::with_capacity(text.len());
    let mut at = 0;
    for edit in taken {
        new.push_str(text.get(at..edit.span.start).unwrap_or_default());
        new.push_str(&edit.replacement);
        at = edit.span.end.max(at);
    }
    new.push_str(text.get(at..).unwrap_or_default());
    (new, made)
}

/// A text as a JSON string.
pub fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// JSON without the space between its parts; its numbers and strings stay as they are written.
pub fn compact(json: &str) -> String {
    let mut compact = String::with_capacity(json.len());
    let (mut inside, mut escaped) = (false, false);
    for letter in json.chars() {
        if inside || !letter.is_ascii_whitespace() {
            compact.push(letter);
        }
        match letter {
            '"' if !escaped => inside = !inside,
            _ => {}
        }
        escaped = inside && letter == '\\' && !escaped;
    }
    compact
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::Value;

    fn text(source: &str) -> Text<'_> {
        Text::parse("t.json", source).unwrap()
    }

    fn edited(source: &str, edit: impl Fn(&Text) -> Option<Edit>) -> String {
        apply(source, &[edit(&text(source)).into_iter().collect()]).0
    }

    #[test]
    fn a_member_goes_with_one_comma() {
        let remove = |source: &str| edited(source, |text| text.remove(&Pointer::root(), "b"));
        assert_eq!(remove(r#"{"a": 1, "b": 2, "c": 3}"#), r#"{"a": 1, "c": 3}"#);
        assert_eq!(remove(r#"{"a": 1, "b": 2}"#), r#"{"a": 1}"#);
        assert_eq!(remove(r#"{ "b": 2 }"#), r#"{  }"#);
        assert_eq!(remove("{\n  \"b\": 2,\n  \"c\": 3\n}"), "{\n  \"c\": 3\n}");
        assert_eq!(remove(r#"{"a": 1}"#), r#"{"a": 1}"#);
    }

    #[test]
    fn a_new_member_is_spaced_as_the_last_one_is() {
        let insert = |source: &str| edited(source, |text| text.insert(&Pointer::root(), "b", "2"));
        assert_eq!(insert(r#"{"a": 1}"#), r#"{"a": 1, "b": 2}"#);
        assert_eq!(insert(r#"{"a":1}"#), r#"{"a":1,"b":2}"#);
        assert_eq!(insert("{\r\n\t\"a\" : 1\r\n}"), "{\r\n\t\"a\" : 1,\r\n\t\"b\" : 2\r\n}");
        assert_eq!(insert("{}"), r#"{"b": 2}"#);
        assert_eq!(insert("[]"), "[]");
    }

    #[test]
    fn a_group_that_touches_another_waits() {
        let edit = |start, end| Edit { span: Span::new(start, end), replacement: "x".to_owned() };
        let groups = [vec![edit(0, 2)], vec![edit(1, 3)], vec![edit(5, 5), edit(7, 8)], vec![edit(5, 5)]];
        assert_eq!(apply("0123456789", &groups), ("x234x56x89".to_owned(), 2));
    }

    proptest! {
        #[test]
        fn compact_json_means_the_same(value in crate::testing::json()) {
            let pretty = serde_json::to_string_pretty(&value).unwrap();
            let compact = compact(&pretty);
            prop_assert_eq!(&compact, &serde_json::to_string(&value).unwrap());
        }

        #[test]
        fn what_is_put_in_can_be_taken_out(value in crate::testing::json(), key in "\\PC{1,5}") {
            prop_assume!(value.is_object() && value.get(&key).is_none());
            let source = serde_json::to_string_pretty(&value).unwrap();
            let more = edited(&source, |text| text.insert(&Pointer::root(), &key, "null"));
            prop_assert_eq!(&text(&more).value()[&key], &Value::Null);
            let less = edited(&more, |text| text.remove(&Pointer::root(), &key));
            prop_assert_eq!(text(&less).value(), value);
        }
    }
}
