"""What every Python client shares: the requests, their events, and the comparison."""

import base64
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import parse_qsl, unquote

APIGW = os.environ["APIGW"]
REQUESTS = json.loads((Path(__file__).parent / "requests.json").read_text())
# Kinds that take binary bodies only if the API names their type.
REST_BINARY = ["--binary-media-type", "application/octet-stream"]


def body_of(request):
    if "body_base64" in request:
        return base64.b64decode(request["body_base64"])
    return request.get("body", "").encode()


def event(flavor, request, *more):
    """The event that apigw makes of a request, as a parsed object."""
    query = f"?{request['query']}" if "query" in request else ""
    words = ["event", "gen", f"{flavor}-{request['method'].lower()}", "--path", request["path"] + query]
    for name, value in request["headers"]:
        words += ["-H", f"{name}: {value}"]
    for cookie in request.get("cookies", []):
        words += ["-b", cookie]
    if flavor == "rest":
        words += REST_BINARY
    with tempfile.NamedTemporaryFile() as file:
        if body_of(request):
            file.write(body_of(request))
            file.flush()
            words += ["--data-binary", f"@{file.name}"]
        done = subprocess.run([APIGW, *words, *more], capture_output=True, check=False)
    if done.returncode:
        sys.exit(f"apigw {' '.join(words)}: {done.stderr.decode()}")
    return json.loads(done.stdout)


def of_kind(kind):
    """The event of a kind without further flags."""
    done = subprocess.run([APIGW, "event", "gen", kind], capture_output=True, check=True)
    return json.loads(done.stdout)


def expected(request, flavor):
    """What an application behind that front end can see of a request."""
    pairs = parse_qsl(request.get("query", ""), keep_blank_values=True)
    query = {}
    for name, value in pairs:
        query.setdefault(name, []).append(value)
    if flavor == "alb":  # one value a name: the last
        query = {name: values[-1:] for name, values in query.items()}
    return {
        "method": request["method"],
        "path": unquote(request["path"]),
        "query": query,
        "headers": {name.lower(): value for name, value in request["headers"]},
        "cookies": sorted(request.get("cookies", [])),
        "body": body_of(request),
    }


class Checks:
    """Counts comparisons, and tells every one that fails."""

    def __init__(self):
        self.passed, self.failed = 0, []

    def same(self, what, seen, wanted):
        if seen == wanted:
            self.passed += 1
        else:
            self.failed.append(f"{what}: saw {seen!r}, wanted {wanted!r}")

    def request(self, what, seen, wanted):
        """Compares all that `seen` tells; of the headers, those that the client sent."""
        for part, value in wanted.items():
            if part not in seen:
                continue
            own = seen[part]
            if part == "headers":
                own = {name: own.get(name) for name in value}
            self.same(f"{what} {part}", own, value)

    def end(self):
        for line in self.failed:
            print("FAILED", line)
        print(f"{self.passed} passed, {len(self.failed)} failed")
        return 1 if self.failed or not self.passed else 0
