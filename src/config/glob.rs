//! Which files a table is about: patterns below the directory of the configuration file.

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

/// Patterns, of which one is enough.
#[derive(Debug, Clone)]
pub struct Globs(Vec<GlobSet>);

/// The longest pattern, in bytes.
const LONGEST: usize = 1000;

impl Globs {
    /// Reads patterns as `.gitignore` has them: `*` stops at a slash and `**` does not, a pattern
    /// without a slash is about a name in any directory, and one that ends in a slash about everything
    /// below a directory.
    ///
    /// # Errors
    /// What is wrong with the first pattern that is none, in words.
    pub(super) fn read(pattern: &str) -> Result<Self, String> {
        let rooted = pattern.strip_prefix("./").or_else(|| pattern.strip_prefix('/')).unwrap_or(pattern);
        if rooted.is_empty() {
            return Err("a pattern is needed, such as responses/**".to_owned());
        }
        if pattern.len() > LONGEST {
            return Err(format!("it is longer than {LONGEST} bytes"));
        }
        let below = if rooted.ends_with('/') { "**" } else { "" };
        let anywhere = if pattern.trim_end_matches('/').contains('/') { "" } else { "**/" };
        let glob = GlobBuilder::new(&format!("{anywhere}{rooted}{below}")).literal_separator(true).build();
        // A set tells of a pattern that is too much for it; a single matcher would panic.
        let set = glob.and_then(|glob| GlobSetBuilder::new().add(glob).build());
        Ok(Self(vec![
            set.map_err(|error| error.kind().to_string().chars().take(LONGEST).collect::<String>())?,
        ]))
    }

    /// All patterns of several.
    pub(super) fn any(all: Vec<Self>) -> Self {
        Self(all.into_iter().flat_map(|globs| globs.0).collect())
    }

    /// Whether a path below the directory is meant; slashes separate its parts.
    pub(super) fn matches(&self, path: &str) -> bool {
        self.0.iter().any(|glob| glob.is_match(path))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_those_of_gitignore() {
        let cases = [
            ("*.json", "a.json", true),
            ("*.json", "deep/er/a.json", true),
            ("a/*.json", "a/b.json", true),
            ("a/*.json", "a/b/c.json", false),
            ("a/*.json", "x/a/b.json", false),
            ("a/**", "a/b/c.json", true),
            ("**/a/*", "x/y/a/b", true),
            ("a/", "a/b/c.json", true),
            ("a/", "x/a/b", true),
            ("./a.json", "a.json", true),
            ("./a.json", "b/a.json", false),
            ("/a.json", "b/a.json", false),
            ("{a,b}/*.json", "b/c.json", true),
            ("**", "any/thing", true),
            ("[ab].json", "a.json", true),
        ];
        for (pattern, path, matches) in cases {
            assert_eq!(Globs::read(pattern).unwrap().matches(path), matches, "{pattern} {path}");
        }
        let (nested, long) = ("{a,".repeat(300) + &"}".repeat(300), "a".repeat(1001));
        for bad in ["", "/", "./", "a[", "{a", &long] {
            assert!(Globs::read(bad).is_err(), "{bad}");
        }
        if let Ok(globs) = Globs::read(&nested) {
            assert!(globs.matches("a"));
        }
    }
}
