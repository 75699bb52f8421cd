package io.deltacat.format.text;

import io.deltacat.format.batch.VectorKind;
import io.deltacat.format.file.RowAccessor;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Spells the values of one scalar column as ASCII text. Strings and bytes are not its business. Stateless.
 */
public abstract class ScalarText {
    private static final long MILLIS_PER_DAY = 86_400_000L;

    private ScalarText() {}

    /**
     * Appends a value that is not null.
     *
     * @param target takes the text
     * @param rows how to get values out of a row
     * @param row the row
     * @param column index of the column
     * @param <R> class of the row
     * @throws java.time.DateTimeException if a date is beyond the calendar or a time beyond the day
     */
    public abstract <R> void append(StringBuilder target, RowAccessor<R> rows, R row, int column);

    /**
     * Returns the text of a field's values: {@code true}, {@code -12}, {@code 1.5}, {@code nan}, {@code -inf},
     * {@code 2024-02-29 23:59:59.999}. Instants are in UTC and end with the zone mark.
     *
     * @param field a field of a scalar type other than text and bytes
     * @param separator what stands between the date and the time of a timestamp with zone
     * @param zoneMark what a timestamp with zone ends with, such as {@code Z}
     */
    public static ScalarText of(Field field, char separator, String zoneMark) {
        ArrowType type = field.getType();
        return switch (VectorKind.of(field)) {
            case BOOLEAN -> new BooleanText();
            case FLOAT -> new FloatText();
            case DOUBLE -> new DoubleText();
            case INT -> new WholeText(longText(type, separator, zoneMark), true);
            case LONG -> new WholeText(longText(type, separator, zoneMark), false);
            case BYTES -> {
                if (!(type instanceof ArrowType.Decimal decimal)) {
                    throw new IllegalArgumentException("text and bytes have no scalar text: " + field);
                }
                yield new LargeDecimalText(decimal.getScale());
            }
            case LIST, MAP, STRUCT -> throw new IllegalArgumentException("nested values are no scalars: " + field);
        };
    }

    private static LongText longText(ArrowType type, char separator, String zoneMark) {
        return switch (type.getTypeID()) {
            case Int -> {
                ArrowType.Int integer = (ArrowType.Int) type;
                boolean unsigned = integer.getBitWidth() == 64 && !integer.getIsSigned();
                yield unsigned ? (out, value) -> out.append(Long.toUnsignedString(value)) : StringBuilder::append;
            }
            case Decimal -> {
                int scale = ((ArrowType.Decimal) type).getScale();
                yield (out, value) ->
                        out.append(BigDecimal.valueOf(value, scale).toPlainString());
            }
            case Date ->
                VectorKind.of(Field.nullable("date", type)) == VectorKind.INT
                        ? TemporalText::appendDate
                        : (out, value) -> TemporalText.appendDate(out, Math.floorDiv(value, MILLIS_PER_DAY));
            case Time -> (out, value) -> TemporalText.appendTime(out, value, ((ArrowType.Time) type).getUnit());
            case Timestamp -> {
                ArrowType.Timestamp timestamp = (ArrowType.Timestamp) type;
                boolean zoned = timestamp.getTimezone() != null;
                char between = zoned ? separator : ' ';
                String mark = zoned ? zoneMark : "";
                yield (out, value) -> {
                    TemporalText.appendTimestamp(out, value, timestamp.getUnit(), between);
                    out.append(mark);
                };
            }
            default -> StringBuilder::append;
        };
    }

    private interface LongText {
        void append(StringBuilder target, long value);
    }

    private static final class WholeText extends ScalarText {
        private final LongText text;
        private final boolean asInt;

        WholeText(LongText text, boolean asInt) {
            this.text = text;
            this.asInt = asInt;
        }

        @Override
        public <R> void append(StringBuilder target, RowAccessor<R> rows, R row, int column) {
            text.append(target, asInt ? rows.getInt(row, column) : rows.getLong(row, column));
        }
    }

    private static final class BooleanText extends ScalarText {
        @Override
        public <R> void append(StringBuilder target, RowAccessor<R> rows, R row, int column) {
            target.append(rows.getBoolean(row, column));
        }
    }

    private static final class FloatText extends ScalarText {
        @Override
        public <R> void append(StringBuilder target, RowAccessor<R> rows, R row, int column) {
            float value = rows.getFloat(row, column);
            if (Float.isFinite(value)) {
                target.append(value);
            } else {
                appendSpecial(target, value);
            }
        }
    }

    private static final class DoubleText extends ScalarText {
        @Override
        public <R> void append(StringBuilder target, RowAccessor<R> rows, R row, int column) {
            double value = rows.getDouble(row, column);
            if (Double.isFinite(value)) {
                target.append(value);
            } else {
                appendSpecial(target, value);
            }
        }
    }

    private static final class LargeDecimalText extends ScalarText {
        private final int scale;

        LargeDecimalText(int scale) {
            this.scale = scale;
        }

        @Override
        public <R> void append(StringBuilder target, RowAccessor<R> rows, R row, int column) {
            BigInteger unscaled = new BigInteger(rows.getBytes(row, column));
            target.append(new BigDecimal(unscaled, scale).toPlainString());
        }
    }

    private static void appendSpecial(StringBuilder target, double value) {
        if (Double.isNaN(value)) {
            target.append("nan");
        } else {
            target.append(value > 0 ? "inf" : "-inf");
        }
    }
}
