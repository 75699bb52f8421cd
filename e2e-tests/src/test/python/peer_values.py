"""One text form for every value, the same as io.deltacat.e2e.PeerValue in Java, so that rows can be compared exactly."""

import decimal
import json
import struct

import pyarrow as pa
import pyarrow.types as pt

NANOS = {"s": 1_000_000_000, "ms": 1_000_000, "us": 1_000, "ns": 1}


def text(scalar):
    """The text of one Arrow scalar; None for a missing value."""
    kind = scalar.type
    if not scalar.is_valid:
        return None
    if pt.is_boolean(kind):
        return "true" if scalar.as_py() else "false"
    if pt.is_integer(kind):
        return str(scalar.as_py())
    if pt.is_float32(kind):
        return "f32:" + struct.pack(">f", scalar.as_py()).hex()
    if pt.is_float64(kind):
        return "f64:" + struct.pack(">d", scalar.as_py()).hex()
    if pt.is_decimal(kind):
        return format(decimal.Decimal(scalar.as_py()), "f")
    if pt.is_string(kind) or pt.is_large_string(kind):
        return "s:" + scalar.as_py()
    if pt.is_binary(kind) or pt.is_large_binary(kind) or pt.is_fixed_size_binary(kind):
        return "x:" + scalar.as_py().hex()
    if pt.is_date(kind):
        return scalar.as_py().isoformat()
    if pt.is_time(kind):
        return "t:" + str(scalar.value * NANOS[kind.unit])
    if pt.is_timestamp(kind):
        zone = "i:" if kind.tz else "l:"
        return zone + str(scalar.value * NANOS[kind.unit])
    if pt.is_map(kind):
        pairs = [[text(entry["key"]), text(entry["value"])] for entry in scalar.values]
        return {"map": sorted(pairs)}
    if pt.is_list(kind) or pt.is_large_list(kind):
        return [text(element) for element in scalar.values]
    if pt.is_struct(kind):
        return [text(scalar[name]) for name in (field.name for field in kind)]
    raise TypeError(f"no text form for {kind}")


def rows_of(table: pa.Table):
    """One list of texts per row, columns in the table's order, rows sorted by the column `id`."""
    table = table.sort_by("id")
    columns = [column.combine_chunks() for column in table.columns]
    return [[text(column[row]) for column in columns] for row in range(table.num_rows)]


def print_rows(table: pa.Table):
    """Prints the rows, one JSON array a line."""
    for row in rows_of(table):
        print(json.dumps(row))
