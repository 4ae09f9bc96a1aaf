//! `lint-response --fix` and `--diff`.

use super::apigw;

const BROKEN: &str =
    "{\n  \"status\": 200,\n  \"headers\": { \"X-Count\": 3 },\n  \"body\": { \"a\": 1 }\n}\n";
const MENDED: &str =
    "{\n  \"statusCode\": 200,\n  \"headers\": { \"X-Count\": \"3\" },\n  \"body\": \"{\\\"a\\\":1}\"\n}\n";

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap()
}

#[test]
fn a_file_is_mended_and_the_rest_of_it_stays_as_it_is_written() {
    let ran = apigw("lint-response out.json --fix").file("out.json", BROKEN).exits(0).run();
    assert_eq!(text(ran.written("out.json")), MENDED);
    assert_eq!(ran.stdout(), "");
    assert_eq!(
        ran.stderr(),
        "Fixed 3 findings in 1 file\nChecked 1 document: no errors, no warnings\n",
        "{}",
        ran.transcript()
    );
    assert_eq!(ran.left(), ["out.json"]);
    let again = apigw("lint-response out.json --fix").file("out.json", MENDED).exits(0).run();
    assert_eq!(text(again.written("out.json")), MENDED);
    assert_eq!(again.stderr(), "Checked 1 document: no errors, no warnings\n");
}

#[test]
fn what_would_change_is_shown_and_nothing_is_written() {
    let ran = apigw("lint-response out.json --diff").file("out.json", BROKEN).exits(1).run();
    assert_eq!(text(ran.written("out.json")), BROKEN);
    ran.snapshot("mending-diff");
    let clean = apigw("lint-response out.json --diff").file("out.json", MENDED).exits(0).run();
    assert_eq!((clean.stdout().as_str(), clean.stderr().as_str()), ("", "There is nothing to fix\n"));
    let lost = "{\"statusCode\": \"OK\"}";
    apigw("lint-response out.json --diff").file("out.json", lost).exits(1).run().says(&["nothing to fix"]);
    apigw("lint-response none.json --diff").exits(2).run().says(&["none.json"]);
}

#[test]
fn each_line_of_many_is_mended_for_itself_and_what_is_left_is_told() {
    let lines = "{\"statusCode\": 200}\n{\"statusCode\": 200, \"body\": [1,  2]}\r\nnonsense\n{\"body\": {}}";
    let ran = apigw("lint-response f.ndjson --fix --format concise").file("f.ndjson", lines).exits(1).run();
    let mended =
        "{\"statusCode\": 200}\n{\"statusCode\": 200, \"body\": \"[1,2]\"}\r\nnonsense\n{\"body\": \"{}\"}";
    assert_eq!(text(ran.written("f.ndjson")), mended);
    assert!(ran.stdout().starts_with("f.ndjson:3:1: error[AGW901]"), "{}", ran.transcript());
    assert_eq!(ran.stdout().lines().count(), 1, "{}", ran.transcript());
}

#[test]
fn standard_input_is_printed_mended() {
    let ran = apigw("lint-response --fix --api http -").stdin(BROKEN).exits(0).run();
    assert_eq!(ran.stdout(), MENDED);
    let lost = "{\"statusCode\": \"OK\"}";
    let ran = apigw("lint-response --fix -").stdin(lost).exits(1).run();
    assert_eq!(ran.stdout(), lost);
    assert!(ran.stderr().contains("AGW102"), "{}", ran.transcript());
}

#[test]
fn only_what_is_selected_is_mended() {
    let ran = apigw("lint-response out.json --fix --ignore AGW101").file("out.json", BROKEN).exits(0).run();
    let kept = MENDED.replace("\"{\\\"a\\\":1}\"", "{ \"a\": 1 }");
    assert_eq!(text(ran.written("out.json")), kept, "{}", ran.transcript());
}

#[test]
fn cookies_go_where_the_front_end_reads_them() {
    let rest = r#"{"statusCode": 200, "multiValueHeaders": {"Set-Cookie": ["a=1", "b=2"]}}"#;
    let http = r#"{"statusCode": 200, "cookies": ["a=1", "b=2"]}"#;
    let ran = apigw("lint-response --fix --api http out.json").file("out.json", rest).exits(0).run();
    assert_eq!(text(ran.written("out.json")), http);
    let ran = apigw("lint-response --fix --api rest out.json").file("out.json", http).exits(0).run();
    assert_eq!(text(ran.written("out.json")), rest);
}

#[test]
fn several_front_ends_want_different_things() {
    let ran = apigw("lint-response --fix --api rest,http out.json").file("out.json", BROKEN).exits(2).run();
    assert_eq!(text(ran.written("out.json")), BROKEN);
    ran.says(&["for one front end", "--api"]);
}
