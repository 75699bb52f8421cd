package io.deltacat.flink.source.split;

import io.deltacat.flink.source.feed.DeltaKind;
import io.deltacat.flink.source.feed.DeltaRef;
import io.deltacat.flink.source.feed.SourceFile;
import java.util.Objects;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.connector.source.SourceSplit;

/**
 * A run of rows of one file of one delta. Immutable; carries no credentials.
 *
 * @param delta the delta
 * @param kind what the delta does
 * @param ordinal number of the split in the delta
 * @param file the file
 * @param firstRow index in the file of the first row of the split
 * @param rowCount rows of the split; {@link #TO_END} means all from the first row on
 * @param rowsRead rows of the split that were emitted already; reading goes on behind them
 * @param state whether the rows are still to be read
 */
@PublicEvolving
public record DeltaCatSplit(
        DeltaRef delta,
        DeltaKind kind,
        int ordinal,
        SourceFile file,
        long firstRow,
        long rowCount,
        long rowsRead,
        SplitState state)
        implements SourceSplit {
    /** Row count of a split that goes to the end of its file. */
    public static final long TO_END = Long.MAX_VALUE;

    /** Checks the row numbers. */
    public DeltaCatSplit {
        Objects.requireNonNull(delta, "delta");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(state, "state");
        if (ordinal < 0 || firstRow < 0 || rowCount < 0 || rowsRead < 0 || rowsRead > rowCount) {
            throw new IllegalArgumentException(
                    "Split %d of delta %s: first row %d, %d rows, %d read; expected none negative and no more read than there are"
                            .formatted(ordinal, delta, firstRow, rowCount, rowsRead));
        }
    }

    /**
     * Returns the identity.
     *
     * @return identity of the split
     */
    public SplitId id() {
        return SplitId.of(delta, ordinal);
    }

    @Override
    public String splitId() {
        return id().text();
    }

    /**
     * Moves on inside the split.
     *
     * @param rows rows emitted from the start of the split
     * @return this split, to be resumed behind them
     */
    public DeltaCatSplit resumedAfter(long rows) {
        return rows == rowsRead ? this : new DeltaCatSplit(delta, kind, ordinal, file, firstRow, rowCount, rows, state);
    }

    /**
     * Marks the split as read to its end. Readers keep such a split in their state until its announcement is recorded.
     *
     * @return this split, finished
     */
    public DeltaCatSplit finished() {
        return state == SplitState.FINISHED
                ? this
                : new DeltaCatSplit(delta, kind, ordinal, file, firstRow, rowCount, rowsRead, SplitState.FINISHED);
    }

    /**
     * Estimates the rows that are left.
     *
     * @return rows not emitted yet, 0 when the file's row count is unknown
     */
    public long rowsLeft() {
        if (state == SplitState.FINISHED) {
            return 0;
        }
        if (rowCount != TO_END) {
            return rowCount - rowsRead;
        }
        return file.recordCount() == SourceFile.UNKNOWN_RECORDS
                ? 0
                : Math.max(0, file.recordCount() - firstRow - rowsRead);
    }

    /**
     * Estimates the stored bytes behind this split.
     *
     * @return its share of the file's length by rows, the whole length when row counts are unknown
     */
    public long contentLength() {
        if (rowCount == TO_END || file.recordCount() <= 0) {
            return file.contentLength();
        }
        double share = Math.min(1.0, (double) rowCount / file.recordCount());
        return (long) (file.contentLength() * share); // at most contentLength
    }

    /** Text for logs: identity, file and rows. */
    @Override
    public String toString() {
        return splitId() + " " + file.path() + (rowCount == TO_END ? "" : " rows " + firstRow + "+" + rowCount);
    }

    /** Where a split stands. */
    public enum SplitState {
        /** Rows are left to read. */
        READING,
        /** All rows were emitted. */
        FINISHED
    }
}
