"""What Schemathesis must know about the server besides the document.

The document is rebuilt from a client, so it lists fewer error statuses than the protocol's error rules allow for every operation, and
its 422 is the framework's form; a server may answer any operation with these, in the error envelope.
"""

import json
import os
import re

import schemathesis

ERROR = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/PublicErrorResponse"}}}, "description": "refused"}
EVERYWHERE = (400, 401, 403, 404, 405, 409, 410, 413, 415, 422, 423, 429, 503, 504)
METHODS = ("get", "put", "post", "delete", "patch")
STACK_TRACE = re.compile(r"(?m)(^\s+at [\w.$/]+\(|java\.lang\.|\bException\b|\.java:\d+|org\.sqlite|SQLITE_|Traceback \(most)")


@schemathesis.hook
def before_load_schema(context, raw_schema):
    for operations in raw_schema["paths"].values():
        for method, operation in operations.items():
            if method in METHODS:
                responses = operation["responses"]
                for status in EVERYWHERE:
                    responses.setdefault(str(status), ERROR)
                responses["422"] = ERROR
                # The protocol has no such answer; the document lists it because the client knows the code.
                responses.pop("500", None)


@schemathesis.check
def no_stack_trace(ctx, response, case):
    """What goes wrong inside stays inside: a reply never shows classes, files or lines of the server."""
    if response.status_code >= 400:
        found = STACK_TRACE.search(response.text)
        assert found is None, f"the reply shows the server's inside: {found.group()!r} in {response.text[:500]}"


@schemathesis.check
def refusals_say_why(ctx, response, case):
    """A refusal is the error envelope with a code and a message."""
    if response.status_code >= 400 and case.method.upper() != "HEAD":
        try:
            error = json.loads(response.text)["error"]
        except (ValueError, KeyError, TypeError):
            raise AssertionError(f"status {response.status_code} without error envelope: {response.text[:500]!r}") from None
        assert error["code"] and error["message"], f"an error without code or message: {response.text[:500]}"


# Random names lead to nothing but 404. What exists, as JSON in the environment, takes their place in most requests.
EXISTING = json.loads(os.environ.get("FUZZ_EXISTING", "{}"))
MODES = ("auto", "create", "add", "append", "replace", "replace_partition", "merge", "delete")
LEADS_AWAY = ("catalog", "transaction_id", "transaction_version", "as_of", "root", "owner_key", "staged_stream_id", "expected_table_id")


def chance(value, share):
    """Decides by the value itself, so that a run can be repeated."""
    return hash(repr(value)) % 100 < share


@schemathesis.hook
def map_path_parameters(context, path_parameters):
    if path_parameters and context.operation.method.upper() != "DELETE" and chance(path_parameters, 85):
        for name in list(path_parameters):
            if name in EXISTING:
                path_parameters[name] = EXISTING[name]
    return path_parameters


@schemathesis.hook
def map_query(context, query):
    if isinstance(query, dict) and chance(query, 80):
        for name in LEADS_AWAY:
            query.pop(name, None)
        if "table_version" in query:
            query["table_version"] = EXISTING.get("table_version", "1")
    return query


@schemathesis.hook
def map_body(context, body):
    if isinstance(body, dict) and chance(body, 80):
        for name in LEADS_AWAY:
            if name not in ("transaction_version",):
                body.pop(name, None)
        if "table_version" in body:
            body["table_version"] = EXISTING.get("table_version", "1")
        if isinstance(body.get("mode"), str) and chance(body, 60):
            body["mode"] = MODES[hash(repr(body)) % len(MODES)]
        if isinstance(body.get("format"), str) and chance(body, 60):
            body["format"] = "parquet"
        if isinstance(body.get("session_version"), int) and chance(body, 50):
            body["session_version"] = 1
        if isinstance(body.get("transaction_version"), int) and chance(body, 50):
            body["transaction_version"] = 1
    return body
