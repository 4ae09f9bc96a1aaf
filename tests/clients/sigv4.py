"""Random requests signed by apigw and by botocore: the same signature, byte for byte, of what apigw sends.

Usage: sigv4.py SIGN_LINES, the example of that name."""

import base64
import datetime
import json
import random
import string
import subprocess
import sys
from urllib.parse import parse_qsl, unquote_to_bytes, urlsplit

import botocore.auth
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from common import Checks

COUNT = 10_000
AWKWARD = list("*'()+~!@$,;:=/.-_ %[]{}|\\^`\"<>") + ["/./", "/../", "%2F", "%2f", "%7E", "%20", "%25", "%2B", "é", "☕", "%C3%A9", "//"]
NAMES = ["X-A", "x-a", "Accept", "Content-Type", "User-Agent", "X-Amzn-Trace-Id", "Cookie", "Host", "Connection"]


def text(choose, longest, without=""):
    letters = [letter for letter in AWKWARD if not set(letter) & set(without)]
    pick = lambda: choose.choice(letters if choose.random() < 0.4 else string.ascii_letters + string.digits)
    return "".join(pick() for _ in range(choose.randint(0, longest)))


def query(choose):
    pieces = []
    for _ in range(choose.randint(0, 5)):
        name = text(choose, 4, "#&=")
        pieces.append(choose.choice([name, f"{name}=", f"{name}={text(choose, 6, '#&')}", choose.choice(["a=1", "a=2", "a"])]))
    return choose.choice([None, "&".join(pieces), "&".join(pieces)])


def header(choose):
    name = choose.choice(NAMES)
    value = choose.choice(["api.example.com", "a.b:8443"]) if name == "Host" else choose.choice(
        ["", "a", " a  b   c ", "text/plain; charset=utf-8", "a=1; b=2", "*/*", '"x  y"']
    )
    return [name, value]


def request(choose):
    hosts = ["a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com", "api.example.com:8443", "localhost:443", "[::1]:3000"]
    headers = [header(choose) for _ in range(choose.randint(0, 5))]
    one_host = [own for own in headers if own[0] == "Host"][:1]
    return {
        "keys": ["AKIDEXAMPLE", text(choose, 40), choose.choice([None, "FwoG/token+=="])],
        "region": choose.choice(["eu-west-1", "us-east-1", "cn-north-1"]),
        "service": "execute-api" if choose.random() < 0.8 else "lambda",
        "at": choose.randrange(1_000_000_000, 2_000_000_000),
        "base": choose.choice(["https://", "http://"]) + choose.choice(hosts),
        "method": choose.choice(["GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD"]),
        "path": "/" + "/".join(text(choose, 6, "#?") for _ in range(choose.randint(0, 4))),
        "query": query(choose),
        "headers": [own for own in headers if own[0] != "Host"] + one_host,
        "body": base64.b64encode(choose.randbytes(choose.choice([0, 0, 1, 50, 3000]))).decode(),
    }


def is_utf8(raw):
    try:
        unquote_to_bytes(raw or "").decode()
        return True
    except UnicodeDecodeError:
        return False


def without_dots(path):
    """A path without its segments . and .., as a URL keeps it (RFC 3986, 5.2.4)."""
    kept = []
    segments = path.split("/")[1:]
    for at, segment in enumerate(segments):
        if segment in (".", ".."):
            kept = kept[:-1] if segment == ".." else kept
            kept += [""] if at == len(segments) - 1 else []
        else:
            kept.append(segment)
    return "/" + "/".join(kept)


def botocore_signs(asked, sent):
    """The header fields that botocore adds to what is sent."""
    at = datetime.datetime.fromtimestamp(asked["at"], datetime.timezone.utc)
    botocore.auth.get_current_datetime = lambda *_, **__: at
    own = AWSRequest(method=asked["method"], url=asked["base"] + sent["target"], data=base64.b64decode(asked["body"]))
    for name, value in asked["headers"]:
        own.headers.add_header(name, value)
    SigV4Auth(Credentials(*asked["keys"]), asked["service"], asked["region"]).add_auth(own)
    return own.headers


def means(target):
    """What a target means: its path, and the pairs of its query."""
    parts = urlsplit("http://h" + target)
    path = without_dots(parts.path)
    return path.count("/"), unquote_to_bytes(path), parse_qsl(parts.query, keep_blank_values=True)


def main():
    choose, checks = random.Random(20150830), Checks()
    requests = [request(choose) for _ in range(COUNT)]
    lines = "".join(json.dumps(asked) + "\n" for asked in requests)
    done = subprocess.run([sys.argv[1]], input=lines, capture_output=True, text=True, check=True)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    checks.same("answers", len(answers), COUNT)
    for asked, sent in zip(requests, answers):
        shown = f"{asked['method']} {asked['base']}{asked['path']}?{asked['query']}"
        if "error" in sent:
            checks.same(f"{shown}: {sent['error']}", is_utf8(asked["query"]), False)
            continue
        ours = {name.lower(): value for name, value in sent["headers"]}
        theirs = botocore_signs(asked, sent)
        for name in ("Authorization", "X-Amz-Date", "X-Amz-Security-Token"):
            checks.same(f"{shown} {name}", ours.get(name.lower()), theirs.get(name))
        typed = asked["path"] + ("" if asked["query"] is None else "?" + asked["query"])
        checks.same(f"{shown} means", means(sent["target"]), means(typed))
    return checks.end()


if __name__ == "__main__":
    sys.exit(main())
