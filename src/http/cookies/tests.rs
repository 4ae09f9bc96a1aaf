//! Which cookies are kept, and where they are sent.

use super::*;
use proptest::prelude::*;

const NOW: i64 = 1_750_000_000;

fn place<'p>(url: &'p str) -> Place<'p> {
    let (scheme, rest) = url.split_once("://").unwrap();
    let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    Place { host, path: if path.is_empty() { "/" } else { path }, https: scheme == "https", now: NOW }
}

#[test]
fn a_cookie_goes_where_its_server_said() {
    // (Set-Cookie, from, to, sent)
    let cases = [
        ("a=1", "https://x.example/", "https://x.example/any", true),
        ("a=1", "https://x.example/", "https://y.x.example/", false),
        ("a=1; Domain=x.example", "https://x.example/", "https://y.x.example/", true),
        ("a=1; Domain=.x.example", "https://y.x.example/", "https://x.example/", true),
        ("a=1; Domain=x.example", "https://x.example/", "https://notx.example/", false),
        ("a=1; Domain=example", "https://x.example/", "https://x.example/", false),
        ("a=1; Domain=other.example", "https://x.example/", "https://x.example/", false),
        ("a=1; Domain=0.0.1", "http://127.0.0.1/", "http://127.0.0.1/", false),
        ("a=1; Domain=127.0.0.1", "http://127.0.0.1/", "http://127.0.0.1/", true),
        ("a=1; Path=/api", "https://x.example/", "https://x.example/api/users", true),
        ("a=1; Path=/api", "https://x.example/", "https://x.example/apis", false),
        ("a=1", "https://x.example/a/b", "https://x.example/a/c", true),
        ("a=1", "https://x.example/a/b", "https://x.example/b", false),
        ("a=1; Secure", "https://x.example/", "http://x.example/", false),
        ("a=1; Secure", "http://x.example/", "https://x.example/", false),
        ("a=1; Secure", "http://127.0.0.1/", "http://127.0.0.1/", true),
        ("a=1; Max-Age=10", "https://x.example/", "https://x.example/", true),
        ("a=1; Max-Age=0", "https://x.example/", "https://x.example/", false),
        ("a=1; Expires=Wed, 21 Oct 2015 07:28:00 GMT", "https://x.example/", "https://x.example/", false),
        (
            "a=1; Expires=Wed, 21 Oct 2015 07:28:00 GMT; Max-Age=5",
            "https://x.example/",
            "https://x.example/",
            true,
        ),
        ("a=1; Expires=Friday, 21-Oct-50 07:28:00 GMT", "https://x.example/", "https://x.example/", true),
        ("__Host-a=1; Secure; Path=/", "https://x.example/", "https://x.example/", true),
        ("__Host-a=1; Secure; Path=/a", "https://x.example/", "https://x.example/a", false),
        ("__Secure-a=1", "https://x.example/", "https://x.example/", false),
        ("=1", "https://x.example/", "https://x.example/", false),
        ("a", "https://x.example/", "https://x.example/", false),
    ];
    for (header, from, to, sent) in cases {
        let mut jar = Jar::default();
        jar.keep(header, place(from));
        assert_eq!(jar.header(place(to)).is_some(), sent, "{header} from {from} to {to}");
    }
}

#[test]
fn a_new_value_takes_the_place_of_the_old_one_and_longer_paths_come_first() {
    let mut jar = Jar::default();
    let at = place("https://x.example/a/b");
    for header in ["a=1; Path=/", "b=2; Path=/a", "a=3; Path=/", "c=4; Path=/"] {
        jar.keep(header, at);
    }
    assert_eq!(jar.header(at).as_deref(), Some("b=2; a=3; c=4"));
    jar.keep("a=; Path=/; Max-Age=-1", at);
    assert_eq!(jar.header(at).as_deref(), Some("b=2; c=4"));
}

#[test]
fn the_file_is_that_of_curl() {
    let mut jar = Jar::default();
    jar.keep("a=1; Domain=x.example; Max-Age=5; HttpOnly", place("https://x.example/"));
    jar.keep("b=2; Secure; Path=/p", place("https://y.example/"));
    let text = jar.write(NOW);
    assert_eq!(
        text,
        format!(
            "# Netscape HTTP Cookie File\n\n#HttpOnly_.x.example\tTRUE\t/\tFALSE\t{}\ta\t1\n\
             y.example\tFALSE\t/p\tTRUE\t0\tb\t2\n",
            NOW + 5
        )
    );
    assert!(!jar.write(NOW + 5).contains("x.example"), "it has expired");
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(
        cookies in prop::collection::vec(("[a-z]{1,4}", "[!-:<-~]{0,6}", any::<bool>(), "(/[a-z]{0,3}){1,2}"), 0..6),
    ) {
        let mut jar = Jar::default();
        for (name, value, secure, path) in cookies {
            let secure = if secure { "; Secure" } else { "" };
            jar.keep(&format!("{name}={value}; Path={path}{secure}"), place("https://x.example/"));
        }
        let mut read = Jar::default();
        read.read(&jar.write(NOW), NOW);
        prop_assert_eq!(read, jar);
    }

    #[test]
    fn nothing_that_comes_can_break_it(header in "\\PC{0,40}", file in "[\\PC\t\n]{0,80}") {
        let mut jar = Jar::default();
        jar.keep(&header, place("https://x.example/"));
        jar.read(&file, NOW);
        jar.header(place("https://x.example/a"));
    }
}
