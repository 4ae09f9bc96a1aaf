//! The function's log: passed through, drawn, and in reports.

use super::{Run, apigw};
use serde_json::Value;

const PYTHON: &str = r#"
import logging
logger = logging.getLogger("mine")
def handler(event, context):
    logger.debug("quiet")
    logger.info("hello", extra={"user": "ada"})
    logger.warning({"left": 3})
    try:
        raise ValueError("odd")
    except ValueError:
        logger.exception("caught")
    print("printed")
    return {"statusCode": 200, "body": "done"}
def boom(event, context): raise KeyError("x")
"#;

const NODE: &str = r"
exports.handler = async () => {
  console.debug('quiet');
  console.log('hello %s', 'ada');
  console.warn({ left: 3 });
  console.error('caught', new RangeError('odd'));
  process.stdout.write('printed\n');
  return { statusCode: 200, body: 'done' };
};
exports.boom = async () => { throw new TypeError('x'); };
";

fn logging(line: &str) -> Run {
    apigw(&format!("invoke --timeout 20 {line}")).file("app.py", PYTHON).file("index.js", NODE)
}

/// The log in the report, where each line is JSON if it can be.
fn logs(line: &str, exit: i32) -> Vec<Value> {
    let report = logging(&format!("{line} --format json")).exits(exit).run().json();
    let lines = report["results"][0]["logs"].as_array().unwrap().clone();
    let read = |line: &Value| serde_json::from_str(line.as_str().unwrap()).unwrap_or(line.clone());
    lines.iter().map(read).collect()
}

#[test]
fn python_and_node_write_json_as_on_lambda() {
    let python = logs("--handler app.handler --log-format json", 0);
    let keys = |line: &Value| line.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(keys(&python[0]), ["timestamp", "level", "message", "logger", "requestId", "user"]);
    assert_eq!((&python[0]["message"], &python[0]["logger"]), (&"hello".into(), &"mine".into()));
    assert_eq!(python[1]["message"]["left"], 3);
    assert_eq!((&python[2]["errorType"], &python[2]["errorMessage"]), (&"ValueError".into(), &"odd".into()));
    assert!(python[2]["location"].as_str().unwrap().ends_with("app.py:handler:11"), "{python:?}");
    assert_eq!(python[3], "printed");
    let node = logs("--handler index.handler --log-format json", 0);
    assert_eq!(keys(&node[0]), ["timestamp", "level", "requestId", "message"]);
    assert_eq!((&node[0]["level"], &node[0]["message"]), (&"INFO".into(), &"hello ada".into()));
    assert_eq!(node[1]["message"]["left"], 3);
    assert_eq!((&node[2]["errorType"], &node[2]["errorMessage"]), (&"RangeError".into(), &"odd".into()));
    assert_eq!(node[3], "printed");
    for (handler, error_type) in [("app.boom", "KeyError"), ("index.boom", "TypeError")] {
        let line = logs(&format!("--handler {handler} --log-format json"), 3).remove(0);
        let error = if handler == "app.boom" { &line } else { &line["message"] };
        assert_eq!((&line["level"], &error["errorType"]), (&"ERROR".into(), &error_type.into()), "{line}");
        assert!(error["stackTrace"].is_array(), "{line}");
    }
}

#[test]
fn the_level_decides_what_is_logged() {
    for handler in ["app.handler", "index.handler"] {
        let count = |level: &str| logs(&format!("--handler {handler} --log-format json {level}"), 0).len();
        assert_eq!(
            (count("--log-level debug"), count(""), count("--log-level error")),
            (5, 4, 2),
            "{handler}"
        );
        let text = logging(&format!("--handler {handler} --log-level error")).run();
        assert!(!text.stderr().contains("hello"), "{}", text.transcript());
        text.says(&["caught", "printed"]);
    }
    logging("--handler app.handler --log-level loud")
        .exits(2)
        .run()
        .says(&["[possible values: trace, debug"]);
}

#[test]
fn lines_in_json_are_drawn_for_people() {
    let ran = logging("--handler app.handler --log-format json").run();
    let stderr = ran.stderr();
    let lines: Vec<_> =
        stderr.lines().map(|line| line.split_once("Z ").map_or(line, |(_, rest)| rest)).collect();
    assert_eq!(lines[0], "INFO  hello logger=mine user=ada", "{stderr}");
    assert_eq!(lines[1], "WARNING {\"left\":3} logger=mine", "{stderr}");
    assert!(
        lines[2].starts_with("ERROR caught logger=mine errorType=ValueError errorMessage=odd"),
        "{stderr}"
    );
    assert!(lines.contains(&"printed"), "{stderr}");
    assert_eq!(ran.stdout(), "done");
}

#[test]
fn the_log_is_in_the_report_and_on_standard_error() {
    let ran = apigw("invoke --bin [GREETING] --path /hello --format json").run();
    assert_eq!(ran.json()["results"][0]["logs"], Value::Array(Vec::new()));
    let failed =
        apigw("invoke --bin [UNRULY] --env _HANDLER=spawn-child-and-hang --timeout 0.3 --format json");
    let failed = failed.exits(3).run();
    let line = failed.json()["results"][0]["logs"][0].as_str().unwrap().to_owned();
    assert!(line.starts_with("grandchild "), "{line}");
    assert!(failed.stderr().starts_with(&line), "{}", failed.transcript());
}

/// Half a gigabyte would not fit into what is kept, and a grandchild keeps the pipe open.
#[test]
fn a_flood_of_logs_fills_no_memory_and_ends() {
    const FLOOD: &str = "import subprocess
def handler(event, context):
    subprocess.Popen(['sh', '-c', 'while :; do echo more; done'], start_new_session=False)
    line = 'x' * 999
    for number in range(60_000): print(line)
    print('last')
    return {'statusCode': 200}";
    let started = std::time::Instant::now();
    let run = apigw("invoke --handler app.handler --timeout 30 --format json").file("app.py", FLOOD);
    let report = run.run().json();
    let lines = report["results"][0]["logs"].as_array().unwrap().clone();
    let bytes: usize = lines.iter().map(|line| line.as_str().unwrap().len() + 1).sum();
    assert!((200_000..=256 * 1024).contains(&bytes), "{bytes}");
    assert!(started.elapsed().as_secs() < 40);
}
