"""A WebSocket API that apigw serves, met by the client `websockets`, by botocore from outside and by botocore in functions."""

import os
import re
import subprocess
import sys
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from botocore.config import Config
from botocore.session import Session
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from common import APIGW, Checks

HANDLERS = '''
import json
from botocore.session import Session

# Where the API is, botocore finds out by itself.
client = Session().create_client("apigatewaymanagementapi")

def id_of(event):
    return event["requestContext"]["connectionId"]

def on_connect(event, context):
    query = event.get("queryStringParameters") or {}
    if query.get("token") == "wrong":
        return {"statusCode": 403, "body": "not you"}
    try:
        client.post_to_connection(ConnectionId=id_of(event), Data=b"too early")
    except client.exceptions.GoneException:
        offered = event["headers"].get("Sec-WebSocket-Protocol")
        headers = {"Sec-WebSocket-Protocol": offered.split(", ")[-1]} if offered else {}
        return {"statusCode": 200, "headers": headers}
    return {"statusCode": 500}

def on_send(event, context):
    client.post_to_connection(ConnectionId=id_of(event), Data=json.loads(event["body"])["data"].encode())
    return {"statusCode": 200}

def on_id(event, context):
    return {"statusCode": 200, "body": id_of(event)}
'''

ROUTES = ["$connect=chat.on_connect", "send=chat.on_send", "id=chat.on_id"]


class Server:
    """A server in a directory with the handlers, until it is closed."""

    def __init__(self, directory):
        Path(directory, "chat.py").write_text(HANDLERS)
        words = [APIGW, "serve", "--port", "0", "--api", "websocket", "--route-response", "id", "--timeout", "20"]
        for route in ROUTES:
            words += ["--route", route]
        for name in ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"]:
            words += ["--env", f"{name}=local"]
        # Functions run with this interpreter, which has botocore.
        path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
        self.child = subprocess.Popen(
            words, cwd=directory, env={**os.environ, "PATH": path}, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
        )
        first = self.child.stderr.readline()
        self.url = re.match(r"(ws://\S+) serves a WebSocket API", first)[1]
        self.said = []
        threading.Thread(target=lambda: self.said.extend(self.child.stderr), daemon=True).start()

    def close(self):
        self.child.terminate()
        self.child.wait(10)


def closed(client, messages):
    """The code with which the server closes the connection after these messages."""
    try:
        for message in messages:
            client.send(message)
        client.recv(timeout=10)
    except ConnectionClosed as error:
        return error.rcvd.code if error.rcvd else None
    return "open"


def moments(url, checks):
    with connect(url, subprotocols=["chat1", "chat2"], user_agent_header="client/1") as client:
        checks.same("subprotocol", client.subprotocol, "chat2")
        client.send('{"action": "send", "data": "h\\u00e9llo"}')
        checks.same("posted by the function", client.recv(timeout=20), "héllo")
        client.send("nothing that a route takes")
        checks.same("no route", '"message": "Forbidden"' in client.recv(timeout=10), True)
        checks.same("ping", client.ping().wait(10), True)
    try:
        connect(f"{url}?token=wrong")
        checks.same("refused", "let in", 403)
    except InvalidStatus as error:
        checks.same("refused", (error.response.status_code, error.response.body), (403, b"not you"))


def limits(url, checks):
    cases = [
        ("a frame over 32 KB", ["x" * (32 * 1024 + 1)], 1009),
        ("a message over 128 KB", [["x" * 32 * 1024] * 4 + ["x"]], 1009),
        ("binary", [b"\x00"], 1003),
    ]
    for what, messages, code in cases:
        with connect(url) as client:
            checks.same(what, closed(client, messages), code)


def management(url, checks):
    endpoint = url.replace("ws://", "http://")
    config = Config(retries={"total_max_attempts": 1})
    keys = {"aws_access_key_id": "local", "aws_secret_access_key": "local", "region_name": "us-east-1"}
    api = Session().create_client("apigatewaymanagementapi", endpoint_url=endpoint, config=config, **keys)
    with connect(url, user_agent_header="client/1") as client:
        client.send('{"action": "id"}')
        known = client.recv(timeout=20)
        large = "x" * 128 * 1024
        for text in ["hello", large, "ü" * 1000]:
            api.post_to_connection(ConnectionId=known, Data=text.encode())
            checks.same("posted from outside", client.recv(timeout=10), text)
        told = api.get_connection(ConnectionId=known)
        checks.same("identity", told["Identity"], {"SourceIp": "127.0.0.1", "UserAgent": "client/1"})
        checks.same("times", told["ConnectedAt"] <= told["LastActiveAt"], True)
        try:
            api.post_to_connection(ConnectionId=known, Data=b"x" * (128 * 1024 + 1))
            checks.same("too large", "sent", "refused")
        except api.exceptions.PayloadTooLargeException as error:
            checks.same("too large", error.response["ResponseMetadata"]["HTTPStatusCode"], 413)
        done = api.delete_connection(ConnectionId=known)
        checks.same("deleted", done["ResponseMetadata"]["HTTPStatusCode"], 204)
        checks.same("closed", closed(client, []), 1000)
    for what in [api.post_to_connection, api.get_connection, api.delete_connection]:
        data = {"Data": b"x"} if what == api.post_to_connection else {}
        try:
            what(ConnectionId=known, **data)
            checks.same("gone", "there", "gone")
        except api.exceptions.GoneException as error:
            checks.same("gone", error.response["ResponseMetadata"]["HTTPStatusCode"], 410)


def many(url, checks):
    def talk(number):
        with connect(url) as client:
            client.send('{"action": "send", "data": "%d"}' % number)
            return client.recv(timeout=30)

    with ThreadPoolExecutor(20) as pool:
        checks.same("many at once", list(pool.map(talk, range(100))), [str(number) for number in range(100)])


def main():
    checks = Checks()
    with tempfile.TemporaryDirectory() as directory:
        server = Server(directory)
        try:
            for part in [moments, limits, management, many]:
                part(server.url, checks)
        finally:
            server.close()
    code = checks.end()
    if code:
        print("".join(server.said[-20:]))
    return code


if __name__ == "__main__":
    sys.exit(main())
