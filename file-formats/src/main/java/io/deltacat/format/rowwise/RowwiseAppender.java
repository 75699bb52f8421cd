package io.deltacat.format.rowwise;

import static java.util.Objects.requireNonNull;

import io.deltacat.format.FormatException;
import io.deltacat.format.file.FileAppender;
import io.deltacat.format.file.FileOutput;
import io.deltacat.format.file.FileStats;
import io.deltacat.format.file.RowAccessor;
import io.deltacat.format.stats.StatsCollector;
import java.io.IOException;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Leads rows through one format's encoder into a file and publishes it at the end.
 *
 * @param <R> class of the rows
 */
public final class RowwiseAppender<R> implements FileAppender<R> {
    private enum State {
        OPEN,
        FAILED,
        FINISHED,
        CLOSED
    }

    private final String file;
    private final List<Field> fields;
    private final RowAccessor<R> rows;
    private final FileOutput output;
    private final RowSink<R> sink;
    private final StatsCollector<R> stats;
    private State state = State.OPEN;

    /**
     * @param file location of the file, for messages
     * @param fields columns of the file
     * @param rows how to get values out of a row
     * @param output the open file; owned by the appender from now on
     * @param sink encodes into {@code output}; owned by the appender from now on
     * @param stats observes the rows as readers of the file will see them
     */
    public RowwiseAppender(
            String file,
            List<Field> fields,
            RowAccessor<R> rows,
            FileOutput output,
            RowSink<R> sink,
            StatsCollector<R> stats) {
        this.file = requireNonNull(file, "file");
        this.fields = List.copyOf(fields);
        this.rows = requireNonNull(rows, "rows");
        this.output = requireNonNull(output, "output");
        this.sink = requireNonNull(sink, "sink");
        this.stats = requireNonNull(stats, "stats");
    }

    @Override
    public void append(R row) throws IOException {
        expectOpen();
        state = State.FAILED;
        for (int i = 0; i < fields.size(); i++) {
            if (!fields.get(i).isNullable() && rows.isNullAt(row, i)) {
                throw new FormatException.InvalidRow(
                        file, fields.get(i).getName(), stats.recordCount(), "null, but the column is required");
            }
        }
        sink.write(row, stats.recordCount());
        stats.add(row);
        state = State.OPEN;
    }

    @Override
    public long recordCount() {
        return stats.recordCount();
    }

    @Override
    public long estimatedLength() {
        return output.position() + sink.pendingLength();
    }

    @Override
    public long bufferedBytes() {
        return sink.bufferedBytes();
    }

    @Override
    public FileStats finish() throws IOException {
        expectOpen();
        state = State.FAILED;
        sink.end();
        long length = output.position();
        output.finish();
        state = State.FINISHED;
        return stats.finish(length);
    }

    @Override
    public void close() throws IOException {
        if (state != State.CLOSED) {
            state = State.CLOSED;
            sink.close();
            output.close();
        }
    }

    private void expectOpen() {
        if (state != State.OPEN) {
            throw new IllegalStateException("appender of file '" + file + "' is " + state + ", expected OPEN");
        }
    }
}
