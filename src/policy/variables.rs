//! Policy variables: `${aws:username}`, with a default `${aws:username, 'nobody'}` (P-073).

use super::arn;
use super::pattern::{ArnPattern, Atom, Pattern};
use super::request::{Context, Values};

/// A text with variables, and wildcards where they count.
#[derive(Debug, Clone)]
pub(super) struct Template {
    pieces: Vec<Piece>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Atom(Atom),
    /// A key in lower case, and what stands for it if the request has none.
    Variable(Box<str>, Option<Box<str>>),
}

/// Whether every `${` begins a variable or an escaped character.
pub(super) fn are_well_formed(text: &str) -> bool {
    text.match_indices("${").all(|(at, _)| variable(&text[at..]).is_some())
}

/// The variable at the start of a text, and its length. `${*}`, `${?}` and `${$}` are these
/// characters (P-074).
fn variable(text: &str) -> Option<(Piece, usize)> {
    let inner = text.strip_prefix("${")?.split('}').next()?;
    let length = inner.len() + 3;
    if text.len() < length {
        return None;
    }
    let mut letters = inner.chars();
    if let (Some(c @ ('*' | '?' | '$')), None) = (letters.next(), letters.next()) {
        return Some((Piece::Atom(Atom::Char(c)), length));
    }
    let (key, default) = inner.split_once(',').map_or((inner, None), |(key, default)| (key, Some(default)));
    let default = match default.map(str::trim) {
        None => None,
        Some(quoted) => Some(quoted.strip_prefix('\'')?.strip_suffix('\'')?.into()),
    };
    let key = key.trim();
    let is_key = key.split_once(':').is_some_and(|(prefix, name)| !prefix.is_empty() && !name.is_empty());
    is_key.then(|| (Piece::Variable(key.to_ascii_lowercase().into(), default), length))
}

impl Template {
    /// Reads a text. `wildcards`: whether `*` and `?` are ones; `variables`: whether the document
    /// has variables.
    pub(super) fn new(text: &str, wildcards: bool, variables: bool) -> Self {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            let found = if variables { variable(rest) } else { None };
            let (piece, length) = found.unwrap_or_else(|| {
                let atom = match c {
                    '*' if wildcards => Atom::Many,
                    '?' if wildcards => Atom::One,
                    c => Atom::Char(c),
                };
                (Piece::Atom(atom), c.len_utf8())
            });
            pieces.push(piece);
            rest = &rest[length..];
        }
        Self { pieces }
    }

    /// Whether it means the same for every request.
    pub(super) fn is_fixed(&self) -> bool {
        self.pieces.iter().all(|piece| matches!(piece, Piece::Atom(_)))
    }

    /// The atoms with every variable filled in; what is filled in has no wildcards. `None` if the
    /// request lacks a key without default, or has several values for it (P-074).
    fn atoms(&self, context: &Context) -> Option<Vec<Atom>> {
        let mut atoms = Vec::new();
        for piece in &self.pieces {
            match piece {
                Piece::Atom(atom) => atoms.push(*atom),
                Piece::Variable(key, default) => {
                    let value = match context.get_lower(key) {
                        Some(Values::One(value)) => value,
                        Some(Values::Many(_)) => return None,
                        None => default.as_deref()?,
                    };
                    atoms.extend(value.chars().map(Atom::Char));
                }
            }
        }
        Some(atoms)
    }

    /// The text as a pattern for one request.
    pub(super) fn pattern(&self, context: &Context) -> Option<Pattern> {
        let atoms = self.atoms(context)?;
        Some(Pattern::compile(&written(&atoms), atoms.into_iter()))
    }

    /// The text as a pattern of ARNs for one request.
    pub(super) fn arn_pattern(&self, context: &Context) -> Option<ArnPattern> {
        let atoms = self.atoms(context)?;
        let text = written(&atoms);
        let mut parts = atoms.splitn(6, |atom| *atom == Atom::Char(':'));
        let mut part = || parts.next().map(|atoms| Pattern::compile(&written(atoms), atoms.iter().copied()));
        let mut all = || Some([part()?, part()?, part()?, part()?, part()?, part()?]);
        Some(ArnPattern::of_parts(&text, all()))
    }
}

/// Whether every variable of a resource stands in the sixth part of its ARN, the only one that may
/// have them (P-073).
pub(super) fn stand_where_resources_have_them(text: &str) -> bool {
    let fixed = arn::split(text).map(|parts| &text[..text.len() - parts[5].len()]);
    text.starts_with("execute-api:/") || fixed.is_some_and(|fixed| !fixed.contains("${"))
}

fn written(atoms: &[Atom]) -> String {
    let letter = |atom: &Atom| match atom {
        Atom::Char(c) => *c,
        Atom::One => '?',
        Atom::Many => '*',
    };
    atoms.iter().map(letter).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(text: &str, value: &str) -> bool {
        let context = Context::new().with("aws:username", "a*").with("aws:SourceAccount", "123456789012");
        let context = context.with_values("x:list", Values::Many(vec!["a".to_owned()]));
        Template::new(text, true, true).pattern(&context).is_some_and(|pattern| pattern.matches(value))
    }

    #[test]
    fn variables_are_filled_in_as_text() {
        assert!(matches("home/${aws:Username}/*", "home/a*/x"));
        assert!(!matches("home/${aws:username}/*", "home/ab/x"));
        assert!(matches("${aws:userid, 'nobody'}", "nobody"));
        assert!(matches("${aws:username, 'nobody'}", "a*"));
        assert!(!matches("${aws:userid}", "") && !matches("${x:list}", "a"));
        assert!(matches("${*}${?}${$}{id}", "*?${id}") && !matches("${*}", "abc"));
        assert!(matches("$default", "$default") && matches("${open", "${open"));
    }

    #[test]
    fn without_variables_they_are_text() {
        let template = Template::new("${aws:username}", true, false);
        let pattern = template.pattern(&Context::new()).unwrap();
        assert!(template.is_fixed() && pattern.matches("${aws:username}"));
    }

    #[test]
    fn what_is_no_variable_is_seen() {
        for text in ["${aws:username}", "${*}", "${ aws:a , 'b c' }", "$default", "{id}"] {
            assert!(are_well_formed(text), "{text}");
        }
        for text in ["${", "${a", "${}", "${id}", "${aws:a, b}", "${aws:}"] {
            assert!(!are_well_formed(text), "{text}");
        }
    }

    #[test]
    fn colons_inside_a_variable_split_no_arn() {
        let context = Context::new().with("aws:SourceAccount", "123456789012");
        let template = Template::new("arn:aws:iam::${aws:SourceAccount}:role/*", true, true);
        let pattern = template.arn_pattern(&context).unwrap();
        assert!(pattern.matches("arn:aws:iam::123456789012:role/x"));
        assert!(!pattern.matches("arn:aws:iam::210987654321:role/x"));
    }
}
