"""Requests that `apigw invoke --url --sign` sends to an emulator of AWS with authentication switched on: signed ones
get through, others do not."""

import json
import logging
import os
import urllib.error
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from moto.iam.access_control import IAMRequestBase
from moto.server import ThreadedMotoServer

from live import ACCOUNT, REGION, World, apigw, as_it_came, client

JSON = "content-type: application/json"
POLICY = "/2015-03-31/functions/users/policy"
FUNCTION = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:users"


class Between(BaseHTTPRequestHandler):
    """A proxy that passes everything on, and changes what `tampered` says on the way."""

    base = tampered = None

    def do_GET(self):
        length = int(self.headers.get("content-length") or 0)
        headers = {name: value for name, value in self.headers.items() if name.lower() != "content-length"}
        path, headers, body = type(self).tampered(self.path, headers, self.rfile.read(length))
        asked = urllib.request.Request(self.base + path, data=body or None, headers=headers, method=self.command)
        try:
            answer = urllib.request.urlopen(asked)
        except urllib.error.HTTPError as error:
            answer = error
        body = answer.read()
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            if name.lower() not in ("content-length", "transfer-encoding", "connection", "server", "date"):
                self.send_header(name, value)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_PUT = do_GET

    def log_message(self, *_):
        pass


def proxy(base, tampered):
    handler = type("Tampering", (Between,), {"base": base, "tampered": staticmethod(tampered)})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}"


def user(base, name, actions):
    """The environment of an IAM user who may do that."""
    iam = client(base, "iam")
    iam.create_user(UserName=name)
    statement = {"Effect": "Allow", "Action": actions, "Resource": "*"}
    policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    iam.put_user_policy(UserName=name, PolicyName="p", PolicyDocument=policy)
    key = iam.create_access_key(UserName=name)["AccessKey"]
    return {
        "PATH": os.environ["PATH"],
        "HOME": "/nowhere",
        "AWS_ACCESS_KEY_ID": key["AccessKeyId"],
        "AWS_SECRET_ACCESS_KEY": key["SecretAccessKey"],
    }


def sends(base, path, env, *words, service="lambda"):
    """The status, the body, and who answered, as far as the program can tell."""
    words = ("--url", base + path, "--format", "json", "--region", REGION, "--service", service, *words)
    [row] = json.loads(apigw(base, *words, command=("invoke",), env=env).stdout)["results"]
    causes = row.get("answered_by", {}).get("causes")
    return row["response"]["status"], row["response"]["body"], causes


def signed_requests_get_through(base, reader):
    for path, words in (
        (POLICY, ()),
        (f"/2015-03-31/functions/{FUNCTION}/policy", ()),
        ("/2015-03-31/functions", ("--path", "/%75sers/policy")),
        (f"{POLICY}?b=2&a=$LATEST&flag&&a=", ("--query", "awkward=a b+c*d~e(é)'%/=&", "--query", "a=1")),
    ):
        status, body, causes = sends(base, path, reader, "--sign", *words)
        assert (status, causes) == (200, None) and "users" in body, (path, status, body)
    tags = json.dumps({"Tags": {"name": "grüße"}})
    status, body, _ = sends(base, f"/2017-03-31/tags/{FUNCTION}", reader, "--sign", "-d", tags, "-H", JSON)
    assert status in (200, 204), (status, body)
    assert sends(base, "/restapis", reader, "--sign", service="apigateway")[0] == 200


def session_of_a_role(base):
    """The environment of a role with a session token."""
    policy = json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]})
    trust = {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}
    iam = client(base, "iam")
    role = iam.create_role(RoleName="caller", AssumeRolePolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [trust]}))
    iam.put_role_policy(RoleName="caller", PolicyName="p", PolicyDocument=policy)
    keys = client(base, "sts").assume_role(RoleArn=role["Role"]["Arn"], RoleSessionName="session")["Credentials"]
    return {
        "PATH": os.environ["PATH"],
        "HOME": "/nowhere",
        "AWS_ACCESS_KEY_ID": keys["AccessKeyId"],
        "AWS_SECRET_ACCESS_KEY": keys["SecretAccessKey"],
        "AWS_SESSION_TOKEN": keys["SessionToken"],
    }


def others_do_not(base, reader, nobody):
    path = POLICY
    status, body, causes = sends(base, path, reader | {"AWS_SECRET_ACCESS_KEY": "wrong"}, "--sign")
    assert (status, causes) == (403, ["signature-mismatch"]), (status, body, causes)
    status, body, causes = sends(base, path, reader | {"AWS_ACCESS_KEY_ID": "AKIAUNKNOWN"}, "--sign")
    assert (status, causes) == (403, ["credentials-unknown"]), (status, body, causes)
    status, body, causes = sends(base, path, nobody, "--sign")
    assert (status, causes) == (403, []) and "not authorized" in body, (status, body, causes)
    ran = apigw(base, "--url", base + POLICY, "--sign", "--service", "lambda", "--region", REGION, command=("invoke",),
                env=reader | {"AWS_SECRET_ACCESS_KEY": "wrong"})
    assert "answered by AWS's check of signatures" in ran.stderr, ran.stderr


def what_was_changed_on_the_way_does_not_either(base, reader):
    def tampered_query(path, headers, body):
        return path.replace("MaxItems=1", "MaxItems=2"), headers, body

    def tampered_path(path, headers, body):
        return path.replace("/users", "/other"), headers, body

    def tampered_header(path, headers, body):
        return path, headers | {"X-Name": "eve"}, body

    def tampered_body(path, headers, body):
        return path, headers, body.replace(b"ada", b"eve")

    def untouched(path, headers, body):
        return path, headers, body

    asked = (f"{POLICY}?MaxItems=1", "--sign", "-H", "X-Name: ada", "-H", JSON, "-X", "GET", "-d", '{"name": "ada"}')
    path, *words = asked
    status, body, _ = sends(proxy(base, untouched), path, reader, *words)
    assert status == 200, (status, body)
    for change in (tampered_query, tampered_path, tampered_header, tampered_body):
        status, body, causes = sends(proxy(base, change), path, reader, *words)
        assert (status, causes) == (403, ["signature-mismatch"]), (change, status, body, causes)


def main():
    logging.disable()  # the emulator tells each request
    IAMRequestBase._create_aws_request = as_it_came
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        base = f"http://{host}:{port}"
        world = World(base)
        world.function("users")
        world.permit("users", "users", "a1b2c3d4e5/*/GET/users")
        reader = user(base, "reader", ["lambda:*", "apigateway:*"])
        nobody = user(base, "nobody", ["s3:*"])
        session = session_of_a_role(base)
        switch = urllib.request.Request(f"{base}/moto-api/reset-auth", data=b"0", headers={"Content-Type": "text/plain"})
        urllib.request.urlopen(switch)
        signed_requests_get_through(base, reader)
        signed_requests_get_through(base, session)
        others_do_not(base, reader, nobody)
        what_was_changed_on_the_way_does_not_either(base, reader)
    finally:
        server.stop()
    print("signed requests get through, others do not")


if __name__ == "__main__":
    main()
