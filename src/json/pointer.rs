//! JSON Pointer (RFC 6901): the name of a value inside a document.

use std::fmt;

/// A path of keys and indices from the root of a document to one of its values.
///
/// Displayed in the escaped form of RFC 6901: `/headers/content~1type`; the root is empty.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Pointer {
    tokens: Vec<String>,
}

impl Pointer {
    /// The whole document.
    pub fn root() -> Self {
        Self::default()
    }

    /// Reads the escaped form. A pointer is empty or starts with `/`.
    ///
    /// # Errors
    /// Returns `None` for text that is neither.
    pub fn parse(text: &str) -> Option<Self> {
        if text.is_empty() {
            return Some(Self::root());
        }
        let tokens =
            text.strip_prefix('/')?.split('/').map(|token| token.replace("~1", "/").replace("~0", "~"));
        Some(Self { tokens: tokens.collect() })
    }

    /// The pointer of the member `key` (or the item at that index) of this value.
    #[must_use]
    pub fn child(&self, key: impl fmt::Display) -> Self {
        let mut tokens = self.tokens.clone();
        tokens.push(key.to_string());
        Self { tokens }
    }

    /// The pointer of a value that `other` names from this value on.
    #[must_use]
    pub fn join(&self, other: &Self) -> Self {
        Self { tokens: self.tokens.iter().chain(&other.tokens).cloned().collect() }
    }

    /// The unescaped keys and indices.
    pub fn tokens(&self) -> &[String] {
        &self.tokens
    }

    /// The last key or index; `None` for the root.
    pub fn last(&self) -> Option<&str> {
        self.tokens.last().map(String::as_str)
    }

    /// The pointer of the object or array that holds this value; `None` for the root.
    pub fn parent(&self) -> Option<Self> {
        let (_, tokens) = self.tokens.split_last()?;
        Some(Self { tokens: tokens.to_vec() })
    }

    /// Whether this is the whole document.
    pub fn is_root(&self) -> bool {
        self.tokens.is_empty()
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for token in &self.tokens {
            write!(f, "/{}", token.replace('~', "~0").replace('/', "~1"))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_undone_and_done_again() {
        let pointer = Pointer::parse("/a~1b/~01/2").unwrap();
        assert_eq!(pointer.tokens(), ["a/b", "~1", "2"]);
        assert_eq!(pointer.to_string(), "/a~1b/~01/2");
        assert_eq!(Pointer::root().child("a/b").to_string(), "/a~1b");
        assert!(Pointer::parse("headers").is_none());
    }
}
