"""Handlers run by the program's own bootstraps answer as with AWS's runtime interface clients, byte for byte but for
Node's stack frames; and TypeScript runs by the real tsx. Run by tests/clients/run, which has installed the clients."""

import json
import os
import re
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

from common import APIGW, Checks

PYTHON = '''
import decimal, json, logging, sys

def facts(event, context):
    known = [context.function_name, context.function_version, context.memory_limit_in_mb, context.aws_request_id]
    known += [context.log_group_name, context.log_stream_name, context.invoked_function_arn, context.client_context]
    known += [context.identity.cognito_identity_id, 0 < context.get_remaining_time_in_millis() <= 20000]
    return {"event": event, "known": known, "letters": "\\u00fc\\u4f60\\U0001f600", "float": 1.5, "nan": float("nan")}

def nothing(event, context): pass
def text(event, context): return "caf\\u00e9"
def lists(event, context): return [1, None, True, {"a": (1, 2)}, {1: 2}]
def raises(event, context):
    def inner():
        raise ValueError("caf\\u00e9 <b>\\n second")
    inner()
def chained(event, context):
    try:
        raises(event, context)
    except ValueError as error:
        raise RuntimeError() from error
class Own(Exception): pass
def own(event, context): raise Own("a", 1)
def sets(event, context): return {1}
def octets(event, context): return b"x"
def exact(event, context): return [decimal.Decimal("1.10"), {"d": decimal.Decimal("NaN")}, decimal.Decimal("1E+2"), b"x", {"b": b"caf\\xc3\\xa9"}]
def undecodable(event, context): return [b"\\xff"]
def circle(event, context):
    own = {}
    own["own"] = own
    return own
async def coroutine(event, context): return 1
def leaves(event, context): sys.exit(7)
'''

NODE = """
const text = 'caf\\u00e9 <b>\\n second';
exports.facts = async (event, context) => {
  const left = context.getRemainingTimeInMillis();
  const { functionName, functionVersion, memoryLimitInMB, awsRequestId, logGroupName, logStreamName } = context;
  const { invokedFunctionArn, clientContext, identity, callbackWaitsForEmptyEventLoop } = context;
  return { event, functionName, functionVersion, memoryLimitInMB, awsRequestId, logGroupName, logStreamName,
    invokedFunctionArn, clientContext, identity, callbackWaitsForEmptyEventLoop, left: left > 0 && left <= 20000 };
};
exports.nothing = async () => {};
exports.text = async () => text;
exports.odd = async () => [NaN, undefined, () => 1, new Date(0), new Map([[1, 2]]), Buffer.from('x'), { toJSON: () => 7 }];
exports.raises = async () => { throw new RangeError(text); };
exports.sync = () => { throw new TypeError('at once'); };
exports.string = async () => { throw 'str'; };
exports.object = async () => { throw { name: 'Own', message: 'm' }; };
exports.empty = async () => { throw null; };
exports.own = async () => { throw Object.assign(new Error('m'), { name: 'Own', code: 7 }); };
exports.circle = async () => { const own = {}; own.own = own; return own; };
exports.big = async () => 1n;
exports.back = (event, context, callback) => { callback(null, { a: 1 }); };
exports.backError = (event, context, callback) => { callback(new Error('back')); };
exports.backText = (event, context, callback) => { callback('only words'); };
exports.done = (event, context) => { context.done(null, 'done'); };
exports.succeed = (event, context) => { context.succeed({ a: 1 }); };
exports.fail = (event, context) => { context.fail(new Error('failed')); };
exports.value = () => 5;
exports.never = () => new Promise(() => {});
exports.later = (event, context, callback) => { callback(null, 1); setTimeout(() => {}, 100); };
exports.rejected = async () => { Promise.reject(new Error('alone')); await new Promise((done) => setTimeout(done, 500)); };
exports.uncaught = async () => { setTimeout(() => { throw new Error('alone'); }); await new Promise((done) => setTimeout(done, 500)); };
exports.leaves = async () => process.exit(7);
exports.constant = 5;
exports.inner = { handler: async () => 'inner' };
exports.stream = awslambda.streamifyResponse(async (event, stream) => {
  const answer = awslambda.HttpResponseStream.from(stream, { statusCode: 201, headers: { 'X-A': 'b' } });
  answer.write('one, ');
  answer.end('two');
});
exports.plainStream = awslambda.streamifyResponse(async (event, stream) => { stream.setContentType('a/b'); stream.end('x'); });
exports.half = awslambda.streamifyResponse(async (event, stream) => { stream.write('one'); throw new Error('half'); });
"""

FILES = {
    "js/app.js": NODE,
    "js/module.mjs": "export const handler = async () => typeof require;\n",
    "js/waits.mjs": "const a = await Promise.resolve(1);\nexport const handler = async () => a;\n",
    "js/needs.js": "require('nomod');\n",
    "js/broken.js": "exports.handler = (;\n",
    "js/raises.js": "throw new RangeError('x');\n",
    "app.py": PYTHON,
    "needs.py": "import nomod\n",
    "broken.py": "def handler(:\n",
    "raises.py": "raise KeyError('x')\n",
    "inner/app.py": "def handler(event, context): return __name__\n",
    "app.ts": "export const handler = async (event: { path: string }) => ({ statusCode: 200, body: event.path as string });\n",
}

HANDLERS = """app.facts app.nothing app.text app.lists app.raises app.chained app.own app.sets app.octets app.exact app.undecodable
app.circle app.coroutine app.leaves app.missing needs.handler broken.handler raises.handler
inner/app.handler inner.app.handler""".split()

NODE_HANDLERS = """app.facts app.nothing app.text app.odd app.raises app.sync app.string app.object app.empty app.own app.circle
app.big app.back app.backError app.backText app.done app.succeed app.fail app.value app.never app.later app.rejected
app.uncaught app.leaves app.constant app.missing app.inner.handler app.stream app.plainStream app.half
module.handler waits.handler needs.handler broken.handler raises.handler""".split()


def traceless(answer, client):
    """An error of Node without the frames and files that are the client's own."""
    exit_code, payload = answer
    try:
        result = json.loads(payload)
    except ValueError:
        return answer
    if isinstance(result, dict) and "trace" in result:
        result["trace"] = result["trace"][:1]
        own = str(Path(client, "dist", "index.mjs").resolve())
        result["errorMessage"] = re.sub(f"{re.escape(own)}|\\S+/\\[runtime\\]", "[runtime]", result["errorMessage"])
    return exit_code, result


def invoke(directory, handler, *flags):
    command = [APIGW, "invoke", "--handler", handler, "--timeout", "20", *flags]
    done = subprocess.run(command, capture_output=True, cwd=directory, check=False)
    return done.returncode, done.stdout


def main():
    checks = Checks()
    with tempfile.TemporaryDirectory() as directory:
        for name, content in FILES.items():
            path = Path(directory, name)
            path.parent.mkdir(exist_ok=True)
            path.write_text(content)
        # The same Python, once with the client and once without.
        bare = Path(directory, "bare")
        venv.create(bare, symlinks=True)
        for handler in HANDLERS:
            theirs = invoke(directory, handler, "--raw", "--runtime", sys.executable)
            ours = invoke(directory, handler, "--raw", "--runtime", str(bare / "bin" / "python"))
            checks.same(handler, ours, theirs)
        packages = Path(os.environ["CLIENTS_NODE"], "node_modules")
        nodejs = Path(directory, "js")
        own = Path(nodejs, "node_modules")
        own.mkdir()
        client = Path(packages, "aws-lambda-ric")
        for handler in NODE_HANDLERS if client.exists() else []:
            ours = traceless(invoke(nodejs, handler, "--raw", "--runtime", "nodejs"), client)
            own.joinpath("aws-lambda-ric").symlink_to(client)
            theirs = traceless(invoke(nodejs, handler, "--raw", "--runtime", "nodejs"), client)
            own.joinpath("aws-lambda-ric").unlink()
            checks.same(handler, ours, theirs)
        Path(directory, "node_modules").symlink_to(packages)
        checks.same("tsx", invoke(directory, "app.handler", "--path", "/x", "--runtime", "nodejs"), (0, b"/x"))
    return checks.end()


if __name__ == "__main__":
    sys.exit(main())
