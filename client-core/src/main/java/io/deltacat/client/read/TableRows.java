package io.deltacat.client.read;

import io.deltacat.format.batch.ColumnBatch;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Rows of one read as maps from column name to Java value, in column order; null values are in the map. Each row is the
 * caller's to keep. Confined to one thread.
 */
public final class TableRows implements Iterator<Map<String, @Nullable Object>>, AutoCloseable {
    private final TableBatches batches;
    private final List<Field> fields;
    private int row;
    private int size;

    TableRows(TableBatches batches) {
        this.batches = batches;
        this.fields = batches.schema().getFields();
    }

    /**
     * Gives the columns of the rows.
     *
     * @return the columns in the order wanted
     */
    public Schema schema() {
        return batches.schema();
    }

    /**
     * Asks for another row; may read from storage, see {@link TableBatches#next()} for its errors.
     *
     * @return true if there is one
     */
    @Override
    public boolean hasNext() {
        if (row < size) {
            return true;
        }
        row = 0;
        size = batches.next() ? batches.batch().size() : 0;
        return size > 0;
    }

    /**
     * Gives the next row.
     *
     * @return a new map, values as {@link VectorValues} makes them
     */
    @Override
    public Map<String, @Nullable Object> next() {
        if (!hasNext()) {
            throw new NoSuchElementException("no more rows");
        }
        ColumnBatch batch = batches.batch();
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (int column = 0; column < fields.size(); column++) {
            Field field = fields.get(column);
            values.put(field.getName(), VectorValues.get(field, batch.column(column), row));
        }
        row++;
        return values;
    }

    /** Releases the file under way. Idempotent. */
    @Override
    public void close() {
        batches.close();
    }
}
