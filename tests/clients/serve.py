"""APIs that apigw serves, met by requests and wrk, and its Invoke API by botocore."""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import requests
from botocore.config import Config
from botocore.session import Session

from common import APIGW, Checks

HANDLERS = '''
import base64, hashlib, json, os, time

def echo(event, context):
    if event["rawPath"] == "/redirect":
        return {"statusCode": 302, "headers": {"location": "/echo?from=redirect"}, "cookies": ["seen=1; Path=/", "b=2; Path=/"]}
    if event["rawPath"] == "/bytes":
        return {"statusCode": 200, "headers": {"content-type": "image/png"}, "isBase64Encoded": True,
                "body": base64.b64encode(bytes(range(256)) * 1000).decode()}
    body = event.get("body") or ""
    raw = base64.b64decode(body) if event["isBase64Encoded"] else body.encode()
    told = {"method": event["requestContext"]["http"]["method"], "query": event["rawQueryString"],
            "cookies": event.get("cookies", []), "length": len(raw), "sha": hashlib.sha256(raw).hexdigest()}
    return {"statusCode": 200, "headers": {"content-type": "application/json"}, "body": json.dumps(told)}

def work(event, context):
    if event.get("fail"):
        raise ValueError("no such thing")
    if "mark" in event:
        open(event["mark"], "w").write(context.aws_request_id)
    return {"got": event, "arn": context.invoked_function_arn}
'''

# A function URL that streams, for pages of one origin.
TEMPLATE = {
    "Transform": "AWS::Serverless-2016-10-31",
    "Resources": {
        "Stream": {
            "Type": "AWS::Serverless::Function",
            "Properties": {
                "Handler": "bootstrap",
                "Runtime": "provided.al2023",
                "FunctionUrlConfig": {
                    "AuthType": "NONE",
                    "InvokeMode": "RESPONSE_STREAM",
                    "Cors": {"AllowOrigins": ["https://page.example"], "AllowMethods": ["POST"], "AllowHeaders": ["x-own"], "MaxAge": 60},
                },
            },
        }
    },
}


class Server:
    """A server in a directory with the handlers, until it is closed."""

    def __init__(self, directory, words):
        Path(directory, "handlers.py").write_text(HANDLERS)
        self.child = subprocess.Popen(
            [APIGW, "serve", "--port", "0", "--no-inspect", *words],
            cwd=directory,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.url = re.match(r"(http://[^/\s]+)", self.child.stderr.readline())[1]
        self.said = []
        threading.Thread(target=lambda: self.said.extend(self.child.stderr), daemon=True).start()

    def close(self):
        self.child.terminate()
        return self.child.wait(10)


def sha(data):
    return hashlib.sha256(data).hexdigest()


def with_requests(url, checks):
    with requests.Session() as session:
        connections = set()
        for number in range(50):
            answer = session.get(f"{url}/echo", params={"n": [number, "ü &"]}, stream=True)
            connections.add(answer.raw.connection.sock.getsockname() if answer.raw.connection.sock else None)
            checks.same("query", answer.json()["query"], f"n={number}&n=%C3%BC+%26")
        checks.same("one connection for all", len(connections), 1)
        data = os.urandom(1_000_000)
        told = session.put(f"{url}/echo", data=data).json()
        checks.same("binary", (told["length"], told["sha"]), (len(data), sha(data)))
        pieces = [os.urandom(size) for size in [1, 65_536, 3, 100_000]]
        told = session.post(f"{url}/echo", data=iter(pieces)).json()
        checks.same("in chunks", (told["length"], told["sha"]), (sum(map(len, pieces)), sha(b"".join(pieces))))
        answer = session.get(f"{url}/bytes")
        checks.same("answered bytes", answer.content == bytes(range(256)) * 1000, True)
        answer = session.get(f"{url}/redirect")
        checks.same("redirected", [own.status_code for own in [*answer.history, answer]], [302, 200])
        checks.same("cookies", sorted(answer.json()["cookies"]), ["b=2", "seen=1"])
        checks.same("no route", session.delete(f"{url}/nowhere").status_code, 404)
        answer = session.head(f"{url}/echo")
        checks.same("HEAD", (answer.status_code, answer.content), (200, b""))
        answer = session.post(f"{url}/echo", data=b"x" * 10_485_761)
        checks.same("too large", answer.status_code, 413)
        checks.same("after it", session.get(f"{url}/echo").status_code, 200)
        answer = session.get(f"{url}/echo", headers={"a": "v" * 11_000})
        checks.same("too long a head", answer.status_code, 431)


def with_botocore(url, checks, directory):
    config = Config(retries={"total_max_attempts": 1})
    keys = {"aws_access_key_id": "local", "aws_secret_access_key": "local", "region_name": "us-east-1"}
    api = Session().create_client("lambda", endpoint_url=url, config=config, **keys)
    answer = api.invoke(FunctionName="handlers", Payload=json.dumps({"n": "ü"}))
    told = json.load(answer["Payload"])
    checks.same("success", (answer["StatusCode"], answer.get("FunctionError"), told["got"]), (200, None, {"n": "ü"}))
    checks.same("version", answer["ExecutedVersion"], "$LATEST")
    answer = api.invoke(FunctionName=told["arn"], Payload=b"{}")
    checks.same("by its ARN", json.load(answer["Payload"])["arn"], told["arn"])
    answer = api.invoke(FunctionName="handlers", Payload=b'{"fail": true}')
    told = json.load(answer["Payload"])
    checks.same("function error", (answer["FunctionError"], told["errorType"]), ("Unhandled", "ValueError"))
    mark = Path(directory, "mark")
    answer = api.invoke(FunctionName="handlers", InvocationType="Event", Payload=json.dumps({"mark": str(mark)}))
    checks.same("accepted", (answer["StatusCode"], answer["Payload"].read()), (202, b""))
    waited = time.monotonic()
    while not mark.exists() and time.monotonic() < waited + 20:
        time.sleep(0.02)
    checks.same("invoked later", mark.exists(), True)
    answer = api.invoke(FunctionName="handlers", InvocationType="DryRun")
    checks.same("dry run", answer["StatusCode"], 204)
    try:
        api.invoke(FunctionName="nobody")
        checks.same("not found", "found", "not found")
    except api.exceptions.ResourceNotFoundException as error:
        checks.same("not found", error.response["ResponseMetadata"]["HTTPStatusCode"], 404)


def with_wrk(url, checks):
    """Three seconds at 16 connections: every answer is a good one."""
    if not shutil.which("wrk"):
        sys.exit("wrk is missing: apt-get install wrk")
    done = subprocess.run(
        ["wrk", "-t1", "-c16", "-d3s", "--latency", f"{url}/hello?name=wrk"], capture_output=True, text=True, check=True
    )
    requests_made = re.search(r"(\d+) requests in", done.stdout)
    checks.same("wrk made requests", bool(requests_made) and int(requests_made[1]) > 100, True)
    for words in ["Socket errors", "Non-2xx"]:
        checks.same(f"wrk: {words}", [line for line in done.stdout.splitlines() if words in line], [])


def node(url, checks):
    done = subprocess.run(["node", str(Path(__file__).parent / "serve.mjs"), url], timeout=120)
    checks.same("Node's fetch", done.returncode, 0)


def main(examples):
    checks = Checks()
    with tempfile.TemporaryDirectory() as directory:
        routes = ["ANY /echo=handlers.echo", "GET /redirect=handlers.echo", "GET /bytes=handlers.echo"]
        routes += [f"GET /hello={examples}/greeting"]
        words = [word for route in routes for word in ["--route", route]]
        server = Server(directory, [*words, "--timeout", "20"])
        try:
            with_requests(server.url, checks)
            with_wrk(server.url, checks)
        finally:
            checks.same("ends", server.close(), 130)
        server = Server(directory, ["--route", "$default=handlers.work"])
        try:
            with_botocore(server.url, checks, directory)
        finally:
            checks.same("ends", server.close(), 130)
        template = Path(directory, "template.json")
        template.write_text(json.dumps(TEMPLATE))
        server = Server(directory, [str(template), "--function", f"Stream={examples}/streamer", "--timeout", "20"])
        try:
            node(server.url, checks)
        finally:
            checks.same("ends", server.close(), 130)
    return checks.end()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve()))
