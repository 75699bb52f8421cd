package io.deltacat.format.feather;

import io.deltacat.format.file.RowAccessor;

/**
 * Collects the rows of one column or nested field in Arrow's buffers. Confined to one thread.
 *
 * @param <R> class of what holds the values: rows, structs or lists
 */
abstract class ColumnWriter<R> {
    private final boolean nullable;
    private final ArrowBuffer validity = new ArrowBuffer();
    private int rows;
    private int nulls;

    ColumnWriter(boolean nullable) {
        this.nullable = nullable;
    }

    /**
     * Appends a value, null or not.
     *
     * @throws MalformedArrowException if the value does not fit the field
     */
    final void append(RowAccessor<R> accessor, R row, int column) {
        if (accessor.isNullAt(row, column)) {
            if (!nullable) {
                throw new MalformedArrowException("null, but the field is required");
            }
            appendNull();
        } else {
            appendValue(accessor, row, column);
            validity.putBit(rows++, true);
        }
    }

    /** Appends a null, also to a required field that lies in a null struct or list. */
    final void appendNull() {
        appendEmpty();
        validity.putBit(rows++, false);
        nulls++;
    }

    final int rows() {
        return rows;
    }

    /** Hands the node and the buffers, children's included, to a batch and starts anew. */
    void flush(BatchWriter batch) {
        batch.node(rows, nulls);
        if (hasValidity()) {
            batch.buffer(validity.data(), nulls == 0 ? 0 : validity.size());
        }
        flushValues(batch);
        validity.clear();
        rows = 0;
        nulls = 0;
    }

    /** Returns the bytes of the buffers, children's included. */
    final long bytes() {
        return validity.size() + valueBytes();
    }

    boolean hasValidity() {
        return true;
    }

    abstract void appendValue(RowAccessor<R> accessor, R row, int column);

    /** Appends what stands in the place of a null. */
    abstract void appendEmpty();

    abstract void flushValues(BatchWriter batch);

    abstract long valueBytes();
}
