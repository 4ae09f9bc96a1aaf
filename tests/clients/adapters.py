"""Python adapters see the request that an event was made of.

mangum and apig-wsgi run an application, Powertools reads events with its data classes and its
parser's models.
"""

import base64
import sys
from urllib.parse import parse_qsl

from apig_wsgi import make_lambda_handler
from aws_lambda_powertools.utilities import data_classes
from aws_lambda_powertools.utilities.parser import models
from common import REQUESTS, Checks, event, expected, of_kind
from mangum import Mangum

CHECKS = Checks()


class Context:
    """Lambda's context object, as far as adapters look at it."""

    function_name = "function"
    memory_limit_in_mb = 128
    invoked_function_arn = "arn:aws:lambda:us-east-1:123456789012:function:function"
    aws_request_id = "id"


def grouped(query):
    pairs = parse_qsl(query, keep_blank_values=True)
    names = {}
    for name, value in pairs:
        names.setdefault(name, []).append(value)
    return names


def cookies_in(header):
    return sorted(piece.strip() for piece in header.split(";") if piece.strip())


def with_mangum(flavor, request):
    seen = {}

    async def app(scope, receive, send):
        body = b""
        while True:
            message = await receive()
            body += message.get("body", b"")
            if not message.get("more_body"):
                break
        headers = {name.decode(): value.decode() for name, value in scope["headers"]}
        seen.update(
            method=scope["method"],
            path=scope["path"],
            query=grouped(scope["query_string"].decode()),
            headers=headers,
            cookies=cookies_in(headers.get("cookie", "")),
            body=body,
        )
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"ok"})

    Mangum(app, lifespan="off")(event(flavor, request), Context())
    return seen


def wsgi_path(path):
    """WSGI holds the bytes of a path as Latin-1; apig-wsgi passes decoded text of 2.0 events on."""
    try:
        return path.encode("latin-1").decode()
    except UnicodeError:
        return path


def with_apig_wsgi(flavor, request):
    seen = {}

    def app(environ, start_response):
        headers = {
            name[5:].replace("_", "-").lower(): value for name, value in environ.items() if name.startswith("HTTP_")
        }
        if environ.get("CONTENT_TYPE"):
            headers["content-type"] = environ["CONTENT_TYPE"]
        seen.update(
            method=environ["REQUEST_METHOD"],
            path=wsgi_path(environ["PATH_INFO"]),
            query=grouped(environ["QUERY_STRING"]),
            headers=headers,
            # A function URL tells cookies twice, and apig-wsgi reads both.
            cookies=sorted(set(cookies_in(headers.get("cookie", "")))),
            body=environ["wsgi.input"].read(),
        )
        start_response("200 OK", [])
        return [b"ok"]

    make_lambda_handler(app, binary_support=True)(event(flavor, request), Context())
    return seen


DATA_CLASSES = {
    "rest": "APIGatewayProxyEvent",
    "http-v1": "APIGatewayProxyEvent",
    "http": "APIGatewayProxyEventV2",
    "url": "LambdaFunctionUrlEvent",
    "alb": "ALBEvent",
    "alb-multi": "ALBEvent",
    "lattice": "VPCLatticeEventV2",
}
MODELS = {
    "rest": "APIGatewayProxyEventModel",
    "http": "APIGatewayProxyEventV2Model",
    "url": "LambdaFunctionUrlModel",
    "alb": "AlbModel",
    # VpcLatticeV2Model knows headers with one value only; Lattice sends lists now.
}


def with_powertools(flavor, request):
    read = getattr(data_classes, DATA_CLASSES[flavor])(event(flavor, request))
    encoded = read.raw_event.get("isBase64Encoded")
    body = base64.b64decode(read.raw_event["body"]) if encoded else (read.body or "").encode()
    headers = {}
    lists = flavor == "alb-multi"
    for name in expected(request, flavor)["headers"]:
        value = (read.multi_value_headers if lists else read.headers).get(name)
        headers[name] = value[-1] if isinstance(value, list) else value
    return {"method": read.http_method, "headers": headers, "body": body}


# Kinds that are no client's request: the model that reads each.
MOMENTS = {
    "authorizer-token": "ApiGatewayAuthorizerToken",
    "authorizer-request": "ApiGatewayAuthorizerRequest",
    "authorizer-http": "ApiGatewayAuthorizerRequestV2",
    "websocket-connect": "APIGatewayWebSocketConnectEventModel",
    "websocket-message": "APIGatewayWebSocketMessageEventModel",
    "websocket-disconnect": "APIGatewayWebSocketDisconnectEventModel",
}

CLIENTS = {
    "mangum": (with_mangum, ["rest", "http", "http-v1", "url", "alb", "alb-multi"]),
    "apig-wsgi": (with_apig_wsgi, ["rest", "http", "http-v1", "url", "alb", "alb-multi"]),
    "powertools data classes": (with_powertools, list(DATA_CLASSES)),
}


def main(flavors):
    for name, (client, supported) in CLIENTS.items():
        for flavor in [flavor for flavor in supported if flavor in flavors]:
            for request in REQUESTS:
                what = f"{name}, {flavor}, {request['id']}:"
                try:
                    seen = client(flavor, request)
                except Exception as error:  # an adapter that refuses the event
                    CHECKS.same(what, repr(error), "an answer")
                    continue
                CHECKS.request(what, seen, expected(request, flavor))
    for flavor, model in MODELS.items():
        if flavor in flavors:
            for request in REQUESTS:
                parsed = getattr(models, model).model_validate(event(flavor, request))
                CHECKS.same(f"powertools parser, {flavor}, {request['id']}", parsed is not None, True)
    for kind, model in MOMENTS.items():
        try:
            parsed = getattr(models, model).model_validate(of_kind(kind))
        except ValueError as error:
            parsed = None
            print(error)
        CHECKS.same(f"powertools parser, {kind}", parsed is not None, True)
    return CHECKS.end()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
