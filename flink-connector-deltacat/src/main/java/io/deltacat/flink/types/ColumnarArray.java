package io.deltacat.flink.types;

import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.RawValueData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.types.variant.Variant;

/** Consecutive values of a column, seen as Flink's array; valid as long as the batch is. */
final class ColumnarArray implements ArrayData {

    private final ColumnView elements;
    private final int start;
    private final int size;

    ColumnarArray(ColumnView elements, int start, int size) {
        this.elements = elements;
        this.start = start;
        this.size = size;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public boolean isNullAt(int pos) {
        return elements.isNullAt(start + pos);
    }

    @Override
    public boolean getBoolean(int pos) {
        return elements.getBoolean(start + pos);
    }

    @Override
    public byte getByte(int pos) {
        // Fits: the elements are int8.
        return (byte) elements.getInt(start + pos);
    }

    @Override
    public short getShort(int pos) {
        // Fits: the elements are int8, int16 or uint8.
        return (short) elements.getInt(start + pos);
    }

    @Override
    public int getInt(int pos) {
        return elements.getInt(start + pos);
    }

    @Override
    public long getLong(int pos) {
        return elements.getLong(start + pos);
    }

    @Override
    public float getFloat(int pos) {
        return elements.getFloat(start + pos);
    }

    @Override
    public double getDouble(int pos) {
        return elements.getDouble(start + pos);
    }

    @Override
    public StringData getString(int pos) {
        return elements.getString(start + pos);
    }

    @Override
    public DecimalData getDecimal(int pos, int precision, int scale) {
        return elements.getDecimal(start + pos, precision, scale);
    }

    @Override
    public TimestampData getTimestamp(int pos, int precision) {
        return elements.getTimestamp(start + pos, precision);
    }

    @Override
    public byte[] getBinary(int pos) {
        return elements.getBinary(start + pos);
    }

    @Override
    public ArrayData getArray(int pos) {
        return elements.getArray(start + pos);
    }

    @Override
    public MapData getMap(int pos) {
        return elements.getMap(start + pos);
    }

    @Override
    public RowData getRow(int pos, int numFields) {
        return elements.getRow(start + pos);
    }

    @Override
    public <T> RawValueData<T> getRawValue(int pos) {
        throw new UnsupportedOperationException("DeltaCAT tables hold no RAW values (element " + pos + ")");
    }

    @Override
    public Variant getVariant(int pos) {
        throw new UnsupportedOperationException("DeltaCAT tables hold no VARIANT values (element " + pos + ")");
    }

    @Override
    public boolean[] toBooleanArray() {
        boolean[] copy = new boolean[size];
        for (int i = 0; i < size; i++) {
            copy[i] = getBoolean(i);
        }
        return copy;
    }

    @Override
    public byte[] toByteArray() {
        byte[] copy = new byte[size];
        for (int i = 0; i < size; i++) {
            copy[i] = getByte(i);
        }
        return copy;
    }

    @Override
    public short[] toShortArray() {
        short[] copy = new short[size];
        for (int i = 0; i < size; i++) {
            copy[i] = getShort(i);
        }
        return copy;
    }

    @Override
    public int[] toIntArray() {
        int[] copy = new int[size];
        for (int i = 0; i < size; i++) {
            copy[i] = getInt(i);
        }
        return copy;
    }

    @Override
    public long[] toLongArray() {
        long[] copy = new long[size];
        for (int i = 0; i < size; i++) {
            copy[i] = getLong(i);
        }
        return copy;
    }

    @Override
    public float[] toFloatArray() {
        float[] copy = new float[size];
        for (int i = 0; i < size; i++) {
            copy[i] = getFloat(i);
        }
        return copy;
    }

    @Override
    public double[] toDoubleArray() {
        double[] copy = new double[size];
        for (int i = 0; i < size; i++) {
            copy[i] = getDouble(i);
        }
        return copy;
    }
}
