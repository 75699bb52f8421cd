package io.deltacat.format.parquet.write;

import io.deltacat.format.file.ColumnStats;
import io.deltacat.format.file.RowAccessor;

/**
 * Writes a scalar field. One nested class per getter and stored type, so that the call of each is bound to one accessor and
 * one array.
 *
 * @param <R> class of what the value is taken from
 * @param <W> class of the stored column
 */
abstract class LeafFieldWriter<R, W extends LeafWriter> extends FieldWriter<R> {
    final W leaf;
    private final LeafSpec spec;
    private final boolean flat;
    private final boolean nullable;
    private final int present;

    LeafFieldWriter(RowAccessor<R> rows, W leaf, LeafSpec spec) {
        super(rows);
        this.leaf = leaf;
        this.spec = spec;
        this.flat = spec.isFlat();
        this.nullable = spec.field().isNullable() && !isMapKey(spec);
        this.present = spec.maxDefinition();
    }

    private static boolean isMapKey(LeafSpec spec) {
        int last = spec.path().size() - 1;
        return last >= 2
                && spec.path().get(last).equals("key")
                && spec.path().get(last - 1).equals("key_value");
    }

    /** Hands a value that is not null to the column. */
    abstract void writeValue(R row, int column);

    @Override
    final void write(R row, int column, int repetition) {
        if (rows.isNullAt(row, column)) {
            writeNull(repetition);
            return;
        }
        if (!flat) {
            leaf.addPresent(repetition, present);
        }
        writeValue(row, column);
    }

    private void writeNull(int repetition) {
        if (!nullable) {
            throw new InvalidValueException(spec, "the value is null, but the column is required");
        }
        if (flat) {
            leaf.addNull();
        } else {
            leaf.addAbsent(repetition, present - 1);
        }
    }

    @Override
    final void writeAbsent(int repetition, int definition) {
        leaf.addAbsent(repetition, definition);
    }

    @Override
    final ColumnStats stats() {
        return StatValues.columnStats(spec.field().getType(), leaf.fileBounds(), leaf.fileNulls());
    }

    final InvalidValueException invalid(String problem) {
        return new InvalidValueException(spec, problem);
    }

    /** Writes BOOLEAN. */
    static final class OfBoolean<R> extends LeafFieldWriter<R, PrimitiveLeafWriter.Booleans> {
        OfBoolean(RowAccessor<R> rows, PrimitiveLeafWriter.Booleans leaf, LeafSpec spec) {
            super(rows, leaf, spec);
        }

        @Override
        void writeValue(R row, int column) {
            leaf.add(rows.getBoolean(row, column));
        }
    }

    /** Writes INT32 from an int that may be limited to fewer bits. */
    static final class OfInt<R> extends LeafFieldWriter<R, PrimitiveLeafWriter.Ints> {
        private final int min;
        private final int max;

        OfInt(RowAccessor<R> rows, PrimitiveLeafWriter.Ints leaf, LeafSpec spec, int min, int max) {
            super(rows, leaf, spec);
            this.min = min;
            this.max = max;
        }

        @Override
        void writeValue(R row, int column) {
            int value = rows.getInt(row, column);
            if (value < min || value > max) {
                throw invalid("the value is " + value + ", expected " + min + " to " + max);
            }
            leaf.add(value);
        }
    }

    /** Writes INT32 from an int in a larger unit. */
    static final class OfScaledInt<R> extends LeafFieldWriter<R, PrimitiveLeafWriter.Ints> {
        private final int factor;

        OfScaledInt(RowAccessor<R> rows, PrimitiveLeafWriter.Ints leaf, LeafSpec spec, int factor) {
            super(rows, leaf, spec);
            this.factor = factor;
        }

        @Override
        void writeValue(R row, int column) {
            int value = rows.getInt(row, column);
            long scaled = (long) value * factor;
            if (scaled != (int) scaled) {
                throw invalid("the time is " + value + ", which is out of range");
            }
            leaf.add((int) scaled); // checked above
        }
    }

    /** Writes INT32 from a long within limits, which may have to be a multiple of the stored unit. */
    static final class OfNarrowLong<R> extends LeafFieldWriter<R, PrimitiveLeafWriter.Ints> {
        private final long unit;
        private final long limit;

        OfNarrowLong(RowAccessor<R> rows, PrimitiveLeafWriter.Ints leaf, LeafSpec spec, long unit, long limit) {
            super(rows, leaf, spec);
            this.unit = unit;
            this.limit = limit;
        }

        @Override
        void writeValue(R row, int column) {
            long value = rows.getLong(row, column);
            long stored = value / unit;
            if (stored * unit != value || stored > limit || stored < -limit) {
                throw invalid(
                        "the value is " + value + ", expected a multiple of " + unit + " up to " + limit + " of it");
            }
            leaf.add((int) stored); // the limit is an int, or the bits of an unsigned int
        }
    }

    /** Writes INT64. */
    static final class OfLong<R> extends LeafFieldWriter<R, PrimitiveLeafWriter.Longs> {
        OfLong(RowAccessor<R> rows, PrimitiveLeafWriter.Longs leaf, LeafSpec spec) {
            super(rows, leaf, spec);
        }

        @Override
        void writeValue(R row, int column) {
            leaf.add(rows.getLong(row, column));
        }
    }

    /** Writes INT64 from a long within limits, which may be in a larger unit. */
    static final class OfLimitedLong<R> extends LeafFieldWriter<R, PrimitiveLeafWriter.Longs> {
        private final long factor;
        private final long limit;

        OfLimitedLong(RowAccessor<R> rows, PrimitiveLeafWriter.Longs leaf, LeafSpec spec, long factor, long limit) {
            super(rows, leaf, spec);
            this.factor = factor;
            this.limit = limit;
        }

        @Override
        void writeValue(R row, int column) {
            long value = rows.getLong(row, column);
            if (value > limit || value < -limit) {
                throw invalid("the value is " + value + ", expected at most " + limit + " in either direction");
            }
            leaf.add(value * factor);
        }
    }

    /** Writes FLOAT. */
    static final class OfFloat<R> extends LeafFieldWriter<R, PrimitiveLeafWriter.Floats> {
        OfFloat(RowAccessor<R> rows, PrimitiveLeafWriter.Floats leaf, LeafSpec spec) {
            super(rows, leaf, spec);
        }

        @Override
        void writeValue(R row, int column) {
            leaf.add(rows.getFloat(row, column));
        }
    }

    /** Writes DOUBLE. */
    static final class OfDouble<R> extends LeafFieldWriter<R, PrimitiveLeafWriter.Doubles> {
        OfDouble(RowAccessor<R> rows, PrimitiveLeafWriter.Doubles leaf, LeafSpec spec) {
            super(rows, leaf, spec);
        }

        @Override
        void writeValue(R row, int column) {
            leaf.add(rows.getDouble(row, column));
        }
    }

    /** Writes BYTE_ARRAY. */
    static final class OfBytes<R> extends LeafFieldWriter<R, BytesLeafWriter> {
        OfBytes(RowAccessor<R> rows, BytesLeafWriter leaf, LeafSpec spec) {
            super(rows, leaf, spec);
        }

        @Override
        void writeValue(R row, int column) {
            leaf.add(rows.getBytes(row, column));
        }
    }

    /** Writes FIXED_LEN_BYTE_ARRAY from bytes of that length. */
    static final class OfFixedBytes<R> extends LeafFieldWriter<R, BytesLeafWriter> {
        private final int length;

        OfFixedBytes(RowAccessor<R> rows, BytesLeafWriter leaf, LeafSpec spec) {
            super(rows, leaf, spec);
            this.length = spec.typeLength();
        }

        @Override
        void writeValue(R row, int column) {
            byte[] value = rows.getBytes(row, column);
            if (value.length != length) {
                throw invalid("the value has " + value.length + " bytes, expected " + length);
            }
            leaf.add(value);
        }
    }
}
