"""Runs a Python handler as AWS Lambda's own runtime does: asks the Runtime API for events, answers or fails in the
same words. Reads everything that it needs from Lambda's environment variables; needs Python 3.8 and nothing else."""

import decimal
import http.client
import importlib
import json
import logging
import os
import re
import sys
import time
import traceback

JSON_LOG = os.environ.get("AWS_LAMBDA_LOG_FORMAT", "").upper() == "JSON"
OWN_FILE = (lambda: 0).__code__.co_filename


class Fault(Exception):
    """An error that the runtime finds, not the function: with one of Lambda's own types."""

    def __init__(self, error_type, message, trace=()):
        super().__init__(message)
        self.error_type = "Runtime." + error_type
        self.trace = list(trace)


class RuntimeApi:
    def __init__(self, address):
        self.connection = http.client.HTTPConnection(address)

    def call(self, method, path, body=None, headers=None):
        self.connection.request(method, "/2018-06-01/runtime/" + path, body, headers or {})
        response = self.connection.getresponse()
        return response.headers, response.read()

    def fail(self, path, error, headers):
        error_type = error["errorType"].encode("ascii", "backslashreplace").decode("ascii")
        headers = {"Content-Type": "application/json", "Lambda-Runtime-Function-Error-Type": error_type, **headers}
        self.call("POST", path, json.dumps(error).encode(), headers)


class Bag:
    """Attributes by name; those that are not there are None."""

    def __init__(self, members, names):
        for name in names:
            setattr(self, name, (members or {}).get(name))


class Identity:
    def __init__(self, members):
        self.cognito_identity_id = (members or {}).get("cognitoIdentityId")
        self.cognito_identity_pool_id = (members or {}).get("cognitoIdentityPoolId")


class ClientContext:
    def __init__(self, members):
        names = ["installation_id", "app_title", "app_version_name", "app_version_code", "app_package_name"]
        self.custom, self.env = members.get("custom"), members.get("env")
        self.client = Bag(members["client"], names) if members.get("client") else None


class Context:
    """What a handler gets as its second argument."""

    def __init__(self, headers):
        environment = os.environ
        client = parsed(headers, "Lambda-Runtime-Client-Context", "Client Context")
        self.aws_request_id = headers["Lambda-Runtime-Aws-Request-Id"]
        self.log_group_name = environment.get("AWS_LAMBDA_LOG_GROUP_NAME")
        self.log_stream_name = environment.get("AWS_LAMBDA_LOG_STREAM_NAME")
        self.function_name = environment.get("AWS_LAMBDA_FUNCTION_NAME")
        self.memory_limit_in_mb = environment.get("AWS_LAMBDA_FUNCTION_MEMORY_SIZE")
        self.function_version = environment.get("AWS_LAMBDA_FUNCTION_VERSION")
        self.invoked_function_arn = headers.get("Lambda-Runtime-Invoked-Function-Arn")
        self.tenant_id = headers.get("Lambda-Runtime-Aws-Tenant-Id")
        self.client_context = ClientContext(client) if client else None
        self.identity = Identity(parsed(headers, "Lambda-Runtime-Cognito-Identity", "Cognito Identity"))
        self._deadline_ms = int(headers.get("Lambda-Runtime-Deadline-Ms") or 0)

    def get_remaining_time_in_millis(self):
        return max(self._deadline_ms - int(time.time() * 1000), 0)

    def log(self, message):
        sys.stdout.write(str(message))


def parsed(headers, name, title):
    try:
        return json.loads(headers[name]) if headers.get(name) else None
    except ValueError as error:
        raise Fault("LambdaContextUnmarshalError", "Unable to parse {} JSON: {}".format(title, error))


def load(handler):
    module, dot, name = handler.rpartition(".")
    if not dot:
        reason = "not enough values to unpack (expected 2, got 1)"
        raise Fault("MalformedHandlerName", "Bad handler '{}': {}".format(handler, reason))
    if module.split(".")[0] in sys.builtin_module_names:
        raise Fault("BuiltInModuleConflict", "Cannot use built-in module {} as a handler module".format(module))
    try:
        loaded = importlib.import_module(module.replace("/", "."))
    except ImportError as error:
        raise Fault("ImportModuleError", "Unable to import module '{}': {}".format(module, error))
    except SyntaxError as error:
        place = '  File "{}" Line {}\n    {}'.format(error.filename, error.lineno, error.text)
        raise Fault("UserCodeSyntaxError", "Syntax error in module '{}': {}".format(module, error), [place])
    if not hasattr(loaded, name):
        raise Fault("HandlerNotFound", "Handler '{}' missing on module '{}'".format(name, module))
    return getattr(loaded, name)


def read(event):
    try:
        return json.loads(event)
    except ValueError as error:
        raise Fault("UnmarshalError", "Unable to unmarshal input: {}".format(error))


class Encoder(json.JSONEncoder):
    """JSON as Lambda's Python writes it: bytes are UTF-8, and a Decimal keeps its digits."""

    # Stands before the digits until the text is complete; nobody can have it in a string.
    mark = os.urandom(16).hex()

    def __init__(self):
        # Since Python 3.12 Lambda leaves letters beyond ASCII as they are.
        super().__init__(ensure_ascii=sys.version_info < (3, 12))

    def default(self, value):
        if isinstance(value, bytes):
            return value.decode()
        if isinstance(value, decimal.Decimal):
            return float("nan") if value.is_nan() else self.mark + str(value)
        return super().default(value)

    def encode(self, value):
        return re.sub('"{}([^"]*)"'.format(self.mark), r"\1", super().encode(value))


def written(result):
    """The body of an answer, and its type."""
    if isinstance(result, bytes):
        return result, "application/unknown"
    try:
        return Encoder().encode(result).encode(), "application/json"
    except Exception as error:
        raise Fault("MarshalError", "Unable to marshal response: {}".format(error))


def described(error, request_id=""):
    """An error as the caller of the function sees it."""
    if isinstance(error, Fault):
        error_type, trace = error.error_type, error.trace
    else:
        frames = traceback.extract_tb(error.__traceback__)
        while frames and frames[0].filename == OWN_FILE:
            frames.pop(0)
        error_type, trace = type(error).__name__, traceback.format_list(
            # Without the marks below the line that newer versions have.
            [(frame.filename, frame.lineno, frame.name, frame.line) for frame in frames]
        )
    return {"errorMessage": str(error), "errorType": error_type, "requestId": request_id, "stackTrace": trace}


def told(error):
    """The same in the function's log."""
    if JSON_LOG:
        now = time.strftime(JsonFormatter.date, time.gmtime())
        sys.stdout.write(JsonFormatter.written({"timestamp": now, "level": "ERROR", **error}))
        sys.stdout.flush()
        return
    lines = "".join(line if line.endswith("\n") else line + "\n" for line in error["stackTrace"])
    message = ": " + error["errorMessage"] if error["errorMessage"] else ""
    sys.stdout.write("[ERROR] {}{}\n".format(error["errorType"], message))
    sys.stdout.write("Traceback (most recent call last):\n" + lines)
    sys.stdout.flush()


class JsonFormatter(logging.Formatter):
    """Records of `logging` as JSON, with what `extra` gave them."""

    date = "%Y-%m-%dT%H:%M:%SZ"
    usual = set(logging.makeLogRecord({}).__dict__) | {"aws_request_id", "message", "asctime"}
    written = staticmethod(lambda members: json.dumps(members, ensure_ascii=False, default=str) + "\n")

    def format(self, record):
        # A level between two of them is the lower one.
        level = min(50, max(0, record.levelno)) // 10 * 10
        is_object = isinstance(record.msg, dict) and not record.args
        members = {
            "timestamp": self.formatTime(record, self.date),
            "level": logging.getLevelName(level),
            "message": record.msg if is_object else record.getMessage(),
            "logger": record.name,
        }
        if record.exc_info:
            error_type, error, trace = record.exc_info
            members["stackTrace"] = traceback.format_tb(trace)
            members["errorType"] = error_type.__name__ if error_type else None
            members["errorMessage"] = str(error)
        members["requestId"] = record.aws_request_id
        if record.exc_info:
            members["location"] = "{}:{}:{}".format(record.pathname, record.funcName, record.lineno)
        for name, value in record.__dict__.items():
            if name not in self.usual and name not in members:
                members[name] = value
        return self.written({name: value for name, value in members.items() if value is not None})


class Log(logging.Handler):
    """Records of `logging` in Lambda's form, with the id of the request."""

    request_id = ""

    def emit(self, record):
        record.aws_request_id = self.request_id
        sys.stdout.write(self.format(record))
        sys.stdout.flush()


def set_up_logging():
    log = Log()
    formatter = JsonFormatter() if JSON_LOG else logging.Formatter(
        "[%(levelname)s]\t%(asctime)s.%(msecs)03dZ\t%(aws_request_id)s\t%(message)s\n", "%Y-%m-%dT%H:%M:%S"
    )
    formatter.converter = time.gmtime
    log.setFormatter(formatter)
    logging.getLogger().addHandler(log)
    level = os.environ.get("AWS_LAMBDA_LOG_LEVEL", "").upper()
    level = {"TRACE": "DEBUG", "WARN": "WARNING", "FATAL": "CRITICAL"}.get(level, level)
    if level in ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"):
        logging.getLogger().setLevel(level)
    return log


def answer(api, handler, headers, event):
    request_id = headers["Lambda-Runtime-Aws-Request-Id"]
    name = "Lambda-Runtime-Invocation-Id"
    echo = {name: headers[name]} if headers.get(name) else {}
    try:
        result, content_type = written(handler(read(event), Context(headers)))
    except Exception as error:
        error = described(error, request_id)
        told(error)
        api.fail("invocation/{}/error".format(request_id), error, echo)
    else:
        echo["Content-Type"] = content_type
        api.call("POST", "invocation/{}/response".format(request_id), result, echo)


def main():
    api, log = RuntimeApi(os.environ["AWS_LAMBDA_RUNTIME_API"]), set_up_logging()
    # Python puts the working directory first, which need not be that of the code.
    sys.path[0] = os.environ["LAMBDA_TASK_ROOT"]
    sys.argv[:] = [os.environ["_HANDLER"]]
    try:
        handler = load(os.environ["_HANDLER"])
    except Exception as error:
        error = described(error)
        told(error)
        api.fail("init/error", error, {})
        sys.exit(1)
    while True:
        headers, event = api.call("GET", "invocation/next")
        log.request_id = headers["Lambda-Runtime-Aws-Request-Id"]
        trace_id = headers.get("Lambda-Runtime-Trace-Id")
        if trace_id:
            os.environ["_X_AMZN_TRACE_ID"] = trace_id
        else:
            os.environ.pop("_X_AMZN_TRACE_ID", None)
        answer(api, handler, headers, event)


main()
