package io.deltacat.format.file;

/**
 * Gets typed values out of rows of any class, by column index. Which getter serves which type, and how values are
 * expressed, is the table of {@link io.deltacat.format.batch.VectorKind}: a timestamp in milliseconds, say, is asked for
 * by {@link #getLong} and answered in milliseconds.
 *
 * <p>Getters are only called where {@link #isNullAt} is false. Implementations keep no reference to rows and need not be
 * thread-safe.
 *
 * @param <R> class of the rows
 */
public interface RowAccessor<R> {

    /** Returns whether the value is null. */
    boolean isNullAt(R row, int column);

    /** Returns a {@code BOOLEAN} value. */
    boolean getBoolean(R row, int column);

    /** Returns an {@code INT} value. */
    int getInt(R row, int column);

    /** Returns a {@code LONG} value. */
    long getLong(R row, int column);

    /** Returns a {@code FLOAT} value. */
    float getFloat(R row, int column);

    /** Returns a {@code DOUBLE} value. */
    double getDouble(R row, int column);

    /** Returns a {@code BYTES} value; the caller copies what it keeps and does not change the array. */
    byte[] getBytes(R row, int column);

    /** Returns a struct, to be read with {@link #structAccessor}. */
    default Object getStruct(R row, int column) {
        throw noNestedValues(column);
    }

    /** Returns how to read the structs of a column. Called once per column, when a file is opened. */
    default RowAccessor<Object> structAccessor(int column) {
        throw noNestedValues(column);
    }

    /** Returns a list, to be read with {@link #listAccessor}. */
    default Object getList(R row, int column) {
        throw noNestedValues(column);
    }

    /** Returns how to read the lists of a column. Called once per column, when a file is opened. */
    default ListAccessor listAccessor(int column) {
        throw noNestedValues(column);
    }

    /** Returns a map, to be read with {@link #mapAccessor}. */
    default Object getMap(R row, int column) {
        throw noNestedValues(column);
    }

    /** Returns how to read the maps of a column. Called once per column, when a file is opened. */
    default MapAccessor mapAccessor(int column) {
        throw noNestedValues(column);
    }

    private IllegalStateException noNestedValues(int column) {
        return new IllegalStateException(
                getClass().getName() + " has no nested values, but column " + column + " was asked for one");
    }
}
