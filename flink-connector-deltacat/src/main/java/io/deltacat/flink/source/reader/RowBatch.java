package io.deltacat.flink.source.reader;

import io.deltacat.client.filter.Filter;
import io.deltacat.client.read.file.FilteredBatch;
import io.deltacat.flink.types.ColumnarRow;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.utils.JoinedRowData;
import org.apache.flink.types.RowKind;
import org.jspecify.annotations.Nullable;

/**
 * A reusable batch of columns and the one row view that walks over the rows of it that count. Filled on the fetcher thread,
 * emitted on the mailbox thread; the queue between them and {@link BatchPool} pass it on as a whole.
 *
 * <p>Every row of a batch is the same object, and its values point into the batch, which is filled again once all its rows
 * were emitted. That is the contract of Flink's own columnar readers (ParquetColumnarRowInputFormat): whoever keeps a row
 * copies it. Flink itself does so wherever a record crosses an exchange, and between chained operators unless the user
 * enabled object reuse.
 */
@Internal
final class RowBatch {
    private final FilteredBatch columns;
    private final ColumnarRow row;
    private final boolean withMetadata;
    private final JoinedRowData joined = new JoinedRowData();
    private RowData current;
    private RowKind kind = RowKind.INSERT;
    private Counting counting = Counting.ROWS_OF_FILE;
    private long readBefore;
    private int next;

    /** What {@link #rowsRead()} counts. */
    enum Counting {
        /** Rows of the file, so that reading can go on at a row. */
        ROWS_OF_FILE,
        /** Rows that were emitted. */
        ROWS_EMITTED
    }

    /**
     * Allocates the vectors.
     *
     * @param spec columns to read and rows to emit
     */
    RowBatch(ReadSpec spec) {
        Schema wanted = spec.wanted();
        Filter filter = spec.parsedFilter().orElse(null);
        this.columns = new FilteredBatch(spec.stored(), wanted, filter);
        this.row = new ColumnarRow(wanted, spec.rowType());
        this.withMetadata = !spec.metadata().isEmpty();
        this.current = withMetadata ? joined : row;
    }

    /** Returns the vectors to be filled, and which of their rows count. */
    FilteredBatch columns() {
        return columns;
    }

    /**
     * Starts over at the first row; call it after each refill.
     *
     * @param rowKind kind of all rows
     * @param metadata values to append to each row; ignored when none are wanted
     * @param rowsBefore rows of the split before this batch, counted as said
     * @param what what is counted
     */
    void rewind(RowKind rowKind, @Nullable GenericRowData metadata, long rowsBefore, Counting what) {
        row.bind(columns.shown());
        row.setRowKind(rowKind);
        kind = rowKind;
        readBefore = rowsBefore;
        counting = what;
        next = 0;
        if (withMetadata && metadata != null) {
            joined.replace(row, metadata);
            joined.setRowKind(rowKind);
        }
        current = withMetadata ? joined : row;
    }

    /** Moves to the next row. Returns false behind the last. */
    boolean advance() {
        if (next >= columns.selectedCount()) {
            return false;
        }
        row.at(columns.selected(next++));
        return true;
    }

    /** Returns the row moved to. */
    RowData row() {
        current.setRowKind(kind);
        return current;
    }

    /** Returns the rows of the split that are read when the row moved to is emitted. */
    long rowsRead() {
        return readBefore + (counting == Counting.ROWS_EMITTED ? next : columns.selected(next - 1) + 1);
    }
}
