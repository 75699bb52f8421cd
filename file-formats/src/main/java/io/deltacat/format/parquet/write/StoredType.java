package io.deltacat.format.parquet.write;

import java.math.BigInteger;
import java.util.Optional;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.DateType;
import org.apache.parquet.format.DecimalType;
import org.apache.parquet.format.Float16Type;
import org.apache.parquet.format.IntType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.MicroSeconds;
import org.apache.parquet.format.MilliSeconds;
import org.apache.parquet.format.NanoSeconds;
import org.apache.parquet.format.NullType;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.StringType;
import org.apache.parquet.format.TimeType;
import org.apache.parquet.format.TimeUnit;
import org.apache.parquet.format.TimestampType;
import org.apache.parquet.format.Type;
import org.jspecify.annotations.Nullable;

/**
 * How Parquet stores values of an Arrow type.
 *
 * @param type physical type
 * @param length bytes of each value of a fixed-length type, else 0
 * @param logical annotation, or null
 * @param converted the older annotation for readers that do not know the newer, or null
 */
record StoredType(
        Type type,
        int length,
        @Nullable LogicalType logical,
        @Nullable ConvertedType converted) {

    /** The largest precision stored as INT32. */
    static final int MAX_INT_DECIMAL_PRECISION = 9;

    private static final int MAX_LONG_DECIMAL_PRECISION = 18;

    /** Returns how a scalar field is stored, empty if Parquet has no way. */
    static Optional<StoredType> of(Field field) {
        ArrowType type = field.getType();
        return Optional.ofNullable(
                switch (type.getTypeID()) {
                    case Bool -> plain(Type.BOOLEAN);
                    case Null -> new StoredType(Type.INT32, 0, LogicalType.UNKNOWN(new NullType()), null);
                    case Int -> integer((ArrowType.Int) type);
                    case FloatingPoint ->
                        switch (((ArrowType.FloatingPoint) type).getPrecision()) {
                            case HALF ->
                                new StoredType(
                                        Type.FIXED_LEN_BYTE_ARRAY, 2, LogicalType.FLOAT16(new Float16Type()), null);
                            case SINGLE -> plain(Type.FLOAT);
                            case DOUBLE -> plain(Type.DOUBLE);
                        };
                    case Decimal -> decimal((ArrowType.Decimal) type);
                    case Utf8, LargeUtf8, Utf8View ->
                        new StoredType(Type.BYTE_ARRAY, 0, LogicalType.STRING(new StringType()), ConvertedType.UTF8);
                    case Binary, LargeBinary, BinaryView -> plain(Type.BYTE_ARRAY);
                    case FixedSizeBinary ->
                        new StoredType(
                                Type.FIXED_LEN_BYTE_ARRAY,
                                ((ArrowType.FixedSizeBinary) type).getByteWidth(),
                                null,
                                null);
                    case Date -> new StoredType(Type.INT32, 0, LogicalType.DATE(new DateType()), ConvertedType.DATE);
                    case Time -> time(((ArrowType.Time) type).getUnit());
                    case Timestamp -> timestamp((ArrowType.Timestamp) type);
                    case Duration -> plain(Type.INT64);
                    default -> null;
                });
    }

    /** Puts type and annotations on a schema element. */
    void annotate(SchemaElement element) {
        element.setType(type);
        if (length > 0) {
            element.setType_length(length);
        }
        if (logical != null) {
            element.setLogicalType(logical);
            if (logical.isSetDECIMAL()) {
                element.setPrecision(logical.getDECIMAL().getPrecision());
                element.setScale(logical.getDECIMAL().getScale());
            }
        }
        if (converted != null) {
            element.setConverted_type(converted);
        }
    }

    private static StoredType plain(Type type) {
        return new StoredType(type, 0, null, null);
    }

    private static StoredType integer(ArrowType.Int type) {
        int bits = type.getBitWidth();
        Type stored = bits == 64 ? Type.INT64 : Type.INT32;
        if (type.getIsSigned() && bits >= 32) {
            return plain(stored);
        }
        ConvertedType converted = switch (bits) {
            case 8 -> type.getIsSigned() ? ConvertedType.INT_8 : ConvertedType.UINT_8;
            case 16 -> type.getIsSigned() ? ConvertedType.INT_16 : ConvertedType.UINT_16;
            case 32 -> ConvertedType.UINT_32;
            default -> ConvertedType.UINT_64;
        };
        LogicalType logical = LogicalType.INTEGER(new IntType((byte) bits, type.getIsSigned())); // 8 to 64
        return new StoredType(stored, 0, logical, converted);
    }

    private static StoredType decimal(ArrowType.Decimal type) {
        int precision = type.getPrecision();
        LogicalType logical = LogicalType.DECIMAL(new DecimalType(type.getScale(), precision));
        if (precision <= MAX_INT_DECIMAL_PRECISION) {
            return new StoredType(Type.INT32, 0, logical, ConvertedType.DECIMAL);
        }
        if (precision <= MAX_LONG_DECIMAL_PRECISION) {
            return new StoredType(Type.INT64, 0, logical, ConvertedType.DECIMAL);
        }
        int bytes = BigInteger.TEN.pow(precision).subtract(BigInteger.ONE).bitLength() / 8 + 1;
        return new StoredType(Type.FIXED_LEN_BYTE_ARRAY, bytes, logical, ConvertedType.DECIMAL);
    }

    private static StoredType time(org.apache.arrow.vector.types.TimeUnit unit) {
        TimeUnit stored = unit(unit);
        LogicalType logical = LogicalType.TIME(new TimeType(false, stored));
        if (stored.isSetMILLIS()) {
            return new StoredType(Type.INT32, 0, logical, null);
        }
        return new StoredType(Type.INT64, 0, logical, null);
    }

    private static StoredType timestamp(ArrowType.Timestamp type) {
        boolean utc = type.getTimezone() != null;
        TimeUnit stored = unit(type.getUnit());
        LogicalType logical = LogicalType.TIMESTAMP(new TimestampType(utc, stored));
        ConvertedType converted = null;
        if (utc && !stored.isSetNANOS()) {
            converted = stored.isSetMILLIS() ? ConvertedType.TIMESTAMP_MILLIS : ConvertedType.TIMESTAMP_MICROS;
        }
        return new StoredType(Type.INT64, 0, logical, converted);
    }

    /** Parquet has no seconds; they are stored as milliseconds. */
    private static TimeUnit unit(org.apache.arrow.vector.types.TimeUnit unit) {
        return switch (unit) {
            case SECOND, MILLISECOND -> TimeUnit.MILLIS(new MilliSeconds());
            case MICROSECOND -> TimeUnit.MICROS(new MicroSeconds());
            case NANOSECOND -> TimeUnit.NANOS(new NanoSeconds());
        };
    }
}
