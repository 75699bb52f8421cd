"""Writes an ORC file as Arrow's adapter does, which the Python client uses, and its content as JSON.

Run with any recent pyarrow (written with 23.0.1):  python make_golden_file.py ../resources/golden
"""

import datetime
import decimal
import json
import pathlib
import sys

import pyarrow as pa
import pyarrow.orc as orc

OUT = pathlib.Path(sys.argv[1])
N = 700
DAY = datetime.date(1970, 1, 1)


def column(type_, make):
    return pa.array([None if i % 7 == 3 else make(i) for i in range(N)], type_)


table = pa.table({
    "bool": column(pa.bool_(), lambda i: i % 3 == 0),
    "int8": column(pa.int8(), lambda i: i % 256 - 128),
    "int16": column(pa.int16(), lambda i: i * 91 - 32768),
    "int32": column(pa.int32(), lambda i: i * 1_000_003 % 2**32 - 2**31),
    "int64": column(pa.int64(), lambda i: (i - 350) * 26_148_914_691_236_517),
    "float": column(pa.float32(), lambda i: [float("nan"), float("inf"), -0.0, 1.5, i / 4][i % 5]),
    "double": column(pa.float64(), lambda i: i / 7),
    "decimal": column(pa.decimal128(12, 3), lambda i: decimal.Decimal(i * 12345 - 10**7).scaleb(-3)),
    "wide_decimal": column(pa.decimal128(38, 10), lambda i: decimal.Decimal((i - 350) * 10**24 + i).scaleb(-10)),
    "text": column(pa.string(), lambda i: ["", "a", "größe", "日本", "x" * 50][i % 5]),
    "binary": column(pa.binary(), lambda i: bytes([i % 256, 0, 255])),
    "date": column(pa.date32(), lambda i: datetime.date(1, 1, 1) + datetime.timedelta(days=i * 4000)),
    "timestamp": column(pa.timestamp("us"), lambda i: -8_000_000_000_000_000 + i * 20_000_000_000_123),
    "instant": column(pa.timestamp("us", tz="UTC"), lambda i: i * 1_000_000_007_001 - 10**15),
    "list": column(pa.list_(pa.int32()), lambda i: [None if j == 2 else j for j in range(i % 5)]),
    "map": column(pa.map_(pa.string(), pa.int64()), lambda i: [("k%d" % j, j * i) for j in range(i % 3)]),
    "struct": column(
        pa.struct([("a", pa.int64()), ("b", pa.list_(pa.string()))]),
        lambda i: {"a": None if i % 2 else i, "b": [str(i)] * (i % 3)}),
})


def plain(value, type_):
    if value is None:
        return None
    if pa.types.is_list(type_):
        return [plain(v, type_.value_type) for v in value]
    if pa.types.is_map(type_):
        return [[plain(k, type_.key_type), plain(v, type_.item_type)] for k, v in value]
    if pa.types.is_struct(type_):
        return [plain(value[field.name], field.type) for field in type_]
    if pa.types.is_decimal(type_):
        return str(int(value.scaleb(type_.scale, decimal.Context(prec=60))))
    if pa.types.is_date(type_):
        return str((value - DAY).days)
    if pa.types.is_floating(type_):
        return value.hex()
    return value.hex() if isinstance(value, bytes) else value if isinstance(value, bool) else str(value)


def content(t):
    columns = {}
    for name, array in zip(t.column_names, t.columns):
        if pa.types.is_timestamp(array.type):
            array = array.cast(pa.int64())
        columns[name] = [plain(v, array.type) for v in array.to_pylist()]
    return columns


if __name__ == "__main__":
    orc.write_table(table, OUT / "python.orc", compression="zstd", stripe_size=16384)
    (OUT / "python.json").write_text(json.dumps(content(table), separators=(",", ":")))
