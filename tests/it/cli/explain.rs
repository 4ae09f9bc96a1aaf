//! `apigw explain`: every rule in its own words.

use super::{apigw, snapshot};

/// Code and name of every rule, as a wrong name makes `explain` list them.
fn rules() -> Vec<(String, String)> {
    let stderr = apigw("explain nonsense").exits(2).run().says(&["there is no rule `nonsense`"]).stderr();
    let rules = stderr.lines().filter_map(|line| line.trim().split_once(' '));
    let owned = |(code, name): (&str, &str)| (code.to_owned(), name.to_owned());
    rules.filter(|(code, _)| code.starts_with("AGW")).map(owned).collect()
}

#[test]
fn every_rule_explains_itself() {
    let rules = rules();
    assert!(rules.len() >= 30, "{rules:?}");
    let explained = rules.iter().map(|(code, name)| {
        let ran = apigw(&format!("explain {code}")).run();
        assert!(ran.stdout().starts_with(&format!("{code} {name} (")), "{}", ran.transcript());
        for part in ["\nGood:\n", "\nWhat to do: "] {
            assert!(ran.stdout().contains(part), "{}", ran.transcript());
        }
        ran.stdout()
    });
    snapshot("explain", &explained.collect::<Vec<_>>().join("\n---\n\n"));
}

#[test]
fn a_rule_goes_by_code_and_by_name_in_any_case() {
    let by_code = apigw("explain AGW101").run();
    assert_eq!(by_code.stderr(), "");
    for word in ["agw101", "body-not-string", "Body-Not-String"] {
        assert_eq!(apigw(&format!("explain {word}")).run().bytes(), by_code.bytes(), "{word}");
    }
}

#[test]
fn colours_are_the_only_difference() {
    let colored = apigw("explain AGW101 --color always").run().stdout();
    assert!(colored.contains("\u{1b}["));
    let plain =
        ["\u{1b}[0m", "\u{1b}[1m", "\u{1b}[1;36m"].iter().fold(colored, |text, code| text.replace(code, ""));
    assert_eq!(plain, apigw("explain AGW101").run().stdout());
}

#[test]
fn a_rule_is_needed() {
    apigw("explain").exits(2).run().says(&["<RULE>"]);
}
