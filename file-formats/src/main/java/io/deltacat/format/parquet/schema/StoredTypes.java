package io.deltacat.format.parquet.schema;

import io.deltacat.format.parquet.codec.MalformedDataException;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.DecimalType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Type;

/** Derives the Arrow type of a stored column from its physical type and annotation. Thread-safe. */
final class StoredTypes {
    private static final int MAX_DECIMAL_128 = 38;
    private static final int MAX_DECIMAL_256 = 76;

    private StoredTypes() {}

    /**
     * Returns the Arrow type that a column's values have by themselves.
     *
     * @param element a leaf of the schema
     * @throws MalformedDataException if annotation and physical type contradict each other
     */
    static ArrowType arrowType(SchemaElement element) {
        LogicalType logical = element.isSetLogicalType() ? element.getLogicalType() : null;
        if (logical != null && logical.isSetUNKNOWN()) {
            return ArrowType.Null.INSTANCE;
        }
        return switch (element.getType()) {
            case BOOLEAN -> ArrowType.Bool.INSTANCE;
            case FLOAT -> new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE);
            case DOUBLE -> new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);
            case INT96 -> new ArrowType.Timestamp(TimeUnit.NANOSECOND, null);
            case INT32, INT64 ->
                logical == null ? integerByConvertedType(element) : integerByLogicalType(element, logical);
            case BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY -> bytes(element);
        };
    }

    private static ArrowType integerByLogicalType(SchemaElement element, LogicalType logical) {
        int width = element.getType() == Type.INT32 ? 32 : 64;
        if (logical.isSetINTEGER()) {
            int bits = logical.getINTEGER().getBitWidth();
            if ((bits != 8 && bits != 16 && bits != 32 && bits != 64) || (bits == 64) != (width == 64)) {
                throw contradiction(element, "INTEGER(" + bits + ")");
            }
            return new ArrowType.Int(bits, logical.getINTEGER().isIsSigned());
        }
        if (logical.isSetDECIMAL()) {
            return decimal(element);
        }
        if (logical.isSetDATE() && width == 32) {
            return new ArrowType.Date(DateUnit.DAY);
        }
        if (logical.isSetTIME()) {
            TimeUnit unit = unit(logical.getTIME().getUnit());
            if ((unit == TimeUnit.MILLISECOND) != (width == 32)) {
                throw contradiction(element, "TIME(" + unit + ")");
            }
            return new ArrowType.Time(unit, width);
        }
        if (logical.isSetTIMESTAMP() && width == 64) {
            String zone = logical.getTIMESTAMP().isIsAdjustedToUTC() ? "UTC" : null;
            return new ArrowType.Timestamp(unit(logical.getTIMESTAMP().getUnit()), zone);
        }
        return new ArrowType.Int(width, true);
    }

    private static ArrowType integerByConvertedType(SchemaElement element) {
        boolean wide = element.getType() == Type.INT64;
        ArrowType plain = new ArrowType.Int(wide ? 64 : 32, true);
        if (!element.isSetConverted_type()) {
            return plain;
        }
        return switch (element.getConverted_type()) {
            case INT_8 -> new ArrowType.Int(8, true);
            case INT_16 -> new ArrowType.Int(16, true);
            case UINT_8 -> new ArrowType.Int(8, false);
            case UINT_16 -> new ArrowType.Int(16, false);
            case UINT_32 -> new ArrowType.Int(32, false);
            case UINT_64 -> wide ? new ArrowType.Int(64, false) : plain;
            case DECIMAL -> decimal(element);
            case DATE -> wide ? plain : new ArrowType.Date(DateUnit.DAY);
            case TIME_MILLIS -> wide ? plain : new ArrowType.Time(TimeUnit.MILLISECOND, 32);
            case TIME_MICROS -> wide ? new ArrowType.Time(TimeUnit.MICROSECOND, 64) : plain;
            case TIMESTAMP_MILLIS -> wide ? new ArrowType.Timestamp(TimeUnit.MILLISECOND, "UTC") : plain;
            case TIMESTAMP_MICROS -> wide ? new ArrowType.Timestamp(TimeUnit.MICROSECOND, "UTC") : plain;
            case INT_32, INT_64, UTF8, MAP, MAP_KEY_VALUE, LIST, ENUM, JSON, BSON, INTERVAL -> plain;
        };
    }

    private static ArrowType bytes(SchemaElement element) {
        LogicalType logical = element.isSetLogicalType() ? element.getLogicalType() : null;
        ConvertedType converted = element.isSetConverted_type() ? element.getConverted_type() : null;
        if (logical != null ? logical.isSetDECIMAL() : converted == ConvertedType.DECIMAL) {
            return decimal(element);
        }
        if (element.getType() == Type.FIXED_LEN_BYTE_ARRAY) {
            if (logical != null && logical.isSetFLOAT16()) {
                if (element.getType_length() != 2) {
                    throw contradiction(element, "FLOAT16");
                }
                return new ArrowType.FloatingPoint(FloatingPointPrecision.HALF);
            }
            return new ArrowType.FixedSizeBinary(element.getType_length());
        }
        boolean text = logical != null
                ? logical.isSetSTRING() || logical.isSetENUM() || logical.isSetJSON()
                : converted == ConvertedType.UTF8 || converted == ConvertedType.ENUM || converted == ConvertedType.JSON;
        return text ? ArrowType.Utf8.INSTANCE : ArrowType.Binary.INSTANCE;
    }

    private static ArrowType decimal(SchemaElement element) {
        int precision = element.getPrecision();
        int scale = element.getScale();
        if (element.isSetLogicalType() && element.getLogicalType().isSetDECIMAL()) {
            DecimalType type = element.getLogicalType().getDECIMAL();
            precision = type.getPrecision();
            scale = type.getScale();
        }
        if (precision < 1 || precision > MAX_DECIMAL_256 || scale < 0 || scale > precision) {
            throw contradiction(element, "DECIMAL(" + precision + ", " + scale + ")");
        }
        return new ArrowType.Decimal(precision, scale, precision <= MAX_DECIMAL_128 ? 128 : 256);
    }

    private static TimeUnit unit(org.apache.parquet.format.TimeUnit unit) {
        if (unit.isSetMILLIS()) {
            return TimeUnit.MILLISECOND;
        }
        return unit.isSetMICROS() ? TimeUnit.MICROSECOND : TimeUnit.NANOSECOND;
    }

    private static MalformedDataException contradiction(SchemaElement element, String annotation) {
        return new MalformedDataException("column '" + element.getName() + "' of physical type " + element.getType()
                + " is annotated as " + annotation);
    }
}
