package io.deltacat.format.stats;

import static java.util.Objects.requireNonNull;

import io.deltacat.format.file.ColumnStats;
import io.deltacat.format.file.FileStats;
import io.deltacat.format.file.RowAccessor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Observes the rows of a file as they are written and sums them up as {@link FileStats}. Confined to one thread.
 *
 * @param <R> class of the rows
 */
public final class StatsCollector<R> {
    private final List<Field> fields;
    private final ColumnCollector<R>[] columns;
    private long recordCount;

    /**
     * @param schema columns of the file
     * @param rows how to get values out of a row; must show the values a reader of the file will get
     */
    public StatsCollector(Schema schema, RowAccessor<R> rows) {
        requireNonNull(rows, "rows");
        this.fields = schema.getFields();
        this.columns = newColumns(fields.size());
        for (int i = 0; i < columns.length; i++) {
            columns[i] = ColumnCollector.of(fields.get(i), rows, i);
        }
    }

    /**
     * Observes one row.
     *
     * @param row the row; not kept
     */
    public void add(R row) {
        for (ColumnCollector<R> column : columns) {
            column.add(row);
        }
        recordCount++;
    }

    /** Returns the number of rows observed. */
    public long recordCount() {
        return recordCount;
    }

    /**
     * Returns the statistics of the rows so far.
     *
     * @param contentLength stored bytes of the file
     */
    public FileStats finish(long contentLength) {
        Map<String, ColumnStats> stats = new LinkedHashMap<>();
        long sourceBytes = 0;
        for (int i = 0; i < columns.length; i++) {
            stats.put(fields.get(i).getName(), columns[i].stats());
            sourceBytes += columns[i].arrowBytes(recordCount);
        }
        return new FileStats(recordCount, contentLength, sourceBytes, stats);
    }

    @SuppressWarnings("unchecked") // arrays of a generic class can only be made raw; the array never leaves this class
    private static <R> ColumnCollector<R>[] newColumns(int count) {
        return (ColumnCollector<R>[]) new ColumnCollector<?>[count];
    }
}
