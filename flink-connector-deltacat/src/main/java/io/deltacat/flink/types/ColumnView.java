package io.deltacat.flink.types;

import io.deltacat.format.batch.BooleanVector;
import io.deltacat.format.batch.BytesDictionary;
import io.deltacat.format.batch.BytesVector;
import io.deltacat.format.batch.ColumnVector;
import io.deltacat.format.batch.DoubleVector;
import io.deltacat.format.batch.FloatVector;
import io.deltacat.format.batch.IntVector;
import io.deltacat.format.batch.ListVector;
import io.deltacat.format.batch.LongVector;
import io.deltacat.format.batch.MapVector;
import io.deltacat.format.batch.StructVector;
import java.math.BigInteger;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.flink.core.memory.MemorySegment;
import org.apache.flink.core.memory.MemorySegmentFactory;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.data.binary.BinaryStringData;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.RowType;
import org.jspecify.annotations.Nullable;

/**
 * Reads the values of one column vector in Flink's terms. It keeps the vector's arrays in fields of their own type, so
 * that a getter is an array access behind one predictable branch, without a virtual call. Bound anew for every batch,
 * since a refill may replace the arrays; values are valid as long as the batch is. Confined to one thread.
 */
final class ColumnView {

    private static final long MILLIS_PER_DAY = 86_400_000L;
    private static final boolean[] NO_BOOLEANS = {};
    private static final int[] NO_INTS = {};
    private static final float[] NO_FLOATS = {};
    private static final StringData[] NO_STRINGS = {};

    /** What turns the stored integer into the {@code int} that Flink wants. */
    private enum IntConversion {
        NONE,
        SECONDS_TO_MILLIS,
        MICROS_TO_MILLIS,
        NANOS_TO_MILLIS,
        MILLIS_TO_DAYS
    }

    private final IntConversion intConversion;
    private final boolean unsignedLong;
    private final @Nullable TimeUnit timeUnit;
    /** Views of the element; of key and value; of the struct fields in declared order. */
    private final ColumnView[] children;
    /** Positions in the struct vector of the declared struct fields. */
    private final int[] childPositions;

    private long @Nullable [] validity;
    private boolean[] booleans = NO_BOOLEANS;
    private int[] ints = NO_INTS;
    private long @Nullable [] longs;
    private float[] floats = NO_FLOATS;
    private double @Nullable [] doubles;
    private int[] offsets = NO_INTS;

    private @Nullable BytesVector bytes;
    private byte @Nullable [] wrappedData;
    private MemorySegment[] segments = {};
    private @Nullable BytesDictionary dictionary;
    private StringData[] dictionaryStrings = NO_STRINGS;

    /**
     * @param field the column as the vectors hold it
     * @param declared a Flink type that {@link TypeFit#read} accepts for it
     */
    ColumnView(Field field, LogicalType declared) {
        ArrowType arrow = field.getType();
        this.intConversion = intConversion(arrow);
        this.unsignedLong =
                arrow instanceof ArrowType.Int integer && !integer.getIsSigned() && integer.getBitWidth() == Long.SIZE;
        this.timeUnit = arrow instanceof ArrowType.Timestamp timestamp ? timestamp.getUnit() : null;
        if (declared instanceof RowType row) {
            this.childPositions = positions(field, row);
            this.children = new ColumnView[childPositions.length];
            for (int i = 0; i < children.length; i++) {
                children[i] = new ColumnView(field.getChildren().get(childPositions[i]), row.getTypeAt(i));
            }
        } else {
            this.childPositions = NO_INTS;
            this.children = elementViews(field, declared);
        }
    }

    private static ColumnView[] elementViews(Field field, LogicalType declared) {
        if (declared instanceof ArrayType array) {
            return new ColumnView[] {new ColumnView(field.getChildren().get(0), array.getElementType())};
        }
        if (declared instanceof MapType map) {
            Field entries = field.getChildren().get(0);
            return new ColumnView[] {
                new ColumnView(entries.getChildren().get(0), map.getKeyType()),
                new ColumnView(entries.getChildren().get(1), map.getValueType())
            };
        }
        return new ColumnView[0];
    }

    private static int[] positions(Field struct, RowType declared) {
        int[] positions = new int[declared.getFieldCount()];
        for (int i = 0; i < positions.length; i++) {
            String name = declared.getFieldNames().get(i);
            positions[i] = -1;
            for (int child = 0; child < struct.getChildren().size(); child++) {
                if (struct.getChildren().get(child).getName().equals(name)) {
                    positions[i] = child;
                }
            }
            if (positions[i] < 0) {
                throw new IllegalStateException("struct '" + struct.getName() + "' has no field '" + name + "'");
            }
        }
        return positions;
    }

    private static IntConversion intConversion(ArrowType arrow) {
        if (arrow instanceof ArrowType.Time time) {
            return switch (time.getUnit()) {
                case SECOND -> IntConversion.SECONDS_TO_MILLIS;
                case MILLISECOND -> IntConversion.NONE;
                case MICROSECOND -> IntConversion.MICROS_TO_MILLIS;
                case NANOSECOND -> IntConversion.NANOS_TO_MILLIS;
            };
        }
        boolean dateInMillis = arrow instanceof ArrowType.Date date && date.getUnit() == DateUnit.MILLISECOND;
        return dateInMillis ? IntConversion.MILLIS_TO_DAYS : IntConversion.NONE;
    }

    /** Points this view, and those below it, at the arrays of a vector. */
    void bind(ColumnVector vector) {
        validity = vector.validity();
        if (vector instanceof LongVector longVector) {
            longs = longVector.values();
        } else if (vector instanceof IntVector intVector) {
            ints = intVector.values();
        } else if (vector instanceof BytesVector bytesVector) {
            bindBytes(bytesVector);
        } else if (vector instanceof DoubleVector doubleVector) {
            doubles = doubleVector.values();
        } else if (vector instanceof FloatVector floatVector) {
            floats = floatVector.values();
        } else if (vector instanceof BooleanVector booleanVector) {
            booleans = booleanVector.values();
        } else {
            bindNested(vector);
        }
    }

    private void bindBytes(BytesVector vector) {
        bytes = vector;
        byte[] data = vector.data();
        if (data != wrappedData) {
            wrappedData = data;
            segments = new MemorySegment[] {MemorySegmentFactory.wrap(data)};
        }
        BytesDictionary bound = vector.dictionary();
        if (bound != dictionary) {
            dictionary = bound;
            dictionaryStrings = bound == null ? NO_STRINGS : new StringData[bound.size()];
        }
    }

    private void bindNested(ColumnVector vector) {
        if (vector instanceof StructVector struct) {
            for (int i = 0; i < children.length; i++) {
                children[i].bind(struct.child(childPositions[i]));
            }
        } else if (vector instanceof ListVector list) {
            offsets = list.offsets();
            children[0].bind(list.elements());
        } else if (vector instanceof MapVector map) {
            offsets = map.offsets();
            children[0].bind(map.keys());
            children[1].bind(map.values());
        } else {
            throw new IllegalStateException(
                    "unknown vector " + vector.getClass().getName());
        }
    }

    boolean isNullAt(int row) {
        long[] words = validity;
        return words != null && (words[row >>> 6] & (1L << row)) == 0;
    }

    boolean getBoolean(int row) {
        return booleans[row];
    }

    int getInt(int row) {
        return intConversion == IntConversion.NONE ? ints[row] : convertedInt(row);
    }

    /** All results lie within a day's milliseconds, or are days of a date that the file's writer had as well. */
    private int convertedInt(int row) {
        return switch (intConversion) {
            case NONE -> ints[row];
            case SECONDS_TO_MILLIS -> Math.multiplyExact(ints[row], 1000);
            case MICROS_TO_MILLIS -> Math.toIntExact(getLong(row) / 1000L);
            case NANOS_TO_MILLIS -> Math.toIntExact(getLong(row) / 1_000_000L);
            case MILLIS_TO_DAYS -> Math.toIntExact(Math.floorDiv(getLong(row), MILLIS_PER_DAY));
        };
    }

    long getLong(int row) {
        long[] values = longs;
        return values != null ? values[row] : ints[row];
    }

    float getFloat(int row) {
        return floats[row];
    }

    double getDouble(int row) {
        double[] values = doubles;
        return values != null ? values[row] : floats[row];
    }

    StringData getString(int row) {
        BytesVector vector = bytes();
        BytesDictionary shared = dictionary;
        if (shared == null) {
            return new BinaryStringData(segments, vector.start(row), vector.length(row));
        }
        int id = vector.ids()[row];
        StringData known = dictionaryStrings[id];
        if (known == null) {
            known = new BinaryStringData(segments, shared.start(id), shared.length(id));
            dictionaryStrings[id] = known;
        }
        return known;
    }

    byte[] getBinary(int row) {
        return bytes().copy(row);
    }

    DecimalData getDecimal(int row, int precision, int scale) {
        if (bytes != null) {
            return DecimalData.fromUnscaledBytes(bytes.copy(row), precision, scale);
        }
        long unscaled = getLong(row);
        if (DecimalData.isCompact(precision)) {
            return DecimalData.fromUnscaledLong(unscaled, precision, scale);
        }
        BigInteger integer = unsignedLong && unscaled < 0
                ? BigInteger.valueOf(unscaled).add(BigInteger.ONE.shiftLeft(Long.SIZE))
                : BigInteger.valueOf(unscaled);
        return DecimalData.fromUnscaledBytes(integer.toByteArray(), precision, scale);
    }

    /** Returns the instant, cut off after {@code precision} decimal digits of a second if the column has more. */
    TimestampData getTimestamp(int row, int precision) {
        long value = getLong(row);
        TimeUnit unit = timeUnit;
        if (unit == null) {
            throw new IllegalStateException("a timestamp was asked of a column that holds none");
        }
        return switch (unit) {
            case SECOND -> TimestampData.fromEpochMillis(Math.multiplyExact(value, 1000L));
            case MILLISECOND -> TimestampData.fromEpochMillis(cutMillis(value, precision));
            case MICROSECOND -> timestamp(Math.floorDiv(value, 1000L), Math.floorMod(value, 1000L) * 1000L, precision);
            case NANOSECOND -> timestamp(Math.floorDiv(value, 1_000_000L), Math.floorMod(value, 1_000_000L), precision);
        };
    }

    private static TimestampData timestamp(long millis, long nanosOfMilli, int precision) {
        if (precision <= 3) {
            return TimestampData.fromEpochMillis(cutMillis(millis, precision));
        }
        long nanosPerDigit = powerOfTen(9 - precision);
        // Fits: at most 999,999 nanoseconds in a millisecond.
        return TimestampData.fromEpochMillis(millis, (int) (nanosOfMilli - nanosOfMilli % nanosPerDigit));
    }

    private static long cutMillis(long millis, int precision) {
        return precision >= 3 ? millis : millis - Math.floorMod(millis, powerOfTen(3 - precision));
    }

    private static long powerOfTen(int exponent) {
        long power = 1;
        for (int i = 0; i < exponent; i++) {
            power *= 10;
        }
        return power;
    }

    ArrayData getArray(int row) {
        return new ColumnarArray(children[0], offsets[row], offsets[row + 1] - offsets[row]);
    }

    MapData getMap(int row) {
        return new ColumnarMap(children[0], children[1], offsets[row], offsets[row + 1] - offsets[row]);
    }

    RowData getRow(int row) {
        return new ColumnarRow(children, row);
    }

    private BytesVector bytes() {
        BytesVector vector = bytes;
        if (vector == null) {
            throw new IllegalStateException("bytes were asked of a column that holds none, or no batch is bound");
        }
        return vector;
    }
}
