package io.deltacat.flink.source.split;

import io.deltacat.flink.source.feed.DeltaKind;
import io.deltacat.flink.source.feed.DeltaSlice;
import io.deltacat.flink.source.feed.SourceFile;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.annotation.Internal;

/**
 * Cuts newly discovered files into splits: one for a file up to the target size, else equal row ranges. Only Parquet files
 * are cut, since the readers of other formats decode what they pass over. Immutable; pure.
 *
 * @param targetBytes stored bytes a split should have, at least 1
 */
@Internal
public record FileSlicing(long targetBytes) {
    private static final String SLICEABLE = "parquet";

    /** Checks the target. */
    public FileSlicing {
        if (targetBytes < 1) {
            throw new IllegalArgumentException("Split size is %d bytes; expected at least 1".formatted(targetBytes));
        }
    }

    /**
     * Counts the splits a slice will be cut into.
     *
     * @param slice the files
     * @return the number of splits
     */
    public int count(DeltaSlice slice) {
        if (slice.kind() == DeltaKind.MERGED) {
            return 1;
        }
        int count = 0;
        for (SourceFile file : slice.files()) {
            count = Math.addExact(count, parts(file));
        }
        return count;
    }

    /**
     * Cuts the files.
     *
     * @param slice the files
     * @param firstOrdinal ordinal in the delta of the first split
     * @return {@link #count} splits
     */
    public List<DeltaCatSplit> cut(DeltaSlice slice, int firstOrdinal) {
        if (slice.kind() == DeltaKind.MERGED) {
            return List.of(DeltaCatSplit.ofMerged(slice.delta(), slice.merged()));
        }
        List<DeltaCatSplit> splits = new ArrayList<>();
        for (SourceFile file : slice.files()) {
            int parts = parts(file);
            long rows = file.recordCount();
            for (int part = 0; part < parts; part++) {
                long first = parts == 1 ? 0 : rows / parts * part + Math.min(part, rows % parts);
                long count = rows / parts + (part < rows % parts ? 1 : 0);
                boolean toEnd = part == parts - 1;
                splits.add(new DeltaCatSplit(
                        slice.delta(),
                        slice.kind(),
                        Math.addExact(firstOrdinal, splits.size()),
                        file,
                        first,
                        toEnd ? DeltaCatSplit.TO_END : count,
                        0,
                        DeltaCatSplit.SplitState.READING));
            }
        }
        return splits;
    }

    /**
     * Counts the splits that a file is cut into.
     *
     * @param file the file
     * @return at least 1
     */
    public int parts(SourceFile file) {
        if (!file.format().equals(SLICEABLE) || file.recordCount() <= 1 || file.contentLength() <= targetBytes) {
            return 1;
        }
        long wanted = (file.contentLength() + targetBytes - 1) / targetBytes;
        return Math.toIntExact(Math.min(Math.min(wanted, file.recordCount()), 10_000));
    }
}
