"""The real DeltaCAT client as a command line: the tests' second opinion about tables, transactions and watermarks."""

import argparse
import datetime as dt
import decimal
import json
import sys

import pyarrow as pa
from deltacat_client import Client

from peer_values import print_rows


def all_types() -> pa.Table:
    """Every type that both sides know: ordinary, smallest and largest values, and a row of nulls."""
    utc = dt.timezone.utc
    dec = decimal.Decimal

    def column(kind, *values):
        return pa.array(values, type=kind)

    columns = {
        "id": column(pa.int64(), 1, 2, 3, 4),
        "c_bool": column(pa.bool_(), True, False, True, None),
        "c_int8": column(pa.int8(), 7, -128, 127, None),
        "c_int16": column(pa.int16(), 7, -32768, 32767, None),
        "c_int32": column(pa.int32(), 7, -(2**31), 2**31 - 1, None),
        "c_int64": column(pa.int64(), 7, -(2**63), 2**63 - 1, None),
        "c_uint8": column(pa.uint8(), 7, 0, 255, None),
        "c_uint16": column(pa.uint16(), 7, 0, 65535, None),
        "c_uint32": column(pa.uint32(), 7, 0, 2**32 - 1, None),
        "c_float": column(pa.float32(), 1.5, -3.4e38, 1.1754944e-38, None),
        "c_double": column(pa.float64(), 0.1, -1.7976931348623157e308, 5e-324, None),
        "c_dec_9_2": column(pa.decimal128(9, 2), dec("1.25"), dec("-9999999.99"), dec("0.01"), None),
        "c_dec_18_4": column(pa.decimal128(18, 4), dec("1.2500"), dec("-99999999999999.9999"), dec("0.0000"), None),
        "c_dec_38_10": column(
            pa.decimal128(38, 10), dec("1.2500000000"), dec("-" + "9" * 28 + "." + "9" * 10), dec("0.0000000001"), None
        ),
        "c_string": column(pa.string(), "plain", "", "naïve ☃ 𝄞 'quoted' \"and\" \\ \n", None),
        "c_large_string": column(pa.large_string(), "plain", "", "x" * 1000, None),
        "c_binary": column(pa.binary(), b"\x00\x01\xff", b"", b"bytes", None),
        "c_fixed": column(pa.binary(4), b"abcd", b"\x00\x00\x00\x00", b"\xff\xff\xff\xff", None),
        "c_date": column(pa.date32(), dt.date(2013, 1, 31), dt.date(1, 1, 1), dt.date(9999, 12, 31), None),
        "c_time_ms": column(pa.time32("ms"), dt.time(10, 15, 30, 123000), dt.time(0), dt.time(23, 59, 59, 999000), None),
        "c_ts_s": column(pa.timestamp("s"), dt.datetime(2013, 1, 1, 10, 15), dt.datetime(1900, 1, 1), dt.datetime(2200, 1, 1), None),
        "c_ts_ms": column(
            pa.timestamp("ms"), dt.datetime(2013, 1, 1, 10, 15, 0, 123000), dt.datetime(1900, 1, 1), dt.datetime(2200, 1, 1), None
        ),
        "c_ts_us": column(
            pa.timestamp("us"), dt.datetime(2013, 1, 1, 10, 15, 0, 123456), dt.datetime(1900, 1, 1), dt.datetime(2200, 1, 1), None
        ),
        "c_ts_ns": pa.array([1357035300123456789, -1, 2**62, None], type=pa.int64()).cast(pa.timestamp("ns")),
        "c_ts_us_utc": column(
            pa.timestamp("us", tz="UTC"),
            dt.datetime(2013, 1, 1, 10, 15, 0, 123456, tzinfo=utc),
            dt.datetime(1900, 1, 1, tzinfo=utc),
            dt.datetime(2200, 1, 1, tzinfo=utc),
            None,
        ),
        "c_list": column(pa.list_(pa.int64()), [1, None, 3], [], [2**63 - 1], None),
        "c_strings": column(pa.list_(pa.string()), ["a", None], [], ["ü"], None),
        "c_map": column(pa.map_(pa.string(), pa.int32()), [("a", 1), ("b", None)], [], [("c", 3)], None),
        "c_struct": column(
            pa.struct([("x", pa.int32()), ("y", pa.string())]), {"x": 1, "y": "a"}, {"x": None, "y": None}, {"x": 3, "y": ""}, None
        ),
    }
    return pa.table(columns)


def small(first: int, count: int) -> pa.Table:
    """Rows `first` to `first + count - 1` of a table (id, name)."""
    ids = range(first, first + count)
    return pa.table({"id": pa.array(ids, pa.int64()), "name": pa.array([f"n{i}" for i in ids], pa.string())})


def write_all_types(client: Client, arguments):
    table = all_types()
    client.catalog.write(table, namespace=arguments.namespace, table=arguments.table)
    print_rows(table)


def write_small(client: Client, arguments):
    client.catalog.write(
        small(arguments.first, arguments.count), namespace=arguments.namespace, table=arguments.table, mode=arguments.mode
    )


def read(client: Client, arguments):
    print_rows(client.catalog.read(namespace=arguments.namespace, table=arguments.table))


def count(client: Client, arguments):
    """Prints the row count of each table, read one after the other."""
    counts = {}
    for table in arguments.tables:
        if client.catalog.table_exists(namespace=arguments.namespace, table=table):
            counts[table] = client.catalog.read(namespace=arguments.namespace, table=table).num_rows
        else:
            counts[table] = None
    print(json.dumps(counts))


def transaction(client: Client, arguments):
    """Writes to two tables in one transaction of its own; prints what others see before and after the commit."""
    others = Client(arguments.uri, namespace=arguments.namespace)

    def seen():
        return [others.catalog.read(namespace=arguments.namespace, table=table).num_rows for table in arguments.tables]

    before = seen()
    with client.transaction() as open_transaction:
        for table in arguments.tables:
            client.catalog.write(
                small(1000, 5), namespace=arguments.namespace, table=table, mode="append", transaction=open_transaction
            )
        inside = seen()
    print(json.dumps({"before": before, "inside": inside, "after": seen()}))


def watermark(client: Client, arguments):
    state = client.subscriptions.get_watermark(arguments.subscription).raw.get("watermark")
    print(json.dumps(state))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--uri", required=True)
    parser.add_argument("--namespace", default="default")
    commands = parser.add_subparsers(dest="command", required=True)
    for name, function in {"write-all-types": write_all_types, "read": read}.items():
        command = commands.add_parser(name)
        command.add_argument("table")
        command.set_defaults(function=function)
    command = commands.add_parser("write-small")
    command.add_argument("table")
    command.add_argument("--first", type=int, default=0)
    command.add_argument("--count", type=int, default=10)
    command.add_argument("--mode", default="auto")
    command.set_defaults(function=write_small)
    for name, function in {"count": count, "transaction": transaction}.items():
        command = commands.add_parser(name)
        command.add_argument("tables", nargs="+")
        command.set_defaults(function=function)
    command = commands.add_parser("watermark")
    command.add_argument("subscription")
    command.set_defaults(function=watermark)
    arguments = parser.parse_args()
    with Client(arguments.uri, namespace=arguments.namespace) as client:
        arguments.function(client, arguments)


if __name__ == "__main__":
    sys.exit(main())
