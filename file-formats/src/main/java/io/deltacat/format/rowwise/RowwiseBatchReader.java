package io.deltacat.format.rowwise;

import io.deltacat.format.batch.ColumnBatch;
import io.deltacat.format.file.BatchReader;
import io.deltacat.format.file.ReadOptions;
import java.io.IOException;
import org.apache.arrow.vector.types.pojo.Schema;

/** Reads batches from a format that is read row by row, and counts its rows only when asked. */
public final class RowwiseBatchReader implements BatchReader {
    private static final long UNKNOWN = -1;

    private final Schema schema;
    private final RowSourceOpener opener;
    private final RowSource source;
    private final ReadOptions options;
    private boolean started;
    private boolean ended;
    private long position;
    private long rowCount = UNKNOWN;

    private RowwiseBatchReader(Schema schema, RowSourceOpener opener, RowSource source, ReadOptions options) {
        this.schema = schema;
        this.opener = opener;
        this.source = source;
        this.options = options;
    }

    /**
     * Opens a reader.
     *
     * @param schema the wanted columns, those the source fills
     * @param opener opens the file, now and whenever rows must be counted
     * @param options rows and batch size
     * @throws IOException if the storage fails
     */
    public static RowwiseBatchReader open(Schema schema, RowSourceOpener opener, ReadOptions options)
            throws IOException {
        return over(schema, opener.open(), opener, options);
    }

    /**
     * Returns a reader over rows that are open already.
     *
     * @param schema the wanted columns, those the source fills
     * @param source the rows from the start of the file; owned by the reader from now on
     * @param opener opens the file once more when rows must be counted
     * @param options rows and batch size
     */
    public static RowwiseBatchReader over(
            Schema schema, RowSource source, RowSourceOpener opener, ReadOptions options) {
        return new RowwiseBatchReader(schema, opener, source, options);
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public long rowCount() throws IOException {
        if (rowCount == UNKNOWN) {
            long fileRows = 0;
            try (RowSource counted = opener.open()) {
                while (counted.skipRow()) {
                    fileRows++;
                }
            }
            rowCount = options.rows().selectedOf(fileRows);
        }
        return rowCount;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public boolean nextBatch(ColumnBatch target) throws IOException {
        BatchStart.clear(target);
        start();
        source.bind(target);
        long bytesLimit = source.bytesRead() + options.batchBytes();
        int row = 0;
        while (!ended && row < options.batchRows() && position < options.rows().count()) {
            if (!source.readRow(row)) {
                ended = true;
                break;
            }
            row++;
            position++;
            if (source.bytesRead() >= bytesLimit) {
                break;
            }
        }
        target.setSize(row);
        return row > 0;
    }

    @Override
    public void skip(long rows) throws IOException {
        start();
        long target = Math.min(
                position + Math.min(rows, Long.MAX_VALUE - position),
                options.rows().count());
        while (!ended && position < target) {
            if (source.skipRow()) {
                position++;
            } else {
                ended = true;
            }
        }
    }

    @Override
    public void close() throws IOException {
        source.close();
    }

    private void start() throws IOException {
        if (started) {
            return;
        }
        started = true;
        for (long i = 0; i < options.rows().first() && !ended; i++) {
            ended = !source.skipRow();
        }
    }
}
