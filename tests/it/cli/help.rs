//! Help, versions, and words that the command line does not know.

use super::apigw;

const COMMANDS: [&str; 29] = [
    "",
    "event",
    "event gen",
    "event from",
    "event from curl",
    "event from har",
    "event from http",
    "event from openapi",
    "event to",
    "event convert",
    "event list",
    "event check",
    "event diff",
    "invoke",
    "serve",
    "test",
    "lint-response",
    "policy",
    "policy arn",
    "policy check",
    "policy explain",
    "policy grants",
    "policy routes",
    "policy suggest",
    "explain",
    "rules",
    "schema",
    "demo",
    "completions",
];

#[test]
fn every_command_has_help() {
    for command in COMMANDS {
        let ran = apigw(format!("{command} --help").trim_start()).run();
        assert_eq!(ran.stderr(), "");
        assert!(ran.stdout().lines().all(|line| line.chars().count() <= 100), "{}", ran.transcript());
        let name = if command.is_empty() { "apigw".to_owned() } else { command.replace(' ', "-") };
        ran.snapshot(&format!("help-{name}"));
    }
}

#[test]
fn every_command_is_in_the_help() {
    let lists = ["--help", "event --help", "event from --help", "policy --help"];
    let top: String = lists.iter().map(|line| apigw(line).run().stdout()).collect();
    for command in COMMANDS {
        let name = command.rsplit(' ').next().unwrap();
        assert!(top.contains(&format!("  {name}")), "{name}");
    }
    let commands = top.lines().filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    let listed = commands.filter(|line| !line.trim_start().starts_with('-')).count();
    // `help` stands in every list.
    assert_eq!(listed, COMMANDS.len() - 1 + lists.len(), "a command is not tested:\n{top}");
}

#[test]
fn short_help_and_the_command_help_are_help_too() {
    let long = apigw("demo --help").run();
    assert_eq!(apigw("demo -h").run().bytes(), long.bytes());
    assert_eq!(apigw("help demo").run().bytes(), long.bytes());
}

#[test]
fn no_words_are_a_question_for_help_and_a_usage_error() {
    for command in ["", "event"] {
        let ran = apigw(command).exits(2).run();
        assert_eq!(ran.stdout(), "");
        assert_eq!(ran.stderr(), apigw(&format!("{command} --help")).run().stdout());
    }
}

#[test]
fn words_that_nobody_knows_are_usage_errors() {
    for (line, words) in [
        ("nonsense", "'nonsense'"),
        ("event nonsense", "'nonsense'"),
        ("lint-respons out.json", "lint-response"),
        ("--colour always demo", "--color"),
        ("demo --nonsense", "--nonsense"),
        ("event list extra", "'extra'"),
        ("--color sometimes demo", "--color"),
    ] {
        let ran = apigw(line).exits(2).run().says(&[words, "error: "]);
        assert_eq!(ran.stdout(), "", "{line}");
    }
}

#[test]
fn the_version_is_told() {
    for flag in ["--version", "-V"] {
        assert_eq!(apigw(flag).run().stdout(), "apigw [VERSION]\n");
    }
}

#[test]
fn help_has_colours_only_when_asked_for() {
    assert!(!apigw("--help").run().stdout().contains('\u{1b}'));
    assert!(apigw("--help").env("CLICOLOR_FORCE", "1").run().stdout().contains('\u{1b}'));
    let both = apigw("--help").env("CLICOLOR_FORCE", "1").env("NO_COLOR", "1").run();
    assert!(!both.stdout().contains('\u{1b}'));
    assert!(apigw("--color always --help").run().stdout().contains('\u{1b}'));
    assert!(!apigw("--color never --help").env("CLICOLOR_FORCE", "1").run().stdout().contains('\u{1b}'));
}
