//! `apigw demo`: the main job with nothing else installed.

use super::apigw;

#[test]
fn the_demo_shows_the_whole_line_twice() {
    let ran = apigw("demo").run();
    assert_eq!(ran.stderr(), "");
    ran.snapshot("demo");
}

#[test]
fn the_demo_is_the_same_every_time_and_has_colours_when_asked_for() {
    assert_eq!(apigw("demo").run().bytes(), apigw("demo").run().bytes());
    assert!(apigw("demo --color always").run().stdout().contains("\u{1b}["));
}

#[test]
fn the_demo_s_function_tells_who_should_start_it() {
    apigw("demo-function").exits(2).run().says(&["AWS_LAMBDA_RUNTIME_API", "apigw demo"]);
    let lonely = apigw("demo-function").env("AWS_LAMBDA_RUNTIME_API", "127.0.0.1:1").exits(4).run();
    assert_ne!(lonely.stderr(), "");
}
