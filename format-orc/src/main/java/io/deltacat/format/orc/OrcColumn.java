package io.deltacat.format.orc;

import io.deltacat.format.batch.BooleanVector;
import io.deltacat.format.batch.BytesVector;
import io.deltacat.format.batch.ColumnVector;
import io.deltacat.format.batch.ListVector;
import io.deltacat.format.batch.MapVector;
import io.deltacat.format.batch.StructVector;
import io.deltacat.format.convert.DecimalSetter;
import io.deltacat.format.convert.LossyValueException;
import io.deltacat.format.convert.RealSetter;
import io.deltacat.format.convert.ValueConversions;
import io.deltacat.format.convert.WholeSetter;
import io.deltacat.format.rowwise.DefaultValue;
import io.deltacat.format.rowwise.NullValue;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.orc.storage.ql.exec.vector.BytesColumnVector;
import org.apache.orc.storage.ql.exec.vector.DecimalColumnVector;
import org.apache.orc.storage.ql.exec.vector.DoubleColumnVector;
import org.apache.orc.storage.ql.exec.vector.ListColumnVector;
import org.apache.orc.storage.ql.exec.vector.LongColumnVector;
import org.apache.orc.storage.ql.exec.vector.MapColumnVector;
import org.apache.orc.storage.ql.exec.vector.StructColumnVector;
import org.apache.orc.storage.ql.exec.vector.TimestampColumnVector;
import org.jspecify.annotations.Nullable;

/** Appends the values of one stored column to a vector of the wanted type. Confined to one thread. */
abstract sealed class OrcColumn {

    /** Appends rows of a stored column. */
    final void append(
            org.apache.orc.storage.ql.exec.vector.ColumnVector source, int from, int count, ColumnVector target) {
        for (int i = from; i < from + count; i++) {
            int index = source.isRepeating ? 0 : i;
            int row = target.size();
            if (!source.noNulls && source.isNull[index]) {
                NullValue.append(target, row);
            } else {
                target.resize(row + 1);
                set(source, index, target, row);
            }
        }
    }

    /** Sets a row, the last one of the target, to a value that is not null. */
    abstract void set(
            org.apache.orc.storage.ql.exec.vector.ColumnVector source, int index, ColumnVector target, int row);

    /** Booleans. */
    static final class OfBooleans extends OrcColumn {
        @Override
        void set(org.apache.orc.storage.ql.exec.vector.ColumnVector source, int index, ColumnVector target, int row) {
            ((BooleanVector) target).values()[row] = ((LongColumnVector) source).vector[index] != 0;
        }
    }

    /** Integers and dates. */
    static final class OfWholes extends OrcColumn {
        private final WholeSetter setter;

        OfWholes(WholeSetter setter) {
            this.setter = setter;
        }

        @Override
        void set(org.apache.orc.storage.ql.exec.vector.ColumnVector source, int index, ColumnVector target, int row) {
            setter.set(target, row, ((LongColumnVector) source).vector[index]);
        }
    }

    /** Floating point numbers. */
    static final class OfReals extends OrcColumn {
        private final RealSetter setter;

        OfReals(RealSetter setter) {
            this.setter = setter;
        }

        @Override
        void set(org.apache.orc.storage.ql.exec.vector.ColumnVector source, int index, ColumnVector target, int row) {
            setter.set(target, row, ((DoubleColumnVector) source).vector[index]);
        }
    }

    /** Decimals. */
    static final class OfDecimals extends OrcColumn {
        private final DecimalSetter setter;
        private final int scale;

        /**
         * @param setter takes values at the stored scale
         * @param scale the stored scale
         */
        OfDecimals(DecimalSetter setter, int scale) {
            this.setter = setter;
            this.scale = scale;
        }

        @Override
        void set(org.apache.orc.storage.ql.exec.vector.ColumnVector source, int index, ColumnVector target, int row) {
            setter.set(
                    target,
                    row,
                    ((DecimalColumnVector) source)
                            .vector[index]
                            .getHiveDecimal()
                            .bigDecimalValue()
                            .setScale(scale)
                            .unscaledValue());
        }
    }

    /** Strings and binary values. */
    static final class OfBytes extends OrcColumn {
        private final Field wanted;

        OfBytes(Field wanted) {
            this.wanted = wanted;
        }

        @Override
        void set(org.apache.orc.storage.ql.exec.vector.ColumnVector source, int index, ColumnVector target, int row) {
            BytesColumnVector bytes = (BytesColumnVector) source;
            ValueConversions.requireLength(wanted, bytes.length[index]);
            ((BytesVector) target).set(row, bytes.vector[index], bytes.start[index], bytes.length[index]);
        }
    }

    /** Timestamps, which ORC keeps as seconds and nanoseconds. */
    static final class OfTimestamps extends OrcColumn {
        private final long perSecond;
        private final WholeSetter setter;

        /**
         * @param perSecond wanted units of a second
         * @param setter takes values in the wanted unit
         */
        OfTimestamps(long perSecond, WholeSetter setter) {
            this.perSecond = perSecond;
            this.setter = setter;
        }

        @Override
        void set(org.apache.orc.storage.ql.exec.vector.ColumnVector source, int index, ColumnVector target, int row) {
            TimestampColumnVector timestamps = (TimestampColumnVector) source;
            int nanos = timestamps.nanos[index];
            long second;
            if (nanos < 0) { // Arrow's writer counts both parts down from the epoch
                second = (timestamps.time[index] - nanos / 1_000_000) / 1000L - 1;
                nanos += 1_000_000_000;
            } else {
                second = Math.floorDiv(timestamps.time[index], 1000L);
            }
            long nanosPerUnit = 1_000_000_000L / perSecond;
            long whole = second * perSecond;
            long value = whole + nanos / nanosPerUnit;
            boolean fits = Math.multiplyHigh(second, perSecond) == whole >> 63 && value >= whole;
            if (!fits || nanos % nanosPerUnit != 0) {
                throw new LossyValueException(second + " s " + nanos + " ns");
            }
            setter.set(target, row, value);
        }
    }

    /** Lists. */
    static final class OfLists extends OrcColumn {
        private final OrcColumn element;

        OfLists(OrcColumn element) {
            this.element = element;
        }

        @Override
        void set(org.apache.orc.storage.ql.exec.vector.ColumnVector source, int index, ColumnVector target, int row) {
            ListColumnVector lists = (ListColumnVector) source;
            ListVector list = (ListVector) target;
            int from = Math.toIntExact(lists.offsets[index]);
            element.append(lists.child, from, Math.toIntExact(lists.lengths[index]), list.elements());
            list.offsets()[row + 1] = list.elements().size();
        }
    }

    /** Maps. */
    static final class OfMaps extends OrcColumn {
        private final OrcColumn key;
        private final OrcColumn value;

        OfMaps(OrcColumn key, OrcColumn value) {
            this.key = key;
            this.value = value;
        }

        @Override
        void set(org.apache.orc.storage.ql.exec.vector.ColumnVector source, int index, ColumnVector target, int row) {
            MapColumnVector maps = (MapColumnVector) source;
            MapVector map = (MapVector) target;
            int from = Math.toIntExact(maps.offsets[index]);
            int count = Math.toIntExact(maps.lengths[index]);
            key.append(maps.keys, from, count, map.keys());
            value.append(maps.values, from, count, map.values());
            map.offsets()[row + 1] = map.keys().size();
        }
    }

    /** Structs. */
    static final class OfStructs extends OrcColumn {
        private final List<Child> children;

        /**
         * A wanted field of a struct.
         *
         * @param stored position of the stored field, -1 if there is none
         * @param column how it is read, null if there is none
         * @param absent what it is where it is not stored
         */
        record Child(int stored, @Nullable OrcColumn column, DefaultValue absent) {}

        OfStructs(List<Child> children) {
            this.children = List.copyOf(children);
        }

        @Override
        void set(org.apache.orc.storage.ql.exec.vector.ColumnVector source, int index, ColumnVector target, int row) {
            StructColumnVector structs = (StructColumnVector) source;
            StructVector struct = (StructVector) target;
            for (int i = 0; i < children.size(); i++) {
                Child child = children.get(i);
                if (child.column() == null) {
                    child.absent().append(struct.child(i), row);
                } else {
                    child.column().append(structs.fields[child.stored()], index, 1, struct.child(i));
                }
            }
        }
    }
}
