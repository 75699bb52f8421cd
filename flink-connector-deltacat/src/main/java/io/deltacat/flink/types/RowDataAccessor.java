package io.deltacat.flink.types;

import io.deltacat.format.file.ListAccessor;
import io.deltacat.format.file.MapAccessor;
import io.deltacat.format.file.RowAccessor;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.RowType;
import org.jspecify.annotations.Nullable;

/**
 * Hands Flink's rows to a file writer, value by value and without boxing. Columns are matched by name: column {@code i} is
 * field {@code i} of the table's schema, wherever the rows have it; a nullable column that the rows do not have is written
 * as null. Row kinds are not looked at. Immutable, keeps no row, may be shared by threads.
 */
@PublicEvolving
public final class RowDataAccessor implements RowAccessor<RowData> {

    private static final int ABSENT = -1;

    private final StoredColumn[] columns;
    private final int[] positions;

    /**
     * Creates an accessor.
     *
     * @param rowType the type of the rows
     * @param schema the schema of the files to write
     * @throws IllegalArgumentException if the schema lacks a field of the rows, requires one that they do not have, or
     *     holds it with a type that does not fit; the message names column and both types
     */
    public RowDataAccessor(RowType rowType, Schema schema) {
        this("", rowType, schema.getFields());
    }

    private RowDataAccessor(String pathPrefix, RowType rowType, List<Field> fields) {
        this.columns = new StoredColumn[fields.size()];
        this.positions = new int[fields.size()];
        for (int i = 0; i < columns.length; i++) {
            Field field = fields.get(i);
            positions[i] = rowType.getFieldIndex(field.getName());
            if (positions[i] == ABSENT) {
                requireNullable(pathPrefix, field);
                columns[i] = new StoredColumn(pathPrefix + field.getName(), field, LogicalTypes.toLogicalType(field));
            } else {
                columns[i] = column(pathPrefix, field, rowType.getTypeAt(positions[i]));
            }
        }
        for (String name : rowType.getFieldNames()) {
            if (fields.stream().noneMatch(field -> field.getName().equals(name))) {
                throw new IllegalArgumentException(
                        "column '" + pathPrefix + name + "' of the rows is not in the table, " + "which has "
                                + fields.stream().map(Field::getName).toList());
            }
        }
    }

    private static void requireNullable(String pathPrefix, Field field) {
        if (!field.isNullable()) {
            throw new IllegalArgumentException("column '" + pathPrefix + field.getName()
                    + "' must not be null in the table, but the rows do not have it");
        }
    }

    private static StoredColumn column(String pathPrefix, Field field, LogicalType declared) {
        TypeFit.write(declared, field).ifPresent(mismatch -> {
            throw new IllegalArgumentException(mismatch.describe());
        });
        return new StoredColumn(pathPrefix + field.getName(), field, declared);
    }

    /** Returns how to read the struct that a column stores; the struct's fields are matched by name as well. */
    static RowAccessor<Object> structs(StoredColumn column) {
        RowAccessor<RowData> rows = new RowDataAccessor(
                column.path() + ".", (RowType) column.declared(), column.field().getChildren());
        // The structs of this column are the rows that getStruct returns, so the cast inside never fails.
        @SuppressWarnings("unchecked")
        RowAccessor<Object> untyped = (RowAccessor<Object>) (RowAccessor<?>) rows;
        return untyped;
    }

    /** Returns how to read the lists that a column stores. */
    static ListAccessor lists(StoredColumn column) {
        Field element = column.field().getChildren().get(0);
        return new ArrayDataAccessor(
                new StoredColumn(column.path() + "[]", element, ((ArrayType) column.declared()).getElementType()));
    }

    /** Returns how to read the maps that a column stores. */
    static MapAccessor maps(StoredColumn column) {
        List<Field> entry = column.field().getChildren().get(0).getChildren();
        MapType declared = (MapType) column.declared();
        return new MapDataAccessor(
                new StoredColumn(column.path() + "{key}", entry.get(0), declared.getKeyType()),
                new StoredColumn(column.path() + "{value}", entry.get(1), declared.getValueType()));
    }

    @Override
    public boolean isNullAt(RowData row, int column) {
        int position = positions[column];
        return position == ABSENT || row.isNullAt(position);
    }

    @Override
    public boolean getBoolean(RowData row, int column) {
        return row.getBoolean(positions[column]);
    }

    @Override
    public int getInt(RowData row, int column) {
        StoredColumn stored = columns[column];
        int position = positions[column];
        return switch (stored.root()) {
            case INTEGER -> (int) stored.integer(row.getInt(position));
            case SMALLINT -> (int) stored.integer(row.getShort(position));
            case TINYINT -> (int) stored.integer(row.getByte(position));
            case DATE -> row.getInt(position);
            case TIME_WITHOUT_TIME_ZONE -> (int) stored.time(row.getInt(position));
            default -> throw stored.unexpected("getInt");
        };
    }

    @Override
    public long getLong(RowData row, int column) {
        StoredColumn stored = columns[column];
        int position = positions[column];
        return switch (stored.root()) {
            case BIGINT -> stored.integer(row.getLong(position));
            case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                stored.timestamp(row.getTimestamp(position, stored.precision()));
            case DECIMAL -> stored.decimal(row.getDecimal(position, stored.precision(), stored.scale()));
            case INTEGER -> stored.integer(row.getInt(position));
            case SMALLINT -> stored.integer(row.getShort(position));
            case TINYINT -> stored.integer(row.getByte(position));
            case TIME_WITHOUT_TIME_ZONE -> stored.time(row.getInt(position));
            case DATE -> stored.date(row.getInt(position));
            default -> throw stored.unexpected("getLong");
        };
    }

    @Override
    public float getFloat(RowData row, int column) {
        return row.getFloat(positions[column]);
    }

    @Override
    public double getDouble(RowData row, int column) {
        StoredColumn stored = columns[column];
        return switch (stored.root()) {
            case DOUBLE -> row.getDouble(positions[column]);
            case FLOAT -> row.getFloat(positions[column]);
            default -> throw stored.unexpected("getDouble");
        };
    }

    @Override
    public byte[] getBytes(RowData row, int column) {
        StoredColumn stored = columns[column];
        int position = positions[column];
        return switch (stored.root()) {
            case CHAR, VARCHAR -> utf8(row.getString(position));
            case BINARY, VARBINARY -> row.getBinary(position);
            case DECIMAL ->
                row.getDecimal(position, stored.precision(), stored.scale()).toUnscaledBytes();
            default -> throw stored.unexpected("getBytes");
        };
    }

    static byte[] utf8(@Nullable StringData value) {
        if (value == null) {
            throw new IllegalStateException("a null string was read as if it were present");
        }
        return value.toBytes();
    }

    @Override
    public Object getStruct(RowData row, int column) {
        return row.getRow(positions[column], ((RowType) columns[column].declared()).getFieldCount());
    }

    @Override
    public RowAccessor<Object> structAccessor(int column) {
        return structs(columns[column]);
    }

    @Override
    public Object getList(RowData row, int column) {
        return row.getArray(positions[column]);
    }

    @Override
    public ListAccessor listAccessor(int column) {
        return lists(columns[column]);
    }

    @Override
    public Object getMap(RowData row, int column) {
        return row.getMap(positions[column]);
    }

    @Override
    public MapAccessor mapAccessor(int column) {
        return maps(columns[column]);
    }
}
