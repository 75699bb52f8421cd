package io.deltacat.flink.source.reader;

import java.util.Set;
import org.apache.flink.annotation.Internal;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.jspecify.annotations.Nullable;

/** The rows of at most one batch of one split, and whether the split ends with them. Confined to the mailbox thread. */
@Internal
final class BatchRecords implements RecordsWithSplitIds<RowBatch> {
    private final @Nullable RowBatch batch;
    private final BatchPool pool;
    private final Set<String> finished;
    private @Nullable String nextSplit;
    private boolean recycled;

    private BatchRecords(BatchPool pool, @Nullable String split, @Nullable RowBatch batch, Set<String> finished) {
        this.pool = pool;
        this.nextSplit = split;
        this.batch = batch;
        this.finished = finished;
    }

    /** Rows after which the split goes on. */
    static BatchRecords of(BatchPool pool, String split, RowBatch batch) {
        return new BatchRecords(pool, split, batch, Set.of());
    }

    /** Rows with which the split ends. */
    static BatchRecords lastOf(BatchPool pool, String split, RowBatch batch) {
        return new BatchRecords(pool, split, batch, Set.of(split));
    }

    /** The end of a split, without rows. */
    static BatchRecords end(BatchPool pool, String split) {
        return new BatchRecords(pool, null, null, Set.of(split));
    }

    /** Nothing: the fetcher was woken up. */
    static BatchRecords nothing(BatchPool pool) {
        return new BatchRecords(pool, null, null, Set.of());
    }

    @Override
    public @Nullable String nextSplit() {
        String split = nextSplit;
        nextSplit = null;
        return split;
    }

    @Override
    public @Nullable RowBatch nextRecordFromSplit() {
        return batch != null && batch.advance() ? batch : null;
    }

    @Override
    public Set<String> finishedSplits() {
        return finished;
    }

    @Override
    public void recycle() {
        if (batch != null && !recycled) {
            recycled = true;
            pool.giveBack(batch);
        }
    }
}
