//! The reports of linters: every format in every situation, several at once, and silence.

use super::{Ran, Run, apigw};
use crate::readers::{FORMATS, Told, read};
use std::collections::BTreeSet;

const GOOD: &str = r#"{"statusCode": 200, "body": "ok"}"#;
const OBJECT_BODY: &str = r#"{"statusCode": 200, "body": {"a": 1}}"#;
const MIXED: &str = "{\n  \"statusCode\": 200,\n  \"headers\": {\"WWW-Authenticate\": \"日本\"},\n  \"ключ\": \
                     \"100 %\",\n  \"body\": {\n    \"ü\": 1\n  }\n}\n";
const DENY: &str = r#"{"principalId": "u", "policyDocument": {"Version": "2012-10-17", "Statement": [{"Action": "execute-api:Invoke", "Effect": "Deny", "Resource": "*"}]}, "context": {"a": []}}"#;
const EVENT: &str = r#"{
  "type": "TOKEN",
  "methodArn": "arn:aws:execute-api:eu-central-1:123456789012:a1b2c3d4e5/prod/POST/{proxy+}",
  "authorizationToken": "Bearer abc"
}
"#;

/// A situation: the command line without its format, the exit code, and the files.
struct Situation {
    line: &'static str,
    exit: i32,
    files: &'static [(&'static str, &'static str)],
}

const SITUATIONS: [Situation; 7] = [
    Situation { line: "lint-response ok.json", exit: 0, files: &[("ok.json", GOOD)] },
    Situation {
        line: "lint-response 'a b.json' ok.json c.json",
        exit: 1,
        files: &[("a b.json", MIXED), ("ok.json", GOOD), ("c.json", OBJECT_BODY)],
    },
    Situation { line: "lint-response a.json", exit: 1, files: &[("a.json", "{\"statusCode\": 200,}")] },
    Situation { line: "lint-response missing.json c.json", exit: 2, files: &[("c.json", OBJECT_BODY)] },
    Situation {
        line: "lint-response --api rest,http,alb c.json",
        exit: 1,
        files: &[("c.json", OBJECT_BODY)],
    },
    Situation {
        line: "lint-response --api authorizer-token \
               --method-arn arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/GET/users d.json",
        exit: 1,
        files: &[("d.json", DENY)],
    },
    Situation { line: "event check e.json", exit: 1, files: &[("e.json", EVENT)] },
];

impl Situation {
    fn with(&self, flags: &str) -> Run {
        let run = apigw(&format!("{} {flags}", self.line)).exits(self.exit);
        self.files.iter().fold(run, |run, (name, text)| run.file(name, text))
    }

    fn told(&self, format: &str, report: &str) -> BTreeSet<Told> {
        let files: Vec<_> = self.files.iter().map(|(name, _)| (*name).to_owned()).collect();
        read(format, report, &files).into_iter().collect()
    }
}

fn printed(ran: &Ran) -> String {
    String::from_utf8(ran.bytes().to_vec()).unwrap()
}

#[test]
fn every_format_in_every_situation() {
    for format in FORMATS.into_iter().filter(|format| *format != "json") {
        let all: Vec<_> = SITUATIONS
            .iter()
            .map(|situation| situation.with(&format!("--format {format}")).run().transcript())
            .collect();
        super::snapshot(&format!("report-{format}"), &all.join("\n"));
    }
}

#[test]
fn every_format_tells_what_people_are_told() {
    for situation in &SITUATIONS {
        let human = situation.with("").run().stdout();
        let expected: BTreeSet<_> = heads(&human).collect();
        for format in FORMATS {
            let ran = situation.with(&format!("--format {format}")).run();
            let told = situation.told(format, &printed(&ran));
            let places: BTreeSet<_> = told
                .iter()
                .map(|Told { code, file, line }| (code.clone(), format!("{file}:{line}")))
                .collect();
            assert_eq!(places, expected, "{format}: {}", ran.transcript());
        }
    }
}

/// The code and the place of each frame.
fn heads(human: &str) -> impl Iterator<Item = (String, String)> {
    let lines: Vec<_> = human.lines().collect();
    let heads = lines.windows(2).filter_map(|pair| {
        let place = pair[1].trim_start().strip_prefix("--> ")?.rsplit_once(':')?.0;
        let code = pair[0].split_once('[')?.1.split_once(']')?.0;
        Some((code.to_owned(), place.to_owned()))
    });
    heads.collect::<Vec<_>>().into_iter()
}

#[test]
fn files_hold_what_would_be_printed_and_no_format_moves_the_exit_code() {
    for situation in &SITUATIONS {
        let flags: Vec<_> = FORMATS.iter().map(|format| format!("--report {format}=r.{format}")).collect();
        let ran = situation.with(&flags.join(" ")).run();
        assert_eq!(ran.stdout(), situation.with("").run().stdout());
        for format in FORMATS {
            let alone = situation.with(&format!("--format {format}")).run();
            let file = String::from_utf8(ran.written(&format!("r.{format}"))).unwrap();
            assert_eq!(file, printed(&alone), "{format}");
        }
        let beside = ran.left().len() - situation.files.len();
        assert_eq!(beside, FORMATS.len(), "nothing else is left behind: {:?}", ran.left());
    }
}

#[test]
fn a_file_that_cannot_be_written_is_told_and_the_others_are_written() {
    let ran = apigw("lint-response ok.json --report sarif=no/r.sarif --report junit=r.xml --report gitlab=.")
        .file("ok.json", GOOD)
        .exits(2)
        .run()
        .says(&["cannot write no/r.sarif: no such file or directory", "cannot write .: "]);
    assert_eq!(ran.left(), ["ok.json", "r.xml"]);
    let again =
        apigw("lint-response ok.json --report junit=r.xml").file("ok.json", GOOD).file("r.xml", "old");
    assert_ne!(again.run().written("r.xml"), b"old");
}

#[test]
fn standard_output_holds_one_report() {
    let run = |flags: &str| apigw(&format!("lint-response c.json {flags}")).file("c.json", OBJECT_BODY);
    let printed = run("--report concise=-").exits(1).run().stdout();
    assert_eq!(printed, run("--format concise").exits(1).run().stdout());
    for (flags, told) in [
        ("--format json --report concise=-", "json and concise both go to standard output"),
        ("--report json=- --report concise=-", "json and concise both go to standard output"),
        ("--report json=a --report concise=a", "two reports go to a"),
        ("--report xml=a", "`xml` is no format; there are human, concise, json"),
        ("--report json", "the file is missing: json=FILE"),
        ("--report json=", "the file is missing: json=FILE"),
    ] {
        let ran = run(flags).exits(2).run().says(&[told]);
        assert_eq!((ran.stdout(), ran.left()), (String::new(), vec!["c.json".to_owned()]), "{flags}");
    }
}

#[test]
fn quiet_says_nothing_of_what_is_in_order() {
    for line in [
        "lint-response -q ok.json",
        "lint-response -q --api rest,http ok.json",
        "lint-response --quiet --format concise ok.json",
        "lint-response -q --api authorizer-http --simple-responses allow.json",
    ] {
        let allow = r#"{"isAuthorized": true}"#;
        let ran = apigw(line).file("ok.json", GOOD).file("allow.json", allow).run();
        assert_eq!((ran.stdout(), ran.stderr()), (String::new(), String::new()), "{line}");
    }
    let loud = apigw("lint-response c.json").file("c.json", OBJECT_BODY).exits(1).run();
    let quiet = apigw("lint-response -q c.json").file("c.json", OBJECT_BODY).exits(1).run();
    assert_eq!((quiet.stdout(), quiet.stderr()), (loud.stdout(), String::new()));
    let json = apigw("lint-response -q --format json ok.json").file("ok.json", GOOD).run().json();
    assert_eq!(json["summary"]["checked"], 1, "programs are told everything");
}

#[cfg(unix)]
#[test]
fn a_report_takes_the_place_of_the_old_one_as_it_was() {
    use std::os::unix::fs::PermissionsExt as _;
    let dir = tempfile::tempdir().unwrap();
    let real = dir.path().join("real.sarif");
    std::fs::write(&real, "old").unwrap();
    std::fs::set_permissions(&real, std::fs::Permissions::from_mode(0o640)).unwrap();
    let link = dir.path().join("link.sarif");
    std::os::unix::fs::symlink(&real, &link).unwrap();
    let pipe = "--report concise=/dev/stderr";
    let ran = apigw(&format!("lint-response -q c.json --report sarif={} {pipe}", link.display()))
        .file("c.json", OBJECT_BODY)
        .exits(1)
        .run()
        .says(&["c.json:1:29: error[AGW101] `body` is an object, not a string"]);
    assert!(!ran.stdout().is_empty());
    assert!(link.is_symlink());
    assert!(std::fs::read_to_string(&real).unwrap().contains("AGW101"));
    assert_eq!(real.metadata().unwrap().permissions().mode() & 0o777, 0o640);
}
