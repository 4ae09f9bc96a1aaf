//! `apigw completions`: the committed scripts are the ones that the command prints.
//! `APIGW_UPDATE=1 cargo test completions` writes them again.

use super::apigw;
use std::path::Path;

/// Shells, and the names that clap_complete gives their scripts.
const SCRIPTS: [(&str, &str); 5] = [
    ("bash", "apigw.bash"),
    ("zsh", "_apigw"),
    ("fish", "apigw.fish"),
    ("powershell", "_apigw.ps1"),
    ("elvish", "apigw.elv"),
];

#[test]
#[allow(clippy::disallowed_methods, reason = "a switch for the person who runs the tests")]
fn the_scripts_in_the_repository_are_up_to_date() {
    let update = std::env::var_os("APIGW_UPDATE").is_some();
    for (shell, file) in SCRIPTS {
        let ran = apigw(&format!("completions {shell}")).run();
        assert_eq!(ran.stderr(), "");
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("completions").join(file);
        if update {
            std::fs::write(&path, ran.bytes()).unwrap();
        }
        let stored = std::fs::read(&path).unwrap_or_default();
        assert!(stored == ran.bytes(), "completions/{file} is old: APIGW_UPDATE=1 cargo test completions");
    }
}

#[test]
fn the_scripts_know_the_commands_and_the_kinds_of_event() {
    for (shell, _) in SCRIPTS {
        let script = apigw(&format!("completions {shell}")).run().stdout();
        for word in ["lint-response", "event", "invoke", "explain", "timeout", "binary-media-type"] {
            assert!(script.contains(word), "{shell} knows no {word}");
        }
        if ["bash", "zsh"].contains(&shell) {
            assert!(script.contains("http-options"), "{shell} knows no kinds");
        }
    }
}

#[test]
fn another_shell_is_a_usage_error() {
    apigw("completions tcsh").exits(2).run().says(&["tcsh", "bash", "fish", "zsh"]);
    apigw("completions").exits(2).run().says(&["<SHELL>"]);
}
