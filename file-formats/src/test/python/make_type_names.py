"""Writes the type names that the real deltacat-io-core gives to Arrow types.

Run with pyarrow and deltacat-io-core 0.1.67:  python make_type_names.py ../resources/golden/type_names.json
"""

import base64
import json
import sys

import msgpack
import pyarrow as pa
from deltacat_io_core.schema_types import arrow_type_name

TYPES = [
    pa.null(), pa.bool_(), pa.int8(), pa.int16(), pa.int32(), pa.int64(), pa.uint8(), pa.uint16(), pa.uint32(),
    pa.uint64(), pa.float16(), pa.float32(), pa.float64(), pa.string(), pa.large_string(), pa.binary(),
    pa.large_binary(), pa.string_view(), pa.binary_view(), pa.date32(), pa.date64(), pa.time32("s"), pa.time32("ms"),
    pa.time64("us"), pa.time64("ns"), pa.duration("s"), pa.duration("ns"), pa.timestamp("s"), pa.timestamp("ns"),
    pa.timestamp("us", tz="UTC"), pa.timestamp("ms", tz="Europe/Berlin"), pa.timestamp("us", tz="+02:00"),
    pa.month_day_nano_interval(), pa.decimal128(10, 2), pa.decimal128(38, 0), pa.decimal256(50, 7), pa.binary(16),
    pa.list_(pa.int64()), pa.list_(pa.field("item", pa.string(), nullable=False)), pa.large_list(pa.float64()),
    pa.list_(pa.int16(), 3), pa.struct([("a", pa.int32()), ("b", pa.list_(pa.decimal128(5, 1)))]),
    pa.struct([pa.field("a", pa.int32(), nullable=False)]), pa.map_(pa.string(), pa.int64()),
    pa.map_(pa.string(), pa.struct([("x", pa.timestamp("us", tz="UTC"))])), pa.dictionary(pa.int32(), pa.string()),
]
DEFAULTS = [None, True, False, 0, 1, -1, 127, 128, 255, 256, -32, -33, -128, -129, 65535, 65536, -32769, 2**31, -(2**31) - 1,
            2**63 - 1, -(2**63), 2**64 - 1, 1.5, -0.0, 1e300, "", "text", "größe", "x" * 40, "y" * 300, b"", b"\x00\xff",
            [1, "a", None], {"k": [True, {"n": 2.5}]}, ["ascending", "at_end"]]

types = [{
    "canonical": arrow_type_name(t),
    "display": str(t),
    "schema": base64.b64encode(pa.schema([pa.field("f", t)]).serialize().to_pybytes()).decode(),
} for t in TYPES]
defaults = [{
    "packed": base64.b64encode(msgpack.dumps(v)).decode(),
    "text": v.hex() if isinstance(v, bytes) else json.dumps(v, ensure_ascii=False),
} for v in DEFAULTS]
with open(sys.argv[1], "w") as out:
    json.dump({"types": types, "defaults": defaults}, out, indent=1)
