//! `apigw invoke` with AWS's runtime crate on the other side: every way in which such a function ends.

use super::{Ran, apigw};

fn plain(handler: &str, flags: &str, exit: i32) -> Ran {
    let timeout = if flags.contains("--timeout") { "" } else { "--timeout 20" };
    apigw(&format!("invoke --bin [PLAIN] --env _HANDLER={handler} {timeout} {flags}")).exits(exit).run()
}

#[test]
fn the_crate_s_ends_are_told_apart() {
    for (handler, flags, words) in [
        ("error", "", ["failed with", "boom"]),
        ("panic", "", ["failed with", "Lambda panicked: boom"]),
        ("abort", "", ["Runtime.ExitError", "signal: aborted"]),
        ("exit-0", "", ["Runtime.ExitError", "Runtime exited without providing a reason"]),
        ("exit-9", "", ["Runtime.ExitError", "exit status 9"]),
        ("slow", "--timeout 0.4", ["Sandbox.Timedout", "Task timed out after 0.40 seconds"]),
        ("init-error", "", ["before it asked for its first event", "exit status 1"]),
        ("init-panic", "", ["no such table", "exit status 101"]),
        ("init-abort", "", ["before it asked for its first event", "signal: aborted"]),
        ("init-exit", "", ["before it asked for its first event", "exit status 0"]),
        // 6.1 MiB, and one byte too many.
        ("bytes-6396313", "", ["Function.ResponseSizeTooLarge", "6291556 bytes"]),
        ("bytes-6291557", "", ["Function.ResponseSizeTooLarge", "6291556 bytes"]),
    ] {
        let ran = plain(handler, flags, 3).says(&words);
        assert_eq!(ran.stdout(), r#"{"message": "Internal server error"}"#, "{handler}");
        ran.says(&["REST API answers 502"]);
    }
}

#[test]
fn six_megabytes_pass_to_the_byte() {
    for bytes in [5_900_000, 6_291_556] {
        let ran = plain(&format!("bytes-{bytes}"), "", 0);
        assert_eq!(ran.bytes().len(), bytes - r#"{"statusCode":200,"body":""}"#.len());
        assert!(ran.bytes().iter().all(|byte| *byte == b'x'));
        let raw = plain(&format!("bytes-{bytes}"), "--raw", 0);
        assert_eq!(raw.bytes().len(), bytes);
    }
}

#[test]
fn the_crate_s_streams_arrive_whole() {
    for parts in [0, 1, 5_900] {
        let ran = plain(&format!("stream-{parts}"), "--api url --streaming", 0);
        assert_eq!(ran.bytes().len(), parts * 1_000, "{parts}");
        assert!(ran.bytes().iter().all(|byte| *byte == b'x'));
    }
}

/// The crate sends a stream's error as a part of the stream, not behind it: so the caller reads it.
#[test]
fn the_crate_s_stream_that_breaks_off_is_passed_on_as_it_is() {
    let ran = plain("half", "--api url --streaming", 0);
    let told = "oneLambda-Runtime-Function-Error-Type: Runtime.StreamError\r\n";
    assert!(ran.stdout().starts_with(told), "{}", ran.transcript());
}
