package io.deltacat.client.read.file;

import io.deltacat.client.filter.BatchFilter;
import io.deltacat.client.filter.FilePredicates;
import io.deltacat.client.filter.Filter;
import io.deltacat.format.batch.ColumnBatch;
import io.deltacat.format.batch.ColumnVector;
import io.deltacat.format.file.ReadOptions;
import io.deltacat.format.predicate.RowPredicate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The batch a read fills: the wanted columns and those its filter needs besides. Selects the rows that pass the filter and
 * shows the wanted columns alone. Confined to one thread.
 */
public final class FilteredBatch {
    private final Schema readSchema;
    private final ColumnBatch filled;
    private final ColumnBatch shown;
    private final @Nullable BatchFilter filter;
    private final @Nullable RowPredicate predicate;
    private int[] selection = new int[0];
    private int first;
    private int end;
    private long toSkip;

    /**
     * Prepares the columns.
     *
     * @param table stored columns of the table, for the types of columns that only the filter reads
     * @param wanted columns to show, in order
     * @param filter what rows have to satisfy, or null for all rows
     * @throws IllegalArgumentException if the filter names a column that neither schema has
     */
    public FilteredBatch(Schema table, Schema wanted, @Nullable Filter filter) {
        Map<String, Field> fields = new LinkedHashMap<>();
        wanted.getFields().forEach(field -> fields.put(field.getName(), field));
        if (filter != null) {
            for (String column : filter.columns()) {
                if (!fields.containsKey(column)) {
                    fields.put(column, field(table, column));
                }
            }
        }
        this.readSchema = new Schema(fields.values(), wanted.getCustomMetadata());
        this.filled = new ColumnBatch(readSchema);
        List<ColumnVector> vectors = new ArrayList<>();
        for (int column = 0; column < wanted.getFields().size(); column++) {
            vectors.add(filled.column(column));
        }
        this.shown = new ColumnBatch(wanted, vectors, 0);
        this.filter = filter == null ? null : BatchFilter.of(filter, readSchema);
        this.predicate = filter == null ? null : FilePredicates.of(filter, readSchema);
    }

    /**
     * Returns how files are to be read: the columns, and which rows may be left out.
     *
     * @param limits size of batches
     */
    public ReadOptions options(ReadOptions limits) {
        ReadOptions options = limits.withColumns(readSchema);
        return predicate == null ? options : options.withPredicate(predicate);
    }

    /** Returns the columns to read of files. */
    public Schema readSchema() {
        return readSchema;
    }

    /** Returns the batch of {@link #readSchema()} that a reader fills. */
    public ColumnBatch filled() {
        return filled;
    }

    /** Returns the batch of the wanted columns; the same object every time. */
    public ColumnBatch shown() {
        return shown;
    }

    /** Returns how many rows are selected. */
    public int selectedCount() {
        return end - first;
    }

    /** Returns the row number of a selected row. */
    public int selected(int index) {
        return selection[first + index];
    }

    /** Passes over rows of the next selections. */
    public void skip(long rows) {
        toSkip = Math.addExact(toSkip, rows);
    }

    /** Returns an array for as many candidates as the filled batch has rows, to be given to {@link #select}. */
    public int[] candidates() {
        if (selection.length < filled.size()) {
            selection = new int[filled.size()];
        }
        return selection;
    }

    /** Selects among all rows of the filled batch; returns whether any is left. */
    public boolean selectAll() {
        int[] rows = candidates();
        for (int row = 0; row < filled.size(); row++) {
            rows[row] = row;
        }
        return select(filled.size());
    }

    /**
     * Selects among the first rows of {@link #candidates()}: those that pass the filter, less those to skip.
     *
     * @param count number of candidates, in ascending order
     * @return whether any is left
     */
    public boolean select(int count) {
        shown.setSize(filled.size());
        end = filter == null || count == 0 ? count : filter.select(filled, selection, count);
        long skipped = Math.min(toSkip, end);
        toSkip -= skipped;
        first = (int) skipped; // at most end
        return first < end;
    }

    private static Field field(Schema table, String column) {
        return table.getFields().stream()
                .filter(field -> field.getName().equals(column))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("filter column '" + column
                        + "' is not among the table's columns "
                        + table.getFields().stream().map(Field::getName).toList() + ". Correct the name."));
    }
}
