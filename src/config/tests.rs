//! The parser and the published schema know the same keys and values; mistakes have their places.

use super::*;
use crate::gateway::{Front, Moment};
use crate::json::Lines;
use crate::lint::Severity;
use serde_json::Value;

fn schema() -> Value {
    serde_json::from_str(SCHEMA).unwrap()
}

/// A value as TOML writes it inline.
fn toml(value: &Value) -> String {
    match value {
        Value::Object(members) => {
            let members = members.iter().map(|(key, value)| format!("{key:?} = {}", toml(value)));
            format!("{{{}}}", members.collect::<Vec<_>>().join(", "))
        }
        Value::Array(items) => format!("[{}]", items.iter().map(toml).collect::<Vec<_>>().join(", ")),
        other => other.to_string(),
    }
}

/// The document whose members these are.
fn document(value: &Value) -> String {
    let members = value.as_object().unwrap().iter();
    members.map(|(key, value)| format!("{key} = {}\n", toml(value))).collect()
}

/// `line:column` of the mistake, and its words.
fn mistake(text: &str) -> (String, String) {
    let mistake = Config::parse(text).unwrap_err();
    let place = Lines::new(text).place(text, mistake.span.start);
    let hint = mistake.hint.map(|hint| format!(" | {hint}")).unwrap_or_default();
    (format!("{}:{}", place.line, place.column), mistake.message + &hint)
}

#[test]
fn the_examples_of_the_schema_are_what_it_says_and_what_the_parser_takes() {
    let schema = schema();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for example in schema["examples"].as_array().unwrap() {
        assert!(validator.is_valid(example), "{example:#}");
        Config::parse(&document(example)).unwrap();
    }
}

/// The keys of a table of the schema.
fn keys(schema: &Value, pointer: &str) -> Vec<String> {
    schema.pointer(pointer).unwrap().as_object().unwrap().keys().cloned().collect()
}

#[test]
fn every_key_of_the_schema_is_read_and_no_other() {
    let schema = schema();
    let tables = [
        ("/properties/lint/properties", "[lint]\n"),
        ("/properties/lint/properties/files/items/properties", "[[lint.files]]\n"),
    ];
    for (pointer, head) in tables {
        for key in keys(&schema, pointer) {
            let (_, message) = mistake(&format!("{head}{key} = 2025-01-31"));
            assert!(message.starts_with(&format!("`{key}` is ")), "{key} is not read: {message}");
        }
        let (_, message) = mistake(&format!("{head}zzzz = 1"));
        let (_, listed) = message.split_once("the keys are ").unwrap();
        let mut parsed: Vec<_> = listed.split(", ").map(str::to_owned).collect();
        let mut published = keys(&schema, pointer);
        parsed.sort();
        published.sort();
        assert_eq!(parsed, published);
    }
}

#[test]
fn the_values_of_the_schema_are_the_parsers() {
    let schema = schema();
    let names = |pointer: &str| {
        let names = schema.pointer(pointer).unwrap().as_array().unwrap().iter();
        names.map(|name| name.as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let lint = "/properties/lint/properties";
    let mut fronts: Vec<_> = Front::all().map(Front::name).chain([ALL]).collect();
    let mut published = names("/$defs/front-end/enum");
    fronts.sort_unstable();
    published.sort();
    assert_eq!(published, fronts);
    assert_eq!(names(&format!("{lint}/severity/additionalProperties/enum")), crate::lint::Level::NAMES);
    assert_eq!(names(&format!("{lint}/fail-on/enum")), FailOn::NAMES);
    for moment in names("/$defs/moment/enum") {
        Config::parse(&format!("lint.moment = '{moment}'")).unwrap();
    }
}

#[test]
fn mistakes_have_a_place_and_advice() {
    let cases = [
        ("[lint\n", "1:6", "this is not TOML: "),
        ("[lint]\nselect = []\nselect = []\n", "3:1", "this is not TOML: duplicate key"),
        ("[lin]\n", "1:2", "the key `lin` is not known here | did you mean `lint`?"),
        ("[lint]\nselct = []\n", "2:1", "the key `selct` is not known in [lint] | did you mean `select`?"),
        ("[lint]\nselect = ['AGW1', 'AGWX']\n", "2:19", "there is no rule `AGWX` | did you mean `AGW"),
        ("[lint]\nselect = [1]\n", "2:11", "`select` is an array of strings, not an integer"),
        ("[lint]\nignore = 1.5\n", "2:10", "`ignore` is a string or an array of strings, not a float"),
        (
            "[lint.severity]\nheader-renamd = 'off'\n",
            "2:1",
            "there is no rule `header-renamd` | did you mean `header-renamed`?",
        ),
        (
            "[lint.severity]\nAGW1 = 'fatal'\n",
            "2:8",
            "`fatal` is no value of `AGW1` | the values are error, warning, info, off",
        ),
        (
            "[lint]\nfail-on = 'off'\n",
            "2:11",
            "`off` is no value of `fail-on` | the values are error, warning, info, none",
        ),
        ("[lint]\napi = 'htpp'\n", "2:7", "`htpp` is no front end | did you mean `http`?"),
        ("[lint]\napi = []\n", "2:7", "`api` names no front end"),
        ("[lint]\ncors-expected = 'yes'\n", "2:17", "`cors-expected` is true or false, not a string"),
        ("[lint]\nbinary-media-types = ['a/b', 'png']\n", "2:30", "`png` is no media type"),
        ("[lint]\naccept = \"a\\nb\"\n", "2:10", "`accept` is no value of a header"),
        ("[lint.files]\nglob = 'a'\n", "1:1", "`files` is an array of tables, [[lint.files]], not a table"),
        ("[[lint.files]]\napi = 'http'\n", "2:1", "this table of [[lint.files]] has no `glob`"),
        (
            "[[lint.files]]\nglobs = 'a'\n",
            "2:1",
            "the key `globs` is not known in [[lint.files]] | did you mean `glob`?",
        ),
        ("[[lint.files]]\nglob = ['a', 'b[']\n", "2:14", "`b[` is no pattern of paths: "),
        ("[lint.per-file-ignores]\n'a[' = 'AGW1'\n", "2:1", "`a[` is no pattern of paths: "),
        ("[lint.body]\n'**' = {'2x' = 's.json'}\n", "2:9", "`2x` is no status"),
        ("[lint.body]\n'**' = ''\n", "2:8", "the path of a schema is needed"),
        ("\u{feff}[lint]\nx = 1\n", "2:1", "the key `x` is not known in [lint]"),
    ];
    for (text, place, words) in cases {
        let (found, message) = mistake(text);
        assert_eq!(found, place, "{text}{message}");
        assert!(message.starts_with(words), "{text}{message}");
    }
}

#[test]
fn a_file_gets_what_its_patterns_say_and_the_later_table_counts() {
    let config = Config::parse(
        "[lint]\napi = 'rest'\naccept = 'image/png'\nfail-on = 'none'\n\
         [lint.per-file-ignores]\n'old/' = 'AGW1'\n\
         [lint.body]\n'b/*' = {200 = 'a.json', 4XX = 'e.json'}\n'b/c' = 'c.json'\n\
         [[lint.files]]\nglob = ['b/*', 'w/*']\napi = ['http', 'url', 'http']\nstreaming = true\n\
         [[lint.files]]\nglob = 'w/*'\napi = 'websocket'\nmoment = 'disconnect'\n",
    )
    .unwrap();
    let file = |path| config.for_file(&config.matched(path));
    let names = |setup: &Setup| {
        setup.fronts.as_ref().map(|fronts| fronts.iter().map(|front| front.name()).collect::<Vec<_>>())
    };
    assert_eq!(config.fail_on, Some(FailOn::Never));
    assert!(!config.fail_on.unwrap().fails(Severity::Error));
    for path in [None, Some("x.json")] {
        assert_eq!(names(&file(path).setup), Some(vec!["rest"]));
        assert_eq!(file(path).own_setup, Setup::default());
    }
    let own = file(Some("b/c"));
    assert_eq!(names(&own.setup), Some(vec!["http", "url"]));
    assert_eq!((own.setup.accept.as_deref(), own.setup.streaming), (Some("image/png"), Some(true)));
    let paths: Vec<Vec<_>> =
        own.bodies.iter().map(|group| group.iter().map(|body| body.path.as_str()).collect()).collect();
    assert_eq!(paths, [vec!["a.json", "e.json"], vec!["c.json"]]);
    let socket = file(Some("w/x")).setup;
    assert_eq!((names(&socket), socket.moment), (Some(vec!["websocket"]), Some(Moment::Disconnect)));
    assert_eq!(file(Some("old/x")).ignores.len(), 1);
    assert_ne!(config.matched(Some("b/c")), config.matched(Some("b/d")));
    assert_eq!(config.matched(Some("x")), config.matched(None));
}
