package io.deltacat.flink.types;

import io.deltacat.format.file.ListAccessor;
import io.deltacat.format.file.MapAccessor;
import io.deltacat.format.file.RowAccessor;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.types.logical.RowType;

/** Hands Flink's arrays to a file writer: position {@code i} of the list is element {@code i}. Immutable. */
final class ArrayDataAccessor implements ListAccessor {

    private final StoredColumn element;

    ArrayDataAccessor(StoredColumn element) {
        this.element = element;
    }

    @Override
    public int size(Object list) {
        return array(list).size();
    }

    @Override
    public boolean isNullAt(Object list, int position) {
        return array(list).isNullAt(position);
    }

    @Override
    public boolean getBoolean(Object list, int position) {
        return array(list).getBoolean(position);
    }

    @Override
    public int getInt(Object list, int position) {
        ArrayData array = array(list);
        return switch (element.root()) {
            case INTEGER -> (int) element.integer(array.getInt(position));
            case SMALLINT -> (int) element.integer(array.getShort(position));
            case TINYINT -> (int) element.integer(array.getByte(position));
            case DATE -> array.getInt(position);
            case TIME_WITHOUT_TIME_ZONE -> (int) element.time(array.getInt(position));
            default -> throw element.unexpected("getInt");
        };
    }

    @Override
    public long getLong(Object list, int position) {
        ArrayData array = array(list);
        return switch (element.root()) {
            case BIGINT -> element.integer(array.getLong(position));
            case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                element.timestamp(array.getTimestamp(position, element.precision()));
            case DECIMAL -> element.decimal(array.getDecimal(position, element.precision(), element.scale()));
            case INTEGER -> element.integer(array.getInt(position));
            case SMALLINT -> element.integer(array.getShort(position));
            case TINYINT -> element.integer(array.getByte(position));
            case TIME_WITHOUT_TIME_ZONE -> element.time(array.getInt(position));
            case DATE -> element.date(array.getInt(position));
            default -> throw element.unexpected("getLong");
        };
    }

    @Override
    public float getFloat(Object list, int position) {
        return array(list).getFloat(position);
    }

    @Override
    public double getDouble(Object list, int position) {
        return switch (element.root()) {
            case DOUBLE -> array(list).getDouble(position);
            case FLOAT -> array(list).getFloat(position);
            default -> throw element.unexpected("getDouble");
        };
    }

    @Override
    public byte[] getBytes(Object list, int position) {
        ArrayData array = array(list);
        return switch (element.root()) {
            case CHAR, VARCHAR -> RowDataAccessor.utf8(array.getString(position));
            case BINARY, VARBINARY -> array.getBinary(position);
            case DECIMAL ->
                array.getDecimal(position, element.precision(), element.scale()).toUnscaledBytes();
            default -> throw element.unexpected("getBytes");
        };
    }

    @Override
    public Object getStruct(Object list, int position) {
        return array(list).getRow(position, ((RowType) element.declared()).getFieldCount());
    }

    @Override
    public RowAccessor<Object> structAccessor(int position) {
        return RowDataAccessor.structs(element);
    }

    @Override
    public Object getList(Object list, int position) {
        return array(list).getArray(position);
    }

    @Override
    public ListAccessor listAccessor(int position) {
        return RowDataAccessor.lists(element);
    }

    @Override
    public Object getMap(Object list, int position) {
        return array(list).getMap(position);
    }

    @Override
    public MapAccessor mapAccessor(int position) {
        return RowDataAccessor.maps(element);
    }

    private static ArrayData array(Object list) {
        return (ArrayData) list;
    }
}
