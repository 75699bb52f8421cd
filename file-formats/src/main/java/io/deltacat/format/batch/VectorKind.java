package io.deltacat.format.batch;

import io.deltacat.format.FormatException;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Which vector class, and so which getter of a row accessor, carries the values of an Arrow type. This table is the one
 * place where value conventions are decided; readers, writers and row views all follow it. Immutable.
 */
public enum VectorKind {
    /** {@code bool}. */
    BOOLEAN,
    /**
     * {@code int8, int16, int32} signed; {@code uint8, uint16} zero-extended; {@code date32} as days since the epoch;
     * {@code time32} in the field's unit since midnight; {@code null} (every value is null).
     */
    INT,
    /**
     * {@code int64}; {@code uint32} zero-extended; {@code uint64} as its 64 bits (read it with
     * {@link Long#toUnsignedString(long)}); {@code date64} as milliseconds since the epoch; {@code time64}, {@code
     * timestamp} and {@code duration} in the field's own unit; decimals of precision up to 18 as unscaled value.
     */
    LONG,
    /** {@code float32}, and {@code float16} widened. */
    FLOAT,
    /** {@code float64}. */
    DOUBLE,
    /**
     * {@code string} (UTF-8), {@code binary}, their large and view variants, {@code fixed_size_binary}; decimals of
     * precision above 18 as big-endian two's complement of the unscaled value, of any length from one byte.
     */
    BYTES,
    /** {@code list}, {@code large_list}, {@code fixed_size_list}. */
    LIST,
    /** {@code map}. */
    MAP,
    /** {@code struct}. */
    STRUCT;

    /** The largest decimal precision that is carried as an unscaled {@code long}. */
    public static final int MAX_LONG_DECIMAL_PRECISION = 18;

    /**
     * Returns the kind that carries values of a field.
     *
     * @param field field of any type
     * @throws FormatException.UnsupportedType for unions, intervals, run-end-encoded and list-view types; use one of the
     *     types listed in this enum
     */
    public static VectorKind of(Field field) {
        ArrowType type = field.getType();
        return switch (type.getTypeID()) {
            case Bool -> BOOLEAN;
            case Int -> {
                ArrowType.Int integer = (ArrowType.Int) type;
                boolean fitsInt = integer.getBitWidth() < 32 || (integer.getBitWidth() == 32 && integer.getIsSigned());
                yield fitsInt ? INT : LONG;
            }
            case Null, Time -> type instanceof ArrowType.Time time && time.getBitWidth() == 64 ? LONG : INT;
            case Date ->
                switch (((ArrowType.Date) type).getUnit()) {
                    case DAY -> INT;
                    case MILLISECOND -> LONG;
                };
            case Timestamp, Duration -> LONG;
            case Decimal -> ((ArrowType.Decimal) type).getPrecision() <= MAX_LONG_DECIMAL_PRECISION ? LONG : BYTES;
            case FloatingPoint ->
                ((ArrowType.FloatingPoint) type).getPrecision() == FloatingPointPrecision.DOUBLE ? DOUBLE : FLOAT;
            case Utf8, LargeUtf8, Utf8View, Binary, LargeBinary, BinaryView, FixedSizeBinary -> BYTES;
            case List, LargeList, FixedSizeList -> LIST;
            case Map -> MAP;
            case Struct -> STRUCT;
            case Union, Interval, RunEndEncoded, ListView, LargeListView, NONE ->
                throw new FormatException.UnsupportedType(
                        null, field.getName(), type.toString(), "Use a scalar, list, map or struct type.");
        };
    }
}
