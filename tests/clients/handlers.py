"""Handlers run by the program's own bootstrap answer as with AWS's runtime interface client, byte for byte; and
TypeScript runs by the real tsx. Run by tests/clients/run, whose Python has the client."""

import os
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

FILES = {
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
        Path(directory, "node_modules").symlink_to(Path(os.environ["CLIENTS_NODE"], "node_modules"))
        checks.same("tsx", invoke(directory, "app.handler", "--path", "/x", "--runtime", "nodejs"), (0, b"/x"))
    return checks.end()


if __name__ == "__main__":
    sys.exit(main())
