//! Names of files as other tools expect them: relative to the directory of the run, with slashes.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What stands in a path of a URI as it is (RFC 3986, section 3.3, without the colon, which would
/// end a scheme).
const KEPT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'/')
    .remove(b'!')
    .remove(b'$')
    .remove(b'&')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=')
    .remove(b'@');

/// The name of a file as seen from `directory`, where it lies below it; without `.` and with
/// slashes.
pub(in crate::report) fn relative(name: &str, directory: &str) -> String {
    let name = slashes(name);
    let below = name.strip_prefix(slashes(directory).trim_end_matches('/'));
    let below = below.filter(|_| !directory.is_empty()).and_then(|rest| rest.strip_prefix('/'));
    let name = below.unwrap_or(&name);
    let is_absolute = name.starts_with('/');
    let parts: Vec<_> = name.split('/').filter(|part| !part.is_empty() && *part != ".").collect();
    let path = parts.join("/");
    if is_absolute { format!("/{path}") } else { path }
}

fn slashes(name: &str) -> String {
    if cfg!(windows) { name.replace('\\', "/") } else { name.to_owned() }
}

/// The URI of a file, and whether it is relative to the directory of the run.
pub(super) fn uri(name: &str, directory: &str) -> (String, bool) {
    let path = relative(name, directory);
    let encoded = utf8_percent_encode(&path, KEPT).to_string();
    if path.starts_with('/') {
        return (format!("file://{encoded}"), false);
    }
    match path.split_once('/') {
        Some((drive, _)) if cfg!(windows) && drive.ends_with(':') => (format!("file:///{encoded}"), false),
        _ => (encoded, true),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_below_the_directory_are_relative_to_it() {
        let cases = [
            ("out.json", "out.json"),
            ("./a//b/./out.json", "a/b/out.json"),
            ("/srv/repo/a/out.json", "a/out.json"),
            ("/srv/repository/out.json", "/srv/repository/out.json"),
            ("/etc//out.json", "/etc/out.json"),
            ("../out.json", "../out.json"),
            ("<stdin>", "<stdin>"),
        ];
        for (name, expected) in cases {
            assert_eq!(relative(name, "/srv/repo"), expected);
        }
        assert_eq!(relative("/out.json", "/"), "out.json");
        assert_eq!(relative("/out.json", ""), "/out.json");
    }

    #[test]
    fn uris_are_encoded() {
        let cases = [
            ("a b/ü#?%.json", "a%20b/%C3%BC%23%3F%25.json", true),
            ("c:d.json", "c%3Ad.json", true),
            ("<stdin>", "%3Cstdin%3E", true),
            ("/etc/a b", "file:///etc/a%20b", false),
        ];
        for (name, expected, is_relative) in cases {
            assert_eq!(uri(name, "/work"), (expected.to_owned(), is_relative));
        }
    }
}
