package io.deltacat.format.batch;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Some consecutive rows of a file, column by column. A batch is filled by a reader and reused: its content is valid until
 * it is handed to a reader again. Not thread-safe, but a filled batch may be handed to another thread as a whole.
 */
public final class ColumnBatch {
    private final Schema schema;
    private final ColumnVector[] columns;
    private int size;

    /**
     * Creates an empty batch with one vector per field.
     *
     * @param schema the columns
     * @throws io.deltacat.format.FormatException.UnsupportedType if a field has a type no vector carries
     */
    public ColumnBatch(Schema schema) {
        this(schema, schema.getFields().stream().map(ColumnVector::forField).toList(), 0);
    }

    /**
     * Creates a batch over filled vectors.
     *
     * @param schema the columns
     * @param columns one vector per field, kept
     * @param size number of rows
     */
    public ColumnBatch(Schema schema, List<ColumnVector> columns, int size) {
        this.schema = requireNonNull(schema, "schema");
        this.columns = columns.toArray(ColumnVector[]::new);
        this.size = size;
        if (this.columns.length != schema.getFields().size()) {
            throw new IllegalArgumentException("got " + this.columns.length + " vectors for "
                    + schema.getFields().size() + " fields");
        }
    }

    /** Returns the columns' names and types, in order. */
    public Schema schema() {
        return schema;
    }

    /** Returns the number of rows. */
    public int size() {
        return size;
    }

    /** Returns the number of columns. */
    public int columnCount() {
        return columns.length;
    }

    /**
     * Returns the vector of a column; its class follows from {@link VectorKind#of}. The same batch always returns the same
     * object, so a row view may fetch it once.
     *
     * @param index from 0 to {@code columnCount() - 1}
     */
    public ColumnVector column(int index) {
        return columns[index];
    }

    /**
     * Sets the number of rows; for readers, after they have filled the vectors.
     *
     * @param rows number of rows
     */
    public void setSize(int rows) {
        size = rows;
    }

    /** Returns the bytes of heap the batch holds, used or not. */
    public long retainedBytes() {
        long bytes = 0;
        for (ColumnVector column : columns) {
            bytes += column.retainedBytes();
        }
        return bytes;
    }
}
