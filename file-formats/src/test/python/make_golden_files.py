"""Writes the Parquet files that the reader's golden tests compare with, and their content as JSON.

Run with any recent pyarrow (written with 26.0.1):  python make_golden_files.py ../resources/golden
"""

import datetime
import decimal
import json
import pathlib
import random
import sys

import pyarrow as pa
import pyarrow.parquet as pq

ROWS = 160
OUT = pathlib.Path(sys.argv[1])
random.seed(20130101)
decimal.getcontext().prec = 80


def ints(bits, signed):
    low, high = (-(1 << bits - 1), (1 << bits - 1) - 1) if signed else (0, (1 << bits) - 1)
    return lambda i: [low, high, 0, 1][i % 50] if i % 50 < 4 else random.randint(low, high)


def decimals(precision, scale):
    top = 10**precision - 1
    def make(i):
        unscaled = [top, -top, 0][i % 40] if i % 40 < 3 else random.randint(-top, top)
        return decimal.Decimal(unscaled).scaleb(-scale)
    return make


def text(i):
    if i % 30 == 0:
        return ""
    if i % 77 == 0:
        return "x" * 600
    return random.choice(["plain", "größe", "日本", "🙂 smile", "a\nb"]) + str(random.randint(0, 10**9))


def blob(i):
    return bytes(random.randint(0, 255) for _ in range(random.randint(0, 12)))


def struct_value(i):
    return {"a": None if i % 4 == 0 else i, "b": None if i % 5 == 0 else text(i), "c": {"d": i * 0.5}}


FLAT = [
    ("bool", pa.bool_(), lambda i: random.random() < 0.5),
    ("int8", pa.int8(), ints(8, True)),
    ("int16", pa.int16(), ints(16, True)),
    ("int32", pa.int32(), ints(32, True)),
    ("int64", pa.int64(), ints(64, True)),
    ("uint8", pa.uint8(), ints(8, False)),
    ("uint16", pa.uint16(), ints(16, False)),
    ("uint32", pa.uint32(), ints(32, False)),
    ("uint64", pa.uint64(), ints(64, False)),
    ("float32", pa.float32(), lambda i: random.choice([0.0, -0.0, 1.5, -2.25, float("inf")]) if i % 3 else i / 7),
    ("float64", pa.float64(), lambda i: random.random() * 10 ** random.randint(-300, 300)),
    ("small_decimal", pa.decimal128(9, 2), decimals(9, 2)),
    ("medium_decimal", pa.decimal128(18, 4), decimals(18, 4)),
    ("large_decimal", pa.decimal128(38, 10), decimals(38, 10)),
    ("huge_decimal", pa.decimal256(76, 20), decimals(76, 20)),
    ("string", pa.string(), text),
    ("few_strings", pa.string(), lambda i: "value-%d" % (i % 7)),
    ("large_string", pa.large_string(), text),
    ("binary", pa.binary(), blob),
    ("fixed_binary", pa.binary(5), lambda i: bytes([i % 256] * 5)),
    ("date32", pa.date32(), lambda i: random.randint(-100000, 100000)),
    ("date64", pa.date64(), lambda i: random.randint(-10000, 10000) * 86400000),
    ("time32_s", pa.time32("s"), lambda i: random.randint(0, 86399)),
    ("time32_ms", pa.time32("ms"), lambda i: random.randint(0, 86399999)),
    ("time64_us", pa.time64("us"), lambda i: random.randint(0, 86399999999)),
    ("time64_ns", pa.time64("ns"), lambda i: random.randint(0, 86399999999999)),
    ("timestamp_s", pa.timestamp("s"), lambda i: random.randint(-(10**9), 10**9)),
    ("timestamp_ms", pa.timestamp("ms"), lambda i: random.randint(-(10**12), 10**12)),
    ("timestamp_us", pa.timestamp("us"), lambda i: random.randint(-(10**15), 10**15)),
    ("timestamp_ns", pa.timestamp("ns"), lambda i: random.randint(-(10**18), 10**18)),
    ("timestamp_utc", pa.timestamp("us", tz="UTC"), lambda i: random.randint(-(10**15), 10**15)),
    ("timestamp_zone", pa.timestamp("ms", tz="Europe/Berlin"), lambda i: random.randint(-(10**12), 10**12)),
    ("duration_us", pa.duration("us"), lambda i: random.randint(-(10**15), 10**15)),
    ("increasing", pa.int64(), lambda i: i * 1000),
    ("nothing", pa.null(), lambda i: None),
    ("category", pa.dictionary(pa.int32(), pa.string()), lambda i: "category %d" % (i % 5)),
]

NESTED = [
    ("id", pa.int64(), lambda i: i),
    ("list_int", pa.list_(pa.int32()), lambda i: [None if (i + k) % 6 == 0 else k for k in range(i % 5)]),
    ("list_string", pa.large_list(pa.string()), lambda i: [text(i + k) for k in range(i % 4)]),
    ("fixed_list", pa.list_(pa.float64(), 3), lambda i: [i, None, i / 2]),
    ("list_list", pa.list_(pa.list_(pa.int64())),
     lambda i: [None if (i + k) % 5 == 0 else list(range(k)) for k in range(i % 4)]),
    ("struct", pa.struct([("a", pa.int64()), ("b", pa.string()), ("c", pa.struct([("d", pa.float64())]))]), struct_value),
    ("list_struct", pa.list_(pa.struct([("a", pa.int32()), ("b", pa.list_(pa.string()))])),
     lambda i: [None if (i + k) % 7 == 0 else {"a": k, "b": ["x%d" % j for j in range(k)]} for k in range(i % 4)]),
    ("map", pa.map_(pa.string(), pa.int64()), lambda i: [("k%d" % k, None if k == 2 else k * i) for k in range(i % 4)]),
    ("map_list", pa.map_(pa.int32(), pa.list_(pa.decimal128(20, 2))),
     lambda i: [(k, [decimal.Decimal(k).scaleb(-2)] * (k % 3)) for k in range(i % 3)]),
    ("struct_list", pa.struct([("x", pa.list_(pa.timestamp("ms"))), ("y", pa.bool_())]),
     lambda i: {"x": None if i % 9 == 0 else [i * 1000 + k for k in range(i % 3)], "y": i % 2 == 0}),
]


def table(columns, null_every):
    fields, arrays = [], []
    for position, (name, type_, make) in enumerate(columns):
        values = []
        for i in range(ROWS):
            value = make(i)
            runs = 60 <= i < 95 and position % 3 == 0
            values.append(None if null_every and (runs or (i + position) % null_every == 0) else value)
        fields.append(pa.field(name, type_))
        arrays.append(pa.array(values, type=type_))
    return pa.table(arrays, schema=pa.schema(fields))


def canonical(value, type_):
    """The value as the Java test prints it: integers in the type's unit, hex bytes, repr of floats, nested lists."""
    if value is None:
        return None
    if pa.types.is_dictionary(type_):
        return canonical(value, type_.value_type)
    if pa.types.is_boolean(type_):
        return value
    if pa.types.is_integer(type_):
        return str(value)
    if pa.types.is_floating(type_):
        return float(value).hex()
    if pa.types.is_decimal(type_):
        return str(int(value.scaleb(type_.scale)))
    if pa.types.is_binary(type_) or pa.types.is_fixed_size_binary(type_):
        return value.hex()
    if pa.types.is_string(type_) or pa.types.is_large_string(type_):
        return value
    if pa.types.is_map(type_):
        return [[canonical(k, type_.key_type), canonical(v, type_.item_type)] for k, v in value]
    if pa.types.is_struct(type_):
        return [canonical(value[f.name], f.type) for f in type_]
    if pa.types.is_list(type_) or pa.types.is_large_list(type_) or pa.types.is_fixed_size_list(type_):
        return [canonical(v, type_.value_type) for v in value]
    raise ValueError(type_)


def physical(array):
    """Temporal values as plain integers, so that nothing depends on Python's datetime."""
    t = array.type
    if pa.types.is_temporal(t):
        return array.cast(pa.int32() if t.bit_width == 32 else pa.int64())
    if pa.types.is_struct(t):
        return pa.StructArray.from_arrays(
            [physical(array.field(i)) for i in range(t.num_fields)], [f.name for f in t], mask=array.is_null())
    if pa.types.is_list(t) and pa.types.is_temporal(t.value_type):
        return pa.ListArray.from_arrays(array.offsets, physical(array.values), mask=array.is_null())
    return array


def write_expected(name, t):
    rows = {}
    for column, field in zip(t.columns, t.schema):
        array = physical(column.combine_chunks() if not isinstance(column, pa.ChunkedArray) else column.combine_chunks())
        if isinstance(array, pa.ChunkedArray):
            array = array.chunk(0)
        rows[field.name] = [canonical(v, array.type) for v in array.to_pylist()]
    (OUT / (name + ".json")).write_text(json.dumps(rows, ensure_ascii=True, separators=(",", ":")))


def write(name, t, **options):
    defaults = dict(row_group_size=70, data_page_size=700, write_batch_size=16, compression="zstd")
    defaults.update(options)
    pq.write_table(t, OUT / (name + ".parquet"), **defaults)


OUT.mkdir(parents=True, exist_ok=True)
flat = table(FLAT, 7)
flat_required = pa.table(table(FLAT[:-2], 0).columns, schema=pa.schema(
    [pa.field(n, t, nullable=False) for n, t, _ in FLAT[:-2]]))
nested = table(NESTED, 8)
write_expected("flat", flat)
write_expected("flat_required", flat_required)
write_expected("nested", nested)

for codec in ["none", "snappy", "gzip", "zstd", "lz4"]:
    write("flat_" + codec, flat, compression=codec)
    write("nested_" + codec, nested, compression=codec)
write("flat_v2_pages", flat, data_page_version="2.0")
write("nested_v2_pages", nested, data_page_version="2.0", compression="snappy")
write("flat_plain", flat, use_dictionary=False)
write("flat_one_page", flat, row_group_size=1000, data_page_size=1 << 20)
write("flat_checksums", flat, write_page_checksum=True)
write("flat_version_1", flat.drop(["timestamp_ns", "time64_ns"]), version="1.0")
write("flat_required_plain", flat_required, use_dictionary=False)
write("flat_required_dictionary", flat_required)
write("flat_integer_decimals", flat, store_decimal_as_integer=True)
write("flat_int96", flat.select(["timestamp_ms", "timestamp_us", "timestamp_ns"]), use_deprecated_int96_timestamps=True)
write("flat_no_arrow_schema", flat.drop(["timestamp_s", "time32_s", "date64", "duration_us", "timestamp_zone", "large_string"]),
      store_schema=False)
encodings = {n: "DELTA_BINARY_PACKED" for n in
             ["int8", "int16", "int32", "int64", "uint32", "uint64", "date32", "timestamp_us", "increasing"]}
encodings.update(string="DELTA_BYTE_ARRAY", few_strings="DELTA_LENGTH_BYTE_ARRAY", binary="DELTA_LENGTH_BYTE_ARRAY",
                 large_string="DELTA_BYTE_ARRAY", fixed_binary="DELTA_BYTE_ARRAY", bool="RLE",
                 float32="BYTE_STREAM_SPLIT", float64="BYTE_STREAM_SPLIT", time64_us="BYTE_STREAM_SPLIT",
                 time32_ms="BYTE_STREAM_SPLIT", medium_decimal="BYTE_STREAM_SPLIT")
write("flat_delta", flat, use_dictionary=False, column_encoding=encodings)
write("flat_delta_v2", flat, use_dictionary=False, column_encoding=encodings, data_page_version="2.0")
write("flat_dictionary_overflow", flat, dictionary_pagesize_limit=200, row_group_size=1000)

PAGED = 3000
numbers = sorted(random.randrange(-10**6, 10**6) for _ in range(PAGED))
paged = pa.table({
    "sorted": pa.array([None if 100 < i < 140 else v for i, v in enumerate(numbers)], pa.int64()),
    "text": pa.array([None if i % 11 == 0 else "k%06d" % (i // 3) + "x" * (i % 90) for i in range(PAGED)]),
    "double": pa.array([float("nan") if i % 97 == 0 else (i - 1500) / 7 for i in range(PAGED)]),
    "day": pa.array([datetime.date(2000, 1, 1) + datetime.timedelta(days=i) for i in range(PAGED)]),
    "ts": pa.array([1_600_000_000_000_000 + i * 1_000_003 for i in range(PAGED)], pa.timestamp("us", tz="UTC")),
    "dec": pa.array([decimal.Decimal(i - 1000) / 100 for i in range(PAGED)], pa.decimal128(20, 2)),
    "u64": pa.array([i * (2**64 // PAGED) for i in range(PAGED)], pa.uint64()),
    "dict": pa.array(["abc"[i // 1000] for i in range(PAGED)]),
    "list": pa.array([None if i % 7 == 0 else list(range(i % 5)) for i in range(PAGED)], pa.list_(pa.int32())),
    "struct": pa.array([None if i % 13 == 0 else {"a": i, "b": str(i)} for i in range(PAGED)],
                       pa.struct([("a", pa.int64()), ("b", pa.string())])),
})
(OUT / "paged").mkdir(exist_ok=True)
for name, version in (("paged/page_index", "1.0"), ("paged/page_index_v2_pages", "2.0")):
    write(name, paged, row_group_size=1100, write_batch_size=64, write_page_index=True, data_page_version=version,
          dictionary_pagesize_limit=2000)
