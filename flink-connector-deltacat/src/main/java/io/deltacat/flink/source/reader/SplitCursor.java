package io.deltacat.flink.source.reader;

import io.deltacat.flink.source.split.DeltaCatSplit;
import org.apache.flink.annotation.Internal;

/**
 * How far a reader has emitted one split. Confined to the task's mailbox thread, but for what is left of it, which reporters of
 * metrics may see somewhat late.
 */
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

    /** Returns about how many rows are left, 0 when unknown. */
    long rowsLeft() {
        return Math.max(0, split.rowsLeft() - (rowsRead - split.rowsRead()));
    }

    /** Returns about how many stored bytes are left: the share of the rows that are. */
    long bytesLeft() {
        long rows = split.rowsLeft();
        return rows == 0 ? split.contentLength() : (long) (split.contentLength() * ((double) rowsLeft() / rows));
    }

    /** Returns the split, to be resumed behind the last emitted row. */
    DeltaCatSplit toSplit() {
        return split.resumedAfter(rowsRead);
    }
}
