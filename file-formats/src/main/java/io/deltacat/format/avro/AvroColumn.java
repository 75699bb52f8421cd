package io.deltacat.format.avro;

import io.deltacat.format.batch.BooleanVector;
import io.deltacat.format.batch.BytesVector;
import io.deltacat.format.batch.ColumnVector;
import io.deltacat.format.batch.ListVector;
import io.deltacat.format.batch.MapVector;
import io.deltacat.format.batch.StructVector;
import io.deltacat.format.convert.DecimalSetter;
import io.deltacat.format.convert.RealSetter;
import io.deltacat.format.convert.ValueConversions;
import io.deltacat.format.convert.WholeSetter;
import io.deltacat.format.rowwise.NullValue;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;

/** Decodes the values of one column or nested field, or passes over them. Stateless. */
interface AvroColumn {

    /** Grows a vector by the next value. */
    void append(AvroInput in, ColumnVector vector, int row);

    /** Passes over the next value. */
    void skip(AvroInput in);

    /** Returns the fewest bytes a value takes. */
    int minBytes();

    /** {@code null}: no bytes at all. */
    record Nothing() implements AvroColumn {
        @Override
        public void append(AvroInput in, ColumnVector vector, int row) {
            NullValue.append(vector, row);
        }

        @Override
        public void skip(AvroInput in) {}

        @Override
        public int minBytes() {
            return 0;
        }
    }

    /** A union of one type with null: the branch's index comes first. */
    record Optional(AvroColumn value, int branches, int nullBranch) implements AvroColumn {
        @Override
        public void append(AvroInput in, ColumnVector vector, int row) {
            if (isNull(in)) {
                NullValue.append(vector, row);
            } else {
                value.append(in, vector, row);
            }
        }

        @Override
        public void skip(AvroInput in) {
            if (!isNull(in)) {
                value.skip(in);
            }
        }

        @Override
        public int minBytes() {
            return 1;
        }

        private boolean isNull(AvroInput in) {
            int branch = in.readInt();
            if (branch < 0 || branch >= branches) {
                throw new MalformedAvroException("branch " + branch + " of a union of " + branches);
            }
            return branch == nullBranch;
        }
    }

    /** {@code boolean}. */
    record Flag() implements AvroColumn {
        @Override
        public void append(AvroInput in, ColumnVector vector, int row) {
            vector.resize(row + 1);
            ((BooleanVector) vector).values()[row] = in.readBoolean();
        }

        @Override
        public void skip(AvroInput in) {
            in.take(1);
        }

        @Override
        public int minBytes() {
            return 1;
        }
    }

    /** {@code int} and {@code long}. */
    record Whole(WholeSetter setter, boolean fitsInt) implements AvroColumn {
        @Override
        public void append(AvroInput in, ColumnVector vector, int row) {
            vector.resize(row + 1);
            setter.set(vector, row, fitsInt ? in.readInt() : in.readLong());
        }

        @Override
        public void skip(AvroInput in) {
            in.readLong();
        }

        @Override
        public int minBytes() {
            return 1;
        }
    }

    /** {@code float} and {@code double}. */
    record Real(RealSetter setter, boolean isDouble) implements AvroColumn {
        @Override
        public void append(AvroInput in, ColumnVector vector, int row) {
            vector.resize(row + 1);
            setter.set(vector, row, isDouble ? in.readDouble() : in.readFloat());
        }

        @Override
        public void skip(AvroInput in) {
            in.take(minBytes());
        }

        @Override
        public int minBytes() {
            return isDouble ? Double.BYTES : Float.BYTES;
        }
    }

    /** {@code bytes}, {@code string} and, with a size of 0 or more, {@code fixed}. */
    record Bytes(Field wanted, int fixedSize) implements AvroColumn {
        @Override
        public void append(AvroInput in, ColumnVector vector, int row) {
            vector.resize(row + 1);
            int length = fixedSize < 0 ? in.readLength() : fixedSize;
            ValueConversions.requireLength(wanted, length);
            ((BytesVector) vector).set(row, in.data(), in.take(length), length);
        }

        @Override
        public void skip(AvroInput in) {
            in.take(fixedSize < 0 ? in.readLength() : fixedSize);
        }

        @Override
        public int minBytes() {
            return fixedSize < 0 ? 1 : fixedSize;
        }
    }

    /** Decimals in {@code bytes} or {@code fixed}. */
    record Decimals(DecimalSetter setter, int fixedSize) implements AvroColumn {
        private static final int MAX_DECIMAL_BYTES = 1024;

        @Override
        public void append(AvroInput in, ColumnVector vector, int row) {
            vector.resize(row + 1);
            int length = fixedSize < 0 ? in.readLength() : fixedSize;
            if (length > MAX_DECIMAL_BYTES) {
                throw new MalformedAvroException("a decimal of " + length + " bytes");
            }
            int start = in.take(length);
            setter.set(vector, row, length == 0 ? BigInteger.ZERO : new BigInteger(in.data(), start, length));
        }

        @Override
        public void skip(AvroInput in) {
            in.take(fixedSize < 0 ? in.readLength() : fixedSize);
        }

        @Override
        public int minBytes() {
            return fixedSize < 0 ? 1 : fixedSize;
        }
    }

    /** {@code enum}, read as its symbol. */
    record Symbols(List<byte[]> symbols) implements AvroColumn {
        static Symbols of(List<String> names) {
            return new Symbols(names.stream()
                    .map(name -> name.getBytes(StandardCharsets.UTF_8))
                    .toList());
        }

        @Override
        public void append(AvroInput in, ColumnVector vector, int row) {
            vector.resize(row + 1);
            int index = in.readInt();
            if (index < 0 || index >= symbols.size()) {
                throw new MalformedAvroException("symbol " + index + " of an enum of " + symbols.size());
            }
            byte[] symbol = symbols.get(index);
            ((BytesVector) vector).set(row, symbol, 0, symbol.length);
        }

        @Override
        public void skip(AvroInput in) {
            in.readInt();
        }

        @Override
        public int minBytes() {
            return 1;
        }
    }

    /** {@code array} as a list, of a fixed size if that is 0 or more. */
    record Elements(AvroColumn element, int fixedSize) implements AvroColumn {
        @Override
        public void append(AvroInput in, ColumnVector vector, int row) {
            vector.resize(row + 1);
            ListVector list = (ListVector) vector;
            int start = list.offsets()[row];
            int end = start;
            for (long count = Runs.next(in, element.minBytes()); count > 0; count = Runs.next(in, element.minBytes())) {
                for (long i = 0; i < count; i++) {
                    element.append(in, list.elements(), end++);
                }
            }
            if (fixedSize >= 0 && end - start != fixedSize) {
                throw new MalformedAvroException((end - start) + " elements, expected " + fixedSize);
            }
            list.offsets()[row + 1] = end;
        }

        @Override
        public void skip(AvroInput in) {
            for (long count = Runs.next(in, element.minBytes()); count > 0; count = Runs.next(in, element.minBytes())) {
                for (long i = 0; i < count; i++) {
                    element.skip(in);
                }
            }
        }

        @Override
        public int minBytes() {
            return 1;
        }
    }

    /** {@code map}, or an {@code array} of records with a key and a value. */
    record Entries(AvroColumn key, AvroColumn value) implements AvroColumn {
        @Override
        public void append(AvroInput in, ColumnVector vector, int row) {
            vector.resize(row + 1);
            MapVector map = (MapVector) vector;
            int end = map.offsets()[row];
            for (long count = Runs.next(in, minEntryBytes()); count > 0; count = Runs.next(in, minEntryBytes())) {
                for (long i = 0; i < count; i++) {
                    key.append(in, map.keys(), end);
                    if (map.keys().isNullAt(end)) {
                        throw new MalformedAvroException("the key of a map is null");
                    }
                    value.append(in, map.values(), end++);
                }
            }
            map.offsets()[row + 1] = end;
        }

        @Override
        public void skip(AvroInput in) {
            for (long count = Runs.next(in, minEntryBytes()); count > 0; count = Runs.next(in, minEntryBytes())) {
                for (long i = 0; i < count; i++) {
                    key.skip(in);
                    value.skip(in);
                }
            }
        }

        @Override
        public int minBytes() {
            return 1;
        }

        private int minEntryBytes() {
            return key.minBytes() + value.minBytes();
        }
    }

    /** An entry record in a union with null, as the Python client writes the entries of maps. */
    record OptionalKey(AvroColumn key, int branches, int nullBranch) implements AvroColumn {
        @Override
        public void append(AvroInput in, ColumnVector vector, int row) {
            requireEntry(in);
            key.append(in, vector, row);
        }

        @Override
        public void skip(AvroInput in) {
            requireEntry(in);
            key.skip(in);
        }

        @Override
        public int minBytes() {
            return 1 + key.minBytes();
        }

        private void requireEntry(AvroInput in) {
            int branch = in.readInt();
            if (branch < 0 || branch >= branches || branch == nullBranch) {
                throw new MalformedAvroException("branch " + branch + " for the entry of a map");
            }
        }
    }

    /** {@code record} as a struct; members that are not wanted are passed over, wanted ones it lacks are null. */
    record Members(List<AvroColumn> stored, List<Integer> wantedOfStored) implements AvroColumn {
        @Override
        public void append(AvroInput in, ColumnVector vector, int row) {
            vector.resize(row + 1);
            StructVector struct = (StructVector) vector;
            for (int i = 0; i < stored.size(); i++) {
                int wanted = wantedOfStored.get(i);
                if (wanted < 0) {
                    stored.get(i).skip(in);
                } else {
                    stored.get(i).append(in, struct.child(wanted), row);
                }
            }
            for (int i = 0; i < struct.childCount(); i++) {
                if (struct.child(i).size() <= row) {
                    NullValue.append(struct.child(i), row);
                }
            }
        }

        @Override
        public void skip(AvroInput in) {
            for (AvroColumn member : stored) {
                member.skip(in);
            }
        }

        @Override
        public int minBytes() {
            long sum = 0;
            for (AvroColumn member : stored) {
                sum += member.minBytes();
            }
            return (int) Math.min(sum, Integer.MAX_VALUE);
        }
    }

    /** The runs that arrays and maps consist of. */
    final class Runs {
        private static final int MAX_EMPTY_ELEMENTS = 1 << 20;

        private Runs() {}

        /** Returns the number of elements of the next run, 0 after the last. */
        static long next(AvroInput in, int minElementBytes) {
            long count = in.readLong();
            if (count < 0) {
                in.readLong(); // bytes of the run, for readers that pass over it
                count = -count;
            }
            long most = minElementBytes == 0 ? MAX_EMPTY_ELEMENTS : in.remaining() / minElementBytes;
            if (count < 0 || count > most) {
                throw new MalformedAvroException(
                        "a run of " + count + " elements, but " + in.remaining() + " bytes are left");
            }
            return count;
        }
    }
}
