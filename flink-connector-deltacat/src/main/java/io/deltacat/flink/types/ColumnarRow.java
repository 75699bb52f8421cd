package io.deltacat.flink.types;

import io.deltacat.format.batch.ColumnBatch;
import java.util.List;
import java.util.Objects;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.RawValueData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.types.RowKind;
import org.apache.flink.types.variant.Variant;

/**
 * A row of a {@link ColumnBatch}, seen as Flink's {@link RowData} without copying: strings point into the batch, lists,
 * maps and structs are views. One object walks over all rows:
 *
 * <pre>{@code
 * ColumnarRow row = new ColumnarRow(batch.schema(), rowType);
 * row.bind(batch);                                  // after every refill of the batch
 * for (int i = 0; i < batch.size(); i++) {
 *     output.collect(row.at(i));
 * }
 * }</pre>
 *
 * Everything got from it is valid until the batch is filled again: whoever keeps a value copies it, as Flink's own
 * serializers do at every exchange and between operators unless object reuse is enabled. Columns are matched by name, so a
 * batch may hold more columns, or in another order. Confined to one thread at a time.
 */
@PublicEvolving
public final class ColumnarRow implements RowData {

    private final ColumnView[] columns;
    private final int[] positions;
    private int row;
    private RowKind kind = RowKind.INSERT;

    /**
     * Creates a view that is not bound yet.
     *
     * @param schema the schema of the batches
     * @param rowType names and types of the row's fields
     * @throws IllegalArgumentException if the batches have no such column, or one that cannot be read as the declared
     *     type; the message names column and both types
     */
    public ColumnarRow(Schema schema, RowType rowType) {
        Objects.requireNonNull(schema, "schema");
        int count = rowType.getFieldCount();
        this.columns = new ColumnView[count];
        this.positions = new int[count];
        for (int i = 0; i < count; i++) {
            String name = rowType.getFieldNames().get(i);
            positions[i] = position(schema.getFields(), name);
            Field field = schema.getFields().get(positions[i]);
            TypeFit.read(field, rowType.getTypeAt(i)).ifPresent(mismatch -> {
                throw new IllegalArgumentException(mismatch.describe());
            });
            columns[i] = new ColumnView(field, rowType.getTypeAt(i));
        }
    }

    /** A struct inside a batch that is bound already. */
    ColumnarRow(ColumnView[] columns, int row) {
        this.columns = columns;
        this.positions = new int[0];
        this.row = row;
    }

    private static int position(List<Field> fields, String name) {
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i).getName().equals(name)) {
                return i;
            }
        }
        throw new IllegalArgumentException("column '" + name + "' is not in the batch, which has "
                + fields.stream().map(Field::getName).toList());
    }

    /**
     * Points the row at a batch; call it again whenever the batch was refilled.
     *
     * @param batch a filled batch of the schema given to the constructor; not kept beyond its next refill
     */
    public void bind(ColumnBatch batch) {
        for (int i = 0; i < positions.length; i++) {
            columns[i].bind(batch.column(positions[i]));
        }
        row = 0;
    }

    /**
     * Moves to a row of the bound batch.
     *
     * @param index from 0 to {@code batch.size() - 1}; not checked
     * @return this object
     */
    public ColumnarRow at(int index) {
        row = index;
        return this;
    }

    @Override
    public int getArity() {
        return columns.length;
    }

    @Override
    public RowKind getRowKind() {
        return kind;
    }

    @Override
    public void setRowKind(RowKind newKind) {
        kind = Objects.requireNonNull(newKind, "newKind");
    }

    @Override
    public boolean isNullAt(int pos) {
        return columns[pos].isNullAt(row);
    }

    @Override
    public boolean getBoolean(int pos) {
        return columns[pos].getBoolean(row);
    }

    @Override
    public byte getByte(int pos) {
        // Fits: the column is an int8.
        return (byte) columns[pos].getInt(row);
    }

    @Override
    public short getShort(int pos) {
        // Fits: the column is an int8, an int16 or a uint8.
        return (short) columns[pos].getInt(row);
    }

    @Override
    public int getInt(int pos) {
        return columns[pos].getInt(row);
    }

    @Override
    public long getLong(int pos) {
        return columns[pos].getLong(row);
    }

    @Override
    public float getFloat(int pos) {
        return columns[pos].getFloat(row);
    }

    @Override
    public double getDouble(int pos) {
        return columns[pos].getDouble(row);
    }

    @Override
    public StringData getString(int pos) {
        return columns[pos].getString(row);
    }

    @Override
    public DecimalData getDecimal(int pos, int precision, int scale) {
        return columns[pos].getDecimal(row, precision, scale);
    }

    @Override
    public TimestampData getTimestamp(int pos, int precision) {
        return columns[pos].getTimestamp(row, precision);
    }

    @Override
    public byte[] getBinary(int pos) {
        return columns[pos].getBinary(row);
    }

    @Override
    public ArrayData getArray(int pos) {
        return columns[pos].getArray(row);
    }

    @Override
    public MapData getMap(int pos) {
        return columns[pos].getMap(row);
    }

    @Override
    public RowData getRow(int pos, int numFields) {
        return columns[pos].getRow(row);
    }

    @Override
    public <T> RawValueData<T> getRawValue(int pos) {
        throw new UnsupportedOperationException("DeltaCAT tables hold no RAW values (field " + pos + ")");
    }

    @Override
    public Variant getVariant(int pos) {
        throw new UnsupportedOperationException("DeltaCAT tables hold no VARIANT values (field " + pos + ")");
    }

    @Override
    public String toString() {
        return "ColumnarRow{kind=" + kind + ", row=" + row + ", fields=" + columns.length + "}";
    }
}
