package io.deltacat.flink.source.reader;

import io.deltacat.flink.types.ColumnarRow;
import io.deltacat.format.batch.ColumnBatch;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;
import org.jspecify.annotations.Nullable;

/**
 * A reusable batch of columns and the one row view that walks over it. Filled on the fetcher thread, emitted on the mailbox
 * thread; the queue between them and {@link BatchPool} pass it on as a whole.
 *
 * <p>Every row of a batch is the same object, and its values point into the batch, which is filled again once all its rows
 * were emitted. That is the contract of Flink's own columnar readers (ParquetColumnarRowInputFormat): whoever keeps a row
 * copies it. Flink itself does so wherever a record crosses an exchange, and between chained operators unless the user
 * enabled object reuse.
 */
@Internal
final class RowBatch {
    private final ColumnBatch columns;
    private final ColumnarRow row;
    private int next;

    /**
     * Allocates the vectors.
     *
     * @param schema columns to read
     * @param rowType the rows to emit
     */
    RowBatch(Schema schema, RowType rowType) {
        this.columns = new ColumnBatch(schema);
        this.row = new ColumnarRow(schema, rowType);
    }

    /** Returns the vectors to be filled. */
    ColumnBatch columns() {
        return columns;
    }

    /** Starts over at the first row; call it after each refill. */
    void rewind() {
        row.bind(columns);
        next = 0;
    }

    /** Returns the next row, or null behind the last. */
    @Nullable
    RowData nextRow() {
        return next < columns.size() ? row.at(next++) : null;
    }
}
