package io.deltacat.flink.sink.writer;

import io.deltacat.flink.sink.SchemaDoesNotFit;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.binary.BinaryRowData;
import org.apache.flink.table.data.writer.BinaryRowWriter;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LocalZonedTimestampType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.TimestampType;

/**
 * Takes some columns out of rows, in a form in which equal values have equal bytes and equal hashes, in every process. Null
 * equals null, as among merge keys. Values are copied without boxing. Confined to one thread.
 */
@Internal
public final class RowKeys {
    private final RowType type;
    private final int[] positions;
    private final Copy[] copies;
    private final BinaryRowData key;
    private final BinaryRowWriter writer;

    /** Copies one value that is there. */
    private interface Copy {
        void copy(RowData row, int position, BinaryRowWriter writer, int target);
    }

    private RowKeys(RowType type, int[] positions, Copy[] copies) {
        this.type = type;
        this.positions = positions;
        this.copies = copies;
        this.key = new BinaryRowData(positions.length);
        this.writer = new BinaryRowWriter(key);
    }

    /**
     * Makes what takes columns out of rows.
     *
     * @param rowType type of the rows
     * @param columns names of the columns, in the order of the key; not empty
     * @return the keys
     * @throws SchemaDoesNotFit if the rows lack a column, or a column is of a type that makes no key
     */
    public static RowKeys of(RowType rowType, List<String> columns) {
        int[] positions = new int[columns.size()];
        Copy[] copies = new Copy[columns.size()];
        List<RowType.RowField> fields = new ArrayList<>();
        for (int i = 0; i < positions.length; i++) {
            String column = columns.get(i);
            positions[i] = rowType.getFieldIndex(column);
            if (positions[i] < 0) {
                throw new SchemaDoesNotFit(
                        "Column '" + column + "' is a key of the table but not in the rows, which have "
                                + rowType.getFieldNames() + "; expected all of the keys " + columns
                                + ". Add the column to the rows.",
                        null);
            }
            copies[i] = copy(column, rowType.getTypeAt(positions[i]));
            fields.add(rowType.getFields().get(positions[i]));
        }
        return new RowKeys(new RowType(false, fields), positions, copies);
    }

    private static Copy copy(String column, LogicalType type) {
        return switch (type.getTypeRoot()) {
            case BOOLEAN -> (row, at, writer, to) -> writer.writeBoolean(to, row.getBoolean(at));
            case TINYINT -> (row, at, writer, to) -> writer.writeByte(to, row.getByte(at));
            case SMALLINT -> (row, at, writer, to) -> writer.writeShort(to, row.getShort(at));
            case INTEGER, DATE, TIME_WITHOUT_TIME_ZONE -> (row, at, writer, to) -> writer.writeInt(to, row.getInt(at));
            case BIGINT -> (row, at, writer, to) -> writer.writeLong(to, row.getLong(at));
            case FLOAT -> (row, at, writer, to) -> writer.writeFloat(to, row.getFloat(at));
            case DOUBLE -> (row, at, writer, to) -> writer.writeDouble(to, row.getDouble(at));
            case CHAR, VARCHAR -> (row, at, writer, to) -> writer.writeString(to, row.getString(at));
            case BINARY, VARBINARY -> (row, at, writer, to) -> writer.writeBinary(to, row.getBinary(at));
            case DECIMAL -> decimal((DecimalType) type);
            case TIMESTAMP_WITHOUT_TIME_ZONE -> timestamp(((TimestampType) type).getPrecision());
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> timestamp(((LocalZonedTimestampType) type).getPrecision());
            default ->
                throw new SchemaDoesNotFit(
                        "Column '" + column + "' of type '" + type.asSummaryString()
                                + "' is a key of the table; expected a flat type. Write to a table with flat keys.",
                        null);
        };
    }

    private static Copy decimal(DecimalType type) {
        int precision = type.getPrecision();
        int scale = type.getScale();
        return (row, at, writer, to) -> writer.writeDecimal(to, row.getDecimal(at, precision, scale), precision);
    }

    private static Copy timestamp(int precision) {
        return (row, at, writer, to) -> writer.writeTimestamp(to, row.getTimestamp(at, precision), precision);
    }

    /**
     * Gives the type of the keys.
     *
     * @return the key columns, named and typed as in the rows
     */
    public RowType type() {
        return type;
    }

    /**
     * Takes the key out of a row.
     *
     * @param row the row, of any kind; other columns are not looked at
     * @return the key, valid until the next call
     */
    public BinaryRowData of(RowData row) {
        writer.reset();
        for (int i = 0; i < copies.length; i++) {
            if (row.isNullAt(positions[i])) {
                writer.setNullAt(i);
            } else {
                copies[i].copy(row, positions[i], writer, i);
            }
        }
        writer.complete();
        return key;
    }
}
