"""The real DeltaCAT client as a long-lived process: one JSON command a line on standard input, one JSON reply a line on standard output."""

import argparse
import datetime as dt
import decimal
import json
import os
import sys
import traceback

import pyarrow as pa
from deltacat_client import Client

from peer_values import rows_of

TYPES = {
    "int64": pa.int64(),
    "int32": pa.int32(),
    "string": pa.string(),
    "float64": pa.float64(),
    "bool": pa.bool_(),
    "date32": pa.date32(),
    "timestamp[us]": pa.timestamp("us"),
    "decimal128(12, 2)": pa.decimal128(12, 2),
}
FORMATS = {"unescaped_tsv": "application/x-amzn-unescaped-tsv"}  # the client knows it by this name only
PARSERS = {
    "date32": dt.date.fromisoformat,
    "timestamp[us]": dt.datetime.fromisoformat,
    "decimal128(12, 2)": decimal.Decimal,
}


class Peer:
    def __init__(self, uri, namespace):
        self.client = Client(uri, namespace=namespace)
        self.transactions = {}

    def schema_def(self, columns):
        return [
            {"name": c["name"], "type": c["type"], "nullable": not c["key"], "is_merge_key": c["key"]} for c in columns
        ]

    def in_transaction(self, command):
        name = command.get("transaction")
        return {"transaction": self.transactions[name]} if name else {}

    def create(self, command):
        partition = command.get("partition")
        self.client.catalog.create_table(
            table=command["table"],
            schema_def=self.schema_def(command["columns"]),
            partition_scheme={"keys": [{"key": [partition["column"]], "transform": partition["transform"]}]} if partition else None,
            default_content_type=FORMATS.get(command["format"], command["format"]),
            **self.in_transaction(command),
        )

    def write(self, command):
        arrays = {}
        for position, column in enumerate(command["columns"]):
            parse = PARSERS.get(column["type"], lambda value: value)
            values = [None if row[position] is None else parse(row[position]) for row in command["rows"]]
            arrays[column["name"]] = pa.array(values, TYPES[column["type"]])
        table = pa.table(arrays)
        extra = self.in_transaction(command)
        if command["mode"] == "create":
            extra["create_if_missing"] = {"schema_def": self.schema_def(command["columns"])}
        session = self.client.catalog.write(
            table, table=command["table"], mode=command["mode"], format=FORMATS.get(command["format"], command["format"]), **extra
        )
        return {"committed": bool(getattr(session, "committed", False))}

    def add_column(self, command):
        field = {"name": command["column"]["name"], "type": command["column"]["type"], "nullable": True}
        self.client.catalog.alter_table(
            table=command["table"], schema_updates={"operations": [{"op": "add", "field": field}]}
        )

    def read(self, command):
        options = self.in_transaction(command)
        for key in ("as_of", "filter_predicate", "partition_filter"):
            if command.get(key) is not None:
                options[key] = command[key]
        table = self.client.catalog.read(table=command["table"], **options)
        return {"rows": rows_of(table.select(command["columns"]))}

    def begin(self, command):
        self.transactions[command["name"]] = self.client.transaction().__enter__()

    def commit(self, command):
        self.transactions.pop(command["name"]).__exit__(None, None, None)

    def abort(self, command):
        reason = RuntimeError("given up by the test")
        self.transactions.pop(command["name"]).__exit__(RuntimeError, reason, None)

    def listing(self, command):
        """Streams, partitions and deltas as the client's explorer shows them."""
        catalog, table = self.client.catalog, command["table"]
        found = []
        for stream in catalog.list_streams(table=table, table_version="1"):
            for partition in catalog.list_partitions(table=table, table_version="1", stream_id=stream.stream_id):
                deltas = catalog.list_partition_deltas(
                    table=table,
                    table_version="1",
                    stream_id=stream.stream_id,
                    partition_id=partition.partition_id,
                    include_manifest=True,
                )
                for delta in deltas:
                    files = sorted(os.path.basename(entry["url"]) for entry in delta.raw["manifest"]["entries"])
                    found.append(
                        [stream.stream_id, partition.partition_id, partition.partition_values, delta.stream_position,
                         delta.delta_type, delta.raw["record_count"], files]
                    )
        return {"deltas": found}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--uri", required=True)
    parser.add_argument("--namespace", required=True)
    arguments = parser.parse_args()
    replies = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # whatever libraries print must not mix with replies
    peer = Peer(arguments.uri, arguments.namespace)
    for line in sys.stdin:
        command = json.loads(line)
        try:
            reply = getattr(peer, command["op"])(command) or {}
        except BaseException as error:  # a panic of native code is no Exception
            traceback.print_exc()
            reply = {
                "error": {
                    "type": type(error).__name__,
                    "message": str(error)[:2000],
                    "code": getattr(error, "code", None),
                    "details": getattr(error, "details", None) or {},
                }
            }
        replies.write(json.dumps(reply, default=str) + "\n")
        replies.flush()


if __name__ == "__main__":
    sys.exit(main())
