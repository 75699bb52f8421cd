package io.deltacat.flink.source.reader;

import io.deltacat.flink.source.split.DeltaCatSplit;
import org.apache.flink.annotation.Internal;

/** How far a reader has emitted one split. Confined to the task's mailbox thread. */
@Internal
final class SplitCursor {
    private final DeltaCatSplit split;
    private long rowsRead;

    /**
     * Starts where the split is to be resumed.
     *
     * @param split the split
     */
    SplitCursor(DeltaCatSplit split) {
        this.split = split;
        this.rowsRead = split.rowsRead();
    }

    /** Notes how much of the split is read now. */
    void readUpTo(long rows) {
        rowsRead = rows;
    }

    /** Returns the rows that were left when reading began, 0 when unknown. */
    long rowsAtStart() {
        return split.rowsLeft();
    }

    /** Returns the split, to be resumed behind the last emitted row. */
    DeltaCatSplit toSplit() {
        return split.resumedAfter(rowsRead);
    }
}
