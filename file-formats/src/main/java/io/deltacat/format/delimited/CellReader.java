package io.deltacat.format.delimited;

import io.deltacat.format.batch.ColumnVector;
import io.deltacat.format.batch.VectorKind;
import io.deltacat.format.rowwise.NullValue;
import io.deltacat.format.text.MalformedTextException;
import io.deltacat.format.text.TextCell;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/** Reads one field of a record into its column and decides whether it is null. Immutable. */
final class CellReader {
    private final TextCell cell;
    private final boolean nullable;
    private final boolean text;
    private final boolean floating;
    private final boolean quoted;
    private final boolean emptyIsNull;

    CellReader(Field field, Dialect dialect) {
        this.cell = TextCell.of(field);
        this.nullable = field.isNullable();
        this.text = isText(field);
        this.floating = field.getType() instanceof ArrowType.FloatingPoint;
        this.quoted = dialect.quoted();
        this.emptyIsNull = nullable && (!quoted || field.getType() instanceof ArrowType.FixedSizeBinary);
    }

    /** Returns whether empty fields of a column can be values. */
    static boolean isText(Field field) {
        return VectorKind.of(field) == VectorKind.BYTES && !(field.getType() instanceof ArrowType.Decimal);
    }

    /**
     * Grows a vector by the value of a field.
     *
     * @throws MalformedTextException if the field is no value of the column
     */
    void append(char[] characters, int start, int end, ColumnVector vector, int row) {
        if (isNull(characters, start, end)) {
            if (!nullable) {
                throw new MalformedTextException("the field is empty, but the column is required");
            }
            NullValue.append(vector, row);
        } else {
            vector.resize(row + 1);
            cell.set(characters, start, end, vector, row);
        }
    }

    private boolean isNull(char[] characters, int start, int end) {
        if (text) {
            return emptyIsNull && start == end;
        }
        if (!quoted) {
            return start == end;
        }
        return NullSpelling.isNull(characters, start, end)
                && !(floating && !nullable && NullSpelling.isNaN(characters, start, end));
    }
}
