package io.deltacat.format.batch;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A movable view of one row of a batch, to be read with {@link BatchRowAccessor}. It holds no values: it is valid while the
 * batch is. Confined to one thread.
 */
public final class BatchRow extends VectorRow {
    private @Nullable ColumnBatch batch;
    private int row;

    /** Creates a view of nothing yet. */
    public BatchRow() {}

    /**
     * Moves the view.
     *
     * @param target the batch
     * @param index a row of it, from 0 to {@code target.size() - 1}
     * @return this
     */
    public BatchRow moveTo(ColumnBatch target, int index) {
        batch = requireNonNull(target, "target");
        row = index;
        return this;
    }

    @Override
    ColumnVector vector(int column) {
        if (batch == null) {
            throw new IllegalStateException("the view was not moved to a row of a batch");
        }
        return batch.column(column);
    }

    @Override
    int index(int column) {
        return row;
    }
}
