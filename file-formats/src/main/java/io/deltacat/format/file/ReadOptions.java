package io.deltacat.format.file;

import static java.util.Objects.requireNonNull;

import io.deltacat.format.predicate.RowPredicate;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What to read of a file, and in which portions. Immutable.
 *
 * @param columns the wanted columns, in this order and with these types, matched by exact name; null for all columns as
 *     the file has them. A column the file lacks gets its past default ({@link
 *     io.deltacat.format.schema.FieldMetadata#pastDefault}), else null if nullable, else the reader refuses. A stored type
 *     that widens without loss is converted; any other difference is refused.
 * @param storedColumns the columns the file holds, in file order, for formats whose files do not say so themselves: delimited
 *     text needs names and types by position, JSON lines take it for {@code columns} where that is null. Null means that the
 *     file holds exactly {@code columns}. Formats with a schema in the file ignore it.
 * @param rows which rows
 * @param predicate which rows are wanted, or null for all: the reader leaves out rows of which the file's own statistics say
 *     that they are not, as far as its format has such; the others must be tested by whoever reads them. The tested columns
 *     need not be among {@code columns}
 * @param batchRows most rows of one batch, 1 or more
 * @param batchBytes about how many bytes of values one batch may hold, 1 or more; a single row may exceed it
 */
public record ReadOptions(
        @Nullable Schema columns,
        @Nullable Schema storedColumns,
        RowRange rows,
        @Nullable RowPredicate predicate,
        int batchRows,
        long batchBytes) {

    /** Rows of a batch unless set otherwise. */
    public static final int DEFAULT_BATCH_ROWS = 4096;

    /** Bytes of a batch unless set otherwise. */
    public static final long DEFAULT_BATCH_BYTES = 8L << 20;

    /** Checks the values. */
    public ReadOptions {
        requireNonNull(rows, "rows");
        if (batchRows < 1 || batchBytes < 1) {
            throw new IllegalArgumentException(
                    "batchRows and batchBytes must be 1 or more, got " + batchRows + " and " + batchBytes);
        }
    }

    /** Returns options for all columns and rows as the file has them. */
    public static ReadOptions all() {
        return new ReadOptions(null, null, RowRange.ALL, null, DEFAULT_BATCH_ROWS, DEFAULT_BATCH_BYTES);
    }

    /**
     * Returns options for all rows of some columns.
     *
     * @param columns the wanted columns
     */
    public static ReadOptions columns(Schema columns) {
        return all().withColumns(columns);
    }

    /** Returns these options with other columns. */
    public ReadOptions withColumns(Schema wanted) {
        return new ReadOptions(requireNonNull(wanted, "wanted"), storedColumns, rows, predicate, batchRows, batchBytes);
    }

    /** Returns these options with other stored columns, all of the file's in file order. */
    public ReadOptions withStoredColumns(Schema stored) {
        return new ReadOptions(columns, requireNonNull(stored, "stored"), rows, predicate, batchRows, batchBytes);
    }

    /** Returns these options with other rows. */
    public ReadOptions withRows(RowRange wanted) {
        return new ReadOptions(columns, storedColumns, wanted, predicate, batchRows, batchBytes);
    }

    /**
     * Returns these options with another predicate.
     *
     * @param wanted which rows are wanted, in place of any predicate so far
     */
    public ReadOptions withPredicate(RowPredicate wanted) {
        return new ReadOptions(columns, storedColumns, rows, requireNonNull(wanted, "wanted"), batchRows, batchBytes);
    }

    /** Returns these options with another number of rows per batch. */
    public ReadOptions withBatchRows(int wanted) {
        return new ReadOptions(columns, storedColumns, rows, predicate, wanted, batchBytes);
    }

    /** Returns these options with another size of a batch. */
    public ReadOptions withBatchBytes(long wanted) {
        return new ReadOptions(columns, storedColumns, rows, predicate, batchRows, wanted);
    }
}
