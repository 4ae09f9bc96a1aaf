"""Functions, permissions and APIs in an emulator of AWS, and what `apigw policy check --function` says of them."""

import io
import json
import logging
import os
import subprocess
import tempfile
import urllib.request
import zipfile

import boto3
from botocore.awsrequest import AWSRequest
from moto.iam.access_control import IAMRequestBase
from moto.server import ThreadedMotoServer

REGION = "eu-west-1"
ACCOUNT = "123456789012"  # the account of the emulator
SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
KEYS = {"AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": SECRET}


def client(base, service, keys=("AKIDEXAMPLE", SECRET)):
    return boto3.client(
        service,
        region_name=REGION,
        endpoint_url=base,
        aws_access_key_id=keys[0],
        aws_secret_access_key=keys[1],
    )


class World:
    """What is made in the emulator."""

    def __init__(self, base):
        self.base = base
        self.functions = client(base, "lambda")
        self.rest = client(base, "apigateway")
        self.http = client(base, "apigatewayv2")
        iam = client(base, "iam")
        trust = {"Version": "2012-10-17", "Statement": []}
        self.role = iam.create_role(RoleName="r", AssumeRolePolicyDocument=json.dumps(trust))["Role"]["Arn"]

    def function(self, name):
        code = io.BytesIO()
        with zipfile.ZipFile(code, "w") as archive:
            archive.writestr("app.py", "def handler(event, context): return {}")
        made = self.functions.create_function(
            FunctionName=name,
            Runtime="python3.12",
            Role=self.role,
            Handler="app.handler",
            Code={"ZipFile": code.getvalue()},
            Environment={"Variables": {"PASSWORD": "do-not-print"}},
        )
        return made["FunctionArn"]

    def permit(self, name, sid, source, region=REGION, **more):
        self.functions.add_permission(
            FunctionName=name,
            StatementId=sid,
            Action="lambda:InvokeFunction",
            Principal="apigateway.amazonaws.com",
            SourceArn=f"arn:aws:execute-api:{region}:{ACCOUNT}:{source}",
            **more,
        )

    def invocations(self, arn):
        return f"arn:aws:apigateway:{REGION}:lambda:path/2015-03-31/functions/{arn}/invocations"

    def rest_api(self, arn, stages, variables=None):
        api = self.rest.create_rest_api(name="rest")["id"]
        root = self.rest.get_resources(restApiId=api)["items"][0]["id"]
        users = self.rest.create_resource(restApiId=api, parentId=root, pathPart="users")["id"]
        user = self.rest.create_resource(restApiId=api, parentId=users, pathPart="{id}")["id"]
        authorizer = self.rest.create_authorizer(
            restApiId=api,
            name="mine",
            type="TOKEN",
            authorizerUri=self.invocations(arn),
            identitySource="method.request.header.Authorization",
        )["id"]
        for resource, method in ((root, "ANY"), (user, "GET")):
            self.rest.put_method(
                restApiId=api,
                resourceId=resource,
                httpMethod=method,
                authorizationType="CUSTOM",
                authorizerId=authorizer,
            )
            self.rest.put_integration(
                restApiId=api,
                resourceId=resource,
                httpMethod=method,
                type="AWS_PROXY",
                integrationHttpMethod="POST",
                uri=self.invocations(arn),
            )
        for stage in stages:
            deployment = self.rest.create_deployment(restApiId=api)["id"]
            self.rest.create_stage(
                restApiId=api, stageName=stage, deploymentId=deployment, variables=(variables or {}).get(stage, {})
            )
        return api, authorizer

    def v2_api(self, arn, protocol, keys, stages):
        selection = {"RouteSelectionExpression": "$request.body.action"} if protocol == "WEBSOCKET" else {}
        api = self.http.create_api(Name="v2", ProtocolType=protocol, **selection)["ApiId"]
        integration = self.http.create_integration(
            ApiId=api, IntegrationType="AWS_PROXY", IntegrationUri=arn, PayloadFormatVersion="2.0"
        )["IntegrationId"]
        for key in keys:
            self.http.create_route(ApiId=api, RouteKey=key, Target=f"integrations/{integration}")
        for stage in stages:
            self.http.create_stage(ApiId=api, StageName=stage)
        authorizer = self.http.create_authorizer(
            ApiId=api,
            Name="check",
            AuthorizerType="REQUEST",
            AuthorizerUri=self.invocations(arn),
            IdentitySource=["$request.header.Authorization"],
            AuthorizerPayloadFormatVersion="2.0",
        )["AuthorizerId"]
        return api, authorizer


def apigw(base, *words, exits=0, env=None):
    """Runs the program in an environment of its own; nothing secret is ever in what it prints."""
    own = {"PATH": os.environ["PATH"], "HOME": tempfile.gettempdir(), "AWS_EC2_METADATA_DISABLED": "true"}
    own |= {"AWS_REGION": REGION, "AWS_ENDPOINT_URL": base} | KEYS if env is None else env
    command = [os.environ["APIGW"], "policy", "check", *words]
    ran = subprocess.run(command, env=own, capture_output=True, text=True, timeout=60)
    told = f"$ {' '.join(command)}\n{ran.stdout}{ran.stderr}exit {ran.returncode}"
    assert ran.returncode == exits, told
    for secret in (SECRET, "do-not-print", "AKIDEXAMPLE"):
        assert secret not in told, told
    return ran


def findings(ran):
    """The result of a run, and the messages of its findings by their codes."""
    [result] = json.loads(ran.stdout)["results"]
    by_code = {}
    for own in result["diagnostics"]:
        by_code.setdefault(own["code"], []).append(own["message"])
    return result, by_code


def policies_are_found(base, world):
    arn = world.function("users")
    api, authorizer = world.rest_api(arn, ["dev", "prod"])
    world.permit("users", "root", f"{api}/*/*/")
    world.permit("users", "user", f"{api}/*/get/users/*")
    world.permit("users", "authorizer", f"{api}/authorizers/{authorizer}")
    ran = apigw(base, "--function", "users", "--format", "json", exits=1)
    result, found = findings(ran)
    assert result["file"] == "lambda:users" and result["template"] == "deployed", result
    assert result["left_out"] == [], result
    [verb], [route] = found["AGW308"], found["AGW329"]
    assert "get" in verb, verb
    assert "GET /users/{id}" in route and "dev, prod" in route, route
    assert "AGW319" not in found, found
    # The same function by its ARN, where its API is named, and in one stage.
    for words in ((arn,), ("users", "--api-id", api), ("users", "--stage", "prod")):
        own = findings(apigw(base, "--function", *words, "--format", "json", exits=1))[1]
        assert own["AGW308"] == [verb], words
        assert own["AGW329"] == [route.replace("in the stages dev, prod", "in the stage prod")] or own == found, own
    ran = apigw(base, "--function", "users", "--stage", "test", "--format", "json", exits=1)
    assert "has no stage test, only dev, prod" in ran.stderr, ran.stderr
    assert "AGW329" not in findings(ran)[1], ran.stdout


def what_is_right_is_clean(base, world):
    arn = world.function("right")
    rest, authorizer = world.rest_api(arn, ["prod"])
    http, of_http = world.v2_api(arn, "HTTP", ["GET /a/{id}", "ANY /b", "$default"], ["$default"])
    websocket, of_websocket = world.v2_api(arn, "WEBSOCKET", ["$connect", "sendMessage"], ["prod"])
    sources = {
        "root": f"{rest}/*/*/",
        "user": f"{rest}/*/GET/users/{{id}}",
        "authorizer": f"{rest}/authorizers/{authorizer}",
        "a": f"{http}/*/GET/a/{{id}}",
        "b": f"{http}/*/*/b",
        "default": f"{http}/*/$default",
        "of-http": f"{http}/authorizers/{of_http}",
        "connect": f"{websocket}/prod/$connect",
        "send": f"{websocket}/prod/sendMessage",
        "of-websocket": f"{websocket}/authorizers/{of_websocket}",
    }
    for sid, source in sources.items():
        world.permit("right", sid, source)
    result, found = findings(apigw(base, "--function", "right", "--fail-on", "warning", "--format", "json"))
    # The emulator lists no authorizers of HTTP and WebSocket APIs; their routes are read all the same.
    left_out = sorted(own["message"].split(":")[0] for own in result["left_out"])
    assert left_out == sorted(f"the authorizers of the API {api}" for api in (http, websocket)), left_out
    # Each grant is needed.
    for sid, code in (("root", "AGW329"), ("authorizer", "AGW319"), ("default", "AGW329"), ("send", "AGW329")):
        world.functions.remove_permission(FunctionName="right", StatementId=sid)
        found = findings(apigw(base, "--function", "right", "--format", "json", exits=1))[1]
        assert len(found[code]) == 1, (sid, found)
        world.permit("right", sid, sources[sid])


def a_grant_for_another_region_is_told(base, world):
    arn = world.function("wrong")
    api, _ = world.v2_api(arn, "HTTP", ["GET /x"], ["$default"])
    world.permit("wrong", "x", f"{api}/*/GET/x", region="us-east-1")
    ran = apigw(base, "--function", "wrong", "--api-id", api, "--format", "json", exits=1)
    found = findings(ran)[1]
    assert "us-east-1" in found["AGW305"][0] and "eu-west-1" in found["AGW305"][0], found
    assert len(found["AGW329"]) == 1, found


def qualifiers_have_policies_of_their_own(base, world):
    arn = world.function("aliased")
    version = world.functions.publish_version(FunctionName="aliased")["Version"]
    world.functions.create_alias(FunctionName="aliased", Name="live", FunctionVersion=version)
    api, _ = world.v2_api(f"{arn}:live", "HTTP", ["GET /x"], ["$default"])
    world.permit("aliased", "x", f"{api}/*/GET/x", Qualifier="live")
    result, found = findings(apigw(base, "--function", "aliased:live", "--format", "json"))
    assert result["file"] == "lambda:aliased:live" and "AGW329" not in found, result
    ran = apigw(base, "--function", "aliased", "--api-id", api, "--format", "json")
    assert "aliased:live, which has a policy of its own" in ran.stderr, ran.stderr


def variables_of_stages_name_functions(base, world):
    world.function("many")
    variable = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:${{stageVariables.fn}}"
    api, _ = world.rest_api(variable, ["blue", "green", "red"], {"blue": {"fn": "many"}, "red": {"fn": "users"}})
    ran = apigw(base, "--function", "many", "--api-id", api, "--format", "json", exits=1)
    assert "the stage green has no variable fn" in ran.stderr, ran.stderr
    routes = findings(ran)[1]["AGW329"]
    assert len(routes) == 2 and all("in the stage blue" in route for route in routes), routes


def what_is_missing_is_told(base, world):
    world.function("bare")
    result, found = findings(apigw(base, "--function", "bare", "--format", "json"))
    assert found == {} and result["file"] == "lambda:bare", result
    world.permit("bare", "gone", "zzzzzzzzzz/*/GET/")
    world.permit("bare", "away", "yyyyyyyyyy/*/GET/", region="us-east-1")
    ran = apigw(base, "--function", "bare", "--format", "json", exits=1)
    assert set(findings(ran)[1]) == {"AGW305"}, ran.stdout
    assert "there is no API zzzzzzzzzz in eu-west-1" in ran.stderr, ran.stderr
    assert "there is no API yyyyyyyyyy in us-east-1" in ran.stderr, ran.stderr
    ran = apigw(base, "--function", "nobody", exits=2)
    assert "there is no function nobody in eu-west-1" in ran.stderr, ran.stderr
    ran = apigw(base, "--function", "bare", "--api-id", "zzzzzzzzzz", exits=2)
    assert "there is no API zzzzzzzzzz in eu-west-1" in ran.stderr, ran.stderr


def credentials_are_found_where_the_cli_finds_them(base):
    with tempfile.TemporaryDirectory() as home:
        os.mkdir(f"{home}/.aws")
        with open(f"{home}/creds.sh", "w") as script:
            keys = {"Version": 1, "AccessKeyId": "AKIDEXAMPLE", "SecretAccessKey": SECRET}
            script.write(f"echo '{json.dumps(keys)}'")
        with open(f"{home}/.aws/credentials", "w") as file:
            file.write(f"[keys]\naws_access_key_id = AKIDEXAMPLE\naws_secret_access_key = {SECRET}\n")
        with open(f"{home}/.aws/config", "w") as file:
            file.write(
                f"[profile keys]\nregion = {REGION}\nendpoint_url = {base}\n"
                f"[profile command]\nregion = {REGION}\ncredential_process = sh {home}/creds.sh\nservices = here\n"
                f"[profile broken]\nregion = {REGION}\ncredential_process = sh {home}/none.sh {SECRET}\n"
                f"[profile role]\nregion = {REGION}\nrole_arn = arn:aws:iam::{ACCOUNT}:role/r\n"
                f"source_profile = keys\nendpoint_url = {base}\n"
                f"[services here]\nlambda =\n  endpoint_url = {base}\napi_gateway =\n  endpoint_url = {base}\n"
                f"apigatewayv2 =\n  endpoint_url = {base}\n"
            )
        env = {"PATH": os.environ["PATH"], "HOME": home, "AWS_EC2_METADATA_DISABLED": "true"}
        ask = lambda *words, **more: apigw(base, "--function", "users", *words, exits=more.pop("exits", 1), env=env | more)
        for profile in ("keys", "command", "role"):
            ask("--profile", profile)
            ask(AWS_PROFILE=profile)
        # A profile that is named counts before the variables.
        ask("--profile", "keys", AWS_ACCESS_KEY_ID="", AWS_SECRET_ACCESS_KEY="x")
        ask("--endpoint-url", base, "--region", REGION, **KEYS)
        ask("--region", REGION, AWS_ENDPOINT_URL="http://127.0.0.1:9", AWS_ENDPOINT_URL_LAMBDA=base,
            AWS_ENDPOINT_URL_API_GATEWAY=base, **KEYS)
        assert "no AWS credentials" in ask(exits=2).stderr
        assert "no AWS region" in ask(exits=2, **KEYS).stderr
        assert "the profile none" in ask("--profile", "none", exits=2).stderr
        assert "broken" in ask("--profile", "broken", exits=2).stderr
        ran = ask("--region", REGION, exits=4, AWS_ENDPOINT_URL="http://127.0.0.1:9", **KEYS)
        assert "127.0.0.1:9" in ran.stderr, ran.stderr


def as_it_came(request):
    """A request for botocore to sign. The emulator would sign what it read out of the query as the body, and
    refuses botocore's own requests."""
    signed = request._get_string_between("SignedHeaders=", ",", request._headers["Authorization"]).split(";")
    headers = request._create_headers_for_aws_request(signed, request._headers)
    again = AWSRequest(method=request._method, url=request._path, data=request._body, headers=headers)
    again.context["timestamp"] = headers["X-Amz-Date"]
    return again


def signatures_are_checked(base, world):
    """With authentication switched on, the emulator lets botocore make each signature again."""
    IAMRequestBase._create_aws_request = as_it_came
    iam = client(base, "iam")
    iam.create_user(UserName="reader")
    # The emulator calls apigateway:GET by the names of the operations.
    allowed = ["lambda:GetPolicy", "lambda:GetFunctionConfiguration", "lambda:GetResourcePolicy", "apigateway:Get*"]
    policy = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": allowed, "Resource": "*"}]}
    iam.put_user_policy(UserName="reader", PolicyName="p", PolicyDocument=json.dumps(policy))
    iam.create_user(UserName="nobody")
    made = [iam.create_access_key(UserName=user)["AccessKey"] for user in ("reader", "nobody")]
    reader, nobody = [
        {"AWS_ACCESS_KEY_ID": key["AccessKeyId"], "AWS_SECRET_ACCESS_KEY": key["SecretAccessKey"]} for key in made
    ]
    place = {"PATH": os.environ["PATH"], "HOME": "/nowhere", "AWS_REGION": REGION, "AWS_ENDPOINT_URL": base}
    switch = urllib.request.Request(f"{base}/moto-api/reset-auth", data=b"0", headers={"Content-Type": "text/plain"})
    urllib.request.urlopen(switch)
    for name in ("users", "aliased:live", f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:users", "users:$LATEST"):
        ran = apigw(base, "--function", name, "--format", "json", exits=0 if "aliased" in name else 1, env=place | reader)
        assert findings(ran)[0]["template"] == "deployed"
    ran = apigw(base, "--function", "users", exits=2, env=place | nobody)
    assert "lambda:GetPolicy" in ran.stderr, ran.stderr
    wrong = reader | {"AWS_SECRET_ACCESS_KEY": "wrong"}
    ran = apigw(base, "--function", "users", exits=2, env=place | wrong)
    assert "does not accept the credentials" in ran.stderr, ran.stderr


def main():
    logging.disable()  # the emulator tells each request
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        base = f"http://{host}:{port}"
        world = World(base)
        policies_are_found(base, world)
        what_is_right_is_clean(base, world)
        a_grant_for_another_region_is_told(base, world)
        qualifiers_have_policies_of_their_own(base, world)
        variables_of_stages_name_functions(base, world)
        what_is_missing_is_told(base, world)
        credentials_are_found_where_the_cli_finds_them(base)
        signatures_are_checked(base, world)
    finally:
        server.stop()
    print("what AWS has of a function is found, over signed requests")


if __name__ == "__main__":
    main()
