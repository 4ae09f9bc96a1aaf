//! Reading TOML with places: tables whose keys are known, and values of the right type.

use crate::json::{Mistake, Span};
use crate::lint::nearest;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A value and its place.
pub(super) type Value<'t> = Spanned<DeValue<'t>>;

/// What a value of a file becomes, or why it cannot.
pub(super) type Read<T> = Result<T, Mistake>;

/// A member of a table.
#[derive(Clone, Copy)]
pub(super) struct Entry<'t> {
    pub(super) key: &'t str,
    pub(super) key_span: Span,
    pub(super) value: &'t Value<'t>,
}

/// The members of a table in the order of the text.
pub(super) fn members<'t>(table: &'t DeTable<'t>) -> Vec<Entry<'t>> {
    let entry = |(key, value): (&'t Spanned<_>, &'t Value<'t>)| Entry {
        key: AsRef::<str>::as_ref(key.get_ref()),
        key_span: span(&key.span()),
        value,
    };
    let mut members: Vec<_> = table.iter().map(entry).collect();
    members.sort_by_key(|entry| entry.key_span.start);
    members
}

/// The same, where only some keys have a meaning.
pub(super) fn known<'t>(table: &'t DeTable<'t>, name: &str, keys: &[&str]) -> Read<Vec<Entry<'t>>> {
    let members = members(table);
    let Some(unknown) = members.iter().find(|entry| !keys.contains(&entry.key)) else { return Ok(members) };
    let at = if name.is_empty() { "here".to_owned() } else { format!("in [{name}]") };
    let mistake =
        Mistake::new(unknown.key_span, format!("the key `{}` is not known {at}", brief(unknown.key)));
    Err(mistake.hint(match nearest(unknown.key, keys.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("the keys are {}", keys.join(", ")),
    }))
}

impl<'t> Entry<'t> {
    /// The place of the value.
    pub(super) fn span(&self) -> Span {
        span(&self.value.span())
    }

    /// A mistake in the value.
    pub(super) fn mistake(&self, message: impl Into<String>) -> Mistake {
        Mistake::new(self.span(), message)
    }

    fn wrong(&self, wanted: &str) -> Mistake {
        let found = match self.value.get_ref() {
            DeValue::String(_) => "a string",
            DeValue::Integer(_) => "an integer",
            DeValue::Float(_) => "a float",
            DeValue::Boolean(_) => "a boolean",
            DeValue::Datetime(_) => "a date",
            DeValue::Array(_) => "an array",
            DeValue::Table(_) => "a table",
        };
        self.mistake(format!("`{}` is {wanted}, not {found}", brief(self.key)))
    }

    /// The value, a string.
    pub(super) fn text(&self) -> Read<&'t str> {
        self.value.get_ref().as_str().ok_or_else(|| self.wrong("a string"))
    }

    /// The value, true or false.
    pub(super) fn flag(&self) -> Read<bool> {
        self.value.get_ref().as_bool().ok_or_else(|| self.wrong("true or false"))
    }

    /// The value, a table.
    pub(super) fn table(&self) -> Read<&'t DeTable<'t>> {
        self.value.get_ref().as_table().ok_or_else(|| self.wrong("a table"))
    }

    /// The items of the value, an array of tables.
    pub(super) fn tables(&self) -> Read<Vec<&'t DeTable<'t>>> {
        let wrong = || self.wrong("an array of tables, [[lint.files]]");
        let items = self.value.get_ref().as_array().ok_or_else(wrong)?;
        items.iter().map(|item| item.get_ref().as_table().ok_or_else(wrong)).collect()
    }

    /// Reads the value, a string, as one of some names.
    pub(super) fn one_of<T>(&self, names: &[&str], read: impl Fn(&str) -> Option<T>) -> Read<T> {
        let text = self.text()?;
        read(text).ok_or_else(|| {
            let mistake = self.mistake(format!("`{}` is no value of `{}`", brief(text), brief(self.key)));
            mistake.hint(format!("the values are {}", names.join(", ")))
        })
    }

    /// Reads each of the value's texts: a string, or an array of strings.
    pub(super) fn each<T>(&self, read: impl Fn(&Entry<'t>, &'t str) -> Read<T>) -> Read<Vec<T>> {
        if let Some(text) = self.value.get_ref().as_str() {
            return Ok(vec![read(self, text)?]);
        }
        let wrong = || self.wrong("a string or an array of strings");
        let items = self.value.get_ref().as_array().ok_or_else(wrong)?;
        let item = |value| {
            let entry = Entry { value, ..*self };
            read(&entry, entry.value.get_ref().as_str().ok_or_else(|| entry.wrong("an array of strings"))?)
        };
        items.iter().map(item).collect()
    }
}

fn span(range: &std::ops::Range<usize>) -> Span {
    Span::new(range.start, range.end)
}

/// The first letters of a word that a hostile file makes endless.
pub(super) fn brief(word: &str) -> String {
    const LIMIT: usize = 60;
    word.chars().take(LIMIT).map(|letter| if letter.is_control() { '?' } else { letter }).collect()
}
