"""What Schemathesis must know about the server besides the document.

The document is rebuilt from a client, so it lists fewer error statuses than the protocol's error rules allow for every operation, and
its 422 is the framework's form; a server may answer any operation with these, in the error envelope. And it does not say which tables
exist: random names lead to nothing but 404.
"""

import json
import os
import re

import schemathesis

ERROR = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/PublicErrorResponse"}}}, "description": "refused"}
EVERYWHERE = (400, 401, 403, 404, 405, 409, 410, 413, 415, 422, 423, 429, 503, 504)
METHODS = ("get", "put", "post", "delete", "patch")
STACK_TRACE = re.compile(r"(?m)(^\s+at [\w.$/]+\(|java\.lang\.|\bException\b|\.java:\d+|org\.sqlite|SQLITE_|Traceback \(most)")

# Names of what exists, by the name of the parameter.
EXISTING = json.loads(os.environ.get("FUZZ_EXISTING", "{}"))
# Operations after which a table or namespace is not what it was: each has its own.
OTHERS = {"put": "altered", "rename": "renamed", "rollback": "rolled_back", "truncate": "truncated"}
PLAUSIBLE = {
    "mode": ["auto", "create", "add", "append", "replace", "replace_partition", "merge", "delete"],
    "format": ["parquet", "csv", "feather", "lance"],
    "content_type": ["parquet", "json"],
    "default_content_type": ["parquet", "json"],
    "catalog": ["default"],
    "table_version": ["1"],
    "transform": ["identity", "bucket(2)", "truncate(3)", "void", "year"],
    "type": ["int64", "string", "timestamp[us]", "decimal128(9, 2)"],
    "name": ["id", "name", "more"],
    "op": ["add", "remove", "update_type", "rename", "reorder"],
    "lifecycle_state": ["active", "created", "deprecated"],
    "filter_predicate": ['{"eq":["id",1]}', '{"not":{"is_null":"name"}}', '{"between":["id",0,9]}', '{"or":[{"in":["id",[1]]},{}]}'],
    "columns": ['["id"]', '["none"]', "[]"],
    "partition_values": ["null", "[]", '["eu"]'],
    "partition_filter": ['[{"partition_values":["eu"]}]', '["p"]'],
}
SCHEMAS = [[{"name": "id", "type": "int64", "nullable": False, "is_merge_key": True}, {"name": "name", "type": "string"}]]


def with_values(schema, values):
    """The schema, or one of some values; negative cases come from both."""
    return {"anyOf": [{"enum": values}, schema]}


def path_value(name, path, method):
    action = path.rsplit("/", 1)[-1]
    if name == "table" and action in OTHERS:
        return OTHERS[action]
    if name == "table" and method == "put" and action == "{table}":
        return OTHERS["put"]
    if name == "namespace" and method == "put" and action == "{namespace}":
        return OTHERS["put"]
    return EXISTING.get(name)


@schemathesis.hook
def before_load_schema(context, raw_schema):
    for path, operations in raw_schema["paths"].items():
        for method, operation in operations.items():
            if method not in METHODS:
                continue
            responses = operation["responses"]
            for status in EVERYWHERE:
                responses.setdefault(str(status), ERROR)
            responses["422"] = ERROR
            # The protocol has no such answer; the document lists it because the client knows the code.
            responses.pop("500", None)
            for parameter in operation.get("parameters", []):
                name = parameter["name"]
                known = path_value(name, path, method)
                if parameter["in"] == "path" and known and method != "delete":
                    whole_number = parameter["schema"].get("type") == "integer"
                    parameter["schema"] = {"enum": [int(known) if whole_number else known]}
                elif parameter["in"] == "query" and name in PLAUSIBLE:
                    parameter["schema"] = {"enum": PLAUSIBLE[name]}
    for schema in raw_schema["components"]["schemas"].values():
        for name, property_schema in schema.get("properties", {}).items():
            if name in PLAUSIBLE and "string" in json.dumps(property_schema):
                schema["properties"][name] = with_values(property_schema, PLAUSIBLE[name])
            elif name == "schema_def":
                schema["properties"][name] = with_values(property_schema, SCHEMAS)
            elif name in ("session_version", "transaction_version"):
                schema["properties"][name] = with_values(property_schema, [1])
            elif name == "transaction_id" and "transaction_id" in EXISTING:
                schema["properties"][name] = with_values(property_schema, [EXISTING["transaction_id"]])


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
