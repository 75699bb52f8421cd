"""Writes files with the real DeltaCAT Python client and reads files back with it.

    pip install 'deltacat-client[pandas,polars,io]==0.1.67'
    python referee.py golden DIR     write files and what they hold
    python referee.py check DIR      compare files named in DIR/manifest.json with what they should hold

Both sides describe a table as a base64 Arrow IPC schema and rows of canonical values: whole numbers, dates, times,
timestamps and decimals as decimal text (in the column's own unit; decimals unscaled), floating point numbers as the 16 hex
digits of the double, bytes as hex, lists as lists, maps as lists of pairs, structs as lists of values.
"""

import base64
import datetime as dt
import decimal
import json
import math
import os
import struct
import sys

import pyarrow as pa
from deltacat_io_core.pyarrow_read_support import file_to_table
from deltacat_io_core.pyarrow_write_support import table_to_file
from deltacat_io_core.schema_support import align_table_to_schema

decimal.getcontext().prec = 100
D = decimal.Decimal
EXTENSIONS = {
    "text/csv": ".csv.gz",
    "text/tsv": ".tsv.gz",
    "text/psv": ".psv.gz",
    "application/x-amzn-unescaped-tsv": ".tsv.gz",
    "application/json": ".json.gz",
    "application/avro": ".avro",
    "application/feather": ".feather",
}
DELIMITED = {"text/csv", "text/tsv", "text/psv", "application/x-amzn-unescaped-tsv"}
QUOTED = DELIMITED - {"application/x-amzn-unescaped-tsv"}


def canonical(value, t):
    """One value of a pyarrow scalar as JSON."""
    if value is None or not value.is_valid:
        return None
    if pa.types.is_dictionary(t):
        return canonical(value.value, t.value_type)
    if pa.types.is_boolean(t):
        return value.as_py()
    if pa.types.is_integer(t):
        return str(value.as_py())
    if pa.types.is_floating(t):
        return "nan" if math.isnan(value.as_py()) else struct.pack(">d", float(value.as_py())).hex()
    if pa.types.is_decimal(t):
        return str(int(value.as_py().scaleb(t.scale)))
    if pa.types.is_temporal(t):
        return str(value.value)
    if pa.types.is_string(t) or pa.types.is_large_string(t) or pa.types.is_string_view(t):
        return value.as_py()
    if pa.types.is_binary(t) or pa.types.is_large_binary(t) or pa.types.is_binary_view(t) or pa.types.is_fixed_size_binary(t):
        return value.as_py().hex()
    if pa.types.is_map(t):
        entries = value.values
        return [
            [canonical(entries.field(0)[i], t.key_type), canonical(entries.field(1)[i], t.item_type)]
            for i in range(len(entries))
        ]
    if pa.types.is_list(t) or pa.types.is_large_list(t) or pa.types.is_fixed_size_list(t):
        return [canonical(v, t.value_type) for v in value.values]
    if pa.types.is_struct(t):
        return [canonical(value[i], t.field(i).type) for i in range(t.num_fields)]
    if pa.types.is_null(t):
        return None
    raise TypeError(t)


def rows_of(table):
    return [
        [canonical(table.column(c)[r], table.schema.field(c).type) for c in range(table.num_columns)]
        for r in range(table.num_rows)
    ]


def describe(table):
    return {
        "schema": base64.b64encode(table.schema.serialize().to_pybytes()).decode(),
        "rows": rows_of(table),
    }


def read(path, content_type, schema):
    encoding = "gzip" if content_type in DELIMITED | {"application/json"} else "identity"
    table = file_to_table(path, content_type, content_encoding=encoding, column_names=schema.names)
    return align_table_to_schema(table, [{"name": f.name, "type": f.type} for f in schema], arrow_schema=schema)


def scalar_columns():
    us = 10**6
    return {
        "id": (pa.int64(), [1, 2, 3, 4]),
        "flag": (pa.bool_(), [True, False, None, True]),
        "i8": (pa.int8(), [-128, 127, None, 0]),
        "i16": (pa.int16(), [-(2**15), 2**15 - 1, None, 0]),
        "i32": (pa.int32(), [-(2**31), 2**31 - 1, None, 0]),
        "i64": (pa.int64(), [-(2**63), 2**63 - 1, None, 0]),
        "u8": (pa.uint8(), [0, 255, None, 7]),
        "u16": (pa.uint16(), [0, 2**16 - 1, None, 7]),
        "u32": (pa.uint32(), [0, 2**32 - 1, None, 7]),
        "u64": (pa.uint64(), [0, 2**64 - 1, None, 7]),
        "f16": (pa.float16(), [1.5, -65504.0, None, 0.0]),
        "f32": (pa.float32(), [1.5, -3.25e38, None, 1e-30]),
        "f64": (pa.float64(), [0.1, -1.7976931348623157e308, None, 5e-324]),
        "special": (pa.float64(), [float("nan"), float("inf"), float("-inf"), None]),
        "d9": (pa.decimal128(9, 2), [D("1234567.89"), D("-0.01"), None, D("0")]),
        "d38": (pa.decimal128(38, 10), [D("1234567890123456789012345678.0123456789"), D("-0.0000000001"), None, D("0")]),
        "d50": (pa.decimal256(50, 3), [D("12345678901234567890123456789012345678901234567.123"), D("-1"), None, D("0")]),
        "text": (pa.string(), ["", 'a "b", c|d\te\nf\r\ng', None, "h\u00e9llo \U0001f600 \u4e16"]),
        "plain": (pa.string(), ["", " padded ", None, "NA"]),
        "large": (pa.large_string(), ["x", "01", None, "null"]),
        "view": (pa.string_view(), ["x", "a string longer than twelve bytes", None, ""]),
        "bytes": (pa.binary(), [b"", b"\x00\xff\x80a", None, b"abc"]),
        "fixed": (pa.binary(3), [b"abc", b"\x00\x01\xff", None, b"   "]),
        "utf8bytes": (pa.binary(), [b"", b"abc", None, "h\u00e9".encode()]),
        "date": (pa.date32(), [dt.date(1969, 12, 31), dt.date(9999, 12, 31), None, dt.date(2024, 2, 29)]),
        "date_ms": (pa.date64(), [dt.date(1969, 12, 31), dt.date(2024, 2, 29), None, dt.date(1, 1, 1)]),
        "time_s": (pa.time32("s"), [0, 86399, None, 3723]),
        "time_ms": (pa.time32("ms"), [0, 86399999, None, 3723004]),
        "time_us": (pa.time64("us"), [0, 86399 * us + 999999, None, 4]),
        "time_ns": (pa.time64("ns"), [0, 86399999999999, None, 1]),
        "ts_s": (pa.timestamp("s"), [0, -1, None, 1709251199]),
        "ts_ms": (pa.timestamp("ms"), [0, -1, None, 1709251199123]),
        "ts_us": (pa.timestamp("us"), [0, -1, None, 1709251199123456]),
        "ts_ns": (pa.timestamp("ns"), [0, -1, None, 1709251199123456789]),
        "utc_ms": (pa.timestamp("ms", "UTC"), [0, -1, None, 1709251199123]),
        "utc_us": (pa.timestamp("us", "UTC"), [0, -1, None, 1709251199123456]),
        "utc_ns": (pa.timestamp("ns", "UTC"), [0, -1, None, 1709251199123456789]),
        "ny_us": (pa.timestamp("us", "America/New_York"), [0, -1, None, 1720000000000001]),
        "span_s": (pa.duration("s"), [0, -1, None, 90061]),
        "span_us": (pa.duration("us"), [0, -90061000001, None, 1]),
        "nothing": (pa.null(), [None, None, None, None]),
        "coded": (pa.dictionary(pa.int8(), pa.string()), ["a", "b", None, "a"]),
        "codedbytes": (pa.dictionary(pa.int32(), pa.binary()), [b"a", b"", None, b"a"]),
        "codedlong": (pa.dictionary(pa.int16(), pa.int64()), [5, -5, None, 5]),
    }


def nested_columns():
    deep = pa.list_(pa.struct([("x", pa.int64()), ("y", pa.list_(pa.string()))]))
    return {
        "id": (pa.int64(), [1, 2, 3, 4]),
        "ints": (pa.list_(pa.int32()), [[1, None, 3], [], None, [4]]),
        "texts": (pa.large_list(pa.string()), [["", None], [], None, ["\u00e9", "a\nb"]]),
        "pair": (pa.list_(pa.int32(), 2), [[1, None], [3, 4], None, [5, 6]]),
        "point": (pa.struct([("x", pa.int64()), ("y", pa.string())]), [{"x": 1, "y": ""}, {"x": None, "y": None}, None, {"x": 4, "y": "z"}]),
        "deep": (deep, [[{"x": 1, "y": ["q"]}, None], [], None, [{"x": None, "y": None}, {"x": 2, "y": []}]]),
        "map": (pa.map_(pa.string(), pa.int32()), [[("a", 1), ("b", None)], [], None, [("", 3)]]),
        "longs": (pa.map_(pa.int64(), pa.list_(pa.float64())), [[(1, [0.5])], [], None, [(2, None)]]),
        "codedlist": (pa.list_(pa.dictionary(pa.int8(), pa.string())), [["a", None, "a"], [], None, ["b"]]),
    }


def avro_nested_columns():
    """Without null and empty lists: the client's Avro writer (polars) writes such lists in the wrong order of bytes."""
    deep = pa.list_(pa.struct([("x", pa.int64()), ("y", pa.string())]))
    return {
        "id": (pa.int64(), [1, 2]),
        "ints": (pa.list_(pa.int32()), [[1, None, 3], [4]]),
        "texts": (pa.large_list(pa.string()), [["", None], ["\u00e9", "a\nb"]]),
        "point": (pa.struct([("x", pa.int64()), ("y", pa.string())]), [{"x": 1, "y": ""}, None]),
        "deep": (deep, [[{"x": 1, "y": "q"}, None], [{"x": None, "y": None}]]),
        "map": (pa.map_(pa.string(), pa.int32()), [[("a", 1), ("b", None)], [("", 3)]]),
    }


# What the Python client cannot write in a format.
UNWRITABLE = {
    "text/csv": {"view", "bytes", "fixed"},
    "application/x-amzn-unescaped-tsv": {"view", "bytes", "fixed", "text"},
    "application/json": {"d50", "bytes", "fixed", "utf8bytes", "codedbytes", "codedlist", "pair"},  # it writes "pair" wrong after a null
    "application/avro": {
        "i8", "i16", "u8", "u16", "u32", "u64", "d50", "time_s", "time_ms", "time_us", "time_ns", "ts_ns", "utc_ms",
        "utc_us", "utc_ns", "ny_us", "span_s", "span_us", "nothing", "coded", "codedbytes", "codedlong", "pair", "codedlist",
    },
    "application/feather": set(),
}  # fmt: skip
# What it writes, but reads back as something else than it wrote.
MISREAD = {
    "text/csv": {"u64", "d38", "d50", "time_ms", "time_us", "time_ns", "codedlong"},
    "application/x-amzn-unescaped-tsv": {"u64", "d38", "d50", "time_ms", "time_us", "time_ns", "codedlong"},
    "application/json": {"u64", "time_s", "time_ms", "time_us", "time_ns", "span_s", "span_us", "map", "longs", "codedlong"},
    "application/avro": {"map", "longs"},
    "application/feather": set(),
}
for name in ("text/tsv", "text/psv"):
    UNWRITABLE[name] = UNWRITABLE["text/csv"]
    MISREAD[name] = MISREAD["text/csv"]


def as_read(name, t, values, content_type):
    """What a reader gets for values that a format cannot tell apart."""
    if pa.types.is_dictionary(t):
        text = pa.types.is_string(t.value_type) or pa.types.is_binary(t.value_type)
        empty = "" if pa.types.is_string(t.value_type) else b""
    else:
        text = pa.types.is_string(t) or pa.types.is_large_string(t) or pa.types.is_binary(t)
        empty = b"" if pa.types.is_binary(t) else ""
    if content_type in QUOTED and text:
        return [empty if v is None else v for v in values]
    if content_type in DELIMITED and text:
        return [None if v == empty else v for v in values]
    if content_type in QUOTED and pa.types.is_floating(t):
        return [None if v is None or math.isnan(v) else v for v in values]
    if content_type == "application/json" and pa.types.is_floating(t):
        return [None if v is None or not math.isfinite(v) else v for v in values]
    return values


def table_of(columns):
    return pa.table({n: pa.array(v, t) for n, (t, v) in columns.items()})


def golden(directory):
    os.makedirs(directory, exist_ok=True)
    manifest = []
    surprises = []
    for content_type, extension in EXTENSIONS.items():
        kinds = {"scalars": scalar_columns()}
        if content_type not in DELIMITED:
            kinds["nested"] = avro_nested_columns() if "avro" in content_type else nested_columns()
        for kind, columns in kinds.items():
            columns = {n: c for n, c in columns.items() if n not in UNWRITABLE[content_type]}
            written = table_of(columns)
            expected = table_of({n: (t, as_read(n, t, v, content_type)) for n, (t, v) in columns.items()})
            name = content_type.split("/")[1].replace("x-amzn-", "") + "-" + kind + extension
            path = os.path.join(directory, name)
            if os.path.exists(path):
                os.remove(path)
            table_to_file(written, directory, None, lambda base, name=name: name, content_type)
            actual = read(path, content_type, expected.schema)
            for n in expected.schema.names:
                same = actual.schema.field(n).type == expected.schema.field(n).type and rows_of(
                    actual.select([n])
                ) == rows_of(expected.select([n]))
                if same == (n in MISREAD[content_type]):
                    surprises.append(f"{content_type} column {n}: same={same} {actual.column(n).to_pylist()}")
            manifest.append({"file": name, "contentType": content_type, **describe(expected)})
    large_feather(directory)
    if surprises:
        raise AssertionError("\n".join(surprises))
    with open(os.path.join(directory, "manifest.json"), "w") as out:
        json.dump(manifest, out, indent=1)
        out.write("\n")


def large_feather(directory):
    """Files of several batches; LargeFeatherTest knows what is in row i."""
    import pyarrow.feather as feather

    n = 20000
    table = pa.table(
        {
            "n": pa.array([i % 1000 for i in range(n)], pa.int64()),
            "s": pa.array([None if i % 7 == 0 else f"row {i % 100}" for i in range(n)]),
            "c": pa.array([f"code {i % 3}" for i in range(n)]).dictionary_encode(),
        }
    )
    for compression in ("lz4", "zstd", "uncompressed"):
        rows = table if compression != "uncompressed" else table.slice(1, 100)
        path = os.path.join(directory, f"large-{compression}.feather")
        feather.write_feather(rows, path, compression=compression, chunksize=9000)
    batches = [
        pa.record_batch([pa.DictionaryArray.from_arrays(pa.array([0, 1], pa.int8()), pa.array(["a", "b"]))], ["c"]),
        pa.record_batch([pa.DictionaryArray.from_arrays(pa.array([2, 0], pa.int8()), pa.array(["a", "b", "z"]))], ["c"]),
    ]
    options = pa.ipc.IpcWriteOptions(emit_dictionary_deltas=True)
    with pa.ipc.new_file(os.path.join(directory, "deltas.feather"), batches[0].schema, options=options) as writer:
        for batch in batches:
            writer.write_batch(batch)


def check(directory):
    failures = 0
    with open(os.path.join(directory, "manifest.json")) as source:
        manifest = json.load(source)
    for entry in manifest:
        schema = pa.ipc.read_schema(pa.BufferReader(base64.b64decode(entry["schema"])))
        try:
            actual = read(os.path.join(directory, entry["file"]), entry["contentType"], schema)
        except Exception as error:  # every failure is reported with its file
            print(f"{entry['file']}: {type(error).__name__}: {error}")
            failures += 1
            continue
        for index, field in enumerate(schema):
            expected = [row[index] for row in entry["rows"]]
            found = [row[0] for row in rows_of(actual.select([field.name]))]
            typed = actual.schema.field(field.name).type == field.type
            misread = field.name in entry.get("misread", [])
            if (typed and expected == found) == misread:
                print(f"{entry['file']}: column {field.name} {field.type}: {actual.schema.field(field.name).type} {found}, expected {expected}")
                failures += 1
    print(f"{len(manifest)} files, {failures} failures")
    return failures


if __name__ == "__main__":
    if sys.argv[1] == "golden":
        golden(sys.argv[2])
    else:
        sys.exit(1 if check(sys.argv[2]) else 0)
