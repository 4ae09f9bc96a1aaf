//! `apigw invoke --handler`: Python and Node functions from their files. Needs `python3` and `node`
//! on `PATH`; without them these tests fail.

use super::{Run, apigw};
use serde_json::{Value, json};

const PYTHON: &str = r#"
import asyncio, json, logging, os, sys
import helper

def lambda_handler(event, context):
    logging.warning("careful")
    print("printed")
    assert 0 < context.get_remaining_time_in_millis() <= 20000
    told = [context.function_name, context.memory_limit_in_mb, context.function_version, context.log_group_name]
    told += [context.aws_request_id, context.invoked_function_arn, context.client_context]
    told += [context.identity.cognito_identity_id, os.environ["_HANDLER"], helper.NAME]
    told += [os.getcwd() == os.environ["LAMBDA_TASK_ROOT"], os.environ["AWS_EXECUTION_ENV"][:18]]
    return {"statusCode": 200, "body": json.dumps({"path": event["path"], "told": told})}

def none(event, context): pass
def boom(event, context):
    raise ValueError("boom")
def sets(event, context): return {1, 2}
async def coroutine(event, context): return 1
def leaves(event, context): sys.exit(4)
"#;

const NODE: &str = r"
exports.handler = async (event, context) => {
  console.log('logged');
  const left = context.getRemainingTimeInMillis();
  if (!(left > 0 && left <= 20000)) throw new Error(`${left}`);
  const told = [context.functionName, context.memoryLimitInMB, context.functionVersion, context.logGroupName,
    context.awsRequestId, context.invokedFunctionArn, context.clientContext ?? null, null,
    process.env._HANDLER, require('./helper').NAME, process.cwd() === process.env.LAMBDA_TASK_ROOT,
    process.env.AWS_EXECUTION_ENV.slice(0, 17)];
  return { statusCode: 200, body: JSON.stringify({ path: event.path, told }) };
};
exports.text = 'text';
exports.boom = async () => { throw new TypeError('boom'); };
exports.sync = () => { throw new RangeError('at once'); };
exports.string = async () => { throw 'str'; };
exports.nothing = async () => undefined;
exports.never = () => new Promise(() => {});
exports.circular = async () => { const own = {}; own.own = own; return own; };
exports.rejected = async () => { Promise.reject(new Error('later')); await new Promise((done) => setTimeout(done, 500)); };
exports.uncaught = async () => { setTimeout(() => { throw new Error('alone'); }); await new Promise(() => setTimeout(() => {}, 500)); };
exports.stream = awslambda.streamifyResponse(async (event, stream) => {
  const answer = awslambda.HttpResponseStream.from(stream, { statusCode: 201, headers: { 'X-A': 'b' } });
  answer.write('one, ');
  answer.end('two');
});
exports.half = awslambda.streamifyResponse(async (event, stream) => { stream.write('one'); throw new Error('half'); });
exports.early = awslambda.streamifyResponse(async () => { throw new Error('early'); });
";

/// A directory with functions of both languages, and one of their ways to be called.
fn invoke(line: &str) -> Run {
    apigw(&format!("invoke --timeout 20 {line}"))
        .file("app.py", PYTHON)
        .file("helper.py", "NAME = 'helper'")
        .file("index.js", NODE)
        .file("helper.js", "exports.NAME = 'helper';")
        .file("needs.py", "import nomod")
        .file("needs_node.js", "require('nomod')")
        .file("broken.py", "def handler(:")
        .file("broken_node.js", "exports.handler = {")
        .file("raises.py", "raise KeyError('x')")
        .file("raises_node.js", "throw new Error('x')")
}

#[test]
fn a_handler_gets_what_lambda_tells_it() {
    for (handler, name, runtime) in
        [("app.lambda_handler", "app", "AWS_Lambda_python3"), ("index.handler", "index", "AWS_Lambda_nodejs")]
    {
        let ran = invoke(&format!("--handler {handler} --path /users")).run();
        let answer = ran.json();
        assert_eq!(answer["path"], "/users");
        let told = answer["told"].as_array().unwrap();
        let runtime_is = &runtime[..told[11].as_str().unwrap().len()];
        let arn = format!("arn:aws:lambda:us-east-1:123456789012:function:{name}");
        let group = format!("/aws/lambda/{name}");
        let id = told[4].as_str().unwrap().to_owned();
        assert_eq!(id.len(), 36, "{id}");
        let expected =
            json!([name, "128", "$LATEST", group, id, arn, null, null, handler, "helper", true, runtime_is]);
        assert_eq!(answer["told"], expected, "{handler}");
        let logs: &[&str] =
            if name == "app" { &["[WARNING]\t", "\tcareful", "printed"] } else { &["\tINFO\tlogged"] };
        let ran = ran.says(logs).says(&["REST API answers 200 OK"]);
        assert!(!ran.left().iter().any(|name| name.contains("cache")), "{:?}", ran.left());
    }
}

/// Handler, AWS's error type, and the message.
const FAILURES: &[(&str, &str, &str)] = &[
    ("app.boom", "ValueError", "boom"),
    (
        "app.sets",
        "Runtime.MarshalError",
        "Unable to marshal response: Object of type set is not JSON serializable",
    ),
    (
        "app.coroutine",
        "Runtime.MarshalError",
        "Unable to marshal response: Object of type coroutine is not JSON serializable",
    ),
    ("app.missing", "Runtime.HandlerNotFound", "Handler 'missing' missing on module 'app'"),
    (
        "needs.handler",
        "Runtime.ImportModuleError",
        "Unable to import module 'needs': No module named 'nomod'",
    ),
    (
        "broken.handler",
        "Runtime.UserCodeSyntaxError",
        "Syntax error in module 'broken': invalid syntax (broken.py, line 1)",
    ),
    ("raises.handler", "KeyError", "'x'"),
    ("index.boom", "TypeError", "boom"),
    ("index.sync", "RangeError", "at once"),
    ("index.string", "string", "str"),
    ("index.circular", "Error", "Unable to stringify response body"),
    ("index.rejected", "Runtime.UnhandledPromiseRejection", "Error: later"),
    ("index.uncaught", "Error", "alone"),
    ("index.early", "Error", "early"),
    ("index.missing", "Runtime.HandlerNotFound", "index.missing is undefined or not exported"),
    ("index.text", "Runtime.HandlerNotFound", "index.text is not a function"),
    (
        "needs_node.handler",
        "Runtime.ImportModuleError",
        "Error: Cannot find module 'nomod'\nRequire stack:\n",
    ),
    ("broken_node.handler", "Runtime.UserCodeSyntaxError", "SyntaxError: Unexpected end of input"),
    ("raises_node.handler", "Error", "x"),
];

#[test]
fn errors_have_the_shape_that_aws_s_runtimes_give_them() {
    for (handler, error_type, message) in FAILURES {
        let ran = invoke(&format!("--handler {handler} --format json")).exits(3).run();
        let report = ran.json();
        let result = &report["results"][0]["result"];
        assert_eq!(result["errorType"], *error_type, "{handler}: {}", ran.transcript());
        let told = result["errorMessage"].as_str().unwrap();
        assert!(
            told == *message || message.ends_with('\n') && told.starts_with(message),
            "{handler}: {told}"
        );
        assert_eq!(report["results"][0]["function_error"]["error_type"], *error_type, "{handler}");
        assert_eq!(report["results"][0]["response"]["status"], 502, "{handler}");
        let keys: Vec<_> = result.as_object().unwrap().keys().map(String::as_str).collect();
        let is_python = result.get("requestId").is_some();
        let of_aws: &[&str] = match is_python {
            true => &["errorMessage", "errorType", "requestId", "stackTrace"],
            false => &["errorType", "errorMessage", "trace"],
        };
        assert_eq!(keys, of_aws, "{handler}");
        let stack = result[of_aws[of_aws.len() - 1]].as_array().unwrap();
        assert!(stack.iter().all(Value::is_string), "{handler}");
        if is_python {
            let has_id = result["requestId"].as_str().is_some_and(|id| id.len() == 36);
            let initialised = ["app.boom", "app.sets", "app.coroutine"].contains(handler);
            assert_eq!(has_id, initialised, "{handler}");
        }
    }
    let report = invoke("--handler app.boom --format json").exits(3).run().json();
    let stack = report["results"][0]["result"]["stackTrace"][0].as_str().unwrap().to_owned();
    assert!(stack.ends_with("app.py\", line 17, in boom\n    raise ValueError(\"boom\")\n"), "{stack}");
}

#[test]
fn a_handler_that_ends_the_process_or_takes_too_long_fails_as_any_function() {
    invoke("--handler app.leaves").exits(3).run().says(&["Runtime.ExitError", "exit status 4"]);
    let slow = apigw("invoke --handler slow.handler --timeout 0.5");
    let slow = slow.file("slow.py", "import time\ndef handler(event, context): time.sleep(30)");
    slow.exits(3).run().says(&["Sandbox.Timedout", "0.50 s"]);
}

#[test]
fn no_result_is_null() {
    for handler in ["app.none", "index.nothing", "index.never"] {
        let ran = invoke(&format!("--handler {handler} --raw")).exits(1).run();
        assert_eq!(ran.stdout(), "null", "{handler}");
    }
}

#[test]
fn node_streams_its_answer() {
    let ran = invoke("--handler index.stream --api url --streaming -i").run();
    assert!(ran.stdout().starts_with("HTTP/1.1 201 Created"), "{}", ran.transcript());
    assert!(ran.stdout().ends_with("one, two"), "{}", ran.transcript());
    let report = invoke("--handler index.half --format json").exits(3).run().json();
    assert_eq!(report["results"][0]["function_error"]["error_message"], "half");
    assert_eq!(report["results"][0]["payload"], "one");
}

#[test]
fn callbacks_are_called_back_before_node_24() {
    const SOURCE: &str = "
        exports.answers = (event, context, done) => setTimeout(() => done(null, { statusCode: 201 }), 20);
        exports.waits = (event, context, done) => { setTimeout(() => console.log('late'), 50); done(null, 'x'); };
        exports.hurries = (event, context, done) => {
          context.callbackWaitsForEmptyEventLoop = false;
          setTimeout(() => console.log('late'), 20000);
          done(null, 'x');
        };
        exports.wordless = async () => { throw null; };
        exports.fails = (event, context, done) => done(new Error('no'));";
    let run = |name: &str, exit| {
        let line = format!("invoke --handler back.{name} --raw --timeout 10");
        apigw(&line).file("back.js", SOURCE).exits(exit).run()
    };
    if node_major() >= 24 {
        run("answers", 3).says(&["Runtime.CallbackHandlerDeprecated"]);
        return;
    }
    assert_eq!(run("answers", 0).stdout(), r#"{"statusCode":201}"#);
    assert_eq!(run("waits", 1).says(&["\tINFO\tlate"]).stdout(), r#""x""#);
    assert!(!run("hurries", 1).stderr().contains("late"));
    assert_eq!(run("fails", 3).json()["errorMessage"], "no");
    assert_eq!(run("wordless", 3).json()["errorMessage"], "handled");
}

#[test]
fn modules_are_found_as_lambda_finds_them() {
    const MODULE: &str = "export const handler = async () => ({ statusCode: 200, body: import.meta.url });";
    const PYTHON: &str = "def lambda_handler(event, context): return {'statusCode': 200, 'body': __file__}";
    for (handler, file, source) in [
        ("index.handler", "index.mjs", MODULE),
        ("index.mjs", "index.mjs", MODULE),
        ("src/index.handler", "src/index.mjs", MODULE),
        ("./src/index.handler", "src/index.mjs", MODULE),
        ("index.a.handler", "index.cjs", "exports.a = { handler: async () => ({ body: __filename }) };"),
        ("src/app.lambda_handler", "src/app.py", PYTHON),
        ("src.app.lambda_handler", "src/app.py", PYTHON),
        ("app.lambda_handler", "app/__init__.py", PYTHON),
        ("app.py", "app.py", PYTHON),
    ] {
        let ran = apigw(&format!("invoke --handler {handler}")).file(file, source).run();
        assert!(ran.stdout().ends_with(file), "{handler}: {}", ran.transcript());
    }
    let module = apigw("invoke --handler app.handler").file("package.json", r#"{"type": "module"}"#);
    assert!(module.file("app.js", MODULE).run().stdout().ends_with("app.js"));
}

#[test]
fn the_official_client_is_used_where_it_is_installed() {
    let python = apigw("invoke --handler app.lambda_handler")
        .file("app.py", "")
        .file("awslambdaric/__init__.py", "")
        .file("awslambdaric/__main__.py", "import sys; print('client for', sys.argv[1:]); sys.exit(9)");
    python.exits(3).run().says(&["client for ['app.lambda_handler']", "exit status 9"]);
    let node = apigw("invoke --handler index.handler")
        .file("index.js", "")
        .file("node_modules/aws-lambda-ric/package.json", "{}")
        .file(
            "node_modules/aws-lambda-ric/bin/index.mjs",
            "console.log('client for', process.argv[2]); process.exit(9)",
        );
    node.exits(3).run().says(&["client for index.handler", "exit status 9"]);
}

#[test]
fn a_runtime_can_be_named() {
    let both = |flags: &str| {
        apigw(&format!("invoke --handler app.handler {flags}"))
            .file("app.py", "def handler(event, context): return {'statusCode': 200, 'body': 'python'}")
            .file("app.js", "exports.handler = async () => ({ statusCode: 200, body: 'node' });")
    };
    both("").exits(2).run().says(&["app.py or app.js", "--runtime python3"]);
    assert_eq!(both("--runtime python3").run().stdout(), "python");
    assert_eq!(both("--runtime nodejs").run().stdout(), "node");
    both("--runtime ruby3.3").exits(2).run().says(&["--runtime `ruby3.3`", "python3.12, nodejs22"]);
    both("--runtime python3.99").exits(2).run().says(&[
        "no Python 3.99",
        "python3.99 is not on PATH",
        "python3 is 3.",
    ]);
    both("--runtime nodejs99").exits(2).run().says(&["no Node 99", "node is "]);
    both("--runtime /no/such/python3").exits(2).run().says(&["/no/such/python3 is not there"]);
    both("--env _HANDLER=x --runtime node").exits(2).run().says(&["--env _HANDLER", "--handler"]);
    let nowhere = both("--runtime nodejs").env("PATH", "/nonexistent").exits(2).run();
    nowhere.says(&["no Node to run it", "node is not on PATH", "Install it", "--runtime"]);
    apigw("invoke --bin x --runtime node").exits(2).run().says(&["--runtime", "cannot be used with"]);
}

#[test]
fn a_handler_that_is_not_there_is_told_before_anything_starts() {
    let run = |handler: &str| apigw(&format!("invoke --handler {handler}")).exits(2).run();
    run("app.handler").says(&[
        "no file for `app.handler`",
        "app.py",
        "app.js",
        "app.mjs",
        "app.cjs",
        "app.ts",
    ]);
    run("app").says(&["`app` names no function", "app.lambda_handler"]);
    run("src/app").says(&["names no function"]);
    run("../app.handler").says(&["leads out of this directory"]);
}

#[test]
fn typescript_is_run_by_an_installed_tsx() {
    // What tsx is to Node: a module that is imported first, and reads `.ts` files from then on.
    const LOADER: &str = "
        import { register } from 'node:module';
        const hook = `export const load = (url, context, next) => url.endsWith('.ts')
          ? { format: 'module', shortCircuit: true, source: 'export const handler = async () => ({ body: \"ts\" })' }
          : next(url, context);`;
        register(`data:text/javascript,${encodeURIComponent(hook)}`);";
    let run = |line: &str| {
        apigw(line).file("src/app.ts", "export const handler = async (): Promise<object> => ({});")
    };
    let node = std::process::Command::new("node").args(["-p", "process.execPath"]).output().unwrap().stdout;
    let node = String::from_utf8(node).unwrap();
    let installed = run("invoke --handler src/app.handler")
        .file("node_modules/tsx/package.json", "{}")
        .file("node_modules/tsx/dist/loader.mjs", LOADER);
    assert_eq!(installed.run().stdout(), "ts");
    let line = format!("invoke --handler src/app.handler --runtime {}", node.trim());
    if node_major() >= 24 {
        return;
    }
    let missing = run(&line).env("PATH", "/nonexistent").exits(2).run();
    missing.says(&["src/app.ts is TypeScript", "npm install --save-dev tsx"]);
}

/// The version of the `node` on `PATH`.
fn node_major() -> u32 {
    let version = std::process::Command::new("node").arg("--version").output().unwrap().stdout;
    let version = String::from_utf8(version).unwrap();
    version.trim_start_matches('v').split('.').next().unwrap().parse().unwrap()
}

#[test]
fn python_s_bytes_and_decimals_are_written_as_on_lambda() {
    const SOURCE: &str = "
from decimal import Decimal
def decimals(event, context): return [Decimal('1.10'), Decimal('1E+2'), {'b': b'x'}]
def octets(event, context): return b'as it is'
";
    let run = |name: &str| {
        apigw(&format!("invoke --handler app.{name} --raw")).file("app.py", SOURCE).exits(1).run()
    };
    assert_eq!(run("decimals").stdout(), r#"[1.10, 1E+2, {"b": "x"}]"#);
    assert_eq!(run("octets").stdout(), "as it is");
}
