package io.deltacat.flink.source.split;

import io.deltacat.flink.source.feed.DeltaKind;
import io.deltacat.flink.source.feed.DeltaRef;
import io.deltacat.flink.source.feed.EventTimeColumn;
import io.deltacat.flink.source.feed.MergedFile;
import io.deltacat.flink.source.feed.SourceFile;
import java.util.List;
import java.util.Objects;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.connector.source.SourceSplit;

/**
 * A run of rows of one file of one delta, or all rows of one partition merged by key. Immutable; carries no credentials.
 *
 * @param delta the delta
 * @param kind what the delta does
 * @param ordinal number of the split in the delta
 * @param file the file; of a merged partition, the first
 * @param firstRow index in the file of the first row of the split
 * @param rowCount rows of the split; {@link #TO_END} means all from the first row on
 * @param rowsRead rows of the split that were emitted already; reading goes on behind them
 * @param state whether the rows are still to be read
 * @param merged all files of a merged partition, in the order of deltas; else none
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
        SplitState state,
        List<MergedFile> merged)
        implements SourceSplit {
    /** Row count of a split that goes to the end of its file. */
    public static final long TO_END = Long.MAX_VALUE;

    /** Checks the row numbers. */
    public DeltaCatSplit {
        Objects.requireNonNull(delta, "delta");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(state, "state");
        merged = List.copyOf(merged);
        if (ordinal < 0 || firstRow < 0 || rowCount < 0 || rowsRead < 0 || rowsRead > rowCount) {
            throw new IllegalArgumentException(
                    "Split %d of delta %s: first row %d, %d rows, %d read; expected none negative and no more read than there are"
                            .formatted(ordinal, delta, firstRow, rowCount, rowsRead));
        }
    }

    /**
     * Makes a split of one file.
     *
     * @param delta the delta
     * @param kind what the delta does
     * @param ordinal number of the split in the delta
     * @param file the file
     * @param firstRow index in the file of the first row of the split
     * @param rowCount rows of the split; {@link #TO_END} means all from the first row on
     * @param rowsRead rows of the split that were emitted already
     * @param state whether the rows are still to be read
     */
    public DeltaCatSplit(
            DeltaRef delta,
            DeltaKind kind,
            int ordinal,
            SourceFile file,
            long firstRow,
            long rowCount,
            long rowsRead,
            SplitState state) {
        this(delta, kind, ordinal, file, firstRow, rowCount, rowsRead, state, List.of());
    }

    /**
     * Makes a split of a whole partition to be merged by key.
     *
     * @param lastDelta its last delta
     * @param merged its files, at least one
     * @return the split
     */
    public static DeltaCatSplit ofMerged(DeltaRef lastDelta, List<MergedFile> merged) {
        return new DeltaCatSplit(
                lastDelta, DeltaKind.MERGED, 0, merged.get(0).file(), 0, TO_END, 0, SplitState.READING, merged);
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
        return rows == rowsRead
                ? this
                : new DeltaCatSplit(delta, kind, ordinal, file, firstRow, rowCount, rows, state, merged);
    }

    /**
     * Marks the split as read to its end. Readers keep such a split in their state until its announcement is recorded.
     *
     * @return this split, finished
     */
    public DeltaCatSplit finished() {
        return state == SplitState.FINISHED
                ? this
                : new DeltaCatSplit(
                        delta, kind, ordinal, file, firstRow, rowCount, rowsRead, SplitState.FINISHED, merged);
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
        if (!merged.isEmpty()) {
            return Math.max(
                    0,
                    merged.stream()
                                    .filter(part -> part.kind() != DeltaKind.DELETE)
                                    .mapToLong(part -> Math.max(0, part.file().recordCount()))
                                    .sum()
                            - rowsRead);
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
        if (!merged.isEmpty()) {
            return merged.stream()
                    .mapToLong(part -> part.file().contentLength())
                    .sum();
        }
        if (rowCount == TO_END || file.recordCount() <= 0) {
            return file.contentLength();
        }
        double share = Math.min(1.0, (double) rowCount / file.recordCount());
        return (long) (file.contentLength() * share); // at most contentLength
    }

    /**
     * Tells how early its rows may have happened. Deletes have keys only, and no event time.
     *
     * @return milliseconds since 1970, {@link EventTimeColumn#UNKNOWN} or {@link EventTimeColumn#NONE}
     */
    public long earliestEventTime() {
        if (kind == DeltaKind.DELETE) {
            return EventTimeColumn.NONE;
        }
        if (merged.isEmpty()) {
            return file.earliestEventTime();
        }
        return merged.stream()
                .filter(part -> part.kind() != DeltaKind.DELETE)
                .mapToLong(part -> part.file().earliestEventTime())
                .min()
                .orElse(EventTimeColumn.NONE);
    }

    /** Text for logs: identity, file and rows. */
    @Override
    public String toString() {
        return splitId() + " " + (merged.isEmpty() ? file.path() : merged.size() + " files to merge")
                + (rowCount == TO_END ? "" : " rows " + firstRow + "+" + rowCount);
    }

    /** Where a split stands. */
    public enum SplitState {
        /** Rows are left to read. */
        READING,
        /** All rows were emitted. */
        FINISHED
    }
}
