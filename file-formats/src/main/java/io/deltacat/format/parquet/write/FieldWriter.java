package io.deltacat.format.parquet.write;

import io.deltacat.format.file.ColumnStats;
import io.deltacat.format.file.RowAccessor;

/**
 * Takes the value of one field out of a row, or out of a struct or list in it, and hands it to the stored columns below
 * the field. Confined to one thread.
 *
 * @param <R> class of what the value is taken from
 */
abstract class FieldWriter<R> {
    final RowAccessor<R> rows;

    FieldWriter(RowAccessor<R> rows) {
        this.rows = rows;
    }

    /**
     * Writes the value, null or not.
     *
     * @param row what to take it from
     * @param column where it is in the row
     * @param repetition repetition level of its first entry
     */
    abstract void write(R row, int column, int repetition);

    /**
     * Writes that there is no value, because a struct, list or map around it is null or empty.
     *
     * @param repetition repetition level of the entry
     * @param definition definition level of the entry
     */
    abstract void writeAbsent(int repetition, int definition);

    /** Returns the statistics of all row groups written so far. */
    abstract ColumnStats stats();
}
