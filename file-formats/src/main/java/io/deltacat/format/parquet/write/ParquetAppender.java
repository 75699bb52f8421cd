package io.deltacat.format.parquet.write;

import io.deltacat.format.FormatException;
import io.deltacat.format.file.ColumnStats;
import io.deltacat.format.file.FileAppender;
import io.deltacat.format.file.FileOutput;
import io.deltacat.format.file.FileStats;
import io.deltacat.format.file.OutputFile;
import io.deltacat.format.file.RowAccessor;
import io.deltacat.format.file.WriteOptions;
import io.deltacat.format.parquet.codec.PageCodecs;
import io.deltacat.format.parquet.codec.PageCompressor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Writes rows to a Parquet file, row group by row group. Rows go column by column into arrays; nothing is kept of a row.
 *
 * @param <R> class of the rows
 */
public final class ParquetAppender<R> implements FileAppender<R> {
    private static final int ESTIMATE_EVERY = 64;

    private final String file;
    private final Schema schema;
    private final WriteOptions options;
    private final FileOutput output;
    private final PageCompressor compressor;
    private final FooterWriter footer;
    private final FieldWriter<R>[] fields;
    private final List<LeafWriter> leaves;
    private long rows;
    private long rowGroupRows;
    private long nextCheck = 1;
    private long estimate;
    private long estimateRows;
    private State state = State.OPEN;

    private enum State {
        OPEN,
        FAILED,
        FINISHED,
        CLOSED
    }

    @SuppressWarnings("unchecked") // an array of a generic class, filled from a list of exactly that class
    private ParquetAppender(
            String file,
            Schema schema,
            WriteOptions options,
            FileOutput output,
            PageCompressor compressor,
            SchemaEncoder.Encoded encoded,
            FieldWriters.Made<R> made) {
        this.file = file;
        this.schema = schema;
        this.options = options;
        this.output = output;
        this.compressor = compressor;
        this.footer = new FooterWriter(schema, encoded);
        this.fields = made.fields().toArray(new FieldWriter[0]);
        this.leaves = made.leaves();
    }

    /**
     * Opens a new file.
     *
     * @param file the file
     * @param schema its columns
     * @param rows how to get values out of a row
     * @param options codec and sizes
     * @param <R> class of the rows
     * @return an appender the caller closes
     */
    public static <R> ParquetAppender<R> open(OutputFile file, Schema schema, RowAccessor<R> rows, WriteOptions options)
            throws IOException {
        SchemaEncoder.Encoded encoded = SchemaEncoder.encode(file.location(), schema);
        PageCompressor compressor = PageCodecs.compressor(options.codec(), options.zstdLevel());
        try {
            FieldWriters.Made<R> made = FieldWriters.make(
                    schema,
                    encoded.leaves(),
                    rows,
                    () -> new PageWriter(PageCodecs.nameInFile(options.codec()), compressor),
                    options.pageBytes());
            FileOutput output = file.create();
            return new ParquetAppender<>(file.location(), schema, options, output, compressor, encoded, made).start();
        } catch (IOException | RuntimeException e) {
            compressor.close();
            throw e;
        }
    }

    private ParquetAppender<R> start() throws IOException {
        try {
            output.write(FooterWriter.MAGIC.getBytes(StandardCharsets.ISO_8859_1));
            return this;
        } catch (IOException e) {
            try (output) {
                throw e;
            }
        }
    }

    @Override
    public void append(R row) throws IOException {
        if (state != State.OPEN) {
            throw new IllegalStateException("file '" + file + "' cannot be appended to, its state is " + state);
        }
        try {
            FieldWriter<R>[] writers = fields;
            for (int i = 0; i < writers.length; i++) {
                writers[i].write(row, i, 0);
            }
        } catch (InvalidValueException e) {
            state = State.FAILED; // some columns have the row, others do not
            throw new FormatException.InvalidRow(file, e.column(), rows, e.problem());
        } catch (RuntimeException e) {
            state = State.FAILED;
            throw e;
        }
        rows++;
        if (++rowGroupRows >= nextCheck) {
            checkRowGroup();
        }
    }

    /** Ends the row group if it is full, else decides when to look again: the fuller it is, the sooner. */
    private void checkRowGroup() throws IOException {
        long bytes = openBytes();
        if (bytes >= options.rowGroupBytes()) {
            writeRowGroup();
            return;
        }
        estimate = output.position() + bytes;
        estimateRows = rows;
        long bytesPerRow = Math.max(1, bytes / rowGroupRows);
        long rowsLeft = (options.rowGroupBytes() - bytes) / bytesPerRow;
        long next = Math.min(
                ESTIMATE_EVERY, Math.min(rowsLeft / 2, rowGroupRows)); // soon after the first, maybe huge, rows
        nextCheck = rowGroupRows + Math.max(1, next);
    }

    private long openBytes() {
        long bytes = 0;
        for (LeafWriter leaf : leaves) {
            bytes += leaf.storedBytes() + leaf.estimatedOpenBytes();
        }
        return bytes;
    }

    private void writeRowGroup() throws IOException {
        state = State.FAILED; // unless all columns are written
        footer.writeRowGroup(leaves, rowGroupRows, output);
        rowGroupRows = 0;
        nextCheck = 1;
        estimate = output.position();
        estimateRows = rows;
        state = State.OPEN;
    }

    @Override
    public long recordCount() {
        return rows;
    }

    @Override
    public long estimatedLength() {
        return rows == 0 ? output.position() : estimate + (rows - estimateRows) * (estimate / rows + 1);
    }

    @Override
    public long bufferedBytes() {
        long bytes = 0;
        for (LeafWriter leaf : leaves) {
            bytes += leaf.retainedBytes();
        }
        return bytes;
    }

    @Override
    public FileStats finish() throws IOException {
        if (state != State.OPEN) {
            throw new IllegalStateException("file '" + file + "' cannot be finished, its state is " + state);
        }
        if (rowGroupRows > 0) {
            writeRowGroup();
        }
        state = State.FAILED; // unless the file is published
        footer.finish(rows, output);
        long length = output.position();
        output.finish();
        state = State.FINISHED;
        long sourceBytes = 0;
        for (LeafWriter leaf : leaves) {
            sourceBytes += leaf.sourceBytes();
        }
        return new FileStats(rows, length, sourceBytes, columnStats());
    }

    private Map<String, ColumnStats> columnStats() {
        Map<String, ColumnStats> stats = new LinkedHashMap<>();
        for (int i = 0; i < fields.length; i++) {
            stats.put(schema.getFields().get(i).getName(), fields[i].stats());
        }
        return stats;
    }

    @Override
    public void close() throws IOException {
        if (state == State.CLOSED) {
            return;
        }
        state = State.CLOSED;
        try (output) {
            compressor.close();
        }
    }
}
