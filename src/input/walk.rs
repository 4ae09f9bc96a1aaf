//! Words of the command line → the files that they name, in an order that does not depend on the
//! file system.
//!
//! A file that is named is taken, whatever it is. In directories, and by globs, hidden files and
//! those that a `.gitignore` names are left out, and so is what is no regular file.

use globset::{GlobBuilder, GlobMatcher};
use ignore::WalkBuilder;
use std::collections::HashSet;
use std::ffi::OsStr;
use std::path::{Component, Path, PathBuf};

/// A file to read, or why there is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// A file.
    File(PathBuf),
    /// Standard input.
    Stdin,
    /// A directory or a glob with no file in it: its name, and what was looked for.
    Nothing(String, String),
    /// A part of a directory that cannot be read: its name, and why.
    Unreadable(String, String),
}

/// The files that the words name, those of one word after those of another. A file that stands in
/// several directories or globs, or was named before, comes once. From directories, files with these
/// endings are taken.
pub fn files(words: &[String], endings: &[&str]) -> Vec<Found> {
    let mut taken = HashSet::new();
    let mut found = Vec::new();
    for word in words {
        let path = Path::new(word);
        if word == "-" {
            found.push(Found::Stdin);
        } else if path.is_dir() {
            let wanted = |path: &Path| path.file_name().is_some_and(|own| is_one(own, endings));
            let endings: Vec<_> = endings.iter().map(|ending| format!(".{ending}")).collect();
            let what = format!("no file in {word} ends with {}", endings.join(", "));
            walk(path, wanted, &what, &mut taken, &mut found);
        } else if !word.contains(['*', '?', '[', '{']) || path.exists() {
            taken.insert(plain(path));
            found.push(Found::File(path.to_owned()));
        } else {
            glob(word, &mut taken, &mut found);
        }
    }
    found
}

/// Whether the name of a file ends so, behind a dot.
fn is_one(name: &OsStr, endings: &[&str]) -> bool {
    let name = name.to_string_lossy().to_ascii_lowercase();
    endings.iter().any(|own| name.strip_suffix(own).is_some_and(|stem| stem.ends_with('.')))
}

/// The path without what does not matter, for comparing.
fn plain(path: &Path) -> PathBuf {
    path.components().filter(|part| *part != Component::CurDir).collect()
}

/// The files that a glob matches; one that is no glob is told like any that matches nothing.
fn glob(word: &str, taken: &mut HashSet<PathBuf>, found: &mut Vec<Found>) {
    let pattern = word.strip_prefix("./").unwrap_or(word);
    match GlobBuilder::new(pattern).literal_separator(true).build() {
        Ok(glob) => {
            let glob: GlobMatcher = glob.compile_matcher();
            let fixed = Path::new(word).components();
            let fixed =
                fixed.take_while(|part| !part.as_os_str().to_string_lossy().contains(['*', '?', '[', '{']));
            let base: PathBuf = fixed.collect();
            let base = if base.as_os_str().is_empty() { PathBuf::from(".") } else { base };
            let wanted = |path: &Path| glob.is_match(plain(path));
            walk(&base, wanted, &format!("no file matches {word}"), taken, found);
        }
        Err(error) => found.push(Found::Unreadable(word.to_owned(), error.kind().to_string())),
    }
}

fn walk(
    base: &Path,
    wanted: impl Fn(&Path) -> bool,
    what: &str,
    taken: &mut HashSet<PathBuf>,
    found: &mut Vec<Found>,
) {
    let mut any = false;
    let mut walk = WalkBuilder::new(base);
    // Nothing outside of the project decides what is in it.
    walk.git_global(false).require_git(false).sort_by_file_name(OsStr::cmp);
    for entry in walk.build() {
        match entry {
            // A link is followed to a file, and not to a directory, which it may lie in itself.
            Ok(entry) if entry.path().is_file() && wanted(entry.path()) => {
                any = true;
                let path = entry.path().strip_prefix("./").unwrap_or(entry.path());
                if taken.insert(plain(path)) {
                    found.push(Found::File(path.to_owned()));
                }
            }
            Ok(_) => {}
            Err(_) if !base.exists() => {}
            Err(error) => {
                any = true;
                let name = place(&error).unwrap_or(base).display().to_string();
                let why = error.io_error().map_or_else(|| error.to_string(), super::read::plain);
                found.push(Found::Unreadable(name, why));
            }
        }
    }
    if !any {
        found.push(Found::Nothing(base.display().to_string(), what.to_owned()));
    }
}

/// Where a walk failed.
fn place(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => place(err),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The files that words name in a directory with those files; what is no file in words.
    fn found(tree: &[(&str, &str)], words: &[&str]) -> Vec<String> {
        let directory = tempfile::tempdir().unwrap();
        let root = directory.path();
        for (name, content) in tree {
            std::fs::create_dir_all(root.join(name).parent().unwrap()).unwrap();
            std::fs::write(root.join(name), content).unwrap();
        }
        let words: Vec<_> = words.iter().map(|word| root.join(word).to_str().unwrap().to_owned()).collect();
        let root = format!("{}/", root.display());
        let tell = |found| match found {
            Found::File(path) => path.to_str().unwrap().replace(&root, ""),
            Found::Nothing(_, what) => what.replace(&root, ""),
            other => format!("{other:?}").replace(&root, ""),
        };
        files(&words, &["json", "ndjson", "jsonl"]).into_iter().map(tell).collect()
    }

    const TREE: &[(&str, &str)] = &[
        ("b.json", ""),
        ("a/2.ndjson", ""),
        ("a/10.JSON", ""),
        ("a/notes.txt", ""),
        ("a/deep/er/x.jsonl", ""),
        (".hidden.json", ""),
        (".hidden/x.json", ""),
        (".gitignore", "node_modules/\n/a/deep/er\n*.tmp.json\n"),
        ("node_modules/m.json", ""),
        ("c.tmp.json", ""),
        ("a[1].json", ""),
    ];

    #[test]
    fn directories_and_globs_hold_what_is_neither_hidden_nor_ignored() {
        let cases: &[(&[&str], &[&str])] = &[
            (&["."], &["a/10.JSON", "a/2.ndjson", "a[1].json", "b.json"]),
            (
                &["b.json", "a", "a/2.ndjson", "b.json"],
                &["b.json", "a/10.JSON", "a/2.ndjson", "a/2.ndjson", "b.json"],
            ),
            (&["c.tmp.json", ".hidden.json"], &["c.tmp.json", ".hidden.json"]),
            (&["a[1].json"], &["a[1].json"]),
            (&["*.json"], &["a[1].json", "b.json"]),
            (&["**/*.{json,ndjson}"], &["a/2.ndjson", "a[1].json", "b.json"]),
            (&["a/*"], &["a/10.JSON", "a/2.ndjson", "a/notes.txt"]),
            (&["missing.json"], &["missing.json"]),
            (&["no/such/*.json", "x*"], &["no file matches no/such/*.json", "no file matches x*"]),
        ];
        for (words, expected) in cases {
            let found: Vec<_> = found(TREE, words).iter().map(|name| name.replace("./", "")).collect();
            assert_eq!(found, *expected, "{words:?}");
        }
        let nothing = found(&[("x/y.txt", "")], &["x"]);
        assert_eq!(nothing, ["no file in x ends with .json, .ndjson, .jsonl"]);
        assert!(found(TREE, &["a/[z"])[0].starts_with("Unreadable"), "a glob that is none");
    }

    #[cfg(unix)]
    #[test]
    fn links_lead_to_files_and_not_in_circles() {
        use std::os::unix::fs::symlink;
        let directory = tempfile::tempdir().unwrap();
        let root = directory.path();
        std::fs::write(root.join("a.json"), "").unwrap();
        symlink(root, root.join("loop")).unwrap();
        symlink(root.join("a.json"), root.join("link.json")).unwrap();
        symlink(root.join("gone"), root.join("dead.json")).unwrap();
        let found = files(&[root.to_str().unwrap().to_owned()], &["json"]);
        assert_eq!(found, ["a.json", "link.json"].map(|name| Found::File(root.join(name))));
    }
}
