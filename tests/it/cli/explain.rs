//! `apigw explain`: rules in their own words, and what stands behind errors.

use super::{apigw, snapshot};
use apigw::lint::{causes, rules};
use apigw::report::catalogue;
use apigw::report::human::Style;

#[test]
fn every_rule_explains_itself() {
    let codes: Vec<_> = rules::ALL.iter().map(|rule| rule.code).collect();
    let ran = apigw(&format!("explain {}", codes.join(" "))).run();
    assert_eq!(ran.stderr(), "");
    let pages = ran.stdout();
    for (page, rule) in pages.split("\n---\n\n").zip(rules::ALL) {
        assert!(page.starts_with(&format!("{} {} (", rule.code, rule.name)), "{page}");
        for part in ["\nGood:\n", "\nWhat to do: "] {
            assert!(page.contains(part), "{page}");
        }
    }
    assert_eq!(pages.split("\n---\n\n").count(), rules::ALL.len());
}

#[test]
fn pages_look_like_this() {
    for code in ["AGW101", "AGW125", "AGW150", "AGW201", "AGW403", "AGW901"] {
        apigw(&format!("explain {code}")).run().snapshot(&format!("explain-{code}"));
    }
    apigw("explain AGW101 --format json").run().snapshot("explain-json");
}

#[test]
fn a_rule_goes_by_code_and_by_name_in_any_case() {
    let by_code = apigw("explain AGW101").run();
    assert_eq!(by_code.stderr(), "");
    for word in ["agw101", "body-not-string", "Body-Not-String"] {
        assert_eq!(apigw(&format!("explain {word}")).run().bytes(), by_code.bytes(), "{word}");
    }
    assert_eq!(apigw("explain -").stdin("AGW101\n").run().bytes(), by_code.bytes());
}

#[test]
fn colours_are_the_only_difference() {
    for line in ["explain AGW101", "explain Forbidden"] {
        let colored = apigw(&format!("{line} --color always")).run().stdout();
        assert!(colored.contains("\u{1b}["));
        let codes = ["\u{1b}[0m", "\u{1b}[1m", "\u{1b}[1;36m", "\u{1b}[36m"];
        let plain = codes.iter().fold(colored, |text, code| text.replace(code, ""));
        assert_eq!(plain, apigw(line).run().stdout());
    }
}

#[test]
fn the_page_in_markdown_is_the_one_in_the_repository() {
    let printed = apigw("explain AGW101 --format markdown").run().stdout();
    // The test of the catalogue holds this against docs/rules.
    assert_eq!(printed, catalogue::markdown_page(rules::ALL[0]));
    apigw("explain Forbidden --format markdown").exits(2).run().says(&["only rules have pages"]);
}

#[test]
fn errors_are_explained_as_they_are_pasted() {
    let lines = [
        ("no-route", "explain Missing Authentication Token"),
        ("authorizer", "explain '{\"message\":null}'"),
        (
            "log",
            "explain Execution failed due to configuration error: Invalid permissions on Lambda function",
        ),
        ("alb", "explain LambdaInvalidResponse"),
        ("forbidden", "explain Forbidden"),
        ("timeout", "explain Task timed out after 3.00 seconds"),
        ("server-error", "explain Internal server error"),
    ];
    for (name, line) in lines {
        apigw(line).run().snapshot(&format!("explain-error-{name}"));
    }
    apigw("explain Not Found --format json").run().snapshot("explain-error-json");
}

const RESPONSE: &str = "HTTP/2 403 \r\ndate: Wed, 01 Jan 2025 12:00:00 GMT\r\ncontent-type: application/json\r\napigw-requestid: abc=\r\n\r\n{\"message\":\"Forbidden\"}";

#[test]
fn a_whole_response_is_read_from_standard_input() {
    for line in ["explain", "explain -"] {
        let out = apigw(line).stdin(RESPONSE).run().stdout();
        assert!(out.contains("(http-forbidden)") && !out.contains("rest-api-key"), "{out}");
    }
}

#[test]
fn every_cause_is_found_by_its_name_and_is_a_row_of_the_contract() {
    let all: Vec<_> = causes::all().collect();
    for cause in [all[0], all[all.len() - 1]] {
        let printed = apigw(&format!("explain {}", cause.name)).run().stdout();
        assert_eq!(printed, catalogue::causes(&[cause], Style::PLAIN));
    }
    let rows: Vec<_> = all.into_iter().map(catalogue::cause_row).collect();
    super::contract::check(&apigw::report::json::report(&rows, &apigw::lint::Summary::default()));
}

#[test]
fn the_commands_that_causes_name_are_commands() {
    use clap::Parser as _;
    for cause in causes::all() {
        for command in cause.commands {
            let read = apigw::cli::Cli::try_parse_from(super::split(command));
            assert!(read.is_ok(), "{}: {command}: {}", cause.name, read.unwrap_err());
        }
    }
}

#[test]
fn what_is_not_known_is_said_honestly() {
    let cases = [
        ("explain body-not-sting", "", "did you mean body-not-string"),
        ("explain Mising Authentication Tokn", "", "did you mean Missing Authentication Token"),
        ("explain AGW1", "", "nothing is known of `AGW1`"),
        ("explain the moon is made of cheese", "", "apigw rules"),
        ("explain", "", "the input is empty"),
        ("explain -", "HTTP/1.1 200 OK\n\nfine", "this response says 200"),
        (
            "explain -",
            "HTTP/1.1 418\napigw-requestid: a=\nx-amzn-errortype: Teapot\nset-cookie: secret\n\nno",
            "this response of status 418 came through an HTTP API with the error type Teapot",
        ),
        ("explain -", "\u{1b}[31mred\u{1b}[0m", "`\\u{1b}[31mred"),
        ("explain -", "one\ntwo secret\n", "nothing in this text"),
    ];
    for (line, stdin, words) in cases {
        let ran = apigw(line).stdin(stdin).exits(2).run().says(&[words]);
        assert_eq!(ran.stdout(), "", "{line}");
        assert!(!ran.stderr().contains("secret"), "{}", ran.transcript());
    }
}

#[test]
fn bytes_that_are_no_text_are_no_accident() {
    apigw("explain -").stdin(vec![0xFF, 0xFE, 0, 1]).exits(2).run();
    let log = format!("{}\nTask timed out after 3.00 seconds\n", "x".repeat(100_000));
    let out = apigw("explain").stdin(log).run().stdout();
    assert!(out.contains("(lambda-timed-out)"), "{out}");
}

#[test]
fn rules_are_listed_and_selected() {
    let all = apigw("rules").run().stdout();
    assert_eq!(all.lines().count(), rules::ALL.len());
    apigw("rules --select AGW13,body-not-string").run().snapshot("rules");
    apigw("rules --select agw15 --format json").run().snapshot("rules-json");
    apigw("rules --select AGW15 --format markdown").run().snapshot("rules-markdown");
    assert_eq!(
        apigw("rules --format json").run().json()["results"].as_array().unwrap().len(),
        rules::ALL.len()
    );
    for wrong in ["AGW8", "AGW", "nonsense", ""] {
        apigw(&format!("rules --select '{wrong}'")).exits(2).run().says(&["--select", "apigw rules"]);
    }
}

#[test]
fn every_explanation_is_a_row_of_the_contract() {
    let rows: Vec<_> = rules::ALL.iter().map(|rule| catalogue::explained_row(rule)).collect();
    super::contract::check(&apigw::report::json::report(&rows, &apigw::lint::Summary::default()));
    snapshot("rules-human", &catalogue::table(&rules::ALL[..3], Style::PLAIN));
}
