"""AWS's own runtime interface clients of Python and Node as --bin: how their functions answer, fail, crash and stream.
Run by tests/clients/run, which has installed them."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from common import APIGW, Checks

PYTHON = """
import os, time

def ok(event, context): return {"statusCode": 201, "body": event["path"]}
def error(event, context): raise ValueError("boom")
def late(event, context): time.sleep(60)
def crash(event, context): os.abort()
def leave(event, context): os._exit(0)
def echo(event, context): return event
def large(event, context): return "x" * (int(os.environ["BYTES"]) - 2)
"""

NODE = """
export const ok = async (event) => ({ statusCode: 201, body: event.path });
export const error = async () => { throw new RangeError('boom'); };
export const late = () => new Promise((done) => setTimeout(done, 60000));
export const crash = async () => process.abort();
export const leave = async () => process.exit(0);
export const echo = async (event) => event;
export const large = async () => 'x'.repeat(process.env.BYTES - 2);
export const stream = awslambda.streamifyResponse(async (event, stream) => {
  const answer = awslambda.HttpResponseStream.from(stream, { statusCode: 201, headers: { 'x-a': 'b' } });
  for (let n = 0; n < 5900; n += 1) answer.write('x'.repeat(1000));
  answer.end();
});
export const half = awslambda.streamifyResponse(async (event, stream) => {
  stream.write('one');
  await new Promise((done) => setTimeout(done, 200));
  throw new Error('half');
});
"""

FILES = {
    "app.py": PYTHON,
    "raises.py": "raise KeyError('x')\n",
    "crashes.py": "import os\nos.abort()\n",
    "leaves.py": "import os\nos._exit(0)\n",
    "app.mjs": NODE,
    "raises.mjs": "throw new RangeError('x');\n",
    "crashes.mjs": "process.abort();\n",
    "leaves.mjs": "process.exit(0);\n",
}

RIC = Path(os.environ["CLIENTS_NODE"], "node_modules", "aws-lambda-ric", "bin", "index.mjs")
# The program that keeps functions warm.
CARGO_TOML = str(Path(__file__).parents[2] / "Cargo.toml")
MANY = ["cargo", "run", "--locked", "--quiet", "--manifest-path", CARGO_TOML, "--example", "many", "--"]
# A client: its program, its arguments before the handler, and the names of its own errors.
CLIENTS = {
    "awslambdaric": ([sys.executable, "-m", "awslambdaric"], {"error": "ValueError", "raises": "KeyError"}),
    "aws-lambda-ric": (["node", str(RIC)], {"error": "RangeError", "raises": "RangeError"}),
}
# How a handler ends, whatever the client.
ENDS = {
    "app.late": "Sandbox.Timedout",
    "app.crash": "Runtime.ExitError",
    "app.leave": "Runtime.ExitError",
    "crashes.handler": "Runtime.ExitError",
    "leaves.handler": "Runtime.ExitError",
}
MOST = 6_291_556


class Client:
    """One client in a directory with handlers."""

    def __init__(self, name, directory):
        self.words, self.errors = CLIENTS[name]
        self.name, self.directory = name, directory

    def invoke(self, handler, *flags, timeout=30):
        """Exit code and standard output."""
        program, *words = self.words
        command = [APIGW, "invoke", "--bin", program, "--timeout", str(timeout), "--path", "/x", *flags]
        done = subprocess.run([*command, "--", *words, handler], capture_output=True, cwd=self.directory, check=False)
        return done.returncode, done.stdout

    def failure(self, handler, *flags, timeout=30):
        """Exit code, and the error's name."""
        exit_code, output = self.invoke(handler, "--format", "json", *flags, timeout=timeout)
        return exit_code, json.loads(output)["results"][0].get("function_error", {}).get("error_type")

    def check(self, checks):
        def same(what, seen, wanted):
            checks.same(f"{self.name} {what}", seen, wanted)

        same("ok", self.invoke("app.ok"), (0, b"/x"))
        same("error", self.failure("app.error"), (3, self.errors["error"]))
        same("raises", self.failure("raises.handler"), (3, self.errors["raises"]))
        for handler, error in ENDS.items():
            limit = 2 if handler == "app.late" else 30
            same(handler, self.failure(handler, timeout=limit), (3, error))
        for size in [5_900_000, MOST]:
            exit_code, output = self.invoke("app.large", "--api", "http", "--raw", "--env", f"BYTES={size}")
            same(f"{size} bytes", (exit_code, len(output), output[:2]), (0, size, b'"x'))
        for size in [MOST + 1, 6_396_313]:
            answer = self.failure("app.large", "--env", f"BYTES={size}")
            same(f"{size} bytes", answer, (3, "Function.ResponseSizeTooLarge"))

    def many(self, checks, events, functions):
        """Warm events, in functions side by side."""
        command = [*MANY, str(events), str(functions), *self.words, "app.echo"]
        done = subprocess.run(command, capture_output=True, text=True, cwd=self.directory, check=False)
        wanted = f"{events} events answered by each of {functions}\n"
        checks.same(f"{self.name} {wanted.strip()}", (done.returncode, done.stdout), (0, wanted))
        if done.returncode:
            print(done.stderr[-2000:], file=sys.stderr)


def main():
    checks = Checks()
    if not RIC.exists():
        print("NOT CHECKED: aws-lambda-ric could not be built here; it needs CMake, Autoconf, Automake and Libtool")
        del CLIENTS["aws-lambda-ric"]
    with tempfile.TemporaryDirectory() as directory:
        for name, content in FILES.items():
            Path(directory, name).write_text(content)
        for name in CLIENTS:
            client = Client(name, directory)
            client.check(checks)
            client.many(checks, 1000, 1)
            client.many(checks, 5, 16)
        if "aws-lambda-ric" in CLIENTS:  # the one that streams
            streaming = ["--api", "url", "--streaming"]
            checks.same("a stream", client.invoke("app.stream", *streaming), (0, b"x" * 5_900_000))
            checks.same("half a stream", client.failure("app.half", *streaming), (3, "Error"))
    return checks.end()


if __name__ == "__main__":
    sys.exit(main())
