package io.deltacat.client.write;

import io.deltacat.format.batch.BatchRow;
import io.deltacat.format.batch.ColumnBatch;
import io.deltacat.format.file.RowAccessor;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Collects rows up to a bound of memory and hands them on in order. Each such run goes into files of its own, so every file
 * is sorted although the write as a whole may not be. Confined to one thread.
 *
 * @param <R> class of the rows
 */
final class SortedRows<R> implements RowSink<R> {
    private static final int ROWS_BETWEEN_LOOKS = 256;
    private static final int MAX_ROWS = 1 << 24;

    private final RowBuffer<R> buffer;
    private final RowOrder order;
    private final @Nullable RowOrder keys;
    private final RowSink<BatchRow> files;
    private final long maxBytes;

    /**
     * Creates an empty run.
     *
     * @param schema columns of the rows
     * @param rows how to get values out of a row
     * @param order order of the rows
     * @param keys order by merge keys where the last row of a key is to win, which sorting would not keep, or null
     * @param maxBytes heap a run may take, positive
     * @param files takes the sorted rows
     */
    SortedRows(
            Schema schema,
            RowAccessor<R> rows,
            RowOrder order,
            @Nullable RowOrder keys,
            long maxBytes,
            RowSink<BatchRow> files) {
        this.buffer = new RowBuffer<>(schema, rows);
        this.order = order;
        this.keys = keys;
        this.maxBytes = maxBytes;
        this.files = files;
    }

    @Override
    public void append(R row) {
        buffer.append(row);
        int size = buffer.batch().size();
        boolean look = size % ROWS_BETWEEN_LOOKS == 0;
        if (look && (buffer.batch().retainedBytes() >= maxBytes || size >= MAX_ROWS)) {
            endFiles();
        }
    }

    @Override
    public void endFiles() {
        ColumnBatch batch = buffer.batch();
        BatchRow row = new BatchRow();
        for (int index : keys == null ? order.sorted(batch) : keys.lastOfEqual(batch, order)) {
            files.append(row.moveTo(batch, index));
        }
        buffer.clear();
        files.endFiles();
    }

    @Override
    public void close() {
        buffer.clear();
        files.close();
    }
}
