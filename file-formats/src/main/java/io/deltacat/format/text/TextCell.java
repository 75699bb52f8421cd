package io.deltacat.format.text;

import io.deltacat.format.FormatException;
import io.deltacat.format.batch.BooleanVector;
import io.deltacat.format.batch.BytesVector;
import io.deltacat.format.batch.ColumnVector;
import io.deltacat.format.batch.DoubleVector;
import io.deltacat.format.batch.FloatVector;
import io.deltacat.format.batch.IntVector;
import io.deltacat.format.batch.LongVector;
import io.deltacat.format.batch.VectorKind;
import io.deltacat.format.schema.TypeNames;
import java.math.BigInteger;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Reads the text of one value of one scalar column into the column's vector. Stateless and thread-safe; the vector is not.
 */
public abstract class TextCell {
    private static final long MILLIS_PER_DAY = 86_400_000L;

    private TextCell() {}

    /**
     * Sets a row from its text. The row must exist in the vector, and rows of a bytes vector are set in order.
     *
     * @param text holds the characters
     * @param start first character
     * @param end after the last character
     * @param vector vector of the cell's field
     * @param row the row to set
     * @throws MalformedTextException if the text does not spell a value of the type
     */
    public abstract void set(char[] text, int start, int end, ColumnVector vector, int row);

    /**
     * Returns the cell of a field.
     *
     * @param field a field of a scalar type, dictionary-coded or not
     * @throws io.deltacat.format.FormatException.UnsupportedType for nested types and types no vector carries
     */
    public static TextCell of(Field field) {
        ArrowType type = field.getType();
        return switch (VectorKind.of(field)) {
            case BOOLEAN -> new BooleanCell();
            case INT -> ofInt(field, type);
            case LONG -> ofLong(type);
            case FLOAT -> new FloatCell();
            case DOUBLE -> new DoubleCell();
            case BYTES -> ofBytes(type);
            case LIST, MAP, STRUCT ->
                throw new FormatException.UnsupportedType(
                        null,
                        field.getName(),
                        TypeNames.nameOf(field),
                        "A text cell holds one scalar. Use Parquet, JSON, Avro or Feather for nested columns.");
        };
    }

    private static TextCell ofInt(Field field, ArrowType type) {
        if (type instanceof ArrowType.Int integer) {
            return new IntCell((text, start, end) -> (int) NumberText.parseInteger(text, start, end, integer));
        }
        if (type instanceof ArrowType.Time time) {
            return new IntCell((text, start, end) -> (int) TemporalText.parseTime(text, start, end, time.getUnit()));
        }
        if (type instanceof ArrowType.Date) {
            return new IntCell(TemporalText::parseDate);
        }
        return new IntCell((text, start, end) -> {
            throw MalformedTextException.of(
                    text, start, end, "null, the only value of column '" + field.getName() + "'");
        });
    }

    private static TextCell ofLong(ArrowType type) {
        if (type instanceof ArrowType.Int integer) {
            return new LongCell((text, start, end) -> NumberText.parseInteger(text, start, end, integer));
        }
        if (type instanceof ArrowType.Decimal decimal) {
            return new LongCell((text, start, end) ->
                    NumberText.parseUnscaled(text, start, end, decimal).longValueExact());
        }
        if (type instanceof ArrowType.Time time) {
            return new LongCell((text, start, end) -> TemporalText.parseTime(text, start, end, time.getUnit()));
        }
        if (type instanceof ArrowType.Timestamp timestamp) {
            return new LongCell(
                    (text, start, end) -> TemporalText.parseTimestamp(text, start, end, timestamp.getUnit()));
        }
        if (type instanceof ArrowType.Duration duration) {
            return new LongCell((text, start, end) -> TemporalText.parseDuration(text, start, end, duration.getUnit()));
        }
        if (type instanceof ArrowType.Date date && date.getUnit() == DateUnit.MILLISECOND) {
            return new LongCell((text, start, end) -> TemporalText.parseDate(text, start, end) * MILLIS_PER_DAY);
        }
        throw new IllegalStateException("no text cell for " + type);
    }

    private static TextCell ofBytes(ArrowType type) {
        if (type instanceof ArrowType.Decimal decimal) {
            return new LargeDecimalCell(decimal);
        }
        return new BytesCell(type instanceof ArrowType.FixedSizeBinary fixed ? fixed.getByteWidth() : -1);
    }

    private interface IntParser {
        int parse(char[] text, int start, int end);
    }

    private interface LongParser {
        long parse(char[] text, int start, int end);
    }

    private static final class IntCell extends TextCell {
        private final IntParser parser;

        IntCell(IntParser parser) {
            this.parser = parser;
        }

        @Override
        public void set(char[] text, int start, int end, ColumnVector vector, int row) {
            ((IntVector) vector).values()[row] = parser.parse(text, start, end);
        }
    }

    private static final class LongCell extends TextCell {
        private final LongParser parser;

        LongCell(LongParser parser) {
            this.parser = parser;
        }

        @Override
        public void set(char[] text, int start, int end, ColumnVector vector, int row) {
            ((LongVector) vector).values()[row] = parser.parse(text, start, end);
        }
    }

    private static final class BooleanCell extends TextCell {
        @Override
        public void set(char[] text, int start, int end, ColumnVector vector, int row) {
            boolean value = switch (String.valueOf(text, start, Math.min(end - start, 6))) {
                case "true", "True", "TRUE", "1" -> true;
                case "false", "False", "FALSE", "0" -> false;
                default -> throw MalformedTextException.of(text, start, end, "true or false");
            };
            ((BooleanVector) vector).values()[row] = value;
        }
    }

    private static final class FloatCell extends TextCell {
        @Override
        public void set(char[] text, int start, int end, ColumnVector vector, int row) {
            ((FloatVector) vector).values()[row] = (float) NumberText.parseDouble(text, start, end);
        }
    }

    private static final class DoubleCell extends TextCell {
        @Override
        public void set(char[] text, int start, int end, ColumnVector vector, int row) {
            ((DoubleVector) vector).values()[row] = NumberText.parseDouble(text, start, end);
        }
    }

    private static final class LargeDecimalCell extends TextCell {
        private final ArrowType.Decimal type;

        LargeDecimalCell(ArrowType.Decimal type) {
            this.type = type;
        }

        @Override
        public void set(char[] text, int start, int end, ColumnVector vector, int row) {
            BigInteger unscaled = NumberText.parseUnscaled(text, start, end, type);
            byte[] bytes = unscaled.toByteArray();
            ((BytesVector) vector).set(row, bytes, 0, bytes.length);
        }
    }

    private static final class BytesCell extends TextCell {
        private final int width;

        BytesCell(int width) {
            this.width = width;
        }

        @Override
        public void set(char[] text, int start, int end, ColumnVector vector, int row) {
            BytesVector bytes = (BytesVector) vector;
            Utf8Text.set(text, start, end, bytes, row);
            if (width >= 0 && bytes.length(row) != width) {
                throw MalformedTextException.of(text, start, end, width + " bytes long");
            }
        }
    }
}
